#!/usr/bin/env python3
"""screens.py ZIPING [--update] - what a terminal of 60, 80 and 120 columns shows.

Each run has a pseudo-terminal for standard output; tests/screens/NAME.WIDTH.txt holds the lines, without colours.
No line may be wider than the terminal, unless something stands in it that cannot be broken.
"""
import fcntl
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import termios
import unicodedata

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
WIDTHS = [60, 80, 120]
RUNS = {
    "check-zh": ["check", "--lang", "zh", "--fail-on", "never", "tests/golden/yinchuan-school-2021/input.txt"],
    "check-en": ["check", "--lang", "en", "--fail-on", "never", "tests/golden/seed-3/input.txt"],
    "several-zh": ["check", "--lang", "zh", "--fail-on", "never", "tests/golden/form-sichuan-2020-cut/input.txt", "tests/golden/broken-5-malformed-number/input.txt"],
    "explain-zh": ["explain", "--lang", "zh", "S07"],
    "explain-en": ["explain", "--lang", "en", "F01"],
    "help-zh": ["help", "check", "--lang", "zh"],
    "help-en": ["help", "check", "--lang", "en"],
}
PLAIN = ["help-zh", "help-en"] # no colours
FREE = [*PLAIN, "explain-zh", "explain-en"] # only their width is looked at: their words are others' matter


def screen(ziping, words, columns, rows=1000, more=None, is_terminal_in=False):
    """Everything that a terminal of that size is sent, and the exit code."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    environment = {"PATH": os.environ.get("PATH", ""), "TERM": "xterm", "LC_ALL": "C.UTF-8", **(more or {})}
    child = subprocess.Popen([ziping, *words], stdin=theirs if is_terminal_in else subprocess.DEVNULL, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError: # Linux says so when the other side is closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    return shown.decode().replace("\r\n", "\n"), child.wait(timeout=60)


def columns_of(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def main():
    ziping, update = os.path.abspath(sys.argv[1]), "--update" in sys.argv
    bad = 0
    for name, words in RUNS.items():
        for width in WIDTHS:
            shown, code = screen(ziping, words, width)
            plain = re.sub(r"\033\[[0-9;]*m", "", shown)
            file = HERE / f"{name}.{width}.txt"
            if update and name not in FREE:
                file.write_text(plain, encoding="utf-8")
            wanted = file.read_text(encoding="utf-8") if file.is_file() else ""
            wide = [line for line in plain.splitlines() if columns_of(line) > width and not line.startswith(("tests/", "  ziping ", "  -"))]
            for what in [["exit code", code]] * (code != 0) + [["not the screen of", file.name]] * (name not in FREE and plain != wanted) + [["too wide", wide[:2]]] * bool(wide):
                print("FAILED:", name, width, *what)
                bad += 1
            if name not in PLAIN and "\033[1m" not in shown:
                print("FAILED:", name, width, "no colours")
                bad += 1
    # Elsewhere no line is broken: a file stays searchable.
    for name, words in list(RUNS.items())[:2]:
        plain = subprocess.run([ziping, *words], capture_output=True, cwd=ROOT, text=True, encoding="utf-8").stdout
        if max(columns_of(line) for line in plain.splitlines()) <= 120:
            print("FAILED:", name, "lines are broken where no terminal is")
            bad += 1
    # What is longer than the terminal is high goes through the pager.
    pager = HERE / "pager.sh"
    shown, code = screen(ziping, ["explain", "F01"], 80, rows=10, more={"PAGER": str(pager)}, is_terminal_in=True)
    if code != 0 or not shown.startswith("the pager got "):
        print("FAILED: no pager:", shown[:200])
        bad += 1
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
