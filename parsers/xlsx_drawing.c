/*
 * xlsx_drawing.c - what stands in the text boxes of a sheet.
 *
 *     xdr:wsDr ─ … ─ xdr:txBody ─ a:p ─ a:r ─ a:t        a line a paragraph
 *
 * Text boxes lie over the cells, so they belong to no row: their paragraphs become lines behind the
 * sheet's table.  Charts and pictures are other parts and not read.
 */
#include "base/error.h"
#include "base/limits.h"
#include "parsers/ooxml_xml.h"
#include "parsers/xlsx_private.h"

enum { PARAGRAPH = 1, TEXT, BREAK };

typedef struct {
    ZpDocument *document;
    ZpTable *lines; /* (nullable) made with the first one */
    GString *text;
    bool in_text;
    GError **error;
} Drawing;

static void end_line(Drawing *drawing)
{
    GString *text = drawing->text;
    ZpCell cell = {.text = text->str, .length = (guint32)text->len, .row_span = 1, .col_span = 1};
    if (!zp_text_is_blank(text->str, text->len) && !*drawing->error) {
        if (!drawing->lines)
            drawing->lines = zp_document_add_table(drawing->document, ZP_TABLE_LINES);
        cell.row = drawing->lines->n_rows;
        zp_document_add_cell(drawing->document, drawing->lines, &cell, drawing->error);
    }
    g_string_truncate(text, 0);
}

static bool start_element(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Drawing *drawing = data;
    (void)attributes;
    if (token == BREAK)
        g_string_append_c(drawing->text, '\n');
    drawing->in_text = token == TEXT;
    return true;
}

static void end_element(gpointer data, guint token)
{
    Drawing *drawing = data;
    drawing->in_text = false;
    if (token == PARAGRAPH)
        end_line(drawing);
}

static void take_characters(gpointer data, const char *text, gsize length)
{
    Drawing *drawing = data;
    if (!drawing->in_text)
        return;
    g_string_append_len(drawing->text, text, (gssize)length);
    if (drawing->text->len > ZP_LIMIT_CELL_BYTES && !*drawing->error)
        zp_error_set(drawing->error, ZP_ERROR_LIMIT,
                     "超过 ZP_LIMIT_CELL_BYTES（一个单元格 %u 字节）的上限",
                     "over ZP_LIMIT_CELL_BYTES (%u bytes in a cell)", ZP_LIMIT_CELL_BYTES);
}

bool zp_xlsx_drawing(ZpDocument *document, GBytes *part, const char *name, GError **error)
{
    static const ZpXmlName NAMES[] = {{ZP_XML_DRAWING, "p", PARAGRAPH},
                                      {ZP_XML_DRAWING, "t", TEXT},
                                      {ZP_XML_DRAWING, "br", BREAK},
                                      {0}};
    static const ZpXmlHandler HANDLER = {NAMES, start_element, end_element, take_characters};
    g_autoptr(GString) text = g_string_new(NULL);
    Drawing drawing = {.document = document, .text = text, .error = error};
    return zp_xml_parse_within(part, name, &HANDLER, &drawing, &document->limits, error);
}
