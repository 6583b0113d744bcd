/*
 * ground.c - painted shapes in bands of the page.
 *
 *     ───────────────  band: indices of the shapes that reach into it, by order
 *       ▒▒▒▒▒▒▒▒▒▒▒
 *     ──▒▒▒ 99% ▒▒▒──  asked from the last to the first, until one that is opaque
 *       ▒▒▒▒▒▒▒▒▒▒▒
 *
 * A page has some hundred shapes and each band a few, so looking a place up takes a few steps.  Shapes
 * that are no boxes are kept as polygons through their control points and are asked by crossings.
 */
#include "parsers/print/ground.h"

#include "base/limits.h"

#include <math.h>

#define BANDS 64
/* Shapes that let less than this through are opaque. */
#define OPAQUE 0.95f

static const Colour WHITE = {1, 1, 1, true};

void ground_init(Ground *ground, float height)
{
    *ground = (Ground){
        .areas = g_array_new(FALSE, FALSE, sizeof(Area)),
        .clips = g_array_new(FALSE, TRUE, sizeof(Area)),
        .points = g_array_new(FALSE, FALSE, sizeof(GroundPoint)),
        .bands = g_new0(GArray *, BANDS),
        .height = MAX(height, 1),
        .n_painted = 1,
    };
    g_array_set_size(ground->clips, 1);
}

void ground_clear(Ground *ground)
{
    if (!ground->areas)
        return;
    g_array_unref(ground->areas);
    g_array_unref(ground->clips);
    g_array_unref(ground->points);
    for (guint k = 0; k < BANDS; k++)
        g_clear_pointer(&ground->bands[k], g_array_unref);
    g_clear_pointer(&ground->bands, g_free);
}

static guint band_of(const Ground *ground, float y)
{
    return (guint)CLAMP(y / ground->height * BANDS, 0.0f, (float)(BANDS - 1));
}

/* Keeps the points of a shape that is no box; past the limit its box stands for it. */
static void keep_points(Ground *ground, Area *area, const GroundPoint *points, guint n)
{
    area->first = ground->points->len;
    area->n = 0;
    if (ground->points->len + n > ZP_LIMIT_PAGE_POINTS) {
        ground->is_over |= n > 0;
        return;
    }
    area->n = n;
    g_array_append_vals(ground->points, points, n);
}

void ground_paint(Ground *ground, const Area *area, const GroundPoint *points, guint n)
{
    Area copy = *area;
    copy.order = ground->n_painted++;
    if (ground->areas->len >= ZP_LIMIT_PAGE_RULES) {
        ground->is_over = true;
        return;
    }
    keep_points(ground, &copy, points, n);
    guint index = ground->areas->len, last = band_of(ground, copy.box.y1);
    g_array_append_val(ground->areas, copy);
    for (guint k = band_of(ground, copy.box.y0); k <= last; k++) {
        if (!ground->bands[k])
            ground->bands[k] = g_array_new(FALSE, FALSE, sizeof(guint));
        g_array_append_val(ground->bands[k], index);
    }
}

guint32 ground_clip(Ground *ground, const Area *clip, const GroundPoint *points, guint n)
{
    Area copy = *clip;
    if (ground->clips->len >= ZP_LIMIT_PAGE_RULES) {
        ground->is_over = true;
        return clip->clip;
    }
    keep_points(ground, &copy, points, n);
    g_array_append_val(ground->clips, copy);
    return ground->clips->len - 1;
}

static bool in_box(const ZpBox *box, float x, float y)
{
    return x >= box->x0 && x <= box->x1 && y >= box->y0 && y <= box->y1;
}

/* Crossings of a ray to the left with a polygon's sides, each piece closed. */
static bool in_points(Ground *ground, const Area *area, float x, float y)
{
    const GroundPoint *points = &g_array_index(ground->points, GroundPoint, area->first);
    int turns = 0;
    guint start = 0;
    ground->n_steps += area->n;
    for (guint k = 0; k < area->n; k++) {
        if (points[k].begins)
            start = k;
        bool is_last = k + 1 == area->n || points[k + 1].begins;
        const GroundPoint *a = &points[k], *b = &points[is_last ? start : k + 1];
        if ((a->y <= y) == (b->y <= y))
            continue;
        if (a->x + (y - a->y) / (b->y - a->y) * (b->x - a->x) <= x)
            turns += a->y <= y ? 1 : -1;
    }
    return area->is_even_odd ? turns % 2 != 0 : turns != 0;
}

static bool in_shape(Ground *ground, const Area *area, float x, float y)
{
    return in_box(&area->box, x, y) && (!area->n || in_points(ground, area, x, y));
}

/* Counts a step; false when there were too many. */
static bool step(Ground *ground)
{
    if (ground->n_steps > ZP_LIMIT_PAGE_CROSSINGS)
        ground->is_over = true;
    else
        ground->n_steps++;
    return !ground->is_over;
}

bool ground_is_clipped(Ground *ground, guint32 clip, float x, float y)
{
    for (; clip && step(ground); clip = g_array_index(ground->clips, Area, clip).clip) {
        if (!in_shape(ground, &g_array_index(ground->clips, Area, clip), x, y))
            return true;
    }
    return false;
}

static bool covers(Ground *ground, const Area *area, float x, float y)
{
    return in_shape(ground, area, x, y) && !ground_is_clipped(ground, area->clip, x, y);
}

static const Area *area_in(const Ground *ground, const GArray *band, guint k)
{
    return &g_array_index(ground->areas, Area, g_array_index(band, guint, k));
}

static bool holds_all(const Area *area, const ZpBox *box)
{
    return !area->n && !area->clip && area->alpha >= OPAQUE &&
           in_box(&area->box, box->x0, box->y0) && in_box(&area->box, box->x1, box->y1);
}

GroundKind ground_under(Ground *ground, const ZpBox *box, guint from, guint to, Colour *all)
{
    bool is_one = band_of(ground, box->y0) == band_of(ground, box->y1);
    *all = WHITE;
    for (guint k = band_of(ground, box->y0); k <= band_of(ground, box->y1); k++) {
        const GArray *band = ground->bands[k];
        for (guint i = band ? band->len : 0; i > 0 && step(ground); i--) {
            const Area *area = area_in(ground, band, i - 1);
            if (area->order < from)
                break;
            if (area->order >= to || area->box.x0 > box->x1 || area->box.x1 < box->x0 ||
                area->box.y0 > box->y1 || area->box.y1 < box->y0)
                continue;
            if (is_one && holds_all(area, box)) {
                *all = area->colour;
                return GROUND_ONE;
            }
            return GROUND_MIXED;
        }
    }
    return GROUND_BARE;
}

static void mix(Colour *sum, const Colour *colour, float part)
{
    sum->r += colour->r * part;
    sum->g += colour->g * part;
    sum->b += colour->b * part;
    sum->is_known &= colour->is_known || part < 1 - OPAQUE;
}

Colour ground_colour(Ground *ground, float x, float y, guint order)
{
    const GArray *band = ground->bands[band_of(ground, y)];
    Colour sum = {0, 0, 0, true};
    float left = 1;
    for (guint k = band ? band->len : 0; k > 0 && left > 1 - OPAQUE && step(ground); k--) {
        const Area *area = area_in(ground, band, k - 1);
        if (area->order >= order || !covers(ground, area, x, y))
            continue;
        mix(&sum, &area->colour, left * (area->alpha > 0 ? area->alpha : 1));
        left *= 1 - area->alpha;
    }
    mix(&sum, &WHITE, left);
    return sum;
}

float ground_cover(Ground *ground, float x, float y, guint order, bool *by_picture)
{
    const GArray *band = ground->bands[band_of(ground, y)];
    float left = 1;
    for (guint k = band ? band->len : 0; k > 0 && left > 1 - OPAQUE && step(ground); k--) {
        const Area *area = area_in(ground, band, k - 1);
        if (area->order < order)
            break;
        if (!covers(ground, area, x, y))
            continue;
        left *= 1 - area->alpha;
        *by_picture |= area->is_picture && area->alpha >= OPAQUE;
    }
    return left;
}

float colour_distance(const Colour *a, const Colour *b)
{
    if (!a->is_known || !b->is_known)
        return 1;
    return MAX(MAX(fabsf(a->r - b->r), fabsf(a->g - b->g)), fabsf(a->b - b->b));
}
