#!/usr/bin/env bash
# Runs every libFuzzer harness over its corpus for SECONDS each (default 15).
# usage: scripts/fuzz.sh [SECONDS [SEED]]
# A SEED makes a run repeatable as far as time allows; without one every run tries other inputs.
# New inputs go to build/fuzz/corpus, crashes to build/fuzz/crashes; the seed corpus stays as it is.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
seconds=${1:-15}
seed=${2:-0}
cd "$top"
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz >/dev/null
failed=0
mkdir -p build/fuzz/crashes
for source in tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    kind=${name#fuzz_}
    found="build/fuzz/corpus/$kind"
    mkdir -p "$found"
    # 512 bytes are a cell's value, 64 KiB four forms.
    [ "$kind" = value ] && longest=512 || longest=65536
    log="build/fuzz/$name.log"
    if "build/fuzz/tests/fuzz/$name" -max_total_time="$seconds" -seed="$seed" -max_len="$longest" -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="build/fuzz/crashes/$name-" -print_final_stats=1 "$found" "tests/fuzz/corpus/$kind" >"$log" 2>&1; then
        echo "$name: $(grep -o 'stat::number_of_executed_units: .*' "$log" | grep -o '[0-9]*$') runs in $seconds s, nothing found"
    else
        failed=1
        echo "$name: FAILED, see $log"
        tail -20 "$log"
    fi
done
exit $failed
