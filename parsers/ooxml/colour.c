/*
 * colour.c - colours of Office files, and whether one can be told from its ground.
 *
 *     FFFFFF on FFFFFF    lost       FEFEFE on FFFFFF    lost       D9D9D9 on FFFFFF    pale, but seen
 *
 * Colours are compared channel by channel: what no screen and no printer shows apart is lost.  The theme is
 * read only when a colour of it is asked for.
 *
 * Source: ECMA-376 part 1, 20.1.6.2 (colour schemes).
 */
#include "parsers/ooxml/colour.h"

#include "parsers/ooxml/xml.h"

#include <string.h>

/* Of 255, how far apart a channel may be that nobody tells apart. */
#define CHANNEL_NEAR 16

enum { SCHEME = 1, PLAIN, SYSTEM, SLOT };

static const ZpXmlName NAMES[] = {
    {ZP_XML_DRAWING, "clrScheme", SCHEME},
    {ZP_XML_DRAWING, "srgbClr", PLAIN},
    {ZP_XML_DRAWING, "sysClr", SYSTEM},
    {ZP_XML_DRAWING, "lt1", SLOT + ZP_THEME_LIGHT_1},
    {ZP_XML_DRAWING, "dk1", SLOT + ZP_THEME_DARK_1},
    {ZP_XML_DRAWING, "lt2", SLOT + ZP_THEME_LIGHT_2},
    {ZP_XML_DRAWING, "dk2", SLOT + ZP_THEME_DARK_2},
    {ZP_XML_DRAWING, "accent1", SLOT + ZP_THEME_ACCENT_1},
    {ZP_XML_DRAWING, "accent2", SLOT + ZP_THEME_ACCENT_1 + 1},
    {ZP_XML_DRAWING, "accent3", SLOT + ZP_THEME_ACCENT_1 + 2},
    {ZP_XML_DRAWING, "accent4", SLOT + ZP_THEME_ACCENT_1 + 3},
    {ZP_XML_DRAWING, "accent5", SLOT + ZP_THEME_ACCENT_1 + 4},
    {ZP_XML_DRAWING, "accent6", SLOT + ZP_THEME_ACCENT_1 + 5},
    {ZP_XML_DRAWING, "hlink", SLOT + ZP_THEME_LINK},
    {ZP_XML_DRAWING, "folHlink", SLOT + ZP_THEME_LINK_SEEN},
    {0},
};

typedef struct {
    ZpTheme *theme;
    bool in_scheme;
    guint slot; /* under way + 1 */
} Reader;

static bool start(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Reader *reader = data;
    gsize length;
    if (token == SCHEME)
        reader->in_scheme = true;
    else if (token >= SLOT)
        reader->slot = token - SLOT + 1;
    else if (reader->in_scheme && reader->slot) {
        const char *value =
            zp_xml_attribute(attributes, token == SYSTEM ? "lastClr" : "val", &length);
        guint32 colour = value ? zp_colour_parse(value, length) : ZP_COLOUR_UNSAID;
        if (colour)
            reader->theme->colours[reader->slot - 1] = colour;
    }
    return true;
}

static void end(gpointer data, guint token)
{
    Reader *reader = data;
    if (token == SCHEME)
        reader->in_scheme = false;
    else if (token >= SLOT)
        reader->slot = 0;
}

/* The beginning of a theme up to its colours, which is little of it. */
static GBytes *beginning(GBytes *part)
{
    static const char NAME[] = "clrScheme";
    gsize size;
    const char *text = g_bytes_get_data(part, &size), *end = text;
    for (guint k = 0; k < 2 && end; k++) { /* where it begins, and where it ends */
        end = memmem(end, size - (gsize)(end - text), NAME, strlen(NAME));
        end = end ? end + strlen(NAME) : NULL;
    }
    return g_bytes_new_from_bytes(part, 0,
                                  end && end < text + size ? (gsize)(end - text) + 1 : size);
}

/* A damaged theme leaves its colours unknown: nothing is taken for hidden then. */
guint32 zp_theme_colour(ZpTheme *theme, guint which)
{
    static const ZpXmlHandler HANDLER = {.names = NAMES, .start = start, .end = end};
    if (!theme->is_read && theme->part) {
        Reader reader = {.theme = theme};
        g_autoptr(GBytes) part = beginning(theme->part);
        zp_xml_parse(part, theme->name, &HANDLER, &reader, NULL);
    }
    theme->is_read = true;
    guint32 colour = which < ZP_THEME_COLOURS ? theme->colours[which] : ZP_COLOUR_UNSAID;
    return colour ? colour : ZP_COLOUR_UNKNOWN;
}

guint32 zp_colour_parse(const char *text, gsize length)
{
    guint32 colour = 0;
    if (length != 6 && length != 8)
        return ZP_COLOUR_UNSAID;
    for (gsize i = 0; i < length; i++) {
        if (!g_ascii_isxdigit(text[i]))
            return ZP_COLOUR_UNSAID;
        colour = colour << 4 | (guint32)g_ascii_xdigit_value(text[i]);
    }
    return ZP_COLOUR_SAID | (colour & 0xFFFFFFu);
}

guint32 zp_colour_towards(guint32 colour, bool white, guint parts)
{
    guint32 out = ZP_COLOUR_SAID, other = white ? 255 : 0;
    if ((colour & ~0xFFFFFFu) != ZP_COLOUR_SAID)
        return colour;
    for (guint shift = 0; shift < 24; shift += 8) {
        guint32 channel = colour >> shift & 255;
        out |= (channel * (1000 - MIN(parts, 1000)) + other * MIN(parts, 1000)) / 1000 << shift;
    }
    return out;
}

bool zp_colour_is_lost(guint32 colour, guint32 ground)
{
    if (((colour | ground) & ~0xFFFFFFu) != ZP_COLOUR_SAID || !colour || !ground)
        return false;
    for (guint shift = 0; shift < 24; shift += 8) {
        int a = (int)(colour >> shift & 255), b = (int)(ground >> shift & 255);
        if (ABS(a - b) > CHANNEL_NEAR)
            return false;
    }
    return true;
}
