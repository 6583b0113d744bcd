/*
 * scored.c - weight and score of one indicator, or why there are none.
 */
#include "rules/scored.h"

ZpScored zp_scored_row(const ZpContext *context)
{
    guint k = context->place;
    const ZpIndicator *row = zp_form_indicator(context->form, k);
    return (ZpScored){
        .row = k,
        .indicator = row,
        .facts = &context->facts->indicators[k],
        .weight = row->weight.value,
        .score = context->facts->indicators[k].score->value,
        .order = zp_decimal_compare(context->facts->indicators[k].score->value, row->weight.value),
        .spot = zp_spot_indicator(k, "score", &context->facts->indicators[k].score->at),
    };
}

/* A row that prints neither weight nor score is not scored. */
bool zp_scored_is_asked(const ZpContext *context, const ZpScored *scored)
{
    const ZpForm *form = context->form;
    if (!form->has_weight_column || !form->has_score_column || !scored->facts->is_scored)
        return false;
    return zp_cell_state(scored->facts->score) >= ZP_CELL_MALFORMED ||
           zp_score_gap(context->facts, form, scored->row) != NULL;
}

/* Why weight or score cannot be used; NULL: both can. */
static const ZpReason *why_no_figures(const ZpContext *context, const ZpScored *scored)
{
    const ZpValue *weight = &scored->indicator->weight;
    const ZpReason *why = zp_cause_of(context->facts, weight);
    if (!why)
        why = zp_score_gap(context->facts, context->form, scored->row);
    if (!why && zp_figure_state(weight) != ZP_CELL_NUMBER)
        why = &ZP_WHY_WEIGHT_MISSING;
    return why;
}

bool zp_scored_is_ready(ZpContext *context, const ZpScored *scored)
{
    if (!zp_scored_is_asked(context, scored)) {
        zp_answer_not_applicable(context);
        return false;
    }
    const ZpReason *why = why_no_figures(context, scored);
    if (why)
        zp_answer_cannot(context, scored->spot, why);
    return !why;
}

/* 85% for a bare 0.85 that was read as a share. */
static void add_share(ZpFinding *finding, const char *name, ZpDecimal percent)
{
    char text[ZP_DECIMAL_TEXT_MAX];
    g_autofree char *share = g_strconcat(zp_decimal_print(percent, text), "%", NULL);
    zp_finding_text(finding, name, share);
}

/* The bare figure of a cell with its unit, as it goes into a formula: ≥90% is 90%. */
static void add_bare(ZpFinding *finding, const char *name, const ZpValue *value)
{
    char text[ZP_DECIMAL_TEXT_MAX];
    if (!value->has_value) {
        zp_finding_text(finding, name, value->text);
        return;
    }
    g_autofree char *bare = g_strconcat(zp_decimal_print(value->value, text), value->unit, NULL);
    zp_finding_text(finding, name, bare);
}

void zp_scored_add_reason(ZpFinding *finding, const ZpIndicator *row)
{
    if (zp_text_is_empty(row->reason.text)) {
        zp_finding_argument(finding, "left", "原因栏空着", "the reason is left blank");
        return;
    }
    g_autofree char *zh = g_strdup_printf("原因栏填的是“%s”", row->reason.text);
    g_autofree char *en = g_strdup_printf("the reason reads only \"%s\"", row->reason.text);
    zp_finding_argument(finding, "left", zh, en);
}

ZpFinding *zp_scored_fail(ZpContext *context, const ZpScored *scored, ZpSeverity severity,
                          const char *expected)
{
    const ZpIndicator *row = scored->indicator;
    ZpFinding *finding =
        zp_answer_fail(context, severity, scored->spot, scored->facts->score->text, expected);
    zp_finding_name(finding, "name", row->level3.text);
    zp_finding_text(finding, "target", row->target.text);
    zp_finding_text(finding, "actual", row->actual.text);
    zp_finding_text(finding, "weight", row->weight.text);
    zp_finding_text(finding, "score", scored->facts->score->text);
    if (scored->facts->is_share && scored->facts->is_comparable)
        add_share(finding, "a", scored->facts->actual);
    else
        add_bare(finding, "a", &row->actual);
    add_bare(finding, "t", &row->target);
    return finding;
}

ZpBand zp_band_of(const ZpValue *actual)
{
    static const struct {
        const char *word;
        ZpBand band;
    } WORDS[] = {
        {"达成", ZP_BAND_REACHED}, {"部分达成", ZP_BAND_PARTLY}, {"未达成", ZP_BAND_MISSED}};
    /* 达成率95% is a figure. */
    for (guint k = 0; actual->text && !actual->has_value && k < G_N_ELEMENTS(WORDS); k++)
        if (g_str_has_prefix(actual->text, WORDS[k].word))
            return WORDS[k].band;
    return ZP_BAND_NONE;
}
