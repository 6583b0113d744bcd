/*
 * runs_cells.h - pieces of text that stand below each other in a block: one cell, or two.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/runs_looks.h"

/* What a role's column is to a row. */
typedef enum {
    AS_NOTHING,
    AS_NAME,
    AS_FIGURE, /* one number */
    AS_VALUE,  /* a number or some words */
    AS_PROSE,
    AS_LABEL, /* stands beside several rows */
} Way;

/**
 * run_way: what a column is to a row.
 */
Way run_way(const RunBlock *block, guint column);

/**
 * run_piece_shape: what a piece looks like.
 */
Shape run_piece_shape(const RunBlock *block, const Piece *piece);

/**
 * run_goes_on_figure: whether a piece is the rest of the number above it.
 */
bool run_goes_on_figure(const RunBlock *block, const Piece *above, const Piece *piece);

/**
 * run_must_go_on: whether a piece and the one above it are one value: 800,0 needs more digits, 00.00 some before it.
 */
bool run_must_go_on(const RunBlock *block, const Piece *above, const Piece *piece);

/**
 * run_starts_anew: whether a value is another one than that above it, not the rest of it.
 */
bool run_starts_anew(const RunBlock *block, const Piece *above, const Piece *piece);
