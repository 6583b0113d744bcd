/*
 * drawn_private.h - what drawn.c, drawn_funds.c and drawn_indicators.c share: a table under way.
 *
 * Only these include it.
 */
#pragma once

#include "output/drawn.h"
#include "output/drawn_words.h"

typedef struct {
    ZpDrawn *drawn;
    const ZpForm *form;
    const ZpLabels *labels;
    ZpWords words;
    GArray *row; /* of ZpDrawnCell: the row under way */
} Drawing;

/**
 * drawing_row: begin a row.  drawing_add: its next cell; NULL is "".
 *
 * Returns: (transfer none) until the next cell of the row.
 */
void drawing_row(Drawing *drawing);
ZpDrawnCell *drawing_add(Drawing *drawing, ZpDrawnKind kind, const char *text,
                         const ZpValue *value);

/**
 * drawing_below: a cell that the last one above in its column covers; @text where a table without merges
 * repeats it.
 */
void drawing_below(Drawing *drawing, const char *text);

/** drawing_format: a text made of others, kept with the table. */
const char *drawing_format(Drawing *drawing, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A cell of a funds row that no field takes. */
typedef struct {
    guint row;
    const char *head, *text;
} FundOther;

/**
 * drawing_take_others: take the cells of funds rows out of what no field takes.
 * @extras: of const ZpExtra *
 *
 * Returns: (transfer full) of FundOther
 */
GArray *drawing_take_others(const ZpForm *form, GPtrArray *extras);

/** draw_funds, draw_indicators: a block's header and rows, and the total. */
void draw_funds(Drawing *drawing, const GArray *others);
void draw_indicators(Drawing *drawing);
