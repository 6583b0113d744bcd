#!/usr/bin/env python3
"""Prints the seven seed forms in many layouts with the programs that make PDFs, and compares what ziping reads with the truth.

usage: print.py [--ziping PROGRAM] [--keep FOLDER] [NAME…]    NAME: a layout, or the start of several; all without

Needs chromium, weasyprint, soffice (libreoffice-writer-nogui, libreoffice-calc-nogui) and the fonts fonts-wqy-zenhei and
fonts-noto-cjk; what is not installed is left out and said so. Not part of the quick tests: a run takes some minutes.
Prints a line a layout, `NAME: fields exact/all, findings found/expected, unexpected N`, and ends with `N of M layouts exact`.
"""
import argparse
import html
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FORMS = json.loads((ROOT / "tests/truth/grid.json").read_text(encoding="utf-8"))
WIDTHS = [7.5, 10, 11.5, 17, 11, 11, 8, 8, 16]  # percent of the table's width
NARROW_LAST = [8, 10, 14, 18, 12, 12, 8, 8, 10]
EVEN = [100 / 9] * 9

# A layout is a row: how the page and the table look. What a row leaves out is this.
PLAIN = dict(size="A4", margin="18mm 15mm", font="WenQuanYi Zen Hei", pt=10.5, line=None, border="1px solid #000", collapse=True,
             widths=WIDTHS, pad="2pt 3pt", breaks=True, valign="middle", furniture=False, thead=False, css="", title_outside=False, attributes="")


def layout(maker, **differences):
    return maker, {**PLAIN, **differences}


def table_rows(form, titles=True):
    """Cells by row: (row span, column span, text)."""
    rows = {}
    for row, _, row_span, col_span, text in form["cells"]:
        rows.setdefault(row, []).append((row_span, col_span, text))
    return [rows[row] for row in sorted(rows) if titles or row > 1]


def page_css(look):
    margin_boxes = "@bottom-center{content:'- ' counter(page) ' -'}@top-right{content:'附件2'}" if look["furniture"] else ""
    collapse = "border-collapse:collapse" if look["collapse"] else "border-collapse:separate;border-spacing:2px"
    line = f"line-height:{look['line']};" if look["line"] else ""
    breaks = "table{page-break-after:always;break-after:page}table:last-child{break-after:auto}" if look["breaks"] else "table{margin-bottom:8mm}"
    return (f"@page{{size:{look['size']};margin:{look['margin']};{margin_boxes}}}body{{margin:0;font-family:'{look['font']}';font-size:{look['pt']}pt;{line}}}"
            f"table{{width:100%;table-layout:fixed;{collapse}}}{breaks}"
            f"td{{border:{look['border']};padding:{look['pad']};text-align:center;vertical-align:{look['valign']};overflow-wrap:anywhere}}"
            f"td.t{{font-size:1.5em;font-weight:bold}}{look['css']}")


def html_table(form, look):
    cols = "".join(f'<col style="width:{width}%">' for width in look["widths"])
    out, n = [], 0
    rows = table_rows(form, not look["title_outside"])
    for cells in rows:
        marks = "".join(
            f"<td{' class=t' if n == 0 and not look['title_outside'] else ''} rowspan={row_span} colspan={col_span}>{html.escape(text)}</td>"
            for row_span, col_span, text in cells)
        out.append(f"<tr>{marks}</tr>")
        n += 1
    if look["thead"]:
        out.insert(2, "</thead><tbody>")
        body = "<thead>" + "".join(out) + "</tbody>"
    else:
        body = "".join(out)
    above = ""
    if look["title_outside"]:
        above = "".join(f"<p style='text-align:center'>{html.escape(cells[0][2])}</p>" for cells in table_rows(form)[:2])
    return f"{above}<table {look['attributes']}><colgroup>{cols}</colgroup>{body}</table>"


def html_page(look):
    tables = "".join(html_table(form, look) for form in FORMS)
    return f"<!DOCTYPE html><html lang=zh-CN><head><meta charset=utf-8><title>绩效自评表</title><style>{page_css(look)}</style></head><body>{tables}</body></html>"


def run(*command, cwd):
    subprocess.run(command, cwd=cwd, check=True, timeout=180, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def by_chromium(folder, look):
    (folder / "in.html").write_text(html_page(look), encoding="utf-8")
    furniture = [] if look.get("browser_furniture") else ["--no-pdf-header-footer"]
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile", *furniture,
        "--print-to-pdf=out.pdf", (folder / "in.html").as_uri(), cwd=folder)


def by_weasyprint(folder, look):
    (folder / "in.html").write_text(html_page(look), encoding="utf-8")
    run("weasyprint", "in.html", "out.pdf", cwd=folder)


def by_office(folder, source):
    run("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(folder),
        str(folder / source), cwd=folder)
    (folder / source).with_suffix(".pdf").rename(folder / "out.pdf")


def by_office_html(folder, look):
    (folder / "in.html").write_text(html_page(look), encoding="utf-8")
    run("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "odt:writer8",
        "--infilter=HTML (StarWriter)", "--outdir", str(folder), str(folder / "in.html"), cwd=folder)
    by_office(folder, "in.odt")


# --- DOCX, as far as a printed form needs it ---
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default
Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"
ContentType="application/xml"/>%s</Types>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?><Relationships
xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>"""
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx_cell(text, width, col_span, merge, look, is_title):
    size = int(look["pt"] * 2 * (1.5 if is_title else 1))
    font = look["font"]
    spans = (f'<w:gridSpan w:val="{col_span}"/>' if col_span > 1 else "") + merge
    vertical = look.get("vertical_labels") and merge and not is_title and len(text) < 8
    direction = '<w:textDirection w:val="tbRlV"/>' if vertical else ""
    return (f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{direction}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
            f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/><w:sz w:val="{size}"/></w:rPr>'
            f"<w:t xml:space=\"preserve\">{html.escape(text)}</w:t></w:r></w:p></w:tc>")


def docx_table(form, look, twips):
    widths = [int(width / 100 * twips) for width in look["widths"]]
    cells = {(row, col): (row_span, col_span, text) for row, col, row_span, col_span, text in form["cells"]}
    covered = {(r, col): (row, col) for row, col, row_span, _, _ in form["cells"] for r in range(row + 1, row + row_span)}
    rows = []
    for row in range(form["rows"]):
        marks, col = [], 0
        while col < form["cols"]:
            origin = covered.get((row, col), (row, col))
            row_span, col_span, text = cells[origin]
            merge = "" if row_span == 1 else '<w:vMerge w:val="restart"/>' if origin[0] == row else "<w:vMerge/>"
            width = sum(widths[col:col + col_span])
            marks.append(docx_cell(text if origin[0] == row else "", width, col_span, merge, look, row == 0))
            col += col_span
        header = "<w:trPr><w:tblHeader/></w:trPr>" if look["thead"] and row < 2 else ""
        rows.append(f"<w:tr>{header}{''.join(marks)}</w:tr>")
    border = "".join(f'<w:{side} w:val="{look.get("line_style", "single")}" w:sz="4" w:space="0" w:color="auto"/>'
                     for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{border}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>")


def by_docx(folder, look):
    width, height, margin = look["page"]
    body = []
    for form in FORMS:
        body.append(docx_table(form, look, width - 2 * margin))
        body.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>' if look["breaks"] else "<w:p/>")
    footer = f'<w:footerReference w:type="default" r:id="rId2"/>' if look["furniture"] else ""
    section = f'<w:sectPr>{footer}<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{margin}" w:right="{margin}" w:bottom="{margin}" w:left="{margin}" w:header="400" w:footer="400" w:gutter="0"/></w:sectPr>'
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    with zipfile.ZipFile(folder / "in.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES % (f'<Override PartName="/word/document.xml" ContentType="{main}document.main+xml"/>'
                                                         f'<Override PartName="/word/footer1.xml" ContentType="{main}footer+xml"/>'))
        package.writestr("_rels/.rels", RELATIONS % f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>')
        package.writestr("word/_rels/document.xml.rels", RELATIONS % f'<Relationship Id="rId2" Type="{OFFICE}/footer" Target="footer1.xml"/>')
        package.writestr("word/footer1.xml", f'<?xml version="1.0" encoding="UTF-8"?><w:ftr xmlns:w="{W}"><w:p><w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>')
        package.writestr("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}" xmlns:r="{OFFICE}"><w:body>{"".join(body)}{section}</w:body></w:document>')
    by_office(folder, "in.docx")


# --- XLSX, the same ---
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def column_name(col):
    return chr(ord("A") + col)


def xlsx_sheet(form, look):
    rows, merges = {}, []
    for row, col, row_span, col_span, text in form["cells"]:
        for r in range(row, row + row_span):
            for c in range(col, col + col_span):
                rows.setdefault(r, {})[c] = text if (r, c) == (row, col) else ""
        if row_span * col_span > 1:
            merges.append(f'<mergeCell ref="{column_name(col)}{row + 1}:{column_name(col + col_span - 1)}{row + row_span}"/>')
    widths = "".join(f'<col min="{k + 1}" max="{k + 1}" width="{width * look["scale"]:.2f}" customWidth="1"/>' for k, width in enumerate(look["widths"]))
    def height(row):
        """High enough for every text of the row: an em a character, in columns of `width` digits."""
        lines = 1
        for r, col, row_span, col_span, text in form["cells"]:
            room = sum(look["widths"][col:col + col_span]) * look["scale"] * 0.45
            if r == row:
                lines = max(lines, (len(text) / max(room, 1) + 1) / row_span)
        return max(look["row_height"], lines * look["pt"] * 1.5)

    data = "".join(
        f'<row r="{r + 1}" ht="{height(r):.1f}" customHeight="1">' + "".join(
            f'<c r="{column_name(c)}{r + 1}" s="1" t="inlineStr"><is><t xml:space="preserve">{html.escape(text)}</t></is></c>' for c, text in sorted(cells.items()))
        + "</row>" for r, cells in sorted(rows.items()))
    orientation = 'orientation="landscape" ' if look.get("landscape") else ""
    return (f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{S}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><cols>{widths}</cols><sheetData>{data}</sheetData>'
            f'<mergeCells count="{len(merges)}">{"".join(merges)}</mergeCells><pageSetup paperSize="9" {orientation}fitToWidth="1" fitToHeight="0"/></worksheet>')


def by_xlsx(folder, look):
    sheets = "".join(f'<sheet name="表{k + 1}" sheetId="{k + 1}" r:id="rId{k + 1}"/>' for k in range(len(FORMS)))
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    edge = "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom"))
    styles = (f'<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="{S}"><fonts count="1"><font><sz val="{look["pt"]}"/><name val="{look["font"]}"/></font></fonts>'
              f'<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border/><border>{edge}</border></borders>'
              '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf borderId="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf></cellXfs></styleSheet>')
    with zipfile.ZipFile(folder / "in.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        parts = "".join(f'<Override PartName="/xl/worksheets/sheet{k + 1}.xml" ContentType="{main}worksheet+xml"/>' for k in range(len(FORMS)))
        package.writestr("[Content_Types].xml", TYPES % (f'<Override PartName="/xl/workbook.xml" ContentType="{main}sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{main}styles+xml"/>{parts}'))
        package.writestr("_rels/.rels", RELATIONS % f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>')
        links = "".join(f'<Relationship Id="rId{k + 1}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{k + 1}.xml"/>' for k in range(len(FORMS)))
        package.writestr("xl/_rels/workbook.xml.rels", RELATIONS % (links + f'<Relationship Id="rId99" Type="{OFFICE}/styles" Target="styles.xml"/>'))
        package.writestr("xl/workbook.xml", f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{S}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>')
        package.writestr("xl/styles.xml", styles)
        for k, form in enumerate(FORMS):
            package.writestr(f"xl/worksheets/sheet{k + 1}.xml", xlsx_sheet(form, look))
    by_office(folder, "in.xlsx")


A4, A4_LANDSCAPE, A5 = (11906, 16838), (16838, 11906), (8391, 11906)
OFFICE_BORDER = 'border="1" cellspacing="0" cellpadding="3"'
NOTO, WQY = "Noto Sans CJK SC", "WenQuanYi Zen Hei"
LAYOUTS = {
    "chromium-plain": layout(by_chromium),
    "chromium-large": layout(by_chromium, pt=13, line=1.6),
    "chromium-huge": layout(by_chromium, pt=16, line=1.5),
    "chromium-small": layout(by_chromium, pt=8),
    "chromium-flow": layout(by_chromium, breaks=False),
    "chromium-flow-large": layout(by_chromium, breaks=False, pt=12, line=1.9),
    "chromium-flow-title-outside": layout(by_chromium, breaks=False, title_outside=True, pt=11),
    "chromium-a5": layout(by_chromium, size="A5", margin="8mm 6mm", pt=8),
    "chromium-a5-flow": layout(by_chromium, size="A5", margin="10mm 8mm", pt=9, breaks=False, font=NOTO),
    "chromium-landscape": layout(by_chromium, size="A4 landscape", margin="15mm"),
    "chromium-landscape-flow": layout(by_chromium, size="A4 landscape", margin="20mm", pt=12, breaks=False, line=1.4),
    "chromium-top": layout(by_chromium, valign="top", pt=12, line=1.8),
    "chromium-bottom": layout(by_chromium, valign="bottom", pt=12, line=1.8, breaks=False),
    "chromium-double": layout(by_chromium, border="3px double #000", pt=11),
    "chromium-dashed": layout(by_chromium, border="1px dashed #444", breaks=False),
    "chromium-dotted": layout(by_chromium, border="1.5px dotted #000"),
    "chromium-hair": layout(by_chromium, border="0.4px solid #999", breaks=False, pt=11),
    "chromium-separate": layout(by_chromium, collapse=False),
    "chromium-furniture": layout(by_chromium, breaks=False, furniture=True, pt=12),
    "chromium-browser-furniture": layout(by_chromium, breaks=False, pt=11.5, margin="20mm 12mm", browser_furniture=True),
    "chromium-shaded": layout(by_chromium, css="tr:nth-child(odd) td{background:#eee}td{background:#fff}", breaks=False),
    "chromium-even": layout(by_chromium, widths=EVEN, pt=11, breaks=False),
    "chromium-narrow-reason": layout(by_chromium, widths=NARROW_LAST, pt=12),
    "chromium-thead": layout(by_chromium, thead=True, pt=13, line=1.8),
    "chromium-vertical": layout(by_chromium, css="td[rowspan]:not([rowspan='1']){writing-mode:vertical-rl}", pt=11, font=NOTO),
    "chromium-spaced": layout(by_chromium, css="td{letter-spacing:1.5pt}", pt=9),
    "chromium-tight": layout(by_chromium, pad="0", line=1.05, pt=10),
    "chromium-loose": layout(by_chromium, pad="9pt 6pt", pt=10, breaks=False),
    "weasyprint-plain": layout(by_weasyprint),
    "weasyprint-large": layout(by_weasyprint, pt=13, line=1.7),
    "weasyprint-flow": layout(by_weasyprint, breaks=False, pt=11, furniture=True),
    "weasyprint-a5": layout(by_weasyprint, size="A5", margin="10mm 8mm", pt=8.5, breaks=False),
    "weasyprint-landscape": layout(by_weasyprint, size="A4 landscape", margin="12mm", furniture=True),
    "weasyprint-separate": layout(by_weasyprint, collapse=False, pt=10),
    "weasyprint-top": layout(by_weasyprint, valign="top", pt=12.5, line=1.8, breaks=False),
    "office-html": layout(by_office_html, attributes=OFFICE_BORDER),
    "office-html-large": layout(by_office_html, attributes=OFFICE_BORDER, pt=13),
    "office-html-flow": layout(by_office_html, attributes=OFFICE_BORDER, breaks=False, pt=11, font=NOTO),
    "office-unruled": layout(by_office_html),
    "office-unruled-large": layout(by_office_html, pt=13),
    "office-unruled-flow": layout(by_office_html, breaks=False, pt=11, font=NOTO),
    "docx-plain": layout(by_docx, page=(*A4, 850)),
    "docx-large": layout(by_docx, page=(*A4, 1100), pt=13),
    "docx-flow": layout(by_docx, page=(*A4, 1000), breaks=False, pt=11, furniture=True),
    "docx-landscape": layout(by_docx, page=(*A4_LANDSCAPE, 900), breaks=False, pt=12, furniture=True, font=NOTO),
    "docx-a5": layout(by_docx, page=(*A5, 500), pt=8, breaks=False),
    "docx-thead": layout(by_docx, page=(*A4, 1300), pt=13, thead=True),
    "docx-vertical": layout(by_docx, page=(*A4, 900), pt=11, vertical_labels=True, font=NOTO),
    "docx-double": layout(by_docx, page=(*A4, 900), pt=11, line_style="double", breaks=False),
    "xlsx-plain": layout(by_xlsx, scale=1.2, row_height=45),
    "xlsx-landscape": layout(by_xlsx, scale=1.6, row_height=36, landscape=True, font=NOTO),
    "xlsx-tall": layout(by_xlsx, scale=1.0, row_height=70),
}
PROGRAMS = {by_chromium: "chromium", by_weasyprint: "weasyprint", by_office_html: "soffice", by_docx: "soffice", by_xlsx: "soffice"}


def compare(ziping, pdf):
    done = subprocess.run([sys.executable, ROOT / "tests/accept/seed.py", ziping, pdf], capture_output=True, text=True, timeout=300)
    return done.returncode == 0, done.stdout.rstrip().splitlines()


def try_layout(name, arguments):
    maker, look = LAYOUTS[name]
    if not shutil.which(PROGRAMS[maker]):
        print(f"{name}: left out, no {PROGRAMS[maker]}")
        return None
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        kept = arguments.keep / f"{name}.pdf" if arguments.keep else None
        if not kept or not kept.exists():
            maker(folder, look)
            if kept:
                shutil.copy(folder / "out.pdf", kept)
        is_exact, lines = compare(arguments.ziping, kept or folder / "out.pdf")
    print(f"{name}: {lines[-1]}", *(lines[:-1][:arguments.show]), sep="\n  ", flush=True)
    return is_exact


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ziping", default=ROOT / "build/dev/ziping")
    parser.add_argument("--keep", type=Path, help="keep the prints here, and use those that are there")
    parser.add_argument("--show", type=int, default=5, help="differences to show of each layout")
    parser.add_argument("name", nargs="*")
    arguments = parser.parse_args()
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
    names = [name for name in LAYOUTS if not arguments.name or any(name.startswith(start) for start in arguments.name)]
    results = [result for result in (try_layout(name, arguments) for name in names) if result is not None]
    print(f"{sum(results)} of {len(results)} layouts exact")
    sys.exit(0 if results and all(results) else 1)


main()
