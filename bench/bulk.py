#!/usr/bin/env python3
"""Makes the documents of bench/bulk.sh, and runs a command over them while it watches its memory.

usage: bulk.py make FOLDER COUNT [KIND…]     COUNT documents of KIND (html txt md pdf), drawn with a fixed seed
       bulk.py run COMMAND…                  seconds, and the highest resident KiB of the parent and of any worker
"""
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[1] / "tests/golden"
# Of a hundred documents.
SHARES = {"html": 45, "txt": 30, "md": 20, "pdf": 5}
FOLDER_FILES = 1000
FIGURE = re.compile(r"(?<![\d.])\d{2,3}\.\d{2}(?!\d)")


def sources(kind):
    """Renditions of one form each, small ones."""
    names = {"html": "input*.html", "txt": "input.txt", "md": "input*.md", "pdf": "input.pdf"}
    found = [path for path in sorted(GOLDEN.glob(f"[cfhrsty]*/{names[kind]}")) if path.stat().st_size < 60000]
    return [path for path in found if "-all" not in str(path)]


def varied(text, chosen, number):
    """Another project, and now and then another figure: some of them contradict the rest."""
    text = re.sub(r"(项目名称[^\n]{0,80}?)(经费|项目|补助|费)", rf"\g<1>\g<2>{number}", text, count=1)
    if chosen.random() < 0.5:
        return text
    figures = list(FIGURE.finditer(text))
    if not figures:
        return text
    hit = chosen.choice(figures)
    return f"{text[:hit.start()]}{chosen.randrange(1000, 99999) / 100:.2f}{text[hit.end():]}"


def make(folder, count, kinds):
    chosen = random.Random(2022)
    texts = {kind: [path.read_bytes() if kind == "pdf" else path.read_text(encoding="utf-8", errors="replace") for path in sources(kind)]
             for kind in kinds}
    weights = [SHARES[kind] for kind in kinds]
    for number in range(count):
        kind = chosen.choices(kinds, weights)[0]
        below = Path(folder) / f"{number // FOLDER_FILES:03}"
        if number % FOLDER_FILES == 0:
            below.mkdir(parents=True)
        text = chosen.choice(texts[kind])
        data = text if kind == "pdf" else varied(text, chosen, number).encode()
        (below / f"{number:06}.{kind}").write_bytes(data)


def peak(pid):
    try:
        return int(re.search(r"VmHWM:\s*(\d+)", Path(f"/proc/{pid}/status").read_text())[1])
    except (OSError, TypeError):
        return 0


def children(pid):
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


def run(command):
    parent = worker = 0
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8"})
    while process.poll() is None:
        parent = max(parent, peak(process.pid))
        worker = max([worker, *map(peak, children(process.pid))])
        time.sleep(0.1)
    print(f"{time.monotonic() - began:.2f} {parent} {worker}")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], int(sys.argv[3]), sys.argv[4:] or list(SHARES))
    else:
        run(sys.argv[2:])
