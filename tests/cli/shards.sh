#!/usr/bin/env bash
# A run in parts (--shard, merge), cut off and gone on with (--journal, --resume), and from a cache.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
samples=$(dirname "$seed")
mkdir -p forms/below
cp "$samples"/html/*.html "$samples"/markdown/*.md forms/ 2>/dev/null
cp "$samples"/pdf/lo-one-1.pdf "$samples/seed-2022.txt" forms/below/
printf 'no form' >forms/note.txt
printf 'a picture' >forms/other.bin
printf '%%PDF-1.7 and no more' >forms/damaged.pdf
ln -s nowhere forms/gone.html
printf 'rules: {F01: warning}\n' >forms/below/.ziping.yaml
check_formats=$(text_formats check)

# Parts of a run, put together, are the run.
for format in $check_formats; do
    "$ziping" check forms "$seed" --format "$format" -o "one.$format" 2>"err.$format"
done
sed -i '/links in folders/d' err.text # each part says its own, to whoever walks the folder
for parts in 1 3; do
    for part in $(seq "$parts"); do
        run check forms "$seed" --shard "$part/$parts" -o "part$parts.$part" -q
        [ "$status" -eq 0 ] || exits 3 # severities are for merge to say
    done
    for format in $check_formats; do
        expect 3 merge part"$parts".* --format "$format" -o merged
        cmp -s merged "one.$format" || fail "$parts shards merged as $format differ from one run"
        # Links that a folder's walk passed by are told by the runs, not by merge.
        [ "$format" != text ] || grep -v 'links in folders' "err.$format" | cmp -s "$work/err" - || fail "standard error differs"
    done
done
for format in json ndjson csv; do
    "$ziping" convert forms --to "$format" -o "one.$format" 2>err.convert
    for part in 1 2; do "$ziping" convert forms --shard "$part/2" -o "part.$part" 2>/dev/null; done
    expect 3 merge part.2 part.1 --format "$format" -o merged
    cmp -s merged "one.$format" || fail "convert: 2 shards merged as $format differ from one run"
done

# Whatever is wrong with parts is said, and nothing written.
expect 2 merge part3.1 part3.2
err_has "shard 3/3 is missing"
expect 2 merge part3.1 part3.2 part3.2
err_has "given twice"
expect 2 merge part3.1 part1.1
err_has "not of the same run"
expect 2 merge part3.1 one.json
err_has "one.json"
head -c -20 part3.2 >torn
expect 2 merge part3.1 torn part3.3
err_has "torn: is not complete"
expect 2 merge
expect 2 merge no-such-file
# ZP_LIMIT_SHARDS
for wrong in 0/3 4/3 3 1/0 1/10001 a/b /2 1/ -1/2; do
    expect 2 check "--shard=$wrong" forms
    err_has "--shard"
done
expect 2 check --shard 1/2 --format json forms
expect 2 check --shard 1/2 -
out_is_empty

# A journal that was cut anywhere gives the same output.
expect 3 check forms --format json -o whole --journal journal
size=$(stat -c %s journal)
for keep in 0 7 100 $((size / 3)) $((size / 2)) $((size - 1)) "$size"; do
    head -c "$keep" journal >cut.part
    if [ "$keep" -eq 7 ] || [ "$keep" -eq 100 ]; then
        expect 2 check forms --format json -o again --journal cut.part --resume
        err_has "is of another run"
        continue
    fi
    expect 3 check forms --format json -o again --journal cut.part --resume
    cmp -s again whole || fail "resumed after $keep bytes: another output"
    cmp -s cut.part journal || fail "resumed after $keep bytes: another journal"
done
# What changed since is read again; a changed byte is noticed.
printf 'still no form' >forms/note.txt
expect 3 check forms --format json -o changed --journal journal --resume
"$ziping" check forms --format json -o fresh 2>/dev/null
cmp -s changed fresh || fail "resumed though a file has changed"
printf 'X' | dd of=journal bs=1 seek=$((size / 2)) conv=notrunc status=none
expect 3 check forms --format json -o changed --journal journal --resume
cmp -s changed fresh || fail "resumed though the journal has changed"
# A forged entry, whose checksum fits, is read again; a forged size asks for no memory.
expect 3 check forms --format json -o changed --journal forged --max-memory 300M
for what in record size; do
    cp forged forged.part
    python3 - $what <<'PYTHON' || fail "cannot forge a journal"
import struct, sys, zlib
data = open("forged.part", "rb").read()
head = 16 + 8 + struct.unpack_from("<I", data, 16)[0]
size = struct.unpack_from("<I", data, head)[0]
payload = bytearray(data[head + 8:head + 8 + size])
payload[-1] ^= 0x55
if sys.argv[1] == "record":
    frame = struct.pack("<II", size, zlib.crc32(payload)) + bytes(payload)
else:
    frame = struct.pack("<II", 1 << 30, 0) + bytes(payload)
open("forged.part", "wb").write(data[:head] + frame + data[head + 8 + size:])
PYTHON
    (
        [ "$(grep -c __asan_init "$ziping")" -gt 0 ] || ulimit -v 900000
        "$ziping" check forms --format json -o again --journal forged.part --resume --jobs 1 --max-memory 300M 2>/dev/null
        [ $? -eq 3 ]
    ) || fail "a journal with a forged $what ends otherwise"
    cmp -s again changed || fail "resumed though the journal's $what is forged"
done
expect 2 check forms --format json -o again --journal journal
err_has "--resume"
expect 2 check forms --format json -o again --journal journal --resume --ignore F01
err_has "is of another run"
expect 2 check forms --journal other
err_has "-o"
expect 2 check forms --resume -o out2
expect 2 check - --journal other -o out2
expect 2 check forms -o out2 --journal no/such/folder/journal
[ ! -e other ] || fail "a journal although the words were wrong"

# A cache changes nothing, whatever is done to it.
expect 3 check forms --format json -o cached --cache cache
cmp -s cached fresh || fail "the cache is filled: another output"
expect 3 check forms --format json -o cached --cache cache
cmp -s cached fresh || fail "from the cache: another output"
# One pass fills it for every format of both commands: another format says what it says without, and adds nothing.
rm -rf cache
run check forms --format text -o filled --cache cache
count=$(find cache -type f | wc -l)
[ "$count" -gt 3 ] || fail "a cache of $count records"
for format in check:json check:sarif check:csv convert:json convert:csv convert:sqlite; do
    "$ziping" "${format%:*}" forms --"$([ "${format%:*}" = check ] && echo format || echo to)" "${format#*:}" -o plain 2>/dev/null
    run "${format%:*}" forms --"$([ "${format%:*}" = check ] && echo format || echo to)" "${format#*:}" -o cached --cache cache
    cmp -s plain cached || fail "$format from the cache of another format: another output"
    [ "$(find cache -type f | wc -l)" -eq "$count" ] || fail "$format fills the cache anew"
done
"$ziping" check forms --format text -o plain 2>/dev/null
cmp -s plain filled || fail "text is another where the cache is filled"
rm -rf cache
run convert forms --to csv -o filled --cache cache
count=$(find cache -type f | wc -l)
run check forms --format json -o cached --cache cache
cmp -s cached fresh || fail "from the cache of convert: another output"
[ "$(find cache -type f | wc -l)" -eq "$count" ] || fail "check fills the cache of convert anew"
mv forms/below/lo-one-1.pdf forms/below/lo-one-2.pdf
"$ziping" check forms --format json -o fresh 2>/dev/null
expect 3 check forms --format json -o cached --cache cache
cmp -s cached fresh || fail "from the cache, a file renamed: another output"
find cache -type f | while read -r file; do head -c 300 "$file" >short && cp short "$file"; done
expect 3 check forms --format json -o cached --cache cache
cmp -s cached fresh || fail "from a damaged cache: another output"
printf 'rules: {F01: off}\n' >forms/below/.ziping.yaml
"$ziping" check forms --format json -o fresh 2>/dev/null
expect 3 check forms --format json -o cached --cache cache
cmp -s cached fresh || fail "from the cache, other settings: another output"
printf 'a file' >file
expect 2 check forms --cache file
err_has "--cache"

# Records are strangers': a record of `convert` among those of `check` has no verdicts, a forged habit is no habit.
# What cannot be is that file's D01; no byte of it reaches the output.
cp "$seed" one.txt
"$ziping" check one.txt --shard 1/1 -o checked 2>/dev/null
"$ziping" convert one.txt --shard 1/1 -o converted 2>/dev/null
python3 - <<'PYTHON' || fail "records cannot be forged"
import struct, zlib
def frames(name):
    data, at, out = open(name, "rb").read(), 16, []
    while at < len(data):
        size, _ = struct.unpack_from("<II", data, at)
        out.append(data[at + 8:at + 8 + size])
        at += 8 + size
    return data[:16], out
def write(name, magic, parts):
    with open(name, "wb") as file:
        file.write(magic)
        for part in parts:
            file.write(struct.pack("<II", len(part), zlib.crc32(part)) + part)
magic, checked = frames("checked")
converted = frames("converted")[1]
write("mixed", magic, [checked[0], converted[1], checked[2]])
assert b"\x04cut\0" in checked[1] or b"\x03up\0" in checked[1]
write("habit", magic, [checked[0], checked[1].replace(b"\x04cut\0", b"\x04\x1b[m\0").replace(b"\x03up\0", b"\x03\x1bc\0"), checked[2]])
PYTHON
for forged in mixed habit; do
    for format in $check_formats; do
        expect 3 merge "$forged" --format "$format" --all
        out_lacks $'\e'
        out_has D01
    done
done

finish
