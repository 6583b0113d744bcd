"""Office files of forms: Word by python-docx, Excel by openpyxl and by XlsxWriter.

A dialect is a function from forms to the bytes of one file that holds them all.
"""
import io
import re
import zipfile

import docx
import openpyxl
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# A plain number as a sheet would hold it, and its format; what a number would not print alike stays text.
NUMBERS = [(r'(0|[1-9]\d*)', '0', 1), (r'(0|[1-9]\d*)\.\d', '0.0', 1), (r'(0|[1-9]\d*)\.\d\d', '0.00', 1),
           (r'(0|[1-9]\d?),\d{3}\.\d', '#,##0.0', 1), (r'(0|[1-9]\d{0,2})(,\d{3})+\.\d\d', '#,##0.00', 1),
           (r'\d+%', '0%', 100), (r'\d+\.\d\d%', '0.00%', 100)]


def as_number(text):
    """(number, format) for a text that a typed number prints, else None."""
    for pattern, code, scale in NUMBERS:
        if re.fullmatch(pattern, text):
            return float(text.replace(',', '').rstrip('%')) / scale, code
    return None


def new_table(parent, form):
    table = parent.add_table(rows=form['rows'], cols=form['cols'])
    table.autofit = False
    return table


def fill_table(table, form):
    """Merged as python-docx does it: gridSpan in the rows, vMerge down the column."""
    for row, col, row_span, col_span, text in form['cells']:
        cell = table.cell(row, col)
        if row_span * col_span > 1:
            cell = cell.merge(table.cell(row + row_span - 1, col + col_span - 1))
        cell.paragraphs[0].text = text.replace('\n', ' ')


def saved(document):
    """Without the picture, the theme and the example parts of python-docx's template."""
    whole, small = io.BytesIO(), io.BytesIO()
    document.save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(small, 'w', zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if not re.search(r'thumbnail|theme|customXml|fontTable|stylesWithEffects|numbering|webSettings', name):
                target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return small.getvalue()


def word(forms):
    document = docx.Document()
    for form in forms:
        document.add_paragraph('附件1')
        fill_table(new_table(document, form), form)
    return saved(document)


def word_controls(forms):
    """Every table in a content control, every row but the first and the texts of its cells in one of their own."""
    document = docx.Document()
    for form in forms:
        table = new_table(document, form)
        fill_table(table, form)
        document.add_paragraph('')
        for element in [table._tbl, *table._tbl.tr_lst[1:], *table._tbl.iter(qn('w:r'))]:
            control, content = OxmlElement('w:sdt'), OxmlElement('w:sdtContent')
            element.addprevious(control)
            control.append(OxmlElement('w:sdtPr'))
            control.append(content)
            content.append(element)
    return saved(document)


def word_strict(forms):
    """The strict namespaces of ISO/IEC 29500."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(forms))) as source, zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            for old, new in ((b'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
                              b'http://purl.oclc.org/ooxml/wordprocessingml/main'),
                             (b'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
                              b'http://purl.oclc.org/ooxml/officeDocument/relationships')):
                data = data.replace(old, new)
            target.writestr(name, data)
    return out.getvalue()


def put_openpyxl(sheet, form, top, typed):
    for row, col, row_span, col_span, text in form['cells']:
        cell = sheet.cell(top + row + 1, col + 1)
        number = as_number(text) if typed else None
        if number:
            cell.value, cell.number_format = number
        elif text:
            cell.value, cell.data_type = text, 's'
        if row_span * col_span > 1:
            sheet.merge_cells(start_row=top + row + 1, start_column=col + 1,
                              end_row=top + row + row_span, end_column=col + col_span)


def workbook(typed, one_sheet):
    def write(forms):
        book, top = openpyxl.Workbook(), 0
        sheet = book.active
        for k, form in enumerate(forms):
            if k and not one_sheet:
                sheet = book.create_sheet(f'表{k + 1}')
            put_openpyxl(sheet, form, top, typed)
            top += form['rows'] + 2 if one_sheet else 0
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
    return write


def workbook_xlsxwriter(forms):
    """Shared strings, numbers typed, texts with a rich run."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {'in_memory': True})
    bold, plain = book.add_format({'bold': True}), book.add_format()
    for k, form in enumerate(forms):
        sheet = book.add_worksheet(f'表{k + 1}')
        for row, col, row_span, col_span, text in form['cells']:
            if row_span * col_span > 1:
                sheet.merge_range(row, col, row + row_span - 1, col + col_span - 1, '', plain)
            number = as_number(text)
            if number:
                sheet.write_number(row, col, number[0], book.add_format({'num_format': number[1]}))
            elif len(text) > 3 and text.isprintable():
                sheet.write_rich_string(row, col, bold, text[:2], text[2:], plain)
            else:
                sheet.write_string(row, col, text, plain)
    book.close()
    return out.getvalue()


DIALECTS = {
    'python-docx.docx': word,
    'controls.docx': word_controls,
    'strict.docx': word_strict,
    'openpyxl.xlsx': workbook(typed=False, one_sheet=False),
    'openpyxl-typed.xlsx': workbook(typed=True, one_sheet=False),
    'openpyxl-one-sheet.xlsx': workbook(typed=True, one_sheet=True),
    'xlsxwriter.xlsx': workbook_xlsxwriter,
}
