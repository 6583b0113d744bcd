"""Prints tables as OFD (GB/T 33190) in the ways that programs do it: `document(blocks, way)` gives the bytes.

A block is ('text', line) or ('table', form), a form {'rows', 'cols', 'cells': [row, col, row span, col span, text]}. Everything stands on
one page, as long as it must be, so that no page break is to be mended. WAYS names the ways; what each does differently is in Way.
"""
import io
import random
import zipfile
from xml.sax.saxutils import escape

WIDTH, MARGIN, SIZE, LEADING, PAD = 297.0, 12.0, 3.2, 4.2, 1.0  # millimetres
POINT = 0.3528
WAYS = ("line", "row", "chars", "points", "template", "boxes", "composite", "paragraph", "sideways", "bold", "clips", "gbk", "late")
NEW, OLD = "http://www.ofdspec.org/2016", "http://www.ofdspec.org"


def width_of(char, size=SIZE):
    return size if ord(char) >= 0x2E80 or char in "—‘’“”…×①②③④⑤⑥⑦⑧⑨" else size / 2


def extent(text):
    return sum(map(width_of, text))


def wrap(text, room):
    """Lines that fit; a word of narrow characters is broken only where it alone does not."""
    lines = []
    for part in text.split("\n"):
        words, line = [], ""
        for char in part:
            narrow = width_of(char) < SIZE and char != " "
            if words and narrow and words[-1][-1] != " " and width_of(words[-1][-1]) < SIZE:
                words[-1] += char
            else:
                words.append(char)
        for word in words:
            if line and extent(line + word) > room:
                lines.append(line)
                line = ""
            for char in word if extent(word) > room else [word]:
                if line and extent(line + char) > room:
                    lines.append(line)
                    line = ""
                line += char
        lines.append(line)
    return [line.strip(" ") for line in lines]


class Layout:
    """Rules (x0, y0, x1, y1) and cells, each a list of lines (x, baseline, text), from top to bottom."""

    def __init__(self, blocks):
        self.rules, self.cells, self.y = [], [], MARGIN
        for kind, content in blocks:
            self.line(content) if kind == "text" else self.table(content)
        self.height = self.y + MARGIN

    def line(self, text):
        for line in wrap(text, WIDTH - 2 * MARGIN):
            if line:
                self.cells.append([(MARGIN, self.y + 0.86 * SIZE, line)])
            self.y += LEADING + 1

    def table(self, form):
        self.y += 2
        width = (WIDTH - 2 * MARGIN) / form["cols"]
        xs = [MARGIN + k * width for k in range(form["cols"] + 1)]
        heights = [LEADING + 2 * PAD] * form["rows"]
        wrapped = []
        for row, col, row_span, col_span, text in sorted(form["cells"], key=lambda cell: cell[2]):
            lines = [line for line in wrap(text.replace("\t", " "), col_span * width - 2 * PAD)] if text.strip() else []
            lack = len(lines) * LEADING + 2 * PAD - sum(heights[row:row + row_span])
            heights[row + row_span - 1] += max(lack, 0)
            wrapped.append((row, col, row_span, col_span, lines))
        ys = [self.y]
        for height in heights:
            ys.append(ys[-1] + height)
        for row, col, row_span, col_span, lines in sorted(wrapped):
            x0, x1, y0, y1 = xs[col], xs[col + col_span], ys[row], ys[row + row_span]
            self.rules += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
            top = (y0 + y1 - len(lines) * LEADING) / 2 + (LEADING - SIZE) / 2
            cell = [((x0 + x1 - extent(line)) / 2, top + k * LEADING + 0.86 * SIZE, line) for k, line in enumerate(lines) if line]
            if cell:
                self.cells.append(cell)
        self.y = ys[-1] + 4

    def joined(self):
        """Rules that lie on one another once: the longest of a place."""
        places = {}
        for x0, y0, x1, y1 in self.rules:
            level = y0 == y1
            places.setdefault((level, round(y0 if level else x0, 3)), []).append((x0, x1) if level else (y0, y1))
        for (level, at), pieces in sorted(places.items()):
            pieces.sort()
            start, end = pieces[0]
            for a, b in [*pieces[1:], (1e9, 1e9)]:
                if a > end + 0.01:
                    yield (start, at, end, at) if level else (at, start, at, end)
                    start = a
                end = max(end, b)


def number(value):
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"


def steps(values):
    """DeltaX: equal steps as `g count value`."""
    out, k = [], 0
    while k < len(values):
        n = 1
        while k + n < len(values) and values[k + n] == values[k]:
            n += 1
        out += [f"g {n} {values[k]}"] if n > 2 else [values[k]] * n
        k += n
    return " ".join(out)


class Way:
    """One way to print a layout."""

    def __init__(self, name, layout, more=""):
        self.name, self.layout, self.more, self.id = name, layout, more, 100
        self.chance = random.Random(7)
        self.prefix = "" if name in ("boxes", "gbk") else "o:" if name == "composite" else "ofd:"
        self.space = OLD if name == "boxes" else NEW
        self.scale = POINT if name == "points" else 1

    def tag(self, name, attributes="", inside=None, numbered=False):
        self.id += 1
        attributes = (f' ID="{self.id}"' if numbered else "") + (" " + attributes if attributes else "")
        return f"<{self.prefix}{name}{attributes}/>" if inside is None else f"<{self.prefix}{name}{attributes}>{inside}</{self.prefix}{name}>"

    def root(self, name, inside, attributes=""):
        space = f'xmlns{":" + self.prefix[:-1] if self.prefix else ""}="{self.space}"'
        encoding = "GB18030" if self.name == "gbk" else "UTF-8"
        text = f'<?xml version="1.0" encoding="{encoding}"?>\n<{self.prefix}{name} {space} {attributes}>{inside}</{self.prefix}{name}>'
        return (b"\xef\xbb\xbf" if self.name == "composite" else b"") + text.encode(encoding)

    def turned(self, x, y):
        """A place of the layout on the page: sideways pages have it turned by a quarter."""
        return (self.layout.height - y, x) if self.name == "sideways" else (x, y)

    def matrix(self):
        if self.name == "sideways":
            return 'CTM="0 1 -1 0 0 0"'
        return f'CTM="{POINT} 0 0 {POINT} 0 0"' if self.scale != 1 else ""

    # --- rules

    def path(self, data, boundary, attributes, inside=""):
        return self.tag("PathObject", f'Boundary="{boundary}" {attributes}', inside + self.tag("AbbreviatedData", "", data), True)

    def rule(self, x0, y0, x1, y1):
        (x0, y0), (x1, y1) = sorted([self.turned(x0, y0), self.turned(x1, y1)])
        width, height = abs(x1 - x0), abs(y1 - y0)
        if self.name == "boxes":
            w, h = max(width, 0.2), max(height, 0.2)
            return self.path(f" M 0 0 L {number(w)} 0 L {number(w)} {number(h)} L 0 {number(h)} C ", f"{number(x0 - .1)} {number(min(y0, y1) - .1)} {number(w)} {number(h)}",
                             'Fill="true" Stroke="false"', self.tag("FillColor", 'Value="#20 #20 #20"'))
        ends = [number(value / self.scale) for value in (0.1, 0.1, 0.1 + width, 0.1 + height)]
        boundary = f"{number(x0 - .1)} {number(min(y0, y1) - .1)} {number(width + .2)} {number(height + .2)}"
        scale = f'CTM="{POINT} 0 0 {POINT} 0 0"' if self.scale != 1 else ""
        attributes = scale + (' DrawParam="13"' if self.name == "template" else f' LineWidth="{number(0.2 / self.scale)}"')
        clip = ""
        if self.name == "clips":
            area = self.tag("Area", "", self.tag("Path", 'Boundary="0 0 900 900" Fill="true"', self.tag("AbbreviatedData", "", "M 0 0 L 900 0 L 900 900 L 0 900 C")))
            clip = self.tag("Clips", "", self.tag("Clip", "", area))
        return self.path(f"{self.chance.choice('MS')} {ends[0]} {ends[1]} L {ends[2]} {ends[3]}", boundary, attributes, clip)

    def all_rules(self):
        if self.name in ("row", "paragraph"):
            data = " ".join(f"M {number(x0)} {number(y0)} L {number(x1)} {number(y1)}" for x0, y0, x1, y1 in self.layout.joined())
            return [self.path(data, f"0 0 {number(WIDTH)} {number(self.layout.height)}", 'LineWidth="0.2"')]
        return [self.rule(*rule) for rule in (self.layout.joined() if self.name in ("line", "late", "gbk") else self.layout.rules)]

    # --- text

    def text(self, x, y, codes, attributes=""):
        """codes: (x, y, DeltaX, DeltaY, text) in the object's space."""
        inside = "".join(self.tag("TextCode", " ".join(filter(None, (
            f'X="{number(cx / self.scale)}"', f'Y="{number(cy / self.scale)}"', f'DeltaX="{dx}"' if dx else "", f'DeltaY="{dy}"' if dy else ""))), escape(text))
            for cx, cy, dx, dy, text in codes)
        if self.name == "clips":
            inside = self.tag("Clips", "", "") + inside
        x, y = self.turned(x, y)
        flat = ' Boundary="{} {} 0 -3"' if self.name == "points" else ' Boundary="{} {} 80 4"'
        return self.tag("TextObject", f'Font="11" Size="{number(SIZE / self.scale)}" {self.matrix()} {attributes}' + flat.format(number(x), number(y)), inside, True)

    def deltas(self, text):
        return steps([number(width_of(char) / self.scale) for char in text[:-1]])

    def one_line(self, x, y, text):
        return self.text(x, y, [(0, 0, self.deltas(text), "", text)])

    def paragraph(self, cell):
        """All lines of a cell in one TextCode, which goes back and down where a line ends."""
        x, y, _ = cell[0]
        dx, dy, previous = [], [], None
        for lx, ly, text in cell:
            if previous:
                px, py, before = previous
                dx.append(number(lx - px - extent(before[:-1])))
                dy.append(number(ly - py))
            dx += [number(width_of(char)) for char in text[:-1]]
            dy += ["0"] * (len(text) - 1)
            previous = (lx, ly, text)
        return self.text(x, y, [(0, 0, " ".join(dx), steps(dy), "".join(text for *_, text in cell))])

    def rows(self):
        """All first lines of one height in one TextCode with wide steps, then the second lines, …"""
        heights = {}
        for cell in self.layout.cells:
            for x, y, text in cell:
                heights.setdefault(round(y, 3), []).append((x, text))
        for y, texts in sorted(heights.items()):
            texts.sort()
            places = [x + extent(text[:k]) for x, text in texts for k in range(len(text))]
            dx = [number(b - a) for a, b in zip(places, places[1:])]
            yield self.text(0, y, [(places[0], 0, steps(dx), "", "".join(text for _, text in texts))])

    def all_text(self):
        lines = [line for cell in self.layout.cells for line in cell]
        if self.name == "row":
            return list(self.rows())
        if self.name == "paragraph":
            return [self.paragraph(cell) for cell in self.layout.cells]
        if self.name == "chars":
            chars = [(x + extent(text[:k]), y, char) for x, y, text in lines for k, char in enumerate(text) if char != " "]
            self.chance.shuffle(chars)
            return [self.text(x, y, [(0, 0, "", "", char)]) for x, y, char in chars]
        out = [self.one_line(x, y, text) for x, y, text in lines]
        if self.name == "bold":
            out += [self.one_line(x + 0.2, y, text) for x, y, text in lines]
        return out

    # --- the package

    def layer(self, objects, attributes=""):
        return self.tag("Layer", f'Type="Body" {attributes}', "".join(objects), True)

    def parts(self):
        rules, text = self.all_rules(), self.all_text()
        page_width, page_height = self.turned(WIDTH, 0)[0] or WIDTH, self.layout.height
        if self.name == "sideways":
            page_width, page_height = self.layout.height, WIDTH
        area = self.tag("PageArea" if self.name != "template" else "Area", "", self.tag("PhysicalBox", "", f" 0 0 {number(page_width)} {number(page_height)} "))
        at = "/Doc_0/" if self.name == "boxes" else ""
        common = ("" if self.name == "template" else area) + self.tag("PublicRes", "", at + "PublicRes.xml")
        resources, content, page_extra = self.tag("Fonts", "", self.tag("Font", 'ID="11" FontName="宋体"')), [*rules, *text], self.more
        parts = {}
        if self.name == "template":
            common += self.tag("TemplatePage", 'ID="50" BaseLoc="TPLS/模板.xml"')
            half = len(text) // 2
            parts["Doc_0/Tpls/模板.xml"] = self.root("Page", area + self.tag("Content", "", self.layer(rules, 'DrawParam="13"') + self.layer(text[:half])))
            page_extra = self.tag("Template", 'TemplateID="50" ZOrder="Background"') + self.more
            content = text[half:]
            resources += self.tag("DrawParams", "", self.tag("DrawParam", 'ID="13" Relative="12"') + self.tag("DrawParam", 'ID="12" LineWidth="0.2"', self.tag("StrokeColor", "")))
        if self.name == "composite":
            unit = self.tag("CompositeGraphicUnit", 'ID="60" Width="400" Height="400"', self.tag("Content", "", "".join(rules)))
            resources += self.tag("CompositeGraphicUnits", "", unit)
            content = [self.tag("PageBlock", "", self.tag("PageBlock", "", self.tag("CompositeObject", 'ResourceID="60" Boundary="0 0 400 400"', None, True) + "<!-- - -->" + "".join(text)))]
        pages = self.tag("Pages", "", self.tag("Page", f'ID="1" BaseLoc="{at}Pages/Page_0/Content.xml"'))
        parts["Doc_0/Pages/Page_0/Content.xml"] = self.root("Page", page_extra + self.tag("Content", "", self.layer(content)))
        parts["Doc_0/PublicRes.xml"] = self.root("Res", resources, 'BaseLoc="Res"')
        parts["Doc_0/Document.xml"] = self.root("Document", self.tag("CommonData", "", common) + pages)
        body = self.tag("DocBody", "", self.tag("DocInfo", "", "") + self.tag("DocRoot", "", ("/" if self.name == "boxes" else "") + "Doc_0/Document.xml"))
        parts["OFD.xml"] = self.root("OFD", body, 'Version="1.1" DocType="OFD"')
        if self.name == "late":  # OFD.xml far behind the beginning, and a stored package before it
            parts = {"Doc_0/Attachs/old.docx": package({"word/document.xml": b"<x/>", "noise": self.chance.randbytes(80_000)}, zipfile.ZIP_STORED), **parts}
        return parts


def package(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in parts.items():
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_STORED if name.endswith(".docx") else method)
    return out.getvalue()


def document(blocks, way="line", more=""):
    """more: XML put before a page's content, for tests."""
    return package(Way(way, Layout(blocks), more).parts())
