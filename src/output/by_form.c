/*
 * by_form.c - a list for each form, the first for the file itself.
 */
#include "output/by_form.h"

struct ZpByForm {
    const ZpResult *whole;
    GPtrArray *findings, *unevaluated; /* of GPtrArray; NULL: none */
    GPtrArray *none;
    ZpResult result;
    ZpReport report;
};

static void free_rows(gpointer rows)
{
    if (rows)
        g_ptr_array_unref(rows);
}

static void put(GPtrArray *lists, int form, gpointer row)
{
    gpointer *list = &g_ptr_array_index(lists, form + 1);
    if (!*list)
        *list = g_ptr_array_new();
    g_ptr_array_add(*list, row);
}

ZpByForm *zp_by_form_new(const ZpResult *result)
{
    ZpByForm *by_form = g_new0(ZpByForm, 1);
    const ZpReport *report = result->report;
    gint lists = (result->forms ? (gint)result->forms->len : 0) + 1;
    by_form->whole = result;
    by_form->none = g_ptr_array_new();
    by_form->findings = g_ptr_array_new_with_free_func(free_rows);
    by_form->unevaluated = g_ptr_array_new_with_free_func(free_rows);
    g_ptr_array_set_size(by_form->findings, lists);
    g_ptr_array_set_size(by_form->unevaluated, lists);
    for (guint k = 0; k < report->findings->len; k++) {
        ZpFinding *finding = g_ptr_array_index(report->findings, k);
        put(by_form->findings, finding->form, finding);
    }
    for (guint k = 0; k < report->unevaluated->len; k++) {
        ZpUnevaluated *unjudged = g_ptr_array_index(report->unevaluated, k);
        put(by_form->unevaluated, unjudged->form, unjudged);
    }
    return by_form;
}

void zp_by_form_free(ZpByForm *by_form)
{
    if (!by_form)
        return;
    g_ptr_array_unref(by_form->findings);
    g_ptr_array_unref(by_form->unevaluated);
    g_ptr_array_unref(by_form->none);
    g_free(by_form);
}

const ZpResult *zp_by_form_result(ZpByForm *by_form, int form)
{
    GPtrArray *findings = g_ptr_array_index(by_form->findings, form + 1);
    GPtrArray *unevaluated = g_ptr_array_index(by_form->unevaluated, form + 1);
    by_form->report = *by_form->whole->report;
    by_form->report.findings = findings ? findings : by_form->none;
    by_form->report.unevaluated = unevaluated ? unevaluated : by_form->none;
    by_form->result = *by_form->whole;
    by_form->result.report = &by_form->report;
    return &by_form->result;
}
