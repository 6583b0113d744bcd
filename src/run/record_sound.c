/*
 * record_sound.c - whether what a record says can be the answer of a worker that did its work.
 *
 * Reading it (record.c) has bounded every number and text by itself.  Here it is looked at as a whole:
 * rows that belong together are there together, names are names of the program's tables, indexes in
 * texts lead to a row.  Writers may then rely on it; what they print they escape all the same.
 */
#include "run/record.h"

#include "parsers/office/office.h"
#include "parsers/parser.h"
#include "rulebook/labels.h"
#include "rules/check.h"

#include <string.h>

/* Characters of a name: of an argument, of a message. */
#define NAME_CHARS "abcdefghijklmnopqrstuvwxyz0123456789_-"
#define HEX_DIGITS "0123456789abcdef"
/* Hex digits of the digests that are printed. */
#define SHA256_DIGITS      64
#define FINGERPRINT_DIGITS 32

#define BLOCKS (ZP_BLOCK_FUNDS | ZP_BLOCK_GOALS | ZP_BLOCK_INDICATORS | ZP_BLOCK_TOTAL)
#define KEYS                                                                                       \
    (ZP_KEY_IDENTITY | ZP_KEY_FIGURES | ZP_KEY_PROJECT | ZP_KEY_GOALS | ZP_KEY_GROUP |             \
     ZP_KEY_SCORED | ZP_KEY_FULL)

static bool is_name(const char *text)
{
    return *text && strspn(text, NAME_CHARS) == strlen(text);
}

static bool is_digest(const char *text, gsize digits)
{
    return !text || (strlen(text) == digits && strspn(text, HEX_DIGITS) == digits);
}

/* --- forms --- */

static bool is_value_sound(const ZpValue *value)
{
    bool is_date_sound = value->date.month > 0 || value->date.day == 0;
    return (value->has_value || !value->has_upper) && is_date_sound;
}

static bool are_values_sound(const ZpColumn *columns, const void *row)
{
    for (; columns->name; columns++) {
        if (!is_value_sound(zp_column_value(row, columns)))
            return false;
    }
    return true;
}

/* A part of something else, which is not a part of it in turn. */
static bool is_part_sound(int part_of, guint k)
{
    return part_of != (int)k;
}

static bool are_extras_sound(const GPtrArray *extras)
{
    for (guint k = 0; extras && k < extras->len; k++) {
        const ZpExtra *extra = g_ptr_array_index(extras, k);
        if (!extra->label.text || !is_value_sound(&extra->value))
            return false;
    }
    return true;
}

static bool are_rows_sound(const ZpForm *form)
{
    for (guint k = 0; k < form->funds->len; k++) {
        const ZpFund *fund = zp_form_fund(form, k);
        if (!is_part_sound(fund->part_of, k) || !are_values_sound(ZP_FUND_COLUMNS, fund))
            return false;
    }
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(form, k);
        if (!is_part_sound(row->part_of, k) || !are_values_sound(ZP_INDICATOR_COLUMNS, row) ||
            !is_value_sound(&row->level1_weight) || !is_value_sound(&row->level2_weight) ||
            !are_extras_sound(row->other))
            return false;
    }
    return true;
}

/* "" or "/name/…" */
static bool is_pointer(const char *pointer)
{
    gsize name = *pointer == '/' ? strspn(pointer + 1, NAME_CHARS) : 0;
    return !*pointer || (name > 0 && (pointer[1 + name] == '/' || !pointer[1 + name]));
}

static bool are_repairs_sound(const ZpForm *form)
{
    for (guint k = 0; k < form->repairs->len; k++) {
        const ZpRepair *repair = g_ptr_array_index(form->repairs, k);
        int rule = zp_rule_find(repair->code);
        if (rule < 0 || ZP_RULES[rule].scope != ZP_SCOPE_REPAIR ||
            strcmp(ZP_RULES[rule].code, repair->code) != 0 ||
            strcmp(ZP_RULES[rule].name, repair->name) != 0 || !is_pointer(repair->pointer))
            return false;
    }
    return true;
}

static bool are_texts_there(const GPtrArray *texts)
{
    for (guint k = 0; k < texts->len; k++) {
        if (!((const ZpUnread *)g_ptr_array_index(texts, k))->text.text)
            return false;
    }
    return true;
}

/* A list has a project a row, and its texts are there. */
static bool is_ledger_sound(const ZpLedger *ledger)
{
    for (guint k = 0; k < ledger->rows->len; k++) {
        const ZpLedgerRow *row = zp_ledger_row(ledger, k);
        if (!row->project.text || !are_values_sound(ZP_LEDGER_COLUMNS, row))
            return false;
    }
    return ledger->rows->len > 0 && are_texts_there(ledger->unread);
}

static bool is_form_sound(const ZpForm *form, const ZpRulebook *rulebook)
{
    const ZpValue *const values[] = {&form->funds_weight, &form->headline, &form->total_weight,
                                     &form->total_score};
    for (guint k = 0; k < G_N_ELEMENTS(values); k++) {
        if (!is_value_sound(values[k]))
            return false;
    }
    return zp_labels_has_template(zp_rulebook_labels(rulebook), form->template_id) &&
           zp_rulebook_has_profile(rulebook, form->profile) &&
           !form->profile_zh == !form->profile_en && !(form->blocks & ~(guint)BLOCKS) &&
           !(form->missing & ~(guint)BLOCKS) && are_rows_sound(form) &&
           are_extras_sound(form->extra) && are_repairs_sound(form) &&
           are_texts_there(form->unread);
}

/* --- the report --- */

/* Where a pointer names a row it is one of the form's. */
static bool leads_to_row(const char *pointer, const char *block, guint n_rows)
{
    gsize length = strlen(block);
    if (strncmp(pointer, block, length) != 0 || !g_ascii_isdigit(pointer[length]))
        return true;
    char *end = NULL;
    guint64 row = g_ascii_strtoull(pointer + length, &end, 10);
    return row < n_rows && (!*end || *end == '/');
}

static bool leads_somewhere(const ZpRecord *record, int index, guint rule, const char *pointer)
{
    if (index < 0)
        return !*pointer && ZP_RULES[rule].code[0] == 'D';
    if (ZP_RULES[rule].scope == ZP_SCOPE_FILE || ZP_RULES[rule].scope == ZP_SCOPE_RUN ||
        ZP_RULES[rule].scope == ZP_SCOPE_YEARS)
        return false;
    const ZpForm *form = g_ptr_array_index(record->forms, index);
    /* A repair says where it was made, and what stood there may have become another row. */
    return is_pointer(pointer) && (ZP_RULES[rule].scope == ZP_SCOPE_REPAIR ||
                                   (leads_to_row(pointer, "/funds/", form->funds->len) &&
                                    leads_to_row(pointer, "/indicators/", form->indicators->len)));
}

static bool is_finding_sound(const ZpRecord *record, const ZpFinding *finding)
{
    for (guint k = 0; k < finding->arguments->len; k++) {
        if (!is_name(g_array_index(finding->arguments, ZpArgument, k).name))
            return false;
    }
    return leads_somewhere(record, finding->form, finding->rule, finding->pointer) &&
           (!finding->habit || zp_check_knows_habit(finding->habit)) && is_name(finding->message) &&
           is_digest(finding->fingerprint, FINGERPRINT_DIGITS);
}

static bool is_figure(const char *text)
{
    ZpDecimal ignored;
    return !text || zp_decimal_parse(text, strlen(text), &ignored);
}

static bool is_verdict_sound(const ZpVerdict *verdict, const ZpForm *form)
{
    const ZpRecomputed *again = &verdict->recomputed;
    if (verdict->rates.n_up > verdict->rates.n || verdict->rates.n_cut > verdict->rates.n ||
        !is_figure(again->execution) || !is_figure(again->total) ||
        (again->indicators->len != 0 && again->indicators->len != form->indicators->len) ||
        (verdict->met && (strlen(verdict->met) != form->indicators->len ||
                          strspn(verdict->met, ZP_MET_LETTERS) != form->indicators->len)))
        return false;
    for (guint k = 0; k < again->indicators->len; k++) {
        if (!is_figure(g_ptr_array_index(again->indicators, k)))
            return false;
    }
    for (guint k = 0; k < again->assumed->len; k++) {
        const char *pointer = g_ptr_array_index(again->assumed, k);
        if (!pointer || !is_pointer(pointer))
            return false;
    }
    return true;
}

/* A verdict and keys a form when it was checked; else nothing. */
static bool is_report_sound(const ZpRecord *record, bool check)
{
    const ZpReport *report = record->report;
    guint rows = check ? record->forms->len : 0;
    if (report->verdicts->len != rows || report->keys->len != rows ||
        (!check && (report->findings->len > 0 || report->unevaluated->len > 0)))
        return false;
    for (guint k = 0; k < rows; k++) {
        if ((g_array_index(report->keys, ZpFormKeys, k).has & ~KEYS) ||
            !is_verdict_sound(g_ptr_array_index(report->verdicts, k),
                              g_ptr_array_index(record->forms, k)))
            return false;
    }
    for (guint k = 0; k < report->findings->len; k++) {
        if (!is_finding_sound(record, g_ptr_array_index(report->findings, k)))
            return false;
    }
    for (guint k = 0; k < report->unevaluated->len; k++) {
        const ZpUnevaluated *row = g_ptr_array_index(report->unevaluated, k);
        if (!leads_somewhere(record, row->form, row->rule, row->pointer))
            return false;
    }
    return true;
}

/* --- the whole --- */

static bool is_format(const char *format)
{
    return !format || zp_parser_by_name(format) || strcmp(format, zp_office_parser.name) == 0;
}

/* A file that was read has forms, or says why it has none; one that was passed over has nothing. */
static bool is_outcome_sound(const ZpRecord *record)
{
    bool has_findings = record->report->findings->len > 0;
    if (record->outcome == ZP_OUTCOME_SKIPPED || record->outcome == ZP_OUTCOME_UNPACKED)
        return !record->error && record->forms->len == 0 && !has_findings;
    return record->outcome == ZP_OUTCOME_READ && !record->error == (record->forms->len > 0) &&
           (!record->error ? record->format != NULL : !record->is_partial);
}

bool zp_record_is_sound(const ZpRecord *record, const ZpRulebook *rulebook, bool check)
{
    if (!is_outcome_sound(record) || ZP_RULES[record->rule].scope != ZP_SCOPE_FILE ||
        !is_format(record->format) || !is_digest(record->sha256, SHA256_DIGITS))
        return false;
    for (guint k = 0; k < record->forms->len; k++) {
        if (!is_form_sound(g_ptr_array_index(record->forms, k), rulebook))
            return false;
    }
    return (!record->ledger || is_ledger_sound(record->ledger)) && is_report_sound(record, check);
}
