/*
 * rich.h - the strings of a workbook: text in runs that look differently.
 */
#pragma once

#include "parsers/xlsx/look.h"

/* A run: up to which byte, and its font where it has one of its own (else the cell's). */
typedef struct {
    guint32 end;
    bool has_font;
    ZpXlsxFont font;
} ZpXlsxRun;

typedef struct {
    char *text;
    GArray *runs; /* (nullable) of ZpXlsxRun; NULL: all of it looks as its cell does */
} ZpXlsxString;

/* A string on its way. */
typedef struct {
    GString *raw;  /* of the run under way, as it is written */
    GString *text; /* of the runs before */
    GArray *runs;  /* of ZpXlsxRun */
    ZpXlsxRun run;
    bool in_text, in_font;
} ZpXlsxRich;

/* The elements of a string, in shared strings and in cells. */
enum {
    ZP_XLSX_RICH_TEXT = 2000,
    ZP_XLSX_RICH_READING,
    ZP_XLSX_RICH_RUN,
    ZP_XLSX_RICH_FONT,
};
#define ZP_XLSX_RICH_NAMES                                                                         \
    {ZP_XML_SHEET, "t", ZP_XLSX_RICH_TEXT}, {ZP_XML_SHEET, "rPh", ZP_XLSX_RICH_READING},           \
        {ZP_XML_SHEET, "r", ZP_XLSX_RICH_RUN}, {ZP_XML_SHEET, "rPr", ZP_XLSX_RICH_FONT},           \
        ZP_XLSX_FONT_NAMES

void zp_xlsx_rich_init(ZpXlsxRich *rich);
void zp_xlsx_rich_clear(ZpXlsxRich *rich);

/** zp_xlsx_rich_begin: a new string. */
void zp_xlsx_rich_begin(ZpXlsxRich *rich);

/**
 * zp_xlsx_rich_start, _end: an element inside it.
 *
 * _start Returns: false: the element is to be skipped.
 */
bool zp_xlsx_rich_start(ZpXlsxRich *rich, guint token, const ZpXmlAttributes *attributes);
void zp_xlsx_rich_end(ZpXlsxRich *rich, guint token);

/** zp_xlsx_rich_string: the string; @out's parts are the caller's. */
void zp_xlsx_rich_string(ZpXlsxRich *rich, ZpXlsxString *out);

void zp_xlsx_string_clear(gpointer string);
