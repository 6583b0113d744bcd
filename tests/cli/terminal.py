#!/usr/bin/env python3
"""On a pseudo-terminal: no command shows bytes that are no text; each ends with 2 and says what to do.

usage: terminal.py ZIPING
"""
import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORM = str(ROOT / "tests/golden/seed-3/input.txt")

# What is asked, and a word of the answer; TTY stands for the terminal's own name.
REFUSED = {
    "convert FORM --to xlsx": "--to xlsx",
    "convert FORM --to sqlite": "--to sqlite",
    "convert FORM --to sqlite=-": "--to sqlite",
    "convert FORM --to json=out.json --to sqlite=/dev/tty": "--to sqlite",
    "convert FORM --to xlsx -o TTY": "--to xlsx",
    "check FORM --format xlsx": "--format xlsx",
    "check FORM --format sqlite": "--format sqlite",
    "check FORM --shard 1/2": "--shard",
    "archive export --db a.db --to xlsx": "--to xlsx",
    "archive show 1 --db a.db --format original": "--format original",
    "fix FORM": "-o",
    "fix FORM -o -": "-o",
    "annotate FORM -o -": "-o",
}
# The same where they do not go to the terminal, and text that does.
TAKEN = ["convert FORM --to sqlite=taken.db", "convert FORM --to xlsx -o taken.xlsx", "check FORM --shard 1/2 -o taken.rec", "check FORM --format json",
         "archive show 1 --db a.db", "archive show 1 --db a.db --format original -o taken.txt"]


def on_terminal(ziping, words, folder):
    """Exit code and all that the terminal got."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        names = {"FORM": FORM, "TTY": os.ttyname(1)}
        os.execve(ziping, [ziping, *(names.get(word, word) for word in words)], {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "dumb"})
    shown = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown


def is_text(shown):
    return all(byte >= 32 or byte in b"\r\n\t" for byte in shown) and b"SQLite format" not in shown


def main():
    ziping, wrong = str(Path(sys.argv[1]).resolve()), []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([ziping, "archive", "add", FORM, "--db", "a.db", "--quiet"], cwd=folder, check=False)
        for line, word in REFUSED.items():
            status, shown = on_terminal(ziping, line.split(), folder)
            if status != 2 or not is_text(shown) or word.encode() not in shown or len(shown) > 1000:
                wrong.append(f"{line}: exit {status}: {shown[:200]!r}")
        for line in TAKEN:
            status, shown = on_terminal(ziping, line.split(), folder)
            if status not in (0, 1) or not is_text(shown):
                wrong.append(f"{line}: exit {status}: {shown[:200]!r}")
    print(*wrong, f"{len(REFUSED) + len(TAKEN)} tried, {len(wrong)} wrong", sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
