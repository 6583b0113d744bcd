/*
 * figures.c - F09 and F12: cells whose figure is none, and figures below 0.
 *
 * Whatever else would be computed from such a cell is not evaluable (causes.c), so a wrong sign or
 * a word is one finding and not four.
 */
#include "rules/context.h"

#include <string.h>

typedef void (*CellCheck)(ZpContext *context, const ZpValue *value, ZpSpot spot);

static guint count_digits(const char *text)
{
    guint n = 0;
    for (; *text; text++)
        n += g_ascii_isdigit(*text) ? 1 : 0;
    return n;
}

/* Which message fits: too many digits, no digit at all, or digits and separators. */
static void choose_message(ZpFinding *finding, const char *text)
{
    guint n_digits = count_digits(text);
    /* Several figures and words are no bad separators either. */
    bool has_words = false;
    for (const char *at = text; *at; at = g_utf8_next_char(at))
        has_words |= g_unichar_isalpha(g_utf8_get_char(at));
    if (n_digits > ZP_DECIMAL_DIGITS_MAX)
        finding->message = "long";
    else if (n_digits == 0)
        finding->message = "words";
    else if (has_words || !strpbrk(text, ",.'"))
        finding->message = "other";
    zp_finding_figure(finding, "count", zp_decimal_from_int(n_digits));
    zp_finding_figure(finding, "most", zp_decimal_from_int(ZP_DECIMAL_DIGITS_MAX));
}

static void check_malformed(ZpContext *context, const ZpValue *value, ZpSpot spot)
{
    /* A column that the template does not have is no place at all. */
    if (!value->text)
        return;
    if (!*value->text) {
        zp_answer_not_applicable(context);
        return;
    }
    if (!value->is_malformed) {
        zp_answer_pass(context);
        return;
    }
    spot.at = &value->at;
    const ZpReason *why = zp_cause_of(context->facts, value);
    if (why && zp_is_in_doubt(context->form, value->text, &value->at)) {
        zp_answer_cannot(context, spot, why);
        return;
    }
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_ERROR, spot, value->text, NULL);
    choose_message(finding, value->text);
}

static void check_negative(ZpContext *context, const ZpValue *value, ZpSpot spot)
{
    ZpCellState state = zp_cell_state(value);
    /* What is no figure has no sign: the matter of F09 alone. */
    if (state == ZP_CELL_ABSENT)
        return;
    spot.at = &value->at;
    if (state != ZP_CELL_NUMBER)
        zp_answer_not_applicable(context);
    else if (zp_decimal_sign(value->value) >= 0)
        zp_answer_pass(context);
    else
        zp_answer_fail(context, ZP_SEVERITY_ERROR, spot, value->text, NULL);
}

static void check_fields(ZpContext *context, CellCheck check)
{
    const ZpForm *form = context->form;
    check(context, &form->funds_weight, zp_spot_field("/funds_weight", NULL));
    check(context, &form->headline, zp_spot_field("/headline", NULL));
    check(context, &form->total_weight, zp_spot_field("/total/weight", NULL));
    check(context, &form->total_score, zp_spot_field("/total/score", NULL));
}

static void check_label_weights(ZpContext *context, guint k, CellCheck check)
{
    const ZpIndicator *row = zp_form_indicator(context->form, k);
    check(context, &row->level1_weight, zp_spot_indicator(k, "level1_weight", NULL));
    check(context, &row->level2_weight, zp_spot_indicator(k, "level2_weight", NULL));
}

void zp_check_malformed_number(ZpContext *context)
{
    const ZpForm *form = context->form;
    for (guint k = 0; k < form->funds->len; k++)
        for (const ZpColumn *column = ZP_FUND_COLUMNS; column->name; column++)
            check_malformed(context, zp_column_value(zp_form_fund(form, k), column),
                            zp_spot_fund(k, column->name, NULL));
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(form, k);
        if (row->is_empty)
            continue;
        for (const ZpColumn *column = ZP_INDICATOR_COLUMNS; column->name; column++)
            check_malformed(context, zp_column_value(row, column),
                            zp_spot_indicator(k, column->name, NULL));
        check_label_weights(context, k, check_malformed);
    }
    check_fields(context, check_malformed);
}

/* Rates are left to F01: a rate below 0 follows from no amounts. */
void zp_check_negative_amount(ZpContext *context)
{
    const ZpForm *form = context->form;
    for (guint k = 0; k < form->funds->len; k++) {
        const ZpFund *fund = zp_form_fund(form, k);
        check_negative(context, &fund->initial, zp_spot_fund(k, "initial", NULL));
        check_negative(context, &fund->budget, zp_spot_fund(k, "budget", NULL));
        check_negative(context, &fund->executed, zp_spot_fund(k, "executed", NULL));
        check_negative(context, &fund->weight, zp_spot_fund(k, "weight", NULL));
        check_negative(context, &fund->score, zp_spot_fund(k, "score", NULL));
    }
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(form, k);
        if (row->is_empty)
            continue;
        check_negative(context, &row->weight, zp_spot_indicator(k, "weight", NULL));
        check_negative(context, &row->score, zp_spot_indicator(k, "score", NULL));
        check_label_weights(context, k, check_negative);
    }
    check_fields(context, check_negative);
}
