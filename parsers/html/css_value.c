/*
 * css_value.c - values of CSS: words, lengths, colours and functions.
 *
 * All in hundredths and whole numbers.  WORDS says what a word of a value says; a word that stands in no table is no value, and its declaration is dropped.
 */
#include "parsers/html/css_private.h"

#include <string.h>

/* Pixels that a transform moves a text out of sight by. */
#define FAR_PX 1000

/* Words of values; a word that stands here for no property is no value of it. */
static const struct {
    guint8 property, kind;
    const char *words;
} WORDS[] = {
    {ZP_CSS_DISPLAY, ZP_CSS_NONE, " none "},
    {ZP_CSS_DISPLAY, ZP_CSS_INLINE, " inline contents ruby ruby-text "},
    {ZP_CSS_DISPLAY, ZP_CSS_BOX,
     " block inline-block flex inline-flex grid inline-grid list-item flow-root -webkit-box "
     "-webkit-inline-box inline-table "},
    {ZP_CSS_DISPLAY, ZP_CSS_OTHER,
     " table table-row table-cell table-row-group table-header-group table-footer-group "
     "table-column "
     "table-column-group table-caption initial unset revert "},
    {ZP_CSS_VISIBILITY, ZP_CSS_HIDDEN, " hidden "},
    {ZP_CSS_VISIBILITY, ZP_CSS_COLLAPSE, " collapse "},
    {ZP_CSS_VISIBILITY, ZP_CSS_VISIBLE, " visible initial "},
    {ZP_CSS_CONTENT_VISIBILITY, ZP_CSS_HIDDEN, " hidden "},
    {ZP_CSS_CONTENT_VISIBILITY, ZP_CSS_VISIBLE, " visible auto initial unset revert "},
    {ZP_CSS_OVERFLOW, ZP_CSS_HIDDEN, " hidden clip "},
    {ZP_CSS_OVERFLOW, ZP_CSS_VISIBLE, " visible auto scroll overlay initial unset revert "},
    {ZP_CSS_POSITION, ZP_CSS_AWAY, " absolute fixed "},
    {ZP_CSS_POSITION, ZP_CSS_MOVED, " relative sticky -webkit-sticky "},
    {ZP_CSS_POSITION, ZP_CSS_OTHER, " static initial unset revert "},
    {ZP_CSS_DIRECTION, ZP_CSS_RTL, " rtl "},
    {ZP_CSS_DIRECTION, ZP_CSS_OTHER, " ltr initial "},
    {ZP_CSS_BIDI, ZP_CSS_OVERRIDE, " bidi-override isolate-override "},
    {ZP_CSS_BIDI, ZP_CSS_OTHER, " normal embed isolate plaintext initial unset revert "},
    {ZP_CSS_VERTICAL, ZP_CSS_SUPER, " super "},
    {ZP_CSS_VERTICAL, ZP_CSS_SUB, " sub "},
    {ZP_CSS_VERTICAL, ZP_CSS_OTHER,
     " baseline middle top bottom text-top text-bottom initial unset revert "},
};

/* Sizes by a word, hundredths of a pixel. */
static const struct {
    const char *word;
    guint8 kind;
    gint32 number;
} SIZES[] = {
    {"xx-small", ZP_CSS_PX, 900},  {"x-small", ZP_CSS_PX, 1000},   {"small", ZP_CSS_PX, 1300},
    {"medium", ZP_CSS_PX, 1600},   {"large", ZP_CSS_PX, 1800},     {"x-large", ZP_CSS_PX, 2400},
    {"xx-large", ZP_CSS_PX, 3200}, {"xxx-large", ZP_CSS_PX, 4800}, {"smaller", ZP_CSS_EM, 83},
    {"larger", ZP_CSS_EM, 120},    {"initial", ZP_CSS_PX, 1600},   {"math", ZP_CSS_EM, 100},
};

static bool is_unread(const char *text)
{
    return strstr(text, "var(") || strstr(text, "calc(") || strstr(text, "min(") ||
           strstr(text, "max(") || strstr(text, "env(") || strstr(text, "clamp(");
}

/* A word of the value, as WORDS says it. */
static bool read_word(const char *text, ZpCssValue *value)
{
    g_autofree char *word = g_strdup_printf(" %s ", text);
    if (strcmp(text, "inherit") == 0 || strcmp(text, "unset") == 0) {
        value->kind = ZP_CSS_INHERIT;
        return true;
    }
    for (guint i = 0; i < G_N_ELEMENTS(WORDS); i++) {
        if (WORDS[i].property == value->property && !strpbrk(text, " \t\n") &&
            strstr(WORDS[i].words, word)) {
            value->kind = WORDS[i].kind;
            return true;
        }
    }
    /* overflow: hidden auto; display: inline flow-root */
    const char *last = strrchr(text, ' ');
    return last && last[1] && read_word(last + 1, value);
}

static bool read_length(const char *text, ZpCssValue *value)
{
    ZpCssKind kind;
    gsize length = strlen(text);
    if (zp_css_length(text, length, &kind, &value->number)) {
        value->kind = (guint8)kind;
        return true;
    }
    for (guint i = 0; value->property == ZP_CSS_FONT_SIZE && i < G_N_ELEMENTS(SIZES); i++) {
        if (strcmp(text, SIZES[i].word) != 0)
            continue;
        value->kind = SIZES[i].kind;
        value->number = SIZES[i].number;
        return true;
    }
    if (value->property == ZP_CSS_VERTICAL || strcmp(text, "inherit") == 0)
        return read_word(text, value);
    value->kind = ZP_CSS_OTHER;
    return g_ascii_isalpha(*text) && value->property != ZP_CSS_FONT_SIZE;
}

/* `12px/1.5 "Song", serif`: the first part with a digit or a size's word. */
static bool read_font(char *text, ZpCssValue *value)
{
    char *rest;
    for (char *part = strtok_r(text, " \t\n", &rest); part; part = strtok_r(NULL, " \t\n", &rest)) {
        part[strcspn(part, "/")] = '\0';
        bool is_weight = strlen(part) == 3 && strspn(part, "0123456789") == 3;
        if (!is_weight && (g_ascii_isdigit(*part) || *part == '.' || !strpbrk(part, "\"',")) &&
            read_length(part, value) && value->kind != ZP_CSS_OTHER)
            return true;
    }
    return false;
}

static bool read_colour(const char *text, ZpCssValue *value)
{
    value->kind = ZP_CSS_PAINTED;
    if (zp_css_colour(text, strlen(text), false, &value->colour))
        return true;
    if (strcmp(text, "inherit") == 0 ||
        (strcmp(text, "currentcolor") == 0 && value->property != ZP_CSS_GROUND)) {
        value->kind = ZP_CSS_INHERIT;
        return true;
    }
    if (strcmp(text, "initial") == 0 || (strcmp(text, "unset") == 0)) {
        value->colour = value->property == ZP_CSS_GROUND ? 0 : 0xFF;
        return true;
    }
    value->kind = ZP_CSS_OTHER; /* a colour that only a browser knows */
    return strchr(text, '(') || g_ascii_isalpha(*text);
}

/* `#fff url(x.png) no-repeat`: a colour alone is known, a picture is not. */
static bool read_ground(char *text, ZpCssValue *value)
{
    value->kind = ZP_CSS_OTHER;
    if (strstr(text, "url(") || strstr(text, "gradient(") || strstr(text, "image") ||
        is_unread(text))
        return true;
    value->kind = ZP_CSS_PAINTED;
    value->colour = 0;
    if (zp_css_colour(text, strlen(text), false, &value->colour))
        return true;
    char *rest;
    for (char *part = strtok_r(text, " \t\n", &rest); part; part = strtok_r(NULL, " \t\n", &rest))
        zp_css_colour(part, strlen(part), false, &value->colour);
    return true;
}

/* The numbers in brackets, in hundredths of a pixel or of the whole. */
static guint read_numbers(const char *text, gint32 *numbers, ZpCssKind *kinds, guint most)
{
    guint n = 0;
    text = strchr(text, '(');
    while (text && n < most) {
        text += strspn(text, "( \t\n,");
        gsize length = strcspn(text, " \t\n,)");
        if (!length || !zp_css_length(text, length, &kinds[n], &numbers[n]))
            break;
        text += length;
        n++;
    }
    return n;
}

/* A clip that leaves no more than a pixel; ZP_CSS_AWAY: only of what is absolute. */
static bool read_clip(const char *text, ZpCssValue *value)
{
    gint32 numbers[4] = {0};
    ZpCssKind kinds[4] = {ZP_CSS_PX, ZP_CSS_PX, ZP_CSS_PX, ZP_CSS_PX};
    guint n = read_numbers(text, numbers, kinds, 4);
    value->kind = ZP_CSS_OTHER;
    if (g_str_has_prefix(text, "rect(") && n == 4 &&
        (numbers[1] - numbers[3] <= 100 || numbers[2] - numbers[0] <= 100))
        value->kind = ZP_CSS_AWAY;
    else if (g_str_has_prefix(text, "inset(") && n && kinds[0] == ZP_CSS_PERCENT &&
             numbers[0] + numbers[n > 2 ? 2 : 0] >= 10000)
        value->kind = ZP_CSS_HIDDEN;
    else if (g_str_has_prefix(text, "circle(") && n && numbers[0] <= 50)
        value->kind = ZP_CSS_HIDDEN;
    return true;
}

static bool read_transform(const char *text, ZpCssValue *value)
{
    gint32 numbers[2] = {100, 100};
    ZpCssKind kinds[2] = {ZP_CSS_PX, ZP_CSS_PX};
    guint n = read_numbers(text, numbers, kinds, 2);
    bool is_far =
        n && (ABS(numbers[0]) >= FAR_PX * 100 || (n > 1 && ABS(numbers[1]) >= FAR_PX * 100));
    bool is_nothing = n && (numbers[0] == 0 || (n > 1 && numbers[1] == 0));
    value->kind = ZP_CSS_OTHER;
    if ((g_str_has_prefix(text, "translate") && is_far) ||
        (g_str_has_prefix(text, "scale") && is_nothing))
        value->kind = ZP_CSS_AWAY;
    return true;
}

/* Strings that follow each other, or the value of one attribute; what is not known is nothing. */
static bool read_content(const char *text, GStringChunk *strings, ZpCssValue *value)
{
    g_autoptr(GString) said = g_string_new(NULL);
    value->kind = ZP_CSS_OTHER;
    if (g_str_has_prefix(text, "attr(")) {
        gsize length = strcspn(text + 5, " ,)");
        value->kind = ZP_CSS_ATTRIBUTE;
        value->text = g_string_chunk_insert_len(strings, text + 5, (gssize)length);
        return true;
    }
    for (const char *p = text; *p; p++) {
        if (*p != '"' && *p != '\'')
            continue;
        char mark = *p++;
        for (; *p && *p != mark; p++) {
            if (*p != '\\' || !p[1]) {
                g_string_append_c(said, *p);
                continue;
            }
            gunichar c = 0;
            guint digits = 0;
            while (digits < 6 && g_ascii_isxdigit(p[1])) {
                c = c << 4 | (gunichar)g_ascii_xdigit_value(*++p);
                digits++;
            }
            if (digits && p[1] == ' ')
                p++;
            if (digits && g_unichar_validate(c) && c)
                g_string_append_unichar(said, c);
            else if (!digits)
                g_string_append_c(said, *++p);
        }
        value->kind = ZP_CSS_TEXT;
        if (!*p)
            break;
    }
    if (value->kind == ZP_CSS_TEXT)
        value->text = g_string_chunk_insert_len(strings, said->str, (gssize)said->len);
    return true;
}

static bool read_share(const char *text, ZpCssValue *value)
{
    ZpCssKind kind;
    if (!zp_css_length(text, strlen(text), &kind, &value->number))
        return read_word(text, value);
    value->kind = ZP_CSS_PX;
    if (kind == ZP_CSS_PERCENT)
        value->number /= 100;
    return true;
}

bool zp_css_read(ZpCssReading reading, char *text, GStringChunk *strings, ZpCssValue *value)
{
    if (is_unread(text) && reading != ZP_CSS_READ_CONTENT) {
        value->kind = ZP_CSS_OTHER;
        return true;
    }
    switch (reading) {
    case ZP_CSS_READ_WORD:
        return read_word(text, value);
    case ZP_CSS_READ_LENGTH:
        return read_length(text, value);
    case ZP_CSS_READ_COLOUR:
        return read_colour(text, value);
    case ZP_CSS_READ_GROUND:
        return read_ground(text, value);
    case ZP_CSS_READ_FONT:
        return read_font(text, value);
    case ZP_CSS_READ_CLIP:
        return read_clip(text, value);
    case ZP_CSS_READ_TRANSFORM:
        return read_transform(text, value);
    case ZP_CSS_READ_CONTENT:
        return read_content(text, strings, value);
    case ZP_CSS_READ_SHARE:
        return read_share(text, value);
    case ZP_CSS_READ_DECORATION:
        value->kind = strstr(text, "line-through") ? ZP_CSS_LINE_THROUGH : ZP_CSS_NONE;
        return true;
    case ZP_CSS_READ_PICTURE:
        value->kind = strcmp(text, "none") == 0 ? ZP_CSS_NONE : ZP_CSS_OTHER;
        return true;
    default:
        return false;
    }
}
