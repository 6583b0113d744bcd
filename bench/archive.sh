#!/usr/bin/env bash
# archive.sh - what an archive costs: how fast it is added to beside the plain check, bytes a form, how fast a search answers.
#
# usage: bench/archive.sh [COUNT…]      default: 1000 5000
#
# Makes COUNT documents (bench/bulk.py: the mix, then web pages alone) in a temporary folder, checks and adds them with two workers by
# the release build. Half of the web pages of bulk.py are copies of each other, so each gets a number of its own. Asserts nothing.
set -u
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

[ $# -gt 0 ] || set -- 1000 5000
[ -n "${ZIPING:-}" ] || { ensure_packages build test bench && build_preset release ziping ziping-pdf; } || exit "$EXIT_INTERNAL"
ziping=${ZIPING:-$root/build/release/ziping}
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

# seconds COMMAND…
seconds() { python3 -c 'import subprocess, sys, time
began = time.monotonic()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(f"{time.monotonic() - began:.3f}")' "$@"; }
# ask FILE SQL
ask() { python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])' "$1" "$2"; }

printf '| documents | check, s | add, s | add, of the check'"'"'s speed | bytes a form without originals | originals, packed / gzip -6 | search, ms: 4, 2, 1 characters, none; a common word and a rule, an amount that none has |\n'
printf '| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n'
for count in "$@"; do
    for kind in "" html; do
        papers=$folder/$count$kind
        # shellcheck disable=SC2086
        python3 "$root/bench/bulk.py" make "$papers" "$count" $kind
        find "$papers" -name "*.html" | while read -r page; do printf '<!-- %s -->\n' "$page" >>"$page"; done
        check=$(seconds "$ziping" check --no-progress --jobs 2 -o "$folder/report" "$papers")
        add=$(seconds "$ziping" archive add --no-progress --jobs 2 "$papers" --db "$papers.db")
        seconds "$ziping" archive add --no-progress --jobs 2 --no-originals "$papers" --db "$papers.bare.db" >/dev/null
        forms=$(ask "$papers.bare.db" "SELECT count(*) FROM form")
        packed=$(ask "$papers.db" "SELECT sum(length(bytes)) FROM original")
        gzipped=$(python3 -c 'import sqlite3, subprocess, sys, zlib
db = sqlite3.connect(sys.argv[1])
# A file of gzip has a head and a tail of 18 bytes, where zlib has 6, and the name.
print(sum(len(zlib.compress(open(path, "rb").read(), 6)) + 12 + len(path.rpartition("/")[2]) + 1 for path, in db.execute("SELECT min(path) FROM name GROUP BY document_id")))' "$papers.db")
        latency=
        for words in 政府采购 培训 万 没有的词 "万 --rule X03" "万 --min-amount 99999亿元"; do
            # shellcheck disable=SC2086
            latency="$latency $(seconds "$ziping" archive search $words --db "$papers.db" | awk '{ printf "%.0f", $1 * 1000 }')"
        done
        size=$(stat -c %s "$papers.bare.db")
        awk -v n="$count ${kind:-mix}" -v c="$check" -v a="$add" -v b="$((size / forms))" -v p="$packed" -v g="$gzipped" -v l="$latency" 'BEGIN {
            printf "| %s | %.2f | %.2f | %.0f %% | %d | %.2f |%s |\n", n, c, a, 100 * c / a, b, p / g, l }'
        rm -rf "$papers" "$papers".*
    done
done
