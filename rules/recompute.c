/*
 * recompute.c - the form scored again from its own figures.
 *
 * A figure that neither follows nor is stated leaves the total, and with it the grade, unknown.
 */
#include "rules/recompute.h"

#include "rules/rates.h"

/* Decimals of a recomputed score that is not a full weight. */
#define SCORE_PLACES 2

typedef struct {
    ZpRecomputed *out;
    ZpDecimal sum;
    bool is_known; /* no figure is missing so far */
} Recount;

static char *add_figure(Recount *recount, ZpDecimal figure)
{
    char text[ZP_DECIMAL_TEXT_MAX];
    if (!zp_decimal_add(recount->sum, figure, &recount->sum))
        recount->is_known = false;
    return g_strdup(zp_decimal_print(figure, text));
}

/* The stated score, or NULL where it cannot be used: then the total is unknown. */
static char *assume(Recount *recount, const ZpValue *score, char *pointer)
{
    g_autofree char *owned = pointer;
    ZpCellState state = zp_figure_state(score);
    if (state == ZP_CELL_NUMBER) {
        g_ptr_array_add(recount->out->assumed, g_steal_pointer(&owned));
        return add_figure(recount, score->value);
    }
    recount->is_known = false;
    return NULL;
}

static bool compute_execution(const ZpForm *form, const ZpFund *total, const ZpFundFacts *facts,
                              ZpDecimal *score)
{
    ZpDecimal weight;
    ZpFraction percent, exact;
    if (zp_form_execution_weight(form, total, &weight) != ZP_CELL_NUMBER ||
        zp_fund_rate(facts, &percent, NULL) != ZP_RATE_EXACT ||
        !zp_decimal_multiply(weight, percent.over, &exact.over) ||
        !zp_decimal_multiply(percent.under, zp_decimal_from_int(100), &exact.under) ||
        !zp_fraction_round(exact, SCORE_PLACES, ZP_ROUND_HALF_UP, score))
        return false;
    if (zp_decimal_compare(*score, weight) <= 0)
        return true;
    return zp_decimal_round(weight, SCORE_PLACES, ZP_ROUND_HALF_UP, score);
}

static void recompute_execution(Recount *recount, const ZpForm *form, const ZpFacts *facts)
{
    if (facts->total < 0)
        return;
    const ZpFund *total = zp_form_fund(form, (guint)facts->total);
    ZpCellState state = zp_cell_state(&total->score);
    ZpDecimal score;
    if (state == ZP_CELL_ABSENT || state == ZP_CELL_DASH)
        return;
    if (compute_execution(form, total, &facts->funds[facts->total], &score))
        recount->out->execution = add_figure(recount, score);
    else
        recount->out->execution =
            assume(recount, &total->score, g_strdup_printf("/funds/%d/score", facts->total));
}

/* The score that follows for one indicator. */
static bool compute_indicator(const ZpIndicator *row, const ZpIndicatorFacts *facts,
                              ZpDecimal *score)
{
    bool has_weight =
        zp_figure_state(&row->weight) == ZP_CELL_NUMBER && zp_decimal_sign(row->weight.value) != 0;
    *score = row->weight.value;
    if (!has_weight || facts->met == ZP_MET_UNSAID)
        return false;
    if (facts->met == ZP_MET_YES)
        return true;
    return facts->n_expected &&
           zp_fraction_round(facts->expected[0], SCORE_PLACES, ZP_ROUND_HALF_UP, score);
}

static char *recompute_indicator(Recount *recount, const ZpIndicator *row,
                                 const ZpIndicatorFacts *facts, guint k, bool is_unscored)
{
    ZpDecimal score;
    if (!facts->is_scored || is_unscored)
        return NULL;
    if (compute_indicator(row, facts, &score))
        return add_figure(recount, score);
    return assume(recount, facts->score, g_strdup_printf("/indicators/%u/score", k));
}

static void finish(Recount *recount, const ZpFacts *facts)
{
    char text[ZP_DECIMAL_TEXT_MAX];
    ZpDecimal total = recount->sum;
    if (!recount->is_known)
        return;
    if (total.scale < SCORE_PLACES &&
        !zp_decimal_round(total, SCORE_PLACES, ZP_ROUND_HALF_UP, &total))
        return;
    recount->out->total = g_strdup(zp_decimal_print(total, text));
    recount->out->grade = g_strdup(facts->profile->grades[zp_grade_of(facts, total)].name);
}

void zp_form_recompute(ZpRecomputed *recomputed, const ZpForm *form, const ZpFacts *facts)
{
    recomputed->has_scores = form->has_score_column;
    if (!form->has_score_column)
        return;
    Recount recount = {.out = recomputed, .is_known = true};
    recompute_execution(&recount, form, facts);
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpReason *gap = zp_score_gap(facts, form, k);
        bool is_unscored = !gap && zp_figure_state(facts->indicators[k].score) != ZP_CELL_NUMBER;
        g_ptr_array_add(recomputed->indicators,
                        recompute_indicator(&recount, zp_form_indicator(form, k),
                                            &facts->indicators[k], k, is_unscored));
    }
    finish(&recount, facts);
}
