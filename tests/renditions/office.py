#!/usr/bin/python3
"""Renders the seven seed forms, from the grid in tests/truth/grid.json, as Word and Excel files of several writers.

usage: office.py FOLDER          writes FOLDER/<writer>.<suffix>, each with all seven forms

Debian's own Python runs it, because its packages hold the writers (python3-docx, python3-openpyxl, …).
"""
import sys
from pathlib import Path

import office_dialects
from forms import seed_forms


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in office_dialects.DIALECTS.items():
        (folder / name).write_bytes(write(seed_forms()))


if __name__ == '__main__':
    main()
