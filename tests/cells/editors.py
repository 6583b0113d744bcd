"""Inputs of golden cases whose single cells can be printed otherwise: web pages, Word and Excel files of this project's making."""
import html
import io
import re
import zipfile

CELL_HTML = re.compile(r"<table|<tr|(<t[dh]\b[^>]*>)(.*?)</t[dh]>", re.S | re.I)
SPAN = re.compile(r'(row|col)span="?(\d+)')
PARTS_DOCX = re.compile(r"<w:tbl>|<w:tr\b|<w:tc>(.*?)</w:tc>", re.S)
CELL_XLSX = re.compile(r'<c r="([A-Z]+)(\d+)"[^>]*?(?:/>|>(.*?)</c>)', re.S)


def letters(column):
    number = 0
    for letter in column:
        number = 26 * number + ord(letter) - 64
    return number


class Editor:
    """`cells`: (table, row, column), from 1, the place a merged cell begins at → (start, end, text) in `source`."""

    def write(self, changes):
        """The file's bytes with some cells' texts changed: {place: text}."""
        out = self.source
        for place in sorted(changes, key=lambda place: -self.cells[place][0]):
            start, end, _ = self.cells[place]
            out = out[:start] + self.cell(self.source[start:end], html.escape(changes[place], False)) + out[end:]
        return self.whole(out)


class Page(Editor):
    suffix = ".html"

    def __init__(self, data):
        self.source, self.cells = data.decode(), {}
        table = row = col = 0
        taken = set()
        for match in CELL_HTML.finditer(self.source):
            head = match[0][:6].lower()
            if head == "<table":
                table, row, taken = table + 1, 0, set()
            elif head.startswith("<tr"):
                row, col = row + 1, 1
            else:
                while (row, col) in taken:
                    col += 1
                spans = {name: int(n) for name, n in SPAN.findall(match[1])}
                taken |= {(r, c) for r in range(row, row + spans.get("row", 1)) for c in range(col, col + spans.get("col", 1))}
                text = html.unescape(re.sub(r"<[^>]*>", " ", match[2]))
                self.cells[table, row, col] = (match.start(2), match.end(2), text)

    def cell(self, _, text):
        return text

    def whole(self, source):
        return source.encode()


class Package(Editor):
    def __init__(self, data):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.source, self.cells = self.parts[self.part].decode(), {}

    def whole(self, source):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for name, data in self.parts.items():
                package.writestr(name, source.encode() if name == self.part else data)
        return out.getvalue()


class Document(Package):
    suffix, part = ".docx", "word/document.xml"

    def __init__(self, data):
        super().__init__(data)
        table = row = col = 0
        for match in PARTS_DOCX.finditer(self.source):
            if match[0].startswith("<w:tbl"):
                table, row = table + 1, 0
            elif match[0].startswith("<w:tr"):
                row, col = row + 1, 1
            else:
                span = re.search(r'<w:gridSpan w:val="(\d+)"', match[1])
                if not re.search(r'<w:vMerge(?: w:val="continue")?/>', match[1]):
                    text = " ".join("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", part)) for part in re.split(r"</w:p>|<w:br/>", match[1]))
                    self.cells[table, row, col] = (match.start(1), match.end(1), html.unescape(text).strip())
                col += int(span[1]) if span else 1

    def cell(self, source, text):
        properties = re.match(r"<w:tcPr>.*?</w:tcPr>|<w:tcPr/>|", source, re.S)[0]
        return f'{properties}<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


class Sheet(Package):
    suffix, part = ".xlsx", "xl/worksheets/sheet1.xml"

    def __init__(self, data):
        super().__init__(data)
        for match in CELL_XLSX.finditer(self.source):
            text = html.unescape("".join(re.findall(r"<(?:t|v)(?: [^>]*)?>([^<]*)</(?:t|v)>", match[3] or "")))
            self.cells[1, int(match[2]), letters(match[1])] = (match.start(), match.end(), text)

    def cell(self, source, text):
        reference = re.search(r'r="([A-Z]+\d+)"', source)[1]
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


EDITORS = {"html": Page, "docx": Document, "xlsx": Sheet}
