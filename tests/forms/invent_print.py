"""Prints an invented document in every rendition: RENDITIONS[name] = (suffix, function of a Document).

A function gives the file's bytes and where its rows came to stand: (table, row) of the document → the key by which
findings name that row in this rendition, ("row", table, row) or ("line", line), counted from 1.
"""
import html
import io
import unicodedata

def cells_of(document, table, merge=None):
    """The table's cells as (row, col, row span, col span, text), merged as the template merges."""
    merge = merge or (document.merge if table.block == "form" else "span")
    out = []
    for item in table.cells:
        if merge == "span" or item.rs * item.cs == 1:
            out.append((item.row, item.col, item.rs, item.cs, item.text))
            continue
        for r in range(item.row, item.row + item.rs):
            for c in range(item.col, item.col + item.cs):
                first = (r, c) == (item.row, item.col)
                out.append((r, c, 1, 1, item.text if first or merge == "copies" else ""))
    return sorted(out)


def rows_of(document, table, fill=False):
    """Rows of texts; a merged cell's further places are blank or hold copies."""
    rows = [[""] * table.cols for _ in range(table.rows)]
    for row, col, rs, cs, text in cells_of(document, table):
        for r in range(row, row + rs):
            for c in range(col, col + cs):
                if fill or (r, c) == (row, col):
                    rows[r][c] = text
    return rows


def numbered(document):
    """(kind, content, table number) of each item."""
    n = 0
    for kind, content, *level in document.items:
        yield kind, content, level[0] if level else n
        n += kind == "table"


# ---- web pages

def quote(text):
    return html.escape(text, quote=False).replace("\n", "<br>")


def html_table(document, table, merge=None):
    rows = [""] * table.rows
    for row, col, rs, cs, text in cells_of(document, table, merge):
        spans = (f' rowspan="{rs}"' if rs > 1 else "") + (f' colspan="{cs}"' if cs > 1 else "")
        rows[row] += f"<td{spans}>{quote(text)}</td>"
    return '<table border="1" cellspacing="0">\n' + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"


def page(body, style=""):
    return f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>公开</title>{style}</head>\n<body>\n{body}\n</body></html>\n'


def row_places(document):
    """Tables counted in the document's order, rows in each."""
    return {(n, row): ("row", n + 1, row + 1) for n, table in enumerate(tables(document)) for row in range(table.rows)}


def tables(document):
    return [content for kind, content, *_ in document.items if kind == "table"]


def html_body(document, merge=None):
    blocks = []
    for kind, content, level in numbered(document):
        if kind == "table":
            blocks.append(html_table(document, content, merge))
        elif kind == "text" and content:
            blocks.append(f"<h{level + 1}>{quote(content)}</h{level + 1}>" if level else f"<p>{quote(content)}</p>")
    return "\n".join(blocks)


def html_spans(document):
    return page(html_body(document)).encode(), row_places(document)


def html_copies(document):
    """As a script writes it that unmerges: every place of a merged cell holds its text."""
    return page(html_body(document, "copies" if document.merge == "span" else None)).encode(), row_places(document)


# ---- lines

class Lines:
    def __init__(self):
        self.lines, self.where = [], {}

    def row(self, n, row, text):
        self.where[n, row] = ("line", len(self.lines) + 1)
        self.lines += text.split("\n")

    def done(self):
        return ("\n".join(self.lines) + "\n").encode(), self.where


def line_of(texts):
    return [text.replace("\n", " ") for text in texts]


def separated(join, between=0):
    def write(document):
        out = Lines()
        for kind, content, n in numbered(document):
            if kind == "text":
                out.lines.append(content)
            elif kind == "table":
                for row, texts in enumerate(rows_of(document, content)):
                    out.row(n, row, join(line_of(texts)))
                    out.lines += [""] * between
        return out.done()
    return write


def one_a_line(document):
    """Each printed cell on a line of its own, as a copy out of a viewer gives it; a blank cell is a blank line."""
    out = Lines()
    for kind, content, n in numbered(document):
        if kind == "text" and content:
            out.lines.append(content)
        elif kind == "table":
            for row in range(content.rows):
                texts = [text.replace("\n", "") for r, _, _, _, text in cells_of(document, content) if r == row]
                out.row(n, row, "\n".join(texts))
    return out.done()


# ---- Markdown

def escaped(text):
    for char in "\\|*_<":
        text = text.replace(char, "\\" + char)
    return text.replace("\n", "<br>")


def markdown(document):
    out = Lines()
    for kind, content, n in numbered(document):
        if kind == "text" and content:
            out.lines += ["", "#" * n + " " * bool(n) + content, ""]
        elif kind == "table":
            out.lines.append("")
            for row, texts in enumerate(rows_of(document, content)):
                out.row(n, row, "| " + " | ".join(map(escaped, texts)) + " |")
                if row == 0:
                    out.lines.append("|" + " --- |" * content.cols)
            out.lines.append("")
    return out.done()


def markdown_html(document):
    """Headings and paragraphs in Markdown, tables in HTML, as converters write merged tables."""
    blocks = []
    for kind, content, n in numbered(document):
        if kind == "text" and content:
            blocks.append("#" * n + " " * bool(n) + content)
        elif kind == "table":
            blocks.append(html_table(document, content))
    return ("\n\n".join(blocks) + "\n").encode(), row_places(document)


# ---- office

def docx_file(document):
    import docx
    out = docx.Document()
    for kind, content, level in numbered(document):
        if kind == "text":
            out.add_paragraph(content, style=f"Heading {level}" if level else None)
        elif kind == "table":
            table = out.add_table(rows=content.rows, cols=content.cols)
            grid = [row.cells for row in table.rows]
            for row, col, rs, cs, text in cells_of(document, content):
                cell = grid[row][col]
                if rs * cs > 1:
                    cell = cell.merge(grid[row + rs - 1][col + cs - 1])
                cell.paragraphs[0].text = text
            out.add_paragraph("")
    data = io.BytesIO()
    out.save(data)
    return data.getvalue(), row_places(document)


NUMBERS = [(r"(0|[1-9]\d*)", "0", 1), (r"(0|[1-9]\d*)\.\d\d", "0.00", 1), (r"(0|[1-9]\d{0,2})(,\d{3})+\.\d\d", "#,##0.00", 1), (r"\d+%", "0%", 100), (r"\d+\.\d\d%", "0.00%", 100)]


def xlsx_file(document):
    """A sheet a `sheet` item; tables below each other with their lines of text in the first column."""
    import re
    import openpyxl
    book, top, where = openpyxl.Workbook(), 0, {}
    sheet, number = book.active, 1
    for kind, content, n in numbered(document):
        if kind == "sheet":
            sheet, top, number = book.create_sheet(f"{content}-{number}"), 0, number + 1
        elif kind == "text":
            top += 1
            if content:
                sheet.cell(top, 1, content).data_type = "s"
        else:
            for row, col, rs, cs, text in cells_of(document, content):
                cell = sheet.cell(top + row + 1, col + 1)
                typed = next(((code, scale) for pattern, code, scale in NUMBERS if re.fullmatch(pattern, text)), None)
                if typed:
                    cell.value, cell.number_format = float(text.replace(",", "").rstrip("%")) / typed[1], typed[0]
                elif text:
                    cell.value, cell.data_type = text, "s"
                if rs * cs > 1:
                    sheet.merge_cells(start_row=top + row + 1, start_column=col + 1, end_row=top + row + rs, end_column=col + cs)
            for row in range(content.rows):
                where[n, row] = ("row", number, top + row + 1)
            top += content.rows
    data = io.BytesIO()
    book.save(data)
    return data.getvalue(), where


# ---- columns of spaces

def wide(text):
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def wrap(text, width):
    lines = []
    for part in text.split("\n"):
        line = ""
        for char in part:
            if line and wide(line + char) > width and char not in "，。；、：！？）)%" and not (char.isascii() and line[-1].isascii() and char.isalnum() and line[-1] in "0123456789.,%"):
                lines.append(line)
                line = ""
            line += char
        lines.append(line)
    return lines


def column_widths(document, table):
    """As a renderer lays a table: room by what its columns hold, within limits."""
    widths = [4] * table.cols
    for row, col, rs, cs, text in cells_of(document, table, "span"):
        longest = max(map(wide, text.split("\n")))
        share = min(longest, 26 if longest > 40 else 18) // cs
        for c in range(col, col + cs):
            widths[c] = max(widths[c], share)
        word = max((wide(part) for part in text.replace("\n", " ").split(" ") if part[:1].isdigit() or part[:1] in "≥≤="), default=0)
        if cs == 1:
            widths[col] = max(widths[col], min(word, 30))
    return widths


def text_columns(document):
    """Like `pdftotext -layout`: each cell's lines in its column, the row as high as its highest cell; labels stand in the middle, or all at the top."""
    out = Lines()
    for kind, content, n in numbered(document):
        if kind == "text" and content:
            out.lines += [" " * 20 + content, ""]
        elif kind == "table":
            print_columns(out, document, content, n)
            out.lines.append("")
    return out.done()


def print_columns(out, document, table, n):
    widths = column_widths(document, table)
    starts = [0]
    for width in widths:
        starts.append(starts[-1] + width + 3)
    cells = [(row, col, rs, cs, wrap(text, starts[col + cs] - starts[col] - 3) if text else []) for row, col, rs, cs, text in cells_of(document, table, "span")]
    heights = [1] * table.rows
    for row, _, rs, _, lines in cells:
        if rs == 1:
            heights[row] = max(heights[row], len(lines))
    for row, _, rs, _, lines in cells:
        heights[row + rs - 1] += max(0, len(lines) - sum(heights[row:row + rs]))
    tops = [0]
    for height in heights:
        tops.append(tops[-1] + height)
    canvas, is_top = [{} for _ in range(tops[-1])], document.seed % 4 == 0
    for row, col, rs, cs, lines in cells:
        first = tops[row] + (0 if is_top else (tops[row + rs] - tops[row] - len(lines)) // 2)
        for k, line in enumerate(lines):
            room = starts[col + cs] - starts[col] - 3
            canvas[first + k][starts[col] + (room - wide(line)) // 2] = line
    for row in range(table.rows):
        out.where[n, row] = ("line", len(out.lines) + 1 + tops[row])
    for places in canvas:
        text = ""
        for place, line in sorted(places.items()):
            text += " " * max(place - wide(text), 1 if text else 0) + line
        out.lines.append(text)


def pdf_file(document):
    """A page with ruled tables, printed by WeasyPrint; no rows are numbered, a field is named by its texts."""
    import weasyprint
    style = '<style>@page{size:A4 landscape;margin:1cm}table{border-collapse:collapse;width:100%}td{border:1px solid;font-size:9pt}</style>'
    return weasyprint.HTML(string=page(html_body(document), style)).write_pdf(), {}


# Slow, and weasyprint must be there: only where they are asked for.
ON_DEMAND = {"pdf": (".pdf", pdf_file)}

RENDITIONS = {
    "html": (".html", html_spans), "html-copies": (".html", html_copies), "markdown": (".md", markdown), "markdown-html": (".md", markdown_html),
    "tabs": (".txt", separated("\t".join)), "bars": (".txt", separated(" | ".join)), "docx": (".docx", docx_file), "xlsx": (".xlsx", xlsx_file),
    "lines": (".txt", one_a_line), "columns": (".txt", text_columns),
}
