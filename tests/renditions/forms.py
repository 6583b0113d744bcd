"""The forms to render, and what every dialect needs of them."""
import json
from pathlib import Path

TRUTH = Path(__file__).resolve().parent.parent / 'truth' / 'grid.json'


def seed_forms():
    """The seven seed forms: each has `rows`, `cols` and `cells` (row, col, row span, col span, text)."""
    return json.loads(TRUTH.read_text(encoding='utf-8'))


def rows_of(form, fill=False):
    """The form as rows of texts; a merged cell's further places are blank or hold copies."""
    rows = [[''] * form['cols'] for _ in range(form['rows'])]
    for row, col, row_span, col_span, text in form['cells']:
        for r in range(row, row + row_span):
            for c in range(col, col + col_span):
                if fill or (r, c) == (row, col):
                    rows[r][c] = text
    return rows


def cells_by_row(form):
    """The cells that begin in each row, by column."""
    rows = [[] for _ in range(form['rows'])]
    for cell in sorted(form['cells'], key=lambda cell: (cell[0], cell[1])):
        rows[cell[0]].append(cell)
    return rows


def first_row_with(form, label):
    return next(cell[0] for cell in form['cells'] if ''.join(cell[4].split()) == label)


def pieces(form, first, last):
    """The rows from `first` to before `last` as a form of their own; spans end at its edge."""
    cells = [[max(row, first) - first, col, min(row + row_span, last) - max(row, first), col_span, text]
             for row, col, row_span, col_span, text in form['cells'] if row < last and row + row_span > first]
    return {'rows': last - first, 'cols': form['cols'], 'cells': cells}


def blocks(form):
    """(heading, piece) for each block of the form: head, funds, goals, indicators with the total."""
    labels = ['年初预算数', '预期目标', '一级指标']
    cuts = [0, *(first_row_with(form, label) for label in labels), form['rows']]
    headings = ['一、基本情况', '二、资金情况', '三、目标情况', '四、指标情况']
    return [(heading, pieces(form, first, last)) for heading, first, last in zip(headings, cuts, cuts[1:])]


def without_title(form):
    """(title lines, the rest of the form): the rows above 项目名称 that hold one cell each."""
    first = first_row_with(form, '项目名称')
    titles = [cell[4] for cell in sorted(form['cells']) if cell[0] < first]
    return titles, pieces(form, first, form['rows'])


def form_of_text(text):
    """A form from tab-separated lines, merged as its issuer printed it: the last cell of a title and of labels
    with their values reaches to the table's edge, and a blank place below a label of the first two columns
    belongs to that label."""
    rows = [line.split('\t') for line in text.splitlines() if line.strip()]
    cols = max(map(len, rows))
    form = {'rows': len(rows), 'cols': cols, 'cells': []}
    above = {}
    for r, texts in enumerate(rows):
        is_pairs = len(texts) <= 4 and all(texts[::2])
        for c, value in enumerate(texts):
            is_last = c == len(texts) - 1
            if c < 2 and not value and not is_last and above.get(c) and not any(texts[:c]):
                above[c][2] += 1
                continue
            above[c] = [r, c, 1, cols - c if is_last and is_pairs else 1, value]
            form['cells'].append(above[c])
        above = {c: cell for c, cell in above.items() if c < len(texts)}
    return form
