/*
 * path.c - AbbreviatedData: "M 0 0 L 10 0 L 10 5 C".
 *
 * Operators and their operands come apart by white space; glued ones, commas and operands without an operator of
 * their own are read as well.  A letter that means nothing ends the path.  A curve stands for its control points,
 * an arc for some of its own: what is asked of them is what they cover, and whether that is thin.
 *
 * Source: GB/T 33190-2016, 9.3; for the arc's centre SVG 1.1, F.6.5, which draws the same.
 */
#include "parsers/ofd/draw.h"
#include "parsers/ofd/numbers.h"

#include <math.h>

#define OPERANDS 7
/* Of an arc, its end among them. */
#define ARC_POINTS 16

typedef enum { STEP_MOVE, STEP_LINE, STEP_CURVE, STEP_CLOSE } StepKind;

static const struct {
    char letter;
    guint n; /* operands */
    StepKind kind;
} OPERATORS[] = {
    {'M', 2, STEP_MOVE},  {'S', 2, STEP_MOVE},  {'L', 2, STEP_LINE},  {'Q', 4, STEP_CURVE},
    {'B', 6, STEP_CURVE}, {'A', 7, STEP_CURVE}, {'C', 0, STEP_CLOSE},
};

typedef struct {
    const char *at;
    guint op;
    StepKind kind;
    double n[2 * ARC_POINTS]; /* coordinates */
    guint count;              /* of them */
    double x, y;              /* where the step before ended */
} Steps;

static const char *skip_apart(const char *at)
{
    while (g_ascii_isspace(*at) || *at == ',')
        at++;
    return at;
}

/* Takes an operator's letter where one stands; false at the path's end. */
static bool take_letter(Steps *steps)
{
    steps->at = skip_apart(steps->at);
    if (!g_ascii_isalpha(*steps->at))
        return *steps->at && steps->op < G_N_ELEMENTS(OPERATORS) && OPERATORS[steps->op].n;
    for (steps->op = 0; steps->op < G_N_ELEMENTS(OPERATORS); steps->op++) {
        if (OPERATORS[steps->op].letter == *steps->at) {
            steps->at++;
            return true;
        }
    }
    return false;
}

/* An ellipse round a centre, turned; angles in radians. */
typedef struct {
    double rx, ry, cos, sin, cx, cy, start, sweep;
} Arc;

static bool make_arc(const double *n, double x, double y, Arc *arc)
{
    bool is_large = n[3] != 0, is_clockwise = n[4] != 0;
    double turn = n[2] * G_PI / 180, dx = (x - n[5]) / 2, dy = (y - n[6]) / 2;
    *arc = (Arc){.rx = fabs(n[0]), .ry = fabs(n[1]), .cos = cos(turn), .sin = sin(turn)};
    double px = arc->cos * dx + arc->sin * dy, py = arc->cos * dy - arc->sin * dx;
    double short_by = hypot(px / arc->rx, py / arc->ry);
    if (short_by > 1) { /* the ends are further apart than it is wide */
        arc->rx *= short_by;
        arc->ry *= short_by;
    }
    double qx = px / arc->rx, qy = py / arc->ry, square = qx * qx + qy * qy;
    double far = sqrt(MAX(1 / square - 1, 0)) * (is_large == is_clockwise ? -1 : 1);
    double cx = far * arc->rx * qy, cy = -far * arc->ry * qx;
    arc->cx = arc->cos * cx - arc->sin * cy + (x + n[5]) / 2;
    arc->cy = arc->sin * cx + arc->cos * cy + (y + n[6]) / 2;
    arc->start = atan2((py - cy) / arc->ry, (px - cx) / arc->rx);
    arc->sweep = atan2((-py - cy) / arc->ry, (-px - cx) / arc->rx) - arc->start;
    if (is_clockwise && arc->sweep < 0)
        arc->sweep += 2 * G_PI;
    if (!is_clockwise && arc->sweep > 0)
        arc->sweep -= 2 * G_PI;
    return isfinite(arc->cx + arc->cy + arc->start + arc->sweep);
}

/* Puts points of an arc in the place of its operands; only its end where it has no size. */
static void take_arc(Steps *steps)
{
    double *n = steps->n, end[2] = {n[5], n[6]};
    Arc arc;
    steps->count = 2;
    if (make_arc(n, steps->x, steps->y, &arc)) {
        steps->count = 2 * ARC_POINTS;
        for (guint k = 1; k < ARC_POINTS; k++) {
            double angle = arc.start + arc.sweep * k / ARC_POINTS;
            double x = arc.rx * cos(angle), y = arc.ry * sin(angle);
            n[2 * k - 2] = arc.cx + arc.cos * x - arc.sin * y;
            n[2 * k - 1] = arc.cy + arc.sin * x + arc.cos * y;
        }
    }
    n[steps->count - 2] = end[0];
    n[steps->count - 1] = end[1];
}

static bool next_step(Steps *steps)
{
    if (!take_letter(steps))
        return false;
    guint n = OPERATORS[steps->op].n;
    steps->kind = OPERATORS[steps->op].kind;
    for (guint k = 0; k < n; k++) {
        if (!ofd_number(&steps->at, &steps->n[k]))
            return false;
    }
    steps->count = n;
    if (n == OPERANDS)
        take_arc(steps);
    if (steps->count) {
        steps->x = steps->n[steps->count - 2];
        steps->y = steps->n[steps->count - 1];
    }
    return true;
}

void ofd_draw_path(Painter *painter, const char *data)
{
    Steps steps = {.at = data, .op = G_N_ELEMENTS(OPERATORS)};
    while (next_step(&steps)) {
        const double *n = steps.n;
        if (steps.kind == STEP_MOVE)
            painter_move(painter, n[0], n[1]);
        else if (steps.kind == STEP_LINE)
            painter_line(painter, n[0], n[1]);
        else if (steps.kind == STEP_CLOSE)
            painter_close(painter);
        for (guint k = 0; steps.kind == STEP_CURVE && k + 1 < steps.count; k += 2)
            painter_curve(painter, n[k], n[k + 1]);
    }
}

bool ofd_path_box(const char *data, double box[4])
{
    Steps steps = {.at = data, .op = G_N_ELEMENTS(OPERATORS)};
    bool has_any = false;
    while (next_step(&steps)) {
        for (guint k = 0; k + 1 < steps.count; k += 2) {
            double x = steps.n[k], y = steps.n[k + 1];
            box[0] = has_any ? MIN(box[0], x) : x;
            box[1] = has_any ? MIN(box[1], y) : y;
            box[2] = has_any ? MAX(box[2], x) : x;
            box[3] = has_any ? MAX(box[3], y) : y;
            has_any = true;
        }
    }
    return has_any;
}
