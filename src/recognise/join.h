/*
 * join.h - drawn tables that go on over pages, put together again.
 *
 * A page break leaves two tables, each with the columns that its own rows draw, a row or a label
 * cut in two, the header printed again, page numbers and running heads between them.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/arrange.h"

/**
 * join_split: the tables of a document with drawn tables of several forms cut into their forms.
 * (join_split.c)
 *
 * Returns: (transfer container) (element-type ZpTable)
 */
GPtrArray *join_split(Arranged *arranged, const GPtrArray *tables);

/**
 * join_tables: append a drawn table and those that go on with it as one.
 * @tables: (element-type ZpTable) as join_split gives them
 * @k: index of a drawn table
 *
 * Returns: the index behind the last table that was taken; k + 1 when nothing goes on with it, and
 * the table is then appended as it is.
 */
guint join_tables(Arranged *arranged, const GPtrArray *tables, guint k);

/* What the files of the join share. */

/**
 * join_is_drawn, join_is_title: a table with rules on a page; a cell that holds a form's title.
 */
bool join_is_drawn(const ZpTable *table);
bool join_is_title(const Arranged *arranged, const ZpCell *cell);

/**
 * join_keep_places: cells of a table keep the place they are printed at, whatever becomes of their
 * rows and columns.
 */
void join_keep_places(Arranged *arranged, const ZpTable *table, GArray *cells);

typedef struct {
    Arranged *arranged;
    ZpTable *table;       /* the joined one */
    const ZpTable *first; /* its first part */
    GArray *repeated;     /* of ZpCell: header rows that were printed again */
    guint32 n_repeated;   /* rows of them */
    GString *scratch;
} Join;

/**
 * join_columns: the columns of the joined table and of its next part as one set.  (join_columns.c)
 *
 * Returns: (transfer full) by rule of the part, the column that it begins in the joined table.
 */
guint32 *join_columns(Join *join, const ZpTable *part);

/**
 * columns_agree: whether a table's rules run where another's do, up to a shift of the page.
 */
bool columns_agree(const ZpTable *table, const ZpTable *part);

/**
 * join_sort: cells by row and column; those in rows above @below stand so already.  (join_seam.c)
 */
void join_sort(GArray *cells, guint32 below);

/**
 * join_part: append a part below the joined table, closing the break between them.  (join_seam.c)
 */
void join_part(Join *join, const ZpTable *part);

/**
 * halves_split: two forms side by side in one table, each as a table.  (halves.c)
 *
 * Returns: false where it is one form, or none: nothing was added then.
 */
bool halves_split(Arranged *arranged, const ZpTable *table, GPtrArray *pieces);
