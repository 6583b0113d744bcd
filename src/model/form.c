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
