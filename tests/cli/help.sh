#!/usr/bin/env bash
# Help and what is near it: groups and examples, a command's help, rules as data and by a word, values behind letters.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
cp "$here/../golden/sound-hubei/input.txt" form.txt

expect 0 help check
cp out help.txt
expect 0 check --help
cmp -s out help.txt || fail "help check is not check --help"
for head in Input: Output: Selection: Configuration: Limits: Running: Examples:; do out_has "$head"; done
expect 0 help
expect 2 help chek
err_has "did you mean check?"
expect 2 help F01
err_has "ziping explain F01"

expect 0 rules --format json
json "d['schema'] == 'ziping/rules/1'" "len(d['rules']) > 50" \
    "all(r.keys() == {'code', 'name', 'severity', 'zh', 'en'} and all(r.values()) for r in d['rules'])"
expect 2 rules --format yaml
expect 2 rules --format text --format json

# What is read and written: both tables, and whatever they say is taken.
expect 0 formats --format json
json "d['schema'] == 'ziping/formats/1'" \
    "all(r.keys() == {'name', 'zh', 'en', 'suffixes', 'fix', 'annotate'} and r['zh'] and r['en'] and r['suffixes'] for r in d['read'])" \
    "all(r.keys() == {'name', 'zh', 'en', 'convert', 'check'} and r['zh'] and r['en'] and (r['convert'] or r['check']) for r in d['written'])" \
    "{r['name'] for r in d['read'] if r['fix']} == {'text', 'html', 'markdown', 'docx', 'xlsx'}"
python3 -c 'import json; d = json.load(open("out")); print(*[(c, r["name"]) for r in d["written"] for c in ("convert", "check") if r[c]], sep="\n")' |
    tr -d "(),'" >written.txt
while read -r command name; do
    [ "$name" != pdf-text ] || continue # one scan's
    run "$command" "--$([ "$command" = check ] && echo format || echo to)" "$name=made" form.txt
    [ -e made ] || fail "$command writes no $name"
    rm -f made
done <written.txt
expect 0 formats --lang zh
for words in 读入的格式 "Word（.docx）" 重新画的表，网页; do out_has "$words"; done
expect 0 formats --lang en
for words in "web pages (HTML)" .xlsm "a report for people"; do out_has "$words"; done
expect 2 formats --format yaml
expect 2 formats form.txt

expect 0 explain --lang zh F01
cp out page.txt
expect 0 explain --lang zh 执行率 # the title of F01
cmp -s out page.txt || fail "explain by a title"
expect 0 explain --lang zh 满意度 # several rules speak of it
out_has "C18"
out_lacks "## "
expect 2 explain F0I
err_has "did you mean F0"
expect 2 explain ""

expect 0 check -j2 form.txt
expect 0 check -j2 -omade.txt form.txt
[ -s made.txt ] || fail "-oFILE"
expect 0 check -o -j2 form.txt # a value may look like an option
[ -s ./-j2 ] || fail "-o -j2"
expect 2 check -j form.txt
expect 2 check --format jso form.txt
err_has "did you mean --format json?"
finish

# Values, too: mistyped, shortened, called by their program or said in Chinese.
while IFS='|' read -r option word meant; do
    expect 2 check form.txt "$option" "$word" --split-dir new
    err_has "did you mean $meant?"
done <<'END'
--fail-on|warn|warning
--fail-on|错误|error
--show|提示|note
--show|notes|note
--profile|hubie|hubei
--profile|湖北|hubei
--select|F0l|F01
--ignore|execution-rat|execution-rate
--format|md|--format markdown
--from|exel|xlsx
--ocr|allways|always
--lang|cn|zh
END
expect 2 check form.txt --split-by units --split-dir new
err_has "did you mean unit?"
expect 2 check form.txt --fail-on never-ever-so
grep -q "did you mean" err && fail "a guess where nothing is near"
