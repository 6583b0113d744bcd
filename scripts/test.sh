#!/usr/bin/env bash
# test.sh - build and pass every test: the dev build, the asan build, a short run of the fuzz harnesses.
#
# usage: test.sh [quick]     quick: the unit tests, golden cases and lints of the dev build alone
#
# The dev run holds the unit, golden, lint, document and valgrind tests; the asan run the same
# without lint and valgrind; each fuzz harness is one test. The last line is `N passed, N failed`
# over all; ends with 0 only when nothing failed.
set -u
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

passed=0
failed=0

# count_summary LOG: add what ctest's "… tests passed, N tests failed out of M" says; false without one.
count_summary() {
    local bad all
    read -r bad all < <(sed -n 's/.*tests passed, \([0-9]*\) tests failed out of \([0-9]*\).*/\1 \2/p' "$1")
    [ -n "${all:-}" ] || return 1
    failed=$((failed + bad))
    passed=$((passed + all - bad))
}

# test_preset PRESET [PATTERN]: a build that fails, or a run without a summary, is one failure.
test_preset() {
    local preset=$1 pattern=${2:-.} log=$root/build/$1.ctest.log
    printf '== %s ==\n' "$preset"
    if ! build_preset "$preset"; then
        failed=$((failed + 1))
        return
    fi
    (cd "$root" && ctest --preset "$preset" -j "$(nproc)" -R "$pattern") 2>&1 | tee "$log"
    count_summary "$log" || failed=$((failed + 1))
}

# test_fuzz: every harness over its corpus for some seconds.
test_fuzz() {
    local log=$root/build/fuzz.log found wanted
    printf '== fuzz ==\n'
    "$root/scripts/fuzz.sh" "$FUZZ_SECONDS" "$FUZZ_SEED" 2>&1 | tee "$log"
    found=$(grep -c 'nothing found$' "$log")
    wanted=$(find "$root/tests/fuzz" -name 'fuzz_*.c' | wc -l)
    passed=$((passed + found))
    failed=$((failed + wanted - found))
}
readonly FUZZ_SECONDS=15
# The same inputs each time: what a change breaks is seen, chance is for the longer runs.
readonly FUZZ_SEED=1

# A leak inside a Criterion case is only a failure when the sanitizer aborts.
export ASAN_OPTIONS=abort_on_error=1:detect_leaks=1
# GLib 2.74 takes pointer arrays from slices, where a leak would not be seen.
export G_SLICE=always-malloc
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1

case ${1:-} in
    '')
        ensure_packages build test fuzz || exit "$EXIT_INTERNAL"
        test_preset dev
        test_preset asan
        test_fuzz
        ;;
    quick)
        ensure_packages build test || exit "$EXIT_INTERNAL"
        test_preset dev '^(unit|golden|lint)/'
        ;;
    *)
        printf 'usage: test.sh [quick]\n' >&2
        exit 2
        ;;
esac
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
