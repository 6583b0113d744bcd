/*
 * flow.c - text that no rule encloses: lines, or runs when it stands in columns.
 *
 * A line is cut into runs at gaps that are wider than the spaces inside a label (half a character
 * for a narrow one, a whole one for a wide one).  A page whose lines have several runs is a table
 * that nobody drew: all of it is handed on as runs, page number and title included, because only
 * the recogniser can say where the table ends.
 */
#include "parsers/print/page.h"

/* In em: a gap between two runs. */
#define RUN_GAP 0.6f
/* How far off a line's middle a glyph may stand, in em. */
#define LINE_DRIFT 0.35f
/* Lines of so many runs make a table; so few lines go on with the table of the page before. */
#define TABLE_LINES 3
#define TABLE_RUNS  3
#define REST_LINES  12

/* The text of one stretch of a page. */
typedef struct {
    GPtrArray *glyphs; /* of Glyph*, in reading order */
    GArray *ends;      /* of guint: by line, the index behind its last glyph */
} Flow;

/* The glyphs of a line. */
static ZpSpan line_of(const Flow *flow, guint line)
{
    guint from = line ? g_array_index(flow->ends, guint, line - 1) : 0;
    return glyphs_span(flow->glyphs, from, g_array_index(flow->ends, guint, line));
}

/* The first run of what is left of a line, which is something. */
static ZpSpan run_of(const Flow *flow, ZpSpan rest)
{
    gsize k = rest.from + 1;
    for (; k < rest.to; k++) {
        const Glyph *a = glyph_at(flow->glyphs, k - 1), *b = glyph_at(flow->glyphs, k);
        if (b->box.x0 - a->box.x1 > RUN_GAP * MAX(a->em, b->em))
            break;
    }
    return glyphs_span(flow->glyphs, rest.from, k);
}

static guint count_runs(const Flow *flow, guint line)
{
    guint n = 0;
    for (ZpSpan rest = line_of(flow, line); zp_span_length(rest); n++)
        rest = glyphs_span(flow->glyphs, run_of(flow, rest).to, rest.to);
    return n;
}

static Flow flow_of(const Page *page, float from, float to)
{
    Flow flow = {.glyphs = g_ptr_array_new()};
    for (guint k = 0; k < page->glyphs->len; k++) {
        Glyph *glyph = &g_array_index(page->glyphs, Glyph, k);
        float y = (glyph->box.y0 + glyph->box.y1) / 2;
        if (glyph->table < 0 && glyph->turn == TURN_0 && y >= from && y < to)
            g_ptr_array_add(flow.glyphs, glyph);
    }
    flow.ends = glyph_lines(flow.glyphs, LINE_DRIFT);
    return flow;
}

static void flow_clear(Flow *flow)
{
    g_ptr_array_unref(flow->glyphs);
    g_array_unref(flow->ends);
}

static bool is_table(const Page *page, const Flow *flow)
{
    guint n_split = 0, n_wide = 0, n_lines = flow->ends->len;
    for (guint line = 0; line < n_lines; line++) {
        guint n = count_runs(flow, line);
        n_split += n > 1 ? 1 : 0;
        n_wide += n >= TABLE_RUNS ? 1 : 0;
    }
    if (page->was_runs && page->lattices->len == 0)
        return n_split > 0 || n_lines <= REST_LINES;
    return n_wide >= TABLE_LINES || (n_split >= TABLE_LINES && 2 * n_split >= n_lines);
}

static bool add_text(Page *page, ZpTable *table, guint row, guint col, const Flow *flow, ZpSpan run,
                     GString *text, GError **error)
{
    g_string_truncate(text, 0);
    glyphs_append(text, flow->glyphs, run);
    ZpBox box = glyphs_box(flow->glyphs, run);
    ZpCell cell = {
        .row = row,
        .col = col,
        .page = page->number,
        .box = page_box(page, &box),
        .ocr = page_ocr(page, flow->glyphs, run),
        .text = text->str,
        .length = (guint32)text->len,
    };
    return zp_document_add_cell(page->document, table, &cell, error);
}

static GArray *rules_between(const GArray *places, float from, float to)
{
    GArray *some = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint k = 0; k < places->len; k++) {
        float at = g_array_index(places, float, k);
        if (at >= from && at < to)
            g_array_append_val(some, at);
    }
    if (some->len >= 2)
        return some;
    g_array_unref(some);
    return NULL;
}

bool page_add_flow(Page *page, float from, float to, GError **error)
{
    __attribute__((cleanup(flow_clear))) Flow flow = flow_of(page, from, to);
    if (!flow.glyphs->len)
        return true;
    bool is_runs = is_table(page, &flow);
    ZpTable *table =
        zp_document_add_table(page->document, is_runs ? ZP_TABLE_RUNS : ZP_TABLE_LINES);
    table->page = page->number;
    page->was_runs = is_runs;
    if (!is_runs) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (guint line = 0; line < flow.ends->len; line++) {
            if (!add_text(page, table, line, 0, &flow, line_of(&flow, line), text, error))
                return false;
        }
        return true;
    }
    table->x = rules_between(page->upright, -1, page->width + 1);
    table->y = rules_between(page->level, from, to);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint line = 0; line < flow.ends->len; line++) {
        ZpSpan rest = line_of(&flow, line);
        for (guint col = 0; zp_span_length(rest); col++) {
            ZpSpan run = run_of(&flow, rest);
            if (!add_text(page, table, line, col, &flow, run, text, error))
                return false;
            rest = glyphs_span(flow.glyphs, run.to, rest.to);
        }
    }
    return true;
}

/* Lines of one way, in boxes that are turned for them; the box of a line is turned back. */
static bool add_turned_lines(Page *page, Turn turn, const Flow *flow, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    ZpTable *table = zp_document_add_table(page->document, ZP_TABLE_LINES);
    table->page = page->number;
    for (guint line = 0; line < flow->ends->len; line++) {
        ZpSpan all = line_of(flow, line);
        ZpBox box = glyphs_box(flow->glyphs, all);
        box = box_turn_back(&box, turn, 0, 0);
        ZpCell cell = {
            .row = line,
            .page = page->number,
            .box = page_box(page, &box),
        };
        g_string_truncate(text, 0);
        glyphs_append(text, flow->glyphs, all);
        cell.text = text->str;
        cell.length = (guint32)text->len;
        if (!zp_document_add_cell(page->document, table, &cell, error))
            return false;
    }
    return true;
}

bool page_add_turned(Page *page, GError **error)
{
    for (Turn turn = TURN_90; turn < TURN_COUNT; turn++) {
        __attribute__((cleanup(flow_clear))) Flow flow = {.glyphs = g_ptr_array_new()};
        for (guint k = 0; k < page->glyphs->len; k++) {
            Glyph *glyph = &g_array_index(page->glyphs, Glyph, k);
            if (glyph->table >= 0 || glyph->turn != turn)
                continue;
            glyph->box = box_turn(&glyph->box, turn, 0, 0);
            g_ptr_array_add(flow.glyphs, glyph);
        }
        flow.ends = glyph_lines(flow.glyphs, LINE_DRIFT);
        if (flow.glyphs->len && !add_turned_lines(page, turn, &flow, error))
            return false;
    }
    return true;
}
