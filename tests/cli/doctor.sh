#!/usr/bin/env bash
# `ziping doctor`: a line a thing; 1 when something is missing, and only then.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"

# Whatever this kernel and this build offer, the exit code agrees with the lines.
agrees() {
    local expected=0
    grep -q '^missing ' out && expected=1
    exits "$expected"
}
run doctor
agrees
err_is_empty
for name in version rulebook 'no new privileges' 'resource limits' 'Landlock files' 'Landlock network' 'Landlock signals' \
    seccomp 'PDF module' 'mail module' 'character maps' 'character sets' 'isolated worker' 'Chinese fonts' LibreOffice; do
    grep -qE "^(ok|missing|none) +$name +[^ ]" out || fail "doctor says nothing of $name"
done
grep -qE '^ok +version +[0-9]' out || fail "the version"
grep -qE '^ok +rulebook +sha256:[0-9a-f]{64}$' out || fail "the rulebook"
grep -qE '^ok +PDF module +/.*/ziping-pdf.so$' out || fail "the PDF module"
grep -qE '^ok +character maps ' out || fail "poppler-data is installed for the tests"
grep -qE '^ok +isolated worker ' out || fail "a closed worker reads a PDF and GB18030"
grep -E '^missing ' out && echo "SKIPPED: a kernel or build without these layers"

# The same lines in Chinese.
lines=$(wc -l <out)
run doctor --lang zh
out_has "字符映射"
[ "$(wc -l <out)" -eq "$lines" ] || fail "as many lines in Chinese"
grep -qE '^有 +规则 +sha256:' out || fail "the rulebook in Chinese"

# A program without its module says so, and that it is weaker for it.
mkdir alone
cp "$ziping" "$(dirname "$ziping")/libziping.so.1" alone
LD_LIBRARY_PATH=$work/alone "$work/alone/ziping" doctor >out 2>err
status=$?
last="ziping doctor without the module"
exits 1
grep -qE '^missing +PDF module +.*ziping-pdf.so' out || fail "a missing module"
! grep -qE "^[a-z]+ +character maps " out || fail "nothing is read without the module"

# What is optional is no weakness: nothing of PATH is left.
run doctor
before=$status
PATH=$work/alone "$ziping" doctor >out 2>err
status=$?
last="ziping doctor without LibreOffice"
exits "$before"
grep -qE '^none +LibreOffice ' out || fail "LibreOffice is not there"
grep -qE '^none +Chinese fonts ' out || fail "fontconfig is not there"

expect 2 doctor form.txt
err_has "no argument"
expect 2 doctor --rules no-such-folder
finish
