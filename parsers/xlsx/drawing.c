/*
 * drawing.c - what stands in the text boxes of a sheet.
 *
 *     xdr:wsDr ─ … ─ xdr:txBody ─ a:p ─ a:r ─ a:t        a line a paragraph
 *
 * Text boxes lie over the cells, so they belong to no row: their paragraphs become lines behind the
 * sheet's table.  Charts and pictures are other parts, not read, and said; so is what lies over cells that hold
 * something.
 */
#include "base/error.h"
#include "base/limits.h"
#include "parsers/ooxml/xml.h"
#include "parsers/xlsx/private.h"

#include <string.h>

enum { PARAGRAPH = 1, TEXT, BREAK, ANCHOR, FROM, TO, COLUMN, ROW, PICTURE, FRAME };

typedef struct {
    ZpDocument *document;
    ZpTable *lines; /* (nullable) made with the first one */
    GString *text;
    bool in_text;
    const ZpTable *sheet;   /* (nullable) whose drawing it is */
    guint32 from[2], to[2]; /* column and row of the corners of the anchor under way */
    guint corner, axis;     /* tokens: the corner under way, the number of it; 0: none */
    GString *number;
    bool is_said; /* of the anchor under way: that it lies over cells */
    ZpXlsxList pictures, charts, over;
    GError **error;
} Drawing;

/* Whether cells that hold something lie under the drawing under way. */
static bool covers_cells(const Drawing *drawing)
{
    const GArray *cells = drawing->sheet ? drawing->sheet->cells : NULL;
    guint32 last_col = MAX(drawing->to[0], drawing->from[0] + 1);
    guint32 last_row = MAX(drawing->to[1], drawing->from[1] + 1);
    for (guint k = 0; cells && k < cells->len; k++) {
        const ZpCell *cell = &g_array_index(cells, ZpCell, k);
        if (cell->length && cell->row + cell->row_span > drawing->from[1] && cell->row < last_row &&
            cell->col + cell->col_span > drawing->from[0] && cell->col < last_col)
            return true;
    }
    return false;
}

/* A text box over cells: which of the two a person reads cannot be said. */
static void note_over(Drawing *drawing)
{
    if (drawing->is_said || (drawing->over.count < ZP_XLSX_LISTED_MAX && !covers_cells(drawing)))
        return;
    drawing->is_said = true;
    zp_xlsx_list_add(&drawing->over, drawing->from[1], drawing->from[0]);
}

static void end_line(Drawing *drawing)
{
    GString *text = drawing->text;
    ZpCell cell = {.text = text->str, .length = (guint32)text->len, .row_span = 1, .col_span = 1};
    if (!zp_text_is_blank(text->str, text->len) && !*drawing->error) {
        note_over(drawing);
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
    drawing->in_text = token == TEXT;
    if (token == BREAK)
        g_string_append_c(drawing->text, '\n');
    else if (token == ANCHOR) {
        memset(drawing->from, 0, sizeof drawing->from);
        memset(drawing->to, 0, sizeof drawing->to);
        drawing->is_said = false;
    } else if (token == FROM || token == TO)
        drawing->corner = token;
    else if ((token == COLUMN || token == ROW) && drawing->corner) {
        drawing->axis = token;
        g_string_truncate(drawing->number, 0);
    } else if (token == PICTURE)
        zp_xlsx_list_add(&drawing->pictures, drawing->from[1], drawing->from[0]);
    else if (token == FRAME)
        zp_xlsx_list_add(&drawing->charts, drawing->from[1], drawing->from[0]);
    return true;
}

static void end_element(gpointer data, guint token)
{
    Drawing *drawing = data;
    drawing->in_text = false;
    if (token == PARAGRAPH)
        end_line(drawing);
    else if (token == drawing->corner)
        drawing->corner = 0;
    else if (token == drawing->axis) {
        guint32 *corner = drawing->corner == FROM ? drawing->from : drawing->to;
        corner[token == ROW] =
            (guint32)MIN(g_ascii_strtoull(drawing->number->str, NULL, 10), ZP_XLSX_ROWS_MAX);
        drawing->axis = 0;
    }
}

static void take_characters(gpointer data, const char *text, gsize length)
{
    Drawing *drawing = data;
    if (drawing->axis && drawing->number->len + length < 20)
        g_string_append_len(drawing->number, text, (gssize)length);
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
                                      {ZP_XML_DRAWING_PLACE, "twoCellAnchor", ANCHOR},
                                      {ZP_XML_DRAWING_PLACE, "oneCellAnchor", ANCHOR},
                                      {ZP_XML_DRAWING_PLACE, "absoluteAnchor", ANCHOR},
                                      {ZP_XML_DRAWING_PLACE, "from", FROM},
                                      {ZP_XML_DRAWING_PLACE, "to", TO},
                                      {ZP_XML_DRAWING_PLACE, "col", COLUMN},
                                      {ZP_XML_DRAWING_PLACE, "row", ROW},
                                      {ZP_XML_DRAWING_PLACE, "pic", PICTURE},
                                      {ZP_XML_DRAWING_PLACE, "graphicFrame", FRAME},
                                      {0}};
    static const ZpXmlHandler HANDLER = {
        .names = NAMES, .start = start_element, .end = end_element, .text = take_characters};
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) number = g_string_new(NULL);
    Drawing drawing = {.document = document, .text = text, .number = number, .error = error};
    if (document->tables->len)
        drawing.sheet = g_ptr_array_index(document->tables, document->tables->len - 1);
    bool done = zp_xml_parse_within(part, name, &HANDLER, &drawing, &document->limits, error);
    if (done)
        zp_xlsx_remark_drawn(document, drawing.sheet ? drawing.sheet->number : 0, &drawing.pictures,
                             &drawing.charts, &drawing.over);
    return done;
}
