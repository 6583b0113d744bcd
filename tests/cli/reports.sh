#!/usr/bin/env bash
# Every report format through a reader that is not ours: schemas, XSDs, jq, Python's csv, cmark-gfm.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
schemas=$(realpath "$here/../schemas")
cp "$seed" a.txt
one_form form.txt

# A document that tries to break out of each format, and a name that does.
python3 - <<'PYTHON'
text = open("form.txt", encoding="utf-8").read()
text = text.replace("机关服务费", "机关|<b>&服务\x1b[31m费\u202e`*_[x](http://e.vil)@all www.e.vil ]]>\uffff")
text = text.replace("公务用车保障率", "=HYPERLINK(\"a\"),x%0A::error::\u2028")
open("evil,a:b%0A|c.txt", "w", encoding="utf-8").write(text)
PYTHON
evil='evil,a:b%0A|c.txt'
cat >.ziping.yaml <<'YAML'
suppressions:
  - {rule: S07, path: "*.txt", reason: "said <so> & | done"}
YAML
"$ziping" baseline write form.txt -o base.json
"$ziping" check --format json form.txt >old.json
: >empty.txt
formats=$(text_formats check)
words=
for format in $formats; do words="$words --format $format=plain.$format"; done
# shellcheck disable=SC2086
expect 3 check a.txt "$evil" missing.txt empty.txt $words
for format in $formats; do words="${words/=plain.$format/=marked.$format}"; done
# shellcheck disable=SC2086
expect 1 check a.txt "$evil" $words --baseline base.json --lang zh
for format in $formats; do words="${words/=marked.$format/=compared.$format}"; done
# shellcheck disable=SC2086
expect 1 check form.txt "$evil" $words --diff-from old.json --repairs
for format in $formats; do words="${words/=compared.$format/=clean.$format}"; done
# shellcheck disable=SC2086
expect 0 check form.txt $words --select F09
kinds="plain marked compared clean"

# SARIF: the published schema, by Python's validator (sarif_npm.sh asks one from npm).
cat >validate.py <<'PYTHON'
import json, sys
import jsonschema
schema = json.load(open(sys.argv[1], encoding="utf-8"))
for name in sys.argv[2:]:
    for error in jsonschema.Draft4Validator(schema).iter_errors(json.load(open(name, encoding="utf-8"))):
        sys.exit(f"{name}: {list(error.path)}: {error.message[:200]}")
PYTHON
python=python3
"$python" -c 'import jsonschema' 2>/dev/null || python=/usr/bin/python3
"$python" validate.py "$schemas/sarif-2.1.0.json" {plain,marked,compared,clean}.sarif || fail "SARIF against its schema"
sed 's/"level": "error"/"level": "fatal"/' plain.sarif >wrong.sarif
! "$python" validate.py "$schemas/sarif-2.1.0.json" wrong.sarif >/dev/null 2>&1 || fail "the validator takes anything"

cp plain.sarif out
last="plain.sarif"
json "len(d['runs'][0]['results']) == sum(len(f['findings']) for f in json.load(open('plain.json'))['files'])" \
    "all(d['runs'][0]['tool']['driver']['rules'][r['ruleIndex']]['id'] == r['ruleId'] for r in d['runs'][0]['results'])" \
    "all(len(rule['help']['text']) > 300 for rule in d['runs'][0]['tool']['driver']['rules'])" \
    "all(len(r['partialFingerprints']['ziping/v1']) == 32 for r in d['runs'][0]['results'])" \
    "d['runs'][0]['invocations'][0]['executionSuccessful'] is False" \
    "len(d['runs'][0]['invocations'][0]['toolExecutionNotifications']) == 2" \
    "{r['suppressions'][0]['justification'] for r in d['runs'][0]['results'] if 'suppressions' in r} == {'said <so> & | done'}" \
    "any(r['locations'][0]['physicalLocation']['artifactLocation']['uri'] == 'evil%2Ca%3Ab%250A%7Cc.txt' for r in d['runs'][0]['results'])"
cp marked.sarif out
last="marked.sarif"
json "{r.get('baselineState') for r in d['runs'][0]['results'] if 'suppressions' not in r} == {'new', 'unchanged'}"
cp compared.sarif out
last="compared.sarif"
json "{r['baselineState'] for r in d['runs'][0]['results']} == {'new', 'unchanged'}"
expect 1 check a.txt --format sarif --diff-from old.json --select F
json "'absent' in {r['baselineState'] for r in d['runs'][0]['results']}"
# Past ZP_LIMIT_SARIF_RESULTS results are cut, and the file says how many.
echo 'limits: {sarif_results: 3}' >few.yaml
expect 1 check a.txt --format sarif --config few.yaml
json "len(d['runs'][0]['results']) == 3" \
    "'54 more were cut (ZP_LIMIT_SARIF_RESULTS)' in d['runs'][0]['invocations'][0]['toolExecutionNotifications'][0]['message']['text']"

# JUnit and Checkstyle: well-formed and as their XSD says.
for kind in $kinds; do
    for format in junit checkstyle; do
        xmllint --noout --schema "$schemas/$format.xsd" $kind.$format 2>lint.err || fail "$kind.$format: $(head -n 2 lint.err)"
    done
done
sed 's/severity="error"/severity="fatal"/' plain.checkstyle >wrong.xml
! xmllint --noout --schema "$schemas/checkstyle.xsd" wrong.xml 2>/dev/null || fail "the XSD takes anything"
python3 - <<'PYTHON' || fail "junit or checkstyle: the numbers"
import json, xml.etree.ElementTree as tree
report = json.load(open("plain.json", encoding="utf-8"))
suites = tree.parse("plain.junit").getroot().findall("testsuite")
assert suites.pop().get("name").endswith(".ziping.yaml") # the configuration that held comes last
assert [suite.get("name") for suite in suites] == [file["path"] for file in report["files"]]
for suite, file in zip(suites, report["files"]):
    cases = suite.findall("testcase")
    count = lambda tag: sum(case.find(tag) is not None for case in cases)
    assert int(suite.get("tests")) == len(cases) >= len(file["findings"])
    for attribute, tag in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]:
        assert int(suite.get(attribute)) == count(tag), (file["path"], tag)
    open_ones = [f for f in file["findings"] if "suppressed" not in f]
    assert count("failure") + count("error") == sum(f["severity"] != "note" for f in open_ones)
styles = tree.parse("plain.checkstyle").getroot().findall("file")
assert styles.pop().get("name").endswith(".ziping.yaml")
assert [len(style.findall("error")) for style in styles] == [len(file["findings"]) for file in report["files"]]
assert tree.parse("clean.junit").getroot().find("testsuite/testcase") is not None
PYTHON

# GitHub: a command a line, and nothing of the document can begin another.
python3 - <<'PYTHON' || fail "github annotations"
import json, re
report = json.load(open("plain.json", encoding="utf-8"))
lines = open("plain.github", encoding="utf-8", newline="").read().split("\n")
assert lines.pop() == ""
assert re.fullmatch(r"::notice::configuration .+: \d+ suppressed", lines.pop())
command = re.compile(r"::(error|warning|notice) file=([^,:]+)(?:,line=(\d+))?,title=([^,:]+)::(.+)")
parsed = [command.fullmatch(line) for line in lines]
assert all(parsed), [line for line, match in zip(lines, parsed) if not match][:3]
unescape = lambda text: text.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
wanted = [(file["path"], f["severity"]) for file in report["files"] for f in file["findings"] if "suppressed" not in f]
names = {"error": "error", "warning": "warning", "notice": "note"}
assert [(unescape(m[2]), names[m[1]]) for m in parsed] == wanted
assert {m[1] for m in command.finditer(open("marked.github", encoding="utf-8").read()) if "已知" in m[4]} == {"notice"}
PYTHON

# GitLab, JSON, NDJSON: jq.
for kind in $kinds; do
    jq -e 'type == "array" and all(.[]; (.description | length > 5) and (.check_name | test("^([A-Z][0-9]{2}|configuration)$")) and
        (.fingerprint | length >= 32) and (.severity | IN("info", "minor", "major", "critical", "blocker")) and
        (.location.path | length > 0) and (.location.lines.begin >= 1)) and
        ((map(.fingerprint) | unique | length) == length)' $kind.gitlab >jq.out || fail "$kind.gitlab"
    jq -e '.schema == "ziping/check/1" and .summary.files == (.files | length)' $kind.json >/dev/null || fail "$kind.json"
    jq -es '(.[-1] | has("summary")) and all(.[:-1][]; has("findings"))' $kind.ndjson >/dev/null || fail "$kind.ndjson"
done
"$ziping" check a.txt a.txt --format gitlab | jq -e '(map(.fingerprint) | unique | length) == length' >/dev/null ||
    fail "gitlab: fingerprints of the same form twice"

# CSV: Python's reader; no cell is a formula.
python3 - <<'PYTHON' || fail "csv"
import csv, json
for kind in ["plain", "marked", "compared", "clean"]:
    data = open(f"{kind}.csv", "rb").read()
    assert data.count(b"\n") == data.count(b"\r\n")
    rows = list(csv.DictReader(open(f"{kind}.csv", encoding="utf-8", newline=""), strict=True))
    held = [row for row in rows if row["name"] == "configuration"]
    assert all(row["path"] == ".ziping.yaml" and row["message"] for row in held)
    rows = [row for row in rows if row not in held]
    report = json.load(open(f"{kind}.json", encoding="utf-8"))
    assert len(held) == len(report["summary"].get("configuration", []))
    findings = [(file["path"], f) for file in report["files"] for f in file["findings"]]
    assert len(rows) == len(findings)
    for row, (path, finding) in zip(rows, findings):
        assert None not in row and row["path"] == path and row["code"] == finding["code"]
        assert row["stated"].lstrip("'") == (finding["stated"] or "").lstrip("'") and row["fingerprint"] == finding["fingerprint"]
        assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for cell in row.values() if cell)
PYTHON

# Markdown: cmark-gfm sees the tables, and no mark-up, link or cell that the document made.
for kind in $kinds; do
    cmark-gfm -e table -e autolink -e strikethrough -e tagfilter --to xml $kind.markdown >$kind.md.xml 2>md.err ||
        fail "cmark-gfm: $kind $(cat md.err)"
done
python3 - <<'PYTHON' || fail "markdown"
import json, xml.etree.ElementTree as tree
space = "{http://commonmark.org/xml/1.0}"
for kind in ["plain", "marked", "compared", "clean"]:
    root = tree.parse(f"{kind}.md.xml").getroot()
    report = json.load(open(f"{kind}.json", encoding="utf-8"))
    rows = root.findall(f".//{space}table_row")
    assert len(rows) == sum(len(file["findings"]) for file in report["files"]), (kind, len(rows))
    assert all(len(row.findall(f"{space}table_cell")) == 4 for row in rows)
    for forbidden in ["link", "image", "html_inline", "html_block", "emph", "code", "strikethrough"]:
        assert root.find(f".//{space}{forbidden}") is None, (kind, forbidden)
    headings = ["".join(text.text for text in node) for node in root.findall(f".//{space}heading")]
    assert headings == ["ziping"] + [file["path"] for file in report["files"] if file["findings"]], headings
PYTHON
# Past ZP_LIMIT_MARKDOWN_ROWS findings are only counted.
for _ in $(seq 30); do echo a.txt; done >many
expect 1 check --format markdown --no-config --files-from many
[ "$(grep -c '^| [ewn][a-z]* | [A-Z][0-9][0-9] ' out)" -eq 1500 ] || fail "markdown: rows"
out_has ' more are not listed (ZP\_LIMIT\_MARKDOWN\_ROWS)'
[ "$(wc -c <out)" -lt 1048576 ] || fail "markdown: over what a job summary takes"
# So it is past ZP_LIMIT_MARKDOWN_BYTES: names as long as they like.
sed "s/人员满意度\t/$(printf '满意度%.0s' $(seq 8000))\t/" a.txt >long.txt
for _ in $(seq 40); do echo long.txt; done >many
run check --format markdown --no-config --files-from many
out_has ' more are not listed (ZP\_LIMIT\_MARKDOWN\_BYTES)'
[ "$(wc -c <out)" -lt 1048576 ] || fail "markdown: over what a job summary takes"
python3 - <<'PYTHON' || fail "markdown: the count of what is not listed"
import re
text = open("out", encoding="utf-8").read()
listed = len(re.findall(r"^\| (?:error|warning|note) \|", text, re.M))
total = sum(int(n) for n in re.findall(r"(?:error|warning|note): (\d+)", text.splitlines()[-1]))
assert 0 < listed < total and listed + int(re.search(r"^(\d+) more", text, re.M)[1]) == total, (listed, total)
PYTHON

# No format lets a control or bidirectional character of the document through to a person.
python3 - <<'PYTHON' || fail "a control character got through"
import unicodedata
for kind in ["plain", "marked", "compared", "clean"]:
    for name in ["text", "junit", "checkstyle", "github", "markdown"]:
        text = open(f"{kind}.{name}", encoding="utf-8").read()
        bad = [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]
        assert not bad, (kind, name, bad[:3])
PYTHON
finish
