/*
 * page.h - the tables and lines of a page while it is read: which text goes where.
 *
 * Told of tables, rows, cells, line ends and texts in the page's order; knows no parser, no tag
 * and no attribute.
 */
#pragma once

#include "parsers/shared/table_maker.h"

/* One table that is open. */
typedef struct {
    ZpTableMaker *maker;
    GString *text; /* of the cell under way */
    ZpCell cell;   /* its spans and place in the original */
    bool in_cell;
    bool is_implied; /* its <table> is missing */
    bool is_real;    /* it has two cells, or holds a table that has */
    bool is_frame;   /* the cell under way holds such a table: its text stands around that one */
    guint n_texts;   /* cells with text */
} ZpOpenTable;

typedef struct {
    ZpDocument *document;
    guint32 line;        /* that the reader stands in; its to set */
    GPtrArray *open;     /* of ZpOpenTable, the innermost last */
    GString *around;     /* the line of text around the tables under way */
    guint32 around_line; /* where it began */
    ZpTable *lines;      /* (nullable) where such lines go */
    GError *error;       /* (nullable) the first; nothing is added behind it */
} ZpHtmlPage;

/**
 * zp_html_page_start, zp_html_page_end: begin; close what is open and free all but `document` and
 * `error`.
 */
void zp_html_page_start(ZpHtmlPage *page, ZpDocument *document);
void zp_html_page_end(ZpHtmlPage *page);

/**
 * zp_html_page_table: the innermost open table.
 *
 * Returns: (nullable)
 */
static inline ZpOpenTable *zp_html_page_table(const ZpHtmlPage *page)
{
    return page->open->len ? g_ptr_array_index(page->open, page->open->len - 1) : NULL;
}

/**
 * zp_html_page_sink: the text under way: of the innermost open cell, or the line around the tables.
 */
GString *zp_html_page_sink(const ZpHtmlPage *page);

/**
 * zp_html_page_text: add to the text under way, of a cell or around the tables.  Its line ends count as
 * blanks; more than ZP_LIMIT_CELL_BYTES of a cell are an error.
 */
void zp_html_page_text(ZpHtmlPage *page, const char *text, gsize length);

/** zp_html_page_end_line: <br>, or the beginning or end of a block. */
void zp_html_page_end_line(ZpHtmlPage *page);

/**
 * zp_html_page_start_table, _end_table, _end_group, _start_row, _start_cell, _end_cell: as the page's
 * tags say.  Cells and rows end what was open; without a table around them its <table> is missing.
 * @cell: spans; the line is set here
 */
void zp_html_page_start_table(ZpHtmlPage *page);
void zp_html_page_end_table(ZpHtmlPage *page);
void zp_html_page_end_group(ZpHtmlPage *page);
void zp_html_page_start_row(ZpHtmlPage *page);
void zp_html_page_start_cell(ZpHtmlPage *page, const ZpCell *cell);
void zp_html_page_end_cell(ZpHtmlPage *page);
