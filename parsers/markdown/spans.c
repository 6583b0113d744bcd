/*
 * spans.c - grid tables with merged cells.
 *
 *     +----------+-------------+      the places of all + are the columns; the lines with - between
 *     | 项目资金 | 年初预算数  |        two of them are the rows; places of that grid with no line
 *     |          +------+------+        between them are one cell, which must be a rectangle
 *     |          | 10   | 9.98 |
 *     +----------+------+------+
 *
 * Every line is cut at every column, so that nothing of it can be lost.  Columns are counted as wide
 * as the drawing tool counted them: that of the three ways (MdWidth) by which all lines are equally
 * long.
 */
#include "base/limits.h"
#include "parsers/markdown/private.h"

/* A cell by its first place: how many places it has, and the last of them. */
typedef struct {
    guint count, last;
} Extent;

typedef struct {
    const GArray *lines; /* of MdLine */
    GArray *columns;     /* of guint: where a + stands in some line, counted from the frame's */
    GArray *rulers;      /* of guint: the lines that draw between two rows */
    MdWidth width;
    const char **cuts;    /* of each line, where it reaches each column */
    guint n_rows, n_cols; /* of places */
    guint *parent;        /* union-find over the places; a root is its cell's first place */
    Extent *extents;      /* by root */
} Grid;

static const MdLine *line_at(const Grid *grid, guint k)
{
    return &g_array_index(grid->lines, MdLine, k);
}

static guint number_at(const GArray *numbers, guint k)
{
    return g_array_index(numbers, guint, k);
}

static const char *cut_at(const Grid *grid, guint line, guint column)
{
    return grid->cuts[line * grid->columns->len + column];
}

guint md_char_width(gunichar c, MdWidth width)
{
    if (width == MD_WIDTH_ONE)
        return 1;
    if (g_unichar_iszerowidth(c))
        return 0;
    return (width == MD_WIDTH_WIDE ? g_unichar_iswide(c) : g_unichar_iswide_cjk(c)) ? 2 : 1;
}

static guint width_of(const MdLine *line, MdWidth width)
{
    guint columns = 0;
    for (const char *p = line->from; p < line->to; p = g_utf8_next_char(p))
        columns += md_char_width(g_utf8_get_char(p), width);
    return columns;
}

/* The way of counting by which all lines are as long as the first. */
static bool choose_width(Grid *grid)
{
    for (grid->width = 0; grid->width < MD_WIDTHS; grid->width++) {
        guint wanted = width_of(line_at(grid, 0), grid->width), k = 1;
        while (k < grid->lines->len && width_of(line_at(grid, k), grid->width) == wanted)
            k++;
        if (k == grid->lines->len)
            return true;
    }
    return false;
}

/* A + that a drawn line touches. */
static bool is_corner(const MdLine *line, const char *p)
{
    return *p == '+' &&
           ((p > line->from && md_is_drawn(p[-1])) || (p + 1 < line->to && md_is_drawn(p[1])));
}

static void cut_line(Grid *grid, guint k)
{
    const MdLine *line = line_at(grid, k);
    const char **cuts = grid->cuts + k * grid->columns->len;
    const char *p = line->from;
    guint column = 0;
    for (guint next = 0; next < grid->columns->len; next++) {
        for (; p < line->to && column < number_at(grid->columns, next); p = g_utf8_next_char(p))
            column += md_char_width(g_utf8_get_char(p), grid->width);
        cuts[next] = p;
    }
}

static bool is_side(const Grid *grid, guint line, guint column)
{
    const char *p = cut_at(grid, line, column);
    return p < line_at(grid, line)->to && (*p == '|' || *p == '+');
}

/* Whether a line is drawn from one column to the next; it may go on through both. */
static bool is_ruled(const Grid *grid, guint line, guint col)
{
    const char *p = cut_at(grid, line, col), *end = cut_at(grid, line, col + 1);
    if (p + 1 >= end || (!is_side(grid, line, col) && !md_is_drawn(*p)))
        return false;
    while (++p < end && md_is_drawn(*p))
        continue;
    return p == end;
}

static bool has_rule(const Grid *grid, guint line)
{
    for (guint col = 0; col + 1 < grid->columns->len; col++) {
        if (is_ruled(grid, line, col))
            return true;
    }
    return false;
}

/* Whether a bar runs down the left side of a place. */
static bool is_barred(const Grid *grid, guint row, guint col)
{
    guint end = number_at(grid->rulers, row + 1);
    for (guint k = number_at(grid->rulers, row) + 1; k < end; k++) {
        if (!is_side(grid, k, col))
            return false;
    }
    return true;
}

static guint root_of(const Grid *grid, guint place)
{
    while (grid->parent[place] != place)
        place = grid->parent[place] = grid->parent[grid->parent[place]];
    return place;
}

static void join(const Grid *grid, guint a, guint b)
{
    a = root_of(grid, a);
    b = root_of(grid, b);
    grid->parent[MAX(a, b)] = MIN(a, b);
}

static MdSpot spot_of(const Grid *grid, guint root)
{
    guint last = grid->extents[root].last;
    return (MdSpot){
        .row = root / grid->n_cols,
        .col = root % grid->n_cols,
        .row_span = last / grid->n_cols - root / grid->n_cols + 1,
        .col_span = last % grid->n_cols + 1 - MIN(root % grid->n_cols, last % grid->n_cols + 1),
    };
}

/*
 * What a line holds from one column to another, without the side that it begins with.  Both columns may be
 * reached at once, where a wide character stands across the first of them: then there is nothing between.
 */
static ZpSpan piece_of(const Grid *grid, guint line, guint col, guint end_col)
{
    const char *from = cut_at(grid, line, col), *to = cut_at(grid, line, end_col);
    if (from < to)
        from += is_side(grid, line, col);
    return md_span(line_at(grid, line), from, to);
}

/* The text between a cell's sides, over all its lines. */
static void take_text(const Grid *grid, const MdSpot *spot, GString *text)
{
    guint end = number_at(grid->rulers, spot->row + spot->row_span);
    g_string_truncate(text, 0);
    for (guint k = number_at(grid->rulers, spot->row) + 1; k < end; k++)
        md_append_piece(text, line_at(grid, k),
                        piece_of(grid, k, spot->col, spot->col + spot->col_span));
}

static bool store(MdReader *reader, const Grid *grid)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint place = 0; place < grid->n_rows * grid->n_cols; place++) {
        MdSpot spot = spot_of(grid, place);
        if (grid->parent[place] != place)
            continue;
        take_text(grid, &spot, text);
        guint first = number_at(grid->rulers, spot.row) + 1;
        if (!md_add_drawn(reader, &spot, line_at(grid, first)->number, text))
            return false;
    }
    reader->table->has_spans = true;
    reader->table->n_rows = MAX(reader->table->n_rows, grid->n_rows);
    return true;
}

static bool find_places(Grid *grid)
{
    if (!choose_width(grid))
        return false;
    for (guint k = 0; k < grid->lines->len; k++) {
        const MdLine *line = line_at(grid, k);
        guint column = 0, next = 0;
        for (const char *p = line->from; p < line->to; p = g_utf8_next_char(p)) {
            while (next < grid->columns->len && number_at(grid->columns, next) < column)
                next++;
            bool is_new = next == grid->columns->len || number_at(grid->columns, next) != column;
            if (is_new && is_corner(line, p))
                g_array_insert_val(grid->columns, next, column);
            column += md_char_width(g_utf8_get_char(p), grid->width);
        }
        if (grid->columns->len > ZP_LIMIT_COLUMNS)
            return false;
    }
    grid->cuts = g_new(const char *, grid->lines->len * grid->columns->len);
    for (guint k = 0; k < grid->lines->len; k++)
        cut_line(grid, k);
    for (guint k = 0; k < grid->lines->len; k++) {
        if (has_rule(grid, k))
            g_array_append_val(grid->rulers, k);
    }
    grid->n_rows = grid->rulers->len - 1;
    grid->n_cols = grid->columns->len - 1;
    return true;
}

static bool solve(Grid *grid)
{
    if (!find_places(grid))
        return false;
    guint places = grid->n_rows * grid->n_cols;
    grid->parent = g_new(guint, places);
    grid->extents = g_new0(Extent, places);
    for (guint place = 0; place < places; place++)
        grid->parent[place] = place;
    for (guint row = 0; row < grid->n_rows; row++) {
        for (guint col = 0; col < grid->n_cols; col++) {
            guint place = row * grid->n_cols + col;
            if (col > 0 && !is_barred(grid, row, col))
                join(grid, place - 1, place);
            if (row > 0 && !is_ruled(grid, number_at(grid->rulers, row), col))
                join(grid, place - grid->n_cols, place);
        }
    }
    /* Whether every cell is a rectangle: as many places as lie between its first and its last. */
    for (guint place = 0; place < places; place++) {
        Extent *extent = &grid->extents[root_of(grid, place)];
        extent->count++;
        extent->last = place;
    }
    for (guint place = 0; place < places; place++) {
        MdSpot spot = spot_of(grid, place);
        if (grid->parent[place] == place &&
            grid->extents[place].count != spot.row_span * spot.col_span)
            return false;
    }
    return true;
}

bool md_read_spanned(MdReader *reader, const GArray *lines, bool *taken)
{
    Grid grid = {
        .lines = lines,
        .columns = g_array_new(FALSE, FALSE, sizeof(guint)),
        .rulers = g_array_new(FALSE, FALSE, sizeof(guint)),
    };
    *taken = solve(&grid);
    bool done = !*taken || store(reader, &grid);
    g_array_unref(grid.columns);
    g_array_unref(grid.rulers);
    g_free(grid.cuts);
    g_free(grid.parent);
    g_free(grid.extents);
    return done;
}
