/*
 * cells.c - elements of a part by their bytes, parts with edits, packages with parts.
 */
#include "parsers/ooxml/cells.h"

#include "parsers/ooxml/rewrite.h"

#include <string.h>

const ZpCellSaying ZP_CELL_NO_PLAIN_TEXT = {
    "单元格里不只是一行文字（图、域、修订、换行等）",
    "the cell holds more than text in one line (a picture, a field, a tracked change, lines)"};

/* Whether a tag, behind its `<` or `</`, has a local name. */
static bool has_name(const char *tag, const char *end, const char *name)
{
    gsize length = strlen(name), over = 0;
    while (tag + over < end && !strchr(" \t\r\n/>", tag[over]))
        over++;
    const char *colon = memchr(tag, ':', over);
    const char *local = colon ? colon + 1 : tag;
    return (gsize)(tag + over - local) == length && memcmp(local, name, length) == 0;
}

bool zp_ooxml_range(const char *xml, gsize size, const ZpPlace *at, const char *name,
                    ZpOoxmlRange *range)
{
    const char *start = xml + at->byte_start, *end = xml + at->byte_end;
    if (!at->byte_start || at->byte_start >= at->byte_end || at->byte_end > size || *start != '>' ||
        end[-1] != '>')
        return false;
    const char *tag = memrchr(xml, '<', at->byte_start);
    const char *close = memrchr(start, '<', (gsize)(end - start));
    if (!tag || !close || close[1] != '/' || !has_name(tag + 1, start, name) ||
        !has_name(close + 2, end, name))
        return false;
    *range =
        (ZpOoxmlRange){(gsize)(tag - xml), at->byte_start + 1u, (gsize)(close - xml), at->byte_end};
    return true;
}

/* A part with its edits. */
static GBytes *edited(const ZpPartText *part, guint number, const GArray *edits)
{
    GString *out = g_string_sized_new(part->size);
    gsize from = 0;
    for (guint k = 0; k < edits->len; k++) {
        const ZpCellEdit *edit = &g_array_index(edits, ZpCellEdit, k);
        if (edit->part != number)
            continue;
        g_string_append_len(out, part->xml + from, (gssize)(edit->start - from));
        g_string_append(out, edit->bytes);
        from = edit->end;
    }
    g_string_append_len(out, part->xml + from, (gssize)(part->size - from));
    return g_string_free_to_bytes(out);
}

static void clear_part(gpointer part)
{
    g_bytes_unref(((ZpNewPart *)part)->bytes);
}

GBytes *zp_ooxml_save(GBytes *input, const ZpPartText *parts, guint n_parts, const GArray *edits,
                      GError **error)
{
    g_autoptr(GArray) anew = g_array_new(FALSE, FALSE, sizeof(ZpNewPart));
    g_array_set_clear_func(anew, clear_part);
    for (guint k = 0; k < edits->len; k++) {
        guint number = g_array_index(edits, ZpCellEdit, k).part;
        bool is_next = k == 0 || g_array_index(edits, ZpCellEdit, k - 1).part != number;
        if (!is_next || number >= n_parts)
            continue;
        ZpNewPart part = {parts[number].name, edited(&parts[number], number, edits)};
        g_array_append_val(anew, part);
    }
    return anew->len ? zp_ooxml_rewrite(input, anew, error) : g_bytes_ref(input);
}

void zp_ooxml_remark(const ZpPackage *package, const char *main, const GArray *edits,
                     void (*say)(const ZpCellSaying *saying, gpointer data), gpointer data)
{
    static const ZpCellSaying SIGNED = {
        "文件有数字签名，签名对改过的副本不再有效",
        "the file is signed, and the signature does not hold for a changed copy"};
    static const ZpCellSaying MACROS = {
        "文件带宏；宏没有读也没有动，副本里照样有",
        "the file holds macros; they were neither read nor touched, "
        "and the copy holds them too"};
    if (edits->len && zp_package_related(package, "", "origin"))
        say(&SIGNED, data);
    if (zp_package_related(package, main, "vbaProject"))
        say(&MACROS, data);
}
