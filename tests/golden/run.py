#!/usr/bin/env python3
"""Runs golden cases: what `ziping` makes of each input, against what the case says is true.

usage: run.py [--ziping PROGRAM] [--update] CASE…     CASE: a folder of tests/golden, or its name

A case is a folder:
  NOTE                    what the case guards, and where its input is from
  input.*                 the same form(s) in one or more formats; of input.layout*.txt and *.pdf, where a
                          gap may be a space or not, white space is not compared
  expected.json           what `convert` says, the same for every input; without what differs between
                          formats (path, sha256, format, repairs, the places `at`) or between versions
  expected.findings       what `check` says, the same for every input, a sorted line each:
                          `FORM CODE SEVERITY POINTER HABIT`, FORM from 0 and `-` where there is none;
                          checks that could not be made stand there too, as `not-evaluable`
  expected.repairs.EXT    the repairs of input.EXT: `FORM CODE POINTER`, in their order;
                          no such file: no repairs

--update rewrites the expectation from the first input; read it before you keep it: it is a claim about the
printed form, not a dump of what the program does.
"""
import argparse
import difflib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VARYING = {"at", "reading", "path", "sha256", "format", "version", "rulebook", "repairs", "message", "schema"}


def ask(ziping, *arguments):
    """The files of a JSON answer."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
    done = subprocess.run([ziping, *arguments], capture_output=True, timeout=120, env=environment)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"{' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return json.loads(done.stdout)["files"]


def stripped(node):
    if isinstance(node, dict):
        return {key: stripped(value) for key, value in node.items() if key not in VARYING}
    return [stripped(item) for item in node] if isinstance(node, list) else node


def is_flat(node):
    return not any(isinstance(item, (dict, list)) for item in (node.values() if isinstance(node, dict) else node))


def dump(node, indent=0):
    """JSON with every value `V` on a line of its own, so that a row reads like the printed one."""
    if not isinstance(node, (dict, list)) or not node or (isinstance(node, dict) and is_flat(node) and "text" in node):
        return json.dumps(node, ensure_ascii=False)
    pad = "\n" + " " * (indent + 1)
    if isinstance(node, dict):
        inside = [f"{json.dumps(key)}: {dump(value, indent + 1)}" for key, value in node.items()]
    else:
        inside = [dump(item, indent + 1) for item in node]
    left, right = "{}" if isinstance(node, dict) else "[]"
    return left + pad + ("," + pad).join(inside) + "\n" + " " * indent + right


def finding_lines(checked):
    lines = []
    for finding in checked["findings"]:
        if any(other["path"] != checked["path"] for other in finding.get("related", [])):
            continue  # another rendition of the same form
        form = "-" if finding["form"] is None else finding["form"]
        lines.append(f"{form} {finding['code']} {finding['severity']} {finding['pointer'] or '-'} {finding.get('habit') or '-'}")
    for skipped in checked["not_evaluable"]:
        if skipped["code"].startswith("X") and len(checked["forms"]) == 1:
            continue  # likewise: a form alone is compared with nothing
        lines.append(f"{skipped['form']} {skipped['code']} not-evaluable {skipped['pointer'] or '-'} -")
    return sorted(lines)


def repair_lines(converted):
    return [f"{form['index']} {repair['code']} {repair['pointer'] or '-'}"
            for form in converted["forms"] for repair in form["repairs"]]


def as_text(lines):
    return "".join(line + "\n" for line in lines)


def answers(ziping, sources):
    """For each input: file name of an expectation -> what the program says of this input."""
    forms = ask(ziping, "convert", "--to", "json", *sources)
    has_several = any(len(converted["forms"]) > 1 for converted in forms)  # the rules between forms of one file, then
    runs = [[source] for source in sources] if has_several else [sources]
    findings = [checked for run in runs for checked in ask(ziping, "check", "--format", "json", *run)]
    for source, converted, checked in zip(sources, forms, findings, strict=True):
        extension = source.name.partition(".")[2]
        yield {"expected.json": dump(stripped(converted)) + "\n",
               "expected.findings": as_text(finding_lines(checked)),
               f"expected.repairs.{extension}": as_text(repair_lines(converted))}


def inputs_of(case):
    inputs = sorted(case.glob("input.*"))
    if not inputs or not (case / "NOTE").is_file():
        sys.exit(f"{case}: a case needs a NOTE and an input.*")
    return inputs


def without_spaces(text):
    """JSON lines with the white space inside their strings taken out."""
    return re.sub(r'"(?:[^"\\\\]|\\\\.)*"', lambda match: re.sub(r"\s", "", match.group()), text)


def compare(case, source, answer):
    """The differences of one input, as lines."""
    out = []
    has_gaps = source.name.startswith("input.layout") or source.suffix == ".pdf"
    for name, got in answer.items():
        file = case / name
        want = file.read_text(encoding="utf-8") if file.is_file() else ""
        if has_gaps and name.endswith(".json"):
            want, got = without_spaces(want), without_spaces(got)
        out += difflib.unified_diff(want.splitlines(), got.splitlines(), f"{case.name}/{name}", f"from {source.name}",
                                    lineterm="", n=2)
    return out


def update(ziping, case):
    for number, answer in enumerate(answers(ziping, inputs_of(case))):
        for name, got in answer.items():
            if ".repairs." in name and not got:
                (case / name).unlink(missing_ok=True)
            elif ".repairs." in name or number == 0:
                (case / name).write_text(got, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description="run golden cases")
    parser.add_argument("--ziping", default=HERE.parents[1] / "build/dev/ziping")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("case", nargs="+")
    arguments = parser.parse_args()
    bad = 0
    for given in arguments.case:
        case = Path(given) if Path(given).is_dir() else HERE / given
        if arguments.update:
            update(arguments.ziping, case)
            continue
        sources = inputs_of(case)
        for source, answer in zip(sources, answers(arguments.ziping, sources)):
            differences = compare(case, source, answer)
            bad += bool(differences)
            print(f"{case.name}/{source.name}: {'differs' if differences else 'ok'}", *differences, sep="\n")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
