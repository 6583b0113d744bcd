#!/usr/bin/env bash
# Findings that somebody answered for: suppressions, baselines, comparison with an earlier report.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
cp "$seed" a.txt
one_form b.txt
export SOURCE_DATE_EPOCH=1790000000 # 2026-09-21

# Suppressions: rule and path, project or indicator; they are written, but do not count.
cat >.ziping.yaml <<'YAML'
suppressions:
  - rule: F04
    project: 网络安全 和信息化工作
    reason: confirmed by the bureau
  - rule: S07
    indicator: 人员满意度
    reason: agreed
    until: 2026-09-21
  - rule: funds-breakdown
    path: "other/*.txt"
    reason: elsewhere
YAML
expect 1 check --format json a.txt
json "[f['pointer'] for f in d['files'][0]['findings'] if f['code'] == 'F04' and 'suppressed' in f] == ['/funds/0/budget']" \
    "[f['suppressed'] for f in d['files'][0]['findings'] if f['code'] == 'S07' and 'suppressed' in f] == ['agreed']" \
    "d['summary']['suppressed'] == 2" "d['summary']['error'] == 9" "len(d['files'][0]['findings']) == 57"
err_is_empty
expect 1 check a.txt
out_has "[suppressed: confirmed by the bureau]"
out_has "2 suppressed"
err_is_empty # the third is about files that nobody looked at

# Stale and expired ones are told, on standard error; an expired one suppresses nothing.
cat >.ziping.yaml <<'YAML'
suppressions:
  - rule: F04
    project: 机关服务费
    reason: x
  - {rule: F09, path: "*.txt", reason: nothing there}
  - rule: S07
    indicator: 人员满意度
    reason: agreed
    until: 2026-09-20
YAML
run check --format json a.txt
err_has ".ziping.yaml:5: the suppression of F09 is stale"
err_has ".ziping.yaml:6: the suppression of S07 expired on 2026-09-20"
json "d['summary']['suppressed'] == 1" "len(d['notices']) == 2" "'stale' in d['notices'][0]"
run check --format sarif a.txt
json "len(d['runs'][0]['invocations'][0]['toolConfigurationNotifications']) == 3"
run check --lang zh a.txt
err_has "到期"

# All suppressed: nothing is left to fail.
printf 'select: [F04]\nsuppressions:\n  - {rule: F04, path: a.txt, reason: all}\n' >.ziping.yaml
expect 0 check a.txt
out_has "; no problems; 9 suppressed"
expect 0 check a.txt --fail-on note
rm .ziping.yaml

# Baselines: known findings are marked and do not count; a new one does.
expect 0 baseline write a.txt -o base.json
json_of() { cp "$1" out; }
json_of base.json
json "d['schema'] == 'ziping/baseline/1'" "sum(f['count'] for f in d['findings']) == 57"
expect 0 check a.txt --baseline base.json --fail-on note
out_has "[known]"
out_has "; no problems; 57 known"
expect 0 check a.txt --baseline base.json --format json
json "all(f['baseline'] == 'unchanged' for f in d['files'][0]['findings'])" "d['summary']['known'] == 57" \
    "d['summary']['error'] == 0" "len(d['files'][0]['findings']) == 57"
expect 1 check a.txt a.txt --baseline base.json --format json
json "all(f['baseline'] == 'new' for f in d['files'][1]['findings'])" "d['summary']['known'] == 57"
expect 0 baseline write a.txt a.txt -o twice.json
expect 0 check a.txt a.txt --baseline twice.json --fail-on note
sed 's/公务用车出车次数/公务用车出车趟次/' a.txt >changed.txt
run check changed.txt --baseline base.json --format json
json "[f['code'] for f in d['files'][0]['findings'] if f['baseline'] == 'new'] != []"
# A finding that has become graver is not the one that was known.
echo 'rules: {F04: note}' >.ziping.yaml
expect 0 baseline write a.txt -o mild.json
rm .ziping.yaml
expect 1 check a.txt --baseline mild.json --format json
json "{f['code'] for f in d['files'][0]['findings'] if f['baseline'] == 'new'} == {'F04'}"

# What could not be read is never known.
expect 3 baseline write a.txt missing.txt -o with-missing.json
err_has "missing.txt: D01"
json_of with-missing.json
json "not any(f['code'][0] == 'D' for f in d['findings'])"
expect 3 check a.txt missing.txt --baseline with-missing.json
sed 's/"code": "C06"/"code": "D01"/' base.json >tricked.json
expect 2 check a.txt --baseline tricked.json
err_has "D01 can never be in a baseline"

# prune: what is gone leaves; nothing does when an input could not be read.
expect 3 baseline prune base.json a.txt missing.txt
err_has "is left as it is"
expect 0 baseline prune base.json b.txt
err_has "taken out"
expect 0 check b.txt --baseline base.json --fail-on note
expect 1 check a.txt --baseline base.json --fail-on note
before=$(sha256sum <base.json)
expect 0 baseline prune base.json b.txt --quiet
[ "$before" = "$(sha256sum <base.json)" ] || fail "a second prune changes something"
expect 0 baseline write b.txt
out_has "ziping/baseline/1"

# Wrong files and words.
expect 2 check a.txt --baseline a.txt
err_has "a.txt:3: wrong JSON"
expect 2 check a.txt --baseline no-such.json
expect 2 check a.txt --diff-from base.json
err_has "ziping/check/1"
printf '{"schema": "ziping/baseline/1",\n "findings": [}' >broken.json
expect 2 check a.txt --baseline broken.json
err_has "broken.json:2"
echo '{"schema": "ziping/baseline/1", "findings": [{"code": "F04", "severity": "error", "fingerprint": "x", "count": 0}]}' >zero.json
expect 2 check a.txt --baseline zero.json
err_has "entry 1"
expect 2 baseline
expect 2 baseline wipe a.txt
expect 2 baseline write
expect 2 baseline write a.txt -o a.txt
expect 2 baseline prune base.json
expect 2 baseline prune base.json b.txt -o x
grep -q 机关服务费 a.txt || fail "an input was overwritten"

# --diff-from: new, gone, unchanged; the exit code does not follow it.
"$ziping" check --format json a.txt >old.json
expect 1 check --format json --diff-from old.json a.txt
json "d['summary']['diff'] == {'new': 0, 'gone': 0, 'unchanged': 57}" "d['gone'] == []"
expect 1 check --format json --diff-from old.json b.txt
json "d['summary']['diff']['new'] == 0" "d['summary']['diff']['gone'] == 57 - len(d['files'][0]['findings'])" \
    "sum(g['count'] for g in d['gone']) == d['summary']['diff']['gone']" "all(f['diff'] == 'unchanged' for f in d['files'][0]['findings'])"
run check --diff-from old.json changed.txt
out_has "[new]"
out_has "compared with the earlier report: "
run check --diff-from old.json b.txt
out_has "  gone  F04  a.txt 网络宣传工作 /funds/0/budget"
# What is too large is not read to its end, and a pipe not at all. A report without its findings is none.
truncate -s 2M large
expect 2 check --config large a.txt
err_has "large: over 1048576 bytes (ZP_LIMIT_DATA_BYTES)"
expect 2 check --quiet --config <(echo 'select: [F09]') a.txt
err_has "no regular file"
echo '{"schema": "ziping/check/1", "files": [{"path": "a.txt"}]}' >report.json
expect 2 check --diff-from report.json a.txt
err_has "report.json: entry 1 of findings is wrong"
echo '{"schema": "ziping/baseline/1", "findings": [{"code": "F04", "severity": "off", "count": 1, "fingerprint": "x"}]}' >off.json
expect 2 check --baseline off.json a.txt
out_is_empty
finish
