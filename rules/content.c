/*
 * content.c - the C rules: what is blank, what stands in the wrong place, what is no figure.
 */
#include "rules/context.h"

#include <string.h>

static void check_required(ZpContext *context, const char *text, ZpSpot spot, const char *zh,
                           const char *en)
{
    if (!zp_text_is_empty(text)) {
        zp_answer_pass(context);
        return;
    }
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_ERROR, spot, text, NULL);
    zp_finding_argument(finding, "field", zh, en);
}

/* Templates whose head need not name project and unit. */
static bool has_free_head(const char *template_id)
{
    static const char *const FREE[] = {"unknown", "department", "system"};
    for (guint k = 0; k < G_N_ELEMENTS(FREE); k++)
        if (strcmp(template_id, FREE[k]) == 0)
            return true;
    return false;
}

/* A field of the head: blank, or not printed by a template that has it. */
static void check_head(ZpContext *context, const ZpText *field, const char *pointer, const char *zh,
                       const char *en)
{
    if (!field->text && has_free_head(context->form->template_id))
        zp_answer_not_applicable(context);
    else
        check_required(context, field->text, zp_spot_field(pointer, &field->at), zh, en);
}

static void check_total_cell(ZpContext *context, const ZpValue *value, const char *pointer,
                             bool has_column, const char *zh, const char *en)
{
    bool is_cut = context->form->missing & ZP_BLOCK_TOTAL;
    if (is_cut || !has_column || !value->text)
        zp_answer_not_applicable(context);
    else
        check_required(context, value->text, zp_spot_field(pointer, &value->at), zh, en);
}

/* Some cell of the row but the given one holds something. */
static bool has_other_cell(const ZpIndicator *row, const ZpValue *but)
{
    for (const ZpColumn *column = ZP_INDICATOR_COLUMNS; column->name; column++) {
        const ZpValue *value = zp_column_value(row, column);
        if (value != but && !zp_text_is_empty(value->text))
            return true;
    }
    return !zp_text_is_empty(row->reason.text);
}

static void check_indicator_cell(ZpContext *context, guint k, const ZpValue *value,
                                 const char *column)
{
    const ZpIndicator *row = zp_form_indicator(context->form, k);
    bool is_score = value == &row->score;
    bool is_cut = context->form->missing & ZP_BLOCK_INDICATORS;
    bool is_asked = !is_score || (context->form->has_score_column && row->part_of < 0);
    if (is_cut || !is_asked || !value->text || row->is_empty ||
        zp_text_is_empty(row->level3.text)) {
        zp_answer_not_applicable(context);
        return;
    }
    if (*value->text || !has_other_cell(row, value)) {
        zp_answer_pass(context);
        return;
    }
    ZpFinding *finding = zp_answer_fail(
        context, ZP_SEVERITY_ERROR, zp_spot_indicator(k, column, &value->at), value->text, NULL);
    finding->message = "indicator";
    zp_finding_text(finding, "name", row->level3.text);
    zp_finding_argument(finding, "field", is_score ? "得分" : "实际完成值",
                        is_score ? "score (得分)" : "actual value (实际完成值)");
}

void zp_check_value_missing(ZpContext *context)
{
    const ZpForm *form = context->form;
    check_head(context, &form->project, "/project", "项目名称", "project (项目名称)");
    check_head(context, &form->unit, "/unit", "实施单位", "unit (实施单位)");
    check_required(context, form->year ? "year" : NULL, zp_spot_field("/year", &form->year_at),
                   "年度", "year (年度)");
    check_total_cell(context, &form->total_weight, "/total/weight", form->has_weight_column,
                     "总分行的分值", "weight of the total row (总分)");
    check_total_cell(context, &form->total_score, "/total/score", true, "总分",
                     "total score (总分)");
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(form, k);
        check_indicator_cell(context, k, &row->actual, "actual");
        check_indicator_cell(context, k, &row->score, "score");
    }
}

static ZpFinding *report_row(ZpContext *context, ZpSeverity severity, ZpSpot spot,
                             const char *stated, const char *expected)
{
    const ZpIndicator *row = zp_form_indicator(context->form, context->place);
    ZpFinding *finding = zp_answer_fail(context, severity, spot, stated, expected);
    zp_finding_text(finding, "name", row->level3.text);
    zp_finding_text(finding, "target", row->target.text);
    zp_finding_text(finding, "actual", row->actual.text);
    return finding;
}

static ZpSpot actual_spot(const ZpContext *context)
{
    const ZpIndicator *row = zp_form_indicator(context->form, context->place);
    return zp_spot_indicator(context->place, "actual", &row->actual.at);
}

void zp_check_unit_mismatch(ZpContext *context)
{
    const ZpIndicator *row = zp_form_indicator(context->form, context->place);
    const ZpLexicon *lexicon = zp_rulebook_lexicon(context->rulebook);
    if (row->target.is_malformed || row->actual.is_malformed) {
        zp_answer_cannot(context, actual_spot(context), &ZP_WHY_MALFORMED);
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
    if (actual->is_malformed) {
        zp_answer_cannot(context, actual_spot(context), &ZP_WHY_MALFORMED);
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
    if (actual->is_malformed) {
        zp_answer_cannot(context, actual_spot(context), &ZP_WHY_MALFORMED);
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
static const ZpReason *why_unknown(const ZpIndicator *row, const ZpIndicatorFacts *facts)
{
    ZpCellState weight = zp_cell_state(&row->weight), score = zp_cell_state(facts->score);
    if (weight == ZP_CELL_MALFORMED || score == ZP_CELL_MALFORMED)
        return &ZP_WHY_MALFORMED;
    if (score != ZP_CELL_NUMBER)
        return &ZP_WHY_SCORE_MISSING;
    if (weight != ZP_CELL_NUMBER || zp_decimal_sign(row->weight.value) == 0)
        return &ZP_WHY_WEIGHT_MISSING;
    return NULL;
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
    const ZpReason *why = why_unknown(row, facts);
    if (why) {
        zp_answer_cannot(context, spot, why);
        return;
    }
    if (zp_decimal_compare(facts->score->value, row->weight.value) != 0 ||
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

static bool has_digit(const char *text)
{
    return strpbrk(text, "0123456789") != NULL;
}

void zp_check_actual_not_a_number(ZpContext *context)
{
    const ZpIndicator *row = zp_form_indicator(context->form, context->place);
    const ZpValue *actual = &row->actual;
    if (row->target.is_malformed || actual->is_malformed) {
        zp_answer_cannot(context, actual_spot(context), &ZP_WHY_MALFORMED);
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
    if (!actual->date.year && has_digit(actual->text)) {
        zp_answer_cannot(context, actual_spot(context), &WHY_SEVERAL);
        return;
    }
    report_row(context, ZP_SEVERITY_WARNING, actual_spot(context), actual->text, NULL);
}
