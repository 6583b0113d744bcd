/*
 * execution.c - F02, F06 and F07: weight and score of the funds rows.
 *
 * Only the total row is scored: weight times exact rate, half up to two decimals, capped at the
 * weight.  Its weight stands in the row or, in some templates, in the head of the block.
 */
#include "rules/context.h"
#include "rules/rates.h"

/* The row's own, else the one in the head of the block. */
const ZpValue *zp_form_execution_cell(const ZpForm *form, const ZpFund *total)
{
    bool is_own = zp_cell_state(&total->weight) >= ZP_CELL_MALFORMED || !form->funds_weight.text;
    return is_own ? &total->weight : &form->funds_weight;
}

ZpCellState zp_form_execution_weight(const ZpForm *form, const ZpFund *total, ZpDecimal *weight)
{
    const ZpValue *value = zp_form_execution_cell(form, total);
    ZpCellState state = zp_figure_state(value);
    if (state == ZP_CELL_NUMBER)
        *weight = value->value;
    return state;
}

const ZpReason *zp_execution_weight_cause(const ZpFacts *facts, const ZpForm *form,
                                          const ZpFund *total)
{
    return zp_cause_of(facts, zp_form_execution_cell(form, total));
}

/* F06: the profile fixes another weight of the funds row; false also where nothing can be said. */
static bool is_weight_wrong(const ZpContext *context, const ZpFund *total)
{
    const ZpProfile *profile = context->facts->profile;
    ZpDecimal weight;
    return context->facts->is_fixed && profile->has_execution_weight &&
           zp_form_execution_weight(context->form, total, &weight) == ZP_CELL_NUMBER &&
           zp_decimal_compare(weight, profile->execution_weight) != 0;
}

void zp_check_execution_weight(ZpContext *context)
{
    const ZpForm *form = context->form;
    const ZpProfile *profile = context->facts->profile;
    int k = context->facts->total;
    if (k < 0 || !context->facts->is_fixed || !profile->has_execution_weight) {
        zp_answer_not_applicable(context);
        return;
    }
    const ZpFund *total = zp_form_fund(form, (guint)k);
    ZpSpot spot = zp_spot_fund((guint)k, "weight", &total->weight.at);
    ZpDecimal weight;
    ZpCellState state = zp_form_execution_weight(form, total, &weight);
    if (state == ZP_CELL_ABSENT) {
        zp_answer_not_applicable(context);
        return;
    }
    const ZpReason *cause = zp_execution_weight_cause(context->facts, form, total);
    if (cause || state != ZP_CELL_NUMBER) {
        zp_answer_cannot(context, spot, cause ? cause : &ZP_WHY_WEIGHT_MISSING);
        return;
    }
    if (!is_weight_wrong(context, total)) {
        zp_answer_pass(context);
        return;
    }
    char stated[ZP_DECIMAL_TEXT_MAX], expected[ZP_DECIMAL_TEXT_MAX];
    ZpFinding *finding =
        zp_answer_fail(context, ZP_SEVERITY_ERROR, spot, zp_decimal_print(weight, stated),
                       zp_decimal_print(profile->execution_weight, expected));
    zp_finding_name(finding, "label", total->label.text);
}

void zp_check_repeated_part_score(ZpContext *context)
{
    guint k = context->place;
    const ZpFund *fund = zp_form_fund(context->form, k);
    ZpCellState weight = zp_figure_state(&fund->weight), score = zp_figure_state(&fund->score);
    bool is_part = fund->source != ZP_SOURCE_TOTAL;
    if (!is_part || (weight == ZP_CELL_ABSENT && score == ZP_CELL_ABSENT)) {
        zp_answer_not_applicable(context);
        return;
    }
    if (weight < ZP_CELL_MALFORMED && score < ZP_CELL_MALFORMED) {
        zp_answer_pass(context);
        return;
    }
    const ZpValue *value = weight >= ZP_CELL_MALFORMED ? &fund->weight : &fund->score;
    ZpSpot spot = zp_spot_fund(k, NULL, &value->at);
    const ZpReason *cause = zp_cause_of(context->facts, value);
    if (cause) {
        zp_answer_cannot(context, spot, cause);
        return;
    }
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_NOTE, spot, value->text, NULL);
    zp_finding_name(finding, "label", fund->label.text);
    zp_finding_argument(finding, "column", value == &fund->weight ? "分值" : "得分",
                        value == &fund->weight ? "weight (分值)" : "score (得分)");
}

/* What a habit of F02 needs to decide. */
typedef struct {
    ZpDecimal weight, printed;
    ZpFraction score; /* weight * exact rate, not capped */
    const ZpFund *total;
    const ZpFundFacts *facts;
} StatedScore;

/* weight * percent / 100 */
static bool weigh(ZpDecimal weight, ZpFraction percent, ZpFraction *score)
{
    return zp_decimal_multiply(weight, percent.over, &score->over) &&
           zp_decimal_multiply(percent.under, zp_decimal_from_int(100), &score->under);
}

/* Whether the fraction, rounded and capped at the weight, is what is printed. */
static bool gives(const StatedScore *stated, ZpFraction score, int places, ZpRounding mode)
{
    ZpDecimal rounded;
    if (!zp_fraction_round(score, places, mode, &rounded))
        return false;
    if (zp_decimal_compare(rounded, stated->weight) > 0)
        rounded = stated->weight;
    return zp_decimal_compare(rounded, stated->printed) == 0;
}

static bool is_from_stated_rate(const StatedScore *stated)
{
    ZpRateJudgement rate;
    ZpFraction percent = {stated->total->rate.value, zp_decimal_from_int(1)}, score;
    zp_fund_rate_judge(stated->total, stated->facts, &rate);
    if (!rate.is_stated || !rate.agrees)
        return false;
    if (rate.is_ratio &&
        !zp_decimal_multiply(percent.over, zp_decimal_from_int(100), &percent.over))
        return false;
    return weigh(stated->weight, percent, &score) && gives(stated, score, 2, ZP_ROUND_HALF_UP);
}

static bool is_up(const StatedScore *stated)
{
    return gives(stated, stated->score, 2, ZP_ROUND_UP);
}

static bool is_cut(const StatedScore *stated)
{
    return gives(stated, stated->score, 2, ZP_ROUND_DOWN);
}

static bool is_one_decimal(const StatedScore *stated)
{
    return stated->printed.scale == 1 && gives(stated, stated->score, 1, ZP_ROUND_HALF_UP);
}

static bool is_whole(const StatedScore *stated)
{
    return stated->printed.scale == 0 && gives(stated, stated->score, 0, ZP_ROUND_HALF_UP);
}

static bool is_from_rounded(const StatedScore *stated)
{
    ZpFraction low, high;
    ZpDecimal least, most;
    if (!zp_fund_rate_reach(stated->facts, &low, &high) || !weigh(stated->weight, low, &low) ||
        !weigh(stated->weight, high, &high) ||
        !zp_fraction_round(low, 2, ZP_ROUND_HALF_UP, &least) ||
        !zp_fraction_round(high, 2, ZP_ROUND_HALF_UP, &most))
        return false;
    if (zp_decimal_compare(least, stated->weight) > 0)
        least = stated->weight;
    return zp_decimal_compare(least, stated->printed) <= 0 &&
           zp_decimal_compare(stated->printed, most) <= 0 &&
           zp_decimal_compare(stated->printed, stated->weight) <= 0;
}

static const struct {
    const char *name;
    bool (*fits)(const StatedScore *stated);
} HABITS[] = {
    {"from-stated-rate", is_from_stated_rate},
    {"up", is_up},
    {"cut", is_cut},
    {"one-decimal", is_one_decimal},
    {"whole", is_whole},
    {"rounded-figures", is_from_rounded},
};

static const char *find_habit(const StatedScore *stated)
{
    for (guint k = 0; k < G_N_ELEMENTS(HABITS); k++)
        if (HABITS[k].fits(stated))
            return HABITS[k].name;
    return NULL;
}

/* More was spent than budgeted, so the weight is all that can be earned. */
static bool is_above_weight(const StatedScore *stated)
{
    ZpDecimal rounded;
    return zp_fraction_round(stated->score, 2, ZP_ROUND_HALF_UP, &rounded) &&
           zp_decimal_compare(rounded, stated->weight) > 0;
}

static void report_score(ZpContext *context, ZpSpot spot, const StatedScore *stated,
                         ZpDecimal expected)
{
    const char *habit = find_habit(stated);
    if (habit && zp_profile_grants(context->facts->profile, habit)) {
        zp_answer_pass(context);
        return;
    }
    char text[ZP_DECIMAL_TEXT_MAX];
    ZpFinding *finding =
        zp_answer_fail(context, habit ? ZP_SEVERITY_NOTE : ZP_SEVERITY_ERROR, spot,
                       stated->total->score.text, zp_decimal_print(expected, text));
    if (habit)
        zp_finding_habit(finding, habit);
    else if (zp_decimal_compare(expected, stated->weight) == 0 && is_above_weight(stated))
        finding->message = "capped";
    zp_finding_figure(finding, "weight", stated->weight);
    zp_finding_name(finding, "label", stated->total->label.text);
    zp_finding_text(finding, "budget", stated->total->budget.text);
    zp_finding_text(finding, "executed", stated->total->executed.text);
    zp_finding_text(finding, "rate", stated->total->rate.text);
}

static void compare_score(ZpContext *context, ZpSpot spot, const StatedScore *stated)
{
    ZpDecimal expected;
    if (!zp_fraction_round(stated->score, 2, ZP_ROUND_HALF_UP, &expected)) {
        zp_answer_cannot(context, spot, &ZP_WHY_OVERFLOW);
        return;
    }
    if (zp_decimal_compare(expected, stated->weight) > 0)
        expected = stated->weight;
    if (zp_decimal_compare(expected, stated->printed) == 0)
        zp_answer_pass(context);
    else
        report_score(context, spot, stated, expected);
}

static const ZpReason WHY_WRONG_WEIGHT = {"分值与表样不符（F06）",
                                          "the weight is not the template's (F06)"};

/* Why F02 cannot be said; fills what is needed to say it. */
static const ZpReason *why_no_score(const ZpContext *context, ZpCellState weight,
                                    StatedScore *stated)
{
    ZpFraction percent;
    const ZpReason *why = NULL;
    ZpCellState score = zp_figure_state(&stated->total->score);
    const ZpReason *cause = zp_execution_weight_cause(context->facts, context->form, stated->total);
    if (!cause)
        cause = zp_cause_of(context->facts, &stated->total->score);
    if (cause)
        return cause;
    if (weight != ZP_CELL_NUMBER)
        return &ZP_WHY_WEIGHT_MISSING;
    if (score != ZP_CELL_NUMBER)
        return &ZP_WHY_SCORE_MISSING;
    if (is_weight_wrong(context, stated->total))
        return &WHY_WRONG_WEIGHT;
    if (zp_fund_rate(stated->facts, &percent, &why) != ZP_RATE_EXACT)
        return why;
    return weigh(stated->weight, percent, &stated->score) ? NULL : &ZP_WHY_OVERFLOW;
}

void zp_check_execution_score(ZpContext *context)
{
    guint k = context->place;
    const ZpFund *total = zp_form_fund(context->form, k);
    StatedScore stated = {
        .total = total, .facts = &context->facts->funds[k], .printed = total->score.value};
    ZpCellState weight = zp_form_execution_weight(context->form, total, &stated.weight);
    ZpCellState score = zp_cell_state(&total->score);
    if (weight == ZP_CELL_ABSENT || score == ZP_CELL_ABSENT || score == ZP_CELL_DASH) {
        zp_answer_not_applicable(context);
        return;
    }
    ZpSpot spot = zp_spot_fund(k, "score", &total->score.at);
    const ZpReason *why = why_no_score(context, weight, &stated);
    if (why)
        zp_answer_cannot(context, spot, why);
    else
        compare_score(context, spot, &stated);
}
