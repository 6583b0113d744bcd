#!/usr/bin/env bash
# What programs that are linked already count on: the symbols and types of ziping.h, compared by abidiff with those kept in libziping.abi.
#
# usage: abi.sh LIBZIPING            77 without abigail-tools; the names alone are looked at in any case
#        abi.sh LIBZIPING --update   keeps what is there now: after an addition; after any other change with a new soname
set -eu
library=$(realpath "$1")
cd "$(dirname "$0")/../.."
kept=tests/library/libziping.abi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The header, the map and the library name the same functions, and nothing else is seen that is not private.
grep -oE '^ZIPING_API .*' src/ziping.h | grep -oE 'ziping_\w+\(' | tr -d '(' | sort >"$work/header"
sed -n '/^ZIPING_1/,/^local/p' src/lib/libziping.map | grep -oE 'ziping_\w+' | sort >"$work/map"
nm -D --defined-only "$library" | awk '$3 ~ /@@ZIPING_1$/ && $2 == "T" { sub(/@@.*/, "", $3); print $3 }' | sort >"$work/library"
diff "$work/header" "$work/map"
diff "$work/header" "$work/library"
if nm -D --defined-only "$library" | awk '$2 != "A" && $3 !~ /@@ZIPING_/' | grep -v ' __\| _fini\| _init'; then
    echo "FAILED: seen from outside without being in libziping.map"
    exit 1
fi
# It is C of any compiler, without GLib.
echo '#include <ziping.h>' | ${CC:-cc} -std=c99 -pedantic -Wall -Wextra -Werror -fsyntax-only -Isrc -x c -
objdump -p "$library" | grep -qE 'SONAME +libziping\.so\.1$' || {
    echo "FAILED: the soname"
    exit 1
}

command -v abidw >/dev/null && command -v abidiff >/dev/null || exit 77
{
    echo '[abi_whitelist]'
    sed 's/^/  /' "$work/header"
} >"$work/list"
abidw --no-corpus-path --no-comp-dir-path --no-elf-needed --no-show-locs --kmi-whitelist "$work/list" --header-file src/ziping.h \
    --drop-private-types --out-file "$work/now.abi" "$library"
if [ "${2:-}" = --update ]; then
    cp "$work/now.abi" "$kept"
    exit 0
fi
# Bits of what abidiff ends with: 4 a change, 8 one that breaks programs; 1 and 2 it could not compare.
status=0
abidiff --no-architecture "$kept" "$work/now.abi" >"$work/said" 2>&1 || status=$?
cat "$work/said"
[ "$status" -eq 0 ]
