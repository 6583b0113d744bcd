/*
 * drawing.h - what is drawn on a sheet: boxes with text, pictures, charts.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/xlsx/private.h"

/* Where something is drawn: column and row of its corners.  One without `to` has its own size. */
typedef struct {
    guint32 from[2], to[2];
    bool enters[2]; /* it reaches into the column, the row of `to` */
    bool is_hidden; /* by itself */
} ZpXlsxAnchor;

/* What is drawn on a sheet, on its way. */
typedef struct {
    ZpDocument *document;
    const ZpTable *sheet; /* (nullable) whose it is */
    const ZpXlsxLay *lay; /* what of the sheet is hidden */
    ZpTable *lines;       /* (nullable) made with the first line of text */
    ZpXlsxAnchor at;      /* what is under way */
    bool is_said;         /* of it: that it lies over cells */
    ZpXlsxList pictures, charts, over, unseen;
} ZpXlsxDrawn;

/**
 * zp_xlsx_remark_drawn: say what is drawn on a sheet: pictures, charts, text boxes over its cells.
 */
void zp_xlsx_remark_drawn(const ZpXlsxDrawn *drawn);

/**
 * zp_xlsx_drawn_begin: of the sheet that is the document's last table.
 */
ZpXlsxDrawn zp_xlsx_drawn_begin(ZpDocument *document, const ZpXlsxLay *lay);

/**
 * zp_xlsx_drawn_is_seen: whether a person sees what is under way: it is not hidden, nor all that it lies over.
 */
bool zp_xlsx_drawn_is_seen(const ZpXlsxDrawn *drawn);

/**
 * zp_xlsx_drawn_line: a paragraph of the box under way; what is not seen is no line, but is said.
 */
void zp_xlsx_drawn_line(ZpXlsxDrawn *drawn, const char *text, gsize length, GError **error);

/**
 * zp_xlsx_drawing: the texts of a sheet's text boxes as lines behind its table.
 * @error: must not be NULL; as zp_xml_parse and zp_document_add_cell
 */
bool zp_xlsx_drawing(ZpDocument *document, const ZpXlsxLay *lay, GBytes *part, const char *name,
                     GError **error);
