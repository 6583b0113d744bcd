/*
 * table_maker.c - forming a table from rows of cells with spans.
 *
 * `taken` holds for every column the first row in which it is free again, so placing a cell is
 * a walk over columns and needs no grid.  Spans are stored as asked and cut when their row
 * group ends, because only then its last row is known.
 *
 * Source: HTML Standard, 4.9.12.1 "Forming a table".
 */
#include "parsers/shared/table_maker.h"

#include "base/limits.h"

ZpTableMaker *zp_table_maker_new(ZpDocument *document)
{
    ZpTableMaker *maker = g_new0(ZpTableMaker, 1);
    maker->document = document;
    maker->table = zp_document_add_table(document, ZP_TABLE_CELLS);
    maker->table->has_spans = true;
    maker->taken = g_array_new(FALSE, TRUE, sizeof(guint32));
    return maker;
}

void zp_table_maker_free(ZpTableMaker *maker)
{
    if (!maker)
        return;
    g_array_unref(maker->taken);
    g_free(maker);
}

void zp_table_maker_row(ZpTableMaker *maker)
{
    if (maker->has_row)
        maker->row++;
    maker->has_row = true;
    maker->col = 0;
    maker->table->n_rows = maker->row + 1;
}

static bool is_taken(const ZpTableMaker *maker, guint32 col)
{
    return col < maker->taken->len && g_array_index(maker->taken, guint32, col) > maker->row;
}

guint32 zp_table_maker_col(const ZpTableMaker *maker)
{
    guint32 col = maker->col;
    while (is_taken(maker, col))
        col++;
    return col;
}

static void take(ZpTableMaker *maker, guint32 col, guint32 end, guint32 until)
{
    if (maker->taken->len < end)
        g_array_set_size(maker->taken, end);
    for (; col < end; col++) {
        guint32 *taken = &g_array_index(maker->taken, guint32, col);
        *taken = MAX(*taken, until);
    }
}

bool zp_table_maker_cell(ZpTableMaker *maker, ZpCell *cell, GError **error)
{
    if (!maker->has_row)
        zp_table_maker_row(maker);
    while (is_taken(maker, maker->col))
        maker->col++;
    guint16 row_span = MAX(cell->row_span, 1);
    guint32 room = maker->col + 1 < ZP_LIMIT_COLUMNS ? (ZP_LIMIT_COLUMNS - maker->col) / 2 : 1;
    cell->row = maker->row;
    cell->col = maker->col;
    cell->col_span = (guint16)CLAMP(cell->col_span, 1, room);
    cell->row_span = 1;
    if (!zp_document_add_cell(maker->document, maker->table, cell, error))
        return false;
    GArray *cells = maker->table->cells;
    g_array_index(cells, ZpCell, cells->len - 1).row_span = row_span;
    take(maker, cell->col, cell->col + cell->col_span,
         row_span == ZP_ROW_SPAN_REST ? G_MAXUINT32 : maker->row + row_span);
    maker->col += cell->col_span;
    return true;
}

void zp_table_maker_group(ZpTableMaker *maker)
{
    GArray *cells = maker->table->cells;
    for (guint i = maker->group; i < cells->len; i++) {
        ZpCell *cell = &g_array_index(cells, ZpCell, i);
        cell->row_span = (guint16)MIN(cell->row_span, maker->row + 1 - cell->row);
    }
    maker->group = cells->len;
    g_array_set_size(maker->taken, 0);
}
