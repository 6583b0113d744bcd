#!/usr/bin/env python3
"""What the scripts of bench/ run beside the program is in the groups of scripts/packages.txt that they ask for.

usage: bench.py

A script that asks for too little ends on a bare machine with "command not found" after it has built the program.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {"python3": "python3", "qpdf": "qpdf", "pdftotext": "poppler-utils", "pdftoppm": "poppler-utils", "xmllint": "libxml2-utils",
            "valgrind": "valgrind", "count_instructions": "valgrind", "/usr/bin/time": "time", "jq": "jq"}


def groups():
    """package -> the group that it stands in"""
    rows = [line.split() for line in (ROOT / "scripts/packages.txt").read_text(encoding="utf-8").splitlines()]
    return {row[0]: row[1] for row in rows if row and row[0] != "#" and len(row) == 2}


def complaints(text, listed):
    asked = {word for line in re.findall(r"ensure_packages ([a-z ]+)", text) for word in line.split()}
    code = re.sub(r"(?m)^\s*#.*$", "", text)
    for command, package in PACKAGES.items():
        if re.search(rf"(?<![\w/.-]){command}(?![\w.-])", code.replace("/usr/bin/python3", "python3")) and listed.get(package) not in asked:
            yield f"runs {command}, and does not ask for the group {listed.get(package)} of {package}"


def main():
    listed = groups()
    scripts = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "bench").glob("*.sh"))}
    own = {path: text for path, text in scripts.items() if "ensure_packages" in text} # the others hand over to one of these
    found = [f"{path.relative_to(ROOT)}: {words}" for path, text in own.items() for words in complaints(text, listed)]
    if not own or not list(complaints("ensure_packages build bench\ncount_instructions x", listed)):
        found.append("bench.py: sees nothing")
    print("\n".join(found))
    sys.exit(1 if found else 0)


main()
