/*
 * drawing.c - what stands in the text boxes of a sheet.
 *
 *     xdr:wsDr ─ … ─ xdr:txBody ─ a:p ─ a:r ─ a:t        a line a paragraph
 *
 * Text boxes lie over the cells, so they belong to no row: their paragraphs become lines behind the
 * sheet's table.  Charts and pictures are other parts, not read, and said; so is what lies over cells that hold
 * something.
 */
#include "parsers/xlsx/drawing.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/ooxml/xml.h"

#include <string.h>

enum { PARAGRAPH = 1, TEXT, BREAK, ANCHOR, FROM, TO, COLUMN, ROW, PICTURE, FRAME };

typedef struct {
    ZpXlsxDrawn drawn;
    GString *text;
    bool in_text;
    guint corner, axis; /* tokens: the corner under way, the number of it; 0: none */
    GString *number;
    GError **error;
} Drawing;

/* Whether cells that hold something lie under the drawing under way. */
static bool covers_cells(const ZpXlsxDrawn *drawn)
{
    const GArray *cells = drawn->sheet ? drawn->sheet->cells : NULL;
    guint32 last_col = MAX(drawn->to[0], drawn->from[0] + 1);
    guint32 last_row = MAX(drawn->to[1], drawn->from[1] + 1);
    for (guint k = 0; cells && k < cells->len; k++) {
        const ZpCell *cell = &g_array_index(cells, ZpCell, k);
        if (cell->length && cell->row + cell->row_span > drawn->from[1] && cell->row < last_row &&
            cell->col + cell->col_span > drawn->from[0] && cell->col < last_col)
            return true;
    }
    return false;
}

/* A text box over cells: which of the two a person reads cannot be said. */
static void note_over(ZpXlsxDrawn *drawn)
{
    if (drawn->is_said || (drawn->over.count < ZP_XLSX_LISTED_MAX && !covers_cells(drawn)))
        return;
    drawn->is_said = true;
    zp_xlsx_list_add(&drawn->over, drawn->from[1], drawn->from[0]);
}

ZpXlsxDrawn zp_xlsx_drawn_begin(ZpDocument *document, bool is_hidden)
{
    ZpXlsxDrawn drawn = {.document = document, .is_hidden = is_hidden};
    if (document->tables->len)
        drawn.sheet = g_ptr_array_index(document->tables, document->tables->len - 1);
    return drawn;
}

void zp_xlsx_drawn_line(ZpXlsxDrawn *drawn, const char *text, gsize length, GError **error)
{
    ZpCell cell = {.text = text, .length = (guint32)length, .row_span = 1, .col_span = 1};
    if (zp_text_is_blank(text, length))
        return;
    if (drawn->is_hidden) {
        text = g_string_chunk_insert_len(drawn->document->strings, text, (gssize)length);
        zp_xlsx_list_text(&drawn->unseen, drawn->from[1], drawn->from[0], text);
        return;
    }
    note_over(drawn);
    if (!drawn->lines)
        drawn->lines = zp_document_add_table(drawn->document, ZP_TABLE_LINES);
    cell.row = drawn->lines->n_rows;
    zp_document_add_cell(drawn->document, drawn->lines, &cell, error);
}

static void end_line(Drawing *drawing)
{
    GString *text = drawing->text;
    if (!*drawing->error)
        zp_xlsx_drawn_line(&drawing->drawn, text->str, text->len, drawing->error);
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
        memset(drawing->drawn.from, 0, sizeof drawing->drawn.from);
        memset(drawing->drawn.to, 0, sizeof drawing->drawn.to);
        drawing->drawn.is_said = false;
    } else if (token == FROM || token == TO)
        drawing->corner = token;
    else if ((token == COLUMN || token == ROW) && drawing->corner) {
        drawing->axis = token;
        g_string_truncate(drawing->number, 0);
    } else if (token == PICTURE)
        zp_xlsx_list_add(&drawing->drawn.pictures, drawing->drawn.from[1], drawing->drawn.from[0]);
    else if (token == FRAME)
        zp_xlsx_list_add(&drawing->drawn.charts, drawing->drawn.from[1], drawing->drawn.from[0]);
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
        guint32 *corner = drawing->corner == FROM ? drawing->drawn.from : drawing->drawn.to;
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

bool zp_xlsx_drawing(ZpDocument *document, GBytes *part, const char *name, bool is_hidden,
                     GError **error)
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
    Drawing drawing = {.drawn = zp_xlsx_drawn_begin(document, is_hidden),
                       .text = text,
                       .number = number,
                       .error = error};
    bool done = zp_xml_parse_within(part, name, &HANDLER, &drawing, &document->limits, error);
    if (done)
        zp_xlsx_remark_drawn(&drawing.drawn);
    return done;
}
