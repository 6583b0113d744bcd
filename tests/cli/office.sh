#!/usr/bin/env bash
# Word and Excel files from their bare parts: what is shown, what is left out and said, and hostile ones.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
python3 "$here/office.py" .

# form FILE EXPRESSION…: of the file's only form `f`, its indicators `i`, as texts `t(row)`.
form() {
    local file=$1 expression
    shift
    expect 0 convert "$file"
    for expression in "$@"; do
        json "(lambda f, i, t: $expression)(d['files'][0]['forms'][0], d['files'][0]['forms'][0]['indicators'], lambda k: [d['files'][0]['forms'][0]['indicators'][k][n]['text'] for n in ('target', 'actual', 'weight', 'score')])"
    done
}

# said FILE SEVERITY WORDS…: D05 findings of the whole file.
said() {
    local file=$1 severity=$2 words
    shift 2
    run check --format json "$file"
    for words in "$@"; do
        json "any(x['code'] == 'D05' and x['form'] is None and x['severity'] == '$severity' and '''$words''' in x['message'] for x in d['files'][0]['findings'])"
    done
}

# failed FILE WORDS: D01 that says so.
failed() {
    expect 3 check --format json "$1"
    json "d['files'][0]['error']['code'] == 'D01' and '''$2''' in d['files'][0]['error']['message']"
}

# Word: the text as the document shows it.
form plain.docx "t(0) == ['≥300次', '300次', '20', '20'] and f['project'] == '机关服务费' and f['year'] == 2022" \
    "i[0]['target']['at']['table'] == 1 and i[0]['target']['at']['row'] == 3 and i[0]['target']['at']['col'] == 3"
form changes.docx "[x['level3'] for x in i] == ['次数', '移来'] and t(0)[1] == '300次'" "i[1]['target']['at']['row'] == 4"
said changes.docx note '250次' '300次' '删去的行' '移走' '移来'
json "d['files'][0]['findings'][0]['at']['row'] == 3"
form hidden.docx "i[0]['level3'] == '次数明'"
said hidden.docx note 'hidden text was left out: "暗影"'
form signs.docx "i[0]['level3'] == '次数' and t(0) == ['≥300次', '300 次', '20', '20'] and i[0]['reason'] == 'A-B'"
form box.docx "len(i) == 1 and t(0) == ['≥300次', '300次', '20', '20']"
json "len(d['files'][0]['forms']) == 1"
form nested.docx "len(i) == 1 and i[0]['target']['at']['table'] == 2"
form merges.docx "[x['level1'] for x in i] == ['产出指标', '产出指标', '次要', '效益指标', '满意']"
form before.docx "[x['level3'] for x in i] == ['次数', '质量'] and i[1]['level1'] == '产出指标'"
form fields.docx "i[0]['level3'] == '次数优' and i[0]['reason'] == '☑'"
said fields.docx warning 'a field has no stored result; what it shows was not read: "EQ'
form formulas.docx "t(0)[:2] == ['1/2', '10^4']"
form symbol-font.docx "t(0)[:2] == ['≥300次', '≥300次']"
form object.docx "t(0)[1] == ''"
said object.docx warning 'an embedded object (Equation.3) was not read'
form merged-left.docx "t(0) == ['≥300次', '300次', '', '20'] and f['project'] == '机关服务费' and i[0]['score']['at']['col'] == 6"
said merged-left.docx note '压住'
form inserted.docx "t(1)[:2] == ['95%', '95%']"
said inserted.docx note 'inserted text was taken: "≥300次"' 'inserted text was taken: "质量"'
run check --format json hidden-default.docx
json "[x['message'] for x in d['files'][0]['findings'] if x['severity'] == 'note'] == ['hidden text was left out: \"暗处\".']"
form lists.docx "i[0]['level3'] == '一、甲 1.3 乙 1.4 丙 ①丁二、戊 2.3 己 ●庚九、辛十、壬癸子十一、丑寅'"
form own-names.docx "len(i) == 1"
form own-names.xlsx "len(i) == 1"
failed binary.xlsx 'binary Excel workbook (.xlsb), which is not read as it is; add --office'
form symbol-lost.docx "'\ufffd' in i[0]['level3']"
said symbol-lost.docx warning 'symbol font'
form circle.docx "len(i) == 1"

expect 3 check --format json scanned.docx
json "d['files'][0]['error']['code'] == 'D03' and 'pictures and no text' in d['files'][0]['error']['message']"

# Excel: numbers as the sheet shows them, from their decimal digits.
form plain.xlsx "t(0) == ['≥300次', '300次', '20', '20'] and i[0]['target']['at']['row'] == 5 and i[0]['target']['at']['col'] == 3"
form formats.xlsx "t(0) == ['99.79%', '99.79%', '20', '19.95'] and i[0]['target']['value'] == '99.79'" \
    "t(1) == ['300次', '1700次', '20', '20'] and t(2)[0] == '100%'" \
    "t(2)[1] == '1' and i[2]['actual']['unit'] is None" \
    "i[3]['target']['date'] == '2022-11-30'" \
    "t(4)[1] == '#DIV/0!' and i[4]['actual']['value'] is None and i[4]['score']['value'] is None" \
    "t(5)[1] == 'TRUE' and i[5]['actual']['value'] is None"
run check --format json formats.xlsx
json "{'/indicators/4/actual', '/indicators/4/score'} <= {x['pointer'] for x in d['files'][0]['findings'] if x['code'] in ('C14', 'F09')}"
form strings.xlsx "i[0]['level3'] == '次数' and t(0)[0] == '≥300次' and i[1]['level3'] == 'a b_x_'"
form merges.xlsx "len(i) == 2"
said merges.xlsx note '压住'
expect 0 convert hidden.xlsx
json "[(x['index'], x['indicators']) for x in d['files'][0]['forms']] == [(0, [])]"
said hidden.xlsx note 'hidden rows, which were left out: A5 "产出指标"' 'hidden columns, which were left out: D4 "实际完成值", E4 "分值".' \
    'the sheet "暗" is hidden and was left out: A1 "项目支出绩效自评表"'
form masked.xlsx "t(0)[:2] == ['', '500'] and i[0]['reason'] == ''"
said masked.xlsx note 'number formats do not show; it was left out: C5 "300", G5 "暗".'
form uncomputed.xlsx "t(0)[2:] == ['', '']"
said uncomputed.xlsx warning 'formulas without a stored result, which were read as blank: E5, F5;'
form anew.xlsx "t(0)[3] == '0'"
said anew.xlsx note 'stored results of 1 were read'
form astray.xlsx "t(0) == ['', '', '20', '20']"
said astray.xlsx warning 'texts that are not in the file, read as blank: C5, D5;'
form text-box.xlsx "len(i) == 1 and f['headline']['value'] == '40'"
form days-1904.xlsx "i[0]['target']['date'] == '2022-11-30'"
form huge-range.xlsx "len(i) == 1"

# Hostile ones: bounded, and the limit or the reason named.
failed entities.docx 'DOCTYPE'
failed no-body.docx 'word/document.xml is missing'
failed no-rels.docx 'officeDocument is missing'
failed no-sheet.xlsx 's1.xml is missing'
failed outside.docx 'etc/passwd is missing'
failed cut-xml.docx 'no well-formed XML'
failed deep.docx ZP_LIMIT_XML_DEPTH
failed bomb.docx ZP_LIMIT_PACKAGE_RATIO
failed bomb.xlsx 'ZP_LIMIT_PACKAGE_RATIO' # asked from ZP_LIMIT_PACKAGE_RATIO_FLOOR on
failed large-part.xlsx ZP_LIMIT_PART_BYTES
failed large-parts.xlsx ZP_LIMIT_PACKAGE_BYTES
failed entries.docx ZP_LIMIT_PACKAGE_ENTRIES
failed long.docx ZP_LIMIT_CELL_BYTES
failed far.xlsx ZP_LIMIT_COLUMNS
said nesting.docx warning ZP_LIMIT_NESTED_TABLES
# ZP_LIMIT_NOTES: 50, then their count.
run check --format json notes.docx
json "sum(x['code'] == 'D05' and x['form'] is None for x in d['files'][0]['findings']) == 51" \
    "any('10 further' in x['message'] for x in d['files'][0]['findings'])"

# Cut off anywhere a file is damaged, never a crash.
for k in 100 600 1000 1300; do
    head -c $k plain.docx >cut.docx
    failed cut.docx 'Word'
done

# Encrypted files are said to be; the directory of an OLE2 file names its streams.
python3 - <<'PYTHON'
header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\0") + b"\x09\0" + b"\0" * 16 + b"\xc8\0\0\0"
for name, stream in (("locked.docx", "EncryptedPackage"), ("old.doc", "WordDocument"), ("old.et", "Workbook")):
    open(name, "wb").write(header.ljust(201 * 512, b"\0") + stream.encode("utf-16le").ljust(128, b"\0"))
PYTHON
failed locked.docx 'encrypted'
failed old.doc '--office'
failed old.et 'Excel'
expect 3 check --format json --office locked.docx
json "'encrypted' in d['files'][0]['error']['message']"

# --office without LibreOffice names it; a converter that never ends is ended (ZP_LIMIT_OFFICE_SECONDS
# is too long for a test: only that nothing is left behind is tried).
mkdir bin tmp
PATH=$work/bin run check --format json --office old.doc
json "'LibreOffice' in d['files'][0]['error']['message']"
cat >bin/soffice <<'SH'
#!/bin/sh
cp "$PLAIN" "$8/input.docx"
SH
chmod +x bin/soffice
PLAIN=$work/plain.docx TMPDIR=$work/tmp PATH=$work/bin:$PATH run check --format json --office old.doc
json "d['files'][0]['format'] == 'office' and len(d['files'][0]['forms']) == 1" \
    "any('LibreOffice' in x['message'] and x['severity'] == 'note' for x in d['files'][0]['findings'])"
[ -z "$(ls tmp)" ] || fail "$last: something left in the temporary folder"

# However the run ends, the converter ends with it and its folder goes.
mkfifo begun
cat >bin/soffice <<'SH'
#!/bin/sh
echo $$ >"$BEGUN"
exec sleep 300
SH
for number in HUP INT TERM QUIT KILL; do
    BEGUN=$work/begun TMPDIR=$work/tmp PATH=$work/bin:$PATH python3 -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL), signal.signal(signal.SIGQUIT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])' "$ziping" check --office old.doc >out 2>err &
    running=$!
    converter=$(cat begun)
    kill "-$number" "$running"
    wait "$running"
    [ $? -eq $((128 + $(kill -l "$number"))) ] || fail "--office ended by SIG$number: another exit code"
    for _ in $(seq 100); do
        [ -n "$(ls tmp)" ] || [ -d "/proc/$converter" ] || break
        sleep 0.1
    done
    [ -z "$(ls tmp)" ] || fail "--office ended by SIG$number: something left in the temporary folder"
    [ ! -d "/proc/$converter" ] || { fail "--office ended by SIG$number: the converter runs on"; kill -9 "$converter"; }
done
cat >bin/soffice <<'SH'
#!/bin/sh
cp "$PLAIN" "$8/input.docx"
SH
mkdir folder
cp old.doc plain.docx folder
PLAIN=$work/plain.docx PATH=$work/bin:$PATH run check --format json --office folder
json "d['summary']['files'] == 2 and d['summary']['skipped'] == 0"
run check --format json folder
json "d['summary']['files'] == 1 and d['summary']['skipped'] == 1"
finish
