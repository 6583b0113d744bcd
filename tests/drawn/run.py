#!/usr/bin/env python3
"""Forms that `convert --to html|markdown|xlsx` draws again say, read back, what was read first.

usage: run.py [--ziping PROGRAM] [--show N] [FILE…]     default: an input of every golden case

All files are converted in one start, to JSON and to each of the formats; a second start reads these three back.
A form is compared without what a format has of its own: index, places `at`, repairs, `reading`.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
GOLDEN = HERE.parent / "golden"
FORMATS = {"html": "html", "markdown": "md", "xlsx": "xlsx"}
VARYING = {"index", "at", "reading", "repairs"}
# Its cells run together, so names of the form's own blocks stand there as labels of stray texts (said by D05); no
# clean form can print them in such a place.  In the three behind it, figures that no field takes are labelled by their row's label and
# their column's head with a blank between, which is none any more where the pair stands in one cell.  In the one behind them the rows of a
# section have no cell of their own for the score.  In the last, what the
# printed form keeps aside (the amounts of the year before, 目标 as the label of a section) is named as its own fields
# are, and taken for them where it stands in a clean form.
UNDRAWABLE = {"seed-2-glued", "strange-rows", "guessed-many", "strange-issuers", "strange-sections", "strange-heads"}


def ask(ziping, *arguments):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
    done = subprocess.run([ziping, *map(str, arguments)], capture_output=True, timeout=280, env=environment)
    if done.returncode not in (0, 3):
        sys.exit(f"exit {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return done.stdout


def stripped(node):
    if isinstance(node, dict):
        return {key: stripped(value) for key, value in node.items() if key not in VARYING}
    return [stripped(item) for item in node] if isinstance(node, list) else node


def differences(want, got, path=""):
    if type(want) is not type(got):
        yield f"{path}: {json.dumps(want, ensure_ascii=False)} became {json.dumps(got, ensure_ascii=False)}"
    elif isinstance(want, dict):
        for key in [*want, *(key for key in got if key not in want)]:
            yield from differences(want.get(key, "nothing"), got.get(key, "nothing"), f"{path}/{key}")
    elif isinstance(want, list):
        if len(want) != len(got):
            yield f"{path}: {len(want)} became {len(got)}"
        for k, (one, other) in enumerate(zip(want, got)):
            yield from differences(one, other, f"{path}/{k}")
    elif want != got:
        yield f"{path}: {want!r} became {got!r}"


def first_inputs():
    for case in sorted(GOLDEN.iterdir()):
        inputs = sorted(case.glob("input.*"), key=lambda file: (file.name != "input.txt", file.name))
        if inputs and case.name not in UNDRAWABLE:
            yield inputs[0]


def main():
    parser = argparse.ArgumentParser(description="draw forms again and read them back")
    parser.add_argument("--ziping", default=HERE.parents[1] / "build/dev/ziping")
    parser.add_argument("--show", type=int, default=10, help="differences shown of a form")
    parser.add_argument("--keep", type=Path, help="a folder for what is drawn")
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        drawn = {name: folder / f"drawn.{suffix}" for name, suffix in FORMATS.items()}
        outputs = [word for name, path in drawn.items() for word in ("--to", f"{name}={path}")]
        files = json.loads(ask(arguments.ziping, "convert", "--to", "json", *outputs,
                               *(arguments.files or first_inputs())))["files"]
        want = [(file["path"], form) for file in files for form in file["forms"]]
        back = json.loads(ask(arguments.ziping, "convert", *drawn.values()))["files"]
    bad = 0
    for file in back:
        if len(file["forms"]) != len(want):
            print(f"{file['format']}: {len(want)} forms became {len(file['forms'])}")
            bad += 1
        for (path, form), other in zip(want, file["forms"]):
            found = list(differences(stripped(form), stripped(other)))
            bad += bool(found)
            for line in found[:arguments.show]:
                print(f"{file['format']}: {path} {form['index']}: {line}")
    print(f"{len(want)} forms in {len(back)} formats, {bad} differ")
    sys.exit(bad > 0 or not want)


main()
