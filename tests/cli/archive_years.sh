#!/usr/bin/env bash
# One project over the years: its history, names that are near it, links, X04 to X06, and archives of the version before.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
sql() { python3 -c 'import sqlite3, sys; print(*[row[0] for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2])], sep="\n")' "${2:-a.db}" "$1"; }
cat >form.py <<'PYTHON'
import sys
def form(year, project="技能培训", unit="培训中心", budget="100", executed="90", rate="90%", score="9", carried="0", target="≥10次", actual="10次", earned="50", reason="", total="99", money="万元", indicator="培训次数"):
    return f"""项目支出绩效自评表
({year}年度)
| 项目名称 | {project} | | 实施单位 | {unit} |
| 项目资金({money}) | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| | 年度资金总额 | {budget} | {budget} | {executed} | 10 | {rate} | {score} |
| | 其中：当年财政拨款 | {budget} | {budget} | {executed} | - | - | - |
| | 上年结转资金 | {carried} | {carried} | {carried} | - | - | - |
| 年度总体目标 | 预期目标 | | | | 实际完成情况 |
| | 举办培训 | | | | 已举办培训 |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| | 产出指标 | 数量指标 | {indicator} | {target} | {actual} | 50 | {earned} | {reason} |
| | 效益指标 | 社会效益指标 | 结业率 | ≥90% | 100% | 30 | 30 |  |
| | 满意度指标 | 服务对象满意度指标 | 学员满意度 | ≥90% | 95% | 10 | 10 |  |
| 总分 | | | | | | 100 | {total} |
"""
def write(name, **values):
    open(name, "w", encoding="utf-8").write(form(**values))
PYTHON
# 2021 missed a target; 2022 lowers it and carries over what was not left; 2023 is 2022 again.  2019 had another name, 2020 another unit.
python3 - <<'PYTHON'
from form import write
write("2021.txt", year=2021, actual="8次", earned="40", reason="场地不足", total="89")
write("2022.txt", year=2022, carried="15", target="≥8次")
write("2023.txt", year=2023, carried="15", target="≥8次")
write("2019.txt", year=2019, project="职业技能培训补助", indicator="培训次数")
write("2020.txt", year=2020, unit="技工学校", indicator="授课数")
write("other.txt", year=2021, project="办公楼修缮", indicator="修缮面积")
PYTHON
over() { sql "SELECT form.year || ' ' || rule || ' ' || pointer FROM finding JOIN form ON form.id = form_id WHERE rule GLOB 'X*' ORDER BY form.year, rule" "${1:-a.db}"; }

# Whatever the order, the later form is told, and names the earlier one.
expect 0 archive add 2023.txt 2021.txt other.txt 2020.txt 2019.txt --db a.db
[ -z "$(over)" ] || fail "years that are no neighbours are compared: $(over)"
expect 0 archive add 2022.txt --db a.db
printf '%s\n' "2022 X04 /funds/2/budget" "2022 X05 /indicators/0/target" "2023 X04 /funds/2/budget" "2023 X06 /indicators" >wanted
over >got
cmp -s got wanted || fail "rules over years: $(cat got)"
[ "$(sql "SELECT stated || ' ' || expected || ' ' || related_path || ' ' || severity FROM finding WHERE rule = 'X04' ORDER BY id LIMIT 1")" = "15 10.00 2021.txt warning" ] ||
    [ "$(sql "SELECT stated || ' ' || expected || ' ' || related_path || ' ' || severity FROM finding WHERE rule = 'X04' ORDER BY id LIMIT 1")" = "15 10 2021.txt warning" ] || fail "X04: $(sql "SELECT stated || ' ' || expected || ' ' || related_path FROM finding WHERE rule = 'X04'")"
[ "$(sql "SELECT project || year FROM finding JOIN form ON form.id = related_form WHERE rule = 'X05'")" = "技能培训2021" ] || fail "the earlier form of X05"
[ "$(sql "SELECT count(DISTINCT fingerprint) FROM finding WHERE rule GLOB 'X*'")" = 4 ] || fail "fingerprints"
cp a.db whole.db
expect 0 archive add 2019.txt 2020.txt 2021.txt 2022.txt 2023.txt other.txt --db b.db
over b.db >got
cmp -s got wanted || fail "in another order: $(cat got)"
expect 0 archive list --rule X04 --db a.db --format json
json "[row['year'] for row in d] == [2022, 2023]"
expect 0 archive show "$(sql 'SELECT id FROM form WHERE year = 2022')" --db a.db --lang zh
out_has "上年结转 15 万元，而上一年的表（2021.txt）"
expect 0 archive verify --db a.db
expect 0 archive recheck --db a.db
over >got
cmp -s got wanted || fail "after recheck: $(cat got)"

# History: its own forms by year, then what may be its, with the reason.
expect 0 archive history 技能培训 --unit 培训中心 --db a.db --format json
python3 - <<'PYTHON' || fail "history: $(cat out)"
import json
rows = json.load(open("out"))
assert [(r["year"], r["match"]) for r in rows] == [(2021, "same"), (2022, "same"), (2023, "same"), (2020, "near"), (2019, "near")], rows
assert [r["over_years"] for r in rows[:3]] == [None, "X04,X05", "X04,X06"]
assert "another unit" in rows[3]["reason"] and "pairs" in rows[4]["reason"]
PYTHON
expect 2 archive history 技能培训 --db a.db
err_has "several projects"
expect 2 archive history 没有 --db a.db
err_has "no such project"
expect 0 archive history 修缮 --db a.db --format csv
out_has "办公楼修缮"
expect 0 archive history "$(sql 'SELECT id FROM form WHERE year = 2019')" --db a.db --format json
json "d[0]['year'] == 2019 and d[0]['match'] == 'same'"

# A link makes two names one project, both ways and over a third; taken back, nothing of it is left.
id() { sql "SELECT id FROM form WHERE year = $1 AND project_key <> '办公楼修缮'"; }
expect 0 archive link "$(id 2020)" "$(id 2021)" --db a.db
expect 0 archive link "$(id 2019)" "$(id 2020)" --db a.db
expect 2 archive link "$(id 2019)" "$(id 2020)" --db a.db
expect 2 archive link "$(id 2021)" "$(id 2022)" --db a.db
expect 2 archive link 999 "$(id 2022)" --db a.db
err_has "no form 999"
expect 0 archive history "$(id 2023)" --db a.db --format json
json "[(r['year'], r['match']) for r in d] == [(2019, 'linked'), (2020, 'linked'), (2021, 'same'), (2022, 'same'), (2023, 'same')]"
[ "$(over | grep -c '^202[01] X04')" = 2 ] || fail "years over a link: $(over)"
expect 0 archive unlink "$(id 2021)" "$(id 2020)" --db a.db
expect 0 archive unlink "$(id 2019)" "$(id 2020)" --db a.db
expect 2 archive unlink "$(id 2019)" "$(id 2020)" --db a.db
over >got
cmp -s got wanted || fail "after unlink: $(cat got)"

# Money of two units, decimals, blanks, and a year with two forms that differ.
python3 - <<'PYTHON'
from form import write
write("u1.txt", year=2021, project="甲", money="元", budget="1000000", executed="899999.5", rate="90%")
write("u2.txt", year=2022, project="甲", carried="10")
write("u3.txt", year=2023, project="甲", carried="9.99", money="万元")
write("d1.txt", year=2021, project="乙")
write("d2.txt", year=2021, project="乙", actual="9次", earned="45", reason="因故", total="94")
write("d3.txt", year=2022, project="乙", carried="77")
write("n1.txt", year=2021, project="丙", executed="-")
write("n2.txt", year=2022, project="丙", carried="77")
write("o1.txt", year=2021, project="丁", executed="110", rate="110%", score="10", total="100")
write("o2.txt", year=2022, project="丁", carried="1")
write("l1.txt", year=2021, project="戊", target="≤10次", actual="12次", earned="40", reason="因故", total="89")
write("l2.txt", year=2022, project="戊", target="≤8次", carried="10")
PYTHON
expect 0 archive add u1.txt u2.txt u3.txt d1.txt d2.txt d3.txt n1.txt n2.txt o1.txt o2.txt l1.txt l2.txt --db u.db
[ "$(sql "SELECT project || ' ' || year || ' ' || rule FROM finding JOIN form ON form.id = form_id WHERE rule GLOB 'X*' ORDER BY 1" u.db)" = "甲 2023 X04" ] ||
    fail "amounts: $(sql "SELECT project || ' ' || year || ' ' || rule || ' ' || message_en FROM finding JOIN form ON form.id = form_id WHERE rule GLOB 'X*' ORDER BY 1" u.db)"

# ZP_LIMIT_HISTORY: more forms of one project are not compared, and nothing hangs.
python3 -c 'from form import form; open("many.txt", "w", encoding="utf-8").write("\n".join(form(2000 + k % 20, project="多", carried=str(k)) for k in range(1010)))'
expect 0 archive add many.txt --db many.db
expect 0 archive history 多 --db many.db --format ndjson
[ "$(wc -l <out)" = 1000 ] || fail "$(wc -l <out) forms of a project"

# An archive of an older version is upgraded when it is written to, not when it is read; its data stay.
python3 - <<'PYTHON'
import shutil, sqlite3
BACK = {
    2: """DROP INDEX form_list; DROP INDEX form_budget; DROP INDEX document_partial; DROP INDEX finding_form;
          CREATE INDEX form_year ON form (year); CREATE INDEX finding_form ON finding (form_id)""",
    1: "DROP TABLE outcome; DROP INDEX link_to"}
for name, version in (("two.db", 2), ("old.db", 1)):
    shutil.copy("whole.db", name)
    db = sqlite3.connect(name)
    for step in range(2, version - 1, -1):
        db.executescript(BACK[step])
    db.executescript(f"PRAGMA user_version = {version}")
    db.close()
shutil.copy("old.db", "old2.db")
PYTHON
expect 2 archive list --db old.db
err_has "archive upgrade"
expect 0 archive upgrade --db old.db
err_has "upgraded from version 1 to 3"
expect 0 archive upgrade --db old.db
err_has "already"
expect 0 archive list --db old.db --format json
json "len(d) == 6"
expect 0 archive recheck --db old.db
[ "$(sql 'SELECT group_concat(met) FROM outcome' old.db)" = "$(sql 'SELECT group_concat(met) FROM outcome' whole.db)" ] || fail "outcomes after the upgrade"
expect 0 archive verify --db old.db
expect 0 archive upgrade --db two.db
err_has "upgraded from version 2 to 3"
python3 - <<'PYTHON' || fail "an upgraded archive has another schema than a new one"
import sqlite3
schemas = [sorted(sqlite3.connect(name).execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()) for name in ("whole.db", "old.db", "two.db")]
assert schemas[0] == schemas[1] == schemas[2], schemas
PYTHON
expect 0 archive verify --db two.db
expect 0 archive add other.txt --db old2.db
err_has "upgraded from version 1 to 3"

# Links are saved with what can be recovered.
expect 0 archive link "$(sql 'SELECT id FROM form WHERE year = 2020' whole.db)" "$(sql "SELECT id FROM form WHERE year = 2021 AND project = '技能培训'" whole.db)" --db whole.db
expect 0 archive recover --db whole.db --to saved.db
[ "$(sql 'SELECT count(*) FROM link' saved.db)" = 1 ] || fail "the links of what was saved"
[ "$(over saved.db)" = "$(over whole.db)" ] || fail "the rules over years of what was saved"
for wrong in "history" "history a b" "link 1" "link 1 2 3" "unlink 1" "upgrade x"; do
    # shellcheck disable=SC2086
    expect 2 archive $wrong --db b.db
done
finish
