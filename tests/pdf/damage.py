#!/usr/bin/env python3
"""Damaged PDFs: each is answered, without a crash, without a hang, without a word on standard error.

usage: damage.py ZIPING [COUNT]        default 2000; a smaller COUNT takes every so many-th of the same files

The files come from the PDFs of samples/ and tests/golden/ by a fixed seed: bytes flipped, pieces cut out or doubled, the end cut off,
objects and numbers swapped. `check` must end with 0, 1 or 3 within TIMEOUT seconds, and its JSON must name the file's status.
"""
import json
import random
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = 20221125
TIMEOUT = 60


def flip(data, chance):
    for _ in range(chance.choice((1, 8, 64, 512))):
        data[chance.randrange(len(data))] = chance.randrange(256)


def cut_end(data, chance):
    del data[chance.randrange(len(data)):]


def cut_out(data, chance):
    at = chance.randrange(len(data))
    del data[at:at + chance.choice((1, 30, 1000))]


def double(data, chance):
    at = chance.randrange(len(data))
    data[at:at] = data[at:at + 500]


def swap_objects(data, chance):
    """Two object numbers change places wherever they are called."""
    numbers = re.findall(rb"\b(\d+) 0 R", bytes(data))
    if numbers:
        a, b = chance.choice(numbers), chance.choice(numbers)
        swap = {a: b, b: a}
        data[:] = re.sub(rb"\b(\d+) 0 R", lambda match: swap.get(match[1], match[1]) + b" 0 R", bytes(data))


def change_numbers(data, chance):
    places = [match.span() for match in re.finditer(rb"(?<=[ \[])\d+(?=[ \]/>])", bytes(data))]
    for start, end in chance.sample(places, min(len(places), chance.choice((1, 5, 50)))):
        data[start:end] = str(chance.choice((0, 1, 9, 10 ** (end - start - 1)))).rjust(end - start, "0")[:end - start].encode()


def drop_words(data, chance):
    words = [rb"endobj", rb"endstream", rb"/Length", rb"/Type", rb"startxref", rb"/Kids", rb"/Resources", rb"/MediaBox", rb"/Filter"]
    word = chance.choice(words)
    data[:] = bytes(data).replace(word, b"x" * len(word), chance.choice((1, 3, 1000)))


WAYS = (flip, cut_end, cut_out, double, swap_objects, change_numbers, drop_words)


def sources():
    files = sorted((ROOT / "samples").rglob("*.pdf")) + sorted((ROOT / "tests/golden").rglob("*.pdf"))
    files = [file for file in files if file.stat().st_size < 150_000]
    plain = []
    for file in files:
        # Uncompressed, so that damage reaches the drawing operators too.
        done = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", file, "-"], capture_output=True)
        plain += [done.stdout] if done.returncode in (0, 3) else []
    return [file.read_bytes() for file in files] + plain


def damaged(number, originals):
    chance = random.Random(SEED * 100_000 + number)
    data = bytearray(chance.choice(originals))
    for _ in range(chance.choice((1, 1, 2, 3))):
        if data:
            chance.choice(WAYS)(data, chance)
    return bytes(data)


def ask(ziping, folder, number, originals):
    path = Path(folder) / f"{number}.pdf"
    path.write_bytes(damaged(number, originals))
    try:
        done = subprocess.run([ziping, "check", "--from", "pdf", "--format", "json", path], capture_output=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return f"{number}: no answer in {TIMEOUT} s", None
    finally:
        path.unlink()
    if done.returncode not in (0, 1, 3):
        return f"{number}: exit {done.returncode}: {done.stderr[-300:]}", None
    if done.stderr:
        return f"{number}: on standard error: {done.stderr[:300]}", None
    return None, json.loads(done.stdout)["files"][0]["status"]


def main():
    ziping, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    numbers = range(0, 2000, max(2000 // count, 1))
    originals = sources()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda number: ask(ziping, folder, number, originals), numbers))
    for complaint, _ in answers:
        if complaint:
            print(complaint)
    statuses = [status for _, status in answers if status]
    print(f"{len(answers)} damaged files, {len(statuses)} answered: " + ", ".join(f"{statuses.count(name)} {name}" for name in ("ok", "partial", "failed")))
    sys.exit(0 if len(statuses) == len(answers) else 1)


main()
