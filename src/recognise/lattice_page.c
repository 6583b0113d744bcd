/*
 * lattice_page.c - how far apart lines stand.
 *
 * In text the lines of a cell and the rows of a table are one line apart, and a blank line stands between tables.  On a
 * page the lines of one cell stand closest; rows have their padding between them, and tables more than that.
 */
#include "recognise/lattice_lines.h"

/* Lines of text further apart have a blank one between them. */
#define TEXT_GAP 1.5F
/* A text that stands between two lines of others is no line further down, in lines of the font. */
#define PITCH_MIN 0.7F
/* Distances that differ by less are the same. */
#define SAME 1.03F
/* Lines of other texts between two of a cell. */
#define LINES_BETWEEN 4
/* Lines to look down for the text below. */
#define LINES_BELOW 6
/* Texts that stand left, right or in the middle below each other, in em. */
#define ALIGNED 0.3F
/* So many lines stand as far apart as rows, and so many of all. */
#define ROWS_MIN    3
#define LINES_A_ROW 4
/* More than so many times the distance of most lines is blank space. */
#define PAGE_GAP_TIMES 1.3F

static gint by_float(gconstpointer a, gconstpointer b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static bool are_aligned(const Runs *runs, const ZpBox *a, const ZpBox *b)
{
    float slack = ALIGNED * runs->scale.em;
    return ABS(a->x0 - b->x0) <= slack || ABS(a->x0 + a->x1 - b->x0 - b->x1) <= 2 * slack;
}

static bool is_label(const Runs *runs, const Word *word)
{
    ZpLabelMatch label;
    return zp_labels_match(runs->labels, word->run->text, word->run->length, &label) &&
           !label.value_offset;
}

/* Whether two texts are surely cells each. */
static bool are_cells(const Runs *runs, const Word *word, const Word *next)
{
    if (shape_is_figure(word->shape) || shape_is_figure(next->shape))
        return shape_is_figure(word->shape) && shape_is_figure(next->shape);
    return is_label(runs, word) && is_label(runs, next);
}

/* How far below a text the next one stands that is in its column; 0: none is. */
static float step_below(const Runs *runs, guint line, const Word *word, bool of_cells)
{
    const ZpBox *box = &word->run->box;
    for (guint i = line + 1; i < runs->lines->len && i <= line + LINES_BELOW; i++) {
        const WordLine *below = runs_line(runs, i);
        if (below->page != runs_line(runs, line)->page)
            return 0;
        for (guint k = 0; k < below->count; k++) {
            const Word *next = runs_word(runs, below->first + k);
            const ZpBox *other = &next->run->box;
            if (overlaps(box->x0, box->x1, other->x0, other->x1))
                return are_aligned(runs, box, other) && (!of_cells || are_cells(runs, word, next))
                           ? (other->y0 + other->y1 - box->y0 - box->y1) / 2 / runs->scale.pitch
                           : 0;
        }
    }
    return 0;
}

/* The smallest distance that occurs twice; of figures and labels, which are cells each: that of rows. */
static float find_pitch(const Runs *runs, bool of_cells)
{
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint i = 0; i < runs->lines->len; i++) {
        const WordLine *line = runs_line(runs, i);
        for (guint k = 0; k < line->count; k++) {
            const Word *word = runs_word(runs, line->first + k);
            float step = word->joins ? 0 : step_below(runs, i, word, of_cells);
            if (step >= PITCH_MIN)
                g_array_append_val(steps, step);
        }
    }
    g_array_sort(steps, by_float);
    for (guint k = 0; k + 1 < steps->len; k++) {
        float step = g_array_index(steps, float, k);
        if (g_array_index(steps, float, k + 1) <= SAME * step)
            return step;
    }
    return steps->len ? g_array_index(steps, float, 0) : 1;
}

/* How far below each other lines stand, from @least on, in order. */
static GArray *line_steps(const Runs *runs, float pitch, float least)
{
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint i = 1; i < runs->lines->len; i++) {
        float step = (runs_line(runs, i)->y - runs_line(runs, i - 1)->y) / pitch;
        if (step >= least)
            g_array_append_val(steps, step);
    }
    g_array_sort(steps, by_float);
    return steps;
}

/* What three of four lines are apart at the most, where no text stands half a line off, is the rows'. */
static float find_gap(const Runs *runs, float pitch)
{
    g_autoptr(GArray) steps = line_steps(runs, pitch, 1 - LATTICE_SAME);
    return steps->len ? PAGE_GAP_TIMES * g_array_index(steps, float, 3 * steps->len / 4) : TEXT_GAP;
}

/* Lines that stand further apart than those of a cell, most of them so far: rows do.  1: no further. */
static float find_rows(const Runs *runs, float pitch)
{
    g_autoptr(GArray) steps = line_steps(runs, pitch, 1 + LATTICE_SAME);
    g_autoptr(GArray) all = line_steps(runs, pitch, 1 - LATTICE_SAME);
    guint n = 0;
    float rows = 1;
    for (guint k = 0; k < steps->len; k++) {
        float step = g_array_index(steps, float, k);
        guint end = k + 1;
        while (end < steps->len && g_array_index(steps, float, end) <= SAME * step)
            end++;
        rows = end - k > n ? step : rows;
        n = MAX(n, end - k);
    }
    return n >= ROWS_MIN && LINES_A_ROW * n >= all->len ? rows : 1;
}

void lattice_find_scale(Lattice *lattice)
{
    bool in_points = lattice->runs->in_points;
    lattice->pitch = in_points ? find_pitch(lattice->runs, false) : 1;
    lattice->gap = in_points ? find_gap(lattice->runs, lattice->pitch) : TEXT_GAP;
    lattice->slack = in_points ? 0.12F : 0.5F;
    lattice->off = in_points ? 4 : 1;
    lattice->rows = 1;
    if (in_points && find_pitch(lattice->runs, true) / lattice->pitch > 1 + LATTICE_SAME)
        lattice->rows = find_rows(lattice->runs, lattice->pitch);
    lattice->is_padded = lattice->rows > 1 + LATTICE_SAME;
}

bool lattice_is_next(const LatticePiece *above, const LatticePiece *piece)
{
    float step = piece->y - above->y, left = piece->x0 - above->x0, right = piece->x1 - above->x1;
    bool is_aligned =
        ABS(left) < ALIGNED || ABS(right) < ALIGNED || ABS(left + right) < 2 * ALIGNED;
    return above->page == piece->page && is_aligned && step > 1 - LATTICE_SAME &&
           step < 1 + LATTICE_SAME && overlaps(above->x0, above->x1, piece->x0, piece->x1);
}

const LatticePiece *lattice_above(const Lattice *lattice, const LatticePiece *piece)
{
    guint least = piece->line > LINES_BETWEEN ? piece->line - LINES_BETWEEN : 0;
    for (guint k = lattice->starts[piece->line]; k-- > lattice->starts[least];) {
        const LatticePiece *above = lattice_piece(lattice, k);
        if (lattice->runs->in_points && lattice_is_next(above, piece))
            return above;
    }
    return NULL;
}

bool lattice_is_chain(const GPtrArray *pieces, guint first, guint count)
{
    for (guint k = 1; k < count; k++) {
        const LatticePiece *piece = pieces->pdata[first + k], *above = pieces->pdata[first + k - 1];
        if (above->page == piece->page && !lattice_is_next(above, piece))
            return false;
    }
    return true;
}
