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

under_valgrind() {
    valgrind --quiet --error-exitcode=99 --suppressions="$here/jit.supp" \
        --leak-check=full --show-leak-kinds=definite,indirect,possible \
        --errors-for-leak-kinds=definite,indirect "$ziping" "$@" >/dev/null
    case $? in
        0 | 1 | 3) ;;
        *) bad=1; echo "valgrind: ziping $*" ;;
    esac
}

under_valgrind convert --to csv "$case_folder"/input.*
under_valgrind check --format text --lang zh --repairs "$case_folder"/input.*
under_valgrind check --format json --lang en "$case_folder"/input.*
exit $bad
