"""Web pages: what Word, WPS, Excel, Pandoc, site systems and people write."""
import html
import re

from forms import blocks, cells_by_row, rows_of, without_title


def quote(text):
    return html.escape(text, quote=False)


def spans(cell, unquoted=False):
    """The attributes of a cell's spans."""
    out = ''
    for name, span in (('rowspan', cell[2]), ('colspan', cell[3])):
        if span > 1:
            out += f' {name}={span}' if unquoted else f' {name}="{span}"'
    return out


def table(form, cell=lambda cell: f'<td{spans(cell)}>{quote(cell[4])}</td>', attributes=''):
    rows = [''.join(map(cell, cells)) for cells in cells_by_row(form)]
    return f'<table{attributes}>' + ''.join(f'<tr>{row}</tr>\n' for row in rows) + '</table>'


def page(body, head='<meta charset="utf-8"><title>自评表</title>'):
    return f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>{head}</head>\n<body>\n{body}\n</body>\n</html>\n'


def document(write, around=page):
    return lambda forms: around('\n<p>&nbsp;</p>\n'.join(write(form) for form in forms))


# Office

def word_runs(text):
    """Word puts Latin text and Chinese text into spans of their own."""
    out = ''
    for run in re.findall(r'[ -~]+|[^ -~]+', text):
        if run.isascii():
            out += f"<span\n  lang=EN-US style='font-size:10.5pt;font-family:\"Times New Roman\",serif'>{quote(run)}</span>"
        else:
            out += f"<span style='font-size:10.5pt;font-family:宋体;mso-hansi-font-family:Calibri'>{run}</span>"
    return out or '<span lang=EN-US>&nbsp;</span>'


def word_cell(cell):
    width = 60 * cell[3]
    return (f"\n  <td width={width}{spans(cell, True)} style='width:{width}.0pt;border:solid windowtext 1.0pt;\n"
            f"  mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt'>\n"
            f"  <p class=MsoNormal align=center style='text-align:center;mso-pagination:widow-orphan'>"
            f"{word_runs(cell[4])}<span\n  lang=EN-US><o:p></o:p></span></p>\n  </td>")


WORD_HEAD = '''<meta http-equiv=Content-Type content="text/html; charset=gb2312">
<meta name=Generator content="Microsoft Word 15 (filtered)">
<style>
<!--
 /* Font Definitions */
 @font-face {font-family:宋体; panose-1:2 1 6 0 3 1 1 1 1 1;}
 p.MsoNormal {margin:0cm; mso-style-parent:""; text-align:justify}
-->
</style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
'''


def word_page(body):
    return ('<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"\n'
            f'xmlns:w="urn:schemas-microsoft-com:office:word">\n<head>\n{WORD_HEAD}</head>\n\n'
            f"<body lang=ZH-CN style='text-justify-trim:punctuation'>\n<div class=WordSection1>\n{body}\n</div>\n</body>\n</html>\n")


def word(form):
    return "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>\n" + \
        table(form, word_cell, " class=MsoNormalTable border=0 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'")


def excel_cell(cell):
    number = ' x:num' if re.fullmatch(r'[\d.]+', cell[4]) else ''
    text = quote(cell[4]).replace(' ', "<span style='mso-spacerun:yes'>&nbsp; </span>") or '　'
    return f"\n  <td{spans(cell, True)} class=xl{65 + cell[3]}{number} width=72 style='border-left:none;width:54pt'>{text}</td>"


def excel(form):
    support = "<![if supportMisalignedColumns]>\n <tr height=0 style='display:none'>" + \
        "<td width=72 style='width:54pt'></td>" * form['cols'] + '</tr>\n <![endif]>\n</table>'
    body = table(form, excel_cell, " border=0 cellpadding=0 cellspacing=0 width=648 style='border-collapse:collapse;table-layout:fixed'")
    return body.replace('<tr>', f'<col width=72 span={form["cols"]} style=\'width:54pt\'>\n <tr height=19>', 1).replace('</table>', support)


def wps_cell(cell):
    text = ''.join(f'<span style="font-family:宋体;mso-spacerun:\'yes\'">{quote(part)}</span>' for part in cell[4].split(' '))
    return (f'<TD{spans(cell)} class="et{cell[3]}" style="mso-protection:locked;vertical-align:middle;" x:str>'
            f'<P class=p0 style="margin-bottom:0pt;margin-top:0pt;">{text}</P></TD>')


def wps(form):
    return '<!--StartFragment-->' + table(form, wps_cell, ' border="0" style="width:486.00pt;border-collapse:collapse;"') + '<!--EndFragment-->'


# Sites

NAVIGATION = '''<script>var table = "<table><tr><td>项目名称</td></tr></table>"; if (1 < 2) document.write("x");</script>
<style>td > p { margin: 0 }</style>
<template><table><tr><td>项目名称</td><td>样例</td></tr></table></template>
<div style="display: none"><table><tr><td>项目支出绩效自评表</td></tr></table></div>
<table class="nav"><tr><td><a href="/">首页</a></td><td><a href="/zw">政务公开</a></td><td>预算绩效</td></tr></table>
<form action="/search"><input name="q"><select><option>项目名称</option><option>实施单位</option></select></form>
<table><tr><td>发布机构</td><td>办公室</td><td>发文日期</td><td>2023-08-18</td></tr><tr><td>索引号</td><td>000014349/2023-00013</td></tr></table>
'''
FOOTER = '<table class="foot"><tr><td>版权所有</td><td>ICP备00000000号</td></tr></table>'


def site(forms):
    """Tables as the page's frame, three deep, with navigation around."""
    inner = '<br>'.join(f'<div class="TRS_Editor"><p align="center">附件{k}</p>{table(form)}</div>' for k, form in enumerate(forms, 1))
    frame = f'<table width="980"><tr><td colspan="2">{NAVIGATION}</td></tr><tr><td width="200"><ul><li>栏目</li><li>相关链接</li></ul></td>' \
            f'<td><table><tbody><tr><td>{inner}</td></tr></tbody></table></td></tr><tr><td colspan="2">{FOOTER}</td></tr></table>'
    return page(frame)


def site_titled(forms):
    """Titles above the tables in one cell of the page's frame; Office conditions and a site's own elements."""
    inner = ''.join(f'<ucapcontent><![if !vml]>{titled(form)}<![endif]></ucapcontent>' for form in forms)
    return page(f'<table width="100%"><tr><td>{NAVIGATION}</td></tr><tr><td><div id="zoom">{inner}</div></td></tr></table>')


def value_tables(form):
    """Long values stand in tables of their own inside their cells."""
    def cell(cell):
        text = f'<table border=0><tbody><tr><td>{quote(cell[4])}</td></tr></tbody></table>' if len(cell[4]) > 12 else quote(cell[4])
        return f'<td{spans(cell)}>{text}</td>'
    return table(form, cell)


def block_tables(form):
    """A table for each block of the form, headings between them."""
    return ''.join(f'<h3>{heading}</h3>{table(piece)}' for heading, piece in blocks(form))


def titled(form):
    """The title above the table, not in it."""
    titles, rest = without_title(form)
    return f'<h2>{titles[0]}</h2>' + ''.join(f'<p>{title}</p>' for title in titles[1:]) + table(rest)


def captioned(form):
    """Title as caption, header cells, head, body and foot."""
    titles, rest = without_title(form)
    body = table(rest, lambda cell: f'<th scope="row"{spans(cell)}>{quote(cell[4])}</th>' if cell[1] == 0
                 else f'<td{spans(cell)} data-label="x">{quote(cell[4])}</td>')
    head, tail = body.index('<tr>'), body.rindex('<tr>')
    return '<table><caption>' + ''.join(f'<p>{title}</p>' for title in titles) + '</caption><tbody>' + \
        body[head:tail] + '</tbody><tfoot>' + body[tail:].replace('</table>', '</tfoot></table>')


def capitals(form):
    """Old tools: upper case, nothing quoted, no end tags."""
    rows = [''.join(f'<TD ALIGN=CENTER{spans(cell, True).upper()}><FONT SIZE=2>{quote(cell[4])}' for cell in cells)
            for cells in cells_by_row(form)]
    return '<TABLE BORDER=1 CELLPADDING=2>' + ''.join(f'<TR>{row}\n' for row in rows) + '</TABLE>'


def spread_label(text):
    """项&nbsp;目　名 称: labels of two to six characters, spread by blanks of all kinds."""
    if not re.fullmatch(r'[一-鿿]{2,6}', text):
        return quote(text)
    return ''.join(char + ('&nbsp;', '　', ' &#12288; ', '\n')[k % 4] for k, char in enumerate(text))


def heavy(form):
    """An editor's cells: div, p, span, br and blanks inside the labels."""
    def cell(cell):
        lines = [spread_label(line) for line in cell[4].split(' ')]
        inner = '<br>'.join(f'<span style="color:#000"><strong>{line}</strong></span>' for line in lines)
        return f'<td{spans(cell)}><div class="cell"><div><p>{inner}</p></div></div></td>'
    return table(form, cell)


def odd_spans(form):
    """Spans that are malformed, 0 or far too long where that says the same."""
    def cell(cell):
        row, _, row_span, col_span, text = cell
        rows = ('0' if row_span > 2 else '999') if row + row_span == form['rows'] and row_span > 1 else f'{row_span};'
        return f'<td rowspan="{rows}" colspan=" +{col_span}px">{quote(text)}</td>'
    return table(form, cell)


def comments(form):
    """Comments, anchors, pictures and blocks around the texts."""
    def cell(cell):
        inner = quote(cell[4])
        if len(cell[4]) > 30:
            inner = f'<div>{inner}</div><img src="a.gif">'
        return f'<td{spans(cell)}><a name="x"></a>{inner}<!-- {quote(cell[4])} --></td>'
    return table(form, cell)


# Converters

def pandoc(form):
    """Without spans, blanks in their place, the first row as header."""
    rows = rows_of(form)
    def line(cells, tag, kind):
        return f'<tr class="{kind}">\n' + ''.join(f'<{tag} style="text-align: left;">{quote(text)}</{tag}>\n' for text in cells) + '</tr>\n'
    body = ''.join(line(cells, 'td', ('even', 'odd')[k % 2]) for k, cells in enumerate(rows[1:], 1))
    columns = '<col style="width: 11%" />\n' * form['cols']
    return f'<table>\n<colgroup>\n{columns}</colgroup>\n<thead>\n{line(rows[0], "th", "header")}</thead>\n<tbody>\n{body}</tbody>\n</table>'


def filled(form):
    """Merged cells copied into all of their places."""
    return '<table border="1" class="dataframe">\n' + ''.join(
        '<tr>' + ''.join(f'<td>{quote(text)}</td>' for text in cells) + '</tr>\n' for cells in rows_of(form, fill=True)) + '</table>'


def numbered_characters(form):
    """Everything beyond ASCII as &#…;"""
    return table(form, lambda cell: f'<td{spans(cell)}>' + ''.join(c if c.isascii() and c not in '<>&' else f'&#{ord(c)};' for c in cell[4]) + '</td>')


def xhtml_page(body):
    return '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "a.dtd">\n' \
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{body}</body></html>'


def xhtml(form):
    return table(form, lambda cell: f'<td{spans(cell)}>{quote(cell[4])}</td>' if cell[4] else f'<td{spans(cell)}/>').replace(' ', '  ')


def unclosed_page(body):
    return page('<font color="red">' * 300 + body)


def bare(body):
    return body


# name: (how the forms are written, encoding)
DIALECTS = {
    'plain': (document(table), 'utf-8'),
    'fragment': (document(table, bare), 'utf-8'),
    'word-gbk': (document(word, word_page), 'gbk'),
    'excel': (document(excel), 'utf-8'),
    'wps': (document(wps), 'utf-8'),
    'site': (site, 'utf-8'),
    'site-titled': (site_titled, 'utf-8'),
    'value-tables': (document(value_tables), 'utf-8'),
    'block-tables': (document(block_tables), 'utf-8'),
    'titled': (document(titled), 'utf-8'),
    'captioned': (document(captioned), 'utf-8'),
    'capitals': (document(capitals), 'gb18030'),
    'heavy': (document(heavy), 'utf-8'),
    'odd-spans': (document(odd_spans), 'utf-8'),
    'comments': (document(comments), 'utf-8'),
    'pandoc': (document(pandoc), 'utf-8'),
    'filled': (document(filled), 'utf-8'),
    'numbered-characters': (document(numbered_characters, bare), 'ascii'),
    'xhtml': (document(xhtml, xhtml_page), 'utf-8'),
    'unclosed': (document(table, unclosed_page), 'utf-8'),
    'utf-16': (document(table), 'utf-16'),
}
