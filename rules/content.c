/*
 * content.c - the C rules of one indicator: what stands in the wrong place, what is no exact figure.
 */
#include "rules/context.h"

#include <string.h>

static ZpFinding *report_row(ZpContext *context, ZpSeverity severity, ZpSpot spot,
                             const char *stated, const char *expected)
{
    const ZpIndicator *row = zp_form_indicator(context->form, context->place);
    ZpFinding *finding = zp_answer_fail(context, severity, spot, stated, expected);
    zp_finding_name(finding, "name", row->level3.text);
    zp_finding_text(finding, "target", row->target.text);
    zp_finding_text(finding, "actual", row->actual.text);
    return finding;
}

static ZpSpot actual_spot(const ZpContext *context)
{
    const ZpIndicator *row = zp_form_indicator(context->form, context->place);
    return zp_spot_indicator(context->place, "actual", &row->actual.at);
}

/* The finding that the target or a filled actual value is the matter of; blanks are no figures. */
static const ZpReason *row_cause(const ZpContext *context, const ZpIndicator *row)
{
    const ZpReason *cause =
        zp_text_is_empty(row->target.text) ? NULL : zp_cause_of(context->facts, &row->target);
    if (cause || zp_text_is_empty(row->actual.text))
        return cause;
    return zp_cause_of(context->facts, &row->actual);
}

void zp_check_unit_mismatch(ZpContext *context)
{
    const ZpIndicator *row = zp_form_indicator(context->form, context->place);
    const ZpLexicon *lexicon = zp_rulebook_lexicon(context->rulebook);
    const ZpReason *cause = row_cause(context, row);
    if (cause) {
        zp_answer_cannot(context, actual_spot(context), cause);
        return;
    }
    if (!row->target.has_value || !row->actual.has_value || zp_text_is_empty(row->target.unit) ||
        zp_text_is_empty(row->actual.unit)) {
        zp_answer_not_applicable(context);
        return;
    }
    int power;
    const char *target = zp_lexicon_unit(lexicon, row->target.unit, &power);
    const char *actual = zp_lexicon_unit(lexicon, row->actual.unit, &power);
    if (!*target || !*actual || strcmp(target, actual) == 0) {
        zp_answer_pass(context);
        return;
    }
    ZpFinding *finding =
        report_row(context, ZP_SEVERITY_WARNING, actual_spot(context), row->actual.text, NULL);
    zp_finding_text(finding, "target_unit", row->target.unit);
    zp_finding_text(finding, "actual_unit", row->actual.unit);
}

/* A sign, not a word: 95%以上 is how people write, =95% how the reporting system does. */
static bool has_sign(const char *text)
{
    for (; *text; text = g_utf8_next_char(text)) {
        if (g_utf8_strchr("=≥≧⩾>≤≦⩽<═＝＞＜﹥﹤﹦", -1, g_utf8_get_char(text)))
            return true;
    }
    return false;
}

void zp_check_comparator_in_actual(ZpContext *context)
{
    const ZpValue *actual = &zp_form_indicator(context->form, context->place)->actual;
    char bare[ZP_DECIMAL_TEXT_MAX];
    const ZpReason *cause = zp_cause_of(context->facts, actual);
    if (cause && *actual->text) {
        zp_answer_cannot(context, actual_spot(context), cause);
        return;
    }
    if (!actual->has_value) {
        zp_answer_not_applicable(context);
        return;
    }
    if (actual->op == ZP_OP_NONE || actual->op == ZP_OP_RANGE || !has_sign(actual->text)) {
        zp_answer_pass(context);
        return;
    }
    ZpFinding *finding =
        report_row(context, ZP_SEVERITY_NOTE, actual_spot(context), actual->text, NULL);
    zp_decimal_print(actual->value, bare);
    g_autofree char *figure = g_strconcat(bare, actual->unit, NULL);
    zp_finding_text(finding, "figure", figure);
}

void zp_check_misplaced_indicator(ZpContext *context)
{
    const ZpIndicator *row = zp_form_indicator(context->form, context->place);
    const char *home = NULL;
    if (zp_text_is_empty(row->level3.text) || !row->level2.text) {
        zp_answer_not_applicable(context);
        return;
    }
    home = zp_lexicon_home_of_name(zp_rulebook_lexicon(context->rulebook), row->level3.text,
                                   row->level1.text ? row->level1.text : "", row->level2.text);
    if (!home) {
        zp_answer_pass(context);
        return;
    }
    ZpSpot spot = zp_spot_indicator(context->place, "level2", &row->level2.at);
    report_row(context, ZP_SEVERITY_NOTE, spot, row->level2.text, home);
}

void zp_check_duplicate_indicator(ZpContext *context)
{
    const ZpIndicator *row = zp_form_indicator(context->form, context->place);
    int twin = context->facts->indicators[context->place].twin;
    if (zp_text_is_empty(row->level3.text)) {
        zp_answer_not_applicable(context);
        return;
    }
    if (twin < 0) {
        zp_answer_pass(context);
        return;
    }
    ZpSpot spot = zp_spot_indicator(context->place, "level3", &row->level3.at);
    ZpFinding *finding = report_row(context, ZP_SEVERITY_WARNING, spot, row->level3.text, NULL);
    zp_finding_text(finding, "level1", row->level1.text);
    zp_finding_text(finding, "level2", row->level2.text);
    zp_finding_figure(finding, "first", zp_decimal_from_int(twin + 1));
}

void zp_check_approximate_actual(ZpContext *context)
{
    const ZpValue *actual = &zp_form_indicator(context->form, context->place)->actual;
    const ZpReason *cause = zp_cause_of(context->facts, actual);
    if (cause && *actual->text) {
        zp_answer_cannot(context, actual_spot(context), cause);
        return;
    }
    if (!actual->has_value) {
        zp_answer_not_applicable(context);
        return;
    }
    if (actual->approx == ZP_APPROX_NONE) {
        zp_answer_pass(context);
        return;
    }
    report_row(context, ZP_SEVERITY_NOTE, actual_spot(context), actual->text, NULL);
}

/* Met so far above a positive target that a reason is called for (S09). */
static bool is_over_target(const ZpContext *context, const ZpIndicatorFacts *facts)
{
    ZpDecimal limit;
    return facts->is_comparable && facts->direction == ZP_DIRECTION_POSITIVE &&
           zp_decimal_sign(facts->target) > 0 &&
           zp_decimal_multiply(facts->target, context->facts->profile->over_target, &limit) &&
           zp_decimal_compare(facts->actual, limit) >= 0;
}

/* Why C13 cannot be said of a row that has a reason; NULL: it can. */
static const ZpReason *why_unknown(const ZpContext *context, const ZpIndicator *row)
{
    const ZpReason *why = zp_cause_of(context->facts, &row->weight);
    if (!why)
        why = zp_score_gap(context->facts, context->form, context->place);
    return why;
}

void zp_check_reason_unneeded(ZpContext *context)
{
    const ZpForm *form = context->form;
    const ZpIndicator *row = zp_form_indicator(form, context->place);
    const ZpIndicatorFacts *facts = &context->facts->indicators[context->place];
    if (!form->has_reason_column || !form->has_weight_column || !form->has_score_column ||
        !facts->is_scored) {
        zp_answer_not_applicable(context);
        return;
    }
    if (facts->is_reason_blank || facts->met == ZP_MET_NO) {
        zp_answer_pass(context);
        return;
    }
    ZpSpot spot = zp_spot_indicator(context->place, "reason", &row->reason.at);
    const ZpReason *why = why_unknown(context, row);
    if (why) {
        zp_answer_cannot(context, spot, why);
        return;
    }
    if (zp_figure_state(facts->score) != ZP_CELL_NUMBER ||
        zp_figure_state(&row->weight) != ZP_CELL_NUMBER ||
        zp_decimal_compare(facts->score->value, row->weight.value) != 0 ||
        is_over_target(context, facts)) {
        zp_answer_pass(context);
        return;
    }
    if (facts->met == ZP_MET_UNSAID) {
        zp_answer_cannot(context, spot, facts->why);
        return;
    }
    ZpFinding *finding = report_row(context, ZP_SEVERITY_NOTE, spot, row->reason.text, NULL);
    zp_finding_text(finding, "score", facts->score->text);
    zp_finding_text(finding, "reason", row->reason.text);
}

static const ZpReason WHY_SEVERAL = {"实际完成值里是日期或几个数",
                                     "the actual value holds a date or several numbers"};

void zp_check_actual_not_a_number(ZpContext *context)
{
    const ZpIndicator *row = zp_form_indicator(context->form, context->place);
    const ZpValue *actual = &row->actual;
    const ZpReason *cause = row_cause(context, row);
    if (cause) {
        zp_answer_cannot(context, actual_spot(context), cause);
        return;
    }
    if (!row->target.has_value || zp_text_is_empty(actual->text)) {
        zp_answer_not_applicable(context);
        return;
    }
    if (actual->has_value) {
        zp_answer_pass(context);
        return;
    }
    if (!actual->date.year && strpbrk(actual->text, "0123456789") != NULL) {
        zp_answer_cannot(context, actual_spot(context), &WHY_SEVERAL);
        return;
    }
    report_row(context, ZP_SEVERITY_WARNING, actual_spot(context), actual->text, NULL);
}
