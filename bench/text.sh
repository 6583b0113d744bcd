#!/usr/bin/env bash
# text.sh - what `check` of tab-separated text costs: milliseconds a form on one core, and memory.
#
# usage: bench/text.sh [RUNS]      default 9
#
# The seven forms of samples/seed-2022.txt a thousand times over in one file, and in 10 and in
# 1,000 files of seven forms. Builds the release preset first. Prints figures, asserts nothing.
set -u
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

runs=${1:-9}
ensure_packages build bench && build_preset release ziping || exit "$EXIT_INTERNAL"
ziping=$root/build/release/ziping
seed=$root/samples/seed-2022.txt
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

copies() { # COUNT: the seed text COUNT times
    local k
    for ((k = 0; k < $1; k++)); do cat "$seed"; done
}

# measure ARGS…: prints "seconds peak-KiB" of one run on one core; GNU time's own memory is small
# enough not to hide the program's.
measure() {
    local start=$EPOCHREALTIME
    taskset -c 0 /usr/bin/time -q -f '%M' -o "$folder/memory" "$ziping" "$@" >/dev/null 2>&1
    echo "$start $EPOCHREALTIME $(tail -n 1 "$folder/memory")" | awk '{printf "%.6f %d\n", $2 - $1, $3}'
}

forms_of() { # how many forms a run says it saw
    "$ziping" check --format json "$@" | tail -c 400 | grep -o '"forms": *[0-9]*' | tail -n 1 | grep -o '[0-9]*$'
}

copies 1000 >"$folder/forms.txt"
printf '%s\n' "one file of 7,000 forms, $(stat -c %s "$folder/forms.txt") bytes, $runs runs on one core ($(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)):"
for ((k = 0; k < runs; k++)); do measure check --no-progress --format text "$folder/forms.txt"; done | sort -n |
    awk -v forms=7000 '{ second[NR] = $1; if ($2 > peak) peak = $2 }
        END { printf "  check: best %.4f ms a form, median %.4f ms a form, peak memory %.1f MiB\n",
                     second[1] * 1000 / forms, second[int((NR + 1) / 2)] * 1000 / forms, peak / 1024 }'
printf '  forms read: %s\n' "$(forms_of "$folder/forms.txt")"

echo "many files of 7 forms:"
for count in 10 1000; do
    mkdir "$folder/$count"
    for ((k = 0; k < count; k++)); do cp "$seed" "$folder/$count/$k.txt"; done
    measure check --no-progress --format text "$folder/$count" |
        awk -v n="$count" '{printf "  %5d files: %.4f ms a form, peak memory %.1f MiB\n", n, $1 * 1000 / (n * 7), $2 / 1024}'
done
