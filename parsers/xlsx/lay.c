/*
 * lay.c - the cells of a sheet on their way into its table.
 *
 * Merged ranges come behind the cells, are sorted and laid over them in one walk; of ranges that overlap
 * the first wins.  What lies under a merged cell is not shown; a merged cell is shown as long as one of its rows and
 * columns is.  Rows and columns that are hidden stay blank in the table, so that all places are the sheet's.
 */
#include "parsers/xlsx/private.h"

#include <string.h>

void zp_xlsx_lay_init(ZpXlsxLay *lay)
{
    lay->cells = g_array_new(FALSE, FALSE, sizeof(ZpXlsxCell));
    lay->merges = g_array_new(FALSE, FALSE, sizeof(ZpXlsxRange));
    lay->hidden_rows = g_array_new(FALSE, FALSE, sizeof(guint32));
}

void zp_xlsx_lay_clear(ZpXlsxLay *lay)
{
    g_array_unref(lay->cells);
    g_array_unref(lay->merges);
    g_array_unref(lay->hidden_rows);
}

void zp_xlsx_lay_hide_columns(ZpXlsxLay *lay, guint32 first, guint32 last, bool is_hidden)
{
    for (guint32 col = first; col < MIN(last, ZP_LIMIT_COLUMNS); col++)
        lay->col_is_hidden[col] = is_hidden;
}

/* The letters of a reference: AB is 27.  ZP_XLSX_COLS_MAX when there are none or too many. */
static guint32 column_of(const char **p, const char *end)
{
    guint32 col = 0;
    const char *start = *p;
    for (; *p < end && g_ascii_isalpha(**p) && col <= ZP_XLSX_COLS_MAX; ++*p)
        col = col * 26 + (guint32)(g_ascii_toupper(**p) - 'A' + 1);
    return *p == start ? ZP_XLSX_COLS_MAX : MIN(col - 1, ZP_XLSX_COLS_MAX);
}

static guint32 row_of(const char **p, const char *end)
{
    guint32 row = 0;
    for (; *p < end && g_ascii_isdigit(**p) && row <= ZP_XLSX_ROWS_MAX; ++*p)
        row = row * 10 + (guint32)(**p - '0');
    return row ? MIN(row - 1, ZP_XLSX_ROWS_MAX) : ZP_XLSX_ROWS_MAX;
}

bool zp_xlsx_place_parse(const char **p, const char *end, guint32 *row, guint32 *col)
{
    while (*p < end && **p == '$')
        ++*p;
    guint32 found_col = column_of(p, end);
    while (*p < end && **p == '$')
        ++*p;
    guint32 found_row = row_of(p, end);
    if (found_row >= ZP_XLSX_ROWS_MAX || found_col >= ZP_XLSX_COLS_MAX)
        return false;
    *row = found_row;
    *col = found_col;
    return true;
}

bool zp_xlsx_range_parse(const char *text, gsize length, ZpXlsxRange *range)
{
    const char *p = text, *end = text + length;
    if (!zp_xlsx_place_parse(&p, end, &range->row, &range->col))
        return false;
    range->last_row = range->row;
    range->last_col = range->col;
    if (p == end)
        return true;
    return *p++ == ':' && zp_xlsx_place_parse(&p, end, &range->last_row, &range->last_col) &&
           range->last_row >= range->row && range->last_col >= range->col;
}

static int compare_places(gconstpointer a, gconstpointer b)
{
    const guint32 *left = a, *right = b; /* both structures begin with row and column */
    if (left[0] != right[0])
        return left[0] < right[0] ? -1 : 1;
    return left[1] < right[1] ? -1 : left[1] > right[1];
}

static void sort_places(GArray *places, gsize size)
{
    for (guint i = 1; i < places->len; i++) {
        if (compare_places(places->data + (i - 1) * size, places->data + i * size) > 0) {
            g_array_sort(places, compare_places);
            return;
        }
    }
}

/* Which merged range covers each column of the row that the walk stands at. */
typedef struct {
    ZpXlsxRange **cover; /* by column, up to the sheet's width */
    guint32 width, height;
    guint next; /* range not yet laid */
} Layer;

static bool is_free(const Layer *layer, const ZpXlsxRange *range)
{
    for (guint32 col = range->col; col <= MIN(range->last_col, layer->width - 1); col++) {
        if (layer->cover[col] && layer->cover[col]->last_row >= range->row)
            return false;
    }
    return true;
}

/* Lay the ranges that begin at or above a row; one that overlaps an earlier one is left out. */
static void lay_ranges(const ZpXlsxLay *lay, Layer *layer, guint32 row)
{
    for (; layer->next < lay->merges->len; layer->next++) {
        ZpXlsxRange *range = &g_array_index(lay->merges, ZpXlsxRange, layer->next);
        if (range->row > row)
            return;
        if (range->col >= layer->width || !is_free(layer, range))
            continue;
        for (guint32 col = range->col; col <= MIN(range->last_col, layer->width - 1); col++)
            layer->cover[col] = range;
    }
}

/* The merged range that a cell is of. */
static ZpXlsxRange *range_of(const Layer *layer, const ZpXlsxCell *cell)
{
    ZpXlsxRange *range = layer->cover[cell->col];
    return range && range->last_row >= cell->row ? range : NULL;
}

static guint rows_before(const GArray *rows, guint32 row)
{
    guint low = 0, high = rows->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(rows, guint32, middle) < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether all rows from one to another are hidden; they are sorted, each there once. */
static bool rows_are_hidden(const ZpXlsxLay *lay, guint32 first, guint32 last)
{
    guint n = rows_before(lay->hidden_rows, last + 1) - rows_before(lay->hidden_rows, first);
    return n == last - first + 1;
}

static bool columns_are_hidden(const ZpXlsxLay *lay, guint32 first, guint32 last)
{
    for (guint32 col = first; col <= last; col++) {
        if (col >= ZP_LIMIT_COLUMNS || !lay->col_is_hidden[col])
            return false;
    }
    return true;
}

ZpXlsxSight zp_xlsx_lay_hides(const ZpXlsxLay *lay, const ZpXlsxRange *range)
{
    if (lay->sheet_is_hidden)
        return ZP_XLSX_SHEET_HIDDEN;
    if (lay->hidden_rows->len && rows_are_hidden(lay, range->row, range->last_row))
        return ZP_XLSX_ROW_HIDDEN;
    return columns_are_hidden(lay, range->col, range->last_col) ? ZP_XLSX_COLUMN_HIDDEN
                                                                : ZP_XLSX_SEEN;
}

/* Whether a cell can be seen where it stands; a merged one has several rows and columns. */
static ZpXlsxSight sight_of(const ZpXlsxLay *lay, const Layer *layer, const ZpXlsxCell *cell)
{
    const ZpXlsxRange *range = range_of(layer, cell);
    const ZpXlsxRange whole = {.row = cell->row,
                               .col = cell->col,
                               .last_row = range ? MAX(range->last_row, cell->row) : cell->row,
                               .last_col = range ? MAX(range->last_col, cell->col) : cell->col};
    bool is_under = range && (range->row != cell->row || range->col != cell->col);
    if (is_under && !lay->sheet_is_hidden)
        return ZP_XLSX_COVERED;
    ZpXlsxSight sight = zp_xlsx_lay_hides(lay, &whole);
    return sight == ZP_XLSX_SEEN ? cell->sight : sight;
}

/* The table of a list that a cell stands in; NULL: none. */
static const ZpXlsxRange *list_of(const ZpXlsxLay *lay, const ZpXlsxCell *cell)
{
    for (guint k = 0; lay->lists && k < lay->lists->len; k++) {
        const ZpXlsxRange *list = &g_array_index(lay->lists, ZpXlsxRange, k);
        if (cell->row >= list->row && cell->row <= list->last_row && cell->col >= list->col &&
            cell->col <= list->last_col)
            return list;
    }
    return NULL;
}

/* A list has a style of its own, which may shade its cells, or colour their texts: both are read and said. */
static ZpXlsxSight sight_in_list(const ZpWorkbook *workbook, const ZpXlsxLay *lay,
                                 const ZpXlsxCell *cell, ZpXlsxSight sight, ZpXlsxRemarks *remarks)
{
    const ZpXlsxRange *list = list_of(lay, cell);
    if (!list || (sight != ZP_XLSX_PALE && sight != ZP_XLSX_SEEN))
        return sight;
    if (sight == ZP_XLSX_PALE)
        zp_xlsx_list_text(&remarks->in_lists, cell->row, cell->col, cell->text);
    else if (list->text && g_hash_table_contains(workbook->styles->hiding, list->text))
        zp_xlsx_list_text(&remarks->list_hides, cell->row, cell->col, cell->text);
    return ZP_XLSX_SEEN;
}

static bool emit_cell(const ZpWorkbook *workbook, ZpTable *table, const Layer *layer,
                      const ZpXlsxCell *shown, GError **error)
{
    ZpXlsxRange *range = range_of(layer, shown);
    ZpCell cell = {.text = shown->text,
                   .length = shown->length,
                   .row = shown->row,
                   .col = shown->col,
                   .row_span = 1,
                   .col_span = 1,
                   .byte_start = shown->byte_start,
                   .byte_end = shown->byte_end};
    if (range) {
        range->text = shown->text;
        cell.row_span =
            (guint16)MIN(MIN(range->last_row + 1, layer->height) - cell.row, G_MAXUINT16);
        cell.col_span = (guint16)(MIN(range->last_col + 1, layer->width) - cell.col);
    }
    return zp_document_add_cell(workbook->document, table, &cell, error);
}

/* A text under a merged cell that says the same is not worth a word. */
static void leave_out(const Layer *layer, const ZpXlsxCell *cell, ZpXlsxSight sight,
                      ZpXlsxRemarks *remarks)
{
    const ZpXlsxRange *range = sight == ZP_XLSX_COVERED ? range_of(layer, cell) : NULL;
    if (!range || !range->text || strcmp(range->text, cell->text) != 0)
        zp_xlsx_list_text(&remarks->unseen[sight], cell->row, cell->col, cell->text);
}

static int compare_rows(gconstpointer a, gconstpointer b)
{
    const guint32 *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

/* Sorted, each once. */
static void order_rows(GArray *rows)
{
    guint kept = 0;
    g_array_sort(rows, compare_rows);
    for (guint i = 0; i < rows->len; i++) {
        guint32 row = g_array_index(rows, guint32, i);
        if (!kept || g_array_index(rows, guint32, kept - 1) != row)
            g_array_index(rows, guint32, kept++) = row;
    }
    g_array_set_size(rows, kept);
}

bool zp_xlsx_lay_emit(const ZpWorkbook *workbook, ZpXlsxLay *lay, ZpTable *table,
                      ZpXlsxRemarks *remarks, GError **error)
{
    Layer layer = {0};
    bool done = true;
    sort_places(lay->cells, sizeof(ZpXlsxCell));
    sort_places(lay->merges, sizeof(ZpXlsxRange));
    if (lay->hidden_rows->len)
        order_rows(lay->hidden_rows);
    for (guint i = 0; i < lay->cells->len; i++) {
        const ZpXlsxCell *cell = &g_array_index(lay->cells, ZpXlsxCell, i);
        layer.width = MAX(layer.width, cell->col + 1);
        layer.height = MAX(layer.height, cell->row + 1);
    }
    g_autofree ZpXlsxRange **cover = g_new0(ZpXlsxRange *, MAX(layer.width, 1));
    layer.cover = cover;
    for (guint i = 0; done && i < lay->cells->len; i++) {
        const ZpXlsxCell *cell = &g_array_index(lay->cells, ZpXlsxCell, i);
        bool is_repeated = i > 0 && compare_places(cell, cell - 1) == 0;
        lay_ranges(lay, &layer, cell->row);
        ZpXlsxSight sight = is_repeated ? ZP_XLSX_COVERED : sight_of(lay, &layer, cell);
        sight = sight_in_list(workbook, lay, cell, sight, remarks);
        if (sight == ZP_XLSX_SEEN)
            done = emit_cell(workbook, table, &layer, cell, error);
        else
            leave_out(&layer, cell, sight, remarks);
    }
    return done;
}
