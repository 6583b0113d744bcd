#!/usr/bin/env bash
# office.sh - what `check` of a Word or Excel file (or an OFD: ofd.sh) costs against unpacking and parsing it alone.
#
# usage: bench/office.sh [FILE…]      default: the form of tests/golden/seed-1 and samples/office
#
# Instructions under callgrind, of a run over 110 copies of the file less those of a run over 10: what
# starting the program costs is in both. "Alone" unpacks the parts that are read (the text or the sheets,
# styles, strings, relationships; of an OFD all that is XML) with libarchive and parses each with libxml2,
# once with `xmlReadMemory`, which builds a tree and frees it again, once with its SAX parser and no tree.
# Builds the release preset first.
# Prints figures, asserts nothing.
set -u
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

[ $# -gt 0 ] || set -- "$root"/tests/golden/seed-1/input.{docx,xlsx} "$root"/samples/office/{lo-all.docx,all.xlsx}
ensure_packages build test bench && build_preset release ziping || exit "$EXIT_INTERNAL"
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

cat >"$folder/alone.c" <<'C'
/* alone MODE FILE…: unpack and parse each file's parts and forget them. */
#include <archive.h>
#include <archive_entry.h>
#include <glib.h>
#include <libxml/parser.h>
#include <string.h>

static int is_read(const char *file, const char *name)
{
    if (g_str_has_suffix(file, ".ofd"))
        return g_str_has_suffix(name, ".xml");
    return g_str_has_suffix(name, ".rels") || strstr(name, "/document.xml") || strstr(name, "/workbook.xml") ||
           strstr(name, "/styles.xml") || strstr(name, "/sharedStrings.xml") || strstr(name, "/worksheets/");
}

static void parse(const char *mode, const char *text, int size)
{
    xmlSAXHandler none;
    memset(&none, 0, sizeof none);
    none.initialized = XML_SAX2_MAGIC;
    if (strcmp(mode, "sax") == 0)
        xmlSAXUserParseMemory(&none, NULL, text, size);
    else
        xmlFreeDoc(xmlReadMemory(text, size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_COMPACT));
}

static void read_entry(const char *mode, struct archive *archive)
{
    GByteArray *bytes = g_byte_array_new();
    la_ssize_t n;
    do {
        guint start = bytes->len;
        g_byte_array_set_size(bytes, start + 65536);
        n = archive_read_data(archive, bytes->data + start, 65536);
        g_byte_array_set_size(bytes, start + (n > 0 ? (guint)n : 0));
    } while (n > 0);
    parse(mode, (const char *)bytes->data, (int)bytes->len);
    g_byte_array_unref(bytes);
}

int main(int argc, char **argv)
{
    for (int k = 2; k < argc; k++) {
        char *text;
        gsize length;
        struct archive *archive = archive_read_new();
        struct archive_entry *entry;
        if (!g_file_get_contents(argv[k], &text, &length, NULL))
            return 1;
        archive_read_support_format_zip_seekable(archive);
        if (archive_read_open_memory(archive, text, length) != ARCHIVE_OK)
            return 1;
        while (archive_read_next_header(archive, &entry) == ARCHIVE_OK)
            if (is_read(argv[k], archive_entry_pathname(entry)))
                read_entry(argv[1], archive);
        archive_read_free(archive);
        g_free(text);
    }
    return 0;
}
C
# shellcheck disable=SC2046
cc -O2 "$folder/alone.c" -o "$folder/alone" $(pkg-config --cflags --libs glib-2.0 libxml-2.0 libarchive) || exit 1

# a_file COMMAND…: instructions a file, from two batches.
a_file() {
    local few many
    few=$(count_instructions "$@" "$folder"/10/*)
    many=$(count_instructions "$@" "$folder"/110/*)
    echo $(((many - few) / 100))
}

for file in "$@"; do
    rm -rf "$folder/10" "$folder/110"
    mkdir "$folder/10" "$folder/110"
    for ((k = 0; k < 110; k++)); do
        [ "$k" -ge 10 ] || cp "$file" "$folder/10/$k.${file##*.}"
        cp "$file" "$folder/110/$k.${file##*.}"
    done
    check=$(a_file "$root/build/release/ziping" check "${countable[@]}" --format text)
    tree=$(a_file "$folder/alone" tree)
    sax=$(a_file "$folder/alone" sax)
    printf '%s: %d bytes\n' "${file#"$root"/}" "$(stat -c %s "$file")"
    printf '  check %d instructions; unpacked and parsed alone: tree %d (%s times), SAX %d (%s times)\n' "$check" "$tree" \
        "$(awk "BEGIN { printf \"%.2f\", $check / $tree }")" "$sax" "$(awk "BEGIN { printf \"%.2f\", $check / $sax }")"
done
