#!/usr/bin/env python3
"""Writes the HTML, Markdown and Office inputs of golden cases, from the seed grid or from the case's input.txt.

usage: golden.py CASE…           CASE: a folder of tests/golden; seed-K is form K of tests/truth/grid.json

The files are kept in the case: a change of a dialect changes them only when this is run again.
"""
import re
import sys
from pathlib import Path

import html_dialects as web
import markdown_dialects as mark
import office_dialects as office
from forms import form_of_text, seed_forms

SEED = {
    'word.html': (web.document(web.word, web.word_page), 'gbk'),
    'site.html': (web.site, 'utf-8'),
    'pipe.md': (mark.document(mark.pipe), 'utf-8'),
    'grid.md': (mark.headed(mark.spanned_grid), 'utf-8'),
}
OTHER = {
    'html': (web.document(web.table), 'utf-8'),
    'pandoc.html': (web.document(web.pandoc), 'utf-8'),
    'pipe.md': (mark.document(mark.pipe), 'utf-8'),
    'html.md': (mark.headed(mark.html_inside), 'utf-8'),
}

OFFICE = {'docx': office.word, 'xlsx': office.workbook(typed=True, one_sheet=False)}


def main():
    for folder in map(Path, sys.argv[1:]):
        seed = re.fullmatch(r'seed-(\d)', folder.name)
        if seed:
            form, dialects = seed_forms()[int(seed[1]) - 1], SEED
        else:
            form, dialects = form_of_text((folder / 'input.txt').read_text(encoding='utf-8')), OTHER
        for name, (write, encoding) in dialects.items():
            (folder / f'input.{name}').write_bytes(write([form]).encode(encoding))
        for name, write in OFFICE.items():
            (folder / f'input.{name}').write_bytes(write([form]))


if __name__ == '__main__':
    main()
