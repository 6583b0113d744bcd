#!/usr/bin/env python3
"""records.py ZIPING - takes the seeds of the record harness anew, after ZP_RECORD_VERSION was raised.

Writes tests/fuzz/corpus/record: a tape of two small forms, one of a form in doubt, and their records cut out of
the tapes' frames (src/run/tape.h): size, checksum, payload; a record is the counted block that ends the payload.
"""
import pathlib
import struct
import subprocess
import sys

CORPUS = pathlib.Path("tests/fuzz/corpus/record")
TAPES = [
    ["tests/golden/form-qinghai-2020/input.txt", "tests/golden/broken-7-title-only/input.txt"],
    ["tests/golden/layout-doubt/input.layout.txt"],
]
MAGIC_BYTES = 16


def frames(tape):
    at = MAGIC_BYTES
    while at < len(tape):
        size, _ = struct.unpack_from("=II", tape, at)
        yield tape[at + 8 : at + 8 + size]
        at += 8 + size


def counted_end(payload):
    """The block of an entry that is preceded by its own length (seven bits a byte, the lowest first)."""
    for at in range(len(payload)):
        size = shift = 0
        behind = at
        while behind < len(payload):
            size |= (payload[behind] & 127) << shift
            shift += 7
            behind += 1
            if payload[behind - 1] < 128:
                break
        if size > 100 and behind + size == len(payload):
            return payload[behind:]
    return None


def main():
    n = 0
    for k, inputs in enumerate(TAPES):
        out = CORPUS / f"shard-{k}"
        out.unlink(missing_ok=True)
        subprocess.run([sys.argv[1], "check", "--shard", "1/1", "-o", out, *inputs], check=False)
        for frame in list(frames(out.read_bytes()))[1:-1]:
            (CORPUS / f"record-{n}").write_bytes(counted_end(frame))
            n += 1


main()
