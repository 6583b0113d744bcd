/*
 * form.c - making and freeing a form, and the tables of its columns.
 *
 * The texts of a form are in its string chunk, so rows are plain blocks of memory; only
 * repairs, whose sentences are made with printf, own theirs.
 */
#include "model/form.h"

/* Bytes that the string chunk takes from the system at a time; a form's text is 2 to 8 KiB. */
#define STRING_BLOCK 4096

const ZpColumn ZP_FUND_COLUMNS[] = {
    {"initial", offsetof(ZpFund, initial), ZP_KIND_FIGURE},
    {"budget", offsetof(ZpFund, budget), ZP_KIND_FIGURE},
    {"executed", offsetof(ZpFund, executed), ZP_KIND_FIGURE},
    {"weight", offsetof(ZpFund, weight), ZP_KIND_FIGURE},
    {"rate", offsetof(ZpFund, rate), ZP_KIND_FIGURE},
    {"score", offsetof(ZpFund, score), ZP_KIND_FIGURE},
    {NULL, 0, ZP_KIND_FIGURE},
};

const ZpColumn ZP_INDICATOR_COLUMNS[] = {
    {"target", offsetof(ZpIndicator, target), ZP_KIND_TARGET},
    {"actual", offsetof(ZpIndicator, actual), ZP_KIND_TARGET},
    {"weight", offsetof(ZpIndicator, weight), ZP_KIND_FIGURE},
    {"score", offsetof(ZpIndicator, score), ZP_KIND_FIGURE},
    {NULL, 0, ZP_KIND_FIGURE},
};

static const char *const OP_NAMES[ZP_OP_COUNT] = {
    [ZP_OP_EQ] = "eq", [ZP_OP_GE] = "ge", [ZP_OP_LE] = "le",
    [ZP_OP_GT] = "gt", [ZP_OP_LT] = "lt", [ZP_OP_RANGE] = "range",
};

static const char *const SOURCE_NAMES[ZP_SOURCE_COUNT] = {
    [ZP_SOURCE_TOTAL] = "total",         [ZP_SOURCE_FISCAL] = "fiscal",
    [ZP_SOURCE_CARRYOVER] = "carryover", [ZP_SOURCE_CENTRAL] = "central",
    [ZP_SOURCE_LOCAL] = "local",         [ZP_SOURCE_SPECIAL_ACCOUNT] = "special_account",
    [ZP_SOURCE_UNIT_OWN] = "unit_own",   [ZP_SOURCE_OTHER] = "other",
};

static void indicator_free(gpointer data)
{
    ZpIndicator *indicator = data;
    g_clear_pointer(&indicator->other, g_ptr_array_unref);
    g_free(indicator);
}

static void repair_free(gpointer data)
{
    ZpRepair *repair = data;
    g_free(repair->pointer);
    g_free(repair->zh);
    g_free(repair->en);
    g_free(repair);
}

ZpForm *zp_form_new(void)
{
    ZpForm *form = g_new0(ZpForm, 1);
    form->template_id = "unknown";
    form->profile = "default";
    form->funds = g_ptr_array_new_with_free_func(g_free);
    form->indicators = g_ptr_array_new_with_free_func(indicator_free);
    form->extra = g_ptr_array_new_with_free_func(g_free);
    form->repairs = g_ptr_array_new_with_free_func(repair_free);
    form->joins = g_array_new(FALSE, FALSE, sizeof(ZpJoin));
    form->unread = g_ptr_array_new_with_free_func(g_free);
    form->ocrs = g_ptr_array_new_with_free_func((GDestroyNotify)zp_ocr_free);
    form->pictured = g_array_new(FALSE, FALSE, sizeof(ZpPictured));
    form->strings = g_string_chunk_new(STRING_BLOCK);
    return form;
}

void zp_form_free(ZpForm *form)
{
    if (!form)
        return;
    g_ptr_array_unref(form->funds);
    g_ptr_array_unref(form->indicators);
    g_ptr_array_unref(form->extra);
    g_ptr_array_unref(form->repairs);
    g_array_unref(form->joins);
    g_ptr_array_unref(form->unread);
    g_ptr_array_unref(form->ocrs);
    g_array_unref(form->pictured);
    g_string_chunk_free(form->strings);
    g_free(form);
}

ZpFund *zp_form_add_fund(ZpForm *form)
{
    ZpFund *fund = g_new0(ZpFund, 1);
    fund->part_of = -1;
    g_ptr_array_add(form->funds, fund);
    return fund;
}

ZpIndicator *zp_form_add_indicator(ZpForm *form)
{
    ZpIndicator *indicator = g_new0(ZpIndicator, 1);
    indicator->part_of = -1;
    g_ptr_array_add(form->indicators, indicator);
    return indicator;
}

static ZpExtra *add_extra(GPtrArray *list)
{
    ZpExtra *extra = g_new0(ZpExtra, 1);
    g_ptr_array_add(list, extra);
    return extra;
}

ZpExtra *zp_form_add_extra(ZpForm *form)
{
    return add_extra(form->extra);
}

ZpExtra *zp_indicator_add_other(ZpIndicator *indicator)
{
    if (!indicator->other)
        indicator->other = g_ptr_array_new_with_free_func(g_free);
    return add_extra(indicator->other);
}

const ZpFund *zp_form_total_fund(const ZpForm *form, guint *index)
{
    for (guint k = 0; k < form->funds->len; k++) {
        if (zp_form_fund(form, k)->source != ZP_SOURCE_TOTAL)
            continue;
        if (index)
            *index = k;
        return zp_form_fund(form, k);
    }
    return NULL;
}

const char *zp_op_name(ZpOp op)
{
    return OP_NAMES[op];
}

const char *zp_source_name(ZpSource source)
{
    return SOURCE_NAMES[source];
}

ZpOcr *zp_form_keep_ocr(ZpForm *form, const ZpOcr *ocr)
{
    if (!ocr)
        return NULL;
    ZpOcr *copy = zp_ocr_copy(ocr, form->strings);
    g_ptr_array_add(form->ocrs, copy);
    return copy;
}

static void visit_row(gpointer row, const ZpColumn *columns, const char *block, guint k,
                      ZpFormVisit visit, gpointer data)
{
    for (const ZpColumn *column = columns; column->name; column++) {
        g_autofree char *pointer = g_strdup_printf("/%s/%u/%s", block, k, column->name);
        visit(zp_column_value(row, column), pointer, column->kind, data);
    }
}

void zp_form_each_value(ZpForm *form, ZpFormVisit visit, gpointer data)
{
    visit(&form->headline, "/headline", ZP_KIND_FIGURE, data);
    visit(&form->funds_weight, "/funds_weight", ZP_KIND_FIGURE, data);
    for (guint k = 0; k < form->funds->len; k++)
        visit_row(zp_form_fund(form, k), ZP_FUND_COLUMNS, "funds", k, visit, data);
    for (guint k = 0; k < form->indicators->len; k++) {
        ZpIndicator *row = zp_form_indicator(form, k);
        g_autofree char *first = g_strdup_printf("/indicators/%u/level1_weight", k);
        g_autofree char *second = g_strdup_printf("/indicators/%u/level2_weight", k);
        visit(&row->level1_weight, first, ZP_KIND_FIGURE, data);
        visit(&row->level2_weight, second, ZP_KIND_FIGURE, data);
        visit_row(row, ZP_INDICATOR_COLUMNS, "indicators", k, visit, data);
    }
    visit(&form->total_weight, "/total/weight", ZP_KIND_FIGURE, data);
    visit(&form->total_score, "/total/score", ZP_KIND_FIGURE, data);
}

void zp_form_each_text(ZpForm *form, ZpFormTextVisit visit, gpointer data)
{
    visit(&form->title, "/title", data);
    visit(&form->currency_unit, "/currency_unit", data);
    visit(&form->project, "/project", data);
    visit(&form->department, "/department", data);
    visit(&form->unit, "/unit", data);
    for (guint k = 0; k < form->funds->len; k++) {
        g_autofree char *label = g_strdup_printf("/funds/%u/label", k);
        g_autofree char *reason = g_strdup_printf("/funds/%u/reason", k);
        visit(&zp_form_fund(form, k)->label, label, data);
        visit(&zp_form_fund(form, k)->reason, reason, data);
    }
    visit(&form->goal_expected, "/goals/expected", data);
    visit(&form->goal_actual, "/goals/actual", data);
    for (guint k = 0; k < form->indicators->len; k++) {
        ZpIndicator *row = zp_form_indicator(form, k);
        ZpText *const texts[] = {&row->level1, &row->level2, &row->level3, &row->reason};
        static const char *const NAMES[] = {"level1", "level2", "level3", "reason"};
        for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
            g_autofree char *pointer = g_strdup_printf("/indicators/%u/%s", k, NAMES[i]);
            visit(texts[i], pointer, data);
        }
    }
    visit(&form->total_grade, "/total/grade", data);
}

/* --- texts of pictures --- */

ZpOcr *zp_ocr_copy(const ZpOcr *ocr, GStringChunk *strings)
{
    ZpOcr *copy = g_new(ZpOcr, 1);
    const char **const texts[] = {&copy->was, &copy->who, &copy->when};
    *copy = *ocr;
    for (guint k = 0; k < copy->n_others; k++)
        copy->others[k] = g_string_chunk_insert(strings, copy->others[k]);
    for (gsize k = 0; k < G_N_ELEMENTS(texts); k++) {
        if (*texts[k])
            *texts[k] = g_string_chunk_insert(strings, *texts[k]);
    }
    if (copy->crop)
        g_bytes_ref(copy->crop);
    return copy;
}

void zp_ocr_free(ZpOcr *ocr)
{
    if (!ocr)
        return;
    g_clear_pointer(&ocr->crop, g_bytes_unref);
    g_free(ocr);
}

const char *zp_ocr_name(ZpOcrState state)
{
    static const char *const NAMES[ZP_OCR_COUNT] = {
        [ZP_OCR_READ] = "read",
        [ZP_OCR_DOUBTFUL] = "doubtful",
        [ZP_OCR_CONFIRMED] = "confirmed",
        [ZP_OCR_CORRECTED] = "corrected",
    };
    return NAMES[state];
}
