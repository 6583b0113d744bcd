#!/usr/bin/env python3
"""Forms of templates that nobody has printed: columns in any order, labels in any of their spellings.

usage: shuffle.py [--ziping PROGRAM] [--count N] [--seed N] [--keep FOLDER]

Makes N sources as make.py reads them, from labels drawn at random out of rules/labels.yaml and from rows in layouts
drawn at random, prints each as HTML, Markdown and tab-separated text, and compares what `ziping convert` reads with
what the source says. A form that is read otherwise is shown with the first difference; --keep writes its source and
renditions to FOLDER. Template and profile are not compared: these forms are of no template.
"""
import argparse
import difflib
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True
import make  # noqa: E402

LABELS = yaml.safe_load((ROOT / "rules/labels.yaml").read_text(encoding="utf-8"))["labels"]
TEXTS = ["按时完成", "保障运转", "全年未发生责任事故", "完成年度任务，效果良好", "群众反映良好", "已按计划实施完毕"]
UNITS = ["个", "人次", "套", "公里", "%", "万元", "天", "份"]


def spellings(kind, **want):
    """The spellings of labels of just this kind (and source, level)."""
    return [text for row in LABELS if row["kinds"] == [kind] and all(row.get(k) == v for k, v in want.items())
            for text in row["spellings"]]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []

    def label(self, kind, **want):
        text = self.random.choice(spellings(kind, **want))
        if len(text) > 3 and self.random.random() < 0.15:
            cut = self.random.randrange(1, len(text))
            text = text[:cut] + self.random.choice([" ", "\\n"]) + text[cut:]
        return text

    def chance(self, share):
        return self.random.random() < share

    def row(self, kind, cells):
        """A row as wide as the table: the last cell reaches to the edge by itself."""
        self.lines.append(f"{kind} : " + " | ".join(cells))

    def head(self):
        year = "2023"
        title = self.random.choice(["项目支出绩效自评表", "财政支出项目绩效目标自评表", "市级专项资金绩效自评表"])
        if self.chance(0.5):
            self.row("title", [year + "年度" + title])
        else:
            self.row("title", [title])
            self.row("year", [self.random.choice([f"（{year}年度）", f"({year} 年度)", f"{year}年度"])])
        self.row("pairs project", [self.label("project"), "<", "道路养护经费"])
        pairs = [("department", self.label("department"), "某市交通运输局"), ("unit", self.label("unit"), "某市公路养护中心")]
        if self.chance(0.3):
            pairs.append(("extra", "联系电话", "0871-60000000"))
        cells = []
        for role, label, text in pairs:
            cells += [label, "<", text, "<"]
        self.row("pairs " + " ".join(role for role, _, _ in pairs), cells[:-1])

    def amount(self):
        return f"{self.random.randrange(1000, 900000) / 100:.2f}"

    def funds(self):
        roles = ["budget", "executed", "rate"] + [role for role in ("initial", "weight", "score") if self.chance(0.6)]
        if self.chance(0.7):
            roles.sort(key=["initial", "budget", "executed", "weight", "rate", "score"].index)
        else:
            self.random.shuffle(roles)
        heads = [self.fund_label(role) for role in roles]
        block = self.label("funds_block") + self.random.choice(["（万元）", "\\n(万元)"])
        self.row("funds . label < " + " ".join(roles), [block, "", "<"] + heads)
        self.fund_row("total", self.random.choice(["年度资金总额", "年度资金总额：", "资金总额", "项目资金总额"]), roles)
        others = self.random.sample([("fiscal", "其中：财政拨款"), ("carryover", "上年结转资金"), ("unit_own", "单位资金"), ("other", "其他资金")],
                                    self.random.randrange(0, 4))
        for source, name in others:
            self.fund_row(source, name, roles)

    def fund_label(self, role):
        brackets = {"budget": "（A）", "executed": "（B）", "rate": "（B/A）"}
        tail = brackets.get(role, "") if self.chance(0.3) else ""
        return self.label(role) + tail

    def fund_row(self, source, name, roles):
        texts = {"weight": "10", "rate": self.random.choice(["95.20%", "100%", "88.5％"]), "score": "9.52"}
        cells = [texts.get(role, self.amount()) if source == "total" or role not in texts else self.random.choice(["—", "", "/"])
                 for role in roles]
        self.row(f"fund {source}", ["^", name, "<"] + cells)

    def goals(self):
        style = self.random.randrange(3)
        if style == 0:
            return
        expected, actual = self.random.sample(TEXTS, 2)
        if style == 1:
            self.row("goalhead . expected < < actual", [self.label("goals_block"), self.label("goal_expected"), "<", "<", self.label("goal_actual")])
            self.row("goal", ["^", expected, "<", "<", actual])
        else:
            self.row("goals . expected", [self.label("goal_expected"), expected])
            self.row("goals . actual", [self.label("goal_actual"), actual])

    def columns(self):
        target = [["target"], ["op", "value", "unit"]][self.chance(0.3)]
        groups = [target, ["actual"]]
        self.weighted = self.chance(0.8)
        if self.weighted:
            groups += [["weight"], ["score"]]
        if self.chance(0.4):
            groups.append(["other"])
        if self.chance(0.4):
            self.random.shuffle(groups)
        if self.chance(0.6):
            groups.append(["reason"])
        return ["block"] * self.chance(0.6) + ["level1", "level2", "level3"] + [role for group in groups for role in group]

    NAMES = {"level1": "level1_head", "level2": "level2_head", "level3": "level3_head", "op": "comparator", "value": "target_value", "unit": "target_unit",
             "block": "indicators_block", "other": "other_column"}

    def indicators(self):
        roles = self.columns()
        self.row("heads " + " ".join(roles), [self.label(self.NAMES.get(role, role)) if role != "value" else "指标值" for role in roles])
        levels = [("产出指标", ["数量指标", "质量指标", "时效指标"]), ("效益指标", ["社会效益指标", "可持续影响指标"]), ("满意度指标", ["服务对象满意度指标"])]
        for level1, seconds in levels:
            for n, level2 in enumerate(seconds[:self.random.randrange(1, len(seconds) + 1)]):
                for k in range(self.random.randrange(1, 3)):
                    self.indicator(roles, level1 if n == k == 0 else "^", level2 if k == 0 else "^")
        if self.weighted and self.chance(0.8):
            first = roles.index("target" if "target" in roles else "op")
            cells = [{"weight": "100", "score": "97.5"}.get(role, "") for role in roles]
            cells[:3 + ("block" in roles)] = ["总分"] + ["<"] * (2 + ("block" in roles))
            assert first
            self.row("total", cells)

    def indicator(self, roles, level1, level2):
        number, unit = self.random.randrange(1, 5000), self.random.choice(UNITS)
        sign = self.random.choice(["≥", "≤", "=", ">", ""])
        texts = {"block": "^" if self.lines[-1].startswith("row") or True else "", "level1": level1, "level2": level2,
                 "level3": self.random.choice(["养护", "维修", "检查", "宣传"]) + self.random.choice(["里程", "数量", "合格率", "完成率"]) + str(self.random.randrange(9)) + "号",
                 "target": f"{sign}{number}{unit}", "op": sign or "=", "value": str(number), "unit": unit,
                 "actual": f"{number}{unit}", "weight": str(self.random.randrange(2, 20)), "score": str(self.random.randrange(2, 20)),
                 "other": "台账", "reason": self.random.choice(["", "", "受天气影响，进度略有推迟"])}
        self.row("row", [texts[role] for role in roles])

    def form(self):
        self.head()
        self.funds()
        self.goals()
        self.indicators()
        return "note: drawn at random\ntemplate: unknown\nyear: 2023\ncurrency: 万元\n---\n" + "\n".join(self.lines) + "\n"


VARYING = {"at", "repairs", "template", "profile", "reading"}


def stripped(node):
    if isinstance(node, dict):
        return {key: stripped(item) for key, item in node.items() if key not in VARYING}
    return [stripped(item) for item in node] if isinstance(node, list) else node


def difference(wanted, got):
    pair = [json.dumps(stripped(forms), ensure_ascii=False, indent=1).splitlines() for forms in (wanted, got)]
    return [line for line in difflib.unified_diff(*pair, "source", "read", lineterm="", n=2)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ziping", default=str(ROOT / "build/dev/ziping"))
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        wanted = {}
        for seed in range(arguments.seed, arguments.seed + arguments.count):
            path = Path(folder) / f"{seed}.form"
            path.write_text(Maker(seed).form(), encoding="utf-8")
            for name, text in make.files_of(path).items():
                if name.startswith("input."):
                    out = Path(folder) / f"{seed}.{name.split('.')[1]}"
                    out.write_text(text, encoding="utf-8")
                    wanted[str(out)] = seed
                elif name == "expected.json":
                    truth = json.loads(text)["forms"]
                    wanted[seed] = truth
        inputs = [path for path in wanted if isinstance(path, str)]
        done = subprocess.run([arguments.ziping, "convert", *inputs], capture_output=True, check=False)
        for answer in json.loads(done.stdout)["files"]:
            seed = wanted[answer["path"]]
            lines = difference(wanted[seed], answer["forms"])
            if not lines:
                continue
            bad += 1
            print(f"== seed {seed}, {Path(answer['path']).suffix}", *lines[:24], sep="\n")
            if arguments.keep:
                arguments.keep.mkdir(exist_ok=True)
                for kept in Path(folder).glob(f"{seed}.*"):
                    (arguments.keep / kept.name).write_bytes(kept.read_bytes())
    print(f"{len(inputs) - bad} of {len(inputs)} renditions of {arguments.count} forms are read as printed")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
