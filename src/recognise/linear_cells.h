/*
 * linear_cells.h - cells in reading order: read from lines, laid over columns, written to tables.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/arrange.h"
#include "recognise/columns.h"

/* One cell. */
typedef struct {
    ZpCell cell; /* its text and place in the source; no text: a blank one */
    Shape shape;
    ZpLabelMatch label;
    bool is_title, is_grade;
} LinearCell;

static inline bool linear_is_blank(const LinearCell *cell)
{
    return cell->cell.length == 0;
}

/**
 * linear_cells: the cells of lines of text: a line each; a long line that holds the labels of a form
 * is cut at its spaces, or at its labels where it has none.
 * @lines: (element-type ZpCell*)
 * @has_blanks: set to whether blank cells are there, as blank lines
 *
 * Returns: (transfer full) (element-type LinearCell)
 */
GArray *linear_cells(Arranged *arranged, const GPtrArray *lines, bool *has_blanks);

/**
 * linear_is_long: whether a line holds a form: it is long and has labels in it, between spaces or not.
 */
bool linear_is_long(const ZpLabels *labels, const ZpCell *line);

#define LINEAR_COLUMNS_MAX 24

/* The columns of a header. */
typedef struct {
    guint n;
    Role roles[LINEAR_COLUMNS_MAX];
    bool is_printed[LINEAR_COLUMNS_MAX]; /* the header has a cell for it */
} LinearColumns;

/**
 * linear_columns: the columns that a header's cells [first, end) name, behind one for the block's own
 * label and, for the funds, one for the rows' labels.
 */
void linear_columns(LinearColumns *columns, const GArray *cells, guint first, guint end,
                    bool is_funds, guint64 heads);

/**
 * linear_column: the column with a role; LINEAR_COLUMNS_MAX when there is none.
 */
guint linear_column(const LinearColumns *columns, Role role);

/* The tables under way. */
typedef struct {
    Arranged *arranged;
    ZpTable *table; /* (nullable) */
    guint32 row;
} LinearTables;

void linear_row(LinearTables *tables);
void linear_cell(LinearTables *tables, guint col, const LinearCell *cell);
void linear_line(LinearTables *tables, const LinearCell *cell);

/**
 * linear_lay: rows of the cells [first, end) over the columns.
 *
 * A figure that may stand in several columns as well goes to a place right of all columns.
 */
void linear_lay(LinearTables *tables, const GArray *cells, guint first, guint end,
                const LinearColumns *columns, bool has_blanks);
