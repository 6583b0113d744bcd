/*
 * css.c - declarations: `name: value; name: value !important`.
 *
 * The table PROPERTIES says which names matter and how their values are read.  A string, brackets and a
 * comment may hold any of `;:!{}`, so a declaration is cut by one walk over its bytes (zp_css_end).
 */
#include "parsers/html/css_private.h"

#include <string.h>

/* A longer value hides nothing that could not be said shorter. */
#define VALUE_BYTES_MAX 1024
/* No name of a property that matters is as long. */
#define NAME_BYTES_MAX 31

typedef struct {
    const char *name;
    guint8 property, reading;
} Property;

/* By name: it is searched by halves. */
static const Property PROPERTIES[] = {
    {"-webkit-text-fill-color", ZP_CSS_FILL, ZP_CSS_READ_COLOUR},
    {"background", ZP_CSS_GROUND, ZP_CSS_READ_GROUND},
    {"background-color", ZP_CSS_GROUND, ZP_CSS_READ_COLOUR},
    {"background-image", ZP_CSS_PICTURE, ZP_CSS_READ_PICTURE},
    {"bottom", ZP_CSS_BOTTOM, ZP_CSS_READ_LENGTH},
    {"clip", ZP_CSS_CLIP, ZP_CSS_READ_CLIP},
    {"clip-path", ZP_CSS_CLIP, ZP_CSS_READ_CLIP},
    {"color", ZP_CSS_COLOUR, ZP_CSS_READ_COLOUR},
    {"content", ZP_CSS_CONTENT, ZP_CSS_READ_CONTENT},
    {"content-visibility", ZP_CSS_CONTENT_VISIBILITY, ZP_CSS_READ_WORD},
    {"direction", ZP_CSS_DIRECTION, ZP_CSS_READ_WORD},
    {"display", ZP_CSS_DISPLAY, ZP_CSS_READ_WORD},
    {"font", ZP_CSS_FONT_SIZE, ZP_CSS_READ_FONT},
    {"font-size", ZP_CSS_FONT_SIZE, ZP_CSS_READ_LENGTH},
    {"height", ZP_CSS_HEIGHT, ZP_CSS_READ_LENGTH},
    {"inset", ZP_CSS_TOP, ZP_CSS_READ_INSET},
    {"left", ZP_CSS_LEFT, ZP_CSS_READ_LENGTH},
    {"margin", ZP_CSS_MARGIN_TOP, ZP_CSS_READ_MARGIN},
    {"margin-left", ZP_CSS_MARGIN_LEFT, ZP_CSS_READ_LENGTH},
    {"margin-top", ZP_CSS_MARGIN_TOP, ZP_CSS_READ_LENGTH},
    {"max-height", ZP_CSS_MAX_HEIGHT, ZP_CSS_READ_LENGTH},
    {"max-width", ZP_CSS_MAX_WIDTH, ZP_CSS_READ_LENGTH},
    {"opacity", ZP_CSS_OPACITY, ZP_CSS_READ_SHARE},
    {"overflow", ZP_CSS_OVERFLOW, ZP_CSS_READ_WORD},
    {"overflow-x", ZP_CSS_OVERFLOW, ZP_CSS_READ_WORD},
    {"overflow-y", ZP_CSS_OVERFLOW, ZP_CSS_READ_WORD},
    {"position", ZP_CSS_POSITION, ZP_CSS_READ_WORD},
    {"right", ZP_CSS_RIGHT, ZP_CSS_READ_LENGTH},
    {"text-decoration", ZP_CSS_STRIKE, ZP_CSS_READ_DECORATION},
    {"text-decoration-line", ZP_CSS_STRIKE, ZP_CSS_READ_DECORATION},
    {"text-indent", ZP_CSS_TEXT_INDENT, ZP_CSS_READ_LENGTH},
    {"top", ZP_CSS_TOP, ZP_CSS_READ_LENGTH},
    {"transform", ZP_CSS_TRANSFORM, ZP_CSS_READ_TRANSFORM},
    {"unicode-bidi", ZP_CSS_BIDI, ZP_CSS_READ_WORD},
    {"vertical-align", ZP_CSS_VERTICAL, ZP_CSS_READ_LENGTH},
    {"visibility", ZP_CSS_VISIBILITY, ZP_CSS_READ_WORD},
    {"width", ZP_CSS_WIDTH, ZP_CSS_READ_LENGTH},
};

static const Property *find_property(const char *name)
{
    guint low = 0, high = G_N_ELEMENTS(PROPERTIES);
    while (low < high) {
        guint middle = (low + high) / 2;
        int order = strcmp(name, PROPERTIES[middle].name);
        if (order == 0)
            return &PROPERTIES[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* The part of `1px 2px 3px 4px` that belongs to the left side. */
static char *left_part(char **parts)
{
    guint n = g_strv_length(parts);
    return n == 1 ? parts[0] : n < 4 ? parts[1] : parts[3];
}

/* A shorthand of four sides: its top, then its left side. */
static void read_sides(const char *text, guint8 left, const ZpCssValue *value, GArray *values)
{
    g_auto(GStrv) parts = g_strsplit_set(text, " \t\n", 5);
    ZpCssValue top = *value, side = *value;
    side.property = left;
    if (parts[0] && zp_css_read(ZP_CSS_READ_LENGTH, parts[0], NULL, &top))
        g_array_append_val(values, top);
    if (parts[0] && zp_css_read(ZP_CSS_READ_LENGTH, left_part(parts), NULL, &side))
        g_array_append_val(values, side);
}

/* Takes `!important` off a value. */
static bool take_important(char *text)
{
    char *mark = strrchr(text, '!');
    if (!mark || g_ascii_strcasecmp(g_strstrip(mark + 1), "important") != 0)
        return false;
    *mark = '\0';
    return true;
}

static void read_declaration(const char *name, gsize name_length, const char *text, gsize length,
                             GStringChunk *strings, GArray *values)
{
    char lower[NAME_BYTES_MAX + 1], value_text[VALUE_BYTES_MAX + 1];
    if (name_length > NAME_BYTES_MAX || length > VALUE_BYTES_MAX)
        return;
    for (gsize i = 0; i < name_length; i++)
        lower[i] = g_ascii_tolower(name[i]);
    lower[name_length] = '\0';
    const Property *property = find_property(lower);
    if (!property)
        return;
    for (gsize i = 0; i < length; i++)
        value_text[i] =
            property->reading == ZP_CSS_READ_CONTENT ? text[i] : g_ascii_tolower(text[i]);
    value_text[length] = '\0';
    ZpCssValue value = {.property = property->property};
    value.is_important = take_important(value_text);
    g_strstrip(value_text);
    bool is_margin = property->reading == ZP_CSS_READ_MARGIN;
    if (is_margin || property->reading == ZP_CSS_READ_INSET)
        read_sides(value_text, is_margin ? ZP_CSS_MARGIN_LEFT : ZP_CSS_LEFT, &value, values);
    else if (*value_text && zp_css_read(property->reading, value_text, strings, &value))
        g_array_append_val(values, value);
}

/* Bytes that may mean something to zp_css_end; all others it passes over. */
static const bool MEANS[256] = {
    ['\\'] = true, ['"'] = true, ['\''] = true, ['/'] = true, ['('] = true,
    [')'] = true,  ['{'] = true, ['}'] = true,  [']'] = true, [';'] = true,
    [':'] = true,  [','] = true, ['!'] = true,
};

const char *zp_css_end(const char *p, const char *end, char a, char b)
{
    guint depth = 0;
    for (; p < end; p++) {
        if (!MEANS[(guchar)*p])
            continue;
        if (*p == '\\' && p + 1 < end)
            p++;
        else if (*p == '"' || *p == '\'') {
            char mark = *p++;
            for (; p < end && *p != mark && *p != '\n';
                 p++) /* a line end ends a string that has none */
                p += *p == '\\' && p + 1 < end;
            if (p >= end)
                return end;
        } else if (*p == '/' && p + 1 < end && p[1] == '*') {
            const char *close = g_strstr_len(p + 2, end - p - 2, "*/");
            if (!close)
                return end;
            p = close + 1;
        } else if (*p == '(')
            depth++;
        else if (*p == ')' && depth)
            depth--;
        else if (!depth && (*p == a || *p == b))
            return p;
    }
    return end;
}

const char *zp_css_skip_blank(const char *p, const char *end)
{
    for (;;) {
        while (p < end && g_ascii_isspace(*p))
            p++;
        if (end - p < 4 || p[0] != '/' || p[1] != '*')
            return p;
        const char *close = g_strstr_len(p + 2, end - p - 2, "*/");
        if (!close)
            return end;
        p = close + 2;
    }
}

void zp_css_parse_block(const char *text, gsize length, GStringChunk *strings, GArray *values)
{
    const char *end = text + length;
    while (text < end) {
        const char *name = zp_css_skip_blank(text, end), *stop = zp_css_end(name, end, ';', ';');
        const char *colon = zp_css_end(name, stop, ':', ':');
        text = stop < end ? stop + 1 : end;
        if (colon >= stop)
            continue;
        const char *name_end = colon, *value = zp_css_skip_blank(colon + 1, stop);
        while (name_end > name && g_ascii_isspace(name_end[-1]))
            name_end--;
        read_declaration(name, (gsize)(name_end - name), value, (gsize)(stop - value), strings,
                         values);
    }
}
