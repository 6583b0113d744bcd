#!/usr/bin/env python3
"""Marked copies of one form in every format: `check --annotate-dir`, in one start.

usage: run.py ZIPING

Of every format: the original is untouched, the copy says the findings in Chinese, and read again it is the same form
(what marks add is no part of it).  Then what the format asks: see the function named after it.
"""
import html
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
import zipfile
from pathlib import Path

import openpyxl

HERE = Path(__file__).resolve().parent
GOLDEN = HERE.parent / "golden"
VARYING = {"at", "reading", "path", "sha256", "repairs", "version", "rulebook"}
ziping = sys.argv[1]
bad = 0


def fail(what):
    global bad
    bad += 1
    print(f"FAILED: {what}"[:400])


def ask(*arguments, codes=(0, 1, 3)):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
    done = subprocess.run([ziping, *map(str, arguments)], capture_output=True, timeout=200, env=environment)
    if done.returncode not in codes:
        sys.exit(f"{arguments}: exit {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return done


def stripped(node):
    if isinstance(node, dict):
        return {key: stripped(value) for key, value in node.items() if key not in VARYING}
    return [stripped(item) for item in node] if isinstance(node, list) else node


def without(text, inserted):
    """A text without all of some pieces."""
    return re.sub(inserted, "", text, flags=re.S)


# --- by format: original bytes, copy bytes, the file's entry of the report ---

def text(original, copy, report):
    assert copy.startswith(original)
    block = copy[len(original):].decode()
    assert all(finding["message"] in block for finding in report["findings"]), block
    assert f"第 {report['findings'][0]['at']['line']} 行" in block


def markdown(original, copy, report):
    text(original, copy, report)
    assert copy[len(original):].decode().strip().startswith("```")


def gb18030(original, copy, report):
    assert copy.startswith(original)
    text(original.decode("gb18030").encode(), copy.decode("gb18030").encode(), report)


def page(original, copy, report, charset="utf-8"):
    old, new = original.decode(charset), copy.decode(charset)
    assert without(new, r"<mark style[^>]*>|</mark>|<sup style=[^>]*><a href=\"#ziping-\d+\"[^>]*>\[\d+\]</a></sup>|"
                        r"\n<section id=\"ziping\".*?</section>\n") == old, "more than marks was changed"
    marked = re.findall(r"<mark [^>]*title=\"([^\"]*)\">([^<]*)</mark>", new)
    for finding in report["findings"]:
        stated = (finding["stated"] or "").replace("<", "")
        if finding["at"]["row"] and finding["code"] in ("F01", "F04", "S07"):
            assert any(finding["message"] in html.unescape(title) and cell.strip() in stated for title, cell in marked), finding
    assert all(finding["message"] in html.unescape(new) for finding in report["findings"])


def page_gb18030(original, copy, report):
    page(original, copy, report, "gb18030")


def hostile(original, copy, report):
    """What a document says is no mark-up in a note about it."""
    page(original, copy, report)
    assert copy.count(b"<script") == original.count(b"<script") and copy.count(b"&lt;script&gt;") > original.count(b"&lt;script&gt;")


def notes_of_pdf(copy):
    """The texts of the annotations, as a reader of PDF gives them."""
    done = subprocess.run(["qpdf", "--json=2", "--json-key=qpdf", copy], capture_output=True, check=True)
    objects = json.loads(done.stdout)["qpdf"][1]
    for name in objects:
        value = objects[name].get("value")
        if isinstance(value, dict) and value.get("/Subtype") in ("/Highlight", "/Text"):
            assert value["/T"] == "u:ziping" and value["/M"].startswith("u:D:20") and "/Popup" in value, value
            yield value["/Contents"][2:]


def picture(path):
    done = subprocess.run(["pdftoppm", "-r", "72", "-f", "1", "-l", "1", path], capture_output=True, check=True)
    head, size, _, pixels = done.stdout.split(b"\n", 3)
    width, height = map(int, size.split())
    assert head == b"P6" and len(pixels) == 3 * width * height
    return width, height, pixels


def pdf(original, copy, report, path, source):
    assert copy.startswith(original)
    subprocess.run(["qpdf", "--check", path], capture_output=True, check=True)
    notes = list(notes_of_pdf(path))
    for finding in report["findings"]:
        assert any(finding["message"] in note for note in notes), finding["message"]
    width, height, before = picture(source)
    assert picture(path)[:2] == (width, height)
    after = picture(path)[2]
    changed = {(k // 3 % width, k // 3 // width) for k in range(0, len(before), 3) if before[k:k + 3] != after[k:k + 3]}
    boxes = [finding["at"]["bbox"] for finding in report["findings"] if finding["at"]["bbox"] and finding["at"]["page"] == 1]
    assert boxes
    for box in boxes:
        inside = [(x, y) for x, y in changed if box[0] - 6 <= x <= box[2] + 6 and box[1] - 3 <= y <= box[3] + 3]
        ground = [(x, y) for x, y in inside if box[0] <= x <= box[2] and box[1] <= y <= box[3]]
        assert len(ground) > (box[2] - box[0]) * (box[3] - box[1]) / 4, f"no highlight over {box}"
    if all(finding["at"]["bbox"] for finding in report["findings"]):
        stray = [(x, y) for x, y in changed
                 if not any(b[0] - 8 <= x <= b[2] + 8 and b[1] - 4 <= y <= b[3] + 4 for b in boxes)]
        assert not stray, f"marks elsewhere: {sorted(stray)[:5]}"


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parts_of(content, changed):
    """The parts of a copy's package, all but some byte for byte as in the original."""
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in content)
    assert new.testzip() is None and [name for name in new.namelist() if name in old.namelist()] == old.namelist()
    for name in old.namelist():
        assert name in changed or old.read(name) == new.read(name), f"{name} was changed"
    return {name: new.read(name) for name in new.namelist()}


def printed(form, pointer):
    """The text of the cell that a pointer names; None where it names no cell."""
    node = form
    for step in pointer.split("/")[1:]:
        node = node[int(step)] if isinstance(node, list) else node.get(step) if isinstance(node, dict) else None
    return node.get("text") if isinstance(node, dict) else node if isinstance(node, str) else None


def docx_comments(parts):
    """(what is said, text of the cell it is at) of each comment."""
    texts = {one.get(W + "id"): "\n".join("".join(t.text or "" for t in p.iter(W + "t")) for p in one.iter(W + "p"))
             for one in tree.fromstring(parts["word/comments.xml"])}
    document = tree.fromstring(parts["word/document.xml"])
    assert sorted(texts) == sorted(one.get(W + "id") for one in document.iter(W + "commentReference"))
    for cell in document.iter(W + "tc"):
        for start in cell.iter(W + "commentRangeStart"):
            yield texts[start.get(W + "id")], "".join(t.text or "" for t in cell.iter(W + "t"))


def at_their_cells(comments, report, forms):
    n = 0
    for finding in report["findings"]:
        want = printed(forms[finding["form"]], finding["pointer"]) if finding["form"] is not None else None
        found = [cell for words, cell in comments if finding["message"] in words]
        assert found, f"no comment says {finding['message']}"
        if want:
            n += 1
            assert any(re.sub(r"\s", "", want) in re.sub(r"\s", "", cell) for cell in found), (want, found)
    assert n > 3


def docx(original, copy, report, path, source, forms):
    parts = parts_of((original, copy), {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"})
    assert b"/word/comments.xml" in parts["[Content_Types].xml"] and b"comments.xml" in parts["word/_rels/document.xml.rels"]
    at_their_cells(list(docx_comments(parts)), report, forms)


def xlsx(original, copy, report, path, source, forms):
    sheet = "xl/worksheets/sheet1.xml"
    parts = parts_of((original, copy), {sheet, "[Content_Types].xml", "xl/worksheets/_rels/sheet1.xml.rels", *(
        name for name in zipfile.ZipFile(io.BytesIO(original)).namelist() if "omment" in name or name.endswith(".vml"))})
    book = openpyxl.load_workbook(io.BytesIO(copy))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.comment]
    shown = {str(cell.coordinate): cell for cell in cells}
    for finding in report["findings"]:
        at = finding["at"]
        if at["row"]:
            name = openpyxl.utils.get_column_letter(at["col"]) + str(at["row"])
            assert finding["message"] in shown[name].comment.text, finding
    drawings = [part for name, part in parts.items() if name.endswith(".vml")]
    notes = [one for one in tree.fromstring(drawings[0]).iter("{urn:schemas-microsoft-com:office:excel}ClientData") if one.get("ObjectType") == "Note"]
    assert len(drawings) == 1 and len(notes) == len(cells), f"{len(notes)} shapes, {len(cells)} comments"
    assert parts[sheet].count(b"<legacyDrawing ") == 1


def xlsx_commented(original, copy, report, path, source, forms):
    xlsx(original, copy, report, path, source, forms)
    book = openpyxl.load_workbook(io.BytesIO(copy))
    assert book.worksheets[0]["A1"].comment.text.startswith("旧的批注"), "a comment that was there"
    said = book.worksheets[0]["E6"].comment.text
    assert said.startswith("也有批注") and "F04" in said, said


def ofd_annotations(copy):
    package = zipfile.ZipFile(io.BytesIO(copy))
    for name in package.namelist():
        if "page_" in name and "ziping" in name:
            for one in tree.fromstring(package.read(name)):
                yield one[0].text, [float(number) * 72 / 25.4 for number in one[1].get("Boundary").split()]


def ofd(original, copy, report, path, source, forms):
    parts_of((original, copy), {"Doc_0/Document.xml"})
    marks = list(ofd_annotations(copy))
    for finding in report["findings"]:
        boxes = [box for words, box in marks if finding["message"] in words]
        assert boxes, f"no annotation says {finding['message']}"
        if finding["at"]["bbox"]:
            x, y, x1, y1 = finding["at"]["bbox"]
            assert any(abs(b[0] - x) + abs(b[1] - y) + abs(b[0] + b[2] - x1) + abs(b[1] + b[3] - y1) < 1 for b in boxes), (finding, boxes)


# --- what is marked ---

def commented(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, words in (("A1", "旧的批注"), ("E6", "也有批注")):
        book.worksheets[0][name].comment = openpyxl.comments.Comment(words, "审计")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def signed_pdf(source, target):
    """With a field that holds a signature, as far as its shape goes."""
    about = json.loads(subprocess.run(["qpdf", "--json=2", source], capture_output=True, check=True).stdout)["qpdf"]
    root, number = about[1]["trailer"]["value"]["/Root"], about[0]["maxobjectid"] + 1
    catalogue = {**about[1][f"obj:{root}"]["value"], "/AcroForm": {"/Fields": [f"{number} 0 R"], "/SigFlags": 3}}
    field = {"/FT": "/Sig", "/T": "u:sig", "/Type": "/Annot", "/Subtype": "/Widget", "/Rect": [0, 0, 0, 0],
             "/V": {"/Type": "/Sig", "/Filter": "/Adobe.PPKLite", "/SubFilter": "/adbe.pkcs7.detached", "/ByteRange": [0, 9, 20, 9], "/Contents": "b:00"}}
    update = {"qpdf": [{**about[0], "maxobjectid": number}, {f"obj:{root}": {"value": catalogue}, f"obj:{number} 0 R": {"value": field}}]}
    path = target.with_suffix(".json")
    path.write_text(json.dumps(update))
    subprocess.run(["qpdf", source, f"--update-from-json={path}", target], check=True)
    path.unlink()


def signed_ofd(content):
    old, out = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "OFD.xml":
                part = re.sub(rb"(<(\w+:)?DocRoot>[^<]*</(\w+:)?DocRoot>)", rb"\1<\2Signatures>Signs/Signatures.xml</\2Signatures>", part)
                assert b"Signatures" in part
            new.writestr(name, part)
        new.writestr("Signs/Signatures.xml", '<ofd:Signatures xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Signature ID="1" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>')
    return out.getvalue()


def signed_are_spared(folder):
    """A signed document is marked with --force alone; a PDF's signed bytes stay even then."""
    for name in ("signed.pdf", "signed.ofd"):
        source, copy = folder / name, folder / f"copy-{name}"
        done = ask("annotate", source, "-o", copy, "--lang", "zh", codes=range(10))
        if done.returncode != 3 or copy.exists() or "--force" not in done.stderr.decode():
            fail(f"{name}: {done.returncode} {done.stderr.decode()}")
        if ask("annotate", source, "-o", copy, "--force", codes=range(10)).returncode != 0:
            fail(f"{name}: not with --force")
        if name.endswith("pdf") and not copy.read_bytes().startswith(source.read_bytes()):
            fail(f"{name}: signed bytes were changed")


def marked_again(marked, twice):
    """Marks that are there stay, new ones come beside them."""
    ask("check", *(marked / name for name in ("a.docx", "a.xlsx", "a.ofd", "a.pdf")), "--lang", "zh", "--quiet", "--annotate-dir", twice)

    def counts(folder):
        parts = {name: zipfile.ZipFile(folder / "a.docx").read(name) for name in zipfile.ZipFile(folder / "a.docx").namelist()}
        book = openpyxl.load_workbook(folder / "a.xlsx").worksheets[0]
        comments = [cell.comment.text for row in book.iter_rows() for cell in row if cell.comment]
        return [len(list(docx_comments(parts))), len(list(ofd_annotations((folder / "a.ofd").read_bytes()))),
                len(list(notes_of_pdf(folder / "a.pdf")))], comments
    (once, first), (again, second) = counts(marked), counts(twice)
    if again != [2 * n for n in once]:
        fail(f"marked twice: {once} became {again}")
    if len(first) != len(second) or not all(new.startswith(old) and len(new) > len(old) for old, new in zip(first, second)):
        fail("marked twice: comments of a workbook")


def main():
    with tempfile.TemporaryDirectory() as scratch:
        folder, marked = Path(scratch) / "in", Path(scratch) / "marked"
        (folder / "sub").mkdir(parents=True)
        seed = GOLDEN / "seed-1"
        plain = (seed / "input.txt").read_bytes()
        site = (seed / "input.site.html").read_text(encoding="utf-8")
        files = {"a.txt": (plain, text), "crlf.txt": (plain.replace(b"\r", b"").replace(b"\n", b"\r\n"), text),
                 "gb.txt": (plain.decode().encode("gb18030"), gb18030),
                 "sub/a.md": ((seed / "input.pipe.md").read_bytes(), markdown),
                 "a.html": (site.encode(), page),
                 "hostile.html": (site.replace("公务用车保障率", "&lt;script&gt;alert(1)&lt;/script&gt;\"'&amp;lt;").encode(), hostile),
                 "word.html": ((seed / "input.word.html").read_bytes(), page_gb18030),
                 "gb.html": (re.sub("charset=[\"']?utf-8", "charset=gb18030", site, flags=re.I).encode("gb18030"), page_gb18030)}
        files["a.pdf"] = ((seed / "input.pdf").read_bytes(), pdf)
        files["turned.pdf"] = ((seed / "input.turned.pdf").read_bytes(), pdf)
        office = {"a.docx": docx, "a.xlsx": xlsx}
        files |= {name: ((seed / f"input{Path(name).suffix}").read_bytes(), look) for name, look in office.items()}
        files["commented.xlsx"] = (commented(files["a.xlsx"][0]), xlsx_commented)
        files["a.ofd"] = ((GOLDEN.parents[1] / "samples/ofd/one-2.ofd").read_bytes(), ofd)
        for name, (content, _) in files.items():
            (folder / name).write_bytes(content)
        for name, option in {"rotated.pdf": "--rotate=+90", "streams.pdf": "--object-streams=generate",
                             "linear.pdf": "--linearize"}.items():
            subprocess.run(["qpdf", folder / "a.pdf", option, folder / name], check=True)
            files[name] = ((folder / name).read_bytes(), pdf)
        report = json.loads(ask("check", folder, "--lang", "zh", "--format", "json", "--annotate-dir", marked).stdout)
        entries = {file["path"]: file for file in report["files"]}
        again = json.loads(ask("convert", folder, marked).stdout)["files"]
        read = {file["path"]: file for file in again}
        for name, (content, look) in files.items():
            entry, copy = entries[str(folder / name)], marked / name
            try:
                assert (folder / name).read_bytes() == content, "the original was changed"
                assert copy.is_file(), "no copy"
                assert entry["findings"], "no finding"
                first, second = read[str(folder / name)], read[str(copy)]
                is_bare = look in (text, markdown, gb18030, page, page_gb18030, hostile)
                extra = () if is_bare else (copy, folder / name) if look is pdf else (copy, folder / name, first["forms"])
                look(content, copy.read_bytes(), entry, *extra)
                assert stripped(first["forms"]) == stripped(second["forms"]), "read again it is another form"
            except AssertionError as why:
                fail(f"{name}: {why}")
        refusals(folder, marked)
        marked_again(marked, Path(scratch) / "twice")
        signed_pdf(folder / "a.pdf", folder / "signed.pdf")
        (folder / "signed.ofd").write_bytes(signed_ofd(files["a.ofd"][0]))
        signed_are_spared(folder)
    print(f"{len(files)} files, {bad} bad")
    sys.exit(bad > 0)


def refusals(folder, marked):
    """Nothing that is there is written over, and nothing is marked that cannot be."""
    one = folder / "a.txt"
    before = one.read_bytes()
    for arguments in (("annotate", one, "-o", one), ("annotate", one, "-o", marked / "a.txt"), ("annotate", one), ("annotate", folder, "-o", folder / "x"),
                      ("annotate", one, "-o", "-"), ("check", one, "--annotate-dir", marked), ("check", one, "--annotate-dir", one)):
        if ask(*arguments, codes=range(10)).returncode != 2:
            fail(f"{arguments}: not refused")
    if one.read_bytes() != before:
        fail("the original was written over")
    (folder / "none.txt").write_text("没有表")
    if ask("annotate", folder / "none.txt", "-o", folder / "none.copy", codes=range(10)).returncode != 3 or (folder / "none.copy").exists():
        fail("a file without a form was marked")
    if ask("annotate", one, "-o", folder / "marked.txt", codes=range(10)).returncode != 0 or not (folder / "marked.txt").is_file():
        fail("annotate FILE -o COPY")


main()
