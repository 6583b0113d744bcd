/*
 * lattice.h - the cells that a group of rules encloses.
 */
#pragma once

#include "parsers/print/rules.h"

/* One cell: the places of the lattice that it covers. */
typedef struct {
    guint row, col, row_span, col_span;
    bool open_above, open_below; /* of the first and the last row: no rule is there */
} LatticeCell;

typedef struct {
    GArray *x, *y;  /* of float, rising: where the rules run */
    GArray *cells;  /* of LatticeCell, by row, then column */
    guint32 *homes; /* by row * n_cols + col: index of the cell there */
    bool open_top, open_bottom;
} Lattice;

/**
 * lattice_new: find the cells.
 *
 * Returns: (nullable) NULL when the rules enclose fewer than two cells (a frame, an underline),
 * or more than ZP_LIMIT_PAGE_CROSSINGS places.
 */
Lattice *lattice_new(const RuleGroup *group);
void lattice_free(Lattice *lattice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lattice, lattice_free)

/** lattice_box: the box of a cell, between the middles of its rules. */
ZpBox lattice_box(const Lattice *lattice, const LatticeCell *cell);

/**
 * lattice_find: the cell that a point lies in.
 *
 * Returns: its index, -1 outside.
 */
gint32 lattice_find(const Lattice *lattice, float x, float y);

static inline const LatticeCell *lattice_cell(const Lattice *lattice, guint k)
{
    return &g_array_index(lattice->cells, LatticeCell, k);
}
