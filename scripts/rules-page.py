#!/usr/bin/env python3
"""Makes docs/rules.md, all rule pages in one, from the catalogue and docs/rules/*.md.

usage: rules-page.py [--check]     --check: say whether docs/rules.md is what would be made; write nothing
"""
import difflib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/rules.md"
SEVERITIES = {"ERROR": "错误 error", "WARNING": "警告 warning", "NOTE": "提示 note", "OFF": "关闭 off"}
FAMILIES = [("D", "文件 The document"), ("R", "修复 Repairs"), ("F", "资金 Funds"), ("W", "分值 Weights"),
            ("S", "得分 Scores"), ("C", "内容 Content"), ("X", "表与表 Across forms")]
HEAD = """# 全部规则 / All rules

<!-- Made by scripts/rules-page.py from docs/rules/*.md: change those. -->

每条规则一页，`ziping explain 代码` 打印的就是它；这里合为一页。级别是规则自己的级别，习惯和个别情形的级别见各页。

A page a rule, which is what `ziping explain CODE` prints, here in one. The severity is the rule's own; habits and
variants have theirs, as the pages say.
"""


def catalogue():
    """(code, name, severity) of every rule, in the catalogue's order."""
    text = (ROOT / "src/rulebook/catalogue.def").read_text(encoding="utf-8")
    return re.findall(r'^ZP_RULE\((\w+),\s*"([^"]+)",\s*(\w+)', text, re.M)


def sentences():
    """code -> its sentence in Chinese and in English."""
    text = (ROOT / "rules/catalogue.yaml").read_text(encoding="utf-8")
    found = re.findall(r"^  - code: (\w+)\n    sentence:\n      zh: (.+)\n      en: (.+)$", text, re.M)
    return {code: (zh.strip('"'), en.strip('"')) for code, zh, en in found}


def anchor(code, name, title):
    return re.sub(r"[^\w\- ]", "", f"{code} {name} {title}".lower()).replace(" ", "-")


def title_of(code):
    first = (ROOT / f"docs/rules/{code}.md").read_text(encoding="utf-8").split("\n", 1)[0]
    return first.split(" ", 3)[3]


def table(rows, texts):
    yield "| 规则 rule | 级别 severity | 查什么 what it says |"
    yield "| --- | --- | --- |"
    for code, name, severity in rows:
        zh, en = (text.replace("<", "&lt;") for text in texts[code])
        yield f"| [{code} {name}](#{anchor(code, name, title_of(code))}) | {SEVERITIES[severity]} | {zh}<br>{en} |"


def page_of(code):
    """A rule's page two levels deeper, its language marks out; a # in an example is no heading."""
    text = (ROOT / f"docs/rules/{code}.md").read_text(encoding="utf-8")
    in_fence = False
    for line in text.rstrip("\n").split("\n"):
        in_fence ^= line.startswith("```")
        if re.fullmatch(r"<!-- (?:zh|en|examples) -->", line):
            continue
        yield "##" + line if line.startswith("#") and not in_fence else line


def make():
    rows, texts = catalogue(), sentences()
    out = [HEAD]
    for letter, family in FAMILIES:
        mine = [row for row in rows if row[0].startswith(letter)]
        if mine:
            out += [f"## {family}", "", *table(mine, texts), ""]
    for code, _, _ in rows:
        out += [*page_of(code), ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).rstrip("\n") + "\n"


def main():
    made = make()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(made, encoding="utf-8")
        return
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    changes = list(difflib.unified_diff(old.splitlines(), made.splitlines(), "docs/rules.md", "as it would be made", lineterm="", n=1))
    print(*changes[:40], sep="\n")
    if changes:
        sys.exit("docs/rules.md is not what scripts/rules-page.py makes: run it")


main()
