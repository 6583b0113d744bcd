#!/usr/bin/env bash
# A ledger beside forms: what differs (X08), what is missing on either side (X09), and how it is given.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"

mkdir in
cp "$here/../golden/sound-central/input.txt" in/a.txt

# ledger ROW…: a ledger of the form's year in yuan; a row is its cells with bars between.
ledger() {
    printf '2023年度项目支出绩效自评结果汇总表\n%s\n' "${head:-| 项目名称 | 实施单位 | 全年预算数（万元） | 全年执行数（万元） | 执行率 | 自评得分 |}"
    printf '| %s |\n' "$@"
}
row='社区技能培训 | 市培训中心'

# Equal on both sides: nothing, and the ledger is a file of its own behind the others.
ledger "$row | 180.00 | 171 | 95.00% | 99.5" >ledger.txt
expect 0 check --format json in --ledger ledger.txt
json '[f["path"] for f in d["files"]] == ["in/a.txt", "ledger.txt"]' 'all(f["findings"] == [] for f in d["files"])' \
    'd["files"][1]["forms"] == [] and d["files"][1]["error"] is None and d["summary"]["files"] == 2'

# One figure of each kind differs.
ledger "$row | 190.00 | 171.01 | 95.01% | 98" >ledger.txt
expect 1 check --format json in --ledger ledger.txt
json '[(f["code"], f["severity"], f["pointer"], f["stated"], f["expected"]) for f in d["files"][0]["findings"]] == [("X08", "error", "/funds/0/budget", "180.00", "190.00"), ("X08", "error", "/funds/0/executed", "171.00", "171.01"), ("X08", "error", "/funds/0/rate", "95.00%", "95.01%"), ("X08", "error", "/total/score", "99.5", "98")]' \
    'all(f["related"] == [{"path": "ledger.txt", "form": None}] for f in d["files"][0]["findings"])' \
    'd["files"][1]["findings"] == []' 'd["files"][0]["forms"][0]["checks"]["failed"] == 4'
expect 1 check --lang zh in --ledger ledger.txt
out_has "预算数印的是 180.00万元，汇总表 ledger.txt 第 3 行印的是 190.00万元，两处不一致"
for format in $(text_formats check); do
    expect 1 check --format $format in --ledger ledger.txt
    out_has X08
done

# Rounding only is a note that names the habit; another unit of money is no difference, and 0.95 is 95%.
ledger "$row | 180.00 | 171 | 95% | 100" >ledger.txt
expect 0 check --format json in --ledger ledger.txt
json '[(f["severity"], f["pointer"], f["habit"]) for f in d["files"][0]["findings"]] == [("note", "/total/score", "rounded")]'
head='| 项目名称 | 实施单位 | 全年预算数（元） | 全年执行数（元） | 执行率 | 自评得分 |' \
    ledger "$row | 1,800,000.00 | 1,710,049.00 | 0.95 | 99.50" >ledger.txt
expect 0 check --format json in --ledger ledger.txt
json 'all(f["findings"] == [] for f in d["files"])' # 1,710,049 yuan are 171.00 at the form's two places
head='| 项目名称 | 实施单位 | 全年预算数 | 全年执行数 | 执行率 | 自评得分 |' \
    ledger "$row | 1,800,000.00 | 3 | 0.95 | 99.50" >ledger.txt
expect 1 check --format json in --ledger ledger.txt # no unit: 1,800,000 may be 180 万元, 3 is 171 in none
json '[(f["code"], f["pointer"]) for f in d["files"][0]["findings"]] == [("X08", "/funds/0/executed")]' \
    '"/funds/0/budget" in [n["pointer"] for n in d["files"][0]["not_evaluable"] if n["code"] == "X08"]'

# Blank and dash are not zero; a column that is not there is not asked for.
ledger "$row | | — | 95.00% | 99.5" >ledger.txt
expect 0 check --format json in --ledger ledger.txt
json '[n["pointer"] for n in d["files"][0]["not_evaluable"] if n["code"] == "X08"] == ["/funds/0/budget", "/funds/0/executed"]'
head='| 项目名称 | 执行率 | 自评得分 |' ledger "社区 技能培训 | 95.00% | 99.5" >ledger.txt
expect 0 check --format json in --ledger ledger.txt
json 'all(f["findings"] == [] for f in d["files"])'

# Missing on either side; the unit tells projects of one name apart, one name within the other is the same unit.
ledger "$row | 180.00 | 171.00 | 95.00% | 99.5" "校舍维修 | 县教育局 | 10 | 10 | 100% | 100" "社区技能培训 | 县教育局 | 1 | 1 | 100% | 100" >ledger.txt
expect 0 check --format json in --ledger ledger.txt
json '[(f["code"], f["severity"], f["form"], f["pointer"], f["at"]["line"]) for f in d["files"][1]["findings"]] == [("X09", "warning", None, "", 4), ("X09", "warning", None, "", 5)]' \
    'len({f["fingerprint"] for f in d["files"][1]["findings"]}) == 2'
ledger "社区技能培训 | 某市培训中心 | 180.00 | 171.00 | 95.00% | 99.5" >ledger.txt
expect 0 check --format json in --ledger ledger.txt
json 'd["files"][1]["findings"] == []'
ledger "校舍维修 | 县教育局 | 10 | 10 | 100% | 100" >ledger.txt
expect 0 check --format json in --ledger ledger.txt
json '[f.get("related") for f in d["files"][1]["findings"]] == [[{"path": "in/a.txt", "form": 0}], None]'
expect 1 check --fail-on warning in --ledger ledger.txt

# Each of two equal rows takes one form; a form of another year is not judged by it.
ledger "$row | 180.00 | 171.00 | 95.00% | 99.5" "$row | 180.00 | 171.00 | 95.00% | 99.5" >ledger.txt
expect 0 check --format json in --ledger ledger.txt
json '[f["code"] for f in d["files"][1]["findings"]] == ["X09"]'
sed 's/2023年度/2022年度/' ledger.txt >older.txt
expect 0 check --format json in --ledger older.txt
json '{n["code"] for n in d["files"][0]["not_evaluable"]} >= {"X08", "X09"}' 'd["files"][0]["findings"] == []'

# Settings and suppressions of findings hold for these, too.
expect 0 check --format json --ignore X09 in --ledger ledger.txt
json 'd["files"][1]["findings"] == []'

# The ledger lies among the forms: it is none of them.
cp ledger.txt in/b.txt
expect 0 check --format json in --ledger in/b.txt
json '[f["path"] for f in d["files"]] == ["in/a.txt", "in/b.txt"]' 'd["summary"]["unreadable"] == 0'
expect 0 check --format json in # a D02 of a file that was found, not named
json '"--ledger" in d["files"][1]["error"]["message"]'
rm in/b.txt

# No ledger in it, or none at all: said, and nothing of the forms is called equal.
cp in/a.txt form.txt
expect 3 check --format json in --ledger form.txt
json 'd["files"][-1]["error"]["code"] == "D02"' 'd["files"][0]["status"] == "ok"' '"X08" in [n["code"] for n in d["files"][0]["not_evaluable"]]'
expect 3 check --format json in --ledger nowhere.xlsx
json 'd["files"][-1]["error"]["code"] == "D01"'
expect 3 convert --ledger in/a.txt
json 'd["rows"] == [] and d["error"]["code"] == "D02"'
expect 2 check in --ledger -
expect 2 check --shard 1/2 -o part in --ledger ledger.txt

# Of shards the merge compares, as one run would; a baseline and a watch know the ledger, too.
mkdir -p parts
cp in/* parts
ledger "$row | 180.00 | 170 | 95% | 99.5" >parts/ledger.txt
run check parts --ledger parts/ledger.txt
mv out whole.txt
for part in 1 2; do run check --shard $part/2 -o part$part parts; done
expect 1 merge --ledger parts/ledger.txt part1 part2
cmp -s out whole.txt || fail "merge --ledger is not the whole run"
out_has "X08"
expect 0 baseline write --ledger parts/ledger.txt parts -o known.json
expect 0 check --ledger parts/ledger.txt --baseline known.json parts
expect 2 convert in --ledger ledger.txt
expect 2 check -o ledger.txt in --ledger ledger.txt

# The other formats of convert; a head that is not known is said, and so are two that claim one column.
expect 0 convert --ledger ledger.txt --to csv
out_has "ledger.txt,社区技能培训,市培训中心,180.00,180.00,"
expect 0 convert --ledger ledger.txt --to ndjson
[ "$(wc -l <out)" -eq 2 ] || fail "ndjson is not a line a row"
head='| 项目名称 | 实施单位 | 全年预算数 | 奇怪的一栏 | 得分 | 评分 |' ledger "$row | 180 | 1,000,000 | 99.5 | 98" >odd.txt
expect 0 check --format json in --ledger odd.txt
json '[f["kind"] for f in d["files"][1]["findings"]] == ["doubtful-place", "unknown-label"] and d["files"][1]["status"] == "partial"' \
    'not [f for f in d["files"][0]["findings"] if f["pointer"] == "/total/score"]'

# Limits: ZP_LIMIT_LEDGER_GAPS findings of a kind, ZP_LIMIT_LEDGER_ROWS rows.
mapfile -t many < <(seq -f "项目%g | 甲 | 1 | 1 | 100%% | 100" 1005)
ledger "${many[@]}" >many.txt
expect 0 check --format json in --ledger many.txt
json 'len(d["files"][1]["findings"]) == 1 + 1000 + 1' '"5 further" in d["files"][1]["findings"][-1]["message"]'
{
    ledger
    seq -f "| 项目%g | 甲 | 1 | 1 | 1 | 1 |" 100001
} >huge.txt
expect 3 convert --ledger huge.txt
err_has ZP_LIMIT_LEDGER_ROWS
finish
