/*
 * docx_styles.c - styles whose text is hidden or numbered, and characters of symbol fonts.
 *
 * A style says w:vanish and w:numPr itself or takes them from the one it is based on; a chain of styles
 * that runs in a circle is cut.  Symbol fonts put their signs at U+F020…U+F0FF of the private area.
 */
#include "parsers/docx_private.h"
#include "parsers/ooxml_xml.h"

#include <string.h>

/* Steps up a chain of styles. */
#define CHAIN_MAX 32

enum { STYLE = 1, BASED_ON, VANISH, CONDITIONAL, DEFAULTS, LIST, LEVEL };

typedef enum { UNSAID, SHOWN, HIDDEN } Vanish;

typedef struct {
    char *based_on; /* (nullable) */
    Vanish vanish;
    bool is_paragraph, is_default, has_list;
    guint list, level;
} Style;

typedef struct {
    GHashTable *styles; /* id → Style */
    Style *style;       /* under way */
    bool in_defaults, default_is_hidden;
} Reader;

static void style_free(gpointer data)
{
    Style *style = data;
    g_free(style->based_on);
    g_free(style);
}

static void start_style(Reader *reader, const ZpXmlAttributes *attributes)
{
    char *id = zp_xml_dup(attributes, "styleId");
    Style *style = g_new0(Style, 1);
    style->is_paragraph = !zp_xml_is(attributes, "type", "character");
    style->is_default =
        zp_xml_is(attributes, "type", "paragraph") && zp_xml_flag(attributes, "default", false);
    reader->style = style;
    g_hash_table_insert(reader->styles, id ? id : g_strdup(""), style);
}

static bool start(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Reader *reader = data;
    if (token == STYLE) {
        start_style(reader, attributes);
    } else if (token == DEFAULTS) {
        reader->in_defaults = true;
    } else if (token == BASED_ON && reader->style) {
        g_free(reader->style->based_on);
        reader->style->based_on = zp_xml_dup(attributes, "val");
    } else if (token == LIST && reader->style) {
        reader->style->has_list = true;
        reader->style->list = zp_xml_number(attributes, "val", 0);
    } else if (token == LEVEL && reader->style) {
        reader->style->level = zp_xml_number(attributes, "val", 0);
    } else if (token == VANISH && reader->style) {
        reader->style->vanish = zp_xml_flag(attributes, "val", true) ? HIDDEN : SHOWN;
    } else if (token == VANISH && reader->in_defaults) {
        reader->default_is_hidden = zp_xml_flag(attributes, "val", true);
    }
    return token != CONDITIONAL;
}

static void end(gpointer data, guint token)
{
    Reader *reader = data;
    if (token == STYLE)
        reader->style = NULL;
    if (token == DEFAULTS)
        reader->in_defaults = false;
}

static const Style *base_of(const Reader *reader, const Style *style)
{
    return style->based_on ? g_hash_table_lookup(reader->styles, style->based_on) : NULL;
}

static bool is_hidden(const Reader *reader, const Style *style)
{
    bool otherwise = style->is_paragraph && reader->default_is_hidden;
    for (guint step = 0; style && step < CHAIN_MAX; step++) {
        if (style->vanish != UNSAID)
            return style->vanish == HIDDEN;
        style = base_of(reader, style);
    }
    return otherwise;
}

static ZpDocxStyle resolve(const Reader *reader, const Style *style)
{
    ZpDocxStyle out = {.is_hidden = is_hidden(reader, style)};
    for (guint step = 0; style && step < CHAIN_MAX; step++) {
        if (style->has_list) {
            out.list = style->list;
            out.level = style->level;
            break;
        }
        style = base_of(reader, style);
    }
    return out;
}

static void keep(GHashTable *out, const char *id, const ZpDocxStyle *style)
{
    if (style->is_hidden || style->list)
        g_hash_table_insert(out, g_strdup(id), g_memdup2(style, sizeof *style));
}

static GHashTable *resolve_all(const Reader *reader)
{
    GHashTable *out = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    ZpDocxStyle otherwise = {.is_hidden = reader->default_is_hidden};
    GHashTableIter iter;
    gpointer id, style;
    g_hash_table_iter_init(&iter, reader->styles);
    while (g_hash_table_iter_next(&iter, &id, &style)) {
        ZpDocxStyle resolved = resolve(reader, style);
        keep(out, id, &resolved);
        if (((const Style *)style)->is_default)
            otherwise = resolved;
    }
    keep(out, "", &otherwise);
    return out;
}

GHashTable *zp_docx_styles(GBytes *part, const char *name, GError **error)
{
    static const ZpXmlName NAMES[] = {
        {ZP_XML_WORD, "style", STYLE},         {ZP_XML_WORD, "basedOn", BASED_ON},
        {ZP_XML_WORD, "vanish", VANISH},       {ZP_XML_WORD, "tblStylePr", CONDITIONAL},
        {ZP_XML_WORD, "rPrDefault", DEFAULTS}, {ZP_XML_WORD, "numId", LIST},
        {ZP_XML_WORD, "ilvl", LEVEL},          {0}};
    static const ZpXmlHandler HANDLER = {NAMES, start, end, NULL};
    g_autoptr(GHashTable) styles =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, style_free);
    Reader reader = {.styles = styles};
    if (part && !zp_xml_parse(part, name, &HANDLER, &reader, error))
        return NULL;
    return resolve_all(&reader);
}

/* Signs that forms use, by the place in their font. */
static const struct {
    const char *font;
    guint8 place;
    gunichar sign;
} SIGNS[] = {
    {"symbol", 0xA3, 0x2264},      {"symbol", 0xB3, 0x2265},      {"symbol", 0xB1, 0x00B1},
    {"symbol", 0xB4, 0x00D7},      {"symbol", 0xB8, 0x00F7},      {"symbol", 0xB9, 0x2260},
    {"symbol", 0xBB, 0x2248},      {"symbol", 0xB0, 0x00B0},      {"symbol", 0xBC, 0x2026},
    {"symbol", 0xB7, 0x2022},      {"symbol", 0xA5, 0x221E},      {"symbol", 0xD7, 0x22C5},
    {"symbol", 0xA2, 0x2032},      {"symbol", 0xAE, 0x2192},      {"symbol", 0x6D, 0x03BC},
    {"symbol", 0x2D, 0x2212},      {"wingdings", 0xFC, 0x2713},   {"wingdings", 0xFB, 0x2717},
    {"wingdings", 0xFE, 0x2611},   {"wingdings", 0xFD, 0x2612},   {"wingdings", 0xA8, 0x25FB},
    {"wingdings", 0x6F, 0x25A1},   {"wingdings", 0x78, 0x2612},   {"wingdings", 0x6C, 0x25CF},
    {"wingdings", 0x6E, 0x25A0},   {"wingdings", 0xAB, 0x2605},   {"wingdings", 0xB6, 0x2606},
    {"wingdings", 0xE0, 0x2192},   {"wingdings", 0xD8, 0x27A2},   {"wingdings 2", 0x50, 0x2713},
    {"wingdings 2", 0x52, 0x2611}, {"wingdings 2", 0xA3, 0x25A1}, {"wingdings 2", 0x53, 0x2612},
    {"wingdings 2", 0x54, 0x2612}, {"wingdings 2", 0x4F, 0x2717},
};

const char *zp_docx_symbol_font(const char *font)
{
    for (guint i = 0; font && i < G_N_ELEMENTS(SIGNS); i++) {
        if (g_ascii_strcasecmp(SIGNS[i].font, font) == 0)
            return SIGNS[i].font;
    }
    return NULL;
}

gunichar zp_docx_symbol(const char *font, guint code)
{
    bool is_place = code >= 0xF000 && code <= 0xF0FF;
    if (!is_place && code >= 0x100)
        return g_unichar_validate(code) ? code : 0;
    g_autofree char *folded = font ? g_ascii_strdown(font, -1) : g_strdup("");
    for (guint i = 0; i < G_N_ELEMENTS(SIGNS); i++) {
        if (SIGNS[i].place == (code & 0xFF) && strcmp(SIGNS[i].font, folded) == 0)
            return SIGNS[i].sign;
    }
    bool is_ascii = (code & 0xFF) >= 0x20 && (code & 0xFF) < 0x7F;
    bool is_letters = !g_str_has_prefix(folded, "wingdings") && strcmp(folded, "webdings") != 0;
    return is_ascii && is_letters ? (code & 0xFF) : 0;
}
