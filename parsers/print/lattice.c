/*
 * lattice.c - rules into cells.
 *
 *     x0   x1   x2          The places of all rules make a lattice.  Between two neighbouring places
 *  y0 ┌────┬────┐           stands a border when a rule covers the middle of their common side; what
 *     │    │    │           no border divides is one cell, taken as the largest rectangle from its top
 *  y1 │    ├────┤           left corner.
 *     │    │    │
 *  y2 └────┴────┘
 *
 * Side rules that run on past the last level rule leave the table open there: a page break cut it
 * (Chromium draws no rule at the break).  A lattice place that is narrower than a character and is
 * no cell of its own is drift between rows (LibreOffice, hand-drawn tables) and is closed.
 */
#include "parsers/print/lattice.h"

#include "base/limits.h"

#include <math.h>
#include <string.h>

/* Points: rules so near are one; sides that run on further than this leave the table open. */
#define ONE_RULE 3.6f
#define OPEN     6.0f
/* Points: narrower than any character of a form. */
#define DRIFT 9.0f

typedef struct {
    Lattice *lattice;
    guint n_rows, n_cols;
    guint8 *right, *below; /* by place: a border stands right of it, below it */
    guint8 *above;         /* by column: one stands above the first row */
} Borders;

static float place_at(const GArray *places, guint k)
{
    return g_array_index(places, float, k);
}

/* The places of rules, those at most ONE_RULE from the first of them as one. */
static GArray *places_of(const GArray *rules)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint k = 0, first = 0; k < rules->len; k++) {
        const Rule *rule = &g_array_index(rules, Rule, k);
        float start = g_array_index(rules, Rule, first).at;
        if (k == 0 || rule->at > start + ONE_RULE) {
            first = k;
            g_array_append_val(places, rule->at);
        } else {
            g_array_index(places, float, places->len - 1) = (start + rule->at) / 2;
        }
    }
    return places;
}

/* Where the rules of one direction begin and end. */
static void reach_of(const GArray *rules, float *from, float *to)
{
    for (guint k = 0; k < rules->len; k++) {
        const Rule *rule = &g_array_index(rules, Rule, k);
        *from = k ? MIN(*from, rule->from) : rule->from;
        *to = k ? MAX(*to, rule->to) : rule->to;
    }
}

/* Adds the places where rules across run on past the outer ones.  Returns bits: 1 before, 2 behind. */
static guint extend(GArray *places, const GArray *across)
{
    float from = 0, to = 0;
    guint open = 0;
    reach_of(across, &from, &to);
    if (!across->len)
        return 0;
    if (!places->len || from < place_at(places, 0) - OPEN) {
        g_array_prepend_val(places, from);
        open |= 1;
    }
    if (to > place_at(places, places->len - 1) + OPEN) {
        g_array_append_val(places, to);
        open |= 2;
    }
    return open;
}

/* The place nearest to a rule. */
static guint nearest(const GArray *places, float at)
{
    guint best = 0;
    for (guint k = 1; k < places->len; k++) {
        if (fabsf(place_at(places, k) - at) < fabsf(place_at(places, best) - at))
            best = k;
    }
    return best;
}

/* Draws rules along @along at @places: each marks the places whose middle it covers. */
static void draw_level(Borders *borders, const GArray *rules)
{
    const Lattice *lattice = borders->lattice;
    for (guint k = 0; k < rules->len; k++) {
        const Rule *rule = &g_array_index(rules, Rule, k);
        guint row = nearest(lattice->y, rule->at);
        guint8 *marks = row ? borders->below + (gsize)(row - 1) * borders->n_cols : borders->above;
        for (guint c = 0; c < borders->n_cols; c++) {
            float middle = (place_at(lattice->x, c) + place_at(lattice->x, c + 1)) / 2;
            if (rule->from <= middle && middle <= rule->to)
                marks[c] = 1;
        }
    }
}

static void draw_upright(Borders *borders, const GArray *rules)
{
    const Lattice *lattice = borders->lattice;
    for (guint k = 0; k < rules->len; k++) {
        const Rule *rule = &g_array_index(rules, Rule, k);
        guint col = nearest(lattice->x, rule->at);
        for (guint r = 0; r < borders->n_rows && col > 0 && col <= borders->n_cols; r++) {
            float middle = (place_at(lattice->y, r) + place_at(lattice->y, r + 1)) / 2;
            if (rule->from <= middle && middle <= rule->to)
                borders->right[(gsize)r * borders->n_cols + col - 1] = 1;
        }
    }
}

static gsize place(const Borders *borders, guint row, guint col)
{
    return (gsize)row * borders->n_cols + col;
}

static bool is_free(const Borders *borders, guint row, guint col)
{
    return borders->lattice->homes[place(borders, row, col)] == G_MAXUINT32;
}

/* Whether the row below a cell of columns first…end belongs to it. */
static bool row_goes_on(const Borders *borders, guint row, guint first, guint end)
{
    if (row + 1 >= borders->n_rows)
        return false;
    for (guint c = first; c < end; c++) {
        if (borders->below[place(borders, row, c)] || !is_free(borders, row + 1, c))
            return false;
        if (c + 1 < end && borders->right[place(borders, row + 1, c)])
            return false;
    }
    return true;
}

static void add_cell(Borders *borders, guint row, guint col)
{
    guint end = col + 1, last = row;
    while (end < borders->n_cols && !borders->right[place(borders, row, end - 1)] &&
           is_free(borders, row, end))
        end++;
    while (row_goes_on(borders, last, col, end))
        last++;
    LatticeCell cell = {row, col, last - row + 1, end - col, false, false};
    cell.open_above = row == 0 && !borders->above[col];
    cell.open_below = last + 1 == borders->n_rows && !borders->below[place(borders, last, col)];
    for (guint r = row; r <= last; r++) {
        for (guint c = col; c < end; c++)
            borders->lattice->homes[place(borders, r, c)] = borders->lattice->cells->len;
    }
    g_array_append_val(borders->lattice->cells, cell);
}

static void find_cells(Lattice *lattice, const RuleGroup *group)
{
    Borders borders = {
        .lattice = lattice,
        .n_rows = lattice->y->len - 1,
        .n_cols = lattice->x->len - 1,
    };
    gsize n = (gsize)borders.n_rows * borders.n_cols;
    g_autofree guint8 *right = borders.right = g_malloc0(n);
    g_autofree guint8 *below = borders.below = g_malloc0(n);
    g_autofree guint8 *above = borders.above = g_malloc0(borders.n_cols);
    lattice->homes = g_new(guint32, n);
    memset(lattice->homes, 0xff, n * sizeof *lattice->homes);
    draw_level(&borders, group->level);
    draw_upright(&borders, group->upright);
    for (guint r = 0; r < borders.n_rows; r++) {
        for (guint c = 0; c < borders.n_cols; c++) {
            if (is_free(&borders, r, c))
                add_cell(&borders, r, c);
        }
    }
}

/* By column: where the narrowest cell that begins there ends. */
static guint *narrowest_ends(const Lattice *lattice)
{
    guint *ends = g_new(guint, lattice->x->len);
    memset(ends, 0xff, lattice->x->len * sizeof *ends);
    for (guint k = 0; k < lattice->cells->len; k++) {
        const LatticeCell *cell = lattice_cell(lattice, k);
        ends[cell->col] = MIN(ends[cell->col], cell->col + cell->col_span);
    }
    return ends;
}

/* Whether some cell lies between two places. */
static bool holds_cell(const guint *ends, guint first, guint last)
{
    for (guint c = first; c < last; c++) {
        if (ends[c] <= last)
            return true;
    }
    return false;
}

/* By old column: its new number, without the columns that are drift. */
static GArray *columns_without_drift(Lattice *lattice, guint *numbers)
{
    GArray *x = g_array_new(FALSE, FALSE, sizeof(float));
    g_autofree guint *ends = narrowest_ends(lattice);
    guint first = 0;
    for (guint c = 0; c < lattice->x->len; c++) {
        float at = place_at(lattice->x, c);
        bool drifts =
            c > 0 && at - place_at(lattice->x, first) < DRIFT && !holds_cell(ends, first, c);
        if (!drifts) {
            first = c;
            g_array_append_val(x, at);
        }
        numbers[c] = x->len - 1;
    }
    return x;
}

static void close_drift(Lattice *lattice)
{
    g_autofree guint *numbers = g_new(guint, lattice->x->len);
    GArray *x = columns_without_drift(lattice, numbers);
    if (x->len == lattice->x->len || x->len < 2) {
        g_array_unref(x);
        return;
    }
    for (guint k = 0; k < lattice->cells->len; k++) {
        LatticeCell *cell = &g_array_index(lattice->cells, LatticeCell, k);
        guint end = numbers[cell->col + cell->col_span];
        cell->col = numbers[cell->col];
        cell->col_span = end - cell->col;
    }
    g_array_unref(lattice->x);
    lattice->x = x;
    guint n_cols = lattice->x->len - 1;
    for (guint k = 0; k < lattice->cells->len; k++) {
        const LatticeCell *cell = lattice_cell(lattice, k);
        for (guint r = cell->row; r < cell->row + cell->row_span; r++) {
            for (guint c = cell->col; c < cell->col + cell->col_span; c++)
                lattice->homes[(gsize)r * n_cols + c] = k;
        }
    }
}

Lattice *lattice_new(const RuleGroup *group)
{
    g_autoptr(Lattice) lattice = g_new0(Lattice, 1);
    lattice->x = places_of(group->upright);
    lattice->y = places_of(group->level);
    lattice->cells = g_array_new(FALSE, FALSE, sizeof(LatticeCell));
    if (!group->level->len || !group->upright->len)
        return NULL;
    extend(lattice->x, group->level);
    guint open = extend(lattice->y, group->upright);
    lattice->open_top = open & 1;
    lattice->open_bottom = open & 2;
    if (lattice->x->len < 2 || lattice->y->len < 2 || lattice->x->len > ZP_LIMIT_COLUMNS ||
        (guint64)lattice->x->len * lattice->y->len > ZP_LIMIT_PAGE_CROSSINGS)
        return NULL;
    find_cells(lattice, group);
    close_drift(lattice);
    return lattice->cells->len > 1 ? g_steal_pointer(&lattice) : NULL;
}

void lattice_free(Lattice *lattice)
{
    if (!lattice)
        return;
    g_array_unref(lattice->x);
    g_array_unref(lattice->y);
    g_array_unref(lattice->cells);
    g_free(lattice->homes);
    g_free(lattice);
}

ZpBox lattice_box(const Lattice *lattice, const LatticeCell *cell)
{
    return (ZpBox){
        place_at(lattice->x, cell->col),
        place_at(lattice->y, cell->row),
        place_at(lattice->x, cell->col + cell->col_span),
        place_at(lattice->y, cell->row + cell->row_span),
    };
}

/* The lattice place before a coordinate; -1 outside. */
static gint32 place_before(const GArray *places, float at)
{
    guint low = 0, high = places->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (place_at(places, middle) <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 || low == places->len ? -1 : (gint32)low - 1;
}

gint32 lattice_find(const Lattice *lattice, float x, float y)
{
    gint32 col = place_before(lattice->x, x), row = place_before(lattice->y, y);
    if (col < 0 || row < 0)
        return -1;
    return (gint32)lattice->homes[(gsize)row * (lattice->x->len - 1) + (guint)col];
}
