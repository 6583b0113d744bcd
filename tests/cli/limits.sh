#!/usr/bin/env bash
# Limits of one file: each is obeyed, named with its option, set by option or configuration, and the file beside it is read.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
one_form form.txt
printf '7\n' >small.txt
golden=$(realpath "$here/../golden/seed-2")
pdf=$(realpath "$here/../../samples/pdf/chromium-all-std.pdf")
sanitized=$(grep -c __asan_init "$ziping")

# over NAME FILE OPTION VALUE: D01 naming both, in both languages; the file beside it is read (it has no form).
over() {
    local name=$1 file=$2 option=$3 value=$4
    expect 3 convert "$option" "$value" --lang en "$file" small.txt
    json "d['files'][0]['error']['code'] == 'D01'" "'$name' in d['files'][0]['error']['message']" \
        "'$option' in d['files'][0]['error']['message']" "d['files'][1]['error']['code'] == 'D02'"
    expect 3 convert "$option" "$value" --lang zh "$file"
    json "'$name' in d['files'][0]['error']['message']" "'上限' in d['files'][0]['error']['message'] or '超过' in d['files'][0]['error']['message']"
}
# within FILE OPTION VALUE: just enough.
within() {
    expect 0 convert "$2" "$3" "$1"
    json "d['files'][0]['status'] == 'ok'"
}
# deepest FILE VALUE: its elements lie deeper than that, which is told as a loss.
deepest() {
    run check --format json --max-depth "$2" "$1"
    json "any('--max-depth' in f['message'] and '$3' in f['message'] for f in d['files'][0]['findings'])"
}

over ZP_LIMIT_INPUT_BYTES form.txt --max-input 1K
within form.txt --max-input "$(stat -c %s form.txt)"
over ZP_LIMIT_CELLS form.txt --max-cells 20
over ZP_LIMIT_CELLS "$golden/input.xlsx" --max-cells 20
over ZP_LIMIT_CELLS "$golden/input.docx" --max-cells 20
over ZP_LIMIT_CELLS "$golden/input.site.html" --max-cells 20
over ZP_LIMIT_CELLS "$golden/input.pipe.md" --max-cells 20
over ZP_LIMIT_CELLS "$golden/input.pdf" --max-cells 20
within form.txt --max-cells 1000
pages=$(pdfinfo "$pdf" | sed -n 's/^Pages: *//p')
over ZP_LIMIT_PAGES "$pdf" --max-pages $((pages - 1))
within "$pdf" --max-pages "$pages"
over ZP_LIMIT_RECORD_BYTES form.txt --max-output 1K
within form.txt --max-output 100K

# ZP_LIMIT_DEPTH lowers what each format allows: D01 where nothing sound can be read beyond it, else a loss.
over ZP_LIMIT_XML_DEPTH "$golden/input.docx" --max-depth 4
over ZP_LIMIT_XML_DEPTH "$golden/input.xlsx" --max-depth 2
within "$golden/input.docx" --max-depth 100
deepest "$golden/input.site.html" 3 ZP_LIMIT_OPEN_ELEMENTS
printf '<table><tr><td>a<td>b<table><tr><td>c<td>d</table></table>' >tables.html
deepest tables.html 1 ZP_LIMIT_NESTED_TABLES
run convert --max-depth 2 tables.html
! grep -q NESTED out || fail "two tables inside each other are within 2"

# A file that takes longer than a second on any machine, and more memory than it is given.
python3 -c "
import sys
text = open(sys.argv[1], encoding='utf-8').read()
sys.stdout.write(text * (50 * 1024 * 1024 // len(text.encode())))" "$seed" >large.txt
over ZP_LIMIT_FILE_SECONDS large.txt --max-time 1
if [ "$sanitized" -eq 0 ]; then
    over ZP_LIMIT_WORKER_BYTES large.txt --max-memory 300M
else
    echo "SKIPPED: memory is not limited in a sanitizer build"
fi
rm large.txt

# Wrong values: usage, nothing is read.
for wrong in "time 0" "time 86401" "time 1s" "memory 0" "memory 1T" "memory lots" "pages -1" "pages 1K" "cells 1.5" "depth 1025" "input 2G" "output 2G"; do
    expect 2 check "--max-${wrong% *}" "${wrong#* }" form.txt
    err_has "--max-${wrong% *} is a number from 1 to"
    out_is_empty
done
expect 2 check --max-time '' form.txt
expect 2 check --max-memory 3X --lang zh form.txt
err_has "--max-memory 是 1 到 1024G 的整数"

# The configuration lowers; an option wins over it; --show-config says which.
printf 'limits: {cells: 20, output_bytes: 1024}\n' >.ziping.yaml
expect 3 convert form.txt
json "'ZP_LIMIT_CELLS' in d['files'][0]['error']['message']"
expect 3 convert --max-cells 1000 form.txt
json "'ZP_LIMIT_RECORD_BYTES' in d['files'][0]['error']['message']"
expect 0 convert --max-cells 1000 --max-output 1M form.txt
expect 0 convert --no-config form.txt
expect 0 check --show-config --max-memory 2G form.txt
out_has "memory_bytes: 2147483648"
out_has "# --max-memory"
grep -qE 'cells: 20 +# .*\.ziping\.yaml:1' out || fail "where the limit of cells is from"
grep -qE 'seconds: 60 +# default' out || fail "the default of seconds"
printf 'limits: {seconds: 61}\n' >.ziping.yaml
expect 2 check form.txt
err_has "ZP_LIMIT_FILE_SECONDS"
err_has "only be lowered"
finish
