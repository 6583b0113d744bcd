#!/usr/bin/env python3
"""Prints forms of every template as golden cases: one source, several renditions, one truth.

usage: make.py [--check] [SOURCE…]     SOURCE: tests/forms/NAME.form → tests/golden/form-NAME; default: all

input.pdf of a case is input.html printed by hand with WeasyPrint; it is committed, not made by this script.

A source says what is printed and what it means, so expected.json comes from it and never from ziping.  First
the facts, `key: value`:

    note, template, year, currency, profile, funds_weight, finding and repair (one line each, as in the
    expected.* files; a repair of one rendition only: `html: 0 R01 /funds/0`)

then, below `---`, a line a printed row, `KIND [ROLES] : CELL | CELL | …`.  A cell `<` is merged with the one to
its left, `^` with the one above; the last cell of a short row reaches to the table's edge; `\\n` breaks a line in
a cell; `{…}` behind a cell's text says its value where it is not plain: `{v=3 u=万人}`, `{}` for no value.

    text                a line around the tables, no part of the form
    title               the title in a row of its own; `headline` sets it as a line above the table
    titled ROLE…        a title with pairs beside it in its row
    year, skip          a row that says the year, or nothing: page numbers, first header lines
    pairs ROLE…         labels with the value beside each: project department unit headline extra note
    inline ROLE…        label and value in one cell, parted by a colon
    funds ROLE…         header of the funds block, a role a grid column: label, initial, …, other, `.` for none
    fund SOURCE         its row; in a row of several sources, roles like `central.budget` name more of them
    goalhead ROLE…      header with the columns `expected` and `actual`; `goal` the texts below it
    goals ROLE…         pairs, as above
    heads ROLE…         header of the indicators: block level1 level2 level3 op value unit target actual weight …
    row [FLAG…]         an indicator: empty, part=K, block=N
    total               the total row, read by the columns of `heads`; a grade by its word
"""
import argparse
import json
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
GOLDEN = HERE.parent / "golden"
sys.path.insert(0, str(GOLDEN))
sys.dont_write_bytecode = True

LEVEL1 = {"项目完成指标": "产出指标", "项目产出": "产出指标", "产出": "产出指标", "项目效益": "效益指标", "效果指标": "效益指标",
          "效益": "效益指标", "满意度": "满意度指标", "服务对象满意度指标": "满意度指标", "成本": "成本指标"}
FUND_FIELDS = ["initial", "budget", "executed", "weight", "rate", "score"]
GRADES = {"优", "良", "中", "差", "优秀", "良好", "一般"}
OPS = [(">=", "ge"), ("≥", "ge"), ("≧", "ge"), ("<=", "le"), ("≤", "le"), ("=", "eq"), ("═", "eq"), ("＝", "eq"), (">", "gt"), ("<", "lt"),
       ("不低于", "ge"), ("不少于", "ge"), ("不高于", "le"), ("不超过", "le")]
WEIGHT = re.compile(r"\s*[（(]?\s*(\d+(?:\.\d+)?\s*分)\s*[)）]?$")


@dataclass
class Cell:
    text: str
    given: dict | None = None
    row: int = 0
    col: int = 0
    rows: int = 1
    cols: int = 1


@dataclass
class Row:
    kind: str
    roles: list
    cells: list = field(default_factory=list)  # by grid column, the cell that covers it
    table: int = 0


def clean(text):
    """White space as the contract wants it."""
    text = re.sub(r"\s+", " ", text.replace("\\n", " ")).strip()

    def wide(char):
        return unicodedata.east_asian_width(char) in "WF" or unicodedata.category(char)[0] == "P" or char in "“”‘’…—·"

    out = ""
    for i, char in enumerate(text):
        if char == " " and wide(text[i - 1]) and wide(text[i + 1]):
            continue
        out += char
    return out


def parse_cell(text):
    match = re.fullmatch(r"(.*?)\{([^{}]*)\}", text)
    if not match:
        return Cell(text)
    return Cell(match[1], dict(pair.split("=", 1) for pair in match[2].split()))


def value(cell):
    """A `V` of a plain text: comparator, number, unit; anything else must be said in the source."""
    if cell is None:
        return None
    out = {"text": clean(cell.text), "op": None, "value": None, "upper": None, "date": None, "unit": None, "approx": False}
    if cell.given is not None:
        names = {"v": "value", "u": "unit", "op": "op", "upper": "upper", "date": "date"}
        out.update({names[key]: given for key, given in cell.given.items() if key != "approx"})
        out["approx"] = "approx" in cell.given
        return out
    text = out["text"]
    for sign, op in OPS:
        if text.startswith(sign):
            out["op"], text = op, text[len(sign):].strip()
            break
    match = re.fullmatch(r"(-?\d[\d,]*(?:\.\d+)?)\s*([^\d\s（(]*)", text)
    if match:
        out["value"] = match[1].replace(",", "")
        out["unit"] = match[2].replace("％", "%") or None
    elif out["op"] and not re.search(r"\d", text):
        out["op"] = None
    return out


def blank():
    return Cell("")


def without_weight(text):
    """A label without the weight printed in it, and that weight."""
    match = WEIGHT.search(clean(text))
    return (clean(text)[:match.start()], Cell(match[1])) if match else (clean(text), None)


def no_colon(text):
    return re.sub(r"[:：]+$", "", clean(text))


class Source:
    """A source file: its facts, and its rows laid out on a grid."""

    def __init__(self, path):
        head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
        self.facts, self.findings, self.notes, self.repairs = {}, [], [], []
        for line in head.splitlines():
            key, _, text = line.partition(":")
            lists = {"finding": self.findings, "note": self.notes, "repair": self.repairs}
            lists.get(key, []).append(text.strip())
            self.facts[key] = text.strip()
        self.rows = [self.read_row(line) for line in body.splitlines() if line.strip()]
        self.lay_out()

    @staticmethod
    def read_row(line):
        kind, _, cells = line.partition(" : ")
        kind, *roles = kind.split()
        return Row(kind, roles, [cell.strip() for cell in cells.split("|")] if kind not in ("text", "headline") else [cells])

    def lay_out(self):
        """Texts of a row into cells with spans; a line of text ends a table."""
        tables, table = [], []
        for row in self.rows + [Row("text", [])]:
            if row.kind not in ("text", "headline", "inline-text"):
                table.append(row)
                continue
            if table:
                tables.append(table)
            table = []
        for number, rows in enumerate(tables, 1):
            width = max(len(row.cells) for row in rows)
            for i, row in enumerate(rows):
                row.table = number
                self.place(rows, i, width)

    @staticmethod
    def place(rows, i, width):
        texts, row = rows[i].cells, rows[i]
        texts = texts + ["<"] * (width - len(texts))
        row.cells = []
        for col, text in enumerate(texts):
            if text == "<":
                cell = row.cells[-1]
                cell.cols = max(cell.cols, col - cell.col + 1)
            elif text == "^":
                cell = rows[i - 1].cells[col]
                cell.rows = i - cell.row + 1
            else:
                cell = parse_cell(text)
                cell.row, cell.col = i, col
            row.cells.append(cell)


class Meaning:
    """The canonical form that a source prints."""

    def __init__(self, source):
        facts = source.facts
        self.form = {"index": 0, "template": facts["template"], "profile": facts.get("profile", "default"), "title": None,
                     "year": int(facts["year"]) if facts.get("year") else None, "currency_unit": facts.get("currency"),
                     "project": None, "department": None, "unit": None, "funds_weight": None, "headline": None, "funds": [],
                     "goals": None, "indicators": [], "total": None, "extra": []}
        if facts.get("funds_weight"):
            self.form["funds_weight"] = value(Cell(facts["funds_weight"]))
        if facts.get("total") == "blank":
            self.form["total"] = {"weight": None, "score": None, "grade": None}
        self.form["funds"] = self.form["funds"] if any(row.kind == "fund" for row in source.rows) else None
        self.roles, self.level = [], {"level1": "", "level2": ""}
        for row in source.rows:
            getattr(self, "take_" + row.kind.replace("-", "_"))(row)

    def take_text(self, row):
        pass

    take_skip = take_text

    def take_year(self, row):
        pass

    def take_title(self, row):
        self.form["title"] = clean(row.cells[0].text if isinstance(row.cells[0], Cell) else row.cells[0])

    take_headline = take_title

    def take_titled(self, row):
        self.take_title(row)
        self.take_pairs(Row("pairs", row.roles, row.cells[row.cells[0].cols:]), row.cells[0].cols)

    def assign(self, role, label, cell):
        if role == "headline":
            self.form["headline"] = value(cell)
        elif role in ("project", "department", "unit"):
            self.form[role] = clean(cell.text)
        elif role == "extra":
            self.form["extra"].append({"label": no_colon(label), "text": clean(cell.text)})

    def take_pairs(self, row, first=0):
        cells = [cell for k, cell in enumerate(row.cells, first) if cell.col == k]
        for k, role in enumerate(row.roles):
            cell = cells[2 * k + 1] if 2 * k + 1 < len(cells) else blank()
            self.assign(role, cells[2 * k].text, cell)

    def take_inline(self, row):
        cells = [cell for k, cell in enumerate(row.cells) if cell.col == k and cell.text]
        for role, cell in zip(row.roles, cells):
            label, _, text = cell.text.replace("：", ":").partition(":")
            self.assign(role, label, Cell(text))

    def take_funds(self, row):
        self.roles, self.heads = row.roles, row.cells

    def total_label(self):
        """Where rows have no label, the total is called as its column."""
        return next((clean(head.text) for role, head in zip(self.roles, self.heads) if role == "budget"), "")

    def take_sources(self, row):
        """Columns of their own for the sources beside the total: a row each, with that figure only."""
        for role, head, cell in zip(self.roles, self.heads, row.cells):
            source, dot, name = role.partition(".")
            if dot and name:
                fund = {"source": source, "label": clean(head.text)} | dict.fromkeys(FUND_FIELDS) | {"reason": None}
                fund[name] = value(cell)
                self.form["funds"].append(fund)

    def take_fund(self, row):
        self.take_sources(row)
        by_role = {role: cell for role, cell in zip(self.roles, row.cells) if role != "."}
        fund = {"source": row.roles[0], "label": no_colon(by_role["label"].text) if "label" in by_role else self.total_label()}
        for name in FUND_FIELDS:
            fund[name] = value(by_role.get(name))
        fund["reason"] = clean(by_role["reason"].text) if "reason" in by_role else None
        self.form["funds"].append(fund)
        for role, head, cell in zip(self.roles, self.heads, row.cells):
            if role == "other" and cell.text:
                label = (fund["label"] + " " if fund["label"] else "") + clean(head.text)
                self.form["extra"].append({"label": label, "text": clean(cell.text)})

    def take_goalhead(self, row):
        self.goal_roles = row.roles

    def take_goal(self, row):
        by_role = dict(zip(self.goal_roles, row.cells))
        self.form["goals"] = {name: clean(by_role[name].text) for name in ("expected", "actual")}

    def take_goals(self, row):
        cells = [cell for k, cell in enumerate(row.cells) if cell.col == k]
        self.form["goals"] = self.form["goals"] or {"expected": "", "actual": ""}
        for k, role in enumerate(row.roles):
            if role in ("expected", "actual"):
                self.form["goals"][role] = clean(cells[k].text)

    def take_heads(self, row):
        self.roles, self.heads = row.roles, row.cells

    def take_level(self, row, name, cell, indicator):
        """A level's label as printed; a blank place below one has its label."""
        if cell is None:
            return
        if clean(cell.text) and (name == "level1" or not row.kind == "total"):
            text, weight = without_weight(cell.text)
            text = LEVEL1.get(text, text) if name == "level1" else text
            if name == "level1" and text != self.level["level1"]:
                self.level["level2"], self.level["level2_weight"] = "", None
            self.level[name], self.level[name + "_weight"] = text, weight
        indicator[name] = self.level[name]

    def take_row(self, row):
        by_role = {}
        for role, cell in zip(self.roles, row.cells):
            by_role.setdefault(role, cell)
        flags = dict(flag.partition("=")[::2] for flag in row.roles)
        out = {"level1": "", "level2": "", "level3": clean(by_role.get("level3", blank()).text)}
        for name in ("level1", "level2"):
            self.take_level(row, name, by_role.get(name), out)
        parts = [by_role[name] for name in ("op", "value", "unit") if name in by_role]
        target = by_role.get("target")
        if "value" in by_role:
            given = next((part.given for part in parts if part.given is not None), None)
            target = Cell("".join(clean(part.text) for part in parts), given)
        out["target"] = value(target)
        for name in ("actual", "weight", "score"):
            out[name] = value(by_role.get(name))
        out["reason"] = clean(by_role["reason"].text) if "reason" in by_role else None
        for name in ("level1", "level2"):
            if self.level.get(name + "_weight"):
                out[name + "_weight"] = value(self.level[name + "_weight"])
        out.update({key: int(flags[key]) for key in ("part_of", "block") if key in flags})
        if "empty" in flags:
            out["empty"] = True
        other = {clean(head.text): value(cell) for role, head, cell in zip(self.roles, self.heads, row.cells)
                 if role == "other" and cell.text and cell.col == row.cells.index(cell)}
        if other:
            out["other"] = other
        self.form["indicators"].append(out)

    def take_total(self, row):
        by_role = dict(zip(self.roles, row.cells))
        grade = [clean(cell.text) for cell in row.cells if clean(cell.text) in GRADES]
        self.form["total"] = {name: value(by_role.get(name)) for name in ("weight", "score")}
        self.form["total"]["grade"] = grade[0] if grade else None


def own_cells(row, i):
    """(column, cell) of the cells that begin in the row."""
    return [(col, cell) for col, cell in enumerate(row.cells) if cell.row == i and cell.col == col]


def tables_of(source):
    """Lines of text and tables in their order: ("text", text) or ("table", rows)."""
    for row in source.rows:
        if row.kind in ("text", "headline"):
            yield "text", row.cells[0]
        elif row is first_of_table(source, row.table):
            yield "table", [other for other in source.rows if other.table == row.table]


def first_of_table(source, table):
    return next(row for row in source.rows if row.table == table)


def grid(rows):
    """Texts by row and column, a merged cell's further places blank."""
    return [[cell.text if cell.row == i and cell.col == col else "" for col, cell in enumerate(row.cells)]
            for i, row in enumerate(rows)]


def as_text(source):
    lines = []
    for kind, content in tables_of(source):
        if kind == "text":
            lines.append(content)
        else:
            lines += ["\t".join(text.replace("\\n", " ") for text in row) for row in grid(content)]
    return "\n".join(lines) + "\n"


def as_markdown(source):
    blocks = []
    for kind, content in tables_of(source):
        if kind == "text":
            blocks.append(content)
            continue
        lines = ["| " + " | ".join(text.replace("\\n", "<br>") for text in row) + " |" for row in grid(content)]
        lines.insert(1, "|" + "---|" * len(content[0].cells))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def html_row(row, i):
    cells = ""
    for _, cell in own_cells(row, i):
        spans = "".join(f' {name}="{n}"' for name, n in (("rowspan", cell.rows), ("colspan", cell.cols)) if n > 1)
        cells += f"<td{spans}>{escape(cell.text, False).replace(chr(92) + 'n', '<br>')}</td>"
    return f"<tr>{cells}</tr>"


STYLE = "@page{size:A4 landscape;margin:1cm}table{border-collapse:collapse;width:100%}td{border:1px solid;font-size:9pt}"


def as_html(source):
    blocks = []
    for kind, content in tables_of(source):
        if kind == "text":
            blocks.append(f"<p>{escape(content, False)}</p>")
        else:
            blocks.append("<table>\n" + "\n".join(html_row(row, i) for i, row in enumerate(content)) + "\n</table>")
    return ('<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>自评</title>'
            f"<style>{STYLE}</style></head>\n<body>\n" + "\n".join(blocks) + "\n</body></html>\n")


def dump(node, indent=0):
    """As tests/golden/run.py writes it: a value `V` on a line of its own."""
    flat = isinstance(node, dict) and "text" in node and not any(isinstance(x, (dict, list)) for x in node.values())
    if not isinstance(node, (dict, list)) or not node or flat:
        return json.dumps(node, ensure_ascii=False)
    pad = "\n" + " " * (indent + 1)
    inside = ([f"{json.dumps(k)}: {dump(v, indent + 1)}" for k, v in node.items()]
              if isinstance(node, dict) else [dump(item, indent + 1) for item in node])
    left, right = "{}" if isinstance(node, dict) else "[]"
    return left + pad + ("," + pad).join(inside) + "\n" + " " * indent + right


def files_of(path):
    source = Source(path)
    findings = sorted(source.findings)
    status = "partial" if any(" D04 " in line or " D05 " in line for line in findings) else "ok"
    answer = {"status": status, "error": None, "forms": [Meaning(source).form]}
    note = "\n".join(source.notes) + f"\nPrinted by tests/forms/make.py from tests/forms/{path.name}.\n"
    repairs = {f"expected.repairs.{extension}": "".join(line + "\n" for line in repairs_of(source, extension))
               for extension in ("txt", "html", "md")}
    return {name: text for name, text in repairs.items() if text} | {"NOTE": note, "input.txt": as_text(source), "input.html": as_html(source), "input.md": as_markdown(source),
            "expected.json": dump(answer) + "\n", "expected.findings": "".join(line + "\n" for line in findings)}


def repairs_of(source, extension):
    """The lines for all renditions and those for this one."""
    lines = [line.partition(": ") for line in source.repairs]
    return [text or name for name, _, text in lines if not text or name == extension]


def main():
    parser = argparse.ArgumentParser(description="print the forms of tests/forms as golden cases")
    parser.add_argument("--check", action="store_true", help="compare with what is committed, write nothing")
    parser.add_argument("source", nargs="*", type=Path)
    arguments = parser.parse_args()
    stale = []
    for path in arguments.source or sorted(HERE.glob("*.form")):
        case = GOLDEN / f"form-{path.stem}"
        for name, text in files_of(path).items():
            file = case / name
            if arguments.check and not (file.is_file() and file.read_text(encoding="utf-8") == text):
                stale.append(str(file))
            elif not arguments.check:
                case.mkdir(exist_ok=True)
                file.write_text(text, encoding="utf-8")
    print(*stale, sep="\n", end="")
    sys.exit(1 if stale else 0)


if __name__ == "__main__":
    main()
