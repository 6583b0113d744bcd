/*
 * drawing.h - what is drawn on a sheet: boxes with text, pictures, charts.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/xlsx/private.h"

/* What is drawn on a sheet, on its way. */
typedef struct {
    ZpDocument *document;
    const ZpTable *sheet;   /* (nullable) whose it is */
    bool is_hidden;         /* the sheet: nobody sees what is drawn on it */
    ZpTable *lines;         /* (nullable) made with the first line of text */
    guint32 from[2], to[2]; /* column and row of the corners of the anchor under way */
    bool is_said;           /* of the anchor under way: that it lies over cells */
    ZpXlsxList pictures, charts, over, unseen;
} ZpXlsxDrawn;

/**
 * zp_xlsx_remark_drawn: say what is drawn on a sheet: pictures, charts, text boxes over its cells.
 */
void zp_xlsx_remark_drawn(const ZpXlsxDrawn *drawn);

/**
 * zp_xlsx_drawn_begin: of the sheet that is the document's last table.
 */
ZpXlsxDrawn zp_xlsx_drawn_begin(ZpDocument *document, bool is_hidden);

/**
 * zp_xlsx_drawn_line: a paragraph of the box that is anchored at `from` and `to`; of a hidden sheet it is no line, but is said.
 */
void zp_xlsx_drawn_line(ZpXlsxDrawn *drawn, const char *text, gsize length, GError **error);

/**
 * zp_xlsx_drawing: the texts of a sheet's text boxes as lines behind its table.
 * @error: must not be NULL; as zp_xml_parse and zp_document_add_cell
 */
bool zp_xlsx_drawing(ZpDocument *document, GBytes *part, const char *name, bool is_hidden,
                     GError **error);
