/*
 * join_split.c - several forms in one drawn table.
 *
 * Forms printed one below the other without a gap are one table to whoever only sees rules, and their
 * columns may differ by a little or by much: nine columns become twelve.  So the table is cut above
 * every title, and each piece keeps only the rules that its own cells use.
 */
#include "recognise/join.h"

static const ZpCell *cell_at(const ZpTable *table, guint k)
{
    return &g_array_index(table->cells, ZpCell, k);
}

/* The rules that a piece's cells end at, as columns of the whole table, numbered; returns how many. */
static guint number_rules(const ZpTable *table, guint first, guint end, guint32 *numbers)
{
    guint n = 0;
    for (guint k = 0; k < table->x->len; k++)
        numbers[k] = 0;
    for (guint k = first; k < end; k++) {
        const ZpCell *cell = cell_at(table, k);
        numbers[cell->col] = 1;
        numbers[cell->col + cell->col_span] = 1;
    }
    for (guint k = 0; k < table->x->len; k++) {
        bool is_used = numbers[k];
        numbers[k] = is_used ? n : 0;
        n += is_used ? 1 : 0;
    }
    return n;
}

static GArray *used_rules(const ZpTable *table, const guint32 *numbers, guint n)
{
    GArray *x = g_array_sized_new(FALSE, FALSE, sizeof(float), n);
    for (guint k = 0; k < table->x->len; k++) {
        if (k == 0 || numbers[k] > 0)
            g_array_append_val(x, g_array_index(table->x, float, k));
    }
    return x;
}

/* The piece of the cells first…end, which are whole rows. */
static ZpTable *make_piece(Arranged *arranged, const ZpTable *table, guint first, guint end)
{
    g_autofree guint32 *numbers = g_new(guint32, table->x->len);
    guint n = number_rules(table, first, end, numbers);
    guint32 top = cell_at(table, first)->row;
    guint32 bottom = end < table->cells->len ? cell_at(table, end)->row : table->n_rows;
    ZpTable *piece = arranged_own_table(arranged, ZP_TABLE_CELLS, table->number);
    piece->page = table->page;
    piece->has_spans = table->has_spans;
    piece->n_rows = bottom - top;
    piece->n_cols = n - 1;
    piece->x = used_rules(table, numbers, n);
    piece->y = g_array_new(FALSE, FALSE, sizeof(float));
    g_array_append_vals(piece->y, &g_array_index(table->y, float, top), bottom - top + 1);
    piece->open_top = table->open_top && first == 0;
    piece->open_bottom = table->open_bottom && end == table->cells->len;
    g_array_append_vals(piece->cells, cell_at(table, first), end - first);
    join_keep_places(arranged, table, piece->cells);
    for (guint k = 0; k < piece->cells->len; k++) {
        ZpCell *cell = &g_array_index(piece->cells, ZpCell, k);
        guint32 behind = numbers[cell->col + cell->col_span];
        cell->row -= top;
        cell->col = numbers[cell->col];
        cell->col_span = (guint16)(behind - cell->col);
    }
    return piece;
}

/* The first cell of the next row from the k-th cell's row on that begins with a title; the end if none does. */
static guint next_title(const Arranged *arranged, const ZpTable *table, guint k)
{
    for (; k < table->cells->len; k++) {
        const ZpCell *cell = cell_at(table, k);
        if (cell_at(table, k - 1)->row < cell->row && cell->length && join_is_title(arranged, cell))
            break;
    }
    return k;
}

/* A cell that reaches below its piece would be cut: such a table is left as it is. */
static bool is_clean_cut(const ZpTable *table, guint k)
{
    guint32 row = k < table->cells->len ? cell_at(table, k)->row : table->n_rows;
    for (guint i = 0; i < k; i++) {
        const ZpCell *cell = cell_at(table, i);
        if (cell->row + cell->row_span > row)
            return false;
    }
    return true;
}

static void split_table(Arranged *arranged, ZpTable *table, GPtrArray *pieces)
{
    guint first = 0;
    while (first < table->cells->len) {
        guint end = next_title(arranged, table, first + 1);
        while (!is_clean_cut(table, end))
            end = next_title(arranged, table, end + 1);
        if (first == 0 && end == table->cells->len) {
            g_ptr_array_add(pieces, table);
            return;
        }
        g_ptr_array_add(pieces, make_piece(arranged, table, first, end));
        first = end;
    }
}

GPtrArray *join_split(Arranged *arranged, const GPtrArray *tables)
{
    GPtrArray *pieces = g_ptr_array_sized_new(tables->len);
    for (guint k = 0; k < tables->len; k++) {
        ZpTable *table = g_ptr_array_index(tables, k);
        if (halves_split(arranged, table, pieces))
            continue;
        if (join_is_drawn(table) && table->cells->len)
            split_table(arranged, table, pieces);
        else
            g_ptr_array_add(pieces, table);
    }
    return pieces;
}
