#!/usr/bin/env bash
# FIFOs and devices in place of what is read beside the inputs: refused at once, by name; standard input stays.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
one_form a.txt
mkdir forms && cp a.txt forms/
cp -r "$here/../../rules" data
rm data/labels.yaml && mkfifo data/labels.yaml
mkfifo pipe forms/.ziping.yaml
"$ziping" check a.txt --cache cache -o first 2>/dev/null

# refused CODE NAME WORDS…
refused() {
    local code=$1 name=$2
    shift 2
    last="ziping $*"
    timeout 20 "$ziping" "$@" >"$work/out" 2>"$work/err" </dev/null
    status=$?
    exits "$code"
    err_has "$name"
    out_is_empty
}
for special in pipe /dev/zero /dev/null; do
    refused 2 "$special" check a.txt --config "$special"
    err_has "no regular file"
    refused 2 "$special" check a.txt --baseline "$special"
    refused 2 "$special" check a.txt --diff-from "$special"
    refused 2 "$special" check --files-from "$special"
    refused 2 "$special" check a.txt --password-file "$special"
    refused 2 "$special" check a.txt --profile "$special"
    refused 2 "$special" check a.txt -o out.json --journal "$special" --resume
    refused 2 "$special" merge "$special"
    refused 2 "$special" baseline prune "$special" a.txt
done
refused 2 ".ziping.yaml" check forms
refused 2 "labels.yaml" check a.txt --rules data
LC_ALL=C.UTF-8 run check a.txt --config pipe --lang zh
err_has "不是普通文件"
printf '%s\n' a.txt | "$ziping" convert --files-from - >out || fail "a list on standard input"
json "len(d['files']) == 1"

# In the cache it is as if nothing were there.
entry=$(find cache -type f | head -n 1)
rm "$entry" && mkfifo "$entry"
timeout 20 "$ziping" check a.txt --cache cache -o second 2>/dev/null
cmp -s first second || fail "a FIFO in the cache changes the output"
finish
