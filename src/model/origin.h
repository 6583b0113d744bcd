/*
 * origin.h - which element of its part a cell is: what a reader notes for whoever marks the original.
 */
#pragma once

#include <glib.h>

/* Counted from 1 in document order. */
typedef struct {
    guint32 table, row, col; /* as of ZpPlace */
    guint32 element;
} ZpCellOrigin;
