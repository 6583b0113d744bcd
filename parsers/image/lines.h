/*
 * lines.h - the lines of text in a part of a page's ink.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/image/page.h"

/* A line: its ink's box in pixels. */
typedef struct {
    l_int32 x0, y0, x1, y1;
} LineBox;

/**
 * lines_find: the lines in a box, top to bottom, cut where a gap is wider than a few characters.
 * @ink: without rules and dirt
 * @out: (element-type LineBox) appended
 */
void lines_find(PIX *ink, const LineBox *within, float em, GArray *out);

/**
 * lines_cut: where rows of ink are parted: @counts by row, those of the parts' ends appended.  Pure.
 * @out: (element-type LineBox) only y0 and y1 are set
 */
void lines_cut(const guint *counts, guint n, float em, GArray *out);

/**
 * lines_despeckle: take out what is too small for a point, or stands alone.
 */
void lines_despeckle(PIX *ink, float em);
