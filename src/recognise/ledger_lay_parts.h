/*
 * ledger_lay_parts.h - the lines and columns of a list that nobody drew; for ledger_lay*.c alone.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/ledger_head.h"
#include "recognise/ledger_lay.h"

/* Columns of a list at most; one with more is no list of projects. */
#define COLUMNS_MAX 40

/* A line of pieces. */
typedef struct {
    guint first, count; /* cells of the table */
    guint32 row;
} RunLine;

typedef struct {
    float x0, x1;
    GString *text;    /* of the head */
    int parent;       /* head over several columns that it stands under; -1: none */
    bool has_figures; /* by its head */
    bool is_name;
    const ZpCell *head; /* its first piece */
} RunColumn;

typedef struct {
    const ZpLabels *labels;
    Arranged *arranged; /* (nullable) where the table is made */
    const ZpTable *runs;
    GArray *cells;              /* of ZpCell: the pieces, in one measure */
    GArray *lines;              /* of RunLine */
    guint head_first, head_end; /* lines of the header */
    RunColumn columns[COLUMNS_MAX];
    guint n_columns;
    const ZpCell *parents[COLUMNS_MAX];
    guint n_parents;
    ZpTable *table; /* (nullable) that is made */
} Lay;

static inline const ZpCell *lay_piece(const Lay *lay, const RunLine *line, guint k)
{
    return &g_array_index(lay->cells, ZpCell, line->first + k);
}

static inline const RunLine *lay_line(const Lay *lay, guint k)
{
    return &g_array_index(lay->lines, RunLine, k);
}

/**
 * lay_read: the lines, the header and the columns, in the measure that fits best.
 *
 * Returns: whether it is a list; to be cleared in any case.
 */
bool lay_read(Lay *lay);
void lay_clear(Lay *lay);

/**
 * lay_column: the column that a piece lies under most, or is nearest to.
 */
guint lay_column(const Lay *lay, const ZpCell *cell);

/**
 * lay_is_stray: whether a piece lies under no part of a column's head.
 */
bool lay_is_stray(const Lay *lay, const ZpCell *cell, guint c);

/**
 * lay_is_row: a line with a figure under a head of figures, and a text.
 */
bool lay_is_row(const Lay *lay, const RunLine *line);
