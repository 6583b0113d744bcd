/*
 * normalise.c - what a shape's groups say, put into a value.
 *
 * The text is folded to half width and simplified characters first, for matching only:
 *
 *     printed   ＞＝ １，０００ 元        text stays so
 *     folded    >= 1,000 元              the shapes of normalise.yaml see this
 *     origin    0 3 6 7 10 13 …          where each folded byte was printed, so that the unit
 *                                        is given as printed
 *
 * Then the first shape that fits names what the cell is, and its groups name the pieces.  There
 * is no spelling in this file.  The one short way round the patterns is for a cell that is a
 * plain number (most are): zp_decimal_parse reads exactly those, and a test compares both ways.
 */
#include "normalise/normalise.h"

#include "base/limits.h"

#include <string.h>

/* Digits of a number without its commas; a longer one does not fit a decimal. */
#define NUMBER_BYTES_MAX 96

/* Half-width text with the place of every byte in the printed one. */
typedef struct {
    const char *text, *printed;
    gsize length;
    bool is_folded; /* false: text is printed */
    char buffer[ZP_LIMIT_VALUE_BYTES + 1];
    guint16 origin[ZP_LIMIT_VALUE_BYTES + 1];
} Folded;

/* The pieces of one match. */
typedef struct {
    const ZpLexicon *lexicon;
    ZpShape *shape;
    ZpMatch match;
    const Folded *folded;
    GStringChunk *strings;
} Found;

static const char *group_of(const Found *found, ZpGroup group, gsize *length)
{
    return zp_shape_group(found->shape, &found->match, group, length);
}

static bool has_group(const Found *found, ZpGroup group)
{
    gsize length;
    return group_of(found, group, &length) != NULL;
}

/* Whether the bytes begin a full-width form (EF BC, EF BD) or the wide space (E3 80 80). */
/* Whether the text has a character that folding changes: full width, or traditional (不低於). */
static bool has_wide(const char *text, gsize length)
{
    for (const char *p = text, *end = text + length; p < end; p = g_utf8_next_char(p)) {
        guchar byte = (guchar)*p;
        if (byte == 0xEF || (byte == 0xE3 && strncmp(p, "　", 3) == 0) ||
            (byte >= 0xE4 && byte <= 0xE9 && zp_text_simplified(p)))
            return true;
    }
    return false;
}

static gunichar half_width(gunichar c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        return c - 0xFF01 + '!';
    return c == 0x3000 ? ' ' : c;
}

/* Folding never makes a text longer. */
static void fold(Folded *folded, const char *text, gsize length)
{
    folded->text = folded->printed = text;
    folded->length = length;
    folded->is_folded = has_wide(text, length);
    if (!folded->is_folded)
        return;
    gsize used = 0;
    for (const char *at = text; at < text + length; at = g_utf8_next_char(at)) {
        const char *simplified = (guchar)*at >= 0xE4 ? zp_text_simplified(at) : NULL;
        gunichar c = g_utf8_get_char(simplified ? simplified : at);
        int bytes = g_unichar_to_utf8(half_width(c), folded->buffer + used);
        for (int i = 0; i < bytes; i++)
            folded->origin[used++] = (guint16)(at - text);
    }
    folded->buffer[used] = '\0';
    folded->origin[used] = (guint16)length;
    folded->text = folded->buffer;
    folded->length = used;
}

/* The printed text of a piece of the folded one, kept. */
static const char *keep_printed(const Found *found, const char *piece, gsize length)
{
    const Folded *folded = found->folded;
    if (!folded->is_folded)
        return g_string_chunk_insert_len(found->strings, piece, (gssize)length);
    gsize start = (gsize)(piece - folded->text);
    gsize first = folded->origin[start], end = folded->origin[start + length];
    return g_string_chunk_insert_len(found->strings, folded->printed + first,
                                     (gssize)(end - first));
}

/* Bytes of a sign that is not ASCII's: the mathematical minus, and the triangles of accounts; 0: none. */
static gsize foreign_minus(const char *text, gsize length)
{
    static const char *const SIGNS[] = {"−", "△", "▲"};
    for (guint k = 0; length >= 3 && k < G_N_ELEMENTS(SIGNS); k++)
        if (memcmp(text, SIGNS[k], 3) == 0)
            return 3;
    return 0;
}

/* "1,263,685", "−5", "△5": commas out, every sign below 0 as "-". */
static bool read_number(const Found *found, ZpGroup group, ZpDecimal *out)
{
    gsize length;
    const char *text = group_of(found, group, &length);
    char plain[NUMBER_BYTES_MAX];
    gsize used = 0;
    if (!text || length > NUMBER_BYTES_MAX)
        return false;
    for (gsize i = 0; i < length; i++) {
        if (text[i] == ',')
            continue;
        gsize minus = foreign_minus(text + i, length - i);
        plain[used++] = minus ? '-' : text[i];
        i += minus ? minus - 1 : 0;
    }
    return zp_decimal_parse(plain, used, out);
}

static ZpOp read_op(const Found *found)
{
    gsize length;
    const char *word = group_of(found, ZP_GROUP_BEFORE, &length);
    if (!word)
        word = group_of(found, ZP_GROUP_AFTER, &length);
    return word ? zp_lexicon_op(found->lexicon, word, length) : ZP_OP_NONE;
}

static ZpApprox read_approx(const Found *found)
{
    static const ZpGroup GROUPS[] = {ZP_GROUP_ABOUT, ZP_GROUP_MORE, ZP_GROUP_AROUND};
    for (guint i = 0; i < G_N_ELEMENTS(GROUPS); i++) {
        gsize length;
        const char *word = group_of(found, GROUPS[i], &length);
        if (word)
            return zp_lexicon_approx(found->lexicon, word, length);
    }
    return ZP_APPROX_NONE;
}

/* 3万余人 has its unit in two pieces, 万 and 人. */
static const char *join_unit(const Found *found, const char *scale, gsize scale_length,
                             const char *unit, gsize length)
{
    g_autofree char *joined =
        g_strdup_printf("%.*s%.*s", (int)scale_length, scale, (int)length, unit ? unit : "");
    return g_string_chunk_insert(found->strings, joined);
}

static const char *read_unit(const Found *found)
{
    if (has_group(found, ZP_GROUP_PERCENT))
        return "%";
    gsize length, scale_length;
    const char *scale = group_of(found, ZP_GROUP_SCALE, &scale_length);
    const char *unit = group_of(found, ZP_GROUP_UNIT, &length);
    if (scale && scale_length)
        return join_unit(found, scale, scale_length, unit, length);
    return unit && length ? keep_printed(found, unit, length) : NULL;
}

/* What has the look of a number and more digits than fit is not dropped in silence (F09). */
static void fill_number(const Found *found, ZpValue *value)
{
    ZpDecimal number;
    if (!read_number(found, ZP_GROUP_VALUE, &number)) {
        value->is_malformed = true;
        return;
    }
    if (has_group(found, ZP_GROUP_NEGATIVE))
        number.coefficient = -number.coefficient;
    value->has_value = true;
    value->value = number;
    value->op = read_op(found);
    value->approx = read_approx(found);
    value->unit = read_unit(found);
}

/* 80%-90% and 3万-5万元 agree, 1米-2天 does not; 80%-90 has the first unit. */
static bool range_unit(const Found *found, const char **unit)
{
    gsize length, first_length;
    const char *first = group_of(found, ZP_GROUP_FIRST, &first_length);
    *unit = read_unit(found);
    if (!first || !first_length)
        return true;
    if (!*unit) {
        *unit = *first == '%' ? "%" : keep_printed(found, first, first_length);
        return true;
    }
    const char *last = group_of(found, ZP_GROUP_UNIT, &length);
    if (!last)
        return *first == '%';
    return first_length <= length && memcmp(first, last, first_length) == 0;
}

static void fill_range(const Found *found, ZpValue *value)
{
    ZpDecimal lower, upper;
    const char *unit;
    if (!read_number(found, ZP_GROUP_VALUE, &lower) ||
        !read_number(found, ZP_GROUP_UPPER, &upper) || zp_decimal_compare(lower, upper) > 0 ||
        !range_unit(found, &unit))
        return;
    value->has_value = value->has_upper = true;
    value->value = lower;
    value->upper = upper;
    value->op = ZP_OP_RANGE;
    value->unit = unit;
}

/* At most four digits; 0 when the group took nothing. */
static int read_int(const Found *found, ZpGroup group)
{
    gsize length;
    const char *text = group_of(found, group, &length);
    int number = 0;
    for (gsize i = 0; text && i < MIN(length, 4); i++)
        number = number * 10 + (text[i] - '0');
    return number;
}

/*
 * The day by the calendar: 11月底 of a form of 2022 is 2022-11-30; a month has day 0, a year alone month 0 as well.
 * False for a day that no calendar has (2022年13月, 2月30日), and for one whose year is not known.
 */
static bool read_date(const Found *found, int year, ZpDate *out)
{
    int printed = read_int(found, ZP_GROUP_YEAR), known = printed ? printed : year;
    int month = read_int(found, ZP_GROUP_MONTH), day = read_int(found, ZP_GROUP_DAY);
    bool is_year_end = has_group(found, ZP_GROUP_YEAREND);
    *out = (ZpDate){.year = known, .month = is_year_end ? 12 : 0, .day = is_year_end ? 31 : 0};
    if (known <= 0 || is_year_end)
        return known > 0;
    if (!has_group(found, ZP_GROUP_MONTH))
        return printed > 0;
    if (month < 1 || month > 12)
        return false;
    int last = g_date_get_days_in_month((GDateMonth)month, (GDateYear)known);
    out->month = month;
    out->day = has_group(found, ZP_GROUP_MONTHEND) ? last : day;
    return !has_group(found, ZP_GROUP_DAY) || (day >= 1 && day <= last);
}

static void fill_date(const Found *found, int year, ZpValue *value)
{
    ZpDate date;
    if (!read_date(found, year, &date))
        return;
    value->date = date;
    value->op = has_group(found, ZP_GROUP_DEADLINE) ? ZP_OP_LE : read_op(found);
}

static void clear_value(ZpValue *value)
{
    value->has_value = value->has_upper = value->is_malformed = false;
    value->op = ZP_OP_NONE;
    value->approx = ZP_APPROX_NONE;
    value->date = (ZpDate){0};
    value->unit = NULL;
}

void zp_normalise_by_patterns(const ZpRulebook *rulebook, ZpValue *value, ZpValueKind kind,
                              int year, GStringChunk *strings)
{
    clear_value(value);
    gsize length = value->text ? strlen(value->text) : 0;
    const ZpLexicon *lexicon = zp_rulebook_lexicon(rulebook);
    bool is_figure = kind == ZP_KIND_FIGURE;
    if (length == 0 || (is_figure && zp_lexicon_is_blank_reason(lexicon, value->text)))
        return;
    /* Where one number must stand, what has no known shape is none (F09). */
    value->is_malformed = is_figure;
    if (length > ZP_LIMIT_VALUE_BYTES)
        return;
    Folded folded;
    fold(&folded, value->text, length);
    Found found = {.lexicon = lexicon, .folded = &folded, .strings = strings};
    found.shape = zp_lexicon_match(lexicon, kind, folded.text, folded.length, &found.match);
    if (!found.shape)
        return;
    value->is_malformed = false;
    switch (zp_shape_kind(found.shape)) {
    case ZP_SHAPE_NUMBER:
        fill_number(&found, value);
        break;
    case ZP_SHAPE_RANGE:
        fill_range(&found, value);
        break;
    case ZP_SHAPE_DATE:
        fill_date(&found, year, value);
        break;
    case ZP_SHAPE_MALFORMED:
        value->is_malformed = true;
        break;
    case ZP_SHAPE_NONE:
        break;
    }
}

/* The short way: the whole cell is digits, at most one point, at most one sign. */
static bool fill_plain(ZpValue *value)
{
    ZpDecimal number;
    const char *text = value->text;
    if (!g_ascii_isdigit(text[0]) || !zp_decimal_parse(text, strlen(text), &number))
        return false;
    clear_value(value);
    value->has_value = true;
    value->value = number;
    return true;
}

void zp_normalise_value(const ZpRulebook *rulebook, ZpValue *value, ZpValueKind kind, int year,
                        GStringChunk *strings)
{
    if (!value->text || !*value->text)
        clear_value(value);
    else if (!fill_plain(value))
        zp_normalise_by_patterns(rulebook, value, kind, year, strings);
}

static void normalise_figure(const ZpRulebook *rulebook, ZpForm *form, ZpValue *value)
{
    zp_normalise_value(rulebook, value, ZP_KIND_FIGURE, form->year, form->strings);
}

static void normalise_extras(const ZpRulebook *rulebook, ZpForm *form, GPtrArray *extras)
{
    for (guint i = 0; extras && i < extras->len; i++) {
        ZpExtra *extra = g_ptr_array_index(extras, i);
        zp_normalise_value(rulebook, &extra->value, ZP_KIND_TARGET, form->year, form->strings);
    }
}

static void normalise_columns(const ZpRulebook *rulebook, ZpForm *form, void *row,
                              const ZpColumn *columns)
{
    for (const ZpColumn *column = columns; column->name; column++)
        zp_normalise_value(rulebook, zp_column_value(row, column), column->kind, form->year,
                           form->strings);
}

void zp_normalise_form(const ZpRulebook *rulebook, ZpForm *form)
{
    normalise_figure(rulebook, form, &form->funds_weight);
    normalise_figure(rulebook, form, &form->headline);
    normalise_figure(rulebook, form, &form->total_weight);
    normalise_figure(rulebook, form, &form->total_score);
    for (guint k = 0; k < form->funds->len; k++)
        normalise_columns(rulebook, form, zp_form_fund(form, k), ZP_FUND_COLUMNS);
    for (guint k = 0; k < form->indicators->len; k++) {
        ZpIndicator *row = zp_form_indicator(form, k);
        normalise_columns(rulebook, form, row, ZP_INDICATOR_COLUMNS);
        normalise_figure(rulebook, form, &row->level1_weight);
        normalise_figure(rulebook, form, &row->level2_weight);
        normalise_extras(rulebook, form, row->other);
    }
    normalise_extras(rulebook, form, form->extra);
}

void zp_normalise_ledger(const ZpRulebook *rulebook, ZpLedger *ledger)
{
    for (guint k = 0; k < ledger->rows->len; k++) {
        for (const ZpColumn *column = ZP_LEDGER_COLUMNS + ZP_LEDGER_TEXTS; column->name; column++)
            zp_normalise_value(rulebook, zp_column_value(zp_ledger_row(ledger, k), column),
                               column->kind, ledger->year, ledger->strings);
    }
}
