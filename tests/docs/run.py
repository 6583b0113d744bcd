#!/usr/bin/env python3
"""Runs the commands that a paper prints and compares what they print.

usage: run.py [--ziping PROGRAM] [--update] PAPER…

Only blocks fenced as ```console are run: a line `$ COMMAND`, then what it prints (both streams). `…` stands
for any text within a line, a line `…` alone for any number of lines. Commands run in the project folder;
`ziping` and `scripts/run.sh` are the program under test. A line `$ echo $?` sees the command before it.

--update writes what the program prints into the paper, but for the commands whose output has a `…`. Read it.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)


def commands_of(block):
    """(command, printed lines) of a block."""
    out = []
    for line in block.splitlines():
        if line.startswith("$ "):
            out.append((line[2:], []))
        elif out:
            out[-1][1].append(line)
    return out


def as_pattern(lines):
    parts = []
    for line in lines:
        if line.strip() == "…":
            parts.append(r"(?:[^\n]*\n)*?")
        else:
            parts.append(".*".join(re.escape(piece.rstrip() if last else piece) for piece, last in pieces(line)) + r"[ \t]*\n")
    return re.compile("".join(parts))


def pieces(line):
    split = line.split("…")
    return [(piece, number == len(split) - 1) for number, piece in enumerate(split)]


def run_block(block, environment):
    """All commands of a block in one shell, so that `$?` works; a list of (command, printed lines, got)."""
    listed = commands_of(block)
    mark = "--next-command--"
    as_tested = [re.sub(r"^scripts/run\.sh\b", "ziping", command) for command, _ in listed]
    script = "".join(f"{command}\n{{ zp_code=$?; printf '%s\\n' {mark}; (exit $zp_code); }}\n" for command in as_tested)
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=300)
    got = done.stdout.decode(errors="replace").split(mark + "\n")
    return [(command, lines, got[number] if number < len(got) else "") for number, (command, lines) in enumerate(listed)]


def rewritten(results):
    """The block as --update leaves it."""
    keep = lambda lines: any("…" in line for line in lines)
    return "".join(f"$ {command}\n" + ("".join(line + "\n" for line in lines) if keep(lines) else got)
                   for command, lines, got in results)


def try_paper(paper, environment, is_update):
    """How many commands the paper has, and how many of them print something else."""
    text = paper.read_text(encoding="utf-8")
    count = bad = 0
    for block in BLOCK.findall(text):
        results = run_block(block, environment)
        count += len(results)
        if is_update:
            text = text.replace(block, rewritten(results))
            continue
        for command, lines, got in results:
            if not as_pattern(lines).fullmatch(got):
                bad += 1
                print(f"{paper.name}: $ {command}\n-- printed in the paper:", *lines, "-- printed by the program:", got, sep="\n")
    if is_update:
        paper.write_text(text, encoding="utf-8")
    return count, bad


def main():
    parser = argparse.ArgumentParser(description="run the commands of a paper")
    parser.add_argument("--ziping", default=ROOT / "build/dev/ziping")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("paper", nargs="+")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "ziping").symlink_to(Path(arguments.ziping).resolve())
        environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
        counts = [try_paper(ROOT / paper, environment, arguments.update) for paper in arguments.paper]
    count, bad = (sum(column) for column in zip(*counts))
    print(f"{count} commands, {bad} differ")
    sys.exit(1 if bad else 0)


main()
