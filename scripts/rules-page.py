#!/usr/bin/env python3
"""Makes docs/rules.md, all rule pages in one, and the row of docs/architecture.md that says where each is computed.

usage: rules-page.py [--check]     --check: say whether both are what would be made; write nothing
"""
import difflib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE, PLACES = ROOT / "docs/rules.md", ROOT / "docs/architecture.md"
SEVERITIES = {"error": "错误 error", "warning": "警告 warning", "note": "提示 note", "off": "关闭 off"}
FAMILIES = [("D", "文件 The document"), ("R", "修复 Repairs"), ("F", "资金 Funds"), ("W", "分值 Weights"),
            ("S", "得分 Scores"), ("C", "内容 Content"), ("X", "表与表 Across forms")]
HEAD = """# 全部规则 / All rules

<!-- Made by scripts/rules-page.py from docs/rules/*.md: change those. -->

每条规则一页，`ziping explain 代码` 打印的就是它；这里合为一页。级别是规则自己的级别，习惯和个别情形的级别见各页。

A page a rule, which is what `ziping explain CODE` prints, here in one. The severity is the rule's own; habits and
variants have theirs, as the pages say.
"""


HEADED = re.compile(r"# (\w+) (\S+) (.+)\n\n<!-- rule\nseverity: (\w+)\n.*\n(?:check: (\w+)\n)?sentence:\n  zh: (.+)\n  en: (.+)\n")


class Rule:
    """A page: what its head says, and the text without it."""

    def __init__(self, path, functions):
        text = path.read_text(encoding="utf-8")
        self.code, self.name, self.title, self.severity, check, zh, en = HEADED.match(text).groups()
        self.sentence = zh.strip('"'), en.strip('"')
        self.file = functions.get(check)
        self.page = re.sub(r"<!-- rule\n.*?\n-->\n\n", "", text, count=1, flags=re.S)


def functions():
    """check -> the file of rules/ that has zp_check_<check>()."""
    return {check: path.name for path in sorted((ROOT / "rules").glob("*.c"))
            for check in re.findall(r"^void zp_check_(\w+)\(", path.read_text(encoding="utf-8"), re.M)}


def rules():
    """In the order of the catalogue."""
    files, places = functions(), [letter for letter, _ in FAMILIES]
    pages = [Rule(path, files) for path in (ROOT / "docs/rules").glob("*.md")]
    return sorted(pages, key=lambda rule: (places.index(rule.code[0]), rule.code))


def anchor(rule):
    return re.sub(r"[^\w\- ]", "", f"{rule.code} {rule.name} {rule.title}".lower()).replace(" ", "-")


def table(rows):
    yield "| 规则 rule | 级别 severity | 查什么 what it says |"
    yield "| --- | --- | --- |"
    for rule in rows:
        zh, en = (text.replace("<", "&lt;") for text in rule.sentence)
        yield f"| [{rule.code} {rule.name}](#{anchor(rule)}) | {SEVERITIES[rule.severity]} | {zh}<br>{en} |"


def deeper(page):
    """A rule's page two levels deeper, its language marks out; a # in an example is no heading."""
    in_fence = False
    for line in page.rstrip("\n").split("\n"):
        in_fence ^= line.startswith("```")
        if re.fullmatch(r"<!-- (?:zh|en|examples) -->", line):
            continue
        yield "##" + line if line.startswith("#") and not in_fence else line


def all_pages(rows):
    out = [HEAD]
    for letter, family in FAMILIES:
        mine = [rule for rule in rows if rule.code.startswith(letter)]
        if mine:
            out += [f"## {family}", "", *table(mine), ""]
    for rule in rows:
        out += [*deeper(rule.page), ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).rstrip("\n") + "\n"


def architecture(rows):
    """Its row of what a rule computes: each file of rules/ with the codes that it checks."""
    files = {}
    for rule in rows:
        files.setdefault(rule.file, []).append(rule.code)
    files.pop(None)
    cell = ", ".join(f"`rules/{file}` ({', '.join(codes)})" for file, codes in files.items())
    return re.sub(r"(?m)^\| what a rule computes \| .* \|$", lambda _: f"| what a rule computes | {cell} |", PLACES.read_text(encoding="utf-8"))


def main():
    rows, bad = rules(), False
    for path, made in ((PAGE, all_pages(rows)), (PLACES, architecture(rows))):
        if "--check" not in sys.argv[1:]:
            path.write_text(made, encoding="utf-8")
            continue
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        changes = list(difflib.unified_diff(old.splitlines(), made.splitlines(), path.name, "as it would be made", lineterm="", n=1))
        print(*changes[:40], sep="\n")
        bad |= bool(changes)
    if bad:
        sys.exit("docs/rules.md or docs/architecture.md is not what scripts/rules-page.py makes: run it")


main()
