#!/usr/bin/env python3
"""`ziping fix` on the seed forms in every dialect of tests/renditions: what the forms say must stay.

usage: fix.py ZIPING

Word and Excel files of the golden seeds too. A safe copy must be read as the original is, but for white space and the spelling of comparators; an unsafe one in
all but the figures that were recomputed. Tags, separators and line ends stay as they are.
"""
import difflib
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/renditions"))
import render  # noqa: E402

VARYING = ("at", "repairs", "path", "sha256", "status", "op", "reading")
SIGNS = [(">=", "≥"), ("<=", "≤"), ("＞＝", "≥"), ("＜＝", "≤"), ("＝", "="), ("＞", ">"), ("＜", "<")]


def meaning(node, is_unsafe, key=None):
    """What a form says; an unsafe copy may differ in rates, scores and the sign of an actual value."""
    if is_unsafe and key in ("rate", "score"):
        return None
    if isinstance(node, dict):
        return {name: meaning(value, is_unsafe, name if key != "actual" else key)
                for name, value in node.items() if name not in VARYING}
    if isinstance(node, list):
        return [meaning(item, is_unsafe, key) for item in node]
    if isinstance(node, str):
        node = re.sub(r"\s", "", node)
        for printed, usual in SIGNS:
            node = node.replace(printed, usual)
        return node.lstrip("≥≤<>=") if is_unsafe and key == "actual" else node
    return node


def forms_of(ziping, path):
    done = subprocess.run([ziping, "convert", "--no-config", path], capture_output=True, timeout=120)
    return [form for file in json.loads(done.stdout)["files"] for form in file["forms"]]


def fix(ziping, path, copy, *options):
    done = subprocess.run([ziping, "fix", "--no-config", "--quiet", path, "-o", copy, *options], capture_output=True, timeout=120)
    if done.returncode != 0:
        return f"exit {done.returncode}: {done.stderr.decode(errors='replace')[:200]}", 0
    return None, len(re.findall(rb"^\+ ", done.stdout, re.M))


def skeleton(data, suffix):
    """What a mend must never touch: tags; separators and line ends, line by line."""
    if suffix in (".docx", ".xlsx"):  # all but one part, and of that the tags
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return {name: re.findall(rb"<[^>]*>", package.read(name)) if name in ("word/document.xml", "xl/worksheets/sheet1.xml")
                    else package.read(name) for name in package.namelist()}
    if suffix == ".html":
        return re.findall(rb"<[^>]*>", data)
    return [re.findall(rb"[\t|+\r]", line) for line in data.split(b"\n")]


def complaints(ziping, path, folder):
    before = path.read_bytes()
    for options, is_unsafe in ([], False), (["--unsafe"], True):
        copy = folder / ("copy" + path.suffix)
        wrong, count = fix(ziping, path, copy, *options)
        if wrong:
            yield f"{options}: {wrong}"
            return
        if path.read_bytes() != before:
            yield "the original was touched"
        one, two = (meaning(forms_of(ziping, name), is_unsafe) for name in (path, copy))
        if one != two:
            difference = [line for line in difflib.unified_diff(*(json.dumps(x, ensure_ascii=False, indent=0).split("\n") for x in (one, two)), n=0)][3:9]
            yield f"{options}: the copy says something else: {difference}"
        if skeleton(before, path.suffix) != skeleton(copy.read_bytes(), path.suffix):
            yield f"{options}: tags, separators or line ends changed"
        TOTAL[path.suffix] = TOTAL.get(path.suffix, 0) + count


TOTAL = {}


def main():
    ziping, bad = sys.argv[1], 0
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        sys.argv = ["render.py", str(folder / "in")]
        render.main()
        paths = sorted((folder / "in").iterdir()) + sorted(ROOT.glob("tests/golden/seed-*/input.docx")) + sorted(ROOT.glob("tests/golden/seed-*/input.xlsx"))
        for path in paths:
            for complaint in complaints(ziping, path, folder):
                bad += 1
                print(f"{path.parent.name}/{path.name}: {complaint}"[:700])
    print(f"{len(paths)} files, mends: {TOTAL}, {bad} wrong")
    sys.exit(1 if bad or min(TOTAL.get(suffix, 0) for suffix in [*render.FORMATS, ".docx", ".xlsx"]) == 0 else 0)


main()
