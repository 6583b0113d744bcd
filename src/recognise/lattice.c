/*
 * lattice.c - columns of spaces → tables, by the places of their texts alone.
 */
#include "recognise/lattice_lines.h"

/* What a sound print costs at most, a row of it. */
static const float COST_ROW_MAX = 0.8F;
/* Columns that may reach over rows where no head names the levels. */
#define SPANNING_MAX 2
/* What one more of them has to save. */
static const float COST_SPANNING = 0.15F;
/* A column more or less than the heads of the levels say. */
static const float COST_LEVELS = 1;
/* What parts lines of labels that are rows, or are none, is no more than that: either is as good. */
static const float COST_BARE_DOUBT = 0.7F;
/* A text of goals is hardly narrower, in em. */
#define PROSE_WIDTH_MIN 6
/* Figures in a line of labels with values. */
#define PAIR_FIGURES_MAX 2
#define ROW_FIGURES_MAX  4

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* Labels of a block's rows, and such as may also stand beside a value. */
static const guint64 ROW_LABELS = BIT(LEVEL1) | BIT(LEVEL2) | BIT(FUND_ROW) | BIT(TOTAL);
static const guint64 PAIR_LABELS = BIT(BUDGET) | BIT(EXECUTED) | BIT(HEADLINE) | BIT(GOALS_BLOCK) |
                                   BIT(FUNDS_BLOCK) | BIT(EXTRA) | BIT(SCORE);

/* Lines of a text, and of one band: more are no forms. */
#define LINES_MAX      6000
#define BAND_LINES_MAX 400

/* Columns without a header that are no labels with values. */
#define PAIR_COLUMNS_MAX 8

/* ---- how the cells stand */

/* The cost of a band when so many of its columns reach over rows. */
static float try_spanning(const Lattice *lattice, LatticeBand *band, guint n, bool has_bare)
{
    band->n_spanning = n;
    band->has_bare = has_bare;
    float rows = lattice_cut_rows(lattice, band, has_bare);
    return rows + lattice_span(lattice, band) + COST_SPANNING * (float)n + (has_bare ? 0.1F : 0);
}

static void settle_band(const Lattice *lattice, LatticeBand *band)
{
    guint most = band->knows_levels ? band->n_levels : SPANNING_MAX, best = 0;
    bool has_bare = false, is_unsure = false;
    float least = G_MAXFLOAT;
    most = band->n_columns ? MIN(band->n_columns - 1, most) : 0;
    for (guint n = band->knows_levels ? most - MIN(most, 1) : 0; n <= most; n++) {
        float costs[2] = {G_MAXFLOAT / 2, G_MAXFLOAT};
        for (guint bare = 0; bare <= (lattice_has_bare(lattice, band, n) ? 1u : 0u); bare++) {
            float cost = try_spanning(lattice, band, n, bare);
            if (band->knows_levels)
                cost += COST_LEVELS * ABS((float)n - (float)band->n_levels);
            costs[bare] = cost;
            if (cost >= least)
                continue;
            least = cost;
            best = n;
            has_bare = bare;
        }
        if (best == n)
            is_unsure = ABS(costs[1] - costs[0]) < COST_BARE_DOUBT;
    }
    band->is_bare_unsure = is_unsure && band->knows_levels && !band->is_funds && !band->is_goals;
    band->cost = try_spanning(lattice, band, best, has_bare);
}

static float settle(Lattice *lattice, bool is_top, float odd)
{
    float cost = 0;
    lattice->is_top = is_top;
    lattice->odd = odd;
    for (guint k = 0; k < lattice->bands->len; k++) {
        LatticeBand *band = lattice->bands->pdata[k];
        if (band->is_text)
            continue;
        settle_band(lattice, band);
        /* One that is not understood says nothing of how the others stand. */
        cost += MIN(band->cost, COST_ROW_MAX * (float)band->rows->len);
    }
    return cost;
}

/* ---- whether it is one */

/* Whether figures of two columns stand in one text. */
static bool has_two_figures(const Lattice *lattice, const LatticePiece *piece)
{
    const Word *words = runs_word(lattice->runs, piece->first);
    for (guint k = 1; k < piece->count; k++) {
        if (shape_is_figure(words[k].shape) && shape_is_figure(words[k - 1].shape))
            return true;
    }
    return false;
}

/* Whether a column right of the first head has none, or a text holds what two columns should. */
static bool is_torn(const Lattice *lattice, const LatticeBand *band)
{
    bool has_head = false;
    for (guint c = 0; c < band->n_columns; c++) {
        const LatticeColumn *column = &band->columns[c];
        /* The names of funds need none, nor does the label of their block. */
        if (band->is_funds && band->knows_levels && c <= band->n_levels)
            continue;
        if (has_head && !column->has_head && column->n_pieces)
            return true;
        has_head |= column->has_head;
    }
    for (guint k = lattice->starts[band->first]; has_head && k < lattice->starts[band->end]; k++) {
        if (has_two_figures(lattice, lattice_piece(lattice, k)))
            return true;
    }
    return false;
}

/* Whether a band without a header goes on right below a block and has a label such as the block's rows have. */
bool lattice_may_be_rows(const Lattice *lattice, const LatticeBand *band, const LatticeBand *above)
{
    if (band->is_text || band->head_end > band->first || !above ||
        above->head_end == above->first ||
        lattice_y(lattice, band->first) - lattice_y(lattice, band->first - 1) > lattice->gap)
        return false;
    for (guint k = lattice->starts[band->first]; k < lattice->starts[band->end]; k++) {
        const LatticePiece *piece = lattice_piece(lattice, k);
        if (piece->is_label && (piece->kinds & ROW_LABELS) && !(piece->kinds & PAIR_LABELS))
            return true;
    }
    return false;
}

/* Whether a band without a header holds rows of the block above it, whose columns then were not right. */
static bool has_lost_rows(const Lattice *lattice, const LatticeBand *band, const LatticeBand *above)
{
    if (band->head_end > band->first)
        return band->head_end == band->end;
    bool is_below =
        above && above->head_end > above->first &&
        lattice_y(lattice, band->first) - lattice_y(lattice, band->first - 1) <= lattice->gap;
    bool has_figures = false;
    for (guint line = band->first; line < band->end; line++) {
        guint n_figures = 0;
        bool is_total = false, has_label = false, begins_figure = false, is_all_prose = true;
        for (guint k = lattice->starts[line]; k < lattice->starts[line + 1]; k++) {
            const LatticePiece *piece = lattice_piece(lattice, k);
            begins_figure |= k == lattice->starts[line] && is_figure(piece);
            n_figures += is_figure(piece);
            is_all_prose &= piece->width >= PROSE_WIDTH_MIN;
            has_label |= piece->is_label || piece->is_pair;
            is_total |= piece->is_label && (piece->kinds & BIT(TOTAL));
        }
        has_figures |= n_figures > 0;
        if (is_below && line == band->first && above->is_goals && !has_label && is_all_prose)
            return true;
        if ((is_below && is_total && n_figures > 1 && band->rows->len == 1) ||
            (is_below && n_figures > PAIR_FIGURES_MAX) ||
            (n_figures > ROW_FIGURES_MAX && begins_figure))
            return true;
    }
    return has_figures && lattice_may_be_rows(lattice, band, above);
}

/* Whether labels are in doubt where lines do not stand evenly, so that their places say less. */
static bool is_uneven(const LatticeBand *band)
{
    bool has_hole = false, is_unsure = false;
    for (guint k = 0; k < band->labels->len; k++) {
        const LatticeLabel *label = &g_array_index(band->labels, LatticeLabel, k);
        has_hole |= label->has_hole;
        is_unsure |= label->is_unsure;
    }
    return has_hole && is_unsure;
}

static bool is_sound(const Lattice *lattice, const LatticeBand *band, const LatticeBand *above)
{
    if (band->is_text)
        return true;
    bool is_headless = band->head_end == band->first && band->n_columns > PAIR_COLUMNS_MAX;
    return !is_headless && !is_torn(lattice, band) && !is_uneven(band) &&
           !has_lost_rows(lattice, band, above) &&
           band->cost <=
               COST_ROW_MAX * (float)band->rows->len + COST_SPANNING * (float)band->n_spanning;
}

/* How cells stand in their rows: at the top, or in the middle, where that is half a line above or below it. */
static const struct {
    bool is_top;
    float odd;
} WAYS[] = {{false, -0.5F}, {false, 0.5F}, {true, 0}, {false, 0}};

/* Returns: false when there is none. */
static bool find_lattice(Lattice *lattice, bool *is_whole)
{
    guint best = 0;
    float least = G_MAXFLOAT;
    lattice_find_bands(lattice);
    for (guint k = 0; k < lattice->bands->len; k++) {
        const LatticeBand *band = lattice->bands->pdata[k];
        if (band->end - band->first > BAND_LINES_MAX)
            return false;
    }
    /* On a page half a line is as good a place as any. */
    bool in_points = lattice->runs->in_points;
    for (guint k = in_points ? 2 : 0; k < (in_points ? 4 : 3); k++) {
        float cost = settle(lattice, WAYS[k].is_top, WAYS[k].odd);
        best = cost < least ? k : best;
        least = MIN(cost, least);
    }
    settle(lattice, WAYS[best].is_top, WAYS[best].odd);
    *is_whole = true;
    for (guint k = 0; k < lattice->bands->len; k++) {
        LatticeBand *band = lattice->bands->pdata[k];
        band->is_sound = is_sound(lattice, band, k ? lattice->bands->pdata[k - 1] : NULL);
        *is_whole &= band->is_sound;
    }
    return true;
}

bool lattice_rebuild(Runs *runs, bool is_strict, Arranged *arranged)
{
    bool is_whole;
    Lattice lattice = {.runs = runs, .n_lines = runs->lines->len};
    if (!lattice.n_lines || lattice.n_lines > LINES_MAX)
        return false;
    g_autoptr(GArray) pieces = lattice.pieces = g_array_new(FALSE, FALSE, sizeof(LatticePiece));
    g_autofree guint *starts = lattice.starts = g_new(guint, lattice.n_lines + 1);
    g_autoptr(GPtrArray) bands = lattice.bands = g_ptr_array_new_with_free_func(lattice_band_free);
    lattice_find_scale(&lattice);
    lattice_add_pieces(&lattice);
    if (!find_lattice(&lattice, &is_whole) || (is_strict && !is_whole))
        return false;
    RunTables tables = {.runs = runs, .arranged = arranged};
    for (guint k = 0; k < bands->len; k++)
        lattice_write_band(&lattice, k, &tables);
    return true;
}
