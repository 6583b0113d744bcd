#!/usr/bin/python3
"""Makes the prints that run.py reads: forms printed by several tools, as `pdftotext -layout` gives their text.

usage: collect.py dev|held [LAYOUT…]      writes dev/LAYOUT.txt and dev/truth.ndjson, or held/…

dev: the forms and layouts of tests/print/columns.py. held: forms of other seeds, printed by WeasyPrint, Chromium and
LibreOffice (from web pages, Word and Excel files), upright and across, with rules and without. A LAYOUT.txt holds all
its prints, each behind a line `##### NAME`; truth.ndjson has a line a form: `want` is pointer → [the texts that are
right, the number where it is a plain one]. Needs weasyprint, chromium, libreoffice-calc, libreoffice-writer,
fonts-wqy-zenhei, fonts-wqy-microhei and fonts-arphic-uming; nothing else here does.
"""
import html
import io
import json
import multiprocessing
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "tests" / name) for name in ("print", "forms", "renditions", "golden")]
import columns  # noqa: E402
import golden_office  # noqa: E402
import make  # noqa: E402
import shuffle  # noqa: E402
from invent_template import Document, Drawer  # noqa: E402

DEV_EVERY = 3  # of the forms of columns.py every third: a layout then takes minutes, not an hour
HELD_SHUFFLED, HELD_INVENTED, N_INVENTED = range(81001, 81013), range(82001, 82400), 8
ZEN, MICRO, MING = "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "AR PL UMing CN"
HELD = {  # tool, across, rules, alignment, points, font
    "weasyprint-across-ruled": ("weasyprint", True, True, "center", 8.5, MING),
    "weasyprint-upright-unruled": ("weasyprint", False, False, "left", 8, MICRO),
    "chromium-across-ruled": ("chromium", True, True, "center", 9.5, ZEN),
    "chromium-across-unruled": ("chromium", True, False, "left", 9, MICRO),
    "chromium-upright-ruled": ("chromium", False, True, "center", 8, MING),
    "word-across-ruled": ("word", True, True, "center", 9, ZEN),
    "word-across-unruled": ("word", True, False, "center", 9, MING),
    "word-upright-ruled": ("word", False, True, "left", 8, MICRO),
    "excel-across-ruled": ("excel", True, True, "center", 10, ZEN),
    "office-page-upright-ruled": ("page", False, True, "left", 8.5, MICRO),
}


# ---- truths

def want_of(form):
    """The fields of a form of expected.json."""
    want = {}

    def take(path, node):
        if isinstance(node, dict) and "op" in node:
            want[path] = [[node["text"]], node["value"]] if node["value"] is not None else [[node["text"]]]
        elif isinstance(node, dict):
            for key, item in node.items():
                take(f"{path}/{key}", item)
        else:
            want[path] = [[None if node is None else str(node).lower() if isinstance(node, bool) else str(node)]]
    for name in ("title", "year", "currency_unit", "project", "department", "unit", "funds_weight", "headline", "goals", "total"):
        take(name, form[name])
    for block in ("funds", "indicators"):
        for k, row in enumerate(form[block] or []):
            for key, item in row.items():
                take(f"{block}/{k}/{key}", item)
    for k, row in enumerate(form["extra"]):
        want[f"extra/{k}"] = [[row["text"]]]
    return {path: texts for path, texts in want.items() if not (path.startswith("extra/") and texts == [[""]])}


def truth_line(name, form):
    return {"name": name, "n_funds": len(form["funds"] or []), "n_indicators": len(form["indicators"] or []), "want": want_of(form)}


def truth_invented(name, form):
    want = {path: [want.texts, *want.figure] for path, want in form.want.items()}
    return {"name": name, "n_funds": form.n_funds, "n_indicators": form.n_indicators, "want": want}


# ---- forms as blocks: ("text", line) and ("table", {rows, cols, cells})

def shuffled(seed, folder):
    path = folder / f"{seed}.form"
    path.write_text(shuffle.Maker(seed).form(), encoding="utf-8")
    source = make.Source(path)
    blocks = [(kind, content if kind == "text" else golden_office.table_of(content)) for kind, content in make.tables_of(source)]
    return blocks, truth_line(str(seed), make.Meaning(source).form)


def invented(seed):
    """Templates of mostly listed labels, one form in one table: what is asked here is where a text stands."""
    drawer = Drawer(seed)
    if drawer.odd > 0.1 or drawer.merge != "span" or not drawer.single or drawer.whole:
        return None
    document = Document(seed)
    if len(document.forms) != 1 or document.habits.foreign:
        return None
    blocks = [("text", content[0]) if kind == "text" else ("table", {"rows": content[0].rows, "cols": content[0].cols, "cells": sorted(
        [item.row, item.col, item.rs, item.cs, item.text] for item in content[0].cells)}) for kind, *content in document.items if kind != "sheet"]
    return blocks, truth_invented(str(seed), document.forms[0])


def held_forms(folder):
    forms = [shuffled(seed, folder) for seed in HELD_SHUFFLED]
    more = [made for made in map(invented, HELD_INVENTED) if made]
    return forms + more[:N_INVENTED]


def widths_of(form):
    """Shares of the width by what the columns hold."""
    widths = [4.0] * form["cols"]
    for _, col, _, cs, text in form["cells"]:
        for c in range(col, col + cs):
            widths[c] = max(widths[c], min(max(map(len, text.split("\n"))), 16) / cs)
    return [width / sum(widths) for width in widths]


# ---- tools

def page_of(blocks, look):
    _, across, ruled, align, points, font = look
    style = (f'@page{{size:A4{" landscape" if across else ""};margin:1.2cm}}body{{font-family:"{font}",sans-serif;font-size:{points}pt}}'
             f'table{{border-collapse:collapse;width:100%}}td{{padding:2px 4px;text-align:{align};{"border:1px solid #000" if ruled else ""}}}p{{text-align:center}}')
    body = ""
    for kind, content in blocks:
        if kind == "text":
            body += f"<p>{html.escape(content)}</p>"
            continue
        rows = [""] * content["rows"]
        for row, _, rs, cs, text in content["cells"]:
            rows[row] += f'<td rowspan="{rs}" colspan="{cs}">' + html.escape(text).replace("\n", "<br>") + "</td>"
        attributes = ' border="1" cellspacing="0"' if ruled else ""
        body += f"<table{attributes}>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    return f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><style>{style}</style></head><body>{body}</body></html>'


def word_of(blocks, look):
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt
    _, across, ruled, align, points, font = look
    out = docx.Document()
    section, style = out.sections[0], out.styles["Normal"]
    size = (Mm(297), Mm(210)) if across else (Mm(210), Mm(297))
    section.page_width, section.page_height = size
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(12)
    style.font.name, style.font.size = font, Pt(points)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    style.paragraph_format.space_after = Pt(0)
    for kind, content in blocks:
        if kind == "text":
            out.add_paragraph(content).alignment = WD_ALIGN_PARAGRAPH.CENTER
            continue
        table = out.add_table(rows=content["rows"], cols=content["cols"], style="Table Grid" if ruled else None)
        table.autofit = False
        widths, room = widths_of(content), size[0] - Mm(24)
        grid = [row.cells for row in table.rows]
        for row in grid:
            for cell, width in zip(row, widths):
                cell.width = int(width * room)
        for row, col, rs, cs, text in content["cells"]:
            cell = grid[row][col] if rs * cs == 1 else grid[row][col].merge(grid[row + rs - 1][col + cs - 1])
            cell.text, cell.vertical_alignment = text, WD_CELL_VERTICAL_ALIGNMENT.CENTER
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER if align == "center" else WD_ALIGN_PARAGRAPH.LEFT
    data = io.BytesIO()
    out.save(data)
    return data.getvalue()


def excel_of(blocks, look):
    import openpyxl
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter
    _, across, ruled, align, points, font = look
    book, top = openpyxl.Workbook(), 0
    sheet, side = book.active, Side(style="thin")
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape" if across else "portrait", 9
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    for kind, content in blocks:
        if kind == "text":
            top += 1
            sheet.cell(top, 1, content)
            continue
        widths = widths_of(content)
        for col, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(col)].width = max(width * 150, sheet.column_dimensions[get_column_letter(col)].width if top and content["cols"] < 3 else 0)
        lines = [1.0] * content["rows"]
        for row, col, rs, cs, text in content["cells"]:
            cell = sheet.cell(top + row + 1, col + 1)
            cell.value, cell.data_type = (text, "s") if text else (None, "n")
            cell.alignment, cell.font = Alignment(wrap_text=True, horizontal=align, vertical="center"), Font(name=font, size=points)
            if rs * cs > 1:
                sheet.merge_cells(start_row=top + row + 1, start_column=col + 1, end_row=top + row + rs, end_column=col + cs)
            room = sum(widths[col:col + cs]) * 150 / 2.2
            lines[row] = max(lines[row], (sum(len(part) // max(room, 1) + 1 for part in text.split("\n"))) / rs)
            if ruled:
                for r in range(row, row + rs):
                    for c in range(col, col + cs):
                        sheet.cell(top + r + 1, c + 1).border = Border(side, side, side, side)
        for row, n in enumerate(lines):
            sheet.row_dimensions[top + row + 1].height = n * points * 1.45 + 4
        top += content["rows"]
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def weasyprint_all(paths):
    with multiprocessing.Pool(2) as pool:
        pool.map(weasyprint_one, paths)


def weasyprint_one(path):
    import weasyprint
    weasyprint.HTML(filename=str(path)).write_pdf(str(path.with_suffix(".pdf")))


def chromium_all(paths):
    for path in paths:
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={path.with_suffix('.pdf')}", path.as_uri()],
                       check=True, capture_output=True, timeout=120)


def office_all(paths):
    for k in range(0, len(paths), 20):
        folder = paths[0].parent
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf:writer_web_pdf_Export" if paths[0].suffix == ".html" else "pdf",
                        "--outdir", folder, *paths[k:k + 20]], check=True, capture_output=True, timeout=900)


TOOLS = {"weasyprint": (".html", page_of, weasyprint_all), "chromium": (".html", page_of, chromium_all), "page": (".html", page_of, office_all),
         "word": (".docx", word_of, office_all), "excel": (".xlsx", excel_of, office_all)}


def texts_of(folder, names):
    """name → text in columns of each PDF of the folder, blank lines and ends of pages kept."""
    out = {}
    for name in names:
        done = subprocess.run(["pdftotext", "-layout", folder / f"{name}.pdf", "-"], check=True, capture_output=True, text=True)
        out[name] = done.stdout
    return out


def write_layout(path, texts):
    path.write_text("".join(f"##### {name}\n{text.rstrip(chr(10))}\n" for name, text in texts.items()), encoding="utf-8")
    print(f"{path.name}: {len(texts)} prints", flush=True)


def write_truth(folder, truths):
    lines = [json.dumps(truth, ensure_ascii=False, separators=(",", ":")) + "\n" for truth in truths]
    (folder / "truth.ndjson").write_text("".join(lines), encoding="utf-8")


def collect_dev(wanted):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        forms = [*columns.golden_forms(), *columns.random_forms(folder)][::DEV_EVERY]
        if not wanted:
            write_truth(HERE / "dev", [truth_line(name, json.loads(truth)["forms"][0]) for name, _, truth in forms])
        for layout, look in columns.LAYOUTS.items():
            if wanted and layout not in wanted:
                continue
            paths = []
            for name, page, _ in forms:
                paths.append(folder / f"{name}.html")
                paths[-1].write_text(columns.styled(page, look), encoding="utf-8")
            weasyprint_all(paths)
            write_layout(HERE / "dev" / f"{layout}.txt", texts_of(folder, [name for name, _, _ in forms]))


def collect_held(wanted):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        forms = held_forms(folder)
        if not wanted:
            write_truth(HERE / "held", [truth for _, truth in forms])
        for layout, look in HELD.items():
            if wanted and layout not in wanted:
                continue
            suffix, write, print_all = TOOLS[look[0]]
            paths = []
            for blocks, truth in forms:
                data = write(blocks, look)
                paths.append(folder / f"{truth['name']}{suffix}")
                paths[-1].write_bytes(data.encode() if isinstance(data, str) else data)
            print_all(paths)
            write_layout(HERE / "held" / f"{layout}.txt", texts_of(folder, [truth["name"] for _, truth in forms]))
            for pdf in folder.glob("*.pdf"):
                pdf.unlink()


def main():
    what, wanted = sys.argv[1], sys.argv[2:]
    (HERE / what).mkdir(exist_ok=True)
    {"dev": collect_dev, "held": collect_held}[what](wanted)


if __name__ == "__main__":
    main()
