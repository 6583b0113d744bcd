/*
 * table.c - rows of cells on a table's grid columns.
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
#include "parsers/docx/private.h"

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
    flow->leading = g_string_new(NULL);
    for (guint k = 0; k < ZP_DOCX_N_SAID; k++)
        flow->said[k] = g_string_new(NULL);
}

void zp_docx_flow_clear(ZpDocxFlow *flow)
{
    g_string_free(flow->shown, TRUE);
    g_string_free(flow->leading, TRUE);
    for (guint k = 0; k < ZP_DOCX_N_SAID; k++)
        g_string_free(flow->said[k], TRUE);
}

void zp_docx_flow_settle(ZpDocxFlow *flow)
{
    if (!flow->leading->len)
        return;
    bool is_alone = zp_text_is_blank(flow->shown->str, flow->shown->len);
    g_string_append_len(is_alone ? flow->shown : flow->said[ZP_DOCX_SAID_MARK], flow->leading->str,
                        (gssize)flow->leading->len);
    g_string_truncate(flow->leading, 0);
}

/* How each is said; a loss is what a person sees, or may see, otherwise. */
typedef struct {
    bool is_loss;
    ZpLossKind kind;
    const char *zh, *en;
} Saying;

static void note_one(GString *text, ZpDocument *document, const ZpPlace *at, const Saying *saying)
{
    if (zp_text_is_blank(text->str, text->len)) {
        g_string_truncate(text, 0);
        return;
    }
    g_autoptr(GString) quote = g_string_new(NULL);
    zp_text_append_quote(quote, text->str, text->len, QUOTE_BYTES);
    g_autofree char *zh = g_strdup_printf("%s“%s”", saying->zh, quote->str);
    g_autofree char *en = g_strdup_printf("%s: \"%s\"", saying->en, quote->str);
    if (saying->is_loss)
        zp_document_add_counted(document, saying->kind, at, zh, en);
    else
        zp_document_add_note(document, saying->kind, at, zh, en);
    g_string_truncate(text, 0);
}

static const Saying SAYINGS[ZP_DOCX_N_SAID] = {
    [ZP_DOCX_SAID_DELETED] = {false, ZP_LOSS_CHANGED_TEXT, "修订按已接受读取，删去的文字没有读入：",
                              "tracked changes are read as accepted; deleted text was left out"},
    [ZP_DOCX_SAID_INSERTED] = {false, ZP_LOSS_CHANGED_TEXT, "修订按已接受读取，插入的文字已读入：",
                               "tracked changes are read as accepted; inserted text was taken"},
    [ZP_DOCX_SAID_HIDDEN] = {false, ZP_LOSS_UNSEEN_TEXT, "隐藏的文字没有读入：",
                             "hidden text was left out"},
    [ZP_DOCX_SAID_STRUCK] = {false, ZP_LOSS_CHANGED_TEXT, "划去的文字没有读入：",
                             "text that is struck out was left out"},
    [ZP_DOCX_SAID_PALE] = {false, ZP_LOSS_UNSEEN_TEXT, "文字与底色相同，看不见，没有读入：",
                           "text in the colour of its ground cannot be seen and was left out"},
    [ZP_DOCX_SAID_TINY] = {false, ZP_LOSS_UNSEEN_TEXT, "文字小得看不清，没有读入：",
                           "text too small to be seen was left out"},
    [ZP_DOCX_SAID_ROW] = {false, ZP_LOSS_UNSEEN_TEXT, "隐藏的行没有读入：",
                          "a hidden row was left out"},
    [ZP_DOCX_SAID_FOREIGN] = {false, ZP_LOSS_UNSEEN_TEXT, "没有软件会显示的内容没有读入：",
                              "text in mark-up that no program shows was left out"},
    [ZP_DOCX_SAID_REVERSED] = {true, ZP_LOSS_CHANGED_TEXT, "从右到左显示的文字没有读入：",
                               "text that is shown from right to left was left out"},
    [ZP_DOCX_SAID_FLOATING] = {true, ZP_LOSS_DOUBTFUL_PLACE,
                               "浮在单元格上的文本框没有读作它的内容：",
                               "a text box that lies over the cell was not read as what it holds"},
    [ZP_DOCX_SAID_OPEN] = {true, ZP_LOSS_LOST_CONTENT, "有一个域没有结尾，后面的文字没有读入：",
                           "a field has no end; the text behind its beginning was not read"},
    [ZP_DOCX_SAID_MARK] = {false, ZP_LOSS_CHANGED_TEXT, "上标当作注释的标记，没有并入文字：",
                           "a raised text was taken for a note mark and left out"},
};

void zp_docx_flow_note(ZpDocxFlow *flow, ZpDocument *document, const ZpPlace *at)
{
    for (guint k = 0; k < ZP_DOCX_N_SAID; k++) {
        if (flow->said[k]->len)
            note_one(flow->said[k], document, at, &SAYINGS[k]);
    }
}

ZpDocxTable *zp_docx_table_new(ZpDocument *document)
{
    ZpDocxTable *table = g_new0(ZpDocxTable, 1);
    table->document = document;
    table->table = zp_document_add_table(document, ZP_TABLE_CELLS);
    table->table->has_spans = true;
    table->merges = g_array_new(FALSE, TRUE, sizeof(Merge));
    table->hidden = g_string_new(NULL);
    zp_docx_flow_init(&table->flow);
    return table;
}

void zp_docx_table_free(gpointer data)
{
    ZpDocxTable *table = data;
    g_array_unref(table->merges);
    zp_docx_flow_clear(&table->flow);
    g_string_free(table->hidden, TRUE);
    g_free(table->style);
    g_free(table);
}

void zp_docx_table_row(ZpDocxTable *table)
{
    table->col = 0;
    table->left = 0;
    table->row_is_deleted = table->row_is_inserted = table->row_is_hidden = false;
}

void zp_docx_table_row_end(ZpDocxTable *table)
{
    ZpPlace at = {.table = table->table->number, .row = table->row + 1, .col = 1};
    note_one(table->hidden, table->document, &at, &SAYINGS[ZP_DOCX_SAID_ROW]);
    if (table->row_is_deleted || table->row_is_hidden)
        return;
    table->row++;
    table->table->n_rows = MAX(table->table->n_rows, table->row);
}

void zp_docx_table_cell(ZpDocxTable *table)
{
    table->in_cell = true;
    table->byte_start = table->byte_end = 0;
    table->is_deleted = table->is_inserted = table->continues_left = false;
    table->span = 1;
    table->ground = ZP_COLOUR_UNSAID;
    table->merge = ZP_DOCX_SINGLE;
}

/* What a continued cell still holds is not shown, unless it is the same again. */
static void hide_text(ZpDocxTable *table, const ZpCell *cell)
{
    const GString *text = table->flow.shown;
    if (text->len != cell->length || memcmp(text->str, cell->text, text->len) != 0)
        g_string_append(table->flow.said[ZP_DOCX_SAID_HIDDEN], text->str);
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
    /* A cell in a cell ends nowhere of its own: nothing can be written there. */
    bool is_closed = table->byte_end > table->byte_start;
    ZpCell cell = {.text = text->str,
                   .length = (guint32)text->len,
                   .row = table->row,
                   .col = table->col,
                   .row_span = 1,
                   .col_span = (guint16)table->span,
                   .byte_start = is_closed ? table->byte_start : 0,
                   .byte_end = is_closed ? table->byte_end : 0};
    if (zp_text_is_blank(text->str, text->len))
        cell.length = 0;
    if (!zp_document_add_cell(table->document, table->table, &cell, error))
        return false;
    table->left = table->table->cells->len;
    const ZpCellOrigin origin = {table->table->number, table->row + 1, table->col + 1,
                                 table->element};
    if (table->document->origins)
        g_array_append_val(table->document->origins, origin);
    if (table->merges->len <= table->col)
        g_array_set_size(table->merges, table->col + 1);
    g_array_index(table->merges, Merge, table->col) =
        (Merge){.cell = table->table->cells->len - 1,
                .next_row = table->merge == ZP_DOCX_SINGLE ? 0 : table->row + 1,
                .span = table->span};
    return true;
}

/* The cells of a hidden row are said together. */
static void keep_hidden(ZpDocxTable *table)
{
    GString *text = table->flow.said[ZP_DOCX_SAID_ROW];
    if (!zp_text_is_blank(text->str, text->len) && table->hidden->len < ZP_LIMIT_CELL_BYTES)
        g_string_append_printf(table->hidden, "%s%s", table->hidden->len ? " | " : "", text->str);
    g_string_truncate(text, 0);
}

bool zp_docx_table_cell_end(ZpDocxTable *table, GError **error)
{
    ZpPlace at = {.table = table->table->number, .row = table->row + 1, .col = table->col + 1};
    bool is_there = !table->is_deleted && !table->row_is_deleted && !table->row_is_hidden;
    guint room = table->col < ZP_LIMIT_COLUMNS ? ZP_LIMIT_COLUMNS - table->col : 1;
    table->in_cell = false;
    table->span = CLAMP(table->span, 1, room);
    zp_docx_flow_settle(&table->flow);
    keep_hidden(table);
    /* Line ends behind the last character say nothing. */
    GString *text = table->flow.shown;
    while (text->len && text->str[text->len - 1] == '\n')
        g_string_truncate(text, text->len - 1);
    bool done =
        !is_there || continue_left(table) || continue_merge(table) || add_cell(table, error);
    zp_docx_flow_note(&table->flow, table->document, &at);
    g_string_truncate(table->flow.shown, 0);
    if (is_there)
        table->col += table->span;
    return done;
}
