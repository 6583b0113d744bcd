#!/usr/bin/env bash
# The rules between forms over a whole run: which earlier form is named, in every format.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
sound="$here/../golden/sound-central/input.txt"

mkdir in
cp "$sound" in/1-first.txt
cp "$sound" in/2-same.txt
sed 's/620人/630人/' "$sound" >in/3-other.txt
sed 's/社区技能培训/社区夜校/' "$sound" >in/4-text.txt
expect 1 check --format json in
json 'd["files"][0]["findings"] == []' \
    '[f["code"] for f in d["files"][1]["findings"]] == ["X01"]' \
    '[f["code"] for f in d["files"][2]["findings"]] == ["X02"]' \
    '[f["code"] for f in d["files"][3]["findings"]] == ["X03"]' \
    'all(f["related"] == [{"path": "in/1-first.txt", "form": 0}] for x in d["files"] for f in x["findings"])' \
    'd["files"][1]["findings"][0]["pointer"] == "" and d["files"][3]["findings"][0]["pointer"] == "/goals/actual"' \
    'd["files"][1]["forms"][0]["checks"]["failed"] == 1' \
    'len({f["fingerprint"] for x in d["files"] for f in x["findings"]}) == 3' \
    'd["summary"]["error"] == 1 and d["summary"]["warning"] == 1 and d["summary"]["note"] == 1'
expect 1 check --lang en in
out_has "form 1 of in/1-first.txt"
out_has "but the figures of the indicators differ"
expect 1 check --lang zh in
out_has "in/1-first.txt 的第 1 张表"
expect 1 check --format ndjson in
out_has '"related": [{"path": "in/1-first.txt", "form": 0}]'

# Only one run is compared, and the order of the inputs decides who is the earlier one.
expect 0 check in/1-first.txt
expect 0 check --lang en in/2-same.txt in/1-first.txt
out_has "form 1 of in/2-same.txt"

# One document in two formats is a note, and a line of its own in the report for people.
mkdir formats formats/other
cp "$sound" formats/a.txt
cp "$here/../golden/sound-central/input.docx" formats/a.docx
cp "$sound" formats/other/a.txt
expect 0 check --format json formats
json '[(f["code"], f["severity"]) for f in d["files"][1]["findings"]] == [("X01", "note")]' \
    '[(f["code"], f["severity"]) for f in d["files"][2]["findings"]] == [("X01", "warning")]'
rm -r formats/other
expect 0 check --lang zh formats
out_has "另有 1 张表与同名而格式不同的文件里的表相同（X01）"
out_lacks "a.txt"
expect 0 check --lang zh --all formats
out_has "是同一份文件的两种格式"

# A path that is no UTF-8 is named as it can be shown, with its bytes beside it.
cp "$sound" "$(printf 'a\377.txt')"
expect 0 check --format json "$(printf 'a\377.txt')" in/1-first.txt
json 'd["files"][1]["findings"][0]["related"][0]["path_bytes"] == "61ff2e747874"'

# A profile may turn them off.
printf 'name: own\nseverities:\n  - {rule: X01, severity: off}\n  - {rule: X02, severity: off}\n  - {rule: X03, severity: off}\n' >own.yaml
expect 0 check --lang en --profile own.yaml in
out_has "no problems"
expect 0 convert --to ndjson in

finish
