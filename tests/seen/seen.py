"""What the tests of this folder share: the form that every format prints, and how its reading is judged.

Each format's script (pdf.py, …) prints FORM as a minimal file and once more for each way to hide or fake a figure. A way is a cell of the
table in docs/formats.md; that every cell of a format's column has a case is checked here, too.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Rows of cells (text, columns, rows) of a table of nine columns; cells that a span from above covers are left out.
FORM = [
    [("项目支出绩效自评表（2023年度）", 9, 1)],
    [("项目名称", 1, 1), ("社区技能培训", 2, 1), ("主管部门", 1, 1), ("市人力资源局", 2, 1), ("实施单位", 1, 1), ("市培训中心", 2, 1)],
    [("项目资金（万元）", 1, 3), ("", 2, 1), ("年初预算数", 1, 1), ("全年预算数", 1, 1), ("全年执行数", 1, 1), ("分值", 1, 1), ("执行率", 1, 1), ("得分", 1, 1)],
    [("年度资金总额", 2, 1), ("200.00", 1, 1), ("180.00", 1, 1), ("171.00", 1, 1), ("10", 1, 1), ("95.00%", 1, 1), ("9.5", 1, 1)],
    [("其中：当年财政拨款", 2, 1), ("200.00", 1, 1), ("180.00", 1, 1), ("171.00", 1, 1), ("—", 1, 1), ("", 1, 1), ("—", 1, 1)],
    [("年度总体目标", 1, 2), ("预期目标", 4, 1), ("实际完成情况", 4, 1)],
    [("开展技能培训，提高就业能力。", 4, 1), ("全年开展培训十二期，培训学员六百二十人。", 4, 1)],
    [("一级指标", 1, 1), ("二级指标", 1, 1), ("三级指标", 1, 1), ("年度指标值", 1, 1), ("实际完成值", 1, 1), ("分值", 1, 1), ("得分", 1, 1), ("偏差原因分析及改进措施", 2, 1)],
    [("产出指标", 1, 2), ("数量指标", 1, 1), ("培训期数", 1, 1), ("≥12期", 1, 1), ("12期", 1, 1), ("30", 1, 1), ("30", 1, 1), ("", 2, 1)],
    [("质量指标", 1, 1), ("证书取得率", 1, 1), ("≥85%", 1, 1), ("87.1%", 1, 1), ("20", 1, 1), ("20", 1, 1), ("", 2, 1)],
    [("效益指标", 1, 1), ("社会效益指标", 1, 1), ("学员就业率", 1, 1), ("≥60%", 1, 1), ("66%", 1, 1), ("30", 1, 1), ("30", 1, 1), ("", 2, 1)],
    [("满意度指标", 1, 1), ("服务对象满意度指标", 1, 1), ("学员满意度", 1, 1), ("≥90%", 1, 1), ("96%", 1, 1), ("10", 1, 1), ("10", 1, 1), ("", 2, 1)],
    [("总分", 5, 1), ("100", 1, 1), ("99.5", 1, 1), ("", 2, 1)],
]

# The cell that most ways tamper with: its row and which of the row's cells it is, and its field in the data.
ROW, CELL, FIELD = 9, 3, "/indicators/1/actual"


def read_all(ziping, contents, suffix):
    """Of each file its status, its texts by pointer into the first form, and its findings; all in one run."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}{suffix}" for number in range(len(contents))]
        for path, data in zip(paths, contents):
            path.write_bytes(data)
        run = lambda *words: json.loads(subprocess.run([ziping, *words, *paths], capture_output=True, check=False).stdout)["files"]
        for converted, checked in zip(run("convert"), run("check", "--format", "json", "--show", "note", "--lang", "en"), strict=True):
            texts = dict(texts_of(converted["forms"][0])) if converted["forms"] else {}
            yield checked["status"], texts, checked["findings"]


def read(ziping, data, name):
    return next(read_all(ziping, [data], Path(name).suffix))


def texts_of(node, path=""):
    if isinstance(node, dict):
        if "text" in node and "at" in node:
            yield path, node["text"]
        else:
            for key, child in node.items():
                yield from texts_of(child, f"{path}/{key}")
    elif isinstance(node, list):
        for key, child in enumerate(node):
            yield from texts_of(child, f"{path}/{key}")


class Judge:
    """Counts what was as it should be; each complaint is a line."""

    def __init__(self, ziping, suffix):
        self.ziping, self.suffix, self.bad, self.rows, self.cases = ziping, suffix, 0, set(), []

    def plain(self, data):
        """The form with nothing hidden in it: its texts, and no D05."""
        _, self.texts, findings = read(self.ziping, data, f"plain{self.suffix}")
        self.expect("plain", [finding["message"] for finding in findings if finding["code"] == "D05"], [])
        self.expect("plain", self.texts.get(FIELD), "87.1%")

    def case(self, row, data, field=FIELD, text="87.1%", kind=None, names=None, code="D05", severity=None, count=1, status=None):
        """One way, judged at the end: what the field reads, and the one finding that says what was done.

        row: the row of the table in docs/formats.md; kind: None when nothing is to be said; names: a text that its message holds."""
        self.rows.add(row)
        self.cases.append((data, lambda answer: self.judge(answer, row, field, text, kind, names, code, severity, count, status)))

    def judge(self, answer, row, field, text, kind, names, code, severity, count, status):
        got, texts, findings = answer
        if field:
            self.expect(row, texts.get(field), text)
            others = {key: value for key, value in texts.items() if key != field}
            self.expect(row, {key: others.get(key) for key in self.texts if key != field and others.get(key) != self.texts[key]}, {})
        said = [finding for finding in findings if finding["code"] in ("D01", "D02", "D03", "D05")]
        if kind is None and code == "D05":
            self.expect(row, [finding["message"] for finding in said], [])
            return
        said = [finding for finding in said if finding["code"] == code and (code != "D05" or finding.get("kind") == kind)]
        self.expect(row, len(said), count)
        for finding in said:
            if names and names not in finding["message"]:
                self.complain(row, f"{names!r} is not in {finding['message']!r}")
            if severity:
                self.expect(row, finding["severity"], severity)
        if status:
            self.expect(row, got, status)

    def expect(self, row, got, wanted):
        if got != wanted:
            self.complain(row, f"got {got!r}, not {wanted!r}")

    def complain(self, row, text):
        self.bad += 1
        print(f"{row}: {text}")

    def end(self, column):
        """All cases; and every row of the table that says something in this format's column has one, and none is without a row."""
        for answer, (_, judge) in zip(read_all(self.ziping, [data for data, _ in self.cases], self.suffix), self.cases):
            judge(answer)
        lines = (ROOT / "docs/formats.md").read_text(encoding="utf-8").split("## What a person sees")[1].split("\n## ")[0].splitlines()
        rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines if line.startswith("|")]
        at = rows[0].index(column)
        promised = {row[0] for row in rows[2:] if row[at] not in ("", "–")}
        for row in sorted(promised ^ self.rows):
            self.complain(row, "stands in only one of the table and the cases")
        print(f"{len(self.rows)} ways, {self.bad} complaints")
        sys.exit(1 if self.bad else 0)
