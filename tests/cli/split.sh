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
# ZP_LIMIT_SPLIT_FOLDERS; ZP_LIMIT_LETTER_ROWS: forms are many, what is kept of them in memory is not.
python3 -c 'for k in range(20001): print(f"项目支出绩效自评表\n项目名称\tp\n实施单位\tu{k}")' >many.txt
expect 4 check many.txt --quiet --format ndjson=many.out --split-by unit --split-dir many
err_has ZP_LIMIT_SPLIT_FOLDERS
[ ! -e many ] || fail "folders of a run that ended"
python3 -c 'print("项目支出绩效自评表\n项目名称\tp\n实施单位\tu\n" * 2100)' >many.txt
expect 1 check many.txt --lang zh --quiet --format json=many.json --split-by unit --split-dir many --split-parts letter
[ "$(ls many/u)" = "$(printf 'letter.docx\nletter.html')" ] || fail "--split-parts letter: $(ls many/u)"
python3 - <<'PYTHON' || fail "a letter of many"
import json, re
n = sum(file["n"] for file in [{"n": len(one["findings"])} for one in json.load(open("many.json"))["files"]])
page = open("many/u/letter.html", encoding="utf-8").read()
assert "2100 张" in page and f"{n} 处" in page and n > 2000, n
assert page.count('<th scope="row">') == 2000 and f"另有 {n - 2000} 处没有列出" in page
PYTHON
expect 2 check in --split-by unit --split-dir new --split-parts pages
err_has "page, workbook, letter"
expect 2 check in --split-parts page
# Several units in one file: each form keeps its number, and its own verdict and findings.
python3 - <<'PYTHON'
text = open("in/one.txt", encoding="utf-8").read()
clean = open("in/seven.txt", encoding="utf-8").read()
forms = clean.split("项目支出绩效自评表")
import re
out = []
for k in range(3):
    one = re.sub(r"(实施单位\t)[^\t\n]*", lambda m: m[1] + f"丙{k % 2}", text)
    out.append(one if k != 2 else re.sub(r"(总分\t[^\n]*)", "总分\t100\t1", one))
open("mixed.txt", "w", encoding="utf-8").write("\n".join(out))
PYTHON
expect 1 check mixed.txt --lang zh --format json --split-by unit --split-dir mixed
cp out mixed.json
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
mixed = json.load(open("mixed.json"))["files"][0]
for unit, numbers in (("丙0", [1, 3]), ("丙1", [2])):
    book = openpyxl.load_workbook(f"mixed/{unit}/audit.xlsx")
    heads = [cell.value for cell in book["表"][1]]
    rows = [dict(zip(heads, [cell.value for cell in row])) for row in book["表"].iter_rows(min_row=2)]
    assert [row["第几张表"] for row in rows] == numbers, (unit, rows)
    for row in rows:
        own = [f for f in mixed["findings"] if f["form"] == row["第几张表"] - 1]
        assert row["错误"] == sum(f["severity"] == "error" for f in own) and row["提示"] == sum(f["severity"] == "note" for f in own), (unit, row)
        assert str(row["重算总分"]) == str(mixed["forms"][row["第几张表"] - 1]["recomputed"]["total"]).rstrip("0").rstrip("."), (unit, row)
    letter = open(f"mixed/{unit}/letter.html", encoding="utf-8").read()
    said = set(map(int, re.findall("第 ([0-9]+) 张表", letter)))
    assert said == {n for n in numbers if any(f["form"] == n - 1 for f in mixed["findings"])} != set(), (unit, said)
assert n_rows == sum(finding["form"] is not None for file in report["files"] for finding in file["findings"]) > 20
PYTHON
finish
