/*
 * lattice_page.h - what a place on a page says that one in columns of characters does not: which lines are one cell.
 *
 * Places on a page are exact: the lines of a cell stand one pitch apart, and cells half a pitch off where others have a line more.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/lattice.h"

/* Places on a page are exact, but fonts differ in height, in lines. */
#define LATTICE_SAME 0.08F

/**
 * lattice_find_scale: how far apart lines stand.
 */
void lattice_find_scale(Lattice *lattice);

/**
 * lattice_is_next: whether a piece stands on a page as the next line of a cell does: one line below, left, right or in
 * the middle as the one above.
 */
bool lattice_is_next(const LatticePiece *above, const LatticePiece *piece);

/**
 * lattice_above: the piece that another one stands right below, on a page, if there is one; other lines may lie between.
 */
const LatticePiece *lattice_above(const Lattice *lattice, const LatticePiece *piece);

/**
 * lattice_has_break: whether two lines stand on pages of their own.
 */
static inline bool lattice_has_break(const Lattice *lattice, guint first, guint line)
{
    return runs_line(lattice->runs, first)->page != runs_line(lattice->runs, line)->page;
}

/**
 * lattice_is_between: whether a line stands on a page less than a line of a cell below the one before: no row does.
 */
static inline bool lattice_is_between(const Lattice *lattice, guint line)
{
    return lattice->runs->in_points && line && line < lattice->n_lines &&
           lattice_y(lattice, line) - lattice_y(lattice, line - 1) < 1 - LATTICE_SAME;
}

/**
 * lattice_is_chain: whether so many pieces of a column stand as the lines of a cell do, as far as they are on one page.
 * @pieces: (element-type LatticePiece*)
 */
bool lattice_is_chain(const GPtrArray *pieces, guint first, guint count);
