/*
 * verify.c - the sums of a form, each a list of the cells that it is over.
 *
 *     W01  weights = the total weight (printed, or the profile's)     F04  parts of a funds column = its total
 *     S01  scores = the total score                                   F01  executed / budget = rate
 *     F02  rate x weight = execution score                            S07  a missed target's proportional score
 *
 * A rate bears out itself, and of its two amounts only the leading digits: they are confirmed by it where a part's
 * cell, read apart and as clearly, says the same figure to its last digit.
 */
#include "rules/verify.h"

#include "rules/rates.h"

/* Cells that agree. */
typedef struct {
    GPtrArray *cells; /* of ZpValue */
    guint n_numbers;  /* of them that are not 0 */
    bool is_broken;   /* one cannot be used */
} Sum;

static Sum sum_new(void)
{
    return (Sum){.cells = g_ptr_array_new()};
}

static void sum_add(Sum *sum, const ZpValue *cell, ZpDecimal *total)
{
    if (zp_figure_state(cell) != ZP_CELL_NUMBER) {
        sum->is_broken |= zp_figure_state(cell) == ZP_CELL_MALFORMED;
        return;
    }
    sum->n_numbers += zp_decimal_sign(cell->value) != 0;
    sum->is_broken |= !zp_decimal_add(*total, cell->value, total);
    g_ptr_array_add(sum->cells, (gpointer)cell);
}

static bool is_doubtful(const ZpValue *cell)
{
    return cell->ocr && cell->ocr->state == ZP_OCR_DOUBTFUL;
}

static void confirm(ZpValue *cell, const char *code)
{
    ZpOcr *ocr = cell->ocr;
    if (!ocr || ocr->state == ZP_OCR_CORRECTED || ocr->n_by >= ZP_OCR_BY)
        return;
    for (guint k = 0; k < ocr->n_by; k++) {
        if (ocr->by[k] == code)
            return;
    }
    ocr->state = ZP_OCR_CONFIRMED;
    ocr->by[ocr->n_by++] = code;
}

static guint count_doubtful(const Sum *sum)
{
    guint n = 0;
    for (guint k = 0; k < sum->cells->len; k++)
        n += is_doubtful(g_ptr_array_index(sum->cells, k));
    return n;
}

/* The cells of a sum that holds; it is freed. */
static void sum_settle(Sum *sum, bool holds, guint least, ZpRule rule)
{
    if (holds && !sum->is_broken && sum->n_numbers >= least && count_doubtful(sum) <= 1) {
        for (guint k = 0; k < sum->cells->len; k++)
            confirm(g_ptr_array_index(sum->cells, k), ZP_RULES[rule].code);
    }
    g_clear_pointer(&sum->cells, g_ptr_array_unref);
}

/* --- the indicators --- */

typedef struct {
    const ZpContext *context;
    bool of_scores;
} Column;

static const ZpValue *cell_of(const Column *column, guint k)
{
    return column->of_scores ? column->context->facts->indicators[k].score
                             : &zp_form_indicator(column->context->form, k)->weight;
}

static const ZpValue *execution_of(const Column *column)
{
    int total = column->context->facts->total;
    const ZpForm *form = column->context->form;
    if (total < 0)
        return NULL;
    const ZpFund *fund = zp_form_fund(form, (guint)total);
    return column->of_scores ? &fund->score : zp_form_execution_cell(form, fund);
}

/* Whether a column adds up to @wanted, with the funds row or without: some forms leave it out. */
static bool settle_column(const Column *column, const ZpValue *printed, ZpDecimal wanted,
                          bool has_funds)
{
    Sum sum = sum_new();
    ZpDecimal total = {0};
    const ZpValue *execution = has_funds ? execution_of(column) : NULL;
    const ZpFacts *facts = column->context->facts;
    if (execution)
        sum_add(&sum, execution, &total);
    for (guint k = 0; k < column->context->form->indicators->len; k++) {
        if (facts->indicators[k].is_scored && cell_of(column, k))
            sum_add(&sum, cell_of(column, k), &total);
    }
    bool holds = !sum.is_broken && zp_decimal_compare(total, wanted) == 0;
    if (printed)
        g_ptr_array_add(sum.cells, (gpointer)printed);
    /* Three cells at least, so that no two make up for each other. */
    sum_settle(&sum, holds, 3, column->of_scores ? ZP_RULE_S01 : ZP_RULE_W01);
    return holds;
}

static void settle_indicators(const ZpContext *context)
{
    const ZpForm *form = context->form;
    const Column weights = {context, false}, scores = {context, true};
    bool has_total = zp_figure_state(&form->total_weight) == ZP_CELL_NUMBER;
    ZpDecimal all = has_total ? form->total_weight.value : context->facts->profile->weight_total;
    const ZpValue *printed = has_total ? &form->total_weight : NULL;
    if (form->missing)
        return;
    if (!settle_column(&weights, printed, all, true))
        settle_column(&weights, printed, all, false);
    if (zp_figure_state(&form->total_score) == ZP_CELL_NUMBER &&
        !settle_column(&scores, &form->total_score, form->total_score.value, true))
        settle_column(&scores, &form->total_score, form->total_score.value, false);
}

/* A score that is the weight's part by how far a missed target was reached. */
static void settle_missed(const ZpContext *context, guint k)
{
    const ZpIndicatorFacts *facts = &context->facts->indicators[k];
    ZpIndicator *row = zp_form_indicator(context->form, k);
    if (!facts->is_scored || facts->met != ZP_MET_NO || !facts->n_expected ||
        zp_figure_state(&row->weight) != ZP_CELL_NUMBER || facts->score != &row->score ||
        zp_figure_state(&row->score) != ZP_CELL_NUMBER || row->score.value.scale < 2 ||
        zp_fraction_gives(facts->expected[0], row->score.value.scale, ZP_ROUND_HALF_UP,
                          row->score.value) != ZP_ANSWER_YES)
        return;
    Sum sum = sum_new();
    sum.n_numbers = 1;
    ZpValue *const cells[] = {&row->weight, &row->score, &row->target, &row->actual};
    for (gsize i = 0; i < G_N_ELEMENTS(cells); i++) {
        /* A comparator has no part in the quotient. */
        if (cells[i]->op == ZP_OP_NONE || cells[i]->op == ZP_OP_EQ)
            g_ptr_array_add(sum.cells, cells[i]);
    }
    sum_settle(&sum, true, 1, ZP_RULE_S07);
}

/* --- the funds --- */

static ZpValue *money(const ZpForm *form, guint row, guint column)
{
    ZpFund *fund = zp_form_fund(form, row);
    ZpValue *const values[] = {&fund->initial, &fund->budget, &fund->executed};
    return values[column];
}

static void settle_parts(const ZpContext *context, guint column)
{
    const ZpFacts *facts = context->facts;
    const ZpAmount *total = &facts->funds[facts->total].money[column];
    Sum sum = sum_new();
    ZpDecimal all = {0};
    for (guint k = 0; k < context->form->funds->len; k++) {
        const ZpAmount *amount = &facts->funds[k].money[column];
        if (!zp_fund_is_part(context, k, column))
            continue;
        sum.is_broken |= amount->state == ZP_CELL_MALFORMED;
        if (amount->state != ZP_CELL_NUMBER)
            continue;
        sum.n_numbers += zp_decimal_sign(amount->amount) != 0;
        sum.is_broken |= !zp_decimal_add(all, amount->amount, &all);
        g_ptr_array_add(sum.cells, money(context->form, k, column));
    }
    bool holds = !sum.is_broken && total->state == ZP_CELL_NUMBER &&
                 zp_decimal_compare(total->amount, all) == 0;
    g_ptr_array_add(sum.cells, money(context->form, (guint)facts->total, column));
    sum_settle(&sum, holds, 2, ZP_RULE_F04); /* of one part the total is a copy */
}

/* A rate that its two amounts give, half up, and that is neither 0 nor all of it. */
static bool is_rate_borne_out(const ZpContext *context, guint row)
{
    const ZpFund *fund = zp_form_fund(context->form, row);
    const ZpFundFacts *facts = &context->facts->funds[row];
    ZpRateJudgement rate;
    zp_fund_rate_judge(fund, facts, &rate);
    guint n = is_doubtful(&fund->rate) + is_doubtful(&fund->budget) + is_doubtful(&fund->executed);
    return rate.is_stated && rate.agrees && !rate.habit && n <= 1 &&
           zp_decimal_sign(fund->rate.value) > 0 && fund->rate.value.scale > 0 &&
           zp_decimal_compare(facts->money[ZP_MONEY_BUDGET].amount,
                              facts->money[ZP_MONEY_EXECUTED].amount) != 0 &&
           g_strcmp0(fund->rate.unit, "%") == 0; /* one that lost its sign is not what is printed */
}

/* The row's amount stands in another row of its column to the last digit, both read clearly. */
static bool has_copy(const ZpContext *context, guint row, guint column)
{
    const ZpAmount *amount = &context->facts->funds[row].money[column];
    for (guint k = 0; k < context->form->funds->len; k++) {
        const ZpAmount *other = &context->facts->funds[k].money[column];
        if (k != row && other->state == ZP_CELL_NUMBER &&
            zp_decimal_compare(other->amount, amount->amount) == 0 &&
            !is_doubtful(money(context->form, k, column)))
            return !is_doubtful(money(context->form, row, column));
    }
    return false;
}

static void settle_rate(const ZpContext *context, guint row)
{
    ZpFund *fund = zp_form_fund(context->form, row);
    if (!is_rate_borne_out(context, row))
        return;
    confirm(&fund->rate, ZP_RULES[ZP_RULE_F01].code);
    for (guint column = ZP_MONEY_BUDGET; column <= ZP_MONEY_EXECUTED; column++) {
        if (has_copy(context, row, column))
            confirm(money(context->form, row, column), ZP_RULES[ZP_RULE_F01].code);
    }
}

/* The score of the funds is the weight's part by the rate. */
static void settle_execution(const ZpContext *context)
{
    guint row = (guint)context->facts->total;
    ZpFund *fund = zp_form_fund(context->form, row);
    ZpValue *weight = (ZpValue *)zp_form_execution_cell(context->form, fund);
    ZpFraction score;
    if (zp_figure_state(weight) != ZP_CELL_NUMBER || !is_rate_borne_out(context, row) ||
        zp_figure_state(&fund->score) != ZP_CELL_NUMBER || fund->score.value.scale < 2 ||
        zp_fund_rate(&context->facts->funds[row], &score, NULL) != ZP_RATE_EXACT ||
        !zp_decimal_multiply(score.over, weight->value, &score.over) ||
        !zp_decimal_multiply(score.under, zp_decimal_from_int(100), &score.under) ||
        zp_fraction_gives(score, fund->score.value.scale, ZP_ROUND_HALF_UP, fund->score.value) !=
            ZP_ANSWER_YES ||
        is_doubtful(weight) + is_doubtful(&fund->score) > 1)
        return;
    confirm(weight, ZP_RULES[ZP_RULE_F02].code);
    confirm(&fund->score, ZP_RULES[ZP_RULE_F02].code);
}

static void settle_funds(const ZpContext *context)
{
    for (guint k = 0; k < context->form->funds->len; k++)
        settle_rate(context, k);
    if (context->facts->total < 0)
        return;
    for (guint column = 0; column < ZP_MONEY_COUNT; column++)
        settle_parts(context, column);
    settle_execution(context);
}

/* --- a form whose doubts are set aside while its facts are worked out --- */

typedef struct {
    GPtrArray *doubtful; /* of ZpOcr */
} Aside;

static void set_aside(ZpValue *value, G_GNUC_UNUSED const char *pointer,
                      G_GNUC_UNUSED ZpValueKind kind, gpointer data)
{
    if (!is_doubtful(value))
        return;
    value->ocr->state = ZP_OCR_READ;
    g_ptr_array_add(((Aside *)data)->doubtful, value->ocr);
}

void zp_verify_form(const ZpRulebook *rulebook, ZpForm *form)
{
    ZpFacts facts = {0};
    if (!form->pictured->len)
        return;
    Aside aside = {g_ptr_array_new()};
    zp_form_each_value(form, set_aside, &aside);
    zp_facts_fill(&facts, rulebook, form);
    for (guint k = 0; k < aside.doubtful->len; k++)
        ((ZpOcr *)g_ptr_array_index(aside.doubtful, k))->state = ZP_OCR_DOUBTFUL;
    g_ptr_array_unref(aside.doubtful);
    const ZpContext context = {.rulebook = rulebook, .form = form, .facts = &facts};
    settle_indicators(&context);
    for (guint k = 0; k < form->indicators->len; k++)
        settle_missed(&context, k);
    settle_funds(&context);
    zp_facts_clear(&facts);
}
