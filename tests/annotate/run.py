#!/usr/bin/env python3
"""Marked copies of one form in every format: `check --annotate-dir`, in one start.

usage: run.py ZIPING

Of every format: the original is untouched, the copy says the findings in Chinese, and read again it is the same form
(what marks add is no part of it).  Then what the format asks: see the function named after it.
"""
import html
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

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
    assert all(html.escape(finding["message"], quote=False) in new.replace("&quot;", '"').replace("&#39;", "'")
               for finding in report["findings"])


def page_gb18030(original, copy, report):
    page(original, copy, report, "gb18030")


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


# --- what is marked ---

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
                 "word.html": ((seed / "input.word.html").read_bytes(), page_gb18030),
                 "gb.html": (re.sub("charset=[\"']?utf-8", "charset=gb18030", site, flags=re.I).encode("gb18030"), page_gb18030)}
        files["a.pdf"] = ((seed / "input.pdf").read_bytes(), pdf)
        files["turned.pdf"] = ((seed / "input.turned.pdf").read_bytes(), pdf)
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
                extra = (copy, folder / name) if look is pdf else ()
                look(content, copy.read_bytes(), entry, *extra)
                first, second = read[str(folder / name)], read[str(copy)]
                assert stripped(first["forms"]) == stripped(second["forms"]), "read again it is another form"
            except AssertionError as why:
                fail(f"{name}: {why}")
        refusals(folder, marked)
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
