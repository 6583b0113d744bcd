#!/usr/bin/env bash
# The seed text cut at every line, and in the middle of every line: each piece gives findings or
# a D01 or D02, never a crash, and names its file.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"

python3 - "$seed" <<'PYTHON'
import sys
data = open(sys.argv[1], "rb").read()
lines = data.splitlines(keepends=True)
start = 0
for number, line in enumerate(lines):
    half = start + len(line) // 2
    start += len(line)
    for name, piece in [("head", data[:start]), ("half", data[:half]), ("tail", data[start:])]:
        open(f"{name}-{number:03}.txt", "wb").write(piece)
PYTHON

# A ninth of them by themselves, for their exit codes: a start costs more than a file.
files=(head-*.txt half-*.txt tail-*.txt)
for ((k = 0; k < ${#files[@]}; k += 9)); do
    file=${files[k]}
    run check --format json "$file"
    case $status in
        0 | 1 | 3) ;;
        *) fail "$last: exit $status"; continue ;;
    esac
    grep -qF "\"path\": \"$file\"" out || fail "$last: does not name the file"
    err_is_empty
done

# All at once: exit 3 for those without a form, and what could be read was read.
expect 3 check --format json "${files[@]}"
json "d['summary']['files'] == ${#files[@]}" \
    "[f['path'] for f in d['files']] == '${files[*]}'.split()" \
    "all((f['status'] == 'failed') == (not f['forms']) for f in d['files'])"
json "all(f['error']['code'] in ('D01', 'D02') for f in d['files'] if f['status'] == 'failed')" \
    "any(g['code'] == 'D04' for f in d['files'] for g in f['findings'])"
json "all((f['status'] == 'partial') == any(g['code'] in ('D04', 'D05') for g in f['findings']) for f in d['files'] if f['status'] != 'failed')"
finish
