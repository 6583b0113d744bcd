/*
 * path.c - AbbreviatedData: "M 0 0 L 10 0 L 10 5 C".
 *
 * Operators and their operands come apart by white space; glued ones, commas and operands without an operator of
 * their own are read as well.  A letter that means nothing ends the path.  A curve stands for its control points:
 * only whether it is thin is asked of it.
 *
 * Source: GB/T 33190-2016, 9.3.
 */
#include "parsers/ofd/draw.h"
#include "parsers/ofd/numbers.h"

#include <string.h>

#define OPERANDS 7

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
    double n[OPERANDS];
    guint count; /* of coordinates in `n` */
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
    if (n == OPERANDS) { /* an arc: where it ends */
        steps->n[0] = steps->n[5];
        steps->n[1] = steps->n[6];
        steps->count = 2;
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
