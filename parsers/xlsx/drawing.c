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

enum {
    PARAGRAPH = 1,
    TEXT,
    BREAK,
    ANCHOR,
    FROM,
    TO,
    COLUMN,
    ROW,
    COLUMN_OFFSET,
    ROW_OFFSET,
    PICTURE,
    FRAME,
    SHAPE,
    GROUP,
    PROPERTIES
};

typedef struct {
    ZpXlsxDrawn drawn;
    GString *text;
    bool in_text;
    guint corner, axis; /* tokens: the corner under way, the number of it; 0: none */
    GString *number;
    guint depth, hidden; /* shapes and groups under way; the outermost hidden one, 0: none */
    GError **error;
} Drawing;

/* Whether cells that hold something lie under the drawing under way. */
static bool covers_cells(const ZpXlsxDrawn *drawn)
{
    const GArray *cells = drawn->sheet ? drawn->sheet->cells : NULL;
    guint32 last_col = MAX(drawn->at.to[0], drawn->at.from[0] + 1);
    guint32 last_row = MAX(drawn->at.to[1], drawn->at.from[1] + 1);
    for (guint k = 0; cells && k < cells->len; k++) {
        const ZpCell *cell = &g_array_index(cells, ZpCell, k);
        if (cell->length && cell->row + cell->row_span > drawn->at.from[1] &&
            cell->row < last_row && cell->col + cell->col_span > drawn->at.from[0] &&
            cell->col < last_col)
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
    zp_xlsx_list_add(&drawn->over, drawn->at.from[1], drawn->at.from[0]);
}

ZpXlsxDrawn zp_xlsx_drawn_begin(ZpDocument *document, const ZpXlsxLay *lay)
{
    ZpXlsxDrawn drawn = {.document = document, .lay = lay};
    if (document->tables->len)
        drawn.sheet = g_ptr_array_index(document->tables, document->tables->len - 1);
    return drawn;
}

/* The last column (0) or row (1) that the anchor under way reaches into. */
static guint32 last_of(const ZpXlsxDrawn *drawn, guint axis)
{
    guint32 to = drawn->at.to[axis];
    return MAX(drawn->at.from[axis], to && !drawn->at.enters[axis] ? to - 1 : to);
}

bool zp_xlsx_drawn_is_seen(const ZpXlsxDrawn *drawn)
{
    const ZpXlsxRange range = {drawn->at.from[1], drawn->at.from[0], last_of(drawn, 1),
                               last_of(drawn, 0), NULL};
    ZpXlsxSight sight = zp_xlsx_lay_hides(drawn->lay, &range);
    /* What has one corner alone keeps its size, whatever is hidden under that. */
    static const ZpXlsxAnchor NONE;
    bool is_kept = memcmp(drawn->at.to, NONE.to, sizeof NONE.to) == 0 &&
                   memcmp(drawn->at.enters, NONE.enters, sizeof NONE.enters) == 0 &&
                   sight != ZP_XLSX_SHEET_HIDDEN;
    return !drawn->at.is_hidden && (is_kept || sight == ZP_XLSX_SEEN);
}

void zp_xlsx_drawn_line(ZpXlsxDrawn *drawn, const char *text, gsize length, GError **error)
{
    ZpCell cell = {.text = text, .length = (guint32)length, .row_span = 1, .col_span = 1};
    if (zp_text_is_blank(text, length))
        return;
    if (!zp_xlsx_drawn_is_seen(drawn)) {
        text = g_string_chunk_insert_len(drawn->document->strings, text, (gssize)length);
        zp_xlsx_list_text(&drawn->unseen, drawn->at.from[1], drawn->at.from[0], text);
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

static bool is_drawn(guint token)
{
    return token == PICTURE || token == FRAME || token == SHAPE || token == GROUP;
}

/* Pictures and charts are not read, which is said of those that are seen. */
static void end_drawn(Drawing *drawing, guint token)
{
    ZpXlsxDrawn *drawn = &drawing->drawn;
    if ((token == PICTURE || token == FRAME) && zp_xlsx_drawn_is_seen(drawn))
        zp_xlsx_list_add(token == PICTURE ? &drawn->pictures : &drawn->charts, drawn->at.from[1],
                         drawn->at.from[0]);
    if (drawing->hidden == drawing->depth--)
        drawing->hidden = 0;
    drawn->at.is_hidden = drawing->hidden;
}

static bool start_element(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Drawing *drawing = data;
    drawing->depth += is_drawn(token);
    drawing->in_text = token == TEXT;
    if (token == BREAK)
        g_string_append_c(drawing->text, '\n');
    else if (token == ANCHOR) {
        drawing->drawn.at = (ZpXlsxAnchor){0};
        drawing->drawn.is_said = false;
    } else if (token == FROM || token == TO)
        drawing->corner = token;
    else if (token >= COLUMN && token <= ROW_OFFSET && drawing->corner) {
        drawing->axis = token;
        g_string_truncate(drawing->number, 0);
    } else if (token == PROPERTIES && drawing->depth && !drawing->hidden &&
               zp_xml_flag(attributes, "hidden", false)) {
        drawing->hidden = drawing->depth;
        drawing->drawn.at.is_hidden = true;
    }
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
        guint32 *corner = drawing->corner == FROM ? drawing->drawn.at.from : drawing->drawn.at.to;
        guint64 number = g_ascii_strtoull(drawing->number->str, NULL, 10);
        if (token == COLUMN || token == ROW)
            corner[token == ROW] = (guint32)MIN(number, ZP_XLSX_ROWS_MAX);
        else if (drawing->corner == TO)
            drawing->drawn.at.enters[token == ROW_OFFSET] = number > 0;
        drawing->axis = 0;
    } else if (is_drawn(token)) {
        end_drawn(drawing, token);
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

bool zp_xlsx_drawing(ZpDocument *document, const ZpXlsxLay *lay, GBytes *part, const char *name,
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
                                      {ZP_XML_DRAWING_PLACE, "colOff", COLUMN_OFFSET},
                                      {ZP_XML_DRAWING_PLACE, "rowOff", ROW_OFFSET},
                                      {ZP_XML_DRAWING_PLACE, "sp", SHAPE},
                                      {ZP_XML_DRAWING_PLACE, "grpSp", GROUP},
                                      {ZP_XML_DRAWING_PLACE, "cNvPr", PROPERTIES},
                                      {ZP_XML_DRAWING_PLACE, "pic", PICTURE},
                                      {ZP_XML_DRAWING_PLACE, "graphicFrame", FRAME},
                                      {0}};
    static const ZpXmlHandler HANDLER = {
        .names = NAMES, .start = start_element, .end = end_element, .text = take_characters};
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) number = g_string_new(NULL);
    Drawing drawing = {.drawn = zp_xlsx_drawn_begin(document, lay),
                       .text = text,
                       .number = number,
                       .error = error};
    bool done = zp_xml_parse_within(part, name, &HANDLER, &drawing, &document->limits, error);
    if (done)
        zp_xlsx_remark_drawn(&drawing.drawn);
    return done;
}
