#!/usr/bin/env bash
# Folders: order, what is taken, what is skipped and counted; standard input; names of any bytes.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
one_form form.txt

mkdir -p in/b in/a/z in/.hidden in/empty
cp form.txt in/c.txt
cp form.txt in/b/1.TXT
cp form.txt in/a/z/x.tsv
cp form.txt in/a/y.txt
cp form.txt in/B.txt
cp form.txt in/.hidden/no.txt
cp form.txt in/.hidden.txt
cp form.txt in/no-suffix
printf '\x89PNG\r\n\x1a\n' >in/picture.png
ln -s ../form.txt in/link.txt
ln -s . in/self
mkfifo in/fifo.txt
expect 3 convert in # a picture may hold a form
err_has "1 file not read: a PNG picture; run text recognition"
err_has "(in/picture.png)"
err_has "1 file not read: of no known kind (in/no-suffix)"
expect 0 convert --skip-unread in
json "[f['path'] for f in d['files']] == ['in/B.txt', 'in/a/y.txt', 'in/a/z/x.tsv', 'in/b/1.TXT', 'in/c.txt']"
err_has "7 files skipped"
err_has "2 links in folders were not followed (the first: in/link.txt)"
expect 0 convert in/link.txt # named, it is
json "len(d['files'][0]['forms']) == 1"
ln -s in linked-folder
expect 3 convert linked-folder
json "len(d['files']) == 5"
rm linked-folder
expect 3 convert --quiet in
err_is_empty
expect 1 check --fail-on note --skip-unread --format json in
json "d['summary']['files'] == 5 and d['summary']['skipped'] == 7" \
    "d['summary']['unread'] == [{'path': 'in/picture.png', 'kind': 'png'}]"
err_has "2 links in folders were not followed"
run check in
out_has "7 skipped"
run check --quiet in
out_lacks "skipped"
expect 3 convert in/ --to csv
out_has "in/B.txt,0"

# Explicit files are always tried, whatever their name.
expect 0 convert in/no-suffix in/.hidden.txt
json "len(d['files']) == 2"
expect 3 convert in/picture.png

# One bad file among several; a link is no file of the folder, wherever it leads.
printf '\x89PNG\r\n\x1a\n' >in/a/wrong.txt
ln -s nowhere in/a/dangling.txt
ln -s nowhere in/a/dangling
expect 3 convert in
json "[f['path'] for f in d['files'] if f['status'] == 'failed'] == ['in/a/wrong.txt']" \
    "len(d['files']) == 6"

# A folder that may not be read.
if [ "$(id -u)" -ne 0 ]; then
    mkdir in/locked
    chmod 000 in/locked
    expect 3 convert in
    json "'in/locked' in [f['path'] for f in d['files'] if f['status'] == 'failed']"
    chmod 700 in/locked
fi

# Nothing to check: 2 alone, a warning beside other inputs; what may hold forms and was not read is 3 and a report.
mkdir none pictures
touch none/.hidden
printf '\x89PNG\r\n\x1a\n' >pictures/a.png
expect 3 check pictures
out_has "pictures/a.png"
expect 2 check none
out_is_empty
err_has "none: no known file"
expect 2 convert none in/empty -o made.json
[ ! -e made.json ] || fail "a run without input made a file"
expect 0 convert --skip-unread none form.txt
err_has "none: no known file"
json "len(d['files']) == 1"

# Standard input.
"$ziping" convert - <form.txt >out 2>err || fail "convert -"
json "d['files'][0]['path'] == '-' and len(d['files'][0]['forms']) == 1"
last="ziping convert form.txt - form.txt"
"$ziping" convert form.txt - form.txt <form.txt >out 2>err || fail "$last"
json "[f['path'] for f in d['files']] == ['form.txt', '-', 'form.txt']"
"$ziping" convert --from text - <form.txt >out 2>err || fail "convert --from text -"
last="ziping check - with nothing"
: | "$ziping" check --format json - >out 2>err
json "d['files'][0]['error']['code'] == 'D02'"
last="ziping convert - with standard input closed"
"$ziping" convert - <&- >out 2>err
[ $? -eq 3 ] || fail "$last"

# Names of any bytes: output shows U+FFFD and the bytes in hex.
mkdir names
name=$'names/\xff\e[31m\n.txt'
cp form.txt "$name"
expect 0 convert "$name"
json "d['files'][0]['path'] == 'names/\ufffd\x1b[31m\n.txt'" \
    "d['files'][0]['path_bytes'] == '6e616d65732fff1b5b33316d0a2e747874'"
expect 0 convert names --to ndjson
json "d['path_bytes'].startswith('6e61')"
run check "$name" --fail-on never
! grep -q $'\e' out || fail "a file name reached the terminal unescaped"
expect 3 convert "$name.missing"
! grep -q $'\e' err || fail "a file name reached standard error unescaped"
expect 0 convert form.txt
json "'path_bytes' not in d['files'][0]"
expect 2 convert "" # an empty word is a slip of a script, not a file
finish
