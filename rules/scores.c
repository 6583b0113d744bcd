/*
 * scores.c - S04 to S09 and S11: the score of each indicator against its target.
 *
 * Whether the target was met is a fact (targets.c).  A rule whose other conditions already
 * fail passes although that is unsaid; where it depends on it, it cannot be evaluated.  A weight
 * or score that is missing or malformed comes before all of that.
 */
#include "rules/scored.h"

#include <string.h>

/* Where both curves of a reverse target count, the score of the second: `fix` then writes neither. */
static void add_other(ZpFinding *finding, const ZpIndicatorFacts *facts)
{
    ZpDecimal other;
    if (facts->n_expected > 1 && zp_fraction_round(facts->expected[1], 2, ZP_ROUND_HALF_UP, &other))
        zp_finding_figure(finding, "other", other);
}

void zp_check_score_range(ZpContext *context)
{
    ZpScored scored = zp_scored_row(context);
    if (!zp_scored_is_ready(context, &scored))
        return;
    if (scored.order > 0)
        add_other(zp_scored_fail(context, &scored, ZP_SEVERITY_ERROR, NULL), scored.facts);
    else
        zp_answer_pass(context);
}

/* The score is the actual percentage of the weight, below the weight. */
static ZpAnswer is_rate_as_score(const ZpContext *context, const ZpScored *scored)
{
    const ZpValue *actual = &scored->indicator->actual;
    static const ZpRounding MODES[] = {ZP_ROUND_HALF_UP, ZP_ROUND_UP, ZP_ROUND_DOWN};
    int power;
    if (zp_cell_state(actual) != ZP_CELL_NUMBER || zp_text_is_empty(actual->unit) ||
        strcmp(zp_lexicon_unit(zp_rulebook_lexicon(context->rulebook), actual->unit, &power), "%"))
        return ZP_ANSWER_NO;
    ZpFraction part = {.under = zp_decimal_from_int(100)};
    if (!zp_decimal_multiply(scored->weight, actual->value, &part.over))
        return ZP_ANSWER_OVERFLOW;
    for (guint k = 0; k < G_N_ELEMENTS(MODES); k++) {
        ZpAnswer answer = zp_fraction_gives(part, 2, MODES[k], scored->score);
        if (answer != ZP_ANSWER_NO)
            return answer;
    }
    return ZP_ANSWER_NO;
}

static void report_deducted(ZpContext *context, const ZpScored *scored)
{
    bool has_column = context->form->has_reason_column;
    bool is_blank = has_column && scored->facts->is_reason_blank;
    char weight[ZP_DECIMAL_TEXT_MAX];
    ZpFinding *finding =
        zp_scored_fail(context, scored, is_blank ? ZP_SEVERITY_ERROR : ZP_SEVERITY_WARNING,
                       zp_decimal_print(scored->weight, weight));
    if (is_blank)
        finding->message = "no-reason";
    else if (!has_column)
        finding->message = "no-column";
    zp_scored_add_reason(finding, scored->indicator);
}

void zp_check_met_but_deducted(ZpContext *context)
{
    ZpScored scored = zp_scored_row(context);
    if (zp_band_of(&scored.indicator->actual) != ZP_BAND_NONE) {
        zp_answer_not_applicable(context);
        return;
    }
    if (!zp_scored_is_ready(context, &scored))
        return;
    if (scored.order >= 0 || scored.facts->met == ZP_MET_NO) {
        zp_answer_pass(context);
        return;
    }
    if (scored.facts->met == ZP_MET_UNSAID) {
        zp_answer_cannot(context, scored.spot, scored.facts->why);
        return;
    }
    if (is_rate_as_score(context, &scored) == ZP_ANSWER_YES)
        zp_answer_pass(context);
    else
        report_deducted(context, &scored);
}

void zp_check_rate_as_score(ZpContext *context)
{
    ZpScored scored = zp_scored_row(context);
    if (!zp_scored_is_ready(context, &scored))
        return;
    ZpAnswer answer = is_rate_as_score(context, &scored);
    if (scored.order >= 0 || answer == ZP_ANSWER_NO || scored.facts->met == ZP_MET_NO) {
        zp_answer_pass(context);
        return;
    }
    if (answer == ZP_ANSWER_OVERFLOW || scored.facts->met == ZP_MET_UNSAID) {
        zp_answer_cannot(context, scored.spot,
                         answer == ZP_ANSWER_OVERFLOW ? &ZP_WHY_OVERFLOW : scored.facts->why);
        return;
    }
    char weight[ZP_DECIMAL_TEXT_MAX];
    zp_scored_fail(context, &scored, ZP_SEVERITY_ERROR, zp_decimal_print(scored.weight, weight));
}

/* The printed score is one of the expected ones after rounding. */
static ZpAnswer is_expected(const ZpScored *scored)
{
    for (guint k = 0; k < scored->facts->n_expected; k++) {
        ZpAnswer answer = zp_fraction_is_score(scored->facts->expected[k], scored->score);
        if (answer != ZP_ANSWER_NO)
            return answer;
    }
    return ZP_ANSWER_NO;
}

/* Which formulas the message of a missed ≤ target gives. */
static const char *reverse_message(const ZpContext *context, const ZpIndicatorFacts *facts)
{
    static const char *const MESSAGES[] = {[ZP_REVERSE_BOTH] = "reverse",
                                           [ZP_REVERSE_LINEAR] = "reverse-linear",
                                           [ZP_REVERSE_QUOTIENT] = "reverse-quotient"};
    if (zp_decimal_sign(facts->target) == 0)
        return "zero-target";
    return MESSAGES[context->facts->profile->reverse];
}

static void report_disproportion(ZpContext *context, const ZpScored *scored, ZpSeverity severity)
{
    const ZpIndicatorFacts *facts = scored->facts;
    char text[ZP_DECIMAL_TEXT_MAX];
    ZpDecimal first;
    const char *expected = NULL;
    if (zp_fraction_round(facts->expected[0], 2, ZP_ROUND_HALF_UP, &first))
        expected = zp_decimal_print(first, text);
    ZpFinding *finding = zp_scored_fail(context, scored, severity, expected);
    if (facts->direction != ZP_DIRECTION_REVERSE)
        return;
    finding->message = reverse_message(context, facts);
    add_other(finding, facts);
}

/* The full weight is what some formula gives at the decimals that the score is printed with. */
static bool is_full_by_rounding(const ZpScored *scored)
{
    ZpDecimal rounded;
    for (guint k = 0; k < scored->facts->n_curves; k++)
        if (zp_fraction_round(scored->facts->curves[k], scored->score.scale, ZP_ROUND_HALF_UP,
                              &rounded) &&
            zp_decimal_compare(rounded, scored->weight) == 0)
            return true;
    return false;
}

/* A date or a range has no proportion that could be named. */
static void report_full(ZpContext *context, const ZpScored *scored)
{
    if (!scored->facts->n_expected) {
        zp_scored_fail(context, scored, ZP_SEVERITY_ERROR, NULL)->message = "no-figure";
        return;
    }
    report_disproportion(context, scored, ZP_SEVERITY_ERROR);
}

/* Scores without decimals hide how little is missing; a reason says that it was seen. */
static void report_rounded(ZpContext *context, const ZpScored *scored)
{
    bool has_reason = context->form->has_reason_column && !scored->facts->is_reason_blank;
    char text[ZP_DECIMAL_TEXT_MAX];
    ZpDecimal exact;
    const char *expected = NULL;
    if (zp_fraction_round(scored->facts->curves[0], 2, ZP_ROUND_HALF_UP, &exact))
        expected = zp_decimal_print(exact, text);
    ZpFinding *finding = zp_scored_fail(
        context, scored, has_reason ? ZP_SEVERITY_NOTE : ZP_SEVERITY_WARNING, expected);
    zp_finding_habit(finding, "whole");
}

void zp_check_missed_but_full(ZpContext *context)
{
    ZpScored scored = zp_scored_row(context);
    if (!zp_scored_is_ready(context, &scored))
        return;
    if (scored.order != 0 || scored.facts->met == ZP_MET_YES)
        zp_answer_pass(context);
    else if (scored.facts->met == ZP_MET_UNSAID)
        zp_answer_cannot(context, scored.spot, scored.facts->why);
    else if (is_full_by_rounding(&scored))
        report_rounded(context, &scored);
    else
        report_full(context, &scored);
}

void zp_check_not_proportional(ZpContext *context)
{
    ZpScored scored = zp_scored_row(context);
    const ZpIndicatorFacts *facts = scored.facts;
    if (!zp_scored_is_ready(context, &scored))
        return;
    if (scored.order >= 0 || facts->met == ZP_MET_YES) {
        zp_answer_pass(context);
        return;
    }
    const ZpReason *why = facts->met == ZP_MET_UNSAID ? facts->why : NULL;
    if (facts->met == ZP_MET_NO && !facts->n_expected)
        why = facts->why_expected;
    ZpAnswer answer = why ? ZP_ANSWER_NO : is_expected(&scored);
    if (answer == ZP_ANSWER_OVERFLOW)
        why = &ZP_WHY_OVERFLOW;
    if (why)
        zp_answer_cannot(context, scored.spot, why);
    else if (answer == ZP_ANSWER_YES)
        zp_answer_pass(context);
    else
        report_disproportion(context, &scored, ZP_SEVERITY_WARNING);
}

void zp_check_reason_missing(ZpContext *context)
{
    ZpScored scored = zp_scored_row(context);
    if (!context->form->has_reason_column) {
        zp_answer_not_applicable(context);
        return;
    }
    if (!zp_scored_is_ready(context, &scored))
        return;
    if (scored.order >= 0 || scored.facts->met == ZP_MET_YES || !scored.facts->is_reason_blank) {
        zp_answer_pass(context);
        return;
    }
    scored.spot = zp_spot_indicator(scored.row, "reason", &scored.indicator->reason.at);
    if (scored.facts->cause) {
        zp_answer_cannot(context, scored.spot, scored.facts->cause);
        return;
    }
    ZpFinding *finding = zp_scored_fail(context, &scored, ZP_SEVERITY_ERROR, NULL);
    zp_scored_add_reason(finding, scored.indicator);
    g_free(finding->stated);
    finding->stated = g_strdup(scored.indicator->reason.text);
    if (scored.facts->met == ZP_MET_UNSAID)
        finding->message = "unsaid";
}

static const ZpReason WHY_WAY = {"目标没有写明不低于还是不高于",
                                 "the target does not say which way is better"};

/* Whether S09 can be asked of a row at all: a number that a number answers. */
static bool has_figure_target(const ZpIndicatorFacts *facts, const ZpIndicator *row)
{
    bool is_reverse = row->target.op == ZP_OP_LE || row->target.op == ZP_OP_LT ||
                      (facts->is_comparable && facts->direction == ZP_DIRECTION_REVERSE);
    return zp_cell_state(&row->target) == ZP_CELL_NUMBER && !is_reverse &&
           zp_decimal_sign(row->target.value) > 0;
}

static ZpAnswer is_over(const ZpContext *context, const ZpIndicatorFacts *facts)
{
    ZpDecimal limit;
    if (!zp_decimal_multiply(facts->target, context->facts->profile->over_target, &limit))
        return ZP_ANSWER_OVERFLOW;
    return zp_decimal_compare(facts->actual, limit) >= 0 ? ZP_ANSWER_YES : ZP_ANSWER_NO;
}

static void report_over(ZpContext *context, ZpSpot spot, const ZpIndicator *row)
{
    const ZpIndicatorFacts *facts = &context->facts->indicators[context->place];
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_WARNING, spot, row->actual.text, NULL);
    zp_finding_name(finding, "name", row->level3.text);
    zp_finding_text(finding, "target", row->target.text);
    zp_finding_text(finding, "actual", row->actual.text);
    zp_finding_figure(finding, "limit", context->facts->profile->over_target);
    ZpDecimal times;
    if (zp_decimal_divide(facts->actual, facts->target, 2, ZP_ROUND_DOWN, &times))
        zp_finding_figure(finding, "times", times);
    zp_scored_add_reason(finding, row);
}

void zp_check_over_target(ZpContext *context)
{
    guint k = context->place;
    const ZpIndicator *row = zp_form_indicator(context->form, k);
    const ZpIndicatorFacts *facts = &context->facts->indicators[k];
    ZpSpot spot = zp_spot_indicator(k, "actual", &row->actual.at);
    bool is_asked = context->form->has_reason_column && context->form->has_score_column;
    const ZpReason *cause = zp_cause_of(context->facts, &row->target);
    if (cause && is_asked && facts->is_scored) {
        zp_answer_cannot(context, spot, cause);
        return;
    }
    if (!is_asked || !facts->is_scored || !has_figure_target(facts, row)) {
        zp_answer_not_applicable(context);
        return;
    }
    if (!facts->is_reason_blank) {
        zp_answer_pass(context);
        return;
    }
    if (!facts->is_comparable) {
        zp_answer_cannot(context, spot, facts->why ? facts->why : &WHY_WAY);
        return;
    }
    ZpAnswer answer = is_over(context, facts);
    if (answer == ZP_ANSWER_NO)
        zp_answer_pass(context);
    else if (answer == ZP_ANSWER_OVERFLOW)
        zp_answer_cannot(context, spot, &ZP_WHY_OVERFLOW);
    else if (facts->direction == ZP_DIRECTION_UNSAID)
        zp_answer_cannot(context, spot, &WHY_WAY);
    else
        report_over(context, spot, row);
}
