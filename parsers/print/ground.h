/*
 * ground.h - what a page paints, in its order: which colour lies under a place, and what covers it.
 */
#pragma once

#include "parsers/print/marks.h"

/* 0 to 1 each. */
typedef struct {
    float r, g, b;
    bool is_known; /* of a pattern, a picture or a colour table nothing is known */
} Colour;

typedef struct {
    float x, y;
    bool begins; /* a new piece */
} GroundPoint;

/* One painted shape. */
typedef struct {
    ZpBox box;
    Colour colour;
    float alpha;      /* 1: opaque; 0: it may show anything below */
    guint order;      /* of painting; text is counted in the same numbers */
    guint32 first, n; /* its points; 0: the box itself */
    guint32 clip;     /* the shape that it is cut to, and that to another; 0: none */
    bool is_even_odd;
    bool is_picture;
} Area;

typedef struct {
    GArray *areas;  /* of Area, by order */
    GArray *clips;  /* of Area; the first is none */
    GArray *points; /* of GroundPoint, of both */
    GArray **bands; /* of guint, indices of areas by the part of the page's height */
    float height;
    guint n_painted; /* shapes and texts so far: the next one's order */
    guint n_steps;   /* of looking, within ZP_LIMIT_PAGE_CROSSINGS */
    bool is_over;    /* a limit was passed: what is seen is not sure */
} Ground;

void ground_init(Ground *ground, float height);
void ground_clear(Ground *ground);

/** ground_paint: add a shape; `order` is set. */
void ground_paint(Ground *ground, const Area *area, const GroundPoint *points, guint n);

/**
 * ground_clip: add a shape that others are cut to.
 *
 * Returns: its number for Area.clip.
 */
guint32 ground_clip(Ground *ground, const Area *clip, const GroundPoint *points, guint n);

/** ground_is_clipped: whether a place is cut away by a clip or by one around it. */
bool ground_is_clipped(Ground *ground, guint32 clip, float x, float y);

typedef enum {
    GROUND_BARE,  /* nothing is painted there */
    GROUND_ONE,   /* one shape that is opaque lies there all over */
    GROUND_MIXED, /* it depends on the place */
} GroundKind;

/**
 * ground_under: what was painted over a box.
 * @from, @to: orders, the last not included
 * @all: (out): the colour that lies there all over, unless it depends on the place
 */
GroundKind ground_under(Ground *ground, const ZpBox *box, guint from, guint to, Colour *all);

/** ground_colour: the colour of a place before anything of that order was painted. */
Colour ground_colour(Ground *ground, float x, float y, guint order);

/**
 * ground_cover: how much of what was painted at an order still shows, 0 to 1.
 * @by_picture: (out): whether a picture hides it
 */
float ground_cover(Ground *ground, float x, float y, guint order, bool *by_picture);

/** colour_distance: the largest difference of two known colours' parts; 1 when one is not known. */
float colour_distance(const Colour *a, const Colour *b);
