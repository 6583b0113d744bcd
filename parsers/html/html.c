/*
 * html.c - web pages: libxml2's HTML parser as a stream of events.
 *
 * No tree is built, so a page costs little more than its own parsing.  The events drive the tables
 * and lines of page.c.  <br>, paragraphs and other blocks end a line.  What a person does not see goes
 * no farther than seen.c, which is told of every element and text.
 *
 * Elements that mean nothing to a table (bold, fonts, links) are taken off libxml2's stack at the
 * next event: however many are never closed, the stack holds tables, rows, cells and blocks.
 *
 * `完成a<b及以上` is read by HTML as a tag and is lost; what is no tag in a cell, by its name or by
 * what follows the name, is reported as such a loss.
 */
#include "parsers/html/html.h"

#include "base/limits.h"
#include "parsers/html/seen.h"
#include "parsers/html/survey.h"
#include "parsers/mark.h"
#include "parsers/shared/decode.h"
#include "parsers/shared/markup.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

/* Losses of one kind that are listed one by one. */
#define LOST_TAGS_MAX 20
/* libxml2 hands a text on when this many bytes have come together. */
#define PIECE_BYTES 1000
/* A tag without attributes is no longer. */
#define TAG_BYTES_MAX 64

typedef struct {
    ZpHtmlPage page;
    const ZpHtmlPart *part;
    htmlParserCtxtPtr parser;
    gsize behind; /* the byte behind the last event: where a text that follows begins */
    ZpHtmlSeen seen;
    bool is_passed;   /* the parser's innermost element is to be forgotten */
    bool is_too_deep; /* ZP_LIMIT_OPEN_ELEMENTS was said */
    bool is_skipping; /* in a table beyond ZP_LIMIT_NESTED_TABLES */
    guint lost_tags;
} Reader;

/* How much of the stretch was read. */
static gsize offset_of(const Reader *reader)
{
    const xmlParserInput *input = reader->parser->input;
    return input ? input->consumed + (gsize)(input->cur - input->base) : 0;
}

/* An element was read; libxml2 still stands before the end of a start tag. */
static void note_event(Reader *reader)
{
    const char *text = reader->part->text;
    gsize length = reader->part->length, at = MIN(offset_of(reader), length);
    if (at < length && text[at] == '/')
        at++;
    reader->behind = at < length && text[at] == '>' ? at + 1 : at;
    if (reader->parser->input)
        reader->page.line = reader->part->line - 1 + (guint32)reader->parser->input->line;
    if (reader->page.error)
        xmlStopParser(reader->parser);
}

static void note_loss(Reader *reader, const char *zh, const char *en)
{
    zp_document_add_loss(reader->page.document, ZP_LOSS_LOST_CONTENT,
                         &(ZpPlace){.line = reader->page.line}, zh, en);
}

static void start_cell(Reader *reader, const char *const *attributes)
{
    ZpCell cell = {
        .row_span = (guint16)zp_html_span(attributes, "rowspan", ZP_ROW_SPAN_REST),
        .col_span = (guint16)MIN(zp_html_span(attributes, "colspan", 1), ZP_LIMIT_COLUMNS),
    };
    zp_html_page_start_cell(&reader->page, &cell);
}

/*
 * Whether the source says `<name` and then ends the name: in a<b及以上 the parser takes b for the
 * tag and drops the rest.  The tag that was just read ends at the parser's cursor.
 */
static bool is_written(const Reader *reader, const char *name)
{
    const xmlChar *end = reader->parser->input->cur, *p = end;
    gsize length = strlen(name), room = (gsize)(end - reader->parser->input->base);
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

/*
 * An element of HTML or of the page's own (<ucapcontent>), not a letter or two behind a `<`, that is written as
 * one.
 */
static bool is_tag(const Reader *reader, const char *name, const char *const *attributes)
{
    if (!zp_html_is_name(name) || (strlen(name) < 3 && !zp_html_is_element(name)))
        return false;
    if (!attributes)
        return is_written(reader, name);
    for (; attributes[0]; attributes += 2) {
        if (!zp_html_is_name(attributes[0]))
            return false;
    }
    return true;
}

/* A "tag" in a cell that is no tag was text: 完成a<b及以上. */
static void note_lost(Reader *reader, const char *name, const char *const *attributes)
{
    const ZpOpenTable *table = zp_html_page_table(&reader->page);
    if (!table || !table->in_cell || is_tag(reader, name, attributes) ||
        reader->lost_tags++ >= LOST_TAGS_MAX)
        return;
    ZpPlace at = {
        .table = table->maker->table->number,
        .row = table->maker->row + 1,
        .col = table->maker->col + 1,
        .line = reader->page.line,
    };
    g_autofree char *zh =
        g_strdup_printf("单元格里的“<%s…”被当作标签，其中的文字丢失；原文应写作 &lt;", name);
    g_autofree char *en = g_strdup_printf(
        "\"<%s…\" in a cell was read as a tag and its text lost; it should be written &lt;", name);
    zp_document_add_loss(reader->page.document, ZP_LOSS_LOST_CONTENT, &at, zh, en);
}

static guint depth_of(const Reader *reader, guint own)
{
    return zp_limits_depth(&reader->page.document->limits, own);
}

static void note_nested_tables(Reader *reader)
{
    guint most = depth_of(reader, ZP_LIMIT_NESTED_TABLES);
    g_autofree char *zh = g_strdup_printf(
        "表格嵌套超过 ZP_LIMIT_NESTED_TABLES（--max-depth，%u 层），更深的表格当作文字", most);
    g_autofree char *en = g_strdup_printf(
        "tables are nested deeper than ZP_LIMIT_NESTED_TABLES (--max-depth, %u); deeper ones "
        "were read as text",
        most);
    if (!reader->is_skipping)
        note_loss(reader, zh, en);
}

/* Takes the element that was passed over from below the one that begins now. */
static void forget_passed(Reader *reader)
{
    xmlParserCtxt *parser = reader->parser;
    if (reader->is_passed && parser->nameNr > 1) {
        parser->nameTab[parser->nameNr - 2] = parser->nameTab[parser->nameNr - 1];
        parser->nameNr--;
    }
    reader->is_passed = false;
}

/* Whether a table may stand in the open ones, and a row or a cell in a table that may. */
static bool may_begin(Reader *reader, ZpHtmlTag kind)
{
    if (kind != ZP_HTML_TABLE)
        return !reader->is_skipping;
    guint open = MAX(reader->page.open->len, reader->seen.n_tables);
    if (open < depth_of(reader, ZP_LIMIT_NESTED_TABLES))
        return true;
    if (!zp_html_seen_is_gone(&reader->seen))
        note_nested_tables(reader);
    reader->is_skipping = true;
    return false;
}

static void start_block(Reader *reader)
{
    if (reader->parser->nameNr > (int)depth_of(reader, ZP_LIMIT_OPEN_ELEMENTS)) {
        guint most = depth_of(reader, ZP_LIMIT_OPEN_ELEMENTS);
        g_autofree char *zh = g_strdup_printf(
            "元素嵌套超过 ZP_LIMIT_OPEN_ELEMENTS（--max-depth，%u 层），更深的块不再分行", most);
        g_autofree char *en = g_strdup_printf(
            "elements are nested deeper than ZP_LIMIT_OPEN_ELEMENTS (--max-depth, %u); deeper "
            "blocks no longer end a line",
            most);
        if (!reader->is_too_deep)
            note_loss(reader, zh, en);
        reader->is_too_deep = true;
        reader->is_passed = true;
    }
    zp_html_page_end_line(&reader->page);
}

static bool is_full(const Reader *reader)
{
    return reader->parser->nameNr > (int)depth_of(reader, ZP_LIMIT_OPEN_ELEMENTS);
}

/* What takes no room, and all in it. */
static void start_gone(Reader *reader, ZpHtmlTag kind, bool is_kept)
{
    reader->is_passed = !is_kept && (kind == ZP_HTML_OTHER || is_full(reader));
    if (kind != ZP_HTML_OTHER)
        zp_html_seen_break(&reader->seen);
}

static void start_shown(Reader *reader, const ZpHtmlElement *element, bool is_kept)
{
    switch (element->tag) {
    case ZP_HTML_TABLE:
        zp_html_page_start_table(&reader->page);
        break;
    case ZP_HTML_ROW:
        zp_html_page_start_row(&reader->page);
        break;
    case ZP_HTML_CELL:
        start_cell(reader, element->attributes);
        break;
    case ZP_HTML_BREAK:
        zp_html_page_end_line(&reader->page);
        zp_html_seen_break(&reader->seen);
        break;
    case ZP_HTML_FIELD:
        if (is_kept)
            zp_html_seen_field(&reader->seen, zp_html_field_text(element->attributes));
        break;
    case ZP_HTML_OTHER:
        note_lost(reader, element->name, element->attributes);
        reader->is_passed = !is_kept;
        break;
    case ZP_HTML_BLOCK:
    case ZP_HTML_DETAILS:
    case ZP_HTML_SELECT:
        start_block(reader);
        zp_html_seen_break(&reader->seen);
        break;
    default:
        break;
    }
}

static void start_element(void *data, const xmlChar *tag, const xmlChar **pairs)
{
    Reader *reader = data;
    const ZpHtmlElement element = {
        .name = (const char *)tag,
        .tag = zp_html_tag((const char *)tag),
        .attributes = (const char *const *)pairs,
    };
    note_event(reader);
    forget_passed(reader);
    bool is_part = element.tag >= ZP_HTML_TABLE && element.tag <= ZP_HTML_CELL;
    if (is_part && !may_begin(reader, element.tag)) {
        reader->is_passed = true;
        return;
    }
    ZpSeenAs as = zp_html_seen_start(&reader->seen, &element, (guint)reader->parser->nameNr,
                                     !is_full(reader));
    if (as == ZP_SEEN_GONE || as == ZP_SEEN_LOST)
        start_gone(reader, element.tag, as == ZP_SEEN_GONE);
    else
        start_shown(reader, &element, as == ZP_SEEN_KEPT);
    if (as == ZP_SEEN_KEPT)
        zp_html_seen_begun(&reader->seen, &element);
}

static void end_element(void *data, const xmlChar *tag)
{
    Reader *reader = data;
    note_event(reader);
    if (reader->is_passed) {
        reader->is_passed = false;
        return;
    }
    bool is_gone = zp_html_seen_is_gone(&reader->seen);
    zp_html_seen_end(&reader->seen, (guint)reader->parser->nameNr);
    ZpHtmlTag kind = zp_html_tag((const char *)tag);
    if (kind == ZP_HTML_TABLE)
        reader->is_skipping = false;
    if (kind == ZP_HTML_BLOCK || kind >= ZP_HTML_SILENT)
        zp_html_seen_break(&reader->seen);
    if (!is_gone && (kind == ZP_HTML_BLOCK || kind == ZP_HTML_DETAILS || kind == ZP_HTML_SELECT))
        zp_html_page_end_line(&reader->page);
}

/* Where a text that was just read stands: it began behind the last event, and blanks are no part of it. */
static void note_bytes(Reader *reader, const char *text, gsize length)
{
    const ZpHtmlPart *part = reader->part;
    ZpOpenTable *table = zp_html_page_table(&reader->page);
    gsize end = offset_of(reader), front = 0, tail = length;
    if (length >= PIECE_BYTES && end < part->length)
        end += (gsize)(g_utf8_next_char(part->text + end) - (part->text + end)); /* still to come */
    while (front < tail && g_ascii_isspace(text[front]))
        front++;
    while (tail > front && g_ascii_isspace(text[tail - 1]))
        tail--;
    if (front < tail && table && table->in_cell && part->has_bytes) {
        ZpCell *cell = &table->cell;
        if (cell->byte_start == cell->byte_end)
            cell->byte_start = (guint32)(part->byte + reader->behind + front);
        cell->byte_end = (guint32)(part->byte + end - (length - tail));
    }
    reader->behind = end;
}

static void characters(void *data, const xmlChar *text, int length)
{
    Reader *reader = data;
    if (reader->is_passed)
        namePop(reader->parser);
    reader->is_passed = false;
    if (zp_html_seen_way(&reader->seen) == ZP_WAY_SHOWN)
        note_bytes(reader, (const char *)text, (gsize)length);
    zp_html_seen_text(&reader->seen, (const char *)text, (gsize)length);
}

static void note_comment(void *data, const xmlChar *text)
{
    (void)text;
    note_event(data);
}

/* libxml2 gives up on some inputs (a tag of 10 MB); what follows is then unread. */
static void note_rest(Reader *reader)
{
    gsize read = offset_of(reader), length = reader->part->length;
    const char *rest = reader->part->text + MIN(read, length);
    if (reader->page.error || read >= length || zp_text_is_blank(rest, length - read))
        return;
    note_loss(reader, "网页从这里起无法解析，其后的内容没有读取",
              "the page cannot be parsed from here on; what follows was not read");
}

static void parse(Reader *reader)
{
    htmlSAXHandler events = {
        .startElement = start_element,
        .endElement = end_element,
        .characters = characters,
        .ignorableWhitespace = characters,
        .comment = note_comment,
    };
    reader->parser = htmlCreateMemoryParserCtxt(reader->part->text, (int)reader->part->length);
    if (!reader->parser)
        return;
    htmlSAXHandler *own = reader->parser->sax;
    reader->parser->sax = &events;
    reader->parser->userData = reader;
    htmlCtxtUseOptions(reader->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                           HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                           HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC);
    xmlSwitchEncoding(reader->parser, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(reader->parser);
    note_rest(reader);
    reader->parser->sax = own;
    htmlFreeParserCtxt(reader->parser);
}

/* What the page lacks, and the limits that its style sheets passed. */
static void note_survey(Reader *reader, const ZpHtmlSurvey *survey)
{
    const char *limit = survey->sheet ? zp_html_sheet_limit(survey->sheet) : NULL;
    if (survey->cut_zh)
        note_loss(reader, survey->cut_zh, survey->cut_en);
    if (!limit)
        return;
    g_autofree char *zh =
        g_strdup_printf("页面的样式表超过 %s 的上限，其余的没有看，可能读入了看不见的文字", limit);
    g_autofree char *en = g_strdup_printf("the page's style sheets are over %s; what is beyond was "
                                          "not looked at, and hidden text may "
                                          "have been read",
                                          limit);
    note_loss(reader, zh, en);
}

bool zp_html_read_part(const ZpHtmlPart *part, ZpDocument *document, GError **error)
{
    if (!zp_markup_check(ZP_MARKUP_HTML, part->text, part->length, error))
        return false;
    ZpHtmlSurvey survey;
    zp_html_survey(part->text, part->length, &survey);
    g_autofree char *cleaned = zp_html_clean(part->text, part->length, survey.has_abrupt);
    ZpHtmlPart shown = *part;
    if (cleaned)
        shown.text = cleaned;
    Reader reader = {.part = &shown};
    zp_html_page_start(&reader.page, document);
    zp_html_seen_init(&reader.seen, &reader.page, survey.sheet);
    reader.seen.is_quirky = survey.is_quirky;
    reader.page.line = part->line;
    parse(&reader);
    zp_html_seen_clear(&reader.seen);
    zp_html_page_end(&reader.page);
    note_survey(&reader, &survey);
    zp_html_sheet_free(survey.sheet);
    if (!reader.page.error)
        return true;
    g_propagate_error(error, reader.page.error);
    return false;
}

static ZpDocument *read_html(GBytes *input, const ZpReadOptions *options, GError **error)
{
    ZpDecoded decoded;
    const char *declared = zp_decode_declared(input);
    const char *charset = options && options->charset ? options->charset : declared;
    if (!zp_decode(input, charset, &decoded, error))
        return NULL;
    g_autoptr(ZpDocument) document = zp_document_new_within(options ? options->limits : NULL);
    ZpHtmlPart page = {
        .text = decoded.text,
        .length = decoded.length,
        .line = 1,
        .byte = decoded.offset,
        .has_bytes = decoded.is_whole,
    };
    bool done = zp_html_read_part(&page, document, error);
    zp_decoded_note(&decoded, document);
    zp_decoded_clear(&decoded);
    return done ? g_steal_pointer(&document) : NULL;
}

/* What a tag whose name begins at p says of the file; 0: nothing. */
static int score_of_tag(const char *p, gsize length)
{
    static const struct {
        const char *mark;
        int score;
    } MARKS[] = {{"!doctype html", 95}, {"html", 90}, {"table", 60}, {"tr", 55}};
    for (guint i = 0; i < G_N_ELEMENTS(MARKS); i++) {
        gsize mark = strlen(MARKS[i].mark);
        if (length >= mark && g_ascii_tolower(*p) == MARKS[i].mark[0] &&
            g_ascii_strncasecmp(p, MARKS[i].mark, mark) == 0)
            return MARKS[i].score;
    }
    return 0;
}

/*
 * A table anywhere in the beginning is enough; a document type or <html> even more so.  With other
 * tags alone it is as likely a text, and the name decides.
 */
static int probe_html(GBytes *head)
{
    gsize length;
    const char *bytes = g_bytes_get_data(head, &length), *end = bytes + length;
    int best = 0;
    if (!length || memchr(bytes, '\0', length))
        return 0;
    for (const char *p = bytes;
         best < ZP_PROBE_CERTAIN && (p = memchr(p, '<', (gsize)(end - p))) != NULL;) {
        p++;
        best = MAX(best, p < end && g_ascii_isalpha(*p) ? 10 : 0);
        best = MAX(best, score_of_tag(p, (gsize)(end - p)));
    }
    return best;
}

static const char *const SUFFIXES[] = {".html", ".htm", ".xhtml", ".shtml", NULL};

const ZpParser zp_html_parser = {
    .name = "html",
    .zh = "网页（HTML）",
    .en = "web pages (HTML)",
    .suffixes = SUFFIXES,
    .probe = probe_html,
    .read = read_html,
    .write_cell = &zp_html_cells,
    .mark = zp_mark_html,
    .cost = {600, 130},
};
