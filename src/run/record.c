/*
 * record.c - the frame of a record: the outcome, the error, then the forms and the report.
 */
#include "run/record.h"

#include "base/error.h"
#include "base/limits.h"
#include "run/record_parts.h"

/* Memory of a form that is as empty as can be: itself, its arrays, its verdict and its keys. */
#define FORM_BYTES                                                                                 \
    (sizeof(ZpForm) + 8 * (sizeof(GPtrArray) + 48) + sizeof(ZpVerdict) + 2 * sizeof(ZpFormKeys))
/* Bytes that a record of one form comes to. */
#define USUAL_BYTES (16u * 1024)

ZpRecord *zp_record_new(void)
{
    ZpRecord *record = g_new0(ZpRecord, 1);
    record->rule = ZP_RULE_D01;
    record->forms = g_ptr_array_new_with_free_func((GDestroyNotify)zp_form_free);
    record->report = zp_report_new();
    return record;
}

ZpRecord *zp_record_ref(ZpRecord *record)
{
    record->n_more++;
    return record;
}

void zp_record_free(ZpRecord *record)
{
    if (!record || record->n_more-- > 0)
        return;
    g_clear_error(&record->error);
    g_ptr_array_unref(record->forms);
    zp_ledger_free(record->ledger);
    zp_report_free(record->report);
    g_clear_pointer(&record->bytes, g_bytes_unref);
    g_clear_pointer(&record->content, g_bytes_unref);
    g_free(record->kept);
    g_free(record);
}

void zp_record_set_digest(ZpRecord *record, char *digest)
{
    g_free(record->kept);
    record->sha256 = record->kept = digest;
}

static void pass_error(ZpWire *wire, ZpRecord *record)
{
    record->rule = (ZpRule)zp_wire_number(wire, record->rule, ZP_RULE_COUNT - 1);
    if (!zp_wire_flag(wire, record->error != NULL))
        return;
    guint code = record->error ? (guint)record->error->code : 0;
    const char *zh = record->error ? zp_error_text(record->error, ZP_LANG_ZH) : NULL;
    const char *en = record->error ? zp_error_text(record->error, ZP_LANG_EN) : NULL;
    code = (guint)zp_wire_number(wire, code, ZP_ERROR_OUTPUT);
    zp_wire_needed(wire, &zh);
    zp_wire_needed(wire, &en);
    if (!wire->out)
        zp_error_set(&record->error, (ZpErrorCode)code, "%s%.0s", "%.0s%s", zh, en);
}

static void pass_ledger(ZpWire *wire, ZpRecord *record)
{
    if (!zp_wire_flag(wire, record->ledger != NULL))
        return;
    if (!wire->out)
        record->ledger = zp_ledger_new();
    zp_record_pass_ledger(wire, record->ledger);
}

static void pass_record(ZpWire *wire, ZpRecord *record)
{
    wire->is_bad |= zp_wire_number(wire, ZP_RECORD_VERSION, ZP_RECORD_VERSION) != ZP_RECORD_VERSION;
    record->outcome = (ZpOutcome)zp_wire_number(wire, record->outcome, ZP_OUTCOME_COUNT - 1);
    /* Only ids of the table are known; a kind is of what was passed over, or may be because it is no form but a report. */
    const char *id = record->kind ? record->kind->id : NULL;
    zp_wire_text(wire, &id);
    if (!wire->out && id)
        record->kind = zp_kind_by_id(id);
    wire->is_bad |= id && (!record->kind || (record->outcome != ZP_OUTCOME_SKIPPED &&
                                             record->kind != &ZP_OWN_REPORT));
    zp_wire_text(wire, &record->sha256);
    zp_wire_text(wire, &record->format);
    record->is_partial = zp_wire_flag(wire, record->is_partial);
    record->has_scans = zp_wire_flag(wire, record->has_scans);
    pass_error(wire, record);
    /* A page or a text that is no form says so; what no parser takes is passed over without a word. */
    wire->is_bad |=
        record->kind == &ZP_OWN_REPORT && !record->error && record->outcome != ZP_OUTCOME_SKIPPED;
    guint count = zp_wire_rows(wire, record->forms->len, ZP_LIMIT_FORMS, FORM_BYTES);
    wire->is_bad |= count > 0 && record->error;
    for (guint k = 0; k < count && !wire->is_bad; k++) {
        if (!wire->out)
            g_ptr_array_add(record->forms, zp_form_new());
        ZpForm *form = g_ptr_array_index(record->forms, k);
        zp_record_pass_form(wire, form);
        form->index = k;
    }
    pass_ledger(wire, record);
    zp_record_pass_report(wire, record->forms, record->report);
}

GBytes *zp_record_write(ZpRecord *record)
{
    ZpWire wire = {.out = g_string_sized_new(USUAL_BYTES)};
    pass_record(&wire, record);
    return g_string_free_to_bytes(wire.out);
}

ZpRecord *zp_record_read(GBytes *bytes)
{
    ZpWire wire = zp_wire_over(bytes);
    g_autoptr(ZpRecord) record = zp_record_new();
    record->bytes = g_bytes_ref(bytes);
    pass_record(&wire, record);
    bool is_whole = !wire.is_bad && wire.next == wire.end;
    return is_whole ? g_steal_pointer(&record) : NULL;
}
