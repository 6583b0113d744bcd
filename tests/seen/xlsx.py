#!/usr/bin/env python3
"""Excel files in which a figure is hidden or faked: what a person sees is what is read, and the rest is said.

usage: xlsx.py ZIPING [FOLDER]        with FOLDER the files are also left there, to look at
"""
import io
import re
import sys
import warnings
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from seen import FORM, Judge

# The figure tampered with, and what it is faked with.
TEXT, FAKE = "87.1%", "99.9%"

OFFICE = "http://schemas.openxmlformats.org"
RELATIONS = f"{OFFICE}/officeDocument/2006/relationships"
DRAWING = f"{OFFICE}/drawingml/2006"
SPACES = (f'xmlns="{OFFICE}/spreadsheetml/2006/main" xmlns:r="{RELATIONS}" xmlns:mc="{OFFICE}/markup-compatibility/2006" '
          'xmlns:x="urn:nobody-knows" mc:Ignorable="x"')

# Fonts, fills, formats and what conditional formats change; a style is (format, font, fill).
FONTS = ["", "<strike/>", '<color rgb="FFFFFFFF"/>', '<color theme="0"/>', '<color indexed="9"/>', '<sz val="1"/>', '<color rgb="FFFF0000"/>',
         '<color theme="1" tint="1"/>', '<vertAlign val="superscript"/>', '<color indexed="8"/>']
FILLS = ["<patternFill/>", '<patternFill patternType="gray125"/>', '<patternFill patternType="solid"><fgColor rgb="FFFF0000"/></patternFill>',
         '<patternFill patternType="solid"><fgColor rgb="FF1F4E79"/></patternFill>']
FORMATS = {164: ";;;", 165: "[White]0.0%", 166: '"x"0.0%'}
STYLES = {"percent": (166 - 166 + 10, 0, 0), "plain": (0, 0, 0), "struck": (0, 1, 0), "white": (0, 2, 0), "theme": (0, 3, 0), "indexed": (0, 4, 0), "tiny": (0, 5, 0),
          "red on red": (0, 6, 2), "tinted": (0, 7, 0), "white on dark": (0, 2, 3), "raised": (0, 8, 0), "no format": (164, 0, 0), "white format": (165, 0, 0),
          "white format on dark": (165, 0, 3), "from the palette": (0, 9, 0)}
NAMES = list(STYLES)
# A table style whose cells are white on white.
LIST_STYLE = '<tableStyles><tableStyle name="暗"><tableStyleElement type="wholeTable" dxfId="1"/></tableStyle></tableStyles>'
CHANGES = ['<dxf><numFmt numFmtId="170" formatCode="&quot;99.9%&quot;"/></dxf>', '<dxf><font><color rgb="FFFFFFFF"/></font></dxf>',
           '<dxf><fill><patternFill><bgColor rgb="FF1F4E79"/></patternFill></fill></dxf>', "<dxf><border/></dxf>",
           '<dxf><fill><patternFill><bgColor rgb="FF000000"/></patternFill></fill></dxf>',
           '<dxf><font><color rgb="FFFF0000"/></font><fill><patternFill patternType="solid"><fgColor rgb="FF00FF00"/><bgColor rgb="FFFF0000"/></patternFill></fill></dxf>']


def styles(more=""):
    return (f'<styleSheet {SPACES}><numFmts>{"".join(f"""<numFmt numFmtId="{k}" formatCode="{escape(v, {chr(34): "&quot;"})}"/>""" for k, v in FORMATS.items())}</numFmts>'
            f'<fonts>{"".join(f"<font>{font}</font>" for font in FONTS)}</fonts><fills>{"".join(f"<fill>{fill}</fill>" for fill in FILLS)}</fills>'
            f'<cellXfs>{"".join(f"""<xf numFmtId="{a}" fontId="{b}" fillId="{c}"/>""" for a, b, c in STYLES.values())}</cellXfs><dxfs>{"".join(CHANGES)}</dxfs>{more}</styleSheet>')


def relations(*rows):
    inside = "".join(f'<Relationship Id="r{k}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for k, (kind, target) in enumerate(rows))
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{inside}</Relationships>'


def package(sheets, more=(), beside=(), palette=""):
    """`sheets`: (name, state, part); `beside`: relationships of the first sheet."""
    listed = "".join(f'<sheet name="{name}" sheetId="{k + 1}" state="{state}" r:id="r{k}"/>' for k, (name, state, _) in enumerate(sheets))
    n = len(sheets)
    theme = f'<a:theme xmlns:a="{DRAWING}/main"><a:clrScheme><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1></a:clrScheme></a:theme>'
    parts = [("[Content_Types].xml", f'<Types xmlns="{OFFICE}/package/2006/content-types"/>'), ("_rels/.rels", relations(("officeDocument", "xl/workbook.xml"))),
             ("xl/workbook.xml", f"<workbook {SPACES}><sheets>{listed}</sheets></workbook>"),
             ("xl/_rels/workbook.xml.rels", relations(*[("worksheet", f"s{k}.xml") for k in range(n)], ("styles", "styles.xml"), ("theme", "theme.xml"))),
             ("xl/styles.xml", styles(palette)), ("xl/theme.xml", theme), ("xl/_rels/s0.xml.rels", relations(*beside)),
             *[(f"xl/s{k}.xml", part) for k, (_, _, part) in enumerate(sheets)], *more]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in parts:
            target.writestr(zipfile.ZipInfo(name), text)
    return out.getvalue()


def inside(text):
    return f'<is><t xml:space="preserve">{escape(text)}</t></is>'


def cell(reference, content, style="plain", kind="inlineStr"):
    return f'<c r="{reference}" s="{NAMES.index(style)}" t="{kind}">{content}</c>'


def number(value, style):
    return lambda reference: cell(reference, f"<v>{value}</v>", style, "n")


def text(words, style="plain"):
    return lambda reference: cell(reference, inside(words), style)


def rich(*runs):
    made = "".join(f'<r>{f"<rPr>{properties}</rPr>" if properties is not None else ""}<t>{escape(words)}</t></r>' for words, properties in runs)
    return lambda reference: cell(reference, f"<is>{made}</is>")


def sheet(figure=None, extra=None, rows=None, before="", behind="", skip=()):
    """The form; `figure` makes the cell tampered with, `extra` is a row behind row 10, `rows` has attributes by number."""
    body, covered, merges, at = "", set(), "", 0
    for number_, row in enumerate(FORM):
        at += 1
        cells, column = "", 0
        for words, columns, height in row:
            while (number_, column) in covered:
                column += 1
            covered |= {(number_ + down, column + across) for down in range(height) for across in range(columns)}
            reference = f"{chr(65 + column)}{at}"
            if columns * height > 1:
                shift = 1 if extra and at <= 10 < at + height - 1 else 0
                merges += f'<mergeCell ref="{reference}:{chr(64 + column + columns)}{at + height - 1 + shift}"/>'
            is_it = words == TEXT
            cells += figure(reference) if is_it and figure else text(words)(reference) if words else ""
            column += columns
        body += f'<row r="{at}" {(rows or {}).get(at, "")}>{cells}</row>'
        if extra and at == 10:
            at += 1
            body += extra
    return f'<worksheet {SPACES}>{before}<sheetData>{body}</sheetData><mergeCells>{merges}</mergeCells>{behind}</worksheet>'


def form(figure=None, **keys):
    outside = {key: keys.pop(key) for key in ("more", "beside", "palette") if key in keys}
    others = keys.pop("others", [])
    return package([("表", "visible", sheet(figure, **keys)), *others], **outside)


def extra(attributes, fake=FAKE):
    words = ["虚增指标", "虚增", "≥1%", fake, "20", "20"]
    return f'<row r="11" {attributes}>' + "".join(text(word)(f"{chr(66 + k)}11") for k, word in enumerate(words)) + "</row>"


def beside(content, reference="J10"):
    """A sheet with one more column, J, that holds the fake."""
    return lambda own: text(TEXT)(own) + content(reference)


def drawn(content, place=(4, 9, 5, 10)):
    anchor = (f'<xdr:twoCellAnchor><xdr:from><xdr:col>{place[0]}</xdr:col><xdr:row>{place[1]}</xdr:row></xdr:from><xdr:to><xdr:col>{place[2]}</xdr:col>'
              f"<xdr:row>{place[3]}</xdr:row></xdr:to>{content}</xdr:twoCellAnchor>")
    part = f'<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main">{anchor}</xdr:wsDr>'
    return {"more": [("xl/d.xml", part)], "beside": [("drawing", "d.xml")]}


HIDDEN = ' hidden="1"'


def boxed(attributes, words=FAKE):
    """A text box; `attributes` are those of its properties."""
    return (f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="9" name="t"{attributes}/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></xdr:txBody></xdr:sp>')


def condition(change, kind, inside_="", where="D1:F20"):
    return f'<conditionalFormatting sqref="{where}"><cfRule type="{kind}" dxfId="{change}" priority="1" {inside_}</cfRule></conditionalFormatting>'


def extended(inside_, where="D1:F20"):
    """A conditional format in the list of extensions, which holds its own change."""
    return ('<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings>'
            '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule priority="1" id="{0}" ' + inside_
            + f"</x14:cfRule><xm:sqref>{where}</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>")


def in_list(reference, name="TableStyleMedium2"):
    """A list (a table of Excel's) in the sheet."""
    part = f'<table {SPACES} id="1" name="T" ref="{reference}"><tableStyleInfo name="{name}" showRowStripes="1"/></table>'
    return {"behind": '<tableParts><tablePart r:id="r0"/></tableParts>', "more": [("xl/t.xml", part)], "beside": [("table", "t.xml")]}


def commented(words):
    return {"more": [("xl/c.xml", f'<comments {SPACES}><commentList><comment ref="E10"><text><r><t>{words}</t></r></text></comment></commentList></comments>')],
            "beside": [("comments", "c.xml")]}


UNSEEN = {"kind": "unseen-text", "names": FAKE, "severity": "note", "status": "ok"}
CHANGED = {"kind": "changed-text", "names": FAKE, "severity": "note", "status": "ok"}
LOST = {"kind": "lost-content", "severity": "warning", "status": "partial"}
MARK = {"kind": "changed-text", "severity": "note", "status": "ok"}
OF_NUMBER = {**UNSEEN, "text": "", "names": "0.871"}
ASIDE = {"kind": "unplaced-text", "names": FAKE, "severity": "note", "status": "ok"}
RAISED = '<vertAlign val="superscript"/>'

CASES = [
    ("struck out", form(text(FAKE, "struck")), {**CHANGED, "text": ""}),
    ("struck out", form(rich((FAKE, "<strike/>"), (TEXT, ""))), CHANGED),
    ("struck out", form(rich((FAKE, "<strike/>"), (TEXT, None))), CHANGED),
    ("of its ground's colour", form(text(FAKE, "white")), {**UNSEEN, "text": ""}),
    ("of its ground's colour", form(text(FAKE, "theme")), {**UNSEEN, "text": ""}),
    ("of its ground's colour", form(text(FAKE, "indexed")), {**UNSEEN, "text": ""}),
    ("of its ground's colour", form(text(FAKE, "tinted")), {**UNSEEN, "text": ""}),
    ("of its ground's colour", form(text(FAKE, "red on red")), {**UNSEEN, "text": ""}),
    ("of its ground's colour", form(rich((FAKE, '<color rgb="FFFFFFFF"/>'), (TEXT, ""))), UNSEEN),
    ("of its ground's colour", form(text(FAKE, "from the palette"), palette=f'<colors><indexedColors>{"".join("""<rgbColor rgb="FFFFFFFF"/>""" for _ in range(9))}</indexedColors></colors>'), {**UNSEEN, "text": ""}),
    ("of its ground's colour", form(text(TEXT, "white on dark")), {}),
    ("of its ground's colour", form(number("0.871", "white format")), OF_NUMBER | {"names": TEXT}),
    ("of its ground's colour", form(number("0.871", "white format on dark")), {}),
    ("of its ground's colour", form(text(TEXT, "white"), **in_list("A1:I20")), UNSEEN | {"names": TEXT}),
    ("of its ground's colour", form(text(FAKE, "white"), **in_list("A15:I20")), UNSEEN | {"text": ""}),
    ("of its ground's colour", form(text(TEXT), **in_list("E10:E11", "暗"), palette=LIST_STYLE), {"kind": "changed-text", "names": TEXT, "severity": "warning"}),
    ("of its ground's colour", form(text(TEXT), **in_list("A1:I20", "明"), palette=LIST_STYLE), {}),
    ("too small to be read", form(text(FAKE, "tiny")), {**UNSEEN, "text": ""}),
    ("too small to be read", form(rich((FAKE, '<sz val="1.9"/>'), (TEXT, '<sz val="2"/>'))), UNSEEN),
    ("too small to be read", form(rich((FAKE, '<sz val="1"/>'), (TEXT, '<sz val="11"/>'))), UNSEEN),
    ("raised note marks", form(rich((TEXT, ""), ("1", RAISED))), {**MARK, "names": '"1"'}),
    ("raised note marks", form(rich(("8", RAISED), (TEXT, None))), {**MARK, "names": '"8"'}),
    ("raised note marks", form(rich(("87.1万m", None), ("2", RAISED))), {"text": "87.1万m2"}),
    ("raised note marks", form(rich(("87.1×10", None), ("4", RAISED))), {"text": "87.1×10^4"}),
    ("raised note marks", form(text(TEXT, "raised")), {}),
    ("hidden rows", form(extra=extra('hidden="1"')), UNSEEN),
    ("hidden rows", form(extra=extra('ht="0" customHeight="1"')), UNSEEN),
    ("hidden rows", form(extra=extra('hidden="1" outlineLevel="1"')), UNSEEN),
    ("hidden rows", form(extra=extra(""), before='<sheetFormatPr defaultRowHeight="0"/>', rows={k: 'ht="15"' for k in range(1, 20)}), UNSEEN),
    ("hidden rows", form(rows={10: 'ht="3"'}), {}),
    ("hidden rows", form(rows={9: 'hidden="1"'}), {"field": None, "kind": "unseen-text", "names": "培训期数"}),
    ("hidden columns and sheets", form(beside(text(FAKE)), before='<cols><col min="10" max="10" hidden="1"/></cols>'), UNSEEN),
    ("hidden columns and sheets", form(beside(text(FAKE)), before='<cols><col min="10" max="10" width="0"/></cols>'), UNSEEN),
    ("hidden columns and sheets", form(beside(text(FAKE)), before='<sheetFormatPr defaultColWidth="0"/><cols><col min="1" max="9" width="10"/></cols>'), UNSEEN),
    ("hidden columns and sheets", form(others=[("暗", "hidden", sheet(text(FAKE)))]), UNSEEN | {"names": "暗"}),
    ("hidden columns and sheets", form(others=[("暗", "veryHidden", sheet(text(FAKE)))]), UNSEEN | {"names": "暗"}),
    ("hidden columns and sheets", package([("表", "hidden", sheet()), ("空", "visible", f"<worksheet {SPACES}><sheetData/></worksheet>")]), {"code": "D02", "field": None, "names": '"表" is hidden'}),
    ("hidden columns and sheets", form(others=[("空", "hidden", f"<worksheet {SPACES}><sheetData/></worksheet>")]), {}),
    ("hidden columns and sheets", form(others=[("暗", "hidden", f"<worksheet {SPACES}><sheetData/></worksheet>")], more=[
        ("xl/_rels/s1.xml.rels", relations(("drawing", "d.xml"))),
        drawn(f"<xdr:sp><xdr:txBody><a:p><a:r><a:t>执行率 {FAKE}</a:t></a:r></a:p></xdr:txBody></xdr:sp>")["more"][0]]), UNSEEN),
    ("a format that shows nothing", form(number("0.871", "no format")), OF_NUMBER),
    ("a format that shows nothing", form(text(FAKE, "no format")), {**UNSEEN, "text": ""}),
    ("a format that shows nothing", form(number("0", "percent"), before='<sheetViews><sheetView showZeros="0"/></sheetViews>'), {**UNSEEN, "text": "", "names": "0.00%"}),
    ("a conditional format", form(number("0.871", "percent"), behind=condition(0, "cellIs", 'operator="greaterThan"><formula>0.5</formula>')), {"text": FAKE}),
    ("a conditional format", form(number("0.871", "percent"), behind=condition(0, "cellIs", 'operator="lessThan"><formula>0.5</formula>')), {"text": "87.10%"}),
    ("a conditional format", form(number("0.871", "percent"), behind=condition(0, "expression", '><formula>A1=1</formula>')),
     {"text": "87.10%", "kind": "changed-text", "names": "E10", "severity": "warning"}),
    ("a conditional format", form(number("0.871", "percent"), behind=condition(1, "cellIs", 'operator="between"><formula>0</formula><formula>1</formula>')), {**UNSEEN, "text": "", "names": "87.10%"}),
    ("a conditional format", form(text(TEXT, "white"), behind=condition(2, "expression", '><formula>A1=1</formula>')), {}),
    ("a conditional format", form(number("0.871", "percent"), behind=condition(3, "expression", '><formula>A1=1</formula>')), {"text": "87.10%"}),
    ("a conditional format", form(number("0.871", "percent"), behind=condition(4, "cellIs", 'operator="greaterThan"><formula>0.5</formula>', "E10")), {**UNSEEN, "text": "", "names": "87.10%"}),
    ("a conditional format", form(number("0.871", "percent"), behind=condition(5, "cellIs", 'operator="greaterThan"><formula>0.5</formula>', "E10")), {**UNSEEN, "text": "", "names": "87.10%"}),
    ("a conditional format", form(number("0.871", "percent"), behind=condition(4, "expression", '><formula>A1=1</formula>', "E10")),
     {"text": "87.10%", "kind": "changed-text", "names": "E10", "severity": "warning"}),
    ("a conditional format", form(number("0.871", "percent"), behind=condition(3, "iconSet", '><iconSet showValue="0"/>')), OF_NUMBER | {"names": "87.10%"}),
    ("a conditional format", form(number("0.871", "percent"), behind=condition(3, "dataBar", '><dataBar/>')), {"text": "87.10%"}),
    ("a conditional format", form(number("0.871", "percent"), behind=extended('type="cellIs" operator="greaterThan"><xm:f>0.5</xm:f><x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf>', "E10")),
     {**UNSEEN, "text": "", "names": "87.10%"}),
    ("a conditional format", form(number("0.871", "percent"), behind=extended('type="cellIs" operator="lessThan"><xm:f>0.5</xm:f><x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf>')),
     {"text": "87.10%"}),
    ("a conditional format", form(number("0.871", "percent"), behind=extended('type="cellIs" operator="lessThan"><xm:f>1</xm:f><x14:dxf><numFmt numFmtId="170" formatCode="&quot;99.9%&quot;"/></x14:dxf>')),
     {"text": FAKE}),
    ("a conditional format", form(number("0.871", "percent"), behind=extended('type="expression"><xm:f>A1=1</xm:f><x14:dxf><font><color theme="0"/></font></x14:dxf>', "E10")),
     {"text": "87.10%", "kind": "changed-text", "names": "E10", "severity": "warning"}),
    ("a conditional format", form(number("0.871", "percent"), behind=extended('type="dataBar"><x14:dataBar showValue="0"/>')), OF_NUMBER | {"names": "87.10%"}),
    ("a conditional format", form(number("0.871", "percent"), behind=extended('type="expression"><xm:f>A1=1</xm:f><x14:dxf><font><color theme="0"/></font></x14:dxf>', "A30")), {"text": "87.10%"}),
    ("around the text", form(**commented(f"已核实为{FAKE}")), ASIDE),
    ("around the text", form(behind=f"<headerFooter><oddHeader>&amp;C&amp;\"宋体,常规\"&amp;12执行率 {FAKE}</oddHeader></headerFooter>"), ASIDE),
    ("around the text", form(behind="<headerFooter><oddHeader>&amp;C&amp;A</oddHeader><oddFooter>&amp;L&amp;K01+000第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>"), {}),
    ("shown from right to left", form(text("\u202e%1.78")), {"text": "", "kind": "changed-text", "names": "%1.78", "severity": "warning", "status": "partial"}),
    ("cells outside the sheet's data", form(behind=f'<extLst><ext uri="x"><row r="10">{text(FAKE)("E10")}</row></ext></extLst>'), LOST | {"names": "at: "}),
    ("cells outside the sheet's data", form(beside(text(FAKE), "E0")), LOST | {"names": "at: "}),
    ("cells outside the sheet's data", form(beside(text(FAKE), "10")), LOST | {"names": "at: "}),
    ("a branch that no program shows", form(lambda own: text(TEXT)(own) + f'<x:y>{text(FAKE)("E10")}</x:y>'), UNSEEN),
    ("a branch that no program shows",
     form(lambda own: f'<mc:AlternateContent><mc:Choice Requires="x">{text(FAKE)(own)}</mc:Choice><mc:Fallback>{text(TEXT)(own)}</mc:Fallback></mc:AlternateContent>'), UNSEEN),
    ("text under a merged cell", form(rows={}, behind="", figure=lambda own: text(TEXT)(own)).replace(b"", b""), {}),
    ("pictures and embedded files", form(**drawn("<xdr:pic/>")), LOST | {"names": "E10"}),
    ("pictures and embedded files", form(**drawn("<xdr:graphicFrame/>")), LOST | {"names": "chart"}),
    ("pictures and embedded files", form(lambda own: f'<c r="{own}" t="e" vm="1"><v>#VALUE!</v></c>'), LOST | {"text": "", "names": "E10"}),
    ("a text box over text", form(**drawn(f"<xdr:sp><xdr:txBody><a:p><a:r><a:t>{FAKE}</a:t></a:r></a:p></xdr:txBody></xdr:sp>")), {"kind": "doubtful-place", "names": "E10", "severity": "warning"}),
    ("a text box over text", form(**drawn(f"<xdr:sp><xdr:txBody><a:p><a:r><a:t>{FAKE}</a:t></a:r></a:p></xdr:txBody></xdr:sp>", (12, 30, 13, 31))), {}),
    ("hidden text boxes", form(**drawn(boxed(HIDDEN), (12, 30, 13, 31))), UNSEEN | {"names": FAKE}),
    ("hidden text boxes", form(**drawn(f'<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="7" name="g" hidden="1"/></xdr:nvGrpSpPr>{boxed("")}</xdr:grpSp>', (12, 30, 13, 31))), UNSEEN | {"names": FAKE}),
    ("hidden text boxes", form(**drawn(f'<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="7" name="g"/></xdr:nvGrpSpPr>{boxed(HIDDEN, "不显示")}{boxed("", "显示")}</xdr:grpSp>', (12, 30, 13, 31))),
     UNSEEN | {"names": 'hidden rows or columns, were left out, from: M31 "不显示"'}),
    ("hidden text boxes", form(before='<cols><col min="10" max="10" hidden="1"/></cols>', **drawn(boxed(""), (9, 3, 10, 9))), UNSEEN),
    ("hidden text boxes", form(**drawn('<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="7" name="p" hidden="1"/></xdr:nvPicPr></xdr:pic>')), {}),
    ("two parts of one name", form(more=[("xl/s0.xml", "<x/>")]), {"code": "D01", "field": None, "names": "two parts"}),
    ("two parts of one name", form(more=[("xl/STYLES.xml", "<x/>")]), {"code": "D01", "field": None, "names": "two parts"}),
    ("formulas shown, results of formulas", form(lambda own: f'<c r="{own}" s="0" t="n"><f>1-0.129</f><v>0.871</v></c>', before='<sheetViews><sheetView showFormulas="1"/></sheetViews>'),
     {"text": "87.10%", "kind": "changed-text", "names": "1 were read", "severity": "warning"}),
    ("formulas shown, results of formulas", form(lambda own: f'<c r="{own}" s="0" t="n"><f>1-0.129</f></c>'), LOST | {"text": "", "names": "E10"}),
]


def covered(words):
    """The form with a text under the merged cell of the first row."""
    part = sheet().replace('</row><row r="2"', text(words)("B1") + '</row><row r="2"', 1)
    return package([("表", "visible", re.sub("  +", " ", part))])


CASES = [case for case in CASES if case[0] != "text under a merged cell"] + [
    ("text under a merged cell", covered(FAKE), UNSEEN), ("text under a merged cell", covered(FORM[0][0][0]), {})]


def main():
    warnings.simplefilter("ignore")  # two parts of one name
    judge = Judge(sys.argv[1], ".xlsx")
    judge.plain(form())
    for at, (row, data, wanted) in enumerate(CASES):
        if len(sys.argv) > 2:
            (Path(sys.argv[2]) / f"{at:02d}.xlsx").write_bytes(data)
        bad = judge.bad
        judge.case(row, data, **wanted)
        if judge.bad > bad:
            print(f"    in case {at}")
    judge.end("XLSX")


if __name__ == "__main__":
    main()
