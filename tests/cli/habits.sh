#!/usr/bin/env bash
# A unit's rounding habit in one line of the text report, every note in json and the exit code; profiles.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"

# The seven seed forms are of one unit, whose rates are all rounded up; two of them show it.
notes() { grep -cE '^ +note +F01 ' "$work/out"; }
expect 1 check --lang en "$seed"
out_has "all 7 execution rates are rounded up (F01, habit up); 2 notes are folded into this line"
[ "$(notes)" -eq 0 ] || fail "folded notes are listed, too"
out_has "10 errors, 14 warnings, 33 notes"
expect 1 check --lang en --all "$seed"
out_lacks "folded"
[ "$(notes)" -eq 2 ] || fail "--all lists $(notes) notes of F01"
out_has "10 errors, 14 warnings, 33 notes"
expect 1 check --lang zh --quiet "$seed"
out_has "7 个执行率全部按进位取整"
expect 1 check --format json "$seed"
json 'sum(f["code"] == "F01" and f["habit"] == "up" for f in d["files"][0]["findings"]) == 2' \
    'd["summary"]["note"] == 33'

# A form whose only finding is folded has no head left; its note still decides the exit code.
one() {
    sed -e "s/社区技能培训/$1/" -e 's/\t171.00\t10\t95.00%\t9.5/\t170.00\t10\t94.45%\t9.44/' \
        -e 's/\t160.00\t151.00/\t160.00\t150.00/' -e 's/\t99.5\t/\t99.44\t/' \
        -e "s/五百四十人取得证书/$1/" "$here/../golden/sound-central/input.txt"
}
one 甲项目 >a.txt
one 乙项目 >b.txt
expect 1 check --lang en --fail-on note a.txt b.txt
out_lacks "a.txt"
out_has "市培训中心: all 2 execution rates are rounded up"
out_has "0 clean"
expect 0 check a.txt b.txt

# No profile takes a habit for granted but one of the user's own.
printf 'name: bureau\nhabits: [up]\n' >own.yaml
expect 0 check --lang en --fail-on note --profile own.yaml a.txt b.txt
out_has "no problems"
expect 2 check --profile nosuch a.txt
err_has "nosuch"
expect 1 check --lang en --profile hubei a.txt
out_has "profile hubei (chosen by --profile)"
expect 0 convert --profile hubei a.txt
json 'd["files"][0]["forms"][0]["profile"] == "hubei"'

# In a Chinese report a habit has a Chinese name; programs get its own.
run check --lang zh --all --fail-on never "$here/../golden/seed-3/input.txt"
out_has "习惯：进位"
out_lacks "习惯：up"
run check --lang zh --format json --fail-on never "$here/../golden/seed-3/input.txt"
json "'up' in [f['habit'] for f in d['files'][0]['findings']]"
finish
