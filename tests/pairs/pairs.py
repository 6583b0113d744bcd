#!/usr/bin/env python3
"""Marked files of every format, read in pairs by one process: no text of the one is in the other's answer.

usage: pairs.py PAIRS      the program of pairs.c

The files are golden ones with a word of their own put in place of the project's name, beside some that end in the middle of a
table, where a slip would read on; of PDFs, whose text cannot be put in, each is another form's.
"""
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/cli"))
import office  # noqa: E402
NAME = "机关服务费"  # of the form seed-1
SEED = ROOT / "tests/golden/seed-1"
# Ends of files that are cut in a cell that crosses its column, in a corner, in a quoted cell, in a tag.
ENDS = {".md": ("\n\n-- -- --\n中中中中中{} b c", "\n\n+-++-+\n|中|{}|\n+-++-+\n"), ".txt": ('\n\n甲\t"{}\n乙', "\n\n甲  乙  {}\n丙  丁  戊\n己  庚  辛"),
        ".html": ("<table><tr><td>{}<td title='", "<table><tr><td>{}</td><td rowspan=9>&#x4E2")}
PDFS = {"seed-2": "网络宣传工作", "seed-7": "国际进口博览会网络安全保障工作经费"}


def veiled(marker):
    return bytes((byte + k % 2) % 256 for k, byte in enumerate(marker.encode()))


def in_package(data, marker):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(NAME.encode(), marker.encode()))
    return out.getvalue()


def marked_files():
    """Marker, suffix and bytes of each file."""
    number = 0
    for path in sorted(SEED.glob("input*")):
        marker = f"Qz{number}Wv{number}Xk标记{number}号"
        data = path.read_bytes()
        number += 1
        if path.suffix == ".docx":
            yield marker, path.suffix, in_package(data, marker)
        elif path.suffix == ".xlsx":
            rows = office.TOP.replace(NAME, marker) + office.indicator(5, marker, "≥300次", "300次", office.number("20"), office.number("20"))
            yield marker, path.suffix, office.xlsx([("表", "visible", office.sheet(rows))], office.STYLES)
        elif path.suffix != ".pdf" and NAME.encode() in data:
            data = data.replace(NAME.encode(), marker.encode())
            yield marker, path.suffix, data
            for k, end in enumerate(ENDS[path.suffix]):
                own = f"尾{k}{marker[2:]}"
                yield own, path.suffix, data.replace(marker.encode(), own.encode()) + end.format(own * 3).encode()
    other = "Gb18030中文标记"
    yield other, ".txt", (SEED / "input.txt").read_text().replace(NAME, other).encode("gb18030")
    for case, name in PDFS.items():
        yield name, ".pdf", (ROOT / "tests/golden" / case / "input.pdf").read_bytes()


def main():
    with tempfile.TemporaryDirectory() as folder:
        lines = []
        for number, (marker, suffix, data) in enumerate(marked_files()):
            path = Path(folder) / f"{number}{suffix}"
            path.write_bytes(data)
            lines.append(veiled(marker) + b"\t" + str(path).encode())
        listed = Path(folder) / "list"
        listed.write_bytes(b"\n".join(lines))
        sys.exit(subprocess.run([sys.argv[1], listed]).returncode)


main()
