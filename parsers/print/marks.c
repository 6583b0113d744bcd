/*
 * marks.c - boxes into rules and areas.
 *
 * A box with one side of at most 3.2 points is a rule; a thicker one still is when it is very
 * long.  A dotted rule is thousands of boxes that are small both ways: each is joined to the one
 * before it when it stands in line with it, so that only the whole rule is kept.
 */
#include "parsers/print/marks.h"

#include "base/limits.h"

#include <math.h>

/* Points.  The thickest rule, and the thickest very long one. */
#define RULE_SIDE       3.2f
#define THICK_RULE_SIDE 6.0f
/* How many times as long as thick a thick rule is at least. */
#define THICK_RULE_RATIO 10
/* Between dashes of one rule, and how far they may be out of line. */
#define DASH_GAP   3.6f
#define DASH_DRIFT 0.4f

Marks *marks_new(void)
{
    Marks *marks = g_new0(Marks, 1);
    marks->rules = g_array_new(FALSE, FALSE, sizeof(ZpBox));
    marks->areas = g_array_new(FALSE, FALSE, sizeof(ZpBox));
    return marks;
}

void marks_free(Marks *marks)
{
    if (!marks)
        return;
    g_array_unref(marks->rules);
    g_array_unref(marks->areas);
    g_free(marks);
}

static void keep(Marks *marks, GArray *array, const ZpBox *box)
{
    if (array->len >= ZP_LIMIT_PAGE_RULES)
        marks->is_over = true;
    else
        g_array_append_vals(array, box, 1);
}

static void end_chain(Marks *marks)
{
    if (marks->has_chain && MAX(box_width(&marks->chain), box_height(&marks->chain)) > RULE_SIDE)
        keep(marks, marks->rules, &marks->chain);
    marks->has_chain = false;
}

static float gap_between(float a0, float a1, float b0, float b1)
{
    return MAX(a0, b0) - MIN(a1, b1);
}

static bool is_in_line(float a0, float a1, float b0, float b1)
{
    return fabsf((a0 + a1) - (b0 + b1)) <= 2 * DASH_DRIFT;
}

/* Whether a box goes on with the chain, across or down. */
static bool goes_on(const ZpBox *chain, const ZpBox *box)
{
    bool across = box_width(chain) >= box_height(chain) || box_width(chain) <= RULE_SIDE;
    bool down = box_height(chain) >= box_width(chain) || box_height(chain) <= RULE_SIDE;
    bool chain_is_dot = box_width(chain) <= RULE_SIDE && box_height(chain) <= RULE_SIDE;
    across &= box_height(box) <= RULE_SIDE && (chain_is_dot || box_width(chain) > RULE_SIDE);
    down &= box_width(box) <= RULE_SIDE && (chain_is_dot || box_height(chain) > RULE_SIDE);
    if (across && is_in_line(chain->y0, chain->y1, box->y0, box->y1))
        return gap_between(chain->x0, chain->x1, box->x0, box->x1) <= DASH_GAP;
    if (down && is_in_line(chain->x0, chain->x1, box->x0, box->x1))
        return gap_between(chain->y0, chain->y1, box->y0, box->y1) <= DASH_GAP;
    return false;
}

static bool is_rule(const ZpBox *box)
{
    float thin = MIN(box_width(box), box_height(box));
    float length = MAX(box_width(box), box_height(box));
    return thin <= RULE_SIDE || (thin <= THICK_RULE_SIDE && length >= THICK_RULE_RATIO * thin);
}

void marks_add(Marks *marks, const ZpBox *box, bool is_fill)
{
    if (!is_rule(box)) {
        if (is_fill)
            keep(marks, marks->areas, box);
        return;
    }
    if (marks->has_chain && goes_on(&marks->chain, box)) {
        ZpBox *chain = &marks->chain;
        *chain = (ZpBox){MIN(chain->x0, box->x0), MIN(chain->y0, box->y0), MAX(chain->x1, box->x1),
                         MAX(chain->y1, box->y1)};
        return;
    }
    end_chain(marks);
    marks->chain = *box;
    marks->has_chain = true;
}

void marks_finish(Marks *marks)
{
    end_chain(marks);
}
