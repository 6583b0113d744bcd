#!/usr/bin/env bash
# ocr.sh - how well scans are read, and what a page costs: prints of the golden forms, spoilt in twelve ways.
#
# usage: [ZIPING=PROGRAM] bench/ocr.sh [PAGES [KIND…]]      PAGES of each kind, 3 by default, each of another form, and
#                                                           spoilt otherwise when all forms were taken; 100 make about
#                                                           3,000 figures; without ZIPING the release preset is built first
#
# Needs what scripts/ocr.sh installs, and python3-numpy and python3-pil. Prints figures, asserts nothing.
set -u
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

if [ -z "${ZIPING:-}" ]; then
    ensure_packages build test bench && build_preset release ziping || exit "$EXIT_INTERNAL"
fi
ziping=${ZIPING:-$root/build/release/ziping}
pages=${1:-3}
shift || true
spoil=(/usr/bin/python3 "$root/tests/ocr/spoil.py")
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
read -ra kinds <<<"${*:-$("${spoil[@]}" --kinds)}"

# One form on one page: what a page break does is another matter.
prints=()
for print in "$root"/tests/golden/form-*/input.pdf; do
    [ "$(qpdf --show-npages "$print")" = 1 ] && prints+=("$print")
done

printf '%-10s %6s %7s %6s %9s %6s %9s %5s %7s\n' kind figures exact silent doubtful lost confirmed wrong s/page
for kind in "${kinds[@]}"; do
    dpi=$("${spoil[@]}" --dpi "$kind")
    scans=() truths=()
    for ((k = 0; k < pages; k++)); do
        print=${prints[k % ${#prints[@]}]}
        seed=$((1001 + k))
        pdftoppm -r "$dpi" -png -singlefile "$print" "$folder/page" || exit 1
        "${spoil[@]}" "$folder/page.png" "$kind" "$seed" "$folder/$kind-$seed.png" || exit 1
        scans+=("$folder/$kind-$seed.png")
        truths+=("$(dirname "$print")/expected.json")
    done
    TIMEFORMAT='%U %S'
    cpu=$({ time "$ziping" convert --quiet --jobs 1 "${scans[@]}" -o "$folder/$kind.json" 2>"$folder/said"; } 2>&1 | awk '{print $1 + $2}')
    /usr/bin/python3 "$root/tests/ocr/score.py" "$kind" "$cpu" "$folder/$kind.json" "${truths[@]}"
    rm -f "$folder"/*.png
done
