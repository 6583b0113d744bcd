#!/usr/bin/env bash
# The command line: exit codes, hints, help, languages.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
one_form a.txt
head -c 100000 /dev/zero | tr '\0' '\t' >blank.txt

expect 0 --version
out_has "ziping 0."
for words in --help "convert --help" "check --help" "explain --help" "rules --help" "--help check"; do
    # shellcheck disable=SC2086
    expect 0 $words
    out_has "Usage: ziping"
    err_is_empty
done
expect 0 --lang zh --help
out_has "用法"
expect 0 check --lang zh --help
out_has "输出格式"

# Wrong usage: exit 2, nothing on standard output, a hint.
expect 2
out_is_empty
expect 2 chek a.txt
err_has "did you mean check?"
expect 2 frobnicate
err_has "ziping --help"
expect 2 check a.txt --fromat json
err_has "did you mean --format?"
expect 2 check a.txt --formt=json
err_has "did you mean --format?"
expect 2 --lnag zh check a.txt
err_has "did you mean --lang?"
expect 2 check a.txt --frobnicate
err_has "unknown option --frobnicate"
expect 2 check a.txt -Z
err_has "unknown option -Z"
expect 2 check --statistics=1 "$seed"
err_has "--statistics=1: this option takes no value"
expect 2 --version=3
expect 2 check --files-from no-such-list
err_has "no-such-list: no such file"
expect 2 convert a.txt --fail-on note
err_has "unknown option --fail-on"
expect 2 check ""
err_has "file name 1 is empty"
expect 2 check a.txt ""
expect 2 check
err_has "no file or folder given"
expect 2 check a.txt --format xml
err_has "no format xml"
expect 2 convert a.txt --to sarif
expect 2 convert a.txt --to text
err_has "no format text"
expect 2 convert a.txt --from telex
err_has "telex"
err_has "text"
expect 2 check a.txt --fail-on never-ever
err_has "never-ever"
expect 2 check a.txt --lang fr
err_has "fr"
expect 2 --lang zh check a.txt --format
out_is_empty
expect 2 check a.txt --rules "$work/no-such-folder"
out_is_empty
expect 2 explain
expect 2 explain F01 F02
expect 2 explain F99
err_has "no rule F99"
expect 2 explain execution-rat
err_has "did you mean execution-rate?"
expect 2 explain $'\xff\xe4'
expect 2 rules F01
err_has "explain F01"

# Findings and --fail-on.
expect 1 check "$seed"
err_is_empty
expect 0 check "$seed" --fail-on never
expect 0 check "$seed" --fail-on=never
expect 1 check "$seed" --fail-on note
expect 0 convert "$seed"
sed 's/=95%\t20\t18/=100%\t20\t20/' a.txt >fewer.txt
run check fewer.txt --fail-on error
error_exit=$status
run check fewer.txt --fail-on note
[ "$status" -ge "$error_exit" ] || fail "--fail-on note is stricter than error"

# 3 wins over 1 and over --fail-on.
expect 3 check "$seed" missing.txt
expect 3 check "$seed" missing.txt --fail-on never
expect 3 convert "$seed" missing.txt
err_has "missing.txt: D01"

# Languages: the option first, then the environment.
expect 3 check missing.txt --lang zh
out_has "错误"
last="LC_ALL=zh_CN.UTF-8 ziping check missing.txt"
LC_ALL=zh_CN.UTF-8 "$ziping" check missing.txt >out 2>err
out_has "错误"
LC_ALL='' LC_MESSAGES='' LANG=zh_CN "$ziping" check missing.txt >out 2>err
out_has "错误"
last="LC_ALL=zh_CN.UTF-8 ziping check --lang en missing.txt"
LC_ALL=zh_CN.UTF-8 "$ziping" check --lang en missing.txt >out 2>err
out_has "error"
out_lacks "错误"

# rules: a line each, all alike in width up to the sentence.
expect 0 rules
out_has "F01  execution-rate"
expect 0 rules --lang zh
out_has "F01  execution-rate          错误     "
[ "$(wc -l <out)" -ge 40 ] || fail "rules: a line each"

# Reports and results only; -- ends the options; a name may begin with a dash.
cp a.txt -- -dash.txt
expect 0 convert --to csv -- -dash.txt
out_has "'-dash.txt"
expect 0 convert -q a.txt
err_is_empty
finish
