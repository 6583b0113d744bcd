/*
 * book.c - the workbook itself: its sheets, and the parts that they refer to.
 */
#include "base/error.h"
#include "parsers/ooxml/xml.h"
#include "parsers/xlsx/private.h"

#include <string.h>

enum { WORKBOOK = 1, PROPERTIES, COMPUTING, SHEET };

static void sheet_clear(gpointer data)
{
    ZpXlsxSheetRow *row = data;
    g_free(row->title);
}

static void add_sheet(ZpXlsxBook *reader, const ZpXmlAttributes *attributes)
{
    gsize length = 0;
    const char *id = zp_xml_attribute(attributes, "id", &length), *type = NULL;
    const char *part =
        id ? zp_package_target(reader->package, reader->name, id, length, &type) : NULL;
    if (part && strcmp(type, "worksheet") != 0) {
        reader->others++;
        return;
    }
    ZpXlsxSheetRow row = {.title = zp_xml_dup(attributes, "name"),
                          .part = part,
                          .is_hidden = zp_xml_is(attributes, "state", "hidden") ||
                                       zp_xml_is(attributes, "state", "veryHidden")};
    g_array_append_val(reader->sheets, row);
}

static bool start_element(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    ZpXlsxBook *reader = data;
    if (token == WORKBOOK)
        reader->is_workbook = true;
    else if (token == PROPERTIES)
        reader->is_1904 = zp_xml_flag(attributes, "date1904", false);
    else if (token == COMPUTING)
        reader->is_computed_anew = zp_xml_flag(attributes, "fullCalcOnLoad", false);
    else
        add_sheet(reader, attributes);
    return true;
}

static bool read_workbook(ZpXlsxBook *reader, GError **error)
{
    static const ZpXmlName NAMES[] = {{ZP_XML_SHEET, "workbook", WORKBOOK},
                                      {ZP_XML_SHEET, "workbookPr", PROPERTIES},
                                      {ZP_XML_SHEET, "calcPr", COMPUTING},
                                      {ZP_XML_SHEET, "sheet", SHEET},
                                      {0}};
    static const ZpXmlHandler HANDLER = {.names = NAMES, .start = start_element};
    GBytes *part = zp_package_require(reader->package, reader->name, error);
    if (!part || !zp_xml_parse(part, reader->name, &HANDLER, reader, error))
        return false;
    if (!reader->is_workbook)
        zp_error_set(error, ZP_ERROR_DAMAGED, "部件 %s 不是工作簿；请检查文件的类型",
                     "the part %s is no workbook; check the kind of the file", reader->name);
    return reader->is_workbook;
}

void zp_xlsx_book_clear(ZpXlsxBook *book)
{
    g_clear_pointer(&book->sheets, g_array_unref);
}

/* The workbook first, then all it refers to: the zip is gone through twice. */
bool zp_xlsx_book_load(ZpPackage *package, ZpXlsxBook *reader, GError **error)
{
    *reader = (ZpXlsxBook){.package = package,
                           .name = zp_package_related(package, "", "officeDocument"),
                           .sheets = g_array_new(FALSE, FALSE, sizeof(ZpXlsxSheetRow))};
    g_array_set_clear_func(reader->sheets, sheet_clear);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    if (reader->name)
        g_ptr_array_add(names, (gpointer)reader->name);
    if (!zp_package_load(package, names, error) || !read_workbook(reader, error))
        return false;
    g_ptr_array_set_size(names, 0);
    for (guint i = 0; i < reader->sheets->len; i++) {
        const ZpXlsxSheetRow *row = &g_array_index(reader->sheets, ZpXlsxSheetRow, i);
        const char *drawing = row->part ? zp_package_related(package, row->part, "drawing") : NULL;
        if (row->part)
            g_ptr_array_add(names, (gpointer)row->part);
        if (drawing)
            g_ptr_array_add(names, (gpointer)drawing);
        const char *list;
        for (guint next = 0;
             row->part && (list = zp_package_next_related(package, row->part, "table", &next));)
            g_ptr_array_add(names, (gpointer)list);
    }
    static const char *const SHARED[] = {"sharedStrings", "styles", "theme"};
    for (guint i = 0; i < G_N_ELEMENTS(SHARED); i++) {
        const char *part = zp_package_related(package, reader->name, SHARED[i]);
        if (part)
            g_ptr_array_add(names, (gpointer)part);
    }
    return zp_package_load(package, names, error);
}
