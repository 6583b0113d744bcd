/*
 * funds.c - F03, F04, F05 and F08: the amounts of the funds block.
 *
 * A column's parts are the rows that are neither the total nor a part of a part; a part that
 * prints no amount of its own is the sum of its parts.  A figure with decimals may be off by
 * half a unit of its last place, a whole figure is exact.
 */
#include "rules/rates.h"

#include <string.h>

static const char *const MONEY_NAMES[ZP_MONEY_COUNT] = {
    [ZP_MONEY_INITIAL] = "initial",
    [ZP_MONEY_BUDGET] = "budget",
    [ZP_MONEY_EXECUTED] = "executed",
};

static const char *const MONEY_LABELS[ZP_MONEY_COUNT][2] = {
    [ZP_MONEY_INITIAL] = {"年初预算数", "initial budget (年初预算数)"},
    [ZP_MONEY_BUDGET] = {"全年预算数", "year's budget (全年预算数)"},
    [ZP_MONEY_EXECUTED] = {"全年执行数", "execution (全年执行数)"},
};

static const ZpValue *money_value(const ZpFund *fund, guint column)
{
    const ZpValue *const values[] = {&fund->initial, &fund->budget, &fund->executed};
    return values[column];
}

static const ZpAmount *amount_of(const ZpContext *context, guint row, guint column)
{
    return &context->facts->funds[row].money[column];
}

static bool is_above_zero(const ZpAmount *amount)
{
    return amount->state == ZP_CELL_NUMBER && zp_decimal_sign(amount->amount) > 0;
}

/* A row whose money above 0 needs a budget; @row -1: none. */
static void find_money(const ZpFacts *facts, const ZpForm *form, int *row, guint *column,
                       const ZpReason **why)
{
    *row = -1;
    *why = NULL;
    for (guint k = 0; k < form->funds->len; k++) {
        for (guint c = ZP_MONEY_BUDGET; c <= ZP_MONEY_EXECUTED; c++) {
            const ZpAmount *amount = &facts->funds[k].money[c];
            if (amount->state == ZP_CELL_MALFORMED)
                *why = amount->why;
            if (*row >= 0 || !is_above_zero(amount))
                continue;
            *row = (int)k;
            *column = c;
        }
    }
}

/* 0, blank or a dash. */
static bool has_no_budget(const ZpAmount *budget)
{
    return budget->state == ZP_CELL_BLANK || budget->state == ZP_CELL_DASH ||
           (budget->state == ZP_CELL_NUMBER && zp_decimal_sign(budget->amount) == 0);
}

void zp_funds_judge_total(ZpFacts *facts, const ZpForm *form)
{
    int row;
    guint column;
    const ZpReason *why;
    if (facts->total < 0)
        return;
    const ZpFund *total = zp_form_fund(form, (guint)facts->total);
    const ZpAmount *money = facts->funds[facts->total].money;
    const ZpAmount *budget = &money[ZP_MONEY_BUDGET], *executed = &money[ZP_MONEY_EXECUTED];
    find_money(facts, form, &row, &column, &why);
    facts->lacks_budget = has_no_budget(budget) && row >= 0;
    facts->is_scored_for_nothing =
        budget->state == ZP_CELL_NUMBER && zp_decimal_sign(budget->amount) == 0 &&
        has_no_budget(executed) && !facts->lacks_budget &&
        zp_figure_state(&total->score) == ZP_CELL_NUMBER && zp_decimal_sign(total->score.value) > 0;
}

void zp_check_zero_budget(ZpContext *context)
{
    const ZpFacts *facts = context->facts;
    int total = facts->total, row;
    guint column = 0;
    const ZpReason *why;
    if (total < 0 || amount_of(context, (guint)total, ZP_MONEY_BUDGET)->state == ZP_CELL_ABSENT) {
        zp_answer_not_applicable(context);
        return;
    }
    const ZpAmount *budget = amount_of(context, (guint)total, ZP_MONEY_BUDGET);
    const ZpFund *fund = zp_form_fund(context->form, (guint)total);
    ZpSpot spot = zp_spot_fund((guint)total, "budget", &fund->budget.at);
    find_money(facts, context->form, &row, &column, &why);
    if (budget->state == ZP_CELL_MALFORMED)
        why = budget->why;
    bool is_unknown =
        budget->state == ZP_CELL_MALFORMED || (has_no_budget(budget) && row < 0 && why);
    if (is_unknown) {
        zp_answer_cannot(context, spot, why);
        return;
    }
    if (!facts->lacks_budget) {
        zp_answer_pass(context);
        return;
    }
    const ZpFund *holder = zp_form_fund(context->form, (guint)row);
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_ERROR, spot, fund->budget.text, NULL);
    if (zp_text_is_empty(fund->budget.text))
        finding->message = "blank";
    zp_finding_name(finding, "label", fund->label.text);
    g_autofree char *part = g_strdup_printf("“%s”", holder->label.text);
    zp_finding_argument(finding, "part", holder == fund ? "同一行" : part,
                        holder == fund ? "the same row" : holder->label.text);
    zp_finding_argument(finding, "column", MONEY_LABELS[column][0], MONEY_LABELS[column][1]);
    zp_finding_text(finding, "amount", money_value(holder, column)->text);
}

/* The sum of a column's parts, under way. */
typedef struct {
    ZpDecimal sum, slack;
    guint n_numbers;
    const ZpReason *why; /* (nullable) why there is none */
} PartSum;

static void add_amount(PartSum *parts, const ZpAmount *amount)
{
    if (amount->state == ZP_CELL_MALFORMED)
        parts->why = amount->why;
    if (amount->state != ZP_CELL_NUMBER)
        return;
    parts->n_numbers++;
    if (!zp_decimal_add(parts->sum, amount->amount, &parts->sum) ||
        !zp_decimal_add(parts->slack, amount->slack, &parts->slack))
        parts->why = &ZP_WHY_OVERFLOW;
}

/* Where a total row stands in front of its parts, those behind another total are that one's. */
static guint end_of_parts(const ZpContext *context)
{
    const GPtrArray *funds = context->form->funds;
    guint total = (guint)context->facts->total;
    for (guint k = total + 1; k < funds->len && total == 0; k++) {
        if (zp_form_fund(context->form, k)->source == ZP_SOURCE_TOTAL)
            return k;
    }
    return funds->len;
}

bool zp_fund_is_part(const ZpContext *context, guint row, guint column)
{
    if (row >= end_of_parts(context) || zp_form_fund(context->form, row)->source == ZP_SOURCE_TOTAL)
        return false;
    /* Whether the row's amount counts: not below a part that prints one itself. */
    const GPtrArray *funds = context->form->funds;
    int part_of = zp_form_fund(context->form, row)->part_of;
    /* A chain of parts cannot be longer than the block. */
    for (guint step = 0; part_of >= 0 && (guint)part_of < funds->len && step < funds->len; step++) {
        const ZpFund *parent = zp_form_fund(context->form, (guint)part_of);
        if (parent->source == ZP_SOURCE_TOTAL)
            return true;
        if (amount_of(context, (guint)part_of, column)->state >= ZP_CELL_MALFORMED)
            return false;
        part_of = parent->part_of;
    }
    return true;
}

static PartSum sum_parts(const ZpContext *context, guint column)
{
    PartSum parts = {0};
    for (guint k = 0; k < context->form->funds->len; k++) {
        if (zp_fund_is_part(context, k, column))
            add_amount(&parts, amount_of(context, k, column));
    }
    return parts;
}

static bool has_remainder_row(const ZpForm *form)
{
    for (guint k = 0; k < form->funds->len; k++)
        if (zp_form_fund(form, k)->source == ZP_SOURCE_OTHER)
            return true;
    return false;
}

static void report_breakdown(ZpContext *context, ZpSpot spot, guint column, const PartSum *parts,
                             bool is_below)
{
    const ZpFund *total = zp_form_fund(context->form, (guint)context->facts->total);
    bool is_open = is_below && !has_remainder_row(context->form);
    char sum[ZP_DECIMAL_TEXT_MAX];
    ZpFinding *finding =
        zp_answer_fail(context, is_open ? ZP_SEVERITY_NOTE : ZP_SEVERITY_ERROR, spot,
                       money_value(total, column)->text, zp_decimal_print(parts->sum, sum));
    if (is_open)
        finding->message = "no-remainder-row";
    zp_finding_name(finding, "label", total->label.text);
    zp_finding_argument(finding, "column", MONEY_LABELS[column][0], MONEY_LABELS[column][1]);
    zp_finding_figure(finding, "count", zp_decimal_from_int(parts->n_numbers));
}

static const ZpReason WHY_NO_TOTAL = {"总额空白，分项填有数字",
                                      "the total is blank although its parts hold figures"};

/* |total - sum| against what rounding of printed decimals allows. */
static void compare_sum(ZpContext *context, ZpSpot spot, guint column, const PartSum *parts)
{
    const ZpAmount *total = amount_of(context, (guint)context->facts->total, column);
    ZpDecimal slack, difference;
    if (!zp_decimal_add(parts->slack, total->slack, &slack) ||
        !zp_decimal_subtract(total->amount, parts->sum, &difference)) {
        zp_answer_cannot(context, spot, &ZP_WHY_OVERFLOW);
        return;
    }
    bool is_below = zp_decimal_sign(difference) > 0;
    if (!is_below)
        difference.coefficient = -difference.coefficient;
    if (zp_decimal_compare(difference, slack) <= 0)
        zp_answer_pass(context);
    else
        report_breakdown(context, spot, column, parts, is_below);
}

static void check_column(ZpContext *context, guint column)
{
    int row = context->facts->total;
    const ZpAmount *total = row < 0 ? NULL : amount_of(context, (guint)row, column);
    if (!total || total->state == ZP_CELL_ABSENT) {
        zp_answer_not_applicable(context);
        return;
    }
    PartSum parts = sum_parts(context, column);
    const ZpFund *fund = zp_form_fund(context->form, (guint)row);
    ZpSpot spot = zp_spot_fund((guint)row, MONEY_NAMES[column], &money_value(fund, column)->at);
    if (!parts.n_numbers && !parts.why)
        zp_answer_not_applicable(context);
    else if (parts.why || total->state == ZP_CELL_MALFORMED)
        zp_answer_cannot(context, spot, parts.why ? parts.why : total->why);
    else if (total->state != ZP_CELL_NUMBER)
        zp_answer_cannot(context, spot, total->why ? total->why : &WHY_NO_TOTAL);
    else
        compare_sum(context, spot, column, &parts);
}

void zp_check_funds_breakdown(ZpContext *context)
{
    for (guint column = 0; column < ZP_MONEY_COUNT; column++)
        check_column(context, column);
}

void zp_check_overspent(ZpContext *context)
{
    guint k = context->place;
    const ZpFund *fund = zp_form_fund(context->form, k);
    const ZpAmount *budget = amount_of(context, k, ZP_MONEY_BUDGET);
    const ZpAmount *executed = amount_of(context, k, ZP_MONEY_EXECUTED);
    ZpSpot spot = zp_spot_fund(k, "executed", &fund->executed.at);
    if (budget->state == ZP_CELL_ABSENT || executed->state == ZP_CELL_ABSENT) {
        zp_answer_not_applicable(context);
        return;
    }
    if (budget->why || executed->why) {
        zp_answer_cannot(context, spot, budget->why ? budget->why : executed->why);
        return;
    }
    if (budget->state != ZP_CELL_NUMBER || executed->state != ZP_CELL_NUMBER) {
        zp_answer_not_applicable(context);
        return;
    }
    if (zp_decimal_compare(executed->amount, budget->amount) <= 0) {
        zp_answer_pass(context);
        return;
    }
    ZpFinding *finding =
        zp_answer_fail(context, ZP_SEVERITY_WARNING, spot, fund->executed.text, NULL);
    zp_finding_name(finding, "label", fund->label.text);
    zp_finding_text(finding, "budget", fund->budget.text);
    ZpDecimal over;
    if (zp_decimal_subtract(executed->amount, budget->amount, &over))
        zp_finding_figure(finding, "over", over);
}

/* The only part of a column that is not 0; NULL when there is none or several. */
static const ZpFund *only_part(const ZpForm *form, guint column)
{
    const ZpFund *found = NULL;
    for (guint k = 0; k < form->funds->len; k++) {
        const ZpFund *fund = zp_form_fund(form, k);
        const ZpValue *value = money_value(fund, column);
        if (fund->source == ZP_SOURCE_TOTAL || !value->has_value ||
            zp_decimal_sign(value->value) == 0)
            continue;
        if (found)
            return NULL;
        found = fund;
    }
    return found;
}

static bool is_ten_thousandfold(ZpDecimal large, ZpDecimal small)
{
    ZpDecimal scaled;
    return zp_decimal_sign(small) != 0 &&
           zp_decimal_multiply(small, zp_decimal_from_int(10000), &scaled) &&
           zp_decimal_compare(large, scaled) == 0;
}

/* The printed figures of total and only part are 10,000 : 1 either way, in some column; figures with units of
 * their own say themselves what they mean. */
static const ZpFund *find_mixed_part(const ZpForm *form, const ZpFund *total, guint *column)
{
    for (*column = 0; *column < ZP_MONEY_COUNT; (*column)++) {
        const ZpValue *value = money_value(total, *column);
        const ZpFund *part = value->has_value ? only_part(form, *column) : NULL;
        if (!part || value->unit || money_value(part, *column)->unit)
            continue;
        ZpDecimal one = value->value, other = money_value(part, *column)->value;
        if (is_ten_thousandfold(one, other) || is_ten_thousandfold(other, one))
            return part;
    }
    return NULL;
}

/* The budget's size is odd for its unit: the cell's own, else the header's. */
static bool is_odd_size(const ZpForm *form, const ZpValue *budget)
{
    const char *unit = zp_text_is_empty(budget->unit) ? form->currency_unit.text : budget->unit;
    if (zp_text_is_empty(unit) || !budget->has_value)
        return false;
    if (strcmp(unit, "万元") == 0)
        return zp_decimal_compare(budget->value, zp_decimal_from_int(1000000)) >= 0;
    return strcmp(unit, "元") == 0 && zp_decimal_sign(budget->value) > 0 &&
           zp_decimal_compare(budget->value, zp_decimal_from_int(1000)) < 0;
}

void zp_check_currency_unit(ZpContext *context)
{
    const ZpForm *form = context->form;
    guint column;
    const ZpFund *total = zp_form_fund(form, context->place);
    const ZpFund *part = find_mixed_part(form, total, &column);
    ZpSpot spot = zp_spot_field("/currency_unit", &form->currency_unit.at);
    if (part) {
        ZpFinding *finding =
            zp_answer_fail(context, ZP_SEVERITY_WARNING, spot, form->currency_unit.text, NULL);
        finding->message = "mixed";
        zp_finding_name(finding, "label", total->label.text);
        zp_finding_name(finding, "part", part->label.text);
        zp_finding_argument(finding, "column", MONEY_LABELS[column][0], MONEY_LABELS[column][1]);
        zp_finding_text(finding, "total_amount", money_value(total, column)->text);
        zp_finding_text(finding, "part_amount", money_value(part, column)->text);
        return;
    }
    const ZpReason *cause = zp_cause_of(context->facts, &total->budget);
    if (cause && total->budget.text && *total->budget.text) {
        zp_answer_cannot(context, spot, cause);
        return;
    }
    if (zp_text_is_empty(form->currency_unit.text) || !total->budget.has_value) {
        zp_answer_not_applicable(context);
        return;
    }
    if (!is_odd_size(form, &total->budget)) {
        zp_answer_pass(context);
        return;
    }
    ZpFinding *finding =
        zp_answer_fail(context, ZP_SEVERITY_WARNING, spot, form->currency_unit.text, NULL);
    zp_finding_name(finding, "label", total->label.text);
    zp_finding_text(finding, "budget", total->budget.text);
}
