/*
 * turn.c - boxes of turned pages.
 *
 *     ┌────────┐            ┌──────────────┐
 *     │ ↓ text │  upright   │ text →       │     x is what y was, y what is left of the width
 *     │        │  ───────▶  └──────────────┘
 *     └────────┘
 */
#include "parsers/print/turn.h"

#include <math.h>

/* How much of its way a line may run off the side of the page that it runs along: a scan may lie askew by 5 degrees. */
#define ASKEW 0.09

Turn turn_of(double right, double down)
{
    bool is_level = fabs(right) >= fabs(down);
    if (MIN(fabs(right), fabs(down)) > ASKEW * MAX(fabs(right), fabs(down)))
        return TURN_ASKEW;
    if (is_level)
        return right >= 0 ? TURN_0 : TURN_180;
    return down > 0 ? TURN_90 : TURN_270;
}

ZpBox box_turn(const ZpBox *box, Turn turn, float width, float height)
{
    switch (turn) {
    case TURN_90: /* text runs down: its line's start is the page's top */
        return (ZpBox){box->y0, width - box->x1, box->y1, width - box->x0};
    case TURN_180:
        return (ZpBox){width - box->x1, height - box->y1, width - box->x0, height - box->y0};
    case TURN_270:
        return (ZpBox){height - box->y1, box->x0, height - box->y0, box->x1};
    default:
        return *box;
    }
}

ZpBox box_turn_back(const ZpBox *box, Turn turn, float width, float height)
{
    switch (turn) {
    case TURN_90:
        return (ZpBox){width - box->y1, box->x0, width - box->y0, box->x1};
    case TURN_180:
        return (ZpBox){width - box->x1, height - box->y1, width - box->x0, height - box->y0};
    case TURN_270:
        return (ZpBox){box->y0, height - box->x1, box->y1, height - box->x0};
    default:
        return *box;
    }
}
