#!/usr/bin/env python3
"""Errors planted in consistent forms, and what looks wrong and is right.

usage: run.py ZIPING [CASE…]     CASE: planted:12, a line of a file

planted.txt and silent.txt change cells of the form below, a case a line; templates.txt changes text in forms of other templates;
several.txt has files that are judged together, years of an archive, ledgers, repairs, and what is no form. A line of the first two
is `what must be found | cell=new text; cell=new text`. What must be found is `F01 E t.rate` joined by ` + `: code, severity (E, W, N)
and place; in silent.txt it is the codes of the rules that it looks like an error of, and nothing must be found. Cells: `t f c o` are the rows of the funds (total and its parts) with the columns
initial budget executed weight rate score; `i0` to `i7` the indicators with l1 l2 l3 target actual weight score reason; `total`
with weight score grade; `column` is the head of one more column, `i0.other` what stands in it; `drop` a block that is cut
off (funds, goals, indicators, total); project unit year currency headline expected actual. A place is a cell, a row (`f`), or a pointer.
The total row's score is the sum of the scores and its grade follows, unless the case writes them; everything else
stands as the case leaves it. Rules that are off are on as notes where a case names them. Every rule must have an error and a near-miss.
"""
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

HERE = Path(__file__).resolve().parent
GOLDEN = HERE.parent / "golden"
OFF = {"C07", "C18", "F14"}
# Of pictures, judged where there is the text recognition: tests/ocr.
ELSEWHERE = {"D06", "D07"}
LEDGER = "2023年度项目支出绩效自评结果汇总表\n| 项目名称 | 实施单位 | 全年预算数（万元） | 全年执行数（万元） | 执行率 | 自评得分 |"
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
    if place.startswith("/") or place in "-*":
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


@dataclass
class Case:
    name: str
    codes: set                                  # the rules that it plants an error of, or looks like one
    wanted: list                                # (file, code, severity, pointer); empty: nothing
    files: dict                                 # name -> bytes
    ledger: list = field(default_factory=list)
    archive: bool = False
    some: bool = False                          # only findings of `codes` are compared: the file has others

    def told(self, findings):
        """Whether the findings, each (file, code, severity, pointer), are the ones that must be there."""
        found = [one for one in findings if not self.some or one[1] in self.codes]
        left = list(found)
        for file, code, severity, place in self.wanted:
            fit = [one for one in left if one[:3] == (file, code, severity) and place in ("*", one[3])]
            if not fit:
                return False, found
            left.remove(fit[0])
        return not left, found


def lines_of(name):
    for n, line in enumerate((HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and (not line.startswith("#") or line.startswith("##")):
            yield f"{name}:{n}", line


def one_wanted(file, text):
    code, severity, place = text.split()
    return file, code, SEVERITIES[severity], pointer(place)


def edits_of(text):
    return [edit.strip() for edit in text.split(";") if edit.strip()]


def form_of(name, edits):
    """The form of this file with its cells, then its text, changed."""
    cells, texts = base(), [edit for edit in edits if " =>" in edit]
    changes = dict(edit.split("=", 1) for edit in edits if edit not in texts)
    unknown = set(changes) - set(cells)
    assert not unknown, f"{name}: no such cell: {unknown}"
    cells |= {cell: text.strip() for cell, text in changes.items()}
    settle(cells)
    return replaced(name, printed(cells), texts, lambda text: text.replace("\\n", "\n")), "project" in changes


def replaced(name, form, edits, as_printed):
    for edit in edits:
        old, _, new = (as_printed(part.strip()) for part in edit.partition(" =>"))
        assert form.count(old) == 1, f"{name}: stands {form.count(old)} times: {old}"
        form = form.replace(old, new)
    return form


def single_cases():
    for file in ("planted", "silent"):
        for k, (name, line) in enumerate(lines_of(file)):
            said, _, edits = line.partition(" | ")
            wanted = [one_wanted("a.txt", one) for one in said.split(" + ")] if file == "planted" else []
            form, is_named = form_of(name, edits_of(edits))
            if not is_named:
                form = form.replace("校舍维修 |", f"校舍维修{letters(k)}{file[0]} |", 1)
            yield Case(name, {one[1] for one in wanted} or set(said.replace("|", "").split()), wanted, {"a.txt": form.encode()})


def template_cases():
    base_form = ""
    for name, line in lines_of("templates"):
        if line.startswith("@"):
            base_form = (GOLDEN / line.split()[1] / "input.txt").read_text(encoding="utf-8")
            continue
        said, _, edits = line.partition(" | ")
        form = replaced(name, base_form, edits_of(edits), lambda text: "\t".join(cell.strip() for cell in text.split("|")))
        wanted = [] if said.startswith("-") else [one_wanted("a.txt", one) for one in said.split(" + ")]
        yield Case(name, {one[1] for one in wanted} or set(said[1:].split()), wanted, {"a.txt": form.encode()})


def file_of(name, kind, rest):
    if kind == "copy":
        return (HERE.parent / rest).read_bytes()
    if kind == "bytes":
        return bytes.fromhex(rest)
    return rest.encode() if kind == "raw" else form_of(name, edits_of(rest))[0].encode()


def several_cases():
    case = None
    for name, line in lines_of("several"):
        if line.startswith("##"):
            if case:
                yield case
            case = Case(name, set(line[2:].partition(":")[0].split()), [], {})
            continue
        first, _, rest = line.partition(" ")
        kind, _, text = rest.partition(" ")
        if first == "ledger":
            case.ledger.append(rest)
        elif first == "archive":
            case.archive = True
        elif re.fullmatch(r"[A-Z]\d\d", kind):
            case.wanted.append(one_wanted(first, rest))
        else:
            case.files[first] = file_of(name, kind, text)
            case.some |= kind == "copy"
    yield case


def ask(ziping, *arguments):
    done = subprocess.run([ziping, *map(str, arguments)], capture_output=True, timeout=250)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"{' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return done.stdout


def checked(ziping, *arguments):
    """File name -> its findings."""
    return {Path(file["path"]).name: [(Path(file["path"]).name, one["code"], one["severity"], one["pointer"]) for one in file["findings"]]
            for file in json.loads(ask(ziping, "check", "--format", "json", *arguments))["files"]}


def alone(ziping, folder, cases, *options):
    """The findings of cases of one form, all checked in one run; rules between forms are not asked."""
    for k, case in enumerate(cases):
        (folder / f"{k:04}.txt").write_bytes(case.files["a.txt"])
    found = checked(ziping, folder, "--ignore", "X", *options)
    return [[("a.txt", *one[1:]) for one in found[f"{k:04}.txt"]] for k in range(len(cases))]


def together(ziping, folder, case):
    """The findings of a case of several files."""
    for name, data in case.files.items():
        (folder / name).write_bytes(data)
    if case.archive:
        ask(ziping, "archive", "add", folder, "--db", folder / "a.db")
        rows = sqlite3.connect(folder / "a.db").execute(
            "SELECT path, rule, severity, pointer FROM finding JOIN name USING (document_id)")
        return [(Path(row[0]).name, *row[1:]) for row in rows]
    options = ["--no-config"]
    if case.ledger:
        ledger = folder.parent / (folder.name + ".ledger") / "ledger.txt"
        ledger.parent.mkdir()
        ledger.write_text("\n".join([LEDGER, *case.ledger]) + "\n", encoding="utf-8")
        options += ["--ledger", ledger]
    if any(code.startswith("R") for code in case.codes):
        options.append("--repairs")
    return [one for found in checked(ziping, *options, *(folder / name for name in case.files)).values() for one in found]


def missing(cases):
    """What the rules of the catalogue lack: an error that is planted, a near-miss that is silent."""
    for code in sorted(page.stem for page in (HERE.parents[1] / "docs/rules").glob("*.md")):
        for kind, there in (("planted error", any(one[1] == code for case in cases for one in case.wanted)),
                            ("near-miss", any(code in case.codes and not case.wanted for case in cases))):
            if not there and code not in ELSEWHERE:
                yield f"{code}: no {kind}"


def unnamed(cases):
    """Findings that stand together in a case although no page of one names the other in `Comes with:`."""
    named = {}
    for page in (HERE.parents[1] / "docs/rules").glob("*.md"):
        named[page.stem] = set(re.findall(r"\b[A-Z]\d\d\b", " ".join(re.findall(r"^Comes with: (.*?)(?:\n\n|\Z)", page.read_text(encoding="utf-8"), re.M | re.S))))
    for case in cases:
        codes = {one[1] for one in case.wanted if one[1][0] not in "DRX"}
        if len(codes) > 1 and not case.archive and not any(codes <= {code} | named[code] for code in codes):
            yield f"{case.name}: no page names what comes with it: {' '.join(sorted(codes))}"


def main():
    ziping, chosen = sys.argv[1], sys.argv[2:]
    cases = [*single_cases(), *template_cases(), *several_cases()]
    faults = [] if chosen else [*missing(cases), *unnamed(cases)]
    cases = [case for case in cases if not chosen or case.name in chosen]
    answers = []
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        (place / "on.yaml").write_text("rules: {C07: note, C18: note, F14: note}\n")
        one = [case for case in cases if not case.name.startswith("several")]
        for name, options, some in (("off", ["--no-config"], [case for case in one if not case.codes & OFF]),
                                    ("on", ["--config", place / "on.yaml"], [case for case in one if case.codes & OFF])):
            (place / name).mkdir()
            if some:
                answers += zip(some, alone(ziping, place / name, some, *options))
        for k, case in enumerate(case for case in cases if case not in one):
            (place / f"{k}").mkdir()
            answers.append((case, together(ziping, place / f"{k}", case)))
    for case, findings in answers:
        is_right, found = case.told(findings)
        if chosen:
            print(*(data.decode(errors="replace") for data in case.files.values()), sep="\n")
        if not is_right:
            faults.append(f"{case.name}:\n  expected {case.wanted}\n  found    {found}")
    planted = sum(bool(case.wanted) for case in cases)
    print(*faults, f"{planted} planted, {len(cases) - planted} silent, {len({one[1] for case in cases for one in case.wanted})} rules, {len(faults)} wrong", sep="\n")
    sys.exit(1 if faults else 0)


main()
