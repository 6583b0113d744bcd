/*
 * markdown.c - Markdown as converters write it: what each line begins.
 *
 *     ---                        front matter, headings, paragraphs: lines around the tables
 *     title: 自评表
 *     ---
 *     | 项目名称 | 机关服务费 |      pipe tables (rows.c)
 *     +-----+------+             Pandoc's grid tables (grid.c)
 *     ---- ------ ----           Pandoc's simple and multiline tables (ruled.c)
 *     <table>                    HTML up to the end of its outermost table, whatever blank lines and
 *       <tr> …                   indentation stand in it, as one stretch (parsers/html/html.h)
 *
 * Blocks are told line by line and not by cmark-gfm, which serves for the marks inside a text
 * (marks.c): it drops cells, needs delimiter rows, ends an HTML table at a blank line,
 * knows none of Pandoc's tables, and takes quadratic time on hostile paragraphs.  Every line ends in a
 * cell or in the lines around; fences of code and rules say nothing, so what they enclose is read
 * as if they were not there.
 *
 * Source: GitHub Flavored Markdown 0.29; Pandoc User's Guide, "Tables".
 */
#include "parsers/markdown/markdown.h"

#include "parsers/html/html.h"
#include "parsers/mark.h"
#include "parsers/markdown/private.h"
#include "parsers/shared/typed.h"

#include <string.h>

/* A longer line of text around the tables is broken into several. */
#define AROUND_BYTES_MAX (64 * 1024)

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Behind `> ` and `>|`; a text may well begin with `>5` or `>=`. */
static const char *behind_quote(const char *p, const char *end)
{
    const char *mark = p;
    while (mark < end && *mark == ' ')
        mark++;
    if (mark >= end || *mark != '>')
        return p;
    if (mark + 1 == end)
        return end;
    if (!strchr(" \t|+>", mark[1]) || !mark[1])
        return p;
    return mark + 1 + (mark[1] == ' ');
}

static MdLine line_at(const MdReader *reader, const char *text, guint32 number)
{
    const char *end = text, *inner = text;
    while (end < reader->end && !is_line_end(*end))
        end++;
    bool is_pair = end + 1 < reader->end && end[0] == '\r' && end[1] == '\n';
    MdLine line = {.end = end, .number = number, .next = MIN(end + 1 + is_pair, reader->end)};
    do {
        line.text = inner;
        inner = behind_quote(inner, end);
    } while (inner != line.text);
    line.from = line.text;
    line.to = end;
    zp_text_trim(&line.from, &line.to);
    return line;
}

MdLine md_following(const MdReader *reader, const MdLine *line)
{
    return line_at(reader, line->next, line->number + 1);
}

void md_move(MdReader *reader, const MdLine *line)
{
    reader->at = line->next;
    reader->line = line->number + 1;
}

bool md_is_ruler(const MdLine *line, char mark, guint *groups)
{
    guint marks = 0, n_groups = 0;
    for (const char *p = line->from; p < line->to; p++) {
        if (*p != mark && *p != ' ')
            return false;
        marks += *p == mark;
        n_groups += *p == mark && (p == line->from || p[-1] != mark);
    }
    if (groups)
        *groups = n_groups;
    return marks >= 3;
}

static bool store(MdReader *reader, const MdSpot *spot, ZpCell *cell)
{
    cell->text = reader->plain->str;
    cell->length = (guint32)MIN(reader->plain->len, G_MAXUINT32);
    cell->row = spot->row;
    cell->col = spot->col;
    cell->row_span = (guint16)MIN(spot->row_span, G_MAXUINT16);
    cell->col_span = (guint16)MIN(spot->col_span, G_MAXUINT16);
    if (zp_text_is_blank(cell->text, cell->length))
        return true;
    return zp_document_add_cell(reader->document, reader->table, cell, reader->error);
}

/* Where the text of a cell stands, for what is said of it. */
static void set_place(MdReader *reader, const MdSpot *spot, guint32 line)
{
    bool is_cell = reader->table->kind == ZP_TABLE_CELLS;
    reader->place = (ZpPlace){
        .table = reader->table->number,
        .row = is_cell ? spot->row + 1 : 0,
        .col = is_cell ? spot->col + 1 : 0,
        .line = line,
    };
}

/* Undoes `\|`, which stands for a bar also where cmark would keep the backslash: inside code. */
static void append_cell_text(MdReader *reader, const char *from, const char *to)
{
    gsize length = (gsize)(to - from);
    g_string_truncate(reader->plain, 0);
    if (!g_strstr_len(from, (gssize)length, "\\|")) {
        md_append_plain(reader, from, length);
        return;
    }
    g_autoptr(GString) bars = g_string_sized_new(length);
    for (const char *p = from; p < to; p++) {
        if (p[0] != '\\' || p + 1 >= to || p[1] != '|')
            g_string_append_c(bars, *p);
    }
    md_append_plain(reader, bars->str, bars->len);
}

bool md_add_cell(MdReader *reader, const MdSpot *spot, const MdLine *line, ZpSpan piece)
{
    const ZpDecoded *decoded = reader->decoded;
    const char *from = line->text + piece.from, *to = line->text + piece.to;
    ZpCell cell = {.line = line->number};
    zp_text_trim(&from, &to);
    if (from == to)
        return true;
    set_place(reader, spot, line->number);
    append_cell_text(reader, from, to);
    if (decoded->is_whole) {
        cell.byte_start = (guint32)(decoded->offset + (gsize)(from - decoded->text));
        cell.byte_end = (guint32)(decoded->offset + (gsize)(to - decoded->text));
    }
    return store(reader, spot, &cell);
}

bool md_add_drawn(MdReader *reader, const MdSpot *spot, guint32 line, const GString *text)
{
    ZpCell cell = {.line = line};
    g_string_truncate(reader->plain, 0);
    set_place(reader, spot, line);
    md_append_plain(reader, text->str, text->len);
    return store(reader, spot, &cell);
}

static bool add_text(MdReader *reader, const MdLine *line, const char *from, const char *to)
{
    MdSpot spot = {.row = reader->table->n_rows, .row_span = 1, .col_span = 1};
    return md_add_cell(reader, &spot, line, md_span(line, from, to));
}

bool md_add_text(MdReader *reader, const MdLine *line, ZpSpan piece)
{
    const char *from = line->text + piece.from, *to = line->text + piece.to;
    if (!reader->table || reader->table->kind != ZP_TABLE_LINES) {
        bool is_apart = !reader->table;
        reader->table = zp_document_add_table(reader->document, ZP_TABLE_LINES);
        reader->table->is_apart = is_apart;
    }
    while (to - from > AROUND_BYTES_MAX) {
        const char *cut = g_utf8_prev_char(from + AROUND_BYTES_MAX);
        if (!add_text(reader, line, from, cut))
            return false;
        from = cut;
    }
    return add_text(reader, line, from, to);
}

/* A heading's or a bullet's mark is no part of its text. */
static bool read_text(MdReader *reader, const MdLine *line)
{
    const char *from = line->from, *to = line->to;
    while (from < to && *from == '#')
        from++;
    bool is_heading = from > line->from && from < to && *from == ' ';
    while (is_heading && to > from && to[-1] == '#')
        to--;
    if (!is_heading)
        from = line->from;
    if (to - from > 2 && strchr("-*+", *from) && from[1] == ' ')
        from += 2;
    return md_add_text(reader, line, md_span(line, from, to));
}

static bool is_fence(const MdLine *line)
{
    return line->to - line->from >= 3 &&
           (memcmp(line->from, "```", 3) == 0 || memcmp(line->from, "~~~", 3) == 0);
}

/* Says nothing: a fence, a thematic break, the line under a heading. */
static bool is_silent(const MdLine *line)
{
    return is_fence(line) || md_is_ruler(line, '-', NULL) || md_is_ruler(line, '=', NULL) ||
           md_is_ruler(line, '*', NULL) || md_is_ruler(line, '_', NULL);
}

/* HTML that goes on over blank lines: a table anywhere in a line, the others where they begin it. */
static const struct {
    const char *begin, *end;
    bool is_table, is_style;
} STRETCHES[] = {
    {"<table", "</table", true, false},
    {"<style", "</style", false, true},
    {"<script", "</script", false, false},
    {"<!--", "-->", false, false},
};

static bool has_prefix(const char *p, const char *end, const char *prefix)
{
    gsize length = strlen(prefix);
    return (gsize)(end - p) >= length && g_ascii_strncasecmp(p, prefix, length) == 0;
}

/* The stretch that begins in the line; -1: none.  `<table>` in code is a word about tables. */
static int stretch_in(const MdLine *line)
{
    const char *p = line->from, *end = line->to;
    const char *code = p < end ? memchr(p, '`', (gsize)(end - p)) : NULL;
    for (; p < end && (p = memchr(p, '<', (gsize)(end - p))) != NULL; p++) {
        if (code && code < p)
            return -1;
        for (guint i = 0; i < G_N_ELEMENTS(STRETCHES); i++) {
            if ((STRETCHES[i].is_table || p == line->from) &&
                has_prefix(p, end, STRETCHES[i].begin))
                return (int)i;
        }
    }
    return -1;
}

/* Behind the end of the stretch that begins at or behind p; the end of the file where it has none. */
static const char *stretch_end(const char *p, const char *end, guint stretch)
{
    guint depth = 0;
    for (; p < end; p++) {
        if (*p != '<' && *p != '-')
            continue;
        bool begins = has_prefix(p, end, STRETCHES[stretch].begin);
        if (begins && (STRETCHES[stretch].is_table || depth == 0))
            depth++;
        else if (depth && has_prefix(p, end, STRETCHES[stretch].end) && --depth == 0)
            return p;
    }
    return end;
}

static bool read_stretch(MdReader *reader, const MdLine *line, guint stretch)
{
    const ZpDecoded *decoded = reader->decoded;
    const char *inner = stretch_end(line->from, reader->end, stretch);
    MdLine last = *line;
    while (last.end < inner && last.next < reader->end)
        last = md_following(reader, &last);
    if (STRETCHES[stretch].is_style && inner < reader->end)
        md_add_styles(reader, line->from, (gsize)(inner - line->from));
    ZpHtmlPart part = {
        .text = line->text,
        .length = (gsize)(last.next - line->text),
        .line = line->number,
        .byte = decoded->offset + (gsize)(line->text - decoded->text),
        .has_bytes = decoded->is_whole,
    };
    reader->table = NULL;
    md_move(reader, &last);
    return zp_html_read_part(&part, reader->document, reader->error);
}

/* A table that Pandoc draws, or HTML.  @taken: whether the line begins one. */
static bool read_drawn(MdReader *reader, const MdLine *line, bool *taken)
{
    int stretch = stretch_in(line);
    *taken = stretch >= 0;
    if (*taken)
        return read_stretch(reader, line, (guint)stretch);
    if (!md_skip_hidden(reader, line, taken))
        return false;
    if (*taken)
        return true;
    return md_read_grid(reader, line, taken) && (*taken || md_read_ruled(reader, line, taken));
}

static bool read_line(MdReader *reader, const MdLine *line)
{
    if (md_is_row(reader, line))
        return md_read_row(reader, line);
    if (is_silent(line)) {
        reader->table = NULL;
        return true;
    }
    if (!reader->table && md_is_definition(line))
        return true;
    return read_text(reader, line);
}

static bool read_lines(MdReader *reader)
{
    while (reader->at < reader->end) {
        MdLine line = line_at(reader, reader->at, reader->line);
        bool taken = false, is_blank = md_is_blank(&line);
        if (!is_blank && !read_drawn(reader, &line, &taken))
            return false;
        if (!is_blank && !taken && !read_line(reader, &line))
            return false;
        if (is_blank)
            reader->table = NULL;
        if (!taken)
            md_move(reader, &line);
    }
    return true;
}

static ZpDocument *read_markdown(GBytes *input, const ZpReadOptions *options, GError **error)
{
    ZpDecoded decoded;
    if (!zp_decode(input, options ? options->charset : NULL, &decoded, error))
        return NULL;
    g_autoptr(ZpDocument) document = zp_document_new_within(options ? options->limits : NULL);
    zp_decoded_note(&decoded, document);
    zp_typed_show(&decoded, ZP_TYPED_MARKS, document);
    MdReader reader = {
        .decoded = &decoded,
        .document = document,
        .at = decoded.text,
        .end = decoded.text + decoded.length,
        .line = 1,
        .plain = g_string_new(NULL),
        .styles = g_string_new(NULL),
        .error = error,
    };
    bool done = read_lines(&reader);
    g_string_free(reader.plain, TRUE);
    g_string_free(reader.styles, TRUE);
    zp_decoded_clear(&decoded);
    return done ? g_steal_pointer(&document) : NULL;
}

/* A line of bytes that may be no UTF-8, without ASCII blanks at its ends. */
static MdLine ascii_line(const char *p, const char *end)
{
    const char *stop = p;
    while (stop < end && !is_line_end(*stop))
        stop++;
    MdLine line = {.from = p, .to = stop, .next = stop < end ? stop + 1 : end};
    while (line.from < line.to && g_ascii_isspace(*line.from))
        line.from++;
    while (line.to > line.from && g_ascii_isspace(line.to[-1]))
        line.to--;
    return line;
}

/* What is further in is no Markdown but code. */
#define RULER_INDENT 4

static bool is_heading(const MdLine *line)
{
    return has_prefix(line->from, line->to, "# ") || has_prefix(line->from, line->to, "## ");
}

/* What a line, with the one above it, says of the file. */
static int score_of_line(const MdLine *above, const MdLine *line)
{
    if (memchr(above->from, '|', (gsize)(above->to - above->from)) &&
        md_is_delimiter(line->from, line->to))
        return 80;
    if (has_prefix(above->from, above->to, "+--") && has_prefix(line->from, line->to, "|"))
        return 80;
    /* A row of dashes for blank figures, further to the right, is no ruler. */
    if (md_is_column_ruler(line) && line->from - above->next < RULER_INDENT)
        return 55;
    return 0;
}

/*
 * A table of Markdown's own is sure.  A table in HTML is a web page's rather, unless headings stand
 * beside it.  Where nothing speaks for either, the file's name decides between equals: with HTML
 * (60) or with text (10).
 */
static int probe_markdown(GBytes *head)
{
    gsize length;
    const char *bytes = g_bytes_get_data(head, &length), *end = bytes + length;
    bool has_html = false, has_heading = false;
    int best = 0;
    if (!length || memchr(bytes, '\0', length))
        return 0;
    for (MdLine above = ascii_line(bytes, end), line = above; line.from < end;) {
        best = MAX(best, score_of_line(&above, &line));
        has_html |= stretch_in(&line) == 0;
        has_heading |= is_heading(&line);
        above = line;
        line = ascii_line(line.next, end);
    }
    if (best)
        return best;
    return has_html ? 60 + 5 * has_heading : 10;
}

static const char *const SUFFIXES[] = {".md", ".markdown", NULL};

const ZpParser zp_markdown_parser = {
    .name = "markdown",
    .zh = "Markdown",
    .en = "Markdown",
    .suffixes = SUFFIXES,
    .probe = probe_markdown,
    .read = read_markdown,
    .write_cell = &zp_markdown_cells,
    .mark = zp_mark_markdown,
    .cost = {600, 210},
};
