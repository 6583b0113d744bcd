#!/usr/bin/env bash
# What could not be judged never looks clean: counted and said in every format, in both languages, through baselines,
# shards, journals and caches; and a form alone is compared with nothing.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
golden="$here/../golden"
cp "$golden/sound-central/input.txt" sound.txt
# A target and an actual value of words that differ: S06 and its like cannot say anything.
sed 's/620人/办完/; s/≥600人/办结/' sound.txt >words.txt
cmp -s sound.txt words.txt && fail "the form is as it was"
# Project and unit are blank: X01 to X03 have no key.
cp "$golden/form-chongqing-2022/input.txt" nameless.txt

expect 0 check --lang zh sound.txt
out_has "没有问题"
expect 0 check --lang en sound.txt
out_has "no problems"
expect 0 check --fail-on unjudged sound.txt
expect 0 check --format json words.txt
json "d['summary']['unjudged'] == len(d['files'][0]['not_evaluable']) > 0" \
    "d['summary']['unjudged'] == d['files'][0]['forms'][0]['checks']['not_evaluable']"
unjudged=$(python3 -c 'import json; print(json.load(open("out"))["summary"]["unjudged"])')
for lang in zh en; do
    run check --lang $lang --fail-on never words.txt
    out_lacks "没有问题"
    out_lacks "no problems"
done
out_has "; $unjudged unjudged"
expect 1 check --fail-on unjudged words.txt
expect 1 check --fail-on unjudged --quiet words.txt
expect 2 check --show unjudged words.txt
err_has "--show is error, warning, note or never"
echo 'fail_on: unjudged' >strict.yaml
expect 1 check --config strict.yaml words.txt
echo 'show: unjudged' >wrong.yaml
expect 2 check --config wrong.yaml words.txt

# A file beside it is clean, and only that one is counted so; the reasons of the run come last.
run check --fail-on never sound.txt words.txt
out_has "; $unjudged unjudged; 1 clean"
tail -n 1 out | grep -q '^ *[0-9]*  unjudged  ' || fail "$last: no reasons of the run"

# Every format has every place, or says how many.
words=""
for format in $(text_formats check); do words="$words --format $format=r.$format"; done
# shellcheck disable=SC2086
run check --lang en --fail-on never words.txt $words
python3 - "$unjudged" <<'PYTHON' || fail "a format lacks what could not be judged"
import csv, json, sys, xml.etree.ElementTree as tree
n = int(sys.argv[1])
read = lambda name: open("r." + name, encoding="utf-8", newline="").read()
assert json.loads(read("ndjson").splitlines()[-1])["summary"]["unjudged"] == n
assert sum(row["severity"] == "unjudged" for row in csv.DictReader(read("csv").splitlines())) == n
opens = [r for r in json.loads(read("sarif"))["runs"][0]["results"] if r.get("kind") == "open"]
assert len(opens) == n and all(r["level"] == "none" and r["message"]["text"] for r in opens)
suite = tree.fromstring(read("junit")).find("testsuite")
assert int(suite.get("skipped")) == n == len(suite.findall("testcase/skipped"))
assert len(suite.findall("testcase")) == int(suite.get("tests"))
assert read("markdown").count("| unjudged |") == n and f"unjudged: {n}" in read("markdown") and "no problems" not in read("markdown")
for name in ["checkstyle", "github", "gitlab", "text"]:
    assert f"{n} check" in read(name), name
PYTHON

# It takes no room from findings: SARIF keeps a fifth of its results for it, and says what is cut.
echo 'limits: {sarif_results: 10}' >few.yaml
expect 1 check "$golden/yinchuan-school-2021/input.txt" sound.txt --format sarif --config few.yaml
json "sum(r.get('kind') == 'open' for r in d['runs'][0]['results']) == 2" \
    "'more were cut' in d['runs'][0]['invocations'][0]['toolExecutionNotifications'][0]['message']['text']"

# A rule that is off is not asked; a baseline makes nothing judged.
expect 0 check --fail-on unjudged --select F words.txt
expect 0 baseline write words.txt -o base.json
expect 1 check --fail-on unjudged --baseline base.json words.txt

# Shards, a journal gone on with and a cache give what one run gives.
cp words.txt a.txt && cp sound.txt b.txt && cp nameless.txt c.txt && cp "$golden/broken-1-no-indicators/input.txt" d.txt
run check --fail-on never --format json=whole.json a.txt b.txt c.txt d.txt
for part in 1 2 3; do run check --shard $part/3 -o $part.rec a.txt b.txt c.txt d.txt; done
run merge --fail-on never --format json=merged.json 1.rec 2.rec 3.rec
cmp whole.json merged.json || fail "merged is not the run itself"
run merge --fail-on unjudged 1.rec 2.rec 3.rec
exits 1
run check --fail-on never --format json=first.json --journal j --cache cache a.txt b.txt c.txt d.txt
run check --fail-on never --format json=again.json --journal j --resume --cache cache a.txt b.txt c.txt d.txt
cmp whole.json again.json || fail "a run gone on with is not the run itself"

# Between forms: alone nothing is judged and nothing is missing; beside another form the blank key is said. What
# holds no form makes no company, before or behind.
echo "nothing" >none.txt
for files in "nameless.txt" "none.txt nameless.txt none.txt none.txt"; do
    # shellcheck disable=SC2086
    run check --format json $files
    json "d['summary']['unjudged'] == 0" "d['summary']['files'] == len('$files'.split())" \
        "[f['path'] for f in d['files']] == '$files'.split()"
done
expect 0 check --format json nameless.txt sound.txt
json "{u['code'] for u in d['files'][0]['not_evaluable']} == {'X01', 'X02'}"
expect 0 check --format json sound.txt nameless.txt
json "{u['code'] for u in d['files'][1]['not_evaluable']} == {'X01', 'X02'}"
python3 -c 'print("none.txt\n" * 100, end="")' >many
echo nameless.txt | cat - many many >list
run check --format json --files-from list
json "len(d['files']) == 201 and d['files'][0]['path'] == 'nameless.txt'"
mkdir folder && cp nameless.txt folder
expect 0 check folder
err_is_empty
out_has "no problems"
finish
