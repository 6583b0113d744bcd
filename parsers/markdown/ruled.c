/*
 * ruled.c - Pandoc's simple and multiline tables: columns by a ruler of dashes.
 *
 *       一级指标   分值   得分       simple: a line of header or none, a row a line, up to a blank
 *     ---------- ------ ------      line or, without header, up to a last ruler
 *     产出指标       20     18
 *
 *     --------------------------    multiline: between two rulers; blank lines part the rows, and
 *     一级指标     分值   得分        the lines of a row are the lines of its cells
 *     ---------- ------ ------
 *     产出指标       20     18
 *     （续）
 *
 *     满意度指标     10      9
 *     --------------------------
 *
 * A column reaches from where its dashes begin to where the next one's do.  How wide the tool took a
 * character to be is what lets the fewest texts cross such an edge; a text that still does is cut at
 * the nearest blank, and where there is none that is said.
 */
#include "base/limits.h"
#include "parsers/markdown/private.h"

/* How far beside a column's edge a text that crosses it may be cut, in columns. */
#define EDGE_SLACK 4

typedef struct {
    MdReader *reader;
    GArray *edges;   /* of guint: where each column begins */
    GArray *lines;   /* of MdLine: header and body, blank lines too */
    guint n_header;  /* of them */
    guint indent;    /* of the ruler, in bytes and columns alike */
    bool has_breaks; /* rows are parted by blank lines */
    bool is_long;    /* there were more lines than ZP_LIMIT_DRAWN_LINES */
    MdWidth width;
} Ruled;

static const MdLine *line_at(const Ruled *ruled, guint k)
{
    return &g_array_index(ruled->lines, MdLine, k);
}

/* Two groups of two dashes or more: what no thematic break looks like. */
bool md_is_column_ruler(const MdLine *line)
{
    guint groups = 0;
    if (!md_is_ruler(line, '-', &groups) || groups < 2)
        return false;
    for (const char *p = line->from; p < line->to; p++) {
        bool begins = p == line->from || p[-1] == ' ';
        if (*p == '-' && begins && (p + 1 == line->to || p[1] != '-'))
            return false;
    }
    return true;
}

static bool is_bar(const MdLine *line)
{
    guint groups = 0;
    return md_is_ruler(line, '-', &groups) && groups == 1;
}

static bool add_line(Ruled *ruled, const MdLine *line)
{
    ruled->is_long = ruled->lines->len == ZP_LIMIT_DRAWN_LINES;
    if (!ruled->is_long)
        g_array_append_val(ruled->lines, *line);
    return !ruled->is_long;
}

/*
 * Reads the header's lines up to the ruler below them: none, one, or under a bar several.
 * Returns false when there is no such ruler.
 */
static bool find_ruler(Ruled *ruled, MdLine *line, bool *has_bar)
{
    *has_bar = is_bar(line);
    if (*has_bar)
        *line = md_following(ruled->reader, line);
    for (guint k = 0; !md_is_column_ruler(line); k++) {
        if (md_is_blank(line) || is_bar(line) || (k && !*has_bar) || !add_line(ruled, line))
            return false;
        *line = md_following(ruled->reader, line);
    }
    ruled->n_header = ruled->lines->len;
    return true;
}

/* The last ruler of the table; false where it has none within reach. */
static bool find_last_ruler(const Ruled *ruled, MdLine line, guint32 *number)
{
    for (guint k = 0; k < ZP_LIMIT_DRAWN_LINES && line.from < ruled->reader->end; k++) {
        if (is_bar(&line) || md_is_column_ruler(&line)) {
            *number = line.number;
            return true;
        }
        line = md_following(ruled->reader, &line);
    }
    return false;
}

/* Reads the body; @line is left at the table's last line. */
static void read_body(Ruled *ruled, MdLine *line, bool may_break)
{
    guint32 stop = 0;
    MdLine next = md_following(ruled->reader, line);
    bool has_end = may_break && find_last_ruler(ruled, next, &stop);
    while (next.number != stop && next.from < ruled->reader->end) {
        if (!has_end && (md_is_blank(&next) || is_bar(&next) || md_is_column_ruler(&next)))
            break;
        ruled->has_breaks |= md_is_blank(&next);
        if (!add_line(ruled, &next))
            return;
        *line = next;
        next = md_following(ruled->reader, &next);
    }
    if (is_bar(&next) || md_is_column_ruler(&next))
        *line = next;
}

/* The nearest blank to a byte at which a text crosses an edge; NULL: none near. */
static const char *nearest_blank(const MdLine *line, const char *from, const char *p)
{
    const char *left = p, *right = p;
    for (guint k = 0; k < EDGE_SLACK; k++) {
        left = left > from ? g_utf8_prev_char(left) : left;
        if (left > from && *left == ' ')
            return left;
        if (right < line->to && *right == ' ')
            return right;
        right = right < line->to ? g_utf8_next_char(right) : right;
    }
    return NULL;
}

/*
 * Cuts a line into its columns' texts.  Returns how many edges a text crosses.
 *
 * A text that crosses an edge may be cut so far behind it that it fills the next column, too: then nothing
 * is left for that one, and which column the text is of cannot be known.
 */
static guint cut_line(const Ruled *ruled, const MdLine *line, GPtrArray *texts)
{
    const char *p = line->text, *from = p;
    guint column = 0, crossed = 0;
    for (guint k = 0; k < ruled->edges->len && from < line->to; k++) {
        guint edge =
            k + 1 < ruled->edges->len ? g_array_index(ruled->edges, guint, k + 1) : G_MAXUINT;
        for (; p < line->to && column < edge; p = g_utf8_next_char(p))
            column += md_char_width(g_utf8_get_char(p), ruled->width);
        const char *cut = p;
        if (p < from) {
            crossed += EDGE_SLACK;
            cut = from;
        } else if (p < line->to && p > from && p[-1] != ' ' && *p != ' ') {
            const char *blank = nearest_blank(line, from, p);
            crossed += blank ? 1 : EDGE_SLACK;
            cut = blank ? blank : p;
        }
        if (texts)
            md_append_piece(g_ptr_array_index(texts, k), line, md_span(line, from, cut));
        from = cut;
    }
    return crossed;
}

static guint crossings(const Ruled *ruled)
{
    guint crossed = 0;
    for (guint k = 0; k < ruled->lines->len; k++)
        crossed += cut_line(ruled, line_at(ruled, k), NULL);
    return crossed;
}

static void note_crossing(const Ruled *ruled, guint32 line)
{
    zp_document_add_loss(ruled->reader->document, ZP_LOSS_DOUBTFUL_PLACE, &(ZpPlace){.line = line},
                         "文字跨过了列的边界，可能分错了单元格",
                         "a text runs over the edge of its column; its cells may be cut wrongly");
}

/* Whether the row that a line belongs to ends with it. */
static bool ends_row(const Ruled *ruled, guint k)
{
    if (k + 1 == ruled->lines->len || k + 1 == ruled->n_header)
        return true;
    if (k < ruled->n_header)
        return false;
    return !ruled->has_breaks || md_is_blank(line_at(ruled, k + 1));
}

static bool store_rows(const Ruled *ruled)
{
    g_autoptr(GPtrArray) texts = md_texts_new(ruled->edges->len);
    guint32 begin = 0;
    for (guint k = 0; k < ruled->lines->len; k++) {
        const MdLine *line = line_at(ruled, k);
        if (md_is_blank(line))
            continue;
        if (cut_line(ruled, line, texts) >= EDGE_SLACK)
            note_crossing(ruled, line->number);
        begin = begin ? begin : line->number;
        if (!ends_row(ruled, k))
            continue;
        if (!md_add_texts(ruled->reader, texts, begin))
            return false;
        begin = 0;
    }
    return true;
}

/*
 * Under a bar, a body without blank lines is one row by Pandoc's rules; that is believed when a line of it
 * goes on below a first cell.
 */
static bool is_one_row(const Ruled *ruled)
{
    for (guint k = ruled->n_header + 1; k < ruled->lines->len; k++) {
        const MdLine *line = line_at(ruled, k);
        if (line->from > line->text + g_array_index(ruled->edges, guint, 0) + 1)
            return true;
    }
    return false;
}

static bool read_ruled(Ruled *ruled, const MdLine *first, bool *taken)
{
    bool has_bar = false;
    MdLine line = *first;
    if (!find_ruler(ruled, &line, &has_bar))
        return true;
    for (const char *p = line.text; p < line.to; p++) {
        guint column = (guint)(p - line.text);
        if (*p == '-' && (p == line.from || p[-1] != '-') && ruled->edges->len <= ZP_LIMIT_COLUMNS)
            g_array_append_val(ruled->edges, column);
    }
    read_body(ruled, &line, has_bar || !ruled->n_header);
    *taken = ruled->lines->len > ruled->n_header;
    if (!*taken)
        return true;
    ruled->has_breaks |= has_bar && is_one_row(ruled);
    md_move(ruled->reader, &line);
    if (ruled->is_long)
        md_note_long(ruled->reader, first->number);
    ruled->reader->table = zp_document_add_table(ruled->reader->document, ZP_TABLE_CELLS);
    guint fewest = G_MAXUINT;
    MdWidth best = MD_WIDTH_WIDE;
    for (ruled->width = 0; ruled->width < MD_WIDTHS; ruled->width++) {
        guint crossed = crossings(ruled);
        if (crossed < fewest) {
            fewest = crossed;
            best = ruled->width;
        }
    }
    ruled->width = best;
    bool done = store_rows(ruled);
    ruled->reader->table = NULL;
    return done;
}

bool md_read_ruled(MdReader *reader, const MdLine *line, bool *taken)
{
    Ruled ruled = {
        .reader = reader,
        .edges = g_array_new(FALSE, FALSE, sizeof(guint)),
        .lines = g_array_new(FALSE, FALSE, sizeof(MdLine)),
    };
    *taken = false;
    bool done = read_ruled(&ruled, line, taken);
    g_array_unref(ruled.edges);
    g_array_unref(ruled.lines);
    return done;
}
