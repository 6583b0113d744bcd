#!/usr/bin/env python3
"""Renders the seven seed forms as text, from the grid in tests/truth/grid.json, in many dialects.

usage: render.py FOLDER          writes FOLDER/<dialect>.<suffix>, each with all seven forms
"""
import json
import sys
from pathlib import Path

TRUTH = Path(__file__).resolve().parent.parent / 'truth' / 'grid.json'


def rows_of(form, fill):
    """The form as rows of texts; a merged cell's further places are blank or hold copies."""
    rows = [[''] * form['cols'] for _ in range(form['rows'])]
    for row, col, row_span, col_span, text in form['cells']:
        for r in range(row, row + row_span):
            for c in range(col, col + col_span):
                if fill or (r, c) == (row, col):
                    rows[r][c] = text
    return rows


def tabs(rows):
    return '\n'.join('\t'.join(row) for row in rows)


def tabs_trimmed(rows):
    return '\n'.join('\t'.join(row).rstrip('\t') for row in rows)


def bars(rows):
    return '\n'.join(' | '.join(row) for row in rows)


def framed_bars(rows):
    return '\n'.join('| ' + ' | '.join(row) + ' |' for row in rows)


def spaced_rows(rows):
    return '\n\n'.join('\t'.join(row) for row in rows)


# name: (fill merged cells with copies, how a form is written, encoding)
DIALECTS = {
    'tabs': (False, tabs, 'utf-8'),
    'tabs-filled': (True, tabs, 'utf-8'),
    'tabs-trimmed': (False, tabs_trimmed, 'utf-8'),
    'bars': (False, bars, 'utf-8'),
    'bars-filled': (True, bars, 'utf-8'),
    'bars-framed': (False, framed_bars, 'utf-8'),
    'blank-line-between-rows': (False, spaced_rows, 'utf-8'),
    'gb18030': (False, tabs, 'gb18030'),
    'utf-16': (False, tabs, 'utf-16'),
    'utf-8-bom-crlf': (False, lambda rows: tabs(rows).replace('\n', '\r\n'), 'utf-8-sig'),
}


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    forms = json.loads(TRUTH.read_text(encoding='utf-8'))
    for name, (fill, write, encoding) in DIALECTS.items():
        text = '\n\n'.join(write(rows_of(form, fill)) for form in forms) + '\n'
        (folder / f'{name}.txt').write_bytes(text.encode(encoding))


if __name__ == '__main__':
    main()
