#!/usr/bin/env bash
# A run planned as shards of about equal cost (plan, --shard-of), done one by one and put together.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
samples=$(dirname "$seed")
mkdir -p forms/below forms/deep
cp "$samples"/html/*.html forms/
cp "$samples"/pdf/lo-one-1.pdf "$seed" forms/below/
printf 'no form' >forms/note.txt
printf 'a picture' >forms/other.bin
printf '%%PDF-1.7 and no more' >forms/damaged.pdf
printf 'hidden' >forms/.hidden
printf 'rules: {F01: warning}\n' >forms/below/.ziping.yaml
ln -s nowhere forms/gone.html
cp "$seed" "$(printf 'forms/line\nand \377.txt')"
(cd forms/deep && mkdir -p "$(seq -s / 70)")
python3 - forms "$seed" <<'PYTHON' || fail "no archives"
import io, os, sys, tarfile, zipfile
folder, seed = sys.argv[1:]
form = open(seed, "rb").read()
def packed(names):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in names:
            file.writestr(zipfile.ZipInfo(name, (2022, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return data.getvalue()
inner = packed([("内/甲.txt", form), ("内/.隐", b"x")])
whole = packed([(f"单位{k:02}/表.txt", form[:9000 + k] if k % 3 else form) for k in range(12)] + [(".hidden/x.txt", form), ("inner.zip", inner), ("图.png", b"\x89PNG"), ("说明.doc", b"\xd0\xcf\x11\xe0")])
open(f"{folder}/parts.zip", "wb").write(whole)
open(f"{folder}/torn.zip", "wb").write(whole[:len(whole) // 2])
open(f"{folder}/empty.zip", "wb").write(packed([]))
open(f"{folder}/bomb.zip", "wb").write(packed([(f"{k}.bin", bytes(91 << 20)) for k in range(3)]))
with tarfile.open(f"{folder}/solid.tar", "w") as tar:
    for k in range(3):
        about = tarfile.TarInfo(f"{k}.txt")
        about.size = len(form)
        tar.addfile(about, io.BytesIO(form))
PYTHON

# shards PLAN COUNT FOLDER: do each of them.
shards() {
    mkdir -p "$3"
    for k in $(seq "$2"); do
        run check --shard-of "$1:$k" -o "$3/$k.rec" -q
        [ "$status" -eq 0 ] || exits 3
    done
}

# The merged report of the shards is the report of one run, however it is cut.
for format in json text csv; do
    "$ziping" check forms "$seed" gone.txt --format "$format" -o "one.$format" 2>"err.$format"
done
for size in 3 20; do
    expect 3 plan forms "$seed" gone.txt --shard-size "$size" -o "plan$size" --format json
    err_has "gone.txt"
    err_has "ZP_LIMIT_FOLDER_DEPTH"
    err_has "1 links in folders"
    json "d['schema'] == 'ziping/plan/1'" "d['skipped'] == 3" \
        "len(d['shards']) == -(-sum(s['documents'] for s in d['shards']) // $size)" \
        "all(s['documents'] > 0 and s['microseconds'] > 0 for s in d['shards'])"
    count=$(python3 -c 'import json, sys; print(len(json.load(open("out"))["shards"]))')
    shards "plan$size" "$count" "of$size"
    for format in json text csv; do
        expect 3 merge "of$size"/*.rec --format "$format" -o merged
        cmp -s merged "one.$format" || fail "shards of $size merged as $format differ from one run"
    done
done
[ "$(grep -lc 'parts.zip!/' of3/*.rec | wc -l)" -gt 1 ] || fail "the zip's entries are all in one shard"
[ "$(grep -lc 'solid.tar!/' of3/*.rec | wc -l)" -eq 1 ] || fail "an archive that is read from its beginning is cut"
run plan forms "$seed" gone.txt --shard-size 3 -o again -q
cmp -s plan3 again || fail "the same input gives another plan"
out_is_empty
expect 3 plan forms "$seed" gone.txt --shard-size 3 -o again
out_has "estimated seconds"
"$ziping" convert forms "$seed" gone.txt --to json -o one.conv 2>/dev/null
run plan forms "$seed" gone.txt --shard-size 40 -o plan40 -q
for k in 1 2; do "$ziping" convert --shard-of "plan40:$k" -o "$k.conv" -q; done
expect 3 merge 2.conv 1.conv --format json -o merged
cmp -s merged one.conv || fail "convert: two shards differ from one run"

# A list of names, of which one folder's first says where settings are.
find forms -name '*.html' -type f -print0 >list
expect 0 plan --files-from list --shard-size 7 -o listed --format json
"$ziping" check --files-from list --format json -o one.list 2>/dev/null
shards listed "$(jq '.shards | length' out)" oflist
run merge oflist/*.rec --format json -o merged
cmp -s merged one.list || fail "shards of a list differ from one run"

# Cut off anywhere, a shard goes on; a cache serves any plan.
run check --shard-of plan20:2 -o whole.rec --journal log --cache cache -q
cmp -s whole.rec of20/2.rec || fail "a journal or a cache changes a shard"
for part in 2 3; do
    head -c $(($(stat -c %s log) * part / 4)) log >log.cut
    run check --shard-of plan20:2 -o resumed.rec --journal log.cut --resume -q
    cmp -s resumed.rec whole.rec || fail "resumed after $part quarters: another shard"
done
run check --shard-of plan20:1 -o resumed.rec --journal log --resume
exits 2
err_has "is of another run"
run check --shard-of plan3:1 -o resumed.rec --cache cache -q
cmp -s resumed.rec of3/1.rec || fail "from the cache of another plan: another shard"

# Shards of other plans are not put together.
expect 2 merge of3/1.rec of20/2.rec
err_has "not of the same run"

# Nothing that is read is written over.
cp -r forms kept
expect 2 plan forms --shard-size 3 -o forms/note.txt
err_has "both input and output"
expect 2 check --shard-of plan3:1 -o forms/note.txt
err_has "holds no records"
expect 2 check --shard-of plan3:1 -o plan3
err_has "plan3"
run merge of3/*.rec --format json -o forms/note.txt
err_has "both input and output"
run merge oflist/*.rec --format json -o "$(find forms -name '*.html' -type f | tail -n 1)"
err_has "both input and output"
diff -r --no-dereference forms kept >/dev/null || fail "a document is gone"

# Words that make no sense.
for words in "plan forms" "plan forms --shard-size 3" "plan forms --shard-size 0 -o x" "plan forms --shard-size a -o x" \
    "plan --shard-size 3 -o x" "plan - --shard-size 3 -o x" "plan forms --shard-size 3 -o x --format csv" \
    "check forms --shard-of plan3:1 -o x" "check --shard-of plan3 -o x" "check --shard-of plan3:0 -o x" \
    "check --shard-of plan3:99 -o x" "check --shard-of plan3:1 --shard 1/2 -o x" "check --shard-of :1 -o x" \
    "check --shard-of plan3:1 --format json -o x" "check --shard-of plan3:1 --report r" "check --shard-of none:1 -o x"; do
    # shellcheck disable=SC2086
    expect 2 $words
    out_is_empty
done
mkdir nothing
expect 2 plan nothing --shard-size 3 -o x
expect 3 plan gone.txt --shard-size 3 -o x
[ ! -e x ] || fail "a plan of nothing"
(cd nothing && "$ziping" check --shard-of ../listed:1 -o x 2>../err)
err_has "run it in the folder of the plan, $(pwd)"
# ZP_LIMIT_SHARDS
yes "$seed" | head -n 10001 >many
expect 2 plan --files-from many --shard-size 1 -o x
err_has "must be at least 2"

# A plan is a stranger's: cut, changed by a byte, no file at all.
python3 - "$ziping" <<'PYTHON' || fail "a damaged plan is read"
import os, random, subprocess, sys
whole = open("plan3", "rb").read()
chosen = random.Random(25)
bad = 0
for turn in range(60):
    data = bytearray(whole)
    if turn % 3:
        data[chosen.randrange(len(data))] ^= chosen.randrange(1, 256)
    else:
        del data[chosen.randrange(len(data)):]
    open("damaged", "wb").write(data)
    done = subprocess.run([sys.argv[1], "check", "--shard-of", "damaged:1", "-o", "x", "-q"], capture_output=True, timeout=60)
    # A byte of another shard's entries is that shard's business.
    same = done.returncode in (0, 3) and turn % 3 and open("x", "rb").read() == open("of3/1.rec", "rb").read()
    if done.returncode != 2 and not same:
        print(turn, done.returncode, done.stderr[:200])
        bad = 1
sys.exit(bad)
PYTHON
mkfifo pipe
for special in pipe /dev/zero forms; do
    run check --shard-of "$special:1" -o x
    exits 2
    err_has "$special"
done

# Forged, with digests that fit: parts from behind, the same input twice, standard input, more shards than may be.
python3 - "$ziping" <<'PYTHON' || fail "a forged plan is read"
import hashlib, subprocess, sys
def number(n):
    out = b""
    while n > 127:
        out, n = out + bytes([n & 127 | 128]), n >> 7
    return out + bytes([n])
def path(text):
    return number(len(text)) + text
END = 2 ** 64 - 1
def entry(n, first, last, name, walked=0):
    return number(n) + number(first) + number(last) + number(walked) + path(name) + number(0)
def plan(shards, rows=None):
    head = path(b"/") + number(1) + path(b"one.txt") + number(0) + number(rows or len(shards))
    for shard in shards:
        head += number(len(shard)) + number(1) + number(1) + hashlib.sha256(shard).digest()
    return b"ziping plan 1\n\0\0" + b"".join(shards) + head + len(head).to_bytes(8, "little") + hashlib.sha256(head).digest()
sound = entry(0, 0, END, b"one.txt")
cases = {"sound": plan([sound]), "backwards": plan([entry(0, 9, 3, b"one.txt")]), "twice": plan([sound + sound]), "order": plan([entry(4, 0, END, b"one.txt") + entry(2, 0, END, b"one.txt")]),
         "input": plan([entry(0, 0, END, b"-")]), "nothing": plan([b""]), "nul": plan([entry(0, 0, END, b"a\0b")]), "rows": plan([sound], 10001), "none": plan([]),
         "parts": plan([entry(0, 0, 5, b"one.txt") + entry(0, 5, 9, b"one.txt")]), "names": plan([entry(0, 0, 5, b"one.txt") + entry(0, 6, END, b"two.txt")])}
open("one.txt", "wb").write(b"no form")
bad = 0
for name, data in cases.items():
    open("forged", "wb").write(data)
    done = subprocess.run([sys.argv[1], "check", "--shard-of", "forged:1", "-o", "x", "-q"], capture_output=True, timeout=60)
    if done.returncode != (3 if name == "sound" else 2):
        print(name, done.returncode, done.stderr[:200])
        bad = 1
sys.exit(bad)
PYTHON

# Shards take about as long: none is further from its share than by a document.
mkdir sizes && for k in $(seq 40); do head -c $((k * k * 50)) /dev/zero >"sizes/$((100 + k)).html"; done
expect 0 plan sizes --shard-size 10 -o x --format json
json "len(d['shards']) == 4" "max(s['microseconds'] for s in d['shards']) - min(s['microseconds'] for s in d['shards']) < 2 * (600 + 80 * 130)" \
    "d['shards'][0]['documents'] > 2 * d['shards'][3]['documents']"
finish
