# common.bash - what the scripts of this folder share; sourced with the path of ziping as $1.
#
# shellcheck shell=bash disable=SC2034
# A script calls `run ARGUMENTS…`, asks about $status, $work/out and $work/err with the functions
# below, and ends with `finish`.  Messages are asked in English unless a test says otherwise.
set -u
# What fails at the end of a pipe counts, too.
shopt -s lastpipe
ziping=$(realpath "$1")
here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
seed=$(realpath "$here/../../samples/seed-2022.txt")
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
bad=0
export LC_ALL=C.UTF-8
unset NO_COLOR
cd "$work" || exit 1

fail() {
    bad=$((bad + 1))
    echo "FAILED: $*" | cut -c 1-300
}

# run ARGUMENTS…: ziping with its output kept.
run() {
    last="ziping $*"
    "$ziping" "$@" >"$work/out" 2>"$work/err" </dev/null
    status=$?
}

# text_formats COMMAND: the formats that it writes as plain text; a page is asked by tests of its own.
text_formats() {
    "$ziping" formats --lang en |
        awk -v way="$1" '/^Written/ { table = 1 } table && $(way == "check" ? 3 : 2) == "yes" && $1 !~ /^(html|xlsx|sqlite)$/ { print $1 }' | tr '\n' ' '
}

# exits CODE: the last run ended so.
exits() {
    [ "$status" -eq "$1" ] && return
    fail "$last: exit $status, expected $1"
    head -c 400 "$work/err"
}

# expect CODE ARGUMENTS…: run, and compare the exit code.
expect() {
    local code=$1
    shift
    run "$@"
    exits "$code"
}

out_has() { grep -qF -- "$1" "$work/out" || fail "$last: standard output lacks: $1"; }
err_has() { grep -qF -- "$1" "$work/err" || fail "$last: standard error lacks: $1 ($(head -c 300 "$work/err"))"; }
out_lacks() { ! grep -qF -- "$1" "$work/out" || fail "$last: standard output holds: $1"; }
out_is_empty() { [ ! -s "$work/out" ] || fail "$last: something on standard output"; }
err_is_empty() { [ ! -s "$work/err" ] || fail "$last: on standard error: $(head -c 300 "$work/err")"; }

# json EXPRESSION…: Python expressions about `d`, the last run's JSON, must be true.
json() {
    python3 - "$work/out" "$@" <<'PYTHON' || fail "$last"
import json, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
wrong = [expression for expression in sys.argv[2:] if not eval(expression)]
for expression in wrong:
    print("not so:", expression)
sys.exit(1 if wrong else 0)
PYTHON
}

# peak ARGUMENTS…: run under a time limit; $kilobytes is the largest resident size.
peak() {
    last="ziping $*"
    python3 - "$ziping" "$@" >peak.txt <<'PYTHON'
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=open("out", "wb"), stderr=open("err", "wb"), timeout=60)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
PYTHON
    read -r status kilobytes <peak.txt || fail "$last: took too long"
}

# one_form FILE: the first form of the seed text.
one_form() { sed -n 3,20p "$seed" >"$1"; }

finish() {
    [ "$bad" -eq 0 ] || echo "$bad failed"
    [ "$bad" -eq 0 ]
    exit
}
