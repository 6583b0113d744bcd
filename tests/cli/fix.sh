#!/usr/bin/env bash
# `ziping fix`: a copy in which only the cells that are mended differ, and the difference.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
cp "$seed" a.txt
before=$(sha256sum <a.txt)

# same_forms ORIGINAL COPY: but for white space and the spelling of comparators they say the same.
same_forms() {
    "$ziping" convert "$1" >one.json
    "$ziping" convert "$2" >two.json
    python3 - <<'PYTHON'
import json, re, sys
def meaning(node):
    if isinstance(node, dict):
        return {key: meaning(value) for key, value in node.items() if key not in ("at", "repairs", "path", "sha256", "status", "part", "reading")}
    if isinstance(node, list):
        return [meaning(item) for item in node]
    if isinstance(node, str):
        return re.sub(r"\s", "", node).replace(">=", "≥").replace("<=", "≤").replace("＝", "=").replace("＞", ">").replace("＜", "<")
    return node
one, two = (meaning(json.load(open(name, encoding="utf-8"))["files"]) for name in ("one.json", "two.json"))
if one != two:
    sys.exit(f"the forms differ: {str(one)[:200]}")
PYTHON
}

expect 0 fix a.txt -o copy.txt
[ "$before" = "$(sha256sum <a.txt)" ] || fail "fix wrote to the original"
same_forms a.txt copy.txt || fail "a safe mend changed what a form says"
cp out difference
# The printed difference is the difference: nothing else changed, and lines and cells are as many.
python3 - <<'PYTHON' || fail "the difference is not what was printed"
import re
old, new = (open(name, encoding="utf-8", newline="").read().split("\n") for name in ("a.txt", "copy.txt"))
assert len(old) == len(new) and [line.count("\t") for line in old] == [line.count("\t") for line in new]
cells = [(a, b) for before, after in zip(old, new) for a, b in zip(before.split("\t"), after.split("\t")) if a != b]
printed = re.findall(r"^- (.*)\n\+ (.*)$", open("difference", encoding="utf-8").read(), re.M)
assert [(a.strip(), b.strip()) for a, b in cells] == printed, (len(cells), len(printed))
lines = [int(n) for n in re.findall(r"^a\.txt:(\d+)  form", open("difference", encoding="utf-8").read(), re.M)]
assert lines == sorted(lines) and len(lines) == len(printed)
PYTHON
out_has "- 全市舆情应急管理培训 人数"
out_has "+ 全市舆情应急管理培训人数"
out_has "- >=5次"
out_has "+ ≥5次"
grep -q "^- <p>" out || fail "no mark-up was mended"
err_has "not mended: form 1: R01"
run convert copy.txt
json "not {'R02', 'R04'} & {r['code'] for f in d['files'][0]['forms'] for r in f['repairs'] if r['pointer'] != ''} - {'R04'}" \
    "sum(r['code'] == 'R02' for f in d['files'][0]['forms'] for r in f['repairs']) == 0"

# What is sound stays as it is, byte for byte.
expect 0 fix copy.txt -o again.txt
cmp -s copy.txt again.txt || fail "mending twice is not mending once"
out_is_empty

# --unsafe: the figures follow from the form, and the rules that found them are silent.
expect 0 fix a.txt -o figures.txt --unsafe
grep -q '^+ 9.44$' out || fail "--unsafe: no recomputed score"
expect 1 check figures.txt --format json
json "not {'S01', 'S04', 'S05', 'S06', 'S07', 'S11', 'C06'} & {f['code'] for f in d['files'][0]['findings']}"
# A rate that no habit explains.
sed 's/88\.82%/68.82%/' a.txt >rate.txt
expect 0 fix rate.txt -o rate2.txt --unsafe
out_has "- 68.82%"
out_has "+ 88.81%"
# Suppressed findings are somebody's answer: their figures stay.
printf 'suppressions:\n  - {rule: S07, path: a.txt, reason: agreed}\n' >.ziping.yaml
expect 0 fix a.txt -o kept.txt --unsafe
! grep -q '^+ 9.44$' out || fail "a suppressed score was rewritten"
rm .ziping.yaml

# Columns that blanks make keep their places.
python3 - <<'PYTHON'
import unicodedata
width = lambda text: sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
rows = [line.rstrip("\n").split("\t") for line in open("a.txt", encoding="utf-8").readlines()[2:20]]
columns = max(map(len, rows))
widest = [max((width(row[k]) for row in rows if k < len(row) and len(row) > 2), default=0) + 3 for k in range(columns)]
with open("aligned.txt", "w", encoding="utf-8") as out:
    for row in rows:
        out.write("".join(cell + " " * max(widest[k] - width(cell), 2) for k, cell in enumerate(row)).rstrip() + "\n")
PYTHON
expect 0 convert aligned.txt
sed 's/≥/>=/; s/公务用车保障率/公务用车 保障率/' aligned.txt >aligned2.txt
expect 0 fix aligned2.txt -o aligned3.txt
same_forms aligned2.txt aligned3.txt || fail "columns of blanks were moved"
python3 - <<'PYTHON' || fail "a line of columns has another width"
import unicodedata
width = lambda line: sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
old, new = (open(name, encoding="utf-8").read().split("\n") for name in ("aligned2.txt", "aligned3.txt"))
assert old != new and [width(line) for line in old] == [width(line) for line in new]
PYTHON

# Other character sets: the copy is that of the UTF-8 original, in them; characters of four bytes and of the
# second plane stand before the mends.
{ printf '説明：\xf0\xa0\xae\xb7 \xe1\xa0\x80 \xc3\xa9\n\n'; cat a.txt; } >wide.txt
expect 0 fix wide.txt -o wide2.txt
for charset in GB18030 UTF-16LE UTF-16BE; do
    for file in wide wide2; do
        case $charset in
            UTF-16LE) printf '\xff\xfe' ;;
            UTF-16BE) printf '\xfe\xff' ;;
        esac >$file.$charset.txt
        iconv -f UTF-8 -t $charset $file.txt >>$file.$charset.txt
    done
    expect 0 fix wide.$charset.txt -o copy.$charset.txt
    cmp -s copy.$charset.txt wide2.$charset.txt || fail "$charset: the copy"
    grep -q '^+ ≥5次$' out || fail "$charset: no mend"
done
{ iconv -f UTF-8 -t GB18030 a.txt; printf '\xff\n'; } >broken.txt
expect 0 fix broken.txt -o broken2.txt
cmp -s broken.txt broken2.txt || fail "a file whose places are not sure was touched"
err_has "no characters, so no place in it is sure"
# Web pages keep their forms.
python3 - "$here"/../golden/form-hubei-2021/input.html <<'PYTHON'
import sys
text = open(sys.argv[1], encoding="utf-8").read().replace("≥", "&gt;=").replace('charset="utf-8"', 'charset="gb2312"')
open("gbk.html", "wb").write(text.encode("gb18030"))
PYTHON
expect 0 fix gbk.html -o gbk2.html
same_forms gbk.html gbk2.html || fail "GBK page: the copy says something else"
grep -q '^+ ≥' out || fail "GBK page: no mend"
iconv -f GB18030 -t UTF-8 gbk2.html | grep -q '<td>≥86所</td>' || fail "GBK page: the copy is no GB18030"
for page in "$here"/../../samples/html/*.html; do
    expect 0 fix "$page" -o page.html
    same_forms "$page" page.html || fail "$page: the copy says something else"
done
sed 's/$/\r/' a.txt >crlf.txt
expect 0 fix crlf.txt -o crlf2.txt
same_forms crlf.txt crlf2.txt || fail "line ends"
[ "$(grep -c $'\r$' crlf.txt)" -eq "$(grep -c $'\r$' crlf2.txt)" ] || fail "line ends were changed"
printf '\xef\xbb\xbf' | cat - a.txt >bom.txt
expect 0 fix bom.txt -o bom2.txt
[ "$(tail -c +4 bom2.txt | sha256sum)" = "$(sha256sum <copy.txt)" ] || fail "a byte order mark moves the places"

# Wrong use, unreadable inputs, places that cannot be written.
expect 2 fix a.txt
expect 2 fix a.txt -o a.txt
ln -s a.txt link.txt
expect 2 fix a.txt -o link.txt
ln a.txt hard.txt
expect 2 fix a.txt -o hard.txt
expect 2 fix - -o x
expect 2 fix . -o x
expect 2 fix a.txt -o -
expect 3 fix missing.txt -o x
echo "nothing" >none.txt
expect 3 fix none.txt -o x
err_has "D02"
[ ! -e x ] || fail "a copy of nothing was written"
expect 4 fix a.txt -o no/such/folder

# Folders: a mirrored tree; the rest goes on; what is there is not written over.
mkdir -p in/deep in/empty made
cp a.txt in/one.txt
cp a.txt in/deep/two.txt
cp broken.txt in/deep/three.txt
cp none.txt in/none.txt
cp "$here/../../samples/pdf/weasy-one-6.pdf" in/print.pdf
cp "$here/../../samples/html/one-1.html" page.html
expect 3 fix in page.html -o made
err_has "print.pdf: originals of this format (pdf) cannot be mended; these can: text, html, markdown, docx, xlsx"
cmp -s copy.txt made/one.txt || fail "a copy in a folder is another"
cmp -s copy.txt made/deep/two.txt || fail "the tree is not mirrored"
cmp -s broken.txt made/deep/three.txt || fail "a file whose places are not sure was touched"
[ -e made/page.html ] || fail "a named file has no copy"
[ "$(find made -type f | wc -l)" -eq 4 ] || fail "other copies: $(find made)"
echo mine >made/one.txt
rm made/deep/two.txt
expect 4 fix in/one.txt in/deep -o made
err_has "one.txt is there already and was not written over"
[ "$(cat made/one.txt)" = mine ] || fail "a file of the user's was written over"
[ -e made/two.txt ] || fail "the rest of the batch did not go on"
expect 2 fix in -o in/copies
err_has "is in the folder in, which is read"
[ ! -e in/copies ] || fail "a folder of copies was made among the inputs"
expect 2 fix in -o in
ln -s in way
expect 2 fix in -o way/deep/copies
expect 0 fix a.txt -o new/
cmp -s copy.txt new/a.txt || fail "a folder that was not there"
expect 2 fix in -o a.txt
expect 2 fix a.txt in -o -
[ "$before" = "$(sha256sum <a.txt)" ] || fail "fix wrote to the original"
finish
