#!/usr/bin/env python3
"""Reads the kept text prints and counts what became of them, a line a layout.

usage: run.py [--ziping PROGRAM] [dev|held] [--all | --update] [--show K] [LAYOUT…]

    exact     every field right, nothing in doubt
    needless  every field right, but a D05 warning
    said      some field wrong, each one named by a D04 or D05: its text, its row, its line or its block
    SILENT    some field wrong without a word at its place

White space is not compared: a gap in a print may be a space or not. `scoreboard.json` keeps the verdict of each dev
print and the counts of each held layout; exact may only rise and silent only fall. Without options a sample of the dev
prints is compared with it (exit 1 if worse); --all compares all, --update writes the scoreboard anew where no layout is
worse. --show prints the first K silent dev prints. Of `held` only counts are ever shown: a reader that is tuned on its
cases measures nothing. collect.py makes the prints.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tests/forms"))
import invent_compare  # noqa: E402
from invent_template import Want  # noqa: E402

SCOREBOARD = HERE / "scoreboard.json"
KINDS = {"exact": "e", "needless": "n", "said": "s", "silent": "x"}
SAMPLE_EVERY = 15


class Truth:
    def __init__(self, data):
        self.want = {path: Want(texts[0], None, tuple(texts[1:])) for path, texts in data["want"].items()}
        self.n_funds, self.n_indicators, self.block_places = data["n_funds"], data["n_indicators"], []


class OneForm:
    def __init__(self, truth):
        self.forms = [truth]


def truths(folder):
    lines = (folder / "truth.ndjson").read_text(encoding="utf-8").splitlines()
    return {data["name"]: Truth(data) for data in map(json.loads, lines)}


def prints(path):
    """name → text, in their order."""
    parts = re.split(r"(?m)^##### (.*)\n", path.read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], parts[2::2]))


def ask(ziping, texts):
    """name → (the file's object of convert, its findings)"""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            (Path(folder) / f"{name}.txt").write_text(text, encoding="utf-8")
        out = []
        for command in (["convert"], ["check", "--format", "json"]):
            done = subprocess.run([ziping, *command, folder], capture_output=True, check=False, env=environment)
            out.append({Path(file["path"]).stem: file for file in json.loads(done.stdout)["files"]})
    return {name: (file, out[1][name]["findings"]) for name, file in out[0].items()}


def verdicts(ziping, truth_of, texts):
    """name → Verdict"""
    got = ask(ziping, texts)
    out = {}
    for name in texts:
        verdict = invent_compare.judge(OneForm(truth_of[name]), {}, *got[name])
        verdict.kind = "silent" if verdict.kind == "mended" else verdict.kind
        out[name] = verdict
    return out


def show(layout, name, verdict):
    print(f"== {layout}, {name}")
    for wrong in [wrong for wrong in verdict.wrong if not wrong.said][:8]:
        print(f"   {wrong.path}: expected {wrong.expected!r}, read {wrong.read!r}")


def count(letters):
    return {kind: letters.count(letter) for kind, letter in KINDS.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ziping", default=str(ROOT / "build/dev/ziping"))
    parser.add_argument("set", nargs="?", choices=["dev", "held"])
    parser.add_argument("layout", nargs="*")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--show", type=int, default=0)
    arguments = parser.parse_args()
    is_sample = not (arguments.all or arguments.update or arguments.layout or arguments.set)
    board, worse = json.loads(SCOREBOARD.read_text()) if SCOREBOARD.is_file() else {}, []
    for which in [arguments.set] if arguments.set else ["dev"] if is_sample else ["dev", "held"]:
        truth_of, kept, sums = truths(HERE / which), board.setdefault(which, {}), collections.Counter()
        for path in sorted((HERE / which).glob("*.txt")):
            if arguments.layout and path.stem not in arguments.layout:
                continue
            texts = prints(path)
            picked = list(texts)[::SAMPLE_EVERY] if is_sample else list(texts)
            got = verdicts(arguments.ziping, truth_of, {name: texts[name] for name in picked})
            letters = "".join(KINDS[got[name].kind] for name in picked)
            counts, fields = count(letters), sum(verdict.n_fields for verdict in got.values())
            right = fields - sum(len(verdict.wrong) for verdict in got.values())
            print(f"{which} {path.stem:28s} {len(picked):4d} prints  fields {100 * right / fields:6.2f} %  " + "  ".join(f"{kind} {n:3d}" for kind, n in counts.items()), flush=True)
            sums.update(counts)
            then = kept.get(path.stem)
            if then is not None:
                then = count(then[::SAMPLE_EVERY] if is_sample else then) if which == "dev" else then
                if counts["exact"] < then["exact"] or counts["silent"] > then["silent"]:
                    worse.append(f"{which} {path.stem}: {counts['exact']} exact, {counts['silent']} silent where {then['exact']} and {then['silent']} are kept")
            kept[path.stem] = letters if which == "dev" else counts
            for name in [name for name in picked if got[name].kind == "silent" and which == "dev"][:arguments.show]:
                show(path.stem, name, got[name])
        print(f"{which} in all: " + ", ".join(f"{kind} {sums[kind]}" for kind in KINDS))
    print(*worse, sep="\n")
    if arguments.update and not worse:
        SCOREBOARD.write_text(json.dumps(board, indent=1) + "\n")
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
