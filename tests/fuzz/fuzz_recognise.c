/*
 * fuzz_recognise.c - any grid, with spans that parsers make and ones that they should not, through
 * recogniser, normaliser and rules.
 *
 * The bytes are a text: a line end begins a row, a tab a cell, a form feed a table, \v a line around the
 * tables.  \1 to \7 before a cell span so many columns, \x0e to \x14 rows; they may overlap.
 */
#include "normalise/normalise.h"
#include "recognise/recognise.h"
#include "rules/check.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Cells of a row that are kept: enough for any form. */
#define COLUMNS_MAX 40

typedef struct {
    ZpDocument *document;
    ZpTable *table;
    guint32 row, col;
} Maker;

static void begin_table(Maker *maker, ZpTableKind kind)
{
    maker->table = zp_document_add_table(maker->document, kind);
    maker->table->is_apart = kind == ZP_TABLE_LINES;
    maker->row = maker->col = 0;
}

static void add_cell(Maker *maker, const char *text, gsize length)
{
    guint16 row_span = 1, col_span = 1;
    for (; length && (*text < 8 || (*text >= 14 && *text <= 20)) && *text > 0; text++, length--) {
        if (*text < 8)
            col_span = (guint16)*text;
        else
            row_span = (guint16)(*text - 12);
    }
    ZpCell cell = {.text = text, .length = (guint32)length, .row = maker->row, .col = maker->col};
    cell.row_span = row_span;
    cell.col_span = col_span;
    if (maker->col < COLUMNS_MAX)
        zp_document_add_cell(maker->document, maker->table, &cell, NULL);
    maker->col += col_span;
}

static void end_cell(Maker *maker, char separator)
{
    if (separator == '\n') {
        maker->row++;
        maker->col = 0;
    } else if (separator == '\f' || separator == '\v') {
        begin_table(maker, separator == '\f' ? ZP_TABLE_CELLS : ZP_TABLE_LINES);
    }
}

static ZpDocument *make_document(const char *text)
{
    Maker maker = {.document = zp_document_new_within(NULL)};
    begin_table(&maker, ZP_TABLE_CELLS);
    for (const char *p = text;; p++) {
        gsize length = strcspn(p, "\t\n\f\v");
        add_cell(&maker, p, length);
        p += length;
        if (!*p)
            return maker.document;
        end_cell(&maker, *p);
    }
}

static void check_forms(const ZpRulebook *rulebook, const ZpDocument *document)
{
    g_autoptr(GPtrArray) forms = zp_recognise(rulebook, document, NULL);
    g_autoptr(ZpReport) report = zp_report_new();
    for (guint i = 0; forms && i < forms->len; i++) {
        ZpForm *form = g_ptr_array_index(forms, i);
        zp_normalise_form(rulebook, form);
        zp_check_form(rulebook, form, report, NULL);
        zp_check_repairs(form, report);
    }
    if (forms)
        zp_check_seal("a.txt", forms, report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ZpRulebook *rulebook;
    if (!rulebook)
        rulebook = zp_rulebook_open(NULL, NULL);
    g_autofree char *text = zp_text_valid((const char *)data, size, NULL);
    g_autoptr(ZpDocument) document = make_document(text);
    check_forms(rulebook, document);
    return 0;
}
