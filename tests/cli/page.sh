#!/usr/bin/env bash
# The report page: one file that asks for nothing, its policy names its own scripts; then in a real Chromium, where
# there is one and npm can fetch playwright-core (else that part is skipped: exit 77, which ctest lists).
# With AXE=1, also axe-core in both colour schemes; with KEEP=FOLDER, screenshots and a print are left there.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
tests=$(realpath "$here/../page")
npm_home=$(realpath "$here/../..")/build/npm-page
mkdir in
cp "$seed" in/a.txt
one_form form.txt
python3 - <<'PYTHON'
text = open("form.txt", encoding="utf-8").read()
text = text.replace("公务用车保障率", '<script>window.pwned=1</script><img src=x onerror="window.pwned=1">').replace("=95%", "见附件")
text = text.replace("机关服务费", "evil <b>\u202e</script><!--=1+1")
open("in/evil.txt", "w", encoding="utf-8").write(text)
PYTHON
: >in/empty.txt
expect 3 check in missing.txt --format html=page.html --format json=page.json --lang zh --repairs
expect 3 check in missing.txt --format html=again.html --lang zh --repairs
cmp page.html again.html || fail "the same bytes in, others out"
python3 - <<'PYTHON' || fail "the page"
import base64, gzip, hashlib, json, re
page = open("page.html", encoding="utf-8").read()
report = json.load(open("page.json", encoding="utf-8"))
policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
assert "default-src 'none'" in policy and "unsafe" not in policy
digest = lambda text: "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
assert len(scripts) == 4 and all(digest(script) in policy for script in scripts)
assert digest(re.search(r"<style>(.*?)</style>", page, re.S)[1]) in policy
assert "evil" not in re.sub(r"<script>.*?</script>", "", page, flags=re.S) # nothing of a document outside of the blocks
assert not re.search(r"(?:src|href)=\"?https?:", re.sub(r"<script>.*?</script>", "", page, flags=re.S))
blocks = {kind: [json.loads(gzip.decompress(base64.b64decode(text))) for text in re.findall(rf'<script type="text/plain" class="{kind}">([^<]*)<', page)]
          for kind in ("rows", "forms", "totals")}
rows, forms = sum(blocks["rows"], []), blocks["forms"]
drawn = [forms[row["block"]][row["at"]] for row in rows if "block" in row]
assert [form["project"] for form in drawn] == [form["project"] for file in report["files"] for form in file["forms"]]
assert sum(len(form["findings"]) for form in drawn) + sum(len(row.get("findings", [])) for row in rows) == sum(len(file["findings"]) for file in report["files"])
assert sum(len(form["unjudged"]) for form in drawn) == sum(len(file["not_evaluable"]) for file in report["files"]) > 0
assert {row["path"] for row in rows if row.get("failed")} == {"missing.txt", "in/empty.txt"}
assert {row["link"] for row in rows} == {"in/a.txt", "in/evil.txt", "in/empty.txt", "missing.txt"}
for one, form in zip([f for file in report["files"] for f in file["forms"]], drawn):
    assert form["verdict"] == one
PYTHON
run check form.txt --format html=/dev/full
exits 4
[ "$bad" -eq 0 ] || finish

skip() {
    echo "SKIPPED: $*"
    exit 77
}
command -v chromium >/dev/null || skip "no chromium"
command -v npm >/dev/null && command -v node >/dev/null || skip "no npm to fetch playwright-core with"
mkdir -p "$npm_home" && cp "$tests/package.json" "$npm_home"
(
    flock 9
    [ -d "$npm_home/node_modules/playwright-core" ] ||
        npm install --prefix "$npm_home" --no-audit --no-fund --no-package-lock >npm.log 2>&1
) 9>"$npm_home/lock" || skip "npm cannot install playwright-core: $(tail -n 1 npm.log)"
mkdir -p "${KEEP:=$work/kept}"
(cd "$npm_home" && HOME=$work node "$tests/page.cjs" "$work/page.html" "$work/page.json" "$KEEP" ${AXE:+--axe}) || fail "the page in Chromium"
finish
