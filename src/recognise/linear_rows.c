/*
 * linear_rows.c - cells in reading order over the columns of a header.
 *
 * Each cell stands right of the one before it, or begins a row.  The way that scores best over all cells
 * wins: looks in the columns, less what is skipped.  Figures of a row that has fewer of them than the
 * header has columns may have stood otherwise: where blank cells are lost, nobody can say.
 */
#include "recognise/linear_cells.h"

#define LOOKS_WORTH 2
#define ROW_PRICE   1
/* How well a label of either level stands in the first when none of a level follows, of 4: the second may be one that
 * no spelling knows. */
#define INNER_FIT 2
/* Of a blank cell where a merged label has none. */
#define BLANK_LEVEL_PRICE 4
/* Of a cell behind the last row: what stands in no column is no row. */
#define OUTSIDE_PRICE 1
/* Of …… elsewhere than where names stand. */
#define ELLIPSIS_PRICE 4
/* What would score no less than this below the best way is in doubt. */
#define MARGIN 4
#define NEVER  (G_MININT / 4)
/* Cells of one block; those beyond belong to no row. */
#define CELLS_MAX 100000

/* What it costs that a row has nothing in a column, and whether a figure stands there. */
static const struct {
    guint8 lost, kept; /* where blank cells are lost; where they are there */
    bool is_figure;
} ROLES[ROLE_COUNT] = {
    [ROLE_BLOCK] = {0, 0, false},        [ROLE_LABEL] = {6, 12, false},
    [ROLE_INITIAL] = {1, 12, true},      [ROLE_BUDGET] = {1, 12, true},
    [ROLE_EXECUTED] = {1, 12, true},     [ROLE_RATE] = {1, 12, true},
    [ROLE_LEVEL1] = {0, 1, false},       [ROLE_LEVEL2] = {0, 1, false},
    [ROLE_LEVEL3] = {6, 12, false},      [ROLE_TARGET] = {4, 12, true},
    [ROLE_COMPARATOR] = {2, 12, true},   [ROLE_TARGET_VALUE] = {4, 12, true},
    [ROLE_TARGET_UNIT] = {2, 12, true},  [ROLE_ACTUAL] = {3, 12, true},
    [ROLE_WEIGHT] = {3, 12, true},       [ROLE_SCORE] = {3, 12, true},
    [ROLE_LEVEL1_WEIGHT] = {0, 1, true}, [ROLE_LEVEL2_WEIGHT] = {0, 1, true},
    [ROLE_REASON] = {0, 12, false},      [ROLE_OTHER] = {1, 12, false},
};

/* The columns, and one for what stands behind the last row. */
#define PLACES_MAX (LINEAR_COLUMNS_MAX + 1)

/* The best ways to lay the cells up to one, and from it on, when it stands in a column. */
typedef struct {
    int before[PLACES_MAX], after[PLACES_MAX];
    guint8 from[PLACES_MAX]; /* column of the cell before */
    bool begins[PLACES_MAX]; /* it begins a row */
} Step;

typedef struct {
    const GArray *cells;
    guint first, n;
    const LinearColumns *columns;
    bool has_blanks;
    int skipped[PLACES_MAX]; /* what all columns before one cost when a row has nothing there */
    Step *steps;             /* one a cell */
} Layer;

static const LinearCell *cell_at(const Layer *layer, guint k)
{
    return linear_at(layer->cells, layer->first + k);
}

/* What the columns [from, to) cost when a row has nothing there. */
static int price_of_skipping(const Layer *layer, guint from, guint to)
{
    return layer->skipped[to] - layer->skipped[from];
}

static bool is_level(Shape shape)
{
    return shape == SHAPE_LEVEL1 || shape == SHAPE_LEVEL2 || shape == SHAPE_LEVEL12;
}

static int looks_in(const Layer *layer, guint k, guint column)
{
    const LinearCell *cell = cell_at(layer, k);
    if (column == layer->columns->n)
        return -OUTSIDE_PRICE;
    Role role = layer->columns->roles[column];
    if (linear_is_blank(cell))
        return role == ROLE_LEVEL1 || role == ROLE_LEVEL2 ? -BLANK_LEVEL_PRICE : 0;
    if (cell->is_ellipsis && role != ROLE_LEVEL3 && role != ROLE_LEVEL2)
        return -ELLIPSIS_PRICE;
    /* 成本指标 is a level 1 before a level 2, and a level 2 before a name. */
    bool is_inner =
        cell->shape == SHAPE_LEVEL12 && k + 1 < layer->n && !is_level(cell_at(layer, k + 1)->shape);
    int fit = role_fit(role, is_inner && role == ROLE_LEVEL2 ? SHAPE_LEVEL2 : cell->shape);
    if (is_inner && role == ROLE_LEVEL1)
        fit = layer->has_blanks ? INNER_FIT : role_fit(role, SHAPE_LEVEL2);
    /* 社会公众满意度 is the name of an indicator as well as a level. */
    return LOOKS_WORTH * (role == ROLE_LEVEL3 && is_level(cell->shape) ? MAX(fit, 0) : fit);
}

/* Whether two cells were cut out of one line, the second one right of the first. */
static bool is_same_line(const LinearCell *left, const LinearCell *right)
{
    return !linear_is_blank(left) && !linear_is_blank(right) &&
           left->cell.line == right->cell.line && left->cell.text < right->cell.text &&
           left->cell.row == right->cell.row;
}

/* What it costs that a cell stands in the column of the one before: prose that a space cut, a blank
 * place of a merged cell. */
static int price_of_same(const Layer *layer, guint k, guint column)
{
    Role role = layer->columns->roles[column];
    if (linear_is_blank(cell_at(layer, k)))
        return ROLES[role].is_figure;
    bool is_prose = role == ROLE_LEVEL3 || role == ROLE_REASON;
    bool goes_on = k > 0 && is_same_line(cell_at(layer, k - 1), cell_at(layer, k));
    return is_prose && goes_on && cell_at(layer, k)->shape == SHAPE_TEXT ? 0 : -NEVER;
}

/* What the step from cell k - 1 in one column to cell k in another costs, within a row or into a new one. */
static int price_within(const Layer *layer, guint k, guint from, guint to)
{
    guint n = layer->columns->n;
    if (from == n || to == n || from > to)
        return -NEVER;
    return from == to ? price_of_same(layer, k, to) : price_of_skipping(layer, from + 1, to);
}

static int price_of_row(const Layer *layer, guint from, guint to)
{
    guint n = layer->columns->n;
    if (from == n)
        return to == n ? 0 : -NEVER;
    int rest = price_of_skipping(layer, from + 1, n);
    return to == n ? rest : rest + price_of_skipping(layer, 0, to) + ROW_PRICE;
}

static void step_to(const Layer *layer, guint k, guint column)
{
    Step *step = &layer->steps[k];
    int best = NEVER;
    for (guint c = 0; c <= layer->columns->n; c++) {
        int before = layer->steps[k - 1].before[c];
        int same = before - price_within(layer, k, c, column);
        int row = before - price_of_row(layer, c, column);
        if (MAX(same, row) <= best)
            continue;
        best = MAX(same, row);
        step->from[column] = (guint8)c;
        step->begins[column] = row > same;
    }
    step->before[column] = MAX(best, NEVER) + looks_in(layer, k, column);
}

static void step_back(const Layer *layer, guint k, guint column)
{
    Step *step = &layer->steps[k];
    const Step *next = step + 1;
    int best = NEVER;
    for (guint c = 0; c <= layer->columns->n; c++) {
        int price = MIN(price_within(layer, k + 1, column, c), price_of_row(layer, column, c));
        best = MAX(best, next->after[c] + looks_in(layer, k + 1, c) - price);
    }
    step->after[column] = MAX(best, NEVER);
}

static void lay(Layer *layer)
{
    guint n = layer->columns->n;
    for (guint c = 0; c < n; c++) {
        Role role = layer->columns->roles[c];
        layer->skipped[c + 1] =
            layer->skipped[c] + (layer->has_blanks ? ROLES[role].kept : ROLES[role].lost);
    }
    for (guint c = 0; c <= n; c++) {
        layer->steps[0].before[c] =
            looks_in(layer, 0, c) - (c == n ? 0 : price_of_skipping(layer, 0, c));
        layer->steps[0].begins[c] = true;
        layer->steps[layer->n - 1].after[c] = c == n ? 0 : -price_of_skipping(layer, c + 1, n);
    }
    for (guint k = 1; k < layer->n; k++) {
        for (guint c = 0; c <= n; c++)
            step_to(layer, k, c);
    }
    for (guint k = layer->n - 1; k-- > 0;) {
        for (guint c = 0; c <= n; c++)
            step_back(layer, k, c);
    }
}

static guint best_column(const Layer *layer, guint k)
{
    const Step *step = &layer->steps[k];
    guint best = 0;
    for (guint c = 1; c <= layer->columns->n; c++) {
        if (step->before[c] + step->after[c] > step->before[best] + step->after[best])
            best = c;
    }
    return best;
}

/* Whether a cell may stand in another column for little more. */
static bool is_doubtful(const Layer *layer, guint k, guint column)
{
    const Step *step = &layer->steps[k];
    int best = step->before[column] + step->after[column];
    for (guint c = 0; c <= layer->columns->n; c++) {
        if (c != column && step->before[c] + step->after[c] > best - MARGIN)
            return true;
    }
    return false;
}

/* The column of every cell, and whether it begins a row. */
static void trace(const Layer *layer, guint8 *columns, bool *begins)
{
    guint best = best_column(layer, layer->n - 1);
    for (guint k = layer->n; k-- > 0;) {
        columns[k] = (guint8)best;
        begins[k] = layer->steps[k].begins[best];
        best = layer->steps[k].from[best];
    }
}

/* Whether every figure of the row of cells [k, end) has its column for sure. */
static bool is_sure(const Layer *layer, const guint8 *columns, guint k, guint end)
{
    guint figures = 0, seats = 0;
    if (layer->has_blanks)
        return true;
    for (guint c = 0; c < layer->columns->n; c++)
        seats += ROLES[layer->columns->roles[c]].is_figure;
    for (; k < end; k++)
        figures += ROLES[layer->columns->roles[columns[k]]].is_figure;
    return figures == 0 || figures == seats;
}

/* A row of the cells [k, end).  @doubted: nothing but the number of cells says that those from this one on belong to one. */
static void write_row(const Layer *layer, LinearTables *tables, const guint8 *columns, guint k,
                      guint end, guint doubted)
{
    bool is_known = is_sure(layer, columns, k, end);
    guint beside = layer->columns->n;
    linear_row(tables);
    while (k < end) {
        LinearCell cell = *cell_at(layer, k);
        guint column = columns[k];
        bool is_figure = ROLES[layer->columns->roles[column]].is_figure;
        bool doubt = k >= doubted || (layer->has_blanks && is_doubtful(layer, k, column));
        /* Words of one text that a space cut. */
        for (k++; k < end && columns[k] == column && is_same_line(&cell, cell_at(layer, k)); k++)
            cell.cell.length = (guint32)(cell_at(layer, k)->cell.text - cell.cell.text) +
                               cell_at(layer, k)->cell.length;
        (doubt ? linear_doubt : linear_cell)(tables, is_known || !is_figure ? column : beside++,
                                             &cell);
    }
}

/*
 * Whether a row says by itself that it is one: a label of its own, or a figure where figures stand, and no text in the
 * place of a level that is none.
 */
static bool has_evidence(const Layer *layer, const guint8 *columns, guint k, guint end)
{
    for (; k < end; k++) {
        const LinearCell *cell = cell_at(layer, k);
        if (!linear_is_blank(cell) && layer->columns->roles[columns[k]] == ROLE_LEVEL1 &&
            cell->shape == SHAPE_TEXT)
            return false;
        bool is_figure = !linear_is_blank(cell) && cell->shape > SHAPE_DASH &&
                         shape_is_figure(cell->shape) &&
                         ROLES[layer->columns->roles[columns[k]]].is_figure;
        if (is_figure || is_level(cell->shape) || cell->shape == SHAPE_FUND_ROW)
            return true;
    }
    return false;
}

static guint row_end(const bool *begins, guint k, guint end)
{
    for (k++; k < end && !begins[k]; k++)
        ;
    return k;
}

guint linear_lay(LinearTables *tables, const GArray *cells, guint first, guint end,
                 const LinearColumns *columns, bool has_blanks)
{
    Layer layer = {.cells = cells,
                   .first = first,
                   .n = MIN(end - first, CELLS_MAX),
                   .columns = columns,
                   .has_blanks = has_blanks};
    guint n = layer.n, last = 0;
    if (!n)
        return first;
    layer.steps = g_new0(Step, n);
    g_autofree guint8 *places = g_new(guint8, n);
    g_autofree bool *begins = g_new(bool, n);
    lay(&layer);
    trace(&layer, places, begins);
    while (n && places[n - 1] == columns->n)
        n--;
    for (guint k = 0; k < n; k = row_end(begins, k, n)) {
        if (has_evidence(&layer, places, k, row_end(begins, k, n)))
            last = k;
    }
    guint doubted = row_end(begins, last, n);
    for (guint k = 0, behind; k < n; k = behind) {
        behind = row_end(begins, k, n);
        write_row(&layer, tables, places, k, behind, doubted);
    }
    g_free(layer.steps);
    return first + n;
}
