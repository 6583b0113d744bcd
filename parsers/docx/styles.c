/*
 * styles.c - how styles make text look and number it, and characters of symbol fonts.
 *
 * A style says a property itself or takes it from the one it is based on; a chain of styles that runs in a
 * circle is cut.  What a table style says of some rows and columns only is not worked out.  Symbol fonts put their signs at U+F020…U+F0FF of the private area.
 */
#include "parsers/docx/names.h"
#include "parsers/docx/private.h"
#include "parsers/ooxml/xml.h"

#include <string.h>

/* Steps up a chain of styles. */
#define CHAIN_MAX 32
/* The same where each step reads all styles again. */
#define GROUND_STEPS_MAX 4
/* Grounds of one table style that are looked at. */
#define GROUNDS_MAX 64

typedef struct {
    char *based_on; /* (nullable) */
    ZpDocxLook look;
    bool is_default, has_list;
    guint list, level;
} Style;

typedef struct {
    ZpDocxStyles *out;
    GHashTable *styles; /* id → Style */
    Style *style;       /* under way */
    bool in_defaults;
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
    style->is_default =
        zp_xml_is(attributes, "type", "paragraph") && zp_xml_flag(attributes, "default", false);
    reader->style = style;
    g_hash_table_insert(reader->styles, id ? id : g_strdup(""), style);
}

static void read_property(Reader *reader, Token token, const ZpXmlAttributes *attributes)
{
    Style *style = reader->style;
    ZpDocxLook *look = style ? &style->look : reader->in_defaults ? &reader->out->defaults : NULL;
    if (token == BASED_ON && style) {
        g_free(style->based_on);
        style->based_on = zp_xml_dup(attributes, "val");
    } else if (token == LIST_NUMBER && style) {
        style->has_list = true;
        style->list = zp_xml_number(attributes, "val", 0);
    } else if (token == LIST_LEVEL && style) {
        style->level = zp_xml_number(attributes, "val", 0);
    } else if (look) {
        zp_docx_look_read(look, token, attributes, &reader->out->theme);
    }
}

static bool start(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Reader *reader = data;
    if (token == CONDITIONAL)
        return false;
    if (token == STYLE)
        start_style(reader, attributes);
    else if (token == DEFAULTS)
        reader->in_defaults = true;
    else
        read_property(reader, token, attributes);
    return true;
}

static void end(gpointer data, guint token)
{
    Reader *reader = data;
    if (token == STYLE)
        reader->style = NULL;
    if (token == DEFAULTS)
        reader->in_defaults = false;
    if (token == FILL && reader->style)
        reader->style->look.in_fill = false;
}

static const Style *base_of(const Reader *reader, const Style *style)
{
    return style->based_on ? g_hash_table_lookup(reader->styles, style->based_on) : NULL;
}

static ZpDocxStyle resolve(const Reader *reader, const Style *style)
{
    ZpDocxStyle out = {0};
    bool has_list = false;
    for (guint step = 0; style && step < CHAIN_MAX; step++) {
        zp_docx_look_under(&out.look, &style->look);
        if (style->has_list && !has_list) {
            out.list = style->list;
            out.level = style->level;
            has_list = true;
        }
        style = base_of(reader, style);
    }
    return out;
}

static void resolve_all(const Reader *reader)
{
    static const ZpDocxStyle PLAIN;
    GHashTableIter iter;
    gpointer id, style;
    g_hash_table_iter_init(&iter, reader->styles);
    while (g_hash_table_iter_next(&iter, &id, &style)) {
        ZpDocxStyle resolved = resolve(reader, style);
        if (((const Style *)style)->is_default)
            reader->out->paragraph = resolved;
        if (memcmp(&resolved, &PLAIN, sizeof PLAIN) != 0)
            g_hash_table_insert(reader->out->by_id, g_strdup(id),
                                g_memdup2(&resolved, sizeof resolved));
    }
    reader->out->is_plain = g_hash_table_size(reader->out->by_id) == 0 &&
                            memcmp(&reader->out->paragraph, &PLAIN, sizeof PLAIN) == 0;
}

static bool read_styles(ZpDocxStyles *out, GError **error)
{
    static const ZpXmlName NAMES[] = {{ZP_XML_WORD, "style", STYLE},
                                      {ZP_XML_WORD, "basedOn", BASED_ON},
                                      {ZP_XML_WORD, "tblStylePr", CONDITIONAL},
                                      {ZP_XML_WORD, "rPrDefault", DEFAULTS},
                                      {ZP_XML_WORD, "numId", LIST_NUMBER},
                                      {ZP_XML_WORD, "ilvl", LIST_LEVEL},
                                      ZP_DOCX_LOOK_NAMES,
                                      {0}};
    static const ZpXmlHandler HANDLER = {.names = NAMES, .start = start, .end = end};
    g_autoptr(GHashTable) styles =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, style_free);
    Reader reader = {.out = out, .styles = styles};
    if (out->part && !zp_xml_parse(out->part, out->name, &HANDLER, &reader, error))
        return false;
    resolve_all(&reader);
    return true;
}

ZpDocxStyles *zp_docx_styles_new(GBytes *part, const char *name, GBytes *theme,
                                 const char *theme_name, GError **error)
{
    g_autoptr(ZpDocxStyles) styles = g_new0(ZpDocxStyles, 1);
    styles->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    styles->grounds =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    styles->part = part ? g_bytes_ref(part) : NULL;
    styles->name = name;
    styles->theme.part = theme ? g_bytes_ref(theme) : NULL;
    styles->theme.name = theme_name;
    return read_styles(styles, error) ? g_steal_pointer(&styles) : NULL;
}

void zp_docx_styles_free(ZpDocxStyles *styles)
{
    if (!styles)
        return;
    g_hash_table_unref(styles->by_id);
    g_hash_table_unref(styles->grounds);
    g_clear_pointer(&styles->part, g_bytes_unref);
    g_clear_pointer(&styles->theme.part, g_bytes_unref);
    g_free(styles);
}

/* A second look at the styles: only a text that may be lost on its ground asks for it, once a style. */
typedef struct {
    const char *id; /* of the style looked for */
    char *based_on; /* (nullable) its base */
    bool is_it;     /* in that style */
    GArray *found;  /* of guint32 */
    ZpTheme *theme;
} Grounds;

static bool start_ground(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Grounds *grounds = data;
    ZpDocxLook look = {0};
    if (token == STYLE) {
        grounds->is_it = zp_xml_is(attributes, "styleId", grounds->id);
    } else if (token == BASED_ON && grounds->is_it) {
        g_free(grounds->based_on);
        grounds->based_on = zp_xml_dup(attributes, "val");
    } else if (token == SHADE && grounds->is_it && grounds->found->len < GROUNDS_MAX) {
        zp_docx_look_read(&look, SHADE, attributes, grounds->theme);
        if (look.ground)
            g_array_append_val(grounds->found, look.ground);
    }
    return true;
}

static GArray *find_grounds(ZpDocxStyles *styles, const char *id)
{
    static const ZpXmlName NAMES[] = {{ZP_XML_WORD, "style", STYLE},
                                      {ZP_XML_WORD, "basedOn", BASED_ON},
                                      {ZP_XML_WORD, "shd", SHADE},
                                      {0}};
    static const ZpXmlHandler HANDLER = {.names = NAMES, .start = start_ground};
    GArray *found = g_array_new(FALSE, FALSE, sizeof(guint32));
    char *at = g_strdup(id);
    for (guint step = 0; styles->part && at && step < GROUND_STEPS_MAX; step++) {
        Grounds grounds = {.id = at, .found = found, .theme = &styles->theme};
        zp_xml_parse(styles->part, styles->name, &HANDLER, &grounds, NULL);
        g_free(at);
        at = grounds.based_on;
    }
    g_free(at);
    return found;
}

bool zp_docx_styles_ground(ZpDocxStyles *styles, const char *id, guint32 colour)
{
    GArray *found = g_hash_table_lookup(styles->grounds, id);
    if (!found) {
        found = find_grounds(styles, id);
        g_hash_table_insert(styles->grounds, g_strdup(id), found);
    }
    for (guint i = 0; i < found->len; i++) {
        if (!zp_colour_is_lost(colour, g_array_index(found, guint32, i)))
            return true;
    }
    return false;
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
