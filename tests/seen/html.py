#!/usr/bin/env python3
"""Web pages in which a figure is hidden or faked: what the browser shows is what is read, and the rest is said.

usage: html.py ZIPING [FOLDER]        with FOLDER the files are also left there, to look at in a browser

What a browser shows is written beside each case as `shown`; tests/seen/browser.py asks a real one.
"""
import sys
from pathlib import Path

from seen import FORM, ROW, Judge

PLAIN = "87.1%"
CELL = [text for text, _, _ in FORM[ROW]].index(PLAIN)


def page(cell=None, style="", attributes="", row="", extra="", head="<!DOCTYPE html>", body=""):
    """The form as a page: `cell` is the inner HTML of the cell that is tampered with, `extra` a row behind its row."""
    out = f'{head}<html><head><meta charset="utf-8"><title>自评表</title><style>{style}</style></head><body{body}><table>\n'
    for number, line in enumerate(FORM):
        out += f"<tr{row if number == ROW else ''}>"
        for k, (text, columns, rows) in enumerate(line):
            mine = (number, k) == (ROW, CELL)
            spans = (f' colspan="{columns}"' if columns > 1 else "") + (f' rowspan="{rows}"' if rows > 1 else "")
            out += f"<td{spans}{attributes if mine else ''}>{text if not mine or cell is None else cell}</td>"
        out += "</tr>\n" + (extra if number == ROW else "")
    return out + "</table></body></html>\n"


# Ways to hide "99%" behind "87.1%" in the cell: row of the table, style sheet, inner HTML of the cell.
HIDDEN = [
    ("not shown, by the source's own word", "", '<span style="display:none">99%</span>87.1%'),
    ("not shown, by the source's own word", "", "<span hidden>99%</span>87.1%"),
    ("not shown, by the source's own word", "", "87.1%<template>99%</template>"),
    ("not shown, by the source's own word", "", "87.1%<noscript>99%</noscript>"),
    ("not shown, by the source's own word", "", "<details><summary>87.1%</summary>99%</details>"),
    ("not shown, by the source's own word", "td .x { display: none }", '<span class="y x">99%</span>87.1%'),
    ("not shown, by the source's own word", "#x { display: none !important } span { display: inline }",
     '<span id="x" style="display: inline">99%</span>87.1%'),
    ("not shown, by the source's own word", "b, td > i:first-child { display: none }", "<i>99%</i>87.1%"),
    ("not shown, by the source's own word", "@media screen and (min-width: 600px) { .x { display: none } }", '<i class="x">99%</i>87.1%'),
    ("not shown, by the source's own word", "u:not(.y) { display: none }", "<u>99%</u><u class=y>87.1%</u>"),
    ("not shown, by the source's own word", "i.a + u, u[data-x~=b] { display: none }", "<i class=a>87.1%</i><u>99%</u><u data-x='a b'>.0</u>"),
    ("not shown, by the source's own word", "", '<span style="display:none">99%</span>87.1%'),
    ("drawn invisibly", "", '87.1%<span style="visibility: hidden">99%</span>'),
    ("drawn invisibly", "", '87.1%<span style="opacity: 0">99%</span>'),
    ("drawn invisibly", ".x { visibility: hidden } .x .y { visibility: visible }", '<span class=x>99%<b class=y>87.1%</b></span>'),
    ("of its ground's colour", "", '87.1%<font color="white">99%</font>'),
    ("of its ground's colour", "", '87.1%<span style="color:#fffffe">99%</span>'),
    ("of its ground's colour", ".x { background: navy; color: rgb(0, 0, 128) }", '87.1%<span class="x">99%</span>'),
    ("of its ground's colour", "", '87.1%<span style="color: transparent">99%</span>'),
    ("too small to be read", "", '87.1%<span style="font-size:0">99%</span>'),
    ("too small to be read", "", '87.1%<span style="font: 1px/1 Song">99%</span>'),
    ("clipped away", "", '87.1%<span style="position:absolute;clip:rect(0 0 0 0)">99%</span>'),
    ("clipped away", "", '87.1%<div style="height:0;overflow:hidden">99%</div>'),
    ("clipped away", "", '87.1%<span style="display:inline-block;width:0;overflow:hidden">99%</span>'),
    ("outside of the page", "", '87.1%<span style="position:absolute;left:-9999px">99%</span>'),
    ("outside of the page", "", '87.1%<div style="text-indent:-2000px">99%</div>'),
    ("outside of the page", "", '87.1%<div style="transform:translateX(-9999px)">99%</div>'),
]

# What a reader that trusts too little would hide, though every browser shows it: only the cell's inner HTML and a style sheet.
SHOWN = [
    ("", '<span style="width:0;overflow:hidden">87.1%</span>'),
    ("", '<span style="background:#000;color:#fff">87.1%</span>'),
    ("", '<span style="display:nonsense">87.1%</span>'),
    ("", '<span style="left:-9999px">87.1%</span>'),
    ("@media print { td { display: none } }", None),
    ("td:hover { display: none } tr:hover td { color: #fff }", None),
    (".x { display: none } .x { display: inline }", '<b class="x">87.1%</b>'),
    ("/* td { display: none } */ th { display: none }", None),
    (".x, .y:: { display: none }", '<b class="x">87.1%</b>'),
    ("td { background: url(x.png); color: #fff }", None),
    (".x { font-size: 0 } .x b { font-size: 14px }", "<div class=x><b>87.1%</b></div>"),
]


def main():
    judge = Judge(sys.argv[1], ".html")
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    kept = 0

    def case(row, data, **wanted):
        nonlocal kept
        kept += 1
        if folder:
            (folder / f"{kept:02}.html").write_text(data, encoding="utf-8")
        judge.case(row, data.encode("utf-8", "surrogateescape"), **wanted)

    judge.plain(page().encode())
    for row, style, cell in HIDDEN:
        count = 1 + cell.count(".0")
        case(row, page(cell, style), kind="unseen-text", names="99%" if count == 1 else None, severity="note", status="ok", count=count)
    for style, cell in SHOWN:
        judge.case("not shown, by the source's own word", page(cell, style).encode())
    word = "not shown, by the source's own word"
    for hide in (' style="display: none"', " hidden", ' class="x"'):
        case(word, page(style="tr.x, td.x { display: none }", extra=f"<tr{hide}><td>质量指标</td><td>藏起</td><td>≥1%</td><td>99%</td></tr>"),
             kind="unseen-text", names="99%", severity="note", status="ok")
    case(word, page(PLAIN + '<td style="display:none">99%</td>'), kind="unseen-text", names="99%")
    case("drawn invisibly", page(attributes=' style="visibility:hidden"'), text="", kind="unseen-text", names=PLAIN)
    case("of its ground's colour", page(attributes=' bgcolor="#000000"'), text="", kind="unseen-text", names=PLAIN)
    case(word, page(style="td:last-of-type:nth-last-child(5) { display: none }"), kind="unseen-text", names="last-of-type", severity="warning", status="partial")
    case("struck out", page("<del>99%</del>87.1%"), kind="changed-text", names="99%", severity="note", status="ok")
    case("struck out", page("<s>99%</s>87.1%"), kind="changed-text", names="99%")
    case("struck out", page('<span style="text-decoration:line-through">99%</span>87.1%'), kind="changed-text", names="99%")
    case("struck out", page('<del style="text-decoration:none">87.1%</del>'), kind="changed-text", names=PLAIN)
    case("inserted", page("<ins>87.1%</ins>"), kind="changed-text", names=PLAIN, severity="note", status="ok")
    mark = "a small mark above or below the line"
    for small in ("<sup>1</sup>", "<sup>[1]</sup>", "<sup>*</sup>", '<span style="vertical-align:super;font-size:8px">1</span>', "<sub>1</sub>"):
        case(mark, page(PLAIN + small), kind="changed-text", severity="note", status="ok")
    case(mark, page("87.1<sup>2</sup>%"), text=PLAIN, kind="changed-text", names="2")
    case(mark, page("8<sup>1</sup>5%"), text="8 5%", kind="changed-text")
    case(mark, page('8<sup style="vertical-align:baseline;font-size:16px">1</sup>%'), text="81%")
    case(mark, page("87.1m<sup>2</sup>"), text="87.1m2")
    case(mark, page("2.5×10<sup>4</sup>"), text="2.5×10⁴")
    case("a form field that is filled in", page('<input value="87.1%"><input type="hidden" value="99%">'))
    case("a form field that is filled in", page("<select><option>99%<option selected>87.1%<option>1%</select>"))
    case("a form field that is filled in", page("<select><option>87.1%<option>99%</select>"))
    case("a form field that is filled in", page("<textarea>87.1%</textarea>"))
    case("text that a style sheet adds", page("7.1", '.x::before { content: "8" } .x::after { content: "%" }', ' class="x"'))
    case("text that a style sheet adds", page("", ".x::after { content: attr(data-v) }", ' class="x" data-v="87.1%"'))
    case("shown from right to left", page('<bdo dir="rtl">87.1%</bdo>'), text="\u202e87.1%\u202c", kind=None)
    picture = "a picture in a cell"
    case(picture, page('<img src="x.png" alt="99%">'), text="", kind="lost-content", names="99%", severity="warning", status="partial")
    case(picture, page('<svg><text>99%</text></svg>'), text="", kind="lost-content")
    case(picture, page('87.1%<img src="x.png" width="1" height="1">'))
    case("two texts in one place", page("<ruby>87.1%<rt>9</rt></ruby>"), kind="changed-text", names="9")
    broken = "content that is damaged or missing"
    whole = page()
    end = whole.index("</table>")
    case(broken, whole[:end], field=None, kind="lost-content", severity="warning", status="partial")
    case(broken, whole[:end + 8], kind="lost-content", severity="warning", status="partial")
    case(broken, whole[:whole.index("99.5") - 3], field=None, kind="lost-content")
    case(broken, page().replace("</table>", '</table><p title="'), field=None, kind="lost-content")
    case(broken, whole.replace("</td>", "").replace("</tr>", "").replace("</body></html>", ""))
    case(broken, whole[whole.index("<table"):end + 8])
    case("turned text", page('<span style="writing-mode:vertical-rl">87.1%</span>'))
    judge.end("HTML")


if __name__ == "__main__":
    main()
