/*
 * halves.c - two forms side by side in one table.
 *
 *     项目名称 | 甲项目   |        |  | 项目名称 | 乙项目   |        |
 *     一级指标 | 三级指标 | 完成值 |  | 一级指标 | 三级指标 | 完成值 |
 *
 * Where a row names two projects, the rows begin alike on both sides and nothing lies across, each half is a table.
 */
#include "recognise/join.h"

#include <string.h>

/* Rows that must begin alike on both sides. */
#define ROWS_ALIKE 3
/* A longer text is no label. */
#define LABEL_BYTES 60

static const ZpCell *cell_at(const ZpTable *table, guint k)
{
    return &g_array_index(table->cells, ZpCell, k);
}

static bool names_project(const Arranged *arranged, const ZpCell *cell)
{
    ZpLabelMatch match;
    return cell->length && cell->length <= LABEL_BYTES &&
           g_strstr_len(cell->text, cell->length, "项目") &&
           zp_labels_match(arranged->labels, cell->text, cell->length, &match) &&
           zp_label_has(&match, ZP_LABEL_BIT(ZP_LABEL_PROJECT)) && !match.value_offset;
}

static bool same_text(const ZpCell *a, const ZpCell *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

/* The column of a row's second project label, beside a value of the first; 0: there is none. */
static guint32 second_project(const Arranged *arranged, const ZpTable *table, guint32 *row)
{
    const ZpCell *first = NULL;
    for (guint k = 0; k < table->cells->len; k++) {
        const ZpCell *cell = cell_at(table, k);
        if (!names_project(arranged, cell))
            continue;
        if (first && first->row == cell->row && cell->col > first->col + first->col_span &&
            same_text(first, cell)) {
            *row = cell->row;
            return cell->col;
        }
        first = cell;
    }
    return 0;
}

/* Whether nothing but a title above lies across the cut, and enough rows begin alike on both sides. */
static bool are_halves(const ZpTable *table, guint32 cut, guint32 row)
{
    const ZpCell *left = NULL, *right = NULL;
    guint n_alike = 0;
    for (guint k = 0; k < table->cells->len; k++) {
        const ZpCell *cell = cell_at(table, k);
        if (!cell->length)
            continue;
        if (cell->row >= row && cell->col < cut && cell->col + cell->col_span > cut)
            return false;
        if (cell->col < cut && (!left || left->row != cell->row))
            left = cell;
        if (cell->col < cut || (right && right->row == cell->row))
            continue;
        right = cell;
        n_alike += left && left->row == right->row && same_text(left, right);
    }
    return n_alike >= ROWS_ALIKE;
}

/* A title above both halves goes to the left one. */
static ZpTable *make_half(Arranged *arranged, const ZpTable *table, guint32 cut, bool is_right)
{
    ZpTable *half = arranged_own_table(arranged, ZP_TABLE_CELLS, table->number);
    half->page = table->page;
    half->has_spans = table->has_spans;
    half->n_rows = table->n_rows;
    half->n_cols = is_right ? table->n_cols - cut : cut;
    for (guint k = 0; k < table->cells->len; k++) {
        const ZpCell *cell = cell_at(table, k);
        if (is_right == (cell->col >= cut))
            g_array_append_val(half->cells, *cell);
    }
    join_keep_places(arranged, table, half->cells);
    for (guint k = 0; k < half->cells->len && is_right; k++)
        g_array_index(half->cells, ZpCell, k).col -= cut;
    for (guint k = 0; k < half->cells->len && !is_right; k++) {
        ZpCell *cell = &g_array_index(half->cells, ZpCell, k);
        cell->col_span = (guint16)MIN(cell->col_span, cut - cell->col);
    }
    return half;
}

bool halves_split(Arranged *arranged, const ZpTable *table, GPtrArray *pieces)
{
    guint32 row = 0;
    guint32 cut = table->kind == ZP_TABLE_CELLS ? second_project(arranged, table, &row) : 0;
    if (!cut || !are_halves(table, cut, row))
        return false;
    g_ptr_array_add(pieces, make_half(arranged, table, cut, false));
    g_ptr_array_add(pieces, make_half(arranged, table, cut, true));
    return true;
}
