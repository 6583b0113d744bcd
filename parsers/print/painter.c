/*
 * painter.c - paths into boxes.
 *
 * A path is kept as points on the page.  When it is painted each of its closed pieces becomes the
 * box around it, if it is a rectangle or thin; each straight, upright or level segment of a stroke
 * becomes a box as thick as the pen.  Two rectangles one inside the other with the even-odd rule
 * are a ring: its four sides (WeasyPrint draws separate borders so).  Clips are kept as boxes,
 * which is what makes the trapezoids right that cut mitred borders.
 */
#include "parsers/print/painter.h"

#include "base/limits.h"

#include <math.h>

/* Points: what still counts as level or upright, and as touching a clip. */
#define SLOPE   0.5f
#define CLIPPED 0.05f
/* Points: thinner boxes hide no character. */
#define COVER_SIDE 1.0f

typedef enum { POINT_MOVE, POINT_LINE, POINT_CURVE, POINT_CLOSE } PointKind;

typedef struct {
    float x, y;
    PointKind kind;
} PathPoint;

/* One piece of a path, seen as a box. */
typedef struct {
    ZpBox box;
    guint n;          /* its points */
    bool is_straight; /* no curve, all segments level or upright */
    double turn;      /* sign: which way round it runs */
} Piece;

Matrix matrix_multiply(const Matrix *inner, const Matrix *outer)
{
    return (Matrix){
        inner->a * outer->a + inner->b * outer->c,
        inner->a * outer->b + inner->b * outer->d,
        inner->c * outer->a + inner->d * outer->c,
        inner->c * outer->b + inner->d * outer->d,
        inner->e * outer->a + inner->f * outer->c + outer->e,
        inner->e * outer->b + inner->f * outer->d + outer->f,
    };
}

void painter_init(Painter *painter, Marks *marks, Ground *ground, const Matrix *matrix,
                  const ZpBox *page)
{
    const Colour black = {0, 0, 0, true};
    *painter = (Painter){
        .state = {.matrix = *matrix,
                  .clip = *page,
                  .line_width = 1,
                  .fill = black,
                  .stroke = black,
                  .fill_alpha = 1,
                  .stroke_alpha = 1,
                  .group_alpha = 1,
                  .scale = 1},
        .stack = g_array_new(FALSE, FALSE, sizeof(PaintState)),
        .points = g_array_new(FALSE, FALSE, sizeof(PathPoint)),
        .marks = marks,
        .ground = ground,
    };
}

void painter_clear(Painter *painter)
{
    g_array_unref(painter->stack);
    g_array_unref(painter->points);
}

void painter_save(Painter *painter)
{
    if (painter->stack->len >= ZP_LIMIT_PAGE_STATES)
        painter->n_dropped_states++;
    else
        g_array_append_val(painter->stack, painter->state);
}

void painter_restore(Painter *painter)
{
    if (painter->n_dropped_states) {
        painter->n_dropped_states--;
        return;
    }
    if (!painter->stack->len)
        return;
    painter->state = g_array_index(painter->stack, PaintState, painter->stack->len - 1);
    g_array_set_size(painter->stack, painter->stack->len - 1);
}

void painter_transform(Painter *painter, const Matrix *matrix)
{
    painter->state.matrix = matrix_multiply(matrix, &painter->state.matrix);
}

static PathPoint point_of(const Painter *painter, PointKind kind, double x, double y)
{
    const Matrix *m = &painter->state.matrix;
    return (PathPoint){
        .x = on_page(m->a * x + m->c * y + m->e),
        .y = on_page(m->b * x + m->d * y + m->f),
        .kind = kind,
    };
}

static void add_point(Painter *painter, PointKind kind, double x, double y)
{
    painter->x = x;
    painter->y = y;
    if (painter->points->len >= ZP_LIMIT_PAGE_POINTS) {
        painter->marks->is_over = true;
        return;
    }
    PathPoint point = point_of(painter, kind, x, y);
    g_array_append_val(painter->points, point);
}

void painter_move(Painter *painter, double x, double y)
{
    add_point(painter, POINT_MOVE, x, y);
}

void painter_line(Painter *painter, double x, double y)
{
    add_point(painter, painter->points->len ? POINT_LINE : POINT_MOVE, x, y);
}

void painter_curve(Painter *painter, double x, double y)
{
    add_point(painter, POINT_CURVE, x, y);
}

void painter_rectangle(Painter *painter, double x, double y, double width, double height)
{
    PathPoint points[] = {
        point_of(painter, POINT_MOVE, x, y),
        point_of(painter, POINT_LINE, x + width, y),
        point_of(painter, POINT_LINE, x + width, y + height),
        point_of(painter, POINT_LINE, x, y + height),
        point_of(painter, POINT_CLOSE, x, y),
    };
    painter->x = x;
    painter->y = y + height;
    if (painter->points->len + G_N_ELEMENTS(points) > ZP_LIMIT_PAGE_POINTS)
        painter->marks->is_over = true;
    else /* at once: some makers draw a page of nothing else */
        g_array_append_vals(painter->points, points, G_N_ELEMENTS(points));
}

static const PathPoint *point_at(const Painter *painter, guint k)
{
    return &g_array_index(painter->points, PathPoint, k);
}

/* The index of the move that the k-th point's piece begins with. */
static guint piece_start(const Painter *painter, guint k)
{
    while (k > 0 && point_at(painter, k)->kind != POINT_MOVE)
        k--;
    return k;
}

void painter_close(Painter *painter)
{
    guint n = painter->points->len;
    if (!n || n >= ZP_LIMIT_PAGE_POINTS || point_at(painter, n - 1)->kind == POINT_CLOSE)
        return;
    PathPoint point = *point_at(painter, piece_start(painter, n - 1));
    point.kind = POINT_CLOSE;
    g_array_append_val(painter->points, point);
}

void painter_clip(Painter *painter, bool even_odd)
{
    painter->clip_next = true;
    painter->clip_even_odd = even_odd;
}

static bool is_level_or_upright(const PathPoint *a, const PathPoint *b)
{
    return fabsf(a->x - b->x) <= SLOPE || fabsf(a->y - b->y) <= SLOPE;
}

/* Reads the piece that begins at *k and steps behind it. */
static Piece read_piece(const Painter *painter, guint *k)
{
    const PathPoint *first = point_at(painter, *k), *last = first;
    Piece piece = {.box = {first->x, first->y, first->x, first->y}, .n = 1, .is_straight = true};
    for (++*k; *k < painter->points->len; ++*k) {
        const PathPoint *point = point_at(painter, *k);
        if (point->kind == POINT_MOVE)
            break;
        piece.box.x0 = MIN(piece.box.x0, point->x);
        piece.box.y0 = MIN(piece.box.y0, point->y);
        piece.box.x1 = MAX(piece.box.x1, point->x);
        piece.box.y1 = MAX(piece.box.y1, point->y);
        piece.turn += (double)last->x * point->y - (double)point->x * last->y;
        piece.is_straight &= point->kind != POINT_CURVE && is_level_or_upright(last, point);
        piece.n++;
        last = point;
    }
    piece.turn += (double)last->x * first->y - (double)first->x * last->y;
    return piece;
}

/* Cuts a box to the clip; false when nothing is left. */
static bool clip_box(const ZpBox *clip, ZpBox *box)
{
    *box = (ZpBox){MAX(box->x0, clip->x0), MAX(box->y0, clip->y0), MIN(box->x1, clip->x1),
                   MIN(box->y1, clip->y1)};
    if (box->x1 < box->x0 - CLIPPED || box->y1 < box->y0 - CLIPPED)
        return false;
    box->x1 = MAX(box->x0, box->x1);
    box->y1 = MAX(box->y0, box->y1);
    return true;
}

static void paint(Painter *painter, ZpBox box, bool is_fill)
{
    if (!painter->is_annotation && clip_box(&painter->state.clip, &box))
        marks_add(painter->marks, &box, is_fill);
}

/* An area in a state's colour; false when it is cut away or too thin to hide a character. */
static bool make_area(const Painter *painter, const ZpBox *box, bool is_fill, Area *area)
{
    const PaintState *state = &painter->state;
    *area = (Area){
        .box = *box,
        .colour = is_fill ? state->fill : state->stroke,
        .alpha = (is_fill ? state->fill_alpha : state->stroke_alpha) * state->group_alpha,
        .clip = state->clip_shape,
    };
    if (state->blends || state->is_masked) {
        area->alpha = 0;
        area->colour.is_known = false;
    }
    return clip_box(&state->clip, &area->box) &&
           MIN(box_width(&area->box), box_height(&area->box)) >= COVER_SIDE;
}

static void cover_box(Painter *painter, const ZpBox *box, bool is_fill)
{
    Area area;
    if (make_area(painter, box, is_fill, &area))
        ground_paint(painter->ground, &area, NULL, 0);
}

static void append_points(const Painter *painter, guint first, guint end, GArray *points)
{
    for (guint k = first; k < end; k++) {
        const PathPoint *point = point_at(painter, k);
        GroundPoint copy = {point->x, point->y, k == first};
        if (point->kind != POINT_CLOSE)
            g_array_append_val(points, copy);
    }
}

static ZpBox join(const ZpBox *a, const ZpBox *b)
{
    return (ZpBox){MIN(a->x0, b->x0), MIN(a->y0, b->y0), MAX(a->x1, b->x1), MAX(a->y1, b->y1)};
}

/* The sides of a ring. */
static void paint_ring(Painter *painter, const ZpBox *outer, const ZpBox *inner)
{
    const ZpBox sides[] = {
        {outer->x0, outer->y0, outer->x1, inner->y0},
        {outer->x0, inner->y1, outer->x1, outer->y1},
        {outer->x0, outer->y0, inner->x0, outer->y1},
        {inner->x1, outer->y0, outer->x1, outer->y1},
    };
    for (guint i = 0; i < G_N_ELEMENTS(sides); i++) {
        if (box_width(&sides[i]) > 0 && box_height(&sides[i]) > 0)
            paint(painter, sides[i], true);
    }
}

static bool holds(const ZpBox *outer, const ZpBox *inner)
{
    return inner->x0 >= outer->x0 - CLIPPED && inner->y0 >= outer->y0 - CLIPPED &&
           inner->x1 <= outer->x1 + CLIPPED && inner->y1 <= outer->y1 + CLIPPED &&
           box_width(inner) > CLIPPED && box_height(inner) > CLIPPED;
}

static bool is_ring(const Piece *outer, const Piece *inner, bool even_odd)
{
    return outer->is_straight && inner->is_straight && holds(&outer->box, &inner->box) &&
           (even_odd || (outer->turn < 0) != (inner->turn < 0));
}

static bool is_box(const Piece *piece)
{
    return piece->is_straight && piece->n <= 6;
}

/* Whether the piece is a ring with the one behind it, which then is at *k. */
static bool begins_ring(const Painter *painter, const Piece *piece, guint k, bool even_odd)
{
    guint behind = k;
    if (k >= painter->points->len)
        return false;
    Piece next = read_piece(painter, &behind);
    return (is_ring(piece, &next, even_odd) || is_ring(&next, piece, even_odd));
}

/* What a fill hides: its boxes one by one, all else of it as one polygon. */
static void cover_fill(Painter *painter, bool even_odd)
{
    g_autoptr(GArray) points = NULL;
    ZpBox around = {0};
    bool is_ring_open = false; /* this piece is the ring's second side */
    for (guint k = 0, first = 0; k < painter->points->len; first = k) {
        Piece piece = read_piece(painter, &k);
        bool is_part = is_ring_open || !is_box(&piece);
        is_ring_open = !is_part && begins_ring(painter, &piece, k, even_odd);
        if (!is_part && !is_ring_open) {
            cover_box(painter, &piece.box, true);
            continue;
        }
        if (!points)
            points = g_array_new(FALSE, FALSE, sizeof(GroundPoint));
        around = points->len ? join(&around, &piece.box) : piece.box;
        append_points(painter, first, k, points);
    }
    Area area;
    if (!points || !make_area(painter, &around, true, &area))
        return;
    area.is_even_odd = even_odd;
    ground_paint(painter->ground, &area, (const GroundPoint *)(void *)points->data, points->len);
}

void painter_fill(Painter *painter, bool even_odd)
{
    if (painter->n_off)
        return;
    cover_fill(painter, even_odd);
    if (painter->state.white_fill)
        return;
    painter->paints = true;
    for (guint k = 0; k < painter->points->len;) {
        Piece piece = read_piece(painter, &k);
        guint behind = k;
        if (k < painter->points->len && is_box(&piece)) {
            Piece next = read_piece(painter, &behind);
            if (is_ring(&piece, &next, even_odd)) {
                paint_ring(painter, &piece.box, &next.box);
                k = behind;
                continue;
            }
        }
        if (piece.n > 1 &&
            (is_box(&piece) || MIN(box_width(&piece.box), box_height(&piece.box)) <= 3.2f))
            paint(painter, piece.box, true);
    }
}

void painter_stroke(Painter *painter)
{
    const Matrix *m = &painter->state.matrix;
    if (painter->n_off)
        return;
    painter->paints |= !painter->state.white_stroke;
    double scale = sqrt(fabs(m->a * m->d - m->b * m->c));
    float half = on_page(painter->state.line_width * scale) / 2;
    for (guint k = 1; k < painter->points->len; k++) {
        const PathPoint *a = point_at(painter, k - 1), *b = point_at(painter, k);
        if (b->kind == POINT_MOVE || b->kind == POINT_CURVE || !is_level_or_upright(a, b))
            continue;
        bool is_upright = fabsf(a->x - b->x) < fabsf(a->y - b->y);
        float across = is_upright ? half : 0, down = is_upright ? 0 : half;
        ZpBox box = {MIN(a->x, b->x) - across, MIN(a->y, b->y) - down, MAX(a->x, b->x) + across,
                     MAX(a->y, b->y) + down};
        cover_box(painter, &box, false);
        if (!painter->state.white_stroke)
            paint(painter, box, false);
    }
}

double painter_picture(Painter *painter, bool is_opaque)
{
    if (painter->n_off)
        return 0;
    GroundPoint corners[4];
    ZpBox box = {G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT};
    for (guint k = 0; k < 4; k++) {
        PathPoint point = point_of(painter, POINT_LINE, k == 1 || k == 2, k >= 2);
        corners[k] = (GroundPoint){point.x, point.y, k == 0};
        box = join(&box, &(ZpBox){point.x, point.y, point.x, point.y});
    }
    Area area;
    if (!make_area(painter, &box, true, &area))
        return 0;
    bool is_level =
        fabsf(corners[0].x - corners[1].x) <= SLOPE || fabsf(corners[0].y - corners[1].y) <= SLOPE;
    area.colour.is_known = false;
    area.is_picture = true;
    if (!is_opaque)
        area.alpha = 0;
    ground_paint(painter->ground, &area, corners, is_level ? 0 : G_N_ELEMENTS(corners));
    return (double)box_width(&area.box) * box_height(&area.box);
}

void painter_shade(Painter *painter)
{
    Area area;
    if (painter->n_off || !make_area(painter, &painter->state.clip, true, &area))
        return;
    area.colour.is_known = false;
    ground_paint(painter->ground, &area, NULL, 0);
}

/* A clip that is no box is kept as a shape, too, for text: rules are cut to the box around it. */
static void keep_clip_shape(Painter *painter, const ZpBox *around)
{
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(GroundPoint));
    for (guint k = 0, first = 0; k < painter->points->len; first = k) {
        read_piece(painter, &k);
        append_points(painter, first, k, points);
    }
    const Area clip = {
        .box = *around,
        .clip = painter->state.clip_shape,
        .is_even_odd = painter->clip_even_odd,
    };
    painter->state.clip_shape =
        ground_clip(painter->ground, &clip, (const GroundPoint *)(void *)points->data, points->len);
}

static void intersect_clip(Painter *painter)
{
    ZpBox all = {0};
    bool has_any = false, is_plain = true;
    for (guint k = 0; k < painter->points->len;) {
        Piece piece = read_piece(painter, &k);
        is_plain &= !has_any && is_box(&piece);
        all = has_any ? join(&all, &piece.box) : piece.box;
        has_any = true;
    }
    if (has_any && !is_plain)
        keep_clip_shape(painter, &all);
    if (!has_any || !clip_box(&painter->state.clip, &all))
        painter->state.clip = (ZpBox){-1e6f, -1e6f, -1e6f, -1e6f};
    else
        painter->state.clip = all;
}

void painter_end_path(Painter *painter)
{
    if (painter->clip_next)
        intersect_clip(painter);
    painter->clip_next = false;
    g_array_set_size(painter->points, 0);
}
