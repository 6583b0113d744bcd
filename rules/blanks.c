/*
 * blanks.c - C01 and W04: which cells must be filled and are not.
 *
 * An indicator's row must state what its name promises, and a row that states anything must have a
 * name.  A score is asked for only where a weight is printed, a weight only where a score is: a row
 * with neither is not scored.  In weights and scores a dash prints nothing; in targets and actual
 * values it does.  A row that has a name and a weight alone lacks one thing, the work; so it is one finding.
 */
#include "rules/heads.h"

#include <string.h>

/* What of a row is printed. */
typedef struct {
    bool name, target, actual, weight, score, reason;
} Printed;

/* Of a weight, score or rate: more than a blank or a dash. */
static bool is_figure_printed(const ZpValue *value)
{
    return zp_cell_state(value) >= ZP_CELL_MALFORMED;
}

static Printed look_at(const ZpIndicator *row)
{
    return (Printed){
        .name = !zp_text_is_empty(row->level3.text),
        .target = !zp_text_is_empty(row->target.text),
        .actual = !zp_text_is_empty(row->actual.text),
        .weight = is_figure_printed(&row->weight),
        .score = is_figure_printed(&row->score),
        .reason = !zp_text_is_empty(row->reason.text),
    };
}

/* Where there is no column of weights, only an empty cell says that a score is missing. */
static bool lacks_score(const ZpFacts *facts, const ZpForm *form, guint k, const Printed *printed)
{
    const ZpIndicator *row = zp_form_indicator(form, k);
    if (!form->has_score_column || !facts->indicators[k].is_scored || !row->score.text ||
        printed->score)
        return false;
    if (form->has_weight_column)
        return printed->weight;
    return !*row->score.text && (printed->target || printed->actual || printed->reason);
}

static guint find_values(const ZpFacts *facts, const ZpForm *form, guint k, const Printed *printed)
{
    const ZpIndicator *row = zp_form_indicator(form, k);
    bool is_bare = !printed->target && !printed->actual && !printed->score && !printed->reason;
    if (is_bare && printed->weight && row->actual.text)
        return ZP_BLANK_ACTUAL;
    bool is_filled = !is_bare || printed->weight;
    guint blanks = 0;
    if (row->target.text && !printed->target && is_filled)
        blanks |= ZP_BLANK_TARGET;
    if (row->actual.text && !printed->actual && is_filled)
        blanks |= ZP_BLANK_ACTUAL;
    if (lacks_score(facts, form, k, printed))
        blanks |= ZP_BLANK_SCORE;
    return blanks;
}

static bool lacks_weight(const ZpFacts *facts, const ZpForm *form, guint k, const Printed *printed)
{
    const ZpValue *weight = &zp_form_indicator(form, k)->weight;
    bool is_zero = zp_cell_state(weight) == ZP_CELL_NUMBER && zp_decimal_sign(weight->value) == 0;
    return form->has_weight_column && facts->indicators[k].is_scored && printed->score &&
           (!printed->weight || is_zero);
}

void zp_facts_find_blanks(ZpFacts *facts, const ZpForm *form, guint k)
{
    const ZpIndicator *row = zp_form_indicator(form, k);
    ZpIndicatorFacts *out = &facts->indicators[k];
    if (row->is_empty)
        return;
    Printed printed = look_at(row);
    bool is_cut = form->missing & ZP_BLOCK_INDICATORS;
    if (!is_cut && printed.name)
        out->blanks = find_values(facts, form, k, &printed);
    if (!is_cut && !printed.name && row->level3.text &&
        (printed.target || printed.actual || printed.score))
        out->blanks = ZP_BLANK_NAME;
    if (lacks_weight(facts, form, k, &printed))
        out->blanks |= ZP_BLANK_WEIGHT;
}

const ZpReason *zp_score_gap(const ZpFacts *facts, const ZpForm *form, guint k)
{
    const ZpIndicator *row = zp_form_indicator(form, k);
    const ZpValue *score = facts->indicators[k].score;
    const ZpReason *cause = zp_cause_of(facts, score);
    ZpCellState state = zp_figure_state(score);
    if (cause || state == ZP_CELL_NUMBER)
        return cause;
    if (state == ZP_CELL_MALFORMED)
        return &ZP_WHY_MALFORMED;
    if (!is_figure_printed(&row->weight))
        return NULL;
    if (form->missing & ZP_BLOCK_INDICATORS)
        return &ZP_WHY_PARTIAL;
    /* A row with a weight alone is found at its actual value. */
    cause = zp_cause_of(facts, &row->actual);
    return cause ? cause : &ZP_WHY_SCORE_MISSING;
}

bool zp_funds_blank(const ZpFacts *facts, const ZpForm *form, ZpMoneyColumn column)
{
    if (facts->total < 0 || (form->missing & ZP_BLOCK_FUNDS))
        return false;
    const ZpFund *total = zp_form_fund(form, (guint)facts->total);
    const ZpValue *cell = column == ZP_MONEY_BUDGET ? &total->budget : &total->executed;
    bool is_other_finding =
        column == ZP_MONEY_BUDGET ? facts->lacks_budget : facts->is_scored_for_nothing;
    return cell->text && !*cell->text && !is_other_finding &&
           (is_figure_printed(&total->rate) || is_figure_printed(&total->score));
}

static ZpFinding *report_blank(ZpContext *context, ZpSpot spot, const char *stated, const char *zh,
                               const char *en)
{
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_ERROR, spot, stated, NULL);
    zp_finding_argument(finding, "field", zh, en);
    return finding;
}

static void check_required(ZpContext *context, bool is_filled, const char *text, ZpSpot spot,
                           const char *zh, const char *en)
{
    if (is_filled)
        zp_answer_pass(context);
    else if (!text)
        report_blank(context, spot, text, zh, en)->message = "not-found";
    else if (!*text)
        report_blank(context, spot, text, zh, en);
    else
        report_blank(context, spot, text, zh, en)->message = "dash";
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
        check_required(context, !zp_text_is_empty(field->text), field->text,
                       zp_spot_field(pointer, &field->at), zh, en);
}

static void check_total(ZpContext *context)
{
    const ZpForm *form = context->form;
    bool is_cut = form->missing & ZP_BLOCK_TOTAL;
    if (is_cut || !form->has_weight_column || !form->total_weight.text)
        zp_answer_not_applicable(context);
    else
        check_required(context, *form->total_weight.text != '\0', form->total_weight.text,
                       zp_spot_field("/total/weight", &form->total_weight.at), "总分行的分值",
                       "weight of the total row (总分)");
    if (is_cut || !form->total_score.text)
        zp_answer_not_applicable(context);
    else
        check_required(context, is_figure_printed(&form->total_score), form->total_score.text,
                       zp_spot_field("/total/score", &form->total_score.at), "总分",
                       "total score (总分)");
}

static void check_funds(ZpContext *context, ZpMoneyColumn column, const char *name, const char *zh,
                        const char *en)
{
    int k = context->facts->total;
    if (k < 0) {
        zp_answer_not_applicable(context);
        return;
    }
    const ZpFund *total = zp_form_fund(context->form, (guint)k);
    const ZpValue *cell = column == ZP_MONEY_BUDGET ? &total->budget : &total->executed;
    if (!zp_funds_blank(context->facts, context->form, column)) {
        if (zp_text_is_empty(cell->text))
            zp_answer_not_applicable(context);
        else
            zp_answer_pass(context);
        return;
    }
    ZpFinding *finding =
        report_blank(context, zp_spot_fund((guint)k, name, &cell->at), cell->text, zh, en);
    finding->message = "funds";
    zp_finding_name(finding, "label", total->label.text);
}

/* The cells of a row that C01 asks for, and what each is called. */
static const struct {
    guint bit;
    const char *column;
    size_t cell;
    const char *zh, *en;
} ROW_CELLS[] = {
    {ZP_BLANK_TARGET, "target", offsetof(ZpIndicator, target), "目标值", "target (目标值)"},
    {ZP_BLANK_ACTUAL, "actual", offsetof(ZpIndicator, actual), "实际完成值",
     "actual value (实际完成值)"},
    {ZP_BLANK_SCORE, "score", offsetof(ZpIndicator, score), "得分", "score (得分)"},
};

static void check_cell(ZpContext *context, guint k, guint i)
{
    const ZpIndicator *row = zp_form_indicator(context->form, k);
    const ZpValue *cell = (const ZpValue *)((const char *)row + ROW_CELLS[i].cell);
    bool is_filled = cell == &row->score ? is_figure_printed(cell) : !zp_text_is_empty(cell->text);
    if (!(context->facts->indicators[k].blanks & ROW_CELLS[i].bit)) {
        if (is_filled)
            zp_answer_pass(context);
        else
            zp_answer_not_applicable(context);
        return;
    }
    ZpFinding *finding = report_blank(context, zp_spot_indicator(k, ROW_CELLS[i].column, &cell->at),
                                      cell->text, ROW_CELLS[i].zh, ROW_CELLS[i].en);
    finding->message = *cell->text ? "indicator-dash" : "indicator";
    zp_finding_name(finding, "name", row->level3.text);
}

/* A text of the row that no field took may be its name, or say that it is no indicator at all. */
static const ZpReason *why_no_name(const ZpForm *form, const ZpIndicator *row)
{
    static const ZpReason WHY = {"这一行有没有认出的文字（D05）",
                                 "text of this row was not understood (D05)"};
    const ZpPlace *at = &row->level3.at;
    for (guint k = 0; k < form->unread->len; k++) {
        const ZpPlace *unread = &((const ZpUnread *)g_ptr_array_index(form->unread, k))->text.at;
        if (unread->table == at->table && unread->row == at->row && unread->line == at->line)
            return &WHY;
    }
    return NULL;
}

static void check_name(ZpContext *context, guint k)
{
    const ZpIndicator *row = zp_form_indicator(context->form, k);
    if (!(context->facts->indicators[k].blanks & ZP_BLANK_NAME))
        return;
    const ZpReason *why = zp_heads_lost_names(context->facts);
    if (!why)
        why = why_no_name(context->form, row);
    if (why) {
        zp_answer_cannot(context, zp_spot_indicator(k, "level3", &row->level3.at), why);
        return;
    }
    ZpFinding *finding = report_blank(context, zp_spot_indicator(k, "level3", &row->level3.at),
                                      row->level3.text, "三级指标", "name (三级指标)");
    finding->message = "name";
    zp_finding_figure(finding, "number", zp_decimal_from_int((gint64)k + 1));
    zp_finding_text(finding, "target", row->target.text);
    zp_finding_text(finding, "actual", row->actual.text);
}

void zp_check_value_missing(ZpContext *context)
{
    const ZpForm *form = context->form;
    check_head(context, &form->project, "/project", "项目名称", "project (项目名称)");
    check_head(context, &form->unit, "/unit", "实施单位", "unit (实施单位)");
    check_required(context, form->year != 0, NULL, zp_spot_field("/year", &form->year_at), "年度",
                   "year (年度)");
    check_funds(context, ZP_MONEY_BUDGET, "budget", "全年预算数", "year's budget (全年预算数)");
    check_funds(context, ZP_MONEY_EXECUTED, "executed", "全年执行数", "execution (全年执行数)");
    for (guint k = 0; k < form->indicators->len; k++) {
        if (zp_form_indicator(form, k)->is_empty)
            continue;
        check_name(context, k);
        for (guint i = 0; i < G_N_ELEMENTS(ROW_CELLS); i++)
            check_cell(context, k, i);
    }
    check_total(context);
}

void zp_check_weight_missing(ZpContext *context)
{
    const ZpForm *form = context->form;
    const ZpFacts *facts = context->facts;
    guint k = context->place;
    const ZpIndicator *row = zp_form_indicator(form, k);
    ZpSpot spot = zp_spot_indicator(k, "weight", &row->weight.at);
    const ZpReason *why = zp_cause_of(facts, &row->weight);
    if (!form->has_weight_column || !facts->indicators[k].is_scored ||
        !is_figure_printed(&row->score)) {
        zp_answer_not_applicable(context);
        return;
    }
    if (!(facts->indicators[k].blanks & ZP_BLANK_WEIGHT)) {
        if (why)
            zp_answer_cannot(context, spot, why);
        else
            zp_answer_pass(context);
        return;
    }
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_ERROR, spot, row->weight.text, NULL);
    if (zp_cell_state(&row->weight) == ZP_CELL_NUMBER)
        finding->message = "zero";
    else if (!zp_text_is_empty(row->weight.text))
        finding->message = "dash";
    zp_finding_name(finding, "name", row->level3.text);
    zp_finding_text(finding, "score", row->score.text);
}
