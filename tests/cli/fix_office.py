#!/usr/bin/env python3
"""`ziping fix` on Word and Excel files: only the text of the mended cells changes, and what cannot be is said.

usage: fix_office.py ZIPING [libreoffice]

Files are made from a golden form by changing what stands in its parts, one a case, and mended in one run over the
folder. Every other entry of a copy must be there byte by byte, packed as it was. With `libreoffice` the copies are
opened by that instead (exit 77 without it).
"""
import io
import json
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORM = ROOT / "tests/golden/seed-3"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SIGNED = (f'<Relationship Id="sig" Type="{PACKAGE}/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/>')
SHEET = "xl/worksheets/sheet1.xml"
TEXT = "word/document.xml"
SCORE = "<w:r><w:t>8</w:t></w:r>"
TARGET = "<w:r><w:t>&gt;=90%</w:t></w:r>"


def parts_of(suffix):
    with zipfile.ZipFile(FORM / f"input.{suffix}") as package:
        return {info.filename: package.read(info) for info in package.infolist()}


def replaced(text, old, new, count=1):
    assert text.count(old) >= 1, f"the form has no {old}"
    return text.replace(old, new, count)


def docx(*changes, more=None, relations="", of_text=""):
    """The form with (old, new) in its text; further parts; relationships of the package and of the text."""
    parts = parts_of("docx")
    text = parts[TEXT].decode()
    for old, new in changes:
        text = replaced(text, old, new)
    parts[TEXT] = text.encode()
    for name, inside in (("_rels/.rels", relations), ("word/_rels/document.xml.rels", of_text)):
        parts[name] = replaced(parts[name].decode(), "</Relationships>", inside + "</Relationships>").encode()
    return {**parts, **(more or {})}


def cell(text, reference):
    return re.search(rf'<c r="{reference}"[^>]*?(?:/>|>.*?</c>)', text).group(0)


def xlsx(cells, strings=None, styles=None, second=None):
    """The form with cells of its sheet replaced; shared strings; a further cell format; a second sheet."""
    parts = parts_of("xlsx")
    text = parts[SHEET].decode()
    for reference, anew in cells.items():
        old = cell(text, reference)
        style = re.search(r' s="\d+"', old)
        text = replaced(text, old, anew.format(style=style.group(0) if style else ""))
    parts[SHEET] = text.encode()
    book, types = parts["xl/_rels/workbook.xml.rels"].decode(), parts["[Content_Types].xml"].decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{strings}</sst>'.encode()
        book = replaced(book, "</Relationships>", f'<Relationship Id="rIdS" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
        types = replaced(types, "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/></Types>')
    if second:
        parts["xl/worksheets/sheet2.xml"] = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{second}</sheetData></worksheet>'.encode()
        book = replaced(book, "</Relationships>", f'<Relationship Id="rId2nd" Type="{OFFICE}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>')
        types = replaced(types, "</Types>", f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{kind}.worksheet+xml"/></Types>')
        listed = parts["xl/workbook.xml"].decode()
        parts["xl/workbook.xml"] = replaced(listed, "</sheets>", f'<sheet xmlns:o="{OFFICE}" name="说明" sheetId="2" o:id="rId2nd"/></sheets>').encode()
    if styles:
        look = parts["xl/styles.xml"].decode()
        parts["xl/styles.xml"] = replaced(look, "</cellXfs>", styles + "</cellXfs>").encode()
    parts["xl/_rels/workbook.xml.rels"], parts["[Content_Types].xml"] = book.encode(), types.encode()
    return parts


def n_formats():
    return re.search(r"<cellXfs.*?</cellXfs>", parts_of("xlsx")["xl/styles.xml"].decode(), re.S).group(0).count("<xf ")


class Stream(io.BytesIO):
    """Nothing can be gone back to: sizes stand behind the entries."""

    def seekable(self):
        return False

    def seek(self, *_):
        raise io.UnsupportedOperation

    def tell(self):
        raise io.UnsupportedOperation


def packed(parts, method=zipfile.ZIP_DEFLATED, stream=False, comment=b""):
    out = Stream() if stream else io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        package.comment = comment
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2022, 1, 2, 3, 4, 6)), data, method)
    return out.getvalue()


def twice(parts):
    """A second entry of the text's name: programs differ in which one they read."""
    out = io.BytesIO(packed(parts))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("Word/Document.xml", parts[TEXT])
    return out.getvalue()


def lying(parts):
    """The directory's row of the text says that its entry is where another one is."""
    data = bytearray(packed(parts))
    at = data.index(b"word/styles.xml", data.index(b"PK\x01\x02")) - 46
    other = data.index(b"word/document.xml", data.index(b"PK\x01\x02")) - 46
    struct.pack_into("<I", data, at + 42, struct.unpack_from("<I", data, other + 42)[0])
    return bytes(data)


def inserted(text):
    return f'<w:ins w:id="9" w:author="x">{text}</w:ins>'


# name: (bytes, what is said of it, what its changed part must hold, what not); said None: there is no copy.
# What is said of every unsafe mend of the form beside: nothing.
def cases():
    plain = packed(docx())
    shared = '<c r="E18"{style} t="s"><v>0</v></c>'
    two = [("<w:t>人员满意度</w:t>", "<w:t>人员投诉</w:t>"), (TARGET, "<w:r><w:t>≤6次</w:t></w:r>"), ("<w:t>85%</w:t>", "<w:t>8次</w:t>"), (SCORE, "<w:r><w:t>9</w:t></w:r>")]
    whole = n_formats()
    return {
        "plain.docx": (plain, [], ["<w:t>9.44</w:t>", "<w:t>≥90%</w:t>"], []),
        "runs.docx": (packed(docx((TARGET, '<w:r><w:rPr><w:b/></w:rPr><w:t>&gt;</w:t></w:r><w:r><w:t>=9</w:t></w:r><w:r><w:t>0%</w:t></w:r>'))), [],
                      ["<w:b/></w:rPr><w:t>≥</w:t></w:r><w:r><w:t>9</w:t></w:r><w:r><w:t>0%</w:t></w:r>"], []),
        "blank.docx": (packed(docx(("<w:r><w:t>人员满意度</w:t></w:r>", '<w:r><w:t xml:space="preserve">人员 </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>满意 度</w:t></w:r>'))), [],
                       ['<w:t xml:space="preserve">人员</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>满意度</w:t>'], []),
        "mark.docx": (packed(docx((SCORE, '<w:proofErr w:type="x"/><w:r><w:rPr><w:b w:val="1>0"/></w:rPr><w:t>8</w:t></w:r><!-- <w:t> -->'))), [],
                      ['<w:b w:val="1>0"/></w:rPr><w:t>9.44</w:t></w:r><!-- <w:t> -->'], []),
        "lines.docx": (packed(docx((f"<w:p>{TARGET}</w:p>", "<w:p><w:r><w:t>&gt;=</w:t></w:r></w:p><w:p><w:r><w:t>90%</w:t></w:r></w:p>"))), [],
                       ["<w:t>&gt;=</w:t></w:r></w:p><w:p><w:r><w:t>90%</w:t>"], []),
        "tracked.docx": (packed(docx((SCORE, inserted(SCORE)))), ["holds more than the figure"], ["<w:t>8</w:t>"], ["9.44"]),
        "field.docx": (packed(docx((SCORE, f'<w:fldSimple w:instr="FORMULA">{SCORE}</w:fldSimple>'))), ["holds more than the figure"], ["<w:t>8</w:t>"], ["9.44"]),
        "signed.docx": (packed(docx(relations=SIGNED, more={"_xmlsignatures/origin.sigs": b""})), ["the signature does not hold"], ["9.44"], []),
        "macros.docm": (packed(docx(of_text=f'<Relationship Id="vba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>',
                                    more={"word/vbaProject.bin": b"\0macro"})), ["holds macros"], ["9.44"], []),
        "two.docx": (packed(docx(*two)), ["6.67 and 7.50 would both do"], ["<w:t>9</w:t>"], ["6.67", "7.50"]),
        "stored.docx": (packed(docx(), zipfile.ZIP_STORED, comment=b"a remark"), [], ["9.44"], []),
        "stream.docx": (packed(docx(), stream=True), [], ["9.44"], []),
        "twice.docx": (twice(docx()), None, [], []),
        "lying.docx": (lying(docx()), None, [], []),
        "stub.docx": (b"MZ stub" + plain, None, [], []),
        "plain.xlsx": (packed(xlsx({})), ["number format"], ["≥90%"], ["9.44"]),
        "shared.xlsx": (packed(xlsx({"E18": shared}, strings="<si><t>&gt;=90%</t></si><si><t>x</t></si>", second='<row r="1"><c r="A1" t="s"><v>0</v></c></row>')),
                        [], ['t="inlineStr"><is><t>≥90%</t></is></c>'], []),
        "rich.xlsx": (packed(xlsx({"E18": shared}, strings="<si><r><rPr><b/></rPr><t>&gt;=</t></r><r><t>90%</t></r></si>")),
                      [], ['<is><r><rPr><b/></rPr><t>≥</t></r><r><t>90%</t></r></is>'], []),
        "formula.xlsx": (packed(xlsx({"H18": '<c r="H18"{style}><f>4+4</f><v>8</v></c>'})),
                         ["holds a formula, which is not written over", "compute it anew"], ["<f>4+4</f><v>8</v>"], ["9.44"]),
        "format.xlsx": (packed(xlsx({"H18": f'<c r="H18" s="{whole}"><v>8</v></c>'}, styles='<xf numFmtId="2" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>')),
                        [], [f'<c r="H18" s="{whole}"><v>9.44</v></c>'], []),
        "whole.xlsx": (packed(xlsx({"H18": f'<c r="H18" s="{whole}"><v>8</v></c>'}, styles='<xf numFmtId="1" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>')),
                       ["number format would show it otherwise"], ["<v>8</v>"], ["9.44"]),
        "percent.xlsx": (packed(xlsx({"H6": f'<c r="H6" s="{whole}"><v>0.7</v></c>'}, styles='<xf numFmtId="10" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>')),
                         [], [f'<c r="H6" s="{whole}"><v>0.8881</v></c>'], []),
        "prefixed.xlsx": (packed(prefixed(xlsx({}))), [], ["≥90%"], []),
    }


def prefixed(parts):
    """Every element of the sheet with a prefix."""
    text = parts[SHEET].decode().replace('xmlns="http://schemas.openxmlformats.org/spreadsheetml', 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml')
    return {**parts, SHEET: re.sub(r"<(/?)(?=[A-Za-z])(?!\w+:)", r"<\1x:", text).encode()}


def entries(data):
    """Each entry with its head and its packed bytes, by name; and the order of names."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        infos = package.infolist()
    found = {}
    for info in infos:
        name, extra = struct.unpack_from("<HH", data, info.header_offset + 26)
        start = info.header_offset + 30 + name + extra
        found[info.filename] = data[info.header_offset:start + info.compress_size]
    return found, [info.filename for info in infos]


def complaints_of(name, before, after, said, holds, lacks):
    (one, order), (two, order_after) = entries(before), entries(after)
    part = TEXT if name.endswith(("docx", "docm")) else SHEET
    if order != order_after:
        yield "other entries, or another order"
    changed = [entry for entry in order if one[entry] != two.get(entry)]
    if changed not in ([], [part]):
        yield f"changed beside {part}: {changed}"
    with zipfile.ZipFile(io.BytesIO(after)) as package:
        if package.testzip():
            yield "the copy is no sound zip"
        text = package.read(part).decode()
        if package.comment != zipfile.ZipFile(io.BytesIO(before)).comment:
            yield "another comment"
    for words in holds:
        if words not in text:
            yield f"{part} lacks {words}"
    for words in lacks:
        if words in text:
            yield f"{part} has {words}"
    for words in said or []:
        if words not in SAID.get(name, ""):
            yield f"not said: {words}; but: {SAID.get(name, '')[:200]}"


SAID = {}


def mend(ziping, files, folder):
    for name, data in files.items():
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / name).write_bytes(data)
    done = subprocess.run([ziping, "fix", "--no-config", "--unsafe", "--lang", "en", "in", "-o", "out"], cwd=folder, capture_output=True, timeout=250)
    for line in done.stderr.decode().splitlines():
        found = re.match(r"ziping: in/([^:]+): (.*)", line)
        if found:
            SAID[found.group(1)] = SAID.get(found.group(1), "") + found.group(2) + "\n"
    return done


def values(ziping, paths):
    done = subprocess.run([ziping, "convert", "--no-config", *map(str, paths)], capture_output=True, timeout=250)
    return {Path(file["path"]).name: file for file in json.loads(done.stdout)["files"]}


def fields(node, at=""):
    if isinstance(node, dict) and "text" in node:
        yield at, re.sub(r"\s", "", node["text"]).replace(">=", "≥")
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in ("repairs", "at", "reading"):
                yield from fields(value, f"{at}/{key}")
    elif isinstance(node, list):
        for k, value in enumerate(node):
            yield from fields(value, f"{at}/{k}")
    elif isinstance(node, str):
        yield at, re.sub(r"\s", "", node)


# What an unsafe mend may change.
FIGURES = re.compile(r"/(score|rate|actual)$")


def check(ziping, folder):
    table = cases()
    done = mend(ziping, {name: row[0] for name, row in table.items()}, folder)
    if done.returncode != 3:
        yield f"exit {done.returncode}, expected 3: some could not be mended; {done.stderr.decode()[-300:]}"
    for name, (before, said, holds, lacks) in table.items():
        copy = folder / "out" / name
        if said is None:
            if copy.exists() or not SAID.get(name):
                yield f"{name}: {'there is a copy' if copy.exists() else 'nothing is said'}"
        elif not copy.exists():
            yield f"{name}: no copy: {SAID.get(name)}"
        else:
            for complaint in complaints_of(name, before, copy.read_bytes(), said, holds, lacks):
                yield f"{name}: {complaint}"
        if (folder / "in" / name).read_bytes() != before:
            yield f"{name}: the original was touched"
    good = [name for name, row in table.items() if row[1] is not None]
    one, two = values(ziping, [folder / "in" / n for n in good]), values(ziping, [folder / "out" / n for n in good if (folder / "out" / n).exists()])
    for name in two:
        a, b = (dict(fields(found[name]["forms"])) for found in (one, two))
        differing = [at for at in a if a[at] != b.get(at) and not FIGURES.search(at)]
        if differing:
            yield f"{name}: the copy says something else at {differing[:4]}"


def check_libreoffice(ziping, folder):
    """What LibreOffice makes of the copies says what they say."""
    office = shutil.which("soffice")
    if not office:
        sys.exit(77)
    names = ("runs.docx", "blank.docx", "shared.xlsx", "rich.xlsx", "format.xlsx")
    table = cases()
    mend(ziping, {name: table[name][0] for name in names}, folder)
    for suffix in ("docx", "xlsx"):
        again = folder / f"again-{suffix}"
        subprocess.run([office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", suffix, "--outdir", again,
                        *(folder / "out" / name for name in names if name.endswith(suffix))], capture_output=True, timeout=250, check=True)
        copies = [folder / "out" / name for name in names if name.endswith(suffix)]
        one, two = values(ziping, copies), values(ziping, [again / path.name for path in copies])
        for path in copies:
            a, b = (dict(fields(found[path.name]["forms"])) for found in (one, two))
            differing = [(at, a[at], b.get(at)) for at in a if a[at] != b.get(at)]
            if differing:
                yield f"{path.name}: LibreOffice reads it otherwise: {differing[:3]}"


def main():
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for complaint in (check_libreoffice if "libreoffice" in sys.argv else check)(Path(sys.argv[1]).resolve(), Path(folder)):
            bad += 1
            print(complaint[:500])
    print(f"{bad} wrong")
    sys.exit(1 if bad else 0)


main()
