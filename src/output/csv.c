/*
 * csv.c - one indicator a row, RFC 4180 (CRLF, quotes doubled).
 *
 * https://www.rfc-editor.org/rfc/rfc4180.  A spreadsheet takes a cell that begins with = + - @
 * (also full-width), a tab or a line end for a formula or worse, and `=100%` is common in
 * these forms, so such a text gets a leading apostrophe unless `--raw`.  A number that this
 * program printed itself needs none: -5 must stay a number.
 */
#include "output/escape.h"
#include "output/writer.h"

#include <string.h>

/* The columns before the indicator's own. */
static const char HEAD[] = "path,form,year,project,unit,level1,level2,level3";

static void append_text(ZpWriting *writing, const char *text)
{
    zp_escape_csv(writing->buffer, text, writing->options.raw);
}

static void append_cell(ZpWriting *writing, const char *text)
{
    g_string_append_c(writing->buffer, ',');
    append_text(writing, text);
}

/* Text, op, value, unit. */
static void append_value(ZpWriting *writing, const ZpValue *value)
{
    char buffer[ZP_DECIMAL_TEXT_MAX];
    append_cell(writing, value->text);
    append_cell(writing, zp_op_name(value->op));
    g_string_append_c(writing->buffer, ',');
    if (value->has_value)
        g_string_append(writing->buffer, zp_decimal_print(value->value, buffer));
    append_cell(writing, value->unit);
}

static bool begin_csv(ZpWriting *writing, GError **error)
{
    (void)error;
    if (writing->options.excel)
        g_string_append(writing->buffer, "\xef\xbb\xbf");
    g_string_append(writing->buffer, HEAD);
    for (const ZpColumn *column = ZP_INDICATOR_COLUMNS; column->name; column++) {
        const char *name = column->name;
        g_string_append_printf(writing->buffer, ",%s_text,%s_op,%s_value,%s_unit", name, name, name,
                               name);
    }
    g_string_append(writing->buffer, ",reason\r\n");
    return true;
}

static void append_row(ZpWriting *writing, const char *path, const ZpForm *form,
                       const ZpIndicator *row)
{
    append_text(writing, path);
    g_string_append_printf(writing->buffer, ",%u,", form->index);
    if (form->year)
        g_string_append_printf(writing->buffer, "%d", form->year);
    append_cell(writing, form->project.text);
    append_cell(writing, form->unit.text);
    append_cell(writing, row->level1.text);
    append_cell(writing, row->level2.text);
    append_cell(writing, row->level3.text);
    for (const ZpColumn *column = ZP_INDICATOR_COLUMNS; column->name; column++)
        append_value(writing, zp_column_value(row, column));
    append_cell(writing, row->reason.text);
    g_string_append(writing->buffer, "\r\n");
}

static bool write_csv_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    g_autofree char *path = zp_text_valid(result->path, strlen(result->path), NULL);
    for (guint f = 0; result->forms && f < result->forms->len; f++) {
        const ZpForm *form = g_ptr_array_index(result->forms, f);
        for (guint k = 0; k < form->indicators->len; k++)
            append_row(writing, path, form, zp_form_indicator(form, k));
        if (!zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    return true;
}

const ZpWriter zp_csv_writer = {"csv", true, false, false, begin_csv, write_csv_file, NULL};
