#!/usr/bin/env bash
# Much of nothing: bounded time and memory for huge inputs, and for many files.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
one_form form.txt

# 200 MB of tabs: over the limit, refused unread; as a pipe, read up to the limit.
head -c 200000000 /dev/zero | tr '\0' '\t' >tabs.txt
peak check --format json form.txt tabs.txt form.txt
exits 3
json "'ZP_LIMIT_INPUT_BYTES' in d['files'][1]['error']['message'] and d['summary']['forms'] == 2"
[ "$kilobytes" -lt 200000 ] || fail "$last: $kilobytes KiB for a file that is not read"
last="tabs through a pipe"
"$ziping" check --format json - <tabs.txt >out 2>err
status=$?
exits 3
json "'ZP_LIMIT_INPUT_BYTES' in d['files'][0]['error']['message']"

# Just under the limit: read, blank, D02.
truncate -s 120000000 tabs.txt
peak check --format json tabs.txt
exits 3
json "d['files'][0]['error']['code'] == 'D02'"
[ "$kilobytes" -lt 1000000 ] || fail "$last: $kilobytes KiB"
tr '\t' '\n' <tabs.txt >lines.txt
peak check --format json lines.txt
exits 3
json "d['files'][0]['error']['code'] == 'D02'"
rm tabs.txt lines.txt

# Text in columns of spaces: what each column is must be worked out, so its lines are bounded.
awk 'BEGIN { for (i = 0; i < 100001; i++) print "其他资金  1  2  3" }' >columns.txt
peak check --format json columns.txt
exits 3
json "d['files'][0]['error']['code'] == 'D01' and 'ZP_LIMIT_ALIGNED_LINES' in d['files'][0]['error']['message']"
rm columns.txt

# A line of more words than are placed one by one, and a long text behind them: read, and no worker lost.
{
    printf '项目支出绩效自评表\n一级指标   二级指标   三级指标   年度指标值   实际完成值   分值   得分\n'
    printf '产出指标   数量指标   次数   ≥10次   12次   20   20\n'
    awk 'BEGIN { for (i = 0; i < 70; i++) printf "20 "; printf "  甲甲  "; for (i = 0; i < 100000; i++) printf "乙"; print "" }'
    printf '总分  100  100\n'
} >words.txt
peak check --format json words.txt
exits 1
json "d['files'][0]['error'] is None and d['summary']['forms'] == 1"
rm words.txt

# Memory does not grow with the number of files.
mkdir few many
for k in $(seq 3); do cp "$seed" few/$k.txt; done
for k in $(seq 300); do cp "$seed" many/$k.txt; done
peak check few
few=$kilobytes
peak check many
exits 1
sanitized=$(grep -c __asan_init "$ziping")
# A hundred times the files; the heap of a worker settles some MiB higher.
[ "$sanitized" -gt 0 ] || [ "$kilobytes" -lt $((few + 12000)) ] ||
    fail "$last: $kilobytes KiB for 300 files, $few KiB for 3"
finish
