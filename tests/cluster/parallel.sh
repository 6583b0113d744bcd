#!/usr/bin/env bash
# scripts/cluster/parallel.sh over many documents, a task killed in the middle: the report of one run, and a re-run does what is missing.
#
# usage: parallel.sh ZIPING [DOCUMENTS]      2,000 documents
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/../cli/common.bash" "$1"
command -v parallel >/dev/null || { echo "GNU parallel is not installed: skipped"; exit 77; }
scripts=$(realpath "$here/../../scripts/cluster")
export ZIPING=$ziping
documents=${2:-2000}
python3 "$here/../../bench/bulk.py" make forms "$documents" html txt md
python3 -c 'import sys, zipfile
with zipfile.ZipFile("forms/a.zip", "w") as file:
    for k in range(20): file.write(sys.argv[1], f"{k}.txt")' "$seed"
"$ziping" check forms --format json -o one.json 2>/dev/null
one=$?

# A shard that kills itself the first time it is begun, when half of it is read.
mkdir bin && cat >bin/ziping <<EOF
#!/usr/bin/env bash
case "\$*" in
*plan:3\ *) if mkdir "$work/killed" 2>/dev/null; then
    "$ziping" "\$@" &
    until [ "\$(stat -c %s "$work/run/journals/3.log" 2>/dev/null || echo 0)" -gt 20000 ]; do sleep 0.01; done
    kill -9 \$!
    kill -9 \$\$
fi ;;
esac
exec "$ziping" "\$@"
EOF
chmod +x bin/ziping

# go WORDS…: the script, with what it says kept.
go() {
    last="parallel.sh $*"
    "$scripts/parallel.sh" "$@" >out 2>err </dev/null
    status=$?
}
size=$((documents / 8))
ZIPING=$work/bin/ziping go --work run --shard-size "$size" --jobs 2 --retries 1 check forms -- --jobs 1
exits 4
err_has "these shards are missing"
[ -e run/journals/3.log ] && [ ! -e run/records/3.rec ] || fail "no shard was cut off"
[ ! -e run/report.json ] || fail "a report without all shards"
count=$(find run/records -name '*.rec' | wc -l)
[ "$count" -ge 8 ] || fail "only $count shards are done"
before=$(stat -c %Y.%i run/records/*.rec)
go --work run --shard-size "$size" --jobs 2 check forms -- --jobs 1
exits "$one"
cmp -s run/report.json one.json || fail "the report differs from that of one run"
for row in $before; do stat -c %Y.%i run/records/*.rec | grep -qxF "$row" || fail "a shard was done again"; done
[ "$(stat -c %Y.%i run/records/*.rec | wc -l)" -eq $((count + 1)) ] || fail "more than one shard was missing"
[ "$(cat run/exit)" = "$one" ] || fail "another exit code in the folder"
[ -z "$(ls run/journals)" ] || fail "a journal of what is done stays"

# A task killed by the retry's clock goes on at once; records that are gone are made again; merge options; another run is refused.
rm run/records/2.rec
go --work run --shard-size "$size" --jobs 2 check forms -- --jobs 1 -- --format ndjson -o run/lines.ndjson
exits "$one"
"$ziping" check forms --format ndjson -o one.ndjson 2>/dev/null
cmp -s run/lines.ndjson one.ndjson || fail "another format"
go --work run --shard-size 7 check forms
exits 2
err_has "of another run"
rm -r killed
ZIPING=$work/bin/ziping go --work again --shard-size "$size" --jobs 2 --retries 3 --time 120 --memfree 1M check forms -- --jobs 1 2>/dev/null
[ -e again/report.json ] || ZIPING=$work/bin/ziping go --work again --shard-size "$size" check forms -- --jobs 1
cmp -s again/report.json one.json || fail "with limits: another report"

# An archive: each shard's built apart, then merged; what is missing is built again, and what is in the merged one stays.
go --work store --shard-size "$size" --jobs 2 archive forms -- --no-originals -- --db store.db
exits 0
"$ziping" archive add forms --no-originals --db one.db -q 2>/dev/null
rows() { python3 -c 'import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute("SELECT d.id, sha256, data_sha256, f.id, path FROM document d JOIN form f ON f.document_id = d.id JOIN name n ON n.document_id = d.id ORDER BY 1, 4, n.id"), sep="\n")' "$1"; }
rows store.db >store.rows
rows one.db >one.rows
[ -s one.rows ] && cmp -s store.rows one.rows || fail "the merged archive is not that of one run: $(diff store.rows one.rows | sed -n 1,3p)"
rm store/records/2.rec
before=$(stat -c %Y.%i store/records/3.rec)
go --work store --shard-size "$size" --jobs 2 archive forms -- --no-originals -- --db store.db
exits 0
rows store.db | cmp -s - one.rows || fail "merging again changes the archive"
[ "$(stat -c %Y.%i store/records/3.rec)" = "$before" ] || fail "a shard's archive was built again"
for words in "" "--work x --shard-size 5 archive forms -- -- -o x" "--work x check forms" "--shard-size 5 check forms" "--work x --shard-size 5 check" "--work x --shard-size 5 --frob 1 check forms" "--work x --shard-size 0 check forms"; do
    # shellcheck disable=SC2086
    go $words
    exits 2
done
finish
