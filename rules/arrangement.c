/*
 * arrangement.c - C03, C07 and C09: what stands in the wrong column or under the wrong label.
 */
#include "rules/context.h"

#include <string.h>

/* Fewer targets than this sum to a round figure by chance. */
#define WEIGHT_LIKE_TARGETS 2

/* A number and nothing else: 20, not ≥20, 20个 or 20%. */
static bool is_bare(const ZpValue *value)
{
    return zp_cell_state(value) == ZP_CELL_NUMBER && value->op == ZP_OP_NONE &&
           zp_text_is_empty(value->unit) && value->approx == ZP_APPROX_NONE;
}

/* The sum of all targets; false when one of them is no bare number. */
static bool sum_targets(const ZpContext *context, ZpDecimal *sum, guint *n)
{
    *sum = zp_decimal_from_int(0);
    *n = 0;
    for (guint k = 0; k < context->form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(context->form, k);
        if (row->is_empty || row->part_of >= 0)
            continue;
        if (!is_bare(&row->target) || !zp_decimal_add(*sum, row->target.value, sum))
            return false;
        (*n)++;
    }
    return *n >= WEIGHT_LIKE_TARGETS;
}

/* What the weights of all indicators come to in the templates: with 0, 10 or 20 for the funds. */
static bool is_sum_of_weights(ZpDecimal sum)
{
    static const int SUMS[] = {100, 90, 80};
    for (guint k = 0; k < G_N_ELEMENTS(SUMS); k++)
        if (zp_decimal_compare(sum, zp_decimal_from_int(SUMS[k])) == 0)
            return true;
    return false;
}

void zp_check_weight_as_value(ZpContext *context)
{
    const ZpForm *form = context->form;
    ZpDecimal sum;
    guint n;
    if (form->has_weight_column || !form->indicators->len) {
        zp_answer_not_applicable(context);
        return;
    }
    if (!sum_targets(context, &sum, &n) || !is_sum_of_weights(sum)) {
        zp_answer_pass(context);
        return;
    }
    ZpSpot spot = zp_spot_field("/indicators", &zp_form_indicator(form, 0)->target.at);
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_WARNING, spot, NULL, NULL);
    zp_finding_figure(finding, "sum", sum);
    zp_finding_figure(finding, "count", zp_decimal_from_int(n));
}

void zp_check_comparator_missing(ZpContext *context)
{
    const ZpIndicator *row = zp_form_indicator(context->form, context->place);
    ZpSpot spot = zp_spot_indicator(context->place, "target", &row->target.at);
    const ZpReason *cause = zp_cause_of(context->facts, &row->target);
    if (cause && *row->target.text) {
        zp_answer_cannot(context, spot, cause);
        return;
    }
    if (!row->target.has_value) {
        zp_answer_not_applicable(context);
        return;
    }
    if (row->target.op != ZP_OP_NONE) {
        zp_answer_pass(context);
        return;
    }
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_NOTE, spot, row->target.text, NULL);
    zp_finding_name(finding, "name", row->level3.text);
}

/* Cuts a word off the end, where something stays before it. */
static void cut_end(GString *text, const char *word)
{
    gsize length = strlen(word);
    if (text->len > length && g_str_has_suffix(text->str, word))
        g_string_truncate(text, text->len - length);
}

static bool has_level2(const ZpPairs *pairs, const char *level2)
{
    for (guint k = 0; k < pairs->n_level2; k++)
        if (strcmp(pairs->level2[k], level2) == 0)
            return true;
    return false;
}

static const ZpPairs *pairs_of(const ZpProfile *profile, const char *level1)
{
    for (guint k = 0; level1 && k < profile->n_pairs; k++)
        if (strcmp(profile->pairs[k].level1, level1) == 0)
            return &profile->pairs[k];
    return NULL;
}

/* The level-1 labels that a level 2 belongs under, as 产出指标、成本指标; NULL: none is known. */
static char *homes_of(const ZpProfile *profile, const char *level2)
{
    g_autoptr(GString) homes = g_string_new(NULL);
    for (guint k = 0; k < profile->n_pairs; k++)
        if (has_level2(&profile->pairs[k], level2))
            g_string_append_printf(homes, "%s%s", homes->len ? "、" : "", profile->pairs[k].level1);
    return homes->len ? g_strdup(homes->str) : NULL;
}

void zp_check_level_mismatch(ZpContext *context)
{
    const ZpIndicator *row = zp_form_indicator(context->form, context->place);
    const ZpProfile *profile = context->facts->profile;
    const ZpPairs *pairs = pairs_of(profile, row->level1.text);
    bool is_unknown = strcmp(context->form->template_id, "unknown") == 0 && !profile->is_forced;
    if (is_unknown || !pairs || zp_text_is_empty(row->level2.text)) {
        zp_answer_not_applicable(context);
        return;
    }
    /* 服务对象满意度指标等(10分) as the pairs have it: 服务对象满意度. */
    GString *bare = g_string_new(NULL);
    zp_text_append_folded(bare, row->level2.text, strlen(row->level2.text));
    const char *open = g_str_has_suffix(bare->str, ")") ? strrchr(bare->str, '(') : NULL;
    if (open && open > bare->str)
        g_string_truncate(bare, (gsize)(open - bare->str));
    cut_end(bare, "等");
    cut_end(bare, "指标");
    g_autoptr(GString) level2 = bare;
    if (has_level2(pairs, level2->str)) {
        zp_answer_pass(context);
        return;
    }
    g_autofree char *homes = homes_of(profile, level2->str);
    if (!homes) {
        zp_answer_not_applicable(context);
        return;
    }
    ZpSpot spot = zp_spot_indicator(context->place, "level2", &row->level2.at);
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_NOTE, spot, row->level2.text, homes);
    zp_finding_name(finding, "name", row->level3.text);
    zp_finding_text(finding, "level1", row->level1.text);
}
