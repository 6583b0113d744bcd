/*
 * sheet.c - one worksheet: its cells in order, merged ranges behind them.
 *
 *     <row r="6" hidden="1"><c r="B6" s="3" t="s"><f>…</f><v>12</v></c></row>
 *     <mergeCell ref="A1:I1"/>
 *
 * What a cell shows is cell.c's to say.  Only cells with something to show are kept, so a sheet whose styles reach down to row 1,048,576
 * costs its XML and no more; lay.c puts them into the table.  A formula's cell shows its stored result; where
 * it has none, nothing is computed, and a loss names the place.  Cells that do not stand in a row of the sheet's
 * data (in an extension list, in row 0) are not read.
 *
 * Source: ECMA-376 part 1, 18.3.
 */
#include "base/error.h"
#include "base/limits.h"
#include "parsers/ooxml/beside.h"
#include "parsers/ooxml/xml.h"
#include "parsers/xlsx/cell.h"

#include <string.h>

enum {
    COL = 1,
    ROW,
    CELL,
    VALUE,
    FORMULA,
    MERGE,
    WORKSHEET,
    DATA,
    VIEW,
    SIZES,
    PAGE_HEADER,
    PAGE_FOOTER,
};

/* What stands where no sheet has it is left out with all that it holds. */
static bool misplace(ZpXlsxSheet *sheet)
{
    zp_xlsx_list_add(&sheet->remarks.misplaced, sheet->row, sheet->col);
    return false;
}

/* A row says its number, from 1; one that says none is the next. */
static bool start_row(ZpXlsxSheet *sheet, const ZpXmlAttributes *attributes)
{
    if (sheet->in_row || sheet->in_cell || !sheet->in_data)
        return misplace(sheet);
    guint number = zp_xml_number(attributes, "r", sheet->next_row + 1);
    if (!number)
        return misplace(sheet);
    sheet->row = MIN(number, ZP_XLSX_ROWS_MAX) - 1;
    sheet->next_row = MIN(sheet->row + 1, ZP_XLSX_ROWS_MAX - 1);
    sheet->col = sheet->next_col = 0;
    gint height = zp_xlsx_parts(attributes, "ht", 100, sheet->rows_are_flat ? 0 : G_MAXINT);
    if (zp_xml_flag(attributes, "hidden", false) || height <= ZP_XLSX_HEIGHT_MIN)
        g_array_append_val(sheet->lay->hidden_rows, sheet->row);
    sheet->in_row = true;
    return true;
}

static bool start_cell(ZpXlsxSheet *sheet, const ZpXmlAttributes *attributes)
{
    if (!sheet->in_row || sheet->in_cell)
        return misplace(sheet);
    gsize length;
    const char *reference = zp_xml_attribute(attributes, "r", &length);
    const char *p = reference;
    sheet->col = sheet->next_col;
    if (reference && !zp_xlsx_place_parse(&p, reference + length, &sheet->row, &sheet->col))
        return misplace(sheet);
    sheet->next_row = MIN(sheet->row + 1, ZP_XLSX_ROWS_MAX - 1);
    sheet->next_col = MIN(sheet->col + 1, ZP_XLSX_COLS_MAX - 1);
    const char *type = zp_xml_attribute(attributes, "t", &length);
    zp_xlsx_cell_begin(sheet, zp_xml_number(attributes, "s", 0), type, type ? length : 0);
    sheet->has_picture = zp_xml_attribute(attributes, "vm", &length) != NULL;
    return true;
}

static void read_merge(ZpXlsxSheet *sheet, const ZpXmlAttributes *attributes)
{
    ZpXlsxRange range = {0};
    gsize length;
    const char *text = zp_xml_attribute(attributes, "ref", &length);
    if (text && zp_xlsx_range_parse(text, length, &range))
        g_array_append_val(sheet->lay->merges, range);
}

static void read_column(ZpXlsxSheet *sheet, const ZpXmlAttributes *attributes)
{
    guint first = zp_xml_number(attributes, "min", 1),
          last = zp_xml_number(attributes, "max", first);
    gint width = zp_xlsx_parts(attributes, "width", 100, G_MAXINT);
    bool is_hidden = zp_xml_flag(attributes, "hidden", false) || width <= ZP_XLSX_WIDTH_MIN;
    if (first && (is_hidden || width != G_MAXINT))
        zp_xlsx_lay_hide_columns(sheet->lay, first - 1, last, is_hidden);
}

/* What holds for rows and columns that do not say their own. */
static void read_sizes(ZpXlsxSheet *sheet, const ZpXmlAttributes *attributes)
{
    sheet->rows_are_flat =
        zp_xlsx_parts(attributes, "defaultRowHeight", 100, G_MAXINT) <= ZP_XLSX_HEIGHT_MIN;
    if (zp_xlsx_parts(attributes, "defaultColWidth", 100, G_MAXINT) <= ZP_XLSX_WIDTH_MIN)
        zp_xlsx_lay_hide_columns(sheet->lay, 0, ZP_LIMIT_COLUMNS, true);
}

static void read_view(ZpXlsxSheet *sheet, const ZpXmlAttributes *attributes)
{
    sheet->shows_no_zero = !zp_xml_flag(attributes, "showZeros", true);
    sheet->remarks.shows_formulas |= zp_xml_flag(attributes, "showFormulas", false);
}

static bool start_element(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    ZpXlsxSheet *sheet = data;
    switch (token) {
    case WORKSHEET:
        sheet->is_worksheet = true;
        break;
    case DATA:
        sheet->in_data = true;
        break;
    case VIEW:
        read_view(sheet, attributes);
        break;
    case SIZES:
        read_sizes(sheet, attributes);
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
    case PAGE_HEADER:
    case PAGE_FOOTER:
        sheet->in_page_text = !sheet->in_cell;
        g_string_truncate(sheet->page_text, 0);
        break;
    case FORMULA:
        sheet->has_formula = sheet->in_cell;
        return !sheet->in_cell;
    case VALUE:
        sheet->in_value = sheet->has_value = sheet->in_cell;
        break;
    default:
        if (token >= ZP_XLSX_FONT_COLOUR)
            return !sheet->in_cell || zp_xlsx_rich_start(&sheet->rich, token, attributes);
        break;
    }
    return true;
}

/* Behind a code of a header: &P, &"宋体,常规", &12, &K01+000. */
static const char *behind_code(const char *p)
{
    if (*p == '"') {
        const char *close = strchr(p + 1, '"');
        return close ? close + 1 : p + strlen(p);
    }
    if (*p == 'K') {
        gsize most = strcspn(p, "&");
        return p + MIN(most, 7);
    }
    gsize digits = strspn(p, "0123456789");
    return digits ? p + digits : *p ? g_utf8_next_char(p) : p;
}

void zp_xlsx_page_text(const ZpXlsxSheet *sheet, const char *text, bool is_header)
{
    static const ZpBesideKind HEADER = {"", "打印页眉", "a header of the printed page"},
                              FOOTER = {"", "打印页脚", "a footer of the printed page"};
    const ZpPlace at = {.table = sheet->workbook->document->n_tables};
    g_autoptr(GString) words = g_string_new(NULL);
    for (const char *p = text; *p;) {
        gsize plain = strcspn(p, "&");
        g_string_append_len(words, p, (gssize)plain);
        p += plain;
        if (*p && p[1] != '&')
            g_string_append_c(words, ' ');
        if (*p && p[1] == '&')
            g_string_append_c(words, '&');
        if (*p)
            p = p[1] == '&' ? p + 2 : behind_code(p + 1);
    }
    if (!sheet->lay->sheet_is_hidden)
        zp_beside_note(is_header ? &HEADER : &FOOTER, words->str, words->len, &at,
                       sheet->workbook->document);
}

static void end_element(gpointer data, guint token)
{
    ZpXlsxSheet *sheet = data;
    if ((token == PAGE_HEADER || token == PAGE_FOOTER) && sheet->in_page_text) {
        sheet->in_page_text = false;
        zp_xlsx_page_text(sheet, sheet->page_text->str, token == PAGE_HEADER);
    } else if (token == CELL)
        zp_xlsx_cell_end(sheet);
    else if (token == ROW)
        sheet->in_row = false;
    else if (token == DATA)
        sheet->in_data = false;
    else if (token == VALUE)
        sheet->in_value = false;
    else if (token >= ZP_XLSX_FONT_COLOUR && sheet->in_cell)
        zp_xlsx_rich_end(&sheet->rich, token);
}

static void take_characters(gpointer data, const char *text, gsize length)
{
    ZpXlsxSheet *sheet = data;
    GString *out = sheet->in_page_text                     ? sheet->page_text
                   : sheet->in_value                       ? sheet->value
                   : sheet->in_cell && sheet->rich.in_text ? sheet->rich.raw
                                                           : NULL;
    if (!out)
        return;
    g_string_append_len(out, text, (gssize)length);
    if (out->len + sheet->rich.text->len > ZP_LIMIT_CELL_BYTES && !*sheet->error)
        zp_error_set(sheet->error, ZP_ERROR_LIMIT,
                     "超过 ZP_LIMIT_CELL_BYTES（一个单元格 %u 字节）的上限",
                     "over ZP_LIMIT_CELL_BYTES (%u bytes in a cell)", ZP_LIMIT_CELL_BYTES);
}

/* What stands in mark-up that no program shows. */
static void take_unseen(gpointer data, const char *text, gsize length)
{
    zp_xlsx_cell_say(data, ZP_XLSX_FOREIGN, text, length);
}

static void take_byte(gpointer data, guint32 byte)
{
    ((ZpXlsxSheet *)data)->byte = byte;
}

static bool read_sheet(ZpXlsxSheet *sheet, GBytes *part, const char *name)
{
    static const ZpXmlName NAMES[] = {{ZP_XML_SHEET, "worksheet", WORKSHEET},
                                      {ZP_XML_SHEET, "sheetView", VIEW},
                                      {ZP_XML_SHEET, "sheetFormatPr", SIZES},
                                      {ZP_XML_SHEET, "col", COL},
                                      {ZP_XML_SHEET, "sheetData", DATA},
                                      {ZP_XML_SHEET, "row", ROW},
                                      {ZP_XML_SHEET, "c", CELL},
                                      {ZP_XML_SHEET, "v", VALUE},
                                      {ZP_XML_SHEET, "f", FORMULA},
                                      {ZP_XML_SHEET, "mergeCell", MERGE},
                                      {ZP_XML_SHEET, "oddHeader", PAGE_HEADER},
                                      {ZP_XML_SHEET, "evenHeader", PAGE_HEADER},
                                      {ZP_XML_SHEET, "firstHeader", PAGE_HEADER},
                                      {ZP_XML_SHEET, "oddFooter", PAGE_FOOTER},
                                      {ZP_XML_SHEET, "evenFooter", PAGE_FOOTER},
                                      {ZP_XML_SHEET, "firstFooter", PAGE_FOOTER},
                                      ZP_XLSX_RICH_NAMES,
                                      {0}};
    static const ZpXmlHandler HANDLER = {.names = NAMES,
                                         .start = start_element,
                                         .end = end_element,
                                         .text = take_characters,
                                         .unseen = take_unseen,
                                         .place = take_byte};
    if (!zp_xml_parse_within(part, name, &HANDLER, sheet, &sheet->workbook->document->limits,
                             sheet->error))
        return false;
    if (!sheet->is_worksheet)
        zp_error_set(sheet->error, ZP_ERROR_DAMAGED, "部件 %s 不是工作表；请用原来的软件打开后另存",
                     "the part %s is no worksheet; open and save the file anew", name);
    return sheet->is_worksheet;
}

ZpTable *zp_xlsx_sheet_begin(ZpXlsxSheet *sheet, ZpXlsxLay *lay, const ZpWorkbook *workbook,
                             const char *title, GError **error)
{
    *sheet = (ZpXlsxSheet){.workbook = workbook,
                           .lay = lay,
                           .value = g_string_new(NULL),
                           .shown = g_string_new(NULL),
                           .stored = g_string_new(NULL),
                           .page_text = g_string_new(NULL),
                           .error = error};
    zp_xlsx_rich_init(&sheet->rich);
    ZpTable *table = zp_document_add_table(workbook->document, ZP_TABLE_CELLS);
    table->has_spans = true;
    table->title = g_string_chunk_insert(workbook->document->strings, title);
    return table;
}

bool zp_xlsx_sheet_lay(ZpXlsxSheet *sheet, ZpTable *table)
{
    bool done = zp_xlsx_lay_emit(sheet->workbook, sheet->lay, table, &sheet->remarks, sheet->error);
    if (done)
        zp_xlsx_remark(sheet->workbook, table->title, &sheet->remarks);
    return done;
}

void zp_xlsx_sheet_clear(ZpXlsxSheet *sheet)
{
    g_string_free(sheet->value, TRUE);
    g_string_free(sheet->shown, TRUE);
    g_string_free(sheet->stored, TRUE);
    g_string_free(sheet->page_text, TRUE);
    zp_xlsx_conditions_free(sheet->conditions);
    zp_xlsx_rich_clear(&sheet->rich);
}

bool zp_xlsx_sheet(const ZpWorkbook *workbook, GBytes *part, const char *name, const char *title,
                   ZpXlsxLay *lay, GError **error)
{
    ZpXlsxSheet sheet;
    ZpTable *table = zp_xlsx_sheet_begin(&sheet, lay, workbook, title, error);
    sheet.conditions = zp_xlsx_conditions_read(workbook, part, name);
    bool done = read_sheet(&sheet, part, name) && zp_xlsx_sheet_lay(&sheet, table);
    zp_xlsx_sheet_clear(&sheet);
    return done;
}
