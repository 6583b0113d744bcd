#!/usr/bin/env bash
# Every header compiles alone: whoever includes it needs to know of no other.
# usage: headers.sh BUILD     for what the build makes (rulebook/catalogue.def)
set -u
cd "$(dirname "$0")/../.." || exit 1
flags=$(pkg-config --cflags glib-2.0 gio-2.0 gio-unix-2.0 libpcre2-8 yaml-0.1 jansson libxml-2.0 poppler-glib) || exit 1
bad=0
while read -r header; do
    # shellcheck disable=SC2086
    echo "#include \"$header\"" | ${CC:-cc} -std=gnu17 -Wall -Wextra -Werror -fsyntax-only \
        -Isrc -I. "-I$1" $flags -x c - || { echo "$header does not compile alone"; bad=1; }
done < <(find src parsers rules -name '*.h' | sort)
exit $bad
