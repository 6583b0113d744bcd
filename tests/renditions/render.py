#!/usr/bin/env python3
"""Renders the seven seed forms, from the grid in tests/truth/grid.json, in many dialects of every format.

usage: render.py FOLDER          writes FOLDER/<dialect>.<suffix>, each with all seven forms
"""
import sys
from pathlib import Path

import html_dialects
import markdown_dialects
import text_dialects
from forms import seed_forms

FORMATS = {'.txt': text_dialects, '.html': html_dialects, '.md': markdown_dialects}


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    forms = seed_forms()
    for suffix, dialects in FORMATS.items():
        for name, (write, encoding) in dialects.DIALECTS.items():
            (folder / (name + suffix)).write_bytes(write(forms).encode(encoding))


if __name__ == '__main__':
    main()
