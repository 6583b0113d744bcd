/*
 * look.c - how a text of a Word document looks, as far as it decides whether it can be seen.
 *
 *     defaults → table style → paragraph style → character style → the run's own properties
 *
 * w:vanish, w:strike and w:dstrike are toggles: two styles that both say them cancel each other.  Of
 * what Word can do to a text, that is looked at which leaves nothing to be read on paper.
 *
 * Source: ECMA-376 part 1, 17.3.2, 17.7.3; [MS-DOCX] 2.3 (text fill).
 */
#include "parsers/docx/look.h"

#include "parsers/shared/tiny.h"

#include <string.h>

/* In half points. */
#define SIZE_MIN (2 * ZP_TINY_POINTS)
/* Percent of their width under which letters run into one stroke. */
#define SCALE_MIN 10
/* Twentieths of a point: in lines of 2 points there is nothing but the tips of letters. */
#define LINE_MIN 40
/* Thousandths of a fill that is transparent, as the text's extension counts them. */
#define CLEAR_MIN 95000

static const struct {
    const char *name;
    ZpThemeColour colour;
} THEME[] = {
    {"background1", ZP_THEME_LIGHT_1},  {"bg1", ZP_THEME_LIGHT_1},
    {"lt1", ZP_THEME_LIGHT_1},          {"tx1", ZP_THEME_DARK_1},
    {"dk1", ZP_THEME_DARK_1},           {"bg2", ZP_THEME_LIGHT_2},
    {"tx2", ZP_THEME_DARK_2},           {"light1", ZP_THEME_LIGHT_1},
    {"text1", ZP_THEME_DARK_1},         {"dark1", ZP_THEME_DARK_1},
    {"background2", ZP_THEME_LIGHT_2},  {"light2", ZP_THEME_LIGHT_2},
    {"text2", ZP_THEME_DARK_2},         {"dark2", ZP_THEME_DARK_2},
    {"accent1", ZP_THEME_ACCENT_1},     {"accent2", ZP_THEME_ACCENT_1 + 1},
    {"accent3", ZP_THEME_ACCENT_1 + 2}, {"accent4", ZP_THEME_ACCENT_1 + 3},
    {"accent5", ZP_THEME_ACCENT_1 + 4}, {"accent6", ZP_THEME_ACCENT_1 + 5},
    {"hyperlink", ZP_THEME_LINK},       {"followedHyperlink", ZP_THEME_LINK_SEEN},
};

static const struct {
    const char *name;
    guint32 colour;
} HIGHLIGHTS[] = {
    {"black", 0x000000},      {"blue", 0x0000FF},        {"cyan", 0x00FFFF},
    {"darkBlue", 0x000080},   {"darkCyan", 0x008080},    {"darkGray", 0x808080},
    {"darkGreen", 0x008000},  {"darkMagenta", 0x800080}, {"darkRed", 0x800000},
    {"darkYellow", 0x808000}, {"green", 0x00FF00},       {"lightGray", 0xC0C0C0},
    {"magenta", 0xFF00FF},    {"red", 0xFF0000},         {"white", 0xFFFFFF},
    {"yellow", 0xFFFF00},
};

/* 0 to 255 in hexadecimal digits; 255 when it is not said. */
static guint read_byte(const ZpXmlAttributes *attributes, const char *name)
{
    g_autofree char *text = zp_xml_dup(attributes, name);
    return text ? MIN((guint)g_ascii_strtoull(text, NULL, 16), 255) : 255;
}

static guint32 theme_colour(const ZpXmlAttributes *attributes, const char *name, ZpTheme *theme,
                            const char *tint, const char *shade)
{
    for (guint i = 0; i < G_N_ELEMENTS(THEME); i++) {
        if (!zp_xml_is(attributes, name, THEME[i].name))
            continue;
        guint32 colour = zp_theme_colour(theme, THEME[i].colour);
        colour = zp_colour_towards(colour, true, (255 - read_byte(attributes, tint)) * 1000 / 255);
        return zp_colour_towards(colour, false, (255 - read_byte(attributes, shade)) * 1000 / 255);
    }
    return ZP_COLOUR_UNSAID;
}

static guint32 plain_colour(const ZpXmlAttributes *attributes, const char *name)
{
    gsize length;
    const char *value = zp_xml_attribute(attributes, name, &length);
    if (value && length == 4 && memcmp(value, "auto", 4) == 0)
        return ZP_COLOUR_AUTO;
    return value ? zp_colour_parse(value, length) : ZP_COLOUR_UNSAID;
}

/* The colour of a theme wins over the one that is stored beside it, where the theme is there. */
static guint32 read_colour(const ZpXmlAttributes *attributes, ZpTheme *theme)
{
    gsize length;
    bool has_theme = zp_xml_attribute(attributes, "themeColor", &length) != NULL;
    guint32 own = has_theme && theme->part
                      ? theme_colour(attributes, "themeColor", theme, "themeTint", "themeShade")
                      : ZP_COLOUR_UNSAID;
    return own ? own : plain_colour(attributes, "val");
}

/* A shading shows its fill where its pattern is none, its own colour where the pattern is full. */
static guint32 read_ground(const ZpXmlAttributes *attributes, ZpTheme *theme)
{
    gsize length;
    if (zp_xml_is(attributes, "val", "nil"))
        return ZP_COLOUR_UNSAID;
    if (zp_xml_is(attributes, "val", "solid"))
        return plain_colour(attributes, "color");
    if (!zp_xml_is(attributes, "val", "clear"))
        return ZP_COLOUR_UNKNOWN;
    guint32 own =
        theme->part && zp_xml_attribute(attributes, "themeFill", &length)
            ? theme_colour(attributes, "themeFill", theme, "themeFillTint", "themeFillShade")
            : ZP_COLOUR_UNSAID;
    guint32 fill = own ? own : plain_colour(attributes, "fill");
    return fill == ZP_COLOUR_AUTO ? ZP_COLOUR_UNSAID : fill;
}

static guint32 read_highlight(const ZpXmlAttributes *attributes)
{
    for (guint i = 0; i < G_N_ELEMENTS(HIGHLIGHTS); i++) {
        if (zp_xml_is(attributes, "val", HIGHLIGHTS[i].name))
            return ZP_COLOUR_SAID | HIGHLIGHTS[i].colour;
    }
    return ZP_COLOUR_UNSAID;
}

static guint8 read_toggle(const ZpXmlAttributes *attributes)
{
    return zp_xml_flag(attributes, "val", true) ? ZP_DOCX_ON : ZP_DOCX_OFF;
}

static guint16 read_number(const ZpXmlAttributes *attributes, const char *name)
{
    return (guint16)MIN(zp_xml_number(attributes, name, 0), G_MAXUINT16);
}

static void read_raised(ZpDocxLook *look, const ZpXmlAttributes *attributes)
{
    bool is_raised =
        zp_xml_is(attributes, "val", "superscript") || zp_xml_is(attributes, "val", "subscript");
    look->raised = is_raised ? ZP_DOCX_ON : ZP_DOCX_OFF;
}

/* How letters are filled, as later versions say it: nothing, a colour, how clear that is. */
static void read_fill(ZpDocxLook *look, Token token, const ZpXmlAttributes *attributes,
                      ZpTheme *theme)
{
    if (token == FILL_COLOUR) {
        guint32 own = theme_colour(attributes, "val", theme, "", "");
        look->colour = own ? own : plain_colour(attributes, "val");
    } else if (token == FILL_NONE || zp_xml_number(attributes, "val", 0) >= CLEAR_MIN) {
        look->clear = ZP_DOCX_ON;
    }
}

/* One row a property. */
void zp_docx_look_read(ZpDocxLook *look, Token token, const ZpXmlAttributes *attributes,
                       ZpTheme *theme)
{
    switch (token) {
    case VANISH:
        look->vanish = read_toggle(attributes);
        break;
    case STRIKE:
        look->strike = read_toggle(attributes);
        break;
    case DOUBLE_STRIKE:
        look->double_strike = read_toggle(attributes);
        break;
    case RAISED:
        read_raised(look, attributes);
        break;
    case SIZE:
        look->size = read_number(attributes, "val");
        break;
    case SCALE:
        look->scale = read_number(attributes, "val");
        break;
    case SPACING:
        if (zp_xml_is(attributes, "lineRule", "exact"))
            look->line = read_number(attributes, "line");
        break;
    case COLOUR:
        look->colour = read_colour(attributes, theme);
        break;
    case SHADE:
        look->ground = read_ground(attributes, theme);
        break;
    case HIGHLIGHT:
        look->ground = read_highlight(attributes);
        break;
    case FILL:
        look->in_fill = true;
        break;
    case FILL_NONE:
    case FILL_CLEAR:
    case FILL_COLOUR:
        if (look->in_fill)
            read_fill(look, token, attributes, theme);
        break;
    default:
        break;
    }
}

#define KEEP(field) look->field = look->field ? look->field : base->field

void zp_docx_look_under(ZpDocxLook *look, const ZpDocxLook *base)
{
    KEEP(vanish);
    KEEP(strike);
    KEEP(double_strike);
    KEEP(raised);
    KEEP(clear);
    KEEP(size);
    KEEP(scale);
    KEEP(line);
    KEEP(colour);
    KEEP(ground);
}

static guint8 toggled(guint8 over, guint8 under)
{
    if (over == ZP_DOCX_ON && under == ZP_DOCX_ON)
        return ZP_DOCX_OFF;
    return MAX(over, under);
}

ZpDocxLook zp_docx_look_combine(const ZpDocxLook *over, const ZpDocxLook *under)
{
    ZpDocxLook out = *over;
    zp_docx_look_under(&out, under);
    out.vanish = toggled(over->vanish, under->vanish);
    out.strike = toggled(over->strike, under->strike);
    out.double_strike = toggled(over->double_strike, under->double_strike);
    return out;
}

ZpDocxSight zp_docx_look_sight(const ZpDocxLook *look)
{
    if (look->vanish == ZP_DOCX_ON || look->clear == ZP_DOCX_ON)
        return ZP_DOCX_HIDDEN;
    if (look->strike == ZP_DOCX_ON || look->double_strike == ZP_DOCX_ON)
        return ZP_DOCX_STRUCK;
    if ((look->size && look->size < SIZE_MIN) || (look->scale && look->scale < SCALE_MIN) ||
        (look->line && look->line <= LINE_MIN))
        return ZP_DOCX_TINY;
    return look->colour & ZP_COLOUR_SAID && look->colour != ZP_COLOUR_UNKNOWN ? ZP_DOCX_PALE
                                                                              : ZP_DOCX_SEEN;
}
