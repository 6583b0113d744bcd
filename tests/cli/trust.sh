#!/usr/bin/env bash
# A configuration beside submitted documents raises severities and silences nothing; every report tells what held.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
mkdir -p sent/below
cp "$here/../golden/seed-3/input.txt" sent/a.txt
cp sent/a.txt sent/below/b.txt
run check --format json sent
right=$(python3 -c "import json; print(sorted((f['path'], x['code'], x['severity']) for f in json.load(open('out'))['files'] for x in f['findings']))")

# Whatever it says, nothing is milder than without it, and the exit code is the same.
for said in 'rules: {F04: off, S07: note}' 'ignore: [ALL]' 'select: [X]' 'fail_on: never' 'show: never' 'profile: hubei' 'limits: {sarif_results: 1, cells: 1}' \
    'overrides: [{path: a.txt, ignore: [ALL]}, {template: shanghai, rules: {F04: off}}]' \
    'suppressions: [{rule: F04, path: "**", reason: x}, {rule: S07, path: a.txt, reason: x}]' 'require_sandbox: false' 'lang: zh'; do
    echo "$said" >sent/.ziping.yaml
    expect 1 check --format json sent
    python3 - "$right" <<'PYTHON' || fail "silenced by: $said"
import json, sys
d = json.load(open("out", encoding="utf-8"))
assert str(sorted((f["path"], x["code"], x["severity"]) for f in d["files"] for x in f["findings"])) == sys.argv[1]
assert all("suppressed" not in x for f in d["files"] for x in f["findings"])
(held,) = d["summary"]["configuration"]
assert held["path"].endswith("sent/.ziping.yaml") and held["trusted"] is False and held["held_back"], held
assert held["off"] == held["lowered"] == [] and held["suppressed"] == 0
PYTHON
    # From within the folder, or by --config, it counts.
    (cd sent && "$ziping" check --format json . >../inside 2>&1)
    "$ziping" check --format json --config sent/.ziping.yaml sent >by-config 2>&1
    grep -q '"trusted": false' inside by-config && fail "not trusted where it is named: $said"
done

# It raises, over a trusted one, which goes on holding.
echo 'rules: {F04: note, F10: warning}' >.ziping.yaml
echo 'rules: {F04: error, F10: note, C06: error}' >sent/.ziping.yaml
expect 1 check --format json sent
json "{(x['code'], x['severity']) for f in d['files'] for x in f['findings'] if x['code'] in ('F04', 'F10', 'C06')} >= {('F04', 'error'), ('F10', 'warning'), ('C06', 'error')}" \
    "[(h['trusted'], h['lowered'], h['held_back']) for h in d['summary']['configuration']] == [(False, [], []), (True, ['F04'], [])]"
rm .ziping.yaml sent/.ziping.yaml

# Links: from the working folder followed, beside documents not.
echo 'rules: {F04: off}' >elsewhere.yaml
ln -s ../elsewhere.yaml sent/.ziping.yaml
expect 2 check sent
err_has "a link"
rm sent/.ziping.yaml
ln -s elsewhere.yaml .ziping.yaml
run check sent
out_lacks "F04  "
mkdir other && ln -s "$work" other/back
(cd other/back/sent && "$ziping" check . >"$work/out") # the working folder, by way of a link
out_lacks "F04  "
rm .ziping.yaml

# Its name is of the current folder, as reports of a project need it, however it was named.
echo 'rules: {F04: off}' >.ziping.yaml
expect 0 check --format gitlab --config "$work/.ziping.yaml" sent
python3 -c 'import json; assert [x["location"]["path"] for x in json.load(open("out")) if x["check_name"] == "configuration"] == [".ziping.yaml"]' ||
    fail "a configuration's path is not the project's"
(cd other && "$ziping" check --format json ../sent >../out)
json "[h['path'] for h in d['summary']['configuration']] == ['../.ziping.yaml']"
rm .ziping.yaml

# Every report tells it, and of what silenced.
echo 'rules: {F04: off, F10: off}' >.ziping.yaml
for format in $(text_formats check); do
    run check --format $format --lang en sent
    out_has ".ziping.yaml"
    out_has "F04"
    echo 'ignore: [S07]' >sent/.ziping.yaml
    run check --format $format --lang en sent
    out_has "sent/.ziping.yaml"
    rm sent/.ziping.yaml
done
run check --lang zh sent
out_has "关闭 F04 F10"

# The wall that a trusted configuration requires.
echo 'require_sandbox: true' >.ziping.yaml
expect 2 check --no-sandbox sent
out_is_empty
expect 2 check --config .ziping.yaml --no-sandbox sent
mv .ziping.yaml sent/
expect 1 check --no-sandbox sent
echo 'require_sandbox: perhaps' >.ziping.yaml
expect 2 check sent
err_has "require_sandbox is true or false"
finish
