/*
 * lines.c - rows of ink into lines.
 *
 * Rows without ink part lines.  A low stretch (the top stroke of 元, a dash under a digit) belongs to the line
 * that it is near to; a stretch higher than a line is several that touch, cut where least ink is, at about
 * even steps.
 */
#include "parsers/image/lines.h"

#include "base/limits.h"

#include <math.h>
#include <string.h>

/* In em: a low stretch, how near its line is, how high both may be. */
#define LOW   0.6f
#define NEAR  0.3f
#define WHOLE 1.6f
/* In em: from here on a stretch is several lines; the steps between them, and the usual one. */
#define SEVERAL    1.75f
#define STEP_LEAST 0.9f
#define STEP_MOST  2.0f
#define STEP_USUAL 1.35f
/* In em: a gap that parts a line in two. */
#define GAP 2.2f
/* In em: a longer line is parted at its next gap, or anywhere: the recogniser takes ZP_LIMIT_IMAGE_WIDTH. */
#define LONG    60.0f
#define LONGEST 70.0f
/* In em: the side of a speck that is nothing. */
#define SPECK 0.07f
/* In em: what stands so far from other ink and is small is dirt, on clean and on dirty pages. */
#define ALONE_CLEAN 0.9f
#define ALONE_DIRTY 0.5f
#define SMALL       0.28f
/* Lone specks for each square of an em: a dirty page has more. */
#define DIRTY 0.02f

static LineBox *line_at(GArray *lines, guint k)
{
    return &g_array_index(lines, LineBox, k);
}

/* Stretches of rows with ink. */
static void find_stretches(const guint *counts, guint n, GArray *out)
{
    for (guint y = 0; y < n;) {
        if (!counts[y]) {
            y++;
            continue;
        }
        guint end = y;
        while (end < n && counts[end])
            end++;
        LineBox line = {.y0 = (l_int32)y, .y1 = (l_int32)end};
        g_array_append_val(out, line);
        y = end;
    }
}

static bool may_join(const LineBox *a, const LineBox *b, float em)
{
    float low = (float)MIN(a->y1 - a->y0, b->y1 - b->y0);
    return low < LOW * em && (float)(b->y0 - a->y1) <= NEAR * em &&
           (float)(b->y1 - a->y0) <= WHOLE * em;
}

static void join_low(GArray *lines, guint first, float em)
{
    for (bool again = true; again;) {
        again = false;
        guint best = 0;
        l_int32 least = G_MAXINT32;
        for (guint k = first; k + 1 < lines->len; k++) {
            const LineBox *a = line_at(lines, k), *b = line_at(lines, k + 1);
            if (may_join(a, b, em) && b->y0 - a->y1 < least) {
                least = b->y0 - a->y1;
                best = k;
                again = true;
            }
        }
        if (!again)
            break;
        line_at(lines, best)->y1 = line_at(lines, best + 1)->y1;
        g_array_remove_index(lines, best + 1);
    }
}

/* The best rows to cut y0…y1 at, by what they cut through and how even the steps are. */
static void cut_stretch(const guint *counts, LineBox stretch, float em, GArray *out)
{
    guint n = (guint)(stretch.y1 - stretch.y0);
    const guint *rows = counts + stretch.y0;
    float mean = 0;
    for (guint y = 0; y < n; y++)
        mean += (float)rows[y] / (float)n;
    guint least = (guint)(STEP_LEAST * em), most = (guint)(STEP_MOST * em) + 1;
    float usual = STEP_USUAL * em;
    g_autofree float *cost = g_new(float, n + 1);
    g_autofree guint *from = g_new0(guint, n + 1);
    for (guint y = 0; y <= n; y++)
        cost[y] = y ? G_MAXFLOAT : 0;
    for (guint y = least; y <= n; y++) {
        float here = y < n ? (float)rows[y] / MAX(mean, 1) : 0;
        for (guint step = least; step <= MIN(most, y); step++) {
            float uneven = ((float)step - usual) / em;
            float all = cost[y - step] + here + 0.3f * uneven * uneven;
            if (cost[y - step] < G_MAXFLOAT && all < cost[y]) {
                cost[y] = all;
                from[y] = y - step;
            }
        }
    }
    if (cost[n] >= G_MAXFLOAT) {
        g_array_append_val(out, stretch);
        return;
    }
    guint at = out->len;
    for (guint y = n; y > 0; y = from[y]) {
        LineBox line = {.y0 = stretch.y0 + (l_int32)from[y], .y1 = stretch.y0 + (l_int32)y};
        g_array_insert_val(out, at, line);
    }
}

void lines_cut(const guint *counts, guint n, float em, GArray *out)
{
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(LineBox));
    find_stretches(counts, n, lines);
    join_low(lines, 0, em);
    for (guint k = 0; k < lines->len; k++) {
        LineBox line = *line_at(lines, k);
        if ((float)(line.y1 - line.y0) > SEVERAL * em)
            cut_stretch(counts, line, em, out);
        else
            g_array_append_val(out, line);
    }
}

static guint *count_rows(PIX *part, guint n)
{
    guint *counts = g_new0(guint, n);
    NUMA *numbers = pixCountPixelsByRow(part, NULL);
    for (guint y = 0; numbers && y < n; y++) {
        l_int32 value = 0;
        numaGetIValue(numbers, (l_int32)y, &value);
        counts[y] = (guint)value;
    }
    numaDestroy(&numbers);
    return counts;
}

static PIX *clip(PIX *pix, const LineBox *box)
{
    BOX *where = boxCreate(box->x0, box->y0, box->x1 - box->x0, box->y1 - box->y0);
    PIX *part = where ? pixClipRectangle(pix, where, NULL) : NULL;
    boxDestroy(&where);
    return part;
}

/* The ink of a line, parted at wide gaps. */
static void part_line(PIX *ink, const LineBox *line, float em, GArray *out)
{
    PIX *part = clip(ink, line);
    NUMA *numbers = part ? pixCountPixelsByColumn(part) : NULL;
    l_int32 n = numbers ? numaGetCount(numbers) : 0, first = -1, last = -1;
    for (l_int32 x = 0; x <= n; x++) {
        l_int32 value = 0;
        if (x < n)
            numaGetIValue(numbers, x, &value);
        bool is_long = first >= 0 && (float)(x - first) > (value ? LONGEST : LONG) * em;
        bool ends = first >= 0 && (x == n || is_long || (value && (float)(x - last) > GAP * em));
        if (ends && out->len < ZP_LIMIT_IMAGE_LINES) {
            LineBox one = {line->x0 + first, line->y0, line->x0 + last + 1, line->y1};
            g_array_append_val(out, one);
            first = -1;
        }
        if (value) {
            first = first < 0 ? x : first;
            last = x;
        }
    }
    numaDestroy(&numbers);
    pixDestroy(&part);
}

/* The rows that a part of a line really has. */
static void fit_rows(PIX *ink, LineBox *line)
{
    PIX *part = clip(ink, line);
    l_int32 x0, y0, w, h;
    BOX *box = NULL;
    if (part && pixClipToForeground(part, NULL, &box) == 0 && box) {
        boxGetGeometry(box, &x0, &y0, &w, &h);
        line->y1 = line->y0 + y0 + h;
        line->y0 += y0;
    }
    boxDestroy(&box);
    pixDestroy(&part);
}

void lines_find(PIX *ink, const LineBox *within, float em, GArray *out)
{
    PIX *part = clip(ink, within);
    if (!part)
        return;
    /* Near an edge the clip may be smaller than asked. */
    guint n = (guint)pixGetHeight(part);
    g_autofree guint *counts = count_rows(part, n);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(LineBox));
    lines_cut(counts, n, em, rows);
    for (guint k = 0; k < rows->len; k++) {
        const LineBox *row = line_at(rows, k);
        LineBox line = {within->x0, within->y0 + row->y0, within->x1, within->y0 + row->y1};
        guint before = out->len;
        part_line(ink, &line, em, out);
        for (guint i = before; i < out->len; i++)
            fit_rows(ink, line_at(out, i));
    }
    pixDestroy(&part);
}

static void clear_box(PIX *ink, l_int32 x, l_int32 y, l_int32 w, l_int32 h)
{
    BOX *box = boxCreate(x, y, w, h);
    pixClearInRect(ink, box);
    boxDestroy(&box);
}

/* Ink in a box, beyond a component's own. */
static bool has_company(PIX *ink, l_int32 x, l_int32 y, l_int32 w, l_int32 h, l_int32 reach)
{
    l_int32 count = 0, own = 0;
    BOX *around = boxCreate(x - reach, y - reach, w + 2 * reach, h + 2 * reach);
    BOX *box = boxCreate(x, y, w, h);
    pixCountPixelsInRect(ink, around, &count, NULL);
    pixCountPixelsInRect(ink, box, &own, NULL);
    boxDestroy(&around);
    boxDestroy(&box);
    return count > own;
}

/* Small pieces without other ink of @company near them are taken out; how many they were. */
static guint drop_alone(PIX *ink, PIX *company, BOXA *boxes, const GArray *small, float reach)
{
    guint n = 0;
    for (guint k = 0; k < small->len; k++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(boxes, g_array_index(small, l_int32, k), &x, &y, &w, &h);
        if (has_company(company, x, y, w, h, (l_int32)reach))
            continue;
        clear_box(ink, x, y, w, h);
        n++;
    }
    return n;
}

/* Ink without its small pieces. */
static PIX *without(PIX *ink, BOXA *boxes, const GArray *small)
{
    PIX *large = pixCopy(NULL, ink);
    for (guint k = 0; large && k < small->len; k++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(boxes, g_array_index(small, l_int32, k), &x, &y, &w, &h);
        clear_box(large, x, y, w, h);
    }
    return large;
}

void lines_despeckle(PIX *ink, float em)
{
    BOXA *boxes = pixConnCompBB(ink, 8);
    l_int32 n = boxes ? boxaGetCount(boxes) : 0;
    g_autoptr(GArray) small = g_array_new(FALSE, FALSE, sizeof(l_int32));
    for (l_int32 k = 0; k < n; k++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(boxes, k, &x, &y, &w, &h);
        if ((float)MAX(w, h) <= SPECK * em)
            clear_box(ink, x, y, w, h);
        else if ((float)MAX(w, h) <= SMALL * em)
            g_array_append_val(small, k);
    }
    float area = (float)pixGetWidth(ink) * (float)pixGetHeight(ink) / (em * em);
    guint n_alone = drop_alone(ink, ink, boxes, small, ALONE_CLEAN * em);
    /* On a dirty page specks are company to each other: a point stands beside a digit. */
    PIX *large = (float)n_alone > DIRTY * area ? without(ink, boxes, small) : NULL;
    if (large)
        drop_alone(ink, large, boxes, small, ALONE_DIRTY * em);
    pixDestroy(&large);
    boxaDestroy(&boxes);
}
