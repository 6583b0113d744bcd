/*
 * traces.h - long thin lines of a page that is not level yet.
 *
 * Layer: parsers.
 */
#pragma once

#include <glib.h>
#include <leptonica/allheaders.h>
#include <stdbool.h>

/* Points along one line. */
typedef struct {
    double along, across; /* x and y of a level one, y and x of an upright one */
} TracePoint;

/**
 * traces_find: lines along one direction, up to some six degrees off it, bent or not.
 * @em: pixels: the height of a character
 *
 * Returns: (transfer full) (element-type GArray of TracePoint)
 */
GPtrArray *traces_find(PIX *ink, bool is_level, float em);
