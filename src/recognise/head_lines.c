/*
 * head_lines.c - heads that are cut over two rows of cells.
 *
 *     三级指标 | 年度   | 实际   | 分值 | 执行率
 *              | 指标值 | 完成值 |      | (B/A)
 *
 * Where every cell of a row makes a head together with the one above it, and one above is none alone, the two are one.
 */
#include "recognise/head_lines.h"
#include "recognise/features.h"

#include <string.h>

/* A longer piece is none of a head; a row with fewer heads is no header. */
#define PIECE_BYTES 40
#define HEADS_LEAST 3

static const guint64 HEADS = FUND_HEADS | INDICATOR_HEADS | SCORE_HEADS;

static const ZpCell *cell_at(const ZpTable *table, guint k)
{
    return &g_array_index(table->cells, ZpCell, k);
}

static bool is_head(const Arranged *arranged, const char *text, gsize length)
{
    ZpLabelMatch match;
    return (zp_labels_match(arranged->labels, text, length, &match) ||
            zp_labels_compose(arranged->labels, text, length, &match)) &&
           zp_label_has(&match, HEADS) && !match.value_offset;
}

static char *both(const ZpCell *upper, const ZpCell *lower)
{
    return g_strdup_printf("%.*s\n%.*s", (int)upper->length, upper->text, (int)lower->length,
                           lower->text);
}

/* A figure is none. */
static bool may_be_piece(const ZpCell *cell)
{
    guint32 n = 0;
    while (n < cell->length && strchr("0123456789.,%-", cell->text[n]))
        n++;
    return n < cell->length && cell->length <= PIECE_BYTES && cell->row_span == 1;
}

/* The cell that the lower one may go on, at or behind the k-th, before the middle; NULL: none. */
static const ZpCell *above(const ZpTable *table, guint *k, guint middle, const ZpCell *lower)
{
    while (*k < middle && (cell_at(table, *k)->col < lower->col || !cell_at(table, *k)->length))
        ++*k;
    const ZpCell *upper = *k < middle ? cell_at(table, *k) : NULL;
    bool is_above = upper && upper->col == lower->col && upper->col_span == lower->col_span;
    return is_above && may_be_piece(upper) && may_be_piece(lower) ? upper : NULL;
}

/* Asked before any label is looked for, which is dear. */
static bool may_be_cut(const ZpTable *table, guint first, guint middle, guint end)
{
    guint n_upper = 0, k = first;
    for (guint i = first; i < middle; i++)
        n_upper += cell_at(table, i)->length > 0;
    for (guint i = middle; i < end && n_upper >= HEADS_LEAST; i++) {
        const ZpCell *lower = cell_at(table, i);
        if (lower->length && !above(table, &k, middle, lower))
            return false;
    }
    return n_upper >= HEADS_LEAST;
}

/* Whether the cells [middle, end) of a row are the rests of heads among [first, middle), of the row above. */
static bool is_cut(const Arranged *arranged, const ZpTable *table, guint first, guint middle,
                   guint end)
{
    guint n_heads = 0, n_cut = 0, k = first;
    if (!may_be_cut(table, first, middle, end))
        return false;
    for (guint i = middle; i < end; i++) {
        const ZpCell *lower = cell_at(table, i);
        if (!lower->length)
            continue;
        const ZpCell *upper = above(table, &k, middle, lower);
        g_autofree char *text = both(upper, lower);
        if (!is_head(arranged, text, strlen(text)))
            return false;
        n_cut += !is_head(arranged, upper->text, upper->length);
    }
    for (guint i = first; i < middle && n_cut; i++)
        n_heads += is_head(arranged, cell_at(table, i)->text, cell_at(table, i)->length);
    return n_cut && n_heads + n_cut >= HEADS_LEAST;
}

static ZpTable *copy_of(Arranged *arranged, const ZpTable *table)
{
    ZpTable *copy = arranged_own_table(arranged, table->kind, table->number);
    GArray *cells = copy->cells;
    *copy = *table;
    copy->cells = cells;
    if (copy->x)
        g_array_ref(copy->x);
    if (copy->y)
        g_array_ref(copy->y);
    g_array_append_vals(cells, table->cells->data, table->cells->len);
    return copy;
}

static void join_rows(Arranged *arranged, ZpTable *table, guint first, guint middle, guint end)
{
    for (guint i = middle; i < end; i++) {
        ZpCell *lower = &g_array_index(table->cells, ZpCell, i);
        for (guint k = first; k < middle && lower->length; k++) {
            ZpCell *upper = &g_array_index(table->cells, ZpCell, k);
            if (upper->col != lower->col || !upper->length)
                continue;
            g_autofree char *text = both(upper, lower);
            upper->text = g_string_chunk_insert(arranged->strings, text);
            upper->length = (guint32)strlen(text);
            lower->text = "";
            lower->length = 0;
        }
    }
}

static guint row_end(const ZpTable *table, guint first)
{
    guint end = first;
    while (end < table->cells->len && cell_at(table, end)->row == cell_at(table, first)->row)
        end++;
    return end;
}

ZpTable *head_lines_join(Arranged *arranged, ZpTable *table)
{
    ZpTable *joined = NULL;
    if (table->kind != ZP_TABLE_CELLS || !table->cells->len)
        return table;
    guint first = 0, middle = row_end(table, 0);
    while (middle < table->cells->len) {
        guint end = row_end(table, middle);
        bool is_below = cell_at(table, first)->row + 1 == cell_at(table, middle)->row;
        if (is_below && is_cut(arranged, table, first, middle, end)) {
            joined = joined ? joined : copy_of(arranged, table);
            join_rows(arranged, joined, first, middle, end);
        }
        first = middle;
        middle = end;
    }
    return joined ? joined : table;
}
