#!/usr/bin/env bash
# Web pages and Markdown: told by content whatever their names, found in folders, --from, standard input.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
samples=$(realpath "$here/../../samples")
page=$samples/html/one-1.html
table=$samples/markdown/one-1.md
one_form form.txt

# formats FILE…: `d['files']` has these formats, a form each.
formats() {
    json "[f['format'] for f in d['files']] == '$*'.split()" "all(len(f['forms']) == 1 for f in d['files'])"
}

mkdir in
cp "$page" in/a.htm
cp "$page" in/b.txt
cp "$page" in/c
cp "$table" in/d.markdown
cp "$table" in/e.txt
cp "$table" in/f
cp form.txt in/g.txt
cp form.txt in/h
cp form.txt in/i.md
{ printf '# 附件\n\n说明\n\n' && sed -n '/<table>/,/<\/table>/p' "$samples/markdown/embed.md"; } >in/j.txt
iconv -f UTF-8 -t UTF-16 "$page" >in/k.html
iconv -f UTF-8 -t GB18030 "$table" >in/l.txt
expect 0 convert in
formats html html html markdown markdown markdown text markdown markdown html markdown
expect 0 convert in/h
formats text

expect 0 convert --from html "$page"
formats html
expect 0 convert --from markdown "$table"
formats markdown
"$ziping" convert --from markdown - <"$table" >out 2>err || fail "convert --from markdown -"
formats markdown
"$ziping" convert - <"$page" >out 2>err || fail "convert - of a page"
formats html
expect 2 convert --from telex "$page"

# Places: the line of the file, also inside HTML inside Markdown.
line=$(grep -n '公务用车保障率' "$samples/markdown/embed.md" | cut -d: -f1)
expect 0 convert "$samples/markdown/embed.md"
json "[i['target']['at']['line'] for i in d['files'][0]['forms'][0]['indicators'] if i['level3'] == '公务用车保障率'] == [$line]"
finish
