#!/usr/bin/env bash
# run.sh ZIPING CASE - `ziping` over the inputs of a golden case under valgrind.
#
# A Criterion case hides an invalid write or a leak from valgrind's exit code, so the program
# itself runs here. Its own exit codes 0, 1 and 3 are fine; valgrind's is 99.
set -u
ziping=$1
here=$(cd "$(dirname "$0")" && pwd)
case_folder=$2
bad=0
said=$(mktemp)
trap 'rm -f "$said"' EXIT

# A worker is a fork, which valgrind follows; it knows not the calls that shut one in.
under_valgrind() {
    valgrind --quiet --error-exitcode=99 --suppressions="$here/jit.supp" \
        --leak-check=full --show-leak-kinds=definite,indirect,possible \
        --errors-for-leak-kinds=definite,indirect "$ziping" "$1" --no-sandbox --jobs 1 "${@:2}" >/dev/null 2>"$said"
    case $? in
        0 | 1 | 3) ;;
        *) bad=1; echo "valgrind: ziping $*"; cat "$said" ;;
    esac
}

# Poppler under valgrind takes its time: what reads pages and packages is seen in one case.
inputs=()
for input in "$case_folder"/input.*; do
    case $input in
        */seed-1/* | *.txt | *.md | *.html) inputs+=("$input") ;;
    esac
done
[ "${#inputs[@]}" -gt 0 ] || inputs=("$case_folder"/input.*)

under_valgrind check --format json --lang en "${inputs[@]}"
# The other writers do the same whatever the case: one case has them.
case $case_folder in
    */seed-1)
        under_valgrind check --format text --lang zh --repairs "${inputs[0]}"
        under_valgrind convert --to csv "${inputs[0]}"
        under_valgrind convert --to sqlite --to csv=/dev/null --table forms "${inputs[0]}"
        ;;
esac
exit $bad
