#!/usr/bin/env python3
"""Texts in which a figure is hidden or faked by control characters: what a terminal or an editor shows is what is read, and the rest is said.

usage: text.py ZIPING [FOLDER]        with FOLDER the files are also left there, to look at with `cat`
"""
import sys
from pathlib import Path

from seen import FORM, ROW, Judge

PLAIN = "87.1%"


def form(cell=None, row=str, extra="", separator="\t", wide=False):
    """The form in lines of cells; `cell` stands in the place of PLAIN, `row` changes the line that holds it, `extra` follows that."""
    out, covered = "", set()
    for number, line in enumerate(FORM):
        cells, k = [], 0
        while len(cells) < 9:
            if (number, len(cells)) in covered:
                cells.append("")
                continue
            text, columns, rows = line[k]
            k += 1
            covered |= {(number + down, len(cells)) for down in range(1, rows)}
            cells += [cell if text == PLAIN and cell is not None else text] + [""] * (columns - 1)
        text = separator.join(cells)
        out += (row(text) if number == ROW else text) + "\n" + (extra if number == ROW else "")
    return out.encode("utf-8", "surrogateescape")


def bold(text):
    return "".join(c + "\b" + c for c in text)


def struck(text, stroke):
    return "".join(c + stroke for c in text)


UNSEEN = {"kind": "unseen-text", "names": "99%", "severity": "note", "status": "ok"}
CHANGED = {**UNSEEN, "kind": "changed-text"}
TWO = {"kind": "unseen-text", "severity": "warning", "status": "partial"}
MOVED = {"kind": "doubtful-place", "severity": "warning", "status": "partial"}
FAKE = "质量指标\t证书\t\t99%\t\t\t\t\n"

CASES = [
    ("drawn invisibly", form("\x1b[8m99%\x1b[0m87.1%"), UNSEEN),
    ("drawn invisibly", form("\x1b[31;8;4m99%\x1b[28m87.1%\x1b[m"), UNSEEN),
    ("drawn invisibly", form("\x9b8m99%\x9b0m87.1%"), UNSEEN),
    ("drawn invisibly", form("\x1b[8m\t99%\x1b[28m".replace("\t", "") + PLAIN, separator="|"), UNSEEN),
    ("drawn invisibly", form(extra="\x1b[8m" + FAKE.replace("\t\t\t\t\n", "\x1b[0m\n")), UNSEEN),
    ("drawn invisibly", form("8\x1b[8m9\x1b[0m7.1%"), {"text": "8 7.1%", "kind": "unseen-text", "names": '"9"'}),
    ("drawn invisibly", form("\x1b[1;32m\x1b[K87.1%\x1b[0m\x1b[K\x1b[?25l"), {}),
    ("drawn invisibly", form("\x1b]8;;http://x.cn/99\x1b\\87.1%\x1b]8;;\x1b\\"), {}),
    ("of its ground's colour", form("\x1b[30;40m99%\x1b[0m87.1%"), UNSEEN),
    ("of its ground's colour", form("\x1b[97;107m99%\x1b[39m87.1%"), UNSEEN),
    ("of its ground's colour", form("\x1b[38;2;250;250;250;48;5;231m99%\x1b[49m87.1%"), UNSEEN),
    ("of its ground's colour", form("\x1b[38;2;250;250;200;48;5;231m87.1%\x1b[49m"), {}),
    ("of its ground's colour", form("\x1b[30m87.1%\x1b[40;37m\x1b[0m"), {}),
    ("two texts in one place", form("8\b97.1%"), {**TWO, "text": "\ufffd7.1%", "names": "8 / 9"}),
    ("two texts in one place", form("99%\b\b\b87.1%"), {**TWO, "text": "\ufffd\ufffd%.1%".replace("%.1%", "\ufffd1%"), "names": "9 / 8"}),
    ("two texts in one place", form(row=lambda line: line.replace(PLAIN, "99%") + "\r" + line), {**TWO, "field": None, "names": "99%"}),
    ("two texts in one place", form("99%\r87.1%"), {**TWO, "field": None, "names": "99%"}),
    ("two texts in one place", form().replace(b"\n", b"\r\n"), {}),
    ("two texts in one place", form().replace(b"\n", b"\r\r\n"), {}),
    ("two texts in one place", form().replace(b"\n", b"\r"), {}),
    ("one text printed twice", form(bold(PLAIN)), {}),
    ("one text printed twice", form(PLAIN + "\b" * 5 + PLAIN), {}),
    ("one text printed twice", form(row=lambda line: line + "\r" + line), {}),
    ("one text printed twice", form(row=lambda line: line.replace("证书取得率", bold("证书") + "取得率\b\b\b\b\b\b取得率")), {}),
    ("one text printed twice", form("_\b8_\b7_\b.1\b_%\b_"), {}),
    ("one text printed twice", form(row=lambda line: line + "\r____"), {}),
    ("struck out", form("\x1b[9m99%\x1b[0m87.1%"), CHANGED),
    ("struck out", form(struck("99%", "\b-") + PLAIN), CHANGED),
    ("struck out", form("99%\b\b\b---87.1%"), CHANGED),
    ("struck out", form(struck("99%", "\u0336") + PLAIN), CHANGED),
    ("struck out", form(struck("99%", "\u0338") + PLAIN), CHANGED),
    ("struck out", form("8" + struck("9", "\u0336") + "7.1%"), {"text": "8 7.1%", "kind": "changed-text", "names": '"9"'}),
    ("a small mark above or below the line", form("87.1%¹"), {"text": "87.1%¹"}),
    ("a small mark above or below the line", form("8⁷.1%"), {"text": "8⁷.1%"}),
    ("shown from right to left", form("\u202e%1.78\u202c"), {"text": "\u202e%1.78\u202c"}),
    ("characters of no width", form("8\u200b7.\u20601%\ufeff"), {}),
    ("characters that move or erase", form("99%\x1b[3D87.1%"), {**MOVED, "text": "99%87.1%"}),
    ("characters that move or erase", form("99%\x1b[1K87.1%"), {**MOVED, "text": "99%87.1%"}),
    ("characters that move or erase", form("\x1b[2J" + PLAIN), MOVED),
    ("characters that move or erase", form(PLAIN, row=lambda line: "\x1bM" + line), MOVED),
    ("characters that move or erase", form(extra="\x1b[3D\n" * 60), {**MOVED, "field": None, "count": 50}),
    ("characters that move or erase", form("8\x1b[7.1%"), {"text": "8\x1b[7.1%"}),
    ("a string for a program", form("\x1b]0;99%\x07" + PLAIN), UNSEEN),
    ("a string for a program", form("\x1bP99%\x1b\\" + PLAIN), UNSEEN),
    ("content that is damaged or missing", form("87.1%\udcff"), {"text": "87.1%\ufffd", "kind": "undecodable", "severity": "warning", "status": "partial"}),
]


def main():
    judge = Judge(sys.argv[1], ".txt")
    judge.plain(form())
    for number, (row, data, wanted) in enumerate(CASES):
        if len(sys.argv) > 2:
            (Path(sys.argv[2]) / f"{number:02d}.txt").write_bytes(data)
        bad = judge.bad
        judge.case(row, data, **wanted)
        if judge.bad > bad:
            print(f"    in case {number}")
    judge.end("text")


if __name__ == "__main__":
    main()
