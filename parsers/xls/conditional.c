/*
 * conditional.c - the conditional formats of a sheet, as far as they decide whether and how a number is shown.
 *
 *     CONDFMT   ranges
 *     CF        01 06 …   compared (1; 2: by a formula), less than (6); lengths of two formulas
 *               what it changes: flags, then a number format, a font (118 bytes), alignment (8), borders (8), a fill (4), protection (2),
 *               each only where its flag is set
 *               1E 3C 00  the formulas: 60
 *
 * A comparison with a number is worked out; any other condition may hold (parsers/xlsx/conditional.c).  What Excel 2007 writes beside
 * (CONDFMT12, CF12: scales of colours, bars and icons) changes the ground, and bars and icons may stand in place of numbers.
 *
 * Source: MS-XLS 2.4.42 (CF), 2.4.43 (CF12), 2.4.56 (CondFmt), 2.5.68 (DXFN).
 */
#include "parsers/xls/private.h"

enum { COMPARED = 1, SCALE = 3, BARS = 4, ICONS = 6 };

/* What of a change is there. */
enum {
    HAS_NUMBER = 1 << 25,
    HAS_FONT = 1 << 26,
    HAS_ALIGNMENT = 1 << 27,
    HAS_BORDERS = 1 << 28,
    HAS_FILL = 1 << 29,
    NO_PATTERN = 1 << 16,
    NO_BACK = 1 << 18,
};

#define NEW_HEAD_BYTES 12
#define FONT_BYTES     118

/* A change on its way: what is left of its bytes. */
typedef struct {
    const guint8 *at, *end;
    bool is_cut;
} Bytes;

static const guint8 *take(Bytes *bytes, gsize length)
{
    static const guint8 NOTHING[FONT_BYTES];
    if ((gsize)(bytes->end - bytes->at) < length) {
        bytes->is_cut = true;
        bytes->at = bytes->end;
        return NOTHING;
    }
    bytes->at += length;
    return bytes->at - length;
}

bool zp_xls_condition_ranges(ZpXlsConditions *conditions, const ZpBiff *biff, bool is_new)
{
    const guint head = 12 + (is_new ? NEW_HEAD_BYTES : 0);
    g_array_set_size(conditions->ranges, 0);
    if (biff->length < head + 2)
        return false;
    guint count = MIN(zp_biff_16(biff->data + head), (biff->length - head - 2) / 8);
    for (guint k = 0; k < count; k++) {
        const guint8 *at = biff->data + head + 2 + (gsize)8 * k;
        ZpXlsxRange range = {.row = zp_biff_16(at),
                             .last_row = zp_biff_16(at + 2),
                             .col = zp_biff_16(at + 4),
                             .last_col = zp_biff_16(at + 6)};
        g_array_append_val(conditions->ranges, range);
    }
    return true;
}

/* A format of its own, or one that is built in. */
static ZpNumberFormat *take_format(Bytes *bytes, const ZpXlsBook *book, bool is_own)
{
    if (!is_own) {
        guint number = take(bytes, 2)[1];
        const char *code = g_hash_table_lookup(book->codes, GUINT_TO_POINTER(number));
        code = code ? code : zp_number_format_builtin(number);
        return code ? zp_number_format_new(code) : NULL;
    }
    guint length = zp_biff_16(take(bytes, 2));
    const guint8 *at = take(bytes, length > 2 ? length - 2 : 0);
    if (bytes->is_cut || length < 5)
        return NULL;
    ZpBiff biff = {.data = at, .length = length - 2};
    ZpBiffCursor cursor = zp_biff_cursor(&biff, 0);
    ZpXlsxString code;
    zp_biff_string(&cursor, 2, NULL, &code);
    ZpNumberFormat *format = zp_number_format_new(code.text);
    zp_xlsx_string_clear(&code);
    return format;
}

static void take_font(Bytes *bytes, ZpXlsxFont *font)
{
    static const guint32 STRUCK = 1 << 7, UNSAID = 0xFFFFFFFF, LAST = 64;
    const guint8 *at = take(bytes, FONT_BYTES);
    guint32 colour = zp_biff_32(at + 80);
    font->is_struck = zp_biff_32(at + 68) & STRUCK && !(zp_biff_32(at + 88) & STRUCK);
    if (colour != UNSAID && !bytes->is_cut)
        font->colour = zp_xlsx_colour_indexed(colour <= LAST ? colour : G_MAXUINT);
}

/* Of a change the back colour is the one that a solid fill shows. */
static guint32 take_fill(Bytes *bytes, ZpXlsBook *book, guint32 flags)
{
    const guint8 *at = take(bytes, 4);
    guint pattern = zp_biff_16(at) >> 10, back = zp_biff_16(at + 2) >> 7 & 0x7F;
    ZpXlsxFill fill = {.is_said = true, .is_mixed = !(flags & NO_PATTERN) && pattern > 1};
    if (!(flags & NO_BACK))
        fill.back = zp_xlsx_colour_indexed(back);
    return zp_xlsx_change_ground(&fill, &book->workbook.styles->colours);
}

static void take_change(Bytes *bytes, ZpXlsBook *book, ZpXlsxChange *change)
{
    static const guint OWN_FORMAT = 1;
    guint32 flags = zp_biff_32(take(bytes, 4));
    guint more = zp_biff_16(take(bytes, 2));
    if (flags & HAS_NUMBER)
        change->format = take_format(bytes, book, more & OWN_FORMAT);
    if (flags & HAS_FONT)
        take_font(bytes, &change->font);
    if (flags & HAS_ALIGNMENT)
        take(bytes, 8);
    if (flags & HAS_BORDERS)
        take(bytes, 8);
    if (flags & HAS_FILL)
        change->ground = take_fill(bytes, book, flags);
}

/* A formula that is a number and nothing else. */
static bool parse_constant(const guint8 *at, gsize length, ZpXlsxNumber *number)
{
    enum { MINUS = 0x13, WHOLE = 0x1E, ANY = 0x1F };
    g_autoptr(GString) text = g_string_new(NULL);
    gsize used = 0;
    if (length >= 3 && at[0] == WHOLE) {
        g_string_printf(text, "%u", zp_biff_16(at + 1));
        used = 3;
    } else if (length >= 9 && at[0] == ANY) {
        zp_xls_number(at + 1, text);
        used = 9;
    }
    if (!used || !zp_xlsx_number_parse(text->str, text->len, number))
        return false;
    if (length == used + 1 && at[used] == MINUS) {
        number->is_negative = number->count > 0 && !number->is_negative;
        used++;
    }
    return length == used;
}

static ZpXlsxRelation relation_of(const guint8 *data, const guint8 *formulas,
                                  const guint lengths[2], ZpXlsxNumber limits[2])
{
    static const ZpXlsxRelation RELATIONS[] = {ZP_XLSX_UNKNOWN, ZP_XLSX_BETWEEN,  ZP_XLSX_OUTSIDE,
                                               ZP_XLSX_EQUAL,   ZP_XLSX_UNEQUAL,  ZP_XLSX_MORE,
                                               ZP_XLSX_LESS,    ZP_XLSX_AT_LEAST, ZP_XLSX_AT_MOST};
    ZpXlsxRelation relation = data[0] == COMPARED && data[1] < G_N_ELEMENTS(RELATIONS)
                                  ? RELATIONS[data[1]]
                                  : ZP_XLSX_UNKNOWN;
    bool has_two = relation == ZP_XLSX_BETWEEN || relation == ZP_XLSX_OUTSIDE;
    bool is_known = parse_constant(formulas, lengths[0], &limits[0]) &&
                    (!has_two || parse_constant(formulas + lengths[0], lengths[1], &limits[1]));
    return is_known ? relation : ZP_XLSX_UNKNOWN;
}

/* Of the newer ones the length of the change stands before it. */
static void take_new_change(Bytes *bytes, ZpXlsBook *book, ZpXlsxChange *change)
{
    guint32 length = zp_biff_32(take(bytes, 4));
    const guint8 *at = take(bytes, length ? length : 2);
    Bytes inner = {.at = at, .end = bytes->is_cut ? at : at + length};
    if (length)
        take_change(&inner, book, change);
}

bool zp_xls_condition_add(ZpXlsConditions *conditions, ZpXlsBook *book, const ZpBiff *biff,
                          bool is_new)
{
    Bytes bytes = {.at = biff->data, .end = biff->data + biff->length};
    ZpXlsxNumber limits[2] = {0};
    ZpXlsxChange change = {0};
    if (is_new)
        take(&bytes, NEW_HEAD_BYTES);
    const guint8 *head = take(&bytes, 6);
    const guint lengths[2] = {zp_biff_16(head + 2), zp_biff_16(head + 4)};
    if (is_new)
        take_new_change(&bytes, book, &change);
    else
        take_change(&bytes, book, &change);
    if (head[0] >= SCALE)
        change.ground = ZP_COLOUR_UNKNOWN;
    if (head[0] == BARS || head[0] == ICONS)
        change.font.is_struck = true; /* they may stand in place of the number */
    bool is_whole =
        !bytes.is_cut && (gsize)(bytes.end - bytes.at) >= (gsize)lengths[0] + lengths[1];
    ZpXlsxRelation relation =
        is_whole ? relation_of(head, bytes.at, lengths, limits) : ZP_XLSX_UNKNOWN;
    if (!conditions->conditions)
        conditions->conditions = zp_xlsx_conditions_new(book->workbook.styles);
    zp_xlsx_conditions_add(conditions->conditions, conditions->ranges, relation, limits, &change);
    return is_whole;
}
