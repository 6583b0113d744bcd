/*
 * traces.c - rules followed through the ink of a page that is not level.
 *
 *     ───────▁▁▁▁▁▁        a rule askew is short runs, each of which touches the next: one piece of
 *             ▔▔▔▔▔▔▔▔     ink once everything shorter than a run is opened away
 */
#include "parsers/image/traces.h"

/* In em: a run of a rule askew; the least length of a rule; its thickness at any place. */
#define RUN           0.75f
#define LEVEL_LEAST   7.0f
#define UPRIGHT_LEAST 3.5f
#define THICK         0.3f
/* In em: from one place that is looked at to the next. */
#define PACE 0.5f
/* Of the places looked at: so many must be a rule's. */
#define THIN_SHARE 0.7f
/* Across, of its length: more than a page lies askew. */
#define SLOPE_MOST 0.12f

/* The middle of a piece across, at one place along it; false: it has no ink there, or is thicker than a rule. */
static bool middle_at(PIX *piece, bool is_level, l_int32 k, float thick, double *middle)
{
    l_int32 n = is_level ? pixGetHeight(piece) : pixGetWidth(piece), words = pixGetWpl(piece);
    l_int32 first = -1, last = -1;
    for (l_int32 at = 0; at < n; at++) {
        l_int32 x = is_level ? k : at, y = is_level ? at : k;
        if (!GET_DATA_BIT(pixGetData(piece) + (gssize)y * words, x))
            continue;
        first = first < 0 ? at : first;
        last = at;
    }
    *middle = (first + last + 1) / 2.0;
    return first >= 0 && (float)(last - first + 1) <= thick;
}

static GArray *follow(PIX *piece, bool is_level, l_int32 x, l_int32 y, float em)
{
    GArray *trace = g_array_new(FALSE, FALSE, sizeof(TracePoint));
    l_int32 n = is_level ? pixGetWidth(piece) : pixGetHeight(piece);
    l_int32 pace = MAX((l_int32)(PACE * em), 2);
    guint n_looked = 0;
    for (l_int32 k = pace / 2; k < n; k += pace, n_looked++) {
        double middle;
        if (!middle_at(piece, is_level, k, THICK * em + 3, &middle))
            continue;
        TracePoint point = {k + (is_level ? x : y), middle + (is_level ? y : x)};
        g_array_append_val(trace, point);
    }
    if ((float)trace->len >= THIN_SHARE * (float)n_looked && trace->len >= 4)
        return trace;
    g_array_unref(trace);
    return NULL;
}

GPtrArray *traces_find(PIX *ink, bool is_level, float em)
{
    GPtrArray *traces = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    l_int32 run = MAX((l_int32)(RUN * em), 5);
    l_int32 least = (l_int32)((is_level ? LEVEL_LEAST : UPRIGHT_LEAST) * em);
    PIX *thick = pixDilateBrick(NULL, ink, is_level ? 1 : 3, is_level ? 3 : 1);
    PIX *closed = thick ? pixCloseBrick(NULL, thick, is_level ? 5 : 1, is_level ? 1 : 5) : NULL;
    PIX *runs = closed ? pixOpenBrick(NULL, closed, is_level ? run : 1, is_level ? 1 : run) : NULL;
    PIXA *pieces = NULL;
    BOXA *boxes = runs ? pixConnComp(runs, &pieces, 8) : NULL;
    l_int32 n = boxes ? boxaGetCount(boxes) : 0;
    for (l_int32 k = 0; k < n; k++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(boxes, k, &x, &y, &w, &h);
        l_int32 along = is_level ? w : h, across = is_level ? h : w;
        if (along < least || (float)across > SLOPE_MOST * (float)along + THICK * em + 3)
            continue;
        PIX *piece = pixaGetPix(pieces, k, L_CLONE);
        GArray *trace = piece ? follow(piece, is_level, x, y, em) : NULL;
        if (trace)
            g_ptr_array_add(traces, trace);
        pixDestroy(&piece);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&pieces);
    pixDestroy(&runs);
    pixDestroy(&closed);
    pixDestroy(&thick);
    return traces;
}
