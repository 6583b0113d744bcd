#!/usr/bin/env bash
# X07 over many files: at the last form of a unit, whatever comes behind it, by whatever way the run is put together.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
mkdir forms
python3 - "$here/../golden/rules-always-full/input.txt" "$here/../golden/sound-central/input.txt" <<'PYTHON'
import sys
from pathlib import Path
forms = Path(sys.argv[1]).read_text(encoding="utf-8").split("项目支出绩效自评表")[1:]
full = [form for form in forms if "培训中心" in form]
others = [form for form in forms if "培训中心" not in form]
# Five full forms, then others, whose results wait behind the fifth; one that is no form among them.
for k, form in enumerate(full + others):
    Path(f"forms/{k:02}.txt").write_text("项目支出绩效自评表" + form, encoding="utf-8")
Path("forms/07.txt").write_text("nothing")
PYTHON

codes() {
    python3 -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    file = json.loads(line)
    for finding in file.get("findings", []):
        if finding["code"] == "X07":
            print(file["path"], finding["form"], finding["severity"])' "$1"
}

expect 0 check forms --format ndjson -o one.ndjson
[ "$(codes one.ndjson)" = "forms/04.txt 0 note" ] || fail "X07 stands elsewhere: $(codes one.ndjson)"
[ "$(grep -c path one.ndjson)" -eq 10 ] || fail "files are missing"
expect 0 check forms --format ndjson --jobs 1 -o two.ndjson
cmp -s one.ndjson two.ndjson || fail "one worker says something else"
expect 0 check forms --format ndjson --journal j -o three.ndjson
rm three.ndjson
expect 0 check forms --format ndjson --journal j --resume -o three.ndjson
cmp -s one.ndjson three.ndjson || fail "a run that goes on says something else"
run check forms --shard 1/2 -o 1.rec
run check forms --shard 2/2 -o 2.rec
run merge 1.rec 2.rec --format ndjson -o four.ndjson
cmp -s one.ndjson four.ndjson || fail "shards say something else"
for turn in 1 2; do
    expect 0 check forms --format ndjson --cache c -o "five.$turn"
    cmp -s one.ndjson "five.$turn" || fail "a cache says something else"
done
for format in $(text_formats check); do
    run check forms --format "$format"
    grep -q X07 out || fail "$format: no X07"
done

# One that lost half a point: nothing. One more, full and later: it is the last. Off: nothing waits, nothing is said.
sed -i 's/| 100 | 100 | 100 | 10 | 100% | 10 |/| 100 | 100 | 95 | 10 | 95% | 9.5 |/; s/| 100 | 100 |$/| 100 | 99.5 |/' forms/02.txt
expect 0 check forms --format ndjson -o six.ndjson
[ -z "$(codes six.ndjson)" ] || fail "a unit that lost half a point: $(codes six.ndjson)"
cp forms/03.txt forms/02.txt
sed -i 's/项目名称 | [^ |]*/项目名称 | 档案培训/' forms/02.txt
cp forms/03.txt forms/99.txt
sed -i 's/项目名称 | [^ |]*/项目名称 | 消防培训/' forms/99.txt
expect 0 check forms --format ndjson -o seven.ndjson
[ "$(codes seven.ndjson)" = "forms/99.txt 0 note" ] || fail "not at the last: $(codes seven.ndjson)"
expect 0 check forms --format ndjson --ignore X07 -o eight.ndjson
[ -z "$(codes eight.ndjson)" ] || fail "X07 is ignored"
finish
