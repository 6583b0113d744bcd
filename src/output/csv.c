/*
 * csv.c - a row an indicator, or of another table, RFC 4180 (CRLF, quotes doubled).
 *
 * https://www.rfc-editor.org/rfc/rfc4180.  A spreadsheet takes a cell that begins with = + - @
 * (also full-width), a tab or a line end for a formula or worse, and `=100%` is common in
 * these forms, so such a text gets a leading apostrophe unless `--raw`.  A number that this
 * program printed itself needs none: -5 must stay a number.
 */
#include "output/csv.h"
#include "output/escape.h"
#include "output/tables.h"

#include <string.h>

/* One row on its way. */
typedef struct {
    ZpRowTaker base;
    ZpWriting *writing;
    bool has_cell;
} Row;

static bool is_csv(const ZpTableColumn *column)
{
    return column->is_csv;
}

static Row *next_cell(ZpRowTaker *taker)
{
    Row *row = (Row *)taker;
    if (row->has_cell)
        g_string_append_c(row->writing->buffer, ',');
    row->has_cell = true;
    return row;
}

static void take_text(ZpRowTaker *taker, const char *text, bool is_own)
{
    ZpWriting *writing = next_cell(taker)->writing;
    zp_escape_csv(writing->buffer, text, is_own || writing->options.raw);
}

static void take_number(ZpRowTaker *taker, bool is_there, gint64 number)
{
    ZpWriting *writing = next_cell(taker)->writing;
    if (is_there)
        g_string_append_printf(writing->buffer, "%" G_GINT64_FORMAT, number);
}

static Row begin_row(ZpWriting *writing, ZpTableId table)
{
    return (Row){{ZP_TABLES[table].columns, is_csv, take_text, take_number}, writing, false};
}

void zp_csv_mark(ZpWriting *writing)
{
    if (writing->options.excel)
        g_string_append(writing->buffer, "\xef\xbb\xbf");
}

bool zp_csv_is_chinese(const ZpWriting *writing)
{
    return writing->options.excel && writing->options.lang == ZP_LANG_ZH;
}

static bool begin(ZpWriting *writing, ZpTableId table)
{
    bool is_zh = zp_csv_is_chinese(writing), has_cell = false;
    zp_csv_mark(writing);
    for (const ZpTableColumn *column = ZP_TABLES[table].columns; column->name; column++) {
        if (!column->is_csv)
            continue;
        g_string_append_printf(writing->buffer, "%s%s", has_cell ? "," : "",
                               is_zh ? column->zh : column->name);
        has_cell = true;
    }
    g_string_append(writing->buffer, "\r\n");
    return true;
}

static guint count_rows(const ZpForm *form, ZpTableId table)
{
    if (table == ZP_TABLE_FORMS)
        return 1;
    return table == ZP_TABLE_FUNDS ? form->funds->len : form->indicators->len;
}

static bool write_file(ZpWriting *writing, const ZpResult *result, ZpTableId table, GError **error)
{
    g_autofree char *path = zp_text_valid(result->path, strlen(result->path), NULL);
    const ZpRowPlace place = {.result = result, .path = path, .rulebook = writing->rulebook};
    for (guint f = 0; result->forms && f < result->forms->len; f++) {
        const ZpForm *form = g_ptr_array_index(result->forms, f);
        for (guint k = 0; k < count_rows(form, table); k++) {
            Row row = begin_row(writing, table);
            if (table == ZP_TABLE_FORMS)
                zp_table_form(&row.base, &place, form);
            else if (table == ZP_TABLE_FUNDS)
                zp_table_fund(&row.base, &place, form, k);
            else
                zp_table_indicator(&row.base, &place, form, k);
            g_string_append(writing->buffer, "\r\n");
        }
        if (!zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    return true;
}

/* A writer a table. */
#define TABLE(name, table)                                                                         \
    static bool begin_##name(ZpWriting *writing, GError **error)                                   \
    {                                                                                              \
        (void)error;                                                                               \
        return begin(writing, table);                                                              \
    }                                                                                              \
    static bool write_##name(ZpWriting *writing, const ZpResult *result, GError **error)           \
    {                                                                                              \
        return write_file(writing, result, table, error);                                          \
    }

TABLE(indicators, ZP_TABLE_INDICATORS)
TABLE(funds, ZP_TABLE_FUNDS)
TABLE(forms, ZP_TABLE_FORMS)

const ZpWriter zp_csv_writer = {
    .name = "csv",
    .zh = "CSV 表（指标、资金、表或问题）",
    .en = "a CSV table (indicators, funds, forms or findings)",
    .for_convert = true,
    .begin = begin_indicators,
    .file = write_indicators,
};
const ZpWriter zp_csv_funds_writer = {
    .name = "csv",
    .for_convert = true,
    .begin = begin_funds,
    .file = write_funds,
};
const ZpWriter zp_csv_forms_writer = {
    .name = "csv",
    .for_convert = true,
    .begin = begin_forms,
    .file = write_forms,
};
