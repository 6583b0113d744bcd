/*
 * shapes.h - the second witness: what the pieces of ink of a figure look like, whatever the recogniser says.
 *
 * A reading of a figure is believed only when the pieces agree with it: as many digits, points and commas where
 * it has them, nothing more.
 *
 * Layer: parsers.
 */
#pragma once

#include "model/grid.h"
#include "parsers/image/lines.h"

/* Pieces of ink that stand above each other: one character, or several that touch. */
typedef struct {
    ZpBox box;
    guint n; /* pieces */
} Shape;

/**
 * shapes_find: the shapes of a line, from left to right.
 *
 * Returns: (element-type Shape)
 */
GArray *shapes_find(PIX *ink, const LineBox *line);

/* What the shapes say of a reading. */
typedef enum { SHAPES_DIFFER, SHAPES_UNSURE, SHAPES_AGREE } ShapesSay;

/* The part of a line's shapes that a figure takes: where other text begins, the border is not sharp. */
typedef struct {
    const GArray *shapes;
    guint first, end;   /* shapes between the borders */
    float slack;        /* pixels that a border may be wrong; 0: the line ends there */
    float left, right;  /* the borders */
    bool opens, closes; /* other text stands before, behind */
} ShapeRun;

/**
 * shapes_say: compare a reading with its shapes.  Pure.
 * @text: UTF-8, digits and . , % ≥ ≤ = - only
 * @places: (out): by character of @text the index of its shape; room for 64
 */
ShapesSay shapes_say(const ShapeRun *run, const char *text, guint *places);

/**
 * shape_is_dash: whether a line is one low wide stroke.
 */
bool shape_is_dash(const GArray *shapes, float em);

/* What is below a chevron. */
typedef enum { BAR_NONE, BAR_UNSURE, BAR_ONE } ShapeBar;

/**
 * shape_bar: whether a sign > or < has the bar of ≥ or ≤.
 */
ShapeBar shape_bar(PIX *ink, const ZpBox *box, bool points_right);

/* What a lone piece of ink is that a model may take for a letter. */
typedef enum { FORM_OTHER, FORM_RIGHT, FORM_LEFT, FORM_SLASH } ShapeForm;

/**
 * shape_form: a chevron that points right or left, with or without a bar, or a slanting stroke.
 */
ShapeForm shape_form(PIX *ink, const ZpBox *box);

/**
 * shape_holes: how many places a box's ink encloses: % has two, ‰ three.
 */
guint shape_holes(PIX *ink, const ZpBox *box);
