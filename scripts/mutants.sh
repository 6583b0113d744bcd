#!/usr/bin/env bash
# Plants random changes in the sources, one at a time, and lists those that no test notices.
# usage: scripts/mutants.sh [-n COUNT] [-s SEED] [-t REGEX]… [PATH…]
#   -n, -s   so many changes (20) by this seed (1): the same seed and sources give the same changes
#   -t       tests in the order in which they are asked, the cheap ones first; given several times, instead of the usual ones
#   PATH     src, parsers and rules by default
# Works in build/mutants, on a copy of what git knows; a change that does not compile is none. A living mutant is a test
# that is missing, or a line that nothing needs. build/mutants/living holds what lives.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$top"
count=20 seed=1 tiers=()
while getopts n:s:t: option; do
    case $option in
    n) count=$OPTARG ;;
    s) seed=$OPTARG ;;
    t) tiers+=("$OPTARG") ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- src parsers rules
[ ${#tiers[@]} -gt 0 ] || tiers=('^golden/reports$' '^unit/' '^golden/' '^(cli|seen|forms|annotate|archives)/')
copy=$top/build/mutants/copy
mkdir -p "$copy"
find "$copy" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
git ls-files -z | tar --null -T - -cf - | tar -xmf - -C "$copy"
cmake -S "$copy" -B "$copy/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DZP_TESTS=ON >/dev/null
ninja -C "$copy/build" ziping >/dev/null
(cd "$copy/build" && ctest -R "${tiers[0]}" >/dev/null) || { echo "the tests fail without a change" && exit 1; }
: >build/mutants/living

# noticed: whether some test fails; one that does not end does.
noticed() {
    local tier
    for tier in "${tiers[@]}"; do
        if [[ $tier = *unit* ]]; then ninja -C "$copy/build" >build/mutants/log 2>&1 || return 0; fi
        ctest --test-dir "$copy/build" -j "$(nproc)" --stop-on-failure --timeout 120 -R "$tier" >build/mutants/log 2>&1 || return 0
    done
    return 1
}

dead=0 living=0 none=0
while IFS= read -r change; do
    file=$(python3 tests/mutants/plant.py plant "$copy" "$change")
    if ! ninja -C "$copy/build" ziping >build/mutants/log 2>&1; then
        none=$((none + 1))
    elif noticed; then
        dead=$((dead + 1))
    else
        living=$((living + 1))
        python3 tests/mutants/plant.py say "$change" | tee -a build/mutants/living
    fi
    cp "$file" "$copy/$file"
done < <(python3 tests/mutants/plant.py list . "$seed" "$count" "$@")
echo "$((dead + living)) mutants: $dead noticed, $living live; $none did not compile"
