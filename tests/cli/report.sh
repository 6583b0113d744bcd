#!/usr/bin/env bash
# --report DIR: page, workbook, data, marked copies and letters in one folder; nothing of others is ever written over, and
# nothing of ours once somebody has changed it.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
mkdir -p in/甲
cp "$seed" in/甲/seven.txt
one_form in/one.txt
python3 - <<'END'
import zipfile
with zipfile.ZipFile("sent.zip", "w") as made:
    for name in ("甲/seven.txt", "one.txt"):
        made.write("in/" + name, name)
END
files() { (cd "$1" && find . -type f | LC_ALL=C sort); }

# One command on what came.
expect 1 check sent.zip --report rep/new/
out_is_empty
err_has "report: rep/new/report.html"
expect 1 check sent.zip --quiet --format json=alone.json --format csv
cp out alone.csv
[ "$(find rep/new -maxdepth 1 | LC_ALL=C sort | tr '\n' ' ')" = \
    "rep/new rep/new/.ziping-report rep/new/audit.xlsx rep/new/marked rep/new/report.html rep/new/report.json rep/new/单位 " ] ||
    fail "not what belongs there: $(files rep/new)"
cmp -s alone.json rep/new/report.json || fail "the data are not those of --format json"
grep -qi '<!doctype html' rep/new/report.html || fail "the page"
[ "$(files rep/new/marked | tr '\n' ' ')" = "./one.txt ./甲/seven.txt " ] || fail "copies: $(files rep/new/marked)"
grep -q F04 rep/new/marked/one.txt || fail "no marks"
(cd rep/new && sha256sum --quiet -c .ziping-report) || fail "the list of what was written"
/usr/bin/python3 - <<'END' || fail "the folder"
import json, os, zipfile
import openpyxl
report = json.load(open("rep/new/report.json"))
units = {form["unit"] for file in report["files"] for form in file["forms"]}
assert report["schema"] == "ziping/check/1" and report["summary"]["forms"] == 8, report["summary"]
assert set(os.listdir("rep/new/单位")) == units and units, units
for unit in units:
    assert sorted(os.listdir("rep/new/单位/" + unit)) == ["audit.xlsx", "letter.docx", "letter.html", "report.html"]
assert openpyxl.load_workbook("rep/new/audit.xlsx")["Forms"].max_row == 9
# Links lead from where a file stands at last, those to marked copies too.
import base64, gzip, re
page = open("rep/new/report.html", encoding="utf-8").read()
rows = sum((json.loads(gzip.decompress(base64.b64decode(text))) for text in re.findall(r'class="rows">([^<]*)<', page)), [])
assert rows and all(os.path.isfile("rep/new/" + row["marked"]) for row in rows) and {row["link"] for row in rows} == {"../../sent.zip"}, rows
book = openpyxl.load_workbook(f"rep/new/单位/{min(units)}/audit.xlsx")
links = {cell.hyperlink.target or cell.hyperlink.location for row in book["Forms"].iter_rows() for cell in row if cell.hyperlink}
assert links and all("../../../../sent.zip" in link.replace("\\", "/") for link in links), links
END

# Again: what is no more goes, what others put beside stays, another output goes where it should.
echo mine >rep/new/notes.txt
rm in/甲/seven.txt
expect 1 check --quiet in --report rep/new --format csv
out_has "in/one.txt"
err_is_empty
[ "$(files rep/new/marked)" = "./one.txt" ] || fail "an earlier copy stays: $(files rep/new/marked)"
[ "$(find rep/new/单位 -mindepth 1 -maxdepth 1 | wc -l)" -eq 1 ] || fail "an earlier letter stays"
[ "$(cat rep/new/notes.txt)" = mine ] || fail "a file of others"
expect 1 check --quiet in --report rep/new --split-by year
[ "$(find rep/new/年度 -name letter.docx | wc -l)" -eq 1 ] || fail "letters a year"
[ ! -e rep/new/单位 ] || fail "letters of another run"

# What somebody changed or added is theirs.
for theirs in audit.xlsx marked/one.txt marked/new.txt 年度/x; do
    cp -r rep/new changed
    echo review >>"changed/$theirs"
    files changed | (cd changed && xargs -d '\n' sha256sum) >before
    expect 2 check in --report changed
    err_has "changed/$theirs was changed since the report, or is none of it"
    files changed | (cd changed && xargs -d '\n' sha256sum) | cmp -s - before || fail "written over: $theirs"
    rm -r changed
done
mkdir theirs empty
echo x >theirs/report.html
expect 2 check in --report theirs
err_has "neither an empty folder nor an earlier report"
[ "$(files theirs)$(cat theirs/report.html)" = "./report.htmlx" ] || fail "written over"
ln -s theirs link
expect 2 check in --report link
expect 2 check in --report in/one.txt
expect 2 check in --report ''
expect 1 check in --quiet --report empty

# Among what is checked it is passed over, the first time and the next, its marked copies as well; what is checked is never in it.
cp -r in among
expect 1 check among --report among/out --lang zh
cp among/out/report.json first.json
expect 1 check among --report among/out --lang zh
err_has "1 个文件没有读：ziping 自己写的报告（among/out/）"
cmp -s first.json among/out/report.json || fail "a report was read as a document"
expect 1 check among --format json
json "all('out' not in f['path'] for f in d['files'])" "d['summary']['unread'] == []" "d['summary']['skipped'] >= 1"
mkdir other other/sub
cp in/one.txt other/sub
echo 'of somebody else' >other/sub/.ziping-report
run check other --format json
json "[f['path'] for f in d['files']] == ['other/sub/one.txt']"
cp in/one.txt rep/new
expect 2 check rep/new/one.txt --report rep/new
err_has "take another place"
rm rep/new/one.txt
for other in --annotate-dir=rep/new/marked/a --split-dir=rep/new/单位 --format=csv=rep/new/marked/a.csv --cache=rep/new/.new-marked; do
    expect 2 check in --report rep/new "$other" --split-by unit
    err_has "which is the report's alone"
done
rm -rf rep/new/.new-marked
expect 2 check rep/new/report.json --report rep/new

# Nothing to report leaves nothing, and an earlier report as it was; so does a run that was ended.
mkdir void
expect 2 check void --report nowhere
[ ! -e nowhere ] || fail "an empty report"
(cd rep/new && sha256sum --quiet -c .ziping-report) || fail "the list after all this"
expect 2 check void --report rep/new
[ -s rep/new/marked/one.txt ] || fail "an earlier copy is gone after a run of nothing"
(cd rep/new && sha256sum --quiet -c .ziping-report) || fail "an earlier report after a run of nothing"
mkdir -p rep/new/.new-marked/甲
echo half >rep/new/.new-marked/甲/a.txt
expect 1 check in --quiet --report rep/new
[ -z "$(find rep/new -name '.new-*' -o -name 甲)" ] || fail "what an ended run left"
expect 2 check in --report x --shard 1/2 -o s
[ ! -e x ] || fail "a report of a shard"

# Copies and letters elsewhere; -o as without a report.
expect 1 check in --report parts --annotate-dir copies --split-by unit --split-dir letters -o said.txt
[ -e copies/one.txt ] && [ -n "$(ls letters)" ] || fail "copies and letters elsewhere"
[ "$(files parts | tr '\n' ' ')" = "./.ziping-report ./audit.xlsx ./report.html ./report.json " ] || fail "parts: $(files parts)"
grep -q F04 said.txt || fail "-o"

finish
