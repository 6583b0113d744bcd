#!/usr/bin/env python3
"""PDFs in which a figure is hidden or faked: what a person sees is what is read, and the rest is said.

usage: pdf.py ZIPING [FOLDER]        with FOLDER the files are also left there, to look at
"""
import sys
import zlib
from pathlib import Path

from seen import CELL, FORM, ROW, Judge

WIDTH, HEIGHT, LEFT, TOP, COLUMN, LINE, SIZE = 842, 595, 40, 60, 84, 34, 9


def shown(text):
    """A string of the font F1, whose codes are UTF-16."""
    return "<" + text.encode("utf-16-be").hex() + ">"


def write(x, y, text, size=SIZE, before="0 g"):
    return f"BT {before} /F1 {size} Tf 1 0 0 1 {x} {y} Tm {shown(text)} Tj ET\n"


def box(x, y, width, height, colour="0 g"):
    return f"q {colour} {x} {y} {width} {height} re f Q\n"


class Page:
    """The form as a page's content; `texts` are written where the cell's own text would be."""

    def __init__(self, without=None):
        self.content, self.places = "", {}
        covered, y = set(), HEIGHT - TOP
        self.content += "0.5 w\n"
        for number, row in enumerate(FORM):
            column = 0
            for k, (text, columns, rows) in enumerate(row):
                while (number, column) in covered:
                    column += 1
                covered |= {(number + down, column + across) for down in range(rows) for across in range(columns)}
                x, top = LEFT + column * COLUMN, y - number * LINE
                self.content += f"{x} {top - rows * LINE} {columns * COLUMN} {rows * LINE} re S\n"
                self.places[number, k] = (x + 3, top - LINE + 12)
                if text and (number, k) != without:
                    self.content += write(x + 3, top - LINE + 12, text)
        self.x, self.y = self.places[ROW, CELL]


class File:
    """Objects by number from 1; the page is 3, its content 4, the font 5."""

    def __init__(self, content, **keys):
        cmap = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        for start in range(0, 256, 64):
            cmap += "64 beginbfrange\n" + "".join(f"<{k:02x}00> <{k:02x}ff> <{k:02x}00>\n" for k in range(start, start + 64)) + "endbfrange\n"
        cmap += "endcmap"
        self.resources = keys.pop("resources", "")
        self.catalog, self.page = keys.pop("catalog", ""), keys.pop("page", "")
        self.contents = keys.pop("contents", "4 0 R")
        self.trailer = keys.pop("trailer", "")
        self.objects = {
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            4: self.stream(content.encode()) if isinstance(content, str) else content,
            5: b"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 8 0 R>>",
            6: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
               b"/FontDescriptor 7 0 R/DW 1000/W[32 126 500]>>",
            7: b"<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
            8: self.stream(cmap.encode()),
            9: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        }
        self.objects.update(keys.pop("objects", {}))
        assert not keys

    @staticmethod
    def stream(data, keys=""):
        return f"<<{keys}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"

    def bytes(self):
        self.objects[1] = f"<</Type/Catalog/Pages 2 0 R{self.catalog}>>".encode()
        page = self.page if "/MediaBox" in self.page else f"/MediaBox[0 0 {WIDTH} {HEIGHT}]" + self.page
        self.objects[3] = (f"<</Type/Page/Parent 2 0 R/Contents {self.contents}{page}"
                           f"/Resources<</Font<</F1 5 0 R/F2 9 0 R>>{self.resources}>>>>").encode()
        out, places = b"%PDF-1.7\n", {}
        for number in sorted(self.objects):
            places[number] = len(out)
            out += b"%d 0 obj\n" % number + self.objects[number] + b"\nendobj\n"
        start, last = len(out), max(self.objects)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1)
        for number in range(1, last + 1):
            out += b"%010d 00000 %c \n" % (places.get(number, 0), b"n"[0] if number in places else b"f"[0])
        return out + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (last + 1, self.trailer.encode(), start)


def main():
    judge = Judge(sys.argv[1], ".pdf")
    judge.plain(File(Page().content).bytes())
    judge.end("PDF")


if __name__ == "__main__":
    main()
