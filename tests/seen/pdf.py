#!/usr/bin/env python3
"""PDFs in which a figure is hidden or faked: what a person sees is what is read, and the rest is said.

usage: pdf.py ZIPING
"""
import sys
import zlib
from pathlib import Path

from seen import CELL, FIELD, FORM, ROW, Judge, read

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


class Cases:
    """One method a row of the table in docs/formats.md, each with its kin."""

    def __init__(self, judge):
        self.judge = judge

    def hidden(self, row, text, before="", after="", **keys):
        """A figure in a blank cell that is not seen is no value; beside the seen one it changes nothing."""
        for without, seen in (((ROW, CELL), ""), (None, "87.1%")):
            page = Page(without)
            content = before + page.content + (text if isinstance(text, str) else text(page)) + after
            self.judge.case(row, File(content, **keys).bytes(), text=seen, kind="unseen-text", names="99.9%", severity="note", status="ok")

    def at(self, page, text, **keys):
        return write(page.x + 40 * bool(keys.pop("aside", True)), page.y, text, **keys)

    def invisible(self):
        row = "drawn invisibly"
        self.hidden(row, lambda page: self.at(page, "99.9%", before="3 Tr"))
        self.hidden(row, lambda page: "/G0 gs " + self.at(page, "99.9%"), resources="/ExtGState<</G0<</ca 0>>>>")
        form = File.stream(write(3, 3, "99.9%").encode(), "/Type/XObject/Subtype/Form/Group<</S/Transparency>>/BBox[0 0 80 30]/Resources<</Font<</F1 5 0 R>>>>")
        self.hidden(row, lambda page: f"q /G0 gs 1 0 0 1 {page.x + 37} {page.y} cm /X0 Do Q\n",
                    resources="/ExtGState<</G0<</ca 0>>>>/XObject<</X0 20 0 R>>", objects={20: form})

    def colour(self):
        row = "of its ground's colour"
        for before in ("1 g", "1 1 1 rg", "0 0 0 0 k", "0.97 g", "/DeviceRGB cs 1 1 1 sc", "1 g 1 G 2 Tr", "1 G 1 Tr"):
            self.hidden(row, lambda page, before=before: self.at(page, "99.9%", before=before))
        self.hidden(row, lambda page: box(page.x + 38, page.y - 4, 36, 16, "0.2 0.3 0.5 rg") + self.at(page, "99.9%", before="0.2 0.3 0.5 rg"))
        self.hidden(row, lambda page: "/G1 gs " + box(page.x + 38, page.y - 4, 36, 16, "0 g") + "/G2 gs " + self.at(page, "99.9%", before="0.5 g"),
                    resources="/ExtGState<</G1<</ca 0.5>>/G2<</ca 1>>>>")
        # White on a dark head, on a rounded one, and dark on what was whitened again: seen, nothing is said.
        page = Page((ROW, CELL))
        curve = f"q 0 g {page.x - 2} {page.y - 5} m {page.x + 70} {page.y - 5} l {page.x + 78} {page.y - 5} {page.x + 78} {page.y + 15} {page.x + 70} {page.y + 15} c {page.x - 2} {page.y + 15} l f Q\n"
        for ground, before in ((box(page.x - 2, page.y - 5, 76, 20), "1 g"), (curve, "1 g"), (box(page.x - 2, page.y - 5, 76, 20) + box(page.x - 2, page.y - 5, 76, 20, "1 g"), "0 g")):
            self.judge.case(row, File(page.content + ground + write(page.x, page.y, "87.1%", before=before)).bytes())

    def covered(self):
        row = "covered by what is drawn later"
        self.hidden(row, lambda page: self.at(page, "99.9%") + box(page.x + 38, page.y - 4, 40, 16, "1 g"))
        self.hidden(row, lambda page: self.at(page, "99.9%") + f"q 1 G 14 w {page.x + 38} {page.y + 3} m {page.x + 78} {page.y + 3} l S Q\n")
        self.hidden(row, lambda page: self.at(page, "99.9%") + "1 g " + "".join(f"{page.x + 38} {page.y - 4 + k} 40 1.1 re " for k in range(14)) + "f 0 g\n")
        self.hidden(row, lambda page: self.at(page, "99.9%") + f"1 g {page.x + 30} {page.y - 4} m {page.x + 79} {page.y - 4} l {page.x + 79} {page.y + 9} {page.x + 79} {page.y + 14} {page.x + 60} {page.y + 14} c {page.x + 30} {page.y + 14} l f 0 g\n")
        picture = File.stream(b"\xff", "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")
        self.hidden(row, lambda page: self.at(page, "99.9%") + f"q 40 0 0 16 {page.x + 38} {page.y - 4} cm /P0 Do Q\n",
                    resources="/XObject<</P0 20 0 R>>", objects={20: picture})
        # A frame, a veil, a mark that multiplies, a picture with holes: all can be seen through.
        page, holes = Page(), File.stream(b"\xff", "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/SMask 21 0 R")
        veil = "/ExtGState<</G0<</ca 0.4>>/G1<</BM/Multiply>>>>/XObject<</P0 20 0 R>>"
        ring = lambda k: f"{page.x + k - 9} {page.y + 3} m {page.x + k - 9} {page.y + 30 - k} {page.x + 60 - k} {page.y + 30 - k} {page.x + 60 - k} {page.y + 3} c {page.x + 60 - k} {page.y - 12 + k} {page.x + k - 9} {page.y - 12 + k} {page.x + k - 9} {page.y + 3} c "
        frame = ring(0) + ring(1) + "f*\n"
        for over in (frame, "/G0 gs " + box(page.x - 2, page.y - 4, 60, 16, "1 g"), "/G1 gs " + box(page.x - 2, page.y - 4, 60, 16, "1 1 0 rg"),
                     f"q 40 0 0 16 {page.x - 2} {page.y - 4} cm /P0 Do Q\n"):
            self.judge.case(row, File(page.content + over, resources=veil, objects={20: holes, 21: File.stream(b"\x00", "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")}).bytes())

    def clipped(self):
        row = "clipped away"
        self.hidden(row, lambda page: f"q {page.x} {page.y - 30} 5 5 re W n " + self.at(page, "99.9%") + "Q\n")
        self.hidden(row, lambda page: f"q {page.x} {page.y - 30} 5 5 re {page.x + 76} {page.y + 30} 3 3 re W n " + self.at(page, "99.9%") + "Q\n")
        page = Page((ROW, CELL))
        self.judge.case(row, File(page.content + f"q {page.x - 3} {page.y - 6} 80 20 re W n " + write(page.x, page.y, "87.1%") + "Q\n").bytes())

    def tiny(self):
        row = "too small to be read"
        self.hidden(row, lambda page: self.at(page, "99.9%", size=0.8))
        self.hidden(row, lambda page: f"BT 1 Tz /F1 9 Tf 1 0 0 1 {page.x + 40} {page.y} Tm {shown('99.9%')} Tj 100 Tz ET\n")
        self.hidden(row, lambda page: f"q 0.08 0 0 0.08 {page.x + 40} {page.y} cm " + write(0, 0, "99.9%") + "Q\n")

    def outside(self):
        self.hidden("outside of the page", write(860, 300, "99.9%"))
        self.hidden("outside of the page", write(8, 300, "99.9%"), page=f"/MediaBox[0 0 {WIDTH} {HEIGHT}]/CropBox[38 0 {WIDTH} {HEIGHT}]")

    def layer(self):
        row, text = "of a layer that is off", lambda page: "/OC /L0 BDC " + self.at(page, "99.9%") + box(page.x, page.y, 20, 9) + "EMC\n"
        off = "/OCProperties<</OCGs[30 0 R]/D<</OFF[30 0 R]>>>>"
        groups = {30: b"<</Type/OCG/Name(L)>>", 31: b"<</Type/OCMD/OCGs[30 0 R]/P/AllOn>>", 32: b"<</Type/OCMD/VE[/Not[/Not 30 0 R]]>>"}
        self.hidden(row, text, catalog=off, resources="/Properties<</L0 30 0 R>>", objects=groups)
        self.hidden(row, text, catalog="/OCProperties<</OCGs[30 0 R]/D<</BaseState/OFF>>>>", resources="/Properties<</L0 30 0 R>>", objects=groups)
        self.hidden(row, text, catalog=off, resources="/Properties<</L0 31 0 R>>", objects=groups)
        self.hidden(row, text, catalog=off, resources="/Properties<</L0 32 0 R>>", objects=groups)
        # Of a layer that is on: seen.
        page = Page((ROW, CELL))
        self.judge.case(row, File(page.content + "/OC /L0 BDC " + write(page.x, page.y, "87.1%") + "EMC\n", catalog="/OCProperties<</OCGs[30 0 R]/D<<>>>>",
                                  resources="/Properties<</L0 30 0 R>>", objects=groups).bytes())

    def actual(self):
        row, page = "a text given in place of what is drawn", Page((ROW, CELL))
        utf16 = lambda text: "<feff" + text.encode("utf-16-be").hex() + ">"
        for begin, keys in ((f"/Span <</ActualText {utf16('99.9%')}>> BDC ", {}), ("/Span <</Lang(zh) /ActualText (99.9%) /MCID 3>> BDC ", {}),
                            ("/Span /S0 BDC ", {"resources": "/Properties<</S0<</ActualText(99.9%)>>>>"}), ("/Span <</ActualText ()>> BDC ", {})):
            content = page.content + begin + write(page.x, page.y, "87.1%") + "EMC\n"
            self.judge.case(row, File(content, **keys).bytes(), kind="changed-text", names="87.1%", severity="note", status="ok")
        for said in ("87.1%", "８７.１％", "87.1 %"):
            self.judge.case(row, File(page.content + f"/Span <</ActualText {utf16(said)}>> BDC " + write(page.x, page.y, "87.1%") + "EMC\n").bytes(), text=said)

    def crossed(self):
        row, page = "two texts in one place", Page()
        for other in ("65.2%", "6"):
            self.judge.case(row, File(page.content + write(page.x, page.y, other)).bytes(), text="", kind="unseen-text", names="87.1%", severity="warning", status="partial")
        apart = "".join(write(page.x + 4.5 * k, page.y, c) for k, c in enumerate("65.2%"))
        self.judge.case(row, File(page.content + apart).bytes(), text="", kind="unseen-text", names="65.2%", severity="warning")

    def twice(self):
        row, page = "one text printed twice", Page()
        for offset in (0, 0.3, 1.2):
            self.judge.case(row, File(page.content + write(page.x + offset, page.y, "87.1%")).bytes())
            self.judge.case(row, File(page.content + write(page.x + offset, page.y, "87.1%", before="1 g")).bytes())

    ACRO = "/AcroForm<</Fields[40 0 R]>>"

    def annotated(self, annot, appearance=None, page=None, catalog="", more=None):
        page = page or Page((ROW, CELL))
        rect = f"/Rect[{page.x - 2} {page.y - 4} {page.x + 70} {page.y + 14}]"
        objects = {40: f"<</Type/Annot{annot}{rect}{'/AP<</N 41 0 R>>' if appearance is not None else ''}>>".encode(), **(more or {})}
        if appearance is not None:
            objects[41] = File.stream(appearance.encode(), "/Type/XObject/Subtype/Form/BBox[0 0 72 18]/Resources<</Font<</F1 5 0 R/F2 9 0 R>>>>")
        return File(page.content, page="/Annots[40 0 R]", catalog=catalog, objects=objects).bytes()

    def field(self):
        row, widget = "a form field that is filled in", "/Subtype/Widget/FT/Tx/T(a)/V(87.1%)"
        seen = "/Tx BMC BT /F2 9 Tf 2 5 Td (87.1%) Tj ET EMC"
        self.judge.case(row, self.annotated(widget, seen, catalog=self.ACRO))
        self.judge.case(row, self.annotated(widget, catalog=self.ACRO))
        self.judge.case(row, self.annotated(widget, seen.replace("87.1", "99.9"), catalog="/AcroForm<</Fields[40 0 R]/NeedAppearances true>>"))
        self.judge.case(row, self.annotated("/Subtype/Widget/Parent 42 0 R", catalog="/AcroForm<</Fields[42 0 R]>>", more={42: b"<</FT/Tx/T(a)/V(87.1%)/Kids[40 0 R]>>"}))
        self.judge.case(row, self.annotated(widget.replace("87.1", "99.9"), seen, catalog=self.ACRO), kind="changed-text", names="99.9%", severity="note")
        self.judge.case(row, self.annotated(widget + "/F 2", seen, catalog=self.ACRO), text="")

    def typed(self):
        row, note = "a typed annotation", "/Subtype/FreeText/DA(/Helv 9 Tf)/Contents(87.1%)"
        self.judge.case(row, self.annotated(note, "BT /F2 9 Tf 2 5 Td (87.1%) Tj ET"))
        self.judge.case(row, self.annotated(note))
        self.judge.case(row, self.annotated(note + "/F 2", "BT /F2 9 Tf 2 5 Td (87.1%) Tj ET"), text="")

    def over(self):
        row = "an annotation over a figure"
        for annot, appearance in (("/Subtype/Stamp", "1 g 0 0 72 18 re f"), ("/Subtype/Square/IC[1 1 1]", None), ("/Subtype/FreeText/Contents()", "1 g 0 0 72 18 re f")):
            self.judge.case(row, self.annotated(annot, appearance, Page()), text="", kind="unseen-text", names="87.1%", severity="note")
        for annot, appearance in (("/Subtype/Highlight/QuadPoints[]", "1 1 0 rg 0 0 72 18 re f"), ("/Subtype/Stamp", "1 0 0 RG 1 w 1 1 70 16 re S"), ("/Subtype/Stamp/F 2", "1 g 0 0 72 18 re f"),
                                  ("/Subtype/Square/C[1 0 0]", None)):
            self.judge.case(row, self.annotated(annot, appearance, Page()))

    def turned(self):
        row, page = "turned text", Page((ROW, CELL))
        for turn, x, y in (("0 1 -1 0", 12, -8), ("0 -1 1 0", 4, 20), ("-1 0 0 -1", 30, 6)):
            content = page.content + f"BT 0 g /F1 9 Tf {turn} {page.x + x} {page.y + y} Tm {shown('87.1%')} Tj ET\n"
            self.judge.case(row, File(content).bytes())
        content = Page().content + "".join(f"BT 0.8 g /F1 30 Tf 0.7071 0.7071 -0.7071 0.7071 {x} {y} Tm {shown('样张65.2%')} Tj ET\n"
                                           for x in (100, 300, 500) for y in (100, 300))
        self.judge.case(row, File(content).bytes(), kind="unplaced-text", names="样张65.2%", severity="note")

    def damaged(self):
        row, whole = "content that is damaged or missing", Page().content.encode()
        packed = zlib.compress(whole)
        flate = lambda data, name="/FlateDecode": File.stream(data, f"/Filter{name}")
        self.judge.case(row, File(flate(packed)).bytes())
        lost = lambda content, **keys: self.judge.case(row, File(content, **keys).bytes(), field=None, kind="lost-content", severity="warning")
        lost(flate(packed[:len(packed) // 2]))
        lost(flate(packed[:200] + b"\x00\xff" * 40 + packed[280:]))
        lost(flate(b"no flate at all"))
        lost(flate(packed, "/NoSuchDecode"))
        lost("", contents="99 0 R")
        lost("", contents="[4 0 R 99 0 R]")
        lost(whole.decode() + "/X9 Do\n", resources="/XObject<</X9 99 0 R>>")
        lost("/X0 Do\n", resources="/XObject<</X0 20 0 R>>", objects={20: File.stream(packed[:300], "/Type/XObject/Subtype/Form/BBox[0 0 900 900]/Filter/FlateDecode")})

    def scan(self):
        row, page = "the text layer of a scan", Page()
        picture = File.stream(b"\x80", "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")
        keys = {"resources": "/XObject<</P0 20 0 R>>", "objects": {20: picture}}
        draw = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /P0 Do Q\n"
        for content in (draw + "3 Tr " + page.content, page.content + draw):
            self.judge.case(row, File(content, **keys).bytes(), field=None, code="D03")

    def limits(self):
        """Past ZP_LIMIT_PDF_FONTS and ZP_LIMIT_PDF_FONT_CODES the form is still read; past ZP_LIMIT_PDF_ANNOTATIONS the page is in doubt."""
        page = Page()
        fonts = "".join(f"/A{k}<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>" for k in range(600))
        many = "".join(f"BT /A{k} 9 Tf 1 0 0 1 {k} 20 Tm (x) Tj ET\n" for k in range(600))
        data = File(page.content + many).bytes().replace(b"/Font<</F1", b"/Font<<" + fonts.encode() + b"/F1")
        codes = b"1 beginbfrange " + b"<0000> <ffff> <0000>\n" * 100 + b"endbfrange"
        annots = "/Annots[" + "40 0 R " * 5001 + "]"
        for row, data, status in (("fonts", data, "ok"), ("codes", File(page.content, objects={8: File.stream(codes)}).bytes(), "ok"),
                                  ("annotations", File(page.content, page=annots, objects={40: b"<</Type/Annot/Subtype/Link/Rect[0 0 1 1]>>"}).bytes(), "partial")):
            got, texts, _ = read(self.judge.ziping, data, "limit.pdf")
            self.judge.expect(row, (got, texts.get(FIELD)), (status, "87.1%"))

    def all(self):
        for name in ("invisible", "colour", "covered", "clipped", "tiny", "outside", "layer", "actual", "crossed", "twice", "field", "typed", "over", "turned", "damaged", "scan", "limits"):
            getattr(self, name)()


def main():
    judge = Judge(sys.argv[1], ".pdf")
    judge.plain(File(Page().content).bytes())
    Cases(judge).all()
    judge.end("PDF")


if __name__ == "__main__":
    main()
