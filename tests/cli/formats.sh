#!/usr/bin/env bash
# Every output format is what it says: read back by Python's json and csv, and by jq where there is one.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
one_form form.txt

expect 0 convert "$seed" form.txt
json "d['schema'] == 'ziping/convert/1' and d['rulebook'].startswith('sha256:') and len(d['rulebook']) == 71" \
    "[len(f['forms']) for f in d['files']] == [7, 1]"
json "[f['index'] for f in d['files'][0]['forms']] == list(range(7))" \
    "d['files'][0]['sha256'] == '$(sha256sum <"$seed" | cut -d' ' -f1)'"
json "list(d['files'][0]) == ['path', 'sha256', 'format', 'status', 'error', 'forms']" \
    "d['files'][0]['forms'][0]['indicators'][0]['target']['at'].keys() == {'page', 'table', 'row', 'col', 'line', 'bbox'}"
cp out whole.json

# A form and a finding a line: grep finds what it looks for.
[ "$(grep -c '^{"index"' out)" -eq 8 ] || fail "json: a form is not a line"
expect 1 check --format json "$seed"
[ "$(grep -c '^{"code".*"message"' out)" -eq "$(python3 -c 'import json; print(len(json.load(open("out"))["files"][0]["findings"]))')" ] ||
    fail "json: a finding is not a line"
json "d['summary']['forms'] == 7 and d['summary']['error'] == sum(f['severity'] == 'error' for f in d['files'][0]['findings'])" \
    "all(c['checks'].keys() == {'passed', 'failed', 'not_applicable', 'not_evaluable'} for c in d['files'][0]['forms'])"
json "sum(c['checks']['not_evaluable'] for c in d['files'][0]['forms']) == len(d['files'][0]['not_evaluable'])" \
    "sum(c['checks']['failed'] for c in d['files'][0]['forms']) == len(d['files'][0]['findings'])"
json "len({f['fingerprint'] for f in d['files'][0]['findings']}) == len(d['files'][0]['findings'])"
if command -v jq >/dev/null; then
    jq -e '.files[0].findings | length > 0' out >/dev/null || fail "jq cannot read the findings"
    "$ziping" convert --to ndjson "$seed" | jq -es 'length == 7' >/dev/null || fail "jq cannot read ndjson"
fi

# --repairs adds the R notes and nothing else.
cp out without.json
run check --format json --repairs "$seed"
json "[f for f in d['files'][0]['findings'] if f['code'][0] != 'R'] == json.load(open('without.json'))['files'][0]['findings']" \
    "any(f['code'] == 'R02' for f in d['files'][0]['findings'])"

# ndjson holds the same objects.
expect 3 convert --to ndjson "$seed" missing.txt form.txt
python3 - <<'PYTHON' || fail "ndjson differs from json"
import json, sys
lines = [json.loads(line) for line in open("out", encoding="utf-8")]
whole = json.load(open("whole.json", encoding="utf-8"))
forms = [form for file in whole["files"] for form in file["forms"]]
failed = lines.pop(7)
assert failed["status"] == "failed" and failed["error"]["code"] == "D01" and failed["path"] == "missing.txt"
for line, form in zip(lines, forms, strict=True):
    assert {"path", "sha256", "format"} <= line.keys()
    assert {key: line[key] for key in form} == form
PYTHON
run check --format ndjson "$seed" form.txt
python3 - <<'PYTHON' || fail "check's ndjson"
import json
lines = [json.loads(line) for line in open("out", encoding="utf-8")]
assert len(lines) == 3 and lines[2]["summary"]["files"] == 2
assert "findings" in lines[0] and len(lines[0]["forms"]) == 7
PYTHON

# csv: RFC 4180, an indicator a row, guarded.
sed 's/公务用车出车次数/=HYPERLINK("a","b")/; s/公务用车保障率/+cmd|x/; s/=95%/=95%/' form.txt >'=formula.txt'
expect 0 convert --to csv '=formula.txt'
python3 - <<'PYTHON' || fail "csv does not read back"
import csv
data = open("out", "rb").read()
assert data.count(b"\n") == data.count(b"\r\n") and not data.startswith(b"\xef\xbb\xbf")
rows = list(csv.DictReader(open("out", encoding="utf-8", newline="")))
assert len(rows) == 5 and rows[0]["path"] == "'=formula.txt" and rows[0]["form"] == "0" and rows[0]["year"] == "2022"
assert rows[0]["level3"] == "'=HYPERLINK(\"a\",\"b\")" and rows[1]["level3"] == "'+cmd|x"
assert rows[1]["actual_text"] == "'=95%" and rows[1]["actual_value"] == "95" and rows[1]["actual_unit"] == "%"
assert rows[0]["target_text"] == "≥300次" and rows[0]["target_op"] == "ge" and rows[0]["target_unit"] == "次"
assert not any(cell[:1] in "=+-@\t\r" for row in rows for key, cell in row.items() if cell and not key.endswith("_value"))
PYTHON
expect 0 convert --to csv --raw --excel '=formula.txt'
python3 - <<'PYTHON' || fail "csv --raw --excel"
import csv
assert open("out", "rb").read(3) == b"\xef\xbb\xbf"
rows = list(csv.DictReader(open("out", encoding="utf-8-sig", newline="")))
assert rows[1]["actual_text"] == "=95%" and rows[0]["path"] == "=formula.txt"
PYTHON

# text: control and bidirectional characters of the document are escaped, in json they are kept.
python3 - <<'PYTHON'
text = open("form.txt", encoding="utf-8").read()
text = text.replace("机关服务费", "机关\x1b[31m服务\u202e费\u0085\u200b").replace("公务用车保障率", "公务\x07用车\u2066保障率")
open("evil.txt", "w", encoding="utf-8").write(text)
PYTHON
for language in zh en; do
    run check --lang $language --repairs --fail-on never evil.txt
    python3 - <<'PYTHON' || fail "text: a control character reached the terminal"
import unicodedata
text = open("out", encoding="utf-8").read()
bad = [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]
assert not bad and "u{" in text, bad
PYTHON
done
run convert evil.txt
json "'\x1b' not in d['files'][0]['forms'][0]['project']" # a terminal's colours are no text of a form
json "'\u202e' in d['files'][0]['forms'][0]['project']"

# The text report names place, label, figures and totals.
run check "$seed"
out_has "form 3: 网络安全和信息化工作"
out_has "· 执行率"
out_has "habit up"
out_has "7 forms in 1 file: "
run check --lang zh "$seed"
out_has "第 3 张表：网络安全和信息化工作"
out_has "1 个文件 7 张表："
run check --quiet "$seed"
out_lacks "forms in"
finish
