/*
 * tables.c - the cells of every row, in the order of table_columns.c.
 */
#include "output/tables.h"

#include "base/error.h"
#include "model/print.h"
#include "output/label.h"
#include "output/model_json.h"
#include "output/standing.h"
#include "output/unjudged.h"

#include <stdlib.h>
#include <string.h>

/* --- one cell after the other --- */

static void put(ZpRowTaker *taker, const char *text, bool is_own)
{
    if (taker->takes(taker->column))
        taker->text(taker, text, is_own);
    taker->column++;
}

static void put_text(ZpRowTaker *taker, const char *text)
{
    put(taker, text, false);
}

static void put_own(ZpRowTaker *taker, const char *text)
{
    put(taker, text, true);
}

static void put_number(ZpRowTaker *taker, bool is_there, gint64 number)
{
    if (taker->takes(taker->column))
        taker->number(taker, is_there, number);
    taker->column++;
}

static void put_id(ZpRowTaker *taker, gint64 id)
{
    put_number(taker, id > 0, id);
}

static void put_decimal(ZpRowTaker *taker, bool is_there, ZpDecimal number)
{
    char buffer[ZP_DECIMAL_TEXT_MAX];
    put_own(taker, is_there ? zp_decimal_print(number, buffer) : NULL);
}

static void put_at(ZpRowTaker *taker, const ZpPlace *at, bool is_there)
{
    char buffer[ZP_PLACE_TEXT_MAX];
    put_own(taker, is_there ? zp_place_print(at, buffer) : NULL);
}

static void put_value(ZpRowTaker *taker, const ZpValue *value)
{
    put_text(taker, value->text);
    put_own(taker, zp_op_name(value->op));
    put_decimal(taker, value->has_value, value->value);
    put_text(taker, value->unit);
    put_at(taker, &value->at, value->text != NULL);
}

static void put_target(ZpRowTaker *taker, const ZpValue *value)
{
    char date[ZP_DATE_TEXT_MAX];
    put_value(taker, value);
    put_decimal(taker, value->has_upper, value->upper);
    put_own(taker, zp_date_print(value->date, date));
    put_number(taker, value->text != NULL, value->approx != ZP_APPROX_NONE);
}

static void put_places(ZpRowTaker *taker, const ZpPlace *at)
{
    const guint32 places[] = {at->page, at->table, at->row, at->col, at->line};
    for (gsize k = 0; k < G_N_ELEMENTS(places); k++)
        put_number(taker, places[k] > 0, places[k]);
}

/* The keys of a form's row, then what CSV has instead. */
static void put_form_keys(ZpRowTaker *taker, const ZpRowPlace *place, const ZpForm *form, guint k)
{
    put_id(taker, 0); /* the database counts them */
    put_id(taker, place->form_id);
    put_number(taker, true, k);
    put_text(taker, place->path);
    put_number(taker, true, form->index);
    put_number(taker, form->year > 0, form->year);
    put_text(taker, form->project.text);
    put_text(taker, form->unit.text);
}

/* --- the rows --- */

static char *path_bytes(const char *path)
{
    if (g_utf8_validate(path, -1, NULL))
        return NULL;
    GString *hex = g_string_new(NULL);
    for (; *path; path++)
        g_string_append_printf(hex, "%02x", (guint8)*path);
    return g_string_free(hex, FALSE);
}

void zp_table_file(ZpRowTaker *taker, const ZpRowPlace *place, ZpLang lang)
{
    const ZpResult *result = place->result;
    g_autofree char *bytes = path_bytes(result->path);
    put_id(taker, place->file_id);
    put_text(taker, place->path);
    put_own(taker, bytes);
    put_own(taker, result->sha256);
    put_own(taker, result->format);
    put_own(taker, result->error ? "failed" : result->is_partial ? "partial" : "ok");
    put_own(taker, result->error ? result->error_code : NULL);
    put_text(taker, result->error ? zp_error_text(result->error, lang) : NULL);
}

void zp_table_unread(ZpRowTaker *taker, const ZpPassedOver *unread, const char *text)
{
    g_autofree char *path = zp_text_valid(unread->path, strlen(unread->path), NULL);
    g_autofree char *bytes = path_bytes(unread->path);
    put_id(taker, 0);
    put_text(taker, path);
    put_own(taker, bytes);
    put_own(taker, NULL);
    put_own(taker, unread->id);
    put_own(taker, "unread");
    put_own(taker, NULL);
    put_text(taker, text);
}

static void put_verdict(ZpRowTaker *taker, const ZpReport *report, guint form)
{
    static const ZpVerdict NONE;
    bool is_judged = form < report->verdicts->len;
    const ZpVerdict *verdict = is_judged ? g_ptr_array_index(report->verdicts, form) : &NONE;
    const ZpChecks *checks = &verdict->checks;
    const guint counts[] = {checks->passed, checks->failed, checks->not_applicable,
                            checks->not_evaluable};
    guint by_severity[ZP_SEVERITY_COUNT] = {0};
    for (guint k = 0; k < report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, k);
        if (finding->form == (int)form)
            by_severity[finding->severity] += zp_finding_counts(finding);
    }
    put_own(taker, verdict->recomputed.total);
    put_own(taker, verdict->recomputed.grade);
    put_own(taker, verdict->recomputed.execution);
    for (int k = ZP_SEVERITY_ERROR; k >= ZP_SEVERITY_NOTE; k--)
        put_number(taker, true, by_severity[k]);
    for (gsize k = 0; k < G_N_ELEMENTS(counts); k++)
        put_number(taker, is_judged, counts[k]);
}

void zp_table_form(ZpRowTaker *taker, const ZpRowPlace *place, const ZpForm *form)
{
    put_id(taker, place->form_id);
    put_id(taker, place->file_id);
    put_number(taker, true, form->index);
    put_text(taker, place->path);
    put_number(taker, true, form->index);
    put_number(taker, form->year > 0, form->year);
    put_text(taker, form->project.text);
    put_text(taker, form->unit.text);
    put_text(taker, form->title.text);
    put_text(taker, form->department.text);
    put_text(taker, form->template_id);
    put_text(taker, form->profile);
    put_text(taker, form->currency_unit.text);
    put_value(taker, &form->funds_weight);
    put_value(taker, &form->headline);
    put_text(taker, form->goal_expected.text);
    put_text(taker, form->goal_actual.text);
    put_value(taker, &form->total_weight);
    put_value(taker, &form->total_score);
    put_text(taker, form->total_grade.text);
    put_at(taker, &form->at, true);
    put_verdict(taker, place->result->report, form->index);
    put_number(taker, true, form->reading.doubtful);
}

void zp_table_fund(ZpRowTaker *taker, const ZpRowPlace *place, const ZpForm *form, guint k)
{
    const ZpFund *fund = zp_form_fund(form, k);
    put_form_keys(taker, place, form, k);
    put_own(taker, zp_source_name(fund->source));
    put_text(taker, fund->label.text);
    for (const ZpColumn *column = ZP_FUND_COLUMNS; column->name; column++)
        put_value(taker, zp_column_value(fund, column));
    put_text(taker, fund->reason.text);
}

static char *other_of(const ZpIndicator *row)
{
    if (!row->other || row->other->len == 0)
        return NULL;
    ZpEmitter emitter = {.out = g_string_new(NULL), .is_compact = true};
    zp_emit_other(&emitter, NULL, row->other);
    return g_string_free(emitter.out, FALSE);
}

static const char *met_of(const ZpReport *report, guint form, guint k)
{
    const ZpVerdict *verdict =
        form < report->verdicts->len ? g_ptr_array_index(report->verdicts, form) : NULL;
    if (!verdict || !verdict->met || strlen(verdict->met) <= k)
        return NULL;
    return verdict->met[k] == 'y' ? "yes" : verdict->met[k] == 'n' ? "no" : "unknown";
}

static const char *recomputed_of(const ZpReport *report, guint form, guint k)
{
    const ZpVerdict *verdict =
        form < report->verdicts->len ? g_ptr_array_index(report->verdicts, form) : NULL;
    bool is_there = verdict && k < verdict->recomputed.indicators->len;
    return is_there ? g_ptr_array_index(verdict->recomputed.indicators, k) : NULL;
}

void zp_table_indicator(ZpRowTaker *taker, const ZpRowPlace *place, const ZpForm *form, guint k)
{
    const ZpIndicator *row = zp_form_indicator(form, k);
    const ZpReport *report = place->result->report;
    g_autofree char *other = other_of(row);
    put_form_keys(taker, place, form, k);
    put_text(taker, row->level1.text);
    put_text(taker, row->level2.text);
    put_text(taker, row->level3.text);
    for (const ZpColumn *column = ZP_INDICATOR_COLUMNS; column->name; column++)
        (column->kind == ZP_KIND_TARGET ? put_target : put_value)(taker,
                                                                  zp_column_value(row, column));
    put_text(taker, row->reason.text);
    put_own(taker, recomputed_of(report, form->index, k));
    put_own(taker, met_of(report, form->index, k));
    put_number(taker, row->part_of >= 0, row->part_of);
    put_number(taker, row->block > 0, row->block);
    put_number(taker, true, row->is_empty);
    put_text(taker, row->level1_weight.text);
    put_text(taker, row->level2_weight.text);
    put_text(taker, other);
}

static void put_report_keys(ZpRowTaker *taker, const ZpRowPlace *place)
{
    put_id(taker, 0);
    put_id(taker, place->file_id);
    put_id(taker, place->form_id);
}

static char *words_of(const ZpRowPlace *place, const ZpPlace *at, const char *pointer, ZpLang lang)
{
    GString *words = g_string_new(NULL);
    zp_place_append(words, place->result, at, pointer, lang);
    return g_string_free(words, FALSE);
}

void zp_table_finding(ZpRowTaker *taker, const ZpRowPlace *place, const ZpFinding *finding)
{
    const ZpRuleRow *rule = &ZP_RULES[finding->rule];
    static const ZpLang LANGS[] = {ZP_LANG_EN, ZP_LANG_ZH};
    g_autofree char *standing = zp_standing_note(finding, ZP_LANG_EN);
    put_report_keys(taker, place);
    put_own(taker, zp_severity_name(finding->severity));
    put_own(taker, rule->code);
    put_own(taker, rule->name);
    put_text(taker, finding->stated);
    put_text(taker, finding->expected);
    for (gsize k = 0; k < G_N_ELEMENTS(LANGS); k++) {
        g_autofree char *message = zp_rulebook_message(place->rulebook, finding, LANGS[k]);
        put_text(taker, message);
    }
    for (gsize k = 0; k < G_N_ELEMENTS(LANGS); k++) {
        g_autofree char *words = words_of(place, &finding->at, finding->pointer, LANGS[k]);
        put_text(taker, words);
    }
    put_places(taker, &finding->at);
    put_text(taker, finding->pointer ? finding->pointer : "");
    put_own(taker, zp_loss_name(finding->kind));
    put_own(taker, finding->habit);
    put_number(taker, true, zp_finding_counts(finding));
    put_text(taker, standing);
    g_autofree char *related =
        finding->related_path
            ? zp_text_valid(finding->related_path, strlen(finding->related_path), NULL)
            : NULL;
    put_text(taker, related);
    put_number(taker, related && finding->related_form != ZP_FORM_NONE, finding->related_form);
    put_own(taker, finding->fingerprint);
}

void zp_table_unjudged(ZpRowTaker *taker, const ZpRowPlace *place, const ZpUnevaluated *one)
{
    put_report_keys(taker, place);
    put_own(taker, ZP_RULES[one->rule].code);
    put_own(taker, ZP_RULES[one->rule].name);
    put_text(taker, zp_unjudged_reason(one, ZP_LANG_EN));
    put_text(taker, zp_unjudged_reason(one, ZP_LANG_ZH));
    put_places(taker, &one->at);
    put_text(taker, one->pointer ? one->pointer : "");
}

void zp_table_extra(ZpRowTaker *taker, const ZpRowPlace *place, const ZpForm *form, guint k)
{
    const ZpExtra *extra = g_ptr_array_index(form->extra, k);
    put_id(taker, 0);
    put_id(taker, place->form_id);
    put_number(taker, true, k);
    put_text(taker, extra->label.text);
    put_text(taker, extra->value.text);
    put_at(taker, &extra->value.at, extra->value.text != NULL);
}

void zp_table_repair(ZpRowTaker *taker, const ZpRowPlace *place, const ZpForm *form, guint k)
{
    const ZpRepair *repair = g_ptr_array_index(form->repairs, k);
    put_id(taker, 0);
    put_id(taker, place->form_id);
    put_number(taker, true, k);
    put_own(taker, repair->code);
    put_own(taker, repair->name);
    put_text(taker, repair->pointer ? repair->pointer : "");
    put_at(taker, &repair->at, true);
    put_text(taker, repair->en);
    put_text(taker, repair->zh);
}
