/*
 * ledger_lay.c - a list of projects whose columns nobody drew.
 *
 *     序号        项目名称          预算单位         预算执行情况（万元）       自评得分
 *                                                 预算数     执行数    执行率
 *      1     农村道路养护项目（   县交通运输局   1,263.68   1,200.50   95.00%      98
 *                 二期）
 *
 * The heads say where the columns are: a piece of text is of the column that it lies under most.  Heads below
 * each other are one head of two lines, or, where several stand below one, columns under a common head.  A line
 * with figures is a row; one without goes on with a row beside it that has text in the same columns, and where
 * it might be either row's that is said (D05).
 */
#include "recognise/ledger_lay_parts.h"

#include <string.h>

static void add_cell(Lay *lay, guint32 row, guint col, guint cols, guint rows, const ZpCell *from,
                     const char *text, gsize length)
{
    ZpCell cell = *from;
    cell.text = g_string_chunk_insert_len(lay->arranged->strings, text, (gssize)length);
    cell.length = (guint32)length;
    cell.row = row;
    cell.col = col;
    cell.col_span = (guint16)cols;
    cell.row_span = (guint16)rows;
    if (!lay->runs->page) { /* its box counts characters */
        cell.box = (ZpBox){0};
        cell.page = 0;
    }
    if (length != from->length)
        cell.byte_start = cell.byte_end = 0;
    g_array_append_val(lay->table->cells, cell);
    lay->table->n_rows = MAX(lay->table->n_rows, row + rows);
    lay->table->n_cols = lay->n_columns;
}

static void add_heads(Lay *lay)
{
    guint rows = lay->n_parents ? 2 : 1;
    for (guint c = 0; c < lay->n_columns; c++) {
        const RunColumn *column = &lay->columns[c];
        guint end = c + 1;
        if (column->parent < 0) {
            add_cell(lay, 0, c, 1, rows, column->head, column->text->str, column->text->len);
            continue;
        }
        while (end < lay->n_columns && lay->columns[end].parent == column->parent)
            end++;
        const ZpCell *parent = lay->parents[column->parent];
        add_cell(lay, 0, c, end - c, 1, parent, parent->text, parent->length);
        c = end - 1;
    }
    for (guint c = 0; c < lay->n_columns; c++) {
        const RunColumn *column = &lay->columns[c];
        if (column->parent >= 0)
            add_cell(lay, 1, c, 1, 1, column->head, column->text->str, column->text->len);
    }
}

/* Whether the row has text in every column that the line has. */
static bool may_go_on(const Lay *lay, const RunLine *line, const RunLine *row)
{
    for (guint k = 0; k < line->count; k++) {
        guint c = lay_column(lay, lay_piece(lay, line, k));
        bool has = false;
        for (guint i = 0; i < row->count; i++)
            has |= lay_column(lay, lay_piece(lay, row, i)) == c;
        if (!has || lay->columns[c].has_figures)
            return false;
    }
    return true;
}

/* 一、市本级 and labels with values begin no name's second line. */
static bool is_apart(const Lay *lay, const RunLine *line)
{
    const ZpCell *first = lay_piece(lay, line, 0);
    const char *text = first->text;
    ZpLabelMatch label;
    bool has_value =
        zp_labels_match(lay->labels, text, first->length, &label) && label.value_offset;
    if (g_str_has_prefix(text, "（"))
        text += strlen("（");
    gsize digits = 0;
    while (g_utf8_strchr("一二三四五六七八九十", -1, g_utf8_get_char(text))) {
        digits++;
        text = g_utf8_next_char(text);
    }
    return has_value || (digits && (g_str_has_prefix(text, "、") || g_str_has_prefix(text, "）")));
}

/* Where each line goes: a row of its own (itself), or the line of the row that it goes on with; @is_unsure. */
static guint owner_of(const Lay *lay, guint k, bool *is_unsure)
{
    const RunLine *line = lay_line(lay, k);
    *is_unsure = false;
    if (lay_is_row(lay, line) || is_apart(lay, line))
        return k;
    bool before = k > lay->head_end && lay_is_row(lay, lay_line(lay, k - 1)) &&
                  line->row == lay_line(lay, k - 1)->row + 1 &&
                  may_go_on(lay, line, lay_line(lay, k - 1));
    bool behind = k + 1 < lay->lines->len && lay_is_row(lay, lay_line(lay, k + 1)) &&
                  line->row + 1 == lay_line(lay, k + 1)->row &&
                  may_go_on(lay, line, lay_line(lay, k + 1));
    *is_unsure = before && behind;
    return before ? k - 1 : behind ? k + 1 : k;
}

/* One row: its own pieces, with those of the lines beside it that go on with it. */
static void add_row(Lay *lay, guint k, guint32 row)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint c = 0; c < lay->n_columns; c++) {
        const ZpCell *first = NULL;
        bool is_doubtful = false;
        g_string_truncate(text, 0);
        for (guint i = MAX(k, lay->head_end + 1) - 1; i <= MIN(k + 1, lay->lines->len - 1); i++) {
            bool is_unsure;
            if (i < lay->head_end || owner_of(lay, i, &is_unsure) != k)
                continue;
            for (guint p = 0; p < lay_line(lay, i)->count; p++) {
                const ZpCell *cell = lay_piece(lay, lay_line(lay, i), p);
                if (lay_column(lay, cell) != c)
                    continue;
                is_doubtful |= lay_is_stray(lay, cell, c) || (p && lay_column(lay, cell - 1) == c);
                first = first && i != k ? first : cell;
                g_string_append_printf(text, "%s%.*s", text->len ? "\n" : "", (int)cell->length,
                                       cell->text);
                is_doubtful |= is_unsure;
            }
        }
        if (!first)
            continue;
        add_cell(lay, row, c, 1, 1, first, text->str, text->len);
        g_array_index(lay->table->cells, ZpCell, lay->table->cells->len - 1).is_doubtful |=
            is_doubtful;
    }
}

static void add_text(Lay *lay, guint from, guint end)
{
    if (from >= end)
        return;
    ZpTable *lines = arranged_add_table(lay->arranged, ZP_TABLE_LINES, 0);
    for (guint k = from; k < end; k++) {
        for (guint i = 0; i < lay_line(lay, k)->count; i++) {
            ZpCell cell = *lay_piece(lay, lay_line(lay, k), i);
            cell.page = lay->runs->page ? cell.page : 0;
            cell.box = lay->runs->page ? cell.box : (ZpBox){0};
            cell.row = lines->n_rows++;
            cell.col = 0;
            cell.row_span = cell.col_span = 1;
            g_array_append_val(lines->cells, cell);
        }
    }
    lines->n_cols = 1;
}

static void add_table(Lay *lay)
{
    add_text(lay, 0, lay->head_first);
    lay->table = arranged_add_table(lay->arranged, ZP_TABLE_CELLS, lay->runs->number);
    lay->table->has_spans = lay->table->is_rebuilt = true;
    lay->table->page = lay->runs->page;
    add_heads(lay);
    guint32 row = lay->table->n_rows;
    for (guint k = lay->head_end; k < lay->lines->len; k++) {
        bool is_unsure;
        if (owner_of(lay, k, &is_unsure) == k)
            add_row(lay, k, row++);
    }
}

bool ledger_is_list(const ZpLabels *labels, const ZpTable *runs)
{
    Lay lay = {.labels = labels, .runs = runs};
    bool is_list = lay_read(&lay);
    lay_clear(&lay);
    return is_list;
}

void ledger_lay(Arranged *arranged, const ZpTable *runs)
{
    Lay lay = {.labels = arranged->labels, .arranged = arranged, .runs = runs};
    if (lay_read(&lay))
        add_table(&lay);
    lay_clear(&lay);
}
