/*
 * runs_table.c - words into cells of tables that the rest of the recogniser reads.
 */
#include "recognise/runs_table.h"

#include <string.h>

static ZpTable *table_of(RunTables *tables, ZpTableKind kind)
{
    bool is_lines = kind == ZP_TABLE_LINES;
    if (tables->table && tables->table->kind == kind)
        return tables->table;
    tables->table = arranged_add_table(tables->arranged, kind, is_lines ? 0 : tables->runs->number);
    tables->table->has_spans = tables->table->is_rebuilt = !is_lines;
    tables->table->row_base = is_lines ? 0 : tables->n_rows;
    tables->row = 0;
    return tables->table;
}

void run_tables_row(RunTables *tables)
{
    bool goes_on = tables->table && tables->table->kind == ZP_TABLE_CELLS;
    table_of(tables, ZP_TABLE_CELLS);
    tables->row = goes_on ? tables->row + 1 : 0;
    tables->n_rows++;
}

/* The box around words, in the source's measure. */
static ZpBox box_of(const GPtrArray *words)
{
    ZpBox box = ((const Word *)words->pdata[0])->run->box;
    for (guint k = 1; k < words->len; k++) {
        const ZpBox *other = &((const Word *)words->pdata[k])->run->box;
        box.x0 = MIN(box.x0, other->x0);
        box.y0 = MIN(box.y0, other->y0);
        box.x1 = MAX(box.x1, other->x1);
        box.y1 = MAX(box.y1, other->y1);
    }
    return box;
}

/* The bytes of words that follow each other in one run; else nothing is said. */
static void set_bytes(ZpCell *cell, const GPtrArray *words)
{
    const Word *first = words->pdata[0], *last = words->pdata[words->len - 1];
    if (first->run != last->run || first->run->byte_start == first->run->byte_end)
        return;
    cell->byte_start = first->run->byte_start + (guint32)(first->text - first->run->text);
    cell->byte_end =
        first->run->byte_start + (guint32)(last->text + last->length - first->run->text);
}

/*
 * Whether a cell holds texts that stand apart in one line and are no label together; a line of text around the
 * tables does where it holds several figures: it is a row that got lost.
 */
static bool is_torn(const Runs *runs, const GPtrArray *words, ZpTableKind kind)
{
    ZpLabelMatch label;
    guint n_figures = 0;
    for (guint k = 0; k < words->len; k++) {
        const Word *word = words->pdata[k], *before = k ? words->pdata[k - 1] : NULL;
        n_figures += shape_is_figure(word->shape);
        if (kind == ZP_TABLE_CELLS && before && before->line == word->line &&
            before->run != word->run)
            return !words_match(runs, words, &label);
    }
    return kind == ZP_TABLE_LINES && n_figures > 1;
}

static void add_cell(RunTables *tables, const ZpCell *place, const GPtrArray *words,
                     const char *text)
{
    Runs *runs = tables->runs;
    const Word *first = words->pdata[0];
    words_join(words, runs->scratch);
    if (!text)
        text = g_string_chunk_insert_len(tables->arranged->strings, runs->scratch->str,
                                         (gssize)runs->scratch->len);
    ZpCell cell = *place;
    cell.text = text;
    cell.length = (guint32)strlen(text);
    cell.line = first->run->line;
    cell.page = runs->in_points ? first->run->page : 0;
    cell.box = runs->in_points ? box_of(words) : (ZpBox){0};
    set_bytes(&cell, words);
    for (guint k = 0; k < words->len; k++) {
        Word *word = words->pdata[k];
        word->is_out = true;
        cell.is_doubtful |= word->others != 0 || word->is_unsure;
    }
    ZpTable *table = tables->table;
    tables->n_torn += is_torn(runs, words, table->kind);
    g_array_append_val(table->cells, cell);
    table->n_rows = MAX(table->n_rows, cell.row + cell.row_span);
    table->n_cols = MAX(table->n_cols, cell.col + cell.col_span);
}

void run_tables_cell(RunTables *tables, guint col, guint n_cols, guint n_rows, GPtrArray *words,
                     const char *text)
{
    if (!words->len)
        return;
    words_sort(words);
    ZpCell place = {
        .row = tables->row,
        .col = col,
        .row_span = (guint16)MIN(n_rows, G_MAXUINT16),
        .col_span = (guint16)n_cols,
    };
    add_cell(tables, &place, words, text);
}

void run_tables_line(RunTables *tables, guint line)
{
    const WordLine *at = runs_line(tables->runs, line);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (guint k = 0; k < at->count; k++) {
        Word *word = runs_word(tables->runs, at->first + k);
        if (!word->is_out)
            g_ptr_array_add(words, word);
    }
    if (!words->len)
        return;
    ZpTable *table = table_of(tables, ZP_TABLE_LINES);
    ZpCell place = {.row = table->n_rows, .row_span = 1, .col_span = 1};
    add_cell(tables, &place, words, NULL);
}
