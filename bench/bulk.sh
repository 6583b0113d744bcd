#!/usr/bin/env bash
# bulk.sh - how fast many documents are checked, with one worker and with two, and in how much memory.
#
# usage: bench/bulk.sh [COUNT…]      default: 1000 10000 100000
#
# Makes COUNT documents (bench/bulk.py: web pages, text, Markdown, PDF; a fixed seed) in a temporary folder, checks them by the
# release build and prints a table for docs/performance.md; then the same for web pages alone with one worker, and
# beside both what pdftotext and libxml2 (xmllint) take to go over the same PDFs and web pages. Prints figures, asserts nothing.
set -u
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

[ $# -gt 0 ] || set -- 1000 10000 100000
ensure_packages build test bench && build_preset release ziping ziping-pdf || exit "$EXIT_INTERNAL"
ziping=$root/build/release/ziping
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

# row NAME COUNT COMMAND…: a line of the table.
row() {
    local name=$1 count=$2 seconds parent worker
    shift 2
    read -r seconds parent worker < <(python3 "$root/bench/bulk.py" run "$@")
    awk -v n="$name" -v c="$count" -v s="$seconds" -v p="$parent" -v w="$worker" 'BEGIN {
        printf "| %s | %d | %.2f | %.0f | %.1f | %.1f |\n", n, c, s, c / s, p / 1024, w / 1024 }'
}

printf 'ziping %s, %s cores, %s\n' "$("$ziping" --version | cut -d" " -f2)" "$(nproc)" "$(date -u +%F)"
printf 'poppler %s, libxml2 %s\n\n' "$(dpkg-query -W -f '${Version}' libpoppler-glib8)" "$(dpkg-query -W -f '${Version}' libxml2)"
printf '| run | documents | seconds | a second | parent, MiB | worker, MiB |\n| --- | ---: | ---: | ---: | ---: | ---: |\n'
for count in "$@"; do
    python3 "$root/bench/bulk.py" make "$folder/$count" "$count"
    for jobs in 1 2; do
        row "check, --jobs $jobs" "$count" "$ziping" check --no-progress --jobs "$jobs" -o "$folder/report" "$folder/$count"
    done
done
python3 "$root/bench/bulk.py" make "$folder/pages" 20000 html
row "check, web pages, --jobs 1" 20000 "$ziping" check --no-progress --jobs 1 -o "$folder/report" "$folder/pages"
row "xmllint over the same" 20000 bash -c "find '$folder/pages' -type f -print0 | xargs -0 -n 2000 xmllint --html --noout"
python3 "$root/bench/bulk.py" make "$folder/prints" 1000 pdf
row "check, PDF, --jobs 1" 1000 "$ziping" check --no-progress --jobs 1 -o "$folder/report" "$folder/prints"
row "pdftotext -layout over the same" 1000 bash -c "find '$folder/prints' -type f -exec pdftotext -layout {} - ';'"
