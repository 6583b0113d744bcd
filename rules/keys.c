/*
 * keys.c - digests of a form for X01…X03 and X07.
 *
 * Two prints of one form must give one digest whatever their format, so names and texts are folded
 * and figures enter as numbers: 95 and 95.00 are one.
 */
#include "rules/keys.h"

#include <string.h>

/* A shorter text is alike by chance: 已完成年度目标. */
#define COPIED_TEXT_CHARS 30
/* Ends every part, so that no two lists of parts run together alike. */
#define END "\x1f"
/* Of SHA-256. */
#define DIGEST_BYTES 32

typedef struct {
    GChecksum *sum;
    GString *scratch;
} Digester;

static void take(guint8 *out, gsize size, Digester *digester)
{
    guint8 bytes[DIGEST_BYTES];
    gsize length = sizeof bytes;
    g_checksum_get_digest(digester->sum, bytes, &length);
    memcpy(out, bytes, size);
    g_checksum_reset(digester->sum);
}

static void add(Digester *digester, const char *text)
{
    g_checksum_update(digester->sum, (const guchar *)text, -1);
    g_checksum_update(digester->sum, (const guchar *)END, 1);
}

/* Adds a text without white space and width; false when nothing is left. */
static bool add_folded(Digester *digester, const char *text)
{
    g_string_truncate(digester->scratch, 0);
    if (text)
        zp_text_append_folded(digester->scratch, text, strlen(text));
    add(digester, digester->scratch->str);
    return digester->scratch->len > 0;
}

/* The shortest writing of a number: 95.00 is 95. */
static void add_number(Digester *digester, ZpDecimal number)
{
    char text[ZP_DECIMAL_TEXT_MAX];
    while (number.scale > 0 && number.coefficient % 10 == 0) {
        number.coefficient /= 10;
        number.scale--;
    }
    add(digester, zp_decimal_print(number, text));
}

/* Returns how many figures the cell has. */
static guint add_value(Digester *digester, const ZpValue *value)
{
    if (!value->has_value) {
        add(digester, "");
        return 0;
    }
    add_number(digester, value->value);
    if (value->has_upper)
        add_number(digester, value->upper);
    return 1;
}

static guint add_columns(Digester *digester, const void *row, const ZpColumn *columns)
{
    guint n = 0;
    for (const ZpColumn *column = columns; column->name; column++)
        n += add_value(digester, zp_column_value(row, column));
    return n;
}

/* The full total is what the total row's weight says, and 100 where it says none. */
static void fill_total(ZpFormKeys *keys, const ZpForm *form)
{
    const ZpValue *score = &form->total_score, *weight = &form->total_weight;
    ZpDecimal full = weight->has_value ? weight->value : zp_decimal_from_int(100);
    if (!score->has_value)
        return;
    keys->has |= ZP_KEY_SCORED;
    keys->has |= zp_decimal_compare(score->value, full) >= 0 ? ZP_KEY_FULL : 0;
}

void zp_keys_fill(ZpFormKeys *keys, const ZpForm *form, const ZpProfile *profile)
{
    static const ZpRule RULES[] = {ZP_RULE_X01, ZP_RULE_X02, ZP_RULE_X03};
    Digester digester = {g_checksum_new(G_CHECKSUM_SHA256), g_string_sized_new(256)};
    *keys = (ZpFormKeys){0};
    char year[16];
    g_snprintf(year, sizeof year, "%d", form->year);
    bool has_project = add_folded(&digester, form->project.text);
    take(keys->project, sizeof keys->project, &digester);
    add(&digester, year);
    bool has_unit = add_folded(&digester, form->unit.text);
    add_folded(&digester, form->project.text);
    take(keys->identity, sizeof keys->identity, &digester);
    add(&digester, year);
    add_folded(&digester, form->unit.text);
    take(keys->group, sizeof keys->group, &digester);
    keys->has |= has_unit && form->year ? ZP_KEY_GROUP : 0;
    keys->has |= has_project ? ZP_KEY_PROJECT : 0;
    keys->has |= has_project && has_unit && form->year ? ZP_KEY_IDENTITY : 0;
    guint n = 0;
    for (guint k = 0; k < form->funds->len; k++)
        n += add_columns(&digester, zp_form_fund(form, k), ZP_FUND_COLUMNS);
    take(keys->funds, sizeof keys->funds, &digester);
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(form, k);
        if (!row->is_empty)
            n += add_columns(&digester, row, ZP_INDICATOR_COLUMNS);
    }
    take(keys->indicators, sizeof keys->indicators, &digester);
    n += add_value(&digester, &form->total_weight);
    n += add_value(&digester, &form->total_score);
    take(keys->total, sizeof keys->total, &digester);
    keys->has |= n ? ZP_KEY_FIGURES : 0;
    add_folded(&digester, form->goal_actual.text);
    glong length = g_utf8_strlen(digester.scratch->str, (gssize)digester.scratch->len);
    take(keys->goals, sizeof keys->goals, &digester);
    keys->goal_chars = (guint32)length;
    keys->has |= length >= COPIED_TEXT_CHARS ? ZP_KEY_GOALS : 0;
    fill_total(keys, form);
    keys->severity_full = (guint8)profile->severities[ZP_RULE_X07];
    for (guint k = 0; k < G_N_ELEMENTS(RULES); k++)
        keys->severities[k] = (guint8)profile->severities[RULES[k]];
    g_checksum_free(digester.sum);
    g_string_free(digester.scratch, TRUE);
}
