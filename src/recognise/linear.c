/*
 * linear.c - cells in reading order, without rows and columns.
 *
 *     年初预算数 <LF> 全年预算数 <LF> 全年执行数 <LF> 分值 …      a header: labels one after the other
 *     年度资金总额 <LF> 700000.00 <LF> 560000.00 <LF> …           its rows
 *
 * as a page's text is copied: blank lines may stand between, and blank cells may be blank lines or be
 * lost.  A run of labels is a header; what follows, up to the next header, is laid over its columns,
 * each cell right of the one before it or at the beginning of a new row: the way in which all cells look
 * best in their columns and the least is skipped.  Figures are only taken where there is one such way.
 */
#include "recognise/linear.h"

#include "recognise/linear_cells.h"

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

static const guint64 FUND_HEADS =
    BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED) | BIT(RATE) | BIT(WEIGHT) | BIT(SCORE);
static const guint64 INDICATOR_HEADS = BIT(LEVEL1_HEAD) | BIT(LEVEL2_HEAD) | BIT(LEVEL3_HEAD) |
                                       BIT(TARGET) | BIT(COMPARATOR) | BIT(TARGET_VALUE) |
                                       BIT(TARGET_UNIT) | BIT(ACTUAL) | BIT(WEIGHT) | BIT(SCORE) |
                                       BIT(REASON) | BIT(OTHER_COLUMN);
static const guint64 GOAL_HEADS = BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL);
static const guint64 PAIR_LABELS = BIT(PROJECT) | BIT(DEPARTMENT) | BIT(UNIT) | BIT(CURRENCY) |
                                   BIT(HEADLINE) | BIT(YEAR) | BIT(EXTRA);

/* Labels one after the other that make a header. */
static const struct {
    guint64 heads, block;
    guint least;
} HEADERS[] = {
    {FUND_HEADS, BIT(FUNDS_BLOCK), 3},
    {INDICATOR_HEADS, BIT(INDICATORS_BLOCK), 4},
    {GOAL_HEADS, BIT(GOALS_BLOCK), 2},
};
/* Labels of headers that a form has at the least. */
#define HEAD_LABELS_MIN 5
#define FUNDS           0
#define GOALS           2

/* A header among the cells: [first, end), and where its block ends. */
typedef struct {
    guint kind; /* index of HEADERS */
    guint first, end, stop;
} Header;

static const LinearCell *cell_at(const GArray *cells, guint k)
{
    return &g_array_index(cells, LinearCell, k);
}

/* The end of the labels of a header from the k-th cell on; k when there are too few. */
static guint header_end(const GArray *cells, guint k, guint kind)
{
    guint end = k, labels = 0;
    for (; end < cells->len; end++) {
        const LinearCell *cell = cell_at(cells, end);
        bool is_head = zp_label_has(&cell->label, HEADERS[kind].heads);
        bool is_block = end == k && zp_label_has(&cell->label, HEADERS[kind].block);
        if (!is_head && !is_block && !(linear_is_blank(cell) && labels < HEADERS[kind].least))
            break;
        labels += is_head;
    }
    return labels >= HEADERS[kind].least ? end : k;
}

static GArray *find_headers(const GArray *cells)
{
    GArray *headers = g_array_new(FALSE, FALSE, sizeof(Header));
    for (guint k = 0; k < cells->len;) {
        Header header = {.first = k, .end = k, .stop = cells->len};
        for (guint kind = 0; kind < G_N_ELEMENTS(HEADERS) && header.end == k; kind++) {
            header.kind = kind;
            header.end = header_end(cells, k, kind);
        }
        if (header.end == k) {
            k++;
            continue;
        }
        if (headers->len)
            g_array_index(headers, Header, headers->len - 1).stop = k;
        g_array_append_val(headers, header);
        k = header.end;
    }
    return headers;
}

/* Where the rows of a header end: at a total row, or at a label of the head and foot. */
static guint rows_end(const GArray *cells, const Header *header)
{
    guint k = header->end;
    for (; k < header->stop; k++) {
        const ZpLabelMatch *label = &cell_at(cells, k)->label;
        bool is_total = header->kind != FUNDS && zp_label_has(label, BIT(TOTAL));
        if (is_total || zp_label_has(label, PAIR_LABELS) || cell_at(cells, k)->is_title)
            break;
    }
    return k;
}

/* Labels and what follows each, a row a label; other texts are lines around. */
static guint write_pairs(LinearTables *tables, const GArray *cells, guint k, guint end)
{
    while (k < end) {
        const LinearCell *cell = cell_at(cells, k);
        if (!zp_label_has(&cell->label, PAIR_LABELS)) {
            linear_line(tables, cell);
            k++;
            continue;
        }
        linear_row(tables);
        linear_cell(tables, 0, cell);
        for (guint col = 1; ++k < end; col++) {
            if (zp_label_has(&cell_at(cells, k)->label, PAIR_LABELS) || cell_at(cells, k)->is_title)
                break;
            linear_cell(tables, col, cell_at(cells, k));
        }
    }
    return k;
}

/* The total row: its label, the weight, the score, the grade; one figure alone may be either. */
static guint write_total(LinearTables *tables, const GArray *cells, const LinearColumns *columns,
                         guint k, guint stop)
{
    guint weight = linear_column(columns, ROLE_WEIGHT), score = linear_column(columns, ROLE_SCORE);
    guint end = k + 1, figures = 0;
    while (end < stop &&
           (linear_is_blank(cell_at(cells, end)) || shape_is_figure(cell_at(cells, end)->shape) ||
            cell_at(cells, end)->is_grade)) {
        figures += shape_is_figure(cell_at(cells, end)->shape);
        end++;
    }
    bool both = weight < LINEAR_COLUMNS_MAX && score < LINEAR_COLUMNS_MAX;
    guint next = !both && weight == LINEAR_COLUMNS_MAX ? score : weight;
    linear_row(tables);
    linear_cell(tables, 0, cell_at(cells, k));
    for (guint i = k + 1; i < end; i++) {
        if (linear_is_blank(cell_at(cells, i)))
            continue;
        bool is_known = cell_at(cells, i)->is_grade || figures == (both ? 2u : 1u);
        linear_cell(tables, is_known ? next : columns->n, cell_at(cells, i));
        next = next == weight ? score : columns->n + 1;
    }
    return end;
}

/* The two texts of the goals; more or fewer cannot be told apart. */
static void write_goals(LinearTables *tables, const GArray *cells, guint first, guint end)
{
    guint texts = 0, col = 1;
    for (guint k = first; k < end; k++)
        texts += !linear_is_blank(cell_at(cells, k)) && !cell_at(cells, k)->label.entry;
    linear_row(tables);
    for (guint k = first; k < end; k++) {
        if (!linear_is_blank(cell_at(cells, k)))
            linear_cell(tables, texts == 2 || cell_at(cells, k)->label.entry ? col++ : col++ + 2,
                        cell_at(cells, k));
    }
}

static void write_header(LinearTables *tables, const GArray *cells, const Header *header,
                         const LinearColumns *columns)
{
    guint at = 0;
    linear_row(tables);
    for (guint k = header->first; k < header->end; k++) {
        const LinearCell *cell = cell_at(cells, k);
        if (zp_label_has(&cell->label, HEADERS[header->kind].block) &&
            !zp_label_has(&cell->label, HEADERS[header->kind].heads)) {
            linear_cell(tables, 0, cell);
        } else if (!linear_is_blank(cell)) {
            while (at < columns->n && !columns->is_printed[at])
                at++;
            linear_cell(tables, at++, cell);
        }
    }
}

/* Whether all cells with a label of some kinds stand at one place of rows of @width cells. */
static bool is_aligned(const GArray *cells, guint first, guint end, guint width, guint64 kinds)
{
    guint place = width;
    for (guint k = first; k < end; k++) {
        if (!zp_label_has(&cell_at(cells, k)->label, kinds))
            continue;
        if (place < width && (k - first) % width != place)
            return false;
        place = (k - first) % width;
    }
    return place < width;
}

/*
 * How many cells every row has, blank ones counted, when a merged cell's blank places are there too;
 * 0: that cannot be said.
 */
static guint grid_width(const GArray *cells, const Header *header, guint end)
{
    guint first = header->first;
    for (guint width = MAX(header->end - first, 1); width < LINEAR_COLUMNS_MAX; width++) {
        bool is_funds = header->kind == FUNDS;
        if ((end - first) % width == 0 && end - first >= 3 * width &&
            is_aligned(cells, first, end, width, is_funds ? BIT(FUND_ROW) : BIT(LEVEL2)) &&
            (is_funds || is_aligned(cells, first, end, width, BIT(LEVEL1) & ~BIT(LEVEL2))))
            return width;
    }
    return 0;
}

static void write_grid(LinearTables *tables, const GArray *cells, guint first, guint end,
                       guint width)
{
    for (guint k = first; k < end; k++) {
        if ((k - first) % width == 0)
            linear_row(tables);
        linear_cell(tables, (k - first) % width, cell_at(cells, k));
    }
}

/* A header with its rows.  Returns the cell behind them. */
static guint write_block(LinearTables *tables, const GArray *cells, const Header *header,
                         bool has_blanks)
{
    LinearColumns columns;
    guint end = rows_end(cells, header);
    linear_columns(&columns, cells, header->first, header->end, header->kind == FUNDS,
                   HEADERS[header->kind].heads);
    guint width = has_blanks && header->kind != GOALS ? grid_width(cells, header, end) : 0;
    if (width) {
        write_grid(tables, cells, header->first, end, width);
        return end;
    }
    write_header(tables, cells, header, &columns);
    if (header->kind == GOALS)
        write_goals(tables, cells, header->end, end);
    else
        linear_lay(tables, cells, header->end, end, &columns, has_blanks);
    if (end < header->stop && zp_label_has(&cell_at(cells, end)->label, BIT(TOTAL)))
        end = write_total(tables, cells, &columns, end, header->stop);
    return end;
}

/* Whether a form's headers may be among the lines: a quick look before all is read. */
static bool may_hold_form(const ZpLabels *labels, const GPtrArray *lines)
{
    guint found = 0;
    for (guint k = 0; k < lines->len && found < HEAD_LABELS_MIN; k++) {
        const ZpCell *line = g_ptr_array_index(lines, k);
        ZpLabelMatch match;
        if (linear_is_long(labels, line))
            return true;
        found += zp_labels_match(labels, line->text, line->length, &match) &&
                 zp_label_has(&match, FUND_HEADS | INDICATOR_HEADS | GOAL_HEADS);
    }
    return found >= HEAD_LABELS_MIN;
}

bool linear_arrange(Arranged *arranged, const GPtrArray *lines)
{
    bool has_blanks;
    if (!may_hold_form(arranged->labels, lines))
        return false;
    g_autoptr(GArray) cells = linear_cells(arranged, lines, &has_blanks);
    g_autoptr(GArray) headers = find_headers(cells);
    LinearTables tables = {.arranged = arranged};
    guint k = 0;
    if (headers->len < 2)
        return false;
    for (guint i = 0; i < headers->len; i++) {
        const Header *header = &g_array_index(headers, Header, i);
        write_pairs(&tables, cells, k, header->first);
        k = write_block(&tables, cells, header, has_blanks);
    }
    write_pairs(&tables, cells, k, cells->len);
    return true;
}
