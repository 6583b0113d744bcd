#!/usr/bin/env python3
"""Errors planted in a consistent form, and what looks wrong and is right: a case a line of planted.txt and silent.txt.

usage: run.py ZIPING [CASE…]     CASE: planted:12, a line of a file

A line is `what must be found | cell=new text; cell=new text`. What must be found is `-`, or `F01 E t.rate` joined by ` + `:
code, severity (E, W, N) and place. Cells: `t f c o` are the rows of the funds (total and its parts) with the columns
initial budget executed weight rate score; `i0` to `i7` the indicators with l1 l2 l3 target actual weight score reason; `total`
with weight score grade; `column` is the head of one more column, `i0.other` what stands in it; `drop` a block that is cut
off (funds, goals, indicators, total); project unit year currency headline expected actual. A place is a cell, a row (`f`), or a pointer.
The total row's score is the sum of the scores and its grade follows, unless the case writes them; everything else
stands as the case leaves it. All cases are checked in one run.
"""
import json
import re
import subprocess
import sys
import tempfile
from decimal import Decimal, InvalidOperation
from pathlib import Path

HERE = Path(__file__).resolve().parent
FUNDS = {"t": "年度资金总额", "f": "其中：当年财政拨款", "c": "上年结转资金", "o": "其他资金"}
MONEY = ["initial", "budget", "executed", "weight", "rate", "score"]
ROW = ["l1", "l2", "l3", "target", "actual", "weight", "score", "reason"]
SEVERITIES = {"E": "error", "W": "warning", "N": "note"}
PLAIN = {"t": "200.00 180.00 171.00 10 95.00% 9.5", "f": "160.00 140.00 135.00 — . —", "c": "20.00 20.00 20.00 — . —", "o": "20.00 20.00 16.00 — . —"}
INDICATORS = """产出指标 数量指标 维修校舍栋数 ≥5栋 5栋 10 10 .
产出指标 数量指标 更换门窗 ≥120套 130套 10 10 .
产出指标 质量指标 工程验收合格率 =100% 100% 10 10 .
产出指标 时效指标 开工时间 2023年7月10日前 2023年7月5日 10 10 .
产出指标 成本指标 单位维修成本 ≤2000元 1850元 10 10 .
效益指标 社会效益指标 受益学生人数 ≥800人 860人 15 15 .
效益指标 可持续影响指标 校舍使用年限 ≥10年 10年 15 15 .
满意度指标 服务对象满意度指标 学生满意度 ≥90% 95% 10 10 ."""


# Lines of the printed form: the head of the indicators, and each block.
HEADS = 10
BLOCKS = {"funds": range(3, 8), "goals": range(8, 10), "indicators": range(10, 19), "total": range(19, 20)}


def base():
    cells = {"project": "校舍维修", "unit": "区第一中学", "year": "2023", "currency": "万元", "headline": None,
             "expected": "改善校舍条件，保障教学。", "actual": "校舍维修如期完成，教学正常。", "total.weight": "100", "total.score": None, "total.grade": None,
             "column": None, "drop": None} | {f"i{k}.other": "" for k in range(8)}
    for row, figures in PLAIN.items():
        cells |= {f"{row}.{column}": "" if text == "." else text for column, text in zip(MONEY, figures.split())}
    for k, line in enumerate(INDICATORS.split("\n")):
        cells |= {f"i{k}.{column}": "" if text == "." else text for column, text in zip(ROW, line.split())}
    return cells


def number(text):
    try:
        return Decimal(text.replace("分", ""))
    except InvalidOperation:
        return Decimal(0)


def settle(cells):
    if cells["total.score"] is None:
        scores = [cells["t.score"]] + [cells[f"i{k}.score"] for k in range(8)]
        cells["total.score"] = str(sum(map(number, scores)))
    if cells["total.grade"] is None:
        score = number(cells["total.score"])
        cells["total.grade"] = "优" if score >= 90 else "良" if score >= 80 else "中" if score >= 60 else "差"


def printed(cells):
    head = f"自评得分 | {cells['headline']} |" if cells["headline"] else "|"
    lines = ["项目支出绩效自评表", f"({cells['year']}年度)" if cells["year"] else "",
             f"| 项目名称 | {cells['project']} | | 主管部门 | 区教育局 | | 实施单位 | {cells['unit']} | {head}".rstrip(),
             f"| 项目资金({cells['currency']}) | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |"]
    for row, label in FUNDS.items():
        lines.append("| | " + " | ".join([label] + [cells[f"{row}.{column}"] for column in MONEY]) + " |")
    lines += ["| 年度总体目标 | 预期目标 | | | | 实际完成情况 |", f"| | {cells['expected']} | | | | {cells['actual']} |",
              "| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |"]
    above = ""
    for k in range(8):
        row = [cells[f"i{k}.{column}"] for column in ROW]
        row[0], above = ("" if row[0] == above else row[0]), row[0]
        row += [cells[f"i{k}.other"]] if cells["column"] else []
        lines.append("| | " + " | ".join(row) + " |")
    if cells["column"]:
        lines[HEADS] += f" {cells['column']} |"
    lines.append(f"| 总分 | | | | | | {cells['total.weight']} | {cells['total.score']} | {cells['total.grade']} |")
    cut = BLOCKS.get(cells["drop"])
    return "\n".join(line for k, line in enumerate(lines) if not cut or k not in cut) + "\n"


def pointer(place):
    if place.startswith("/") or place == "-":
        return "" if place == "-" else place
    row, _, column = place.partition(".")
    column = {"l1": "level1", "l2": "level2", "l3": "level3"}.get(column, column)
    if row in FUNDS:
        return f"/funds/{list(FUNDS).index(row)}" + (f"/{column}" if column else "")
    if re.fullmatch(r"i\d", row):
        return f"/indicators/{row[1]}/{column}"
    return {"currency": "/currency_unit", "expected": "/goals/expected", "actual": "/goals/actual", "total": f"/total/{column}"}.get(row, f"/{row}")


def letters(k):
    """A name of its own for each form: forms of one name would contradict each other."""
    return "甲乙丙丁戊己庚辛壬癸"[k // 100 % 10] + "子丑寅卯辰巳午未申酉"[k // 10 % 10] + "春夏秋冬东南西北中正"[k % 10]


def cases():
    for name in ("planted", "silent"):
        for n, line in enumerate((HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            expected, _, edits = line.partition(" | ")
            yield f"{name}:{n}", expected.strip(), dict(edit.strip().split("=", 1) for edit in edits.split(";") if edit.strip())


def form_of(k, edits):
    cells = base()
    unknown = set(edits) - set(cells)
    assert not unknown, f"no such cell: {unknown}"
    cells |= {cell: text.strip() for cell, text in edits.items()}
    settle(cells)
    if "project" not in edits:
        cells["project"] += letters(k)
    return printed(cells)


def wanted(expected):
    if expected == "-":
        return []
    return sorted((code, SEVERITIES[severity], pointer(place)) for code, severity, place in (one.split() for one in expected.split(" + ")))


def main():
    ziping, chosen, bad = sys.argv[1], sys.argv[2:], 0
    table = [case for case in cases() if not chosen or case[0] in chosen]
    with tempfile.TemporaryDirectory() as folder:
        for k, (name, _, edits) in enumerate(table):
            (Path(folder) / f"{k:03}.txt").write_text(form_of(k, edits), encoding="utf-8")
            if chosen:
                print(form_of(k, edits))
        done = subprocess.run([ziping, "check", "--no-config", "--format", "json", folder], capture_output=True, timeout=250)
        files = {Path(file["path"]).stem: file for file in json.loads(done.stdout)["files"]}
    for k, (name, expected, edits) in enumerate(table):
        found = sorted((f["code"], f["severity"], f["pointer"]) for f in files[f"{k:03}"]["findings"])
        if found != wanted(expected):
            bad += 1
            print(f"{name}: {'; '.join(f'{a}={b}' for a, b in edits.items())}\n  expected {wanted(expected)}\n  found    {found}")
    counts = {kind: sum(case[0].startswith(kind) for case in table) for kind in ("planted", "silent")}
    codes = {one.split()[0] for _, expected, _ in table if expected != "-" for one in expected.split(" + ")}
    print(f"{counts['planted']} planted, {counts['silent']} silent, {len(codes)} rules, {bad} wrong")
    if not chosen and min(counts.values()) < 150:
        sys.exit("a judge has at least 150 of each")
    sys.exit(1 if bad else 0)


main()
