/*
 * painter.h - the graphics state and the path under way: operators into marks.
 *
 * Knows transformations, clips (as boxes), colours as far as white goes, and how a path is
 * filled or stroked.  Where the operators come from is content.c's.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/pdf/marks.h"

/* x' = a x + c y + e, y' = b x + d y + f */
typedef struct {
    double a, b, c, d, e, f;
} Matrix;

/**
 * matrix_multiply: first @inner, then @outer.
 */
Matrix matrix_multiply(const Matrix *inner, const Matrix *outer);

typedef struct {
    Matrix matrix; /* to points from the page's top left corner */
    ZpBox clip;
    double line_width;
    bool white_fill, white_stroke;
    bool ink_fill, ink_stroke; /* its colour counts ink (a separation): 1 is not white */
} PaintState;

typedef enum { CLIP_NONE, CLIP_NEXT } ClipMode;

typedef struct {
    PaintState state;
    GArray *stack;  /* of PaintState: q … Q */
    GArray *points; /* of PathPoint */
    float start_x, start_y;
    double x, y; /* the current point, before the transformation */
    bool clip_next;
    Marks *marks;
    guint n_dropped_states; /* q past ZP_LIMIT_PDF_STATES, whose Q must not pop */
    bool paints;            /* anything was painted that is not white */
} Painter;

void painter_init(Painter *painter, Marks *marks, const Matrix *matrix, const ZpBox *page);
void painter_clear(Painter *painter);

void painter_save(Painter *painter);
void painter_restore(Painter *painter);
void painter_transform(Painter *painter, const Matrix *matrix);
void painter_move(Painter *painter, double x, double y);
void painter_line(Painter *painter, double x, double y);
void painter_curve(Painter *painter, double x, double y);
void painter_rectangle(Painter *painter, double x, double y, double width, double height);
void painter_close(Painter *painter);
/* W, W*: the path becomes a clip when it ends. */
void painter_clip(Painter *painter);
void painter_fill(Painter *painter, bool even_odd);
void painter_stroke(Painter *painter);
/* The path ends: clip with it when asked for, and forget it. */
void painter_end_path(Painter *painter);
