#!/usr/bin/env bash
# Static analysis: cppcheck over all sources, then gcc's analyzer over each; what was looked at and is not so is listed with its reason.
# usage: scripts/analyse.sh [--quick [BUILD] | FILE…]
# --quick: cppcheck only (half a minute of one core); it runs with the tests. gcc's analyzer takes ten minutes and is for a schedule, say every
# night, or for the files that changed. Ends with 1 when anything is said that scripts/analyse/*.txt do not list, and when gcc.txt lists what is not said.
set -euo pipefail
export LC_ALL=C # sort and comm must agree
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"
work=build/analyse
mkdir -p "$work"
quick=
build=build/dev # for rulebook/catalogue.def
if [ "${1:-}" = --quick ]; then
    quick=1
    build=${2:-$build}
    shift
fi

# The whole program is judged at once, so that what one file hands another is known.
cppcheck_all() {
    cppcheck src parsers rules -I src -I . -I "$build" --enable=warning,portability,performance --std=c11 --library=gtk --library=posix \
        '-DG_N_ELEMENTS(a)=(sizeof(a)/sizeof((a)[0]))' --suppressions-list=scripts/analyse/cppcheck.txt --inline-suppr \
        --cppcheck-build-dir="$work" --template='{file}:{line}: {id}: {message}' --error-exitcode=1 -q -j "$(nproc)"
}

# gcc_one FILE: its findings as `FILE WARNING FUNCTION`, one a line.
gcc_one() {
    local flags
    read -ra flags < <(pkg-config --cflags "${packages[@]}")
    if ! gcc -std=gnu17 -D_GNU_SOURCE -O1 -Isrc -I. -Ibuild/dev '-DZP_VERSION=""' '-DZP_MODULES=""' \
        '-DG_LOG_DOMAIN="ziping"' "${flags[@]}" -fanalyzer -Wno-analyzer-too-complex -c "$1" -o /dev/null 2>"$work/gcc.log"; then
        cat "$work/gcc.log" >&2
        return 1
    fi
    awk -v file="$1" -f scripts/analyse/gcc.awk "$work/gcc.log" | sort -u
}
packages=(glib-2.0 gio-2.0 gio-unix-2.0 gmodule-2.0 libxml-2.0 libarchive jansson libpcre2-8 poppler-glib libqpdf yaml-0.1 libseccomp gmime-3.0)

if ! cppcheck_all; then
    exit 1
fi
[ -z "$quick" ] || exit 0
[ -f build/dev/resources.h ] || build_preset dev
if [ $# -eq 0 ]; then
    mapfile -t files < <(find src parsers rules -name '*.c' | sort)
else
    files=("$@")
fi
: >"$work/gcc.found"
for file in "${files[@]}"; do gcc_one "$file" >>"$work/gcc.found"; done
known() { sed -e 's/ *#.*//' -e '/^$/d' scripts/analyse/gcc.txt | sort -u; }
new=$(sort -u "$work/gcc.found" | comm -23 - <(known))
[ -z "$new" ] || printf 'gcc -fanalyzer, not in scripts/analyse/gcc.txt:\n%s\n' "$new"
gone=
[ $# -gt 0 ] || gone=$(sort -u "$work/gcc.found" | comm -13 - <(known))
[ -z "$gone" ] || printf 'in scripts/analyse/gcc.txt, but no longer said:\n%s\n' "$gone"
[ -z "$new$gone" ]
