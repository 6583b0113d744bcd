#!/usr/bin/env python3
"""Damaged files of every format: each is answered, and no worker ends by a signal, hangs or gives an unsound answer.

usage: damage.py ZIPING [--count N] [--keep FOLDER] [--from N] [FORMAT…]

N files a format, 10000 when not given, all formats when none is named; a smaller N takes every so many-th of the same files. They come
from the samples and the golden cases by a fixed seed: bytes flipped, pieces cut out, doubled or from another file, numbers made extreme,
the end cut off; elements of XML moved into each other; objects of PDFs changed about. What fails is kept in FOLDER (build/damaged).
Being too slow or too large counts as failing, too: damage makes no file large.
"""
import argparse
import io
import json
import random
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/ofd"), str(ROOT / "tests/seen")]
import writer  # noqa: E402
from seen import FORM  # noqa: E402

SEED = 20221125
WHOLE = 10_000
BATCH = 100
SECONDS = 20
# What D01 says when it was not the file that was at fault: crash, hang, memory, an answer that the parent refuses.
FAILURES = ("signal", "unsound answer", "ZP_LIMIT_FILE_SECONDS", "ZP_LIMIT_WORKER_BYTES", "ZP_LIMIT_RECORD_BYTES")
EXTREMES = ("0", "-1", "1", "999", "1000", "1001", "65535", "65536", "1048576", "1048577", "2147483647", "2147483648", "4294967295",
            "4294967296", "18446744073709551615", "99999999999999999999999999", "1e999", "0.0000000000000000000000000001", "")


def flip(data, chance, _):
    for _ in range(chance.choice((1, 8, 64, 512))):
        data[chance.randrange(len(data))] = chance.randrange(256)


def cut_end(data, chance, _):
    del data[chance.randrange(len(data)):]


def cut_out(data, chance, _):
    at = chance.randrange(len(data))
    del data[at:at + chance.choice((1, 2, 30, 1000))]


def double(data, chance, _):
    at = chance.randrange(len(data))
    data[at:at] = data[at:at + chance.choice((1, 30, 500))]


def move(data, chance, _):
    at, size, to = chance.randrange(len(data)), chance.choice((1, 10, 300)), chance.randrange(len(data))
    piece = data[at:at + size]
    del data[at:at + size]
    data[to:to] = piece


def splice(data, chance, others):
    other = chance.choice(others)
    at, start = chance.randrange(len(data)), chance.randrange(len(other))
    size = chance.choice((10, 300, 5000))
    data[at:at + size] = other[start:start + size]


def numbers(data, chance, _):
    places = [match.span() for match in re.finditer(rb"\d+", bytes(data))]
    for start, end in sorted(chance.sample(places, min(len(places), chance.choice((1, 3, 20)))), reverse=True):
        data[start:end] = chance.choice(EXTREMES).encode()


def drop(words):
    def drop_word(data, chance, _):
        word = chance.choice(words)
        data[:] = bytes(data).replace(word, b"x" * len(word), chance.choice((1, 3, 1000)))
    return drop_word


def repeat(words):
    def repeat_word(data, chance, _):
        at = chance.randrange(len(data))
        data[at:at] = chance.choice(words) * chance.choice((1, 5, 300))
    return repeat_word


def swap_objects(data, chance, _):
    """Two object numbers change places wherever they are called."""
    called = re.findall(rb"\b(\d+) 0 R", bytes(data))
    if called:
        a, b = chance.choice(called), chance.choice(called)
        swap = {a: b, b: a}
        data[:] = re.sub(rb"\b(\d+) 0 R", lambda match: swap.get(match[1], match[1]) + b" 0 R", bytes(data))


def redirect(data, chance, _):
    """One call of an object is of another: trees that lead back to themselves."""
    places = [match.span(1) for match in re.finditer(rb"\b(\d+) 0 R", bytes(data))]
    if places:
        (start, end), (a, b) = chance.choice(places), chance.choice(places)
        data[start:end] = data[a:b]


def same_length_numbers(data, chance, _):
    places = [match.span() for match in re.finditer(rb"(?<=[ \[])\d+(?=[ \]/>])", bytes(data))]
    for start, end in chance.sample(places, min(len(places), chance.choice((1, 5, 50)))):
        data[start:end] = str(chance.choice((0, 1, 9, 10 ** (end - start - 1)))).rjust(end - start, "0")[:end - start].encode()


def rearrange(root, chance):
    """Elements of a tree of XML in other elements, doubled or gone; attributes of others or extreme."""
    every = list(root.iter())
    parents = {child: parent for parent in every for child in parent}
    for _ in range(chance.choice((1, 2, 10))):
        element, other = chance.choice(every), chance.choice(every)
        way = chance.randrange(5)
        if way == 0 and element in parents and element not in set(other.iter()) and other not in set(element.iter()):
            parents[element].remove(element)
            other.insert(chance.randrange(len(other) + 1), element)
            parents[element] = other
        elif way == 1:
            other.insert(chance.randrange(len(other) + 1), ElementTree.Element(element.tag, element.attrib))
        elif way == 2 and element.attrib:
            element.set(chance.choice(list(element.attrib)), chance.choice(EXTREMES))
        elif way == 3 and other.attrib:
            element.attrib.update(other.attrib)
        elif way == 4 and element in parents:
            parents[element].remove(element)
            del parents[element]
            every = list(root.iter())


def in_package(data, chance, others):
    """One part of a package is damaged, as XML or as bytes; the rest is sound."""
    try:
        with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, zipfile.zlib.error):
        return
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))] or list(parts))
    part = bytearray(parts[name])
    if part and chance.random() < 0.7:
        try:
            root = ElementTree.fromstring(bytes(part))
            rearrange(root, chance)
            part = bytearray(ElementTree.tostring(root))
        except (ElementTree.ParseError, LookupError, ValueError):  # bytes before were damaged, too
            pass
    elif part:
        chance.choice((flip, cut_end, cut_out, double, move, numbers))(part, chance, others)
    parts[name] = bytes(part)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    data[:] = out.getvalue()


def records(data, chance, _):
    """Numbers, kinds and lengths in the records of an old workbook's stream, and records that change places."""
    at, found = bytes(data).find(b"\x09\x08\x10\x00\x00\x06\x05\x00"), []
    while 0 <= at <= len(data) - 4:
        found.append((at, int.from_bytes(data[at + 2:at + 4], "little")))
        at += 4 + found[-1][1]
    for _ in range(chance.choice((1, 5, 30)) if found else 0):
        (start, length), (other, _) = chance.choice(found), chance.choice(found)
        way = chance.randrange(5)
        if way == 0:
            data[start:start + 2] = data[other:other + 2]
        elif way == 1:
            data[start + 2:start + 4] = chance.choice((0, 1, length - 1, length + 1, 8224, 65535)).to_bytes(4, "little", signed=True)[:2]
        elif way == 2 and length >= 2:
            place = start + 4 + chance.randrange(length - 1)
            data[place:place + 2] = chance.choice((0, 1, 255, 256, 32767, 65535)).to_bytes(2, "little")
        elif way == 3:
            data[start:start + 4 + length] = data[other:other + 4 + length].ljust(4 + length, b"\0")
        elif length >= 4:
            place = start + 4 + chance.randrange(length - 3)
            data[place:place + 4] = chance.choice((0, 1, 2 ** 31 - 1, 2 ** 32 - 1)).to_bytes(4, "little")


ANY = (flip, cut_end, cut_out, double, move, splice)
MARKDOWN = [b"|", b"+---+", b"--- ---", b"\n-- -- --\n", b"<table>", b"</table>", b"> ", b"`", b"**", b"\\", "中".encode(), b"\t", b"+-++-+\n"]
HTML = [b"<table>", b"</table>", b"<tr>", b"<td colspan=1000 rowspan=70000>", b"</td>", b"<th>", b"<br>", b"<p>", b"<!--", b"<script>", b"&#x10FFFF;", b"&", b"<"]
TEXT = [b"\t", b"|", b'"', b"\f", b"\r", b"  ", "　".encode(), "（续表）".encode(), b"\xff"]
PDF = [b"endobj", b"endstream", b"/Length", b"/Type", b"startxref", b"/Kids", b"/Resources", b"/MediaBox", b"/Filter", b"/Count", b"/Parent"]
# A format: its samples, and the ways to damage them; what is named twice is taken more often.
FORMATS = {
    "text": ((".txt",), (*ANY, numbers, repeat(TEXT), repeat(TEXT), drop(TEXT))),
    "markdown": ((".md",), (*ANY, numbers, repeat(MARKDOWN), repeat(MARKDOWN), drop(MARKDOWN))),
    "html": ((".html",), (*ANY, numbers, repeat(HTML), repeat(HTML), drop(HTML))),
    "docx": ((".docx",), (flip, cut_end, cut_out, double, in_package, in_package, in_package, in_package)),
    "xlsx": ((".xlsx",), (flip, cut_end, cut_out, double, in_package, in_package, in_package, in_package)),
    "xls": ((".xls",), (flip, cut_end, cut_out, move, splice, records, records, records, records)),
    "ofd": ((".ofd",), (flip, cut_end, cut_out, double, in_package, in_package, in_package, in_package)),
    "pdf": ((".pdf",), (*ANY, swap_objects, redirect, redirect, same_length_numbers, drop(PDF), drop(PDF))),
}


def printed_form():
    """The form of tests/seen as one row a line, for writer.py."""
    cells = [[row, col, 1, 1, text] for row, line in enumerate(FORM) for col, (text, *_) in enumerate(line)]
    return [("table", {"rows": len(FORM), "cols": 9, "cells": cells})]


def sources(name):
    suffixes, _ = FORMATS[name]
    files = sorted((ROOT / "samples").rglob("*")) + sorted((ROOT / "tests/golden").rglob("input*"))
    files = [file for file in files if file.suffix in suffixes and 0 < file.stat().st_size < 150_000]
    plain = [writer.document(printed_form(), way) for way in writer.WAYS] if name == "ofd" else []
    for file in files if name == "pdf" else ():
        # Uncompressed, so that damage reaches the drawing operators too.
        done = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", file, "-"], capture_output=True)
        plain += [done.stdout] if done.returncode in (0, 3) else []
    return [file.read_bytes() for file in files] + plain


def damaged(name, number, originals):
    chance = random.Random(f"{SEED} {name} {number}")
    data = bytearray(chance.choice(originals))
    for _ in range(chance.choice((1, 1, 2, 3))):
        if data:
            chance.choice(FORMATS[name][1])(data, chance, originals)
    return bytes(data)


def complaint(answer):
    message = (answer.get("error") or {}).get("message", "")
    return message if any(words in message for words in FAILURES) else None


def ask(ziping, name, files):
    """What is wrong with the answers to files, and how often each status was given."""
    command = [ziping, "check", "--from", name, "--format", "json", "--lang", "en", "--no-config", "--no-progress", "--max-time", str(SECONDS),
               "--jobs", "1", "--", *files]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS * (len(files) + 3))
    except subprocess.TimeoutExpired:
        return {file: "no answer" for file in files}, Counter()
    if done.returncode not in (0, 1, 3) or done.stderr:
        return {files[0]: f"exit {done.returncode}, on standard error: {done.stderr[-300:]}"}, Counter()
    answers = json.loads(done.stdout)["files"]
    wrong = {answer["path"]: complaint(answer) for answer in answers if complaint(answer)}
    if len(answers) != len(files):
        wrong[files[0]] = f"{len(answers)} answers to {len(files)} files"
    return wrong, Counter(answer["status"] for answer in answers)


def try_format(ziping, name, numbers_, keep):
    originals, statuses, n_wrong = sources(name), Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(numbers_), BATCH):
            files = []
            for number in numbers_[start:start + BATCH]:
                path = Path(folder) / f"{number}.{name}"
                path.write_bytes(damaged(name, number, originals))
                files.append(str(path))
            wrong, more = ask(ziping, name, files)
            statuses += more
            for path, why in wrong.items():
                keep.mkdir(parents=True, exist_ok=True)
                (keep / Path(path).name).write_bytes(Path(path).read_bytes())
                print(f"{keep / Path(path).name}: {why}", flush=True)
            n_wrong += len(wrong)
            for path in files:
                Path(path).unlink()
    counts = ", ".join(f"{statuses[status]} {status}" for status in ("ok", "partial", "failed"))
    print(f"{name}: {len(numbers_)} damaged files: {counts}; {n_wrong} wrong", flush=True)
    return n_wrong


def main():
    options = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1])
    options.add_argument("ziping")
    options.add_argument("formats", nargs="*")
    options.add_argument("--count", type=int, default=WHOLE)
    options.add_argument("--from", type=int, default=0, dest="first")
    options.add_argument("--keep", type=Path, default=ROOT / "build/damaged")
    given = options.parse_intermixed_args()
    every = range(given.first, WHOLE, max(WHOLE // given.count, 1))
    sys.exit(1 if sum(try_format(given.ziping, name, every, given.keep) for name in given.formats or FORMATS) else 0)


main()
