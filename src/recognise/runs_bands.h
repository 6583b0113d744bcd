/*
 * runs_bands.h - lines of a block as bands: what each costs as one row, and the cheapest way to cut them.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/runs_block.h"

/* Lines of one row. */
#define RUN_BAND_LINES_MAX 80

/* What every band needs to know of the block. */
typedef struct {
    const RunBlock *block;
    guint n;           /* lines */
    guint8 *begins;    /* by line: bits of columns in which a label begins */
    float *cut_prices; /* of a cut before a line */
    bool *alone;       /* by line: a label begins whose row has nothing else */
    bool *has_texts;   /* by line: it has more than labels of levels */
    bool has_weights;  /* most rows have one */
    bool at_top;       /* cells begin at their row's top; else they are centred in it */
} RunCutter;

/**
 * run_band_prices: what the bands cost that begin at a line.  (runs_rows.c)
 * @i: of the block's lines, from 0
 * @prices: room for RUN_BAND_LINES_MAX; [k] is set for the band of lines i … i + k
 */
void run_band_prices(const RunCutter *cutter, guint i, float *prices);

/**
 * run_lines_have_texts: whether the lines [first, end) have a text that is no label of a level.  (runs_rows.c)
 */
bool run_lines_have_texts(const RunBlock *block, guint first, guint end);

/**
 * run_bands_cheapest: cut the lines; sets whether cells begin at the top of their rows, and marks words whose
 * row is in doubt (Word.is_unsure).
 *
 * Returns: (transfer full) (element-type RunRow)
 */
GArray *run_bands_cheapest(RunCutter *cutter);
