/*
 * xlsx.c - Excel workbooks: which sheets there are, in their order.
 *
 *     xl/workbook.xml   <sheet name="表1" state="hidden" r:id="rId1"/>
 *     its relationships rId1 → xl/worksheets/sheet1.xml; styles; sharedStrings
 *
 * Every worksheet is a table with the number of its place among them, rows and columns as in the
 * sheet; what of it is hidden is left out and said.  What stands in its text boxes follows it as lines.
 * Charts, pictures, comments, and headers and footers of the printed page are said; macros are not read.
 *
 * Source: ECMA-376 part 1, 18.2.
 */
#include "parsers/xlsx/xlsx.h"

#include "parsers/kinds.h"
#include "parsers/mark.h"
#include "parsers/ooxml/beside.h"
#include "parsers/ooxml/xml.h"
#include "parsers/xlsx/drawing.h"

#define KIND "Excel 工作簿（.xlsx）", "an Excel workbook (.xlsx)"

enum { LIST = 1, LIST_STYLE };

static GBytes *shared_part(const ZpXlsxBook *reader, const char *type, const char **name)
{
    *name = zp_package_related(reader->package, reader->name, type);
    return *name ? zp_package_part(reader->package, *name) : NULL;
}

static bool read_drawing(const ZpXlsxBook *reader, const ZpXlsxSheetRow *row, const ZpXlsxLay *lay,
                         ZpDocument *document, GError **error)
{
    const char *name = zp_package_related(reader->package, row->part, "drawing");
    GBytes *part = name ? zp_package_part(reader->package, name) : NULL;
    return !part || zp_xlsx_drawing(document, lay, part, name, error);
}

/* A list of a sheet: where it stands, and by the name of its style how it looks. */
static bool start_list(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    GArray *lists = data;
    gsize length;
    const char *text = zp_xml_attribute(attributes, "ref", &length);
    ZpXlsxRange list = {0};
    if (token == LIST && text && zp_xlsx_range_parse(text, length, &list))
        g_array_append_val(lists, list);
    ZpXlsxRange *last = lists->len ? &g_array_index(lists, ZpXlsxRange, lists->len - 1) : NULL;
    if (token == LIST_STYLE && last && !last->text)
        last->text = zp_xml_dup(attributes, "name");
    return true;
}

static void list_clear(gpointer data)
{
    g_free((char *)((ZpXlsxRange *)data)->text);
}

static GArray *read_lists(const ZpXlsxBook *reader, const ZpXlsxSheetRow *row)
{
    static const ZpXmlName NAMES[] = {
        {ZP_XML_SHEET, "table", LIST}, {ZP_XML_SHEET, "tableStyleInfo", LIST_STYLE}, {0}};
    static const ZpXmlHandler HANDLER = {.names = NAMES, .start = start_list};
    GArray *lists = g_array_new(FALSE, FALSE, sizeof(ZpXlsxRange));
    const char *name;
    g_array_set_clear_func(lists, list_clear);
    for (guint next = 0;
         (name = zp_package_next_related(reader->package, row->part, "table", &next));) {
        GBytes *part = zp_package_part(reader->package, name);
        if (part)
            zp_xml_parse(part, name, &HANDLER, lists, NULL);
    }
    return lists;
}

static bool read_sheet(const ZpXlsxBook *reader, const ZpXlsxSheetRow *row,
                       const ZpWorkbook *workbook, GError **error)
{
    GBytes *part =
        zp_package_require(reader->package, row->part ? row->part : "xl/worksheets", error);
    if (!part)
        return false;
    g_autoptr(GArray) lists = read_lists(reader, row);
    g_auto(ZpXlsxLay) lay = {.lists = lists, .sheet_is_hidden = row->is_hidden};
    zp_xlsx_lay_init(&lay);
    bool done = zp_xlsx_sheet(workbook, part, row->part, row->title ? row->title : "", &lay, error);
    /* Comments of cells: of a sheet that is hidden nobody sees any. */
    static const ZpBesideKind COMMENTS[] = {{"comments", "批注", "a comment"}, {0}};
    const ZpPlace at = {.table = workbook->document->n_tables};
    if (done && !row->is_hidden)
        zp_beside_parts(reader->package, row->part, COMMENTS, &at, workbook->document);
    return done && read_drawing(reader, row, &lay, workbook->document, error);
}

static bool read_sheets(const ZpXlsxBook *reader, ZpWorkbook *workbook, GError **error)
{
    const char *name;
    GBytes *part = shared_part(reader, "sharedStrings", &name);
    g_autoptr(GArray) strings = zp_xlsx_strings(part, name, error);
    if (!strings)
        return false;
    const char *theme_name;
    GBytes *theme = shared_part(reader, "theme", &theme_name);
    part = shared_part(reader, "styles", &name);
    g_autoptr(ZpXlsxStyles) styles = zp_xlsx_styles_new(part, name, theme, theme_name, error);
    if (!styles)
        return false;
    workbook->strings = strings;
    workbook->styles = styles;
    for (guint i = 0; i < reader->sheets->len; i++) {
        if (!read_sheet(reader, &g_array_index(reader->sheets, ZpXlsxSheetRow, i), workbook, error))
            return false;
    }
    return true;
}

static void note_others(const ZpXlsxBook *reader, ZpDocument *document)
{
    if (!reader->others)
        return;
    g_autofree char *zh =
        g_strdup_printf("有 %u 个工作表不是由单元格组成的（图表、宏等），没有读取", reader->others);
    g_autofree char *en =
        g_strdup_printf("%u sheets of charts, dialogs or macros were not read", reader->others);
    zp_document_add_note(document, ZP_LOSS_LOST_CONTENT, &(ZpPlace){0}, zh, en);
}

static ZpDocument *read_book(const ZpXlsxBook *reader, const ZpLimits *limits, GError **error)
{
    g_autoptr(ZpDocument) document = zp_document_new_within(limits);
    ZpWorkbook workbook = {.document = document,
                           .is_1904 = reader->is_1904,
                           .is_computed_anew = reader->is_computed_anew};
    note_others(reader, document);
    return read_sheets(reader, &workbook, error) ? g_steal_pointer(&document) : NULL;
}

static ZpDocument *read_package(ZpPackage *package, const ZpLimits *limits, GError **error)
{
    ZpXlsxBook reader;
    ZpDocument *document =
        zp_xlsx_book_load(package, &reader, error) ? read_book(&reader, limits, error) : NULL;
    zp_xlsx_book_clear(&reader);
    return document;
}

static ZpDocument *read_xlsx(GBytes *input, const ZpReadOptions *options, GError **error)
{
    g_autoptr(GError) own = NULL; /* the events need one to look at */
    g_autoptr(ZpPackage) package = zp_package_open(input, KIND, &own);
    ZpDocument *document =
        package ? read_package(package, options ? options->limits : NULL, &own) : NULL;
    if (own)
        g_propagate_error(error, g_steal_pointer(&own));
    return document;
}

static int probe_xlsx(GBytes *head)
{
    return zp_kind_is(head, "xlsx") ? 90 : zp_kind_is(head, "ooxml") ? ZP_PROBE_SURE : 0;
}

static const char *const SUFFIXES[] = {".xlsx", ".xlsm", ".xltx", NULL};

const ZpParser zp_xlsx_parser = {
    .name = "xlsx",
    .zh = "Excel（.xlsx）",
    .en = "Excel (.xlsx)",
    .suffixes = SUFFIXES,
    .probe = probe_xlsx,
    .read = read_xlsx,
    .write_cell = &zp_xlsx_cells,
    .mark = zp_mark_xlsx,
    .cost = {620, 370},
};
