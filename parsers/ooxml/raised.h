/*
 * raised.h - superscripts and subscripts: note marks, or part of a unit.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum {
    ZP_RAISED_TEXT,  /* part of the text before it */
    ZP_RAISED_MARK,  /* a note mark, and no part of it */
    ZP_RAISED_POWER, /* of ten */
} ZpRaised;

/**
 * zp_raised_tell: what a raised or lowered text behind another one is.
 * @before: the text before it in the cell
 *
 * 8¹ is 8 with a mark, so are 8次[2] and 100%*; m², 万m², 米³ and CO₂ are units and names, ×10⁴ is a
 * power.  Text that holds other letters is part of what is before it.
 */
ZpRaised zp_raised_tell(const char *before, gsize before_length, const char *text, gsize length);

/**
 * zp_raised_could_be_mark: the same of a text with nothing before it: it is one when other text follows.
 */
bool zp_raised_could_be_mark(const char *text, gsize length);
