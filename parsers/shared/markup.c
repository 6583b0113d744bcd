/*
 * markup.c - counts the attributes of each tag, as libxml2 would take them.
 *
 *     <td class="a b" colspan=2 hidden>        three; a quoted value ends at its quote, any other at a blank
 *     <!-- <td … -->  <script> i<n … </script> no tags inside
 *
 * Where bytes can be taken two ways the one that gives more attributes is taken: a limit that a strange quote
 * gets round would be none.  In XML every attribute has its =, and any slip ends libxml2's reading.
 *
 * Source: htmlParseStartTag and xmlParseStartTag2 of libxml2 2.9.14.
 */
#include "parsers/shared/markup.h"

#include "base/error.h"
#include "base/limits.h"

#include <string.h>

/* Where UTF-16 shows: the first characters of XML are ASCII. */
#define WIDE_LOOK 8

/* What no tag is inside of; an end is looked for without regard to case, and of several the first counts. */
static const struct {
    ZpMarkupKind kind;
    const char *begin, *end, *other_end;
    bool is_element; /* its own tag is one, too */
} SILENT[] = {
    {ZP_MARKUP_HTML, "<!--", "-->", "--!>", false},
    {ZP_MARKUP_HTML, "<script", "</script", NULL, true},
    {ZP_MARKUP_HTML, "<style", "</style", NULL, true},
    {ZP_MARKUP_XML, "<!--", "-->", NULL, false},
    {ZP_MARKUP_XML, "<![CDATA[", "]]>", NULL, false},
    {ZP_MARKUP_XML, "<?", "?>", NULL, false},
};

static bool has_prefix(const char *p, const char *end, const char *prefix)
{
    gsize length = strlen(prefix);
    return (gsize)(end - p) >= length && g_ascii_strncasecmp(p, prefix, length) == 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *skip_blanks(const char *p, const char *end)
{
    while (p < end && is_blank(*p))
        p++;
    return p;
}

/* Behind a value, which begins behind its = and blanks. */
static const char *skip_value(const char *p, const char *end)
{
    if (p < end && (*p == '"' || *p == '\'')) {
        const char *close = memchr(p + 1, *p, (gsize)(end - p - 1));
        return close ? close + 1 : end;
    }
    while (p < end && !is_blank(*p) && *p != '>')
        p++;
    return p;
}

static bool is_name(char c)
{
    return g_ascii_isalnum(c) || strchr(":-_.", c) != NULL || (guchar)c >= 0x80;
}

/* Behind one attribute of HTML, or behind what is none. */
static const char *skip_attribute(const char *p, const char *end)
{
    const char *name = p;
    while (p < end && *p && is_name(*p))
        p++;
    if (p == name) {
        while (p < end && !is_blank(*p) && *p != '>')
            p++;
        return p;
    }
    const char *sign = skip_blanks(p, end);
    return sign < end && *sign == '=' ? skip_value(skip_blanks(sign + 1, end), end) : p;
}

/* Behind the name of the tag at p: its end, with how many attributes it has, up to one too many. */
static const char *count_html(const char *p, const char *end, guint *count)
{
    while (p < end && !is_blank(*p) && *p != '>' && *p != '/')
        p++;
    for (*count = 0; *count <= ZP_LIMIT_ATTRIBUTES; ++*count) {
        while (p < end && (is_blank(*p) || *p == '/'))
            p++;
        if (p >= end || *p == '>')
            return p;
        p = skip_attribute(p, end);
    }
    return p;
}

static const char *count_xml(const char *p, const char *end, guint *count)
{
    char quote = '\0';
    for (*count = 0; p < end && (quote || *p != '>') && *count <= ZP_LIMIT_ATTRIBUTES; p++) {
        if (quote)
            quote = *p == quote ? '\0' : quote;
        else if (*p == '"' || *p == '\'')
            quote = *p;
        else
            *count += *p == '=';
    }
    return p;
}

/* In UTF-16 half of a character may be a quote: what stands up to the next < is counted. */
static const char *count_wide(const char *p, const char *end, guint *count)
{
    for (*count = 0; p < end && *p != '<' && *count <= ZP_LIMIT_ATTRIBUTES; p++)
        *count += *p == '=';
    return p;
}

/* The end of what is silent from p on; @end where it has none, as libxml2 has it. */
static const char *silent_end(const char *p, const char *end, guint k)
{
    for (; (p = memchr(p, SILENT[k].end[0], (gsize)(end - p))) != NULL; p++) {
        if (has_prefix(p, end, SILENT[k].end) ||
            (SILENT[k].other_end && has_prefix(p, end, SILENT[k].other_end)))
            return p;
    }
    return end;
}

/* Behind what begins at a < and has no tags inside; NULL: nothing of the kind does. */
static const char *behind_silent(ZpMarkupKind kind, const char *p, const char *end)
{
    for (guint k = 0; k < G_N_ELEMENTS(SILENT); k++) {
        if (SILENT[k].kind != kind || !has_prefix(p, end, SILENT[k].begin))
            continue;
        const char *inside = p + strlen(SILENT[k].begin);
        if (!SILENT[k].is_element)
            return silent_end(p + 2, end, k);   /* `<!-->` ends at once */
        if (inside >= end || !is_name(*inside)) /* not <scripture> */
            return silent_end(inside, end, k);
    }
    return NULL;
}

/* Counts the attributes of the tag that begins at a <, of none 0; returns the byte to go on from. */
static const char *count_tag(ZpMarkupKind kind, const char *p, const char *end, guint *count)
{
    bool is_html = kind == ZP_MARKUP_HTML;
    *count = 0;
    if (++p >= end)
        return end;
    if (is_html ? !g_ascii_isalpha(*p) && *p != '_' && *p != ':' : strchr("/!?", *p) != NULL)
        return p;
    return is_html ? count_html(p, end, count) : count_xml(p, end, count);
}

static bool set_limit(GError **error)
{
    zp_error_set(error, ZP_ERROR_LIMIT, "一个元素的属性超过 ZP_LIMIT_ATTRIBUTES（%u 个）的上限",
                 "an element has more attributes than ZP_LIMIT_ATTRIBUTES (%u)",
                 ZP_LIMIT_ATTRIBUTES);
    return false;
}

bool zp_markup_check(ZpMarkupKind kind, const char *text, gsize length, GError **error)
{
    const char *end = text + length;
    bool is_wide = kind == ZP_MARKUP_XML && length && memchr(text, '\0', MIN(length, WIDE_LOOK));
    for (const char *p = text; p < end && (p = memchr(p, '<', (gsize)(end - p))) != NULL;) {
        guint count = 0;
        const char *behind = is_wide ? NULL : behind_silent(kind, p, end);
        p = is_wide ? count_wide(p + 1, end, &count) : count_tag(kind, p, end, &count);
        if (count > ZP_LIMIT_ATTRIBUTES)
            return set_limit(error);
        p = behind ? behind : p;
    }
    return true;
}

void zp_markup_append(GString *out, const char *text)
{
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
}
