#!/usr/bin/env python3
"""OFD documents in which a figure is hidden or faked: what a person sees is what is read, and the rest is said.

usage: ofd.py ZIPING
"""
import sys
from pathlib import Path

from seen import CELL, FIELD, FORM, ROW, Judge

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "ofd"))
import writer  # noqa: E402

FIGURE, FALSE = FORM[ROW][CELL][0], "65.2%"


def table():
    """FORM with its cells' places."""
    cells, covered = [], set()
    for row, line in enumerate(FORM):
        col = 0
        for text, cols, rows in line:
            while (row, col) in covered:
                col += 1
            covered |= {(row + down, col + across) for down in range(rows) for across in range(cols)}
            cells.append([row, col, rows, cols, text])
    return [("table", {"rows": len(FORM), "cols": 9, "cells": cells})]


LAYOUT = writer.Layout(table())


class Page(writer.Way):
    """The form; `tamper(page, x, y, plain)` gives the objects that stand for the figure."""

    def __init__(self, tamper):
        super().__init__("line", LAYOUT)
        self.tamper = tamper

    def one_line(self, x, y, text):
        plain = super().one_line(x, y, text)
        return self.tamper(self, x, y, plain) if text == FIGURE else plain

    def shown(self, x, y, text=FALSE, attributes="", inside="", size=writer.SIZE):
        """A text object with what its attributes and elements say."""
        steps = " ".join([writer.number(size / 2)] * (len(text) - 1))
        code = self.tag("TextCode", f'X="0" Y="0" DeltaX="{steps}"', text)
        return self.tag("TextObject", f'Boundary="{x} {y} 20 4" Font="11" Size="{size}" {attributes}', inside + code, True)

    def colour(self, value):
        return self.tag("FillColor", f'Value="{value}"')

    def box(self, x, y, attributes='Fill="true" Stroke="false"', colour="255 255 255"):
        return self.path("M 0 0 L 9 0 L 9 5 L 0 5 C", f"{x} {y} 9 5", attributes, self.colour(colour))

    def bytes(self, change=None):
        parts = self.parts()
        if change:
            change(self, parts)
        return writer.package(parts)


def cases(judge):
    def case(row, tamper, **words):
        judge.case(row, Page(tamper).bytes(), **words)

    hidden = dict(kind="unseen-text", names=FALSE, severity="note")
    for attributes in ('Fill="false"', 'Visible="false"', 'Alpha="0"'):
        case("drawn invisibly", lambda p, x, y, plain: plain + p.shown(x, y - 4, attributes=attributes), **hidden)
    case("of its ground's colour", lambda p, x, y, plain: plain + p.shown(x, y - 4, inside=p.colour("255 255 255")), **hidden)
    case("of its ground's colour", lambda p, x, y, plain: p.box(x - 1, y - 4, colour="0 0 90") + p.shown(x, y, FIGURE, inside=p.colour("255 255 255")))
    case("covered by what is drawn later", lambda p, x, y, plain: plain + p.shown(x + 9, y) + p.box(x + 8.5, y - 4), **hidden)
    clips = lambda p: p.tag("Clips", "", p.tag("Clip", "", p.tag("Area", "", p.tag("Path", 'Boundary="0 50 3 3"', p.tag("AbbreviatedData", "", "M 0 0 L 3 0 L 3 3 L 0 3 C")))))
    case("clipped away", lambda p, x, y, plain: plain + p.shown(x, y - 4, inside=clips(p)), **hidden)
    case("too small to be read", lambda p, x, y, plain: plain + p.shown(x, y - 4, size=0.3), **hidden)
    case("outside of the page", lambda p, x, y, plain: plain + p.shown(-60, y), **hidden)
    case("two texts in one place", lambda p, x, y, plain: plain + p.shown(x, y), text="", kind="unseen-text", names=FALSE, severity="warning")
    case("one text printed twice", lambda p, x, y, plain: plain + p.shown(x + 0.2, y + 0.1, FIGURE))
    for turn, across, down in (("0 1 -1 0 0 0", 2, -3), ("0 -1 1 0 0 0", 2, 0), ("-1 0 0 -1 0 0", 4, -1)):
        case("turned text", lambda p, x, y, plain: p.shown(x + across, y + down, FIGURE, f'CTM="{turn}"', size=1))
    askew = dict(kind="unplaced-text", names=FALSE, severity="note")
    case("turned text", lambda p, x, y, plain: plain + "".join(p.shown(x + k, y - 3 + k, attributes='CTM="0.7071 0.7071 -0.7071 0.7071 0 0" Alpha="60"') for k in (0, 9, 18)), **askew)

    lost = lambda change: judge.case("content that is damaged or missing", Page(lambda p, x, y, plain: plain).bytes(change), field=None, kind="lost-content", severity="warning")
    content = "Doc_0/Pages/Page_0/Content.xml"
    lost(lambda p, parts: parts.update({content: parts[content][:-300]}))
    lost(lambda p, parts: parts.pop("Doc_0/PublicRes.xml"))
    lost(lambda p, parts: parts.update({content: b'<!DOCTYPE a [<!ENTITY b "c">]>' + parts[content].partition(b"?>")[2]}))

    def annotate(page, parts):
        objects = page.shown(5, 5) + page.box(0, 0)
        annot = page.tag("Annot", 'Type="Stamp"', page.tag("Appearance", 'Boundary="20 20 200 90"', objects), True)
        parts["Doc_0/Annots/Page_0.xml"] = page.root("PageAnnot", annot)
        parts["Doc_0/Annots/Annotations.xml"] = page.root("Annotations", page.tag("Page", 'PageID="1"', page.tag("FileLoc", "", "Page_0.xml")))
        parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(b"<ofd:Pages>", b"<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations><ofd:Pages>")
    judge.case("a typed annotation", Page(lambda p, x, y, plain: plain).bytes(annotate), **askew)


def main():
    judge = Judge(sys.argv[1], ".ofd")
    judge.plain(Page(lambda p, x, y, plain: plain).bytes())
    assert judge.texts[FIELD] == FIGURE
    cases(judge)
    judge.end("OFD")


main()
