/*
 * text.c - separated text: a row a line, cells by tabs or `|`.
 *
 *     项目名称<TAB>机关服务费                  a row of two cells
 *     | 一级指标 | 二级指标 |                   outer bars are a frame when every row of the table has them,
 *                                             else the edge of a blank cell
 *     |---|---|                               a rule between header and body: no row
 *     (2022年度)                              a line without separators: text around the tables
 *                                             a blank line ends the table
 *     "年度<LF>总体目标"<TAB>…                  a quoted cell, as spreadsheets copy line ends
 *     分值     执行率     得分                  lines in columns made of spaces: see aligned.c
 *
 * A line's first separator decides for the line: a tab anywhere makes it tab-separated, else a
 * bar makes it bar-separated (`\|` is a bar in the text).  A run of lines of one kind is a table.
 * Only cells with text are stored; a blank cell of a row is a place where none is.  Rows of
 * blank cells count as rows, so that row numbers are those of the lines.
 */
#include "parsers/text/text.h"

#include "base/span.h"
#include "parsers/mark.h"
#include "parsers/shared/typed.h"
#include "parsers/text/aligned.h"

#include <string.h>

/* How far a quoted cell may reach, in bytes: an opening quote in prose must not eat the file. */
#define QUOTED_BYTES_MAX (16 * 1024)

typedef enum {
    LINE_BLANK,
    LINE_PLAIN,
    LINE_TABS,
    LINE_BARS,
    LINE_RULE, /* |---|:--:| */
} LineKind;

typedef struct {
    const ZpDecoded *decoded;
    ZpDocument *document;
    ZpTable *table; /* (nullable) under way */
    LineKind kind;  /* of the table's lines */
    bool is_framed; /* bars: every row begins with one */
    const char *at, *end;
    guint32 line, page;    /* of `at`, from 1 */
    const char *unaligned; /* lines up to here are known not to stand in columns */
    GError **error;
} Reader;

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r' || c == '\f';
}

/* The first of a character in [p, end), or end. */
static const char *find_char(const char *p, const char *end, char c)
{
    const char *found = p < end ? memchr(p, c, (gsize)(end - p)) : NULL;
    return found ? found : end;
}

static const char *find_line_end(const char *p, const char *end)
{
    const char *stop = find_char(p, end, '\n');
    return find_char(p, find_char(p, stop, '\r'), '\f');
}

/* Behind the line end at p; a form feed starts a page and counts as no line. */
static const char *behind_line_end(const char *p, const char *end, guint32 *line)
{
    if (p >= end)
        return end;
    if (*p != '\f')
        (*line)++;
    return p + (p[0] == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1);
}

/*
 * The end of a quoted cell that begins at p, or NULL when it is not one: its closing quote must
 * stand before a tab or a line end, and it must hold what makes quoting needed.
 */
static const char *quoted_end(const char *p, const char *end)
{
    bool needed = false;
    const char *limit = MIN(end, p + QUOTED_BYTES_MAX);
    for (const char *q = p + 1; q < limit; q++) {
        if (*q == '\t' || *q == '\n')
            needed = true;
        if (*q != '"')
            continue;
        if (q + 1 < end && q[1] == '"') {
            needed = true;
            q++;
            continue;
        }
        bool closes = q + 1 == end || q[1] == '\t' || is_line_end(q[1]);
        return closes && needed ? q + 1 : NULL;
    }
    return NULL;
}

/* A Markdown delimiter row: cells of dashes and colons only. */
static bool is_rule(const char *p, const char *end)
{
    gsize dashes = 0;
    for (; p < end; p++) {
        if (!strchr("|-: \t", *p))
            return false;
        dashes += *p == '-';
    }
    return dashes >= 3;
}

static LineKind line_kind(const char *p, const char *end, const char *text_end)
{
    const char *quoted = p < end && *p == '"' ? quoted_end(p, text_end) : NULL;
    if (quoted && quoted < text_end && *quoted == '\t')
        return LINE_TABS;
    if (p >= end)
        return LINE_BLANK;
    gsize length = (gsize)(end - p);
    bool has_bar = memchr(p, '|', length) != NULL;
    if (has_bar && is_rule(p, end))
        return LINE_RULE;
    if (memchr(p, '\t', length))
        return LINE_TABS;
    if (has_bar)
        return LINE_BARS;
    return zp_text_is_blank(p, length) ? LINE_BLANK : LINE_PLAIN;
}

/* Undoes the doubling of quotes, or the backslash before a bar. */
static char *unescape(const char *start, const char *end, char escape, char escaped)
{
    GString *text = g_string_sized_new((gsize)(end - start));
    for (const char *p = start; p < end; p++) {
        if (p[0] == escape && p + 1 < end && p[1] == escaped)
            p++;
        g_string_append_c(text, *p);
    }
    return g_string_free(text, FALSE);
}

/* Stores one cell; a blank one only counts. */
static bool add_cell(Reader *reader, guint32 col, guint32 line, const char *start, const char *end,
                     const char *unescaped)
{
    zp_text_trim(&start, &end);
    if (start == end)
        return true;
    gsize base = reader->decoded->offset;
    const char *text = reader->decoded->text;
    ZpSpan piece = zp_span_between(text, reader->end, start, end);
    ZpCell cell = {
        .text = unescaped ? unescaped : text + piece.from,
        .length = (guint32)(unescaped ? strlen(unescaped) : zp_span_length(piece)),
        .row = reader->table->n_rows - 1,
        .col = col,
        .row_span = 1,
        .col_span = 1,
        .line = line,
    };
    if (reader->decoded->is_whole) {
        cell.byte_start = (guint32)(base + piece.from);
        cell.byte_end = (guint32)(base + piece.to);
    }
    return zp_document_add_cell(reader->document, reader->table, &cell, reader->error);
}

/* Counts the line ends of a quoted cell. */
static guint32 lines_in(const char *p, const char *end)
{
    guint32 lines = 0;
    while (p < end) {
        p = find_line_end(p, end);
        if (p < end)
            p = behind_line_end(p, end, &lines);
    }
    return lines;
}

/* A tab-separated row; it may go on over line ends inside quoted cells.  Returns its end, NULL on error. */
static const char *read_tabs(Reader *reader, const char *p)
{
    const char *line_end = NULL; /* of the line that p is in; a quoted cell may go beyond it */
    for (guint32 col = 0;; col++) {
        const char *quoted = p < reader->end && *p == '"' ? quoted_end(p, reader->end) : NULL;
        const char *stop = quoted;
        guint32 line = reader->line;
        if (quoted) {
            g_autofree char *text = unescape(p + 1, quoted - 1, '"', '"');
            if (!add_cell(reader, col, line, p + 1, quoted - 1, text))
                return NULL;
            reader->line += lines_in(p, quoted);
        } else {
            line_end = line_end && line_end >= p ? line_end : find_line_end(p, reader->end);
            stop = find_char(p, line_end, '\t');
            if (!add_cell(reader, col, line, p, stop, NULL))
                return NULL;
        }
        if (stop >= reader->end || *stop != '\t')
            return stop;
        p = stop + 1;
    }
}

static const char *find_bar(const char *p, const char *end)
{
    for (; p < end; p++) {
        if (*p == '\\' && p + 1 < end && p[1] == '|')
            p++;
        else if (*p == '|')
            return p;
    }
    return end;
}

/* Whether every line of the run of bar-separated lines at p begins with a bar. */
static bool is_run_framed(const Reader *reader, const char *p)
{
    guint32 line = 0;
    while (p < reader->end) {
        const char *start = p, *end = find_line_end(p, reader->end);
        LineKind kind = line_kind(p, end, reader->end);
        if (kind != LINE_BARS && kind != LINE_RULE)
            break;
        const char *stop = end;
        zp_text_trim(&start, &stop);
        if (start == stop || *start != '|')
            return false;
        p = behind_line_end(end, reader->end, &line);
    }
    return true;
}

/* A bar-separated row. */
static bool read_bars(Reader *reader, const char *p, const char *end)
{
    zp_text_trim(&p, &end);
    if (p < end && *p == '|' && reader->is_framed)
        p++;
    if (p < end && end[-1] == '|' && (end - 1 == p || end[-2] != '\\'))
        end--;
    for (guint32 col = 0; p <= end; col++) {
        const char *stop = find_bar(p, end);
        bool escaped = memchr(p, '\\', (gsize)(stop - p)) != NULL;
        const char *from = p, *to = stop;
        zp_text_trim(&from, &to);
        g_autofree char *text = escaped ? unescape(from, to, '\\', '|') : NULL;
        if (!add_cell(reader, col, reader->line, from, to, text))
            return false;
        p = stop + 1;
    }
    return true;
}

/* The end of the last one of the plain and blank lines from the current one on. */
static const char *plain_end(const Reader *reader)
{
    guint32 line = 0;
    const char *stop = reader->at, *p = stop;
    while (p < reader->end) {
        const char *end = find_line_end(p, reader->end);
        LineKind kind = line_kind(p, end, reader->end);
        if (kind != LINE_PLAIN && kind != LINE_BLANK)
            break;
        stop = end;
        p = behind_line_end(end, reader->end, &line);
    }
    return stop;
}

/*
 * Reads the plain lines from here on when they stand in columns.  Returns their end, NULL on error;
 * `at` when they do not.
 */
static const char *read_aligned(Reader *reader)
{
    if (reader->at < reader->unaligned)
        return reader->at;
    ZpAligned lines = {
        .decoded = reader->decoded,
        .start = reader->at,
        .end = plain_end(reader),
        .line = reader->line,
        .page = reader->page,
    };
    reader->unaligned = lines.end;
    if (!zp_aligned_is(&lines))
        return reader->at;
    reader->table = NULL;
    if (!zp_aligned_read(&lines, reader->document, reader->error))
        return NULL;
    reader->line = lines.line;
    reader->page = lines.page;
    return lines.end;
}

/* One line, or several when a quoted cell goes on.  Returns its end, NULL on error. */
static const char *read_line(Reader *reader)
{
    const char *p = reader->at, *end = find_line_end(p, reader->end);
    LineKind kind = line_kind(p, end, reader->end);
    if (kind == LINE_BLANK)
        reader->table = NULL;
    if (kind == LINE_BLANK || kind == LINE_RULE)
        return end;
    if (kind == LINE_PLAIN) {
        const char *stop = read_aligned(reader);
        if (stop != p)
            return stop;
    }
    /* The table that a line of this kind goes on or begins. */
    if (!reader->table || reader->kind != kind) {
        reader->table = zp_document_add_table(reader->document,
                                              kind == LINE_PLAIN ? ZP_TABLE_LINES : ZP_TABLE_CELLS);
        reader->is_framed = kind == LINE_BARS && is_run_framed(reader, reader->at);
    }
    reader->kind = kind;
    reader->table->n_rows++;
    if (kind == LINE_TABS)
        return read_tabs(reader, p);
    if (kind == LINE_BARS)
        return read_bars(reader, p, end) ? end : NULL;
    return add_cell(reader, 0, reader->line, p, end, NULL) ? end : NULL;
}

static bool read_lines(Reader *reader)
{
    while (reader->at < reader->end) {
        const char *stop = read_line(reader);
        if (!stop)
            return false;
        if (stop < reader->end && *stop == '\f') {
            reader->table = NULL;
            reader->page++;
        }
        reader->at = behind_line_end(stop, reader->end, &reader->line);
    }
    return true;
}

static ZpDocument *read_text(GBytes *input, const ZpReadOptions *options, GError **error)
{
    ZpDecoded decoded;
    if (!zp_decode(input, options ? options->charset : NULL, &decoded, error))
        return NULL;
    g_autoptr(ZpDocument) document = zp_document_new_within(options ? options->limits : NULL);
    zp_decoded_note(&decoded, document);
    zp_typed_show(&decoded, ZP_TYPED_TEXT, document);
    Reader reader = {
        .decoded = &decoded,
        .document = document,
        .at = decoded.text,
        .end = decoded.text + decoded.length,
        .line = 1,
        .page = 1,
        .error = error,
    };
    bool done = read_lines(&reader);
    zp_decoded_clear(&decoded);
    return done ? g_steal_pointer(&document) : NULL;
}

/* Any bytes may be text; whatever knows better goes first. */
static int probe_text(GBytes *head)
{
    gsize length;
    const char *bytes = g_bytes_get_data(head, &length);
    bool has_mark =
        length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
    return has_mark || !length || !memchr(bytes, '\0', length) ? 10 : 0;
}

static const char *const SUFFIXES[] = {".txt", ".tsv", ".text", NULL};

const ZpParser zp_text_parser = {
    .name = "text",
    .zh = "文本",
    .en = "text",
    .suffixes = SUFFIXES,
    .probe = probe_text,
    .read = read_text,
    .write_cell = &zp_text_cells,
    .mark = zp_mark_text,
    .cost = {600, 250},
};
