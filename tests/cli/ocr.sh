#!/usr/bin/env bash
# Pictures: what is said where text recognition is not installed, and what is read where it is.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
scan=$(realpath "$here/../ocr/scan.png")

# Without it a picture is a kind that no parser reads, and doctor says what to run.
export ZIPING_OCR=/nonexistent
expect 3 check --format json "$scan"
json "d['files'][0]['error']['code'] == 'D01' and 'PNG' in d['files'][0]['error']['message']"
expect 2 check --ocr always "$scan"
err_has 'scripts/ocr.sh'
expect 2 check --ocr sometimes "$scan"
err_has 'never, auto or always'
run doctor
out_has 'scripts/ocr.sh'

unset ZIPING_OCR
run doctor --lang en
if grep -q 'scripts/ocr.sh' "$work/out"; then
    echo 'text recognition is not installed (scripts/ocr.sh): only its absence was tried'
    [ "$bad" -eq 0 ] && exit 77
    finish
fi

# With it: every figure of a scan of 200 dpi, one bit, and how sure it is.
expect 0 convert "$scan"
json "(lambda f: f['ocr']['engine'].startswith('ppocr-v4/ort-') and f['ocr']['pages'][0]['page'] == 1 and f['project'] != '')(d['files'][0]['forms'][0])"
json "all(v['ocr']['state'] in ('read', 'confirmed', 'doubtful') and v['at']['page'] == 1 for i in d['files'][0]['forms'][0]['indicators'] for v in (i['target'], i['actual']) if v['text'])"
run check --format json "$scan"
json "sum(f['code'] == 'D07' for f in d['files'][0]['findings']) == 1"
cp "$work/out" once
run check --format json "$scan"
cmp "$work/out" once || fail 'the same bytes in, other bytes out'
expect 3 check --ocr never "$scan"

# ZP_LIMIT_IMAGE_PAGES: a TIFF with one page more, each of one pixel; one that leads back to itself; half a picture.
python3 - <<'P'
import struct
def tiff(n, loop=False):
    out = bytearray(b'II*\0' + struct.pack('<I', 8))
    for k in range(n):
        here = len(out)
        tags = [(256, 1), (257, 1), (258, 1), (259, 1), (262, 0), (273, here), (277, 1), (278, 1), (279, 1)]
        after = here + 2 + 12 * len(tags) + 4
        last = k + 1 == n
        out += struct.pack('<H', len(tags)) + b''.join(struct.pack('<HHII', t, 4, 1, v) for t, v in tags)
        out += struct.pack('<I', 8 if last and loop else 0 if last else after)
    return out
open('many.tif', 'wb').write(tiff(2001))
open('loop.tif', 'wb').write(tiff(3, True))
P
head -c 3000 "$scan" >half.png
for file in many.tif loop.tif half.png; do
    expect 3 check --format json "$file"
    json "d['files'][0]['error']['code'] in ('D01', 'D02', 'D03')"
done
expect 3 check --format json many.tif
json "'ZP_LIMIT_IMAGE_PAGES' in d['files'][0]['error']['message']"
finish
