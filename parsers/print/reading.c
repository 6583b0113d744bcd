/*
 * reading.c - glyphs in reading order.
 *
 *     项目      across: lines from top to bottom, a wrapped number goes on without a space
 *     资金
 *     (元)      down:   columns from right to left; told from the first by what stands close together
 *
 * A line of a cell ends either because the next word did not fit or because its author ended it.
 * Between two Han characters nothing comes either way; a number goes on when its line was full.
 */
#include "parsers/print/glyphs.h"

/* In em: a gap that is a space. */
#define SPACE_GAP 0.16f
/* Points that a cell's margins may take from its width on both sides together. */
#define CELL_MARGINS 14.0f
/* How far off a line's middle a glyph of a cell may stand, in em. */
#define CELL_DRIFT 0.5f

static float middle_x(const Glyph *glyph)
{
    return (glyph->box.x0 + glyph->box.x1) / 2;
}

static float middle_y(const Glyph *glyph)
{
    return (glyph->box.y0 + glyph->box.y1) / 2;
}

static float height_of(const Glyph *glyph)
{
    return glyph->box.y1 - glyph->box.y0;
}

static float width_of(const Glyph *glyph)
{
    return glyph->box.x1 - glyph->box.x0;
}

static gint by_y(gconstpointer a, gconstpointer b)
{
    float x = middle_y(*(Glyph *const *)a), y = middle_y(*(Glyph *const *)b);
    return x < y ? -1 : x > y;
}

static gint by_x(gconstpointer a, gconstpointer b)
{
    float x = middle_x(*(Glyph *const *)a), y = middle_x(*(Glyph *const *)b);
    return x < y ? -1 : x > y;
}

/* From top to bottom, for columns of vertical writing. */
static gint by_x_down(gconstpointer a, gconstpointer b)
{
    return -by_x(a, b);
}

/* Most lines come in their order already, which is seen sooner than sorted. */
static void sort_part(GPtrArray *glyphs, guint first, guint end, GCompareFunc compare)
{
    guint k = first + 1;
    while (k < end && compare(glyphs->pdata + k - 1, glyphs->pdata + k) <= 0)
        k++;
    if (k >= end)
        return;
    g_qsort_with_data(glyphs->pdata + first, (gint)(end - first), sizeof(gpointer),
                      (GCompareDataFunc)(void (*)(void))compare, NULL);
}

GArray *glyph_lines(GPtrArray *glyphs, float drift)
{
    GArray *ends = g_array_new(FALSE, FALSE, sizeof(guint));
    sort_part(glyphs, 0, glyphs->len, by_y);
    float sum = 0, em = 0;
    guint first = 0;
    for (guint k = 0; k < glyphs->len; k++) {
        const Glyph *glyph = glyph_at(glyphs, k);
        guint n = k - first;
        if (n && middle_y(glyph) > sum / (float)n + drift * MAX(em, glyph->em)) {
            sort_part(glyphs, first, k, by_x);
            g_array_append_val(ends, k);
            first = k;
            sum = em = 0;
        }
        sum += middle_y(glyph);
        em = MAX(em, glyph->em);
    }
    if (glyphs->len) {
        sort_part(glyphs, first, glyphs->len, by_x);
        g_array_append_val(ends, glyphs->len);
    }
    return ends;
}

void glyphs_append(GString *out, const GPtrArray *glyphs, ZpSpan some)
{
    for (gsize k = some.from; k < some.to; k++) {
        const Glyph *glyph = glyph_at(glyphs, k);
        if (k > some.from) {
            const Glyph *before = glyph_at(glyphs, k - 1);
            float gap = glyph->box.x0 - before->box.x1;
            if (gap > SPACE_GAP * MAX(glyph->em, before->em))
                g_string_append_c(out, ' ');
        }
        g_string_append_unichar(out, glyph->c);
    }
}

ZpBox glyphs_box(const GPtrArray *glyphs, ZpSpan some)
{
    if (!zp_span_length(some))
        return (ZpBox){0};
    ZpBox box = glyph_at(glyphs, some.from)->box;
    for (gsize k = some.from + 1; k < some.to; k++) {
        const ZpBox *other = &glyph_at(glyphs, k)->box;
        box = (ZpBox){MIN(box.x0, other->x0), MIN(box.y0, other->y0), MAX(box.x1, other->x1),
                      MAX(box.y1, other->y1)};
    }
    return box;
}

/* The smallest step between a glyph and the nearest one beside it in the same line; 0: none. */
static float step_across(const GPtrArray *glyphs, const GArray *ends)
{
    float best = 0;
    for (guint line = 0, k = 0; line < ends->len; line++) {
        for (k++; k < g_array_index(ends, guint, line); k++) {
            float step = middle_x(glyph_at(glyphs, k)) - middle_x(glyph_at(glyphs, k - 1));
            best = best > 0 ? MIN(best, step) : step;
        }
    }
    return best;
}

/*
 * Writing from top to bottom: the lines are columns that were cut across, so the glyphs of a line
 * stand further apart than the lines do, and each line's pitch is that of its characters.
 */
static bool is_vertical(const GPtrArray *glyphs, const GArray *ends)
{
    guint n_wide = 0;
    float em = 0;
    if (ends->len < 2 || glyphs->len < 3 || glyphs->len == ends->len)
        return false;
    for (guint k = 0; k < glyphs->len; k++) {
        n_wide += zp_char_is_cjk(glyph_at(glyphs, k)->c) ? 1 : 0;
        em = MAX(em, MIN(width_of(glyph_at(glyphs, k)), height_of(glyph_at(glyphs, k))));
    }
    guint last = g_array_index(ends, guint, ends->len - 2);
    float down =
        (middle_y(glyph_at(glyphs, last)) - middle_y(glyph_at(glyphs, 0))) / (float)(ends->len - 1);
    float across = step_across(glyphs, ends);
    return 2 * n_wide >= glyphs->len && down <= 1.1f * em && across > 1.15f * em;
}

/* Puts the glyphs of vertical writing in order; returns the ends of its columns. */
static GArray *order_columns(GPtrArray *glyphs, float em)
{
    GArray *ends = g_array_new(FALSE, FALSE, sizeof(guint));
    sort_part(glyphs, 0, glyphs->len, by_x_down);
    guint first = 0;
    for (guint k = 1; k <= glyphs->len; k++) {
        if (k < glyphs->len &&
            middle_x(glyph_at(glyphs, first)) - middle_x(glyph_at(glyphs, k)) < em / 2)
            continue;
        sort_part(glyphs, first, k, by_y);
        g_array_append_val(ends, k);
        first = k;
    }
    return ends;
}

/* The text of glyphs that stand one below the other. */
static void append_column(GString *out, const GPtrArray *glyphs, guint first, guint end)
{
    for (guint k = first; k < end; k++)
        g_string_append_unichar(out, glyph_at(glyphs, k)->c);
}

static bool is_number_part(gunichar c)
{
    return g_unichar_isdigit(c) || c == '.' || c == ',' || c == '%' || c == 0xFF05 || c == 0xFF0E;
}

/* What stands between a line's last glyph and the next line's first one. */
static const char *line_break(const GPtrArray *glyphs, guint first, guint end, float width)
{
    const Glyph *last = glyph_at(glyphs, end - 1), *next = glyph_at(glyphs, end);
    if (zp_char_is_cjk(last->c) || zp_char_is_cjk(next->c))
        return "";
    float used = last->box.x1 - glyph_at(glyphs, first)->box.x0 + width_of(next);
    bool was_full = used + CELL_MARGINS > width;
    if (was_full && is_number_part(last->c) && is_number_part(next->c))
        return "";
    return "\n";
}

static float em_of(const GPtrArray *glyphs)
{
    float em = 0;
    for (guint k = 0; k < glyphs->len; k++)
        em = MAX(em, MIN(width_of(glyph_at(glyphs, k)), height_of(glyph_at(glyphs, k))));
    return em;
}

void glyphs_text(GString *out, GPtrArray *glyphs, float width)
{
    g_autoptr(GArray) ends = glyph_lines(glyphs, CELL_DRIFT);
    if (is_vertical(glyphs, ends)) {
        g_autoptr(GArray) columns = order_columns(glyphs, em_of(glyphs));
        for (guint k = 0, first = 0; k < columns->len; k++) {
            guint end = g_array_index(columns, guint, k);
            append_column(out, glyphs, first, end);
            first = end;
        }
        return;
    }
    for (guint line = 0, first = 0; line < ends->len; line++) {
        guint end = g_array_index(ends, guint, line);
        glyphs_append(out, glyphs, glyphs_span(glyphs, first, end));
        if (end < glyphs->len)
            g_string_append(out, line_break(glyphs, first, end, width));
        first = end;
    }
}
