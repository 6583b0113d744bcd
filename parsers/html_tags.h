/*
 * html_tags.h - what the elements of HTML mean to a reader of tables.
 *
 * Used by the parser of web pages and by Markdown, which may hold such elements anywhere.
 *
 * Layer: parsers.
 */
#pragma once

#include <stdbool.h>

typedef enum {
    ZP_HTML_OTHER, /* means nothing to a table: bold, links, spans, … */
    ZP_HTML_TABLE,
    ZP_HTML_GROUP,
    ZP_HTML_ROW,
    ZP_HTML_CELL,
    ZP_HTML_BREAK,  /* ends a line */
    ZP_HTML_BLOCK,  /* begins and ends a line */
    ZP_HTML_SILENT, /* its text is not shown */
} ZpHtmlTag;

/**
 * zp_html_tag: what an element is.
 * @name: in lower case
 */
ZpHtmlTag zp_html_tag(const char *name);

/**
 * zp_html_is_element: whether HTML (or Office, by a prefix like `o:`) has an element of this
 * name; `<b及以上` in a cell is none, it is text that was written without care.
 * @name: in lower case
 */
bool zp_html_is_element(const char *name);

/**
 * zp_html_is_name: whether the text can be the name of an element or an attribute.
 */
bool zp_html_is_name(const char *text);
