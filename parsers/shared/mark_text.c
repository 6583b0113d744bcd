/*
 * mark_text.c - notes of a text, a Markdown text and a web page.
 *
 *     text       every byte of the original, then a block of notes
 *     Markdown   the same, the block fenced, so that nothing of it is mark-up
 *     HTML       <td>88.82%</td>  →  <td><mark …>88.82%</mark><sup …>[1]</sup></td>, the notes at the end of the body
 *
 * A cell of a page may hold elements, so each run of its text gets a mark of its own: whatever the page's tags
 * do, a mark never spans one.  What the original's character set lacks is a numeric reference in HTML.
 */
#include "parsers/mark.h"

#include "base/error.h"
#include "parsers/shared/decode.h"
#include "parsers/shared/recode.h"

#include <string.h>

/* --- blocks at the end --- */

/* A line end as the original has them. */
static const char *line_end(const ZpRecode *recode)
{
    gsize size;
    const char *text = g_bytes_get_data(recode->plain, &size);
    const char *first = memchr(text, '\n', size);
    return first && first > text && first[-1] == '\r' ? "\r\n" : "\n";
}

static GString *list_notes(const ZpMarks *marks)
{
    GString *block = g_string_new(NULL);
    for (guint k = 0; k < marks->marks->len; k++) {
        const ZpMark *mark = g_ptr_array_index(marks->marks, k);
        g_string_append_printf(block, "[%u] %s\n", k + 1, mark->where);
        g_auto(GStrv) lines = g_strsplit(mark->text, "\n", -1);
        for (char **line = lines; *line; line++)
            g_string_append_printf(block, "    %s\n", *line);
    }
    return block;
}

static GBytes *set_unencoded(GError **error)
{
    zp_error_set(error, ZP_ERROR_KIND, "文件里有不成字符的字节，不能在后面写上说明",
                 "the file has bytes that are no characters, so no notes can be written behind it");
    return NULL;
}

static GBytes *append_block(GBytes *input, const char *head, const char *foot, const GString *block,
                            GError **error)
{
    gsize size;
    const char *data = g_bytes_get_data(input, &size);
    ZpRecode recode;
    if (!zp_recode_open(&recode, input, NULL))
        return set_unencoded(error);
    g_autofree char *all = g_strconcat("\n\n", head, "\n", block->str, foot, "\n", NULL);
    g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
    g_autofree char *text = g_strjoinv(line_end(&recode), lines);
    GString *copy = g_string_sized_new(size + strlen(text));
    g_string_append_len(copy, data, (gssize)size);
    bool done = zp_recode_append(&recode, copy, text);
    zp_recode_clear(&recode);
    if (done)
        return g_string_free_to_bytes(copy);
    g_string_free(copy, TRUE);
    return set_unencoded(error);
}

GBytes *zp_mark_text(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                     GError **error)
{
    g_autoptr(GString) block = list_notes(marks);
    g_autofree char *head = g_strdup_printf("======== %s ========", marks->heading);
    (void)options;
    return append_block(input, head, "========", block, error);
}

GBytes *zp_mark_markdown(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                         GError **error)
{
    g_autoptr(GString) block = list_notes(marks);
    /* Longer than any run of backticks in what it holds. */
    guint run = 0, longest = 2;
    for (const char *p = block->str; *p; p++) {
        run = *p == '`' ? run + 1 : 0;
        longest = MAX(longest, run);
    }
    g_autofree char *fence = g_strnfill(longest + 1, '`');
    g_autofree char *head = g_strdup_printf("%s\n%s", fence, marks->heading);
    (void)options;
    return append_block(input, head, fence, block, error);
}

/* --- web pages --- */

/* Text to be put before a byte of the page as UTF-8. */
typedef struct {
    gsize at;
    guint order; /* among those at one byte */
    char *text;
} Insertion;

typedef struct {
    GArray *insertions; /* of Insertion */
    const char *page;
    gsize size;
} Marking;

static void clear_insertion(gpointer data)
{
    g_free(((Insertion *)data)->text);
}

static void insert(Marking *marking, gsize at, char *text)
{
    const Insertion insertion = {at, marking->insertions->len, text};
    g_array_append_val(marking->insertions, insertion);
}

static void append_escaped(GString *out, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append(out, escaped);
}

/* Elements whose content is no mark-up, and what no mark may stand in. */
static const char *const RAW[] = {"script", "style",  "textarea", "title",   "xmp",
                                  "iframe", "select", "noembed",  "noframes"};

/* Behind the element that begins at @p, when it is one of RAW; else NULL. */
static const char *behind_raw(const char *p, const char *end)
{
    for (gsize k = 0; k < G_N_ELEMENTS(RAW); k++) {
        gsize length = strlen(RAW[k]);
        if ((gsize)(end - p) <= length + 1 || g_ascii_strncasecmp(p + 1, RAW[k], length) != 0 ||
            g_ascii_isalnum(p[length + 1]))
            continue;
        for (const char *close = p + length; close + length + 2 <= end; close++) {
            if (close[0] == '<' && close[1] == '/' &&
                g_ascii_strncasecmp(close + 2, RAW[k], length) == 0)
                return close;
        }
        return end;
    }
    return NULL;
}

/* Behind the tag, comment or declaration that begins at @p. */
static const char *behind_tag(const char *p, const char *end)
{
    char quote = '\0';
    if (end - p >= 4 && memcmp(p, "<!--", 4) == 0) {
        const char *close = g_strstr_len(p + 4, end - p - 4, "-->");
        return close ? close + 3 : end;
    }
    const char *raw = behind_raw(p, end);
    if (raw)
        return raw;
    for (p++; p < end; p++) {
        if (quote ? *p == quote : *p == '>')
            if (!quote)
                return p + 1;
        if (quote && *p == quote)
            quote = '\0';
        else if (!quote && (*p == '"' || *p == '\''))
            quote = *p;
    }
    return end;
}

static bool is_tag(const char *p, const char *end)
{
    return *p == '<' && p + 1 < end && (g_ascii_isalpha(p[1]) || strchr("/!?", p[1]));
}

static const char *const COLOURS[ZP_MARK_TONE_COUNT] = {"#cfe3ff", "#ffe9a8", "#ffc9c9"};

static char *open_mark(const ZpMark *mark)
{
    g_autoptr(GString) out = g_string_new("<mark style=\"background:");
    g_string_append(out, COLOURS[mark->tone]);
    g_string_append(out, ";color:#000;outline:1px solid #b00\" title=\"");
    append_escaped(out, mark->text);
    g_string_append(out, "\">");
    return g_strdup(out->str);
}

/* Every run of text of a cell, and the number of its note behind the last one. */
static void mark_cell(Marking *marking, const ZpMark *mark, guint number)
{
    const char *p = marking->page + mark->at.byte_start, *end = marking->page + mark->at.byte_end;
    const char *last = NULL;
    while (p < end) {
        if (is_tag(p, end)) {
            p = behind_tag(p, marking->page + marking->size);
            continue;
        }
        const char *start = p;
        for (p++; p < end && !is_tag(p, end); p++)
            continue;
        if (zp_text_is_blank(start, (gsize)(p - start)))
            continue;
        insert(marking, (gsize)(start - marking->page), open_mark(mark));
        insert(marking, (gsize)(p - marking->page), g_strdup("</mark>"));
        last = p;
    }
    if (last)
        insert(marking, (gsize)(last - marking->page),
               g_strdup_printf("<sup style=\"font-weight:bold\"><a href=\"#ziping-%u\" "
                               "style=\"color:#b00\">[%u]</a></sup>",
                               number, number));
}

static char *notes_of(const ZpMarks *marks)
{
    g_autoptr(GString) out = g_string_new("\n<section id=\"ziping\" style=\"border:2px solid #b00;"
                                          "padding:8px 16px;margin:16px 0;color:#000;"
                                          "background:#fff\">\n<p><strong>");
    append_escaped(out, marks->heading);
    g_string_append(out, "</strong></p>\n<ol>\n");
    for (guint k = 0; k < marks->marks->len; k++) {
        const ZpMark *mark = g_ptr_array_index(marks->marks, k);
        g_string_append_printf(out, "<li id=\"ziping-%u\">", k + 1);
        append_escaped(out, mark->where);
        g_auto(GStrv) lines = g_strsplit(mark->text, "\n", -1);
        for (char **line = lines; *line; line++) {
            g_string_append(out, "<br>");
            append_escaped(out, *line);
        }
        g_string_append(out, "</li>\n");
    }
    g_string_append(out, "</ol>\n</section>\n");
    return g_strdup(out->str);
}

/* Before the last </body>, or at the end. */
static gsize place_of_notes(const Marking *marking)
{
    static const char END[] = "</body";
    for (gsize k = marking->size; k-- > 0;) {
        if (marking->size - k >= strlen(END) &&
            g_ascii_strncasecmp(marking->page + k, END, strlen(END)) == 0)
            return k;
    }
    return marking->size;
}

static int compare_insertions(gconstpointer a, gconstpointer b)
{
    const Insertion *first = a, *second = b;
    if (first->at != second->at)
        return first->at < second->at ? -1 : 1;
    return first->order < second->order ? -1 : first->order > second->order;
}

/* As it is, or, where the character set lacks a character, with references. */
static void append_encoded(const ZpRecode *recode, GString *copy, const char *text)
{
    if (zp_recode_append(recode, copy, text))
        return;
    g_autoptr(GString) plain = g_string_new(NULL);
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c < 0x80)
            g_string_append_c(plain, (char)c);
        else
            g_string_append_printf(plain, "&#%u;", c);
    }
    zp_recode_append(recode, copy, plain->str);
}

/* The page with all insertions; every byte of it is there. */
static GBytes *apply(const Marking *marking, const ZpRecode *recode)
{
    gsize size, from = 0;
    const char *data = g_bytes_get_data(recode->original, &size);
    GString *copy = g_string_sized_new(size);
    ZpRecodePlace place = zp_recode_start(recode);
    g_array_sort(marking->insertions, compare_insertions);
    for (guint k = 0; k < marking->insertions->len; k++) {
        const Insertion *insertion = &g_array_index(marking->insertions, Insertion, k);
        zp_recode_go(recode, &place, insertion->at);
        g_string_append_len(copy, data + from, (gssize)(place.original - from));
        from = place.original;
        append_encoded(recode, copy, insertion->text);
    }
    g_string_append_len(copy, data + from, (gssize)(size - from));
    return g_string_free_to_bytes(copy);
}

/* Where no place is sure: the notes alone, behind the page. */
static GBytes *append_notes(GBytes *input, const ZpMarks *marks)
{
    gsize size;
    const char *data = g_bytes_get_data(input, &size);
    g_autofree char *notes = notes_of(marks);
    GString *copy = g_string_new_len(data, (gssize)size);
    for (const char *p = notes; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c < 0x80)
            g_string_append_c(copy, (char)c);
        else
            g_string_append_printf(copy, "&#%u;", c);
    }
    return g_string_free_to_bytes(copy);
}

GBytes *zp_mark_html(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                     GError **error)
{
    ZpRecode recode;
    (void)options;
    (void)error;
    if (!zp_recode_open(&recode, input, zp_decode_declared(input)))
        return append_notes(input, marks);
    g_autoptr(GArray) insertions = g_array_new(FALSE, FALSE, sizeof(Insertion));
    g_array_set_clear_func(insertions, clear_insertion);
    Marking marking = {.insertions = insertions};
    marking.page = g_bytes_get_data(recode.plain, &marking.size);
    for (guint k = 0; k < marks->marks->len; k++) {
        const ZpMark *mark = g_ptr_array_index(marks->marks, k);
        if (mark->at.byte_start < mark->at.byte_end && mark->at.byte_end <= marking.size)
            mark_cell(&marking, mark, k + 1);
    }
    insert(&marking, place_of_notes(&marking), notes_of(marks));
    GBytes *copy = apply(&marking, &recode);
    zp_recode_clear(&recode);
    return copy;
}
