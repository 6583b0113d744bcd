#!/usr/bin/env bash
# --office: many files by one start of the office program; a crash, or a file that cannot be converted, costs that file.
# usage: resident.sh ZIPING LIBRARY    the library stands for LibreOffice's (fake_office.c)
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/../cli/common.bash" "$1"
library=$2
python3 "$here/office.py" . && rm -f large*
python3 - <<'PYTHON'
header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\0") + b"\x09\0" + b"\0" * 16 + b"\xc8\0\0\0"
for name, word in (("a", b""), ("b", b"CRASH"), ("c", b"1"), ("d", b"FAIL"), ("e", b"2"), ("f", b"3")):
    open(f"{name}.doc", "wb").write(header.ljust(201 * 512, b"\0") + "WordDocument".encode("utf-16le").ljust(128, b"\0") + word)
PYTHON
mkdir bin tmp
cp "$library" bin/libsofficeapp.so
printf '#!/bin/sh\nexit 1\n' >bin/soffice
chmod +x bin/soffice
STARTS=$work/starts PLAIN=$work/plain.docx TMPDIR=$work/tmp PATH=$work/bin:$PATH run check --format json --office --jobs 1 a.doc b.doc c.doc d.doc e.doc f.doc
json "[len(f['forms']) for f in d['files']] == [1, 0, 1, 0, 1, 1]" \
    "[f['error'] and f['error']['code'] for f in d['files']] == [None, 'D01', None, 'D01', None, None]" \
    "all('LibreOffice could not convert the file' in d['files'][k]['error']['message'] for k in (1, 3))" \
    "{f['format'] for f in d['files'] if f['forms']} == {'office'}"
[ "$(wc -l <starts)" -eq 2 ] || fail "started $(wc -l <starts) times: once, and once after the crash"
grep -q "^$work/bin file://$work/tmp/ziping-.*/profile$" starts || fail "not beside its program, or no profile of its own: $(cat starts)"
for _ in $(seq 100); do
    [ -n "$(ls tmp)" ] || break
    sleep 0.1
done
[ -z "$(ls tmp)" ] || fail "something left in the temporary folder"
# A library of another kind is not used: each file has a program.
printf 'x' >bin/libsofficeapp.so
printf '#!/bin/sh\ncp "$PLAIN" "$8/input.docx"\n' >bin/soffice
PLAIN=$work/plain.docx TMPDIR=$work/tmp PATH=$work/bin:$PATH run check --format json --office a.doc c.doc
json "[len(f['forms']) for f in d['files']] == [1, 1]"
finish
