#!/usr/bin/env python3
"""A page and its Chinese twin do not drift apart: the same blocks to paste, chapters, rows of tables and lists, names and links; of the manual page the same entries.

usage: twins.py
"""
import difflib
import re
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
# Twins that are written for other readers, not translated line by line; their commands are tried by run.py.
FREE = {"for-archivists", "for-auditors", "library"}


def parts(text):
    """What both must have alike, by its name."""
    blocks = re.findall(r"^```.*?^```$", text, re.S | re.M)
    rest = re.sub(r"^```.*?^```$", "", text, flags=re.S | re.M)
    codes = (code for code in re.findall(r"`([^`]+)`", rest) if not re.search(r"[\u4e00-\u9fff]|<address>|\b(?:FOLDER|ZIPING)\b", code))
    return {"blocks": blocks, "chapters": re.findall(r"^#+(?= )", rest, re.M), "rows of tables": len(re.findall(r"^\|", rest, re.M)),
            "points": len(re.findall(r"^- ", rest, re.M)), "names": sorted(set(codes)),
            "links": sorted(link.replace(".zh-CN", "") for link in re.findall(r"\]\(([^)#]+)", rest))}


def entries(page):
    """What the manual page has entries for, without the names of arguments; its lists of formats, examples and sections are counted in."""
    argument = re.compile(r"\bAr (?:(?!(?:Fl|Cm|Ns|Op|Oo|Oc)\b|,)\S+ ?)+")
    kept = re.findall(r"^(?:\.It .*|\.Dl .*|\.S[hs]\b|\.Bl .*|\.El|\.\\\" formats:\w+\n.*)$", page, re.M)
    return [argument.sub("Ar ", line).strip() for line in kept]


def main():
    bad, twins = [], sorted(DOCS.glob("*.zh-CN.md"))
    for twin in twins:
        page = DOCS / twin.name.replace(".zh-CN", "")
        for one, other in ((page, twin), (twin, page)):
            if f"]({other.name})" not in one.read_text(encoding="utf-8"):
                bad.append(f"{one.name}: does not lead to {other.name}")
        if page.stem in FREE:
            continue
        english, chinese = parts(page.read_text(encoding="utf-8")), parts(twin.read_text(encoding="utf-8"))
        for what, left in english.items():
            right = chinese[what]
            if left != right:
                differing = [x for x in left if x not in right] + [x for x in right if x not in left] if isinstance(left, list) else (left, right)
                bad.append(f"{page.name}: {what} are others in {twin.name}: {differing}")
    manuals = [entries((DOCS / name).read_text(encoding="utf-8")) for name in ("ziping.1", "ziping.zh-CN.1")]
    bad += [f"ziping.1, ziping.zh-CN.1: {line}" for line in difflib.unified_diff(*manuals, lineterm="", n=0)]
    print("\n".join(bad) or f"{len(twins)} twins")
    sys.exit(1 if bad else 0)


main()
