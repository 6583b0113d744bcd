/*
 * plain_cells.c - ranges of an original that is one text: what they hold, and what fits there.
 *
 * A column that stands where it stands by its place in the line (blanks, drawn tables) must not be moved
 * by a mend, so a shorter text is filled up there and a longer one takes blanks.  Where a merged cell
 * was filled with copies, a reader takes the copies for one cell.
 */
#include "parsers/shared/plain_cells.h"

#include "base/error.h"
#include "parsers/shared/recode.h"

#include <string.h>

struct ZpOriginal {
    const ZpCellDialect *dialect;
    ZpRecode recode;
    const char *text; /* of the original, as UTF-8 */
    gsize size;
};

ZpOriginal *zp_plain_open(GBytes *input, const ZpCellDialect *dialect, GError **error)
{
    ZpOriginal *original = g_new0(ZpOriginal, 1);
    const char *declared = dialect->declared ? dialect->declared(input) : NULL;
    original->dialect = dialect;
    if (!zp_recode_open(&original->recode, input, declared)) {
        zp_error_set(error, ZP_ERROR_DAMAGED, "文件里有不成字符的字节，位置说不准",
                     "the file has bytes that are no characters, so no place in it is sure");
        zp_plain_close(original);
        return NULL;
    }
    original->text = g_bytes_get_data(original->recode.plain, &original->size);
    return original;
}

void zp_plain_close(ZpOriginal *original)
{
    if (!original)
        return;
    zp_recode_clear(&original->recode);
    g_free(original);
}

static bool has_range(const ZpOriginal *original, const ZpPlace *at)
{
    return at->byte_start < at->byte_end && at->byte_end <= original->size;
}

char *zp_plain_decode(const ZpOriginal *original, const ZpPlace *at)
{
    gsize length = at->byte_end - at->byte_start;
    if (!has_range(original, at) || memchr(original->text + at->byte_start, '\0', length) ||
        !g_utf8_validate(original->text + at->byte_start, (gssize)length, NULL))
        return NULL;
    g_autofree char *bytes = g_strndup(original->text + at->byte_start, length);
    return original->dialect->decode(bytes);
}

/* The original's bytes around a range. */
typedef struct {
    const char *data, *start, *end, *over;
} Around;

static Around around(const ZpOriginal *original, const ZpPlace *at)
{
    return (Around){original->text, original->text + at->byte_start, original->text + at->byte_end,
                    original->text + original->size};
}

/* Whether bars stand on both sides, or a bar and an end of the line. */
static bool is_between_bars(const Around *range)
{
    const char *before = range->start, *behind = range->end;
    while (before > range->data && before[-1] == ' ')
        before--;
    while (behind < range->over && *behind == ' ')
        behind++;
    return before > range->data && before[-1] == '|' &&
           (behind == range->over || strchr("|\r\n", *behind));
}

/* A table drawn with +---+ keeps its columns by their places, bars or not. */
static bool is_drawn(const Around *range)
{
    return g_strstr_len(range->data, range->over - range->data, "+--") ||
           g_strstr_len(range->data, range->over - range->data, "+==");
}

/* Whether a column is where it is by its place in the line. */
static bool is_aligned(const ZpOriginal *original, const ZpPlace *at)
{
    Around range = around(original, at);
    if (original->dialect->has_tags)
        return false;
    if (is_between_bars(&range))
        return is_drawn(&range);
    bool before = range.start - range.data >= 2 && memcmp(range.start - 2, "  ", 2) == 0;
    bool behind = range.over - range.end >= 2 && memcmp(range.end, "  ", 2) == 0;
    return before || behind;
}

/* Blanks behind the range that may be taken, so that at least one stays. */
static guint spare_blanks(const ZpOriginal *original, const ZpPlace *at)
{
    Around range = around(original, at);
    const char *behind = range.end;
    while (behind < range.over && *behind == ' ')
        behind++;
    return behind > range.end ? (guint)(behind - range.end) - 1 : 0;
}

/*
 * In aligned columns a shorter text is filled up, and a longer one takes blanks behind it: @more is set to
 * how many.  Returns NULL when there is no room.
 */
static char *fitted(const ZpOriginal *original, const ZpPlace *at, const char *old,
                    const char *text, guint *more)
{
    *more = 0;
    if (!is_aligned(original, at))
        return g_strdup(text);
    gsize room = zp_text_columns(old), need = zp_text_columns(text);
    if (need > room + spare_blanks(original, at))
        return NULL;
    *more = need > room ? (guint)(need - room) : 0;
    return g_strdup_printf("%s%*s", text, need < room ? (int)(room - need) : 0, "");
}

/* Whether the original's character set has every character of it. */
static bool has_characters(const ZpOriginal *original, const char *text)
{
    g_autoptr(GString) bytes = g_string_new(NULL);
    return zp_recode_append(&original->recode, bytes, text);
}

bool zp_plain_encode(const ZpOriginal *original, const ZpPlace *at, const char *text,
                     ZpCellEdit *edit, const ZpCellSaying **why)
{
    static const ZpCellSaying FOREIGN = {"这种格式的单元格里写不下这些字符",
                                         "a cell of this format or character set cannot hold it"};
    static const ZpCellSaying NARROW = {"这一列放不下", "the column has no room for it"};
    guint more;
    g_autofree char *encoded = has_range(original, at) ? original->dialect->encode(text) : NULL;
    *why = &FOREIGN;
    if (!encoded || !has_characters(original, encoded))
        return false;
    g_autofree char *old =
        g_strndup(original->text + at->byte_start, at->byte_end - at->byte_start);
    g_autofree char *bytes = fitted(original, at, old, encoded, &more);
    *why = &NARROW;
    if (!bytes)
        return false;
    *edit = (ZpCellEdit){.start = at->byte_start, .end = at->byte_end + more};
    if (strcmp(bytes, old) == 0)
        return true;
    edit->old = g_steal_pointer(&old);
    edit->text = g_strdup(bytes);
    edit->bytes = g_steal_pointer(&bytes);
    return true;
}

/* Behind blanks, separators and tags: where the text of the next cell begins. */
static const char *next_cell(const Around *range, bool has_tags)
{
    const char *at = range->end;
    while (at < range->over && (has_tags || !strchr("\r\n", *at))) {
        if (has_tags && *at == '<') {
            const char *close = memchr(at, '>', (gsize)(range->over - at));
            if (!close || g_str_has_prefix(at, "</tr"))
                return NULL;
            at = close + 1;
        } else if (strchr(" \t|\"\r\n", *at)) {
            at++;
        } else {
            return at;
        }
    }
    return NULL;
}

bool zp_plain_find_copy(const ZpOriginal *original, const ZpPlace *at, ZpPlace *copy)
{
    bool has_tags = original->dialect->has_tags;
    Around range = around(original, at);
    gsize length = at->byte_end - at->byte_start;
    const char *next = next_cell(&range, has_tags);
    if (!next || next == range.end || (gsize)(range.over - next) < length ||
        memcmp(next, range.start, length) != 0)
        return false;
    const char *behind = next + length;
    if (behind < range.over && !strchr(has_tags ? "<" : " \t|\r\n\"", *behind))
        return false;
    *copy = *at;
    copy->byte_start = (guint32)(next - range.data);
    copy->byte_end = (guint32)(behind - range.data);
    return true;
}

GBytes *zp_plain_save(const ZpOriginal *original, const GArray *edits, GError **error)
{
    gsize size, from = 0;
    const char *data = g_bytes_get_data(original->recode.original, &size);
    g_autoptr(GString) copy = g_string_sized_new(size);
    ZpRecodePlace place = zp_recode_start(&original->recode);
    for (guint k = 0; k < edits->len; k++) {
        const ZpCellEdit *edit = &g_array_index(edits, ZpCellEdit, k);
        zp_recode_go(&original->recode, &place, edit->start);
        g_string_append_len(copy, data + from, (gssize)(place.original - from));
        if (!zp_recode_append(&original->recode, copy, edit->bytes)) {
            zp_error_set(error, ZP_ERROR_OUTPUT, "“%s”在原件的字符集里没有",
                         "the original's character set lacks a character of \"%s\"", edit->bytes);
            return NULL;
        }
        zp_recode_go(&original->recode, &place, edit->end);
        from = place.original;
    }
    if (size)
        g_string_append_len(copy, data + from, (gssize)(size - from));
    return g_string_free_to_bytes(g_steal_pointer(&copy));
}
