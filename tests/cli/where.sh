#!/usr/bin/env bash
# Where a finding stands, in the reader's words: sheet and cell, page and row, table and row, line; and no English in Chinese.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
case=$here/../golden/broken-5-malformed-number
for suffix in txt xlsx docx pdf; do [ -f "$case/input.$suffix" ] && cp "$case/input.$suffix" "a.$suffix"; done
cp "$here/../golden/seed-3/input.site.html" a.html
cp "$here/../golden/seed-3/input.pdf" a.pdf

run check --lang zh a.xlsx
out_has "· 全年执行数（Sheet!E6）"
out_has "评分规则：通用；表样：上海"
out_lacks "malformed-number"
out_lacks "shanghai"
run check --lang zh --verbose a.xlsx
out_has "评分规则：通用（default）；表样：上海（shanghai）"
out_has "（Sheet!E6，malformed-number）"
run check --lang zh a.docx
out_has "（表格 1 第 6 行第 5 列）"
run check --lang zh a.pdf
out_has "年度资金总额 · 全年预算数（第 1 页）"
run check --lang zh a.html
out_has "行第 8 列，源码第 17 行，习惯：进位）"
run check --lang zh a.txt
out_has "· 全年执行数（第 6 行）"
run check --lang en a.docx
out_has "(table 1, row 6, column 5, malformed-number)"

# Where a report has no line to say, the message has the place; what could not be judged has one, too.
for format in $(text_formats check); do
    case $format in text | json | ndjson) continue ;; esac # above; places there are numbers
    run check --lang zh --format $format a.xlsx
    grep -q 'Sheet\\\?!E6' out || fail "$format: no cell of the sheet"
    run check --lang zh --format $format a.docx
    out_has "表格 1 第 6 行第 5 列"
done
run check --format sarif a.xlsx
json "all(r['message']['text'].count('Sheet!') == 1 for r in d['runs'][0]['results'] if r.get('kind') != 'open' and r['properties']['at']['table'])" \
    "all('Sheet!' in r['message']['text'] for r in d['runs'][0]['results'] if r.get('kind') == 'open' and r['properties']['pointer'].startswith('/funds'))" \
    "all(any(l['name'].startswith('Sheet!') for l in r['locations'][0]['logicalLocations']) for r in d['runs'][0]['results'] if r.get('kind') == 'open' and r['properties']['pointer'].startswith('/funds'))"
run check --format junit a.xlsx
grep -q '<skipped message="unjudged: [^"]*(Sheet![A-Z][0-9]*)"' out || fail "junit: a check that could not be made has no cell"
run check --format html=a-report.html a.xlsx
run check --format xlsx=a-report.xlsx a.xlsx
python3 -c 'import zipfile; z = zipfile.ZipFile("a-report.xlsx"); print(*(z.read(n).decode() for n in z.namelist() if n.endswith(".xml")))' >inside
grep -q 'Sheet!E6' inside || fail "xlsx: no cell of the sheet"

# A row without a label is told by its number.
sed 's/其中:当年财政拨款/ /' "$here/../golden/sound-central/input.txt" | sed 's/160.00	151.00/160.00	满分/' >b.txt
run check --lang zh b.txt
# shellcheck disable=SC1111
out_lacks "“”的"
finish
