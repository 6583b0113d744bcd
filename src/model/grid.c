/*
 * grid.c - documents, tables and cells, and the walk over a table's rows.
 *
 * All texts of a document go into one string chunk and all cells of a table into one array, so
 * a document is freed in a few steps however many cells it has.
 *
 * A cell stands in the array once, at its top left corner.  The walk keeps the cells that reach
 * into the current row, in order of column:
 *
 *     row 0   A A B      open: A B          A spans two columns, B two rows
 *     row 1   C D B      open: C D B        A ran out; C and D are put before B
 *
 * A row in which nothing begins or ends costs nothing; else one pass over the open cells, which
 * is no more than the row shows.
 */
#include "model/grid.h"

#include "base/error.h"
#include "base/limits.h"

#include <stddef.h>

/* Bytes that the string chunk takes from the system at a time. */
#define STRING_BLOCK 16384

static void table_free(gpointer data)
{
    ZpTable *table = data;
    g_array_unref(table->cells);
    g_clear_pointer(&table->x, g_array_unref);
    g_clear_pointer(&table->y, g_array_unref);
    g_free(table);
}

static void aside_free(gpointer data)
{
    ZpAside *aside = data;
    g_free(aside->loss.zh);
    g_free(aside->loss.en);
    g_free(aside);
}

static void loss_free(gpointer data)
{
    ZpLoss *loss = data;
    g_free(loss->zh);
    g_free(loss->en);
    g_free(loss);
}

ZpDocument *zp_document_new_within(const ZpLimits *limits)
{
    ZpDocument *document = g_new0(ZpDocument, 1);
    if (limits)
        document->limits = *limits;
    document->tables = g_ptr_array_new_with_free_func(table_free);
    document->losses = g_ptr_array_new_with_free_func(loss_free);
    document->notes = g_ptr_array_new_with_free_func(loss_free);
    document->asides = g_ptr_array_new_with_free_func(aside_free);
    document->ocrs = g_ptr_array_new_with_free_func((GDestroyNotify)zp_ocr_free);
    document->pictured = g_array_new(FALSE, FALSE, sizeof(ZpPictured));
    document->strings = g_string_chunk_new(STRING_BLOCK);
    return document;
}

void zp_document_free(ZpDocument *document)
{
    if (!document)
        return;
    g_ptr_array_unref(document->tables);
    g_ptr_array_unref(document->losses);
    g_ptr_array_unref(document->notes);
    g_ptr_array_unref(document->asides);
    g_ptr_array_unref(document->ocrs);
    g_clear_pointer(&document->lines, g_array_unref);
    g_array_unref(document->pictured);
    g_string_chunk_free(document->strings);
    if (document->origins)
        g_array_unref(document->origins);
    g_free(document);
}

ZpTable *zp_document_add_table(ZpDocument *document, ZpTableKind kind)
{
    ZpTable *table = g_new0(ZpTable, 1);
    table->kind = kind;
    table->cells = g_array_new(FALSE, FALSE, sizeof(ZpCell));
    if (kind != ZP_TABLE_LINES)
        table->number = ++document->n_tables;
    g_ptr_array_add(document->tables, table);
    return table;
}

void zp_document_drop_table(ZpDocument *document)
{
    const ZpTable *table = g_ptr_array_index(document->tables, document->tables->len - 1);
    document->n_tables -= table->kind != ZP_TABLE_LINES;
    document->n_cells -= table->cells->len;
    g_ptr_array_set_size(document->tables, (gint)document->tables->len - 1);
}

const ZpOcr *zp_document_keep_ocr(ZpDocument *document, const ZpOcr *ocr)
{
    ZpOcr *copy = zp_ocr_copy(ocr, document->strings);
    g_ptr_array_add(document->ocrs, copy);
    return copy;
}

bool zp_document_set_full(const ZpDocument *document, GError **error)
{
    zp_error_set(error, ZP_ERROR_LIMIT,
                 "超过 ZP_LIMIT_CELLS（--max-cells，一个文件 %" G_GUINT64_FORMAT
                 " 个单元格）的上限",
                 "over ZP_LIMIT_CELLS (--max-cells, %" G_GUINT64_FORMAT " cells in a file)",
                 zp_limits_get(&document->limits, ZP_BOUND_CELLS));
    return false;
}

static bool check_limits(const ZpDocument *document, const ZpCell *cell, GError **error)
{
    guint64 cells = zp_limits_get(&document->limits, ZP_BOUND_CELLS);
    if (document->n_cells >= cells)
        return zp_document_set_full(document, error);
    if (cell->col >= ZP_LIMIT_COLUMNS || cell->col_span > ZP_LIMIT_COLUMNS - cell->col) {
        zp_error_set(error, ZP_ERROR_LIMIT, "超过 ZP_LIMIT_COLUMNS（一张表 %u 列）的上限",
                     "over ZP_LIMIT_COLUMNS (%u columns in a table)", ZP_LIMIT_COLUMNS);
        return false;
    }
    if (cell->length > ZP_LIMIT_CELL_BYTES) {
        zp_error_set(error, ZP_ERROR_LIMIT, "超过 ZP_LIMIT_CELL_BYTES（一个单元格 %u 字节）的上限",
                     "over ZP_LIMIT_CELL_BYTES (%u bytes in a cell)", ZP_LIMIT_CELL_BYTES);
        return false;
    }
    return true;
}

bool zp_document_add_cell(ZpDocument *document, ZpTable *table, const ZpCell *cell, GError **error)
{
    if (!check_limits(document, cell, error))
        return false;
    ZpCell copy = *cell;
    copy.row_span = MAX(copy.row_span, 1);
    copy.col_span = MAX(copy.col_span, 1);
    copy.text = "";
    if (cell->length > 0)
        copy.text = g_string_chunk_insert_len(document->strings, cell->text, cell->length);
    g_array_append_val(table->cells, copy);
    table->n_rows = MAX(table->n_rows, copy.row + copy.row_span);
    table->n_cols = MAX(table->n_cols, copy.col + copy.col_span);
    document->n_cells++;
    return true;
}

static void add_loss(GPtrArray *losses, ZpLossKind kind, const ZpPlace *at, const char *zh,
                     const char *en)
{
    ZpLoss *loss = g_new0(ZpLoss, 1);
    loss->kind = kind;
    loss->at = *at;
    loss->zh = g_strdup(zh);
    loss->en = g_strdup(en);
    g_ptr_array_add(losses, loss);
}

void zp_document_add_loss(ZpDocument *document, ZpLossKind kind, const ZpPlace *at, const char *zh,
                          const char *en)
{
    add_loss(document->losses, kind, at, zh, en);
}

void zp_document_drop_loss(ZpDocument *document)
{
    g_ptr_array_set_size(document->losses, (gint)document->losses->len - 1);
}

void zp_document_add_counted(ZpDocument *document, ZpLossKind kind, const ZpPlace *at,
                             const char *zh, const char *en)
{
    if (document->n_counted++ < ZP_LIMIT_NOTES)
        add_loss(document->losses, kind, at, zh, en);
}

void zp_document_add_note(ZpDocument *document, ZpLossKind kind, const ZpPlace *at, const char *zh,
                          const char *en)
{
    if (document->notes->len < ZP_LIMIT_NOTES)
        add_loss(document->notes, kind, at, zh, en);
    else
        document->n_notes_more++;
}

/* How many of the last asides stand at the same table. */
static guint run_of_asides(const GPtrArray *asides, guint32 table)
{
    guint n = 0;
    while (n < MIN(asides->len, ZP_LIMIT_NOTES)) {
        const ZpAside *aside = g_ptr_array_index(asides, asides->len - 1 - n);
        if (aside->loss.at.table != table)
            break;
        n++;
    }
    return n;
}

void zp_document_add_aside(ZpDocument *document, bool is_note, ZpLossKind kind, const ZpPlace *at,
                           const char *zh, const char *en)
{
    GPtrArray *asides = document->asides;
    if (asides->len && run_of_asides(asides, at->table) >= ZP_LIMIT_NOTES) {
        ((ZpAside *)g_ptr_array_index(asides, asides->len - 1))->n_more++;
        return;
    }
    ZpAside *aside = g_new0(ZpAside, 1);
    aside->loss = (ZpLoss){.kind = kind, .at = *at, .zh = g_strdup(zh), .en = g_strdup(en)};
    aside->is_note = is_note;
    g_ptr_array_add(asides, aside);
}

void zp_document_settle_asides(ZpDocument *document, const bool *used)
{
    for (guint k = 0; k < document->asides->len; k++) {
        const ZpAside *aside = g_ptr_array_index(document->asides, k);
        const ZpLoss *loss = &aside->loss;
        if (loss->at.table > document->n_tables || !used[loss->at.table])
            continue;
        if (aside->is_note)
            zp_document_add_note(document, loss->kind, &loss->at, loss->zh, loss->en);
        else
            add_loss(document->losses, loss->kind, &loss->at, loss->zh, loss->en);
        document->n_notes_more += aside->n_more;
    }
    g_ptr_array_set_size(document->asides, 0);
}

ZpPlace zp_cell_place(const ZpTable *table, const ZpCell *cell)
{
    bool is_table = table->number > 0;
    if (cell->printed)
        return *cell->printed;
    return (ZpPlace){
        .page = cell->page,
        .table = table->number,
        .row = is_table ? table->row_base + cell->row + 1 : 0,
        .col = is_table ? cell->col + 1 : 0,
        .line = cell->line,
        .byte_start = cell->byte_start,
        .byte_end = cell->byte_end,
        .box = cell->box,
    };
}

void zp_row_walk_start(ZpRowWalk *walk, const ZpTable *table)
{
    *walk = (ZpRowWalk){.table = table, .first_end = G_MAXUINT32};
    walk->open = g_ptr_array_sized_new(table->n_cols);
}

/* The first row below a cell. */
static guint32 end_row(const ZpCell *cell)
{
    return cell->row + cell->row_span;
}

/* Take out the cells that end above the row. */
static void close_cells(ZpRowWalk *walk)
{
    guint kept = 0;
    guint32 first_end = G_MAXUINT32;
    for (guint k = 0; k < walk->open->len; k++) {
        const ZpCell *cell = walk->open->pdata[k];
        if (end_row(cell) <= walk->row)
            continue;
        first_end = MIN(first_end, end_row(cell));
        walk->open->pdata[kept++] = (gpointer)cell;
    }
    g_ptr_array_set_size(walk->open, (gint)kept);
    walk->first_end = first_end;
}

bool zp_row_walk_next(ZpRowWalk *walk)
{
    const GArray *cells = walk->table->cells;
    if (walk->has_begun)
        walk->row++;
    walk->has_begun = true;
    if (walk->row >= walk->table->n_rows)
        return false;
    if (walk->first_end <= walk->row)
        close_cells(walk);
    while (walk->next < cells->len) {
        const ZpCell *cell = &g_array_index(cells, ZpCell, walk->next);
        if (cell->row > walk->row)
            break;
        /* Put a cell behind the open ones that are not right of it. */
        guint k = walk->open->len;
        while (k > 0 && ((const ZpCell *)walk->open->pdata[k - 1])->col > cell->col)
            k--;
        g_ptr_array_insert(walk->open, (gint)k, (gpointer)cell);
        walk->first_end = MIN(walk->first_end, end_row(cell));
        walk->next++;
    }
    return true;
}

void zp_row_walk_clear(ZpRowWalk *walk)
{
    g_clear_pointer(&walk->open, g_ptr_array_unref);
}

const char *zp_loss_name(ZpLossKind kind)
{
    static const char *const NAMES[ZP_LOSS_COUNT] = {
        [ZP_LOSS_UNPLACED_TEXT] = "unplaced-text",     [ZP_LOSS_UNKNOWN_LABEL] = "unknown-label",
        [ZP_LOSS_DOUBTFUL_PLACE] = "doubtful-place",   [ZP_LOSS_UNDECODABLE] = "undecodable",
        [ZP_LOSS_UNMAPPED_GLYPHS] = "unmapped-glyphs", [ZP_LOSS_UNSEEN_TEXT] = "unseen-text",
        [ZP_LOSS_CHANGED_TEXT] = "changed-text",       [ZP_LOSS_LOST_CONTENT] = "lost-content",
    };
    return NAMES[kind];
}
