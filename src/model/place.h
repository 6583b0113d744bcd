/*
 * place.h - where a text stands in its source.
 */
#pragma once

#include <glib.h>

/* Points from the page's top left corner; all zero where the source has no pages. */
typedef struct {
    float x0, y0, x1, y1;
} ZpBox;

/* Where a text stands. */
typedef struct {
    guint32 page;                 /* from 1; 0: the source has no pages */
    guint32 table;                /* from 1 in document order; 0: outside tables */
    guint32 row, col;             /* from 1, as printed, before repairs; 0: not in a table */
    guint32 line;                 /* from 1; 0: the source has no lines */
    guint32 byte_start, byte_end; /* of the text in the original, as UTF-8 where it is in another
                                     character set (parsers/shared/recode.h); equal: unknown */
    ZpBox box;
} ZpPlace;
