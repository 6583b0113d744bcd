#!/usr/bin/env bash
# check --split-by: a folder for each with a page, a workbook and a letter; every finding stands in just one of them, and
# nothing of a document is mark-up in a letter.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
mkdir in
cp "$seed" in/seven.txt
one_form in/one.txt
sed 's/^实施单位.*/&/; s/机关服务费/<script>alert(1)<\/script>/' in/one.txt >in/hostile.txt
grep -q script in/hostile.txt || fail "the hostile form"
expect 1 check in --lang zh --format json --split-by unit --split-dir units
cp out report.json
expect 1 check in --lang zh --quiet --split-by year --split-dir years
expect 1 check in --lang zh --quiet --split-by department --split-dir departments
expect 2 check in --split-by unit
expect 2 check in --split-dir units
expect 2 check in --split-by unit --split-dir units
err_has "no empty folder"
expect 2 check in --split-by colour --split-dir new
[ ! -e new ] || fail "a folder of nothing"
# A wording of one's own.
mkdir -p own/letters
sed 's/请逐条核实：/逐条看：/' "$here/../../rules/letters/unit.yaml" >own/letters/unit.yaml
expect 1 check in/one.txt --lang zh --quiet --rules own --split-by unit --split-dir reworded
grep -rq '逐条看：' reworded || fail "--rules with a wording of letters"
echo 'title: {zh: 甲, en: a}' >own/letters/unit.yaml
expect 2 check in/one.txt --quiet --rules own --split-by unit --split-dir wrong
# ZP_LIMIT_SPLIT_FORMS: what is kept until the end of the run is bounded.
python3 -c 'print("项目支出绩效自评表\n项目名称\tp\n" * 20001)' >many.txt
expect 4 check many.txt --quiet --format ndjson=many.out --split-by unit --split-dir many
err_has ZP_LIMIT_SPLIT_FORMS
[ ! -e many ] || fail "folders of a run that ended"
/usr/bin/python3 - <<'PYTHON' || fail "the folders"
import json, os, re, zipfile
import openpyxl
report = json.load(open("report.json"))
forms = {(file["path"], form["index"]): form for file in report["files"] for form in file["forms"]}
units = {form["unit"] for form in forms.values()}
assert set(os.listdir("units")) == {re.sub(r'[<>:"/\\|?*]', "_", unit) for unit in units}, os.listdir("units")
assert os.listdir("years") == ["2022"]
n_rows = 0
for unit in units:
    folder = f"units/{unit}"
    assert sorted(os.listdir(folder)) == ["audit.xlsx", "letter.docx", "letter.html", "report.html"]
    page = open(f"{folder}/letter.html", encoding="utf-8").read()
    assert f"<p>{unit}：</p>" in page and "<script" not in page and "default-src 'none'" in page
    document = zipfile.ZipFile(f"{folder}/letter.docx")
    assert document.testzip() is None
    words = re.sub("<[^>]*>", "\n", document.read("word/document.xml").decode())
    own = [(file["path"], finding) for file in report["files"] for finding in file["findings"]
           if finding["form"] is not None and forms[file["path"], finding["form"]]["unit"] == unit]
    for path, finding in own:
        message = finding["message"].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("'", "&#39;")
        assert message in page and message in words, message
    rows = page.count("<tr>") - page.count('<th scope="col">') // 4
    assert rows == len(own), (unit, rows, len(own))
    n_rows += rows
    book = openpyxl.load_workbook(f"{folder}/audit.xlsx")
    assert sum(1 for _ in book["表"].iter_rows(min_row=2)) == sum(form["unit"] == unit for form in forms.values())
assert n_rows == sum(finding["form"] is not None for file in report["files"] for finding in file["findings"]) > 20
PYTHON
finish
