#!/usr/bin/env python3
"""Writes a PDF of one page that shows one picture of 1800 x 1800, to be laid over other pages as a seal.

usage: seal.py OUT
"""
import random
import sys
import zlib

SIDE = 1800


def stream(data, more=b""):
    return b"<<%s/Length %d>>\nstream\n" % (more, len(data)) + data + b"\nendstream"


def main():
    row = random.Random(1).randbytes(SIDE)
    pixels = zlib.compress(b"".join(row[k:] + row[:k] for k in range(SIDE)))
    picture = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode" % (SIDE, SIDE)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>",
               stream(pixels, picture), stream(b"q 200 0 0 200 300 100 cm /I Do Q")]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    with open(sys.argv[1], "wb") as file:
        file.write(out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table +
                   b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out)))


main()
