/*
 * spending.c - F13, F14 and F15: what the total row's money says beside scores and outputs.
 *
 * Nothing is wrong with these figures by themselves; a reader would ask how they fit together.
 */
#include "rules/context.h"
#include "rules/rates.h"

void zp_check_score_without_budget(ZpContext *context)
{
    guint k = context->place;
    const ZpFund *total = zp_form_fund(context->form, k);
    const ZpAmount *money = context->facts->funds[k].money;
    const ZpReason *why = money[ZP_MONEY_BUDGET].why;
    ZpSpot spot = zp_spot_fund(k, "score", &total->score.at);
    if (context->facts->is_scored_for_nothing) {
        ZpFinding *finding =
            zp_answer_fail(context, ZP_SEVERITY_NOTE, spot, total->score.text, NULL);
        zp_finding_name(finding, "label", total->label.text);
        zp_finding_text(finding, "budget", total->budget.text);
        zp_finding_text(finding, "executed", total->executed.text);
        return;
    }
    if (!why)
        why = zp_cause_of(context->facts, &total->score);
    bool is_zero = money[ZP_MONEY_BUDGET].state == ZP_CELL_NUMBER &&
                   zp_decimal_sign(money[ZP_MONEY_BUDGET].amount) == 0;
    if (is_zero && !why)
        why = money[ZP_MONEY_EXECUTED].why;
    if (why)
        zp_answer_cannot(context, spot, why);
    else if (zp_figure_state(&total->score) == ZP_CELL_NUMBER)
        zp_answer_pass(context);
    else
        zp_answer_not_applicable(context);
}

/* |budget - initial| against a share of the initial budget. */
static ZpAnswer is_adjusted(const ZpContext *context, ZpDecimal initial, ZpDecimal budget,
                            ZpDecimal *difference)
{
    ZpDecimal allowed, scaled;
    if (!zp_decimal_subtract(budget, initial, difference) ||
        !zp_decimal_multiply(initial, context->facts->profile->budget_adjusted, &allowed) ||
        !zp_decimal_multiply(*difference, zp_decimal_from_int(100), &scaled))
        return ZP_ANSWER_OVERFLOW;
    if (scaled.coefficient < 0)
        scaled.coefficient = -scaled.coefficient;
    return zp_decimal_compare(scaled, allowed) > 0 ? ZP_ANSWER_YES : ZP_ANSWER_NO;
}

void zp_check_budget_adjusted(ZpContext *context)
{
    int k = context->facts->total;
    const ZpAmount *money = k < 0 ? NULL : context->facts->funds[k].money;
    if (k < 0 || money[ZP_MONEY_INITIAL].state == ZP_CELL_ABSENT ||
        money[ZP_MONEY_BUDGET].state == ZP_CELL_ABSENT) {
        zp_answer_not_applicable(context);
        return;
    }
    const ZpAmount *initial = &money[ZP_MONEY_INITIAL], *budget = &money[ZP_MONEY_BUDGET];
    const ZpFund *total = zp_form_fund(context->form, (guint)k);
    ZpSpot spot = zp_spot_fund((guint)k, "budget", &total->budget.at);
    if (initial->why || budget->why) {
        zp_answer_cannot(context, spot, initial->why ? initial->why : budget->why);
        return;
    }
    if (initial->state != ZP_CELL_NUMBER || budget->state != ZP_CELL_NUMBER) {
        zp_answer_not_applicable(context);
        return;
    }
    ZpDecimal difference;
    ZpAnswer answer = is_adjusted(context, initial->amount, budget->amount, &difference);
    if (answer == ZP_ANSWER_OVERFLOW) {
        zp_answer_cannot(context, spot, &ZP_WHY_OVERFLOW);
        return;
    }
    if (answer == ZP_ANSWER_NO || zp_funds_have_reason(context)) {
        zp_answer_pass(context);
        return;
    }
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_NOTE, spot, total->budget.text, NULL);
    zp_finding_name(finding, "label", total->label.text);
    zp_finding_text(finding, "initial", total->initial.text);
    zp_finding_figure(finding, "limit", context->facts->profile->budget_adjusted);
}

/* The output indicators of the form, as far as met? can be said of them. */
typedef struct {
    guint n;     /* of them all */
    int nothing; /* one that is missed with an actual value of 0; -1: none */
    bool are_all_met;
    const ZpReason *why;         /* (nullable) why one of them is not said to be met or missed */
    const ZpReason *why_nothing; /* (nullable) the same of one whose actual value may be 0 */
} Outputs;

static Outputs look_at_outputs(const ZpContext *context)
{
    Outputs outputs = {.nothing = -1, .are_all_met = true};
    for (guint k = 0; k < context->form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(context->form, k);
        const ZpIndicatorFacts *facts = &context->facts->indicators[k];
        if (row->is_empty || row->part_of >= 0 || g_strcmp0(row->level1.text, "产出指标") != 0)
            continue;
        outputs.n++;
        outputs.are_all_met &= facts->met == ZP_MET_YES;
        bool is_zero = zp_cell_state(&row->actual) == ZP_CELL_NUMBER &&
                       zp_decimal_sign(row->actual.value) == 0;
        if (facts->met == ZP_MET_UNSAID)
            outputs.why = facts->why;
        if (facts->met == ZP_MET_UNSAID && (is_zero || facts->cause))
            outputs.why_nothing = facts->why;
        if (facts->met == ZP_MET_NO && is_zero && outputs.nothing < 0)
            outputs.nothing = (int)k;
    }
    return outputs;
}

static void report_outputs(ZpContext *context, ZpSpot spot, const Outputs *outputs,
                           ZpFraction percent, bool is_spent)
{
    const ZpFund *total = zp_form_fund(context->form, (guint)context->facts->total);
    ZpDecimal rounded;
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_NOTE, spot, total->rate.text, NULL);
    zp_finding_name(finding, "label", total->label.text);
    if (zp_fraction_round(percent, 2, ZP_ROUND_HALF_UP, &rounded))
        zp_finding_figure(finding, "rate", rounded);
    zp_finding_figure(finding, "count", zp_decimal_from_int(outputs->n));
    if (!is_spent) {
        finding->message = "little-spent";
        return;
    }
    const ZpIndicator *row = zp_form_indicator(context->form, (guint)outputs->nothing);
    zp_finding_name(finding, "name", row->level3.text);
    zp_finding_text(finding, "target", row->target.text);
    zp_finding_text(finding, "actual", row->actual.text);
}

/* The order of the exact rate against a limit in percent. */
static bool compare_rate(ZpFraction percent, ZpDecimal limit, int *order)
{
    ZpDecimal bound;
    if (!zp_decimal_multiply(limit, percent.under, &bound))
        return false;
    *order = zp_decimal_compare(percent.over, bound);
    return true;
}

void zp_check_money_and_output(ZpContext *context)
{
    int k = context->facts->total, high, low;
    const ZpReason *why = NULL;
    ZpFraction percent;
    Outputs outputs = look_at_outputs(context);
    if (k < 0 || !outputs.n) {
        zp_answer_not_applicable(context);
        return;
    }
    const ZpProfile *profile = context->facts->profile;
    const ZpFundFacts *facts = &context->facts->funds[k];
    const ZpFund *total = zp_form_fund(context->form, (guint)k);
    ZpSpot spot = zp_spot_fund((guint)k, "rate", &total->rate.at);
    ZpRateState state = zp_fund_rate(facts, &percent, &why);
    if (state == ZP_RATE_MISSING) {
        zp_answer_not_applicable(context);
        return;
    }
    if (state == ZP_RATE_EXACT && (!compare_rate(percent, profile->money_spent, &high) ||
                                   !compare_rate(percent, profile->money_unspent, &low)))
        why = &ZP_WHY_OVERFLOW;
    if (state != ZP_RATE_EXACT || why == &ZP_WHY_OVERFLOW) {
        zp_answer_cannot(context, spot, why);
        return;
    }
    bool is_spent = high >= 0 && outputs.nothing >= 0;
    if (is_spent || (low < 0 && outputs.are_all_met))
        report_outputs(context, spot, &outputs, percent, is_spent);
    else if ((high >= 0 && outputs.why_nothing) || (low < 0 && outputs.why))
        zp_answer_cannot(context, spot, high >= 0 ? outputs.why_nothing : outputs.why);
    else
        zp_answer_pass(context);
}
