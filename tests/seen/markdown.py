#!/usr/bin/env python3
"""Markdown in which a figure is hidden or faked: what the page made of it shows is what is read, and the rest is said.

usage: markdown.py ZIPING [FOLDER]        with FOLDER the files are also left there, to look at with `pandoc -s`
"""
import sys
import unicodedata
from pathlib import Path

from seen import FORM, ROW, Judge

PLAIN = "87.1%"


def lines(cell=None):
    """The form's rows of nine texts."""
    covered = set()
    for number, row in enumerate(FORM):
        cells, k = [], 0
        while len(cells) < 9:
            if (number, len(cells)) in covered:
                cells.append("")
                continue
            text, columns, rows = row[k]
            k += 1
            covered |= {(number + down, len(cells)) for down in range(1, rows)}
            cells += [cell if text == PLAIN and cell is not None else text] + [""] * (columns - 1)
        yield cells


def form(cell=None, before="", after="", extra=""):
    """A pipe table under its title; `extra` is one more row behind the one tampered with."""
    out = before + "# 项目支出绩效自评表（2023年度）\n\n"
    for number, cells in enumerate(lines(cell)):
        if number:
            out += "| " + " | ".join(cells) + " |\n" + ("|" + "---|" * 9 + "\n" if number == 1 else "") + (extra if number == ROW else "")
    return (out + after).encode()


def grid(cell):
    """The same as Pandoc draws it."""
    width = lambda text: sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    rows = list(lines(cell))[1:]
    widths = [max(width(row[k]) for row in rows) for k in range(9)]
    rule = "+" + "+".join("-" * (w + 2) for w in widths) + "+\n"
    draw = lambda row: "|" + "|".join(f" {text}{' ' * (w - width(text))} " for text, w in zip(row, widths)) + "|\n"
    return ("# 项目支出绩效自评表（2023年度）\n\n" + rule + "".join(draw(row) + rule for row in rows)).encode()


UNSEEN = {"kind": "unseen-text", "names": "99%", "severity": "note", "status": "ok"}
CHANGED = {**UNSEEN, "kind": "changed-text"}
MARK = {"kind": "changed-text", "severity": "note", "status": "ok"}
LOST = {"kind": "lost-content", "severity": "warning", "status": "partial"}
WORD = "not shown, by the source's own word"
FAKE = "| 质量指标 | 藏起 | 虚增 | ≥1% | 99% | 20 | 20 | | |\n"

CASES = [
    (WORD, form('<span style="display:none">99%</span>87.1%'), UNSEEN),
    (WORD, form("<b hidden>99%</b>87.1%"), UNSEEN),
    (WORD, form("<template>99%</template>**87.1%**"), UNSEEN),
    (WORD, form('<i class="x">99%</i>87.1%', before="<style>\n.x { display: none }\n</style>\n\n"), UNSEEN),
    (WORD, form(before='<div style="display: none">\n\n', extra="", after="").replace(b"# ", b"99%\n\n</div>\n\n# ", 1), UNSEEN),
    (WORD, form(after='\n<div class="a"\n style="display:none">\n\n' + FAKE + "\n</div>\n"), UNSEEN),
    (WORD, form(after="\n<details>\n<summary>附</summary>\n\n" + FAKE + "\n</details>\n"), UNSEEN),
    (WORD, form(after="\n<div hidden>\n\n备注\n"), {"kind": "unseen-text", "severity": "warning", "status": "partial"}),
    (WORD, form(after='\n<div align="center">\n\n备注\n\n</div>\n'), {}),
    (WORD, form("87.1%<!-- 99% -->"), {}),
    (WORD, form(after="\n<!-- 99%\n\n" + FAKE + "-->\n"), {}),
    (WORD, form("[87.1%](http://x.cn/99 '99%')"), {}),
    (WORD, form("[87.1%][1]", after="\n[1]: http://x.cn/99 '99%'\n[//]: # (99%)\n"), {"text": "[87.1%][1]"}),
    ("drawn invisibly", form('<span style="visibility:hidden">99%</span>87.1%'), UNSEEN),
    ("of its ground's colour", form('<font color="white">99%</font>87.1%'), UNSEEN),
    ("of its ground's colour", grid('<font color="white">99%</font>87.1%'), UNSEEN),
    ("too small to be read", form('<span style="font-size:0">99%</span>87.1%'), UNSEEN),
    ("clipped away", form('<span style="position:absolute;clip:rect(0 0 0 0)">99%</span>87.1%'), UNSEEN),
    ("outside of the page", form('<span style="position:absolute;left:-9999px">99%</span>87.1%'), UNSEEN),
    ("struck out", form("~~99%~~87.1%"), CHANGED),
    ("struck out", form("~~99%~~ 87.1%"), CHANGED),
    ("struck out", form("87.1%~~99%~~"), CHANGED),
    ("struck out", grid("~~99%~~ 87.1%"), CHANGED),
    ("struck out", form("**~~99%~~** 87.1%"), CHANGED),
    ("struck out", form("<del>99%</del>87.1%"), CHANGED),
    ("struck out", form("<s>99%</s>87.1%"), CHANGED),
    ("struck out", form("9\u03369\u0336%\u033687.1%"), CHANGED),
    ("struck out", form("8~~9~~7.1%"), {**CHANGED, "names": '"9"'}),
    ("struck out", form(r"\~\~87.1%\~\~"), {"text": "~~87.1%~~"}),
    ("inserted", form("<ins>87.1%</ins>"), {**MARK, "names": PLAIN}),
    ("a small mark above or below the line", form("87.1%[^1]", after="\n[^1]: 见附件\n"), {**MARK, "names": "[1]"}),
    ("a small mark above or below the line", form("87.1%^1^"), {**MARK, "names": '"1"'}),
    ("a small mark above or below the line", form("87.1%<sup>[2]</sup>"), {**MARK, "names": "[2]"}),
    ("a small mark above or below the line", grid("87.1%^1^"), {**MARK, "names": '"1"'}),
    ("a small mark above or below the line", form("8^1^5%"), {**MARK, "text": "8 5%", "names": '"1"'}),
    ("a small mark above or below the line", form("87.1m^2^"), {"text": "87.1m2"}),
    ("a small mark above or below the line", form("2.5×10^4^"), {"text": "2.5×10⁴"}),
    ("a small mark above or below the line", form(r"87.1%\^1^"), {"text": "87.1%^1^"}),
    ("a picture in a cell", form("![99%](x.png)"), {**LOST, "text": "", "names": "99%"}),
    ("a picture in a cell", form("87.1%![](data:image/png;base64,AAAA)"), LOST),
    ("a picture in a cell", form(before="![99%](x.png)\n\n"), {}),
    ("a form field that is filled in", form('<input value="87.1%">'), {}),
    ("shown from right to left", form("\u202e%1.78\u202c"), {"text": "\u202e%1.78\u202c"}),
    ("shown from right to left", form('<bdo dir="rtl">87.1%</bdo>'), {"text": "\u202e87.1%\u202c"}),
    ("characters of no width", form("8\u200b7.1%"), {}),
    ("content that is damaged or missing", form("87.1%").replace("87.1%".encode(), b"87.1%\xff"), {"text": "87.1%\ufffd", "kind": "undecodable", "severity": "warning", "status": "partial"}),
]


def main():
    judge = Judge(sys.argv[1], ".md")
    judge.plain(form())
    for number, (row, data, wanted) in enumerate(CASES):
        if len(sys.argv) > 2:
            (Path(sys.argv[2]) / f"{number:02d}.md").write_bytes(data)
        bad = judge.bad
        judge.case(row, data, **wanted)
        if judge.bad > bad:
            print(f"    in case {number}")
    judge.end("Markdown")


if __name__ == "__main__":
    main()
