/*
 * html.h - the parser of web pages.
 */
#pragma once

#include "parsers/parser.h"

extern const ZpParser zp_html_parser;
extern const ZpCellWriter zp_html_cells; /* cells.c */

/* A stretch of HTML: a page, or what stands inside another text. */
typedef struct {
    const char *text; /* valid UTF-8 */
    gsize length;
    guint32 line;   /* of its first byte in the file, from 1 */
    gsize byte;     /* of its first byte in the file as UTF-8; only when has_bytes */
    bool has_bytes; /* it stands there byte by byte */
} ZpHtmlPart;

/**
 * zp_html_read_part: add the tables and lines of a stretch of HTML to a document.
 * @error: ZP_ERROR_LIMIT as zp_document_add_cell; what was read before stays in @document
 */
bool zp_html_read_part(const ZpHtmlPart *part, ZpDocument *document, GError **error);
