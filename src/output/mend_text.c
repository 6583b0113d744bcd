/*
 * mend_text.c - one row a format: how a cell's text is written there.
 *
 * Text has its cells as they are.  In HTML a character may be an entity; a range with a tag in it is
 * left alone, as the tag may mean something.  In Markdown so is one with anything that may be mark-up.
 */
#include "output/mend_text.h"

#include <string.h>

/* Entities that stand for a character of these forms; any other keeps the range from being mended. */
static const struct {
    const char *name, *text;
} ENTITIES[] = {
    {"&lt;", "<"},        {"&gt;", ">"},        {"&amp;", "&"}, {"&quot;", "\""},
    {"&nbsp;", "\u00a0"}, {"&#160;", "\u00a0"}, {"&ge;", "≥"},  {"&le;", "≤"},
    {"&emsp;", "\u2003"}, {"&ensp;", "\u2002"}, {"&#39;", "'"}, {"&middot;", "·"},
};

static bool decode_entity(GString *out, const char **at)
{
    for (gsize k = 0; k < G_N_ELEMENTS(ENTITIES); k++) {
        if (!g_str_has_prefix(*at, ENTITIES[k].name))
            continue;
        g_string_append(out, ENTITIES[k].text);
        *at += strlen(ENTITIES[k].name);
        return true;
    }
    return false;
}

static char *decode_html(const char *text)
{
    g_autoptr(GString) out = g_string_new(NULL);
    while (*text) {
        if (*text == '<' || (*text == '&' && !decode_entity(out, &text)))
            return NULL;
        if (*text && *text != '<' && *text != '&')
            g_string_append_c(out, *text++);
    }
    return g_strdup(out->str);
}

static char *encode_html(const char *text)
{
    GString *out = g_string_new(NULL);
    for (; *text; text++) {
        if (*text == '<')
            g_string_append(out, "&lt;");
        else if (*text == '>')
            g_string_append(out, "&gt;");
        else if (*text == '&')
            g_string_append(out, "&amp;");
        else
            g_string_append_c(out, *text);
    }
    return g_string_free(out, FALSE);
}

static char *keep(const char *text)
{
    return g_strdup(text);
}

/* A cell of a text table ends at a tab, a bar or a line end, and a quote may begin one. */
static char *encode_text(const char *text)
{
    return strpbrk(text, "\t|\r\n\"") ? NULL : g_strdup(text);
}

/* In Markdown a tag or an entity is one, and some characters mean something by what stands around them. */
static char *decode_markdown(const char *text)
{
    return strpbrk(text, "<&\\") ? NULL : g_strdup(text);
}

static char *encode_markdown(const char *text)
{
    return strpbrk(text, "\\`*_[]<>&|~$\t\r\n") ? NULL : g_strdup(text);
}

static const struct {
    const char *format;
    char *(*decode)(const char *text);
    char *(*encode)(const char *text);
} FORMATS[] = {
    {"text", keep, encode_text},
    {"markdown", decode_markdown, encode_markdown},
    {"html", decode_html, encode_html},
};

static int find_format(const char *format)
{
    for (gsize k = 0; format && k < G_N_ELEMENTS(FORMATS); k++) {
        if (strcmp(FORMATS[k].format, format) == 0)
            return (int)k;
    }
    return -1;
}

bool zp_mend_can(const char *format)
{
    return find_format(format) >= 0;
}

char *zp_mend_decode(const char *format, const char *bytes, gsize length)
{
    int row = find_format(format);
    if (row < 0 || memchr(bytes, '\0', length) || !g_utf8_validate(bytes, (gssize)length, NULL))
        return NULL;
    g_autofree char *text = g_strndup(bytes, length);
    return FORMATS[row].decode(text);
}

char *zp_mend_encode(const char *format, const char *text)
{
    int row = find_format(format);
    return row < 0 ? NULL : FORMATS[row].encode(text);
}

static void append_unspaced(GString *out, const char *text, gsize length)
{
    for (const char *at = text, *end = text + length; at < end; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (!zp_char_is_space(c))
            g_string_append_unichar(out, c);
    }
}

void zp_mend_core(GString *out, const ZpRulebook *rulebook, const char *text)
{
    ZpPattern *markup = zp_labels_markup(zp_rulebook_labels(rulebook));
    gsize length = strlen(text), from = 0;
    ZpMatch match;
    while (from < length && zp_pattern_match(markup, text, length, from, &match) &&
           match.end > from) {
        append_unspaced(out, text + from, match.start - from);
        from = match.end;
    }
    append_unspaced(out, text + from, length - from);
}

char *zp_mend_comparator(const char *text)
{
    static const struct {
        const char *printed, *usual;
    } SIGNS[] = {
        {">=", "≥"},  {"<=", "≤"}, {"＞＝", "≥"}, {"＜＝", "≤"}, {"＞=", "≥"},
        {"＜=", "≤"}, {"≧", "≥"},  {"≦", "≤"},    {"⩾", "≥"},    {"⩽", "≤"},
        {"＞", ">"},  {"＜", "<"}, {"＝", "="},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(SIGNS); k++) {
        if (g_str_has_prefix(text, SIGNS[k].printed))
            return g_strconcat(SIGNS[k].usual, text + strlen(SIGNS[k].printed), NULL);
    }
    return g_strdup(text);
}
