#!/usr/bin/env bash
# html.sh - what `check` of a web page costs against libxml2's bare parse of the same bytes.
#
# usage: bench/html.sh [FILE]      default samples/html/one-1.html: one form
#
# Instructions under callgrind, of a run over 1,010 copies of the page less those of a run over 10: what
# starting the program costs is in both. The bare parse is libxml2's own `htmlReadMemory`, as most programs
# call it, which builds a tree and frees it again; its SAX parse without any tree is printed, too. Both read
# the files as `ziping` does. Builds the release preset first. Prints figures, asserts nothing.
set -u
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

page=$(realpath "${1:-$root/samples/html/one-1.html}")
ensure_packages build test bench && build_preset release ziping || exit "$EXIT_INTERNAL"
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

cat >"$folder/bare.c" <<'C'
/* bare MODE FILE…: parse each file and forget it. */
#include <glib.h>
#include <libxml/HTMLparser.h>
#include <string.h>

static void read_sax(const char *text, gsize length, int options)
{
    htmlSAXHandler none;
    memset(&none, 0, sizeof none);
    htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(text, (int)length);
    htmlSAXHandler *own = parser->sax;
    parser->sax = &none;
    htmlCtxtUseOptions(parser, options);
    htmlParseDocument(parser);
    parser->sax = own;
    htmlFreeParserCtxt(parser);
}

int main(int argc, char **argv)
{
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                        HTML_PARSE_NONET | HTML_PARSE_COMPACT;
    for (int k = 2; k < argc; k++) {
        char *text;
        gsize length;
        if (!g_file_get_contents(argv[k], &text, &length, NULL))
            return 1;
        if (strcmp(argv[1], "sax") == 0)
            read_sax(text, length, options);
        else
            xmlFreeDoc(htmlReadMemory(text, (int)length, NULL, "UTF-8", options));
        g_free(text);
    }
    return 0;
}
C
# shellcheck disable=SC2046
cc -O2 "$folder/bare.c" -o "$folder/bare" $(pkg-config --cflags --libs glib-2.0 libxml-2.0) || exit 1

mkdir "$folder/10" "$folder/1010"
for ((k = 0; k < 1010; k++)); do
    cp "$page" "$folder/1010/$k.html"
    [ "$k" -ge 10 ] || cp "$page" "$folder/10/$k.html"
done

per_page() { # COMMAND…: the difference of 1,010 and 10 copies, a page
    local many few
    many=$(count_instructions "$@" "$folder"/1010/*)
    few=$(count_instructions "$@" "$folder"/10/*)
    echo $(((many - few) / 1000))
}

tree=$(per_page "$folder/bare" tree)
sax=$(per_page "$folder/bare" sax)
check=$(per_page "$root/build/release/ziping" check "${countable[@]}" --fail-on never --format text)
echo "$(basename "$page"), $(stat -c %s "$page") bytes, instructions a page ($(xml2-config --version 2>/dev/null)):"
awk -v tree="$tree" -v sax="$sax" -v check="$check" 'BEGIN {
    printf "  libxml2, htmlReadMemory: %d\n  libxml2, SAX without a tree: %d\n  ziping check: %d\n", tree, sax, check
    printf "  check / htmlReadMemory: %.2f\n  check / SAX: %.2f\n", check / tree, check / sax }'
