/*
 * mend.c - go over the fields of a form and compare the bytes of each with what they mean.
 *
 *     bytes of the cell      "&lt;p&gt;培训 对象&lt;/p&gt;"   decoded, without white space and mark-up:  培训对象
 *     the field's text       "培训对象"                                                  the same:  培训对象
 *
 * Equal: the cell may be rewritten.  Not equal: the cell holds more than the field (its label, the
 * weight in a label), so it is left alone.  A text that the recogniser put together from two cells
 * is written into the first, and the second becomes blank.
 */
#include "output/mend_private.h"

#include "output/label.h"
#include "output/mend_text.h"

#include <string.h>

/* Cells that one text may have been put together from. */
#define PARTS_MAX 16

void zp_mend_free(ZpMend *mend)
{
    if (!mend)
        return;
    g_free(mend->old);
    g_free(mend->text);
    g_free(mend->pointer);
    g_free(mend);
}

/* The cells that a text was put together from, the first one first. */
static guint list_parts(const Mending *mending, const char *text, const ZpPlace *first,
                        const ZpPlace **parts)
{
    const GArray *joins = mending->form->joins;
    guint n = 0;
    for (guint k = joins->len; k-- > 0 && n + 1 < PARTS_MAX;) {
        const ZpJoin *join = &g_array_index(joins, ZpJoin, k);
        if (join->text != text)
            continue;
        parts[n++] = &join->rest;
        text = join->before;
    }
    parts[n++] = first;
    for (guint k = 0; k < n / 2; k++) {
        const ZpPlace *swapped = parts[k];
        parts[k] = parts[n - 1 - k];
        parts[n - 1 - k] = swapped;
    }
    return n;
}

/* A safe mend of a field. */
static void mend_text(const Mending *mending, const char *text, const ZpPlace *at, bool compares,
                      const char *pointer)
{
    const ZpPlace *parts[PARTS_MAX];
    if (!text || !*text || !zp_mend_has_range(mending, at))
        return;
    guint n = list_parts(mending, text, at, parts);
    if (!zp_mend_says(mending, parts, n, text))
        return;
    g_autofree char *usual = compares ? zp_mend_comparator(text) : g_strdup(text);
    if (!zp_mend_put(mending, parts[0], usual, pointer, false))
        return;
    for (guint k = 1; k < n; k++)
        zp_mend_put(mending, parts[k], "", pointer, false);
}

/* --- the fields of a form --- */

static void mend_fund(const Mending *mending, guint k)
{
    const ZpFund *fund = zp_form_fund(mending->form, k);
    for (const ZpColumn *column = ZP_FUND_COLUMNS; column->name; column++) {
        const ZpValue *value = zp_column_value(fund, column);
        g_autofree char *pointer = g_strdup_printf("/funds/%u/%s", k, column->name);
        mend_text(mending, value->text, &value->at, false, pointer);
    }
    g_autofree char *reason = g_strdup_printf("/funds/%u/reason", k);
    mend_text(mending, fund->reason.text, &fund->reason.at, false, reason);
}

static void mend_indicator(const Mending *mending, guint k)
{
    const ZpIndicator *row = zp_form_indicator(mending->form, k);
    const struct {
        const char *name;
        const ZpText *text;
    } texts[] = {{"level2", &row->level2}, {"level3", &row->level3}, {"reason", &row->reason}};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *pointer = g_strdup_printf("/indicators/%u/%s", k, texts[i].name);
        mend_text(mending, texts[i].text->text, &texts[i].text->at, false, pointer);
    }
    for (const ZpColumn *column = ZP_INDICATOR_COLUMNS; column->name; column++) {
        const ZpValue *value = zp_column_value(row, column);
        g_autofree char *pointer = g_strdup_printf("/indicators/%u/%s", k, column->name);
        mend_text(mending, value->text, &value->at,
                  column->kind == ZP_KIND_TARGET && value->op != ZP_OP_NONE, pointer);
    }
}

static void mend_head(const Mending *mending)
{
    const ZpForm *form = mending->form;
    const struct {
        const char *pointer;
        const ZpText *text;
    } texts[] = {{"/project", &form->project},
                 {"/department", &form->department},
                 {"/unit", &form->unit},
                 {"/goals/expected", &form->goal_expected},
                 {"/goals/actual", &form->goal_actual}};
    for (gsize k = 0; k < G_N_ELEMENTS(texts); k++)
        mend_text(mending, texts[k].text->text, &texts[k].text->at, false, texts[k].pointer);
}

/* --- what is left --- */

static bool is_mended(const Mending *mending, const char *pointer)
{
    for (guint k = 0; k < mending->mends->len; k++) {
        const ZpMend *mend = g_ptr_array_index(mending->mends, k);
        if (mend->form == mending->index && strcmp(mend->pointer, pointer) == 0)
            return true;
    }
    return false;
}

void zp_mend_left(const Mending *mending, GPtrArray *left, const char *code, const char *pointer,
                  const char *why, ZpLang lang)
{
    bool zh = lang == ZP_LANG_ZH;
    g_autoptr(GString) label = g_string_new(NULL);
    zp_label_append(label, mending->form, pointer, lang);
    g_ptr_array_add(left, g_strdup_printf(zh ? "第 %u 张表：%s %s：%s" : "form %u: %s %s: %s",
                                          mending->index + 1, code, label->str, why));
}

static void list_left(const Mending *mending, ZpLang lang, GPtrArray *left)
{
    const GPtrArray *repairs = mending->form->repairs;
    for (guint k = 0; k < repairs->len; k++) {
        const ZpRepair *repair = g_ptr_array_index(repairs, k);
        if (!is_mended(mending, repair->pointer))
            zp_mend_left(mending, left, repair->code, repair->pointer,
                         zp_lang_pick(lang, repair->zh, repair->en), lang);
    }
}

void zp_mend_form(const ZpMender *mender, const ZpForm *form, guint index, const ZpResult *result,
                  ZpLang lang, GPtrArray *mends, GPtrArray *left)
{
    const Mending mending = {mender, form, index, mends};
    if (mender->unsafe)
        zp_mend_figures(&mending, result, lang, left);
    mend_head(&mending);
    for (guint k = 0; k < form->funds->len; k++)
        mend_fund(&mending, k);
    for (guint k = 0; k < form->indicators->len; k++)
        mend_indicator(&mending, k);
    mend_text(&mending, form->total_score.text, &form->total_score.at, false, "/total/score");
    list_left(&mending, lang, left);
}

static int compare_mends(gconstpointer a, gconstpointer b)
{
    const ZpMend *first = *(const ZpMend *const *)a, *second = *(const ZpMend *const *)b;
    return first->start < second->start ? -1 : first->start > second->start;
}

void zp_mend_sort(GPtrArray *mends)
{
    g_ptr_array_sort(mends, compare_mends);
}
