/*
 * rows.c - pipe tables, from the source's own lines.
 *
 *     | 一级指标 | 得分 |        cmark-gfm would drop the cells beyond the header's count (a score can
 *     |---|---|                 vanish), take the paragraph behind a table for a row, and see no
 *     | 产出指标 | 18 | 说明 |    table at all where a delimiter row is missing or one cell off
 *
 * So rows are split here, by GitHub's rules: `\|` is a bar of the text, a bar inside `code` splits,
 * a bar at either end is a frame.  A run of lines with bars is a table also without a delimiter row;
 * outer bars are then a frame when all of its rows have them.  Tab-separated lines are rows, too.
 */
#include "parsers/markdown/private.h"

#include <string.h>

static const char *find_separator(const char *p, const char *end, char separator)
{
    for (; p < end; p++) {
        if (*p == '\\' && separator == '|' && p + 1 < end)
            p++;
        else if (*p == separator)
            return p;
    }
    return end;
}

/* What splits the line into cells; 0: nothing does. */
static char separator_of(const MdLine *line)
{
    if (find_separator(line->from, line->to, '|') < line->to)
        return '|';
    return memchr(line->from, '\t', (gsize)(line->to - line->from)) ? '\t' : '\0';
}

bool md_is_delimiter(const char *from, const char *to)
{
    bool has_dash = false, has_bar = false;
    for (; from < to; from++) {
        if (!strchr("|-: \t", *from) || !*from)
            return false;
        has_dash |= *from == '-';
        has_bar |= *from == '|';
    }
    return has_dash && has_bar;
}

/* A delimiter row stands second, once; further down only one with long dashes is no row of blank figures. */
static bool is_rule(MdReader *reader, const MdLine *line)
{
    if (!md_is_delimiter(line->from, line->to))
        return false;
    bool is_first = !reader->has_delimiter && reader->table->n_rows <= 1;
    reader->has_delimiter = true;
    return is_first || g_strstr_len(line->from, line->to - line->from, "---");
}

bool md_is_row(const MdReader *reader, const MdLine *line)
{
    char separator = separator_of(line);
    if (!separator)
        return false;
    bool goes_on = reader->table && reader->table->kind == ZP_TABLE_CELLS;
    if (separator == '\t' || goes_on || *line->from == '|')
        return true;
    MdLine next = md_following(reader, line);
    return separator_of(&next) == '|';
}

/* Whether a bar that begins a row is a frame: there is a delimiter row, or all rows have one. */
static bool is_run_framed(const MdReader *reader, MdLine line)
{
    bool framed = true;
    for (; separator_of(&line) == '|'; line = md_following(reader, &line)) {
        if (md_is_delimiter(line.from, line.to))
            return true;
        framed = framed && *line.from == '|';
    }
    return framed;
}

static void open_rows(MdReader *reader, const MdLine *line)
{
    char separator = separator_of(line);
    if (reader->table && reader->table->kind == ZP_TABLE_CELLS && reader->separator == separator)
        return;
    reader->table = zp_document_add_table(reader->document, ZP_TABLE_CELLS);
    reader->separator = separator;
    reader->has_delimiter = false;
    reader->is_framed = separator == '|' && is_run_framed(reader, *line);
}

static bool ends_with_bar(const char *p, const char *end)
{
    guint backslashes = 0;
    if (p >= end || end[-1] != '|')
        return false;
    while (end - 2 - backslashes >= p && end[-2 - (gssize)backslashes] == '\\')
        backslashes++;
    return backslashes % 2 == 0;
}

bool md_read_row(MdReader *reader, const MdLine *line)
{
    open_rows(reader, line);
    if (is_rule(reader, line))
        return true;
    bool has_bars = reader->separator == '|';
    const char *p = has_bars ? line->from : line->text, *end = line->to;
    if (has_bars && reader->is_framed && *p == '|')
        p++;
    if (has_bars && ends_with_bar(p, end))
        end--;
    MdSpot spot = {.row = reader->table->n_rows++, .row_span = 1, .col_span = 1};
    for (; p <= end; spot.col++) {
        const char *stop = find_separator(p, end, reader->separator);
        if (!md_add_cell(reader, &spot, line, md_span(line, p, stop)))
            return false;
        p = stop + 1;
    }
    return true;
}
