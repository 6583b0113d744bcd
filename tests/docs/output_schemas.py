#!/usr/bin/env python3
"""docs/convert.schema.json, check.schema.json and ledger.schema.json: what the program prints fits them, what it must not print does not.

usage: output_schemas.py ZIPING [--all]

Without --all every fifth golden input is tried, in the order of their names.
"""
import copy
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
STEP = 5
RUNS = {
    "convert": ["convert"],
    "check": ["check", "--format", "json", "--statistics"],
}
LEDGER = """2023年度项目支出绩效自评结果汇总表
金额单位：万元
序号\t项目名称\t预算单位\t全年预算数\t全年执行数\t执行率\t自评得分
1\t社区技能培训\t市培训中心\t180.00\t171.00\t95.00%\t99.5
2\t3号楼改造\t市机关事务局\t90.50\t—\t0.00%\t
"""


def value(change):
    """A change of the first fund's budget."""
    def change_it(output):
        change(next(form for file in output["files"] for form in file["forms"] if form["funds"])["funds"][0]["budget"])
    return change_it


def put(key, what):
    return lambda thing: thing.__setitem__(key, what)


def first_file(change):
    return lambda output: change(next(file for file in output["files"] if file["forms"]))


def first_form(change):
    return first_file(lambda file: change(file["forms"][0]))


def first_finding(change):
    return lambda output: change(next(file for file in output["files"] if file["findings"])["findings"][0])


# Each spoils a good output: the contract knows no such thing.
SPOILT = {
    "convert": {
        "a figure as a number": value(put("value", 3)),
        "a grouped figure": value(put("value", "1,000")),
        "an exponent": value(put("value", "1e3")),
        "an unknown comparison": value(put("op", "about")),
        "a place that counts from minus one": value(lambda v: v["at"].__setitem__("row", -1)),
        "a missing key": value(lambda v: v.pop("approx")),
        "a key of nobody's": first_form(put("colour", "red")),
        "no funds at all": first_form(lambda form: form.pop("funds")),
        "another schema": put("schema", "ziping/convert/2"),
        "a digest that is none": first_file(put("sha256", "abc")),
        "a format of nobody's": first_file(put("format", "wps")),
        "a pointer that is none": first_form(put("repairs", [{"code": "R02", "name": "split-cell", "pointer": "x", "detail": ""}])),
    },
    "check": {
        "a severity of nobody's": first_finding(put("severity", "fatal")),
        "a code of nobody's": first_finding(put("code", "F1")),
        "no place": first_finding(lambda finding: finding.pop("at")),
        "a kind of nobody's": first_finding(put("kind", "odd")),
        "no summary": lambda output: output.pop("summary"),
        "a count below nothing": lambda output: output["summary"].__setitem__("error", -1),
        "a form without its counts": first_form(lambda form: form.pop("checks")),
        "no word of what was not judged": lambda output: output["summary"].pop("unjudged"),
        "no word of what was not read": lambda output: output["summary"].pop("unread"),
        "another schema": put("schema", "ziping/convert/1"),
    },
    "ledger": {
        "a figure as a number": lambda output: output["rows"][0]["budget"].__setitem__("value", 180),
        "a row without its score": lambda output: output["rows"][0].pop("score"),
        "a column of nobody's": lambda output: output["rows"][0].__setitem__("remarks", None),
        "no rows": lambda output: output.pop("rows"),
        "another schema": put("schema", "ziping/convert/1"),
    },
}


def inputs(step):
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests/golden").glob("*/input.*"))[::step]


def run(ziping, arguments, files):
    done = subprocess.run([ziping, *arguments, *files], cwd=ROOT, capture_output=True, check=False)
    return json.loads(done.stdout)


def validator_of(name):
    schema = json.loads((ROOT / f"docs/{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def wrong_in(name, output):
    """What of an output does not fit."""
    return [f"{name}: {'/'.join(map(str, error.path))}: {error.message[:200]}" for error in validator_of(name).iter_errors(output)]


def passing_spoilt(name, small):
    """Which of the spoilt outputs fit."""
    for what, spoil in SPOILT[name].items():
        spoilt = copy.deepcopy(small)
        spoil(spoilt)
        if validator_of(name).is_valid(spoilt):
            yield f"{name}: {what} passes"


def ledgers(ziping):
    """A ledger, and one that cannot be read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.txt"
        path.write_text(LEDGER, encoding="utf-8")
        return run(ziping, ["convert", "--ledger"], [str(path)]), run(ziping, ["convert", "--ledger"], ["missing.html"])


def main():
    ziping, step = str(Path(sys.argv[1]).resolve()), 1 if "--all" in sys.argv else STEP
    wrong, count = [], 0
    files = [*inputs(step), "missing.html"]
    for name, arguments in RUNS.items():
        output = run(ziping, arguments, files)
        count += len(output["files"])
        wrong += wrong_in(name, output)
        wrong += passing_spoilt(name, run(ziping, arguments, files[:3]))
    ledger, failed = ledgers(ziping)
    if len(ledger["rows"]) != 2 or failed["status"] != "failed":
        wrong.append("ledger: not read as it should be")
    wrong += [*wrong_in("ledger", ledger), *wrong_in("ledger", failed), *passing_spoilt("ledger", ledger)]
    print(*wrong, f"{count} files and {sum(map(len, SPOILT.values()))} spoilt outputs tried, {len(wrong)} wrong", sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
