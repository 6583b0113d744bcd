#!/usr/bin/env python3
"""What a document costs by its format and its bytes: the `cost` of each parser's row (parsers/parser.h), and how far off it is.

usage: cost.py ZIPING [FORMAT…]

Of each format the golden documents are split by their size into a small and a large half; copies of each half are checked by one worker,
and two equations give the microseconds a document and the nanoseconds a byte. All processes are counted. Prints figures, asserts nothing.
"""
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPIES = 300


def formats(ziping):
    """name -> suffixes of what is read; a picture costs what its recognition does (tests/ocr)."""
    listed = json.loads(subprocess.run([ziping, "formats", "--format", "json"], check=True, capture_output=True).stdout)
    return {row["name"]: row["suffixes"] for row in listed["read"] if row["name"] != "image"}


def documents(suffixes):
    found = [path for base in ("tests/golden", "samples") for suffix in suffixes for path in sorted((ROOT / base).rglob(f"*{suffix}"))]
    return sorted((path for path in found if "traps" not in path.parts), key=lambda path: path.stat().st_size)


def seconds(ziping, folder):
    def spent():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime
    before = spent()
    subprocess.run([ziping, "check", "--no-progress", "--jobs", "1", "-o", "/dev/null", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return spent() - before


def measured(ziping, paths):
    """Documents, bytes and microseconds a document of copies of these."""
    count, size = 0, 0
    with tempfile.TemporaryDirectory() as name:
        nothing = seconds(ziping, ROOT / "tests/golden/seed-1/input.txt")
        while count < COPIES:
            for path in paths:
                data = path.read_bytes()
                (Path(name) / f"{count:06}{path.suffix}").write_bytes(data)
                count += 1
                size += len(data)
        return size / count, (seconds(ziping, name) - nothing) * 1e6 / count


def main():
    print("| format | bytes, small half | us a document | bytes, large half | us a document | us | ns a byte |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    listed = formats(sys.argv[1])
    for format_ in sys.argv[2:] or listed:
        found = documents(listed[format_])
        half = len(found) // 2
        (low, small), (high, large) = measured(sys.argv[1], found[:half]), measured(sys.argv[1], found[half:])
        slope = (large - small) / (high - low)
        print(f"| {format_} | {low:.0f} | {small:.0f} | {high:.0f} | {large:.0f} | {small - slope * low:.0f} | {slope * 1000:.0f} |", flush=True)


main()
