#!/usr/bin/python3
"""Writes input.docx and input.xlsx of golden cases: of form-NAME from tests/forms/NAME.form, of others from input.txt.

usage: golden_office.py [--check] CASE…      CASE: a folder of tests/golden; the seed cases are golden.py's

Debian's own Python runs it, because its packages hold the writers.  The same case gives the same bytes: times and
the parts that no reader needs are left out.  --check compares with what is committed and writes nothing.
"""
import argparse
import io
import re
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl

import office_dialects as office
from forms import form_of_text

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'forms'))
import make  # noqa: E402

UNREAD = re.compile(r'thumbnail|theme|customXml|fontTable|stylesWithEffects|numbering|webSettings|settings|docProps|word/styles')
REFERENCE = re.compile(r'<(Relationship|Override) [^>]*?(?:Target|PartName)="([^"]*)"[^>]*/>')


def small(data):
    """The package without what it can do without, and with what refers to it taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, 'w') as target:
        for name in source.namelist():
            if UNREAD.search(name):
                continue
            part = source.read(name)
            if name.endswith('.rels') or name == '[Content_Types].xml':
                keep_styles = any(other.startswith('xl/') for other in source.namelist())
                part = REFERENCE.sub(lambda m: '' if UNREAD.search(m[2]) or (m[2] == 'styles.xml' and not keep_styles) else m[0],
                                     part.decode()).encode()
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            target.writestr(info, part, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def table_of(rows):
    """A table of make.py as a form: its cells with their spans."""
    cells = [[i, cell.col, cell.rows, cell.cols, cell.text.replace('\\n', '\n')]
             for i, row in enumerate(rows) for _, cell in make.own_cells(row, i)]
    return {'rows': len(rows), 'cols': len(rows[0].cells), 'cells': cells}


def blocks_of(folder):
    """('text', line) and ('table', form) in their order."""
    source = HERE.parent / 'forms' / f'{folder.name.removeprefix("form-")}.form'
    if folder.name.startswith('form-') and source.is_file():
        return [(kind, content if kind == 'text' else table_of(content)) for kind, content in make.tables_of(make.Source(source))]
    blocks = re.split(r'\n[ \t]*\n', (folder / 'input.txt').read_text(encoding='utf-8'))
    return [('table', form_of_text(block)) for block in blocks if block.strip()]


def word(blocks):
    document = docx.Document()
    for kind, content in blocks:
        if kind == 'text':
            document.add_paragraph(content)
            continue
        table = office.new_table(document, content)
        for row, col, row_span, col_span, text in content['cells']:
            cell = table.cell(row, col)
            if row_span * col_span > 1:
                cell = cell.merge(table.cell(row + row_span - 1, col + col_span - 1))
            cell.paragraphs[0].text = text
        document.add_paragraph('')
    out = io.BytesIO()
    document.save(out)
    return small(out.getvalue())


def workbook(blocks):
    """One sheet: lines in its first column, tables below each other."""
    book, top = openpyxl.Workbook(), 0
    for kind, content in blocks:
        if kind == 'text':
            top += 1
            cell = book.active.cell(top, 1)
            cell.value, cell.data_type = content, 's'
            continue
        office.put_openpyxl(book.active, content, top, True)
        top += content['rows']
    out = io.BytesIO()
    book.save(out)
    return small(out.getvalue())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--check', action='store_true')
    parser.add_argument('case', nargs='+', type=Path)
    arguments = parser.parse_args()
    stale = []
    for folder in arguments.case:
        for name, write in (('input.docx', word), ('input.xlsx', workbook)):
            data, file = write(blocks_of(folder)), folder / name
            if not arguments.check:
                file.write_bytes(data)
            elif not (file.is_file() and file.read_bytes() == data):
                stale.append(str(file))
    print(*stale, sep='\n')
    sys.exit(1 if stale else 0)


if __name__ == '__main__':
    main()
