/*
 * biff.c - the records of an Excel stream, and the strings in them.
 *
 *     05 00   09             five characters; bit 0: of two bytes each, bit 2: read aloud, bit 3: in runs
 *     02 00   1E 00 00 00    two runs, 30 bytes of reading; each only where its bit is set
 *     …                      the characters, as UTF-16 or the low bytes of it
 *     03 00 07 00            a run: from character 3 on in font 7
 *
 * Where the characters go on in the next record, that one begins with a byte with bit 0 again; nothing else does.
 * Of text no more than 65,535 characters can be asked for, which is below ZP_LIMIT_CELL_BYTES.
 *
 * Source: MS-XLS 2.1.4, 2.5.293 (XLUnicodeRichExtendedString), 2.5.129 (FormatRun).
 */
#include "parsers/xls/biff.h"

#include "base/limits.h"

#include <string.h>

#define CONTINUE   0x003C
#define HEAD_BYTES 4

enum { IS_WIDE = 1, HAS_READING = 4, HAS_RUNS = 8 };

/* UTF-8 takes three bytes for what UTF-16 takes one unit for. */
G_STATIC_ASSERT(3 * G_MAXUINT16 < ZP_LIMIT_CELL_BYTES);

guint zp_biff_16(const guint8 *at)
{
    return at[0] | (guint)at[1] << 8;
}

guint32 zp_biff_32(const guint8 *at)
{
    return zp_biff_16(at) | (guint32)zp_biff_16(at + 2) << 16;
}

bool zp_biff_next(ZpBiff *biff)
{
    if (biff->end < HEAD_BYTES || biff->next > biff->end - HEAD_BYTES)
        return false;
    const guint8 *head = biff->bytes + biff->next;
    guint length = zp_biff_16(head + 2);
    if (length > biff->end - biff->next - HEAD_BYTES) {
        biff->is_cut = true;
        return false;
    }
    biff->id = zp_biff_16(head);
    biff->length = length;
    biff->data = head + HEAD_BYTES;
    biff->next += HEAD_BYTES + length;
    return true;
}

ZpBiffCursor zp_biff_cursor(ZpBiff *biff, guint offset)
{
    return (ZpBiffCursor){.biff = biff,
                          .at = biff->data + MIN(offset, biff->length),
                          .end = biff->data + biff->length};
}

/* Into the record that continues this one. */
static bool go_on(ZpBiffCursor *cursor)
{
    ZpBiff *biff = cursor->biff;
    bool has_more = biff->next + HEAD_BYTES <= biff->end &&
                    zp_biff_16(biff->bytes + biff->next) == CONTINUE && zp_biff_next(biff);
    if (!has_more) {
        cursor->is_cut = true;
        return false;
    }
    cursor->at = biff->data;
    cursor->end = biff->data + biff->length;
    return true;
}

guint zp_biff_take_8(ZpBiffCursor *cursor)
{
    while (cursor->at == cursor->end) {
        if (!go_on(cursor))
            return 0;
    }
    return *cursor->at++;
}

guint zp_biff_take_16(ZpBiffCursor *cursor)
{
    guint low = zp_biff_take_8(cursor);
    return low | zp_biff_take_8(cursor) << 8;
}

guint32 zp_biff_take_32(ZpBiffCursor *cursor)
{
    guint32 low = zp_biff_take_16(cursor);
    return low | (guint32)zp_biff_take_16(cursor) << 16;
}

static void pass_over(ZpBiffCursor *cursor, gsize bytes)
{
    while (bytes > 0 && !cursor->is_cut) {
        gsize here = MIN(bytes, (gsize)(cursor->end - cursor->at));
        cursor->at += here;
        bytes -= here;
        if (bytes > 0)
            go_on(cursor);
    }
}

/* The units of UTF-16 on their way into UTF-8. */
typedef struct {
    GString *out;
    gunichar high; /* half of a character; 0: none */
} Letters;

/* Half a character, and what no text holds, is shown as what cannot be shown. */
static void add_unit(Letters *letters, guint unit)
{
    static const gunichar REPLACEMENT = 0xFFFD;
    bool is_high = unit >= 0xD800 && unit < 0xDC00, is_low = unit >= 0xDC00 && unit < 0xE000;
    if (letters->high && is_low) {
        gunichar both = 0x10000 + ((letters->high - 0xD800) << 10) + (unit - 0xDC00);
        g_string_append_unichar(letters->out, both);
        letters->high = 0;
        return;
    }
    if (letters->high)
        g_string_append_unichar(letters->out, REPLACEMENT);
    letters->high = is_high ? unit : 0;
    if (is_low || unit == 0)
        g_string_append_unichar(letters->out, REPLACEMENT);
    else if (!is_high)
        g_string_append_unichar(letters->out, unit);
}

/* @starts: (nullable) of guint32: where each character begins, in bytes of the text; runs ask for it */
static void take_characters(ZpBiffCursor *cursor, guint count, bool is_wide, GArray *starts,
                            GString *out)
{
    Letters letters = {.out = out};
    for (guint k = 0; k < count; k++) {
        while (cursor->at == cursor->end) {
            if (!go_on(cursor))
                return;
            is_wide = zp_biff_take_8(cursor) & IS_WIDE;
        }
        if (starts)
            g_array_append_val(starts, (guint32){(guint32)out->len});
        guint unit = zp_biff_take_8(cursor);
        add_unit(&letters, is_wide ? unit | zp_biff_take_8(cursor) << 8 : unit);
        if (cursor->is_cut)
            return;
    }
    if (letters.high)
        add_unit(&letters, ' ');
}

void zp_biff_characters(ZpBiffCursor *cursor, guint count, GString *out)
{
    guint flags = zp_biff_take_8(cursor);
    take_characters(cursor, count, flags & IS_WIDE, NULL, out);
}

/* A font by its number in the file: number 4 was left out long ago. */
static bool find_font(const GArray *fonts, guint number, ZpXlsxFont *font)
{
    guint index = number > 4 ? number - 1 : number;
    if (!fonts || number == 4 || index >= fonts->len)
        return false;
    *font = g_array_index(fonts, ZpXlsxFont, index);
    return true;
}

static void end_run(GArray *runs, ZpXlsxRun *run, guint32 end)
{
    guint32 start = runs->len ? g_array_index(runs, ZpXlsxRun, runs->len - 1).end : 0;
    if (end <= start)
        return;
    run->end = end;
    g_array_append_vals(runs, run, 1);
}

/* The characters before the first run look as the cell does. */
static GArray *take_runs(ZpBiffCursor *cursor, guint count, const GArray *fonts,
                         const GArray *starts, guint32 length)
{
    GArray *runs = g_array_new(FALSE, FALSE, sizeof(ZpXlsxRun));
    ZpXlsxRun run = {0};
    for (guint k = 0; k < count && !cursor->is_cut; k++) {
        guint first = zp_biff_take_16(cursor), number = zp_biff_take_16(cursor);
        end_run(runs, &run, first < starts->len ? g_array_index(starts, guint32, first) : length);
        run = (ZpXlsxRun){0};
        run.has_font = find_font(fonts, number, &run.font);
    }
    end_run(runs, &run, length);
    return runs;
}

void zp_biff_string(ZpBiffCursor *cursor, guint count_bytes, const GArray *fonts, ZpXlsxString *out)
{
    guint count = count_bytes == 1 ? zp_biff_take_8(cursor) : zp_biff_take_16(cursor);
    guint flags = zp_biff_take_8(cursor);
    guint n_runs = flags & HAS_RUNS ? zp_biff_take_16(cursor) : 0;
    guint32 reading = flags & HAS_READING ? zp_biff_take_32(cursor) : 0;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GArray) starts = n_runs ? g_array_new(FALSE, FALSE, sizeof(guint32)) : NULL;
    take_characters(cursor, count, flags & IS_WIDE, starts, text);
    *out = (ZpXlsxString){0};
    if (n_runs)
        out->runs = take_runs(cursor, n_runs, fonts, starts, (guint32)text->len);
    pass_over(cursor, reading);
    if (out->runs && !out->runs->len)
        g_clear_pointer(&out->runs, g_array_unref);
    out->text = g_string_free(g_steal_pointer(&text), FALSE);
}
