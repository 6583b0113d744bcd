/*
 * look.c - how a text of a sheet looks, as far as it decides whether it can be seen.
 *
 *     <font><strike/><sz val="1"/><color theme="0" tint="-0.05"/></font>
 *
 * A colour is of the theme, of a palette (the usual one, or the workbook's own at the end of its styles), or
 * itself.  What cannot be known is taken to be seen.
 *
 * Source: ECMA-376 part 1, 18.8.3 (color), 18.8.27 (indexedColors).
 */
#include "parsers/xlsx/look.h"

#include "parsers/shared/tiny.h"

enum { UNSAID, PLAIN, THEME, INDEXED, AUTO };

/* The palette that files only number; 64 is the text's, 65 the window's. */
static const guint32 PALETTE[] = {
    0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x000000,
    0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x800000, 0x008000,
    0x000080, 0x808000, 0x800080, 0x008080, 0xC0C0C0, 0x808080, 0x9999FF, 0x993366, 0xFFFFCC,
    0xCCFFFF, 0x660066, 0xFF8080, 0x0066CC, 0xCCCCFF, 0x000080, 0xFF00FF, 0xFFFF00, 0x00FFFF,
    0x800080, 0x800000, 0x008080, 0x0000FF, 0x00CCFF, 0xCCFFFF, 0xCCFFCC, 0xFFFF99, 0x99CCFF,
    0xFF99CC, 0xCC99FF, 0xFFCC99, 0x3366FF, 0x33CCCC, 0x99CC00, 0xFFCC00, 0xFF9900, 0xFF6600,
    0x666699, 0x969696, 0x003366, 0x339966, 0x003300, 0x333300, 0x993300, 0x993366, 0x333399,
    0x333333, 0x000000, 0xFFFFFF,
};

gint zp_xlsx_parts(const ZpXmlAttributes *attributes, const char *name, gint scale, gint otherwise)
{
    gsize length;
    const char *p = zp_xml_attribute(attributes, name, &length), *end = p ? p + length : NULL;
    bool is_negative = p && p < end && *p == '-';
    gint64 value = 0;
    if (!p || !length)
        return otherwise;
    for (p += is_negative; p < end && g_ascii_isdigit(*p); p++)
        value = MIN(value * 10 + (*p - '0'), 100000);
    value *= scale;
    if (p < end && *p == '.')
        p++;
    for (gint64 part = scale / 10; p < end && g_ascii_isdigit(*p); p++, part /= 10)
        value += (*p - '0') * part;
    /* 1E-3: far below anything that is asked for */
    if (p < end && (*p == 'E' || *p == 'e') && p + 1 < end && p[1] == '-')
        value = 0;
    return (gint)(is_negative ? -value : value);
}

static ZpXlsxColour read_colour(const ZpXmlAttributes *attributes)
{
    ZpXlsxColour out = {.tint =
                            (gint16)CLAMP(zp_xlsx_parts(attributes, "tint", 1000, 0), -1000, 1000)};
    gsize length;
    const char *value;
    if (zp_xml_flag(attributes, "auto", false)) {
        out.kind = AUTO;
    } else if ((value = zp_xml_attribute(attributes, "rgb", &length))) {
        out.plain = zp_colour_parse(value, length);
        out.kind = out.plain ? PLAIN : UNSAID;
    } else if (zp_xml_attribute(attributes, "theme", &length)) {
        out.kind = THEME;
        out.index = (guint8)MIN(zp_xml_number(attributes, "theme", 255), 255);
    } else if (zp_xml_attribute(attributes, "indexed", &length)) {
        out.kind = INDEXED;
        out.index = (guint8)MIN(zp_xml_number(attributes, "indexed", 255), 255);
    }
    return out;
}

ZpXlsxColour zp_xlsx_colour_indexed(guint index)
{
    return (ZpXlsxColour){.kind = index > 255 ? AUTO : INDEXED, .index = (guint8)MIN(index, 255)};
}

ZpXlsxColour zp_xlsx_colour_numbered(guint number)
{
    return zp_xlsx_colour_indexed(MIN(number + 7, 255));
}

static guint32 indexed(const ZpXlsxColours *colours, guint index)
{
    if (index < colours->palette->len)
        return g_array_index(colours->palette, guint32, index);
    return index < G_N_ELEMENTS(PALETTE) ? ZP_COLOUR_SAID | PALETTE[index] : ZP_COLOUR_UNKNOWN;
}

guint32 zp_xlsx_colour(ZpXlsxColours *colours, const ZpXlsxColour *colour)
{
    guint32 own = ZP_COLOUR_UNSAID;
    if (colour->kind == AUTO)
        own = ZP_COLOUR_AUTO;
    else if (colour->kind == PLAIN)
        own = colour->plain;
    else if (colour->kind == THEME)
        own = zp_theme_colour(&colours->theme, colour->index);
    else if (colour->kind == INDEXED)
        own = indexed(colours, colour->index);
    return zp_colour_towards(own, colour->tint > 0, (guint)ABS(colour->tint));
}

void zp_xlsx_fill_read(ZpXlsxFill *fill, guint token, const ZpXmlAttributes *attributes)
{
    gsize length;
    if (token == ZP_XLSX_FILL_FRONT)
        fill->front = read_colour(attributes);
    else if (token == ZP_XLSX_FILL_BACK)
        fill->back = read_colour(attributes);
    else if (token == ZP_XLSX_FILL_GRADIENT)
        fill->is_mixed = fill->is_said = true;
    else {
        bool is_named = zp_xml_attribute(attributes, "patternType", &length) != NULL;
        fill->is_solid = zp_xml_is(attributes, "patternType", "solid");
        fill->is_mixed =
            is_named && !fill->is_solid && !zp_xml_is(attributes, "patternType", "none");
        fill->is_said = true;
    }
}

void zp_xlsx_font_read(ZpXlsxFont *font, guint token, const ZpXmlAttributes *attributes)
{
    if (token == ZP_XLSX_FONT_COLOUR)
        font->colour = read_colour(attributes);
    else if (token == ZP_XLSX_FONT_STRIKE)
        font->is_struck = zp_xml_flag(attributes, "val", true);
    else if (token == ZP_XLSX_FONT_RAISED)
        font->is_raised = zp_xml_is(attributes, "val", "superscript") ||
                          zp_xml_is(attributes, "val", "subscript");
    else if (token == ZP_XLSX_FONT_SIZE)
        font->is_tiny = zp_xlsx_parts(attributes, "val", 10, 110) < ZP_TINY_POINTS * 10;
}

ZpXlsxSight zp_xlsx_font_sight(const ZpXlsxFont *font, ZpXlsxColours *colours, guint32 ground)
{
    if (font->is_struck)
        return ZP_XLSX_STRUCK;
    if (font->is_tiny)
        return ZP_XLSX_TINY;
    guint32 colour = zp_xlsx_colour(colours, &font->colour);
    return zp_colour_is_lost(colour ? colour : ZP_COLOUR_BLACK, ground ? ground : ZP_COLOUR_WHITE)
               ? ZP_XLSX_PALE
               : ZP_XLSX_SEEN;
}
