/*
 * draw.c - objects in the order they are painted, each in the space of what holds it.
 *
 *     object ─ CTM ─▶ + Boundary's corner ─▶ unit around it … ─▶ page in millimetres ─▶ points
 *
 * Boundary cuts nothing here: real ones are flat or have negative sides.
 *
 * Source: GB/T 33190-2016, 8.5.
 */
#include "parsers/ofd/draw.h"

#include "base/limits.h"

#include <math.h>

/* Points of a millimetre. */
#define MM (72 / 25.4)
/* What a line is wide when nothing says so, in millimetres. */
#define LINE_WIDTH 0.353
/* Of 0 to 1: lighter things are not shown; parts of a colour that are this much are white. */
#define CLEAR 0.02f
#define WHITE 0.99f
/* Early Foxit programs write a path in dots of 300 to the inch, whatever its CTM says. */
#define DOT (25.4 / 300)
/* Millimetres that a path may reach over its Boundary. */
#define OVER 1.0

void ofd_draw_begin(OfdDraw *draw, const double page[4], PageDrawing *drawing)
{
    const Matrix matrix = {MM, 0, 0, MM, -page[0] * MM, -page[1] * MM};
    drawing->width = (float)(page[2] * MM);
    drawing->height = (float)(page[3] * MM);
    const ZpBox all = {0, 0, drawing->width, drawing->height};
    drawing->marks = marks_new();
    drawing->drawn = drawn_new(drawing->width, drawing->height);
    draw->drawing = drawing;
    ground_init(&draw->ground, drawing->height);
    painter_init(&draw->painter, drawing->marks, &draw->ground, &matrix, &all);
}

void ofd_draw_end(OfdDraw *draw)
{
    marks_finish(draw->drawing->marks);
    drawn_finish(draw->drawing->drawn, &draw->ground);
    draw->drawing->is_cut |= draw->drawing->drawn->is_over;
    painter_clear(&draw->painter);
    ground_clear(&draw->ground);
}

static void transform(Painter *painter, double x, double y, const Matrix *matrix)
{
    painter_transform(painter, &(Matrix){1, 0, 0, 1, x, y});
    painter_transform(painter, matrix);
}

/* The shapes of one Clip, which are a union; what a text would cut is left alone. */
static guint add_clip(OfdDraw *draw, const OfdContent *content, const OfdObject *object, guint k)
{
    Painter *painter = &draw->painter;
    const OfdClip *clips = &g_array_index(content->clips, OfdClip, object->first_clip);
    const Matrix outer = painter->state.matrix;
    bool is_known = true, is_even_odd = false;
    guint number = clips[k].clip;
    for (; k < object->n_clips && clips[k].clip == number; k++) {
        const OfdClip *clip = &clips[k];
        is_known &= clip->path != NULL;
        is_even_odd |= clip->is_even_odd;
        if (!clip->path)
            continue;
        painter_transform(painter, &(Matrix){1, 0, 0, 1, object->box[0], object->box[1]});
        if (clip->transfers)
            painter_transform(painter, &object->matrix);
        painter_transform(painter, &clip->area);
        transform(painter, clip->x, clip->y, &clip->own);
        ofd_draw_path(painter, clip->path);
        painter->state.matrix = outer;
    }
    if (is_known)
        painter_clip(painter, is_even_odd);
    painter_end_path(painter);
    return k;
}

static bool is_white(const OfdInk *ink)
{
    const Colour *colour = &ink->colour;
    return colour->is_known && MIN(colour->r, MIN(colour->g, colour->b)) >= WHITE;
}

/* The first that is said: of the object, of its parameters, of its layer's. */
static OfdInk ink_of(const OfdInk *own, const OfdInk *param, const OfdInk *layer)
{
    const OfdInk black = {.is_set = false, .colour = {0, 0, 0, true}, .alpha = 1};
    if (own->is_set)
        return *own;
    return param->is_set ? *param : layer->is_set ? *layer : black;
}

/* Returns whether anything says the colour of what is filled. */
static bool set_inks(OfdDraw *draw, const OfdObject *object, guint layer)
{
    const OfdParam param = ofd_param(draw->resources, object->param);
    const OfdParam around = ofd_param(draw->resources, layer);
    PaintState *state = &draw->painter.state;
    OfdInk fill = ink_of(&object->fill, &param.fill, &around.fill);
    OfdInk stroke = ink_of(&object->stroke, &param.stroke, &around.stroke);
    double width = object->line_width >= 0  ? object->line_width
                   : param.line_width >= 0  ? param.line_width
                   : around.line_width >= 0 ? around.line_width
                                            : LINE_WIDTH;
    state->line_width = width;
    state->fill = fill.colour;
    state->stroke = stroke.colour;
    state->fill_alpha = fill.alpha;
    state->stroke_alpha = stroke.alpha;
    state->white_fill = is_white(&fill);
    state->white_stroke = is_white(&stroke);
    return fill.is_set;
}

static bool is_within(const double box[4], const OfdObject *object)
{
    return box[0] >= -OVER && box[1] >= -OVER && box[2] <= object->box[2] + OVER &&
           box[3] <= object->box[3] + OVER;
}

/* Whether a path makes sense in dots only: by its CTM it lies outside of its Boundary. */
static bool is_in_dots(const OfdObject *object)
{
    const Matrix *m = &object->matrix;
    double box[4], n[4], dots[4];
    bool is_plain = m->b == 0 && m->c == 0 && m->a > 0 && m->d > 0 && m->a != 1;
    if (!is_plain || !ofd_path_box(object->path, box))
        return false;
    for (guint k = 0; k < 4; k++) {
        n[k] = k % 2 ? m->d * box[k] + m->f : m->a * box[k] + m->e;
        dots[k] = box[k] * DOT;
    }
    bool is_out = n[0] > object->box[2] + OVER || n[1] > object->box[3] + OVER || n[2] < -OVER ||
                  n[3] < -OVER;
    return is_out && is_within(dots, object);
}

static void draw_path(OfdDraw *draw, const OfdObject *object, bool has_fill)
{
    Painter *painter = &draw->painter;
    const Matrix dots = {DOT, 0, 0, DOT, 0, 0};
    bool in_dots = object->path && is_in_dots(object);
    if (!object->path)
        return;
    transform(painter, object->box[0], object->box[1], in_dots ? &dots : &object->matrix);
    ofd_draw_path(painter, object->path);
    if (object->fills == 1 && has_fill &&
        painter->state.fill_alpha * painter->state.group_alpha > CLEAR)
        painter_fill(painter, object->is_even_odd);
    if (object->strokes != 0 && painter->state.stroke_alpha * painter->state.group_alpha > CLEAR)
        painter_stroke(painter);
    painter_end_path(painter);
}

/* A picture's unit square is where its object's matrix has it. */
static void note_scan(OfdDraw *draw, const OfdObject *object)
{
    const Matrix *m = &draw->painter.state.matrix;
    double area = m->a * m->d;
    bool is_upright = m->a > 0 && m->d > 0 && fabs(m->b) + fabs(m->c) < 1;
    if (draw->painter.n_off || !is_upright || area <= draw->scan.area)
        return;
    draw->scan =
        (OfdScan){object->resource,
                  {on_page(m->e), on_page(m->f), on_page(m->e + m->a), on_page(m->f + m->d)},
                  area};
}

static void draw_picture(OfdDraw *draw, const OfdObject *object)
{
    Painter *painter = &draw->painter;
    bool is_opaque =
        g_hash_table_contains(draw->resources->opaque, GUINT_TO_POINTER(object->resource)) &&
        painter->state.group_alpha > 1 - CLEAR;
    double whole = (double)MAX(draw->drawing->width, 1) * MAX(draw->drawing->height, 1);
    transform(painter, object->box[0], object->box[1], &object->matrix);
    painter->state.fill_alpha = 1;
    note_scan(draw, object);
    draw->drawing->drawn->picture += painter_picture(painter, is_opaque) / whole;
    draw->drawing->has_picture |= !painter->n_off;
}

static void draw_objects(OfdDraw *draw, const OfdContent *content, guint first, guint end,
                         guint layer, guint depth);

static void draw_unit(OfdDraw *draw, const OfdObject *object, guint layer, guint depth)
{
    const OfdContent *unit =
        g_hash_table_lookup(draw->resources->units, GUINT_TO_POINTER(object->resource));
    if (depth >= draw->depth_max) {
        draw->drawing->is_cut = true;
        return;
    }
    if (!unit)
        return;
    transform(&draw->painter, object->box[0], object->box[1], &object->matrix);
    draw_objects(draw, unit, 0, unit->objects->len, layer, depth + 1);
}

static void draw_object(OfdDraw *draw, const OfdContent *content, const OfdObject *object,
                        guint layer, guint depth)
{
    Painter *painter = &draw->painter;
    const PaintState outer = painter->state;
    painter->state.group_alpha *= object->alpha;
    bool is_off = !object->is_visible || painter->state.group_alpha < CLEAR;
    painter->n_off += is_off ? 1 : 0;
    for (guint k = 0; k < object->n_clips;)
        k = add_clip(draw, content, object, k);
    bool has_fill = set_inks(draw, object, layer);
    switch (object->kind) {
    case OFD_TEXT:
        transform(painter, object->box[0], object->box[1], &object->matrix);
        ofd_draw_text(draw, content, object);
        break;
    case OFD_PATH:
        draw_path(draw, object, has_fill);
        break;
    case OFD_IMAGE:
        draw_picture(draw, object);
        break;
    case OFD_COMPOSITE:
        draw_unit(draw, object, object->param ? object->param : layer, depth);
        break;
    }
    painter->n_off -= is_off ? 1 : 0;
    painter->state = outer;
}

/* Composite units inside each other may be many, however few there are. */
static bool count_object(OfdDraw *draw)
{
    if (draw->n_objects < ZP_LIMIT_OFD_OBJECTS)
        draw->n_objects++;
    else
        draw->drawing->is_cut = true;
    return !draw->drawing->is_cut;
}

static void draw_objects(OfdDraw *draw, const OfdContent *content, guint first, guint end,
                         guint layer, guint depth)
{
    for (guint k = first; k < end && count_object(draw); k++)
        draw_object(draw, content, ofd_object(content, k), layer, depth);
}

void ofd_draw_layers(OfdDraw *draw, const OfdContent *content, OfdOrder order)
{
    draw->drawing->is_cut |= content->is_over;
    for (guint k = 0; k < content->layers->len && count_object(draw); k++) {
        const OfdLayer *layer = &g_array_index(content->layers, OfdLayer, k);
        if (order == OFD_ORDERS || layer->order == order)
            draw_objects(draw, content, layer->first, MIN(layer->end, content->objects->len),
                         layer->param, 0);
    }
}
