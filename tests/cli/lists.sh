#!/usr/bin/env bash
# --files-from, names with any bytes, several outputs at once, --show and --statistics.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
one_form form.txt

# Lists: a name a line, or between NULs; nothing is trimmed.
odd=$' two  words\t\xff\xe4.txt '
new_line=$'line\nend.txt'
cp form.txt "$odd"
cp form.txt "$new_line"
cp form.txt ./-dash.txt
printf '%s\n' form.txt "$odd" '' -dash.txt >lines
expect 1 check --format json --files-from lines
json "len(d['files']) == 3" "d['files'][1]['path'].startswith(' two  words\t\ufffd')" \
    "bytes.fromhex(d['files'][1]['path_bytes']) == b' two  words\t\xff\xe4.txt '"
printf '%s\0' form.txt "$odd" "$new_line" >nuls
expect 1 check --format json --files-from nuls
json "len(d['files']) == 3" "d['files'][2]['path'] == 'line\nend.txt'" "d['summary']['unreadable'] == 0"
"$ziping" check --format json --files-from - <nuls >second.json
cmp -s out second.json || fail "--files-from - differs from a file"
expect 0 convert --to ndjson --files-from nuls form.txt
[ "$(wc -l <out)" -eq 4 ] || fail "files of the words and of the list"
printf 'form.txt\r\n' >dos
expect 3 check --files-from dos
: >empty
expect 2 check --files-from empty
err_has "the list is empty"
expect 2 check --files-from no-such-list
err_has "no-such-list"
expect 2 check --files-from - -
err_has "only once"
printf -- '-\n' >dash
expect 2 check --files-from dash -
"$ziping" check --files-from dash <form.txt >out 2>err
status=$?
exits 1
out_has "form 1"

# Every format bears any name.
for format in $(text_formats check); do
    run check --format $format --files-from nuls
    exits 1
    if [ $format != json ] && [ $format != ndjson ] && [ $format != csv ]; then
        python3 - <<'PYTHON' || fail "--format $format: a name breaks it"
text = open("out", "rb").read().decode("utf-8")
assert "\t\ufffd" not in text and "line\nend" not in text
PYTHON
    fi
done

# Several outputs at once; the same bytes as one by one.
run check "$seed" --format text --format sarif=out.sarif --format json=out.json
exits 1
"$ziping" check "$seed" >one.txt
cmp -s one.txt out || fail "text beside others differs"
"$ziping" check "$seed" --format sarif | cmp -s - out.sarif || fail "sarif beside others differs"
"$ziping" check "$seed" --format json | cmp -s - out.json || fail "json beside others differs"
expect 1 check "$seed" --format markdown --format=csv=- -o page.md
grep -q '^## ziping' page.md || fail "-o is for the format without a path"
head -n 1 out | grep -q '^path,form' || fail "csv=- is standard output"
expect 2 check "$seed" --format text --format json
err_has "same place"
expect 2 check "$seed" --format text=x --format json=./x
err_has "same place"
expect 2 check form.txt --format text --format json=form.txt
err_has "both input and output"
expect 2 check form.txt --format json=
err_has "no file name"
expect 2 check form.txt --format text --format telex=x
err_has "telex"
err_has "sarif"
[ ! -e x ] || fail "a wrong command line made a file"
expect 4 check form.txt --format json=no/such/place --format text=made.txt
[ ! -e made.txt ] || fail "an output was left by a run that did not begin"
expect 4 check form.txt --format text --format json=/dev/full
expect 0 convert form.txt --to json=a.json --to csv=b.csv
out_is_empty
[ -s a.json ] && [ -s b.csv ] || fail "convert: several outputs"

# --show hides, it does not judge; the totals count what is hidden.
expect 1 check "$seed" --show error
out_lacks "note     "
out_has "33 notes; 47 not shown"
expect 1 check "$seed" --show never --fail-on note
out_has "10 errors, 14 warnings, 33 notes; 57 not shown"
expect 1 check "$seed" --show never --fail-on note --format json
json "d['files'][0]['findings'] == []" "d['summary']['hidden'] == 57" "d['summary']['error'] == 10"
expect 0 check "$seed" --show error --fail-on never

# --statistics: the rule that fired most first.
expect 1 check "$seed" --statistics --quiet --show never
[ "$(head -n 1 out | tr -s ' ' | cut -d' ' -f2-4)" = "20 C06 comparator-in-actual" ] || fail "--statistics: $(head -n 1 out)"
expect 1 check "$seed" --statistics --format json
json "sum(row['count'] for row in d['statistics']) == 57" "d['statistics'][0]['code'] == 'F01'"
expect 1 check "$seed" --statistics --format ndjson
tail -n 1 out | grep -q '"statistics": \[{"code": "F01"' || fail "--statistics in ndjson"
finish
