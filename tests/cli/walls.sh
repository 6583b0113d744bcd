#!/usr/bin/env bash
# Walls that are missing are said, once each, and --require-sandbox then reads nothing.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
without=$(dirname "$ziping")/without

# under CALLS… -- ARGUMENTS…: as on a kernel that lacks these system calls.
under() {
    local calls=()
    while [ "$1" != -- ]; do
        calls+=("$1")
        shift
    done
    shift
    last="ziping $* without ${calls[*]}"
    "$without" "${calls[@]}" -- "$ziping" "$@" >out 2>err </dev/null
    status=$?
}

expect 2 check --require-sandbox --no-sandbox "$seed"
out_is_empty
expect 2 convert --require-sandbox --office "$seed"
out_is_empty
"$ziping" doctor >doctor.txt
if ! grep -q '^ok *Landlock files' doctor.txt || ! grep -q '^ok *seccomp' doctor.txt; then
    expect 2 check --require-sandbox "$seed"
    out_is_empty
    echo "SKIPPED: this build or machine lacks the walls that would be taken away"
    finish
fi
expect 1 check --require-sandbox "$seed"
err_is_empty

for words in "check $seed $seed -j 2" "check -q $seed $seed" "convert $seed $seed" "check $seed --shard 1/1 -o records" \
    "baseline write $seed -o base.json"; do
    # shellcheck disable=SC2086
    under landlock_create_ruleset -- $words
    [ $status -lt 2 ] || fail "$last: exit $status"
    [ "$(grep -c 'this system has no Landlock' err)" = 1 ] || fail "$last: not said once: $(cat err)"
    grep -q 'has no seccomp' err && fail "$last: seccomp is there"
done
under landlock_create_ruleset seccomp -- check "$seed"
exits 1
err_has "has no Landlock"
err_has "has no seccomp"
cp out lacking
"$ziping" check "$seed" >out
cmp -s out lacking || fail "another answer without the walls"
under seccomp -- check --lang zh "$seed"
err_has "本系统没有 seccomp"
for calls in landlock_create_ruleset seccomp "landlock_create_ruleset seccomp"; do
    # shellcheck disable=SC2086
    under $calls -- check --require-sandbox "$seed" -o made.txt
    exits 2
    err_has "so nothing was read"
    [ ! -e made.txt ] || fail "$last: an output was made"
done
finish
