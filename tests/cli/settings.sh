#!/usr/bin/env bash
# The configuration: where it is found, what it does, and that a mistake in it stops everything.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
export XDG_CONFIG_HOME=$work/xdg
cp "$seed" a.txt

# codes FILE…: which rules fired, a word each.
codes() { "$ziping" check --no-config --format csv "$@" 2>/dev/null | cut -d, -f7 | tail -n +2 | sort -u | tr '\n' ' '; }
fired() { python3 -c 'import json; print(" ".join(sorted({f["code"] + ":" + f["severity"] for file in json.load(open("out"))["files"] for f in file["findings"]})))'; }

# Severities; the notes of a rounding habit stay notes, whatever the rule's level.
echo 'rules: {F01: warning, F04: note, C06: off, overspent: off, C08: error}' >.ziping.yaml
expect 1 check --format json a.txt
json "all(f['severity'] == 'note' for f in d['files'][0]['findings'] if f['code'] in ('F01', 'F04'))" \
    "all(f['severity'] == 'error' for f in d['files'][0]['findings'] if f['code'] == 'C08')" \
    "not any(f['code'] == 'C06' for f in d['files'][0]['findings'])" \
    "sum(c['checks']['failed'] for c in d['files'][0]['forms']) == len(d['files'][0]['findings'])"
cp out with.json
# A rule that is off is not asked, so its checks count as nothing, passed least of all.
expect 1 check --format json --no-config a.txt
json "sum(sum(c['checks'].values()) for c in d['files'][0]['forms']) > sum(sum(c['checks'].values()) for c in json.load(open('with.json'))['files'][0]['forms'])"

# select and ignore: codes, prefixes, names; the closer word wins.
echo 'select: [F, S07]' >.ziping.yaml
run check --format json a.txt
[ "$(fired | tr ' ' '\n' | cut -c1 | sort -u | tr -d '\n')" = FS ] || fail "select: $(fired)"
printf 'select: [F01, S]\nignore: [F, S07]\n' >.ziping.yaml
run check --format json a.txt
[ "$(fired)" = "F01:note S05:error S05:warning S09:warning" ] || [ "$(fired)" = "F01:note S05:warning S09:warning" ] ||
    fail "closer word: $(fired)"
[ "$(codes --select F01,S09 a.txt)" = "F01 S09 " ] || fail "--select: $(codes --select F01,S09 a.txt)"
case " $(codes --ignore C,F04 a.txt)" in *" C"* | *" F04"*) fail "--ignore" ;; esac
[ "$(codes --select execution-rate a.txt)" = "F01 " ] || fail "--select by name"
case " $(codes --select ALL a.txt)" in *F04*S07*) ;; *) fail "--select ALL" ;; esac

# C07 is off by itself; a configuration turns it on, and what fires has the severity set there.
sed 's/≥300次/300次/' a.txt >bare.txt
[ "$(codes --select C bare.txt | grep -c C07)" = 0 ] || fail "C07 speaks unasked"
[ "$(codes --select C07 bare.txt)" = "C07 " ] || fail "--select C07"
printf 'select: [F03]\nrules: {C07: warning}\n' >.ziping.yaml
run check --format json bare.txt
[ "$(fired)" = "C07:warning" ] || fail "C07 by configuration: $(fired)"

# The nearest file upward from the working folder, alone; one below it, beside documents, only raises; --config and --no-config.
mkdir -p tree/inner/deep tree/other
cp a.txt tree/inner/deep/a.txt
cp a.txt tree/other/b.txt
echo 'select: [F04]' >tree/.ziping.yaml
echo 'select: [S09]' >tree/inner/.ziping.yaml
cd tree || exit 1
run check --format json .
json "{f['code'] for f in d['files'][0]['findings']} == {'F04', 'S09'}" "{f['code'] for f in d['files'][1]['findings']} == {'F04'}"
cd inner/deep || exit 1
run check --format json a.txt
json "{f['code'] for f in d['files'][0]['findings']} == {'S09'}"
"$ziping" check --format json - <a.txt >"$work/out"
last="standard input"
json "{f['code'] for f in d['files'][0]['findings']} == {'S09'}"
cd "$work" || exit 1
run check --format json tree --config tree/other/../.ziping.yaml
json "{f['code'] for x in d['files'] for f in x['findings']} == {'F04'}"
run check --format json tree --no-config
json "len({f['code'] for x in d['files'] for f in x['findings']}) > 5"
rm .ziping.yaml
mkdir -p xdg/ziping
echo 'select: [C08]' >xdg/ziping/config.yaml
run check --format json a.txt
[ "$(fired)" = "C08:note" ] || fail "XDG_CONFIG_HOME: $(fired)"
run check --format json tree/other/b.txt
[ "$(fired)" = "C08:note F04:error" ] || fail "beside documents, over XDG_CONFIG_HOME: $(fired)"
(cd tree/other && "$ziping" check --format json b.txt >"$work/out")
[ "$(fired)" = "F04:error" ] || fail "a nearer file beside XDG_CONFIG_HOME"
rm -r xdg

# Overrides by path and template, in their order.
cat >.ziping.yaml <<'YAML'
select: [F04, S09]
overrides:
  - path: tree/other/
    rules: {F04: off}
  - path: "tree/**/*.txt"
    rules: {S09: note}
  - template: hubei
    rules: {F04: note}
YAML
rm tree/.ziping.yaml tree/inner/.ziping.yaml
run check --format json a.txt tree
json "[sorted({f['code'] + f['severity'] for f in x['findings']}) for x in d['files']] == [['F04error', 'S09warning'], ['F04error', 'S09note'], ['S09note']]"
sed -i 's/hubei/shanghai/' .ziping.yaml
run check --format json a.txt
json "{f['severity'] for f in d['files'][0]['findings'] if f['code'] == 'F04'} == {'note'}"

# What concerns the run: level, language; an option wins.
printf 'fail_on: never\nlang: zh\nshow: error\n' >.ziping.yaml
expect 0 check a.txt
out_has "错误"
out_lacks "提示  "
out_has "未列出"
expect 1 check a.txt --fail-on error --lang en --show note
out_has "note     C06"
# Limits can be lowered.
echo 'limits: {input_bytes: 100}' >.ziping.yaml
expect 3 check a.txt
out_has "ZP_LIMIT_INPUT_BYTES"
mkdir -p tree/1/2/3
cp a.txt tree/1/2/3/c.txt
echo 'limits: {folder_depth: 2}' >.ziping.yaml
expect 3 check tree --fail-on never
out_has "ZP_LIMIT_FOLDER_DEPTH"
rm -r tree/1

# --show-config: each setting with its origin; what it prints is a configuration again.
cat >.ziping.yaml <<'YAML'
fail_on: warning
rules:
  F01: warning
ignore: [C]
suppressions:
  - rule: F04
    path: a.txt
    reason: confirmed "so"
YAML
expect 0 check --show-config --select F,C08 a.txt
grep -q '^fail_on: warning  *# .*ziping.yaml:1$' out || fail "show-config: fail_on"
grep -q '^  F01: warning  *# --select, --ignore$' out || fail "show-config: F01"
grep -q '^  S07: off  *# --select, --ignore$' out || fail "show-config: S07"
expect 0 check --show-config --fail-on never --lang zh a.txt
grep -q '^fail_on: never  *# --fail-on$' out || fail "show-config: --fail-on"
grep -q '^lang: zh  *# --lang$' out || fail "show-config: --lang"
expect 0 check --show-config a.txt
grep -q '^  F01: warning  *# .*ziping.yaml:3$' out || fail "show-config: the line of F01"
grep -q '^  C08: off  *# .*ziping.yaml:4$' out || fail "show-config: the line of ignore"
grep -q '^  F10: note  *# default$' out || fail "show-config: default"
out_lacks "forms in"
cp out again.yaml
"$ziping" check --format json a.txt >first.json
expect 1 check --format json --config again.yaml --fail-on note a.txt
python3 - <<'PYTHON' || fail "the settings shown are not the settings"
import json
first, again = (json.load(open(name, encoding="utf-8")) for name in ("first.json", "out"))
for report in (first, again): # which of the two files held differs
    report["summary"].pop("configuration")
assert first == again
PYTHON

# Every mistake: exit 2, file and line, nothing checked.
wrong() { # LINE WHAT, the file on standard input
    cat >.ziping.yaml
    expect 2 check a.txt missing.txt --format text --format json=made.json
    out_is_empty
    err_has ".ziping.yaml:$1: "
    err_has "$2"
    [ ! -e made.json ] || fail "an output was written"
    expect 2 check --lang zh a.txt
    err_has ".ziping.yaml:$1: "
}
printf 'lang: en\nrulez: {}\n' | wrong 2 "unknown key rulez"
printf 'rules:\n  F01: error\n  F99: error\n' | wrong 3 "unknown key F99"
printf 'rules:\n  F01: fatal\n' | wrong 2 "error, warning, note or off, not fatal"
printf 'rules:\n  F01: note\n  F01: error\n' | wrong 3 "twice"
printf 'rules:\n  F01: note\n  execution-rate: error\n' | wrong 3 "twice"
printf 'rules:\n  D01: off\n' | wrong 2 "cannot be turned off"
printf 'ignore: [F01, D02]\n' | wrong 1 "D02"
printf 'select:\n  - F01\n  - Z\n' | wrong 3 "no rule begins with Z"
printf 'select: F01\n' | wrong 1 "a list"
printf 'rules: [F01]\n' | wrong 1 "key: value"
printf 'lang: fr\n' | wrong 1 "fr"
printf '\n\nfail_on: info\n' | wrong 3 "info"
printf 'show: [note]\n' | wrong 1 "a word"
printf 'profile: none-such\n' | wrong 1 "no profile none-such"
printf 'profile: ../default\n' | wrong 1 "no profile"
printf 'limits:\n  input_bytes: 10MB\n' | wrong 2 "ZP_LIMIT_INPUT_BYTES"
printf 'limits: {sarif_results: 25001}\n' | wrong 1 "ZP_LIMIT_SARIF_RESULTS"
printf 'limits: {folder_depth: 0}\n' | wrong 1 "ZP_LIMIT_FOLDER_DEPTH"
printf 'overrides:\n  - rules: {F01: off}\n' | wrong 2 "a path or a template"
printf 'overrides:\n  - path: a\n    templat: hubei\n' | wrong 3 "templat"
printf 'overrides:\n  - template: atlantis\n' | wrong 2 "atlantis"
printf 'suppressions:\n  - rule: F01\n    path: a.txt\n' | wrong 2 "reason"
printf 'suppressions:\n  - rule: F01\n    path: a.txt\n    reason: " "\n' | wrong 2 "reason"
printf 'suppressions:\n  - rule: F01\n    reason: x\n' | wrong 2 "a path, a project or an indicator"
printf 'suppressions:\n  - path: a\n    reason: x\n' | wrong 2 "a rule"
printf 'suppressions:\n  - rule: D01\n    path: a\n    reason: x\n' | wrong 2 "D01 cannot be suppressed"
printf 'suppressions:\n  - rule: F01\n    path: a\n    reason: x\n    until: 2026-02-30\n' | wrong 5 "2026-02-30"
printf 'suppressions:\n  - rule: F01\n    path: a\n    reason: x\n    until: soon\n' | wrong 5 "soon"
printf 'lang: en\n---\nlang: zh\n' | wrong 2 "more than one"
printf 'lang: en\n  bad: [\n' | wrong 2 "wrong YAML"
printf 'lang: en\n\tshow: note\n' | wrong 2 "wrong YAML"
printf 'lang: \xff\n' | wrong 1 "wrong YAML"
printf 'rules: &a {F01: *a}\n' | wrong 1 "an alias"
{ head -c 1100000 /dev/zero | tr '\0' '#'; } >.ziping.yaml
expect 2 check a.txt
err_has "ZP_LIMIT_DATA_BYTES"
: >.ziping.yaml
expect 1 check a.txt
echo '# only a comment' >.ziping.yaml
expect 1 check a.txt
# A mistake further down a folder stops the run as well.
rm .ziping.yaml
echo 'x: 1' >tree/inner/deep/.ziping.yaml
expect 2 check a.txt tree
err_has "tree/inner/deep/.ziping.yaml:1: "
out_is_empty
rm tree/inner/deep/.ziping.yaml
mkdir .ziping.yaml
expect 2 check a.txt
rmdir .ziping.yaml
mkfifo .ziping.yaml
expect 2 check a.txt
err_has "not a regular file"
rm .ziping.yaml
# Nesting past ZP_LIMIT_TREE_DEPTH is refused before libyaml takes its time over it.
python3 -c 'print("lang: en\nrules: " + "[" * 400000)' >.ziping.yaml
expect 2 check a.txt
err_has ".ziping.yaml:2: nested deeper than 16 (ZP_LIMIT_TREE_DEPTH)"
rm .ziping.yaml
expect 2 check a.txt --config no-such.yaml
err_has "no-such.yaml"
expect 2 check a.txt --config a.txt --no-config
expect 2 check a.txt --select F01,Z9
err_has "--select"
expect 2 check a.txt --select ''
expect 2 check a.txt --ignore D01
expect 2 check a.txt --show loud
err_has "--show"
finish

# What was meant is said of keys, rules and values.
while IFS='|' read -r line meant; do
    echo "$line" >meant.yaml
    expect 2 check a.txt --config meant.yaml
    err_has "did you mean $meant?"
done <<'END'
rules: {F01: 警告}|warning
rules: {F0l: error}|F01
fail_on: 错误|error
show: notes|note
profile: hubie|hubei
select: [S99]|S09
lang: cn|zh
rulse: {F01: error}|rules
END
