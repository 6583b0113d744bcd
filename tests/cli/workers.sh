#!/usr/bin/env bash
# Worker processes: how many, and that their number changes nothing but the time.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"

# ZP_LIMIT_JOBS
for wrong in 0 257 -1 two 1.5 ''; do
    expect 2 check --jobs "$wrong" "$seed"
    err_has "--jobs"
    out_is_empty
done

samples=$(dirname "$seed")
for format in text json sarif csv; do
    # A line of progress every ten seconds, also where no terminal is, is no difference.
    "$ziping" check --no-progress --jobs 1 --format "$format" "$samples" >one.$format 2>one.err
    "$ziping" check --no-progress -j 7 --format "$format" "$samples" >many.$format 2>many.err
    cmp -s one.$format many.$format || fail "check --format $format: 1 and 7 workers differ"
    cmp -s one.err many.err || fail "check --format $format: standard error differs"
done

# What is no file is read as well, and what comes from standard input may need the PDF module.
"$ziping" convert - <"$seed" >out || fail "standard input"
json "d['files'][0]['status'] != 'failed'"
# shellcheck disable=SC2002
cat "$samples/pdf/lo-one-1.pdf" | "$ziping" convert - >out || fail "a PDF on standard input"
json "d['files'][0]['format'] == 'pdf'"
mkfifo pipe
cat "$seed" >pipe &
expect 0 convert pipe
wait

# Progress: on a terminal, once a run takes longer than a moment; never with --no-progress or -q.
for option in "" --no-progress -q; do
    timeout 60 sh -c "sleep 1.3; cat '$seed' >pipe" &
    timeout 60 script -qec "'$ziping' check pipe '$seed' --lang en -o report $option" typescript >/dev/null </dev/null
    code=$?
    [ "$code" -le 1 ] || fail "on a terminal, $option: exit $code"
    if [ -z "$option" ]; then
        grep -aqE '[12]/2 files \([0-9]+/s.*findings; slowest: (pipe|/.*txt) \([0-9.]+ s\)' typescript ||
            fail "no progress on a terminal: $(cat -v typescript)"
    elif grep -aq "files (" typescript; then
        fail "progress though $option"
    fi
done
wait

# --no-sandbox is loud, also where nothing else is said.
expect 0 convert -q --no-sandbox "$seed"
err_has "warning: workers are not shut in"

finish
