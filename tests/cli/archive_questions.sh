#!/usr/bin/env bash
# The questions of docs/for-archivists.md can be asked; and archive stats counts what is there.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
golden=$(realpath "$here/../golden")
for name in seed-2 form-hubei-2021 form-wuhan-2021 form-sichuan-2023 form-ningxia-2022 sound-shanghai; do cp "$golden/$name/input.txt" "$name.txt"; done
cp "$seed" seed.txt
expect 0 archive add ./*.txt --db a.db
python3 - "$ziping" "$here/../../docs" <<'PYTHON' || fail "the questions of the papers"
import json, re, subprocess, sys
from pathlib import Path
def questions(name):
    return re.findall(r"```sql\n\s*(.*?)\n\s*```", (Path(sys.argv[2]) / name).read_text(encoding="utf-8"))
listed = questions("for-archivists.md")
assert len(listed) == 20 and listed == questions("for-archivists.zh-CN.md"), len(listed)
answered = 0
for question in listed:
    done = subprocess.run([sys.argv[1], "archive", "query", question, "--db", "a.db", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode == 0, (question, done.stderr.decode())
    rows = json.loads(done.stdout)
    answered += bool(rows)
    if not rows:
        print("no row:", question)
assert answered >= 16, answered
PYTHON
# Every table and view of the schema is explained in both papers.
for paper in for-archivists.md for-archivists.zh-CN.md; do
    sed -n 's/^CREATE \(VIRTUAL \)\?\(TABLE\|VIEW\) \([a-z_]*\).*/\3/p' "$here"/../../src/archive/schema*.sql | while read -r name; do
        grep -q "\`$name\`" "$here/../../docs/$paper" || echo "$name"
    done >lacking
    [ ! -s lacking ] || fail "$paper lacks $(tr '\n' ' ' <lacking)"
done

# Sums over forms by year and department, over findings by rule and year.
expect 0 archive stats --db a.db --format json
python3 - <<'PYTHON' || fail "stats"
import json, sqlite3
db = sqlite3.connect("a.db")
rows = json.load(open("out"))
assert sum(row["forms"] for row in rows) == db.execute("SELECT count(*) FROM form").fetchone()[0]
assert sum(row["errors"] for row in rows) == db.execute("SELECT count(*) FROM finding WHERE severity = 'error' AND form_id IS NOT NULL").fetchone()[0]
PYTHON
expect 0 archive stats rules --db a.db --format json
python3 - <<'PYTHON' || fail "stats rules"
import json, sqlite3
rows = json.load(open("out"))
assert sum(row["findings"] for row in rows) == sqlite3.connect("a.db").execute("SELECT count(*) FROM finding").fetchone()[0]
PYTHON
expect 2 archive stats nonsense --db a.db

finish
