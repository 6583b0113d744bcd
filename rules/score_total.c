/*
 * score_total.c - S01: the stated total against the sum of the scores.
 *
 * Added are the score of the total funds row and of every indicator that is neither a template
 * row nor a 其中 row.  A dash means "not scored" and adds nothing; a blank makes the sum unknown.
 */
#include "rules/context.h"

typedef struct {
    ZpDecimal sum, execution, indicators;
    const ZpReason *why; /* (nullable) */
} ScoreSum;

static void add_score(ScoreSum *scores, const ZpValue *value, ZpDecimal *part)
{
    switch (zp_cell_state(value)) {
    case ZP_CELL_NUMBER:
        if (!zp_decimal_add(scores->sum, value->value, &scores->sum) ||
            !zp_decimal_add(*part, value->value, part))
            scores->why = &ZP_WHY_OVERFLOW;
        break;
    case ZP_CELL_MALFORMED:
        scores->why = &ZP_WHY_MALFORMED;
        break;
    case ZP_CELL_BLANK:
        scores->why = &ZP_WHY_SCORE_MISSING;
        break;
    case ZP_CELL_ABSENT:
    case ZP_CELL_DASH:
        break;
    }
}

static ScoreSum sum_scores(const ZpContext *context)
{
    const ZpForm *form = context->form;
    ScoreSum scores = {0};
    if (context->facts->total >= 0)
        add_score(&scores, &zp_form_fund(form, (guint)context->facts->total)->score,
                  &scores.execution);
    for (guint k = 0; k < form->indicators->len; k++)
        if (context->facts->indicators[k].is_scored)
            add_score(&scores, &zp_form_indicator(form, k)->score, &scores.indicators);
    return scores;
}

static void report_total(ZpContext *context, ZpSpot spot, const ScoreSum *scores)
{
    const ZpValue *stated = &context->form->total_score;
    ZpDecimal rounded;
    bool is_rounded =
        zp_decimal_round(scores->sum, stated->value.scale, ZP_ROUND_HALF_UP, &rounded) &&
        zp_decimal_compare(rounded, stated->value) == 0;
    if (is_rounded && zp_profile_grants(context->facts->profile, "rounded")) {
        zp_answer_pass(context);
        return;
    }
    char sum[ZP_DECIMAL_TEXT_MAX];
    ZpFinding *finding = zp_answer_fail(context, is_rounded ? ZP_SEVERITY_NOTE : ZP_SEVERITY_ERROR,
                                        spot, stated->text, zp_decimal_print(scores->sum, sum));
    if (is_rounded)
        zp_finding_habit(finding, "rounded");
    zp_finding_figure(finding, "execution", scores->execution);
    zp_finding_figure(finding, "indicators", scores->indicators);
    ZpDecimal off;
    if (zp_decimal_subtract(stated->value, scores->sum, &off))
        zp_finding_figure(finding, "off", off);
}

void zp_check_score_total(ZpContext *context)
{
    const ZpForm *form = context->form;
    ZpCellState state = zp_cell_state(&form->total_score);
    bool is_cut = form->missing && form->has_score_column;
    if (!form->has_score_column || (state == ZP_CELL_ABSENT && !is_cut)) {
        zp_answer_not_applicable(context);
        return;
    }
    ZpSpot spot = zp_spot_field("/total/score", &form->total_score.at);
    ScoreSum scores = sum_scores(context);
    if (form->missing)
        scores.why = &ZP_WHY_PARTIAL;
    else if (state != ZP_CELL_NUMBER)
        scores.why = state == ZP_CELL_MALFORMED ? &ZP_WHY_MALFORMED : &ZP_WHY_SCORE_MISSING;
    if (scores.why)
        zp_answer_cannot(context, spot, scores.why);
    else if (zp_decimal_compare(form->total_score.value, scores.sum) == 0)
        zp_answer_pass(context);
    else
        report_total(context, spot, &scores);
}
