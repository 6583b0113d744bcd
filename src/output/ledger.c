/*
 * ledger.c - `convert --ledger`: a list of projects (汇总表) as json, ndjson and csv.
 *
 *     {"schema": "ziping/ledger/1", …, "path": …, "title": …, "rows": [
 *     {"project": …, "unit": …, "budget": …, "executed": …, "rate": …, "score": …},
 *     …]}
 *
 * ndjson has a line a row, csv a row a row, each value as text, value and unit.
 */
#include "output/escape.h"
#include "output/report_json.h"

#include <string.h>

static void put_row(GString *out, const ZpLedgerRow *row)
{
    ZpEmitter emitter = {.out = out};
    zp_emit_open(&emitter, NULL, '{');
    for (const ZpColumn *column = ZP_LEDGER_COLUMNS; column->name; column++)
        zp_emit_value(&emitter, column->name, zp_column_value(row, column));
    zp_emit_close(&emitter, '}');
}

static guint count_rows(const ZpResult *result)
{
    return result->ledger && !result->error ? result->ledger->rows->len : 0;
}

static bool begin_json(ZpWriting *writing, GError **error)
{
    json_t *head = json_object();
    zp_json_put(head, "schema", json_string("ziping/ledger/1"));
    zp_json_put(head, "version", json_string(ZP_VERSION));
    zp_json_put(head, "rulebook", zp_json_text(zp_rulebook_digest(writing->rulebook)));
    bool done = zp_json_print(writing->buffer, head, error);
    g_string_truncate(writing->buffer, writing->buffer->len - 1);
    return done;
}

static void put_head(json_t *object, const ZpLedger *ledger)
{
    zp_json_put(object, "title", zp_json_text(ledger ? ledger->title.text : NULL));
    zp_json_put(object, "year", ledger && ledger->year ? json_integer(ledger->year) : json_null());
    zp_json_put(object, "currency_unit", zp_json_text(ledger ? ledger->currency_unit.text : NULL));
}

static bool write_rows(ZpWriting *writing, const ZpResult *result, const char *before,
                       const char *between, GError **error)
{
    for (guint k = 0; k < count_rows(result); k++) {
        g_string_append(writing->buffer, k > 0 ? between : before);
        put_row(writing->buffer, zp_ledger_row(result->ledger, k));
        if (!zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    return true;
}

static bool write_json_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    json_t *head = zp_json_file_head(result, writing->options.lang);
    put_head(head, result->ledger);
    g_autoptr(GString) text = g_string_new(NULL);
    if (!zp_json_print(text, head, error))
        return false;
    /* The file's keys stand in the same object as the schema. */
    g_string_append_printf(writing->buffer, ", %.*s, \"rows\": [", (int)text->len - 2,
                           text->str + 1);
    return write_rows(writing, result, "\n", ",\n", error);
}

static bool end_json(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    (void)summary;
    (void)error;
    g_string_append(writing->buffer, "\n]}\n");
    return true;
}

static bool write_ndjson_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    bool done = result->error
                    ? zp_json_print(writing->buffer,
                                    zp_json_file_head(result, writing->options.lang), error)
                    : write_rows(writing, result, "", "\n", error);
    g_string_append_c(writing->buffer, '\n');
    return done;
}

static bool begin_csv(ZpWriting *writing, GError **error)
{
    (void)error;
    if (writing->options.excel)
        g_string_append(writing->buffer, "\xef\xbb\xbf");
    g_string_append(writing->buffer, "path,project,unit");
    for (const ZpColumn *column = ZP_LEDGER_COLUMNS + ZP_LEDGER_TEXTS; column->name; column++)
        g_string_append_printf(writing->buffer, ",%s_text,%s_value,%s_unit", column->name,
                               column->name, column->name);
    g_string_append(writing->buffer, "\r\n");
    return true;
}

static void append_cell(ZpWriting *writing, const char *text)
{
    g_string_append_c(writing->buffer, ',');
    zp_escape_csv(writing->buffer, text, writing->options.raw);
}

static bool write_csv_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    g_autofree char *path = zp_text_valid(result->path, strlen(result->path), NULL);
    for (guint k = 0; k < count_rows(result); k++) {
        const ZpLedgerRow *row = zp_ledger_row(result->ledger, k);
        zp_escape_csv(writing->buffer, path, writing->options.raw);
        append_cell(writing, row->project.text);
        append_cell(writing, row->unit.text);
        for (const ZpColumn *column = ZP_LEDGER_COLUMNS + ZP_LEDGER_TEXTS; column->name; column++) {
            const ZpValue *value = zp_column_value(row, column);
            char buffer[ZP_DECIMAL_TEXT_MAX];
            append_cell(writing, value->text);
            g_string_append_c(writing->buffer, ',');
            if (value->has_value)
                g_string_append(writing->buffer, zp_decimal_print(value->value, buffer));
            append_cell(writing, value->unit);
        }
        g_string_append(writing->buffer, "\r\n");
        if (!zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    return true;
}

const ZpWriter zp_ledger_json_writer = {
    .name = "json",
    .for_convert = true,
    .wants_digests = true,
    .begin = begin_json,
    .file = write_json_file,
    .end = end_json,
};
const ZpWriter zp_ledger_ndjson_writer = {
    .name = "ndjson",
    .for_convert = true,
    .wants_digests = true,
    .file = write_ndjson_file,
};
const ZpWriter zp_ledger_csv_writer = {
    .name = "csv",
    .for_convert = true,
    .begin = begin_csv,
    .file = write_csv_file,
};
