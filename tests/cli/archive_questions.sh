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

# The same as a page: it runs nothing, a document's text is text, both languages are there, figures are those of the tables.
expect 2 archive stats rules --db a.db --format html
expect 0 archive stats --db a.db --format html -o empty.html
grep -q "No project has forms of two years" empty.html || fail "no project of two years"
cat >page.py <<'PYTHON'
import base64, hashlib, re, sqlite3, sys
from html.parser import HTMLParser
class Page(HTMLParser):
    """Tables as lists of rows of texts; every element closed where it was opened."""
    def __init__(self, text):
        super().__init__()
        self.tables, self.open, self.heads, self.text = [], [], [], text
        self.feed(text)
        assert not self.open, self.open
    def handle_starttag(self, tag, attributes):
        names = [name for name, value in attributes]
        assert "style" not in names and not any(name.startswith("on") or name in ("src", "href") for name in names), attributes
        if tag not in ("meta", "input"):
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
        elif tag == "h3":
            self.heads.append("")
    def handle_startendtag(self, tag, attributes):
        assert tag in ("rect", "circle", "line", "polyline"), tag
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
    def handle_data(self, data):
        if self.open[-1:] in (["td"], ["th"]):
            self.tables[-1][-1][-1] += data
        elif self.open[-1:] == ["h3"]:
            self.heads[-1] += data
page = Page(open(sys.argv[1], encoding="utf-8").read())
style = re.search(r"<style>(.*?)</style>", page.text, re.S)[1]
policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page.text)[1]
assert "script" not in policy and "unsafe" not in policy
assert f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in policy
assert page.text.count('class="zh"') == page.text.count('class="en"') > 30
db = sqlite3.connect(sys.argv[2])
PYTHON
python3 - <<'PYTHON' || fail "archives of several years"
import sqlite3
db = sqlite3.connect("a.db")
columns = [row[1] for row in db.execute("PRAGMA table_info(form)")]
def copy(identity, **changes):
    """Another form like the first, with columns changed: what a damaged or strange archive may hold, too."""
    new = {name: changes.get(name, name) for name in columns if name != "id"}
    db.execute(f"INSERT INTO form (id, {', '.join(new)}) SELECT {identity}, {', '.join(new.values())} FROM form WHERE id = 1")
    db.execute("INSERT INTO fund SELECT ?, number, source, label, initial, initial_value, initial_at, budget, budget_value, budget_at, "
               "executed, executed_value, executed_at, weight, weight_value, weight_at, rate, rate_value, rate_at, score, score_value, score_at, reason FROM fund WHERE form_id = 1", (identity,))
copy(1001, number="1001", year="year + 1", total_score="'88.5'")
copy(1002, number="1002", year="year + 3", total_score="'九十'")
copy(1003, number="1003", unit="'<script>alert(1)</script>'", unit_key="'<script>'", project="'<b>x'", project_key="'<b>x'")
copy(1004, number="1004", unit="'<script>alert(1)</script>'", unit_key="'<script>'", project="'\"><img src=x onerror=1>'", project_key="'img'", year="year + 1")
db.execute("INSERT INTO link (project_key, unit_key, to_project_key, to_unit_key, linked_at) VALUES ('<b>x', '<script>', 'img', '<script>', '')")
db.commit()
PYTHON
expect 0 archive stats --db a.db --format html --lang zh -o page.html
cat page.py - >one.py <<'PYTHON'
coverage, units, rules, *lines = page.tables
assert 'id="zh" checked' in page.text and '<html lang="zh-CN">' in page.text
assert sum(int(row[3]) for row in coverage[1:]) == db.execute("SELECT count(*) FROM form").fetchone()[0]
years = units[0][1:]
for row in units[1:]:
    for year, cell in zip(years, row[1:]):
        where = ("unit = ? AND year = ?", (row[0], int(year))) if row[0] != "–" else ("unit_key = '' AND year = ?", (int(year),))
        forms, found = db.execute(f"SELECT count(*), sum((SELECT count(*) FROM finding WHERE form_id = form.id AND severity <> 'note')) FROM form WHERE {where[0]}", where[1]).fetchone()
        assert cell == (f"{forms} / {found}" if forms else "–"), (row[0], year, cell)
for row in rules[1:]:
    for year, cell in zip(years, row[1:]):
        found, = db.execute("SELECT count(*) FROM finding JOIN form ON form.id = form_id WHERE rule = ? AND year = ?", (row[0][:3], year)).fetchone()
        assert cell == (str(found) if found else "–"), row
first = db.execute("SELECT project, year FROM form WHERE id = 1").fetchone()
of = dict(zip(page.heads, lines))
assert set(of) == {first[0], '"><img src=x onerror=1>'}, page.heads  # the linked two are one, under its last name
mine = of[first[0]]
assert [int(row[0]) for row in mine[1:]] == [first[1], first[1] + 1, first[1] + 3] and mine[2][7] == "88.5"
section = page.text.split(f"<h3>{first[0]}</h3>")[1].split("</section>")[0]
assert section.count("<circle") == 2 and section.count('<polyline class="score"') == 1  # 九十 is no number; a year is missing
assert section.count("<rect") == 3 and section.count('<polyline class="rate"') == 1
assert len(of['"><img src=x onerror=1>']) == 3
PYTHON
python3 one.py page.html a.db || fail "the page of counts"
# ZP_LIMIT_STATS_ROWS, ZP_LIMIT_STATS_YEARS, ZP_LIMIT_STATS_PROJECTS: what is past them is left out, and the page says so.
python3 - <<'PYTHON' || fail "a large archive"
import sqlite3
db = sqlite3.connect("a.db")
columns = [row[1] for row in db.execute("PRAGMA table_info(form)") if row[1] not in ("id", "number", "year", "unit", "unit_key", "project_key")]
db.execute(f"INSERT INTO form (number, year, unit, unit_key, project_key, {', '.join(columns)}) "
           f"WITH RECURSIVE k (k) AS (SELECT 2000 UNION ALL SELECT k + 1 FROM k WHERE k < 3199) SELECT k, 1900 + k % 100, 'u' || (k / 2), 'u' || (k / 2), 'p', {', '.join(columns)} FROM k, form WHERE form.id = 1")
db.commit()
PYTHON
expect 0 archive stats --db a.db --format html -o page.html
cat page.py - >two.py <<'PYTHON'
coverage, units, rules, *lines = page.tables
assert len(units) == 501 and len(units[0]) == 61 and len(lines) == 300, (len(units), len(units[0]), len(lines))
assert "only the 500 units" in page.text and "Only the 300 projects" in page.text
assert int(units[0][-1]) == 2024 or int(units[0][-1]) > int(units[0][1])
PYTHON
python3 two.py page.html a.db || fail "the page of a large archive"

finish
