#!/usr/bin/env bash
# PDF from outside: passwords, scans, damage, limits; what is loaded when; nothing but our own words on standard error.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
cases=$here/../golden
form=$cases/seed-2/input.pdf
one_form text.txt

# Passwords: none, wrong, right, of the owner only; the file's first line counts.
qpdf --encrypt open sesame 256 -- "$form" locked.pdf
qpdf --encrypt '' sesame 256 -- "$form" owned.pdf
printf 'open\nsecond line\n' >right
printf 'shut' >wrong
expect 3 check locked.pdf
out_has "--password-file"
expect 3 check --password-file wrong locked.pdf
out_has "not it"
run check --password-file right locked.pdf
out_has "1 form in 1 file"
run check owned.pdf
out_has "1 form in 1 file"
run check --password-file wrong "$form"
out_has "1 form in 1 file"
expect 2 check --password-file missing "$form"
err_has "missing"

# A scan says so, beside pages that are read: D03 with its page, the others done, exit 3.
expect 3 check --format json "$cases/pdf-scan/input.pdf"
json "d['files'][0]['error']['code'] == 'D03'" "[f['at']['page'] for f in d['files'][0]['findings']] == [1]"
qpdf --empty --pages "$form" "$cases/pdf-scan/input.pdf" -- mixed.pdf
expect 3 check --format json mixed.pdf
json "d['files'][0]['status'] == 'partial' and len(d['files'][0]['forms']) == 1" \
    "[(f['code'], f['at']['page']) for f in d['files'][0]['findings'] if f['code'][0] == 'D'] == [('D03', 3)]"
expect 3 convert mixed.pdf

# Places: every value read from a cell has its page and a box inside the page.
run convert "$form"
python3 - "$work/out" <<'PYTHON' || fail "a value without its place"
import json, sys
def places(node):
    if isinstance(node, dict):
        if "at" in node and "value" in node:
            yield node["text"], node["at"]
        for value in node.values():
            yield from places(value)
    elif isinstance(node, list):
        for value in node:
            yield from places(value)
form = json.load(open(sys.argv[1], encoding="utf-8"))["files"][0]["forms"][0]
all_places = list(places(form))
assert len(all_places) > 40
for text, at in all_places:
    assert at["page"] in (1, 2), at
    if not text and not at["bbox"]:
        continue
    x0, y0, x1, y1 = at["bbox"]
    assert 0 <= x0 <= x1 <= 596 and 0 <= y0 <= y1 <= 842, at
assert {at["page"] for _, at in all_places} == {1, 2}
PYTHON

# Poppler and qpdf are loaded for a PDF and for nothing else.
loaded() { LD_DEBUG=files "$ziping" "$@" 2>&1 >/dev/null | grep -c 'libpoppler\|libqpdf\|ziping-pdf'; }
[ "$(loaded check text.txt)" -eq 0 ] || fail "a text file loads the PDF libraries"
[ "$(loaded rules)" -eq 0 ] || fail "ziping rules loads the PDF libraries"
[ "$(loaded check "$form")" -gt 0 ] || fail "this test does not see what is loaded"

# Without its module the program says what to install, and never takes one from the current folder.
mkdir alone
cp "$ziping" "$(dirname "$ziping")/libziping.so.1" alone
cp "$(dirname "$ziping")/ziping-pdf.so" .
(cd alone && cp ../ziping-pdf.so ./other.so)
program=$ziping
ziping=$work/alone/ziping
LD_LIBRARY_PATH=$work/alone run check "$form"
if [ "$status" -ne 3 ]; then
    # An installed ziping's module may be found where this program was configured to be.
    [ -e "$(strings alone/libziping.so.1 | grep -m1 '/ziping$')/ziping-pdf.so" ] || fail "a module from nowhere"
else
    out_has "poppler-data"
fi
ziping=$program

# Damage: a short file, no page tree, a page that is none.
head -c 2000 "$form" >cut.pdf
printf '%%PDF-1.7\n%%%%EOF\n' >bare.pdf
for file in cut.pdf bare.pdf; do
    expect 3 check --format json "$file"
    json "d['files'][0]['error']['code'] in ('D01', 'D02')"
    err_is_empty
done

# A form that only Adobe Reader can draw.
cat >xfa.pdf <<'PDF'
%PDF-1.7
1 0 obj
<</Type/Catalog/Pages 2 0 R/NeedsRendering true/AcroForm<</XFA 4 0 R/Fields[]>>>>
endobj
2 0 obj
<</Type/Pages/Kids[3 0 R]/Count 1>>
endobj
3 0 obj
<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>
endobj
4 0 obj
<</Length 6>>
stream
<xdp/>
endstream
endobj
trailer
<</Root 1 0 R/Size 5>>
%%EOF
PDF
expect 3 check xfa.pdf
out_has "XFA"
finish
