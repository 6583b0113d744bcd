/*
 * xml.c - libxml2's SAX2 events with names looked up by their interned pointers.
 *
 * libxml2 keeps one copy of every name in a dictionary, so an element costs one look-up of a
 * pointer.  No tree is built: neither depth nor size of a part is limited by one.  Word and Excel
 * never write a document type and refuse files that have one, so it is refused here too; that ends
 * every trick with entities before it begins.
 */
#include "parsers/ooxml/xml.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"
#include "parsers/ooxml/compat.h"
#include "parsers/shared/markup.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

/* Pointers of one attribute: local name, prefix, namespace, begin and end of the value. */
#define PER_ATTRIBUTE 5

typedef struct {
    xmlParserCtxtPtr parser;
    const char *part;
    const ZpXmlHandler *handler;
    gpointer data;
    GHashTable *names; /* interned local name → first ZpXmlName of that name */
    ZpXmlCompat *compat;
    guint depth, depth_max, skipped, n_elements;
    GError **error;
    GError *own; /* where error is NULL */
} Parse;

static const struct {
    const char *uri;
    ZpXmlSpace space;
} SPACES[] = {
    {"http://schemas.openxmlformats.org/wordprocessingml/2006/main", ZP_XML_WORD},
    {"http://schemas.openxmlformats.org/spreadsheetml/2006/main", ZP_XML_SHEET},
    {"http://purl.oclc.org/ooxml/wordprocessingml/main", ZP_XML_WORD},
    {"http://purl.oclc.org/ooxml/spreadsheetml/main", ZP_XML_SHEET},
    {"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main", ZP_XML_SHEET_2009},
    {"http://schemas.microsoft.com/office/excel/2006/main", ZP_XML_EXCEL},
    {"http://schemas.openxmlformats.org/package/2006/relationships", ZP_XML_PACKAGE},
    {"http://schemas.openxmlformats.org/officeDocument/2006/math", ZP_XML_MATH},
    {"http://purl.oclc.org/ooxml/officeDocument/math", ZP_XML_MATH},
    {"http://schemas.openxmlformats.org/drawingml/2006/main", ZP_XML_DRAWING},
    {"http://purl.oclc.org/ooxml/drawingml/main", ZP_XML_DRAWING},
    {"http://schemas.microsoft.com/office/word/2010/wordml", ZP_XML_WORD_2010},
    {"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
     ZP_XML_DRAWING_PLACE},
    {"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", ZP_XML_DRAWING_PLACE},
    {"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing", ZP_XML_DRAWING_PLACE},
    {"http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing", ZP_XML_DRAWING_PLACE},
    {"http://schemas.openxmlformats.org/drawingml/2006/chart", ZP_XML_CHART},
    {"http://purl.oclc.org/ooxml/drawingml/chart", ZP_XML_CHART},
    {"http://schemas.microsoft.com/office/drawing/2014/chartex", ZP_XML_CHART},
    {"http://schemas.openxmlformats.org/drawingml/2006/diagram", ZP_XML_CHART},
    {"http://purl.oclc.org/ooxml/drawingml/diagram", ZP_XML_CHART},
    {"urn:schemas-microsoft-com:vml", ZP_XML_VECTOR},
    {"urn:schemas-microsoft-com:office:office", ZP_XML_OFFICE},
    {"http://schemas.openxmlformats.org/officeDocument/2006/relationships", ZP_XML_RELATION},
    {"http://purl.oclc.org/ooxml/officeDocument/relationships", ZP_XML_RELATION},
    {"http://www.ofdspec.org/2016", ZP_XML_OFD},
    {"http://www.ofdspec.org", ZP_XML_OFD},
};

static bool is_space(const char *uri, ZpXmlSpace space)
{
    if (!uri)
        return space == ZP_XML_OFD;
    for (guint i = 0; uri && i < G_N_ELEMENTS(SPACES); i++) {
        if (SPACES[i].space == space && strcmp(SPACES[i].uri, uri) == 0)
            return true;
    }
    return false;
}

/* The token of an element; 0: not known. */
static guint token_of(const Parse *parse, const xmlChar *name, const xmlChar *uri)
{
    const ZpXmlName *row = g_hash_table_lookup(parse->names, name);
    for (; row && row->name && strcmp(row->name, (const char *)name) == 0; row++) {
        if (is_space((const char *)uri, row->space))
            return row->token;
    }
    return 0;
}

static void stop_when_failed(Parse *parse)
{
    if (*parse->error)
        xmlStopParser(parse->parser);
}

static void skip_inner(Parse *parse, const xmlChar *name)
{
    parse->skipped++;
    if (zp_compat_is_listening(parse->compat))
        zp_compat_inner(parse->compat, name);
}

/* Where the parser stands in the bytes of the part; 0 where it reads them in another character set. */
static void tell_place(const Parse *parse)
{
    const xmlParserInput *input = parse->parser->input;
    bool is_plain = input && !(input->buf && input->buf->encoder);
    if (parse->handler->place)
        parse->handler->place(
            parse->data,
            is_plain ? (guint32)(input->consumed + (gsize)(input->cur - input->base)) : 0);
}

static void start_shown(Parse *parse, const ZpCompatElement *element)
{
    ZpCompatFate fate = zp_compat_start(parse->compat, element);
    guint token = fate == ZP_COMPAT_SHOWN ? token_of(parse, element->name, element->uri) : 0;
    ZpXmlAttributes attributes = {element->raw, element->count, element->uri, parse->n_elements};
    if (token)
        tell_place(parse);
    bool is_taken = !token || parse->handler->start(parse->data, token, &attributes);
    if (fate == ZP_COMPAT_SKIPPED || !is_taken)
        parse->skipped = 1;
}

static void start_element(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int n_spaces, const xmlChar **spaces, int count,
                          int n_defaulted, const xmlChar **raw)
{
    Parse *parse = context;
    (void)prefix, (void)n_defaulted;
    parse->n_elements++;
    if (++parse->depth > parse->depth_max) {
        zp_error_set(parse->error, ZP_ERROR_LIMIT,
                     "部件 %s 的元素嵌套超过 ZP_LIMIT_XML_DEPTH（--max-depth，%u 层）的上限",
                     "the elements of the part %s are nested deeper than ZP_LIMIT_XML_DEPTH "
                     "(--max-depth, %u)",
                     parse->part, parse->depth_max);
        xmlStopParser(parse->parser);
        return;
    }
    ZpCompatElement element = {name, uri, n_spaces, spaces, count, raw, parse->depth};
    if (parse->skipped)
        skip_inner(parse, name);
    else
        start_shown(parse, &element);
    stop_when_failed(parse);
}

static void tell_unseen(Parse *parse)
{
    GString *text = zp_compat_end(parse->compat, parse->depth);
    if (!text)
        return;
    if (parse->handler->unseen && !zp_text_is_blank(text->str, text->len))
        parse->handler->unseen(parse->data, text->str, text->len);
    g_string_free(text, TRUE);
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix,
                        const xmlChar *uri)
{
    Parse *parse = context;
    (void)prefix;
    bool is_skipped = parse->skipped > 0;
    parse->skipped -= is_skipped;
    guint token = parse->handler->end && !is_skipped ? token_of(parse, name, uri) : 0;
    if (token) {
        tell_place(parse);
        parse->handler->end(parse->data, token);
    }
    if (zp_compat_is_listening(parse->compat))
        tell_unseen(parse);
    parse->depth--;
    stop_when_failed(parse);
}

static void characters(void *context, const xmlChar *text, int length)
{
    Parse *parse = context;
    if (zp_compat_is_listening(parse->compat))
        zp_compat_characters(parse->compat, (const char *)text, (gsize)length, parse->skipped > 0);
    if (parse->skipped || !parse->handler->text)
        return;
    parse->handler->text(parse->data, (const char *)text, (gsize)length);
    stop_when_failed(parse);
}

static void refuse_type(void *context, const xmlChar *name, const xmlChar *public_id,
                        const xmlChar *system_id)
{
    Parse *parse = context;
    (void)name, (void)public_id, (void)system_id;
    if (!*parse->error)
        zp_error_set(parse->error, ZP_ERROR_DAMAGED,
                     "部件 %s 里有文档类型声明（DOCTYPE），这种文件不允许；请用原来的软件另存",
                     "the part %s declares a document type (DOCTYPE), which such files must not; "
                     "save it anew with the program it is from",
                     parse->part);
    xmlStopParser(parse->parser);
}

static void intern_names(Parse *parse)
{
    parse->names = g_hash_table_new(NULL, NULL);
    for (const ZpXmlName *row = parse->handler->names; row->name; row++) {
        gpointer key = (gpointer)xmlDictLookup(parse->parser->dict, (const xmlChar *)row->name, -1);
        if (!g_hash_table_contains(parse->names, key))
            g_hash_table_insert(parse->names, key, (gpointer)row);
    }
}

static void set_not_well_formed(const Parse *parse)
{
    zp_error_set(parse->error, ZP_ERROR_DAMAGED,
                 "部件 %s 已损坏（第 %d 行起不是完整的 XML）；请用原来的软件打开后另存",
                 "the part %s is damaged (no well-formed XML from line %d on); open and save it "
                 "anew with the program it is from",
                 parse->part, parse->parser->lastError.line);
}

bool zp_xml_parse(GBytes *bytes, const char *name, const ZpXmlHandler *handler, gpointer data,
                  GError **error)
{
    return zp_xml_parse_within(bytes, name, handler, data, NULL, error);
}

static void hush(void *context, xmlErrorPtr error)
{
    (void)context;
    (void)error;
}

bool zp_xml_parse_within(GBytes *bytes, const char *name, const ZpXmlHandler *handler,
                         gpointer data, const ZpLimits *limits, GError **error)
{
    xmlSAXHandler events = {
        .initialized = XML_SAX2_MAGIC,
        .internalSubset = refuse_type,
        .startElementNs = start_element,
        .endElementNs = end_element,
        .characters = characters,
        .cdataBlock = characters,
        .ignorableWhitespace = characters,
    };
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);
    Parse parse = {.part = name, .handler = handler, .data = data};
    parse.depth_max = zp_limits_depth(limits, ZP_LIMIT_XML_DEPTH);
    parse.error = error ? error : &parse.own;
    if (!zp_markup_check(ZP_MARKUP_XML, text, size, parse.error)) {
        g_clear_error(&parse.own);
        return false;
    }
    parse.parser = size ? xmlCreateMemoryParserCtxt(text, (int)size) : NULL;
    if (!parse.parser) {
        zp_error_set(parse.error, ZP_ERROR_DAMAGED, "部件 %s 是空的；请用原来的软件打开后另存",
                     "the part %s is empty; open and save it anew with the program it is from",
                     name);
        g_clear_error(&parse.own);
        return false;
    }
    /* What an encoding has to say reaches no handler of the parser, and would be printed. */
    xmlStructuredErrorFunc heard = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, hush);
    xmlSAXHandler *own = parse.parser->sax;
    parse.parser->sax = &events;
    parse.parser->userData = &parse;
    xmlCtxtUseOptions(parse.parser,
                      XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    intern_names(&parse);
    parse.compat = zp_compat_new(parse.parser->dict);
    xmlParseDocument(parse.parser);
    if (!parse.parser->wellFormed && !*parse.error)
        set_not_well_formed(&parse);
    bool done = !*parse.error;
    xmlSetStructuredErrorFunc(context, heard);
    parse.parser->sax = own;
    g_hash_table_unref(parse.names);
    zp_compat_free(parse.compat);
    xmlFreeDoc(parse.parser->myDoc);
    xmlFreeParserCtxt(parse.parser);
    g_clear_error(&parse.own);
    return done;
}

/* An attribute of the element itself, in its namespace or none, or of a relationship (r:id). */
static bool is_own(const ZpXmlAttributes *attributes, const unsigned char *uri)
{
    return !uri || uri == attributes->uri || is_space((const char *)uri, ZP_XML_RELATION);
}

const char *zp_xml_attribute(const ZpXmlAttributes *attributes, const char *name, gsize *length)
{
    for (int i = 0; i < attributes->count; i++) {
        const unsigned char **raw = attributes->raw + (gsize)i * PER_ATTRIBUTE;
        if (strcmp((const char *)raw[0], name) != 0 || !is_own(attributes, raw[2]))
            continue;
        *length = (gsize)(raw[4] - raw[3]);
        return (const char *)raw[3];
    }
    return NULL;
}

char *zp_xml_dup(const ZpXmlAttributes *attributes, const char *name)
{
    gsize length;
    const char *value = zp_xml_attribute(attributes, name, &length);
    return value ? g_strndup(value, length) : NULL;
}

bool zp_xml_is(const ZpXmlAttributes *attributes, const char *name, const char *value)
{
    gsize length;
    const char *found = zp_xml_attribute(attributes, name, &length);
    return found && length == strlen(value) && memcmp(found, value, length) == 0;
}

guint zp_xml_number(const ZpXmlAttributes *attributes, const char *name, guint otherwise)
{
    gsize length;
    const char *value = zp_xml_attribute(attributes, name, &length);
    guint64 number = 0;
    if (!value || !length)
        return otherwise;
    for (gsize i = 0; i < length; i++) {
        if (!g_ascii_isdigit(value[i]))
            return otherwise;
        number = MIN(number * 10 + (guint64)(value[i] - '0'), G_MAXUINT);
    }
    return (guint)number;
}

bool zp_xml_flag(const ZpXmlAttributes *attributes, const char *name, bool otherwise)
{
    static const char *const OFF[] = {"0", "false", "off"};
    gsize length;
    if (!zp_xml_attribute(attributes, name, &length))
        return otherwise;
    for (guint i = 0; i < G_N_ELEMENTS(OFF); i++) {
        if (zp_xml_is(attributes, name, OFF[i]))
            return false;
    }
    return true;
}
