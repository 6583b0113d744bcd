/*
 * docx_table.c - rows of cells on a table's grid columns.
 *
 * Word says columns by gridSpan and gridBefore, and rows of a merged cell one by one:
 *
 *     | A  vMerge=restart | B |        A spans two rows when the second row's cell stands at the
 *     | vMerge=continue   | C |        same columns; else that cell begins a merge of its own,
 *                                      as Word shows it where the restart is missing
 *
 * Older writers merge along a row by hMerge instead of gridSpan.  What a continued cell still holds is
 * not shown by Word: it is left out with a note.
 */
#include "parsers/docx_private.h"

#include "base/limits.h"

#include <string.h>

/* Bytes of a text that a note quotes. */
#define QUOTE_BYTES 300

/* A vertical merge that goes on in the next row, if a cell continues it. */
typedef struct {
    guint cell;       /* its index in the table */
    guint32 next_row; /* 0: none */
    guint span;
} Merge;

void zp_docx_flow_init(ZpDocxFlow *flow)
{
    flow->shown = g_string_new(NULL);
    flow->inserted = g_string_new(NULL);
    flow->deleted = g_string_new(NULL);
    flow->hidden = g_string_new(NULL);
}

void zp_docx_flow_clear(ZpDocxFlow *flow)
{
    g_string_free(flow->shown, TRUE);
    g_string_free(flow->inserted, TRUE);
    g_string_free(flow->deleted, TRUE);
    g_string_free(flow->hidden, TRUE);
}

static void note_one(GString *text, ZpDocument *document, ZpLossKind kind, const ZpPlace *at,
                     const char *zh, const char *en)
{
    if (zp_text_is_blank(text->str, text->len)) {
        g_string_truncate(text, 0);
        return;
    }
    g_autoptr(GString) quote = g_string_new(NULL);
    zp_text_append_quote(quote, text->str, text->len, QUOTE_BYTES);
    g_autofree char *full_zh = g_strdup_printf("%s“%s”", zh, quote->str);
    g_autofree char *full_en = g_strdup_printf("%s: \"%s\"", en, quote->str);
    zp_document_add_note(document, kind, at, full_zh, full_en);
    g_string_truncate(text, 0);
}

void zp_docx_flow_note(ZpDocxFlow *flow, ZpDocument *document, const ZpPlace *at)
{
    note_one(flow->deleted, document, ZP_LOSS_CHANGED_TEXT, at,
             "修订按已接受读取，删去的文字没有读入：",
             "tracked changes are read as accepted; deleted text was left out");
    note_one(flow->inserted, document, ZP_LOSS_CHANGED_TEXT, at,
             "修订按已接受读取，插入的文字已读入：",
             "tracked changes are read as accepted; inserted text was taken");
    note_one(flow->hidden, document, ZP_LOSS_UNSEEN_TEXT, at, "隐藏的文字没有读入：",
             "hidden text was left out");
}

ZpDocxTable *zp_docx_table_new(ZpDocument *document)
{
    ZpDocxTable *table = g_new0(ZpDocxTable, 1);
    table->document = document;
    table->table = zp_document_add_table(document, ZP_TABLE_CELLS);
    table->table->has_spans = true;
    table->merges = g_array_new(FALSE, TRUE, sizeof(Merge));
    zp_docx_flow_init(&table->flow);
    return table;
}

void zp_docx_table_free(gpointer data)
{
    ZpDocxTable *table = data;
    g_array_unref(table->merges);
    zp_docx_flow_clear(&table->flow);
    g_free(table);
}

void zp_docx_table_row(ZpDocxTable *table)
{
    table->col = 0;
    table->left = 0;
    table->row_is_deleted = table->row_is_inserted = false;
}

void zp_docx_table_row_end(ZpDocxTable *table)
{
    if (table->row_is_deleted)
        return;
    table->row++;
    table->table->n_rows = MAX(table->table->n_rows, table->row);
}

void zp_docx_table_cell(ZpDocxTable *table)
{
    table->in_cell = true;
    table->is_deleted = table->is_inserted = table->continues_left = false;
    table->span = 1;
    table->merge = ZP_DOCX_SINGLE;
}

/* What a continued cell still holds is not shown, unless it is the same again. */
static void hide_text(ZpDocxTable *table, const ZpCell *cell)
{
    const GString *text = table->flow.shown;
    if (text->len != cell->length || memcmp(text->str, cell->text, text->len) != 0)
        g_string_append(table->flow.hidden, text->str);
}

/* Whether the cell under way continues the one before it (w:hMerge); then that one is wider. */
static bool continue_left(ZpDocxTable *table)
{
    if (!table->continues_left || !table->left)
        return false;
    ZpCell *cell = &g_array_index(table->table->cells, ZpCell, table->left - 1);
    if (cell->col + cell->col_span != table->col || table->col >= ZP_LIMIT_COLUMNS)
        return false; /* further cells are an error, as any beyond the last column */
    cell->col_span = (guint16)(cell->col_span + table->span);
    table->table->n_cols = MAX(table->table->n_cols, table->col + table->span);
    hide_text(table, cell);
    return true;
}

/* Whether the cell under way continues the one above; then that one is a row longer. */
static bool continue_merge(ZpDocxTable *table)
{
    if (table->merge != ZP_DOCX_CONTINUE || table->col >= table->merges->len)
        return false;
    Merge *merge = &g_array_index(table->merges, Merge, table->col);
    if (!merge->next_row || merge->next_row != table->row || merge->span != table->span)
        return false;
    ZpCell *cell = &g_array_index(table->table->cells, ZpCell, merge->cell);
    if (cell->row_span == G_MAXUINT16)
        return false;
    cell->row_span++;
    merge->next_row++;
    hide_text(table, cell);
    table->left = merge->cell + 1;
    return true;
}

static bool add_cell(ZpDocxTable *table, GError **error)
{
    const GString *text = table->flow.shown;
    ZpCell cell = {.text = text->str,
                   .length = (guint32)text->len,
                   .row = table->row,
                   .col = table->col,
                   .row_span = 1,
                   .col_span = (guint16)table->span};
    if (zp_text_is_blank(text->str, text->len))
        cell.length = 0;
    if (!zp_document_add_cell(table->document, table->table, &cell, error))
        return false;
    table->left = table->table->cells->len;
    if (table->merges->len <= table->col)
        g_array_set_size(table->merges, table->col + 1);
    g_array_index(table->merges, Merge, table->col) =
        (Merge){.cell = table->table->cells->len - 1,
                .next_row = table->merge == ZP_DOCX_SINGLE ? 0 : table->row + 1,
                .span = table->span};
    return true;
}

/* Line ends behind the last character say nothing. */
static void trim_end(GString *text)
{
    while (text->len && text->str[text->len - 1] == '\n')
        g_string_truncate(text, text->len - 1);
}

bool zp_docx_table_cell_end(ZpDocxTable *table, GError **error)
{
    ZpPlace at = {.table = table->table->number, .row = table->row + 1, .col = table->col + 1};
    bool is_there = !table->is_deleted && !table->row_is_deleted;
    guint room = table->col < ZP_LIMIT_COLUMNS ? ZP_LIMIT_COLUMNS - table->col : 1;
    table->in_cell = false;
    table->span = CLAMP(table->span, 1, room);
    trim_end(table->flow.shown);
    bool done =
        !is_there || continue_left(table) || continue_merge(table) || add_cell(table, error);
    zp_docx_flow_note(&table->flow, table->document, &at);
    g_string_truncate(table->flow.shown, 0);
    if (is_there)
        table->col += table->span;
    return done;
}
