#!/usr/bin/python3
"""Prints golden cases as OFD by writer.py and compares what ziping reads with what the cases say is true.

usage: golden.py ZIPING [--all] [--keep FOLDER] [CASE…]    a case in one way, and the next one in the next; --all: every case in every way

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

BATCH = 100  # files of one run


def cases():
    """Cases that are tables, which those with a Word file and a text are."""
    return [folder for folder in sorted(GOLDEN.iterdir())
            if (folder / "input.docx").is_file() and ((folder / "input.txt").is_file() or folder.name.startswith(("form-", "seed-")))]


def blocks_of(case):
    """Its tables; of the seed forms, which stand in text without their spans, the hand-checked ones."""
    seed = re.fullmatch(r"seed-([1-7])", case.name)
    if not seed:
        return golden_office.blocks_of(case)
    forms = json.loads((HERE.parent / "truth/grid.json").read_text(encoding="utf-8"))
    return [("table", forms[int(seed[1]) - 1])]


def answers(ziping, sources):
    """For each source what run.py's cases expect, in as few runs as can be: rules between forms see only files of several forms alone."""
    converted = run.ask(ziping, "convert", "--to", "json", *sources)
    alone = [source for source, file in zip(sources, converted, strict=True) if len(file["forms"]) < 2]
    checked = dict(zip(alone, run.ask(ziping, "check", "--format", "json", *alone) if alone else [], strict=True))
    for source, file in zip(sources, converted, strict=True):
        findings = checked.get(source) or run.ask(ziping, "check", "--format", "json", source)[0]
        yield {"expected.json": run.dump(run.stripped(file)) + "\n",
               "expected.findings": run.as_text(run.finding_lines(findings)),
               "expected.repairs.docx": run.as_text(run.repair_lines(file))}


def differences(case, answer, way):
    """Lines that differ; white space is not compared, for a line may end anywhere."""
    out = []
    for name, got in answer.items():
        file = case / name
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
    parser.add_argument("--keep", type=Path)
    parser.add_argument("case", nargs="*")
    arguments = parser.parse_args()
    bad, printed = 0, []
    with tempfile.TemporaryDirectory() as folder:
        for k, case in enumerate(cases()):
            if arguments.case and case.name not in arguments.case:
                continue
            for way in writer.WAYS if arguments.all else [writer.WAYS[k % len(writer.WAYS)]]:
                source = (arguments.keep or Path(folder)) / f"{case.name}-{way}.ofd"
                source.write_bytes(writer.document(blocks_of(case), way))
                printed.append((case, way, source))
        sources = [source for *_, source in printed]
        read = [answer for k in range(0, len(sources), BATCH) for answer in answers(arguments.ziping, sources[k:k + BATCH])]
        for (case, way, _), answer in zip(printed, read, strict=True):
            lines = differences(case, answer, way)
            print(*lines[:12], sep="\n", end="\n" if lines else "")
            bad += bool(lines)
    print(f"{len(printed) - bad} of {len(printed)} exact")
    sys.exit(1 if bad or not printed else 0)


main()
