"""Word and Excel files made by hand, from nothing but their parts, for office.sh.

Each function makes one file's bytes; `write FOLDER` writes them all.
"""
import io
import random
import sys
import zipfile
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def relations(*rows):
    inside = ''.join(f'<Relationship Id="{i}" Type="{R}/{kind}" Target="{target}"{more}/>' for i, kind, target, more in rows)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def package(parts, level=9):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED, compresslevel=level) as target:
        for name, text in parts.items():
            target.writestr(name, text)
    return out.getvalue()


def docx(body, styles='', more=None, dtd=''):
    parts = {'[Content_Types].xml': '<Types/>', '_rels/.rels': relations(('r1', 'officeDocument', 'word/document.xml', '')),
             'word/document.xml': f'<?xml version="1.0"?>{dtd}<w:document {W} {MC}><w:body>{body}</w:body></w:document>',
             'word/_rels/document.xml.rels': relations(('s', 'styles', 'styles.xml', '')),
             'word/styles.xml': f'<w:styles {W}>{styles}</w:styles>'}
    parts.update(more or {})
    return package({name: text for name, text in parts.items() if text is not None})


def sheet(rows, more='', before=''):
    return f'<worksheet {S}>{before}<sheetData>{rows}</sheetData>{more}</worksheet>'


def xlsx(sheets, styles='', strings='', properties='', level=9, more=None):
    """`sheets`: (name, state, part text)."""
    listed = ''.join(f'<sheet name="{name}" sheetId="{k}" state="{state}" r:id="r{k}"/>'
                     for k, (name, state, _) in enumerate(sheets, 1))
    parts = {'[Content_Types].xml': '<Types/>', '_rels/.rels': relations(('r1', 'officeDocument', '/xl/workbook.xml', '')),
             'xl/workbook.xml': f'<workbook {S} xmlns:r="{R}">{properties}<sheets>{listed}</sheets></workbook>',
             'xl/_rels/workbook.xml.rels': relations(*[(f'r{k}', 'worksheet', f'worksheets/s{k}.xml', '') for k in range(1, len(sheets) + 1)],
                                                     ('st', 'styles', 'styles.xml', ''), ('ss', 'sharedStrings', 'strings.xml', '')),
             'xl/styles.xml': f'<styleSheet {S}>{styles}</styleSheet>', 'xl/strings.xml': f'<sst {S}>{strings}</sst>'}
    for k, (_, _, text) in enumerate(sheets, 1):
        parts[f'xl/worksheets/s{k}.xml'] = text
    parts.update(more or {})
    return package({name: text for name, text in parts.items() if text is not None}, level)


def run(text, properties=''):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs):
    return f'<w:p>{"".join(r if r.startswith("<") else run(r) for r in runs)}</w:p>'


def tc(content, properties=''):
    return f'<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith("<w:p") or content.startswith("<w:t") else p(content)}</w:tc>'


def tr(*cells, properties=''):
    return f'<w:tr><w:trPr>{properties}</w:trPr>{"".join(c if c.startswith("<") else tc(c) for c in cells)}</w:tr>'


def tbl(*rows):
    return f'<w:tbl><w:tblPr/><w:tblGrid/>{"".join(rows)}</w:tbl>'


HEAD = tr('三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因')
TITLE = p('项目支出绩效自评表') + p('（2022年度）')


def form(*indicators, project=None):
    """A form small enough to see through: a project and its indicators."""
    return tbl(tr('项目名称', tc(project or '机关服务费', '<w:gridSpan w:val="6"/>')),
               tr('一级指标', *['三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因']), *indicators)


def field(name):
    def part(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
    return part('begin') + '<w:r><w:instrText> DOCPROPERTY x </w:instrText></w:r>' + part('separate') + run(name) + part('end')


def box(content):
    return ('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent>' + content + '</w:txbxContent></mc:Choice>'
            '<mc:Fallback><w:pict><w:txbxContent>' + content + '</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>')


def control(kind, inside=''):
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def instruction(text):
    return f'<w:r><w:instrText xml:space="preserve"> {text} </w:instrText></w:r>'


LIST = (control('begin', '<w:ffData><w:ddList><w:result w:val="1"/><w:default w:val="0"/><w:listEntry w:val="良"/><w:listEntry w:val="优"/></w:ddList></w:ffData>')
        + instruction('FORMDROPDOWN') + control('end'))
CHECK = control('begin', '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>') + instruction('FORMCHECKBOX') + control('end')
EQUATION = control('begin') + instruction(r'EQ \o\ac(○,1)') + control('end')


def math(inside):
    return f'<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{inside}</m:oMath></w:p>'


def math_run(text):
    return f'<m:r><m:t>{text}</m:t></m:r>'


def merged(kind, text):
    return tc(p(text) if text else p(), f'<w:vMerge{kind}/>')


def item(text, number=1, level=0, mark=''):
    return (f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr><w:rPr>{mark}</w:rPr></w:pPr>'
            f'{text if text.startswith("<") else run(text)}</w:p>')


def levels(*rows):
    return ''.join(f'<w:lvl w:ilvl="{k}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'
                   for k, (start, kind, text, more) in enumerate(rows))


NUMBERING = (f'<w:numbering {W}><w:abstractNum w:abstractNumId="5">'
             + levels((1, 'chineseCounting', '%1、', ''), (3, 'decimal', '%1.%2', '<w:isLgl/>'), (1, 'decimalEnclosedCircle', '%3', ''))
             + '</w:abstractNum><w:abstractNum w:abstractNumId="6">'
             + levels((1, 'bullet', '\uf06c', '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'))
             + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>'
             '<w:num w:numId="3"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num></w:numbering>')
LISTS = (item('甲') + item('乙', level=1) + item('丙', level=1) + item('丁', level=2) + item('<w:del><w:r><w:delText>没</w:delText></w:r></w:del>', mark='<w:del/>') + item('戊') + item('己', level=1)
         + item('庚', number=2) + item('辛', number=3) + item('壬', number=3) + item('癸', number=0) + item('子', number=77)
         + '<w:p><w:pPr><w:pStyle w:val="Sub"/></w:pPr>' + run('丑') + '</w:p><w:p><w:pPr><w:pStyle w:val="Sub"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>' + run('寅') + '</w:p>')

RESTART, CONTINUE = ' w:val="restart"', ''
SYMBOL = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'

WORD = {
    'plain': docx(TITLE + form(tr('产出指标', '次数', '≥300次', '300次', '20', '20', ''))),
    'changes': docx(TITLE + form(
        tr('产出指标', '次数', '≥300次', tc(p('<w:del>' + '<w:r><w:delText>250次</w:delText></w:r></w:del>', '<w:ins>' + run('300次') + '</w:ins>')), '20', '20', ''),
        tr('产出指标', '删去的行', '1次', '1次', '5', '5', '', properties='<w:del/>'),
        tr('产出指标', tc(p('<w:moveFrom>' + run('移走') + '</w:moveFrom>', '<w:moveTo>' + run('移来') + '</w:moveTo>')), '1次', '1次', '10', '10', ''))),
    'hidden': docx(TITLE + form(tr('产出指标', tc(p('次数', run('暗', '<w:vanish/>'), run('影', '<w:rStyle w:val="B"/>'), run('明', '<w:vanish w:val="0"/>'))), '≥300次', '300次', '20', '20', '')),
                   styles='<w:style w:styleId="A"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'),
    'signs': docx(TITLE + form(tr('产出指标', tc(p(field('次数'))), tc(p(SYMBOL, '300次')), tc(p('<w:r><w:t>300</w:t><w:br/><w:t>次</w:t></w:r>')),
                                  tc(p('<w:r><w:t>2</w:t><w:softHyphen/><w:t>0</w:t></w:r>')), '20', tc(p('<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t></w:r>'))))),
    'box': docx(TITLE + p('上', box(form(tr('产出指标', '次数', '≥300次', '300次', '20', '20', ''))))),
    'nested': docx(TITLE + tbl(tr(tc(p('外') + form(tr('产出指标', '次数', '≥300次', '300次', '20', '20', '')) + p())))),
    'merges': docx(TITLE + form(
        tr(merged(RESTART, '产出指标'), '次数', '≥300次', '300次', '20', '20', ''),
        tr(merged(CONTINUE, ''), '质量', '100%', '100%', '20', '20', ''),
        tr('次要', '时效', '1天', '1天', '10', '10', '', properties='<w:gridBefore w:val="0"/>'),
        tr(merged(CONTINUE, '效益指标'), '效果', '100%', '100%', '30', '30', ''),
        tr(tc(p('满意'), ''), '满意', '100%', '100%', '10', '10', ''))),
    'before': docx(TITLE + form(tr(merged(RESTART, '产出指标'), '次数', '≥300次', '300次', '20', '20', ''),
                                tr('质量', '100%', '100%', '20', '20', '', properties='<w:gridBefore w:val="1"/>'))),
    'fields': docx(TITLE + form(tr('产出指标', tc(p('次数', LIST)), '≥300次', '300次', '20', '20', tc(p(EQUATION, CHECK))))),
    'formulas': docx(TITLE + form(tr('产出指标', '次数', tc(math(f'<m:f><m:num>{math_run(1)}</m:num><m:den>{math_run(2)}</m:den></m:f>')),
                                     tc(math(f'<m:sSup><m:e>{math_run(10)}</m:e><m:sup>{math_run(4)}</m:sup></m:sSup>')), '20', '20', ''))),
    'symbol-font': docx(TITLE + form(tr('产出指标', '次数', tc(p(run('\uf0b3', '<w:rFonts w:ascii="Symbol"/>'), '300次')),
                                        tc(p(run('³', '<w:rFonts w:ascii="symbol"/>'), run('300次', '<w:rFonts w:ascii="Symbol"/>'))), '20', '20', ''))),
    'object': docx(TITLE + form(tr('产出指标', '次数', '≥300次', tc(p('<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Equation.3"/></w:object></w:r>')), '20', '20', ''))),
    'merged-left': docx(TITLE + tbl(tr('项目名称', tc('机关服务费', '<w:hMerge w:val="restart"/>'), *[tc(p(), '<w:hMerge/>')] * 5),
                                    tr('一级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因'),
                                    tr('产出指标', '次数', '≥300次', tc('300次', '<w:hMerge w:val="restart"/>'), tc('压住', '<w:hMerge w:val="continue"/>'), '20', ''))),
    'inserted': docx(TITLE + form(tr('产出指标', '次数', '≥300次', '300次', '20', '20', '', properties='<w:ins/>'),
                                  tr('产出指标', tc('质量', '<w:cellIns/>'), tc('<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>9</w:t></w:r></w:p>' + p('5%')), '95%', '20', '20', ''))),
    'hidden-default': docx(TITLE.replace('<w:p>', '<w:p><w:pPr><w:pStyle w:val="S"/></w:pPr>') + p('暗处'),
                           styles='<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>'
                           '<w:style w:type="paragraph" w:styleId="S"><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'),
    'symbol-lost': docx(TITLE + form(tr('产出指标', tc(p('次数', '<w:r><w:sym w:font="Webdings" w:char="F041"/></w:r>')), '≥300次', '300次', '20', '20', ''))),
    'lists': docx(TITLE + form(tr('产出指标', tc(LISTS), '≥300次', '300次', '20', '20', '')),
                  styles='<w:style w:type="paragraph" w:styleId="Num"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
                  '<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Num"/></w:style>',
                  more={'word/numbering.xml': NUMBERING,
                        'word/_rels/document.xml.rels': relations(('s', 'styles', 'styles.xml', ''), ('n', 'numbering', 'numbering.xml', ''))}),
    'own-names': package({'文/表 一.xml': f'<w:document {W}><w:body>{TITLE + form(tr("产出指标", "次数", "≥300次", "300次", "20", "20", ""))}</w:body></w:document>',
                          '_rels\\.rels': relations(('r1', 'officeDocument', '%E6%96%87/%E8%A1%A8%20%E4%B8%80.xml', ''))}),
    'entities': docx(TITLE, dtd='<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'),
    'scanned': docx(f'<w:p><w:r><w:drawing><a:blip {A}/></w:drawing><w:br/></w:r></w:p>'),
    'no-body': docx('', more={'word/document.xml': None}),
    'no-rels': docx(TITLE, more={'_rels/.rels': None}),
    'circle': docx(TITLE + form(tr('产出指标', '次数', '≥300次', '300次', '20', '20', '')),
                   more={'word/_rels/document.xml.rels': relations(('a', 'styles', 'document.xml', ''), ('b', 'officeDocument', '../_rels/.rels', ''))}),
    'outside': docx(TITLE, more={'_rels/.rels': relations(('r1', 'officeDocument', '../../../../etc/passwd', ''))}),
    'cut-xml': docx(TITLE, more={'word/document.xml': f'<w:document {W}><w:body><w:p>'}),
    'deep': docx('<w:sdt>' * 1100 + '</w:sdt>' * 1100),
    'bomb': docx(TITLE, more={'word/document.xml': f'<w:document {W}><w:body><w:p><w:r><w:t>' + ' ' * 60_000_000 + '</w:t></w:r></w:p></w:body></w:document>'}),
    'long': docx(p('长' * 400_000)),
    'entries': docx(TITLE, more={f'x/{k}': '' for k in range(10_001)}),
    'notes': docx(TITLE + form(*[tr('产出指标', tc(p(f'次数{k}', run('暗', '<w:vanish/>'))), '1次', '1次', '1', '1', '') for k in range(60)])),
    'nesting': docx('<w:tbl><w:tr><w:tc>' * 70 + p('内') + '</w:tc></w:tr></w:tbl>' * 70),
}


def c(reference, value, style=0, kind='n'):
    inside = f'<is><t>{value}</t></is>' if kind == 'inlineStr' else f'<v>{value}</v>'
    return f'<c r="{reference}" s="{style}" t="{kind}">{inside}</c>'


def row(number, *values, hidden=False):
    cells = ''
    for k, value in enumerate(values):
        reference = f'{chr(65 + k)}{number}'
        if value is None:
            continue
        cells += value.replace('@', reference) if value.startswith('<c') else c(reference, value, kind='inlineStr')
    return f'<row r="{number}"{" hidden=&quot;1&quot;".replace("&quot;", chr(34)) if hidden else ""}>{cells}</row>'


STYLES = ('<numFmts><numFmt numFmtId="164" formatCode="0&quot;次&quot;"/></numFmts>'
          '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
          '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="31"/></cellXfs>')
TOP = (row(1, '项目支出绩效自评表') + row(2, '（2022年度）') + row(3, '项目名称', '机关服务费')
       + row(4, '一级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因'))


def number(value, style=0, kind='n', formula=''):
    return f'<c r="@" s="{style}" t="{kind}">{formula}<v>{value}</v></c>'


def indicator(at, *values, **more):
    return row(at, '产出指标', *values, **more)


BLANK_ROWS = ''.join(f'<row r="{k}" s="1" customFormat="1"><c r="XFD{k}" s="1"/></row>' for k in range(1000, 21000)) \
    + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'

EXCEL = {
    'plain': xlsx([('表', 'visible', sheet(TOP + indicator(5, '次数', '≥300次', '300次', number('20'), number('20'), '')))], STYLES),
    'formats': xlsx([('表', 'visible', sheet(TOP + indicator(5, '率', number('0.99789750000000005', 1), number('0.9979', 1), number('20'), number('19.949999999999999'))
                                           + indicator(6, '次数', number('300', 2), number('1700', 2), number('20'), number('20', formula='<f>10+10</f>'))
                                           + indicator(7, '完成', number('1', 3), number('1'), number('10'), number('10'))
                                           + indicator(8, '日期', number('44895', 4), number('44895', 4), number('10'), number('10'))
                                           + indicator(9, '错误', '100%', number('#DIV/0!', 0, 'e'), number('10'), number('#NAME?', 0, 'e'))
                                           + indicator(10, '真假', '100%', number('1', 0, 'b'), number('10'), number('10', 0, 'str'))))], STYLES),
    'strings': xlsx([('表', 'visible', sheet(TOP + indicator(5, number('0', 0, 's'), number('1', 0, 's'), '300次', number('20'), number('20'))
                                           + indicator(6, 'a_x000D_b_x_', '1次', '1次', number('5'), number('5'))))], STYLES,
                    strings='<si><r><t>次</t></r><r><rPr/><t>数</t></r><rPh sb="0" eb="1"><t>cishu</t></rPh></si><si><t>≥300次</t></si>'),
    'merges': xlsx([('表', 'visible', sheet(TOP + indicator(5, '次数', '≥300次', '300次', number('20'), number('20'))
                                          + row(6, '压住', '质量', '100%', '100%', number('20'), number('20')),
                                          '<mergeCells><mergeCell ref="A1:G1"/><mergeCell ref="A5:A6"/><mergeCell ref="A6:B7"/><mergeCell ref="A4:A1048576"/></mergeCells>'))], STYLES),
    'hidden': xlsx([('表', 'visible', sheet(TOP + indicator(5, '次数', '≥300次', '300次', number('20'), number('20'), hidden=True),
                                          before='<cols><col min="4" max="5" hidden="1"/><col min="9" max="16384" hidden="1"/></cols>')),
                    ('空', 'visible', sheet('')),
                    ('暗', 'veryHidden', sheet(TOP + indicator(5, '次数', '≥300次', '300次', number('20'), number('20'))))], STYLES),
    'masked': xlsx([('表', 'visible', sheet(TOP + indicator(5, '次数', number('300', 6), number('500', 5), number('20'), number('20'), '<c r="@" s="6" t="inlineStr"><is><t>暗</t></is></c>')))],
                   STYLES.replace('</numFmts>', '<numFmt numFmtId="165" formatCode="[&gt;=10000]0!.0,&quot;万&quot;;0"/><numFmt numFmtId="166" formatCode=";;;"/></numFmts>')
                   .replace('</cellXfs>', '<xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>')),
    'uncomputed': xlsx([('表', 'visible', sheet(TOP + indicator(5, '次数', '≥300次', '300次', '<c r="@"><f>10+10</f></c>', '<c r="@"><f>10+10</f><v></v></c>',
                                                              '<c r="@" t="str"><f>""</f><v></v></c>')))], STYLES),
    'anew': xlsx([('表', 'visible', sheet(TOP + indicator(5, '次数', '≥300次', '300次', number('20'), number('0', formula='<f>10+10</f>'))))], STYLES,
                 properties='<calcPr fullCalcOnLoad="1"/>'),
    'astray': xlsx([('表', 'visible', sheet(TOP + indicator(5, '次数', number('7', 0, 's'), number('x', 0, 's'), number('20', 0, 'odd'), number('20'))))], STYLES,
                   strings='<si><t>零</t></si>'),
    'text-box': xlsx([('表', 'visible', sheet(TOP.replace('项目支出绩效自评表', '') + indicator(5, '次数', '≥300次', '300次', number('20'), number('20'))))], STYLES,
                     more={'xl/worksheets/_rels/s1.xml.rels': relations(('d', 'drawing', '../drawings/d.xml', '')),
                           'xl/drawings/d.xml': f'<xdr:wsDr xmlns:xdr="x" {A}><xdr:txBody><a:p><a:r><a:t>自评得分：</a:t></a:r><a:r><a:t>40</a:t></a:r></a:p></xdr:txBody></xdr:wsDr>'}),
    'days-1904': xlsx([('表', 'visible', sheet(TOP + indicator(5, '日期', number('43433', 4), number('43433', 4), number('10'), number('10'))))], STYLES,
                      properties='<workbookPr date1904="1"/>'),
    'own-names': package({'_rels/.rels': relations(('r1', 'officeDocument', 'b', '')), '_rels/b.rels': relations(('r1', 'worksheet', 's', '')),
                          'b': f'<workbook {S} xmlns:r="{R}"><sheets><sheet name="表" r:id="r1"/></sheets></workbook>',
                          's': sheet(TOP + indicator(5, '次数', '≥300次', '300次', number('20'), number('20')))}),
    'binary': package({'_rels/.rels': relations(('r1', 'officeDocument', 'xl/workbook.bin', '')), 'xl/workbook.bin': 'x'}),
    'huge-range': xlsx([('表', 'visible', sheet(TOP + indicator(5, '次数', '≥300次', '300次', number('20'), number('20')) + BLANK_ROWS))], STYLES),
    'far': xlsx([('表', 'visible', sheet('<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'))]),
    'no-sheet': xlsx([('表', 'visible', None)]),
    'bomb': xlsx([('表', 'visible', sheet('<row r="1">' + c('A1', 'x' * 100_000_000, kind='inlineStr') + '</row>'))]),
}


# Parts that are too large although they do not shrink more than real ones do.
BLOCK = random.Random(6).randbytes(12_000).hex()


def large(size):
    return BLOCK * (size // len(BLOCK) + 1)


LARGE = {
    'large-part': xlsx([('表', 'visible', large(129 * 1024 * 1024))], level=1),
    'large-parts': xlsx([(f'表{k}', 'visible', large(90 * 1024 * 1024)) for k in range(3)], level=1),
}
EXCEL.update(LARGE)


def main():
    folder = Path(sys.argv[1])
    for suffix, files in (('docx', WORD), ('xlsx', EXCEL)):
        for name, data in files.items():
            (folder / f'{name}.{suffix}').write_bytes(data)


if __name__ == '__main__':
    main()
