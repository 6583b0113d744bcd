/*
 * rates.c - F01, F10 and F11: the execution rate, stated and exact.
 *
 * The rate divides 全年执行数 by 全年预算数 and is kept as a fraction.  A stated rate that is not
 * the half-up rounding may still follow from the figures by a habit; the habits are tried in a
 * fixed order and the first that fits is named.  The last one, rounded-figures, is interval
 * arithmetic: with each amount anywhere within half a unit of its last decimal the quotient
 * takes every value between two bounds, and rounding keeps order, so the stated rate can be
 * reached when it lies between the rounded bounds.
 */
#include "rules/rates.h"

#include "rules/context.h"

ZpRateState zp_fund_rate(const ZpFundFacts *fund, ZpFraction *percent, const ZpReason **why)
{
    const ZpAmount *budget = &fund->money[ZP_MONEY_BUDGET];
    const ZpAmount *executed = &fund->money[ZP_MONEY_EXECUTED];
    const ZpReason *unused;
    why = why ? why : &unused;
    if (fund->why_no_rate) {
        *why = fund->why_no_rate;
        return ZP_RATE_MALFORMED;
    }
    if (budget->why || executed->why) {
        *why = budget->why ? budget->why : executed->why;
        return ZP_RATE_MALFORMED;
    }
    *why = &ZP_WHY_AMOUNT_MISSING;
    if (budget->state != ZP_CELL_NUMBER || executed->state != ZP_CELL_NUMBER ||
        zp_decimal_sign(budget->amount) <= 0)
        return ZP_RATE_MISSING;
    percent->under = budget->amount;
    if (zp_decimal_multiply(executed->amount, zp_decimal_from_int(100), &percent->over))
        return ZP_RATE_EXACT;
    *why = &ZP_WHY_OVERFLOW;
    return ZP_RATE_MALFORMED;
}

bool zp_fund_rate_reach(const ZpFundFacts *fund, ZpFraction *low, ZpFraction *high)
{
    const ZpAmount *budget = &fund->money[ZP_MONEY_BUDGET];
    const ZpAmount *executed = &fund->money[ZP_MONEY_EXECUTED];
    ZpDecimal hundred = zp_decimal_from_int(100);
    if (!zp_decimal_sign(budget->slack) && !zp_decimal_sign(executed->slack))
        return false;
    return zp_decimal_subtract(executed->amount, executed->slack, &low->over) &&
           zp_decimal_add(executed->amount, executed->slack, &high->over) &&
           zp_decimal_multiply(low->over, hundred, &low->over) &&
           zp_decimal_multiply(high->over, hundred, &high->over) &&
           zp_decimal_add(budget->amount, budget->slack, &low->under) &&
           zp_decimal_subtract(budget->amount, budget->slack, &high->under) &&
           zp_decimal_sign(high->under) > 0;
}

/* What a habit needs to decide. */
typedef struct {
    const ZpFundFacts *fund;
    ZpFraction percent;
    ZpDecimal stated;
    bool has_sign; /* printed with % */
} StatedRate;

static ZpAnswer is_up(const StatedRate *rate)
{
    return zp_fraction_gives(rate->percent, rate->stated.scale, ZP_ROUND_UP, rate->stated);
}

static ZpAnswer is_cut(const StatedRate *rate)
{
    return zp_fraction_gives(rate->percent, rate->stated.scale, ZP_ROUND_DOWN, rate->stated);
}

static ZpAnswer is_ratio(const StatedRate *rate)
{
    ZpFraction ratio = rate->percent;
    if (rate->has_sign)
        return ZP_ANSWER_NO;
    if (!zp_decimal_multiply(ratio.under, zp_decimal_from_int(100), &ratio.under))
        return ZP_ANSWER_OVERFLOW;
    return zp_fraction_gives(ratio, rate->stated.scale, ZP_ROUND_HALF_UP, rate->stated);
}

static ZpAnswer is_from_rounded(const StatedRate *rate)
{
    ZpFraction low, high;
    ZpDecimal least, most;
    int places = rate->stated.scale;
    if (!zp_fund_rate_reach(rate->fund, &low, &high) ||
        !zp_fraction_round(low, places, ZP_ROUND_HALF_UP, &least) ||
        !zp_fraction_round(high, places, ZP_ROUND_HALF_UP, &most))
        return ZP_ANSWER_NO;
    bool is_between =
        zp_decimal_compare(least, rate->stated) <= 0 && zp_decimal_compare(rate->stated, most) <= 0;
    return is_between ? ZP_ANSWER_YES : ZP_ANSWER_NO;
}

static const struct {
    const char *name;
    ZpAnswer (*fits)(const StatedRate *rate);
} HABITS[] = {
    {"up", is_up},
    {"cut", is_cut},
    {"ratio", is_ratio},
    {"rounded-figures", is_from_rounded},
};

static void find_habit(const StatedRate *rate, ZpRateJudgement *out)
{
    for (guint k = 0; k < G_N_ELEMENTS(HABITS); k++) {
        ZpAnswer answer = HABITS[k].fits(rate);
        if (answer == ZP_ANSWER_OVERFLOW)
            out->why = &ZP_WHY_OVERFLOW;
        if (answer != ZP_ANSWER_YES)
            continue;
        out->agrees = true;
        out->why = NULL;
        out->habit = HABITS[k].name;
        out->is_ratio = HABITS[k].fits == is_ratio;
        return;
    }
}

void zp_fund_rate_judge(const ZpFund *fund, const ZpFundFacts *facts, ZpRateJudgement *out)
{
    *out = (ZpRateJudgement){0};
    StatedRate rate = {.fund = facts, .stated = fund->rate.value};
    ZpCellState state = zp_cell_state(&fund->rate);
    ZpRateState exact = zp_fund_rate(facts, &rate.percent, &out->why);
    if (exact == ZP_RATE_MISSING || state < ZP_CELL_MALFORMED) {
        out->why = NULL;
        return;
    }
    if (state == ZP_CELL_MALFORMED)
        out->why = &ZP_WHY_MALFORMED;
    if (state == ZP_CELL_MALFORMED || exact == ZP_RATE_MALFORMED)
        return;
    out->why = NULL;
    rate.has_sign = !zp_text_is_empty(fund->rate.unit);
    out->is_stated = true;
    if (!zp_fraction_round(rate.percent, rate.stated.scale, ZP_ROUND_HALF_UP, &out->expected)) {
        out->why = &ZP_WHY_OVERFLOW;
        return;
    }
    out->agrees = zp_decimal_compare(out->expected, rate.stated) == 0;
    if (!out->agrees)
        find_habit(&rate, out);
}

void zp_rates_count(ZpRateCounts *counts, const ZpForm *form, const ZpFundFacts *facts)
{
    for (guint k = 0; k < form->funds->len; k++) {
        const ZpFund *fund = zp_form_fund(form, k);
        StatedRate rate = {.fund = &facts[k], .stated = fund->rate.value};
        if (zp_cell_state(&fund->rate) != ZP_CELL_NUMBER ||
            zp_fund_rate(&facts[k], &rate.percent, NULL) != ZP_RATE_EXACT)
            continue;
        counts->n++;
        counts->n_up += is_up(&rate) == ZP_ANSWER_YES;
        counts->n_cut += is_cut(&rate) == ZP_ANSWER_YES;
    }
}

static void add_amounts(ZpFinding *finding, const ZpFund *fund)
{
    zp_finding_name(finding, "label", fund->label.text);
    zp_finding_text(finding, "budget", fund->budget.text);
    zp_finding_text(finding, "executed", fund->executed.text);
}

/* "88.81%" */
static char *percent_text(ZpDecimal percent)
{
    char text[ZP_DECIMAL_TEXT_MAX];
    return g_strdup_printf("%s%%", zp_decimal_print(percent, text));
}

void zp_check_execution_rate(ZpContext *context)
{
    guint k = context->place;
    const ZpFund *fund = zp_form_fund(context->form, k);
    ZpSpot spot = zp_spot_fund(k, "rate", &fund->rate.at);
    ZpRateJudgement rate;
    zp_fund_rate_judge(fund, &context->facts->funds[k], &rate);
    const ZpReason *cause = zp_cause_of(context->facts, &fund->rate);
    if (rate.why || (cause && rate.is_stated)) {
        zp_answer_cannot(context, spot, cause ? cause : rate.why);
        return;
    }
    if (!rate.is_stated) {
        zp_answer_not_applicable(context);
        return;
    }
    if (rate.agrees && (!rate.habit || zp_profile_grants(context->facts->profile, rate.habit))) {
        zp_answer_pass(context);
        return;
    }
    g_autofree char *expected = percent_text(rate.expected);
    ZpFinding *finding = zp_answer_fail(context, rate.habit ? ZP_SEVERITY_NOTE : ZP_SEVERITY_ERROR,
                                        spot, fund->rate.text, expected);
    if (rate.habit)
        zp_finding_habit(finding, rate.habit);
    add_amounts(finding, fund);
}

bool zp_funds_have_reason(const ZpContext *context)
{
    const ZpLexicon *lexicon = zp_rulebook_lexicon(context->rulebook);
    for (guint k = 0; k < context->form->funds->len; k++) {
        const char *reason = zp_form_fund(context->form, k)->reason.text;
        if (!zp_text_is_empty(reason) && !zp_lexicon_is_blank_reason(lexicon, reason))
            return true;
    }
    return false;
}

/* {left}: that the reason column is blank, or what says nothing in it. */
static void add_left(const ZpContext *context, ZpFinding *finding)
{
    for (guint k = 0; k < context->form->funds->len; k++) {
        const char *reason = zp_form_fund(context->form, k)->reason.text;
        if (zp_text_is_empty(reason))
            continue;
        g_autofree char *zh = g_strdup_printf("填的是“%s”", reason);
        g_autofree char *en = g_strdup_printf("reads only \"%s\"", reason);
        zp_finding_argument(finding, "left", zh, en);
        return;
    }
    zp_finding_argument(finding, "left", "空着", "is left blank");
}

static void report_low(ZpContext *context, ZpSpot spot, const ZpFund *fund, ZpFraction percent)
{
    bool is_asked = context->form->has_funds_reason_column;
    ZpDecimal limit = context->facts->profile->low_execution, rounded;
    ZpFinding *finding = zp_answer_fail(context, is_asked ? ZP_SEVERITY_WARNING : ZP_SEVERITY_NOTE,
                                        spot, fund->rate.text, NULL);
    if (is_asked)
        finding->message = "asked";
    add_amounts(finding, fund);
    add_left(context, finding);
    zp_finding_figure(finding, "limit", limit);
    bool is_blank = zp_text_is_empty(fund->rate.text);
    g_autofree char *zh = g_strconcat("表上写 ", fund->rate.text, NULL);
    g_autofree char *en = g_strconcat(fund->rate.text, " is printed", NULL);
    zp_finding_argument(finding, "printed", is_blank ? "表上没有写" : zh,
                        is_blank ? "none is printed" : en);
    if (zp_fraction_round(percent, 2, ZP_ROUND_HALF_UP, &rounded))
        zp_finding_figure(finding, "rate", rounded);
}

void zp_check_low_execution(ZpContext *context)
{
    const ZpReason *why = NULL;
    ZpFraction percent;
    ZpDecimal bound;
    const ZpFund *fund = zp_form_fund(context->form, context->place);
    const ZpFundFacts *facts = &context->facts->funds[context->place];
    ZpSpot spot = zp_spot_fund(context->place, "rate", &fund->rate.at);
    if (facts->money[ZP_MONEY_BUDGET].state == ZP_CELL_ABSENT ||
        facts->money[ZP_MONEY_EXECUTED].state == ZP_CELL_ABSENT) {
        zp_answer_not_applicable(context);
        return;
    }
    ZpDecimal limit = context->facts->profile->low_execution;
    if (zp_fund_rate(facts, &percent, &why) != ZP_RATE_EXACT) {
        zp_answer_cannot(context, spot, why);
        return;
    }
    if (!zp_decimal_multiply(limit, percent.under, &bound)) {
        zp_answer_cannot(context, spot, &ZP_WHY_OVERFLOW);
        return;
    }
    if (zp_decimal_compare(percent.over, bound) >= 0 || zp_funds_have_reason(context))
        zp_answer_pass(context);
    else
        report_low(context, spot, fund, percent);
}

static const ZpReason WHY_NO_RATE = {"项目资金栏没有执行率，也算不出",
                                     "the funds block states no execution rate and none follows"};
static const ZpReason WHY_NO_FIGURE = {"实际完成值里没有数", "the actual value holds no number"};

/* An actual value that may stand for the rate: in percent, or a bare ratio up to 1. */
static bool is_exact_rate(ZpFraction percent, ZpDecimal actual)
{
    return zp_fraction_gives(percent, actual.scale, ZP_ROUND_HALF_UP, actual) == ZP_ANSWER_YES ||
           zp_fraction_gives(percent, actual.scale, ZP_ROUND_UP, actual) == ZP_ANSWER_YES ||
           zp_fraction_gives(percent, actual.scale, ZP_ROUND_DOWN, actual) == ZP_ANSWER_YES;
}

/* A bare figure up to 1 in percent, as it would be if it were a ratio: 0.95 is 95, known to whole percents. */
static ZpDecimal as_percent(ZpDecimal figure)
{
    if (figure.scale >= 2)
        figure.scale -= 2;
    else
        zp_decimal_multiply(figure, zp_decimal_from_int(100), &figure);
    return figure;
}

static bool is_bare_ratio(const ZpValue *value)
{
    return zp_text_is_empty(value->unit) &&
           zp_decimal_compare(value->value, zp_decimal_from_int(1)) <= 0;
}

/* The rates of the funds block that an actual value may repeat. */
typedef struct {
    const ZpValue *stated; /* (nullable) */
    ZpRateState state;
    ZpFraction exact;
    const ZpReason *why; /* (nullable) why one of them cannot be used */
} Rates;

static bool is_one_of(const Rates *rates, ZpDecimal percent)
{
    ZpDecimal stated;
    if (rates->stated) {
        stated =
            is_bare_ratio(rates->stated) ? as_percent(rates->stated->value) : rates->stated->value;
        if (zp_decimal_compare(stated, percent) == 0)
            return true;
    }
    return rates->state == ZP_RATE_EXACT && is_exact_rate(rates->exact, percent);
}

/* Both print the same ratio: 0.95 and 0.95. */
static bool is_stated_ratio(const Rates *rates, const ZpValue *actual)
{
    return rates->stated && is_bare_ratio(rates->stated) && is_bare_ratio(actual) &&
           zp_decimal_compare(rates->stated->value, actual->value) == 0;
}

static void report_other_rate(ZpContext *context, ZpSpot spot, const ZpIndicator *row,
                              const ZpFund *fund, const ZpFraction *percent)
{
    ZpDecimal rounded;
    g_autofree char *exact = NULL;
    if (percent && zp_fraction_round(*percent, 2, ZP_ROUND_HALF_UP, &rounded))
        exact = percent_text(rounded);
    bool is_stated = zp_cell_state(&fund->rate) == ZP_CELL_NUMBER;
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_ERROR, spot, row->actual.text,
                                        is_stated ? fund->rate.text : exact);
    zp_finding_name(finding, "name", row->level3.text);
    add_amounts(finding, fund);
    if (!exact)
        finding->message = "stated-only";
    zp_finding_text(finding, "exact", exact);
}

void zp_check_rate_indicator(ZpContext *context)
{
    guint k = context->place;
    const ZpIndicator *row = zp_form_indicator(context->form, k);
    const ZpLexicon *lexicon = zp_rulebook_lexicon(context->rulebook);
    ZpSpot spot = zp_spot_indicator(k, "actual", &row->actual.at);
    if (zp_text_is_empty(row->level3.text) ||
        !zp_lexicon_is_rate_indicator(lexicon, row->level3.text)) {
        zp_answer_not_applicable(context);
        return;
    }
    if (zp_cell_state(&row->actual) != ZP_CELL_NUMBER) {
        const ZpReason *cause = zp_cause_of(context->facts, &row->actual);
        zp_answer_cannot(context, spot, cause ? cause : &WHY_NO_FIGURE);
        return;
    }
    if (context->facts->total < 0) {
        zp_answer_cannot(context, spot, &WHY_NO_RATE);
        return;
    }
    const ZpFund *fund = zp_form_fund(context->form, (guint)context->facts->total);
    Rates rates = {.stated = zp_cell_state(&fund->rate) == ZP_CELL_NUMBER ? &fund->rate : NULL};
    const ZpReason *why = NULL;
    rates.state = zp_fund_rate(&context->facts->funds[context->facts->total], &rates.exact, &why);
    rates.why = zp_cause_of(context->facts, &fund->rate);
    if (!rates.why && rates.state == ZP_RATE_MALFORMED)
        rates.why = why;
    ZpDecimal actual = row->actual.value;
    bool is_share = is_bare_ratio(&row->actual) && is_one_of(&rates, as_percent(actual));
    if (is_share || is_one_of(&rates, actual) || is_stated_ratio(&rates, &row->actual))
        zp_answer_pass(context);
    else if (rates.why)
        zp_answer_cannot(context, spot, rates.why);
    else if (!rates.stated && rates.state == ZP_RATE_MISSING)
        zp_answer_cannot(context, spot, &WHY_NO_RATE);
    else
        report_other_rate(context, spot, row, fund,
                          rates.state == ZP_RATE_EXACT ? &rates.exact : NULL);
}
