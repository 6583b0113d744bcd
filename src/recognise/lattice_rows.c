/*
 * lattice_rows.c - the lines of a band → its rows.
 *
 *                基建工程委托业务                      the upper half of a name
 *     数量指标                     ≥50个    50    8    stands in the middle of its row
 *                项目数量                              the lower half
 *
 * A row is a stretch of lines.  Each of its cells is a block of lines that stands in the row's middle
 * (or at its top), whose lines but the last one are full.  The cheapest cut of all lines is taken;
 * where another one costs hardly more, the rows beside it are in doubt.
 */
#include "recognise/lattice_page.h"

#include <string.h>

/* Lines of the highest row. */
#define ROW_LINES_MAX 40

/* A text that is wrapped is no narrower, in em. */
#define TEXT_WIDTH_MIN  6
#define PROSE_WIDTH_MIN 10

/* What is odd about a row, in units of one odd thing. */
static const float COST_HOLE = 2;  /* a line between two of a cell that has none of it */
static const float COST_BREAK = 2; /* a cell of a row that a page parts begins on the next one */
static const float COST_APART = 8; /* on a page: not as far apart as the lines of a cell */
static const float COST_FULL_HOLE = 0.5F; /* the same behind a full line */
static const float COST_OFF = 1.5F;       /* a line that a cell stands beside its place */
static const float COST_ROUND = 0.3F;     /* half a line on the side where others do not stand */
static const float COST_SHORT = 3;        /* a line that ends although the next word had room */
static const float COST_FIGURES = 4;      /* two figures in one cell */
static const float COST_LABEL = 3;        /* a whole label goes on, and then is none */
static const float COST_ALONE = 1.5F;     /* a row with one cell */
static const float COST_NO_VALUE = 1;     /* the same, at the left in a form's head */
static const float COST_NO_FIGURE = 1.5F; /* no figure in any column of figures */
static const float COST_BLANK = 0.15F;    /* a blank cell */
static const float COST_NAMELESS = 1.5F;  /* nothing in the column of the names */
static const float COST_FULL = 0.3F;      /* a full line of text is a cell's last one */
static const float COST_PROSE = 0.8F;     /* that does not end a sentence */
static const float COST_GOALS = 0.5F;     /* texts of goals in more than one row */
static const float COST_BARE = 1;         /* a row of labels alone */
static const float COST_UPRIGHT = 1.5F;   /* a label is cut */
static const float COST_BRACKET = 1.5F;   /* a bracket that is open at its end */
static const float COST_TAIL = 0.1F;      /* lines of labels alone at a row's end */
static const float COST_DOUBT = 1;        /* a cut that is no cheaper than that is in doubt */
static const float COST_HOPELESS = 16; /* a row that costs so much gets no cheaper by more lines */
/* Room that is left at a line's end where the next word did fit, in em. */
static const float SLACK = 2;

/* How wide the text is that may not be cut from what stands before it: a character, or a number. */
static float unit_width(const char *text, gsize length)
{
    guint n = 0;
    if (g_unichar_iswide(g_utf8_get_char(text)))
        return 1;
    while (n < length && (g_ascii_isalnum(text[n]) || strchr(".,%/-", text[n])))
        n++;
    return MAX((float)n / 2, 0.5F);
}

/* A label that stands upright: a character a line. */
static bool are_upright(const LatticePiece *above, const LatticePiece *piece)
{
    return above->is_character && piece->is_character;
}

bool lattice_are_label(const Lattice *lattice, const LatticePiece *above, const LatticePiece *piece)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    ZpLabelMatch label;
    if (above->is_pair || piece->is_pair)
        return false;
    for (guint k = 0; k < above->count; k++)
        g_ptr_array_add(words, runs_word(lattice->runs, above->first + k));
    for (guint k = 0; k < piece->count; k++)
        g_ptr_array_add(words, runs_word(lattice->runs, piece->first + k));
    return words_match(lattice->runs, words, &label);
}

int lattice_open_brackets(const Lattice *lattice, const LatticePiece *piece)
{
    gsize length;
    const char *text = lattice_text(lattice, piece, &length);
    int n = 0;
    for (const char *p = text; p < text + length; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        n += (c == '(' || c == 0xFF08) - (c == ')' || c == 0xFF09);
    }
    return n;
}

float lattice_goes_on(const Lattice *lattice, const LatticeBand *band, const LatticePiece *above,
                      const LatticePiece *piece)
{
    const LatticeColumn *column = &band->columns[piece->column];
    gsize length;
    bool is_page = lattice->runs->in_points && above->page == piece->page;
    if (is_page && !lattice_is_next(above, piece))
        return COST_APART;
    if (is_page && lattice->is_padded)
        return 0;
    const char *text = lattice_text(lattice, piece, &length);
    float left = column->room - above->width - unit_width(text, length);
    if (shape_is_figure(piece->shape) && shape_is_figure(above->shape) &&
        2 * column->n_figures > column->n_pieces)
        return COST_FIGURES;
    if ((above->is_label && piece->is_label) || piece->is_placeholder || piece->is_pair ||
        (above->is_pair && piece->is_label))
        return COST_FIGURES;
    if (above->is_label && !lattice_are_label(lattice, above, piece))
        return COST_LABEL;
    if (are_upright(above, piece))
        return 0;
    return left <= 0 ? 0 : left >= SLACK ? COST_SHORT : COST_SHORT * left / SLACK;
}

/* Whether a line of text is full, so that the one below may be its rest. */
static bool goes_on_freely(const Lattice *lattice, const LatticeBand *band,
                           const LatticePiece *above, const LatticePiece *piece)
{
    const LatticeColumn *column = &band->columns[piece->column];
    return 2 * column->n_figures <= column->n_pieces && !above->is_label && !piece->is_label &&
           above->width >= TEXT_WIDTH_MIN && lattice_goes_on(lattice, band, above, piece) <= 0;
}

static bool ends_sentence(const Lattice *lattice, const LatticePiece *piece)
{
    gsize length;
    const char *text = lattice_text(lattice, piece, &length);
    return length > 3 &&
           (memcmp(text + length - 3, "。", 3) == 0 || memcmp(text + length - 3, "；", 3) == 0);
}

/* A cut under work. */
typedef struct {
    const Lattice *lattice;
    const LatticeBand *band;
    bool has_bare;
    float *before, *behind; /* the least cost of the lines before, and from a line on */
} Cut;

/* From a line of a cell to its next one. */
static float step_cost(const Cut *cut, const LatticePiece *above, const LatticePiece *piece)
{
    float join = 0;
    if (piece->line >= cut->band->head_end)
        join = lattice_goes_on(cut->lattice, cut->band, above, piece);
    float hole = cut->lattice->runs->in_points ? 0 : piece->y - above->y - 1;
    return join + (join > 0 ? COST_HOLE : COST_FULL_HOLE) * hole;
}

/* The cost of a column's cell in a row of lines [first, end), from @y0 to @y1. */
static float cell_cost(const Cut *cut, const LatticeRow *row, guint column, bool *is_blank)
{
    const Lattice *lattice = cut->lattice;
    const LatticePiece *above = NULL, *top = NULL;
    guint first = row->first, end = row->end;
    int open = 0;
    float cost = 0;
    for (guint line = first; line < end; line++) {
        const LatticePiece *piece = lattice_at(lattice, cut->band, line, column);
        if (!piece)
            continue;
        if (above)
            cost += step_cost(cut, above, piece);
        else
            top = piece;
        above = piece;
        open += lattice_open_brackets(lattice, piece);
    }
    cost += open ? COST_BRACKET : 0;
    *is_blank = !above;
    const LatticePiece *below = NULL;
    guint n_lines = cut->band->end - (cut->band->total != 0);
    for (guint line = end; above && line < MIN(n_lines, above->line + 3) && !below; line++)
        below = lattice_at(lattice, cut->band, line, column);
    bool is_left = column < (cut->band->knows_levels ? cut->band->n_levels : 2);
    if (below && lattice->is_padded && lattice_is_next(above, below))
        cost += COST_APART;
    else if (lattice->is_padded)
        ;
    else if (below && is_left &&
             (are_upright(above, below) ||
              (!(above->is_label && below->is_label) && lattice_are_label(lattice, above, below))))
        cost += COST_UPRIGHT;
    else if (below && end > cut->band->head_end && goes_on_freely(lattice, cut->band, above, below))
        cost += ends_sentence(lattice, above) || above->width < PROSE_WIDTH_MIN ? COST_FULL
                                                                                : COST_PROSE;
    if (!above)
        return COST_BLANK;
    if (lattice->runs->in_points && lattice_has_break(lattice, first, end - 1))
        return cost + (lattice_has_break(lattice, first, top->line) ? COST_BREAK : 0);
    if (lattice->is_top)
        return cost +
               (first < cut->band->head_end ? 0 : COST_OFF * lattice->off * (top->y - row->y0));
    float off = (top->y + above->y - row->y0 - row->y1) / 2;
    return cost + COST_OFF * lattice->off * MAX(ABS(off) - lattice->slack, 0) +
           (off * lattice->odd < 0 ? COST_ROUND : 0);
}

/* Whether a line has labels of the first n columns alone. */
static bool is_bare(const Lattice *lattice, const LatticeBand *band, guint line, guint n)
{
    for (guint c = n; c < band->n_columns; c++) {
        if (lattice_at(lattice, band, line, c))
            return false;
    }
    return true;
}

/* Whether a line of labels on a page stands beside one of a row: it is no row of its own. */
static bool is_beside(const Lattice *lattice, const LatticeBand *band, guint line, guint n)
{
    guint above = line, below = line;
    while (above > band->first && is_bare(lattice, band, above, n))
        above--;
    while (below + 1 < band->end && is_bare(lattice, band, below, n))
        below++;
    return lattice->runs->in_points &&
           (lattice_y(lattice, line) - lattice_y(lattice, above) < 1 - LATTICE_SAME ||
            lattice_y(lattice, below) - lattice_y(lattice, line) < 1 - LATTICE_SAME);
}

bool lattice_has_bare(const Lattice *lattice, const LatticeBand *band, guint n)
{
    for (guint line = band->head_end; n && line < band->end - (band->total != 0); line++) {
        if (is_bare(lattice, band, line, n) && !is_beside(lattice, band, line, n))
            return true;
    }
    return false;
}

/* Whether the name of a row is that of a blank one: ……, or a label that begins one by itself. */
static bool begins_row(const Cut *cut, guint first, guint end)
{
    const LatticePiece *piece = lattice_at(cut->lattice, cut->band, first, cut->band->n_spanning);
    return piece && (piece->is_placeholder || piece->is_label) && end == first + 1;
}

/* Whole labels of a column in a row: each begins one of its own. */
static guint n_labels(const Cut *cut, guint first, guint end, guint column)
{
    guint n = 0;
    for (guint line = first; line < end; line++) {
        const LatticePiece *piece = lattice_at(cut->lattice, cut->band, line, column);
        n += piece && (piece->is_label || piece->is_pair);
    }
    return n;
}

/* Texts of a row that are no pair in columns where others are: they go on from the row above. */
static guint n_no_pairs(const Cut *cut, guint first, guint end)
{
    guint n = 0;
    for (guint c = 0; c < cut->band->n_columns; c++) {
        const LatticePiece *piece = NULL;
        for (guint line = first; line < end && !piece; line++)
            piece = lattice_at(cut->lattice, cut->band, line, c);
        n += piece && !piece->is_pair && !piece->is_label && cut->band->columns[c].has_pair;
    }
    return n;
}

/* Whether a row should have a name; the column of the names of funds may have no head. */
static bool may_want_name(const LatticeBand *band, guint first)
{
    return band->head_end > band->first && (first >= band->head_end || !band->is_funds);
}

/* Lines [first, end) as a row.  On a page it is as high as its own texts: a label may be higher. */
static LatticeRow row_of(const Cut *cut, guint first, guint end)
{
    const Lattice *lattice = cut->lattice;
    LatticeRow row = {first, end, lattice_y(lattice, first), lattice_y(lattice, end - 1)};
    bool is_first = true;
    for (guint k = lattice->starts[first]; lattice->runs->in_points && k < lattice->starts[end];
         k++) {
        const LatticePiece *piece = lattice_piece(lattice, k);
        if (piece->column < cut->band->n_spanning)
            continue;
        row.y0 = is_first ? piece->y : MIN(row.y0, piece->y);
        row.y1 = is_first ? piece->y : MAX(row.y1, piece->y);
        is_first = false;
    }
    return row;
}

static float row_cost(const Cut *cut, guint first, guint end)
{
    const LatticeBand *band = cut->band;
    const LatticeRow row = row_of(cut, first, end);
    guint n = 0, n_bare = 0, n_beside = 0;
    bool has_figures = false, wants_figures = false;
    float cost = 0;
    for (guint line = first; line < end; line++) {
        bool is_one = is_bare(cut->lattice, band, line, band->n_spanning);
        n_bare += is_one;
        n_beside += is_one && is_beside(cut->lattice, band, line, band->n_spanning);
    }
    if (n_bare == end - first)
        return cut->has_bare && !n_beside ? COST_BARE * (float)n_bare
                                          : COST_ALONE + COST_NO_FIGURE + COST_BARE;
    for (guint c = 0; c < band->n_spanning && band->head_end == band->first; c++)
        cost += COST_FIGURES * (float)MAX(n_labels(cut, first, end, c), 1) - COST_FIGURES;
    for (guint c = band->n_spanning; c < band->n_columns; c++) {
        const LatticeColumn *column = &band->columns[c];
        bool is_blank, is_figures = 2 * column->n_figures > column->n_pieces;
        cost += cell_cost(cut, &row, c, &is_blank);
        n += !is_blank;
        cost += is_blank && c == band->n_spanning && may_want_name(band, first) ? COST_NAMELESS : 0;
        wants_figures |= is_figures && band->head_end > band->first;
        has_figures |= is_figures && !is_blank;
    }
    cost += band->is_goals && first > band->head_end ? COST_GOALS : 0;
    cost += band->head_end == band->first ? COST_LABEL * (float)n_no_pairs(cut, first, end) : 0;
    bool is_wide = band->n_columns - band->n_spanning > 1;
    bool is_blank_row = n == 1 && begins_row(cut, first, end);
    bool is_label_alone = band->head_end == band->first && lattice_at(cut->lattice, band, first, 0);
    cost += is_wide && n == 1 && !is_blank_row ? (is_label_alone ? COST_NO_VALUE : COST_ALONE) : 0;
    cost += wants_figures && !has_figures && !is_blank_row ? COST_NO_FIGURE : 0;
    bool has_bare = cut->has_bare && n_bare > n_beside;
    return cost + COST_TAIL * (float)n_bare + (has_bare ? COST_BARE : 0);
}

/* Whether lines may be a row: a header is one. */
static bool may_pass(const Cut *cut, guint first, guint end)
{
    const LatticeBand *band = cut->band;
    return first >= band->head_end || (first == band->first && end == band->head_end);
}

static void walk(Cut *cut, guint n, guint *from)
{
    guint first = cut->band->first;
    cut->before[0] = 0;
    for (guint end = 1; end <= n; end++) {
        cut->before[end] = G_MAXFLOAT;
        for (guint k = end; k-- > 0 && end - k <= ROW_LINES_MAX;) {
            if (!may_pass(cut, first + k, first + end))
                continue;
            float own = row_cost(cut, first + k, first + end), cost = cut->before[k] + own;
            if (cost < cut->before[end]) {
                cut->before[end] = cost;
                from[end] = k;
            }
            if (own > COST_HOPELESS && first + k > cut->band->head_end)
                break;
        }
    }
}

/* The words of a row may as well be of another one. */
static void doubt_row(const Cut *cut, guint first, guint end)
{
    for (guint line = first; line < end; line++) {
        const WordLine *at = runs_line(cut->lattice->runs, line);
        for (guint k = 0; k < at->count; k++)
            runs_word(cut->lattice->runs, at->first + k)->is_unsure = true;
    }
}

/* Two rows that were as well one, and a row that were as well two. */
static void doubt_rows(const Cut *cut, const GArray *rows)
{
    for (guint k = 0; k < rows->len - (cut->band->total != 0); k++) {
        const LatticeRow *row = &g_array_index(rows, LatticeRow, k);
        if (row->first < cut->band->head_end)
            continue;
        for (guint line = row->first; cut->band->is_bare_unsure && line < row->end; line++) {
            if (is_bare(cut->lattice, cut->band, line, cut->band->n_spanning))
                doubt_row(cut, row->first, row->end);
        }
        float own = row_cost(cut, row->first, row->end);
        if (k + 1 < rows->len - (cut->band->total != 0)) {
            const LatticeRow *next = row + 1;
            float both = row_cost(cut, row->first, next->end);
            if (both - own - row_cost(cut, next->first, next->end) < COST_DOUBT)
                doubt_row(cut, row->first, next->end);
        }
        for (guint line = row->first + 1; line < row->end && row->end - row->first < 12; line++) {
            float parts = row_cost(cut, row->first, line) + row_cost(cut, line, row->end);
            if (parts - own < COST_DOUBT)
                doubt_row(cut, row->first, row->end);
        }
    }
}

/*
 * On a page a row beside a high label is higher than its own texts, which stand in its middle: so each row's lower edge is
 * as far from them as its upper one, and the next row begins there.
 */
static void stretch_rows(const Lattice *lattice, const LatticeBand *band)
{
    float half = lattice->rows / 2, edge = 0;
    for (guint k = 0; k < band->rows->len; k++) {
        LatticeRow *row = &g_array_index(band->rows, LatticeRow, k), *below = row + 1;
        bool has_above = k && !lattice_has_break(lattice, row->first - 1, row->first);
        float top = has_above ? MIN(edge, row->y0 - half) : row->y0 - half;
        edge = row->y0 + row->y1 - top;
        if (k + 1 < band->rows->len)
            edge = MIN(edge, below->y0 - half);
        row->y0 = top + half;
        row->y1 = edge - half;
    }
}

float lattice_cut_rows(const Lattice *lattice, LatticeBand *band, bool has_bare)
{
    guint n = band->end - band->first - (band->total != 0);
    g_autofree float *before = g_new(float, n + 1);
    g_autofree guint *from = g_new0(guint, n + 1);
    Cut cut = {.lattice = lattice, .band = band, .has_bare = has_bare, .before = before};
    walk(&cut, n, from);
    g_clear_pointer(&band->rows, g_array_unref);
    band->rows = g_array_new(FALSE, FALSE, sizeof(LatticeRow));
    for (guint end = n; end; end = from[end]) {
        LatticeRow row = row_of(&cut, band->first + from[end], band->first + end);
        g_array_prepend_val(band->rows, row);
    }
    if (band->total) {
        LatticeRow total = row_of(&cut, band->total, band->total + 1);
        g_array_append_val(band->rows, total);
    }
    if (lattice->runs->in_points && !lattice->is_top)
        stretch_rows(lattice, band);
    return before[n];
}

void lattice_doubt_rows(const Lattice *lattice, const LatticeBand *band)
{
    Cut cut = {.lattice = lattice, .band = band, .has_bare = band->has_bare};
    doubt_rows(&cut, band->rows);
}
