/*
 * signs.h - ≥ that was read as N, / that was read as 1.
 *
 * Layer: parsers.
 */
#pragma once

#include <glib.h>
#include <leptonica/allheaders.h>
#include <stdbool.h>

/**
 * signs_look: put signs into the place of letters that look like them.
 * @letters: (element-type CtcChar) (inout)
 * @edges: between them, one more than there are letters
 * @shapes: (element-type Shape)
 *
 * Returns: whether one is in doubt.
 */
bool signs_look(GArray *letters, const float *edges, const GArray *shapes, PIX *ink);
