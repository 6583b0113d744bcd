/*
 * cells.c - the text of a cell of a web page, and text as its bytes.
 *
 * A character may be an entity; a range with a tag in it is left alone, as the tag may mean something.
 */
#include "parsers/html/html.h"
#include "parsers/shared/decode.h"
#include "parsers/shared/markup.h"
#include "parsers/shared/plain_cells.h"

#include <string.h>

/* Entities that stand for a character of these forms; any other keeps the range from being written. */
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

static char *decode(const char *text)
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

static char *encode(const char *text)
{
    GString *out = g_string_new(NULL);
    zp_markup_append(out, text);
    return g_string_free(out, FALSE);
}

static ZpOriginal *open_page(GBytes *input, GError **error)
{
    static const ZpCellDialect DIALECT = {
        .declared = zp_decode_declared, .decode = decode, .encode = encode, .has_tags = true};
    return zp_plain_open(input, &DIALECT, error);
}

const ZpCellWriter zp_html_cells = {.open = open_page, ZP_PLAIN_CELLS};
