/*
 * table_maker.h - rows of cells with spans into a grid: the table-forming algorithm of the
 * HTML standard.
 *
 * A cell goes to the first free place of its row; a row span keeps places of the rows below
 * taken.  Used by every format whose rows say spans but no columns.
 */
#pragma once

#include "model/grid.h"

typedef struct {
    ZpDocument *document;
    ZpTable *table;
    GArray *taken;    /* of guint32, by column: rows below this index are free again */
    guint32 row, col; /* the row under way, from 0; the next place to look at */
    bool has_row;
    guint group; /* index of the first cell of the row group under way */
} ZpTableMaker;

/* A row span to the end of the row group. */
#define ZP_ROW_SPAN_REST G_MAXUINT16

ZpTableMaker *zp_table_maker_new(ZpDocument *document);
void zp_table_maker_free(ZpTableMaker *maker);

/** zp_table_maker_row: begin the next row. */
void zp_table_maker_row(ZpTableMaker *maker);

/**
 * zp_table_maker_cell: put a cell at the first free place of the row.
 * @cell: text, spans and place in the original; row and column are set here; spans are clamped to
 * half of what is left of ZP_LIMIT_COLUMNS, so that cells behind them still have room, and to the table's end
 * @error: as zp_document_add_cell
 */
bool zp_table_maker_cell(ZpTableMaker *maker, ZpCell *cell, GError **error);

/** zp_table_maker_col: the column, from 0, that the next cell of the row goes to. */
guint32 zp_table_maker_col(const ZpTableMaker *maker);

/**
 * zp_table_maker_group: a row group (or the table) ends: row spans that reach beyond its last row
 * are cut.
 */
void zp_table_maker_group(ZpTableMaker *maker);
