/*
 * grid.c - Pandoc's grid tables: cells drawn with +, - and |, several lines a cell.
 *
 *     +----------+------+------+      every ruler cuts all columns, every other line has a bar for
 *     | 一级指标 | 分值 | 得分 |        each: then bars alone say where a cell ends, whatever widths
 *     +==========+======+======+      the tool counted
 *     | 产出指标 | 20   | 18   |
 *     | （续）   |      |      |
 *     +----------+------+------+
 *
 * A grid with merged cells is solved by spans.c.  What fits neither way is read as rows, a
 * row a line, and that is said.
 */
#include "base/limits.h"
#include "parsers/markdown/private.h"

bool md_is_drawn(char c)
{
    return c == '-' || c == '=' || c == ':';
}

/* `+---+===+` from end to end. */
static bool is_full_ruler(const MdLine *line)
{
    if (line->to - line->from < 3 || *line->from != '+' || line->to[-1] != '+')
        return false;
    for (const char *p = line->from; p < line->to; p++) {
        if (*p != '+' && !md_is_drawn(*p))
            return false;
    }
    return md_is_drawn(line->from[1]);
}

static guint count_char(const MdLine *line, char c)
{
    guint count = 0;
    for (const char *p = line->from; p < line->to; p++)
        count += *p == c && (p == line->from || p[-1] != '\\');
    return count;
}

void md_append_piece(GString *text, const MdLine *line, ZpSpan piece)
{
    const char *from = line->text + piece.from, *to = line->text + piece.to;
    while (from < to && *from == ' ')
        from++;
    while (to > from && to[-1] == ' ')
        to--;
    if (to > from && to[-1] == '\\' && (to - 1 == from || to[-2] != '\\'))
        to--; /* a hard line break */
    if (from == to)
        return;
    if (text->len)
        g_string_append_c(text, ' ');
    g_string_append_len(text, from, to - from);
}

static bool is_plain(const GArray *lines)
{
    const MdLine *first = &g_array_index(lines, MdLine, 0);
    guint bars = count_char(first, '+');
    for (guint k = 0; k < lines->len; k++) {
        const MdLine *line = &g_array_index(lines, MdLine, k);
        bool fits = is_full_ruler(line) ? count_char(line, '+') == bars
                                        : count_char(line, '|') == bars && line->to[-1] == '|';
        if (!fits)
            return false;
    }
    return true;
}

/* Adds a line's pieces to the texts of its row's cells. */
static void take_pieces(const MdLine *line, GPtrArray *texts)
{
    const char *piece = line->from + 1;
    guint col = 0;
    for (const char *p = piece; p < line->to && col < texts->len; p++) {
        if (*p != '|' || p[-1] == '\\')
            continue;
        md_append_piece(g_ptr_array_index(texts, col++), line, md_span(line, piece, p));
        piece = p + 1;
    }
}

static void free_text(gpointer text)
{
    g_string_free(text, TRUE);
}

GPtrArray *md_texts_new(guint count)
{
    GPtrArray *texts = g_ptr_array_new_with_free_func(free_text);
    for (guint k = 0; k < count; k++)
        g_ptr_array_add(texts, g_string_new(NULL));
    return texts;
}

bool md_add_texts(MdReader *reader, GPtrArray *texts, guint32 line)
{
    MdSpot spot = {.row = reader->table->n_rows++, .row_span = 1, .col_span = 1};
    for (; spot.col < texts->len; spot.col++) {
        GString *text = g_ptr_array_index(texts, spot.col);
        if (!md_add_drawn(reader, &spot, line, text))
            return false;
        g_string_truncate(text, 0);
    }
    return true;
}

static bool read_plain(MdReader *reader, const GArray *lines)
{
    const MdLine *first = &g_array_index(lines, MdLine, 0);
    g_autoptr(GPtrArray) texts = md_texts_new(count_char(first, '+') - 1);
    guint32 begin = 0; /* the line that the row under way began in */
    for (guint k = 0; k < lines->len; k++) {
        const MdLine *line = &g_array_index(lines, MdLine, k);
        if (!is_full_ruler(line)) {
            take_pieces(line, texts);
            begin = begin ? begin : line->number;
        } else if (begin) {
            if (!md_add_texts(reader, texts, begin))
                return false;
            begin = 0;
        }
    }
    return true;
}

/* What is left: a row a line. */
static bool read_as_rows(MdReader *reader, const GArray *lines)
{
    const MdLine *first = &g_array_index(lines, MdLine, 0);
    zp_document_add_loss(reader->document, ZP_LOSS_DOUBTFUL_PLACE,
                         &(ZpPlace){.line = first->number}, "画出的表格的线对不齐，按每行一行读取",
                         "the lines of a drawn table do not meet; it was read a row a line");
    for (guint k = 0; k < lines->len; k++) {
        const MdLine *line = &g_array_index(lines, MdLine, k);
        if (!is_full_ruler(line) && !md_read_row(reader, line))
            return false;
    }
    return true;
}

static bool read_collected(MdReader *reader, const GArray *lines)
{
    bool taken = false;
    reader->table = zp_document_add_table(reader->document, ZP_TABLE_CELLS);
    reader->separator = '|';
    reader->is_framed = true;
    if (is_plain(lines))
        return read_plain(reader, lines);
    return md_read_spanned(reader, lines, &taken) && (taken || read_as_rows(reader, lines));
}

void md_note_long(MdReader *reader, guint32 line)
{
    g_autofree char *zh = g_strdup_printf(
        "画出的表格超过 ZP_LIMIT_DRAWN_LINES（%u 行），其余按文字读取", ZP_LIMIT_DRAWN_LINES);
    g_autofree char *en = g_strdup_printf(
        "a drawn table is longer than ZP_LIMIT_DRAWN_LINES (%u lines); the rest was read as text",
        ZP_LIMIT_DRAWN_LINES);
    zp_document_add_loss(reader->document, ZP_LOSS_LOST_CONTENT, &(ZpPlace){.line = line}, zh, en);
}

/* The lines from the first ruler on that begin with + or |, up to the last ruler among them. */
static GArray *collect(MdReader *reader, const MdLine *first)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(MdLine));
    guint kept = 0;
    for (MdLine line = *first; !md_is_blank(&line); line = md_following(reader, &line)) {
        if (*line.from != '+' && *line.from != '|')
            break;
        if (lines->len == ZP_LIMIT_DRAWN_LINES) {
            md_note_long(reader, first->number);
            break;
        }
        g_array_append_val(lines, line);
        if (is_full_ruler(&line))
            kept = lines->len;
    }
    g_array_set_size(lines, (guint)kept);
    return lines;
}

bool md_read_grid(MdReader *reader, const MdLine *line, bool *taken)
{
    *taken = false;
    if (!is_full_ruler(line))
        return true;
    g_autoptr(GArray) lines = collect(reader, line);
    *taken = lines->len > 2;
    if (!*taken)
        return true;
    bool done = read_collected(reader, lines);
    md_move(reader, &g_array_index(lines, MdLine, lines->len - 1));
    reader->table = NULL;
    return done;
}
