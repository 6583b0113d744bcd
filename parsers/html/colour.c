/*
 * colour.c - colours: `white`, `#fff`, `rgb(255 255 255 / 50%)`, `hsl(0, 0%, 100%)`.
 *
 * All in whole numbers; a colour is 0xRRGGBBAA.  The names are those of CSS Color 4.
 */
#include "parsers/html/css.h"

#include <string.h>

typedef struct {
    const char *name;
    guint32 rgb;
} Named;

/* By name: it is searched by halves. */
static const Named NAMES[] = {
    {"aliceblue", 0xf0f8ff},
    {"antiquewhite", 0xfaebd7},
    {"aqua", 0x00ffff},
    {"aquamarine", 0x7fffd4},
    {"azure", 0xf0ffff},
    {"beige", 0xf5f5dc},
    {"bisque", 0xffe4c4},
    {"black", 0x000000},
    {"blanchedalmond", 0xffebcd},
    {"blue", 0x0000ff},
    {"blueviolet", 0x8a2be2},
    {"brown", 0xa52a2a},
    {"burlywood", 0xdeb887},
    {"cadetblue", 0x5f9ea0},
    {"chartreuse", 0x7fff00},
    {"chocolate", 0xd2691e},
    {"coral", 0xff7f50},
    {"cornflowerblue", 0x6495ed},
    {"cornsilk", 0xfff8dc},
    {"crimson", 0xdc143c},
    {"cyan", 0x00ffff},
    {"darkblue", 0x00008b},
    {"darkcyan", 0x008b8b},
    {"darkgoldenrod", 0xb8860b},
    {"darkgray", 0xa9a9a9},
    {"darkgreen", 0x006400},
    {"darkgrey", 0xa9a9a9},
    {"darkkhaki", 0xbdb76b},
    {"darkmagenta", 0x8b008b},
    {"darkolivegreen", 0x556b2f},
    {"darkorange", 0xff8c00},
    {"darkorchid", 0x9932cc},
    {"darkred", 0x8b0000},
    {"darksalmon", 0xe9967a},
    {"darkseagreen", 0x8fbc8f},
    {"darkslateblue", 0x483d8b},
    {"darkslategray", 0x2f4f4f},
    {"darkslategrey", 0x2f4f4f},
    {"darkturquoise", 0x00ced1},
    {"darkviolet", 0x9400d3},
    {"deeppink", 0xff1493},
    {"deepskyblue", 0x00bfff},
    {"dimgray", 0x696969},
    {"dimgrey", 0x696969},
    {"dodgerblue", 0x1e90ff},
    {"firebrick", 0xb22222},
    {"floralwhite", 0xfffaf0},
    {"forestgreen", 0x228b22},
    {"fuchsia", 0xff00ff},
    {"gainsboro", 0xdcdcdc},
    {"ghostwhite", 0xf8f8ff},
    {"gold", 0xffd700},
    {"goldenrod", 0xdaa520},
    {"gray", 0x808080},
    {"green", 0x008000},
    {"greenyellow", 0xadff2f},
    {"grey", 0x808080},
    {"honeydew", 0xf0fff0},
    {"hotpink", 0xff69b4},
    {"indianred", 0xcd5c5c},
    {"indigo", 0x4b0082},
    {"ivory", 0xfffff0},
    {"khaki", 0xf0e68c},
    {"lavender", 0xe6e6fa},
    {"lavenderblush", 0xfff0f5},
    {"lawngreen", 0x7cfc00},
    {"lemonchiffon", 0xfffacd},
    {"lightblue", 0xadd8e6},
    {"lightcoral", 0xf08080},
    {"lightcyan", 0xe0ffff},
    {"lightgoldenrodyellow", 0xfafad2},
    {"lightgray", 0xd3d3d3},
    {"lightgreen", 0x90ee90},
    {"lightgrey", 0xd3d3d3},
    {"lightpink", 0xffb6c1},
    {"lightsalmon", 0xffa07a},
    {"lightseagreen", 0x20b2aa},
    {"lightskyblue", 0x87cefa},
    {"lightslategray", 0x778899},
    {"lightslategrey", 0x778899},
    {"lightsteelblue", 0xb0c4de},
    {"lightyellow", 0xffffe0},
    {"lime", 0x00ff00},
    {"limegreen", 0x32cd32},
    {"linen", 0xfaf0e6},
    {"magenta", 0xff00ff},
    {"maroon", 0x800000},
    {"mediumaquamarine", 0x66cdaa},
    {"mediumblue", 0x0000cd},
    {"mediumorchid", 0xba55d3},
    {"mediumpurple", 0x9370db},
    {"mediumseagreen", 0x3cb371},
    {"mediumslateblue", 0x7b68ee},
    {"mediumspringgreen", 0x00fa9a},
    {"mediumturquoise", 0x48d1cc},
    {"mediumvioletred", 0xc71585},
    {"midnightblue", 0x191970},
    {"mintcream", 0xf5fffa},
    {"mistyrose", 0xffe4e1},
    {"moccasin", 0xffe4b5},
    {"navajowhite", 0xffdead},
    {"navy", 0x000080},
    {"oldlace", 0xfdf5e6},
    {"olive", 0x808000},
    {"olivedrab", 0x6b8e23},
    {"orange", 0xffa500},
    {"orangered", 0xff4500},
    {"orchid", 0xda70d6},
    {"palegoldenrod", 0xeee8aa},
    {"palegreen", 0x98fb98},
    {"paleturquoise", 0xafeeee},
    {"palevioletred", 0xdb7093},
    {"papayawhip", 0xffefd5},
    {"peachpuff", 0xffdab9},
    {"peru", 0xcd853f},
    {"pink", 0xffc0cb},
    {"plum", 0xdda0dd},
    {"powderblue", 0xb0e0e6},
    {"purple", 0x800080},
    {"rebeccapurple", 0x663399},
    {"red", 0xff0000},
    {"rosybrown", 0xbc8f8f},
    {"royalblue", 0x4169e1},
    {"saddlebrown", 0x8b4513},
    {"salmon", 0xfa8072},
    {"sandybrown", 0xf4a460},
    {"seagreen", 0x2e8b57},
    {"seashell", 0xfff5ee},
    {"sienna", 0xa0522d},
    {"silver", 0xc0c0c0},
    {"skyblue", 0x87ceeb},
    {"slateblue", 0x6a5acd},
    {"slategray", 0x708090},
    {"slategrey", 0x708090},
    {"snow", 0xfffafa},
    {"springgreen", 0x00ff7f},
    {"steelblue", 0x4682b4},
    {"tan", 0xd2b48c},
    {"teal", 0x008080},
    {"thistle", 0xd8bfd8},
    {"tomato", 0xff6347},
    {"turquoise", 0x40e0d0},
    {"violet", 0xee82ee},
    {"wheat", 0xf5deb3},
    {"white", 0xffffff},
    {"whitesmoke", 0xf5f5f5},
    {"yellow", 0xffff00},
    {"yellowgreen", 0x9acd32},
};

/* A longer name or function is no colour. */
#define COLOUR_BYTES_MAX 64
/* rgb() and hsl() have three parts and the share of what shines through. */
#define PARTS 4

static bool find_name(const char *name, guint32 *out)
{
    guint low = 0, high = G_N_ELEMENTS(NAMES);
    while (low < high) {
        guint middle = (low + high) / 2;
        int order = strcmp(name, NAMES[middle].name);
        if (order == 0) {
            *out = NAMES[middle].rgb << 8 | 0xFF;
            return true;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

/* Three, four, six or eight digits. */
static bool read_hex(const char *digits, guint32 *out)
{
    gsize length = strlen(digits);
    guint32 number = 0;
    if (length != strspn(digits, "0123456789abcdef"))
        return false;
    for (gsize i = 0; i < length && i < 8; i++) {
        number = number << 4 | (guint32)g_ascii_xdigit_value(digits[i]);
        if (length <= 4)
            number = number << 4 | (guint32)g_ascii_xdigit_value(digits[i]);
    }
    if (length != 3 && length != 4 && length != 6 && length != 8)
        return false;
    *out = length == 3 || length == 6 ? number << 8 | 0xFF : number;
    return true;
}

/* The parts of a function, in hundredths; a percentage is one of @whole. */
static guint read_parts(const char *text, const gint32 *whole, gint32 *parts)
{
    guint n = 0;
    while (n < PARTS) {
        text += strspn(text, " \t\r\n,/");
        gsize length = strcspn(text, " \t\r\n,/)");
        ZpCssKind kind;
        if (!length || !zp_css_length(text, length, &kind, &parts[n]))
            break;
        if (kind == ZP_CSS_PERCENT)
            parts[n] = (gint32)((gint64)parts[n] * whole[n] / 10000);
        text += length;
        n++;
    }
    return n;
}

/* A channel of hsl(): its part of the way between dark and light, all in hundredths. */
static guint32 channel_of(gint32 hue, gint32 saturation, gint32 light, gint32 turn)
{
    gint32 k = ((hue / 100 + turn) % 360 + 360) % 360; /* degrees */
    gint32 span = saturation * MIN(light, 10000 - light) / 10000;
    gint32 wave = k < 60 ? k : k < 180 ? 60 : k < 240 ? 240 - k : 0; /* of 60 */
    gint32 value = light - span + 2 * span * wave / 60;
    return (guint32)CLAMP((value * 255 + 5000) / 10000, 0, 255);
}

static bool read_function(const char *text, guint32 *out)
{
    static const gint32 RGB[PARTS] = {25500, 25500, 25500, 100};
    static const gint32 HSL[PARTS] = {36000, 10000, 10000, 100};
    gint32 parts[PARTS] = {0, 0, 0, 100};
    bool is_hsl = g_str_has_prefix(text, "hsl");
    if (!is_hsl && !g_str_has_prefix(text, "rgb"))
        return false;
    const char *open = strchr(text, '(');
    if (!open || read_parts(open + 1, is_hsl ? HSL : RGB, parts) < 3)
        return false;
    guint32 red, green, blue;
    if (is_hsl) {
        gint32 saturation = CLAMP(parts[1], 0, 10000), light = CLAMP(parts[2], 0, 10000);
        red = channel_of(parts[0], saturation, light, 120);
        green = channel_of(parts[0], saturation, light, 0);
        blue = channel_of(parts[0], saturation, light, 240);
    } else {
        red = (guint32)CLAMP((parts[0] + 50) / 100, 0, 255);
        green = (guint32)CLAMP((parts[1] + 50) / 100, 0, 255);
        blue = (guint32)CLAMP((parts[2] + 50) / 100, 0, 255);
    }
    guint32 cover = (guint32)CLAMP(parts[3] * 255 / 100, 0, 255);
    *out = red << 24 | green << 16 | blue << 8 | cover;
    return true;
}

bool zp_css_colour(const char *text, gsize length, bool is_attribute, guint32 *out)
{
    char name[COLOUR_BYTES_MAX + 1];
    while (length && g_ascii_isspace(*text)) {
        text++;
        length--;
    }
    while (length && g_ascii_isspace(text[length - 1]))
        length--;
    if (!length || length > COLOUR_BYTES_MAX)
        return false;
    for (gsize i = 0; i < length; i++)
        name[i] = g_ascii_tolower(text[i]);
    name[length] = '\0';
    if (*name == '#')
        return read_hex(name + 1, out);
    if (strcmp(name, "transparent") == 0) {
        *out = 0;
        return true;
    }
    if (find_name(name, out))
        return true;
    return is_attribute ? read_hex(name, out) : read_function(name, out);
}
