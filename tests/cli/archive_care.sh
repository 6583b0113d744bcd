#!/usr/bin/env bash
# An archive outlives kills, a disk that is full, changed rules and flipped bytes, and says what became of what.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
samples=$(dirname "$seed")
sql() { python3 -c 'import sqlite3, sys; print(*[row[0] for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2])], sep="\n")' "${2:-a.db}" "$1"; }

cp "$seed" seed.txt
find "$samples"/html -name "*.html" | sort | head -n 2 | xargs -I {} cp {} .
expect 0 archive add seed.txt ./*.html --db a.db
expect 0 archive verify --db a.db --format json
json "d == []"
err_has "3 documents and 3 originals verified: 0 damaged"

# Other rules: what was said before stays, the forms keep their numbers, and it is done once.
mkdir data && cp "$(dirname "$ziping")/rules/catalogue.yaml" data
python3 - <<'PYTHON'
from pathlib import Path
path = Path("data/catalogue.yaml")
text = path.read_text(encoding="utf-8")
assert "The execution rate of {" in text
path.write_text(text.replace("The execution rate of {", "The rate of execution of {"), encoding="utf-8")
PYTHON
before=$(sql 'SELECT group_concat(id || project) FROM form')
expect 1 archive verify --db a.db --rules data
err_has "recheck"
expect 0 archive recheck --db a.db --rules data
err_has "3 documents checked again, 3 with another result"
[ "$(sql 'SELECT group_concat(id || project) FROM form')" = "$before" ] || fail "forms have other numbers"
[ "$(sql 'SELECT count(*) FROM former')" = 3 ] || fail "the former results are not there"
[ "$(sql "SELECT count(*) FROM former, json_each(findings) WHERE json_each.value ->> 'message_en' LIKE 'The execution rate of %'")" -ge 2 ] || fail "the former findings"
[ "$(sql "SELECT count(*) FROM finding WHERE message_en LIKE 'The rate of execution of %'")" -ge 2 ] || fail "the findings of today"
[ "$(sql "SELECT count(*) FROM former WHERE forms IS NOT NULL")" = 0 ] || fail "forms that do not differ are kept twice"
expect 0 archive recheck --db a.db --rules data
err_has "0 with another result"
expect 0 archive verify --db a.db --rules data
expect 0 archive search 培训对象 --db a.db --format json
json "len(d) == len({r['id'] for r in d}) > 0"
expect 0 archive add seed.txt --db bare.db --no-originals
expect 3 archive recheck --db bare.db
expect 0 archive verify --db bare.db

# Bytes that flipped, in an original and in a row: verify names the document, the others can be read.
python3 - <<'PYTHON' || fail "no byte could be flipped"
import shutil, sqlite3
db = sqlite3.connect("a.db")
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
blob, = db.execute("SELECT bytes FROM original WHERE document_id = 2").fetchone()
db.close()
data = open("a.db", "rb").read()
at = data.index(blob[:200])
flipped = bytearray(data)
flipped[at + 150] ^= 1
open("flipped.db", "wb").write(flipped)
word = "人员满意度".encode()
at = data.index(word)
changed = bytearray(data)
changed[at + 2] ^= 1
open("changed.db", "wb").write(changed)
PYTHON
expect 1 archive verify --db flipped.db --rules data --format json
json "[(r['document'], r['original'], r['data']) for r in d] == [(2, 'damaged', 'ok')]"
expect 0 archive show "$(sha256sum <seed.txt | cut -c 1-12)" --db flipped.db --format original
cmp -s out seed.txt || fail "a sound original among damaged ones"
expect 1 archive verify --db changed.db --rules data --format json
json "len(d) == 1 and d[0]['data'] == 'damaged'"
# An index that lacks a term of one form, has a form too many, or cannot be read; a name that is another than in its index.
hit_index() {
    rm -f index.db*
    cp a.db index.db
    python3 -c 'import sqlite3, sys; db = sqlite3.connect("index.db"); db.execute(sys.argv[1]); db.commit()' "$1" || fail "cannot: $1"
}
hit_index "INSERT INTO search_short (search_short, rowid, text) VALUES ('delete', 2, '目')"
expect 1 archive verify --db index.db --rules data --format json
json "[(r['document'], r['data'], r['search']) for r in d] == [($(sql 'SELECT document_id FROM form WHERE id = 2'), 'ok', 'damaged')]"
hit_index "INSERT INTO search_text (rowid, text) VALUES (2, '从来没有的词')"
expect 1 archive verify --db index.db --rules data --format json
json "[(r['data'], r['search']) for r in d] == [('ok', 'damaged')]"
hit_index "INSERT INTO search_text (rowid, text) VALUES (999, '从来没有的词')"
expect 1 archive verify --db index.db --rules data --format json
json "d == []"
err_has "a search index is damaged"
hit_index "UPDATE search_text_data SET block = zeroblob(length(block)) WHERE id > 100"
expect 1 archive verify --db index.db --rules data --format json
err_has "a search index is damaged"
expect 0 archive recover --db index.db --to whole.db --rules data
expect 0 archive verify --db whole.db --rules data
rm -f whole.db
python3 - <<'PYTHON' || fail "no name could be changed"
data = bytearray(open("a.db", "rb").read())
data[data.index(b"seed.txt")] ^= 1
open("named.db", "wb").write(data)
PYTHON
expect 1 archive verify --db named.db --rules data
err_has "sqlite_autoindex_name_1"

# What is sound of it can be saved, with its names.
expect 3 archive recover --db flipped.db --to saved.db --rules data
err_has "document 2"
[ "$(sql 'SELECT path FROM name ORDER BY id' saved.db)" = "$(sql 'SELECT path FROM name WHERE document_id <> 2 ORDER BY id')" ] || fail "the names of what was saved"
expect 0 archive verify --db saved.db --rules data
expect 2 archive recover --db flipped.db --to saved.db
printf 'SQLite format 3\0' >cut.db
head -c 3000 a.db >cut.db
expect 3 archive list --db cut.db
for seed_ in 1 2 3 4 5 6; do
    python3 - "$seed_" <<'PYTHON'
import random, sys
chosen = random.Random(int(sys.argv[1]))
data = bytearray(open("a.db", "rb").read())
for _ in range(60):
    data[chosen.randrange(100, len(data))] ^= 1 << chosen.randrange(8)
open("hit.db", "wb").write(data)
PYTHON
    for part in verify list "search 培训" "show 1" "query SELECT*FROM(findings)"; do
        # shellcheck disable=SC2086
        run archive $part --db hit.db --rules data
        [ "$status" -le 4 ] || fail "$part of a damaged file: exit $status"
    done
done

# Killed while it adds, again and again (KILLS times): what was committed stays, and in the end all is there.
python3 - "$ziping" "$seed" "${KILLS:-8}" <<'PYTHON' || fail "killed while adding"
import random, re, signal, sqlite3, subprocess, sys, time
from pathlib import Path
chosen = random.Random(7)
text = Path(sys.argv[2]).read_text(encoding="utf-8").split("\n")
form = "\n".join(text[2:20])
Path("many").mkdir()
for k in range(700):
    Path(f"many/{k:04}.txt").write_text(form.replace("机关服务费", f"机关服务费{k}"), encoding="utf-8")
command = [sys.argv[1], "archive", "add", "many", "--db", "killed.db", "--quiet"]
began = time.monotonic()
assert subprocess.run(command).returncode == 0
length = time.monotonic() - began
committed, turns_in_work = {}, 0
for turn in range(int(sys.argv[3])):
    if len(committed) == 700 or turn == 0:
        for path in Path().glob("killed.db*"):
            path.unlink()
        committed = {}
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    time.sleep(chosen.random() * length * 1.1)
    turns_in_work += process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    if not Path("killed.db").exists() or Path("killed.db").stat().st_size == 0:
        continue
    db = sqlite3.connect("killed.db")
    now = dict(db.execute("SELECT sha256, data_sha256 FROM document"))
    assert db.execute("PRAGMA quick_check").fetchone() == ("ok",)
    assert committed.items() <= now.items(), (len(now), len(committed))
    assert all(now.values()) and db.execute("SELECT count(*) FROM document WHERE NOT EXISTS (SELECT 1 FROM original WHERE document_id = id) OR NOT EXISTS (SELECT 1 FROM name WHERE document_id = document.id)").fetchone() == (0,)
    committed = now
    db.close()
assert turns_in_work > 0
print(f"killed {turns_in_work} times while it was at work")
assert subprocess.run(command).returncode == 0
db = sqlite3.connect("killed.db")
assert db.execute("SELECT count(*), count(DISTINCT data_sha256) FROM document").fetchone() == (700, 700)
assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
PYTHON

# A disk that is full: a small file system, where we may mount one; else a file that may not grow any more.
mkdir small
if unshare -m sh -c 'mount -t tmpfs -o size=5000k none small' 2>/dev/null; then
    unshare -m sh -c 'mount -t tmpfs -o size=5000k none small && "$0" archive add many --db small/full.db 2>full.txt; echo $? >full.exit
        "$0" archive list --limit 0 --db small/full.db --format csv >full.csv; echo $? >>full.exit; cp small/full.db* .' "$ziping"
    kept=$(sql 'SELECT count(*) FROM document' full.db)
    [ "$(tr '\n' ' ' <full.exit)" = "4 0 " ] || fail "a full disk: $(cat full.exit full.txt)"
    grep -q "small/full.db: the disk is full; what is committed stays: make room" full.txt && grep -q "^ziping: $kept documents" full.txt || fail "what is said of a full disk: $(cat full.txt)"
    [ "$(wc -l <full.csv)" -gt 1 ] || fail "nothing was committed before the disk was full"
    [ "$kept" = "$(($(wc -l <full.csv) - 1))" ] || fail "after a full disk: $kept documents"
    expect 0 archive verify --db full.db
    expect 0 archive add many --db full.db
    err_has "$kept were there already"
    rm -f full.db*
else
    echo "no tmpfs can be mounted here: a full disk is only played by a file that may not grow"
fi
(
    ulimit -f 700
    "$ziping" archive add many --db full.db >/dev/null 2>full.txt
)
[ $? -eq 4 ] || fail "a full disk: $(head -c 300 full.txt)"
[ "$(sql 'PRAGMA quick_check' full.db)" = ok ] || fail "a full disk: the file is not sound"
kept=$(sql 'SELECT count(*) FROM document' full.db)
expect 0 archive add many --db full.db
err_has "$kept were there already"
[ "$(sql 'SELECT count(*) FROM document' full.db)" = 700 ] || fail "after a full disk not all are there"

# What is said of a file as a whole goes by its name, which it has again when it is read again; the same folder once more
# is none without files.
mkdir named
one_form named/自评表.txt
printf '\xff\x80 damaged\n' >>named/自评表.txt
cp named/自评表.txt "$(printf 'named/\xffodd.txt')" && echo more >>"$(printf 'named/\xffodd.txt')"
(cd named && python3 -c 'import zipfile; zipfile.ZipFile("a.zip", "w").writestr("甲/表.txt", open("自评表.txt", "rb").read() + b"again\n")')
expect 0 archive add named --db own.db
expect 0 archive query "SELECT count(*) AS n FROM finding WHERE form_id IS NULL" --db own.db --format json
grep -q '"n": 3' out || fail "findings about files: $(cat out)"
expect 0 archive verify --db own.db
expect 0 archive recheck --db own.db
err_has "0 with another result"
expect 0 archive add named --db own.db
err_has "3 were there already"
! grep -q "no known file" err || fail "a folder of known files is said to be empty"
finish
