#!/usr/bin/env bash
# The contract's table of bad input: each gives its code and exit 3, names the file, and the
# file beside it is still done.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
one_form good.txt

# bad CODE FILE [WORDS]: the bad file between two good ones.
bad() {
    local code=$1 file=$2 words=${3:-}
    expect 3 check --format json good.txt "$file" good.txt
    json "[f['status'] == 'failed' for f in d['files']] == [False, True, False]" \
        "d['files'][1]['error']['code'] == '$code' and d['files'][1]['forms'] == []"
    json "d['files'][1]['findings'][0]['code'] == '$code' and d['files'][1]['findings'][0]['form'] is None" \
        "d['files'][1]['findings'][0]['pointer'] == '' and len(d['files'][1]['findings'][0]['message']) > 10"
    json "'''$words''' in d['files'][1]['error']['message']" \
        "d['summary']['unreadable'] == 1 and d['summary']['files'] == 3 and d['summary']['forms'] == 2"
    expect 3 check --lang zh good.txt "$file"
    out_has "$(basename "$file")"
    expect 3 convert --to json good.txt "$file"
    json "len(d['files'][0]['forms']) == 1 and d['files'][1]['error']['code'] == '$code'"
    err_has "$code"
    expect 3 convert --to csv "$file" good.txt
    out_has "good.txt,0,2022"
    err_has "$(basename "$file")"
}

# Missing, a part of the path no folder, no permission, a loop of links.
bad D01 missing.txt "no such file"
bad D01 good.txt/x "no such file"
ln -s loop.txt loop.txt
bad D01 loop.txt "links"
if [ "$(id -u)" -ne 0 ]; then
    cp good.txt secret.txt
    chmod 000 secret.txt
    bad D01 secret.txt "permission"
fi
expect 3 check --format json missing.txt
json "d['files'][0]['sha256'] is None and d['files'][0]['format'] is None"

# Kinds that no parser knows, by content, whatever the name says.
kind() {
    printf '%b' "$3" >"$1"
    bad D01 "$1" "$2"
}
kind picture.png "PNG" '\x89PNG\r\n\x1a\n\x00\x00'
kind picture.txt "JPEG" '\xff\xd8\xff\xe0\x00\x10JFIF'
kind form.pdf "damaged" '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'
kind form.ofd "OFD" 'PK\x03\x04abcdefghijklmnopqrstuvwxyzOFD.xml'
kind form.docx "Word" 'PK\x03\x04abcdefghijklmnopqrstuvwxyzword/document.xml'
kind form.xlsx "Excel" 'PK\x03\x04abcdefghijklmnopqrstuvwxyzxl/workbook.xml'
kind form.zip "zip" 'PK\x03\x04abcdefghijklmnopqrstuvwxyza.txt'
kind form.doc "old Office" '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'
kind form.rtf "RTF" '{\\rtf1\\ansi}'
kind form.odt "OpenDocument" 'PK\x03\x04abcdefghijklmnopqrstuvwxyzmimetypeapplication/vnd.oasis.opendocument.text'
kind form.xml "XML" '<?xml version="1.0"?><a/>'
kind form.gz "the archive is damaged" '\x1f\x8b\x08'

# Empty, blank, only tabs, readable without a form.
kind2() {
    printf '%b' "$2" >"$1"
    bad D02 "$1" "$3"
}
kind2 empty.txt '' "empty or blank"
kind2 blank.txt ' \n\n\t \r\n' "empty or blank"
kind2 tabs.txt '\t\t\t\t\n\t\t\t\n' "empty or blank"
kind2 bom.txt '\xef\xbb\xbf' "empty or blank"
kind2 wide.txt '\u3000\u3000\t\u00a0\n' "empty or blank"
kind2 page.html '<!DOCTYPE html>\n<table></table>' "empty or blank"
kind2 letter.txt '关于开展绩效自评工作的通知\n各部门：\n' "no self-evaluation form"
kind2 table.txt '姓名\t年龄\n张三\t30\n' "no self-evaluation form"
kind2 markup.txt '<p>hello</p>\n' "no self-evaluation form"

# NUL bytes: damaged; UTF-16 with BOM is text.
printf 'a\0b\n' >nul.txt
bad D01 nul.txt "NUL"
cat good.txt <(printf '\0') >nul-at-the-end.txt
bad D01 nul-at-the-end.txt "NUL"
expect 3 check --from text nul.txt
iconv -f UTF-8 -t UTF-16LE good.txt | cat <(printf '\xff\xfe') - >utf16.txt
expect 0 convert utf16.txt
json "d['files'][0]['status'] == 'ok' and d['files'][0]['forms'][0]['project'] == '机关服务费'"
iconv -f UTF-8 -t GB18030 good.txt >gb.txt
expect 0 convert gb.txt
json "d['files'][0]['status'] == 'ok' and d['files'][0]['forms'][0]['project'] == '机关服务费'"

# Bytes that are neither UTF-8 nor GB18030: read with U+FFFD, D05, status partial.
sed 's/1700次。/1700\xff\xff次。/' good.txt >broken.txt
expect 1 check --format json broken.txt
json "d['files'][0]['status'] == 'partial' and 'D05' in [f['code'] for f in d['files'][0]['findings']]"
expect 0 convert broken.txt
json "d['files'][0]['status'] == 'partial' and '\ufffd' in str(d)"

# Limits, each named: ZP_LIMIT_INPUT_BYTES for a file, a pipe and standard input.
truncate -s 134217729 large.txt
bad D01 large.txt "ZP_LIMIT_INPUT_BYTES"
expect 3 check --format json large.txt
json "d['files'][0]['sha256'] is None"
mkfifo pipe
head -c 134217800 /dev/zero 2>/dev/null >pipe &
expect 3 check --format json pipe
json "'ZP_LIMIT_INPUT_BYTES' in d['files'][0]['error']['message']"
kill %1 2>/dev/null
wait
head -c 134217800 /dev/zero | "$ziping" check --format json - >out 2>err
grep -q ZP_LIMIT_INPUT_BYTES out || fail "standard input over the limit"

# ZP_LIMIT_COLUMNS, ZP_LIMIT_CELL_BYTES, ZP_LIMIT_CELLS.
python3 - <<'PYTHON'
open("columns.txt", "w").write("\t".join(["x"] * 1001) + "\n")
open("cell.txt", "w").write("a\t" + "x" * (1024 * 1024 + 1) + "\n")
open("cells.txt", "w").write(("\t".join("x" * 1000) + "\n") * 4001)
PYTHON
bad D01 columns.txt ZP_LIMIT_COLUMNS
bad D01 cell.txt ZP_LIMIT_CELL_BYTES
bad D01 cells.txt ZP_LIMIT_CELLS

# ZP_LIMIT_PROBE_BYTES: what stands behind them decides nothing but NUL bytes.
{ head -c 70000 /dev/zero | tr '\0' ' '; printf '\n%%PDF-1.7\n'; } >late.txt
bad D02 late.txt "no self-evaluation form"

# ZP_LIMIT_FOLDER_DEPTH: the folder too deep is named, the rest is done.
deep=deep
mkdir deep
cp good.txt deep/a.txt
for _ in $(seq 65); do deep=$deep/d; done
mkdir -p "$deep"
cp good.txt "$deep/b.txt"
expect 3 check --format json deep
json "d['files'][0]['status'] != 'failed' and 'ZP_LIMIT_FOLDER_DEPTH' in d['files'][1]['error']['message']" \
    "d['summary']['files'] == 2"
finish
