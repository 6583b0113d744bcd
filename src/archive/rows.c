/*
 * rows.c - forms, funds, indicators, findings into their tables.
 */
#include "archive/rows.h"

#include "archive/pack.h"
#include "archive/texts.h"
#include "base/error.h"
#include "base/limits.h"
#include "model/print.h"
#include "output/model_json.h"

#include <string.h>

char *zp_rows_key(const char *name)
{
    GString *key = g_string_new(NULL);
    if (name)
        zp_text_append_folded(key, name, strlen(name));
    return g_string_free(key, FALSE);
}

/* --- binding one value after the other --- */

typedef struct {
    sqlite3_stmt *statement;
    int k;
} Columns;

static void put_text(Columns *columns, const char *text)
{
    sqlite3_bind_text(columns->statement, ++columns->k, text, -1, SQLITE_TRANSIENT);
}

static void put_number(Columns *columns, bool is_there, gint64 number)
{
    columns->k++;
    if (is_there)
        sqlite3_bind_int64(columns->statement, columns->k, number);
}

static void put_decimal(Columns *columns, bool is_there, ZpDecimal number)
{
    char buffer[ZP_DECIMAL_TEXT_MAX];
    put_text(columns, is_there ? zp_decimal_print(number, buffer) : NULL);
}

static void put_place(Columns *columns, const ZpPlace *at, bool is_there)
{
    char buffer[ZP_PLACE_TEXT_MAX];
    put_text(columns, is_there ? zp_place_print(at, buffer) : NULL);
}

/* text, value, place */
static void put_figure(Columns *columns, const ZpValue *value)
{
    put_text(columns, value->text);
    put_decimal(columns, value->has_value, value->value);
    put_place(columns, &value->at, value->text != NULL);
}

/* text, op, value, upper, date, unit, place */
static void put_target(Columns *columns, const ZpValue *value)
{
    char date[ZP_DATE_TEXT_MAX];
    put_text(columns, value->text);
    put_text(columns, zp_op_name(value->op));
    put_decimal(columns, value->has_value, value->value);
    put_decimal(columns, value->has_upper, value->upper);
    put_text(columns, zp_date_print(value->date, date));
    put_text(columns, value->unit);
    put_place(columns, &value->at, value->text != NULL);
}

static bool finish(ZpArchive *archive, const Columns *columns, GError **error)
{
    bool has_row = false;
    return zp_archive_next(archive, columns->statement, &has_row, error);
}

/* --- amounts --- */

static const struct {
    const char *unit;
    gint64 fen;
} UNITS[] = {{"元", 100}, {"万元", 1000000}, {"亿元", G_GINT64_CONSTANT(10000000000)}};

/* Whole fen; false where the unit is not printed or the amount is no whole number of them. */
static bool in_fen(const ZpForm *form, const ZpValue *value, gint64 *fen)
{
    ZpDecimal product;
    for (gsize k = 0; k < G_N_ELEMENTS(UNITS) && value->has_value; k++) {
        ZpDecimal whole;
        if (g_strcmp0(form->currency_unit.text, UNITS[k].unit) != 0 ||
            !zp_decimal_multiply(value->value, zp_decimal_from_int(UNITS[k].fen), &product) ||
            !zp_decimal_round(product, 0, ZP_ROUND_DOWN, &whole) ||
            zp_decimal_compare(whole, product) != 0 || whole.coefficient > G_MAXINT64 ||
            whole.coefficient < G_MININT64)
            continue;
        *fen = (gint64)whole.coefficient;
        return true;
    }
    return false;
}

static void put_amount(Columns *columns, const ZpForm *form, const ZpValue *value)
{
    gint64 fen = 0;
    put_text(columns, value ? value->text : NULL);
    bool is_there = value && in_fen(form, value, &fen);
    put_number(columns, is_there, fen);
}

/* --- a form --- */

static bool add_fund(ZpArchive *archive, gint64 id, guint k, const ZpFund *fund, GError **error)
{
    Columns columns = {zp_archive_bind(archive, error,
                                       "INSERT INTO fund VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                       "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                       "ii", id, (gint64)k),
                       2};
    if (!columns.statement)
        return false;
    put_text(&columns, zp_source_name(fund->source));
    put_text(&columns, fund->label.text);
    for (const ZpColumn *column = ZP_FUND_COLUMNS; column->name; column++)
        put_figure(&columns, zp_column_value(fund, column));
    put_text(&columns, fund->reason.text);
    return finish(archive, &columns, error);
}

static bool add_indicator(ZpArchive *archive, gint64 id, guint k, const ZpIndicator *row,
                          GError **error)
{
    Columns columns = {zp_archive_bind(archive, error,
                                       "INSERT INTO indicator VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                       "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                       "?, ?, ?, ?, ?, ?, ?)",
                                       "ii", id, (gint64)k),
                       2};
    if (!columns.statement)
        return false;
    put_text(&columns, row->level1.text);
    put_text(&columns, row->level2.text);
    put_text(&columns, row->level3.text);
    put_target(&columns, &row->target);
    put_target(&columns, &row->actual);
    put_figure(&columns, &row->weight);
    put_figure(&columns, &row->score);
    put_text(&columns, row->reason.text);
    put_number(&columns, row->part_of >= 0, row->part_of);
    put_number(&columns, row->block > 0, row->block);
    put_number(&columns, true, row->is_empty);
    return finish(archive, &columns, error);
}

static bool add_repair(ZpArchive *archive, gint64 id, guint k, const ZpRepair *repair,
                       GError **error)
{
    return zp_archive_run(archive, error, "INSERT INTO repair VALUES (?, ?, ?, ?, ?, ?, ?)",
                          "iittttt", id, (gint64)k, repair->code, repair->name, repair->pointer,
                          repair->zh, repair->en);
}

static bool add_parts(ZpArchive *archive, gint64 id, const ZpForm *form, GError **error)
{
    for (guint k = 0; k < form->funds->len; k++) {
        if (!add_fund(archive, id, k, zp_form_fund(form, k), error))
            return false;
    }
    for (guint k = 0; k < form->indicators->len; k++) {
        if (!add_indicator(archive, id, k, zp_form_indicator(form, k), error))
            return false;
    }
    for (guint k = 0; k < form->repairs->len; k++) {
        if (!add_repair(archive, id, k, g_ptr_array_index(form->repairs, k), error))
            return false;
    }
    return true;
}

static void put_head(Columns *columns, const ZpForm *form)
{
    g_autofree char *project = zp_rows_key(form->project.text);
    g_autofree char *unit = zp_rows_key(form->unit.text);
    put_text(columns, form->template_id);
    put_text(columns, form->profile);
    put_text(columns, form->title.text);
    put_number(columns, form->year > 0, form->year);
    put_text(columns, form->project.text);
    put_text(columns, form->department.text);
    put_text(columns, form->unit.text);
    put_text(columns, project);
    put_text(columns, unit);
    put_text(columns, form->currency_unit.text);
}

static void put_verdict(Columns *columns, const ZpVerdict *verdict)
{
    const ZpRecomputed *recomputed = &verdict->recomputed;
    put_text(columns, recomputed->has_scores ? recomputed->total : NULL);
    put_text(columns, recomputed->has_scores ? recomputed->grade : NULL);
    put_number(columns, true, verdict->checks.passed);
    put_number(columns, true, verdict->checks.failed);
    put_number(columns, true, verdict->checks.not_applicable);
    put_number(columns, true, verdict->checks.not_evaluable);
}

/* @id 0: the next one */
static bool add_head(ZpArchive *archive, gint64 document, gint64 id, const ZpForm *form,
                     const ZpVerdict *verdict, GBytes *data, GError **error)
{
    const ZpFund *total = zp_form_total_fund(form, NULL);
    Columns columns = {zp_archive_bind(archive, error,
                                       "INSERT INTO form VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, "
                                       "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                       "?, ?, ?, ?, ?, ?, ?, ?)",
                                       "iii", id, document, (gint64)form->index),
                       3};
    if (!columns.statement)
        return false;
    put_head(&columns, form);
    put_amount(&columns, form, total ? &total->budget : NULL);
    put_amount(&columns, form, total ? &total->executed : NULL);
    put_text(&columns, form->headline.text);
    put_text(&columns, form->total_score.text);
    put_text(&columns, form->total_grade.text);
    put_verdict(&columns, verdict);
    gsize size = 0;
    gconstpointer bytes = g_bytes_get_data(data, &size);
    sqlite3_bind_blob64(columns.statement, ++columns.k, bytes, size, SQLITE_TRANSIENT);
    return finish(archive, &columns, error);
}

bool zp_rows_index(ZpArchive *archive, gint64 id, const char *json, gsize size, GError **error)
{
    if (!zp_archive_is_searched(archive))
        return true;
    g_autofree char *lines = zp_texts_folded(json, size);
    if (!lines) {
        zp_error_set(error, ZP_ERROR_DAMAGED, "第 %" G_GINT64_FORMAT " 张表已损坏",
                     "form %" G_GINT64_FORMAT " is damaged", id);
        return false;
    }
    g_autofree char *grams = zp_texts_grams(lines);
    return zp_archive_run(archive, error, "INSERT INTO temp.pending VALUES (?, ?, ?)", "itt", id,
                          lines, grams);
}

GBytes *zp_rows_pack(ZpArchive *archive, const char *json, gsize size)
{
    GBytes *packed = zp_pack(zp_archive_packer(archive), json, size);
    return packed ? packed : g_bytes_new(json, size);
}

GBytes *zp_rows_text(sqlite3_stmt *statement, int column)
{
    gconstpointer data = sqlite3_column_blob(statement, column);
    gsize size = (gsize)sqlite3_column_bytes(statement, column);
    /* One that would not be smaller, of which there is hardly any, is the text itself. */
    bool is_text = size > 0 && *(const char *)data == '{';
    return is_text ? g_bytes_new(data, size) : zp_unpack(data, size, ZP_LIMIT_RECORD_BYTES);
}

json_t *zp_rows_unpack(sqlite3_stmt *statement, int column)
{
    gsize size = 0;
    g_autoptr(GBytes) bytes = zp_rows_text(statement, column);
    gconstpointer text = bytes ? g_bytes_get_data(bytes, &size) : NULL;
    return text ? json_loadb(text, size, 0, NULL) : NULL;
}

bool zp_rows_form(ZpArchive *archive, gint64 document, const ZpForm *form, const ZpVerdict *verdict,
                  gint64 *id, GError **error)
{
    static const ZpFormShape SHAPE = {.lang = ZP_LANG_ZH};
    g_autoptr(GString) json = g_string_new(NULL);
    ZpEmitter emitter = {.out = json, .is_compact = true};
    zp_emit_open(&emitter, NULL, '{');
    zp_emit_form(&emitter, form, &SHAPE);
    zp_emit_close(&emitter, '}');
    g_autoptr(GBytes) data = zp_rows_pack(archive, json->str, json->len);
    if (!add_head(archive, document, *id, form, verdict, data, error))
        return false;
    *id = sqlite3_last_insert_rowid(zp_archive_db(archive));
    return add_parts(archive, *id, form, error) &&
           zp_archive_run(archive, error, "INSERT INTO outcome VALUES (?, ?)", "it", *id,
                          verdict->met ? verdict->met : "") &&
           zp_rows_index(archive, *id, json->str, json->len, error);
}

/* --- what the rules say --- */

bool zp_rows_finding(ZpArchive *archive, const ZpRulebook *rulebook, gint64 document,
                     const GArray *forms, const ZpFinding *finding, GError **error)
{
    g_autofree char *zh = zp_rulebook_message(rulebook, finding, ZP_LANG_ZH);
    g_autofree char *en = zp_rulebook_message(rulebook, finding, ZP_LANG_EN);
    const ZpRuleRow *rule = &ZP_RULES[finding->rule];
    bool has_form = finding->form >= 0 && (guint)finding->form < forms->len;
    Columns columns = {
        zp_archive_bind(archive, error,
                        "INSERT INTO finding VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                        "?, ?, ?)",
                        "i", document),
        1};
    if (!columns.statement)
        return false;
    put_number(&columns, has_form,
               has_form ? g_array_index(forms, gint64, (guint)finding->form) : 0);
    put_text(&columns, rule->code);
    put_text(&columns, rule->name);
    put_text(&columns, zp_severity_name(finding->severity));
    put_text(&columns, zp_loss_name(finding->kind));
    put_text(&columns, finding->pointer ? finding->pointer : "");
    put_place(&columns, &finding->at, true);
    put_text(&columns, finding->stated);
    put_text(&columns, finding->expected);
    put_text(&columns, finding->habit);
    put_text(&columns, zh);
    put_text(&columns, en);
    put_text(&columns, finding->related_path);
    put_number(&columns, finding->related_path != NULL, finding->related_form);
    put_text(&columns, finding->fingerprint);
    return finish(archive, &columns, error);
}

static bool add_unjudged(ZpArchive *archive, const GArray *forms, guint k, const ZpUnevaluated *row,
                         GError **error)
{
    if (row->form < 0 || (guint)row->form >= forms->len)
        return true;
    return zp_archive_run(archive, error, "INSERT OR IGNORE INTO reason (zh, en) VALUES (?, ?)",
                          "tt", row->zh, row->en) &&
           zp_archive_run(
               archive, error,
               "INSERT INTO unjudged SELECT ?, ?, ?, ?, id FROM reason WHERE zh = ? AND en = ?",
               "iitttt", g_array_index(forms, gint64, (guint)row->form), (gint64)k,
               ZP_RULES[row->rule].code, row->pointer ? row->pointer : "", row->zh, row->en);
}

bool zp_rows_report(ZpArchive *archive, const ZpRulebook *rulebook, gint64 document,
                    const GArray *forms, const ZpReport *report, GError **error)
{
    for (guint k = 0; k < report->findings->len; k++) {
        if (!zp_rows_finding(archive, rulebook, document, forms,
                             g_ptr_array_index(report->findings, k), error))
            return false;
    }
    for (guint k = 0; k < report->unevaluated->len; k++) {
        if (!add_unjudged(archive, forms, k, g_ptr_array_index(report->unevaluated, k), error))
            return false;
    }
    return true;
}

/* --- gone again --- */

/* An index without texts must be told what to forget; of a damaged form nobody knows it. */
static bool forget_texts(ZpArchive *archive, sqlite3_stmt *form, GError **error)
{
    gsize size = 0;
    gint64 id = sqlite3_column_int64(form, 0);
    g_autoptr(GBytes) bytes = zp_rows_text(form, 1);
    const char *json = bytes ? g_bytes_get_data(bytes, &size) : NULL;
    g_autofree char *lines = json ? zp_texts_folded(json, size) : NULL;
    if (!lines)
        return true;
    g_autofree char *grams = zp_texts_grams(lines);
    return zp_archive_run(
               archive, error,
               "INSERT INTO search_text (search_text, rowid, text) VALUES ('delete', ?, ?)", "it",
               id, lines) &&
           zp_archive_run(
               archive, error,
               "INSERT INTO search_short (search_short, rowid, text) VALUES ('delete', ?, ?)", "it",
               id, grams);
}

bool zp_rows_remove(ZpArchive *archive, gint64 document, GError **error)
{
    bool has_row = false;
    sqlite3_stmt *statement = zp_archive_bind(
        archive, error, "SELECT id, data FROM form WHERE document_id = ?", "i", document);
    while (statement) {
        if (!zp_archive_next(archive, statement, &has_row, error))
            return false;
        if (!has_row)
            break;
        if (!forget_texts(archive, statement, error))
            return false;
    }
    return statement &&
           zp_archive_run(archive, error, "DELETE FROM finding WHERE document_id = ?", "i",
                          document) &&
           zp_archive_run(archive, error, "DELETE FROM form WHERE document_id = ?", "i", document);
}
