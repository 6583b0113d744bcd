#!/usr/bin/env bash
# Corrections and the sheet, as far as they need no text recognition: what is refused, and what is said.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
form=$(realpath "$here/../golden/form-central-2019/input.txt")
own=$(sha256sum "$form" | cut -d' ' -f1)
other=$(printf %064d 0)
head='SHA-256,Form,JSON Pointer,Should be,Checked by,Date'

# A sheet of what is not in doubt; formats of other commands are none of this one.
expect 0 review "$form"
out_has 'Nothing is in doubt'
out_has "img-src data:; script-src 'sha256-"
expect 0 review --format xlsx=review.xlsx "$form"
[ -s review.xlsx ] || fail 'no workbook'
expect 2 review --format json "$form"
err_has 'html|xlsx'

# What is no corrections, nobody's, of no field's shape, or two things at once: exit 2, nothing is checked.
printf 'a,b\n1,2\n' >none.csv
printf '%s\n%s,1,/unit,x,,\n' "$head" "$own" >nobody.csv
printf '%s\n%s,1,unit,x,A,B\n' "$head" "$own" >shape.csv
printf '%s\n%s,1,/unit,x,A,B\n%s,1,/unit,y,A,B\n' "$head" "$own" "$own" >both.csv
for file in none nobody shape both; do
    expect 2 check --corrections $file.csv "$form"
    err_has "$file.csv"
done
expect 2 check --corrections missing.csv "$form"

# Another document's are refused and said; with none that fits exit 3.
printf '%s\n%s,1,/unit,x,A,B\n' "$head" "$other" >other.csv
expect 3 check --corrections other.csv "$form"
err_has 'of other documents'

# What was not read from a picture is what it is; a field that is not there is none.
printf '%s\n%s,1,/funds/0/budget,1,A,B\n' "$head" "$own" >printed.csv
expect 3 check --format json --corrections printed.csv "$form"
json "d['files'][0]['error']['code'] == 'D01' and 'not read from a picture' in d['files'][0]['error']['message']"
printf '%s\n%s,1,/funds/77/budget,1,A,B\n' "$head" "$own" >nowhere.csv
expect 3 check --format json --corrections nowhere.csv "$form"
json "'no field' in d['files'][0]['error']['message']"

# The unfilled sheet corrects nothing; the cache knows the difference.
expect 0 convert --cache cache --corrections review.xlsx "$form"
expect 3 convert --cache cache --corrections printed.csv "$form"
expect 0 convert --cache cache "$form"

# A searchable copy is of one scan, goes to a file, and needs text recognition.
expect 2 convert --to pdf-text "$form"
expect 2 convert --to pdf-text --to json -o copy.pdf "$form"
expect 2 convert --to pdf-text -o copy.pdf "$form"
err_has 'scripts/ocr.sh'
finish
