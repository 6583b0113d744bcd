#!/usr/bin/env bash
# ZP_LIMIT_REPORT_FORMS: with more forms the report page is an index, and the forms stand in pages of departments, or units
# where a department is too much; nothing of others is written over, and nothing stays of what is no more.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
mkdir in
python3 - <<'END'
form = lambda *names: "项目支出绩效自评表\n项目名称\t%s\n主管部门\t%s\t实施单位\t%s\n" % names
for file in range(201):
    forms = [form(f"p{file}-{k}", "大局", "甲/..\\院" if k % 2 else "乙*院") for k in range(100)]
    if file == 7:
        forms += [form("q", "小局", "丙") + "总分\t100\t88\n", form("q", "小局", "丁")]
    open(f"in/{file:03}.txt", "w", encoding="utf-8").write("".join(forms))
END
mkdir few report.d report.d/report-pages
cp in/00[12].txt few

# A folder that is somebody's: nothing is written.
echo mine >report.d/report-pages/notes.txt
run check in --quiet --format html=report.d/report.html
exits 4
err_has "report-pages is there, and is no earlier report or was changed since; move it away first"
[ "$(find report.d -type f)" = report.d/report-pages/notes.txt ] || fail "written over: $(find report.d)"
rm -r report.d/report-pages

run check in missing.txt --quiet --lang zh --format html=report.d/report.html --format json=whole.json
exits 3
python3 - <<'END' || fail "the pages"
import base64, gzip, json, os, re, urllib.parse
def read(path):
    page = open(path, encoding="utf-8").read()
    assert "乙院" not in page and "script-src 'sha256-" in page
    return [sum((x if isinstance(x, list) else [x] for x in (json.loads(gzip.decompress(base64.b64decode(text)))
        for text in re.findall(rf'<script type="text/plain" class="{kind}">([^<]*)<', page))), []) for kind in ("rows", "forms", "totals")]
os.chdir("report.d")
assert sorted(os.listdir(".")) == ["report-pages", "report.html"], os.listdir(".")
whole = json.load(open("../whole.json"))["summary"]
rows, forms, (totals,) = read("report.html")
assert not forms and totals["summary"] == whole and whole["forms"] == 20102 and totals["stated"] == [["88", 1]], totals["stated"]
units = [row for row in rows if "sheet" in row]
assert [row["path"] for row in rows if "sheet" not in row] == ["missing.txt"]
assert sorted((row["department"], row["unit"], row["forms"]) for row in units) == \
    [("大局", "乙*院", 10050), ("大局", "甲/..\\院", 10050), ("小局", "丁", 1), ("小局", "丙", 1)], units
sheets = totals["sheets"]
assert sorted(os.listdir("report-pages")) == sorted([".ziping-report"] + [urllib.parse.unquote(s["link"]).removeprefix("report-pages/") for s in sheets])
assert [(s["department"], s["whole"], s["forms"]) for s in sheets] == [("大局", False, 10050)] * 2 + [("小局", True, 2)], sheets
assert sum(s["counts"][0] for s in sheets) + 1 == whole["error"], (sheets, whole) # and one of the file that failed
assert [sum(s["counts"][k] for s in sheets) for k in (1, 2)] == [whole["warning"], whole["note"]]
drawn = []
for k, sheet in enumerate(sheets):
    own, forms, (about,) = read(urllib.parse.unquote(sheet["link"]))
    assert len(own) == len(forms) == sheet["forms"] == about["summary"]["forms"] <= 20000
    assert about["index"] == "../report.html" and about["whose"]["department"] == sheet["department"]
    assert os.path.exists(os.path.join("report-pages", about["up"] + own[0]["link"]))
    assert about["summary"]["warning"] == sheet["counts"][1] == sum(row["counts"][1] for row in own)
    assert sum(rule["count"] for rule in about["rules"]) == sum(sheet["counts"])
    assert {row["unit"] for row in own} == {row["unit"] for row in units if row["sheet"] == k}
    drawn += [(row["path"], row["form"], row["project"]) for row in own]
    assert [form["project"] for form in forms] == [row["project"] for row in own]
assert len(set(drawn)) == len(drawn) == 20102
END
(cd report.d/report-pages && sha256sum --quiet -c .ziping-report) || fail "the list of pages"
cp -r report.d opened

# With few forms again the pages go; changed ones stay, and are no hindrance.
cp -r report.d changed
echo '<!-- mine -->' >>changed/report-pages/小局.html
for folder in report.d changed; do
    run check few --quiet --format html=$folder/report.html
    exits 1
done
[ "$(ls -A report.d)" = report.html ] || fail "pages of an earlier report stay: $(ls -A report.d)"
tail -n 1 changed/report-pages/小局.html | grep -q mine || fail "a page that somebody changed is gone"
[ "$bad" -eq 0 ] || finish

# In a real Chromium, as tests/cli/page.sh: the index, and a page of 10,050 forms. TIMED=1: within the times that
# tests/page/index.cjs names, which a busy machine does not keep.
skip() {
    [ "$bad" -eq 0 ] || finish
    echo "SKIPPED: $*"
    exit 77
}
tests=$(realpath "$here/../page")
npm_home=$(realpath "$here/../..")/build/npm-page
command -v chromium >/dev/null || skip "no chromium"
[ -d "$npm_home/node_modules/playwright-core" ] || skip "no playwright-core; tests/cli/page.sh fetches it"
(cd "$npm_home" && HOME=$work node "$tests/index.cjs" "$work/opened/report.html" ${TIMED:+--timed}) || fail "the index in Chromium"
finish
