#!/usr/bin/python3
"""Prints golden cases as OFD by writer.py and compares what ziping reads with what the cases say is true.

usage: golden.py ZIPING [--all] [--every N] [--keep FOLDER] [CASE…]    a case in one way, and the next one in the next; --all: every case in every
way; --every: only each N-th case

Debian's own Python runs it, because the reader of the cases needs its packages.
"""
import argparse
import json
import re
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
GOLDEN = HERE.parent / "golden"
sys.path[:0] = [str(GOLDEN), str(HERE.parent / "renditions")]
import golden_office  # noqa: E402
import run  # noqa: E402
import writer  # noqa: E402


def cases():
    """Cases that are tables, which those with a Word file are."""
    return [folder for folder in sorted(GOLDEN.iterdir()) if (folder / "input.docx").is_file()]


def blocks_of(case):
    """Its tables; of the seed forms, which stand in text without their spans, the hand-checked ones."""
    seed = re.fullmatch(r"seed-([1-7])", case.name)
    if not seed:
        return golden_office.blocks_of(case)
    forms = json.loads((HERE.parent / "truth/grid.json").read_text(encoding="utf-8"))
    return [("table", forms[int(seed[1]) - 1])]


def differences(ziping, case, source, way):
    """Lines that differ; white space is not compared, for a line may end anywhere."""
    answer = next(iter(run.answers(ziping, [source])))
    out = []
    for name, got in answer.items():
        file = case / name.replace(".repairs.ofd", ".repairs.docx")
        want = file.read_text(encoding="utf-8") if file.is_file() else ""
        if name.endswith(".json"):
            want, got = run.without_spaces(want), run.without_spaces(got)
        out += [f"{case.name}, {way}, {name}: {sign}{line}" for sign, lines, others in
                (("-", want, got), ("+", got, want)) for line in lines.splitlines() if line not in others.splitlines()]
    return out


def main():
    parser = argparse.ArgumentParser(description="golden cases as OFD")
    parser.add_argument("ziping")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("case", nargs="*")
    arguments = parser.parse_args()
    bad = n = 0
    with tempfile.TemporaryDirectory() as folder:
        for k, case in enumerate(cases()):
            if (arguments.case and case.name not in arguments.case) or k % arguments.every:
                continue
            blocks = blocks_of(case)
            for way in writer.WAYS if arguments.all else [writer.WAYS[k // arguments.every % len(writer.WAYS)]]:
                source = (arguments.keep or Path(folder)) / ("input.ofd" if not arguments.keep else f"{case.name}-{way}.ofd")
                source.write_bytes(writer.document(blocks, way))
                lines = differences(arguments.ziping, case, source, way)
                print(*lines[:12], sep="\n", end="\n" if lines else "")
                bad, n = bad + bool(lines), n + 1
    print(f"{n - bad} of {n} exact")
    sys.exit(1 if bad or not n else 0)


main()
