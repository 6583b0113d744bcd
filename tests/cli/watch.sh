#!/usr/bin/env bash
# `ziping watch`: what arrives or changes is checked once it is complete; an interrupt ends the watch in order.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
one_form form.txt
mkdir -p in/below in/.hidden
cp form.txt in/old.txt

# await TEXT FILE: until the text stands in the file; the test's own time limit ends what never comes.
await() { until grep -qF -- "$1" "$work/$2" 2>/dev/null; do sleep 0.05; done; }
start() {
    rm -f "$work/out" "$work/err" # or the last watch would be taken for this one
    "$ziping" watch "$@" >"$work/out" 2>"$work/err" &
    pid=$!
    last="ziping watch $*"
    await "watching" err
}
stop() { # SIGNAL CODE
    kill -"$1" $pid
    wait $pid
    status=$?
    exits "$2"
}

start in --format ndjson
cp form.txt in/new.txt                       # written and closed
await '"path": "in/new.txt"' out
cp form.txt moved.txt && mv moved.txt in/    # moved in
await '"path": "in/moved.txt"' out
exec 7>in/below/slow.txt                     # not closed yet
head -c 300 form.txt >&7
cp form.txt in/below/other.txt
await '"path": "in/below/other.txt"' out
grep -q slow out && fail "a file was read while it was being written"
tail -c +301 form.txt >&7
exec 7>&-
await '"path": "in/below/slow.txt"' out
mkdir -p in/fresh/deeper                     # a folder that was not there
cp form.txt in/fresh/deeper/a.txt
await 'in/fresh/deeper/a.txt' out
cp form.txt in/.hidden/b.txt
cp form.txt in/.hidden.txt
head -c 1000 /dev/urandom >in/noise.bin
printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' >in/old.doc # of a kind that is not read
await "in/old.doc: not read: an old Word document" err
cp form.txt 'in/~$lock.txt'                  # the lock of an office program
cp form.txt in/old.txt                       # a change of an old one
await '"path": "in/old.txt"' out
"$ziping" check in --report in/rep --quiet >/dev/null 2>&1 # copies of the forms among it
cp form.txt in/behind.txt
await '"path": "in/behind.txt"' out
stop INT 0
grep -q '"in/rep/' out && fail "a report was read"
tail -n 1 out | grep -q '^{"summary"' || fail "the interrupt did not end the output"
grep -q 'hidden\|noise\|lock' out && fail "a hidden or unknown file was read"
python3 - <<'PYTHON' || fail "a line is no JSON, or a form is not whole"
import json
lines = [json.loads(line) for line in open("out", encoding="utf-8")]
assert all(line["status"] == "ok" and len(line["forms"]) == 1 for line in lines[:-1] if line["path"].endswith("slow.txt"))
PYTHON

# What is no file of the folder is never waited for: a FIFO, a link to one, to a device, to another file.
mkfifo fifo
start in --format ndjson
mkfifo in/pipe.txt
mkfifo moved.txt && mv moved.txt in/
ln -s "$work/fifo" in/linked-pipe.txt && mv in/linked-pipe.txt in/linked-pipe2.txt
ln -s /dev/zero zero.txt && mv zero.txt in/
ln -s "$work/form.txt" linked.txt && mv linked.txt in/
mkdir aside && mkfifo aside/pipe.txt && ln -s "$work/form.txt" aside/linked.txt && cp form.txt aside/z.txt && mv aside in/
await 'in/aside/z.txt' out
cp form.txt in/after.txt
await '"path": "in/after.txt"' out
stop TERM 0
grep -q 'pipe\|zero\|linked' out && fail "a FIFO, a device or a link was read"
err_has "links in folders were not followed"
rm -r in/*.txt in/aside

# The text report as it comes, the configuration of the working folder, SIGTERM, an output of its own.
echo 'select: [F09]' >.ziping.yaml
start in --format text --format json=report.json
cp form.txt in/clean.txt
await "in/clean.txt: no problems" err
stop TERM 0
grep -q '"files": 1' report.json || fail "the report of the watch"
rm .ziping.yaml
start in
cp form.txt in/again.txt
await "F04" out
stop INT 0

# A configuration that comes, changes or goes while it is watched holds for what comes after: of the working folder,
# of one that arrives with its own (which raises and silences nothing), of a folder above, and of --config.
mkdir -p up/in other
cd up/in || exit 1
start .
echo 'select: [F09]' >.ziping.yaml
await "read anew" err
cp ../../form.txt 1.txt
await "1.txt: no problems" err
mkdir ../../other/late
echo 'rules: {F04: error, F09: off}' >../../other/late/.ziping.yaml
cp ../../form.txt ../../other/late/2.txt
mv ../../other/late .
await "late/2.txt" out
out_has "F04"
echo 'selct: [F09]' >.ziping.yaml
await ".ziping.yaml:1: " err
await "the settings stay as they were" err
cp ../../form.txt 3.txt
await "3.txt: no problems" err
rm .ziping.yaml
cp ../../form.txt 4.txt
await "4.txt" out
sed -n '/4[.]txt/,$p' "$work/out" | grep -q F04 || fail "a configuration that is gone still holds"
echo 'select: [F09]' >../.ziping.yaml
cp ../../form.txt 5.txt
await "5.txt: no problems" err
stop INT 0
cd "$work" || exit 1
rm up/.ziping.yaml
echo 'select: [F09]' >conf.yaml
start up/in --config conf.yaml
echo 'select: [F04]' >conf.yaml
await "read anew" err
cp form.txt up/in/6.txt
await "F04" out
stop INT 0

# Nothing came: still an ordered end. Wrong use.
start in --lang en
stop INT 0
expect 2 watch in no-such-folder
err_has "is no folder"
expect 2 watch form.txt
expect 2 watch
expect 2 watch in --format telex
finish
