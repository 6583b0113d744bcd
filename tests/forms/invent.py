#!/usr/bin/python3
"""Invents templates nobody has printed and counts what ziping reads of them, field by field.

usage: invent.py [--ziping PROGRAM] [--seed N] [--count N] [--renditions A,B…] [--show K] [--keep DIR] [--json FILE]

Each seed draws a template (invent_template.py), fills it, prints it in every rendition (invent_print.py) and compares
what `ziping convert` and `check` say with what was printed. A rendition's line counts its documents:

    exact     every field right, and nothing in doubt
    needless  every field right, but a D05 warning
    said      some field wrong, each one named by a D04 or D05: at its row, at its block's heads, or by its text
    mended    some field wrong and unnamed, but every one of them has an R06 or R07 in its block
    SILENT    some field wrong without a word at its place
    no form   D01 or D02: said, but the whole form lost (counted in `said` too)

`fields` is the share of fields that are right. What the contract leaves open is compared leniently: `extra` and
`other` by their texts alone. `--renditions pdf` prints with WeasyPrint too, which is slow. --show prints the first K silent cases: the file, each wrong field, expected and read.
Debian's own Python runs it, because its packages hold the writers of Word and Excel files.
"""
import argparse
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
import invent_compare  # noqa: E402
from invent_print import ON_DEMAND, RENDITIONS  # noqa: E402
from invent_template import Document  # noqa: E402

KINDS = ("exact", "needless", "said", "mended", "silent")


def answers(ziping, folder):
    """path → (the file's object of convert, its findings)"""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    out = []
    for command in (["convert"], ["check", "--format", "json"]):
        done = subprocess.run([ziping, *command, folder], capture_output=True, check=False, env=environment)
        if not done.stdout:
            sys.exit(f"{' '.join(command)}: {done.stderr.decode()}")
        out.append({file["path"]: file for file in json.loads(done.stdout)["files"]})
    return {path: (file, out[1][path]["findings"]) for path, file in out[0].items()}


class Tally:
    def __init__(self):
        self.kinds, self.fields, self.right, self.no_form = collections.Counter(), 0, 0, 0

    def add(self, verdict):
        self.kinds[verdict.kind] += 1
        self.fields += verdict.n_fields
        self.right += verdict.n_fields - min(len(verdict.wrong), verdict.n_fields)
        self.no_form += verdict.no_form

    def line(self, name):
        n = sum(self.kinds.values())
        counts = "  ".join(f"{kind} {self.kinds[kind]:4d}" for kind in KINDS[:-1])
        return f"{name:14s} {n:5d} documents  fields {100 * self.right / max(self.fields, 1):6.2f} %  {counts}  SILENT {self.kinds['silent']:4d}  no form {self.no_form}"

    def data(self):
        return {"documents": sum(self.kinds.values()), "fields": self.fields, "right": self.right, "no_form": self.no_form} | {kind: self.kinds[kind] for kind in KINDS}


def show(path, verdict):
    print(f"== {path}  ({verdict.kind})")
    for wrong in verdict.wrong[:12]:
        if verdict.kind != "silent" or not wrong.said:
            print(f"   {wrong.path}: expected {wrong.expected!r}, read {wrong.read!r}")
    if len(verdict.wrong) > 12:
        print(f"   … {len(verdict.wrong)} in all")


def batch(arguments, seeds, folder, tallies, shown):
    wanted = {}
    for seed in seeds:
        document = Document(seed)
        for name in arguments.renditions:
            suffix, write = (RENDITIONS | ON_DEMAND)[name]
            data, where = write(document)
            path = folder / f"{seed}.{name}{suffix}"
            path.write_bytes(data)
            wanted[str(path)] = (name, document, where)
    got = answers(arguments.ziping, folder)
    for path, (name, document, where) in wanted.items():
        verdict = invent_compare.judge(document, where, *got[path])
        tallies[name].add(verdict)
        if verdict.kind in arguments.kinds and len(shown) < arguments.show:
            shown.append(path)
            kept = Path(path)
            if arguments.keep:
                arguments.keep.mkdir(parents=True, exist_ok=True)
                kept = Path(shutil.copy(path, arguments.keep))
            show(kept, verdict)
        if arguments.log:
            for wrong in verdict.wrong:
                record = {"seed": document.seed, "rendition": name, "kind": verdict.kind, "path": wrong.path, "expected": wrong.expected, "read": wrong.read, "said": wrong.said}
                arguments.log.write(json.dumps(record, ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ziping", default=str(ROOT / "build/dev/ziping"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--renditions", type=lambda text: text.split(","), default=list(RENDITIONS))
    parser.add_argument("--show", type=int, default=0, help="print the first K silent documents")
    parser.add_argument("--kinds", type=lambda text: text.split(","), default=["silent"], help="what --show prints: " + ", ".join(KINDS))
    parser.add_argument("--keep", type=Path, help="keep the shown documents here")
    parser.add_argument("--json", type=Path, help="write the counts here")
    parser.add_argument("--log", type=argparse.FileType("w"), help="write each wrong field here, a line of JSON")
    arguments = parser.parse_args()
    tallies, shown = {name: Tally() for name in arguments.renditions}, []
    for first in range(arguments.seed, arguments.seed + arguments.count, 50):
        with tempfile.TemporaryDirectory() as folder:
            batch(arguments, range(first, min(first + 50, arguments.seed + arguments.count)), Path(folder), tallies, shown)
    for name, tally in tallies.items():
        print(tally.line(name))
    if arguments.json:
        arguments.json.write_text(json.dumps({name: tally.data() for name, tally in tallies.items()}, indent=1) + "\n")


if __name__ == "__main__":
    main()
