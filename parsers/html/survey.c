/*
 * survey.c - one walk over the tags of a page.
 *
 * Whether a page was cut off: what is written shows how its author writes.
 *
 *     …<td>95</td><td cla                 it ends within a tag, an attribute or a comment
 *     <html>…</table>                     <html> or <body> was begun and not ended, by an author who ends
 *                                         cells and rows, though he need not
 *     <table>…</table> <table>…           a table was not ended; ends of tables, cells or rows are written
 *     <html><body><table><tr><td>…        no end is written anywhere: that is a style, and no cut
 */
#include "parsers/html/survey.h"

#include <string.h>

/* A longer name is none that matters. */
#define NAME_BYTES_MAX 15
/* A <link> or <style> with more than this before its end says nothing. */
#define TAG_BYTES_MAX 2048

/* `<![if …]>` is no longer. */
#define CONDITION_BYTES_MAX 256

typedef struct {
    ZpHtmlSurvey *survey;
    ZpHtmlSheet *sheet;
    const char *p, *end;
    guint n_tables, n_table_ends, n_row_ends;
    bool has_root, has_root_end, has_tag, is_unsure;
} Walk;

static bool begins(const char *p, const char *end, const char *word)
{
    gsize length = strlen(word);
    return (gsize)(end - p) >= length && g_ascii_strncasecmp(p, word, length) == 0;
}

static const char *find(const char *p, const char *end, const char *mark)
{
    gsize length = strlen(mark);
    for (; p < end && (p = memchr(p, *mark, (gsize)(end - p))) != NULL; p++) {
        if ((gsize)(end - p) >= length && memcmp(p, mark, length) == 0)
            return p;
    }
    return NULL;
}

/* The first quote in a stretch; NULL: none. */
static const char *quote_in(const char *p, const char *end)
{
    const char *twice = memchr(p, '"', (gsize)(end - p));
    const char *once = memchr(p, '\'', (gsize)((twice ? twice : end) - p));
    return once ? once : twice;
}

/* Behind the `>` of a tag; a quote counts behind `=` only.  NULL: there is none. */
static const char *tag_end(const char *start, const char *end)
{
    for (const char *p = start;;) {
        const char *stop = memchr(p, '>', (gsize)(end - p));
        const char *quote = stop ? quote_in(p, stop) : quote_in(p, end), *before = quote;
        if (!quote)
            return stop ? stop + 1 : NULL;
        while (before > start && g_ascii_isspace(before[-1]))
            before--;
        bool counts = before > start && before[-1] == '=';
        const char *close = counts ? memchr(quote + 1, *quote, (gsize)(end - quote - 1)) : quote;
        if (!close)
            return NULL;
        p = close + 1;
    }
}

/* Behind a comment or declaration that begins at p; NULL: the rest of the page is in it. */
static const char *behind_comment(Walk *walk, const char *p)
{
    const char *end = walk->end;
    if (!begins(p, end, "<!--")) {
        walk->survey->is_quirky &= !begins(p, end, "<!doctype") || walk->has_tag;
        const char *close = memchr(p, '>', (gsize)(end - p));
        return close ? close + 1 : end;
    }
    bool is_abrupt = begins(p + 4, end, ">") || begins(p + 4, end, "->");
    walk->survey->has_abrupt |= is_abrupt;
    if (is_abrupt)
        return p + 5 + (p[4] == '-');
    const char *close = find(p + 4, end, "-->");
    return close ? close + 3 : NULL;
}

/* The value of an attribute in the text of a tag. */
static char *attribute_in(const char *tag, const char *end, const char *name)
{
    gsize length = strlen(name);
    for (const char *p = tag; p + length < end; p++) {
        if (!g_ascii_isspace(p[0]) || g_ascii_strncasecmp(p + 1, name, length) != 0)
            continue;
        p += 1 + length;
        while (p < end && (g_ascii_isspace(*p) || *p == '='))
            p++;
        char quote = p < end && (*p == '"' || *p == '\'') ? *p++ : '\0';
        const char *from = p;
        while (p < end && *p != '>' && (quote ? *p != quote : !g_ascii_isspace(*p)))
            p++;
        return g_strndup(from, (gsize)(p - from));
    }
    return NULL;
}

/* Where the text of an element that holds no tags ends. */
static const char *raw_end(const char *p, const char *end, const char *name)
{
    g_autofree char *close = g_strconcat("</", name, NULL);
    for (; p < end && (p = memchr(p, '<', (gsize)(end - p))) != NULL; p++) {
        if (begins(p, end, close))
            return p;
    }
    return NULL;
}

static bool is_linked_sheet(const char *tag, const char *end)
{
    g_autofree char *rel = attribute_in(tag, MIN(end, tag + TAG_BYTES_MAX), "rel");
    return rel && g_ascii_strcasecmp(rel, "stylesheet") == 0;
}

/* A start tag and, of elements that hold no tags, their text.  NULL: the page ends in it. */
static const char *behind_start(Walk *walk, const char *tag, const char *name)
{
    static const char *const RAW[] = {"script", "style", "title", "textarea", "xmp"};
    const char *stop = tag_end(tag, walk->end);
    if (!stop)
        return NULL;
    walk->has_tag = true;
    bool is_root = strcmp(name, "html") == 0 || strcmp(name, "body") == 0;
    walk->has_root |= is_root;
    if (strcmp(name, "table") == 0) {
        walk->n_tables++;
        walk->has_root_end = false;
    } else if (strcmp(name, "link") == 0) {
        walk->is_unsure |= is_linked_sheet(tag, stop);
    }
    for (guint i = 0; i < G_N_ELEMENTS(RAW); i++) {
        if (name[0] != RAW[i][0] || strcmp(name, RAW[i]) != 0)
            continue;
        const char *close = raw_end(stop, walk->end, name);
        if (i == 1) {
            const char *to = close ? close : walk->end;
            gsize length = MIN((gsize)(stop - tag), TAG_BYTES_MAX);
            g_autofree char *media = attribute_in(tag, tag + length, "media");
            if (!walk->sheet)
                walk->sheet = zp_html_sheet_new();
            zp_html_sheet_add(walk->sheet, stop, (gsize)(to - stop), media);
        }
        return close ? close : i == 3 ? stop : NULL;
    }
    return stop;
}

static void note_end(Walk *walk, const char *name)
{
    if (strcmp(name, "table") == 0)
        walk->n_table_ends++;
    else if (strcmp(name, "td") == 0 || strcmp(name, "th") == 0 || strcmp(name, "tr") == 0)
        walk->n_row_ends++;
    else if (strcmp(name, "html") == 0 || strcmp(name, "body") == 0)
        walk->has_root_end = true;
}

/* Behind what begins with the `<` at p; NULL: the page ends in it. */
static const char *behind_tag(Walk *walk, const char *p)
{
    if (p + 1 < walk->end && p[1] == '!')
        return behind_comment(walk, p);
    bool is_end = p + 1 < walk->end && p[1] == '/';
    const char *from = p + 1 + is_end;
    char name[NAME_BYTES_MAX + 1];
    gsize length = 0;
    while (from + length < walk->end && g_ascii_isalnum(from[length]) && length < NAME_BYTES_MAX) {
        name[length] = g_ascii_tolower(from[length]);
        length++;
    }
    name[length] = '\0';
    if (!length)
        return p + 1;
    if (!is_end && g_ascii_isalpha(*name)) {
        const char *stop = behind_start(walk, from, name);
        if (stop)
            return stop;
        bool is_tag = (length > 1 && zp_html_is_element(name)) ||
                      memchr(from, '=', (gsize)(walk->end - from));
        return is_tag ? NULL : p + 1;
    }
    if (!memchr(from, '>', (gsize)(walk->end - from)))
        return is_end ? NULL : p + 1;
    if (is_end)
        note_end(walk, name);
    return from + length;
}

static void say_cut(Walk *walk, bool is_within)
{
    bool ends_cells = walk->n_row_ends > 0;
    bool is_open = walk->n_tables > walk->n_table_ends;
    if (is_within) {
        walk->survey->cut_zh = "网页在一个标签、属性、注释或脚本中间就断了";
        walk->survey->cut_en =
            "the page breaks off within a tag, an attribute, a comment or a script";
    } else if (walk->has_root_end) {
        return;
    } else if (is_open && (ends_cells || walk->n_table_ends)) {
        walk->survey->cut_zh = "网页在一张表格中间就断了（没有 </table>）";
        walk->survey->cut_en = "the page breaks off within a table (no </table>)";
    } else if (walk->has_root && ends_cells && walk->n_tables) {
        walk->survey->cut_zh = "网页没有结尾（没有 </body> 和 </html>），可能断了";
        walk->survey->cut_en =
            "the page has no end (no </body> and no </html>) and may have been cut off";
    }
}

void zp_html_survey(const char *text, gsize length, ZpHtmlSurvey *survey)
{
    *survey = (ZpHtmlSurvey){.is_quirky = true};
    Walk walk = {.survey = survey, .end = text + length};
    const char *p = text;
    while (p && p < walk.end && (p = memchr(p, '<', (gsize)(walk.end - p))) != NULL) {
        p = behind_tag(&walk, p);
        if (!p) {
            say_cut(&walk, true);
            break;
        }
    }
    if (!survey->cut_zh)
        say_cut(&walk, false);
    if (walk.is_unsure && !walk.sheet)
        walk.sheet = zp_html_sheet_new();
    if (walk.is_unsure)
        zp_html_sheet_set_unsure(walk.sheet);
    bool is_needed =
        walk.sheet && (!zp_html_sheet_is_empty(walk.sheet) || zp_html_sheet_is_unsure(walk.sheet) ||
                       zp_html_sheet_limit(walk.sheet));
    if (!is_needed)
        g_clear_pointer(&walk.sheet, zp_html_sheet_free);
    survey->sheet = walk.sheet;
}

char *zp_html_clean(const char *text, gsize length, bool has_abrupt)
{
    static const char *const MARKS[] = {"[if", "[endif"};
    char *copy = NULL;
    const char *end = text + length;
    for (const char *p = text; (p = memchr(p, '[', (gsize)(end - p))) != NULL; p++) {
        if (p - text < 2 || p[-1] != '!' || p[-2] != '<')
            continue;
        const char *close = memchr(p, '>', (gsize)MIN(end - p, CONDITION_BYTES_MAX));
        bool is_mark = false;
        for (guint i = 0; close && close[-1] == ']' && i < G_N_ELEMENTS(MARKS); i++)
            is_mark |= g_ascii_strncasecmp(p, MARKS[i], strlen(MARKS[i])) == 0;
        if (is_mark && !copy)
            copy = g_strndup(text, length);
        if (is_mark)
            memset(copy + (p - 2 - text), ' ', (gsize)(close + 1 - (p - 2)));
    }
    if (has_abrupt && !copy)
        copy = g_strndup(text, length);
    for (char *p = has_abrupt ? copy : NULL; p && (p = strstr(p, "<!--")) != NULL;) {
        gsize bytes = p[4] == '>' ? 5 : p[4] == '-' && p[5] == '>' ? 6 : 0;
        if (bytes)
            memset(p, ' ', bytes);
        char *close = bytes ? p : strstr(p + 4, "-->");
        p = close ? close + 1 : NULL;
    }
    return copy;
}
