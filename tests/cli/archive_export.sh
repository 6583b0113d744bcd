#!/usr/bin/env bash
# An archive as tables, and as a bag that others can check and another archive can be made from.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
samples=$(dirname "$seed")
mkdir in
cp "$seed" "in/种子 %.txt"
find "$samples"/html -name "*.html" | sort | head -n 1 | xargs -I {} cp {} in/a.html
cp in/a.html in/b.html
sed 's/2022年度/2023年度/' "$seed" >in/next.txt
printf '=1+1\n' >>in/next.txt
expect 0 archive add in --db a.db
expect 0 archive link 1 2 --db a.db
mkdir data && cp "$(dirname "$ziping")/rules/catalogue.yaml" data
sed -i 's/The execution rate of {/The rate of execution of {/' data/catalogue.yaml
expect 0 archive recheck --db a.db --rules data

# Everything that is in an archive, but how it is packed.
cat >dump.py <<'PYTHON'
import json, sqlite3, sys
def dump(path):
    db = sqlite3.connect(path)
    rows = {}
    for table in ("version", "document", "name", "form", "fund", "indicator", "finding", "reason", "unjudged", "repair", "former", "link", "outcome"):
        columns = ", ".join(name for _, name, *_ in db.execute(f"PRAGMA table_info({table})") if name != "data")
        rows[table] = sorted(db.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)
    rows["text"] = [row for word in ("训对象", "满意度", "202") for row in db.execute("SELECT rowid FROM search_text WHERE search_text MATCH ? ORDER BY rowid", (word,))]
    rows["short"] = db.execute("SELECT rowid FROM search_short WHERE search_short MATCH '训' ORDER BY rowid").fetchall()
    return rows
one, other = dump(sys.argv[1]), dump(sys.argv[2])
for key in one:
    assert one[key] == other[key] and (one[key] or key in ("repair", "reason", "unjudged")), key
PYTHON

# The bag: valid by sha256sum and by a reader of its own; nothing of the archive is missing from it.
expect 0 archive export --db a.db --bagit bag
(cd bag && sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt) || fail "sha256sum -c"
python3 "$here/bagit.py" bag || fail "the second reader"
xmllint --noout bag/data/premis.xml || fail "premis.xml"
for word in ingestion "metadata extraction" "fixity check" "种子 %.txt" "<agentType>software</agentType>"; do grep -qF "$word" bag/data/premis.xml || fail "premis.xml lacks $word"; done
cmp -s "bag/data/originals/$(sha256sum <"in/种子 %.txt" | cut -c 1-2)/$(sha256sum <"in/种子 %.txt" | cut -c 1-64)" "in/种子 %.txt" || fail "an original in the bag"
expect 2 archive export --db a.db --bagit bag
err_has "already"
expect 0 archive import bag --db b.db
python3 dump.py a.db b.db || fail "the archive made from the bag is another one"
expect 0 archive verify --db b.db --rules data
expect 0 archive export --db b.db --bagit again
[ "$(grep -v premis bag/manifest-sha256.txt)" = "$(grep -v premis again/manifest-sha256.txt)" ] || fail "the bag of the imported archive is another one"
for sha in $(sed 's/ .*//' bag/manifest-sha256.txt); do
    [ ! -e "bag/data/originals/${sha:0:2}/$sha" ] || { expect 0 archive show "$sha" --db b.db --format original && cmp -s out "bag/data/originals/${sha:0:2}/$sha" || fail "original $sha"; }
done
expect 2 archive import bag --db b.db
err_has "new archive"

# A bag that was damaged or forged is refused, says what it is, and leaves no archive.
bad_bag() { # NAME MESSAGE COMMAND…: bag changed by a command in its folder
    rm -rf forged
    cp -r bag forged
    (cd forged && eval "$3") || fail "$1: cannot be forged"
    run archive import forged --db forged.db
    [ "$status" -eq 3 ] || [ "$status" -eq 2 ] || fail "$1: exit $status"
    err_has "$2"
    [ ! -e forged.db ] || fail "$1: an archive is left"
}
# reseal: manifests that fit what is there.
reseal='find data -type f | LC_ALL=C sort | xargs sha256sum >manifest-sha256.txt; sha256sum bagit.txt bag-info.txt manifest-sha256.txt >tagmanifest-sha256.txt'
bad_bag flipped "not what the manifest says" "printf x >>data/tables/form.ndjson"
bad_bag missing "not there" "rm data/premis.xml"
bad_bag extra "does not name it" "printf x >data/more"
bad_bag link "links" "ln -s /etc/passwd data/more"
bad_bag tag "not what the manifest says" "printf x >>bag-info.txt"
bad_bag none "no bag" "rm bagit.txt"
bad_bag other "no bag" "printf 'x\n' >bagit.txt; $reseal"
bad_bag table "has no data/tables/fund.ndjson" "rm data/tables/fund.ndjson; $reseal"
bad_bag figure "digest" "sed -i 's/\"budget_value\": \"\([0-9]\)/\"budget_value\": \"9\1/' data/tables/fund.ndjson; $reseal"
bad_bag column "no row of this table" "sed -i 's/^{/{\"more\": 1, /' data/tables/name.ndjson; $reseal"
bad_bag type "no row of this table" "sed -i 's/\"size\": \([0-9]*\)/\"size\": \"x\1\"/' data/tables/document.ndjson; $reseal"
bad_bag json "no row of this table" "printf '[1]\n' >>data/tables/name.ndjson; $reseal"
bad_bag data "not the data of its form" "head -n 1 data/tables/data.ndjson >x; mv x data/tables/data.ndjson; $reseal"
bad_bag original "not what its name says" "f=\$(find data/originals -type f | head -n 1); printf x >>\$f; $reseal"
expect 2 archive import missing --db no.db
[ ! -e no.db ] || fail "a missing bag leaves an archive"

# Tables: CSV with the types of its columns, guarded or raw; JSON; a workbook.
expect 0 archive export --db a.db --to csv -o csv
expect 0 archive export --db a.db --to parquet-csv -o raw
expect 0 archive export --db a.db --to ndjson -o all.ndjson
expect 0 archive export --db a.db --to json
python3 - <<'PYTHON' || fail "tables"
import csv, json, sqlite3
db = sqlite3.connect("a.db")
count = lambda table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
for folder in ("csv", "raw"):
    types = json.load(open(folder + "/columns.json"))
    for name, table in {"documents": "document", "names": "name", "forms": "form", "funds": "fund", "indicators": "indicator", "findings": "finding", "unjudged": "unjudged", "repairs": "repair"}.items():
        rows = list(csv.reader(open(f"{folder}/{name}.csv", encoding="utf-8-sig", newline="")))
        assert rows[0] == [column["name"] for column in types[name]] and len(rows) == count(table) + 1, name
        for row in rows[1:]:
            for cell, column in zip(row, types[name]):
                assert column["type"] == "string" or not cell or int(cell) is not None, (name, column, cell)
documents = [json.loads(line) for line in open("all.ndjson", encoding="utf-8")]
assert documents == json.load(open("out", encoding="utf-8")) and len(documents) == count("document")
assert sum(len(document["forms"]) for document in documents) == count("form")
PYTHON
expect 2 archive export --db a.db --to csv -o csv
expect 0 archive export --db a.db --to xlsx -o all.xlsx
python3 - <<'PYTHON' || fail "workbook"
import re, sqlite3, zipfile
names = re.findall(r'<sheet name="([^"]+)"', zipfile.ZipFile("all.xlsx").read("xl/workbook.xml").decode())
assert names == ["documents", "names", "forms", "funds", "indicators", "findings", "unjudged", "repairs"], names
rows = zipfile.ZipFile("all.xlsx").read("xl/worksheets/sheet3.xml").decode().count("<row ")
assert rows == sqlite3.connect("a.db").execute("SELECT count(*) FROM form").fetchone()[0] + 1
PYTHON
for wrong in "export" "export --to csv" "export --to nonsense -o x" "export --bagit x -o y" "export x --bagit y" "import" "import a b"; do
    # shellcheck disable=SC2086
    expect 2 archive $wrong --db a.db
done

# An original that was damaged is not exported, and no half of a bag is left.
python3 - <<'PYTHON'
import shutil, sqlite3
shutil.copy("a.db", "hurt.db")
db = sqlite3.connect("hurt.db")
db.execute("UPDATE original SET bytes = x'00' WHERE document_id = 1")
db.commit()
PYTHON
expect 3 archive export --db hurt.db --bagit hurt
err_has "document 1"
[ -z "$(find . -maxdepth 1 -name 'hurt.*' ! -name 'hurt.db*')" ] && [ ! -e hurt ] || fail "half of a bag is left"
expect 0 archive add in --db bare.db --no-originals
expect 0 archive export --db bare.db --bagit bare
expect 0 archive import bare --db bare2.db
python3 "$here/bagit.py" bare || fail "a bag without originals"
finish
