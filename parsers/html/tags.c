/*
 * tags.c - the table of elements that matter, by name.
 *
 * Elements that libxml2 knows and this table does not are inline: they say nothing of tables and
 * lines.  Those that are younger than libxml2's own list stand in KNOWN.
 */
#include "parsers/html/tags.h"

#include <glib.h>
#include <libxml/HTMLparser.h>
#include <string.h>

typedef struct {
    const char *name;
    ZpHtmlTag tag;
} Row;

/* By name: it is searched by halves. */
static const Row TAGS[] = {
    {"address", ZP_HTML_BLOCK},    {"article", ZP_HTML_BLOCK},    {"aside", ZP_HTML_BLOCK},
    {"blockquote", ZP_HTML_BLOCK}, {"body", ZP_HTML_BLOCK},       {"br", ZP_HTML_BREAK},
    {"canvas", ZP_HTML_PICTURE},   {"caption", ZP_HTML_BLOCK},    {"center", ZP_HTML_BLOCK},
    {"dd", ZP_HTML_BLOCK},         {"details", ZP_HTML_DETAILS},  {"div", ZP_HTML_BLOCK},
    {"dl", ZP_HTML_BLOCK},         {"dt", ZP_HTML_BLOCK},         {"embed", ZP_HTML_PICTURE},
    {"fieldset", ZP_HTML_BLOCK},   {"figcaption", ZP_HTML_BLOCK}, {"figure", ZP_HTML_BLOCK},
    {"footer", ZP_HTML_BLOCK},     {"form", ZP_HTML_BLOCK},       {"h1", ZP_HTML_BLOCK},
    {"h2", ZP_HTML_BLOCK},         {"h3", ZP_HTML_BLOCK},         {"h4", ZP_HTML_BLOCK},
    {"h5", ZP_HTML_BLOCK},         {"h6", ZP_HTML_BLOCK},         {"head", ZP_HTML_SILENT},
    {"header", ZP_HTML_BLOCK},     {"hr", ZP_HTML_BREAK},         {"iframe", ZP_HTML_PICTURE},
    {"img", ZP_HTML_PICTURE},      {"input", ZP_HTML_FIELD},      {"li", ZP_HTML_BLOCK},
    {"main", ZP_HTML_BLOCK},       {"nav", ZP_HTML_BLOCK},        {"noscript", ZP_HTML_SILENT},
    {"object", ZP_HTML_PICTURE},   {"ol", ZP_HTML_BLOCK},         {"option", ZP_HTML_OPTION},
    {"p", ZP_HTML_BLOCK},          {"pre", ZP_HTML_BLOCK},        {"script", ZP_HTML_SILENT},
    {"section", ZP_HTML_BLOCK},    {"select", ZP_HTML_SELECT},    {"style", ZP_HTML_SILENT},
    {"summary", ZP_HTML_BLOCK},    {"svg", ZP_HTML_PICTURE},      {"table", ZP_HTML_TABLE},
    {"tbody", ZP_HTML_GROUP},      {"td", ZP_HTML_CELL},          {"template", ZP_HTML_SILENT},
    {"tfoot", ZP_HTML_GROUP},      {"th", ZP_HTML_CELL},          {"thead", ZP_HTML_GROUP},
    {"title", ZP_HTML_SILENT},     {"tr", ZP_HTML_ROW},           {"ul", ZP_HTML_BLOCK},
    {"video", ZP_HTML_PICTURE},    {"xml", ZP_HTML_SILENT},
};

/* Elements that HTML knows and libxml2's table of elements does not. */
static const char *const KNOWN[] = {
    "article", "aside",   "bdi",  "canvas",   "data", "details", "figcaption", "figure", "footer",
    "header",  "main",    "mark", "nav",      "nobr", "rp",      "rt",         "ruby",   "section",
    "source",  "summary", "svg",  "template", "time", "video",   "wbr"};

/* strcmp, most of whose calls the first letter decides. */
static int compare(const char *a, const char *b)
{
    return *a != *b ? (guchar)*a - (guchar)*b : strcmp(a, b);
}

ZpHtmlTag zp_html_tag(const char *name)
{
    guint low = 0, high = G_N_ELEMENTS(TAGS);
    while (low < high) {
        guint middle = (low + high) / 2;
        int order = compare(name, TAGS[middle].name);
        if (order == 0)
            return TAGS[middle].tag;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return ZP_HTML_OTHER;
}

bool zp_html_is_name(const char *text)
{
    for (; *text; text++) {
        if (!g_ascii_isalnum(*text) && !strchr("-_:.@", *text))
            return false;
    }
    return true;
}

bool zp_html_is_element(const char *name)
{
    if (strchr(name, ':') || htmlTagLookup((const xmlChar *)name))
        return zp_html_is_name(name);
    for (guint i = 0; i < G_N_ELEMENTS(KNOWN); i++) {
        if (strcmp(name, KNOWN[i]) == 0)
            return true;
    }
    return false;
}

guint32 zp_html_span(const char *const *attributes, const char *name, guint32 zero)
{
    for (; attributes && attributes[0]; attributes += 2) {
        if (strcmp(attributes[0], name) != 0 || !attributes[1])
            continue;
        const char *p = attributes[1];
        while (g_ascii_isspace(*p) || *p == '+')
            p++;
        if (!g_ascii_isdigit(*p))
            return 1;
        guint64 span = g_ascii_strtoull(p, NULL, 10);
        return span ? (guint32)MIN(span, G_MAXUINT16 - 1) : zero;
    }
    return 1;
}

const char *zp_html_attribute(const char *const *attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2) {
        if (compare(attributes[0], name) == 0)
            return attributes[1] ? attributes[1] : "";
    }
    return NULL;
}

/* Types of <input> that show their value is not the text of; of any other name it is. */
static const char *const TEXTLESS[] = {"hidden", "submit", "button", "reset",   "image",
                                       "file",   "color",  "range",  "password"};

const char *zp_html_field_text(const char *const *attributes)
{
    const char *type = zp_html_attribute(attributes, "type");
    if (type &&
        (g_ascii_strcasecmp(type, "checkbox") == 0 || g_ascii_strcasecmp(type, "radio") == 0))
        return zp_html_attribute(attributes, "checked") ? "☑" : "☐";
    for (guint i = 0; type && i < G_N_ELEMENTS(TEXTLESS); i++) {
        if (g_ascii_strcasecmp(type, TEXTLESS[i]) == 0)
            return NULL;
    }
    return zp_html_attribute(attributes, "value");
}
