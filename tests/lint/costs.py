#!/usr/bin/env python3
"""Each number of src/recognise/costs.def is used, and the case that needs it is there.

usage: costs.py
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r'COST\((\w+), ([\d.]+)F?, "([^"]+)", "([^"/]+)/([^"]+)",\s+"([^"]+)"\)')


def has_case(group, name):
    prints = ROOT / f"tests/prints/dev/{group}.txt"
    if prints.is_file():
        return f"##### {name}\n" in prints.read_text(encoding="utf-8")
    return (ROOT / "tests/golden" / group / name).is_file()


def main():
    table = (ROOT / "src/recognise/costs.def").read_text(encoding="utf-8")
    files = [path.read_text(encoding="utf-8") for path in (ROOT / "src/recognise").glob("*.c")]
    code = "\n".join(text for text in files if "recognise/costs.h" in text)
    rows, bad = ROW.findall(table), []
    if not rows or len(rows) != len(re.findall(r"^COST\(", table, re.M)):
        bad.append(f"{len(rows)} rows are read of {len(re.findall('^COST', table, re.M))}")
    for name, value, _, group, case, _ in rows:
        bad += [] if float(value) else [f"{name} is nothing"]
        bad += [] if re.search(rf"\b{name}\b", code) else [f"{name} is not used"]
        bad += [] if has_case(group, case) else [f"{name}: no case {group}/{case}"]
        bad += [f"{name} is defined elsewhere, too"] if re.search(rf"#define {name}\b", code) else []
    for one in bad:
        print(f"src/recognise/costs.def: {one}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
