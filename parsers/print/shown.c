/*
 * shown.c - a string against the state it is shown in and against what lies under it.
 *
 *     string ─▶ no colour, tiny      all of it: said of the whole
 *            ─▶ page, clip, ground   glyph by glyph, where the string's box leaves it open
 *
 * What is painted over it later is drawn.c's affair.
 */
#include "parsers/print/shown.h"

#include "parsers/shared/tiny.h"

/* Points that a page of A4 is long; on smaller ones smaller letters can be read. */
#define PAGE_SIDE 842.0
/* Of colours from 0 to 1: those that differ by less are not told from each other. */
#define SAME_COLOUR 0.1f

bool shown_is_invisible(const PaintState *state, Inked inked)
{
    float alpha = MAX(inked.fills ? state->fill_alpha : 0, inked.strokes ? state->stroke_alpha : 0);
    return alpha * state->group_alpha < SAME_COLOUR;
}

bool shown_is_tiny(const Drawn *drawn, double em)
{
    double side = MIN((double)MAX(drawn->page.x1, drawn->page.y1), PAGE_SIDE);
    return em < ZP_TINY_POINTS * side / PAGE_SIDE;
}

static bool is_outside(const ZpBox *box, const DrawnGlyph *glyph)
{
    return glyph->x < box->x0 || glyph->x > box->x1 || glyph->y < box->y0 || glyph->y > box->y1;
}

/* Whether a glyph's colours are those of its ground. */
static bool is_lost_in(const PaintState *state, Inked inked, const Colour *ground)
{
    if (state->blends || state->is_masked)
        return false;
    float fill = inked.fills ? colour_distance(&state->fill, ground) * state->fill_alpha : 0;
    float stroke =
        inked.strokes ? colour_distance(&state->stroke, ground) * state->stroke_alpha : 0;
    return MAX(fill, stroke) * state->group_alpha < SAME_COLOUR;
}

static bool is_clipped(Painter *painter, const DrawnGlyph *glyph)
{
    const PaintState *state = &painter->state;
    float x[DRAWN_SAMPLES], y[DRAWN_SAMPLES];
    guint n = 0;
    drawn_samples(glyph, x, y);
    for (guint k = 0; k < DRAWN_SAMPLES; k++) {
        bool is_in = x[k] >= state->clip.x0 && x[k] <= state->clip.x1 && y[k] >= state->clip.y0 &&
                     y[k] <= state->clip.y1;
        n += is_in && !ground_is_clipped(painter->ground, state->clip_shape, x[k], y[k]) ? 0 : 1;
    }
    return n + 1 >= DRAWN_SAMPLES;
}

static bool is_ground_coloured(Painter *painter, Inked inked, const DrawnGlyph *glyph)
{
    float x[DRAWN_SAMPLES], y[DRAWN_SAMPLES];
    guint n = 0;
    drawn_samples(glyph, x, y);
    for (guint k = 0; k < DRAWN_SAMPLES; k++) {
        Colour ground = ground_colour(painter->ground, x[k], y[k], G_MAXUINT);
        n += is_lost_in(&painter->state, inked, &ground) ? 1 : 0;
    }
    return n + 1 >= DRAWN_SAMPLES;
}

/* Asks each glyph of a string what the string could not answer as a whole. */
static void judge_run(Painter *painter, Drawn *drawn, Inked inked, const DrawnRun *run)
{
    const PaintState *state = &painter->state;
    Colour all;
    GroundKind kind = ground_under(painter->ground, &run->box, 0, G_MAXUINT, &all);
    bool is_lost = kind != GROUND_MIXED && is_lost_in(state, inked, &all);
    bool is_within = !state->clip_shape && run->box.x0 >= state->clip.x0 &&
                     run->box.x1 <= state->clip.x1 && run->box.y0 >= state->clip.y0 &&
                     run->box.y1 <= state->clip.y1;
    if (is_within && kind != GROUND_MIXED && !is_lost)
        return;
    for (guint k = run->first; k < run->end; k++) {
        DrawnGlyph *glyph = drawn_glyph(drawn, k);
        if (is_outside(&drawn->page, glyph))
            glyph->why = UNSEEN_OUTSIDE;
        else if (!is_within && is_clipped(painter, glyph))
            glyph->why = UNSEEN_CLIPPED;
        else if (is_lost || (kind == GROUND_MIXED && is_ground_coloured(painter, inked, glyph)))
            glyph->why = UNSEEN_COLOUR;
    }
}

void shown_end(Painter *painter, Drawn *drawn, Inked inked, guint first)
{
    guint n = drawn->runs->len;
    drawn_add_run(drawn, painter->ground, first);
    if (drawn->runs->len > n && drawn_glyph(drawn, first)->why == UNSEEN_NOT)
        judge_run(painter, drawn, inked, &g_array_index(drawn->runs, DrawnRun, n));
}
