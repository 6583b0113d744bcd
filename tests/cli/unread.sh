#!/usr/bin/env bash
# What lies in a folder and is not read is said, by kind and with a way to read it, and ends with exit code 3 where a form
# may be in it; what systems and office programs leave there is none.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
cp "$here/../golden/sound-central/input.txt" form.txt
picture='\x89PNG\r\n\x1a\n'

# Nothing but litter beside the form.
mkdir litter
cp form.txt litter/a.txt
for name in '~$a.docx' '~$a.txt' Thumbs.db thumbs.DB desktop.ini Desktop.ini .DS_Store; do cp form.txt "litter/$name"; done
expect 0 check --format json litter
json "[f['path'] for f in d['files']] == ['litter/a.txt']" "d['summary']['unread'] == []"
expect 0 check litter
out_lacks "not read"
expect 0 check 'litter/~$a.txt' # named, it is read

# Every kind that may hold a form.
mkdir in
cp form.txt in/a.txt
printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' >in/old.doc
printf '{\\rtf1 x}' >in/x.rtf
printf 'damaged' >in/mail.eml
printf 'damaged' >in/page.mht
for name in p.png q.jpg r.jpg s.jpg; do printf "$picture" >in/$name; done
printf 'damaged' >in/scan.jpeg
printf 'ID3\3' >in/song.mp3
printf 'noise\1\2' >in/noise.bin
expect 3 check --format json in
json "{u['path'][3:]: u['kind'] for u in d['summary']['unread']} == {'old.doc': 'doc', 'x.rtf': 'rtf', 'mail.eml': 'eml', 'page.mht': 'mht', 'p.png': 'png', 'q.jpg': 'png', 'r.jpg': 'png', 's.jpg': 'png', 'scan.jpeg': 'jpeg'}" \
    "[f['path'] for f in d['files']] == ['in/a.txt']"
err_has "1 file not read: an old Word document (.doc, .wps); add --office"
err_has "4 files not read: a PNG picture; run text recognition (OCR) on it and give the resulting text (in/p.png, in/q.jpg, in/r.jpg, …)"
err_has "1 file not read: of no known kind (in/noise.bin)"
expect 3 check in
out_has "1 file not read: an MP3 recording"
out_has "in/r.jpg, …)"
err_is_empty
expect 3 check --all --lang zh in
out_has "4 个文件没有读：PNG 图片"
out_has "in/r.jpg、in/s.jpg）"
expect 3 check --quiet in
err_is_empty
out_is_empty
expect 0 check --skip-unread in
echo 'skip_unread: true' >own.yaml
expect 0 check --config own.yaml in
cp own.yaml in/.ziping.yaml # it came with the documents
expect 3 check in
rm in/.ziping.yaml
expect 3 convert in -o made.json
expect 0 convert --skip-unread in -o made.json
# In the reports for programs each such file has an entry; advice stands where it is first due.
run check --format csv in
python3 - out <<'END' || fail "csv: not what was not read"
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")))
unread = [row for row in rows if row["severity"] == "unread"]
assert len(unread) == 9 and None not in {key for row in rows for key in row}, unread
assert [row["name"] for row in unread if row["path"] == "in/old.doc"] == ["doc"], unread
assert sum("--office" in row["message"] for row in unread) == 1, unread
END
run check --format junit in
out_has '<testcase classname="in/old.doc" name="unread" time="0"><skipped message="not read: an old Word document'
run check --format checkstyle in
out_has '<error line="0" severity="warning" message="not read: a PNG picture'
run check --format github in
out_has "::warning title=unread::1 file not read: an old Word document"
run check --format gitlab in
json "len({i['fingerprint'] for i in d if i['check_name'] == 'unread'}) == 9" "sum('--office' in i['description'] for i in d) == 1"

# Alone they are no empty folder: they are told, by every report, and the run is not done.
mkdir alone
cp in/old.doc in/x.rtf alone
expect 3 check alone
out_has "0 forms in 0 files: 0 errors, 0 warnings, 0 notes; 2 skipped"
expect 3 check --format json alone
json "d['files'] == []" "[u['kind'] for u in d['summary']['unread']] == ['doc', 'rtf']"
expect 2 check --skip-unread alone

run check --format markdown in
out_has "4 files not read: a PNG picture"
run check --format sarif in
json "sum('not read' in n['message']['text'] for n in d['runs'][0]['invocations'][0]['toolExecutionNotifications']) == 8"

# What holds no form of its own kind is said and fails nothing.
mkdir plain
cp form.txt in/song.mp3 in/noise.bin plain
expect 0 check plain
out_has "not read: an MP3 recording"

# A file of a folder without a form is listed and fails nothing; one that is named does.
mkdir mixed
cp form.txt mixed/a.txt
echo "a letter" >mixed/letter.txt
expect 0 check --format json mixed
json "[f['findings'][0]['code'] for f in d['files'] if f['error']] == ['D02']" "d['summary']['unreadable'] == 1"
expect 3 check mixed/letter.txt mixed/a.txt
expect 0 convert mixed -o made.json
printf '\x00\x01' >mixed/bad.txt
expect 3 check mixed # D01

# Shards, a journal and a cache carry both.
run check --format json=whole.json in plain mixed/letter.txt
for part in 1 2; do run check --shard $part/2 -o $part.rec in plain mixed/letter.txt; done
run merge --format json=merged.json 1.rec 2.rec
cmp whole.json merged.json || fail "merged is not the run itself"
exits 3
rm mixed/bad.txt
for part in 1 2; do run check --shard $part/2 -o $part.rec mixed; done
expect 0 merge 1.rec 2.rec
run check --format json=first.json --journal j --cache c in plain mixed/letter.txt
run check --format json=again.json --journal j --resume --cache c in plain mixed/letter.txt
cmp whole.json again.json || fail "a run gone on with is not the run itself"
finish

# A report of its own that lies among the forms is passed over and said once, also where it is written anew; a form there is never
# written over, and one that only says that it is a report is read.
mkdir own
cp form.txt own/a.txt
for _ in 1 2; do
    for name in report.txt report.html report.xlsx report.md report.json report.csv; do
        format=${name##*.}
        case $format in txt) format=text ;; md) format=markdown ;; esac
        expect 0 check own --format "$format" -o "own/$name"
        [ -s "own/$name" ] || fail "no $name"
    done
done
expect 0 check own --lang zh
out_has "6 个文件没有读：ziping 自己写的报告"
out_has "；没有问题；跳过的文件 6"
expect 0 check own --format json
json "[f['path'] for f in d['files']] == ['own/a.txt']" "d['summary']['unread'] == []"
expect 3 check own/report.xlsx --lang zh
out_has "这是 ziping 自己写的报告，不是自评表"
cp form.txt own/b.txt
expect 2 check own -o own/b.txt
err_has "own/b.txt is both input and output"
cmp -s form.txt own/b.txt || fail "a form was written over"
echo notes >own/c.txt
expect 2 check own -o own/c.txt
[ "$(cat own/c.txt)" = notes ] || fail "notes were written over"
printf '<meta charset="utf-8"><meta name="generator" content="ziping"><table>' >own/d.html
tr '\t' '|' <form.txt | sed 's/|/<td>/g; s/^/<tr><td>/' >>own/d.html
rm own/b.txt own/c.txt
run check own --format json
json "[f['path'] for f in d['files']] == ['own/a.txt', 'own/d.html'] and len(d['files'][1]['forms']) == 1"

# What was not read is no 没有问题.
mkdir part
cp form.txt part/a.txt
printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' >part/b.doc
for option in '' --skip-unread; do
    run check part --lang zh $option
    out_lacks "；没有问题；"
    out_lacks "；没有问题"$'\n'
    run check part --format markdown --lang zh $option
    out_lacks "；没有问题"
done
