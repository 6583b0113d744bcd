/*
 * mend_put.c - ranges of the original: what they hold, and what fits there.
 *
 * A column that stands where it stands by its place in the line (blanks, drawn tables) must not be moved
 * by a mend, so a shorter text is filled up there and a longer one takes blanks.  Where a merged cell
 * was filled with copies, a reader takes the copies for one cell, so all of them are mended.
 */
#include "output/mend_private.h"

#include "output/mend_text.h"

#include <string.h>

bool zp_mend_has_range(const Mending *mending, const ZpPlace *at)
{
    return at->byte_start < at->byte_end &&
           at->byte_end <= g_bytes_get_size(mending->mender->original);
}

static const char *bytes_at(const Mending *mending, const ZpPlace *at)
{
    return (const char *)g_bytes_get_data(mending->mender->original, NULL) + at->byte_start;
}

static char *decoded(const Mending *mending, const ZpPlace *at)
{
    if (!zp_mend_has_range(mending, at))
        return NULL;
    return zp_mend_decode(mending->mender->format, bytes_at(mending, at),
                          at->byte_end - at->byte_start);
}

/* The original's bytes around a range. */
typedef struct {
    const char *data, *start, *end, *over;
} Around;

static Around around(const Mending *mending, const ZpPlace *at)
{
    gsize size;
    const char *data = g_bytes_get_data(mending->mender->original, &size);
    return (Around){data, data + at->byte_start, data + at->byte_end, data + size};
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
static bool is_aligned(const Mending *mending, const ZpPlace *at)
{
    Around range = around(mending, at);
    if (strcmp(mending->mender->format, "html") == 0)
        return false;
    if (is_between_bars(&range))
        return is_drawn(&range);
    bool before = range.start - range.data >= 2 && memcmp(range.start - 2, "  ", 2) == 0;
    bool behind = range.over - range.end >= 2 && memcmp(range.end, "  ", 2) == 0;
    return before || behind;
}

/* Blanks behind the range that may be taken, so that at least one stays. */
static guint spare_blanks(const Mending *mending, const ZpPlace *at)
{
    Around range = around(mending, at);
    const char *behind = range.end;
    while (behind < range.over && *behind == ' ')
        behind++;
    return behind > range.end ? (guint)(behind - range.end) - 1 : 0;
}

/*
 * In aligned columns a shorter text is filled up, and a longer one takes blanks behind it: @more is set to
 * how many.  Returns NULL when there is no room.
 */
static char *fitted(const Mending *mending, const ZpPlace *at, const char *old, const char *text,
                    guint *more)
{
    *more = 0;
    if (!text || !is_aligned(mending, at))
        return g_strdup(text);
    gsize room = zp_text_columns(old), need = zp_text_columns(text);
    if (need > room + spare_blanks(mending, at))
        return NULL;
    *more = need > room ? (guint)(need - room) : 0;
    return g_strdup_printf("%s%*s", text, need < room ? (int)(room - need) : 0, "");
}

static bool is_taken(const Mending *mending, const ZpPlace *at)
{
    for (guint k = 0; k < mending->mends->len; k++) {
        const ZpMend *mend = g_ptr_array_index(mending->mends, k);
        if (at->byte_start < mend->end && mend->start < at->byte_end)
            return true;
    }
    return false;
}

/* Put @text into one range, unless that changes nothing. */
static bool put_once(const Mending *mending, const ZpPlace *at, const char *text,
                     const char *pointer, bool is_unsafe)
{
    guint more;
    g_autofree char *encoded = zp_mend_encode(mending->mender->format, text);
    g_autofree char *old = g_strndup(bytes_at(mending, at), at->byte_end - at->byte_start);
    g_autofree char *bytes = fitted(mending, at, old, encoded, &more);
    if (!bytes || strcmp(bytes, old) == 0 || is_taken(mending, at))
        return bytes != NULL;
    ZpMend *mend = g_new0(ZpMend, 1);
    *mend = (ZpMend){.start = at->byte_start,
                     .end = at->byte_end + more,
                     .old = g_steal_pointer(&old),
                     .text = g_steal_pointer(&bytes),
                     .form = mending->index,
                     .pointer = g_strdup(pointer),
                     .line = at->line,
                     .is_unsafe = is_unsafe};
    g_ptr_array_add(mending->mends, mend);
    return true;
}

/* Behind blanks, separators and tags: where the text of the next cell begins. */
static const char *next_cell(const Around *range, bool is_html)
{
    const char *at = range->end;
    while (at < range->over && (is_html || !strchr("\r\n", *at))) {
        if (is_html && *at == '<') {
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

/* The next cell of the row when it holds the same bytes: converters fill merged cells with copies. */
static bool find_copy(const Mending *mending, const ZpPlace *at, ZpPlace *copy)
{
    bool is_html = strcmp(mending->mender->format, "html") == 0;
    Around range = around(mending, at);
    gsize length = at->byte_end - at->byte_start;
    const char *next = next_cell(&range, is_html);
    if (!next || next == range.end || (gsize)(range.over - next) < length ||
        memcmp(next, range.start, length) != 0)
        return false;
    const char *behind = next + length;
    if (behind < range.over && !strchr(is_html ? "<" : " \t|\r\n\"", *behind))
        return false;
    *copy = *at;
    copy->byte_start = (guint32)(next - range.data);
    copy->byte_end = (guint32)(behind - range.data);
    return true;
}

bool zp_mend_put(const Mending *mending, const ZpPlace *at, const char *text, const char *pointer,
                 bool is_unsafe)
{
    ZpPlace place = *at, copy;
    if (!put_once(mending, at, text, pointer, is_unsafe))
        return false;
    while (!is_unsafe && find_copy(mending, &place, &copy)) {
        put_once(mending, &copy, text, pointer, false);
        place = copy;
    }
    return true;
}

/* Whether the parts hold just the text, but for white space and mark-up. */
bool zp_mend_says(const Mending *mending, const ZpPlace *const *parts, guint n, const char *text)
{
    g_autoptr(GString) printed = g_string_new(NULL);
    g_autoptr(GString) meant = g_string_new(NULL);
    for (guint k = 0; k < n; k++) {
        g_autofree char *part = decoded(mending, parts[k]);
        if (!part)
            return false;
        zp_mend_core(printed, mending->mender->rulebook, part);
    }
    zp_mend_core(meant, mending->mender->rulebook, text);
    return printed->len > 0 && g_string_equal(printed, meant);
}
