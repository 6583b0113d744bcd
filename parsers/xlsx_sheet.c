/*
 * xlsx_sheet.c - one worksheet: cells in order, merged ranges behind them.
 *
 *     <row r="6" hidden="1"><c r="B6" s="3" t="s"><f>…</f><v>12</v></c></row>
 *     <mergeCell ref="A1:I1"/>
 *
 * Only cells with something to show are kept, so a sheet whose styles reach down to row 1,048,576
 * costs its XML and no more.  Merged ranges come last, are sorted and laid over the cells in one
 * walk; of ranges that overlap the first wins.  A formula's cell shows its stored result.
 *
 * Source: ECMA-376 part 1, 18.3.
 */
#include "base/error.h"
#include "base/limits.h"
#include "parsers/ooxml_xml.h"
#include "parsers/xlsx_private.h"

#include <string.h>

#define ROWS_MAX 1048576
#define COLS_MAX 16384
/* Places that a note on hidden rows or columns lists. */
#define LISTED_MAX 20

enum { COL = 1, ROW, CELL, VALUE, INLINE, TEXT, READING, MERGE, WORKSHEET };

typedef struct {
    guint32 row, col;
    const char *text;
    guint32 length;
} Shown;

typedef struct {
    guint32 row, col, last_row, last_col;
} Range;

typedef struct {
    const ZpWorkbook *workbook;
    GArray *cells;                     /* of Shown, as they come */
    GArray *merges;                    /* of Range */
    GArray *hidden_rows, *hidden_cols; /* of guint32, from 0 */
    GString *value, *shown;
    guint32 row, col; /* of the cell under way */
    guint style;
    char type[12]; /* of the cell: its `t` */
    bool in_value, is_worksheet, row_is_hidden;
    GError **error;
} Sheet;

/* The letters of a reference: AB is 27.  COLS_MAX when there are none or too many. */
static guint32 column_of(const char **p, const char *end)
{
    guint32 col = 0;
    const char *start = *p;
    for (; *p < end && g_ascii_isalpha(**p) && col <= COLS_MAX; ++*p)
        col = col * 26 + (guint32)(g_ascii_toupper(**p) - 'A' + 1);
    return *p == start ? COLS_MAX : MIN(col - 1, COLS_MAX);
}

static guint32 row_of(const char **p, const char *end)
{
    guint32 row = 0;
    for (; *p < end && g_ascii_isdigit(**p) && row <= ROWS_MAX; ++*p)
        row = row * 10 + (guint32)(**p - '0');
    return row ? MIN(row - 1, ROWS_MAX) : ROWS_MAX;
}

/* Row and column stay as they are when the reference is none. */
static bool parse_reference(const char **p, const char *end, guint32 *row, guint32 *col)
{
    while (*p < end && **p == '$')
        ++*p;
    guint32 found_col = column_of(p, end);
    while (*p < end && **p == '$')
        ++*p;
    guint32 found_row = row_of(p, end);
    if (found_row >= ROWS_MAX || found_col >= COLS_MAX)
        return false;
    *row = found_row;
    *col = found_col;
    return true;
}

static void start_row(Sheet *sheet, const ZpXmlAttributes *attributes)
{
    guint number = zp_xml_number(attributes, "r", sheet->row + 1); /* the next one, else */
    sheet->row = MIN(number, ROWS_MAX);
    sheet->col = 0;
    sheet->row_is_hidden = zp_xml_flag(attributes, "hidden", false);
}

static void start_cell(Sheet *sheet, const ZpXmlAttributes *attributes)
{
    gsize length;
    const char *reference = zp_xml_attribute(attributes, "r", &length);
    guint32 row, col = sheet->col;
    const char *p = reference;
    if (reference && parse_reference(&p, reference + length, &row, &col))
        sheet->row = row + 1;
    sheet->col = col + 1;
    sheet->style = zp_xml_number(attributes, "s", 0);
    const char *type = zp_xml_attribute(attributes, "t", &length);
    length = type ? MIN(length, sizeof sheet->type - 1) : 0;
    if (type)
        memcpy(sheet->type, type, length);
    sheet->type[length] = '\0';
    g_string_truncate(sheet->value, 0);
}

static void read_merge(Sheet *sheet, const ZpXmlAttributes *attributes)
{
    gsize length;
    const char *p = zp_xml_attribute(attributes, "ref", &length), *end = p ? p + length : NULL;
    Range range = {0};
    if (!p || !parse_reference(&p, end, &range.row, &range.col) || p == end || *p++ != ':' ||
        !parse_reference(&p, end, &range.last_row, &range.last_col))
        return;
    if (range.last_row >= range.row && range.last_col >= range.col)
        g_array_append_val(sheet->merges, range);
}

static void read_column(Sheet *sheet, const ZpXmlAttributes *attributes)
{
    guint first = zp_xml_number(attributes, "min", 1),
          last = zp_xml_number(attributes, "max", first);
    if (!zp_xml_flag(attributes, "hidden", false) || !first)
        return;
    for (guint32 col = first - 1; col < MIN(last, ZP_LIMIT_COLUMNS); col++)
        g_array_append_val(sheet->hidden_cols, col);
}

static bool start_element(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Sheet *sheet = data;
    switch (token) {
    case WORKSHEET:
        sheet->is_worksheet = true;
        break;
    case COL:
        read_column(sheet, attributes);
        break;
    case ROW:
        start_row(sheet, attributes);
        break;
    case CELL:
        start_cell(sheet, attributes);
        break;
    case MERGE:
        read_merge(sheet, attributes);
        break;
    case READING:
        return false;
    default:
        sheet->in_value = true;
        break;
    }
    return true;
}

static const ZpNumberFormat *format_of(const Sheet *sheet)
{
    const GPtrArray *formats = sheet->workbook->formats;
    return sheet->style < formats->len ? g_ptr_array_index(formats, sheet->style) : NULL;
}

/* The string that a number refers to; a number that leads nowhere shows nothing. */
static void show_shared(const Sheet *sheet)
{
    const GPtrArray *strings = sheet->workbook->strings;
    guint64 index = g_ascii_strtoull(sheet->value->str, NULL, 10);
    if (index < strings->len)
        zp_number_format_text(format_of(sheet), g_ptr_array_index(strings, index), sheet->shown);
}

static void show_string(const Sheet *sheet)
{
    g_autoptr(GString) text = g_string_sized_new(sheet->value->len);
    zp_xlsx_append_text(text, sheet->value->str, sheet->value->len);
    zp_number_format_text(format_of(sheet), text->str, sheet->shown);
}

static void show_boolean(const Sheet *sheet)
{
    g_string_append(sheet->shown, sheet->value->str[0] == '1' ? "TRUE" : "FALSE");
}

/* An ISO date: midnight is not shown. */
static void show_date(const Sheet *sheet)
{
    const char *midnight = strstr(sheet->value->str, "T00:00:00");
    gsize length = midnight ? (gsize)(midnight - sheet->value->str) : sheet->value->len;
    g_string_append_len(sheet->shown, sheet->value->str, (gssize)length);
}

static void show_error(const Sheet *sheet)
{
    g_string_append(sheet->shown, sheet->value->str);
}

static void show_number(const Sheet *sheet)
{
    if (!zp_number_format_apply(format_of(sheet), sheet->value->str, sheet->value->len,
                                sheet->workbook->is_1904, sheet->shown))
        g_string_append(sheet->shown, sheet->value->str);
}

static const struct {
    const char *type;
    void (*show)(const Sheet *sheet);
} TYPES[] = {
    {"", show_number},    {"n", show_number},  {"s", show_shared}, {"inlineStr", show_string},
    {"str", show_string}, {"b", show_boolean}, {"d", show_date},   {"e", show_error},
};

static void end_cell(Sheet *sheet)
{
    g_string_truncate(sheet->shown, 0);
    if (!sheet->value->len || !sheet->row)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(TYPES); i++) {
        if (strcmp(TYPES[i].type, sheet->type) == 0)
            TYPES[i].show(sheet);
    }
    if (zp_text_is_blank(sheet->shown->str, sheet->shown->len))
        return;
    Shown cell = {.row = sheet->row - 1,
                  .col = sheet->col - 1,
                  .text = g_string_chunk_insert_len(sheet->workbook->document->strings,
                                                    sheet->shown->str, (gssize)sheet->shown->len),
                  .length = (guint32)sheet->shown->len};
    g_array_append_val(sheet->cells, cell);
    const ZpDocument *document = sheet->workbook->document;
    if (sheet->cells->len > zp_limits_get(&document->limits, ZP_BOUND_CELLS))
        zp_document_set_full(document, sheet->error);
    if (sheet->row_is_hidden) {
        const GArray *rows = sheet->hidden_rows;
        if (!rows->len || g_array_index(rows, guint32, rows->len - 1) != cell.row)
            g_array_append_val(sheet->hidden_rows, cell.row);
    }
}

static void end_element(gpointer data, guint token)
{
    Sheet *sheet = data;
    if (token == CELL)
        end_cell(sheet);
    else if (token == VALUE || token == TEXT)
        sheet->in_value = false;
}

static void take_characters(gpointer data, const char *text, gsize length)
{
    Sheet *sheet = data;
    if (!sheet->in_value)
        return;
    g_string_append_len(sheet->value, text, (gssize)length);
    if (sheet->value->len > ZP_LIMIT_CELL_BYTES && !*sheet->error)
        zp_error_set(sheet->error, ZP_ERROR_LIMIT,
                     "超过 ZP_LIMIT_CELL_BYTES（一个单元格 %u 字节）的上限",
                     "over ZP_LIMIT_CELL_BYTES (%u bytes in a cell)", ZP_LIMIT_CELL_BYTES);
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
    const Range **cover; /* by column, up to the sheet's width */
    guint32 width, height;
    guint next; /* range not yet laid */
} Layer;

static bool is_free(const Layer *layer, const Range *range)
{
    for (guint32 col = range->col; col <= MIN(range->last_col, layer->width - 1); col++) {
        if (layer->cover[col] && layer->cover[col]->last_row >= range->row)
            return false;
    }
    return true;
}

/* Lay the ranges that begin at or above a row; one that overlaps an earlier one is left out. */
static void lay_ranges(const Sheet *sheet, Layer *layer, guint32 row)
{
    for (; layer->next < sheet->merges->len; layer->next++) {
        const Range *range = &g_array_index(sheet->merges, Range, layer->next);
        if (range->row > row)
            return;
        if (range->col >= layer->width || !is_free(layer, range))
            continue;
        for (guint32 col = range->col; col <= MIN(range->last_col, layer->width - 1); col++)
            layer->cover[col] = range;
    }
}

static void note_covered(const Sheet *sheet, const Shown *cell, const char *title)
{
    ZpPlace at = {
        .table = sheet->workbook->document->n_tables, .row = cell->row + 1, .col = cell->col + 1};
    g_autofree char *zh = g_strdup_printf(
        "工作表“%s”的合并单元格下面压着看不见的文字，没有读入：“%.300s”", title, cell->text);
    g_autofree char *en = g_strdup_printf("text under a merged cell of the sheet \"%s\" is not "
                                          "shown and was left out: \"%.300s\"",
                                          title, cell->text);
    g_autofree char *valid_zh = g_utf8_make_valid(zh, -1), *valid_en = g_utf8_make_valid(en, -1);
    zp_document_add_note(sheet->workbook->document, &at, valid_zh, valid_en);
}

static bool emit_cell(const Sheet *sheet, ZpTable *table, const Layer *layer, const Shown *shown)
{
    const Range *range = layer->cover[shown->col];
    ZpCell cell = {.text = shown->text,
                   .length = shown->length,
                   .row = shown->row,
                   .col = shown->col,
                   .row_span = 1,
                   .col_span = 1};
    if (range && range->last_row >= shown->row) {
        cell.row_span =
            (guint16)MIN(MIN(range->last_row + 1, layer->height) - cell.row, G_MAXUINT16);
        cell.col_span = (guint16)(MIN(range->last_col + 1, layer->width) - cell.col);
    }
    return zp_document_add_cell(sheet->workbook->document, table, &cell, sheet->error);
}

static bool is_covered(const Layer *layer, const Shown *cell)
{
    const Range *range = layer->cover[cell->col];
    return range && range->last_row >= cell->row &&
           (range->row != cell->row || range->col != cell->col);
}

static bool emit_cells(const Sheet *sheet, ZpTable *table, const char *title)
{
    Layer layer = {0};
    for (guint i = 0; i < sheet->cells->len; i++) {
        const Shown *cell = &g_array_index(sheet->cells, Shown, i);
        layer.width = MAX(layer.width, cell->col + 1);
        layer.height = MAX(layer.height, cell->row + 1);
    }
    g_autofree const Range **cover = g_new0(const Range *, MAX(layer.width, 1));
    layer.cover = cover;
    bool done = true;
    for (guint i = 0; done && i < sheet->cells->len; i++) {
        const Shown *cell = &g_array_index(sheet->cells, Shown, i);
        bool is_repeated = i > 0 && compare_places(cell, cell - 1) == 0;
        lay_ranges(sheet, &layer, cell->row);
        if (is_repeated || is_covered(&layer, cell))
            note_covered(sheet, cell, title);
        else
            done = emit_cell(sheet, table, &layer, cell);
    }
    return done;
}

static void append_number(GString *list, guint32 number)
{
    g_string_append_printf(list, "%s%u", list->len ? ", " : "", number + 1);
}

static void append_column(GString *list, guint32 col)
{
    char letters[8], *p = letters + sizeof letters - 1;
    *p = '\0';
    for (guint32 rest = col + 1; rest; rest = (rest - 1) / 26)
        *--p = (char)('A' + (rest - 1) % 26);
    g_string_append_printf(list, "%s%s", list->len ? ", " : "", p);
}

/* "C, D" of a list of places; "…" for more than can be listed. */
static char *listed(const GArray *places, void (*append)(GString *list, guint32 place))
{
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < MIN(places->len, LISTED_MAX); i++)
        append(list, g_array_index(places, guint32, i));
    if (places->len > LISTED_MAX)
        g_string_append(list, ", …");
    return g_string_free(g_steal_pointer(&list), FALSE);
}

static void note_hidden(const Sheet *sheet, const char *title, const char *what_zh,
                        const char *what_en, const char *places)
{
    ZpPlace at = {.table = sheet->workbook->document->n_tables};
    g_autofree char *zh =
        g_strdup_printf("工作表“%s”%s%s，里面的文字也读入了", title, what_zh, places);
    g_autofree char *en = g_strdup_printf("the sheet \"%s\" %s%s; what they hold was read too",
                                          title, what_en, places);
    zp_document_add_note(sheet->workbook->document, &at, zh, en);
}

/* Only columns that hold something are worth a word. */
static void keep_used_columns(const Sheet *sheet)
{
    bool used[ZP_LIMIT_COLUMNS] = {false};
    guint kept = 0;
    for (guint i = 0; i < sheet->cells->len; i++) {
        guint32 col = g_array_index(sheet->cells, Shown, i).col;
        if (col < ZP_LIMIT_COLUMNS)
            used[col] = true;
    }
    for (guint i = 0; i < sheet->hidden_cols->len; i++) {
        guint32 col = g_array_index(sheet->hidden_cols, guint32, i);
        if (used[col])
            g_array_index(sheet->hidden_cols, guint32, kept++) = col;
        used[col] = false;
    }
    g_array_set_size(sheet->hidden_cols, kept);
}

static void note_all_hidden(const Sheet *sheet, const char *title, bool is_hidden)
{
    keep_used_columns(sheet);
    if (is_hidden && sheet->cells->len)
        note_hidden(sheet, title, "是隐藏的", "is hidden", "");
    if (sheet->hidden_rows->len) {
        g_autofree char *rows = listed(sheet->hidden_rows, append_number);
        note_hidden(sheet, title, "有隐藏的行：", "has hidden rows: ", rows);
    }
    if (sheet->hidden_cols->len) {
        g_autofree char *cols = listed(sheet->hidden_cols, append_column);
        note_hidden(sheet, title, "有隐藏的列：", "has hidden columns: ", cols);
    }
}

static bool read_sheet(Sheet *sheet, GBytes *part, const char *name)
{
    static const ZpXmlName NAMES[] = {{ZP_XML_SHEET, "worksheet", WORKSHEET},
                                      {ZP_XML_SHEET, "col", COL},
                                      {ZP_XML_SHEET, "row", ROW},
                                      {ZP_XML_SHEET, "c", CELL},
                                      {ZP_XML_SHEET, "v", VALUE},
                                      {ZP_XML_SHEET, "t", TEXT},
                                      {ZP_XML_SHEET, "rPh", READING},
                                      {ZP_XML_SHEET, "mergeCell", MERGE},
                                      {0}};
    static const ZpXmlHandler HANDLER = {NAMES, start_element, end_element, take_characters};
    if (!zp_xml_parse_within(part, name, &HANDLER, sheet, &sheet->workbook->document->limits,
                             sheet->error))
        return false;
    if (!sheet->is_worksheet)
        zp_error_set(sheet->error, ZP_ERROR_DAMAGED, "部件 %s 不是工作表；请用原来的软件打开后另存",
                     "the part %s is no worksheet; open and save the file anew", name);
    return sheet->is_worksheet;
}

bool zp_xlsx_sheet(const ZpWorkbook *workbook, GBytes *part, const char *name, const char *title,
                   bool is_hidden, GError **error)
{
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(Shown));
    g_autoptr(GArray) merges = g_array_new(FALSE, FALSE, sizeof(Range));
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GArray) cols = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GString) value = g_string_new(NULL);
    g_autoptr(GString) shown = g_string_new(NULL);
    Sheet sheet = {.workbook = workbook,
                   .cells = cells,
                   .merges = merges,
                   .hidden_rows = rows,
                   .hidden_cols = cols,
                   .value = value,
                   .shown = shown,
                   .error = error};
    ZpTable *table = zp_document_add_table(workbook->document, ZP_TABLE_CELLS);
    table->has_spans = true;
    if (!read_sheet(&sheet, part, name))
        return false;
    sort_places(cells, sizeof(Shown));
    sort_places(merges, sizeof(Range));
    note_all_hidden(&sheet, title, is_hidden);
    return emit_cells(&sheet, table, title);
}
