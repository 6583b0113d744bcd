#!/usr/bin/env bash
# Runs the libFuzzer harnesses for hours, one after the other, and says how much of the code they reach.
# usage: scripts/fuzz-long.sh HOURS [HARNESS…]      HOURS may be 0.1; all harnesses by default, each with an equal share
# New inputs are cut down to those that reach something (build/fuzz/corpus); crashes are kept in build/fuzz/crashes. Coverage
# is that of the corpora in a build with clang's source-based coverage: a harness, then src/ and parsers/ in all.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ $# -gt 0 ] || { complain "usage: scripts/fuzz-long.sh HOURS [HARNESS…]"; exit 2; }
hours=$1
shift
cd "$root"
ensure_packages build fuzz coverage
cmake --preset fuzz >/dev/null && cmake --build --preset fuzz >/dev/null
if [ $# -eq 0 ]; then
    for source in tests/fuzz/fuzz_*.c; do set -- "$@" "$(basename "$source" .c)"; done
fi
seconds=$(awk -v h="$hours" -v n="$#" 'BEGIN { printf "%d", h * 3600 / n }')
export ASAN_OPTIONS=abort_on_error=1:detect_leaks=1 UBSAN_OPTIONS=halt_on_error=1
failed=0
mkdir -p build/fuzz/crashes

# fuzz NAME: for its share of the time; then only what reaches something is kept.
fuzz() {
    local name=$1 kind=${1#fuzz_} log=build/fuzz/$1.long.log longest=65536
    local found=build/fuzz/corpus/$kind less=build/fuzz/corpus/$kind.less
    [ "$kind" = value ] && longest=512
    mkdir -p "$found"
    if ! "build/fuzz/tests/fuzz/$name" -max_total_time="$seconds" -max_len="$longest" -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="build/fuzz/crashes/$name-" -print_final_stats=1 "$found" "tests/fuzz/corpus/$kind" >"$log" 2>&1; then
        failed=1
        echo "$name: FAILED, see $log"
        return
    fi
    rm -rf "$less" && mkdir "$less"
    "build/fuzz/tests/fuzz/$name" -merge=1 "$less" "$found" "tests/fuzz/corpus/$kind" >>"$log" 2>&1 && rm -rf "$found" && mv "$less" "$found"
    echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs in $seconds s, nothing found; $(find "$found" -type f | wc -l) inputs kept"
}

# covered NAME PROFILE…: lines of src/ and parsers/ that the profiles reach.
covered() {
    local name=$1 objects=() program
    shift
    llvm-profdata-14 merge -o build/coverage/merged "$@"
    for program in build/coverage/tests/fuzz/fuzz_*; do
        if [ -x "$program" ] && [ -f "$program" ]; then objects+=(-object "$program"); fi
    done
    llvm-cov-14 report -instr-profile build/coverage/merged "${objects[@]}" src parsers rules 2>/dev/null |
        awk -v n="$name" '$1 == "TOTAL" { print n ": " $(NF - 3) " of " $(NF - 5) " lines of src/, parsers/ and rules/ reached" }' |
        sed 's/\([0-9.]*%\) of \([0-9]*\)/\1 of \2/'
}

for name in "$@"; do fuzz "$name"; done
cmake -S . -B build/coverage -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=clang -DZP_FUZZ=ON -DZP_COVERAGE=ON -DZP_TESTS=OFF >/dev/null
cmake --build build/coverage >/dev/null 2>&1
for name in "$@"; do
    kind=${name#fuzz_}
    LLVM_PROFILE_FILE=build/coverage/$name.raw "build/coverage/tests/fuzz/$name" -runs=0 "build/fuzz/corpus/$kind" "tests/fuzz/corpus/$kind" >/dev/null 2>&1
    covered "$name" "build/coverage/$name.raw"
done
covered "all" build/coverage/*.raw
exit $failed
