/*
 * score_total.c - S01 to S03: the stated total, the score in the head and the grade.
 *
 * Added are the score of the total funds row and of every indicator that is neither a template
 * row nor a 其中 row.  A dash means "not scored" and adds nothing; a blank makes the sum unknown.
 */
#include "rules/context.h"

#include <string.h>

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
            add_score(&scores, context->facts->indicators[k].score, &scores.indicators);
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

/* The sum of a form without a total row, for the score in its head. */
static void compare_with_sum(ZpContext *context, ZpSpot spot, const ScoreSum *scores)
{
    const ZpValue *headline = &context->form->headline;
    char sum[ZP_DECIMAL_TEXT_MAX];
    if (zp_decimal_compare(headline->value, scores->sum) == 0) {
        zp_answer_pass(context);
        return;
    }
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_ERROR, spot, headline->text,
                                        zp_decimal_print(scores->sum, sum));
    finding->message = "sum";
    zp_finding_figure(finding, "execution", scores->execution);
    zp_finding_figure(finding, "indicators", scores->indicators);
}

static void compare_with_total(ZpContext *context, ZpSpot spot)
{
    const ZpForm *form = context->form;
    if (zp_decimal_compare(form->headline.value, form->total_score.value) == 0)
        zp_answer_pass(context);
    else
        zp_answer_fail(context, ZP_SEVERITY_ERROR, spot, form->headline.text,
                       form->total_score.text);
}

/* Why the head's score cannot be compared; NULL: it can. */
static const ZpReason *why_no_headline(const ZpForm *form, bool has_total, const ScoreSum *scores)
{
    ZpCellState total = zp_cell_state(&form->total_score);
    if (form->missing)
        return &ZP_WHY_PARTIAL;
    if (form->headline.is_malformed || total == ZP_CELL_MALFORMED)
        return &ZP_WHY_MALFORMED;
    if (has_total)
        return total == ZP_CELL_NUMBER ? NULL : &ZP_WHY_SCORE_MISSING;
    return scores->why;
}

void zp_check_headline_score(ZpContext *context)
{
    const ZpForm *form = context->form;
    bool has_total = zp_cell_state(&form->total_score) != ZP_CELL_ABSENT;
    if (zp_cell_state(&form->headline) < ZP_CELL_MALFORMED ||
        (!has_total && !form->has_score_column && !form->missing)) {
        zp_answer_not_applicable(context);
        return;
    }
    ZpSpot spot = zp_spot_field("/headline", &form->headline.at);
    ScoreSum scores = sum_scores(context);
    const ZpReason *why = why_no_headline(form, has_total, &scores);
    if (why)
        zp_answer_cannot(context, spot, why);
    else if (has_total)
        compare_with_total(context, spot);
    else
        compare_with_sum(context, spot, &scores);
}

/* The profile's grade that a word means; -1: none. */
static int find_grade(const ZpProfile *profile, const char *word)
{
    g_autoptr(GString) folded = g_string_new(NULL);
    zp_text_append_folded(folded, word, strlen(word));
    for (int k = 0; k < ZP_GRADE_COUNT; k++) {
        const ZpGrade *grade = &profile->grades[k];
        if (strcmp(grade->name, folded->str) == 0)
            return k;
        for (guint i = 0; i < grade->n_also; i++)
            if (strcmp(grade->also[i], folded->str) == 0)
                return k;
    }
    return -1;
}

/* 优 ≥ 90, 良 ≥ 80, 中 ≥ 60 */
static char *limits_text(const ZpFacts *facts)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char figure[ZP_DECIMAL_TEXT_MAX];
    for (guint k = 0; k + 1 < ZP_GRADE_COUNT; k++)
        g_string_append_printf(text, "%s%s ≥ %s", k ? ", " : "", facts->profile->grades[k].name,
                               zp_decimal_print(facts->grade_from[k], figure));
    return g_strdup(text->str);
}

static void report_grade(ZpContext *context, ZpSpot spot, guint wanted)
{
    const ZpForm *form = context->form;
    g_autofree char *limits = limits_text(context->facts);
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_ERROR, spot, form->total_grade.text,
                                        context->facts->profile->grades[wanted].name);
    if (context->facts->has_printed_grades)
        finding->message = "printed";
    zp_finding_text(finding, "total", form->total_score.text);
    zp_finding_text(finding, "limits", limits);
}

static const ZpReason WHY_NO_GRADE = {"等级不是优、良、中、差之一",
                                      "the grade is none of 优, 良, 中 and 差"};

void zp_check_grade(ZpContext *context)
{
    const ZpForm *form = context->form;
    if (zp_text_is_empty(form->total_grade.text)) {
        zp_answer_not_applicable(context);
        return;
    }
    ZpSpot spot = zp_spot_field("/total/grade", &form->total_grade.at);
    ZpCellState state = zp_cell_state(&form->total_score);
    int stated = find_grade(context->facts->profile, form->total_grade.text);
    if (state != ZP_CELL_NUMBER || stated < 0) {
        const ZpReason *why =
            state == ZP_CELL_MALFORMED ? &ZP_WHY_MALFORMED : &ZP_WHY_SCORE_MISSING;
        zp_answer_cannot(context, spot, state == ZP_CELL_NUMBER ? &WHY_NO_GRADE : why);
        return;
    }
    guint wanted = zp_grade_of(context->facts, form->total_score.value);
    if (wanted == (guint)stated)
        zp_answer_pass(context);
    else
        report_grade(context, spot, wanted);
}
