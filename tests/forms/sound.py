#!/usr/bin/env python3
"""A form that is consistent throughout says 没有问题, in every template and every rendition.

usage: sound.py ZIPING

Sound are the golden cases without an expected finding.  All their inputs are checked in one run, and again as `convert` draws
them (HTML, Markdown, Excel): the run must end with 没有问题.  Rules between forms are not asked: the renditions are one form.
Every template of rules/labels.yaml must be among them, and every format.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests/golden"
FORMATS = {"text", "html", "markdown", "pdf", "docx", "xlsx"}  # OFD: tests/ofd
DRAWN = {"html": "html", "markdown": "md", "xlsx": "xlsx"}


def is_sound(case):
    """Its expectation is empty, and it is one form (or several) and not a document without any."""
    findings, expected = case / "expected.findings", case / "expected.json"
    return findings.is_file() and expected.is_file() and not findings.read_text(encoding="utf-8").strip() and '"template"' in expected.read_text(encoding="utf-8")


def templates():
    """The ids of rules/labels.yaml."""
    text = (ROOT / "rules/labels.yaml").read_text(encoding="utf-8")
    return set(re.findall(r"^\s+-? ?\{? ?id: ([a-z][a-z0-9-]*)", text[text.index("\ntemplates:"):], re.M))


def run(ziping, *arguments):
    done = subprocess.run([ziping, *map(str, arguments)], capture_output=True, timeout=250)
    return done.returncode, done.stdout.decode()


def complaints_of(ziping, what, files):
    code, text = run(ziping, "check", "--no-config", "--lang", "zh", "--ignore", "X", *files)
    if code == 0 and text.rstrip().endswith("；没有问题") and text.count("\n") == 1:
        return []
    return [f"{what}: exit {code}:\n{text[-2000:]}"]


def main():
    ziping = sys.argv[1]
    cases = sorted(case for case in GOLDEN.iterdir() if is_sound(case))
    files = [path for case in cases for path in sorted(case.glob("input.*"))]
    answer = json.loads(run(ziping, "convert", *files)[1])["files"]
    complaints = complaints_of(ziping, "as printed", files)
    seen = {form["template"] for file in answer for form in file["forms"]}
    complaints += [f"no consistent form of the template {name}" for name in sorted(templates() - seen)]
    complaints += [f"no consistent form as {name}" for name in sorted(FORMATS - {file["format"] for file in answer})]
    with tempfile.TemporaryDirectory() as folder:
        for to, suffix in DRAWN.items():
            drawn = Path(folder) / f"drawn.{suffix}"
            run(ziping, "convert", "--to", to, "-o", drawn, *(next(iter(sorted(case.glob("input.*")))) for case in cases))
            complaints += complaints_of(ziping, f"drawn as {to}", [drawn])
    print(*complaints, f"{len(cases)} consistent forms in {len(files)} files, {len(seen)} templates", sep="\n")
    sys.exit(1 if complaints or not templates() else 0)


main()
