/*
 * painter.h - the graphics state and the path under way: operators into marks and ground.
 *
 * Knows transformations, clips (as boxes, and as shapes where they are none), colours, and how a path is
 * filled or stroked.  Where the operators come from is the format's affair.
 */
#pragma once

#include "parsers/print/ground.h"
#include "parsers/print/marks.h"

/* x' = a x + c y + e, y' = b x + d y + f */
typedef struct {
    double a, b, c, d, e, f;
} Matrix;

/** matrix_multiply: first @inner, then @outer. */
Matrix matrix_multiply(const Matrix *inner, const Matrix *outer);

typedef struct {
    Matrix matrix; /* to points from the page's top left corner */
    ZpBox clip;
    double line_width;
    bool white_fill, white_stroke;
    bool ink_fill, ink_stroke; /* its colour counts ink (a separation): 1 is not white */
    bool odd_fill, odd_stroke; /* its numbers are no gray, RGB or CMYK */
    Colour fill, stroke;
    float fill_alpha, stroke_alpha;
    float group_alpha; /* of the transparency group around it */
    bool blends;       /* by another mode than Normal */
    bool is_masked;    /* through a soft mask */
    guint32 clip_shape;
    /* Text: */
    const struct Font *font; /* (nullable) of a format that has fonts (pdf/font.h) */
    double size, char_space, word_space, scale, rise, leading;
    guint8 mode;
} PaintState;

typedef struct {
    PaintState state;
    GArray *stack;  /* of PaintState: q … Q */
    GArray *points; /* of PathPoint */
    float start_x, start_y;
    double x, y; /* the current point, before the transformation */
    bool clip_next, clip_even_odd;
    Marks *marks;
    Ground *ground;
    bool is_annotation;     /* what it draws is no rule of a table */
    guint n_off;            /* layers around that are off: nothing is painted */
    guint n_dropped_states; /* q past ZP_LIMIT_PAGE_STATES, whose Q must not pop */
    bool paints;            /* anything was painted that is not white */
} Painter;

void painter_init(Painter *painter, Marks *marks, Ground *ground, const Matrix *matrix,
                  const ZpBox *page);
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
void painter_clip(Painter *painter, bool even_odd);
void painter_fill(Painter *painter, bool even_odd);
void painter_stroke(Painter *painter);
/**
 * painter_picture: paint the unit square with a picture.
 * @is_opaque: nothing shows through it
 *
 * Returns: the area that it takes, in square points.
 */
double painter_picture(Painter *painter, bool is_opaque);
/* sh: the whole clip is painted with colours that nobody knows. */
void painter_shade(Painter *painter);
/* The path ends: clip with it when asked for, and forget it. */
void painter_end_path(Painter *painter);
