#!/usr/bin/env python3
"""What GB/T 33190 can say of a page, a feature at a time: the form's two values are read, in their places, and what is no value is said.

usage: features.py ZIPING
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import hostile
import writer

VALUE, UNIT = "甲项目", "乙单位"
LAYOUT = writer.Layout(hostile.BLOCKS)
PLACES = {text: (x, y) for cell in LAYOUT.cells for x, y, text in cell}
X, Y = PLACES[VALUE]  # of the first value, on its baseline
EM = writer.SIZE


class Page(writer.Way):
    """The form; `value(page)` gives the objects that stand for the first value, `more` what stands behind all text."""

    def __init__(self, value=None, more="", leave=(VALUE,), **changes):
        super().__init__("line", LAYOUT)
        self.value, self.behind, self.leave, self.changes = value, more, leave, changes

    def one_line(self, x, y, text):
        if self.value and text in self.leave:
            return self.value(self) if text == VALUE else ""
        return super().one_line(x, y, text)

    def all_text(self):
        return [*super().all_text(), self.behind]

    def bytes(self):
        parts = self.parts()
        for name, change in self.changes.items():
            part = {"res": hostile.RES, "document": hostile.DOCUMENT, "page": hostile.PAGE}[name]
            for old, new in change:
                assert old.encode() in parts[part], old
                parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
        for name, part in self.changes_more().items():
            parts[name] = part
        return writer.package(parts)

    def changes_more(self):
        return {}


def with_parts(page, more):
    page.changes_more = lambda: more
    return page.bytes()


def shown(code, steps, attributes="", more="", x=X, y=Y, size=EM):
    """A text object of one TextCode; `steps` are its attributes."""
    return (f'<ofd:TextObject Boundary="{x} {y} 60 4" Font="11" Size="{size}" {attributes}>{more}'
            f'<ofd:TextCode X="0" Y="0" {steps}>{code}</ofd:TextCode></ofd:TextObject>')


def plain(attributes="", code=VALUE, more=""):
    return lambda page: shown(code, f'DeltaX="g 2 {EM}"', attributes, more)


def box(colour, data="M 0 0 L 60 0 L 60 5 L 0 5 C"):
    return f'<ofd:PathObject Boundary="{X - 4} {Y - 4} 60 5" Fill="true" Stroke="false"><ofd:FillColor Value="{colour}"/><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def ligature():
    """The value, whose second and third characters are one glyph, and the next row's label: a step too many would part them."""
    label_x, label_y = PLACES["实施单位"]
    steps = f'DeltaX="{EM} {EM} {label_x - X - 2 * EM:.4f} g 3 {EM}" DeltaY="0 0 {label_y - Y:.4f} g 3 0"'
    change = '<ofd:CGTransform CodePosition="1" CodeCount="2" GlyphCount="1"><ofd:Glyphs>7</ofd:Glyphs></ofd:CGTransform>'
    return Page(lambda page: shown("甲fi乙实施单位", steps, more=change), leave=(VALUE, "实施单位")).bytes()


def two_glyphs():
    """The first character is two glyphs and so takes two steps; what is behind it goes on in the next row."""
    label_x, label_y = PLACES["实施单位"]
    steps = f'DeltaX="1 {EM - 1} {EM} {label_x - X - 2 * EM:.4f} g 3 {EM}" DeltaY="0 0 0 {label_y - Y:.4f} g 3 0"'
    change = '<ofd:CGTransform CodePosition="0" GlyphCount="2"/>'
    return Page(lambda page: shown(VALUE + "实施单位", steps, more=change), leave=(VALUE, "实施单位")).bytes()


class Turned(writer.Way):
    """A page on its side, its characters turned one by one, without any CTM."""

    def __init__(self):
        super().__init__("sideways", LAYOUT)

    def matrix(self):
        return 'CharDirection="90"'

    def one_line(self, x, y, text):
        return self.text(x, y, [(0, 0, "", self.deltas(text), text)])


class Clipped(writer.Way):
    """Rules that are a whole page's fill, cut to a thin box."""

    def rule(self, x0, y0, x1, y1):
        data = f"M {x0 - .1} {y0 - .1} L {x1 + .1} {y0 - .1} L {x1 + .1} {y1 + .1} L {x0 - .1} {y1 + .1} C"
        area = self.tag("Area", "", self.tag("Path", 'Boundary="0 0 900 900" Fill="true"', self.tag("AbbreviatedData", "", data)))
        inside = self.tag("Clips", "", self.tag("Clip", "", area)) + self.tag("FillColor", 'Value="0 0 0"')
        return self.path("M 0 0 L 900 0 L 900 900 L 0 900 C", "0 0 900 900", 'Fill="true" Stroke="false"', inside)


def template(order):
    """The value is a template's, and the page has a white box at its place."""
    part = f'<ofd:Page xmlns:ofd="{writer.NEW}"><ofd:Content><ofd:Layer>{plain()(None)}</ofd:Layer></ofd:Content></ofd:Page>'
    page = Page(lambda page: box("255 255 255"), document=[("</ofd:CommonData>", '<ofd:TemplatePage ID="50" BaseLoc="T.xml" ZOrder="Body"/></ofd:CommonData>')],
                page=[("<ofd:Content>", f'<ofd:Template TemplateID="50" {order}/><ofd:Content>')])
    return with_parts(page, {"Doc_0/T.xml": part.encode()})


def behind(order):
    """A white box in a layer of its own, which stands last."""
    layer = f'</ofd:Layer><ofd:Layer Type="{order}">{box("255 255 255")}</ofd:Layer></ofd:Content>'
    return Page(page=[("</ofd:Layer></ofd:Content>", layer)]).bytes()


def moved():
    """All objects in a unit of the page's own resources, moved; the page's own area begins there, too, and the document's is another."""
    page = Page()
    parts = page.parts()
    content = parts[hostile.PAGE].decode()
    head, _, rest = content.partition("<ofd:Content>")
    inside, _, _ = rest.rpartition("</ofd:Content>")
    inside = inside[inside.index(">") + 1:inside.rindex("</ofd:Layer>")]
    unit = f'<ofd:Res xmlns:ofd="{writer.NEW}"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="60"><ofd:Content>{inside}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>'
    area = f"<ofd:Area><ofd:PhysicalBox>10 20 297 {LAYOUT.height}</ofd:PhysicalBox></ofd:Area><ofd:PageRes>Pages/Res.xml</ofd:PageRes>"
    use = '<ofd:Layer><ofd:CompositeObject ResourceID="60" Boundary="10 20 400 400"/></ofd:Layer>'
    parts[hostile.PAGE] = f"{head}{area}<ofd:Content>{use}</ofd:Content></ofd:Page>".encode()
    parts["Doc_0/Pages/Res.xml"] = unit.encode()
    parts[hostile.DOCUMENT] = parts[hostile.DOCUMENT].replace(b" 0 0 297", b" 5 5 50")
    return writer.package(parts)


def annotated():
    annots = f'<Annotations xmlns="{writer.NEW}"><Page PageID="1"><FileLoc>A/1.xml</FileLoc></Page></Annotations>'
    annot = (f'<ofd:PageAnnot xmlns:ofd="{writer.NEW}"><ofd:Annot ID="800" Type="Watermark"><ofd:Appearance Boundary="{X} {Y - 4} 60 9">'
             f'{shown("仅供内部使用", "DeltaX=" + chr(34) + "g 5 4" + chr(34), x=0, y=4)}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>')
    page = Page(document=[("<ofd:Pages>", "<ofd:Annotations>Annots.xml</ofd:Annotations><ofd:Pages>")])
    return with_parts(page, {"Doc_0/Annots.xml": annots.encode(), "Doc_0/A/1.xml": annot.encode()})


def askew(text="内部资料"):
    return shown(text, 'DeltaX="g 3 9"', f'CTM="0.7071 0.7071 -0.7071 0.7071 0 0" Alpha="80"', x=X, y=Y - 6, size=9)


OVAL = "M 0 2.5 A 68.25 2.5 0 0 1 136.5 2.5 A 68.25 2.5 0 0 1 0 2.5 C"
CASES = [
    # what, its bytes, the first value, words of what is said
    ("plain", Page().bytes(), VALUE, ""),
    ("two characters are one glyph", ligature(), "甲fi乙", ""),
    ("a character is two glyphs", two_glyphs(), VALUE, ""),
    ("characters turned one by one", writer.package(Turned().parts()), VALUE, ""),
    ("vertical writing", Page(lambda page: shown(VALUE, 'DeltaY="1.7 1.7"', 'ReadDirection="90"', y=Y - 2.6, size=1.6)).bytes(), VALUE, ""),
    ("vertical writing without steps", Page(lambda page: shown(VALUE, "", 'ReadDirection="90"', y=Y - 2.6, size=1.7)).bytes(), VALUE, "no steps"),
    ("half as wide", Page(lambda page: shown(VALUE, f'DeltaX="g 2 {EM / 2}"', 'HScale="0.5"')).bytes(), VALUE, ""),
    ("escaped characters", Page(plain(code="\\7532项\\76EE")).bytes(), VALUE, ""),
    ("CDATA and entities", Page(plain(code="<![CDATA[甲]]>&#x9879;目")).bytes(), VALUE, ""),
    ("indented text", Page(plain(code=f"\n      {VALUE}\n    ")).bytes(), VALUE, ""),
    ("too few steps", Page(lambda page: shown(VALUE, f'DeltaX="{EM}"')).bytes(), VALUE, ""),
    ("too many steps", Page(lambda page: shown(VALUE, f'DeltaX="g 2 {EM} g 7 40"')).bytes(), VALUE, ""),
    ("invisible text beside it", Page(lambda page: plain()(page) + shown("丙", "", 'Visible="false"', x=X + 12)).bytes(), VALUE, "drawn invisibly"),
    ("the value twice, in bold", Page(lambda page: plain()(page) + shown(VALUE, f'DeltaX="g 2 {EM}"', x=X + 0.15)).bytes(), VALUE, ""),
    ("a watermark askew", Page(more=askew()).bytes(), VALUE, "askew"),
    ("an annotation", annotated(), VALUE, "Watermark"),
    ("an oval of arcs behind the value", Page(lambda page: f'<ofd:PathObject Boundary="148.5 {Y - 3.7} 136.5 5" Fill="true" Stroke="false"><ofd:FillColor Value="255 240 150"/><ofd:AbbreviatedData>{OVAL}</ofd:AbbreviatedData></ofd:PathObject>' + plain()(page)).bytes(), VALUE, ""),
    ("rules that are clips", writer.package(Clipped("line", LAYOUT).parts()), VALUE, ""),
    ("a template over the page", template('ZOrder="Foreground"'), VALUE, ""),
    ("a template under the page", template('ZOrder="Background"'), "", f'left out: \\"{VALUE}'),
    ("a layer under the text", behind("Background"), VALUE, ""),
    ("a layer over the text", behind("Foreground"), "", f'left out: \\"{VALUE}'),
    ("a unit of the page's resources, moved with the page's area", moved(), VALUE, ""),
]


def ask(ziping, words, paths):
    done = subprocess.run([ziping, *words, *paths], capture_output=True, timeout=120, check=False)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"exit {done.returncode}: {done.stderr.decode(errors='replace')}")
    return json.loads(done.stdout)["files"]


def main():
    bad, boxes = 0, {}
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.ofd" for number in range(len(CASES))]
        for path, (_, data, _, _) in zip(paths, CASES, strict=True):
            path.write_bytes(data)
        checked = ask(sys.argv[1], ["check", "--format", "json", "--show", "note", "--lang", "en"], paths)
        converted = ask(sys.argv[1], ["convert"], paths)
    for (name, _, value, says), findings, forms in zip(CASES, checked, converted, strict=True):
        form = (forms.get("forms") or [{}])[0]
        got, unit = form.get("project"), form.get("unit")
        boxes[name] = [finding["at"] for finding in findings["findings"]]
        said = json.dumps(findings, ensure_ascii=False)
        if got != value or unit != UNIT or says not in said or (not says and "D05" in said):
            bad += 1
            print(f"{name}: {got}, {unit}; {says!r}: {said[:900]}")
    last = CASES[-1][0]
    if boxes[last] != boxes["plain"]:
        bad += 1
        print(f"{last}: at {boxes[last]}, not {boxes['plain']}")
    print(f"{len(CASES)} features, {bad} wrong")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
