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
json "all(v['ocr']['state'] in ('read', 'confirmed', 'doubtful') and v['at']['page'] == 1 for i in d['files'][0]['forms'][0]['indicators'] for v in (i['target'], i['actual']) if v and v['text'])"
run check --format json "$scan"
json "sum(f['code'] == 'D07' for f in d['files'][0]['findings']) == 1"
cp "$work/out" once
run check --format json "$scan"
cmp "$work/out" once || fail 'the same bytes in, other bytes out'
expect 3 check --ocr never "$scan"

# A correction comes back: by whom and when, and the figure is judged again; of the same bytes only.
dotted=$scan
printed=$here/../golden/form-beijing-2023/input.pdf
scan=$work/clear.png
pdftoppm -r 150 -gray -png -singlefile "$printed" clear
run convert "$scan"
python3 - "$work/out" "$scan" <<'P'
import hashlib, json, sys
form = json.load(open(sys.argv[1]))['files'][0]['forms'][0]
k = next(k for k, one in enumerate(form['indicators']) if one['target'] and 'ocr' in one['target'])
row = {'sha256': hashlib.sha256(open(sys.argv[2], 'rb').read()).hexdigest(), 'form': 0, 'pointer': f'/indicators/{k}/target', 'text': '≥77次', 'by': '甲', 'when': '2026-11-30'}
json.dump({'schema': 'ziping/corrections/1', 'corrections': [row]}, open('filled.json', 'w'))
open('was', 'w').write(form['indicators'][k]['target']['text'])
P
run convert --corrections filled.json "$scan"
json "(lambda v: v['value'] == '77' and v['ocr']['state'] == 'corrected' and v['ocr']['corrected'] == {'was': open('was').read(), 'who': '甲', 'when': '2026-11-30'})(next(i['target'] for i in d['files'][0]['forms'][0]['indicators'] if i['target'] and i['target']['text'] == '≥77次'))"
cp "$scan" another.png
printf x >>another.png
expect 3 convert --corrections filled.json another.png
err_has 'of other documents'

# The sheet has the pictures of what is in doubt, as much is where a page was stored too coarsely.
pdftoppm -r 100 -gray -jpeg -jpegopt quality=10 -singlefile "$printed" coarse
expect 0 review --format html=sheet.html --format xlsx=sheet.xlsx coarse.jpg
grep -q 'src="data:image/png;base64,' sheet.html || fail 'no picture in the sheet'
python3 -c "import zipfile; assert any(n.startswith('xl/media/') for n in zipfile.ZipFile('sheet.xlsx').namelist())" || fail 'no picture in the workbook'

# A copy that can be searched; read again, its pictures are read.
expect 0 convert --to pdf-text -o copy.pdf "$scan"
qpdf --check copy.pdf >/dev/null || fail 'qpdf: the copy is damaged'
pdftotext copy.pdf text || fail 'pdftotext: the copy is damaged'
grep -q '指标' text || fail 'the copy cannot be searched'
run convert "$scan"
cp "$work/out" direct
run convert copy.pdf
python3 - direct "$work/out" <<'P' || fail 'the copy is not read as its picture'
import json, sys
one, other = (json.load(open(name))['files'][0]['forms'][0] for name in sys.argv[1:])
assert one['project'] == other['project'] and len(one['indicators']) == len(other['indicators'])
assert all(v['ocr'] for i in other['indicators'] for v in [i['target']] if v and v['text'])
P

scan=$dotted
# The page of an OFD that is that picture: the same, in the place where the page has it; a damaged one is D03.
run check --format json "$scan"
cp "$work/out" picture
PYTHONPATH="$here/../ofd" python3 - "$scan" <<'P'
import struct, sys
import hostile, writer
picture = open(sys.argv[1], 'rb').read()
wide = 200.0
high = wide * struct.unpack('>I', picture[20:24])[0] / struct.unpack('>I', picture[16:20])[0]
parts = hostile.parts()
parts[hostile.PAGE] = f"""<Page xmlns="{writer.NEW}"><Area><PhysicalBox>0 0 {wide + 20} {high + 30}</PhysicalBox></Area><Content><Layer>
    <ImageObject ID="1" ResourceID="9" Boundary="10 20 {wide} {high}" CTM="{wide} 0 0 {high} 0 0"/></Layer></Content></Page>""".encode()
parts[hostile.RES] = f"""<Res xmlns="{writer.NEW}" BaseLoc="Res"><MultiMedias><MultiMedia ID="9" Type="Image"><MediaFile>a.png</MediaFile></MultiMedia></MultiMedias></Res>""".encode()
for name, data in (('page.ofd', picture), ('half.ofd', picture[:3000])):
    open(name, 'wb').write(writer.package({**parts, 'Doc_0/Res/a.png': data}))
P
run check --format json page.ofd
python3 - picture "$work/out" <<'P' || fail 'a picture as the page of an OFD is not read like the picture'
import json, sys
one, other = (json.load(open(name))['files'][0] for name in sys.argv[1:])
assert one['forms'][0]['project'] == other['forms'][0]['project'] != ''
box, moved = (next(f['at']['bbox'] for f in file['findings'] if f['code'] == 'D04') for file in (one, other))
scale = 200 / 25.4 * 72 / (1654 * 72 / 200)
for k, (a, b) in enumerate(zip(box, moved)):
    assert abs(a * scale + (20 if k % 2 else 10) / 25.4 * 72 - b) < 1, (box, moved)
P
expect 3 check --format json half.ofd
json "any(f['code'] == 'D03' for f in d['files'][0]['findings']) or d['files'][0]['error']['code'] == 'D03'"
expect 3 check --ocr never --format json page.ofd
json "any(f['code'] == 'D03' for f in d['files'][0]['findings']) or d['files'][0]['error']['code'] == 'D03'"

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
