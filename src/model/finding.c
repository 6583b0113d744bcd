/*
 * finding.c - making and freeing the report of one file.
 *
 * A report owns its findings, the checks that could not be made, and one verdict a form; texts
 * that differ from document to document are owned by their row, the others are static.
 */
#include "model/finding.h"

static const char *const SEVERITY_NAMES[ZP_SEVERITY_COUNT] = {
    [ZP_SEVERITY_OFF] = "off",
    [ZP_SEVERITY_NOTE] = "note",
    [ZP_SEVERITY_WARNING] = "warning",
    [ZP_SEVERITY_ERROR] = "error",
};

static void argument_clear(gpointer data)
{
    ZpArgument *argument = data;
    g_free(argument->text);
    g_free(argument->en);
}

static void finding_free(gpointer data)
{
    ZpFinding *finding = data;
    g_free(finding->pointer);
    g_free(finding->stated);
    g_free(finding->expected);
    g_array_unref(finding->arguments);
    g_free(finding->related_path);
    g_free(finding->field);
    g_free(finding->fingerprint);
    g_free(finding);
}

static void unevaluated_free(gpointer data)
{
    ZpUnevaluated *unevaluated = data;
    g_free(unevaluated->pointer);
    g_free(unevaluated);
}

static void verdict_free(gpointer data)
{
    ZpVerdict *verdict = data;
    g_free(verdict->recomputed.execution);
    g_ptr_array_unref(verdict->recomputed.indicators);
    g_free(verdict->recomputed.total);
    g_free(verdict->recomputed.grade);
    g_ptr_array_unref(verdict->recomputed.assumed);
    g_free(verdict->met);
    g_free(verdict);
}

ZpReport *zp_report_new(void)
{
    ZpReport *report = g_new0(ZpReport, 1);
    report->findings = g_ptr_array_new_with_free_func(finding_free);
    report->unevaluated = g_ptr_array_new_with_free_func(unevaluated_free);
    report->verdicts = g_ptr_array_new_with_free_func(verdict_free);
    report->keys = g_array_new(FALSE, FALSE, sizeof(ZpFormKeys));
    report->texts = g_string_chunk_new(256);
    report->sheets = g_ptr_array_new();
    return report;
}

void zp_report_free(ZpReport *report)
{
    if (!report)
        return;
    g_ptr_array_unref(report->findings);
    g_ptr_array_unref(report->unevaluated);
    g_ptr_array_unref(report->verdicts);
    g_array_unref(report->keys);
    g_string_chunk_free(report->texts);
    g_ptr_array_unref(report->sheets);
    g_free(report);
}

ZpFinding *zp_report_add_finding(ZpReport *report)
{
    ZpFinding *finding = g_new0(ZpFinding, 1);
    finding->form = -1;
    finding->message = "default";
    finding->arguments = g_array_new(FALSE, FALSE, sizeof(ZpArgument));
    g_array_set_clear_func(finding->arguments, argument_clear);
    g_ptr_array_add(report->findings, finding);
    return finding;
}

ZpUnevaluated *zp_report_add_unevaluated(ZpReport *report)
{
    ZpUnevaluated *unevaluated = g_new0(ZpUnevaluated, 1);
    unevaluated->form = -1;
    g_ptr_array_add(report->unevaluated, unevaluated);
    return unevaluated;
}

ZpVerdict *zp_report_add_verdict(ZpReport *report)
{
    ZpVerdict *verdict = g_new0(ZpVerdict, 1);
    verdict->recomputed.indicators = g_ptr_array_new_with_free_func(g_free);
    verdict->recomputed.assumed = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(report->verdicts, verdict);
    return verdict;
}

void zp_finding_argument(ZpFinding *finding, const char *name, const char *text, const char *en)
{
    ZpArgument argument = {.name = name, .text = g_strdup(text), .en = g_strdup(en)};
    g_array_append_val(finding->arguments, argument);
}

const char *zp_severity_name(ZpSeverity severity)
{
    return SEVERITY_NAMES[severity];
}

static gint compare_forms(gconstpointer a, gconstpointer b)
{
    const ZpFinding *one = *(ZpFinding *const *)a, *other = *(ZpFinding *const *)b;
    return one->form - other->form;
}

static gint compare_unevaluated(gconstpointer a, gconstpointer b)
{
    const ZpUnevaluated *one = *(ZpUnevaluated *const *)a, *other = *(ZpUnevaluated *const *)b;
    return one->form - other->form;
}

void zp_report_sort(ZpReport *report)
{
    /* Both sorts are stable: what stood before stays in its order. */
    g_ptr_array_sort(report->findings, compare_forms);
    g_ptr_array_sort(report->unevaluated, compare_unevaluated);
}
