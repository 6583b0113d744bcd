"""Separated text: what spreadsheets, editors and old converters write."""
from forms import rows_of


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


def windows_lines(rows):
    return tabs(rows).replace('\n', '\r\n')


def document(write, fill=False):
    """How all forms are written into one text."""
    return lambda forms: '\n\n'.join(write(rows_of(form, fill)) for form in forms) + '\n'


# name: (how the forms are written, encoding)
DIALECTS = {
    'tabs': (document(tabs), 'utf-8'),
    'tabs-filled': (document(tabs, fill=True), 'utf-8'),
    'tabs-trimmed': (document(tabs_trimmed), 'utf-8'),
    'bars': (document(bars), 'utf-8'),
    'bars-filled': (document(bars, fill=True), 'utf-8'),
    'bars-framed': (document(framed_bars), 'utf-8'),
    'blank-line-between-rows': (document(spaced_rows), 'utf-8'),
    'gb18030': (document(tabs), 'gb18030'),
    'utf-16': (document(tabs), 'utf-16'),
    'utf-8-bom-crlf': (document(windows_lines), 'utf-8-sig'),
}
