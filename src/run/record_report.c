/*
 * record_report.c - what was found in a file over the wire.
 *
 * What the settings say of a finding (suppressed, known, new) and findings between forms are not in
 * a record: the parent knows them, when it has all files.
 */
#include "run/record_parts.h"

#include "base/limits.h"
#include "rulebook/catalogue.h"

static void pass_arguments(ZpWire *wire, ZpFinding *finding)
{
    guint count =
        zp_wire_rows(wire, finding->arguments->len, ZP_LIMIT_COLUMNS, 2 * sizeof(ZpArgument));
    for (guint k = 0; k < count && !wire->is_bad; k++) {
        static const ZpArgument NONE;
        if (!wire->out)
            g_array_append_val(finding->arguments, NONE);
        ZpArgument *argument = &g_array_index(finding->arguments, ZpArgument, k);
        zp_wire_needed(wire, &argument->name);
        zp_wire_owned_needed(wire, &argument->text);
        zp_wire_owned(wire, &argument->en);
    }
}

static void pass_findings(ZpWire *wire, guint n_forms, ZpReport *report)
{
    guint count = zp_wire_rows(wire, report->findings->len, ZP_LIMIT_CELLS,
                               sizeof(ZpFinding) + sizeof(GArray));
    for (guint k = 0; k < count && !wire->is_bad; k++) {
        ZpFinding *finding =
            wire->out ? g_ptr_array_index(report->findings, k) : zp_report_add_finding(report);
        finding->rule = (guint)zp_wire_number(wire, finding->rule, ZP_RULE_COUNT - 1);
        finding->severity =
            (ZpSeverity)zp_wire_number(wire, finding->severity, ZP_SEVERITY_COUNT - 1);
        finding->form = zp_wire_index(wire, finding->form, n_forms);
        zp_wire_owned_needed(wire, &finding->pointer);
        zp_record_pass_place(wire, &finding->at);
        finding->kind = (ZpLossKind)zp_wire_number(wire, finding->kind, ZP_LOSS_COUNT - 1);
        zp_wire_owned(wire, &finding->stated);
        zp_wire_owned(wire, &finding->expected);
        zp_wire_text(wire, &finding->habit);
        zp_wire_needed(wire, &finding->message);
        pass_arguments(wire, finding);
        zp_wire_owned(wire, &finding->field);
        zp_wire_owned(wire, &finding->fingerprint);
    }
}

static void pass_unevaluated(ZpWire *wire, guint n_forms, ZpReport *report)
{
    guint count =
        zp_wire_rows(wire, report->unevaluated->len, ZP_LIMIT_CELLS, sizeof(ZpUnevaluated));
    for (guint k = 0; k < count && !wire->is_bad; k++) {
        ZpUnevaluated *row = wire->out ? g_ptr_array_index(report->unevaluated, k)
                                       : zp_report_add_unevaluated(report);
        row->rule = (guint)zp_wire_number(wire, row->rule, ZP_RULE_COUNT - 1);
        row->form = zp_wire_index(wire, row->form, n_forms);
        zp_wire_owned_needed(wire, &row->pointer);
        zp_record_pass_place(wire, &row->at);
        zp_wire_needed(wire, &row->zh);
        zp_wire_needed(wire, &row->en);
    }
}

static void pass_texts(ZpWire *wire, GPtrArray *texts)
{
    guint count = zp_wire_rows(wire, texts->len, ZP_LIMIT_CELLS, 0);
    for (guint k = 0; k < count && !wire->is_bad; k++) {
        char *text = wire->out ? g_ptr_array_index(texts, k) : NULL;
        zp_wire_owned(wire, &text);
        if (!wire->out)
            g_ptr_array_add(texts, text);
    }
}

static void pass_number(ZpWire *wire, guint *number)
{
    *number = (guint)zp_wire_number(wire, *number, G_MAXINT);
}

static void pass_verdict(ZpWire *wire, ZpVerdict *verdict)
{
    pass_number(wire, &verdict->checks.passed);
    pass_number(wire, &verdict->checks.failed);
    pass_number(wire, &verdict->checks.not_applicable);
    pass_number(wire, &verdict->checks.not_evaluable);
    pass_number(wire, &verdict->rates.n);
    pass_number(wire, &verdict->rates.n_up);
    pass_number(wire, &verdict->rates.n_cut);
    ZpRecomputed *again = &verdict->recomputed;
    again->has_scores = zp_wire_flag(wire, again->has_scores);
    zp_wire_owned(wire, &again->execution);
    pass_texts(wire, again->indicators);
    zp_wire_owned(wire, &again->total);
    zp_wire_owned(wire, &again->grade);
    pass_texts(wire, again->assumed);
    zp_wire_owned(wire, &verdict->met);
}

/* Keys are digests and bits; only the severities of the rules between forms have bounds. */
static void pass_keys(ZpWire *wire, ZpReport *report, guint k)
{
    static const ZpFormKeys NONE;
    if (!wire->out)
        g_array_append_val(report->keys, NONE);
    ZpFormKeys *keys = &g_array_index(report->keys, ZpFormKeys, k);
    zp_wire_bytes(wire, keys, sizeof *keys);
    for (guint rule = 0; rule < G_N_ELEMENTS(keys->severities); rule++)
        wire->is_bad |= keys->severities[rule] >= ZP_SEVERITY_COUNT;
    wire->is_bad |= keys->severity_full >= ZP_SEVERITY_COUNT;
}

/* One row a form, or none at all: a file that was only converted, or could not be read. */
static guint count_rows(ZpWire *wire, guint n_rows, guint n_forms)
{
    return zp_wire_flag(wire, n_rows > 0) ? n_forms : 0;
}

static void pass_sheets(ZpWire *wire, GPtrArray *sheets)
{
    guint count = zp_wire_rows(wire, sheets->len, ZP_LIMIT_CELLS, sizeof(gpointer));
    for (guint k = 0; k < count && !wire->is_bad; k++) {
        const char *title = wire->out ? g_ptr_array_index(sheets, k) : NULL;
        zp_wire_needed(wire, &title);
        if (!wire->out)
            g_ptr_array_add(sheets, (gpointer)title);
    }
}

void zp_record_pass_report(ZpWire *wire, const GPtrArray *forms, ZpReport *report)
{
    pass_findings(wire, forms->len, report);
    pass_unevaluated(wire, forms->len, report);
    pass_sheets(wire, report->sheets);
    guint n_verdicts = count_rows(wire, report->verdicts->len, forms->len);
    for (guint k = 0; k < n_verdicts && !wire->is_bad; k++)
        pass_verdict(wire, wire->out ? g_ptr_array_index(report->verdicts, k)
                                     : zp_report_add_verdict(report));
    guint n_keys = count_rows(wire, report->keys->len, forms->len);
    for (guint k = 0; k < n_keys && !wire->is_bad; k++)
        pass_keys(wire, report, k);
    wire->is_bad |= n_keys > n_verdicts;
}
