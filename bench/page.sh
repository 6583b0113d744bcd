#!/usr/bin/env bash
# page.sh - how a report page of many forms opens in Chromium, and how quickly it answers.
#
# usage: bench/page.sh [FORMS]      default 10000
#
# Each form is one of samples/seed-2022.txt with other figures, which gives it some sixteen findings. Prints how many there are, how
# long opening and each click take (tests/page/index.cjs), and fails where opening takes over 3 s of processor time. Release build.
set -u
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

count=${1:-10000}
[ -n "${ZIPING:-}" ] || { ensure_packages build test bench && build_preset release ziping ziping-pdf; } || exit "$EXIT_INTERNAL"
ziping=${ZIPING:-$root/build/release/ziping}
npm_home=$root/build/npm-page
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
mkdir -p "$npm_home" && cp "$root/tests/page/package.json" "$npm_home"
[ -d "$npm_home/node_modules/playwright-core" ] || npm install --prefix "$npm_home" --no-audit --no-fund --no-package-lock >/dev/null || exit 1
python3 - "$root/samples/seed-2022.txt" "$folder/in" "$count" <<'PYTHON'
import os, re, sys
text, folder, count = open(sys.argv[1], encoding="utf-8").read(), sys.argv[2], int(sys.argv[3])

def other(line):
    cells = line.split("\t")
    for k, cell in enumerate(cells):
        if k >= len(cells) - 2 and re.fullmatch(r"\d+(\.\d+)?", cell):
            cells[k] = str(round(float(cell) * 0.9 + 0.37, 2))
        elif k % 2 == 0 and re.fullmatch(r"[\d.]+%", cell):
            cells[k] = "77.7%"
    return "\t".join(cells)

forms = "\n".join(map(other, text.split("\n")))
os.mkdir(folder)
for file in range(-(-count // 70)):
    with open(f"{folder}/{file:04}.txt", "w", encoding="utf-8") as out:
        out.write("\n".join(forms.replace("机关服务费", f"项目{file}-{k}") for k in range(10)))
PYTHON
"$ziping" check --quiet --no-progress --lang zh "$folder/in" --format html="$folder/page.html" --format ndjson="$folder/page.ndjson"
python3 - "$folder/page.ndjson" "$folder/page.html" <<'PYTHON'
import json, os, sys
lines = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
summary = next(line["summary"] for line in lines if "summary" in line)
print(f"{summary['forms']} forms, {summary['error'] + summary['warning'] + summary['note']} findings, {os.path.getsize(sys.argv[2]) >> 20} MiB")
PYTHON
(cd "$npm_home" && HOME=$folder node "$root/tests/page/index.cjs" "$folder/page.html")
