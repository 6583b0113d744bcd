/*
 * lattice_columns.c - the columns of a band: places over which no text of another column stands.
 */
#include "recognise/lattice_lines.h"

#include <string.h>

/* How far apart texts may stand that are below each other, in em, and so many lines up. */
#define ALIGNED_SLACK      0.6F
#define ALIGNED_LINES      12
#define ALIGNED_LINES_PAGE 100

/* The columns over which a text stands: the first one, and how many. */
guint lattice_find_columns(const LatticeBand *band, float x0, float x1, guint *first)
{
    guint n = 0;
    *first = 0;
    for (guint c = 0; c < band->n_columns; c++) {
        if (band->columns[c].x1 <= x0)
            *first = c + 1;
        n += overlaps(x0, x1, band->columns[c].x0, band->columns[c].x1);
    }
    return n;
}

static bool insert_column(LatticeBand *band, guint at, float x0, float x1)
{
    if (band->n_columns == LATTICE_COLUMNS_MAX)
        return false;
    memmove(&band->columns[at + 1], &band->columns[at],
            (band->n_columns - at) * sizeof band->columns[0]);
    band->columns[at] = (LatticeColumn){.x0 = x0, .x1 = x1};
    band->n_columns++;
    return true;
}

/* Gives a text its column, which grows by it. */
static bool fit_piece(LatticeBand *band, const LatticePiece *piece, bool is_head)
{
    guint first, n = lattice_find_columns(band, piece->x0, piece->x1, &first);
    if (n > 1)
        return is_head;
    if (!n)
        return insert_column(band, first, piece->x0, piece->x1);
    LatticeColumn *column = &band->columns[first];
    column->x0 = MIN(column->x0, piece->x0);
    column->x1 = MAX(column->x1, piece->x1);
    return true;
}

/* A head over several others: their columns take its one's place. */
static bool split_column(const Lattice *lattice, LatticeBand *band, guint line)
{
    for (guint c = 0; c < band->n_columns; c++) {
        guint n = 0;
        float x0 = band->columns[c].x0, x1 = band->columns[c].x1;
        for (guint k = 0; k < n_pieces(lattice, line); k++) {
            const LatticePiece *piece = line_piece(lattice, line, k);
            n += overlaps(piece->x0, piece->x1, x0, x1);
        }
        if (n < 2)
            continue;
        memmove(&band->columns[c], &band->columns[c + 1],
                (band->n_columns - c - 1) * sizeof band->columns[0]);
        band->n_columns--;
        return true;
    }
    return false;
}

/* Whether a text of labels with values stands in a column less than a line of a cell above another one: they are of two cells of a row. */
static bool has_other(const Lattice *lattice, const LatticeBand *band, const LatticePiece *piece,
                      guint column)
{
    for (guint line = piece->line; band->head_end == band->first && line > band->first &&
                                   piece->y - lattice_y(lattice, line - 1) < 1 - LATTICE_SAME;
         line--) {
        for (guint k = 0; k < n_pieces(lattice, line - 1); k++) {
            const LatticePiece *other = line_piece(lattice, line - 1, k);
            guint first, n = lattice_find_columns(band, other->x0, other->x1, &first);
            if (n && first == column)
                return true;
        }
    }
    return false;
}

/* Whether no two texts of a line stand over one column. */
static bool is_apart(const Lattice *lattice, const LatticeBand *band, guint line)
{
    guint before = G_MAXUINT;
    for (guint k = 0; k < n_pieces(lattice, line); k++) {
        const LatticePiece *piece = line_piece(lattice, line, k);
        guint first, n = lattice_find_columns(band, piece->x0, piece->x1, &first);
        if (n && (first == before ||
                  (lattice->runs->in_points && has_other(lattice, band, piece, first))))
            return false;
        before = n ? first + n - 1 : G_MAXUINT;
    }
    return true;
}

/* Whether a text stands as one of the lines above does in its column: left, right or in the middle. */
static bool is_aligned(const Lattice *lattice, const LatticeBand *band, const LatticePiece *piece,
                       const LatticeColumn *column)
{
    /* On a page a column may have a text in few rows: its head counts as well. */
    guint most = lattice->runs->in_points ? ALIGNED_LINES_PAGE : ALIGNED_LINES;
    for (guint line = piece->line; line-- > band->first && line + most > piece->line;) {
        for (guint k = 0; k < n_pieces(lattice, line); k++) {
            const LatticePiece *above = line_piece(lattice, line, k);
            if (!overlaps(above->x0, above->x1, column->x0, column->x1))
                continue;
            float left = piece->x0 - above->x0, right = piece->x1 - above->x1;
            if (ABS(left) <= ALIGNED_SLACK || ABS(right) <= ALIGNED_SLACK ||
                ABS(left + right) / 2 <= ALIGNED_SLACK)
                return true;
        }
    }
    return false;
}

/* Whether none of several texts of a line stands as those above it in their columns, or all stand in new ones. */
static bool is_beside(const Lattice *lattice, const LatticeBand *band, guint line)
{
    guint n = 0, n_aligned = 0, n_new = 0;
    for (guint k = 0; k < n_pieces(lattice, line); k++) {
        const LatticePiece *piece = line_piece(lattice, line, k);
        guint first;
        guint n_over = lattice_find_columns(band, piece->x0, piece->x1, &first);
        n_new += !n_over;
        if (n_over != 1)
            continue;
        n++;
        n_aligned += is_aligned(lattice, band, piece, &band->columns[first]);
    }
    if (n_new > 1 && n_new == n_pieces(lattice, line))
        return true;
    /* A line of text below a table stands on a page as nothing of it does. */
    bool is_headless = band->head_end == band->first;
    if (lattice->runs->in_points && !is_headless && n == 1 && n_pieces(lattice, line) == 1)
        return !n_aligned;
    /* Labels with values stand in columns of their own in every row. */
    return n > 1 && (n_aligned + (is_headless ? 0 : 1) < n || 2 * n_aligned < n);
}

/* Cuts a text behind so many words: two cells that only a space parts. */
static void split_piece(Lattice *lattice, guint line, guint k, guint n)
{
    guint at = lattice->starts[line] + k;
    LatticePiece left = lattice_cut_piece(lattice, lattice_piece(lattice, at), 0, n);
    LatticePiece right = lattice_cut_piece(lattice, lattice_piece(lattice, at), n,
                                           lattice_piece(lattice, at)->count - n);
    *lattice_piece(lattice, at) = left;
    g_array_insert_val(lattice->pieces, at + 1, right);
    for (guint i = line + 1; i <= lattice->n_lines; i++)
        lattice->starts[i]++;
}

/* Cuts texts of a line that stand over several columns between words, where that puts each part over its own. */
void lattice_split_line(Lattice *lattice, const LatticeBand *band, guint line)
{
    for (guint k = 0; k < n_pieces(lattice, line) && n_pieces(lattice, line) < LATTICE_COLUMNS_MAX;
         k++) {
        const LatticePiece *piece = line_piece(lattice, line, k);
        const Word *words = runs_word(lattice->runs, piece->first);
        guint first, last;
        for (guint n = 1; n < piece->count; n++) {
            if (!lattice_find_columns(band, piece->x0, words[n - 1].x1, &first) ||
                lattice_find_columns(band, words[n].x0, piece->x1, &last) != 1 || last <= first ||
                band->columns[last].x0 <= words[n - 1].x1)
                continue;
            split_piece(lattice, line, k, n);
            break;
        }
    }
}

bool lattice_fit_line(const Lattice *lattice, LatticeBand *band, guint line)
{
    bool is_head = line < band->head_end;
    LatticeBand kept = *band;
    if (line > band->first && !is_head && !lattice_is_between(lattice, line) &&
        is_beside(lattice, band, line))
        return false;
    if (!is_apart(lattice, band, line)) {
        if (!is_head || line == band->first || !split_column(lattice, band, line) ||
            !is_apart(lattice, band, line)) {
            *band = kept;
            return false;
        }
    }
    for (guint k = 0; k < n_pieces(lattice, line); k++) {
        if (!fit_piece(band, line_piece(lattice, line, k), is_head) ||
            !is_apart(lattice, band, line)) {
            *band = kept;
            return false;
        }
    }
    return true;
}
