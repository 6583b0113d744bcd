/*
 * join.c - which drawn tables go on with the one before.
 *
 * The next drawn table does when it is the first one of the next page, its rules run where those of
 * the table before do, and it does not begin a form itself.  What stands between them, at the
 * foot of the one page and at the head of the other, is then the pages' and not the form's.
 */
#include "recognise/join.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* Lines between two parts of a table: running heads and page numbers, hardly more. */
#define LINES_BETWEEN 6

bool join_is_drawn(const ZpTable *table)
{
    return table->kind == ZP_TABLE_CELLS && table->page && table->x && table->y;
}

bool join_is_title(const Arranged *arranged, const ZpCell *cell)
{
    g_autoptr(GString) folded = g_string_new(NULL);
    zp_text_append_folded(folded, cell->text, cell->length);
    return zp_labels_is_title(arranged->labels, folded->str, folded->len);
}

static bool is_project(const Arranged *arranged, const ZpCell *cell)
{
    ZpLabelMatch match;
    zp_labels_match(arranged->labels, cell->text, cell->length, &match);
    return zp_label_has(&match, BIT(PROJECT));
}

static const ZpCell *cell_at(const ZpTable *table, guint k)
{
    return &g_array_index(table->cells, ZpCell, k);
}

static bool has_project(const Arranged *arranged, const ZpTable *lines)
{
    for (guint k = 0; k < lines->cells->len; k++) {
        if (is_project(arranged, cell_at(lines, k)))
            return true;
    }
    return false;
}

static bool lines_begin_form(const Arranged *arranged, const ZpTable *lines)
{
    for (guint k = 0; k < lines->cells->len; k++) {
        if (join_is_title(arranged, cell_at(lines, k)))
            return true;
    }
    return has_project(arranged, lines);
}

/* What only the head of a form has: its project, and who is in charge of it. */
static bool has_head_of_form(const Arranged *arranged, const ZpTable *table)
{
    const guint64 HEADS = BIT(PROJECT) | BIT(DEPARTMENT) | BIT(UNIT);
    for (guint k = 0; k < table->cells->len; k++) {
        ZpLabelMatch match;
        zp_labels_match(arranged->labels, cell_at(table, k)->text, cell_at(table, k)->length,
                        &match);
        if (zp_label_has(&match, HEADS))
            return true;
    }
    return false;
}

/* A title above a table that has no head of a form is one that every page prints: 附件2 项目支出绩效自评表. */
static bool is_running_head(const Arranged *arranged, const GPtrArray *tables, guint k)
{
    const ZpTable *below = k + 1 < tables->len ? g_ptr_array_index(tables, k + 1) : NULL;
    return below && join_is_drawn(below) && !has_project(arranged, g_ptr_array_index(tables, k)) &&
           !has_head_of_form(arranged, below);
}

/* The index of the next table that is not lines around tables; the document's end when the lines
 * are too many, or begin a form. */
static guint next_table(const Arranged *arranged, const GPtrArray *tables, guint k)
{
    guint n_lines = 0;
    for (k++; k < tables->len; k++) {
        const ZpTable *table = g_ptr_array_index(tables, k);
        if (table->kind != ZP_TABLE_LINES)
            return k;
        n_lines += table->n_rows;
        if (n_lines > LINES_BETWEEN ||
            (lines_begin_form(arranged, table) && !is_running_head(arranged, tables, k)))
            break;
    }
    return tables->len;
}

static bool same_text(const ZpCell *a, const ZpCell *b)
{
    return a->length == b->length && a->row == b->row && memcmp(a->text, b->text, a->length) == 0;
}

/* The next cell with text from the k-th on. */
static guint next_text(const ZpTable *table, guint k)
{
    while (k < table->cells->len && !cell_at(table, k)->length)
        k++;
    return k;
}

static guint32 row_of(const ZpTable *table, guint k)
{
    return k < table->cells->len ? cell_at(table, k)->row : table->n_rows;
}

/* How many rows at the top of a part repeat those of the table's first part; blank cells may differ. */
static guint32 repeated_rows(const ZpTable *first, const ZpTable *part)
{
    guint i = next_text(first, 0), k = next_text(part, 0);
    while (i < first->cells->len && k < part->cells->len &&
           same_text(cell_at(first, i), cell_at(part, k))) {
        i = next_text(first, i + 1);
        k = next_text(part, k + 1);
    }
    return MIN(row_of(first, i), row_of(part, k));
}

/* Whether the part begins a form: a title or a project's name, unless they are a header again. */
static bool begins_form(const Arranged *arranged, const ZpTable *first, const ZpTable *part)
{
    guint32 repeated = repeated_rows(first, part);
    bool has_title = false;
    for (guint k = 0; k < part->cells->len; k++) {
        const ZpCell *cell = cell_at(part, k);
        if (cell->row > repeated)
            break;
        if (is_project(arranged, cell))
            return true;
        has_title |= cell->row >= repeated ? join_is_title(arranged, cell) : false;
    }
    return has_title;
}

static bool goes_on(const Join *join, const ZpTable *first, const ZpTable *last,
                    const ZpTable *part)
{
    const ZpTable *table = join->table ? join->table : first;
    /* Between two open edges a row is cut, be it the first one of a form. */
    bool is_cut = last->open_bottom && part->open_top;
    return join_is_drawn(part) && part->page > last->page && columns_agree(table, part) &&
           (is_cut || !begins_form(join->arranged, first, part));
}

void join_keep_places(Arranged *arranged, const ZpTable *table, GArray *cells)
{
    for (guint k = 0; k < cells->len; k++) {
        ZpCell *cell = &g_array_index(cells, ZpCell, k);
        if (cell->printed)
            continue;
        ZpPlace *place = g_new(ZpPlace, 1);
        *place = zp_cell_place(table, cell);
        g_ptr_array_add(arranged->places, place);
        cell->printed = place;
    }
}

static void begin_join(Join *join, const ZpTable *first)
{
    join->first = first;
    join->table = arranged_add_table(join->arranged, ZP_TABLE_CELLS, first->number);
    join->table->has_spans = first->has_spans;
    join->table->page = first->page;
    join->table->x = g_array_copy(first->x);
    join->table->n_rows = first->n_rows;
    join->table->n_cols = first->n_cols;
    join->table->open_top = first->open_top;
    join->table->open_bottom = first->open_bottom;
    g_array_append_vals(join->table->cells, first->cells->data, first->cells->len);
    join_keep_places(join->arranged, first, join->table->cells);
    join_sort(join->table->cells, 0);
    join->repeated = g_array_new(FALSE, FALSE, sizeof(ZpCell));
    join->scratch = g_string_new(NULL);
}

/* Header rows that were printed again stand below the table, where nothing goes on. */
static void finish_join(Join *join)
{
    ZpTable *table = join->table;
    for (guint k = 0; k < join->repeated->len; k++) {
        ZpCell cell = g_array_index(join->repeated, ZpCell, k);
        cell.row += table->n_rows;
        g_array_append_val(table->cells, cell);
    }
    table->n_rows += join->n_repeated;
    g_array_unref(join->repeated);
    g_string_free(join->scratch, TRUE);
}

/* A copy of a part whose cells know where they are printed, without the header that it repeats. */
static ZpTable *prepare_part(Join *join, const ZpTable *part)
{
    guint32 repeated = repeated_rows(join->first, part);
    guint n_repeated = 0;
    ZpTable *copy = g_new(ZpTable, 1);
    *copy = *part;
    copy->cells = g_array_copy(part->cells);
    join_keep_places(join->arranged, part, copy->cells);
    for (guint k = 0; k < copy->cells->len; k++) {
        ZpCell *cell = &g_array_index(copy->cells, ZpCell, k);
        cell->is_repeated = cell->row < repeated;
        n_repeated += cell->is_repeated ? 1 : 0;
        cell->row -= cell->is_repeated ? 0 : repeated;
        cell->open_above |= repeated && cell->row == 0;
        if (cell->is_repeated)
            cell->row += join->n_repeated;
    }
    g_array_append_vals(join->repeated, copy->cells->data, n_repeated);
    g_array_remove_range(copy->cells, 0, n_repeated);
    join->n_repeated += repeated;
    copy->n_rows -= repeated;
    return copy;
}

static void drop_part(ZpTable *part)
{
    g_array_unref(part->cells);
    g_free(part);
}

guint join_tables(Arranged *arranged, const GPtrArray *tables, guint k)
{
    ZpTable *first = g_ptr_array_index(tables, k);
    const ZpTable *last = first;
    guint next = join_is_drawn(first) ? next_table(arranged, tables, k) : tables->len;
    Join join = {.arranged = arranged};
    while (next < tables->len && goes_on(&join, first, last, g_ptr_array_index(tables, next))) {
        last = g_ptr_array_index(tables, next);
        if (!join.table) {
            begin_join(&join, first);
        }
        ZpTable *part = prepare_part(&join, last);
        join_part(&join, part);
        drop_part(part);
        k = next;
        next = next_table(arranged, tables, k);
    }
    if (join.table)
        finish_join(&join);
    else
        g_ptr_array_add(arranged->tables, first);
    return k + 1;
}
