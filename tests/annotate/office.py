#!/usr/bin/env python3
"""LibreOffice opens marked copies, with the comments at the cells that findings are about.  Exit 77 without it.

usage: office.py ZIPING
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
from pathlib import Path

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def words(node, skipped=None):
    """The text of an element without that of one kind of element in it."""
    out = [node.text or ""]
    for child in node:
        if child.tag != skipped:
            out.append(words(child, skipped))
        out.append(child.tail or "")
    return "".join(out)


def comments(path):
    """(what is said, text of its cell) of each comment."""
    for cell in tree.parse(path).iter(TABLE + "table-cell"):
        for note in cell.iter(OFFICE + "annotation"):
            yield re.sub(r"\s", "", words(note)), re.sub(r"\s", "", words(cell, OFFICE + "annotation"))


def main():
    if not shutil.which("soffice"):
        sys.exit(77)
    bad = 0
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
    with tempfile.TemporaryDirectory() as scratch:
        marked = Path(scratch) / "marked"
        sources = [GOLDEN / "seed-1/input.docx", GOLDEN / "seed-1/input.xlsx"]
        done = subprocess.run([sys.argv[1], "check", *sources, "--lang", "zh", "--format", "json", "--annotate-dir", marked],
                              capture_output=True, env=environment, timeout=100)
        report = json.loads(done.stdout)["files"]
        for source, kind, entry in zip(sources, ("fodt", "fods"), report, strict=True):
            subprocess.run(["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to", kind,
                            "--outdir", scratch, marked / source.name], check=True, capture_output=True, timeout=280)
            found = list(comments(Path(scratch) / f"{source.stem}.{kind}"))
            for finding in entry["findings"]:
                message = re.sub(r"\s", "", finding["message"])
                stated = re.sub(r"\s", "", finding["stated"] or "")
                cells = [cell for said, cell in found if message in said]
                if finding["at"]["row"] and not any(cell and (cell in stated or stated in cell) for cell in cells):
                    print(f"{source.name}: {finding['code']} {finding['pointer']}: {stated!r} is not in {cells}")
                    bad += 1
    print(f"{bad} bad")
    sys.exit(bad > 0)


main()
