/*
 * wording.c - C02 and C05: text that nobody wrote for this form.
 *
 * C02 looks at the texts that people fill in; a cell that holds a figure was filled in.  A
 * template's empty row that still shows its 指标1 or …… is one place, the row.
 */
#include "rules/context.h"

#include <string.h>

static bool is_placeholder(const ZpContext *context, const char *text)
{
    return zp_lexicon_is_placeholder(zp_rulebook_lexicon(context->rulebook), text);
}

static void report_text(ZpContext *context, ZpSpot spot, const char *text)
{
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_NOTE, spot, text, NULL);
    zp_finding_text(finding, "text", text);
}

/* A text of its own; one that is not there is no place. */
static void check_text(ZpContext *context, const char *text, ZpSpot spot)
{
    if (zp_text_is_empty(text))
        return;
    if (is_placeholder(context, text))
        report_text(context, spot, text);
    else
        zp_answer_pass(context);
}

static void check_head(ZpContext *context)
{
    const ZpForm *form = context->form;
    const struct {
        const char *pointer;
        const ZpText *text;
    } fields[] = {
        {"/title", &form->title},
        {"/project", &form->project},
        {"/department", &form->department},
        {"/unit", &form->unit},
        {"/goals/expected", &form->goal_expected},
        {"/goals/actual", &form->goal_actual},
    };
    for (guint k = 0; k < G_N_ELEMENTS(fields); k++)
        check_text(context, fields[k].text->text,
                   zp_spot_field(fields[k].pointer, &fields[k].text->at));
}

/* An empty row is one place: the first of its texts that is the template's. */
static void check_empty_row(ZpContext *context, guint k)
{
    const ZpIndicator *row = zp_form_indicator(context->form, k);
    const ZpText *const texts[] = {&row->level2, &row->level3, &row->reason};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (!is_placeholder(context, texts[i]->text))
            continue;
        report_text(context, zp_spot_indicator(k, NULL, &texts[i]->at), texts[i]->text);
        return;
    }
    zp_answer_pass(context);
}

static void check_value(ZpContext *context, const ZpValue *value, ZpSpot spot)
{
    spot.at = &value->at;
    if (!value->has_value && !value->date.year)
        check_text(context, value->text, spot);
}

static void check_row(ZpContext *context, guint k)
{
    const ZpIndicator *row = zp_form_indicator(context->form, k);
    const ZpIndicator *above = k ? zp_form_indicator(context->form, k - 1) : NULL;
    if (row->is_empty) {
        check_empty_row(context, k);
        return;
    }
    /* A merged level-2 cell is one place, its first row. */
    if (!above || g_strcmp0(above->level2.text, row->level2.text) != 0)
        check_text(context, row->level2.text, zp_spot_indicator(k, "level2", &row->level2.at));
    check_text(context, row->level3.text, zp_spot_indicator(k, "level3", &row->level3.at));
    check_value(context, &row->target, zp_spot_indicator(k, "target", NULL));
    check_value(context, &row->actual, zp_spot_indicator(k, "actual", NULL));
    check_text(context, row->reason.text, zp_spot_indicator(k, "reason", &row->reason.at));
}

void zp_check_placeholder_text(ZpContext *context)
{
    check_head(context);
    for (guint k = 0; k < context->form->indicators->len; k++)
        check_row(context, k);
}

/* Two goals that are shorter are equal by chance: 完成. */
#define COPIED_GOAL_CHARS 10

void zp_check_goal_copied(ZpContext *context)
{
    const ZpForm *form = context->form;
    if (zp_text_is_empty(form->goal_expected.text) || zp_text_is_empty(form->goal_actual.text)) {
        zp_answer_not_applicable(context);
        return;
    }
    g_autoptr(GString) expected = g_string_new(NULL);
    g_autoptr(GString) actual = g_string_new(NULL);
    zp_text_append_folded(expected, form->goal_expected.text, strlen(form->goal_expected.text));
    zp_text_append_folded(actual, form->goal_actual.text, strlen(form->goal_actual.text));
    glong length = g_utf8_strlen(actual->str, -1);
    if (length < COPIED_GOAL_CHARS || !g_string_equal(expected, actual)) {
        zp_answer_pass(context);
        return;
    }
    ZpSpot spot = zp_spot_field("/goals/actual", &form->goal_actual.at);
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_NOTE, spot, NULL, NULL);
    zp_finding_figure(finding, "count", zp_decimal_from_int(length));
}
