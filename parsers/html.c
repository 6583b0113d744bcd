/*
 * html.c - web pages: libxml2's HTML parser as a stream of events, tables formed on the way.
 *
 * No tree is built, so neither depth nor the size of a text is limited by it, and a page costs
 * little more than its own parsing.  The events drive a stack of open tables:
 *
 *     <table><tr><td>   site frame         a cell that holds a table keeps only its own text
 *        <table><tr><td> 项目名称 …          the innermost table's open cell owns the text
 *
 * Text outside every cell goes to lines around the tables.  <br>, paragraphs and other blocks end
 * a line.  Scripts, styles, templates and hidden elements say nothing.
 *
 * `完成a<b及以上` is read by HTML as a tag and is lost; an element in a cell that HTML does not
 * know, or with attributes that are no names, is reported as such a loss.
 */
#include "parsers/html.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/decode.h"
#include "parsers/html_tags.h"
#include "parsers/table_maker.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

/* Losses of one kind that are listed one by one. */
#define LOST_TAGS_MAX 20
/* libxml2 hands a text on when this many bytes have come together. */
#define PIECE_BYTES 1000
/* A tag without attributes is no longer. */
#define TAG_BYTES_MAX 64

/* One table that is open. */
typedef struct {
    ZpTableMaker *maker;
    GString *text; /* of the cell under way */
    ZpCell cell;   /* its spans and line */
    bool in_cell;
} OpenTable;

typedef struct {
    htmlParserCtxtPtr parser;
    ZpDocument *document;
    GPtrArray *open; /* of OpenTable, the innermost last */
    GString *around; /* the line of text around the tables under way */
    ZpTable *lines;  /* (nullable) where such lines go */
    const ZpHtmlPart *part;
    guint32 line;  /* of the text under way around */
    gsize behind;  /* the byte behind the last event: where a text that follows begins */
    guint silent;  /* depth of open elements inside a silent one, 0: none */
    guint skipped; /* tables beyond ZP_LIMIT_NESTED_TABLES that are open */
    guint lost_tags;
    GError *error;
} Page;

static guint32 line_of(const Page *page)
{
    return page->parser->input ? page->part->line - 1 + (guint32)page->parser->input->line : 0;
}

/* How much of the stretch was read. */
static gsize offset_of(const Page *page)
{
    const xmlParserInput *input = page->parser->input;
    return input ? input->consumed + (gsize)(input->cur - input->base) : 0;
}

/* An element was read; libxml2 still stands before the end of a start tag. */
static void note_event(Page *page)
{
    const char *text = page->part->text;
    gsize at = MIN(offset_of(page), page->part->length), length = page->part->length;
    if (at < length && text[at] == '/')
        at++;
    page->behind = at < length && text[at] == '>' ? at + 1 : at;
}

static OpenTable *innermost(const Page *page)
{
    return page->open->len ? g_ptr_array_index(page->open, page->open->len - 1) : NULL;
}

static void stop(Page *page)
{
    xmlStopParser(page->parser);
}

/* The place that text goes to now. */
static GString *text_sink(const Page *page)
{
    const OpenTable *table = innermost(page);
    return table && table->in_cell ? table->text : page->around;
}

/* Where lines of text go.  Those of a table without rows yet (its caption) stand before it. */
static ZpTable *add_lines(Page *page)
{
    ZpTable *lines = zp_document_add_table(page->document, ZP_TABLE_LINES);
    lines->is_apart = true;
    GPtrArray *tables = page->document->tables;
    const OpenTable *open = innermost(page);
    if (open && !open->maker->has_row && tables->len > 1) {
        tables->pdata[tables->len - 1] = tables->pdata[tables->len - 2];
        tables->pdata[tables->len - 2] = lines;
    }
    return lines;
}

static void flush_around(Page *page)
{
    GString *text = page->around;
    if (zp_text_is_blank(text->str, text->len) || page->error) {
        g_string_truncate(text, 0);
        return;
    }
    if (!page->lines)
        page->lines = add_lines(page);
    ZpCell cell = {
        .text = text->str,
        .length = (guint32)text->len,
        .row = page->lines->n_rows,
        .row_span = 1,
        .col_span = 1,
        .line = page->line,
    };
    if (!zp_document_add_cell(page->document, page->lines, &cell, &page->error))
        stop(page);
    g_string_truncate(text, 0);
}

static void end_line(Page *page)
{
    GString *sink = text_sink(page);
    if (sink == page->around)
        flush_around(page);
    else if (sink->len)
        g_string_append_c(sink, '\n');
}

static void end_cell(Page *page)
{
    OpenTable *table = innermost(page);
    if (!table || !table->in_cell)
        return;
    table->in_cell = false;
    table->cell.text = table->text->str;
    table->cell.length = (guint32)table->text->len;
    if (zp_text_is_blank(table->text->str, table->text->len))
        table->cell.length = 0;
    if (!page->error && !zp_table_maker_cell(table->maker, &table->cell, &page->error))
        stop(page);
    g_string_truncate(table->text, 0);
}

static void open_table_free(gpointer data)
{
    OpenTable *table = data;
    zp_table_maker_free(table->maker);
    g_string_free(table->text, TRUE);
    g_free(table);
}

static void note_depth(Page *page)
{
    g_autofree char *zh = g_strdup_printf(
        "表格嵌套超过 ZP_LIMIT_NESTED_TABLES（%u 层），更深的表格当作文字", ZP_LIMIT_NESTED_TABLES);
    g_autofree char *en =
        g_strdup_printf("tables are nested deeper than ZP_LIMIT_NESTED_TABLES (%u); deeper ones "
                        "were read as text",
                        ZP_LIMIT_NESTED_TABLES);
    zp_document_add_loss(page->document, &(ZpPlace){.line = line_of(page)}, zh, en);
}

static void start_table(Page *page)
{
    if (page->open->len >= ZP_LIMIT_NESTED_TABLES) {
        if (page->skipped++ == 0)
            note_depth(page);
        return;
    }
    if (!page->open->len)
        flush_around(page);
    page->lines = NULL;
    OpenTable *table = g_new0(OpenTable, 1);
    table->maker = zp_table_maker_new(page->document);
    table->text = g_string_new(NULL);
    g_ptr_array_add(page->open, table);
}

static void end_table(Page *page)
{
    if (page->skipped) {
        page->skipped--;
        return;
    }
    OpenTable *table = innermost(page);
    if (!table)
        return;
    end_cell(page);
    flush_around(page);
    page->lines = NULL;
    zp_table_maker_group(table->maker);
    g_ptr_array_set_size(page->open, (gint)page->open->len - 1);
}

/* The digits that a span begins with: "2;" is 2; no number is 1. */
static guint32 span_of(const xmlChar **attributes, const char *name, guint32 zero)
{
    for (; attributes && attributes[0]; attributes += 2) {
        if (strcmp((const char *)attributes[0], name) != 0 || !attributes[1])
            continue;
        const char *p = (const char *)attributes[1];
        while (g_ascii_isspace(*p) || *p == '+')
            p++;
        if (!g_ascii_isdigit(*p))
            return 1;
        guint64 span = g_ascii_strtoull(p, NULL, 10);
        return span ? (guint32)MIN(span, G_MAXUINT16 - 1) : zero;
    }
    return 1;
}

static void start_cell(Page *page, const xmlChar **attributes)
{
    end_cell(page);
    OpenTable *table = innermost(page);
    if (!table || page->skipped)
        return;
    table->in_cell = true;
    table->cell = (ZpCell){
        .row_span = (guint16)span_of(attributes, "rowspan", ZP_ROW_SPAN_REST),
        .col_span = (guint16)MIN(span_of(attributes, "colspan", 1), ZP_LIMIT_COLUMNS),
        .line = line_of(page),
    };
}

/* hidden, or style with display:none, whatever its spaces. */
static bool is_hidden(const xmlChar **attributes)
{
    for (; attributes && attributes[0]; attributes += 2) {
        const char *name = (const char *)attributes[0];
        if (strcmp(name, "hidden") == 0)
            return true;
        if (strcmp(name, "style") != 0 || !attributes[1])
            continue;
        const char *display = strstr((const char *)attributes[1], "display");
        if (!display)
            continue;
        display += strlen("display");
        display += strspn(display, " \t\r\n:");
        if (g_ascii_strncasecmp(display, "none", 4) == 0)
            return true;
    }
    return false;
}

/*
 * Whether the source says `<name` and then ends the name: in a<b及以上 the parser takes b for the
 * tag and drops the rest.  The tag that was just read ends at the parser's cursor.
 */
static bool is_written(const Page *page, const char *name)
{
    const xmlChar *end = page->parser->input->cur, *p = end;
    gsize length = strlen(name), room = (gsize)(end - page->parser->input->base);
    for (gsize i = 0; i < MIN(room, TAG_BYTES_MAX); i++) {
        if (*--p != '<')
            continue;
        const char *written = (const char *)p + 1;
        gsize rest = (gsize)((const char *)end - written);
        return rest >= length && g_ascii_strncasecmp(written, name, length) == 0 &&
               (rest == length || g_ascii_isspace(written[length]) || written[length] == '/');
    }
    return true;
}

/* A "tag" in a cell that is no tag was text: 完成a<b及以上. */
static void note_lost(Page *page, const char *name, const xmlChar **attributes)
{
    const OpenTable *table = innermost(page);
    bool is_tag = zp_html_is_element(name) && (attributes || is_written(page, name));
    for (; is_tag && attributes && attributes[0]; attributes += 2)
        is_tag = zp_html_is_name((const char *)attributes[0]);
    if (is_tag || !table || !table->in_cell || page->lost_tags++ >= LOST_TAGS_MAX)
        return;
    ZpPlace at = {
        .table = table->maker->table->number,
        .row = table->maker->row + 1,
        .col = table->maker->col + 1,
        .line = line_of(page),
    };
    g_autofree char *zh =
        g_strdup_printf("单元格里的“<%s…”被当作标签，其中的文字丢失；原文应写作 &lt;", name);
    g_autofree char *en = g_strdup_printf(
        "\"<%s…\" in a cell was read as a tag and its text lost; it should be written &lt;", name);
    zp_document_add_loss(page->document, &at, zh, en);
}

static void start_element(void *data, const xmlChar *tag, const xmlChar **attributes)
{
    Page *page = data;
    const char *name = (const char *)tag;
    note_event(page);
    ZpHtmlTag kind = zp_html_tag(name);
    if (page->silent) {
        page->silent++;
        return;
    }
    if (kind == ZP_HTML_SILENT || is_hidden(attributes)) {
        page->silent = 1;
        return;
    }
    if (kind == ZP_HTML_OTHER)
        note_lost(page, name, attributes);
    else if (kind == ZP_HTML_TABLE)
        start_table(page);
    else if (kind == ZP_HTML_ROW && innermost(page) && !page->skipped) {
        end_cell(page);
        zp_table_maker_row(innermost(page)->maker);
    } else if (kind == ZP_HTML_CELL)
        start_cell(page, attributes);
    else if (kind == ZP_HTML_BREAK || kind == ZP_HTML_BLOCK)
        end_line(page);
}

static void end_element(void *data, const xmlChar *tag)
{
    Page *page = data;
    ZpHtmlTag kind = zp_html_tag((const char *)tag);
    note_event(page);
    if (page->silent) {
        page->silent--;
        return;
    }
    if (kind == ZP_HTML_TABLE)
        end_table(page);
    else if (kind == ZP_HTML_CELL || kind == ZP_HTML_ROW)
        end_cell(page);
    else if (kind == ZP_HTML_GROUP && innermost(page) && !page->skipped)
        zp_table_maker_group(innermost(page)->maker);
    else if (kind == ZP_HTML_BLOCK)
        end_line(page);
}

/* Where a text that was just read stands: it began behind the last event, and blanks are no part of it. */
static void note_bytes(Page *page, const char *text, gsize length)
{
    OpenTable *table = innermost(page);
    gsize end = offset_of(page), front = 0, tail = length;
    if (length >= PIECE_BYTES && end < page->part->length)
        end += g_utf8_skip
            [(guchar)page->part
                 ->text[end]]; /* a piece of a long text: its last character is still to come */
    while (front < tail && g_ascii_isspace(text[front]))
        front++;
    while (tail > front && g_ascii_isspace(text[tail - 1]))
        tail--;
    if (front < tail && table && table->in_cell && page->part->has_bytes) {
        ZpCell *cell = &table->cell;
        if (cell->byte_start == cell->byte_end)
            cell->byte_start = (guint32)(page->part->byte + page->behind + front);
        cell->byte_end = (guint32)(page->part->byte + end - (length - tail));
    }
    page->behind = end;
}

static void characters(void *data, const xmlChar *text, int length)
{
    Page *page = data;
    GString *sink = text_sink(page);
    if (page->silent)
        return;
    if (sink == page->around && !sink->len)
        page->line = line_of(page);
    note_bytes(page, (const char *)text, (gsize)length);
    gsize from = sink->len;
    g_string_append_len(sink, (const char *)text, length);
    /* A line end in the source is a space; only <br> and blocks end a line. */
    for (gsize i = from; i < sink->len; i++) {
        if (sink->str[i] == '\n' || sink->str[i] == '\r')
            sink->str[i] = ' ';
    }
    if (sink->len > ZP_LIMIT_CELL_BYTES + 1 && !page->error) {
        zp_error_set(&page->error, ZP_ERROR_LIMIT,
                     "第 %u 行附近有文字太长：超过 ZP_LIMIT_CELL_BYTES（%u 字节）",
                     "a text near line %u is too long: over ZP_LIMIT_CELL_BYTES (%u bytes)",
                     line_of(page), ZP_LIMIT_CELL_BYTES);
        stop(page);
    }
}

static void note_comment(void *data, const xmlChar *text)
{
    (void)text;
    note_event(data);
}

static void parse(Page *page)
{
    htmlSAXHandler events = {
        .startElement = start_element,
        .endElement = end_element,
        .characters = characters,
        .ignorableWhitespace = characters,
        .comment = note_comment,
    };
    page->parser = htmlCreateMemoryParserCtxt(page->part->text, (int)page->part->length);
    if (!page->parser)
        return;
    htmlSAXHandler *own = page->parser->sax;
    page->parser->sax = &events;
    page->parser->userData = page;
    htmlCtxtUseOptions(page->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                         HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                         HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC);
    xmlSwitchEncoding(page->parser, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(page->parser);
    page->parser->sax = own;
}

bool zp_html_read_part(const ZpHtmlPart *part, ZpDocument *document, GError **error)
{
    Page page = {
        .part = part,
        .document = document,
        .open = g_ptr_array_new_with_free_func(open_table_free),
        .around = g_string_new(NULL),
    };
    parse(&page);
    while (page.open->len)
        end_table(&page);
    flush_around(&page);
    if (page.parser)
        htmlFreeParserCtxt(page.parser);
    g_ptr_array_unref(page.open);
    g_string_free(page.around, TRUE);
    if (!page.error)
        return true;
    g_propagate_error(error, page.error);
    return false;
}

static ZpDocument *read_html(GBytes *input, const ZpReadOptions *options, GError **error)
{
    ZpDecoded decoded;
    const char *declared = zp_decode_declared(input);
    const char *charset = options && options->charset ? options->charset : declared;
    if (!zp_decode(input, charset, &decoded, error))
        return NULL;
    g_autoptr(ZpDocument) document = zp_document_new();
    ZpHtmlPart page = {
        .text = decoded.text,
        .length = decoded.length,
        .line = 1,
        .byte = decoded.offset,
        .has_bytes = decoded.same_bytes,
    };
    bool done = zp_html_read_part(&page, document, error);
    zp_decoded_note(&decoded, document);
    zp_decoded_clear(&decoded);
    return done ? g_steal_pointer(&document) : NULL;
}

/* What a tag that begins at p says of the file; 0: nothing. */
static int score_of_tag(const char *p, gsize length)
{
    static const struct {
        const char *mark;
        int score;
    } MARKS[] = {{"<!doctype html", 95}, {"<html", 90}, {"<table", 60}, {"<tr", 55}};
    for (guint i = 0; i < G_N_ELEMENTS(MARKS); i++) {
        gsize mark = strlen(MARKS[i].mark);
        if (length >= mark && g_ascii_strncasecmp(p, MARKS[i].mark, mark) == 0)
            return MARKS[i].score;
    }
    return 0;
}

/* A table anywhere in the beginning is enough; a document type or <html> even more so. */
static int probe_html(GBytes *head)
{
    gsize length;
    const char *bytes = g_bytes_get_data(head, &length), *end = bytes + length;
    int best = 0;
    if (!length || memchr(bytes, '\0', length))
        return 0;
    for (const char *p = bytes; (p = memchr(p, '<', (gsize)(end - p))) != NULL; p++)
        best = MAX(best, score_of_tag(p, (gsize)(end - p)));
    return best;
}

static const char *const SUFFIXES[] = {".html", ".htm", ".xhtml", ".shtml", NULL};

const ZpParser zp_html_parser = {
    .name = "html",
    .suffixes = SUFFIXES,
    .probe = probe_html,
    .read = read_html,
};
