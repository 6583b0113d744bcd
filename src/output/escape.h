/*
 * escape.h - a document's text made safe for where it goes.
 *
 * Every function takes any bytes and first makes control, bidirectional and invisible characters
 * visible (zp_text_append_visible), so none of them reaches a log, a page or an XML reader.
 */
#pragma once

#include "base/text.h"

/** zp_escape_xml: character data or a quoted attribute of XML 1.0. */
void zp_escape_xml(GString *out, const char *text);

/**
 * zp_escape_sheet: the text of a cell of a workbook, before its XML is made: what Excel would take for
 * an escaped character (_x0041_) stays as it is printed.
 */
void zp_escape_sheet(GString *out, const char *text);

/** zp_escape_markdown: one line of GitHub Flavored Markdown, also inside a table cell. */
void zp_escape_markdown(GString *out, const char *text);

/**
 * zp_escape_command: the text of a GitHub workflow command; @is_property: of one of its properties.
 */
void zp_escape_command(GString *out, const char *text, bool is_property);

/**
 * zp_escape_uri: a path as a relative or file: URI reference; only here are its bytes kept as they are.
 */
void zp_escape_uri(GString *out, const char *path);

/**
 * zp_escape_csv: a CSV field (RFC 4180), quoted where needed; without @is_raw a text that a spreadsheet
 * would run gets a leading apostrophe.  Nothing is made visible here: a field keeps its text.
 */
void zp_escape_csv(GString *out, const char *text, bool is_raw);
