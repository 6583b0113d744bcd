/*
 * level.c - a page's rules tell how it lies.
 *
 *     seen aslant, the level rules of a table meet far away, and so do the upright ones:
 *
 *          ┌──────┐      y = m x + c, and m = A + B c for all level rules
 *         /   │    \     x = n y + d, and n = C + D d for all upright ones
 *        └────┴─────┘    a page askew has B = D = 0 and C = -A
 *
 * Four numbers are thus found by lines of best fit, each rule weighing by its length and those that do not go
 * with the rest (strokes, a page's edge) less and less.  No corner of the paper is asked for.
 * What then is left of each level rule's way up and down is the bend of the paper: one polynomial for all, which
 * changes evenly from top to bottom.
 */
#include "parsers/image/level.h"

#include "parsers/image/traces.h"

#include <math.h>
#include <string.h>

/* Rounds of weighing. */
#define ROUNDS 6
/* Rules that a change of slope is believed of; those that a bend is. */
#define FAN_LEAST  4
#define BEND_LEAST 3
/* Slopes, as tangents: how much they may spread, and the steepest. */
#define SPREAD_LEAST 0.0004
#define STEEPEST     0.15
/* How much slopes change from the middle to the edge: no camera is held so badly. */
#define FAN_MOST 0.25
/* Of the width: the least length of a rule that tells of a bend; in em: the bend that is worth taking out. */
#define BEND_LENGTH 0.12
#define BEND_WORTH  0.03
/* How much of the bend must be explained. */
#define BEND_LEFT 0.6
/* Pixels at the page's corners that are worth a change. */
#define WORTH 0.7
/* The level page may be so much larger than its picture. */
#define LARGER 1.15
/* Text's skew: how sure. */
#define SKEW_SURE 2.0f
/* Pixels from one place worked out to the next. */
#define BLOCK 16

/* A rule as a straight line: its offset at the middle, its slope. */
typedef struct {
    double offset, slope, weight;
} Line;

/* Slopes of one direction: those at the middle, and how they change. */
typedef struct {
    guint n;
    double slope, change;
} Fan;

/* The middle of the picture, and half of its width: the unit. */
typedef struct {
    double x, y, unit;
} Frame;

static int by_double(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(GArray *numbers)
{
    g_array_sort(numbers, by_double);
    return numbers->len ? g_array_index(numbers, double, numbers->len / 2) : 0;
}

/* The line of best fit of a trace, by what lies in the middle of the picture. */
static Line line_of(const GArray *trace, bool is_level, const Frame *frame)
{
    double n = trace->len, x = 0, y = 0, xx = 0, xy = 0;
    for (guint k = 0; k < trace->len; k++) {
        const TracePoint *point = &g_array_index(trace, TracePoint, k);
        double u = (point->along - (is_level ? frame->x : frame->y)) / frame->unit;
        double v = (point->across - (is_level ? frame->y : frame->x)) / frame->unit;
        x += u, y += v, xx += u * u, xy += u * v;
    }
    double spread = xx - x * x / n;
    double slope = spread > 0 ? (xy - x * y / n) / spread : 0;
    return (Line){(y - slope * x) / n, slope, spread};
}

/* Slopes against offsets; lines far off lose their weight from round to round. */
static Fan fit_fan(const GArray *lines)
{
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(double));
    Fan fan = {.n = lines->len};
    for (guint k = 0; k < lines->len; k++)
        g_array_append_val(numbers, g_array_index(lines, Line, k).slope);
    fan.slope = median(numbers);
    for (guint round = 0; round < ROUNDS && lines->len > 1; round++) {
        double w = 0, x = 0, y = 0, xx = 0, xy = 0;
        g_array_set_size(numbers, 0);
        for (guint k = 0; k < lines->len; k++) {
            const Line *line = &g_array_index(lines, Line, k);
            double off = fabs(line->slope - fan.slope - fan.change * line->offset);
            g_array_append_val(numbers, off);
        }
        double spread = MAX(3.5 * median(numbers), SPREAD_LEAST);
        for (guint k = 0; k < lines->len; k++) {
            const Line *line = &g_array_index(lines, Line, k);
            double off = (line->slope - fan.slope - fan.change * line->offset) / spread;
            double weight = line->weight / ((1 + off * off) * (1 + off * off));
            w += weight, x += weight * line->offset, y += weight * line->slope;
            xx += weight * line->offset * line->offset;
            xy += weight * line->offset * line->slope;
        }
        double wide = xx - x * x / w;
        fan.change = lines->len >= FAN_LEAST && wide > 0.001 * w ? (xy - x * y / w) / wide : 0;
        fan.change = CLAMP(fan.change, -FAN_MOST, FAN_MOST);
        fan.slope = (y - fan.change * x) / w;
    }
    return fan;
}

static Fan find_fan(const GPtrArray *traces, bool is_level, const Frame *frame)
{
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(Line));
    for (guint k = 0; k < traces->len; k++) {
        Line line = line_of(g_ptr_array_index(traces, k), is_level, frame);
        if (fabs(line.slope) <= STEEPEST)
            g_array_append_val(lines, line);
    }
    return fit_fan(lines);
}

/* One direction says how the other lies, where that has no rules; where neither has any, the lines of text do. */
static void complete(PIX *ink, Fan *level, Fan *upright)
{
    l_float32 angle = 0, sure = 0;
    if (!level->n && upright->n)
        level->slope = -upright->slope;
    else if (!level->n && pixFindSkewSweepAndSearch(ink, &angle, &sure, 4, 2, 7, 1, 0.01f) == 0 &&
             sure >= SKEW_SURE)
        level->slope = -tan(angle * G_PI / 180);
    if (!upright->n)
        upright->slope = -level->slope;
}

static void multiply(const double *a, const double *b, double *out)
{
    for (guint row = 0; row < 3; row++)
        for (guint k = 0; k < 3; k++)
            out[3 * row + k] =
                a[3 * row] * b[k] + a[3 * row + 1] * b[3 + k] + a[3 * row + 2] * b[6 + k];
}

static void invert(const double *m, double *out)
{
    double all = m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) +
                 m[2] * (m[3] * m[7] - m[4] * m[6]);
    for (guint row = 0; row < 3; row++) {
        for (guint k = 0; k < 3; k++) {
            guint a = (k + 1) % 3, b = (k + 2) % 3, c = (row + 1) % 3, d = (row + 2) % 3;
            out[3 * row + k] = (m[3 * a + c] * m[3 * b + d] - m[3 * a + d] * m[3 * b + c]) / all;
        }
    }
}

static void project(const double *m, double x, double y, double *to_x, double *to_y)
{
    double w = m[6] * x + m[7] * y + m[8];
    *to_x = (m[0] * x + m[1] * y + m[2]) / w;
    *to_y = (m[3] * x + m[4] * y + m[5]) / w;
}

/* From the picture to level, both by the frame: the rules' far points go out of sight, the middle stays. */
static void rectify(const Fan *level, const Fan *upright, double *out)
{
    double a = level->slope, b = level->change, c = upright->slope, d = upright->change;
    double middle = 1 - a * c, wide = sqrt(1 + c * c), high = sqrt(1 + a * a);
    const double m[9] = {
        1 / wide, -c / wide, 0, -a / high, 1 / high, 0, (b - a * d) / middle, (d - b * c) / middle,
        1};
    memcpy(out, m, sizeof m);
}

/* The level page's place and size: all of the picture, within bounds. */
static void frame_page(const double *to_level, const Frame *frame, PIX *ink, Level *level)
{
    double half = (double)pixGetHeight(ink) / pixGetWidth(ink);
    double least[2] = {-1, -half}, most[2] = {1, half};
    for (guint k = 0; k < 4 && (to_level[6] != 0 || to_level[7] != 0); k++) {
        double at[2];
        project(to_level, k & 1 ? 1 : -1, k & 2 ? half : -half, &at[0], &at[1]);
        for (guint i = 0; i < 2; i++) {
            double bound = LARGER * (i ? half : 1);
            least[i] = MAX(MIN(least[i], at[i]), -bound);
            most[i] = MIN(MAX(most[i], at[i]), bound);
        }
    }
    level->width = (gint32)lround((most[0] - least[0]) * frame->unit);
    level->height = (gint32)lround((most[1] - least[1]) * frame->unit);
    level->unit = frame->unit;
    level->x0 = least[0];
    level->y0 = least[1];
    double back[9];
    const double out[9] = {frame->unit, 0, frame->x, 0, frame->unit, frame->y, 0, 0, 1};
    invert(to_level, back);
    multiply(out, back, level->matrix);
}

/* How far down the bend moves a point; beyond the rules that told it goes on straight. */
static double down_at(const Level *level, double u, double v)
{
    double at = CLAMP(u, level->from, level->to), down = 0, steep = 0, power = 1;
    for (guint k = 0; k < LEVEL_POWERS; k++) {
        double factor = level->bend[0][k] + level->bend[1][k] * v;
        steep += (k + 1) * factor * power;
        power *= at;
        down += factor * power;
    }
    return down + steep * (u - at);
}

/* A trace on the level page. */
static GArray *rectified(const GArray *trace, const double *to_level, const Frame *frame)
{
    GArray *out = g_array_sized_new(FALSE, FALSE, sizeof(TracePoint), trace->len);
    for (guint k = 0; k < trace->len; k++) {
        const TracePoint *from = &g_array_index(trace, TracePoint, k);
        TracePoint point;
        project(to_level, (from->along - frame->x) / frame->unit,
                (from->across - frame->y) / frame->unit, &point.along, &point.across);
        g_array_append_val(out, point);
    }
    return out;
}

#define UNKNOWNS (2 * LEVEL_POWERS)

/* The sums of one round of a fit, each trace about its own middle: where it lies is no bend. */
typedef struct {
    double all[UNKNOWNS][UNKNOWNS + 1];
} Sums;

static double mean_across(const GArray *trace)
{
    double sum = 0;
    for (guint k = 0; k < trace->len; k++)
        sum += g_array_index(trace, TracePoint, k).across;
    return sum / trace->len;
}

/* How far a trace is off what the bend says, on average. */
static double off_by(const Level *level, const GArray *trace)
{
    double middle = mean_across(trace), mean = 0, sum = 0;
    for (guint round = 0; round < 2; round++) {
        for (guint k = 0; k < trace->len; k++) {
            const TracePoint *point = &g_array_index(trace, TracePoint, k);
            double rest = point->across - middle - down_at(level, point->along, middle);
            if (round == 0)
                mean += rest / trace->len;
            else
                sum += fabs(rest - mean) / trace->len;
        }
    }
    return sum;
}

static void add_trace(Sums *sums, const GArray *trace, double weight)
{
    double middle = mean_across(trace), mean[UNKNOWNS] = {0};
    for (guint round = 0; round < 2; round++) {
        for (guint k = 0; k < trace->len; k++) {
            const TracePoint *point = &g_array_index(trace, TracePoint, k);
            double row[UNKNOWNS + 1], power = 1;
            for (guint i = 0; i < LEVEL_POWERS; i++) {
                power *= point->along;
                row[i] = power;
                row[LEVEL_POWERS + i] = power * middle;
            }
            if (round == 0) {
                for (guint i = 0; i < UNKNOWNS; i++)
                    mean[i] += row[i] / trace->len;
                continue;
            }
            for (guint i = 0; i < UNKNOWNS; i++)
                row[i] -= mean[i];
            row[UNKNOWNS] = point->across - middle;
            for (guint i = 0; i < UNKNOWNS; i++)
                for (guint j = 0; j <= UNKNOWNS; j++)
                    sums->all[i][j] += weight * row[i] * row[j];
        }
    }
}

/* Gauss; the matrix is symmetric and, with a little on its diagonal, has an answer. */
static void solve(Sums *sums, double *out)
{
    for (guint k = 0; k < UNKNOWNS; k++)
        sums->all[k][k] += 1e-6 + 1e-4 * (k >= LEVEL_POWERS);
    for (guint k = 0; k < UNKNOWNS; k++) {
        for (guint row = k + 1; row < UNKNOWNS; row++) {
            double factor = sums->all[row][k] / sums->all[k][k];
            for (guint i = k; i <= UNKNOWNS; i++)
                sums->all[row][i] -= factor * sums->all[k][i];
        }
    }
    for (guint k = UNKNOWNS; k-- > 0;) {
        out[k] = sums->all[k][UNKNOWNS];
        for (guint i = k + 1; i < UNKNOWNS; i++)
            out[k] -= sums->all[k][i] * out[i];
        out[k] /= sums->all[k][k];
    }
}

/* The traces that are long enough on the level page; between which places they lie. */
static GPtrArray *long_traces(const GPtrArray *traces, const double *to_level, const Frame *frame,
                              Level *level)
{
    GPtrArray *out = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    level->from = G_MAXDOUBLE;
    level->to = -G_MAXDOUBLE;
    for (guint k = 0; k < traces->len; k++) {
        GArray *trace = rectified(g_ptr_array_index(traces, k), to_level, frame);
        double from = g_array_index(trace, TracePoint, 0).along;
        double to = g_array_index(trace, TracePoint, trace->len - 1).along;
        Line line = line_of(trace, true, &(Frame){0, 0, 1});
        if (to - from < 2 * BEND_LENGTH || fabs(line.slope) > STEEPEST / 2) {
            g_array_unref(trace);
            continue;
        }
        level->from = MIN(level->from, from);
        level->to = MAX(level->to, to);
        g_ptr_array_add(out, trace);
    }
    return out;
}

static double usual_off(const Level *level, const GPtrArray *traces)
{
    g_autoptr(GArray) offs = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint k = 0; k < traces->len; k++) {
        double off = off_by(level, g_ptr_array_index(traces, k));
        g_array_append_val(offs, off);
    }
    return median(offs);
}

/* What is left of the level rules' way up and down. */
static void find_bend(const GPtrArray *all, const double *to_level, const Frame *frame, float em,
                      Level *level)
{
    g_autoptr(GPtrArray) traces = long_traces(all, to_level, frame, level);
    double before = traces->len >= BEND_LEAST ? usual_off(level, traces) : 0;
    if (before * frame->unit < BEND_WORTH * em)
        return;
    for (guint round = 0; round < ROUNDS; round++) {
        Sums sums = {0};
        double spread = MAX(3 * usual_off(level, traces), 1 / frame->unit), found[UNKNOWNS];
        for (guint k = 0; k < traces->len; k++) {
            const GArray *trace = g_ptr_array_index(traces, k);
            double off = off_by(level, trace) / spread;
            add_trace(&sums, trace, 1 / ((1 + off * off) * (1 + off * off)));
        }
        solve(&sums, found);
        memcpy(level->bend, found, sizeof level->bend);
    }
    level->is_bent = usual_off(level, traces) < BEND_LEFT * before;
    if (!level->is_bent)
        memset(level->bend, 0, sizeof level->bend);
}

/* How far the page's corners move. */
static double moves(const Level *level, PIX *ink)
{
    double most = 0, width = pixGetWidth(ink), height = pixGetHeight(ink);
    if (level->width != pixGetWidth(ink) || level->height != pixGetHeight(ink) || level->is_bent)
        return G_MAXDOUBLE;
    for (guint k = 0; k < 4; k++) {
        double x = k & 1 ? width : 0, y = k & 2 ? height : 0, to_x, to_y;
        level_place(level, x, y, &to_x, &to_y);
        most = MAX(most, MAX(fabs(to_x - x), fabs(to_y - y)));
    }
    return most;
}

bool level_find(PIX *ink, float em, Level *level)
{
    *level = (Level){0};
    const Frame frame = {pixGetWidth(ink) / 2.0, pixGetHeight(ink) / 2.0, pixGetWidth(ink) / 2.0};
    g_autoptr(GPtrArray) rows = traces_find(ink, true, em), columns = traces_find(ink, false, em);
    Fan across = find_fan(rows, true, &frame), down = find_fan(columns, false, &frame);
    double to_level[9];
    complete(ink, &across, &down);
    rectify(&across, &down, to_level);
    frame_page(to_level, &frame, ink, level);
    level->skew = (float)(-atan(across.slope) * 180 / G_PI);
    find_bend(rows, to_level, &frame, em, level);
    return moves(level, ink) > WORTH;
}

void level_place(const Level *level, double x, double y, double *to_x, double *to_y)
{
    double u = x / level->unit + level->x0, v = y / level->unit + level->y0;
    if (level->is_bent)
        v += down_at(level, u, v);
    project(level->matrix, u, v, to_x, to_y);
}

void level_keep(Level *level, gint32 width, gint32 height)
{
    double unit = width / 2.0;
    *level = (Level){.unit = unit,
                     .x0 = -1,
                     .y0 = -(double)height / width,
                     .matrix = {unit, 0, unit, 0, unit, height / 2.0, 0, 0, 1},
                     .width = width,
                     .height = height};
}

void level_shrink(Level *level, float factor)
{
    level->unit *= factor;
    level->width = (gint32)lround(level->width * factor);
    level->height = (gint32)lround(level->height * factor);
}

/* Between four pixels; white beyond the picture. */
static guint8 pixel_at(const l_uint32 *data, l_int32 words, l_int32 width, l_int32 height,
                       l_int32 x, l_int32 y)
{
    l_int32 left = x >> 8, top = y >> 8, fx = x & 255, fy = y & 255;
    if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height)
        return 255;
    const l_uint32 *row = data + (gssize)top * words, *next = row + words;
    l_int32 above = (256 - fx) * GET_DATA_BYTE(row, left) + fx * GET_DATA_BYTE(row, left + 1);
    l_int32 below = (256 - fx) * GET_DATA_BYTE(next, left) + fx * GET_DATA_BYTE(next, left + 1);
    return (guint8)(((256 - fy) * above + fy * below + (1 << 15)) >> 16);
}

PIX *level_apply(PIX *grey, const Level *level)
{
    PIX *out = pixCreate(level->width, level->height, 8);
    l_int32 width = pixGetWidth(grey), height = pixGetHeight(grey), words = pixGetWpl(grey);
    const l_uint32 *data = pixGetData(grey);
    for (l_int32 y = 0; out && y < level->height; y++) {
        l_uint32 *row = pixGetData(out) + (gssize)y * pixGetWpl(out);
        double x0, y0, x1, y1;
        level_place(level, 0, y, &x0, &y0);
        for (l_int32 x = 0; x < level->width; x += BLOCK, x0 = x1, y0 = y1) {
            level_place(level, x + BLOCK, y, &x1, &y1);
            double far = MAX(MAX(fabs(x0), fabs(y0)), MAX(fabs(x1), fabs(y1)));
            l_int32 from_x = far < 1e6 ? (l_int32)lround(x0 * 256) : -256;
            l_int32 from_y = far < 1e6 ? (l_int32)lround(y0 * 256) : -256;
            l_int32 dx = far < 1e6 ? (l_int32)lround((x1 - x0) * 256) : 0;
            l_int32 dy = far < 1e6 ? (l_int32)lround((y1 - y0) * 256) : 0;
            for (l_int32 k = 0; k < MIN(BLOCK, level->width - x); k++)
                SET_DATA_BYTE(row, x + k,
                              pixel_at(data, words, width, height, from_x + dx * k / BLOCK,
                                       from_y + dy * k / BLOCK));
        }
    }
    return out;
}

void sheet_place(const SheetPlace *sheet, float *x, float *y)
{
    double u, v;
    float w = sheet->width, h = sheet->height;
    level_place(&sheet->level, *x * sheet->dpi / 72, *y * sheet->dpi / 72, &u, &v);
    float at[2] = {(float)u, (float)v};
    switch (sheet->turned) {
    case 1: /* the file's left side is at the top */
        at[0] = (float)v, at[1] = h - (float)u;
        break;
    case 2:
        at[0] = w - (float)u, at[1] = h - (float)v;
        break;
    case 3:
        at[0] = w - (float)v, at[1] = (float)u;
        break;
    default:
        break;
    }
    *x = at[0] * 72 / sheet->file_dpi + sheet->x0;
    *y = at[1] * 72 / sheet->file_dpi + sheet->y0;
}
