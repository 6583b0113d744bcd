#!/usr/bin/env bash
# Hostile web pages and Markdown around a good form: bounded time and memory, and what was not read is said.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
samples=$(realpath "$here/../../samples")

python3 - "$samples" <<'PYTHON'
import sys
page = open(sys.argv[1] + "/html/one-1.html", encoding="utf-8").read()
body = page[page.index("<table"):page.index("</table>") + 8]
table = open(sys.argv[1] + "/markdown/one-1.md", encoding="utf-8").read()

def write(name, text):
    open(name, "w", encoding="utf-8").write(text)

write("fonts.html", "<font>" * 100_000 + body)
write("blocks.html", "<div>" * 100_000 + body)
write("tables.html", body + "<table><tr><td>x<td>" * 100_000 + body)
write("ends.html", body + "<div>" * 100_000 + "</i>" * 300_000)
write("spans.html", body.replace("<td", "<td rowspan=1000000000 colspan=1000000000>x</td><td", 1) + body)
write("line.html", body + "<p>" + "甲" * 3_400_000 + "</p>" + body)
write("cell.html", "<table><tr><td>" + "甲" * 3_400_000 + "</table>" + body)
write("tag.html", body + "<a " * 1_000_000)
write("line.md", table + "\n" + "|" * 10_000_000 + "\n")
write("text.md", table + "\n" + "甲" * 3_400_000 + "\n")
write("row.md", table + "|" + "甲" * 3_400_000 + "|\n")
write("rulers.md", table + "\n" + "-- --\n\n" * 50_000)
write("grid.md", table + "\n" + "+--+--+\n| a|b |\n" * 6_000 + "+--+--+\n")
write("marks.md", table + "\n" + ("| " + "[a](" * 4_000 + " |\n") * 5 + ("| " + "<?" * 8_000 + " |\n") * 5)
write("nested.md", table + "\n" + "<table>\n" * 100_000)
PYTHON

# reads FILE FORMS LIMIT: so many forms are read; LIMIT (when given) is named in a finding.
reads() {
    peak check --format json --fail-on never "$1"
    [ "$status" -eq 0 ] || fail "$last: exit $status"
    json "len(d['files'][0]['forms']) == $2"
    [ -z "${3:-}" ] || json "any('$3' in f['message'] for f in d['files'][0]['findings'] if f['code'] == 'D05')"
    [ "$kilobytes" -lt 1000000 ] || fail "$last: $kilobytes KiB"
}

# refuses FILE LIMIT: D01 that names the limit.
refuses() {
    peak check --format json "$1"
    exits 3
    json "d['files'][0]['error']['code'] == 'D01' and '$2' in d['files'][0]['error']['message']"
    [ "$kilobytes" -lt 1000000 ] || fail "$last: $kilobytes KiB"
}

reads fonts.html 1
reads blocks.html 1 ZP_LIMIT_OPEN_ELEMENTS
reads tables.html 1 ZP_LIMIT_NESTED_TABLES
reads ends.html 1 ZP_LIMIT_OPEN_ELEMENTS
reads spans.html 2
reads line.html 2
refuses cell.html ZP_LIMIT_CELL_BYTES
refuses tag.html ZP_LIMIT_ATTRIBUTES
reads line.md 1
reads text.md 1
refuses row.md ZP_LIMIT_CELL_BYTES
reads rulers.md 1
reads grid.md 1 ZP_LIMIT_DRAWN_LINES
reads marks.md 1
reads nested.md 1 ZP_LIMIT_NESTED_TABLES

# A page of 200 MB is refused unread.
truncate -s 200000000 page.html
refuses page.html ZP_LIMIT_INPUT_BYTES
[ "$kilobytes" -lt 200000 ] || fail "$last: $kilobytes KiB for a file that is not read"
finish
