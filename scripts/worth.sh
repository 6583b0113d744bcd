#!/usr/bin/env bash
# What each heuristic of the recogniser buys: takes them out in turn and measures again.
#
# usage: scripts/worth.sh [--count N] [--seed N] [NAME…]      all marked heuristics without names
#
# A heuristic is marked where it is asked, at the end of the line with its whole condition:
#
#     if (is_figure_column(column)) /* worth: figure-column */          is taken as false
#     return width > rival; /* worth: narrow-rival */                   returns false
#     cost += 40; /* worth: price-of-a-gap */                           is left out
#
# Each is taken out of a copy of the project, built, and measured on the golden cases, on the kept dev prints
# (tests/prints) and on templates invented freshly (tests/forms/invent.py, N of them, from a seed that is the day's
# unless given). A line a heuristic: what is exact, silent and failing then, against the whole program. A heuristic
# without which nothing is worse is called so; it should go. `held` prints are not asked: nothing is tuned on them.
set -eu
cd "$(dirname "$0")/.."
count=40 seed=$(date +%j%H)
while [ $# -gt 0 ]; do
    case $1 in
        --count) count=$2; shift 2 ;;
        --seed) seed=$2; shift 2 ;;
        *) break ;;
    esac
done

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z | xargs -0 cp --parents -t "$copy"
cmake -S "$copy" -B "$copy/build/dev" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DZP_TESTS=OFF >/dev/null

# exact and silent dev prints, exact and silent invented documents, golden cases that fail
measure() {
    ninja -C "$copy/build/dev" >/dev/null || { echo "does not build"; return; }
    local program=$copy/build/dev/ziping failing=0 case
    for case in "$copy"/tests/golden/*/NOTE; do
        python3 tests/golden/run.py --ziping "$program" "${case%/NOTE}" >/dev/null 2>&1 || failing=$((failing + 1))
    done
    python3 tests/prints/run.py --ziping "$program" dev 2>/dev/null |
        sed -n 's/^dev in all: exact \([0-9]*\),.*silent \([0-9]*\)$/\1 \2/p' | tr '\n' ' '
    /usr/bin/python3 tests/forms/invent.py --ziping "$program" --seed "$seed" --count "$count" --renditions html,html-copies,tabs,lines,columns |
        awk '{ for (k = 1; k < NF; k++) { if ($k == "exact") exact += $(k + 1); if ($k == "SILENT") silent += $(k + 1) } } END { printf "%d %d ", exact, silent }'
    echo "$failing"
}

whole=$(measure)
printf '%-28s prints exact, silent; invented exact, silent; golden failing: %s\n' "(the whole program)" "$whole"
grep -rnoE '/\* worth: [a-z0-9-]+ \*/' src rules parsers --include='*.[ch]' | while IFS=: read -r file line _ name _; do
    name=${name# } name=${name% \*/}
    case " $* " in "  " | *" $name "*) ;; *) continue ;; esac
    sed -i -E "${line}s@^(.*\bif )\((.*)\)( *\{?)( */\* worth: .*)@\1(0 \&\& (\2))\3\4@; t
${line}s@^( *return )(.*);( */\* worth: .*)@\10 \&\& (\2);\3@; t
${line}s@^( *).*;( */\* worth: .*)@\1;\2@" "$copy/$file"
    without=$(measure)
    verdict=$(echo "$whole $without" | awk 'NF == 10 { print ($6 < $1 || $7 > $2 || $8 < $3 || $9 > $4 || $10 > $5) ? "" : "  buys nothing" }')
    printf '%-28s %s:%s: %s%s\n' "$name" "$file" "$line" "$without" "$verdict"
    cp "$file" "$copy/$file"
done
