/*
 * score_total.c - S01 to S03: the stated total, the score in the head and the grade.
 *
 * Added are the score of the total funds row and of every indicator that is scored.  A row that prints
 * neither weight nor score adds nothing; a missing score makes the sum unknown.
 */
#include "rules/context.h"

#include <string.h>

typedef struct {
    ZpDecimal sum, execution, indicators;
    const ZpReason *why; /* (nullable) */
} ScoreSum;

static void add_figure(ScoreSum *scores, ZpDecimal figure, ZpDecimal *part)
{
    if (!zp_decimal_add(scores->sum, figure, &scores->sum) || !zp_decimal_add(*part, figure, part))
        scores->why = &ZP_WHY_OVERFLOW;
}

static ScoreSum sum_scores(const ZpContext *context)
{
    const ZpForm *form = context->form;
    ScoreSum scores = {0};
    if (context->facts->total >= 0) {
        /* The total funds row; a blank makes the sum unknown, a dash says that it is not scored. */
        const ZpValue *score = &zp_form_fund(context->form, (guint)context->facts->total)->score;
        const ZpReason *cause = zp_cause_of(context->facts, score);
        if (cause)
            scores.why = cause;
        else if (zp_figure_state(score) == ZP_CELL_NUMBER)
            add_figure(&scores, score->value, &scores.execution);
        else if (zp_figure_state(score) == ZP_CELL_BLANK)
            scores.why = &ZP_WHY_SCORE_MISSING;
    }
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpIndicatorFacts *facts = &context->facts->indicators[k];
        const ZpReason *gap = facts->is_scored ? zp_score_gap(context->facts, form, k) : NULL;
        if (gap)
            scores.why = gap;
        else if (facts->is_scored && zp_figure_state(facts->score) == ZP_CELL_NUMBER)
            add_figure(&scores, facts->score->value, &scores.indicators);
    }
    return scores;
}

/* {off}: how much too high or too low the total is. */
static void add_off(ZpFinding *finding, ZpDecimal stated, ZpDecimal sum)
{
    ZpDecimal off;
    char figure[ZP_DECIMAL_TEXT_MAX];
    if (!zp_decimal_subtract(stated, sum, &off))
        return;
    bool is_less = off.coefficient < 0;
    off.coefficient = is_less ? -off.coefficient : off.coefficient;
    zp_decimal_print(off, figure);
    g_autofree char *zh = g_strconcat(is_less ? "少写了 " : "多写了 ", figure, NULL);
    g_autofree char *en = g_strconcat(figure, is_less ? " too little" : " too much", NULL);
    zp_finding_argument(finding, "off", zh, en);
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
    add_off(finding, stated->value, scores->sum);
}

static const ZpReason WHY_NO_TOTAL = {"总分没有填（C01）", "the total score is missing (C01)"};

/* The total row prints no score that can be used. */
static const ZpReason *why_no_total(const ZpContext *context)
{
    const ZpReason *cause = zp_cause_of(context->facts, &context->form->total_score);
    return cause ? cause : &WHY_NO_TOTAL;
}

void zp_check_score_total(ZpContext *context)
{
    const ZpForm *form = context->form;
    ZpCellState state = zp_figure_state(&form->total_score);
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
        scores.why = why_no_total(context);
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
static const ZpReason *why_no_headline(const ZpContext *context, bool has_total,
                                       const ScoreSum *scores)
{
    const ZpForm *form = context->form;
    const ZpReason *cause = zp_cause_of(context->facts, &form->headline);
    if (form->missing)
        return &ZP_WHY_PARTIAL;
    if (cause || !has_total)
        return cause ? cause : scores->why;
    return zp_figure_state(&form->total_score) == ZP_CELL_NUMBER ? NULL : why_no_total(context);
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
    const ZpReason *why = why_no_headline(context, has_total, &scores);
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
static char *limits_text(const ZpFacts *facts, const char *separator)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char figure[ZP_DECIMAL_TEXT_MAX];
    for (guint k = 0; k + 1 < ZP_GRADE_COUNT; k++)
        g_string_append_printf(text, "%s%s ≥ %s", k ? separator : "",
                               facts->profile->grades[k].name,
                               zp_decimal_print(facts->grade_from[k], figure));
    return g_strdup(text->str);
}

static void report_grade(ZpContext *context, ZpSpot spot, guint wanted)
{
    const ZpForm *form = context->form;
    g_autofree char *zh = limits_text(context->facts, "、");
    g_autofree char *en = limits_text(context->facts, ", ");
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_ERROR, spot, form->total_grade.text,
                                        context->facts->profile->grades[wanted].name);
    if (context->facts->has_printed_grades)
        finding->message = "printed";
    zp_finding_text(finding, "total", form->total_score.text);
    zp_finding_argument(finding, "limits", zh, en);
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
    bool has_total = zp_figure_state(&form->total_score) == ZP_CELL_NUMBER;
    int stated = find_grade(context->facts->profile, form->total_grade.text);
    if (!has_total || stated < 0) {
        zp_answer_cannot(context, spot, has_total ? &WHY_NO_GRADE : why_no_total(context));
        return;
    }
    guint wanted = zp_grade_of(context->facts, form->total_score.value);
    if (wanted == (guint)stated)
        zp_answer_pass(context);
    else
        report_grade(context, spot, wanted);
}
