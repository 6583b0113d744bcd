/*
 * linear_grid.c - cells in reading order whose rows are all of one width.
 *
 * Where a converter wrote every place of a merged cell, blank or as a copy, a row has as many cells as the table has
 * columns: then the labels of one level stand at one place of every row, and rows are just counted off.
 */
#include "recognise/linear_cells.h"

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* Columns of the grid below a form's columns; and rows that must agree. */
#define WIDTH_MAX 60
#define ROWS_MIN  3
/* The block's own label across the table, the heads, the parts of one. */
#define HEADER_ROWS_MAX 3
/* Labels at one place that outweigh a name that looks like one. */
#define MOST_MIN 4

/*
 * Whether the cells with a label of some kinds, and none of others, stand at one place of rows of @width cells, copies
 * right of it aside.  A name may be a level's label, too (社会公众满意度), so that not all of them need to.
 */
static bool is_aligned(const GArray *cells, guint first, guint end, guint width, guint64 kinds,
                       guint64 others)
{
    guint counts[WIDTH_MAX] = {0}, n = 0, most = 0;
    for (guint k = first; k < end; k++) {
        const LinearCell *cell = linear_at(cells, k);
        guint place = (k - first) % width;
        bool is_copy = place && linear_is_copy(cell, linear_at(cells, k - 1));
        if (is_copy || !zp_label_has(&cell->label, kinds) || zp_label_has(&cell->label, others))
            continue;
        n++;
        counts[place]++;
        most = MAX(most, counts[place]);
    }
    return most >= 2 && (most == n || (others && most >= MOST_MIN && most * 4 >= n * 3));
}

static bool is_width(const GArray *cells, const LinearHeader *header, guint width)
{
    guint first = header->first, end = header->stop;
    if (header->kind == LINEAR_FUNDS)
        return is_aligned(cells, first, end, width, BIT(FUND_ROW), 0);
    return is_aligned(cells, first, end, width, BIT(LEVEL2), BIT(LEVEL1)) &&
           is_aligned(cells, first, end, width, BIT(LEVEL1), BIT(LEVEL2));
}

guint linear_grid_width(const GArray *cells, const LinearHeader *header)
{
    guint n = header->stop - header->first, least = header->end - header->first, most = least;
    while (header->first + most < header->stop &&
           (linear_is_blank(linear_at(cells, header->first + most)) ||
            linear_is_copy(linear_at(cells, header->first + most),
                           linear_at(cells, header->first + most - 1))))
        most++;
    for (guint rows = 1; rows <= HEADER_ROWS_MAX; rows++) {
        for (guint width = MAX((least + rows - 1) / rows, ROWS_MIN);
             width < WIDTH_MAX && rows * width <= most && ROWS_MIN * width <= n; width++) {
            if (n % width == 0 && is_width(cells, header, width))
                return width;
        }
    }
    return 0;
}

/* Cells of a table's row that is wider than what it says: blank places or copies are among them. */
static bool is_sparse(const GArray *cells, guint k, guint width)
{
    guint texts = 0;
    for (guint i = k; i < k + width; i++)
        texts += !linear_is_blank(linear_at(cells, i)) &&
                 (i == k || !linear_is_copy(linear_at(cells, i), linear_at(cells, i - 1)));
    return texts <= (width + 1) / 2;
}

static bool is_row(const GArray *cells, guint k, guint width)
{
    return !linear_is_blank(linear_at(cells, k)) && is_sparse(cells, k, width);
}

/* Whether another form begins in a row. */
static bool has_title(const GArray *cells, guint k, guint width)
{
    for (guint i = k; i < k + width; i++) {
        if (linear_at(cells, i)->is_title)
            return true;
    }
    return false;
}

/* Rows of the same width go on between blocks: those of the pairs above the first one, and behind the last one. */
guint linear_grid_begin(const GArray *cells, const LinearHeader *header, guint begin)
{
    guint k = header->first;
    while (header->width && k >= begin + header->width &&
           is_row(cells, k - header->width, header->width))
        k -= header->width;
    return k;
}

guint linear_grid_end(const GArray *cells, const GArray *headers, guint i)
{
    const LinearHeader *header = &g_array_index(headers, LinearHeader, i);
    guint width = header->width, k = header->stop;
    /* The goals' two rows, where they stand on the same grid. */
    for (i++; i < headers->len; i++) {
        const LinearHeader *next = &g_array_index(headers, LinearHeader, i);
        if ((next->first - header->first) % width != 0)
            break;
        if (next->width == width)
            return next->first;
        guint behind = i + 1 < headers->len ? next[1].first : cells->len;
        if (next->kind != LINEAR_GOALS || next->first + 2 * width > behind ||
            !is_sparse(cells, next->first, width) || !is_sparse(cells, next->first + width, width))
            break;
        while (k < next->first && is_row(cells, k, width))
            k += width;
        if (k != next->first)
            break;
        k += 2 * width;
    }
    guint stop = i < headers->len ? g_array_index(headers, LinearHeader, i).first : cells->len;
    while (k + width <= stop && is_row(cells, k, width) && !has_title(cells, k, width))
        k += width;
    return k;
}

/* The columns of the k-th cell with the blank places that it spans, where another text follows in its row. */
static guint span_at(const GArray *cells, guint k, guint behind)
{
    guint next = k + 1;
    while (next < behind && linear_is_blank(linear_at(cells, next)))
        next++;
    return next < behind ? next - k : 1;
}

/* Whether a row below a block with a label of its own begins with a text that is neither a copy of it nor a known label. */
static bool begins_other(const GArray *cells, const LinearHeader *header, guint k)
{
    static const guint64 NAMES = ZP_LABEL_BIT(ZP_LABEL_FUNDS_BLOCK) | ZP_LABEL_BIT(ZP_LABEL_LEVEL2);
    const LinearCell *side = linear_at(cells, header->first), *cell = linear_at(cells, k);
    bool has_side = zp_label_has(&side->label, ZP_LABEL_BIT(ZP_LABEL_INDICATORS_BLOCK));
    return has_side && !linear_is_blank(cell) && !linear_is_copy(cell, side) &&
           (!cell->label.entry || !(cell->label.entry->kinds & ~NAMES));
}

void linear_write_grid(LinearTables *tables, const GArray *cells, guint first, guint end,
                       const LinearHeader *header)
{
    guint width = header->width;
    bool is_other = false; /* another block's rows, whose heads nobody knows */
    for (guint k = first; k < end; k++) {
        guint col = (k - first) % width;
        bool is_in_block = k >= header->first && k < header->stop;
        if (col == 0) {
            linear_row(tables);
            is_other = (is_other && linear_is_blank(linear_at(cells, k))) ||
                       (k >= header->body && begins_other(cells, header, k));
        }
        if (is_other) {
            linear_doubt(tables, col, linear_at(cells, k));
            continue;
        }
        linear_span(tables, col, is_in_block ? 1 : span_at(cells, k, MIN(end, k - col + width)),
                    linear_at(cells, k));
    }
}

void linear_grid_columns(LinearColumns *columns, const GArray *cells, const LinearHeader *header)
{
    if (header->width > LINEAR_COLUMNS_MAX)
        return;
    *columns = (LinearColumns){.n = header->width};
    for (guint k = header->first; k < header->end; k++) {
        const LinearCell *cell = linear_at(cells, k);
        guint col = (k - header->first) % header->width;
        if (cell->label.entry && (!col || !linear_is_copy(cell, linear_at(cells, k - 1))))
            columns->roles[col] = role_of_label(&cell->label);
    }
}
