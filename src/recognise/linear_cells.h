/*
 * linear_cells.h - cells in reading order: read from lines, cut into blocks, laid over columns, written to tables.
 *
 *     linear.c         the blocks one after the other
 *     linear_cells.c   lines → cells, cells → tables
 *     linear_heads.c   which cells are a block's heads, and where its rows end
 *     linear_grid.c    rows that are all of one width
 *     linear_rows.c    the cells of a block over its columns
 *     linear_pairs.c   labels with their values, between the blocks
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
    bool is_year;     /* the year and nothing else but the currency */
    bool is_ellipsis; /* ……: the template's place for more rows */
    bool is_heading;  /* 二、预算执行情况, a page number: a line between blocks */
    bool is_piece;    /* a piece of a line: what follows may belong to it */
} LinearCell;

static inline bool linear_is_blank(const LinearCell *cell)
{
    return cell->cell.length == 0;
}

static inline const LinearCell *linear_at(const GArray *cells, guint k)
{
    return &g_array_index(cells, LinearCell, k);
}

/**
 * linear_is_copy: whether a cell says the same as another, as where a merged cell's places were filled.
 */
bool linear_is_copy(const LinearCell *cell, const LinearCell *other);

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

typedef enum { LINEAR_FUNDS, LINEAR_INDICATORS, LINEAR_GOALS } LinearKind;

/* A header among the cells and the rows below it. */
typedef struct {
    LinearKind kind;
    guint first, end; /* its cells: the block's own label first, where it has one */
    guint body;       /* where its rows begin: behind the columns' numbers (行次 1 2 3) */
    guint stop;       /* where they end at the latest */
    guint width;      /* every row has so many cells, blank ones and copies counted; 0: not known */
} LinearHeader;

/**
 * linear_headers: the headers of blocks, in order.
 *
 * Returns: (transfer full) (element-type LinearHeader)
 */
GArray *linear_headers(const ZpLabels *labels, const GArray *cells);

/* Labels whose value follows them. */
extern const guint64 LINEAR_PAIR_LABELS;

/**
 * linear_is_total: whether the k-th cell is the total row's label, with a figure behind it.
 */
bool linear_is_total(const GArray *cells, guint k);

/* The columns of a header. */
typedef struct {
    guint n;
    Role roles[LINEAR_COLUMNS_MAX];
    const LinearCell *heads[LINEAR_COLUMNS_MAX]; /* (nullable) NULL: none is printed */
    const LinearCell *over;                      /* (nullable) the head over the target's parts */
    guint part, parts;                           /* the columns of these: the first, how many */
} LinearColumns;

/**
 * linear_columns: the columns that a header names, behind one for the block's own label and, for the funds, one for
 * the rows' labels.
 */
void linear_columns(LinearColumns *columns, const GArray *cells, const LinearHeader *header);

/**
 * linear_column: the column with a role; LINEAR_COLUMNS_MAX when there is none.
 */
guint linear_column(const LinearColumns *columns, Role role);

/* The tables under way. */
typedef struct {
    Arranged *arranged;
    ZpTable *table; /* (nullable) */
    guint32 row;
    bool has_copies; /* of merged cells, in their other places */
} LinearTables;

void linear_row(LinearTables *tables);
void linear_cell(LinearTables *tables, guint col, const LinearCell *cell);
void linear_line(LinearTables *tables, const LinearCell *cell);

/**
 * linear_doubt: the same as linear_cell, for one that may stand elsewhere.
 */
void linear_doubt(LinearTables *tables, guint col, const LinearCell *cell);

/**
 * linear_span: the same for a cell of several columns.
 */
void linear_span(LinearTables *tables, guint col, guint n, const LinearCell *cell);

/**
 * linear_lay: rows of the cells [first, end) over the columns.
 *
 * A figure that may stand in several columns as well goes to a place right of all columns where blank cells are
 * lost; elsewhere what may stand in another place for little more is in doubt.
 *
 * Returns: the cell behind the last row.
 */
guint linear_lay(LinearTables *tables, const GArray *cells, guint first, guint end,
                 const LinearColumns *columns, bool has_blanks);

/**
 * linear_grid_width: how many cells every row of a header's block has; 0: that cannot be said.
 */
guint linear_grid_width(const GArray *cells, const LinearHeader *header);

/**
 * linear_grid_begin, linear_grid_end: where rows of a block's width begin above it, and end behind it.
 * @begin: no row begins before
 * @i: the block's index among the headers
 */
guint linear_grid_begin(const GArray *cells, const LinearHeader *header, guint begin);
guint linear_grid_end(const GArray *cells, const GArray *headers, guint i);

/**
 * linear_write_grid: rows of the header's width from @first to before @end.  Outside its block blank places between two
 * texts belong to the first one, which spans them.
 */
void linear_write_grid(LinearTables *tables, const GArray *cells, guint first, guint end,
                       const LinearHeader *header);

/**
 * linear_grid_columns: the columns of a header whose rows are all of one width.
 */
void linear_grid_columns(LinearColumns *columns, const GArray *cells, const LinearHeader *header);

/**
 * linear_has_copies: whether the places of merged cells were filled with copies: a label or title that stands there
 * twice in a row tells.
 */
bool linear_has_copies(const GArray *cells);

/**
 * linear_texts: the texts among the cells [k, end), without copies.
 * @side: (nullable) a label whose copies stand in later rows as well
 *
 * Returns: (transfer full) (element-type LinearCell)
 */
GArray *linear_texts(const LinearTables *tables, const GArray *cells, guint k, guint end,
                     const LinearCell *side);

/**
 * linear_write_pairs: what stands between the blocks, [k, end): labels with their values, titles, text around.
 * @columns: (nullable) those of the indicators before them
 */
void linear_write_pairs(LinearTables *tables, const GArray *cells, guint k, guint end,
                        const LinearColumns *columns);

/**
 * linear_write_total: the total row at the k-th cell: its label, the weight, the score, the grade; one figure alone may
 * be either.
 *
 * Returns: the cell behind it.
 */
guint linear_write_total(LinearTables *tables, const GArray *cells, const LinearColumns *columns,
                         guint k, guint stop);
