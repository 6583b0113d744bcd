/*
 * shapes.c - pieces of ink, compared with a text.
 *
 *     ≥ 1 , 2 0 3 . 5 %          the tallest piece gives the scale; the middle of the bottoms of tall
 *     T T C T T T P T TTT        pieces is the base line
 *
 * T tall   P a small piece on the base line   C one that goes below it   B a low wide stroke in the middle
 */
#include "parsers/image/shapes.h"

#include <math.h>

/* Of the tallest shape's height. */
#define TALL       0.62f
#define SMALL      0.42f
#define BELOW      0.09f
#define BAR_HEIGHT 0.3f
#define BAR_WIDTH  0.35f
/* The widest single digit, the usual step from one to the next. */
#define WIDE_DIGIT 0.98f
#define STEP       0.74f
/* From here on a digit may be another character. */
#define WIDE_SURE 0.86f
/* The widest sign. */
#define WIDE_SIGN 1.55f
/* The widest percent sign, all its pieces. */
#define WIDE_PERCENT 1.7f
/* A comma is so much higher than wide, a point less. */
#define COMMA_RATIO 1.45f
#define POINT_RATIO 1.3f
/* Ink below the middle over ink above it, on the chevron's open side: < and > have 0.92 to 1.07, a blurred ≤ of a
 * telephone's picture had 1.19, others 1.31 and more. */
#define BAR_LEAST 1.32f
#define BAR_MOST  1.12f
/* In em: a dash. */
#define DASH_HEIGHT 0.2f
#define DASH_WIDTH  0.3f

/* Of a chevron's width: where its arm ends at the top, at the tip, and where ink begins there; width by height. */
#define CHEVRON_OPEN  0.6f
#define CHEVRON_TIP   0.9f
#define CHEVRON_ALONE 0.4f
#define CHEVRON_WIDE  0.55f
/* A slash: width by height, how much of its width one row of it takes, how far it goes to the left. */
#define SLASH_LEAST 0.25f
#define SLASH_MOST  0.8f
#define SLASH_THICK 0.7f
#define SLASH_SHIFT 0.3f

#define MAX_TEXT 64

static const Shape *shape_at(const GArray *shapes, guint k)
{
    return &g_array_index(shapes, Shape, k);
}

static float width_of(const Shape *shape)
{
    return shape->box.x1 - shape->box.x0;
}

static float height_of(const Shape *shape)
{
    return shape->box.y1 - shape->box.y0;
}

static int by_left(gconstpointer a, gconstpointer b)
{
    float x = ((const Shape *)a)->box.x0, y = ((const Shape *)b)->box.x0;
    return x < y ? -1 : x > y;
}

/* Pieces that lie above each other are one shape. */
static void join_above(GArray *shapes)
{
    guint n = 0;
    for (guint k = 0; k < shapes->len; k++) {
        Shape shape = *shape_at(shapes, k);
        Shape *last = n ? &g_array_index(shapes, Shape, n - 1) : NULL;
        float overlap = last ? MIN(last->box.x1, shape.box.x1) - shape.box.x0 : 0;
        if (last && overlap > 0.5f * MIN(width_of(last), width_of(&shape))) {
            last->box = (ZpBox){MIN(last->box.x0, shape.box.x0), MIN(last->box.y0, shape.box.y0),
                                MAX(last->box.x1, shape.box.x1), MAX(last->box.y1, shape.box.y1)};
            last->n += shape.n;
        } else {
            g_array_index(shapes, Shape, n++) = shape;
        }
    }
    g_array_set_size(shapes, n);
}

GArray *shapes_find(PIX *ink, const LineBox *line)
{
    GArray *shapes = g_array_new(FALSE, FALSE, sizeof(Shape));
    BOX *where = boxCreate(line->x0, line->y0, line->x1 - line->x0, line->y1 - line->y0);
    PIX *part = where ? pixClipRectangle(ink, where, NULL) : NULL;
    BOXA *boxes = part ? pixConnCompBB(part, 8) : NULL;
    l_int32 n = boxes ? boxaGetCount(boxes) : 0;
    for (l_int32 k = 0; k < n; k++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(boxes, k, &x, &y, &w, &h);
        x += line->x0;
        y += line->y0;
        Shape shape = {{(float)x, (float)y, (float)(x + w), (float)(y + h)}, 1};
        g_array_append_val(shapes, shape);
    }
    g_array_sort(shapes, by_left);
    join_above(shapes);
    boxDestroy(&where);
    boxaDestroy(&boxes);
    pixDestroy(&part);
    return shapes;
}

/* What a figure's shapes are measured by. */
typedef struct {
    const ShapeRun *run;
    float tall, base;
    gunichar text[MAX_TEXT];
    guint n_text;
    guint *places;
    bool is_unsure;
} Matching;

static int by_float(gconstpointer a, gconstpointer b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

static float middle_of(GArray *numbers)
{
    g_array_sort(numbers, by_float);
    return numbers->len ? g_array_index(numbers, float, numbers->len / 2) : 0;
}

static void measure(Matching *matching)
{
    g_autoptr(GArray) heights = g_array_new(FALSE, FALSE, sizeof(float));
    g_autoptr(GArray) bottoms = g_array_new(FALSE, FALSE, sizeof(float));
    const ShapeRun *run = matching->run;
    float most = 0;
    for (guint k = run->first; k < run->end; k++)
        most = MAX(most, height_of(shape_at(run->shapes, k)));
    for (guint k = run->first; k < run->end; k++) {
        const Shape *shape = shape_at(run->shapes, k);
        float height = height_of(shape);
        if (height > TALL * most && width_of(shape) < WIDE_DIGIT * most) {
            g_array_append_val(heights, height);
            g_array_append_val(bottoms, shape->box.y1);
        }
    }
    matching->tall = heights->len ? middle_of(heights) : most;
    matching->base = middle_of(bottoms);
}

static bool is_tall(const Matching *matching, const Shape *shape)
{
    return height_of(shape) > TALL * matching->tall;
}

static bool is_low_wide(const Matching *matching, const Shape *shape)
{
    return height_of(shape) < BAR_HEIGHT * matching->tall &&
           width_of(shape) > BAR_WIDTH * matching->tall;
}

/* A point or comma; which one is unsure where it is neither round on the base line nor long below it. */
static bool is_separator(Matching *matching, const Shape *shape, gunichar c)
{
    float tall = matching->tall, width = width_of(shape), height = height_of(shape);
    float below = shape->box.y1 - matching->base;
    bool is_small = width < SMALL * tall && height < (SMALL + 0.1f) * tall && below > -0.25f * tall;
    bool looks_comma = below > BELOW * tall || height > COMMA_RATIO * width;
    bool looks_point = below <= BELOW * tall && height < POINT_RATIO * width;
    if (!is_small ||
        (c == ',' ? !looks_comma && looks_point && below < 0.04f * tall && height < 1.1f * width
                  : looks_comma && below > 1.3f * BELOW * tall))
        return false;
    if (c == ',' ? !looks_comma : !looks_point)
        matching->is_unsure = true;
    return true;
}

static bool is_digit(gunichar c)
{
    return c >= '0' && c <= '9';
}

static bool is_sign(gunichar c)
{
    return c == 0x2265 || c == 0x2264;
}

/* Digits that touch are one shape: how many of the text it takes; 0: it does not fit. */
static guint take_touching(Matching *matching, const Shape *shape, guint at)
{
    float step = STEP * matching->tall;
    guint n = (guint)lroundf((width_of(shape) + 0.12f * matching->tall) / step);
    guint taken = 0, end = at;
    while (end < matching->n_text && taken < n) {
        gunichar c = matching->text[end];
        if (c == '.' || c == ',') {
            end++;
            continue;
        }
        if (!is_digit(c))
            return 0;
        taken++;
        end++;
    }
    matching->is_unsure = true;
    return taken == n && n > 1 ? end - at : 0;
}

static float percent_end(const Matching *matching, guint at)
{
    return shape_at(matching->run->shapes, at)->box.x0 + WIDE_PERCENT * matching->tall;
}

static bool match(Matching *matching)
{
    const ShapeRun *run = matching->run;
    guint at = run->first, k = 0;
    while (k < matching->n_text) {
        gunichar c = matching->text[k];
        if (at >= run->end)
            return false;
        const Shape *shape = shape_at(run->shapes, at);
        guint n = 1;
        matching->places[k] = at;
        if (c == '%') {
            float end = percent_end(matching, at);
            while (at < run->end && shape_at(run->shapes, at)->box.x1 <= end)
                at++;
            k++;
            continue;
        }
        if (is_sign(c)) {
            if (height_of(shape) < 0.5f * matching->tall ||
                width_of(shape) > WIDE_SIGN * matching->tall ||
                width_of(shape) < 0.4f * matching->tall)
                return false;
        } else if (c == '=') {
            if (shape->n < 2 || height_of(shape) > 0.75f * matching->tall ||
                width_of(shape) < BAR_WIDTH * matching->tall)
                return false;
        } else if (c == '-') {
            if (!is_low_wide(matching, shape) || shape->n > 1)
                return false;
        } else if (is_digit(c)) {
            if (!is_tall(matching, shape))
                return false;
            if (width_of(shape) > WIDE_DIGIT * matching->tall) {
                n = take_touching(matching, shape, k);
                if (!n)
                    return false;
            } else if (width_of(shape) > WIDE_SURE * matching->tall) {
                matching->is_unsure = true; /* 口 is read as 0 */
            }
        } else if (!is_separator(matching, shape, c)) {
            return false;
        }
        for (guint i = 1; i < n; i++)
            matching->places[k + i] = at;
        k += n;
        at++;
    }
    return at == run->end;
}

static void set_text(Matching *matching, const char *text)
{
    for (const char *p = text; *p && matching->n_text < MAX_TEXT; p = g_utf8_next_char(p))
        matching->text[matching->n_text++] = g_utf8_get_char(p);
}

/* The shapes between two borders, each moved by so many shapes. */
static bool match_between(Matching *matching, const ShapeRun *run, int more_left, int more_right)
{
    ShapeRun moved = *run;
    int first = (int)run->first - more_left, end = (int)run->end + more_right;
    if (first < 0 || end > (int)run->shapes->len || first >= end)
        return false;
    moved.first = (guint)first;
    moved.end = (guint)end;
    for (int k = first; k < (int)run->first; k++) {
        if (shape_at(run->shapes, (guint)k)->box.x1 < run->left - run->slack)
            return false;
    }
    for (int k = (int)run->end; k < end; k++) {
        if (shape_at(run->shapes, (guint)k)->box.x0 > run->right + run->slack)
            return false;
    }
    /* What is left out must stand at the border, too. */
    for (int k = (int)run->first; k < first; k++) {
        if (shape_at(run->shapes, (guint)k)->box.x0 > run->left + run->slack)
            return false;
    }
    for (int k = end; k < (int)run->end; k++) {
        if (shape_at(run->shapes, (guint)k)->box.x1 < run->right - run->slack)
            return false;
    }
    matching->run = &moved;
    matching->is_unsure = false;
    measure(matching);
    bool done = match(matching);
    matching->run = run;
    return done;
}

ShapesSay shapes_say(const ShapeRun *run, const char *text, guint *places)
{
    Matching matching = {.run = run, .places = places};
    set_text(&matching, text);
    int left = run->opens ? 1 : 0, right = run->closes ? 2 : 0;
    ShapesSay say = SHAPES_DIFFER;
    for (int a = 0; a <= 2 * left; a++) {
        for (int b = 0; b <= 2 * right; b++) {
            /* 0, 1, -1, 2, -2: the border as it is first */
            int more_left = a % 2 ? (a + 1) / 2 : -a / 2, more_right = b % 2 ? (b + 1) / 2 : -b / 2;
            if (!match_between(&matching, run, more_left, more_right))
                continue;
            if (!matching.is_unsure)
                return SHAPES_AGREE;
            say = SHAPES_UNSURE;
        }
    }
    return say;
}

bool shape_is_dash(const GArray *shapes, float em)
{
    if (shapes->len != 1)
        return false;
    const Shape *shape = shape_at(shapes, 0);
    return shape->n == 1 && height_of(shape) <= MAX(DASH_HEIGHT * em, 3) &&
           width_of(shape) >= DASH_WIDTH * em && width_of(shape) > 2 * height_of(shape);
}

static l_int32 ink_in(PIX *ink, float x0, float y0, float x1, float y1)
{
    l_int32 n = 0;
    BOX *box = boxCreate((l_int32)x0, (l_int32)y0, (l_int32)(x1 - x0), (l_int32)(y1 - y0));
    if (box)
        pixCountPixelsInRect(ink, box, &n, NULL);
    boxDestroy(&box);
    return n;
}

ShapeBar shape_bar(PIX *ink, const ZpBox *box, bool points_right)
{
    float middle_x = floorf((box->x0 + box->x1) / 2), middle_y = (box->y0 + box->y1) / 2;
    float x0 = points_right ? box->x0 : middle_x, x1 = points_right ? middle_x : box->x1;
    l_int32 above = ink_in(ink, x0, box->y0, x1, floorf(middle_y));
    l_int32 below = ink_in(ink, x0, ceilf(middle_y), x1, box->y1);
    float ratio = above > 0 ? (float)below / (float)above : 9;
    return ratio > BAR_LEAST ? BAR_ONE : ratio < BAR_MOST ? BAR_NONE : BAR_UNSURE;
}

/* The first and last pixel of ink in a row, as shares of the box's width; false: there is none. */
static bool row_ends(PIX *ink, const ZpBox *box, float share, bool is_mirrored, float *from,
                     float *to)
{
    l_int32 x0 = (l_int32)box->x0, x1 = (l_int32)box->x1, first = -1, last = -1;
    l_int32 y = (l_int32)(box->y0 + share * (box->y1 - box->y0));
    const l_uint32 *row = pixGetData(ink) + (gssize)y * pixGetWpl(ink);
    for (l_int32 x = x0; x < x1; x++) {
        if (!GET_DATA_BIT(row, x))
            continue;
        first = first < 0 ? x : first;
        last = x;
    }
    if (first < 0)
        return false;
    float wide = box->x1 - box->x0, a = (float)(first - x0) / wide,
          b = (float)(last + 1 - x0) / wide;
    *from = is_mirrored ? 1 - b : a;
    *to = is_mirrored ? 1 - a : b;
    return true;
}

/*
 *     #..        the upper arm begins at the open side and ends at the tip, where nothing else is; the lower one
 *     .##..      goes back.  Letters that a chevron is taken for (N, M, V, K, Z) have a stem or a bar somewhere
 *     ...##      on the way.
 *     .##..
 *     #....
 */
static bool is_chevron(PIX *ink, const ZpBox *box, bool is_mirrored)
{
    float from, to, tip_from = 0, tip = 0;
    if (!row_ends(ink, box, 0.03f, is_mirrored, &from, &to) || to > CHEVRON_OPEN)
        return false;
    for (float share = 0.2f; share < 0.6f; share += 0.04f) {
        if (!row_ends(ink, box, share, is_mirrored, &from, &to))
            return false;
        tip = MAX(tip, to);
        if (to > CHEVRON_TIP)
            tip_from = MAX(tip_from, from);
    }
    if (tip < CHEVRON_TIP || tip_from < CHEVRON_ALONE)
        return false;
    /* Half of the way back. */
    return row_ends(ink, box, 0.62f, is_mirrored, &from, &to) && from < tip_from - 0.1f;
}

static bool is_slash(PIX *ink, const ZpBox *box)
{
    float before = 2, begin = 0, wide = (box->x1 - box->x0) / MAX(box->y1 - box->y0, 1);
    if (wide < SLASH_LEAST || wide > SLASH_MOST)
        return false;
    for (float share = 0.06f; share < 1; share += 0.11f) {
        float from, to;
        /* One short stroke in every row, no further right than in the row before. */
        if (!row_ends(ink, box, share, false, &from, &to) || to - from > SLASH_THICK ||
            (from + to) / 2 > before + 0.02f)
            return false;
        begin = before > 1 ? (from + to) / 2 : begin;
        before = (from + to) / 2;
    }
    return begin - before > SLASH_SHIFT;
}

ShapeForm shape_form(PIX *ink, const ZpBox *box)
{
    float wide = (box->x1 - box->x0) / MAX(box->y1 - box->y0, 1);
    if (box->x0 < 0 || box->y0 < 0 || box->x1 > (float)pixGetWidth(ink) ||
        box->y1 > (float)pixGetHeight(ink) || box->y1 - box->y0 < 6)
        return FORM_OTHER;
    if (is_slash(ink, box))
        return FORM_SLASH;
    if (wide < CHEVRON_WIDE)
        return FORM_OTHER;
    return is_chevron(ink, box, false)  ? FORM_RIGHT
           : is_chevron(ink, box, true) ? FORM_LEFT
                                        : FORM_OTHER;
}

guint shape_holes(PIX *ink, const ZpBox *box)
{
    BOX *where = boxCreate((l_int32)box->x0, (l_int32)box->y0, (l_int32)(box->x1 - box->x0),
                           (l_int32)(box->y1 - box->y0));
    PIX *part = where ? pixClipRectangle(ink, where, NULL) : NULL;
    PIX *wide = part ? pixAddBorder(part, 2, 0) : NULL;
    guint n = 0;
    if (wide) {
        pixInvert(wide, wide);
        BOXA *boxes = pixConnCompBB(wide, 4);
        n = boxes ? (guint)boxaGetCount(boxes) : 0;
        boxaDestroy(&boxes);
    }
    boxDestroy(&where);
    pixDestroy(&part);
    pixDestroy(&wide);
    return n ? n - 1 : 0;
}
