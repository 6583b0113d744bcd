#!/usr/bin/env bash
# pdf.sh - what `check` of PDFs costs in bulk, against `pdftotext -layout` on the same file, and what a big picture adds.
#
# usage: bench/pdf.sh
#
# Counts instructions (valgrind's, so that the figures are the same on every machine) over files of 100 pages and more, joined
# from prints of Chromium (TrueType), LibreOffice and WeasyPrint. Builds the release preset first. Prints figures, asserts nothing.
set -u
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

ensure_packages build test bench && build_preset release ziping || exit "$EXIT_INTERNAL"
ziping=$root/build/release/ziping
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

instructions() { # COMMAND…: of one run, in millions
    count_instructions "$@" | awk '{printf "%.1f", $1 / 1e6}'
}

pages_of() { qpdf --show-npages "$1"; }

# compare NAME SOURCE: the source as often as makes 400 pages.
compare() {
    local name=$1 source=$2 big=$folder/$1.pdf copies=() n
    n=$((400 / $(pages_of "$source") + 1))
    while [ "$n" -gt 0 ]; do copies+=("$source"); n=$((n - 1)); done
    qpdf --empty --pages "${copies[@]}" -- "$big"
    local ours theirs
    ours=$(instructions "$ziping" check "${countable[@]}" --quiet "$big")
    theirs=$(instructions pdftotext -layout "$big" /dev/null)
    awk -v name="$name" -v pages="$(pages_of "$big")" -v ours="$ours" -v theirs="$theirs" 'BEGIN {
        printf "  %-12s %d pages: check %.0f M instructions, pdftotext -layout %.0f M, %.2f times\n", name, pages, ours, theirs, ours / theirs }'
}

echo "in bulk:"
compare chromium "$root/samples/pdf/chromium-all-wqy.pdf"
compare libreoffice "$root/samples/pdf/lo-all-odt.pdf"
compare weasyprint "$root/samples/pdf/weasy-all-wqy.pdf"

echo "a picture of 1800 x 1800 on every page:"
source=$root/samples/pdf/lo-all-odt.pdf
python3 "$root/bench/seal.py" "$folder/picture.pdf"
qpdf "$source" "$folder/none.pdf"
qpdf "$source" --overlay "$folder/picture.pdf" --repeat=1 -- "$folder/seal.pdf"
without=$(instructions "$ziping" check "${countable[@]}" --quiet "$folder/none.pdf")
with=$(instructions "$ziping" check "${countable[@]}" --quiet "$folder/seal.pdf")
awk -v with="$with" -v without="$without" 'BEGIN {
    printf "  check %.0f M instructions with, %.0f M without: %+.1f %%\n", with, without, (with / without - 1) * 100 }'
