#!/usr/bin/env bash
# Forms as tables: the CSV ones, and the SQLite file read by Python's own sqlite3, against the JSON of the same run.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
mkdir in aside
export TMPDIR=$PWD/aside # what is left there is ours
cp "$seed" in/a.txt
cp "$here/../golden/seed-4/input.site.html" in/b.html
one_form form.txt
python3 - <<'PYTHON'
import os
text = open("form.txt", encoding="utf-8").read()
assert "公务用车保障率" in text and "558,822.6" in text
text = text.replace("公务用车保障率", "'); DROP TABLE forms;--\"<b>\u202e=1+1,\u4e00").replace("558,822.6", "12345678901234567.8912")
open(os.fsencode("in/") + b"\xff,\"x.txt", "wb").write(text.encode())
open("in/old.rtf", "w").write("{\\rtf1 a}")
PYTHON
: >in/empty.txt

# One run, every output; convert's exit code, and its JSON as ever.
expect 3 convert in missing.txt --to json=a.json --to sqlite=a.db --to csv=a.csv
"$ziping" convert in missing.txt >plain.json 2>/dev/null
cmp -s a.json plain.json || fail "--to sqlite beside it changes convert's JSON"
"$ziping" convert in missing.txt --to csv >plain.csv 2>/dev/null
cmp -s a.csv plain.csv || fail "--to sqlite beside it changes convert's CSV"
expect 3 convert in missing.txt --to sqlite -o again.db
cmp a.db again.db || fail "the same bytes in, others out"
expect 3 convert in missing.txt --to sqlite --lang zh -o zh.db
run check in missing.txt --format json --format sqlite=check.db
cp out check.json
for table in indicators funds forms findings; do
    expect 3 convert in missing.txt --to csv --table $table -o $table.csv
    expect 3 convert in missing.txt --to csv --table $table --raw -o $table.raw
    expect 3 convert in missing.txt --to csv --table $table --excel --lang zh -o $table.zh
done
cmp -s a.csv indicators.csv || fail "--table indicators is not the default"
run check in missing.txt --format csv
cmp -s out findings.csv || fail "--table findings is not the CSV of check"
run check in missing.txt --format csv --lang zh --excel
cmp -s out findings.zh || fail "--table findings in Chinese is not the CSV of check"
python3 - <<'PYTHON' || fail "the tables"
import csv, json, sqlite3
from decimal import Decimal

convert, check = json.load(open("a.json", encoding="utf-8")), json.load(open("check.json", encoding="utf-8"))
db = sqlite3.connect("a.db")
db.row_factory = sqlite3.Row


def rows(question, *values):
    return [dict(row) for row in db.execute(question, values)]


assert rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}] and not rows("PRAGMA foreign_key_check")
assert not open("a.db", "rb").read(100)[18] == 2, "a file in WAL mode cannot be opened on a read-only medium"
tables = {row["name"]: row["sql"] for row in rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'")}
assert set(tables) == {"about", "files", "forms", "funds", "indicators", "findings", "unjudged", "extra", "repairs"}, tables
assert all(sql.endswith("STRICT") for sql in tables.values())
assert dict(db.execute("SELECT key, value FROM about").fetchall())["rulebook"] == convert["rulebook"]


def same_value(row, name, value):
    """The five or eight columns of a figure."""
    if value is None:
        assert row[name + "_text"] is None and row[name + "_value"] is None and row[name + "_at"] is None, (name, row)
        return
    assert row[name + "_text"] == value["text"] and row[name + "_value"] == value["value"], (name, row, value)
    assert row[name + "_op"] == value["op"] and row[name + "_unit"] == value["unit"]
    at = {"p": "page", "t": "table", "r": "row", "c": "col", "l": "line"}
    assert row[name + "_at"] == " ".join(f"{letter}{value['at'][key]}" for letter, key in at.items() if value["at"][key])
    if name + "_upper" in row:
        assert row[name + "_upper"] == value["upper"] and row[name + "_date"] == value["date"]
        assert row[name + "_approx"] == value["approx"]


files = rows("SELECT * FROM files WHERE status <> 'unread' ORDER BY id")
assert [f["path"] for f in files] == [f["path"] for f in convert["files"]]
assert [f["path_bytes"] for f in files] == [f.get("path_bytes") for f in convert["files"]]
assert [f["status"] for f in files] == [f["status"] for f in convert["files"]]
assert [f["error_code"] for f in files] == [f["error"] and f["error"]["code"] for f in convert["files"]]
assert [(f["path"], f["format"]) for f in rows("SELECT * FROM files WHERE status = 'unread'")] == [
    (u["path"], u["kind"]) for u in check["summary"]["unread"]] == [("in/old.rtf", "rtf")]
n_forms = 0
for file, judged in zip(files, check["files"], strict=True):
    wanted = next(f for f in convert["files"] if f["path"] == file["path"])["forms"]
    got = rows("SELECT * FROM forms WHERE file_id = ? ORDER BY number", file["id"])
    assert [form["number"] for form in got] == [form["index"] for form in wanted]
    for row, form, verdict in zip(got, wanted, judged["forms"], strict=True):
        n_forms += 1
        for key in ("title", "year", "project", "department", "unit", "currency_unit", "template", "profile"):
            assert row[key] == form[key], (key, row[key], form[key])
        for key in ("headline", "funds_weight"):
            same_value(row, key, form[key])
        assert row["recomputed_total"] == verdict["recomputed"]["total"] and row["failed"] == verdict["checks"]["failed"]
        funds = rows("SELECT * FROM funds WHERE form_id = ? ORDER BY number", row["id"])
        for fund, one in zip(funds, form["funds"], strict=True):
            assert (fund["source"], fund["label"], fund["reason"]) == (one["source"], one["label"], one["reason"])
            for key in ("initial", "budget", "executed", "weight", "rate", "score"):
                same_value(fund, key, one[key])
        indicators = rows("SELECT * FROM indicators WHERE form_id = ? ORDER BY number", row["id"])
        for number, (indicator, one) in enumerate(zip(indicators, form["indicators"], strict=True)):
            assert [indicator[k] for k in ("level1", "level2", "level3", "reason")] == [one[k] for k in ("level1", "level2", "level3", "reason")]
            for key in ("target", "actual", "weight", "score"):
                same_value(indicator, key, one[key])
            assert indicator["recomputed_score"] == verdict["recomputed"]["indicators"][number]
        extra = rows("SELECT label, text FROM extra WHERE form_id = ? ORDER BY number", row["id"])
        assert extra == [{"label": e["label"], "text": e["text"]} for e in form["extra"]]
        repairs = rows("SELECT code, name, pointer FROM repairs WHERE form_id = ? ORDER BY number", row["id"])
        assert repairs == [{k: r[k] for k in ("code", "name", "pointer")} for r in form["repairs"]]
    found = rows("SELECT findings.*, forms.number AS form FROM findings LEFT JOIN forms ON forms.id = form_id "
                 "WHERE findings.file_id = ? ORDER BY findings.id", file["id"])
    for row, finding in zip(found, judged["findings"], strict=True):
        for key in ("code", "name", "severity", "form", "pointer", "stated", "expected", "habit", "fingerprint"):
            assert row[key] == finding[key], (key, row, finding)
        assert row["message_en"] == finding["message"] and row["at_line"] == finding["at"]["line"]
    unjudged = rows("SELECT code, pointer, reason_en FROM unjudged WHERE file_id = ? ORDER BY id", file["id"])
    assert unjudged == [{"code": u["code"], "pointer": u["pointer"], "reason_en": u["reason"]} for u in judged["not_evaluable"]]
assert n_forms > 8 and rows("SELECT count(*) AS n FROM indicators")[0]["n"] > 50

# Hostile texts are data; a figure that no binary number holds is whole in its text.
assert rows("SELECT level3 FROM indicators WHERE level3 LIKE ?", "'); DROP TABLE%")[0]["level3"].endswith("\u4e00")
assert rows("SELECT executed_value FROM funds WHERE executed_text = '12345678901234567.8912'")[0]["executed_value"] == "12345678901234567.8912"

# The views: a line with its file and form, figures to count with, words of either language.
fund = rows("SELECT * FROM all_funds WHERE budget_text = '7879880.00'")[0]
assert fund["path"] == "in/a.txt" and fund["budget_number"] == 7879880 and fund["budget_yuan"] == 7879880
assert rows('SELECT * FROM "资金" WHERE "全年预算数" = \'7879880.00\'')[0]["全年执行数：元"] == 6998185.82
for view, zh in (("all_forms", "表"), ("all_funds", "资金"), ("all_indicators", "指标"), ("all_findings", "问题"),
                 ("all_unjudged", "未判断"), ("all_extra", "其他内容")):
    counts = {rows(f'SELECT count(*) AS n FROM "{name}"')[0]["n"] for name in (view, zh)}
    assert len(counts) == 1, (view, counts)
found = rows("SELECT * FROM all_findings ORDER BY path, code")
assert len(found) == sum(len(f["findings"]) for f in check["files"]) and {"message_en", "place_en"} <= set(found[0])
assert {row["级别"] for row in rows('SELECT * FROM "问题"')} <= {"错误", "警告", "提示"}
for question in ("SELECT * FROM findings WHERE form_id = 1", "SELECT * FROM indicators WHERE form_id = 1"):
    assert "USING INDEX" in rows("EXPLAIN QUERY PLAN " + question)[0]["detail"], question

# check writes the same data.
db.execute("ATTACH 'check.db' AS other")
for table in tables:
    assert rows(f"SELECT * FROM main.{table}") == rows(f"SELECT * FROM other.{table}"), table
# Only what a file could not be read for is in the language of the run.
db.execute("ATTACH 'zh.db' AS chinese")
for table in set(tables) - {"files"}:
    assert rows(f"SELECT * FROM main.{table}") == rows(f"SELECT * FROM chinese.{table}"), table


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# The CSV tables against the JSON.
forms = [(f["path"], form) for f in convert["files"] for form in f["forms"]]
for table in ("funds", "forms"):
    wanted = [(path, form, one) for path, form in forms for one in (form["funds"] if table == "funds" else [form])]
    figures = ("initial", "budget", "executed", "weight", "rate", "score") if table == "funds" else ("headline", "funds_weight")
    got = read(table + ".raw")
    for row, (path, form, one) in zip(got, wanted, strict=True):
        assert (row["path"], row["form"], row["project"]) == (path, str(form["index"]), form["project"] or ""), row
        for name in figures:
            for part in ("text", "op", "value", "unit"):
                assert row[f"{name}_{part}"] == (one[name] and one[name][part] or ""), (name, part, row)
        assert table == "funds" or (row["total_score_text"] == form["total"]["score"]["text"] and row["goal_actual"] == form["goals"]["actual"])
assert not any(cell.startswith(("=", "+", "@")) for name in ("forms", "funds", "indicators", "findings") for row in read(name + ".csv") for cell in row.values())

# With --excel in Chinese heads and severities are words, the cells the same.
for table in ("indicators", "funds", "forms", "findings"):
    plain, zh = read(table + ".csv"), read(table + ".zh")
    assert open(table + ".zh", "rb").read(3) == b"\xef\xbb\xbf" and len(plain) == len(zh)
    assert len(set(zh[0])) == len(plain[0]) and all(any(ord(c) > 0x2e80 for c in head) for head in zh[0]), zh[0].keys()
    if table != "findings":
        assert [list(row.values()) for row in plain] == [list(row.values()) for row in zh]
words = {"error": "错误", "warning": "警告", "note": "提示", "unjudged": "未判断", "unread": "没有读"}
assert [words[row["severity"]] for row in read("findings.csv")] == [row["级别"] for row in read("findings.zh")]
assert {"错误", "提示", "没有读"} <= {row["级别"] for row in read("findings.zh")}
PYTHON

# Wrong words; a file that is not written stays as it was.
expect 2 convert form.txt --to csv --table indicator
err_has "did you mean --table indicators?"
expect 2 convert form.txt --to json --table funds
err_has "--table goes with --to csv"
expect 2 convert form.txt --table funds
expect 2 check form.txt --format csv --table funds
expect 2 convert --ledger form.txt --to sqlite=l.db
err_has "a ledger cannot be written as sqlite"
expect 2 convert --ledger form.txt --to html
echo old >old.db
expect 2 convert "$work/audit-none" --to sqlite=old.db --from nothing
grep -qx old old.db || fail "a run that failed wrote its SQLite file"
TMPDIR=/nonexistent expect 4 convert form.txt --to sqlite=old.db
err_has "cannot write /nonexistent"
grep -qx old old.db || fail "without a place for temporary files an old file was replaced"
expect 4 convert form.txt --to sqlite -o /dev/full
[ -z "$(find . aside -maxdepth 1 -name '.*.db.*' -o -path 'aside/*')" ] || fail "a file was left aside"

# Records of convert were never judged.
expect 0 convert --shard 1/1 form.txt -o one.rec
expect 2 merge one.rec --format sqlite=m.db
err_has "check --shard"
expect 0 check --shard 1/1 form.txt -o two.rec
run merge two.rec --format sqlite=m.db
"$ziping" check form.txt --format sqlite=direct.db
cmp m.db direct.db || fail "merge writes another file than one run"

# A cache that convert filled for one format serves another, with findings.
expect 0 convert form.txt --cache cache
expect 0 convert form.txt --cache cache --to sqlite=c.db
cmp c.db direct.db || fail "what convert has in its cache stands for what was judged"

# Memory does not grow with the rows; a sanitizer's own is another matter.
for _ in $(seq 120); do cat "$seed"; done >many.txt
peak convert many.txt --to sqlite=many.db --no-progress
[ "$status" -eq 0 ] || fail "exit $status"
large=$kilobytes
peak convert many.txt --to ndjson=many.json --no-progress
sanitized=$(grep -c __asan_init "$ziping")
[ "$sanitized" -gt 0 ] || [ "$large" -lt $((kilobytes + 15000)) ] || fail "$large KiB for the SQLite file, $kilobytes for ndjson"
finish
