#!/usr/bin/env python3
"""A ledger (汇总表) in every rendition: the same rows are read; without --ledger it is D02 and says why; no form is taken for one.

usage: ledger.py ZIPING [FOLDER]        with FOLDER the files are also left there, to look at
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/forms"))
from invent_print import ON_DEMAND, RENDITIONS  # noqa: E402

HEAD = ["序号", "项目名称", "预算单位", "全年预算数", "全年执行数", "执行率", "自评得分", "备注"]
ROWS = [["1", "社区技能培训", "市培训中心", "180.00", "171.00", "95.00%", "99.5", ""],
        ["2", "农村道路养护项目（二期）", "县交通运输局", "1,263.68", "1,200.50", "95.00%", "98", "已验收"],
        ["3", "3号楼改造", "市机关事务局", "90.50", "—", "0.00%", "", "未开工"]]
SUM = ["合计", "", "", "1,534.18", "1,371.50", "89.40%", "", ""]


def cell(row, col, text, rs=1, cs=1):
    return SimpleNamespace(row=row, col=col, rs=rs, cs=cs, text=text)


def table(cells):
    return SimpleNamespace(block="ledger", merge="span", cells=cells, rows=max(c.row + c.rs for c in cells), cols=max(c.col + c.cs for c in cells))


def rows_from(top, rows):
    return [cell(top + r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]


def document(grid):
    items = [("text", "2023年度项目支出绩效自评结果汇总表", 1), ("text", "金额单位：万元", 0), ("table", grid)]
    return SimpleNamespace(items=items, merge="span", seed=1)


def plain():
    return document(table(rows_from(0, [HEAD, *ROWS, SUM])))


def grouped():
    """Two rows of heads, groups of units with their sums, and a sum in merged cells."""
    head = [cell(0, c, text, rs=2) for c, text in enumerate(HEAD[:3])] + [cell(0, 3, "预算执行情况（万元）", cs=3), cell(0, 6, "自评得分", rs=2), cell(0, 7, "备注", rs=2)]
    head += [cell(1, 3 + c, text) for c, text in enumerate(["预算数", "执行数", "执行率"])]
    body = [cell(2, 0, "一、市本级", cs=8), *rows_from(3, ROWS[:1]), *rows_from(4, [["", "小计", "", "180.00", "171.00", "95.00%", "", ""]]),
            cell(5, 0, "二、县区", cs=8), *rows_from(6, ROWS[1:])]
    total = [cell(8, 0, "合计", cs=3), *[cell(8, 3 + c, text) for c, text in enumerate(SUM[3:])]]
    return document(table(sorted(head + body + total, key=lambda c: (c.row, c.col))))


# What a rendition cannot print: two rows of heads in text without spans are lines like any others.
LAYOUTS = {"plain": plain, "grouped": grouped}
# One cell a line: nothing says which row a figure belongs to.
NO_TABLE = {"lines"}


def read(ziping, path, *options):
    done = subprocess.run([ziping, *options, str(path)], capture_output=True, text=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}, timeout=60)
    return done.returncode, done.stdout


def short(value):
    return value and (value["text"], value["value"], value["unit"])


def expected(text):
    number = None if text in ("", "—") else text.replace(",", "").rstrip("%")
    return text, number, "%" if text.endswith("%") else None


def judge(ziping, name, path):
    bad = []
    code, out = read(ziping, path, "convert", "--ledger")
    if code != 0:
        return [f"{name}: convert --ledger ends with {code}"]
    ledger = json.loads(out)
    if (ledger["schema"], ledger["currency_unit"], ledger["year"]) != ("ziping/ledger/1", "万元", 2023):
        bad.append(f"{name}: head {ledger['schema']} {ledger['currency_unit']} {ledger['year']}")
    found = [[row["project"]["text"], row["unit"]["text"], *[short(row[key]) for key in ("budget", "executed", "rate", "score")]] for row in ledger["rows"]]
    wanted = [[row[1], row[2], *map(expected, row[3:7])] for row in ROWS]
    if found != wanted:
        bad += [f"{name}: {one}" for one in found if one not in wanted] + [f"{name}: lacks {one}" for one in wanted if one not in found]
    if any(row[key] and not (row[key]["at"]["row"] or row[key]["at"]["line"]) for row in ledger["rows"] for key in row):
        bad.append(f"{name}: a value without a place")
    code, out = read(ziping, path, "check", "--format", "json", "--lang", "en")
    file = json.loads(out)["files"][0]
    if code != 3 or [f["code"] for f in file["findings"] if f["severity"] == "error"] != ["D02"] or "ledger" not in file["error"]["message"]:
        bad.append(f"{name}: without --ledger {code}, {[f['code'] for f in file['findings']]}, {len(file['forms'])} forms")
    return bad


def main():
    ziping, bad = str(Path(sys.argv[1]).resolve()), []
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder)
        for layout, make in LAYOUTS.items():
            for rendition, (suffix, write) in {**RENDITIONS, **(ON_DEMAND if len(sys.argv) > 2 else {})}.items():
                if rendition in NO_TABLE:
                    continue
                path = folder / f"{layout}-{rendition}{suffix}"
                path.write_bytes(write(make())[0])
                bad += judge(ziping, path.name, path)
        for path in sorted((ROOT / "tests/ledger").glob("*.pdf")):
            bad += judge(ziping, path.name, path)
    print(*bad, sep="\n")
    sys.exit(1 if bad else 0)


main()
