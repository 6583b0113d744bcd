/*
 * escape.c - tables of what each place does not bear, over one loop.
 */
#include "output/escape.h"

#include <string.h>

typedef struct {
    char byte;
    const char *instead;
} Escape;

static const Escape XML[] = {
    {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}, {0, NULL},
};

/* https://docs.github.com/actions: workflow commands end at a line end, properties at : and ,. */
static const Escape COMMAND[] = {
    {'%', "%25"},
    {'\r', "%0D"},
    {'\n', "%0A"},
    {0, NULL},
};
static const Escape PROPERTY[] = {
    {'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}, {':', "%3A"}, {',', "%2C"}, {0, NULL},
};

/* What may begin mark-up, a link, a mention or a cell; CommonMark takes a backslash before any of them. */
static const Escape MARKDOWN[] = {
    {'\\', "\\\\"}, {'`', "\\`"},  {'*', "\\*"},   {'_', "\\_"}, {'[', "\\["}, {']', "\\]"},
    {'<', "&lt;"},  {'>', "&gt;"}, {'&', "&amp;"}, {'#', "\\#"}, {'|', "\\|"}, {'~', "\\~"},
    {'!', "\\!"},   {'$', "\\$"},  {'@', "\\@"},   {'\n', " "},  {0, NULL},
};

static void append_escaped(GString *out, const char *text, const Escape *table)
{
    const char *run = text;
    for (; *text; text++) {
        const Escape *escape = table;
        while (escape->instead && escape->byte != *text)
            escape++;
        if (!escape->instead)
            continue;
        g_string_append_len(out, run, text - run);
        g_string_append(out, escape->instead);
        run = text + 1;
    }
    g_string_append_len(out, run, text - run);
}

static char *visible(const char *text)
{
    GString *out = g_string_new(NULL);
    zp_text_append_visible(out, text, strlen(text));
    return g_string_free(out, FALSE);
}

/* What a reader sees of a text, without the two characters that are UTF-8 but in no XML document: U+FFFE and
 * U+FFFF, the only ones that begin with these two bytes and end with 0xBE or 0xBF. */
static char *visible_in_xml(const char *text)
{
    char *shown = visible(text), *at = shown;
    if (!strstr(shown, "\xEF\xBF\xBE") && !strstr(shown, "\xEF\xBF\xBF"))
        return shown;
    GString *allowed = g_string_new(NULL);
    for (; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c == 0xFFFE || c == 0xFFFF)
            g_string_append_printf(allowed, "\\u{%04X}", c);
        else
            g_string_append_unichar(allowed, c);
    }
    g_free(shown);
    return g_string_free(allowed, FALSE);
}

void zp_escape_xml(GString *out, const char *text)
{
    g_autofree char *shown = visible_in_xml(text);
    append_escaped(out, shown, XML);
}

/* ECMA-376, 22.9.2.19: _xHHHH_ in a text is a character, and _x005F_ its first low line. */
static bool is_escaped_character(const char *text)
{
    if (text[0] != '_' || text[1] != 'x')
        return false;
    for (int k = 2; k < 6; k++) {
        if (!g_ascii_isxdigit(text[k]))
            return false;
    }
    return text[6] == '_';
}

void zp_escape_sheet(GString *out, const char *text)
{
    g_autofree char *shown = visible_in_xml(text);
    const char *run = shown;
    for (const char *at = strchr(shown, '_'); at; at = strchr(at + 1, '_')) {
        if (!is_escaped_character(at))
            continue;
        g_string_append_len(out, run, at - run);
        g_string_append(out, "_x005F");
        run = at;
    }
    g_string_append(out, run);
}

/* GFM also makes links of bare addresses: a backslash in "://", "www." stops that. */
static void append_unlinked(GString *out, const char *text)
{
    static const char *const STARTS[] = {"://", "www."};
    while (*text) {
        const char *start = NULL;
        for (gsize k = 0; k < G_N_ELEMENTS(STARTS); k++) {
            if (g_ascii_strncasecmp(text, STARTS[k], strlen(STARTS[k])) == 0)
                start = STARTS[k];
        }
        if (start && *start == ':')
            g_string_append_c(out, '\\');
        g_string_append_len(out, text, start && *start != ':' ? 3 : 1);
        if (start && *start != ':')
            g_string_append_c(out, '\\');
        text += start && *start != ':' ? 3 : 1;
    }
}

void zp_escape_markdown(GString *out, const char *text)
{
    g_autofree char *shown = visible(text);
    g_autoptr(GString) escaped = g_string_new(NULL);
    append_escaped(escaped, shown, MARKDOWN);
    append_unlinked(out, escaped->str);
}

void zp_escape_command(GString *out, const char *text, bool is_property)
{
    g_autofree char *shown = visible(text);
    append_escaped(out, shown, is_property ? PROPERTY : COMMAND);
}

void zp_escape_uri(GString *out, const char *path)
{
    static const char KEPT[] = "-._~/";
    if (*path == '/')
        g_string_append(out, "file://");
    for (; *path; path++) {
        if (g_ascii_isalnum(*path) || strchr(KEPT, *path))
            g_string_append_c(out, *path);
        else
            g_string_append_printf(out, "%%%02X", (guchar)*path);
    }
}

/* How a spreadsheet may begin to see a formula. */
static const char *const FORMULA_STARTS[] = {"=",  "+",  "-",  "@",  "\t", "\r",
                                             "\n", "＝", "＋", "－", "＠"};

static bool begins_like_formula(const char *text)
{
    for (gsize k = 0; k < G_N_ELEMENTS(FORMULA_STARTS); k++) {
        if (g_str_has_prefix(text, FORMULA_STARTS[k]))
            return true;
    }
    return false;
}

void zp_escape_csv(GString *out, const char *text, bool is_raw)
{
    if (!text)
        return;
    bool guard = !is_raw && begins_like_formula(text);
    if (!strpbrk(text, ",\"\r\n")) {
        if (guard)
            g_string_append_c(out, '\'');
        g_string_append(out, text);
        return;
    }
    g_string_append(out, guard ? "\"'" : "\"");
    for (; *text; text++) {
        if (*text == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}
