/*
 * level.h - how a page lies in its picture: askew, seen aslant, bent; and the page made level.
 *
 * Layer: parsers.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct Pix;

/* Powers of a bend: one that is steep at a book's spine needs as many. */
#define LEVEL_POWERS 5

/*
 * Where each point of a level page is in the picture: it is moved down by the bend, then by the projection.  All
 * in halves of the picture's width, from its middle.
 */
typedef struct {
    double unit, x0, y0;  /* of the level page: u = x / unit + x0, v = y / unit + y0 */
    double matrix[9];     /* (u, v, 1) to pixels of the picture */
    gint32 width, height; /* of the level page */
    float skew;           /* degrees that are taken out at its middle */
    bool is_bent;
    /* down = Σ (bend[0][k] + bend[1][k] v) u^(k+1) */
    double bend[2][LEVEL_POWERS];
    double from, to; /* of u: where there are rules; beyond it goes on straight */
} Level;

/* A page as it was read, in the file that it lies in. */
typedef struct {
    Level level;
    float dpi, file_dpi; /* of the level page and the file */
    int turned;          /* quarter turns clockwise that were taken out */
    float width, height; /* pixels in the file */
    float x0, y0;        /* points: where the picture lies on a page */
} SheetPlace;

/**
 * level_find: from the rules of a page, or, without any, from its lines of text.
 * @ink: 1 bit
 * @em: pixels: the height of a character
 *
 * Returns: false: it lies level already (@level is set then, too).
 */
bool level_find(struct Pix *ink, float em, Level *level);

/**
 * level_apply: the page made level.
 * @grey: 8 bits, of the size of the ink
 *
 * Returns: (transfer full) (nullable)
 */
struct Pix *level_apply(struct Pix *grey, const Level *level);

/**
 * level_keep: a page that is level.
 */
void level_keep(Level *level, gint32 width, gint32 height);

/**
 * level_shrink: the level page is made smaller by a factor.
 */
void level_shrink(Level *level, float factor);

/**
 * level_place: a point of the level page to where it is in the picture.
 */
void level_place(const Level *level, double x, double y, double *to_x, double *to_y);

/**
 * sheet_place: points of the level page to points as it lies in its file.
 */
void sheet_place(const SheetPlace *sheet, float *x, float *y);
