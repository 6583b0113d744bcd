#!/usr/bin/env python3
"""Word files in which a figure is hidden or faked: what a person sees is what is read, and the rest is said.

usage: docx.py ZIPING [FOLDER]        with FOLDER the files are also left there, to look at
"""
import io
import sys
import warnings
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from seen import FORM, Judge

# The figure tampered with, and what it is faked with.
TEXT, FAKE = "87.1%", "99.9%"

OFFICE = "http://schemas.openxmlformats.org"
SPACES = {
    "w": f"{OFFICE}/wordprocessingml/2006/main", "r": f"{OFFICE}/officeDocument/2006/relationships",
    "mc": f"{OFFICE}/markup-compatibility/2006", "a": f"{OFFICE}/drawingml/2006/main", "c": f"{OFFICE}/drawingml/2006/chart",
    "wp": f"{OFFICE}/drawingml/2006/wordprocessingDrawing", "v": "urn:schemas-microsoft-com:vml", "o": "urn:schemas-microsoft-com:office:office",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "x": "urn:nobody-knows",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items()) + ' mc:Ignorable="w14 x"'


def relations(*rows):
    inside = "".join(f'<Relationship Id="r{k}" Type="{SPACES["r"]}/{kind}" Target="{target}"/>' for k, (kind, target) in enumerate(rows))
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{inside}</Relationships>'


def package(body, styles="", more=(), beside=()):
    """`more`: further parts in order, which may repeat a name; `beside`: relationships of the text."""
    parts = [("[Content_Types].xml", f'<Types xmlns="{OFFICE}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
              '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
              '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
              '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'),
             ("_rels/.rels", relations(("officeDocument", "word/document.xml"))),
             ("word/_rels/document.xml.rels", relations(("styles", "styles.xml"), *beside)),
             ("word/styles.xml", f"<w:styles {DECLARED}>{styles}</w:styles>"),
             ("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?><w:document {DECLARED}><w:body>{body}</w:body></w:document>'), *more]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in parts:
            target.writestr(zipfile.ZipInfo(name), text)
    return out.getvalue()


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs, properties=""):
    return f'<w:p><w:pPr>{properties}</w:pPr>{"".join(r if r.startswith("<") else run(r) for r in runs)}</w:p>'


def form(cell=None, cell_properties="", rows=None, table_properties="", around="", **keys):
    """The form; `cell` is the content of the cell tampered with, `rows` properties by row."""
    body, covered = "", set()
    for number, row in enumerate(FORM):
        cells, column, k = "", 0, 0
        while column < 9:
            if (number, column) in covered:
                cells += f'<w:tc><w:tcPr><w:vMerge/></w:tcPr>{paragraph()}</w:tc>'
                column += 1
                continue
            text, columns, height = row[k]
            covered |= {(number + down, column) for down in range(1, height)}
            is_it = text == TEXT
            merge = '<w:vMerge w:val="restart"/>' if height > 1 else ""
            inside = paragraph(text) if not is_it or cell is None else cell if cell.startswith("<w:p>") else paragraph(cell)
            cells += (f'<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/>{merge}{cell_properties if is_it else ""}</w:tcPr>{inside}</w:tc>')
            column += columns
            k += 1
        body += f'<w:tr><w:trPr>{(rows or {}).get(number, "")}</w:trPr>{cells}</w:tr>'
    table = f'<w:tbl><w:tblPr>{table_properties}</w:tblPr><w:tblGrid>{"<w:gridCol/>" * 9}</w:tblGrid>{body}</w:tbl>'
    return package(around + table + paragraph(), **keys)


def extra_row(text, properties, before=10):
    """The form with one more indicator, `text` its actual value, in a row of its own properties."""
    row = [("虚增指标", 1, 1), ("虚增", 1, 1), ("≥1%", 1, 1), (text, 1, 1), ("20", 1, 1), ("20", 1, 1), ("", 2, 1)]
    cells = f'<w:tc><w:tcPr><w:vMerge/></w:tcPr>{paragraph()}</w:tc>'
    for words, columns, _ in row:
        cells += f'<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr>{paragraph(words)}</w:tc>'
    more = f'<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>'
    whole = form()
    archive = zipfile.ZipFile(io.BytesIO(whole))
    text_part = archive.read("word/document.xml").decode()
    at = -1
    for _ in range(before):
        at = text_part.index("<w:tr>", at + 1)
    body = text_part.split("<w:body>")[1].split("</w:body>")[0]
    head = len(text_part.split("<w:body>")[0]) + len("<w:body>")
    return package(body[: at - head] + more + body[at - head :])


def style(name, kind, properties, more=""):
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{more}<w:rPr>{properties}</w:rPr></w:style>'


def by_style(properties):
    return {"cell": run("99.9%", '<w:rStyle w:val="S"/>') + run("87.1%"),
            "styles": style("B", "character", properties) + style("S", "character", "", '<w:basedOn w:val="B"/>')}


def field(kind, more=""):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"{more}/></w:r>'


def instruction(text):
    return f'<w:r><w:instrText xml:space="preserve"> {text} </w:instrText></w:r>'


HIDDEN = '<wp:docPr id="3" name="t" hidden="1"/>'


def drawing(inside, kind="inline", properties=""):
    return f'<w:r><w:drawing><wp:{kind}>{properties}<a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic></wp:{kind}></w:drawing></w:r>'


def box(text):
    return f"<wps:wsp><wps:txbx><w:txbxContent>{paragraph(text)}</w:txbxContent></wps:txbx></wps:wsp>"


def choice(requires, chosen, fallback):
    return (f'<mc:AlternateContent><mc:Choice Requires="{requires}">{chosen}</mc:Choice>'
            f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>")


UNSEEN = {"kind": "unseen-text", "names": FAKE, "severity": "note", "status": "ok"}
CHANGED = {"kind": "changed-text", "names": FAKE, "severity": "note", "status": "ok"}
LOST = {"kind": "lost-content", "severity": "warning", "status": "partial"}
WHITE = '<w:color w:val="FFFFFF"/>'


def faked(properties):
    """The figure behind another one that is not to be read."""
    return {"cell": run(FAKE, properties) + run("87.1%")}


ASIDE = {"kind": "unplaced-text", "names": FAKE, "severity": "note", "status": "ok"}


def around(kind, words, relation=None):
    """A header, footer or note; two sections may have parts of their own that say the same."""
    part = f"<w:{kind} {DECLARED}><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:{kind}>"
    return {"more": [("word/a1.xml", part), ("word/a2.xml", part)], "beside": [(relation or kind, "a1.xml"), (relation or kind, "a2.xml")]}


CASES = [
    ("hidden text", form(**faked("<w:vanish/>")), UNSEEN),
    ("hidden text", form(**by_style("<w:vanish/>")), UNSEEN),
    ("hidden text", form(**faked('<w14:textFill><w14:noFill/></w14:textFill>')), UNSEEN),
    ("hidden text", form(**faked('<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill></w14:textFill>')), UNSEEN),
    ("hidden text", form(**faked('<w:vanish x:val="0"/>')), UNSEEN),
    ("hidden text", form(**faked('<w:webHidden/>')), {"text": "99.9%87.1%"}),
    ("hidden text", form(**faked('<w:specVanish/>')), {"text": "99.9%87.1%"}),
    ("hidden text", form(cell="<w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>" + run("87") + "</w:p>" + paragraph(".1%")), {}),
    ("struck out", form(**faked("<w:strike/>")), CHANGED),
    ("struck out", form(**faked("<w:dstrike/>")), CHANGED),
    ("struck out", form(**by_style("<w:strike/>")), CHANGED),
    ("struck out", form(cell=f'<w:p><w:pPr><w:pStyle w:val="P"/></w:pPr>{run(FAKE)}{run("87.1%", "<w:strike w:val=%s0%s/>" % (chr(34), chr(34)))}</w:p>',
                        styles=style("P", "paragraph", "<w:strike/>")), CHANGED),
    ("deleted by a tracked change", form(cell=f'<w:del><w:r><w:delText>{FAKE}</w:delText></w:r></w:del>' + run("87.1%")), CHANGED),
    ("of its ground's colour", form(**faked(WHITE)), UNSEEN),
    ("of its ground's colour", form(**faked('<w:color w:val="FEFEFA"/>')), UNSEEN),
    ("of its ground's colour", form(**by_style(WHITE)), UNSEEN),
    ("of its ground's colour", form(**faked('<w:color w:val="FF0000"/>'), cell_properties='<w:shd w:val="clear" w:fill="FF0000"/>'), UNSEEN),
    ("of its ground's colour", form(**faked('<w:color w:val="00FF00"/><w:highlight w:val="green"/>')), UNSEEN),
    ("of its ground's colour", form(**faked('<w:color w:val="000000" w:themeColor="background1"/>'), beside=[("theme", "t.xml")],
                                    more=[("word/t.xml", f'<a:theme xmlns:a="{SPACES["a"]}"><a:clrScheme><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1></a:clrScheme></a:theme>')]), UNSEEN),
    ("of its ground's colour", form(cell=run("87.1%", WHITE), cell_properties='<w:shd w:val="clear" w:fill="1F4E79"/>'), {}),
    ("of its ground's colour", form(cell=run("87.1%", '<w:color w:val="C0C0C0"/>')), {}),
    ("of its ground's colour", form(cell=run("87.1%", WHITE), table_properties='<w:tblStyle w:val="T"/>',
                                    styles='<w:style w:type="table" w:styleId="T"><w:tblStylePr w:type="band1Horz"><w:tcPr><w:shd w:val="clear" w:fill="000080"/></w:tcPr></w:tblStylePr></w:style>'), {}),
    ("too small to be read", form(**faked('<w:sz w:val="2"/>')), UNSEEN),
    ("too small to be read", form(**faked('<w:sz w:val="3"/>')), UNSEEN),
    ("too small to be read", form(cell=run("87.1%", '<w:sz w:val="4"/>')), {}),
    ("too small to be read", form(**by_style('<w:sz w:val="2"/>')), UNSEEN),
    ("too small to be read", form(**faked('<w:w w:val="1"/>')), UNSEEN),
    ("too small to be read", form(cell=f'<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>{run(FAKE)}</w:p>' + paragraph("87.1%")), UNSEEN),
    ("raised note marks", form(cell=run("87.1%") + run("1", '<w:vertAlign w:val="superscript"/>')), {"kind": "changed-text", "names": '"1"', "severity": "note", "status": "ok"}),
    ("raised note marks", form(cell=run("8", '<w:vertAlign w:val="superscript"/>') + run("87.1%")), {"kind": "changed-text", "names": '"8"'}),
    ("raised note marks", form(cell=run("87") + run("[2]*", '<w:rStyle w:val="S"/>') + run(".1%"), styles=style("S", "character", '<w:vertAlign w:val="superscript"/>')),
     {"kind": "changed-text", "names": '"[2]*"'}),
    ("raised note marks", form(cell=run("87.1") + run("%", '<w:vertAlign w:val="superscript"/>')), {}),
    ("raised note marks", form(cell=run("87.1%", '<w:vertAlign w:val="superscript"/>')), {}),
    ("raised note marks", form(cell=run("87.1万m") + run("2", '<w:vertAlign w:val="superscript"/>')), {"text": "87.1万m2"}),
    ("raised note marks", form(cell=run("87.1×10") + run("4", '<w:vertAlign w:val="superscript"/>')), {"text": "87.1×10^4"}),
    ("hidden rows", extra_row(FAKE, "<w:hidden/>"), UNSEEN),
    ("hidden rows", extra_row(FAKE, '<w:trHeight w:val="1" w:hRule="exact"/>'), UNSEEN),
    ("hidden rows", form(rows={10: '<w:hidden w:val="0"/><w:trHeight w:val="0"/>'}), {}),
    ("a branch that no program shows", form(cell=choice("x", run(FAKE), run("87.1%"))), UNSEEN),
    ("a branch that no program shows", form(cell=choice("w14", run("87.1%"), run(FAKE))), UNSEEN),
    ("a branch that no program shows", form(cell=choice("w14", run("87.1%"), run("87.1%"))), {}),
    ("a branch that no program shows", form(cell=f"<x:any>{run(FAKE)}</x:any>" + run("87.1%")), UNSEEN),
    ("shown from right to left", form(cell=f'<w:bdo w:val="rtl">{run(FAKE)}</w:bdo>' + run("87.1%")), {**CHANGED, "severity": "warning", "status": "partial"}),
    ("shown from right to left", form(cell=f'<w:bdo w:val="ltr">{run("87.1%")}</w:bdo>'), {}),
    ("a field without a result or an end", form(cell=field("begin") + instruction("DOCPROPERTY x") + field("end")), {**LOST, "text": "", "names": "DOCPROPERTY x"}),
    ("a field without a result or an end", form(cell='<w:fldSimple w:instr="DOCPROPERTY x"/>'), {**LOST, "text": "", "names": "DOCPROPERTY x"}),
    ("a field without a result or an end", form(cell=run("87.1%") + field("begin") + instruction("DOCPROPERTY x") + run(FAKE)), {**LOST, "names": FAKE}),
    ("a field without a result or an end", form(cell=field("begin") + instruction("DOCPROPERTY x") + field("separate") + run("87.1%")),
     {"kind": "doubtful-place", "names": "no end", "severity": "warning"}),
    ("a field without a result or an end", form(cell=field("begin", ' w:dirty="true"') + instruction("DOCPROPERTY x") + field("separate") + run("87.1%") + field("end")),
     {"kind": "changed-text", "names": "computed anew", "severity": "warning"}),
    ("a field without a result or an end", form(cell=field("begin") + instruction("FORMTEXT") + field("separate") + field("end") + run("87.1%")), {}),
    ("a field without a result or an end", form(cell=field("begin") + instruction("DOCPROPERTY x") + field("separate") + run("87.1%") + field("end")), {}),
    ("pictures and embedded files", form(cell=drawing("<a:blip/>")), {**LOST, "text": "", "names": "picture"}),
    ("pictures and embedded files", form(cell='<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>'), {**LOST, "text": "", "names": "picture"}),
    ("pictures and embedded files", form(cell=run("87.1%") + drawing("<a:blip/>", "anchor")), {**LOST, "names": "may cover"}),
    ("pictures and embedded files", form(cell=drawing("<c:chart/>")), {**LOST, "text": "", "names": "chart"}),
    ("pictures and embedded files", form(cell='<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'), {**LOST, "text": "", "names": "Excel.Sheet.12"}),
    ("pictures and embedded files", form(around='<w:altChunk/>'), {**LOST, "names": "altChunk"}),
    ("pictures and embedded files", form(around=paragraph(drawing("<a:blip/>"))), {"kind": "lost-content", "severity": "note", "status": "ok", "names": "1 picture"}),
    ("a text box over text", form(cell=run("87.1%") + choice("wps", drawing(box(FAKE), "anchor"), f'<w:r><w:pict><v:shape style="position:absolute"><w:txbxContent>{paragraph(FAKE)}</w:txbxContent></v:shape></w:pict></w:r>')),
     {"kind": "doubtful-place", "names": FAKE, "severity": "warning"}),
    ("a text box over text", form(cell=drawing(box("87.1%"))), {}),
    ("hidden text boxes", form(cell=run("87.1%") + drawing(box(FAKE), "anchor", HIDDEN)), UNSEEN),
    ("hidden text boxes", form(cell=run("87.1%") + drawing(box(FAKE), "inline", HIDDEN)), UNSEEN),
    ("hidden text boxes", form(around=paragraph(drawing(box("实施单位：" + FAKE), "anchor", HIDDEN))), UNSEEN),
    ("hidden text boxes", form(cell=run("87.1%") + f'<w:r><w:pict><v:shape style="position:absolute;visibility:hidden"><w:txbxContent>{paragraph(FAKE)}</w:txbxContent></v:shape></w:pict></w:r>'), UNSEEN),
    ("hidden text boxes", form(cell=run("87.1%") + drawing("<a:blip/>", "anchor", HIDDEN)), {}),
    ("pictures and embedded files", form(around="<w:altChunk/>" * 60), {**LOST, "count": 50, "names": "altChunk"}),
    ("two parts of one name", form(more=[("word/document.xml", "<x/>")]), {"code": "D01", "field": None, "names": "two parts"}),
    ("two parts of one name", form(more=[("word\\Document.XML", "<x/>")]), {"code": "D01", "field": None, "names": "two parts"}),
    ("two parts of one name", form(more=[("word/other.xml", "<x/>"), ("word/OTHER.xml", "<x/>")]), {}),
    ("around the text", form(**around("header", f"执行率 {FAKE}")), ASIDE),
    ("around the text", form(**around("footer", f"执行率 {FAKE}")), ASIDE),
    ("around the text", form(**around("footnote", f"实为 {FAKE}", "footnotes")), ASIDE),
    ("around the text", form(**around("endnote", f"实为 {FAKE}", "endnotes")), ASIDE),
    ("around the text", form(**around("comment", f"实为 {FAKE}", "comments")), ASIDE),
    ("around the text", form(**around("footer", "第 1 页 共 2 页")), {}),
    ("around the text", form(**around("footer", "- 1 -")), {}),
    ("around the text", form(**around("header", f'</w:t></w:r><w:r><w:pict><v:shape><v:textpath string="{FAKE}"/></v:shape></w:pict></w:r><w:r><w:t>')), ASIDE),
    ("around the text", form(beside=[("header", "gone.xml")]), {"kind": "lost-content", "names": "gone.xml", "severity": "note", "status": "ok"}),
    ("a placeholder, a bound control", form(cell=f'<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run("87.1%")}</w:sdtContent></w:sdt>'), {}),
]


def main():
    warnings.simplefilter("ignore")  # two parts of one name
    judge = Judge(sys.argv[1], ".docx")
    judge.plain(form())
    for number, (row, data, wanted) in enumerate(CASES):
        if len(sys.argv) > 2:
            (Path(sys.argv[2]) / f"{number:02d}.docx").write_bytes(data)
        bad = judge.bad
        judge.case(row, data, **wanted)
        if judge.bad > bad:
            print(f"    in case {number}")
    judge.end("DOCX")


if __name__ == "__main__":
    main()
