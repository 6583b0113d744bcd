#!/usr/bin/env bash
# The workbook of `check` through a reader that is not ours (zip and XML by Python): every figure as in the JSON
# report, nothing of a document a formula or a link, what was not judged or read as visible as a finding.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
mkdir in audit
cp "$seed" in/a.txt
one_form form.txt
python3 - <<'PYTHON'
text = open("form.txt", encoding="utf-8").read()
assert "公务用车保障率" in text and "558,822.6" in text
text = text.replace("公务用车保障率", '=HYPERLINK("http://e.vil","x")').replace("558,822.6", "12345678901234.56")
text = text.replace("=95%", "见附件")
text = text.replace("机关服务费", "http://e.vil/_x0041_<b>\x01\u2066")
open('in/e vil#1"甲.txt', "w", encoding="utf-8").write(text)
PYTHON
: >in/empty.txt
expect 3 check in missing.txt --format xlsx=audit/zh.xlsx --format json=report.json --lang zh --repairs
expect 3 check in missing.txt --format xlsx=again.xlsx --lang zh --repairs
expect 3 check in missing.txt --format xlsx=audit/again.xlsx --lang zh --repairs
cmp audit/zh.xlsx audit/again.xlsx || fail "the same bytes in, others out"
expect 1 check form.txt --format xlsx=en.xlsx
python3 - <<'PYTHON' || fail "the workbook"
import json, re, zipfile
import xml.etree.ElementTree as tree
from decimal import Decimal

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def column(name):
    value = 0
    for letter in re.match("[A-Z]+", name)[0]:
        value = value * 26 + ord(letter) - 64
    return value - 1


def unescaped(text):
    return re.sub("_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), text)


def read(path):
    """Sheet -> rows of head -> (text or Decimal, number format), and its links."""
    book, links = {}, {}
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        styles = tree.fromstring(package.read("xl/styles.xml"))
        codes = {int(f.get("numFmtId")): f.get("formatCode") for f in styles.iter(MAIN + "numFmt")}
        codes |= {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@"}
        formats = [codes[int(xf.get("numFmtId"))] for xf in styles.find(MAIN + "cellXfs")]
        names = [s.get("name") for s in tree.fromstring(package.read("xl/workbook.xml")).iter(MAIN + "sheet")]
        for number, name in enumerate(names, 1):
            sheet = tree.fromstring(package.read(f"xl/worksheets/sheet{number}.xml"))
            assert sheet.find(f".//{MAIN}pane").get("state") == "frozen" and sheet.find(MAIN + "autoFilter") is not None
            assert sheet.find(f".//{MAIN}f") is None, name # no formula at all: there are few links
            rows = []
            for row in sheet.iter(MAIN + "row"):
                cells = {}
                for cell in row:
                    value = cell.find(MAIN + "v")
                    text = "".join(t.text or "" for t in cell.iter(MAIN + "t"))
                    content = Decimal(value.text) if value is not None else unescaped(text)
                    if value is not None or text:
                        cells[column(cell.get("r"))] = (content, formats[int(cell.get("s", 0))])
                rows.append(cells)
            head = {k: cell[0] for k, cell in rows[0].items()}
            book[name] = [{head[k]: cell for k, cell in row.items()} for row in rows[1:]]
            assert (name in ("问题", "表", "未读", "Findings", "Forms", "Unread")) == ("复核意见" in head.values() or "review" in head.values())
            relations = f"xl/worksheets/_rels/sheet{number}.xml.rels"
            if relations in package.namelist():
                links[name] = {r.get("Target") for r in tree.fromstring(package.read(relations))}
    return book, links


def shown(cell):
    """A number as its format shows it."""
    value, code = cell
    if not isinstance(value, Decimal):
        return value
    code, percent = code.replace('"', ""), code.endswith("%")
    places = len(re.search(r"\.(0+)", code)[1]) if "." in code else 0
    value = round(value * (100 if percent else 1), places)
    return f"{value:{',' if '#' in code else ''}.{places}f}{'%' if percent else ''}"


report = json.load(open("report.json", encoding="utf-8"))
book, links = read("audit/zh.xlsx")
assert list(book) == ["汇总", "问题", "表", "资金", "指标", "未读"]
totals = {row["条目"][0]: row["数"][0] for row in book["汇总"] if "数" in row}
summary = report["summary"]
assert (totals["错误"], totals["警告"], totals["提示"]) == tuple(summary[k] for k in ("error", "warning", "note"))
assert totals["表"] == summary["forms"] == 8 and totals["按文本保存的数"] > 0, (totals, summary)

findings = [(file, finding) for file in report["files"] for finding in file["findings"]]
words = {"error": "错误", "warning": "警告", "note": "提示"}
rows = [row for row in book["问题"] if row["级别"][0] != "未判断"]
assert len(rows) == len(findings)
for row, (file, finding) in zip(rows, findings):
    assert row["级别"][0] == words[finding["severity"]] and row["规则"][0] == finding["code"]
    assert row["指纹"][0] == finding["fingerprint"]
    for title, key in [("填报", "stated"), ("应为", "expected")]:
        if finding[key] and len(re.sub(r"\D", "", finding[key])) < 16:
            assert shown(row[title]) == finding[key], (row[title], finding[key])
unjudged = sum(len(file["not_evaluable"]) for file in report["files"])
assert unjudged == totals["未判断"] == len(book["问题"]) - len(rows) > 0

# Nothing was made of a document's text but text.
texts = [cell for rows in book.values() for row in rows for cell in row.values() if isinstance(cell[0], str)]
assert any(text.startswith("=HYPERLINK(") for text, code in texts) and all(code == "@" for text, code in texts)
assert any("_x0041_" in text and "\\u{0001}" in text and "\\u{2066}" in text for text, code in texts)
assert not any(set(text) & set("\x01\u2066") for text, code in texts)
assert {target for targets in links.values() for target in targets} == \
    {"..\\in\\a.txt", "..\\in\\empty.txt", "..\\in\\e%20vil%231%22甲.txt", "..\\missing.txt"}, links

# A figure that a number would change stays as printed, and its row says so.
long = [row for row in book["资金"] if row.get("全年执行数", ("",))[0] == "12345678901234.56"]
assert long and all("全年执行数" in row["说明"][0] for row in long)
funds = [row for row in book["资金"] if row["项目名称"][0] == "机关服务费" and row["资金来源"][0] == "total"]
assert [shown(funds[0][k]) for k in ("年初预算数", "全年预算数", "全年执行数", "执行率", "得分")] == \
    ["700000.00", "560000.00", "558,822.6", "99.79%", "9.98"], funds[0]
assert funds[0]["全年执行数"][0] == Decimal("558822.6")

forms = {row["项目名称"][0]: row for row in book["表"]}
for file in report["files"]:
    for form in file["forms"]:
        row = forms[form["project"].replace("\x01", "\\u{0001}").replace("\u2066", "\\u{2066}")]
        assert shown(row["重算总分"]) == form["recomputed"]["total"]
        assert row["未判断"][0] == form["checks"]["not_evaluable"] and row["通过"][0] == form["checks"]["passed"]
unread = {(row["文件"][0], row["代码"][0]) for row in book["未读"]}
assert {("missing.txt", "D01"), ("in/empty.txt", "D02")} <= unread
assert list(read("en.xlsx")[0]) == ["Summary", "Findings", "Forms", "Funds", "Indicators", "Unread"]
PYTHON

# LibreOffice, where there is one, shows the same figures.
if command -v soffice >/dev/null && [ -n "${ZIPING_OFFICE_TESTS:-}" ]; then
    soffice --headless -env:UserInstallation="file://$work/office" --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1' \
        --outdir csv audit/zh.xlsx >/dev/null 2>&1
    grep -qF '700000.00,560000.00,"558,822.6",10,99.79%,9.98' csv/zh-资金.csv || fail "LibreOffice shows other figures"
    grep -qF '=HYPERLINK(' csv/zh-指标.csv || fail "LibreOffice ran a formula"
fi
# Few files may be open: it says so, or there are enough for the workbook's own.
for few in 16 20 24 28 32 36 40; do
    (ulimit -n $few && exec "$ziping" check form.txt --format xlsx=few.xlsx 2>err)
    status=$?
    [ $status -eq 1 ] || { [ $status -eq 4 ] && grep -q "ulimit -n" err; } || fail "ulimit -n $few: exit $status, $(cat err)"
done
# A terminal is no place for it.
python3 - "$ziping" <<'PYTHON' || fail "a workbook to a terminal"
import os, pty, subprocess, sys
ours, theirs = pty.openpty()
done = subprocess.run([sys.argv[1], "check", "form.txt", "--format", "xlsx"], stdout=theirs, stderr=subprocess.PIPE)
assert done.returncode == 2 and b"--format xlsx cannot be written to a terminal; give a file with -o" in done.stderr, done
PYTHON
"$ziping" check form.txt --format xlsx 2>/dev/null | cmp - en.xlsx || fail "the workbook through a pipe"
# A place that takes no more.
run check form.txt --format xlsx=/dev/full
exits 4
err_has "cannot write"
finish
