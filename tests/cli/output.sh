#!/usr/bin/env bash
# Where results go: -o, a full disk, a closed pipe, colour, the same bytes twice.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
one_form form.txt

# -o writes aside and renames.
expect 0 convert form.txt -o made.json
out_is_empty
"$ziping" convert form.txt >plain.json
cmp -s made.json plain.json || fail "-o differs from standard output"
expect 0 convert form.txt --output=made2.json
chmod 640 made.json
ln -s made.json link.json
expect 0 convert form.txt form.txt -o link.json
[ -L link.json ] || fail "-o replaced a link"
[ "$(stat -c %a made.json)" = 640 ] || fail "-o changed the permissions"
grep -c '"path"' made.json | grep -qx 2 || fail "-o over a link did not write its target"
expect 4 convert form.txt -o no/such/folder.json
err_has "no/such/folder.json"
mkdir folder
expect 4 convert form.txt -o folder
expect 2 convert form.txt -o form.txt
err_has "both input and output"
expect 2 convert form.txt --to xml -o other.json
[ ! -e other.json ] || fail "a wrong command line made a file"
left=$(find . -maxdepth 1 -name '.?*')
[ -z "$left" ] || fail "a file was left aside: $left"
expect 0 convert form.txt -o -
out_has "ziping/convert/1"

# A full disk and a closed pipe: exit 4, the pipe quietly.
expect 4 convert form.txt -o /dev/full
err_has "cannot write"
for words in "convert form.txt" "check $seed" "rules" "--help" "--version" "explain F01"; do
    # shellcheck disable=SC2086
    "$ziping" $words >/dev/full 2>err
    status=$?
    last="ziping $words >/dev/full"
    [ "$words" = "explain F01" ] && [ $status -eq 2 ] && continue # a build without rule pages
    exits 4
    err_has "cannot write"
done
for _ in $(seq 300); do cat "$seed"; done >many.txt
for format in json ndjson csv; do
    { "$ziping" convert many.txt --no-progress --to $format 2>err; echo $? >code; } | head -c 100 >/dev/null
    last="ziping convert --to $format | head"
    status=$(cat code)
    exits 4
    err_is_empty
done
{ "$ziping" check many.txt --no-progress 2>err; echo $? >code; } | head -c 100 >/dev/null
last="ziping check | head"
status=$(cat code)
exits 4
err_is_empty
rm many.txt

# The same bytes in give the same bytes out.
for words in "convert --to json" "convert --to ndjson" "convert --to csv" "check --format text" \
    "check --format json" "check --format ndjson"; do
    # shellcheck disable=SC2086
    "$ziping" $words "$seed" form.txt >first
    # shellcheck disable=SC2086
    LANG=C "$ziping" $words "$seed" form.txt >second
    cmp -s first second || fail "$words: two runs differ"
done

# Colour on a terminal only, and not with NO_COLOR or TERM=dumb.
on_terminal() {
    env "$@" python3 - "$ziping" "$seed" >out <<'PYTHON'
import os, pty, sys
chunks = []
def read_all(fd):
    while True:
        try:
            data = os.read(fd, 65536)
        except OSError:
            return
        if not data:
            return
        chunks.append(data)
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], [sys.argv[1], "check", sys.argv[2]])
read_all(fd)
os.waitpid(pid, 0)
sys.stdout.buffer.write(b"".join(chunks))
PYTHON
}
last="on a terminal"
on_terminal TERM=xterm
out_has $'\e[31m'
last="on a terminal with NO_COLOR"
on_terminal TERM=xterm NO_COLOR=1
out_lacks $'\e['
out_has "F01"
last="on a terminal with an empty NO_COLOR"
on_terminal TERM=xterm NO_COLOR=
out_has $'\e[31m'
last="on a dumb terminal"
on_terminal TERM=dumb
out_lacks $'\e['
run check "$seed"
out_lacks $'\e'
finish
