/*
 * marks.c - the text of a cell or line without its Markdown marks, by cmark-gfm.
 *
 *     **合计**  `95%`  [详见](x.htm)  a\*b  甲<br>乙  &ge;5    →  合计 95% 详见 a*b 甲⏎乙 ≥5
 *
 * cmark sees one line at a time, behind a full stop: then nothing in it can begin a list, a heading
 * or a block of HTML (`- `, `1. ` and `#` begin many a cell), and marks are told as after any
 * punctuation.  It reads `<?` and `<![` in quadratic time, so texts with them, and longer ones than
 * ZP_LIMIT_MARKED_BYTES, are left as they are.
 */
#include "base/limits.h"
#include "parsers/html/tags.h"
#include "parsers/markdown/private.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <string.h>

/* A note mark is no longer. */
#define MARK_BYTES_MAX 24
/* Stands before the text while cmark reads it. */
#define GUARD '.'

G_DEFINE_AUTOPTR_CLEANUP_FUNC(cmark_parser, cmark_parser_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(cmark_node, cmark_node_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(cmark_iter, cmark_iter_free)

/* Whether there may be marks; most cells hold none. */
static bool has_marks(const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        if (strchr("\\*_`[<&~^", text[i]) && text[i])
            return true;
    }
    return false;
}

static bool is_dear(const char *text, gsize length)
{
    return length > ZP_LIMIT_MARKED_BYTES || g_strstr_len(text, (gssize)length, "<?") ||
           g_strstr_len(text, (gssize)length, "<![");
}

/* The name of the element in `<name …>` or `</name>`, in lower case. */
static char *tag_name(const char *html)
{
    const char *name = html + 1 + (html[1] == '/');
    gsize length = strcspn(name, " \t\r\n/>");
    return g_ascii_strdown(name, (gssize)length);
}

/* An element ends a line or means nothing; what is none stays. */
static void append_html(GString *out, const char *html)
{
    if (g_str_has_prefix(html, "<!"))
        return;
    g_autofree char *name = tag_name(html);
    ZpHtmlTag tag = zp_html_tag(name);
    if (tag == ZP_HTML_BREAK || tag == ZP_HTML_BLOCK)
        g_string_append_c(out, '\n');
    else if (!zp_html_is_element(name))
        g_string_append(out, html);
}

/*
 * `**注：**说明`: by CommonMark's rules no emphasis, since a mark ends it between punctuation and a
 * letter; whoever wrote it meant one.  Marks that are left over in pairs are taken out.
 */
static void append_text(GString *out, const char *text)
{
    guint marks = 0;
    for (const char *p = text; (p = strstr(p, "**")) != NULL; p += 2)
        marks++;
    if (marks % 2 == 1 || strstr(text, "***"))
        marks = 0;
    while (marks-- > 0) {
        const char *mark = strstr(text, "**");
        g_string_append_len(out, text, mark - text);
        text = mark + 2;
    }
    g_string_append(out, text);
}

static cmark_node *parse(const char *text, gsize length)
{
    static const char guard = GUARD;
    g_autoptr(cmark_parser) parser = cmark_parser_new(CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE);
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("strikethrough"));
    cmark_parser_feed(parser, &guard, 1);
    cmark_parser_feed(parser, text, length);
    return cmark_parser_finish(parser);
}

/* Takes the bytes of pictures out that stand in the text itself: `![章](data:image/png;base64,…)`. */
static char *without_data(const char *text, gsize *length)
{
    static const char DATA[] = "](data:";
    const char *end = text + *length;
    GString *kept = g_string_new(NULL);
    for (const char *at; (at = g_strstr_len(text, end - text, DATA)) != NULL; text = at) {
        g_string_append_len(kept, text, at + 2 - text);
        const char *close = memchr(at, ')', (gsize)(end - at));
        at = close ? close : end;
    }
    g_string_append_len(kept, text, end - text);
    *length = kept->len;
    return g_string_free(kept, FALSE);
}

/* What a note mark may be named by. */
static bool is_mark_name(const char *from, const char *to)
{
    if (from == to || to - from > MARK_BYTES_MAX)
        return false;
    for (const char *p = from; p < to; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (!g_unichar_isalnum(c) && !g_utf8_strchr("*()（）+-,", -1, c))
            return false;
    }
    return true;
}

/*
 * `[^1]` and `^1^` as the elements that they become: <sup>1</sup>.  NULL where there is none; in code there
 * is none.
 */
static char *with_raised(const char *text, gsize *length)
{
    const char *end = text + *length, *done = text;
    if (!memchr(text, '^', *length) || memchr(text, '`', *length))
        return NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *p = text; (p = memchr(p, '^', (gsize)(end - p))) != NULL; p++) {
        bool is_note = p > text && p[-1] == '[';
        const char *from = p - is_note,
                   *close = memchr(p + 1, is_note ? ']' : '^', (gsize)(end - p - 1));
        bool is_escaped = from > text && from[-1] == '\\';
        if (!close || is_escaped || from < done || !is_mark_name(p + 1, close))
            continue;
        g_string_append_len(out, done, from - done);
        g_string_append(out, is_note ? "<sup>\\[" : "<sup>");
        g_string_append_len(out, p + 1, close - p - 1);
        g_string_append(out, is_note ? "\\]</sup>" : "</sup>");
        p = close;
        done = close + 1;
    }
    if (done == text)
        return NULL;
    g_string_append_len(out, done, end - done);
    *length = out->len;
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/*
 * Whether a node makes that not all is seen as it is written; @may_strike: whether ~~ that CommonMark leaves is
 * meant to strike out.
 */
static bool is_seen_otherwise(cmark_node *node, bool may_strike)
{
    cmark_node_type type = cmark_node_get_type(node);
    const char *literal = cmark_node_get_literal(node);
    if (type == CMARK_NODE_HTML_INLINE)
        return md_is_seen_otherwise(literal);
    if (type == CMARK_NODE_TEXT)
        return may_strike && strstr(literal, "~~");
    return type == CMARK_NODE_IMAGE ||
           strcmp(cmark_node_get_type_string(node), "strikethrough") == 0;
}

void md_append_plain(MdReader *reader, const char *text, gsize length)
{
    GString *out = reader->plain;
    g_autofree char *without = NULL, *raised = NULL;
    if (g_strstr_len(text, (gssize)length, "](data:"))
        text = without = without_data(text, &length);
    if (!has_marks(text, length) || is_dear(text, length)) {
        g_string_append_len(out, text, (gssize)length);
        return;
    }
    if ((raised = with_raised(text, &length)))
        text = raised;
    g_autoptr(cmark_node) root = parse(text, length);
    g_autoptr(cmark_iter) iterator = cmark_iter_new(root);
    gsize start = out->len;
    bool is_otherwise = false, may_strike = !g_strstr_len(text, (gssize)length, "\\~");
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        if (event != CMARK_EVENT_ENTER)
            continue;
        cmark_node *node = cmark_iter_get_node(iterator);
        const char *literal = cmark_node_get_literal(node);
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            g_string_append_c(out, '\n');
        else if (type == CMARK_NODE_HTML_INLINE)
            append_html(out, literal);
        else if (type == CMARK_NODE_TEXT)
            append_text(out, literal);
        else if (literal)
            g_string_append(out, literal);
        is_otherwise |= is_seen_otherwise(cmark_iter_get_node(iterator), may_strike);
    }
    g_string_erase(out, (gssize)start, 1);
    if (!is_otherwise)
        return;
    g_autofree char *plain = g_strdup(out->str + start);
    g_string_truncate(out, start);
    if (!md_append_seen(reader, root, 1))
        g_string_append(out, plain);
}
