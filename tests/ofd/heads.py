#!/usr/bin/env python3
"""A form over two pages whose running head reads like a title is one form; two forms of two pages stay two.

usage: heads.py ZIPING
"""
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/seen")]
import writer  # noqa: E402
from seen import FORM  # noqa: E402

HEADS = ["附件2 项目支出绩效自评表", "项目支出绩效自评表", "附件 2023年度项目支出绩效自评表"]


def cells_of(rows):
    """Rows of FORM as the writer takes them; every cell at its column."""
    cells, covered = [], set()
    for number, row in enumerate(rows):
        column = 0
        for text, columns, height in row:
            while (number, column) in covered:
                column += 1
            covered |= {(number + down, column + across) for down in range(height) for across in range(columns)}
            cells.append([number, column, height, columns, text])
            column += columns
    return {"rows": len(rows), "cols": 9, "cells": cells}


def pages(*blocks):
    """One document of a page for each list of blocks."""
    whole, contents = None, []
    for block in blocks:
        package = zipfile.ZipFile(io.BytesIO(writer.document(block, "line")))
        whole = whole or {name: package.read(name) for name in package.namelist()}
        contents.append(package.read("Doc_0/Pages/Page_0/Content.xml"))
    page = re.search(rb"<[^<>]*Page [^<>]*Page_0/Content.xml[^<>]*/>", whole["Doc_0/Document.xml"])[0]
    more = b"".join(page.replace(b"Page_0", b"Page_%d" % k).replace(b'ID="1"', b'ID="%d"' % (900 + k)) for k in range(len(contents)))
    whole["Doc_0/Document.xml"] = whole["Doc_0/Document.xml"].replace(page, more)
    for k, content in enumerate(contents):
        whole[f"Doc_0/Pages/Page_{k}/Content.xml"] = content
    return writer.package(whole)


def forms(ziping, data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.ofd"
        path.write_bytes(data)
        done = subprocess.run([ziping, "convert", path], capture_output=True, check=False)
        return json.loads(done.stdout)["files"][0]["forms"]


def texts(form):
    return [[row[key] if isinstance(row[key], str) else row[key]["text"] for key in ("level1", "level3", "target", "actual", "score")]
            for row in form["indicators"]]


def main():
    bad = []
    table = FORM[1:]
    expected = forms(sys.argv[1], pages([("text", HEADS[0]), ("table", cells_of(table))]))
    if len(expected) != 1 or len(expected[0]["indicators"]) != 4:
        bad.append(f"on one page: {len(expected)} forms")
    for head in HEADS:
        # Behind the header of the indicators and behind a whole section: no cell is cut.
        for cut in (7, 9, 10):
            got = forms(sys.argv[1], pages([("text", head), ("table", cells_of(table[:cut]))], [("text", head), ("table", cells_of(table[cut:]))]))
            if len(got) != 1 or texts(got[0]) != texts(expected[0]) or got[0]["total"]["score"]["text"] != "99.5":
                bad.append(f"{head}, cut at {cut}: {len(got)} forms, {[len(form['indicators']) for form in got]} indicators")
        two = forms(sys.argv[1], pages([("text", head), ("table", cells_of(table))], [("text", head), ("table", cells_of(table))]))
        if [len(form["indicators"]) for form in two] != [4, 4]:
            bad.append(f"{head}, twice: {len(two)} forms")
    print(*bad, f"{len(bad)} wrong", sep="\n")
    sys.exit(1 if bad else 0)


main()
