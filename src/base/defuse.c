/*
 * defuse.c - line by line: its beginning, then every `##` with a `[` to follow.
 */
#include "base/defuse.h"

#include <string.h>

static const char COLON[] = "\\u{3A}", HASH[] = "\\u{23}";

static void replace(GString *text, gsize at, const char *instead)
{
    g_string_erase(text, (gssize)at, 1);
    g_string_insert(text, (gssize)at, instead);
}

/* White space of any script, as a runner trims it. */
static gsize skip_space(const char *line)
{
    const char *at = line;
    while (*at && *at != '\n' && g_unichar_isspace(g_utf8_get_char(at)))
        at = g_utf8_next_char(at);
    return (gsize)(at - line);
}

void zp_text_defuse(GString *text, gsize from)
{
    for (gsize line = from; line < text->len;) {
        gsize begin = line + skip_space(text->str + line);
        if (strncmp(text->str + begin, "::", 2) == 0)
            replace(text, begin, COLON);
        const char *end = strchr(text->str + line, '\n');
        line = end ? (gsize)(end - text->str) + 1 : text->len;
    }
    for (gsize at = from; at < text->len;) {
        const char *mark = strstr(text->str + at, "##");
        if (!mark)
            return;
        at = (gsize)(mark - text->str) + 1;
        gsize word =
            strspn(text->str + at + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.");
        if (text->str[at + 1 + word] == '[')
            replace(text, at, HASH);
    }
}
