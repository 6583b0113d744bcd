/*
 * seen.c - what a page that a Markdown text is turned into would show of it.
 *
 *     ~~99%~~87.1%   <span style="display: none">99%</span>87.1%   ![99%](x.png)   87.1%^1^   87.1%[^1]
 *
 * A cell that holds such things is written as the cell of a web page, which html.c then reads: so Markdown hides,
 * strikes out and marks by the same rules, and says the same of it.  Cells without any, which are nearly all, cost
 * nothing.  An element that hides is told by what a page shows of a sign behind its tag:
 *
 *     <div style="display: none">      hidden up to its </div>, with all tables in between
 */
#include "parsers/html/html.h"
#include "parsers/html/look.h"
#include "parsers/markdown/private.h"

#include <cmark-gfm.h>
#include <string.h>

/* Bytes of a text that a note quotes. */
#define QUOTE_BYTES 300
/* A longer line hides nothing that stands below it. */
#define LINE_BYTES_MAX 4096
/* Tags of a file of which it is tried whether they hide what follows; it is read behind others. */
#define TRIED_MAX 20000
/* Tags of a line that may hide what follows. */
#define LINE_TAGS_MAX 32
/* The page's style sheets count up to so many bytes, once a cell. */
#define STYLES_BYTES_MAX 8192
/* A longer name is none. */
#define NAME_BYTES_MAX 15
/* Stands behind a tag to see whether it is shown; no document has it there. */
#define SIGN "\xEF\xBF\xBC"

static void escape(GString *out, const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        const char *name = text[i] == '&'   ? "&amp;"
                           : text[i] == '<' ? "&lt;"
                           : text[i] == '>' ? "&gt;"
                           : text[i] == '"' ? "&quot;"
                                            : NULL;
        if (name)
            g_string_append(out, name);
        else
            g_string_append_c(out, text[i]);
    }
}

/* The name of the tag `<name …` or `</name …` at p, in lower case; "" for what is none. */
static void read_name(const char *p, const char *end, char name[NAME_BYTES_MAX + 1])
{
    gsize length = 0;
    p += p + 1 < end && p[1] == '/' ? 2 : 1;
    while (p + length < end && length < NAME_BYTES_MAX && (g_ascii_isalnum(p[length])))
        length++;
    for (gsize i = 0; i < length; i++)
        name[i] = g_ascii_tolower(p[i]);
    name[length] = '\0';
}

bool md_is_seen_otherwise(const char *html)
{
    char name[NAME_BYTES_MAX + 1];
    read_name(html, html + strlen(html), name);
    ZpHtmlElement element = {.name = name, .tag = zp_html_tag(name)};
    const char *behind = html + 1 + strlen(name);
    bool is_plain = html[1] == '/' || behind[strspn(behind, " />")] == '\0';
    return zp_html_is_element(name) &&
           (!is_plain || element.tag >= ZP_HTML_SILENT || zp_html_look_says(&element));
}

/* A text node; pairs of ~~ that CommonMark takes for none are meant as such: ~~99%~~87.1%. */
static void append_text(GString *html, const char *text)
{
    for (const char *open; (open = strstr(text, "~~")) != NULL;) {
        const char *close = strstr(open + 2, "~~");
        if (!close || close == open + 2)
            break;
        escape(html, text, (gsize)(open - text));
        g_string_append(html, "<del>");
        escape(html, open + 2, (gsize)(close - open - 2));
        g_string_append(html, "</del>");
        text = close + 2;
    }
    escape(html, text, strlen(text));
}

static void append_node(GString *html, cmark_node *node, bool is_begin, guint *pictures)
{
    const char *literal = cmark_node_get_literal(node);
    cmark_node_type type = cmark_node_get_type(node);
    bool is_struck = strcmp(cmark_node_get_type_string(node), "strikethrough") == 0;
    if (type == CMARK_NODE_IMAGE) {
        *pictures += is_begin ? 1 : -1u;
        if (*pictures == is_begin)
            g_string_append(html, is_begin ? "<img alt=\"" : "\">");
    } else if (*pictures) {
        if (is_begin && literal && type != CMARK_NODE_HTML_INLINE)
            escape(html, literal, strlen(literal));
    } else if (is_struck) {
        g_string_append(html, is_begin ? "<del>" : "</del>");
    } else if (!is_begin) {
        return;
    } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
        g_string_append(html, "<br>");
    } else if (type == CMARK_NODE_HTML_INLINE) {
        char name[NAME_BYTES_MAX + 1];
        read_name(literal, literal + strlen(literal), name);
        if (zp_html_is_element(name))
            g_string_append(html, literal);
        else if (!g_str_has_prefix(literal, "<!"))
            escape(html, literal, strlen(literal));
    } else if (type == CMARK_NODE_TEXT) {
        append_text(html, literal);
    } else if (literal) {
        escape(html, literal, strlen(literal));
    }
}

/* The text of the one cell that a page was read into; NULL where it is anything else. */
static const char *only_cell(const ZpDocument *document)
{
    if (document->tables->len != 1)
        return NULL;
    const ZpTable *table = g_ptr_array_index(document->tables, 0);
    bool is_one = table->kind == ZP_TABLE_CELLS && table->n_rows <= 1 && table->cells->len <= 1;
    if (!is_one)
        return NULL;
    return table->cells->len ? g_array_index(table->cells, ZpCell, 0).text : "";
}

static ZpDocument *read_page(const MdReader *reader, const GString *html)
{
    ZpHtmlPart part = {.text = html->str, .length = html->len, .line = reader->place.line};
    g_autoptr(ZpDocument) page = zp_document_new_within(&reader->document->limits);
    return zp_html_read_part(&part, page, NULL) ? g_steal_pointer(&page) : NULL;
}

bool md_append_seen(MdReader *reader, cmark_node *root, gsize guard)
{
    g_autoptr(GString) html = g_string_new(reader->styles->str);
    g_string_append(html, "<table><tr><td>");
    gsize begin = html->len;
    guint pictures = 0;
    cmark_iter *iterator = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;)
        append_node(html, cmark_iter_get_node(iterator), event == CMARK_EVENT_ENTER, &pictures);
    cmark_iter_free(iterator);
    g_string_erase(html, (gssize)begin, (gssize)guard);
    g_string_append(html, "</td></tr></table>");
    g_autoptr(ZpDocument) page = read_page(reader, html);
    const char *text = page ? only_cell(page) : NULL;
    if (!text)
        return false;
    g_string_append(reader->plain, text);
    /* What a page says of the cell is said of the place where it stands. */
    for (guint k = 0; reader->place.row && k < page->asides->len; k++) {
        const ZpAside *aside = g_ptr_array_index(page->asides, k);
        zp_document_add_aside(reader->document, aside->is_note, aside->loss.kind, &reader->place,
                              aside->loss.zh, aside->loss.en);
    }
    for (guint k = 0; k < page->losses->len; k++) {
        const ZpLoss *loss = g_ptr_array_index(page->losses, k);
        zp_document_add_loss(reader->document, loss->kind, &reader->place, loss->zh, loss->en);
    }
    return true;
}

bool md_is_definition(const MdLine *line)
{
    const char *p = line->from, *close = p < line->to && *p == '[' ? p : NULL;
    while (close && close < line->to && *close != ']')
        close += *close == '\\' && close + 1 < line->to ? 2 : 1;
    if (!close || close + 1 >= line->to || close[1] != ':' || p[1] == '^' || close == p + 1)
        return false;
    const char *from = close + 2, *to = from;
    while (from < line->to && (*from == ' ' || *from == '\t'))
        from++;
    for (to = from; to < line->to && *to != ' ' && *to != '\t';)
        to++;
    const char *title = to;
    while (title < line->to && (*title == ' ' || *title == '\t'))
        title++;
    bool has_title = title == line->to || (line->to - title > 1 && strchr("\"'(", *title) &&
                                           strchr("\"')", line->to[-1]));
    static const char *const TARGETS[] = {"http:", "https:", "mailto:", "#", "/", "./", "../", "<"};
    for (guint i = 0; has_title && i < G_N_ELEMENTS(TARGETS); i++) {
        gsize length = strlen(TARGETS[i]);
        if ((gsize)(to - from) >= length && memcmp(from, TARGETS[i], length) == 0)
            return true;
    }
    return false;
}

void md_add_styles(MdReader *reader, const char *text, gsize length)
{
    if (reader->styles->len + length <= STYLES_BYTES_MAX) {
        g_string_append_len(reader->styles, text, (gssize)length);
        g_string_append(reader->styles, "</style>");
    } else {
        zp_document_add_loss(
            reader->document, ZP_LOSS_UNSEEN_TEXT, &(ZpPlace){.line = reader->line},
            "样式表太大，没有用于它之外的文字，可能读入了看不见的文字",
            "a style sheet is too large; it was not applied to the text around it, "
            "and hidden text may have been read");
    }
}

/* Whether what follows the text of a page is not seen. */
static bool is_hidden_behind(const MdReader *reader, const char *text, const char *end)
{
    g_autoptr(GString) html = g_string_new(reader->styles->str);
    g_string_append(html, "<body>");
    g_string_append_len(html, text, end - text);
    g_string_append(html, SIGN);
    g_autoptr(ZpDocument) page = read_page(reader, html);
    for (guint t = 0; page && t < page->tables->len; t++) {
        const ZpTable *table = g_ptr_array_index(page->tables, t);
        for (guint k = 0; k < table->cells->len; k++) {
            if (strstr(g_array_index(table->cells, ZpCell, k).text, SIGN))
                return false;
        }
    }
    return page != NULL;
}

/* The tag that ends the element of a name, open at p; NULL where it is never ended. */
static const char *end_of(const char *p, const char *end, const char *name)
{
    for (guint depth = 1; p < end && (p = memchr(p, '<', (gsize)(end - p))) && p + 1 < end; p++) {
        char other[NAME_BYTES_MAX + 1];
        read_name(p, end, other);
        if (strcmp(other, name) != 0)
            continue;
        depth += p[1] == '/' ? -1u : 1;
        if (!depth)
            return p;
    }
    return NULL;
}

/* Where the tags that begin in a line end: the last of them may go on over line ends. */
static const char *tags_end(const MdReader *reader, const MdLine *line)
{
    const char *to = line->to, *far = MIN(reader->end, line->from + LINE_BYTES_MAX);
    bool is_open = false;
    for (const char *p = line->from; p < far && (p < to || is_open); p++) {
        is_open = *p == '<' || (is_open && *p != '>');
        if (p >= to && !is_open)
            return p + 1;
    }
    return to;
}

/* The tag that hides what follows it; @behind: set to its end. */
static const char *hiding_tag(MdReader *reader, const char *from, const char *to,
                              const char **behind)
{
    const char *p = from;
    for (guint k = 0; k < LINE_TAGS_MAX && p < to && (p = memchr(p, '<', (gsize)(to - p)));
         k++, p++) {
        const char *close = memchr(p, '>', (gsize)(to - p));
        if (!close)
            return NULL;
        *behind = close + 1;
        g_autofree char *tag = g_strndup(p, (gsize)(close + 1 - p));
        bool may_hide = g_ascii_isalpha(p[1]) && (reader->styles->len || md_is_seen_otherwise(tag));
        if (may_hide && reader->n_tried++ < TRIED_MAX && is_hidden_behind(reader, from, *behind))
            return p;
    }
    return NULL;
}

static void say_hidden(const MdReader *reader, const MdLine *line, const char *from, const char *to)
{
    g_autoptr(GString) quoted = g_string_new(NULL);
    zp_text_append_quote(quoted, from, (gsize)(to - from), QUOTE_BYTES);
    g_autofree char *zh = g_strdup_printf("网页上看不见的文字没有读入：“%s”", quoted->str);
    g_autofree char *en =
        g_strdup_printf("text that a page would not show was left out: \"%s\"", quoted->str);
    if (strpbrk(quoted->str, "0123456789"))
        zp_document_add_note(reader->document, ZP_LOSS_UNSEEN_TEXT,
                             &(ZpPlace){.line = line->number}, zh, en);
}

static void say_open(const MdReader *reader, const MdLine *line)
{
    zp_document_add_loss(
        reader->document, ZP_LOSS_UNSEEN_TEXT, &(ZpPlace){.line = line->number},
        "这一行的标签隐藏它后面的内容，却没有结束标签；后面的内容已读入，请对照页面",
        "a tag in this line hides what follows and is never ended; it was read, compare with the "
        "page");
}

bool md_skip_hidden(MdReader *reader, const MdLine *line, bool *taken)
{
    const char *behind = NULL, *tag = NULL;
    *taken = false;
    if (line->to - line->from > 2 && *line->from == '<' && g_ascii_isalpha(line->from[1]))
        tag = hiding_tag(reader, line->from, tags_end(reader, line), &behind);
    if (!tag)
        return true;
    char name[NAME_BYTES_MAX + 1];
    read_name(tag, behind, name);
    const char *end = end_of(behind, reader->end, name);
    const char *close = end ? memchr(end, '>', (gsize)(reader->end - end)) : NULL;
    if (!close) {
        say_open(reader, line);
        return true;
    }
    *taken = true;
    if (!md_add_text(reader, line, md_span(line, line->from, tag)))
        return false;
    say_hidden(reader, line, behind, end);
    reader->table = NULL;
    for (const char *p = line->from; p < close; p++)
        reader->line += *p == '\n' || (*p == '\r' && p[1] != '\n');
    reader->at = close + 1;
    return true;
}
