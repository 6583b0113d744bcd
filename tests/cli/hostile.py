#!/usr/bin/env python3
"""A folder of hostile files between good ones: the good ones are read right, each bad one is named once, exit 3.

usage: hostile.py ZIPING [no-proc | few-descriptors | COMMAND… that runs what follows it]
"""
import io
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import zipfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = (ROOT / "tests/golden/seed-1/input.txt").read_bytes()
PAGE = (ROOT / "tests/golden/seed-1/input.site.html").read_bytes()
PDF = (ROOT / "tests/golden/seed-1/input.pdf").read_bytes()
DOCX = (ROOT / "tests/golden/seed-1/input.docx").read_bytes()
XLSX = (ROOT / "tests/golden/seed-1/input.xlsx").read_bytes()
TITLE = "项目支出绩效自评表"


def packed(name, data, count=1):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(name if count == 1 else f"{number}/{name}", data)
    return out.getvalue()


def repacked(package, part, change):
    """A package with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return out.getvalue()


def looping_pdf():
    """Pages that are their own children, a form that draws itself."""
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>",
             b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /A 4 0 R >> >> >>",
             b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 4 0 R >> >> /Length 5 >>\nstream\n/A Do\nendstream"]
    out = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (k, part) for k, part in enumerate(parts, 1))
    return out + b"trailer << /Root 1 0 R /Size 5 >>\n"


def deep_pdf():
    """A page tree of 100,000 nodes inside each other."""
    out = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    out += b"".join(b"%d 0 obj\n<< /Kids [%d 0 R] /Count 1 >>\nendobj\n" % (k, k + 1) for k in range(2, 100002))
    return out + b"trailer << /Root 1 0 R /Size 100002 >>\n"


def long_pdf():
    """A page whose content unpacks to 2 GiB."""
    pack, content = zlib.compressobj(9), b""
    for _ in range(2048):
        content += pack.compress(b" " * 1024 * 1024)
    content += pack.flush()
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
             b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(content), content)]
    out = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (k, part) for k, part in enumerate(parts, 1))
    return out + b"trailer << /Root 1 0 R /Size 5 >>\n"


ROW_IN_CELL = (b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><row r="2"/>'
               b'<v>1</v></c></row></sheetData></worksheet>')
ENTITIES = (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' +
            b"".join(b'<!ENTITY %c "%s">' % (98 + k, b"&%c;" % (97 + k) * 10) for k in range(12)) + b"]><a>&m;</a>")
CYCLE = (b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
         b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="_rels/.rels"/></Relationships>')

# Name (any bytes) and bytes; all of these are bad: D01, D02 or D03.
BAD = {
    b"empty.html": b"",
    b"blank.txt": b"\t\t \n\n\t\n",
    b"cut.pdf": PDF[:200],
    b"looping.pdf": looping_pdf(),
    b"deep.pdf": deep_pdf(),
    b"long.pdf": long_pdf(),
    b"attributes.html": b"<table><tr><td " + b" ".join(b"a%d=1" % k for k in range(200000)) + b">" + TITLE.encode(),
    b"attributes.docx": repacked(DOCX, "word/document.xml", lambda _: b"<w:document " + b" ".join(b'a%d="1"' % k for k in range(200000)) + b"/>"),
    b"row.xlsx": repacked(XLSX, "xl/worksheets/sheet1.xml", lambda _: ROW_IN_CELL),
    b"ruled.md": "-- -- --\n中中中中中a b c\n-- -- --\n".encode(),
    b"noise.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 40,
    b"levels.html": b"<div>" * 100000 + b"x",
    b"tables.html": b"<table><tr><td>" * 100000,
    b"spans.html": b"<table><tr><td rowspan=1000000000 colspan=1000000000>" + TITLE.encode(),
    b"line.txt": b"a" * 10_000_000,
    b"lists.md": b"> " * 50000 + b"x\n" + b"[" * 50000,
    b"bomb.docx": packed("word/document.xml", b"\0" * 200_000_000),
    b"bomb.html": packed("a", b"\0" * 1_000_000),
    b"entries.xlsx": packed("a.xml", b"", 20000),
    b"cut.docx": DOCX[:len(DOCX) // 2],
    b"cycle.docx": repacked(DOCX, "_rels/.rels", lambda _: CYCLE),
    b"entities.docx": repacked(DOCX, "word/document.xml", lambda _: ENTITIES),
    b"no-parts.xlsx": packed("[Content_Types].xml", b"<Types/>"),
    b"nul.txt": b"a\0b" * 100,
    b"picture.html": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    b"old.doc.txt": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000,
    b"half.txt": b"\xff\xfe" + TITLE.encode("utf-16-le")[:-1],
    b"new\nline.txt": b"no form",
    b"\xff\xfe bytes.md": b"no form",
    b"-rf.txt": b"no form",
    b"\xe2\x80\xae mirrored.txt": b"no form",
}
# Good ones, with the number of their forms.
GOOD = {
    b"a.txt": (SEED, 1), b"b.html": (PAGE, 1), b"c.pdf": (PDF, 1), b"d.docx": (DOCX, 1), b"e.xlsx": (XLSX, 1),
    b"f.txt": (SEED.decode().encode("gb18030"), 1), b"g.txt": (b"\xff\xfe" + SEED.decode().encode("utf-16-le"), 1),
    b"named as.pdf": (SEED, 1), b"no name": (PAGE, 1), b"\xfe good\xff.txt": (SEED, 1), b"zz last.txt": (SEED * 3, 3),
    b"font.html": (b"<font>" * 300 + PAGE, 1),
}


def put(folder, name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def make_folder(folder):
    for name, data in BAD.items():
        put(folder, name, data)
    for name, (data, _) in GOOD.items():
        put(folder, name, data)
    os.mkfifo(os.path.join(folder, b"pipe.txt"))
    socket.socket(socket.AF_UNIX).bind(os.path.join(folder, b"socket.txt"))
    os.symlink(b".", os.path.join(folder, b"circle"))
    os.symlink(b"round.txt", os.path.join(folder, b"round.txt"))
    os.symlink(b"/dev/zero", os.path.join(folder, b"zero.txt"))
    os.symlink(b"/etc", os.path.join(folder, b"etc"))
    with open(os.path.join(folder, b"sparse.txt"), "wb") as file:
        file.truncate(200_000_000)
    os.symlink(os.path.realpath(os.path.join(folder, b"a.txt")), os.path.join(folder, b"linked.txt"))
    bad = {b"sparse.txt"}
    if os.geteuid() != 0:
        put(folder, b"locked.txt", SEED)
        os.chmod(os.path.join(folder, b"locked.txt"), 0)
        bad.add(b"locked.txt")
    return set(BAD) | bad


def path_of(answer):
    return bytes.fromhex(answer["path_bytes"]) if "path_bytes" in answer else answer["path"].encode()


def shrink(path, stop):
    """A file that is now long, now short."""
    while not stop.is_set():
        for size in (len(SEED) * 50, 100):
            os.truncate(path, size)


# What runs a program where the machine gives less than usual; exit 77: this machine cannot.
STARVED = {
    # Its own view of the mounts, with nothing at /proc: what an ordinary user cannot unmount is covered.
    "no-proc": ["unshare", *([] if os.geteuid() == 0 else ["-r"]), "-m", "sh", "-c", """
        umount -l /proc 2>/dev/null || mount -t tmpfs none /proc
        [ ! -e /proc/self ] || exit 77
        exec "$@" """, "sh"],
    "few-descriptors": ["sh", "-c", 'ulimit -n 24; exec "$@"', "sh"],
}


def main():
    ziping = os.path.realpath(sys.argv[1])
    setting = STARVED.get(sys.argv[2], sys.argv[2:]) if len(sys.argv) > 2 else []
    if setting and subprocess.run([*setting, "true"], check=False).returncode != 0:
        print("SKIPPED: this machine cannot be starved so")
        sys.exit(77)
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        folder = os.fsencode(name)
        bad = make_folder(folder)
        moving = os.path.join(folder, b"moving.txt")
        put(folder, b"moving.txt", SEED * 50)
        stop = threading.Event()
        thread = threading.Thread(target=shrink, args=(moving, stop))
        thread.start()
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        with tempfile.TemporaryDirectory() as outside:
            path = os.path.join(outside, "out.json")
            try:
                done = subprocess.run([*setting, ziping, "convert", "-o", path, folder], timeout=600, env=environment, check=False)
                answers = json.loads(Path(path).read_bytes())["files"]
            finally:
                stop.set()
                thread.join()
        seen = {}
        for answer in answers:
            seen.setdefault(path_of(answer)[len(folder) + 1:], []).append(answer)
        seen.pop(b"moving.txt", None)
        if done.returncode != 3:
            wrong.append(f"exit {done.returncode}")
        for path, (_, forms) in GOOD.items():
            got = [len(answer["forms"]) for answer in seen.pop(path, [])]
            if got != [forms]:
                wrong.append(f"{path}: forms {got}, not {forms}")
        for path in bad:
            got = [answer["status"] for answer in seen.pop(path, [])]
            if got != ["failed"]:
                wrong.append(f"{path}: {got or 'not named'}")
        wrong += [f"{path}: unexpected, {len(found)} times" for path, found in seen.items()]
    print(*wrong, f"{len(answers)} answers, {len(wrong)} wrong", sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
