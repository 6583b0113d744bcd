#!/usr/bin/env python3
"""The boxes of recognised values lie on the ink of the printed page.

usage: ink.py ZIPING FILE...

Renders every page of each PDF with pdftoppm in grey, and asks of every value with a text: is its box filled with ink, a quarter
of its width at least? That the question can be answered no is tried with the same boxes moved down by a line: many of them then lie
on white paper.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

DPI = 100
DARK = 160
# Points: how far the boxes are moved for the counter-test, and the part of them that must then lie on paper.
MOVED = 13
ON_PAPER = 0.25


def values(node, path=""):
    if isinstance(node, dict):
        if "at" in node and "text" in node:
            yield path, node["text"], node["at"]
        for key, child in node.items():
            yield from values(child, f"{path}/{key}")
    elif isinstance(node, list):
        for key, child in enumerate(node):
            yield from values(child, f"{path}/{key}")


def read_pgm(path):
    data = path.read_bytes()
    fields, at = [], 0
    while len(fields) < 4:
        end = at
        while data[end:end + 1].strip():
            end += 1
        if end > at:
            fields.append(data[at:end])
        at = end + 1
    width, height = int(fields[1]), int(fields[2])
    return width, height, data[at:at + width * height]


def ink(page, box):
    """Rows and columns of a box that hold ink, inside a margin that keeps rules out."""
    width, height, pixels = page
    x0, y0, x1, y1 = (int(value * DPI / 72) for value in box)
    rows, columns = set(), set()
    for y in range(max(y0 + 1, 0), min(y1, height)):
        line = pixels[y * width + max(x0, 0):y * width + min(x1 + 1, width)]
        for x, value in enumerate(line):
            if value < DARK:
                rows.add(y)
                columns.add(x)
    return rows, columns, x1 - x0


def is_inked(page, box, text):
    """A dash is a thin line; any other character is at least three pixels high."""
    rows, columns, width = ink(page, box)
    if text in "—-–/一":
        return max(len(rows), len(columns)) >= 3
    return len(rows) >= 3 and len(columns) * 4 >= width


def check(ziping, pdf):
    bad = seen = on_paper = 0
    form_file = json.loads(subprocess.run([ziping, "convert", pdf], capture_output=True, check=True).stdout)["files"][0]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), pdf, f"{folder}/p"], check=True)
        pages = {int(path.stem.rpartition("-")[2]): read_pgm(path) for path in Path(folder).glob("*.pgm")}
    for form in form_file["forms"]:
        for path, text, at in values(form):
            if not text or not at["bbox"]:
                continue
            seen += 1
            page, (x0, y0, x1, y1) = pages[at["page"]], at["bbox"]
            on_paper += not is_inked(page, (x0, y0 + MOVED, x1, y1 + MOVED), text)
            if not is_inked(page, at["bbox"], text):
                bad += 1
                print(f"{pdf}{path}: {text[:20]!r} has no ink at {at['bbox']} of page {at['page']}")
    print(f"{pdf}: {seen} boxes, {bad} without ink; moved by {MOVED} points, {on_paper} without ink")
    return bad == 0 and on_paper >= ON_PAPER * seen > 0


if __name__ == "__main__":
    sys.exit(0 if all([check(sys.argv[1], pdf) for pdf in sys.argv[2:]]) else 1)
