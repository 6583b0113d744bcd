#!/usr/bin/env python3
"""Writes the lists of formats in README, docs/formats.md and the man page as `ziping formats` says.

usage: formats-lists.py ZIPING [--check]     --check: say what differs; write nothing

A list stands between `<!-- formats:KIND -->` and `<!-- /formats -->` (in the man page `.\\" formats:KIND` and `.\\" /formats`, lines of their own).
Kinds: read, fix, annotate, convert, check (names); read-table, written-table.
"""
import difflib
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The papers, and the lists that each must have.
PAPERS = {"README.md": {"check", "convert", "fix", "annotate"}, "README.zh-CN.md": {"check", "convert", "fix", "annotate"},
          "docs/formats.md": {"read", "read-table", "written-table"}, "docs/formats.zh-CN.md": {"read", "read-table", "written-table"},
          "docs/ziping.1": {"check", "convert", "fix", "annotate", "read"}, "docs/ziping.zh-CN.1": {"check", "convert", "fix", "annotate", "read"}}
# The row of the table of README that says what is read, in its own words: the titles without what is in brackets.
SPOKEN = {"README.md": "en", "README.zh-CN.md": "zh"}
MARKED = re.compile(r"(<!-- formats:([\w-]+) -->)(.*?)(<!-- /formats -->)", re.S)
IN_MAN = re.compile(r'(\.\\" formats:([\w-]+)\n)(.*?)(\.\\" /formats\n)', re.S)


def names(formats, kind):
    where, key = {"read": ("read", "name")}.get(kind, ("read" if kind in ("fix", "annotate") else "written", kind))
    return list(dict.fromkeys(row["name"] for row in formats[where] if row[key]))


# What a table says by the language of its paper: yes, and the heads of its first columns.
WORDS = {"en": ("yes", ("read", "suffixes"), ("name", "written")), "zh": ("是", ("读什么", "后缀"), ("名称", "写什么"))}


def table(formats, kind, language):
    yes, read, written = WORDS[language]

    def cell(value):
        return yes if value else "–"

    if kind == "read-table":
        rows = [(f"`{row['name']}`", row[language], " ".join(row["suffixes"]), cell(row["fix"]), cell(row["annotate"])) for row in formats["read"]]
        head = ("`--from`", *read, "`fix`", "`annotate`")
    else:
        rows = [(f"`{row['name']}`", row[language], cell(row["convert"]), cell(row["check"])) for row in formats["written"]]
        head = (*written, "`convert --to`", "`check --format`")
    lines = [head, ("---",) * len(head), *rows]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def made(paper, formats, kind):
    if kind.endswith("-table"):
        return table(formats, kind, "zh" if "zh-CN" in paper else "en")
    if paper.endswith(".1"):
        return f".Cm {' , '.join(names(formats, kind))}\n"
    return ("、" if "zh-CN" in paper else ", ").join(f"`{name}`" for name in names(formats, kind))


def complaints(paper, text, formats):
    found = {match[1] for match in (IN_MAN if paper.endswith(".1") else MARKED).findall(text)}
    for kind in sorted(PAPERS[paper] ^ found):
        yield f"{paper}: the list `{kind}` is " + ("missing" if kind in PAPERS[paper] else "not asked for")
    for row in formats["read"] if paper in SPOKEN else []:
        word = re.split(r" ?[(（]", row[SPOKEN[paper]])[0]
        if word.lower() not in text.lower():
            yield f"{paper}: does not say that {word} is read"


def untried(formats):
    """What every format that is read must have, and has not: a folder, a fuzz harness, a test of damaged files."""
    harnesses = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/fuzz").glob("*.c")))
    damaged = re.search(r"foreach\(format ([a-z ]+)\)\n +zp_test\(damage/", (ROOT / "tests/CMakeLists.txt").read_text(encoding="utf-8"))[1].split()
    for name in names(formats, "read"):
        if not (ROOT / "parsers" / name).is_dir():
            yield f"parsers/{name}: no folder of that format"
        if name == "image":  # read by a model that is installed apart: tests/ocr
            continue
        if not re.search(rf"zp_{name}_parser|parsers/{name}/", harnesses):
            yield f"tests/fuzz: no harness reads {name}"
        if name not in damaged:
            yield f"tests/CMakeLists.txt: no damaged files of {name} are tried"


def main():
    check = "--check" in sys.argv[2:]
    told = subprocess.run([sys.argv[1], "formats", "--format", "json"], check=True, capture_output=True, text=True).stdout
    formats, bad = json.loads(told), []
    for paper in PAPERS:
        path = ROOT / paper
        old = path.read_text(encoding="utf-8")
        pattern = IN_MAN if paper.endswith(".1") else MARKED
        new = pattern.sub(lambda match: match[1] + made(paper, formats, match[2]) + match[4], old)
        bad += complaints(paper, new, formats)
        if new == old:
            continue
        if not check:
            path.write_text(new, encoding="utf-8")
            continue
        bad += [*difflib.unified_diff(old.splitlines(), new.splitlines(), paper, "what scripts/formats-lists.py makes", lineterm="", n=0)]
    bad += untried(formats)
    print("\n".join(bad) or "the lists are those of the program")
    sys.exit(1 if bad else 0)


main()
