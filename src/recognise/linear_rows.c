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
#define SAME_PRICE  3
#define NEVER       (G_MININT / 4)

/* What it costs that a row has nothing in a column, and whether a figure stands there. */
static const struct {
    guint8 lost, kept; /* where blank cells are lost; where they are there */
    bool is_figure;
} ROLES[ROLE_COUNT] = {
    [ROLE_BLOCK] = {0, 0, false},      [ROLE_LABEL] = {6, 8, false},
    [ROLE_INITIAL] = {1, 6, true},     [ROLE_BUDGET] = {1, 6, true},
    [ROLE_EXECUTED] = {1, 6, true},    [ROLE_RATE] = {1, 6, true},
    [ROLE_LEVEL1] = {0, 1, false},     [ROLE_LEVEL2] = {0, 1, false},
    [ROLE_LEVEL3] = {6, 8, false},     [ROLE_TARGET] = {4, 8, true},
    [ROLE_COMPARATOR] = {2, 6, true},  [ROLE_TARGET_VALUE] = {4, 8, true},
    [ROLE_TARGET_UNIT] = {2, 6, true}, [ROLE_ACTUAL] = {3, 8, true},
    [ROLE_WEIGHT] = {3, 8, true},      [ROLE_SCORE] = {3, 8, true},
    [ROLE_REASON] = {0, 3, false},     [ROLE_OTHER] = {1, 4, false},
};

/* The best way to lay the cells up to one, which stands in a column. */
typedef struct {
    int score[LINEAR_COLUMNS_MAX];
    guint8 from[LINEAR_COLUMNS_MAX]; /* column of the cell before */
    bool begins[LINEAR_COLUMNS_MAX]; /* it begins a row */
} Step;

typedef struct {
    const GArray *cells;
    guint first, end;
    const LinearColumns *columns;
    bool has_blanks;
    Step *steps; /* one a cell */
} Layer;

static const LinearCell *cell_at(const Layer *layer, guint k)
{
    return &g_array_index(layer->cells, LinearCell, layer->first + k);
}

void linear_columns(LinearColumns *columns, const GArray *cells, guint first, guint end,
                    bool is_funds, guint64 heads)
{
    *columns = (LinearColumns){.n = 1, .roles = {ROLE_BLOCK}};
    if (is_funds)
        columns->roles[columns->n++] = ROLE_LABEL;
    for (guint k = first; k < end && columns->n < LINEAR_COLUMNS_MAX; k++) {
        const LinearCell *cell = &g_array_index(cells, LinearCell, k);
        if (!zp_label_has(&cell->label, heads))
            continue;
        columns->is_printed[columns->n] = true;
        columns->roles[columns->n++] = role_of_label(&cell->label);
    }
}

guint linear_column(const LinearColumns *columns, Role role)
{
    for (guint c = 0; c < columns->n; c++) {
        if (columns->roles[c] == role)
            return c;
    }
    return LINEAR_COLUMNS_MAX;
}

/* What the columns [from, to) cost when a row has nothing there. */
static int price_of_skipping(const Layer *layer, guint from, guint to)
{
    int price = 0;
    for (guint c = from; c < to; c++) {
        Role role = layer->columns->roles[c];
        price += layer->has_blanks ? ROLES[role].kept : ROLES[role].lost;
    }
    return price;
}

static bool is_level(Shape shape)
{
    return shape == SHAPE_LEVEL1 || shape == SHAPE_LEVEL2 || shape == SHAPE_LEVEL12;
}

static int looks_in(const Layer *layer, guint k, guint column)
{
    const LinearCell *cell = cell_at(layer, k);
    if (linear_is_blank(cell))
        return 0;
    /* 成本指标 is a level 1 before a level 2, and a level 2 before a name. */
    bool is_inner = cell->shape == SHAPE_LEVEL12 && k + 1 < layer->end - layer->first &&
                    !is_level(cell_at(layer, k + 1)->shape);
    return LOOKS_WORTH *
           role_fit(layer->columns->roles[column], is_inner ? SHAPE_LEVEL2 : cell->shape);
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
    return is_prose && goes_on && cell_at(layer, k)->shape == SHAPE_TEXT ? SAME_PRICE : -NEVER;
}

static void step_to(const Layer *layer, guint k, guint column)
{
    const Step *before = &layer->steps[k - 1];
    Step *step = &layer->steps[k];
    int best = NEVER;
    for (guint c = 0; c < layer->columns->n; c++) {
        int same = c < column    ? before->score[c] - price_of_skipping(layer, c + 1, column)
                   : c == column ? before->score[c] - price_of_same(layer, k, c)
                                 : NEVER;
        int row = before->score[c] - price_of_skipping(layer, c + 1, layer->columns->n) -
                  price_of_skipping(layer, 0, column) - ROW_PRICE;
        if (MAX(same, row) <= best)
            continue;
        best = MAX(same, row);
        step->from[column] = (guint8)c;
        step->begins[column] = row > same;
    }
    step->score[column] = best + looks_in(layer, k, column);
}

static void lay(const Layer *layer)
{
    guint n = layer->end - layer->first;
    for (guint c = 0; c < layer->columns->n; c++) {
        layer->steps[0].score[c] = looks_in(layer, 0, c) - price_of_skipping(layer, 0, c);
        layer->steps[0].begins[c] = true;
    }
    for (guint k = 1; k < n; k++) {
        for (guint c = 0; c < layer->columns->n; c++)
            step_to(layer, k, c);
    }
}

/* The column of every cell, and whether it begins a row. */
static void trace(const Layer *layer, guint8 *columns, bool *begins)
{
    guint n = layer->end - layer->first, best = 0;
    int most = NEVER;
    for (guint c = 0; c < layer->columns->n; c++) {
        int score =
            layer->steps[n - 1].score[c] - price_of_skipping(layer, c + 1, layer->columns->n);
        if (score > most) {
            most = score;
            best = c;
        }
    }
    for (guint k = n; k-- > 0;) {
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

static void write_row(const Layer *layer, LinearTables *tables, const guint8 *columns, guint k,
                      guint end)
{
    bool is_known = is_sure(layer, columns, k, end);
    guint beside = layer->columns->n;
    linear_row(tables);
    while (k < end) {
        LinearCell cell = *cell_at(layer, k);
        guint column = columns[k++];
        bool is_figure = ROLES[layer->columns->roles[column]].is_figure;
        /* Words of one text that a space cut. */
        for (; k < end && columns[k] == column && is_same_line(&cell, cell_at(layer, k)); k++)
            cell.cell.length = (guint32)(cell_at(layer, k)->cell.text - cell.cell.text) +
                               cell_at(layer, k)->cell.length;
        linear_cell(tables, is_known || !is_figure ? column : beside++, &cell);
    }
}

void linear_lay(LinearTables *tables, const GArray *cells, guint first, guint end,
                const LinearColumns *columns, bool has_blanks)
{
    Layer layer = {cells, first, end, columns, has_blanks, NULL};
    guint n = end - first;
    if (!n)
        return;
    layer.steps = g_new0(Step, n);
    g_autofree guint8 *places = g_new(guint8, n);
    g_autofree bool *begins = g_new(bool, n);
    lay(&layer);
    trace(&layer, places, begins);
    for (guint k = 0; k < n;) {
        guint stop = k + 1;
        while (stop < n && !begins[stop])
            stop++;
        write_row(&layer, tables, places, k, stop);
        k = stop;
    }
    g_free(layer.steps);
}
