"""Markdown: what Pandoc, turndown and other converters, and people, write."""
import re
import unicodedata

from forms import blocks, rows_of, without_title
from html_dialects import table as html_table


def escaped(text):
    return re.sub(r'([\\`*_\[\]<>|])', r'\\\1', text)


def row(cells):
    return '| ' + ' | '.join(cells) + ' |'


def pipe_table(rows, rule='---'):
    rows = [[escaped(text) for text in cells] for cells in rows]
    return '\n'.join([row(rows[0]), row([rule] * len(rows[0])), *map(row, rows[1:])])


def pipe(form):
    return pipe_table(rows_of(form))


def pipe_filled(form):
    return pipe_table(rows_of(form, fill=True))


def pipe_bare(form):
    """Without outer bars where the first cell allows it, aligned, trailing blank cells left out."""
    lines = pipe_table(rows_of(form), ':---:').splitlines()
    lines = [re.sub(r'(\s*\|)+$', '', line) if '---' not in line else line for line in lines]
    return '\n'.join(line[2:] if re.match(r'\| [^|\s]', line) else line for line in lines)


def pipe_blank_header(form):
    """turndown: a table without <th> gets a header of blank cells."""
    return pipe_table([[''] * form['cols'], *rows_of(form)], ' --- ')


def pipe_short_header(form):
    """The header is the title alone: every row has more cells than it."""
    rows = [[escaped(text) for text in cells] for cells in rows_of(form)]
    return '\n'.join([row(rows[0][:1]), '|---|', *map(row, rows[1:])])


def no_delimiter(form):
    return '\n'.join(row(map(escaped, cells)) for cells in rows_of(form))


def text_behind(form):
    """A paragraph stands right below the table."""
    return pipe(form) + '\n注：本表由系统生成，仅供参考。'


def marked(form):
    """Emphasis, code, links, entities and <br> inside the cells."""
    def mark(text):
        out = escaped(text)
        if re.fullmatch(r'[\d.,]+', text):
            return f'`{text}`'
        if re.fullmatch(r'[\d.]+%', text):
            return f'_{text}_'
        if len(text) in (4, 5) and ' ' not in text:
            return f'**{out}**'
        if len(text) > 40:
            return f'[{out[:9]}](https://example.org/a_b "题")' + out[9:]
        return out.replace(' ', '<br>').replace('≥', '&ge;')
    rows = [[mark(text) for text in cells] for cells in rows_of(form)]
    return '\n'.join([row(rows[0]), row(['---'] * form['cols']), *map(row, rows[1:])])


def quoted(form):
    return '\n'.join('> ' + line for line in pipe(form).splitlines())


def block_tables(form):
    return '\n\n'.join(f'### {heading}\n\n{pipe_table(rows_of(piece))}' for heading, piece in blocks(form))


def titled(form):
    """The title as a heading, the year as a paragraph, the rest as a table."""
    titles, rest = without_title(form)
    return f'## {titles[0]}\n\n' + '\n\n'.join(titles[1:]) + '\n\n' + pipe(rest)


# Tables that are drawn. Widths are counted in columns, as Pandoc does.

def wide(text):
    return sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in text)


def one_each(text):
    return len(text)


def pad(text, width, measure):
    return text + ' ' * (width - measure(text))


def may_break(before, after):
    """Between two wide characters; elsewhere a line's end could not be told from a blank."""
    return wide(before) == 2 and wide(after) == 2


def wrapped(text, width, measure):
    """Lines of at most `width` columns where that is possible."""
    words = ['']
    for char in text:
        if char == ' ' or (words[-1] and (words[-1] == ' ' or may_break(words[-1][-1], char))):
            words.append('')
        words[-1] += char
    lines, line = [], ''
    for word in words:
        if measure(line + word) > width and line:
            lines.append(line.rstrip())
            line = ''
        line = (line + word).lstrip()
    return [*lines, line.rstrip()]


# Widths of the columns of a drawn table: wide enough for the longest figure.
DRAWN = 20


def ruler(widths, mark='-'):
    return '+' + '+'.join(mark * (width + 2) for width in widths) + '+'


def grid(form, measure=wide):
    widths = [DRAWN] * form['cols']
    out = [ruler(widths)]
    for number, cells in enumerate(rows_of(form)):
        texts = [wrapped(escaped(text), DRAWN, measure) for text in cells]
        for k in range(max(map(len, texts))):
            parts = [pad(lines[k] if k < len(lines) else '', DRAWN, measure) for lines in texts]
            out.append('| ' + ' | '.join(parts) + ' |')
        out.append(ruler(widths, '=' if number == 0 else '-'))
    return '\n'.join(out)


def grid_one_each(form):
    """A tool that takes every character for one column wide."""
    return grid(form, one_each)


def spanned_grid(form, measure=wide):
    """Pandoc 3: merged cells are drawn as such."""
    width = DRAWN + 3
    heights = [1] * form['rows']
    for r, c, row_span, col_span, text in form['cells']:
        lines = wrapped(escaped(text), col_span * width - 3, measure)
        heights[r + row_span - 1] = max(heights[r + row_span - 1],
                                        len(lines) - sum(h + 1 for h in heights[r:r + row_span - 1]))
    tops = [sum(h + 1 for h in heights[:r]) for r in range(form['rows'] + 1)]
    canvas = [[' '] * (form['cols'] * width + 1) for _ in range(tops[-1] + 1)]
    for r, c, row_span, col_span, text in form['cells']:
        top, bottom, left, right = tops[r], tops[r + row_span], c * width, (c + col_span) * width
        for x in range(left, right + 1):
            for y in (top, bottom):
                canvas[y][x] = '+' if x in (left, right) or canvas[y][x] in '+|' else '-'
        for y in range(top, bottom + 1):
            for x in (left, right):
                canvas[y][x] = '+' if canvas[y][x] in '-+' else '|'
    for r, c, row_span, col_span, text in form['cells']:
        for k, line in enumerate(wrapped(escaped(text), col_span * width - 3, measure)):
            x = c * width + 2
            for char in line:
                canvas[tops[r] + 1 + k][x] = char
                for gap in range(1, measure(char)):
                    canvas[tops[r] + 1 + k][x + gap] = ''
                x += measure(char)
    return '\n'.join(''.join(line) for line in canvas)


def multiline(form):
    widths = [DRAWN] * form['cols']
    rule = ' '.join('-' * width for width in widths)
    out = ['-' * len(rule)]
    for number, cells in enumerate(rows_of(form)):
        texts = [wrapped(escaped(text), DRAWN, wide) for text in cells]
        for k in range(max(map(len, texts))):
            out.append(' '.join(pad(lines[k] if k < len(lines) else '', DRAWN, wide) for lines in texts).rstrip())
        out.append(rule if number == 0 else '')
    return '\n'.join(out[:-1] + ['-' * len(rule)])


def simple(form):
    """Without header: between two rulers, as wide as its longest texts."""
    rows = [[escaped(text) for text in cells] for cells in rows_of(form)]
    widths = [max(2, *(wide(cells[c]) for cells in rows)) for c in range(form['cols'])]
    rule = '  ' + ' '.join('-' * width for width in widths)
    lines = ['  ' + ' '.join(pad(text, width, wide) for text, width in zip(cells, widths)).rstrip() for cells in rows]
    return '\n'.join([rule, *lines, rule])


def html_inside(form):
    """HTML with blank lines and indentation between its rows and cells."""
    return html_table(form).replace('<tr>', '\n    <tr>\n').replace('<td', '\n        <td').replace('</tr>', '\n\n    </tr>\n')


def fenced(form):
    return '```markdown\n' + pipe(form) + '\n```'


FRONT = '---\ntitle: 绩效自评\ntags: [公开, 2022]\n---\n\n# 附件\n\n* 第一项\n* 第二项\n\n'


def document(write, front=''):
    return lambda forms: front + '\n\n'.join(write(form) for form in forms) + '\n'


def headed(write):
    """Front matter, and a heading and a paragraph before each form."""
    def numbered(forms):
        return FRONT + '\n\n'.join(f'## 附件{k}\n\n以下为**第{k}张**表：\n\n{write(form)}' for k, form in enumerate(forms, 1))
    return numbered


# name: (how the forms are written, encoding)
DIALECTS = {
    'pipe': (document(pipe), 'utf-8'),
    'pipe-front-matter': (headed(pipe), 'utf-8'),
    'pipe-filled': (document(pipe_filled), 'utf-8'),
    'pipe-bare': (document(pipe_bare), 'utf-8'),
    'pipe-blank-header': (document(pipe_blank_header), 'utf-8'),
    'pipe-short-header': (document(pipe_short_header), 'utf-8'),
    'pipe-gb18030': (document(pipe), 'gb18030'),
    'no-delimiter': (document(no_delimiter), 'utf-8'),
    'text-behind': (document(text_behind), 'utf-8'),
    'marked': (document(marked), 'utf-8'),
    'quoted': (document(quoted), 'utf-8'),
    'fenced': (document(fenced), 'utf-8'),
    'block-tables': (document(block_tables), 'utf-8'),
    'titled': (document(titled), 'utf-8'),
    'grid': (document(grid), 'utf-8'),
    'grid-one-each': (document(grid_one_each), 'utf-8'),
    'grid-spanned': (headed(spanned_grid), 'utf-8'),
    'multiline': (document(multiline), 'utf-8'),
    'simple': (document(simple), 'utf-8'),
    'html-inside': (headed(html_inside), 'utf-8'),
}
