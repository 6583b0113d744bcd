/*
 * page.c - the tables and lines of a page while it is read.
 *
 *     <table><tr><td>   site frame           a cell that holds a table: its own text stands in lines
 *        <h2>自评表</h2>                       before and behind that table
 *        <table><tr><td> 项目名称 …            the innermost table's open cell owns the text
 *           <table><tr><td> 95% </table>     a table of one cell is that cell's text
 *
 * Whether a table has more than one cell is known only later, so the text of the cell around it is
 * moved out when the second cell comes.  A table that has many texts already is a form, not a frame:
 * there the text of a cell stays in it beside the table.
 */
#include "parsers/html/page.h"

#include "base/error.h"
#include "base/limits.h"

#include <string.h>

/* A frame of the page's layout has fewer cells with text of their own; a form has more. */
#define FRAME_TEXTS_MAX 8
/* A longer line of text around the tables is broken into several. */
#define AROUND_BYTES_MAX (64 * 1024)

static void open_table_free(gpointer data)
{
    ZpOpenTable *table = data;
    zp_table_maker_free(table->maker);
    g_string_free(table->text, TRUE);
    g_free(table);
}

void zp_html_page_start(ZpHtmlPage *page, ZpDocument *document)
{
    *page = (ZpHtmlPage){
        .document = document,
        .open = g_ptr_array_new_with_free_func(open_table_free),
        .around = g_string_new(NULL),
    };
}

GString *zp_html_page_sink(const ZpHtmlPage *page)
{
    const ZpOpenTable *table = zp_html_page_table(page);
    return table && table->in_cell && !table->is_frame ? table->text : page->around;
}

/* Adds lines of text around the tables; @before: they stand before the table that was added last. */
static ZpTable *add_lines(ZpHtmlPage *page, bool before)
{
    ZpTable *lines = zp_document_add_table(page->document, ZP_TABLE_LINES);
    lines->is_apart = true;
    if (before) {
        GPtrArray *tables = page->document->tables;
        tables->pdata[tables->len - 1] = tables->pdata[tables->len - 2];
        tables->pdata[tables->len - 2] = lines;
    }
    return lines;
}

static void add_line(ZpHtmlPage *page, const char *text, gsize length, guint32 line)
{
    ZpCell cell = {
        .text = text,
        .length = (guint32)length,
        .row = page->lines->n_rows,
        .row_span = 1,
        .col_span = 1,
        .line = line,
    };
    if (!page->error)
        zp_document_add_cell(page->document, page->lines, &cell, &page->error);
}

/* Whether the innermost table has no rows yet: text is then its caption. */
static bool is_in_caption(const ZpHtmlPage *page)
{
    const ZpOpenTable *table = zp_html_page_table(page);
    return table && !table->maker->has_row;
}

static void flush_around(ZpHtmlPage *page)
{
    GString *text = page->around;
    if (!zp_text_is_blank(text->str, text->len) && !page->error) {
        if (!page->lines)
            page->lines = add_lines(page, is_in_caption(page));
        add_line(page, text->str, text->len, page->around_line);
    }
    g_string_truncate(text, 0);
}

void zp_html_page_end_line(ZpHtmlPage *page)
{
    GString *sink = zp_html_page_sink(page);
    if (sink == page->around)
        flush_around(page);
    else if (sink->len)
        g_string_append_c(sink, '\n');
}

void zp_html_page_text(ZpHtmlPage *page, const char *text, gsize length)
{
    GString *sink = zp_html_page_sink(page);
    if (sink == page->around && !sink->len)
        page->around_line = page->line;
    gsize from = sink->len;
    g_string_append_len(sink, text, (gssize)length);
    for (gsize i = from; i < sink->len; i++) {
        if (sink->str[i] == '\n' || sink->str[i] == '\r')
            sink->str[i] = ' ';
    }
    if (sink == page->around && sink->len > AROUND_BYTES_MAX)
        flush_around(page);
    if (sink->len > ZP_LIMIT_CELL_BYTES + 1 && !page->error)
        zp_error_set(&page->error, ZP_ERROR_LIMIT,
                     "第 %u 行附近有文字太长：超过 ZP_LIMIT_CELL_BYTES（%u 字节）",
                     "a text near line %u is too long: over ZP_LIMIT_CELL_BYTES (%u bytes)",
                     page->line, ZP_LIMIT_CELL_BYTES);
}

/* The text that a frame's cell held before the table in it, as lines before that table. */
static void move_out(ZpHtmlPage *page, ZpOpenTable *frame)
{
    frame->is_frame = true;
    if (zp_text_is_blank(frame->text->str, frame->text->len))
        return;
    page->lines = add_lines(page, true);
    g_auto(GStrv) texts = g_strsplit(frame->text->str, "\n", -1);
    for (char **text = texts; *text; text++) {
        if (!zp_text_is_blank(*text, strlen(*text)))
            add_line(page, *text, strlen(*text), frame->cell.line);
    }
    page->lines = NULL;
    g_string_truncate(frame->text, 0);
}

/* A table turns out to be one: the cell around it is a frame, unless its table is a form already. */
static void settle(ZpHtmlPage *page, guint depth)
{
    ZpOpenTable *table = g_ptr_array_index(page->open, depth);
    if (table->is_real)
        return;
    table->is_real = true;
    if (!depth)
        return;
    settle(page, depth - 1);
    ZpOpenTable *parent = g_ptr_array_index(page->open, depth - 1);
    if (parent->in_cell && parent->n_texts < FRAME_TEXTS_MAX)
        move_out(page, parent);
}

void zp_html_page_end_cell(ZpHtmlPage *page)
{
    ZpOpenTable *table = zp_html_page_table(page);
    if (!table || !table->in_cell)
        return;
    if (table->is_frame)
        flush_around(page);
    table->in_cell = table->is_frame = false;
    table->cell.text = table->text->str;
    table->cell.length = (guint32)table->text->len;
    if (zp_text_is_blank(table->text->str, table->text->len))
        table->cell.length = 0;
    table->n_texts += table->cell.length > 0;
    if (table->maker->table->cells->len)
        settle(page, page->open->len - 1);
    if (!page->error)
        zp_table_maker_cell(table->maker, &table->cell, &page->error);
    g_string_truncate(table->text, 0);
}

static void open_table(ZpHtmlPage *page, bool is_implied)
{
    ZpOpenTable *table = g_new0(ZpOpenTable, 1);
    table->maker = zp_table_maker_new(page->document);
    table->text = g_string_new(NULL);
    table->is_implied = is_implied;
    g_ptr_array_add(page->open, table);
}

/* A table within a table that is but one cell: its text goes to where the table stood. */
static bool is_text_only(const ZpHtmlPage *page, const ZpOpenTable *table)
{
    const GPtrArray *tables = page->document->tables;
    return page->open->len > 1 && !table->is_real && table->maker->table->cells->len <= 1 &&
           g_ptr_array_index(tables, tables->len - 1) == table->maker->table;
}

/* Takes a table of one cell back. */
static char *take_text(ZpHtmlPage *page, const ZpOpenTable *table)
{
    const GArray *cells = table->maker->table->cells;
    char *text = g_strdup(cells->len ? g_array_index(cells, ZpCell, 0).text : "");
    zp_document_drop_table(page->document);
    return text;
}

void zp_html_page_end_table(ZpHtmlPage *page)
{
    ZpOpenTable *table = zp_html_page_table(page);
    if (!table)
        return;
    zp_html_page_end_cell(page);
    flush_around(page);
    page->lines = NULL;
    g_autofree char *text = NULL;
    if (is_text_only(page, table)) {
        text = take_text(page, table);
    } else {
        settle(page, page->open->len - 1);
        zp_table_maker_group(table->maker);
    }
    g_ptr_array_set_size(page->open, (gint)page->open->len - 1);
    zp_html_page_end_line(page);
    if (text)
        g_string_append(zp_html_page_sink(page), text);
    zp_html_page_end_line(page);
}

void zp_html_page_start_table(ZpHtmlPage *page)
{
    const ZpOpenTable *table = zp_html_page_table(page);
    if (table && table->is_implied && !table->in_cell)
        zp_html_page_end_table(page);
    if (zp_html_page_sink(page) == page->around)
        flush_around(page);
    page->lines = NULL;
    open_table(page, false);
}

/* The table of a row or a cell. */
static ZpOpenTable *table_of_part(ZpHtmlPage *page)
{
    if (!page->open->len) {
        flush_around(page);
        page->lines = NULL;
        open_table(page, true);
    }
    return zp_html_page_table(page);
}

void zp_html_page_end_group(ZpHtmlPage *page)
{
    zp_html_page_end_cell(page);
    if (page->open->len)
        zp_table_maker_group(zp_html_page_table(page)->maker);
}

void zp_html_page_start_row(ZpHtmlPage *page)
{
    zp_html_page_end_cell(page);
    zp_table_maker_row(table_of_part(page)->maker);
}

void zp_html_page_start_cell(ZpHtmlPage *page, const ZpCell *cell)
{
    zp_html_page_end_cell(page);
    ZpOpenTable *table = table_of_part(page);
    table->in_cell = true;
    table->cell = *cell;
    table->cell.line = page->line;
}

void zp_html_page_end(ZpHtmlPage *page)
{
    while (page->open->len)
        zp_html_page_end_table(page);
    flush_around(page);
    g_ptr_array_unref(page->open);
    g_string_free(page->around, TRUE);
}
