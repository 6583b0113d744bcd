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
 * join_tables: append a drawn table and those that go on with it as one.
 * @tables: (element-type ZpTable) of the document
 * @k: index of a drawn table
 *
 * Returns: the index behind the last table that was taken; k + 1 when nothing goes on with it, and
 * the table is then appended as it is.
 */
guint join_tables(Arranged *arranged, const GPtrArray *tables, guint k);

/* What the files of the join share. */

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
 * join_part: append a part below the joined table, closing the break between them.  (join_seam.c)
 */
void join_part(Join *join, const ZpTable *part);
