/*
 * fill.c - glyphs into cells.
 *
 * A glyph belongs to the cell that its middle lies in, and to the smallest table when tables lie
 * inside each other.  Text that is wider than its cell runs on over the rule: what follows a glyph
 * without a gap stays with the cell that its run began in.
 */
#include "parsers/print/page.h"

#include <math.h>

/* In em: no gap at all between two glyphs of a run. */
#define NO_GAP 0.07f
/* In em: how far from an open edge the text of its cell may begin outside of it. */
#define OVER_EDGE 0.1f

static float lattice_area(const Lattice *lattice)
{
    const LatticeCell all = {.row_span = lattice->y->len - 1, .col_span = lattice->x->len - 1};
    ZpBox box = lattice_box(lattice, &all);
    return (box.x1 - box.x0) * (box.y1 - box.y0);
}

static void find_home(const Page *page, Glyph *glyph)
{
    float x = (glyph->box.x0 + glyph->box.x1) / 2, y = (glyph->box.y0 + glyph->box.y1) / 2;
    for (guint k = 0; k < page->lattices->len; k++) {
        const Lattice *lattice = g_ptr_array_index(page->lattices, k);
        gint32 cell = lattice_find(lattice, x, y);
        bool is_smaller = glyph->table < 0 ||
                          lattice_area(lattice) <
                              lattice_area(g_ptr_array_index(page->lattices, (guint)glyph->table));
        if (cell >= 0 && is_smaller) {
            glyph->table = (gint32)k;
            glyph->cell = cell;
        }
    }
}

/* The cell of an open edge that a glyph stands just outside of; -1: none. */
static gint32 find_over_edge(const Lattice *lattice, const Glyph *glyph)
{
    float x = (glyph->box.x0 + glyph->box.x1) / 2, y = (glyph->box.y0 + glyph->box.y1) / 2;
    float top = g_array_index(lattice->y, float, 0);
    float bottom = g_array_index(lattice->y, float, lattice->y->len - 1);
    bool is_below = y >= bottom && glyph->box.y0 < bottom + OVER_EDGE * glyph->em;
    bool is_above = y < top && glyph->box.y1 > top - OVER_EDGE * glyph->em;
    if (!is_below && !is_above)
        return -1;
    gint32 cell = lattice_find(lattice, x, is_below ? bottom - 1 : top + 1);
    if (cell < 0)
        return -1;
    const LatticeCell *at = lattice_cell(lattice, (guint)cell);
    return (is_below ? at->open_below : at->open_above) ? cell : -1;
}

/* What a page break cuts may not fit into its cell: the rest stands where the cell would go on. */
static void find_open_home(const Page *page, Glyph *glyph)
{
    for (guint k = 0; k < page->lattices->len && glyph->table < 0; k++) {
        gint32 cell = find_over_edge(g_ptr_array_index(page->lattices, k), glyph);
        if (cell < 0)
            continue;
        glyph->table = (gint32)k;
        glyph->cell = cell;
    }
}

/* Whether a glyph only goes on where the one before it stands, in the same line. */
static bool runs_on(const Glyph *before, const Glyph *glyph)
{
    float em = MAX(before->em, glyph->em);
    float gap = glyph->box.x0 - before->box.x1;
    float drop = (glyph->box.y0 + glyph->box.y1 - before->box.y0 - before->box.y1) / 2;
    return glyph->follows && fabsf(drop) < em / 4 && fabsf(gap) <= NO_GAP * em;
}

void page_fill(Page *page)
{
    for (guint k = 0; k < page->glyphs->len; k++) {
        Glyph *glyph = &g_array_index(page->glyphs, Glyph, k);
        if (glyph->turn == TURN_ASKEW)
            continue;
        find_home(page, glyph);
        find_open_home(page, glyph);
        if (k == 0)
            continue;
        const Glyph *before = &g_array_index(page->glyphs, Glyph, k - 1);
        if (before->table >= 0 && runs_on(before, glyph)) {
            glyph->table = before->table;
            glyph->cell = before->cell;
        }
    }
}

static void cell_free(gpointer glyphs)
{
    if (glyphs)
        g_ptr_array_unref(glyphs);
}

/* The glyphs of every cell of a lattice; NULL for a blank one. */
static GPtrArray *glyphs_by_cell(const Page *page, guint table)
{
    const Lattice *lattice = g_ptr_array_index(page->lattices, table);
    GPtrArray *cells = g_ptr_array_new_full(lattice->cells->len, cell_free);
    g_ptr_array_set_size(cells, (gint)lattice->cells->len);
    for (guint k = 0; k < page->glyphs->len; k++) {
        Glyph *glyph = &g_array_index(page->glyphs, Glyph, k);
        if (glyph->table != (gint32)table)
            continue;
        gpointer *cell = &cells->pdata[glyph->cell];
        if (!*cell)
            *cell = g_ptr_array_new();
        g_ptr_array_add(*cell, glyph);
    }
    return cells;
}

/* The text of a cell whose glyphs do not all run the same way: each way for itself, on lines of their own. */
static void append_turned(GString *text, GPtrArray *glyphs, const ZpBox *frame)
{
    for (Turn turn = TURN_0; turn < TURN_COUNT; turn++) {
        g_autoptr(GPtrArray) some = g_ptr_array_new();
        for (guint k = 0; k < glyphs->len; k++) {
            Glyph *glyph = g_ptr_array_index(glyphs, k);
            if (glyph->turn != turn)
                continue;
            glyph->box = box_turn(&glyph->box, turn, 0, 0);
            g_ptr_array_add(some, glyph);
        }
        if (some->len && text->len)
            g_string_append_c(text, '\n');
        bool is_across = turn == TURN_0 || turn == TURN_180;
        if (some->len)
            glyphs_text(text, some, is_across ? frame->x1 - frame->x0 : frame->y1 - frame->y0);
    }
}

static bool has_turned(const GPtrArray *glyphs)
{
    for (guint k = 0; k < glyphs->len; k++) {
        if (glyph_at(glyphs, k)->turn != TURN_0)
            return true;
    }
    return false;
}

static bool add_cell(Page *page, ZpTable *table, const Lattice *lattice, const LatticeCell *from,
                     GPtrArray *glyphs, GString *text, GError **error)
{
    ZpBox frame = lattice_box(lattice, from);
    ZpCell cell = {
        .row = from->row,
        .col = from->col,
        .row_span = (guint16)MIN(from->row_span, G_MAXUINT16),
        .col_span = (guint16)from->col_span,
        .page = page->number,
        .box = frame,
        .open_above = from->open_above,
        .open_below = from->open_below,
    };
    g_string_truncate(text, 0);
    if (glyphs) {
        cell.box = glyphs_box(glyphs, glyphs_span(glyphs, 0, glyphs->len));
        if (has_turned(glyphs))
            append_turned(text, glyphs, &frame);
        else
            glyphs_text(text, glyphs, frame.x1 - frame.x0);
    }
    if (glyphs)
        cell.ocr = page_ocr(page, glyphs, glyphs_span(glyphs, 0, glyphs->len));
    cell.box = page_box(page, &cell.box);
    cell.text = text->str;
    cell.length = (guint32)text->len;
    return zp_document_add_cell(page->document, table, &cell, error);
}

bool page_add_lattice(Page *page, guint k, GError **error)
{
    const Lattice *lattice = g_ptr_array_index(page->lattices, k);
    ZpTable *table = zp_document_add_table(page->document, ZP_TABLE_CELLS);
    table->has_spans = true;
    table->page = page->number;
    table->x = g_array_copy(lattice->x);
    table->y = g_array_copy(lattice->y);
    table->open_top = lattice->open_top;
    table->open_bottom = lattice->open_bottom;
    g_autoptr(GPtrArray) cells = glyphs_by_cell(page, k);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < lattice->cells->len; i++) {
        if (!add_cell(page, table, lattice, lattice_cell(lattice, i), cells->pdata[i], text, error))
            return false;
    }
    return true;
}
