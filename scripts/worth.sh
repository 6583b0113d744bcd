#!/usr/bin/env bash
# What each question of the recogniser buys: takes every condition, term, answer, price, call and function out in turn.
#
# usage: scripts/worth.sh [--seed N] [--count N] [--keep FILE] [FILE…]     FILE: of src/recognise; all without, which takes hours
#
# A copy of the project is built once with a switch at each question (worth.py says which); then the golden inputs, the
# kept dev prints and freshly invented documents are read with one of them off. Printed are those without which
# nothing is worse: they should go, in small lots, measured again together on other seeds. `held` prints are not asked.
set -eu
cd "$(dirname "$0")/.."
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z | xargs -0 cp --parents -t "$copy"
python3 scripts/worth.py mark "$copy" "$@"
cmake -S "$copy" -B "$copy/build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DZP_TESTS=OFF >/dev/null
ninja -C "$copy/build" >/dev/null
python3 scripts/worth.py ask "$copy" "$@"
