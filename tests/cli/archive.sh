#!/usr/bin/env bash
# An archive of past years: what is added is there, can be found and shown, and nobody else's file is touched or believed.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
samples=$(dirname "$seed")
mkdir in
cp "$seed" in/seed.txt
find "$samples"/html -name "*.html" | sort | head -n 3 | xargs -I {} cp {} in/
cp "$samples"/pdf/lo-one-1.pdf in/
cp in/lo-one-1.pdf in/same.pdf
printf 'no form' >in/note.txt

# sql SQL: one value, by the library's own shell's sister in Python.
sql() { python3 -c 'import sqlite3, sys; print(*[row[0] for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2])], sep="\n")' "${2:-a.db}" "$1"; }

# What is read is there, the same content once; what is there is not read again.
expect 0 archive add in --db a.db
err_has "in/note.txt: D02"
err_has "1 were not added"
"$ziping" convert in --to json -o whole.json 2>/dev/null
forms=$(python3 -c 'import json; print(sum(len(f["forms"]) for f in {f["sha256"]: f for f in json.load(open("whole.json"))["files"]}.values()))')
[ "$(sql 'SELECT count(*) FROM form')" = "$forms" ] || fail "$(sql 'SELECT count(*) FROM form') forms, not $forms"
[ "$(sql "SELECT count(*) FROM name JOIN document ON document.id = document_id WHERE sha256 = '$(sha256sum <in/same.pdf | cut -c 1-64)'")" = 2 ] || fail "one document with two names"
[ "$(sql 'PRAGMA integrity_check')" = ok ] || fail "the file is not sound"
[ -z "$(sql 'PRAGMA foreign_key_check')" ] || fail "a row without its parent"
cp a.db before.db
expect 0 archive add in --db a.db
err_has "0 documents (0 forms) added"
cmp -s a.db before.db || [ "$(sql 'SELECT count(*) FROM document')" = "$(sql 'SELECT count(*) FROM document' before.db)" ] || fail "added twice"
# The archive may lie among what is added: it is no input there, but it is where it is named.
expect 0 archive add in/seed.txt --db in/own.db
expect 0 archive add in --db in/own.db
expect 2 archive add in/own.db --db in/own.db
err_has "both input and output"

# Every form and finding is what convert and check say.
"$ziping" check in --format json -o checked.json 2>/dev/null
python3 - <<'PYTHON' || fail "what is stored differs"
import json, sqlite3, subprocess, sys
db = sqlite3.connect("a.db")
by_sha = {f["sha256"]: f for f in json.load(open("whole.json"))["files"] if f["forms"]}
found = {f["sha256"]: f for f in json.load(open("checked.json"))["files"] if f["forms"]}
for sha, number, id_, year, unit, budget in db.execute("SELECT sha256, number, form.id, year, unit, budget FROM form JOIN document ON document.id = document_id"):
    form = by_sha[sha]["forms"][number]
    assert (year, unit) == (form["year"], form["unit"])
    assert budget == next(f["budget"]["text"] for f in form["funds"] if f["source"] == "total"), budget
    mine = [(f["code"], f["pointer"], f["fingerprint"]) for f in found[sha]["findings"] if f["form"] == number and f["code"][0] != "X"]
    theirs = db.execute("SELECT rule, pointer, fingerprint FROM finding WHERE form_id = ? ORDER BY id", (id_,)).fetchall()
    assert mine == theirs, (sha, number)
    rows = db.execute("SELECT target, target_op, target_value, score_value FROM indicator WHERE form_id = ? ORDER BY number", (id_,)).fetchall()
    want = [(r["target"]["text"], r["target"]["op"], r["target"]["value"], r["score"]["value"]) for r in form["indicators"]]
    assert rows == want, (sha, number)
PYTHON
python3 - "$ziping" <<'PYTHON' || fail "show differs from convert"
import json, sqlite3, subprocess, sys
whole = {f["sha256"]: f for f in json.load(open("whole.json"))["files"]}
for sha, in sqlite3.connect("a.db").execute("SELECT sha256 FROM document").fetchall():
    shown = json.loads(subprocess.run([sys.argv[1], "archive", "show", sha, "--db", "a.db", "--format", "json"], stdout=subprocess.PIPE, check=True).stdout)
    assert [f["form"] for f in shown["forms"]] == whole[sha]["forms"], sha
PYTHON
expect 0 archive show "$(sha256sum <in/seed.txt | cut -c 1-12)" --db a.db --format original
cmp -s out in/seed.txt || fail "the original is not what it was"
expect 0 archive show 1 --db a.db --format html
xmllint --html --noout out 2>lint || fail "show as html: $(head -n 2 lint)"
expect 0 archive show 1 --db a.db --lang zh
out_has "年度资金总额"
expect 2 archive show 999999 --db a.db
expect 2 archive show abc --db a.db

# Words of any length, with filters, in every format.
hits() { [ "$(python3 -c 'import json; print(len(json.load(open("out"))))')" = "$1" ] || fail "$last: $(grep -c '"id"' out) hits, not $1"; }
sql "SELECT id FROM form WHERE document_id = (SELECT document_id FROM name WHERE path = 'in/seed.txt')" >ids
expect 0 archive add in/seed.txt --db s.db
for word in 训 培训 培训对 培训对象覆盖面不够，可扩大培训范围 "ＡＰＰ 微信" app 5% 88.82%; do
    expect 0 archive search "$word" --db s.db --format json --limit 0
    python3 - "$word" <<'PYTHON' || fail "search $word: not the forms that have it"
import json, sys, unicodedata
words = [unicodedata.normalize("NFKC", word).lower() for word in sys.argv[1].split()]
wanted = []
def texts(value):
    if isinstance(value, dict):
        for key, below in value.items():
            if key not in ("repairs", "reading", "template", "profile", "currency_unit", "source", "op", "value", "upper"):
                yield from texts(below)
    elif isinstance(value, list):
        for below in value: yield from texts(below)
    elif isinstance(value, str):
        yield unicodedata.normalize("NFKC", value).lower().replace(" ", "")
forms = [form for file in json.load(open("whole.json"))["files"] if file["path"] == "in/seed.txt" for form in file["forms"]]
wanted = [k + 1 for k, form in enumerate(forms) if all(any(word in text for text in texts(form)) for word in words)]
got = [row["id"] for row in json.load(open("out"))]
assert wanted and got == wanted, (wanted, got)
PYTHON
done
expect 0 archive search 没有这样的字 --db s.db --format json
hits 0
expect 0 archive search '"' "'" '%' --db s.db --format json
hits 0
expect 2 archive search ' ' --db s.db
for filter in "--year 2022:7" "--year 2020-2021:0" "--unit 网络安全:7" "--unit 没有:0" "--rule F01:2" "--rule X03:0" "--rule F01,S0:7" "--rule execution-rate:2" \
    "--level2 数量:7" "--min-amount 7879880:1" "--min-amount 787.988万元:1" "--min-amount 7879880.01:0" "--max-amount 560000.00:1" "--status error:7" "--status clean:0" "--status partial:0" "--status ok:7"; do
    # shellcheck disable=SC2086
    expect 0 archive list ${filter%:*} --db s.db --format json
    hits "${filter##*:}"
done
expect 2 archive list --year x --db s.db
expect 2 archive list --min-amount 1e5 --db s.db
expect 2 archive list --status bad --db s.db
expect 0 archive list --limit 2 --db s.db --format ndjson
[ "$(wc -l <out)" = 2 ] || fail "--limit 2"
err_has "--limit 0"
expect 0 archive list --db s.db --format csv
python3 -c 'import csv; rows = list(csv.reader(open("out", newline=""))); assert len(rows) == 8 and {len(r) for r in rows} == {9}' || fail "csv"
expect 0 archive list --db s.db --format table -o listed
[ -s listed ] || fail "-o"
expect 2 archive list --db s.db -o s.db
err_has "to be written"

# Questions in SQL only read.
expect 0 archive query "SELECT count(*) AS n, NULL AS no, 'a' || char(10) AS text FROM forms" --db s.db --format json
json "d == [{'n': 7, 'no': None, 'text': 'a\n'}]"
expect 0 archive query "SELECT rowid FROM search_text WHERE search_text MATCH '培训对'" --db s.db
for wrong in "DELETE FROM form" "SELECT 1; DELETE FROM form" "ATTACH 'x.db' AS x" "VACUUM INTO 'x.db'" "PRAGMA journal_mode=DELETE" "CREATE TEMP TABLE x (a)" "SELECT load_extension('x')" "nonsense" ""; do
    expect 2 archive query "$wrong" --db s.db
    [ ! -e x.db ] || fail "$wrong made a file"
done
[ "$(sql 'SELECT count(*) FROM form' s.db)" = 7 ] || fail "a question has changed the archive"

# What is no archive, or another's, or a newer one's, is refused and left as it is.
printf 'text' >text.db
mkfifo pipe.db
python3 - <<'PYTHON'
import shutil, sqlite3
sqlite3.connect("other.db").execute("CREATE TABLE a (b)")
def change(name, *statements):
    shutil.copy("s.db", name)
    db = sqlite3.connect(name)
    db.executescript(";".join(statements))
    db.close()
change("newer.db", "PRAGMA user_version = 99")
change("view.db", "DROP VIEW forms", "CREATE VIEW forms AS SELECT 1 AS id")
change("table.db", "ALTER TABLE form RENAME TO form_", "CREATE VIEW form AS SELECT * FROM form_")
change("trigger.db", "CREATE TRIGGER t AFTER INSERT ON document BEGIN DELETE FROM form; END", "CREATE VIEW mine AS SELECT 1")
change("loose.db", "PRAGMA writable_schema = 1", "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'form'")
PYTHON
sums() { find . -maxdepth 1 -name "*.db" -type f -exec sha256sum {} + | sort; }
sum=$(sums)
for name in text pipe other newer view table loose; do
    [ "$name" != pipe ] || continue
    expect 2 archive list --db $name.db
    expect 2 archive add in/lo-one-1.pdf --db $name.db
    err_has "$name.db"
done
expect 2 archive list --db pipe.db
expect 2 archive list --db missing.db
[ ! -e missing.db ] || fail "list made a file"
[ "$(sums)" = "$sum" ] || fail "a file that is no archive was changed"
# A stranger's trigger does not run.
expect 0 archive add in/lo-one-1.pdf --db trigger.db
[ "$(sql 'SELECT count(*) FROM form' trigger.db)" = 8 ] || fail "a trigger ran"

expect 2 archive
expect 2 archive list
expect 2 archive add --db a.db
expect 2 archive frobnicate --db a.db
expect 2 archive add - --db a.db

# Two at once: the second waits, and both are in.
"$ziping" archive add in/seed.txt --db two.db 2>/dev/null &
"$ziping" archive add in/lo-one-1.pdf --db two.db 2>/dev/null
wait
[ "$(sql 'SELECT count(*) FROM document' two.db)" = 2 ] || fail "two at once: $(sql 'SELECT count(*) FROM document' two.db) documents"
python3 - "$ziping" <<'PYTHON' || fail "the second does not wait for the first"
import fcntl, os, struct, subprocess, sys, time
fd = os.open("two.db", os.O_RDWR)
fcntl.fcntl(fd, fcntl.F_OFD_SETLK, struct.pack("hhqqi", fcntl.F_WRLCK, 0, 0x7fffffffffff0000, 1, 0))
waiting = subprocess.Popen([sys.argv[1], "archive", "add", "in/seed.txt", "--db", "two.db"], stderr=subprocess.PIPE)
assert b"waiting" in waiting.stderr.readline()
assert waiting.poll() is None
os.close(fd)
assert waiting.wait(timeout=60) == 0
PYTHON

# No originals; an encrypted document is kept as it is, and its text is said to be in clear.
expect 0 archive add in/seed.txt --db bare.db --no-originals
expect 2 archive show "$(sha256sum <in/seed.txt | cut -c 1-12)" --db bare.db --format original
printf 'geheim\n' >password
qpdf --encrypt geheim geheim 256 -- in/lo-one-1.pdf locked.pdf
expect 0 archive add locked.pdf --db locked.db --password-file password
err_has "stored in clear"
! grep -q geheim locked.db || fail "the password is in the archive"
expect 0 archive show "$(sha256sum <locked.pdf | cut -c 1-12)" --db locked.db --format original
cmp -s out locked.pdf || fail "the encrypted original is not what it was"

finish
