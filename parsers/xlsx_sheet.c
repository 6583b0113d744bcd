/*
 * xlsx_sheet.c - one worksheet: cells in order, merged ranges behind them.
 *
 *     <row r="6" hidden="1"><c r="B6" s="3" t="s"><f>…</f><v>12</v></c></row>
 *     <mergeCell ref="A1:I1"/>
 *
 * Only cells with something to show are kept, so a sheet whose styles reach down to row 1,048,576
 * costs its XML and no more.  Merged ranges come last, are sorted and laid over the cells in one
 * walk; of ranges that overlap the first wins.  A formula's cell shows its stored result; where it
 * has none, nothing is computed, and a loss names the place.
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

enum { COL = 1, ROW, CELL, VALUE, FORMULA, TEXT, READING, MERGE, WORKSHEET };

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
    GArray *cells;  /* of Shown, as they come */
    GArray *merges; /* of Range */
    ZpXlsxRemarks remarks;
    bool col_is_hidden[ZP_LIMIT_COLUMNS], col_is_used[ZP_LIMIT_COLUMNS];
    GString *value, *shown;
    /* From 0, so that nothing is ever taken off them: the cell under way or read last, and what follows. */
    guint32 row, col, next_row, next_col;
    guint style;
    char type[12];                         /* of the cell: its `t` */
    bool has_value, has_formula, has_text; /* the cell: `v`, `f`; text that is not blank */
    bool in_row, in_cell, in_value, is_worksheet, row_is_hidden;
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

/* What stands where no sheet has it is left out with all that it holds. */
static bool misplace(Sheet *sheet)
{
    zp_xlsx_list_add(&sheet->remarks.misplaced, sheet->row, sheet->col);
    return false;
}

/* A row says its number, from 1; one that says none is the next. */
static bool start_row(Sheet *sheet, const ZpXmlAttributes *attributes)
{
    if (sheet->in_row || sheet->in_cell)
        return misplace(sheet);
    guint number = zp_xml_number(attributes, "r", sheet->next_row + 1);
    if (!number)
        return misplace(sheet);
    sheet->row = MIN(number, ROWS_MAX) - 1;
    sheet->next_row = MIN(sheet->row + 1, ROWS_MAX - 1);
    sheet->col = sheet->next_col = 0;
    sheet->row_is_hidden = zp_xml_flag(attributes, "hidden", false);
    sheet->in_row = true;
    return true;
}

static bool start_cell(Sheet *sheet, const ZpXmlAttributes *attributes)
{
    if (!sheet->in_row || sheet->in_cell)
        return misplace(sheet);
    gsize length;
    const char *reference = zp_xml_attribute(attributes, "r", &length);
    const char *p = reference;
    sheet->col = sheet->next_col;
    if (reference)
        parse_reference(&p, reference + length, &sheet->row, &sheet->col);
    sheet->next_row = MIN(sheet->row + 1, ROWS_MAX - 1);
    sheet->next_col = MIN(sheet->col + 1, COLS_MAX - 1);
    sheet->style = zp_xml_number(attributes, "s", 0);
    const char *type = zp_xml_attribute(attributes, "t", &length);
    length = type ? MIN(length, sizeof sheet->type - 1) : 0;
    if (type)
        memcpy(sheet->type, type, length);
    sheet->type[length] = '\0';
    sheet->has_value = sheet->has_formula = sheet->has_text = false;
    g_string_truncate(sheet->value, 0);
    sheet->in_cell = true;
    return true;
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
        sheet->col_is_hidden[col] = true;
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
        return start_row(sheet, attributes);
    case CELL:
        return start_cell(sheet, attributes);
    case MERGE:
        read_merge(sheet, attributes);
        break;
    case READING:
        return false;
    case FORMULA:
        sheet->has_formula = true;
        return false;
    case VALUE:
        sheet->in_value = sheet->has_value = sheet->in_cell;
        break;
    default:
        sheet->in_value = sheet->in_cell;
        break;
    }
    return true;
}

static const ZpNumberFormat *format_of(const Sheet *sheet)
{
    const GPtrArray *formats = sheet->workbook->formats;
    return sheet->style < formats->len ? g_ptr_array_index(formats, sheet->style) : NULL;
}

static void show_text(Sheet *sheet, const char *text)
{
    sheet->has_text = !zp_text_is_blank(text, strlen(text));
    zp_number_format_text(format_of(sheet), text, sheet->shown);
}

static bool parse_index(const char *text, guint64 *index)
{
    char *end;
    *index = g_ascii_strtoull(text, &end, 10);
    bool is_number = end > text && g_ascii_isdigit(end[-1]) && !strchr(text, '-');
    return is_number && end[strspn(end, " \t\r\n")] == '\0';
}

/* The string that a number refers to. */
static void show_shared(Sheet *sheet)
{
    const GPtrArray *strings = sheet->workbook->strings;
    guint64 index;
    if (parse_index(sheet->value->str, &index) && index < strings->len)
        show_text(sheet, g_ptr_array_index(strings, index));
    else
        zp_xlsx_list_add(&sheet->remarks.astray, sheet->row, sheet->col);
}

static void show_string(Sheet *sheet)
{
    g_autoptr(GString) text = g_string_sized_new(sheet->value->len);
    zp_xlsx_append_text(text, sheet->value->str, sheet->value->len);
    show_text(sheet, text->str);
}

static void show_boolean(Sheet *sheet)
{
    g_string_append(sheet->shown, sheet->value->str[0] == '1' ? "TRUE" : "FALSE");
}

/* An ISO date: midnight is not shown. */
static void show_date(Sheet *sheet)
{
    const char *midnight = strstr(sheet->value->str, "T00:00:00");
    gsize length = midnight ? (gsize)(midnight - sheet->value->str) : sheet->value->len;
    g_string_append_len(sheet->shown, sheet->value->str, (gssize)length);
}

static void show_error(Sheet *sheet)
{
    g_string_append(sheet->shown, sheet->value->str);
}

static void show_number(Sheet *sheet)
{
    sheet->has_text = true;
    if (!zp_number_format_apply(format_of(sheet), sheet->value->str, sheet->value->len,
                                sheet->workbook->is_1904, sheet->shown))
        g_string_append(sheet->shown, sheet->value->str);
}

static const struct {
    const char *type;
    void (*show)(Sheet *sheet);
} TYPES[] = {
    {"", show_number},    {"n", show_number},  {"s", show_shared}, {"inlineStr", show_string},
    {"str", show_string}, {"b", show_boolean}, {"d", show_date},   {"e", show_error},
};

/* What the cell shows; a type that is not known is taken as a string. */
static void show(Sheet *sheet)
{
    g_string_truncate(sheet->shown, 0);
    for (guint i = 0; i < G_N_ELEMENTS(TYPES); i++) {
        if (strcmp(TYPES[i].type, sheet->type) == 0) {
            TYPES[i].show(sheet);
            return;
        }
    }
    show_string(sheet);
}

/* A formula whose result is the empty string has a value of that type. */
static bool is_uncomputed(const Sheet *sheet)
{
    return sheet->has_formula && !(sheet->has_value && strcmp(sheet->type, "str") == 0);
}

static void note_row(Sheet *sheet, guint32 row)
{
    ZpXlsxList *rows = &sheet->remarks.hidden_rows;
    if (sheet->row_is_hidden && (!rows->count || rows->last_row != row))
        zp_xlsx_list_add(rows, row, 0);
}

static void add_cell(Sheet *sheet)
{
    Shown cell = {.row = sheet->row,
                  .col = sheet->col,
                  .text = g_string_chunk_insert_len(sheet->workbook->document->strings,
                                                    sheet->shown->str, (gssize)sheet->shown->len),
                  .length = (guint32)sheet->shown->len};
    g_array_append_val(sheet->cells, cell);
    const ZpDocument *document = sheet->workbook->document;
    if (sheet->cells->len > zp_limits_get(&document->limits, ZP_BOUND_CELLS))
        zp_document_set_full(document, sheet->error);
    if (cell.col < ZP_LIMIT_COLUMNS)
        sheet->col_is_used[cell.col] = true;
    note_row(sheet, cell.row);
}

static void end_cell(Sheet *sheet)
{
    sheet->in_cell = sheet->in_value = false;
    if (!sheet->value->len) {
        if (is_uncomputed(sheet))
            zp_xlsx_list_add(&sheet->remarks.uncomputed, sheet->row, sheet->col);
        return;
    }
    show(sheet);
    sheet->remarks.formulas += sheet->has_formula;
    if (!zp_text_is_blank(sheet->shown->str, sheet->shown->len))
        add_cell(sheet);
    else if (sheet->has_text)
        zp_xlsx_list_add(&sheet->remarks.masked, sheet->row, sheet->col);
}

static void end_element(gpointer data, guint token)
{
    Sheet *sheet = data;
    if (token == CELL)
        end_cell(sheet);
    else if (token == ROW)
        sheet->in_row = false;
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
            zp_xlsx_remark_covered(sheet->workbook, title, cell->row, cell->col, cell->text);
        else
            done = emit_cell(sheet, table, &layer, cell);
    }
    return done;
}

/* Only columns that hold something are worth a word. */
static void note_columns(Sheet *sheet)
{
    for (guint32 col = 0; col < ZP_LIMIT_COLUMNS; col++) {
        if (sheet->col_is_hidden[col] && sheet->col_is_used[col])
            zp_xlsx_list_add(&sheet->remarks.hidden_cols, 0, col);
    }
}

static bool read_sheet(Sheet *sheet, GBytes *part, const char *name)
{
    static const ZpXmlName NAMES[] = {{ZP_XML_SHEET, "worksheet", WORKSHEET},
                                      {ZP_XML_SHEET, "col", COL},
                                      {ZP_XML_SHEET, "row", ROW},
                                      {ZP_XML_SHEET, "c", CELL},
                                      {ZP_XML_SHEET, "v", VALUE},
                                      {ZP_XML_SHEET, "f", FORMULA},
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
    g_autoptr(GString) value = g_string_new(NULL);
    g_autoptr(GString) shown = g_string_new(NULL);
    Sheet sheet = {.workbook = workbook,
                   .cells = cells,
                   .merges = merges,
                   .value = value,
                   .shown = shown,
                   .error = error};
    ZpTable *table = zp_document_add_table(workbook->document, ZP_TABLE_CELLS);
    table->has_spans = true;
    if (!read_sheet(&sheet, part, name))
        return false;
    sort_places(cells, sizeof(Shown));
    sort_places(merges, sizeof(Range));
    note_columns(&sheet);
    sheet.remarks.is_hidden = is_hidden && cells->len;
    zp_xlsx_remark(workbook, title, &sheet.remarks);
    return emit_cells(&sheet, table, title);
}
