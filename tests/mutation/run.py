#!/usr/bin/env python3
"""Plants one error a rule in every consistent form and asks whether that rule, and no other, says so.

usage: run.py ZIPING [CASE…]      CASE: a folder of tests/golden; all that have no finding when none is named

A form without a finding is read with `convert`, which says in which line and column each figure stands;
the script changes cells of the text there, so that one thing is wrong and all that hangs on it (the
total, the head) is changed along, and asks `check`. The rule must fire at the pointer that the mutation names.
Another rule may fire only when the page of the planted one says so, in its line `Comes with:`.

A mutation that has no place in a form (no grade, no reason column) is left out there; a rule that was
planted in no form at all fails the run.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Made by the readers and tested with them: there is no cell of a sound form to change.
NOT_PLANTED = re.compile(r"D0[12367]|R\d\d|X0[4-9]")  # X04 to X06: archives; X07: five forms, tests/golden; X08, X09: a ledger, tests/ledger; D06, D07: pictures
OFF = {"C07", "C18", "F14"}


def ask(ziping, *arguments):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
    done = subprocess.run([ziping, *map(str, arguments)], capture_output=True, timeout=60, env=environment)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"{' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return json.loads(done.stdout)["files"]


class Nowhere(Exception):
    """The form has no place for this mutation."""


class Form:
    """A form as `convert` reads it, and the cells of its text, which can be changed."""

    def __init__(self, text, form):
        self.lines = [line.split("\t") for line in text.split("\n")]
        self.form = form
        self.rows = [(k, row) for k, row in enumerate(form["indicators"] or []) if "empty" not in row and "part_of" not in row]
        self.funds = form["funds"] or []

    def text(self):
        return "\n".join("\t".join(line) for line in self.lines)

    def put(self, value, text):
        """Change the cell that a value of the form was read from."""
        line, col = value["at"]["line"] - 1, value["at"]["col"] - 1
        need(line < len(self.lines) and col < len(self.lines[line]))
        self.lines[line][col] = text

    def put_text(self, old, new, near=None):
        """Change the cell that holds a text: in the row of `near`, else the first one of the form."""
        lines = [self.lines[near["at"]["line"] - 1]] if near else self.lines
        for line in lines:
            for col, cell in enumerate(line):
                if cell.strip() == old:
                    line[col] = new
                    return
        raise Nowhere

    def replace(self, old, new):
        """Change a piece of the first cell that has it."""
        for line in self.lines:
            for col, cell in enumerate(line):
                if old in cell:
                    line[col] = cell.replace(old, new, 1)
                    return
        raise Nowhere

    def has_reasons(self):
        return any(row["reason"] is not None for k, row in self.rows)

    def reason_offset(self):
        """How far right of the score the reason stands, by the table's head."""
        for line in self.lines:
            scores = [col for col, cell in enumerate(line) if cell in ("得分", "单项得分", "自评分")]
            reasons = [col for col, cell in enumerate(line) if re.match(r"(?:偏差|未完成)?原因", cell)]
            if scores and reasons and not any("预算" in cell for cell in line):
                return reasons[-1] - scores[-1]
        raise Nowhere

    def put_reason(self, k, text):
        row = self.form["indicators"][k]
        need(row["reason"] is not None and row["score"])
        line = self.lines[row["score"]["at"]["line"] - 1]
        col = row["score"]["at"]["col"] - 1 + self.reason_offset()
        line += [""] * (col + 1 - len(line))
        line[col] = text

    def total_fund(self):
        for k, fund in enumerate(self.funds):
            if fund["source"] == "total":
                return k, fund
        raise Nowhere

    def add_to_total(self, by):
        """What a changed score changes along: the total, and the score in the head."""
        total = self.form["total"]
        for value in (total and total["score"], self.form["headline"]):
            if value and number(value) is not None:
                self.put(value, show(number(value) + by))


def need(condition):
    if not condition:
        raise Nowhere


def number(value):
    return Decimal(value["value"]) if value and value["value"] is not None else None


def show(figure):
    return f"{figure.normalize():f}"


def rounded(figure, places=2):
    return figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def scored(form, want=lambda row: True):
    """The first indicator with weight and full score that fits."""
    for k, row in form.rows:
        weight, score = number(row["weight"]), number(row["score"])
        if weight and weight == score and want(row):
            return k, row, weight
    raise Nowhere


def is_counted(row):
    """A target to be reached whose figures are whole: ≥12期."""
    target, actual = number(row["target"]), number(row["actual"])
    return row["target"]["op"] == "ge" and target and actual is not None and actual >= target


def with_unit(row, figure):
    unit = row["actual"]["unit"] or ""
    return show(figure) + unit


def miss(form, row):
    """A tenth less than the target."""
    actual = number(row["target"]) * Decimal("0.9")
    form.put(row["actual"], with_unit(row, actual))


def first(form, want):
    for k, row in form.rows:
        if want(row):
            return k, row
    raise Nowhere


# --- one function a rule: changes the form, returns the pointer at which the rule must fire ---

def d04(form):
    need(form.form["total"] and form.form["total"]["score"])
    del form.lines[form.form["total"]["score"]["at"]["line"] - 1]
    return "/total"


def d05(form):
    k, row = first(form, lambda row: row["actual"]["text"])
    form.lines[row["actual"]["at"]["line"] - 1] += ["", "", "", "散落的一段文字"]
    return ""


def f01(form):
    k, fund = form.total_fund()
    need(number(fund["rate"]))
    form.put(fund["rate"], show(number(fund["rate"]) - 3) + "%")
    return f"/funds/{k}/rate"


def f02(form):
    k, fund = form.total_fund()
    need(number(fund["score"]))
    form.put(fund["score"], show(number(fund["score"]) - Decimal("0.7")))
    form.add_to_total(Decimal("-0.7"))
    return f"/funds/{k}/score"


def f03(form):
    k, fund = form.total_fund()
    form.put(fund["budget"], "0")
    return f"/funds/{k}/budget"


def f04(form):
    k, fund = form.total_fund()
    for column in ("initial", "budget"):
        for part in form.funds:
            has_rate = column == "budget" and number(part["rate"]) is not None
            if part is not fund and number(part[column]) and number(fund[column]) and not has_rate:
                form.put(part[column], show(number(part[column]) + 7))
                return f"/funds/{k}/{column}"
    raise Nowhere


def spend(form, share):
    """The total and its only part spend this share of the budget; rate, score and total follow."""
    need(not any(row["level3"].endswith("执行率") for _, row in form.rows))
    k, fund = form.total_fund()
    budget, executed = number(fund["budget"]), number(fund["executed"])
    need(budget and executed is not None)
    spent = rounded(budget * share)
    for row in form.funds:
        if row is fund or number(row["executed"]) == executed:
            form.put(row["executed"], show(spent))
            if row is not fund and number(row["rate"]) is not None:
                form.put(row["rate"], show(share * 100) + "%")
        else:
            need(not number(row["executed"]))
    if number(fund["rate"]) is not None:
        form.put(fund["rate"], show(share * 100) + "%")
    if number(fund["score"]) is not None:
        weight = number(fund["weight"]) or number(form.form["funds_weight"])
        score = min(weight, rounded(weight * share))
        form.put(fund["score"], show(score))
        form.add_to_total(score - number(fund["score"]))
    return k


def f05(form):
    return f"/funds/{spend(form, Decimal('1.05'))}/executed"


def f06(form):
    need(form.form["template"] != "unknown")
    k, fund = form.total_fund()
    need(number(fund["weight"]) and number(fund["score"]) is not None)
    row_k, row, weight = scored(form, lambda row: number(row["weight"]) > 6 and "level1_weight" not in row)
    form.put(fund["weight"], show(number(fund["weight"]) + 5))
    form.put(row["weight"], show(weight - 5))
    form.put(row["score"], show(weight - 5))
    form.add_to_total(Decimal(-5))
    return f"/funds/{k}/weight"


def f07(form):
    for k, part in enumerate(form.funds):
        if part["source"] != "total" and part["weight"] and part["weight"]["at"] and number(part["weight"]) is None:
            form.put(part["weight"], "10")
            return f"/funds/{k}"
    raise Nowhere


def f08(form):
    k, fund = form.total_fund()
    budget, unit = number(fund["budget"]), form.form["currency_unit"]
    need(budget)
    if unit == "万元" and budget < 1000:
        form.replace("(万元)", "(元)")
    elif unit == "元" and budget >= 1000000:
        form.replace("元）", "万元）")
    else:
        raise Nowhere
    return "/currency_unit"


def f09(form):
    k, fund = form.total_fund()
    form.put(fund["budget"], "1,00.0,0")
    return f"/funds/{k}/budget"


def f10(form):
    k, fund = form.total_fund()
    need(number(fund["rate"]) is not None)
    return f"/funds/{spend(form, Decimal('0.8'))}/rate"


def f11(form):
    k, fund = form.total_fund()
    need(number(fund["rate"]) is not None)
    k, row = first(form, lambda row: row["actual"]["unit"] == "%" and number(row["actual"]) != number(fund["rate"]))
    form.put_text(row["level3"], "预算执行率", row["actual"])
    return f"/indicators/{k}/actual"


def f12(form):
    k, fund = form.total_fund()
    need(number(fund["executed"]))
    form.put(fund["executed"], "-" + fund["executed"]["text"])
    return f"/funds/{k}/executed"


def f13(form):
    k, fund = form.total_fund()
    need(number(fund["score"]) is not None)
    for row in form.funds:
        for column in ("initial", "budget", "executed"):
            if number(row[column]) is not None:
                form.put(row[column], "0")
        if number(row["rate"]) is not None:
            form.put(row["rate"], "")
    return f"/funds/{k}/score"


def f14(form):
    k, fund = form.total_fund()
    need(number(fund["initial"]) and number(fund["budget"]) and not fund["reason"])
    parts = [part for i, part in enumerate(form.funds) if i != k and number(part["initial"])]
    more = number(fund["initial"]) + number(fund["budget"])
    form.put(fund["initial"], show(number(fund["initial"]) + more))
    if parts:
        form.put(parts[0]["initial"], show(number(parts[0]["initial"]) + more))
    return f"/funds/{k}/budget"


def f15(form):
    k, fund = form.total_fund()
    need(number(fund["budget"]) and number(fund["executed"]) is not None)
    need(number(fund["executed"]) >= number(fund["budget"]) * Decimal("0.95"))
    row_k, row, weight = scored(form, lambda row: row["level1"] == "产出指标" and is_counted(row))
    total = form.form["total"]
    need(not (total and total["grade"]) or number(total["score"]) - weight >= 90)
    form.put(row["actual"], with_unit(row, Decimal(0)))
    form.put(row["score"], "0")
    form.add_to_total(-weight)
    if form.has_reasons():
        form.put_reason(row_k, "场地未落实。")
    return f"/funds/{k}/rate"


def w01(form):
    total = form.form["total"]
    k, row, weight = scored(form)
    form.put(row["weight"], show(weight + 5))
    form.put(row["score"], show(weight + 5))
    form.add_to_total(Decimal(5))
    return "/total/weight" if total else "/indicators"


def w02(form):
    k, row = first(form, lambda row: row.get("level1_weight") and row["weight"])
    weight = number(row["level1_weight"])
    form.replace(row["level1_weight"]["text"], row["level1_weight"]["text"].replace(show(weight), show(weight + 5)))
    return f"/indicators/{k}/level1_weight"


def w03(form):
    need(form.form["profile"] in ("default", "ningxia") and form.form["template"] not in ("hebei", "unknown"))
    k, row, weight = scored(form, lambda row: number(row["weight"]) > 6 and "level1_weight" not in row)
    other, other_row, other_weight = scored(form, lambda other: other["level1"] != row["level1"] and "level1_weight" not in other)
    for changed, figure in ((row, weight - 5), (other_row, other_weight + 5)):
        form.put(changed["weight"], show(figure))
        form.put(changed["score"], show(figure))
    return "/total/weight" if form.form["total"] else "/indicators"


def w04(form):
    k, row, weight = scored(form)
    form.put(row["weight"], "")
    return f"/indicators/{k}/weight"


def s01(form):
    total = form.form["total"]
    need(total and number(total["score"]))
    form.add_to_total(Decimal(-1))
    return "/total/score"


def s02(form):
    need(number(form.form["headline"]))
    form.put(form.form["headline"], show(number(form.form["headline"]) - 2))
    return "/headline"


def s03(form):
    need(form.form["total"] and form.form["total"]["grade"])
    form.put_text(form.form["total"]["grade"], "中", form.form["total"]["score"])
    return "/total/grade"


def s04(form):
    k, row, weight = scored(form)
    form.put(row["score"], show(weight + 1))
    form.add_to_total(Decimal(1))
    return f"/indicators/{k}/score"


def s05(form):
    k, row, weight = scored(form, is_counted)
    form.put(row["score"], show(weight - Decimal("1.3")))
    form.add_to_total(Decimal("-1.3"))
    return f"/indicators/{k}/score"


def s06(form):
    k, row, weight = scored(form, is_counted)
    miss(form, row)
    return f"/indicators/{k}/score"


def s07(form):
    k, row, weight = scored(form, is_counted)
    miss(form, row)
    form.put(row["score"], show(weight / 2))
    form.add_to_total(-weight / 2)
    if form.has_reasons():
        form.put_reason(k, "物资到位较晚，明年提前安排。")
    return f"/indicators/{k}/score"


def s08(form):
    k, row, weight = scored(form, is_counted)
    form.put_reason(k, "")
    miss(form, row)
    score = rounded(weight * Decimal("0.9"))
    form.put(row["score"], show(score))
    form.add_to_total(score - weight)
    return f"/indicators/{k}/reason"


def s09(form):
    k, row, weight = scored(form, is_counted)
    form.put_reason(k, "")
    form.put(row["actual"], with_unit(row, number(row["target"]) * 2))
    return f"/indicators/{k}/actual"


def s10(form):
    k, row, weight = scored(form)
    form.put(row["target"], "明显改善")
    form.put(row["actual"], "部分达成年度指标并具有一定效果")
    return f"/indicators/{k}/score"


def s11(form):
    k, row, weight = scored(form, lambda row: is_counted(row) and row["actual"]["unit"] == "%" and number(row["actual"]) < 100)
    score = rounded(weight * number(row["actual"]) / 100)
    form.put(row["score"], show(score))
    form.add_to_total(score - weight)
    return f"/indicators/{k}/score"


def s12(form):
    k, row, weight = scored(form, lambda row: "折算得分" in row.get("other", {}))
    form.put(row["other"]["折算得分"], show(rounded(weight * weight / 100)))
    return f"/indicators/{k}/other"


def s13(form):
    """A column 得分系数 before the scores, one of which is not what it says."""
    k, row, weight = scored(form)
    heads = [line for line in form.lines if any(cell in ("得分", "单项得分", "自评分") for cell in line)]
    need(heads and all(number(other["score"]) is None or other["score"]["at"] for _, other in form.rows))
    col = row["score"]["at"]["col"] - 1
    total = form.form["total"]
    # A header of one line, and a total row over the same columns.
    need(len(heads[-1]) > col and heads[-1][col] in ("得分", "单项得分", "自评分"))
    need(total and total["score"] and total["score"]["at"]["col"] - 1 == col)
    for line in form.lines:
        if line is heads[-1] or any(other["score"] and form.lines[other["score"]["at"]["line"] - 1] is line for _, other in form.rows):
            line.insert(col, "得分系数" if line is heads[-1] else "0.9" if form.lines[row["score"]["at"]["line"] - 1] is line else "1")
    form.lines[total["score"]["at"]["line"] - 1].insert(col, "")
    return f"/indicators/{k}/score"


def c01(form):
    k, row = first(form, lambda row: row["actual"]["text"])
    form.put(row["actual"], "")
    return f"/indicators/{k}/actual"


def c02(form):
    k, row = first(form, lambda row: row["level3"])
    form.put_text(row["level3"], "指标1", row["actual"])
    return f"/indicators/{k}/level3"


def c03(form):
    need(form.rows and form.rows[0][1]["weight"] is None)
    for place, (k, row) in enumerate(form.rows):
        figure = 10 if place else 100 - 10 * (len(form.rows) - 1)
        form.put(row["target"], str(figure))
        form.put(row["actual"], str(figure))
    return "/indicators"


def c04(form):
    k, row = first(form, lambda row: is_counted(row) and row["target"]["unit"] not in (None, "%"))
    form.put(row["actual"], row["actual"]["value"] + "桶")
    return f"/indicators/{k}/actual"


def c05(form):
    goals = form.form["goals"]
    need(goals and goals["actual"] and len(goals["expected"]) >= 10)
    form.put_text(goals["actual"], goals["expected"])
    return "/goals/actual"


def c06(form):
    k, row = first(form, is_counted)
    form.put(row["actual"], "≥" + row["actual"]["text"])
    return f"/indicators/{k}/actual"


def c08(form):
    k, row = first(form, lambda row: "质量" in row["level2"])
    form.put_text(row["level3"], "巡查次数", row["actual"])
    return f"/indicators/{k}/level2"


def c09(form):
    need(form.form["template"] != "unknown")
    for place, (k, row) in enumerate(form.rows):
        following = form.rows[place + 1][1]["level2"] if place + 1 < len(form.rows) else None
        if row["level1"] == "效益指标" and following != row["level2"]:
            form.put_text(row["level2"], "质量指标", row["actual"])
            return f"/indicators/{k}/level2"
    raise Nowhere


def c10(form):
    for (k, row), (other, other_row) in zip(form.rows, form.rows[1:]):
        if (row["level1"], row["level2"]) == (other_row["level1"], other_row["level2"]):
            form.put_text(other_row["level3"], row["level3"], other_row["actual"])
            return f"/indicators/{other}/level3"
    raise Nowhere


def c11(form):
    k, row = first(form, lambda row: is_counted(row) and row["actual"]["unit"] not in (None, "%"))
    form.put(row["actual"], row["actual"]["value"] + "余" + row["actual"]["unit"])
    return f"/indicators/{k}/actual"


def c13(form):
    k, row, weight = scored(form, is_counted)
    form.put_reason(k, "组织得力，提前完成。")
    return f"/indicators/{k}/reason"


def c14(form):
    k, row = first(form, is_counted)
    form.put(row["actual"], "已完成")
    return f"/indicators/{k}/actual"


def c15(form):
    k, row = first(form, lambda row: row["level3"].endswith("满意度") and row["target"]["unit"] == "%" and number(row["actual"]))
    form.put(row["actual"], "104%")
    return f"/indicators/{k}/actual"


def c16(form):
    k, row, weight = scored(form, is_counted)
    at = row["target"]["at"]
    need(form.lines[at["line"] - 1][at["col"] - 1] == row["target"]["text"])  # not in three cells
    form.put(row["target"], "显著提升")
    form.put(row["actual"], "有所提升")
    return f"/indicators/{k}/actual"


def c17(form):
    rows = [(k, row) for k, row in form.rows if row["target"] and number(row["target"]) is not None]
    need(len(rows) == len(form.rows) >= 3)
    need(not any(row["score"] and number(row["score"]) != number(row["weight"]) for _, row in rows if row["weight"]))
    for k, row in rows[: len(rows) // 2 + 1]:
        form.put(row["target"], "按计划完成")
        form.put(row["actual"], "按计划完成")
    return "/indicators"


def c07(form):
    k, row = first(form, lambda row: is_counted(row) and row["target"]["op"] == "ge")
    at = row["target"]["at"]
    need(form.lines[at["line"] - 1][at["col"] - 1] == row["target"]["text"])  # not in three cells
    form.put(row["target"], with_unit(row, number(row["target"])))
    return f"/indicators/{k}/target"


def c18(form):
    k, row = first(form, lambda row: row["level3"].endswith("满意度") and row["target"]["unit"] == "%" and number(row["actual"]))
    form.put(row["actual"], "100%")
    return f"/indicators/{k}/target"


MUTATIONS = {name.upper(): function for name, function in globals().items() if re.fullmatch(r"[dfwsc]\d\d", name)}


# --- forms against each other: the changed form is checked behind the sound one ---

def x01(form):
    return ""


def x02(form):
    k, row = first(form, lambda row: is_counted(row) and number(row["actual"]) * 100 < number(row["target"]) * 129)
    form.put(row["actual"], with_unit(row, number(row["actual"]) + Decimal("0.01")))
    return ""


def x03(form):
    goals = form.form["goals"]
    need(goals and goals["actual"] and len(goals["actual"]) >= 30)
    form.put_text(form.form["project"], "另一个项目")
    return "/goals/actual"


MUTATIONS.update({"X01": x01, "X02": x02, "X03": x03})


# --- the run ---

def catalogue():
    codes = sorted(page.stem for page in (ROOT / "docs/rules").glob("*.md"))
    return [code for code in codes if not NOT_PLANTED.fullmatch(code)]


def turned_on(code, folder):
    """A rule that is off is on where its error is planted."""
    settings = folder / "on.yaml"
    settings.write_text(f"rules: {{{code}: note}}\n", encoding="utf-8")
    return ["--config", settings] if code in OFF else []


def companions(code):
    """The rules that a rule's page names behind `Comes with:`."""
    page = (ROOT / f"docs/rules/{code}.md").read_text(encoding="utf-8")
    paragraph = re.search(r"^Comes with: (.+?)(?:\n\n|\Z)", page, re.M | re.S)
    return set(re.findall(r"[A-Z]\d\d", paragraph.group(1))) if paragraph else set()


def is_sound(case):
    findings = case / "expected.findings"
    return findings.is_file() and not findings.read_text(encoding="utf-8").strip() and (case / "input.txt").is_file()


def read_sound(ziping, case):
    """The text and its only form; None when it is not one form in tab-separated UTF-8, or no other form can be held against it."""
    try:
        text = (case / "input.txt").read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
    forms = ask(ziping, "convert", case / "input.txt")[0]["forms"]
    is_fit = len(forms) == 1 and "\t" in text and all(forms[0][name] for name in ("project", "unit", "year"))
    return (text, forms[0]) if is_fit else None


def plant(ziping, folder, case, sound, code):
    """Complaints of one mutation in one form; None when it has no place there."""
    form = Form(*sound)
    try:
        pointer = MUTATIONS[code](form)
    except Nowhere:
        return None
    source = folder / f"{case.name}-{code}.txt"
    source.write_text(form.text(), encoding="utf-8")
    before = [case / "input.txt"] if code.startswith("X") else []
    findings = ask(ziping, "check", "--format", "json", *turned_on(code, folder), *before, source)[-1]["findings"]
    found = {(finding["code"], finding["pointer"]) for finding in findings}
    others = {(other, where) for other, where in found if other != code and other not in companions(code)}
    complaints = [] if (code, pointer) in found else [f"does not fire at {pointer or 'the form'}; found {sorted(found)}"]
    complaints += [f"{other} fires too, at {where}" for other, where in sorted(others)]
    return [f"{case.name}: {code} {complaint}" for complaint in complaints]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    ziping = Path(sys.argv[1]).resolve()
    cases = [Path(case) for case in sys.argv[2:]] or sorted(case for case in (ROOT / "tests/golden").iterdir() if is_sound(case))
    sounds = [(case, sound) for case in cases if (sound := read_sound(ziping, case))]
    planted, complaints = {}, []
    with tempfile.TemporaryDirectory() as folder:
        for code in MUTATIONS:
            for case, sound in sounds:
                answer = plant(ziping, Path(folder), case, sound, code)
                planted[code] = planted.get(code, 0) + (answer is not None)
                complaints += answer or []
    if not sys.argv[2:]:
        complaints += [f"{code}: planted in no form" for code in catalogue() if not planted.get(code)]
    print(*complaints, sep="\n")
    print(f"{sum(planted.values())} errors of {len(planted)} rules planted in {len(sounds)} forms: "
          + " ".join(f"{code} {count}" for code, count in sorted(planted.items())))
    sys.exit(1 if complaints or not sounds else 0)


main()
