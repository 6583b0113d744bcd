/*
 * marks.h - what a page draws, as far as a table can be made of it: thin boxes and areas.
 *
 * Whatever a program draws its rules with (a stroke, a filled rectangle, a row of dots, a ring of
 * two rectangles) ends here as boxes in points from the page's top left corner, already clipped.
 */
#pragma once

#include "model/grid.h"

#include <math.h>

typedef struct {
    GArray *rules; /* of ZpBox: long and thin */
    GArray *areas; /* of ZpBox: filled, not white, too thick for a rule */
    ZpBox chain;   /* the rule under way, that dots and dashes go on with */
    bool has_chain;
    bool is_over; /* past ZP_LIMIT_PAGE_RULES: what follows was dropped */
} Marks;

Marks *marks_new(void);
void marks_free(Marks *marks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Marks, marks_free)

/**
 * marks_add: a painted box.
 * @is_fill: areas count only when they are filled
 */
void marks_add(Marks *marks, const ZpBox *box, bool is_fill);

/** marks_finish: nothing more comes. */
void marks_finish(Marks *marks);

/* Coordinates outside this are no page's; it keeps float arithmetic finite. */
static inline float on_page(double value)
{
    return isfinite(value) ? (float)CLAMP(value, -1e6, 1e6) : 0;
}

static inline float box_width(const ZpBox *box)
{
    return box->x1 - box->x0;
}

static inline float box_height(const ZpBox *box)
{
    return box->y1 - box->y0;
}
