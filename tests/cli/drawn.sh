#!/usr/bin/env bash
# convert --to html|markdown|xlsx: whatever a document says stays text where it is drawn again, and figures that a
# workbook would change do too; a stranger's reader (Python's) agrees.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
one_form form.txt
python3 - <<'PYTHON'
text = open("form.txt", encoding="utf-8").read()
for old, new in (("公务用车保障率", '=HYPERLINK("http://e.vil","x")'), ("机关服务费", "<script>alert(1)</script>\u202e|x|"),
                 ("558,822.6", "12345678901234.56"), ("公务用车不足", "*a* [b](http://e.vil) `c` _x0041_ &amp;")):
    assert old in text
    text = text.replace(old, new)
open("form.txt", "w", encoding="utf-8").write(text)
PYTHON
expect 0 convert form.txt --to json --to html=d.html --to markdown=d.md --to xlsx=d.xlsx
cp out form.json
expect 0 convert form.txt --to xlsx=again.xlsx --to html=again.html
cmp d.xlsx again.xlsx && cmp d.html again.html || fail "the same bytes in, others out"
expect 0 convert d.html d.md d.xlsx
python3 - <<'PYTHON' || fail "what is drawn"
import json, re, zipfile
page = open("d.html", encoding="utf-8").read()
assert not re.search(r"<(script|a|img|iframe|link)\b|\son\w+=|javascript:", page), "mark-up of the document"
assert "default-src 'none'" in page and 'scope="row"' in page and 'scope="col"' in page and "<caption>" in page
assert "\u202e" not in page and "\u202e" not in open("d.md", encoding="utf-8").read()
sheet = zipfile.ZipFile("d.xlsx").read("xl/worksheets/sheet1.xml").decode()
assert "<f>" not in sheet and "hyperlink" not in sheet
assert re.search(r"<v>95\.98</v>", sheet), "no figure is a number"
want = json.load(open("form.json"))["files"][0]["forms"][0]
for file in json.load(open("out"))["files"]:
    form = file["forms"][0]
    assert form["project"] == "<script>alert(1)</script>\\u{202E}|x|", form["project"]  # the one thing that is not drawn as it is
    for one, other in zip(want["indicators"], form["indicators"], strict=True):
        assert one["level3"] == other["level3"] and one["reason"] == other["reason"], (file["format"], other)
    assert form["funds"][0]["executed"]["text"] == "12345678901234.56", file["format"]
PYTHON
expect 0 convert --lang zh "$seed" --to xlsx=seven.xlsx
python3 -c 'import zipfile; print(sum("worksheets/sheet" in name for name in zipfile.ZipFile("seven.xlsx").namelist()))' >count
[ "$(cat count)" -eq 7 ] || fail "seven forms, $(cat count) sheets"
: >none.txt
expect 3 convert none.txt --to xlsx=none.xlsx
expect 3 convert none.txt --to html=none.html
finish
