/*
 * tags.h - what the elements of HTML and their attributes mean to a reader of tables.
 *
 * Used by the parser of web pages and by Markdown, which may hold such elements anywhere.
 */
#pragma once

#include <glib.h>
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
    ZP_HTML_FIELD,  /* shows its value */
    ZP_HTML_SELECT, /* shows one of its options */
    ZP_HTML_OPTION,
    ZP_HTML_DETAILS, /* shows its <summary> until it is opened */
    ZP_HTML_PICTURE, /* shows what is no text */
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

/** zp_html_is_name: whether the text can be the name of an element or an attribute. */
bool zp_html_is_name(const char *text);

/**
 * zp_html_span: the number that a span begins with: "2;" is 2; what is no number is 1.
 * @attributes: (nullable) names and values by turns, ends with NULL
 * @zero: what 0 means
 */
guint32 zp_html_span(const char *const *attributes, const char *name, guint32 zero);

/**
 * zp_html_attribute: the value of an attribute, "" where it has none.
 * @attributes: (nullable) names and values by turns, ends with NULL
 *
 * Returns: (nullable) NULL when the attribute is not there.
 */
const char *zp_html_attribute(const char *const *attributes, const char *name);

/**
 * zp_html_field_text: the text that an <input> shows.
 *
 * Returns: (nullable) ☑ or ☐ for tick boxes; NULL for buttons and hidden ones.
 */
const char *zp_html_field_text(const char *const *attributes);
