#!/usr/bin/env bash
# Nothing that is read is written over: an output that is an input, a list, a baseline, … by any spelling: exit 2, nothing changed.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
mkdir -p in/below other
one_form in/below/form.txt
one_form single.txt
cp single.txt in/noname
printf '%s\n' single.txt >list
printf 'geheim\n' >password
printf 'rules: {F10: off}\n' >own.yaml
printf 'rules: {F10: off}\n' >in/.ziping.yaml
"$ziping" baseline write single.txt -o base.json 2>/dev/null
"$ziping" check --format json single.txt -o before.json 2>/dev/null
"$ziping" check single.txt --shard 1/1 -o part 2>/dev/null
"$ziping" check single.txt -o first --journal journal 2>/dev/null
"$ziping" check single.txt --cache cache -o first 2>/dev/null
entry=$(find cache -type f | head -n 1)
cp -r "$here/../../rules" data
sum() { find . -type f ! -path ./out ! -path ./err -exec sha256sum {} + | sort; }
before=$(sum)

# refuses TARGET WORDS…: by its name, another spelling, a link and a hard link.
refuses() {
    local target=$1 words word spelling
    shift
    ln -s "../$target" other/link
    ln "$target" other/hard
    for spelling in "$target" "./other/../$target" "$PWD/$target" other/link other/hard; do
        words=()
        for word in "$@"; do words+=("${word//@/$spelling}"); done
        expect 2 "${words[@]}"
        err_has "$spelling"
        out_is_empty
    done
    rm other/link other/hard
    [ "$(sum)" = "$before" ] || fail "$*: a file was changed"
}

for command in check convert; do
    refuses single.txt $command single.txt -o @
    refuses in/below/form.txt $command in -o @
    refuses in/noname $command in -o @
    refuses in/below/form.txt $command in --shard 1/2 -o @
    refuses in/.ziping.yaml $command in -o @
    refuses single.txt $command --files-from list -o @
    refuses list $command --files-from list -o @
    refuses password $command single.txt --password-file password -o @
    refuses own.yaml $command single.txt --config own.yaml -o @
    refuses data/labels.yaml $command single.txt --rules data -o @
    refuses data/profiles/default.yaml $command single.txt --profile data/profiles/default.yaml -o @
    refuses journal $command single.txt --journal journal --resume -o @
    refuses in/below/form.txt $command in -o out.txt --journal @ --resume
    expect 2 $command single.txt --cache cache -o "./$entry"
    err_has "--cache"
done
refuses in/below/form.txt check in --format text --format json=@
refuses base.json check single.txt --baseline base.json -o @
refuses before.json check single.txt --diff-from before.json -o @
refuses single.txt baseline write single.txt -o @
refuses in/below/form.txt baseline write in -o @
refuses list baseline write --files-from list -o @
refuses base.json baseline prune @ base.json
refuses part merge part -o @
refuses single.txt merge part -o @
refuses single.txt fix single.txt -o @
refuses own.yaml fix single.txt --config own.yaml -o @
refuses in/below/form.txt watch in -o @
expect 2 check single.txt -o new --journal new
[ ! -e new ] || fail "a file that two would write was made"
expect 2 check single.txt -o cache/ab --cache cache
expect 0 convert single.txt -o other/new.json
expect 0 convert in -o in/report.json
expect 0 convert in -o in/report.json # a report of an earlier run is no input
for format in $(text_formats check); do
    case $format in text | markdown | github) continue ;; esac # for people, and a log: nothing tells them from documents
    report=in/report-$format.$(case $format in junit | checkstyle) echo xml ;; gitlab) echo json ;; *) echo $format ;; esac)
    expect 1 check in --format $format -o "$report"
    expect 1 check in --format $format -o "$report"
done
# … but a document with such a suffix is, when a run reads it by its content.
for suffix in json ndjson sarif csv xml; do
    cp "$here/../golden/form-central-2019/input.html" in/disguised.$suffix
    before=$(sum)
    refuses in/disguised.$suffix convert in -o @
done
finish
