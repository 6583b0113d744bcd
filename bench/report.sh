#!/usr/bin/env bash
# report.sh - what an auditor's report costs beside reading and checking: the page, the workbook, the letters, marked copies.
#
# usage: bench/report.sh [COUNT]      default 60 documents; the figure of the letters depends on how many units these have
#
# Instructions a form under callgrind over the mix of bench/bulk.py, of a run over COUNT documents less those of a run
# over the first 20: what starting costs is in both. Each part is a run that makes only it, less a run that only reads,
# checks and counts. Pages and workbooks of units, of which this mix has one for every three forms or so, and marked copies
# stand apart. One worker, release build. Prints figures, asserts nothing.
set -u
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

count=${1:-60}
ensure_packages build test bench && build_preset release ziping ziping-pdf || exit "$EXIT_INTERNAL"
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
python3 "$root/bench/bulk.py" make "$folder/many" "$count"
mkdir "$folder/few"
find "$folder/many" -type f | sort | head -n 20 | xargs -d '\n' cp -t "$folder/few"

# a_form OPTION…: instructions a form, from two batches.
a_form() {
    local few many
    few=$(count_instructions "$root/build/release/ziping" check "${countable[@]}" --fail-on never --quiet "$@" "$folder/few")
    rm -rf "$folder"/made*
    many=$(count_instructions "$root/build/release/ziping" check "${countable[@]}" --fail-on never --quiet "$@" "$folder/many")
    rm -rf "$folder"/made*
    echo $(((many - few) / forms))
}

forms_of() {
    "$root/build/release/ziping" check --format json "$1" | python3 -c 'import json, sys; print(json.load(sys.stdin)["summary"]["forms"])'
}

forms=$(($(forms_of "$folder/many") - $(forms_of "$folder/few")))
printf 'instructions a form, %d forms of the mix of bench/bulk.py:\n' "$forms"
read_and_check=$(a_form -o "$folder/made")
together=0
part() { # NAME OPTION…
    local name=$1 made
    shift
    made=$(($(a_form "$@") - read_and_check))
    printf '  %-22s %10d (%s times)\n' "$name" "$made" "$(awk -v a="$made" -v b="$read_and_check" 'BEGIN { printf "%.2f", a / b }')"
    case $name in *units | "marked copies") return ;; esac
    together=$((together + made))
}
printf '  %-22s %10d\n' "read and check" "$read_and_check"
part page --format "html=$folder/made.html"
part workbook --format "xlsx=$folder/made.xlsx"
split=(-o "$folder/made" --split-by unit --split-dir "$folder/made-units" --split-parts)
part letters "${split[@]}" letter
printf '  %-22s %10d (%s times)\n' together "$together" "$(awk -v a="$together" -v b="$read_and_check" 'BEGIN { printf "%.2f", a / b }')"
part "pages of units" "${split[@]}" page
part "workbooks of units" "${split[@]}" workbook
part "marked copies" -o "$folder/made" --annotate-dir "$folder/made-copies"
