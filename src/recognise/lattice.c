/*
 * lattice.c - columns of spaces → tables, by the places of their texts alone.
 */
#include "recognise/lattice_lines.h"

#include "recognise/runs_table.h"

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

/* Words of a run that may be labels of several cells. */
#define SPLIT_WORDS_MAX 8
/* Columns without a header that are no labels with values. */
#define PAIR_COLUMNS_MAX 8

static bool is_label(const Lattice *lattice, const LatticePiece *piece, ZpLabelMatch *label)
{
    gsize length;
    const char *text = lattice_text(lattice, piece, &length);
    return zp_labels_match(lattice->runs->labels, text, length, label) ||
           (!lattice_is_prose(text, length) &&
            zp_labels_compose(lattice->runs->labels, text, length, label));
}

static bool is_placeholder(const Lattice *lattice, const LatticePiece *piece)
{
    gsize length;
    g_autoptr(GString) folded = g_string_new(NULL);
    const char *text = lattice_text(lattice, piece, &length);
    zp_text_append_folded(folded, text, length);
    return zp_labels_is_placeholder(lattice->runs->labels, folded->str, folded->len);
}

/* The kinds of labels that a piece is, or is a part of. */
static guint64 kinds_of(const Lattice *lattice, const LatticePiece *piece)
{
    gsize length;
    ZpLabelMatch label;
    const char *text = lattice_text(lattice, piece, &length);
    if (is_label(lattice, piece, &label))
        return label.value_offset ? 0 : label.entry->kinds;
    return label_parts(lattice->runs->labels, text, length);
}

/* Han characters of a label in front of a colon. */
#define PAIR_LABEL_MIN 3
#define PAIR_LABEL_MAX 12

/* A label that nobody knows with its value behind a colon: 评价时段:2023年1月1日; 目标1：… is none, nor 其中：…. */
static bool looks_like_pair(const Lattice *lattice, const LatticePiece *piece)
{
    gsize length;
    const char *text = lattice_text(lattice, piece, &length);
    guint n = 0;
    for (const char *p = text; p < text + length; p = g_utf8_next_char(p), n++) {
        gunichar c = g_utf8_get_char(p);
        if (c == ':' || c == 0xFF1A)
            return n >= PAIR_LABEL_MIN && n <= PAIR_LABEL_MAX &&
                   g_utf8_next_char(p) < text + length;
        if (!zp_char_is_cjk(c) || c == 0xFF0C || c == 0x3002)
            return false;
    }
    return false;
}

static LatticePiece make_piece(const Lattice *lattice, guint line, guint first, guint count)
{
    const Word *word = runs_word(lattice->runs, first);
    ZpLabelMatch label;
    LatticePiece piece = {
        .first = first, .count = count, .line = line, .x0 = word->x0, .x1 = word[count - 1].x1};
    for (const char *p = word->text; p < word[count - 1].text + word[count - 1].length;
         p = g_utf8_next_char(p))
        piece.width += g_unichar_iswide(g_utf8_get_char(p)) ? 1 : 0.5F;
    piece.kinds = kinds_of(lattice, &piece);
    piece.is_character =
        count == 1 && piece.width <= 1 && zp_char_is_cjk(g_utf8_get_char(word->text));
    piece.is_placeholder = is_placeholder(lattice, &piece);
    bool is_one = !piece.is_character && is_label(lattice, &piece, &label);
    piece.is_pair = is_one ? label.value_offset : looks_like_pair(lattice, &piece);
    piece.is_label = is_one && piece.kinds;
    return piece;
}

LatticePiece lattice_cut_piece(const Lattice *lattice, const LatticePiece *piece, guint first,
                               guint count)
{
    return make_piece(lattice, piece->line, piece->first + first, count);
}

/* Words of a run that make one text: all of them, unless it is labels that only a space parts. */
static guint count_words(const Lattice *lattice, guint line, guint first, guint most)
{
    LatticePiece whole = make_piece(lattice, line, first, most);
    for (guint n = 1; n < most && !whole.is_label; n++) {
        LatticePiece left = make_piece(lattice, line, first, n);
        LatticePiece right = make_piece(lattice, line, first + n, most - n);
        if (left.is_label && right.is_label)
            return n;
    }
    return most;
}

static void add_pieces(Lattice *lattice)
{
    const Runs *runs = lattice->runs;
    for (guint i = 0; i < lattice->n_lines; i++) {
        const WordLine *line = runs_line(runs, i);
        lattice->starts[i] = lattice->pieces->len;
        for (guint k = 0; k < line->count;) {
            const Word *first = runs_word(runs, line->first + k);
            guint n = 1;
            while (k + n < line->count && first[n].run == first->run)
                n++;
            if (n > 1 && n <= SPLIT_WORDS_MAX)
                n = count_words(lattice, i, line->first + k, n);
            LatticePiece piece = make_piece(lattice, i, line->first + k, n);
            g_array_append_val(lattice->pieces, piece);
            k += n;
        }
    }
    lattice->starts[lattice->n_lines] = lattice->pieces->len;
}

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
static bool may_be_rows(const Lattice *lattice, const LatticeBand *band, const LatticeBand *above)
{
    if (band->is_text || band->head_end > band->first || !above ||
        above->head_end == above->first ||
        lattice_y(lattice, band->first) - lattice_y(lattice, band->first - 1) > LATTICE_BLANK_GAP)
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
        lattice_y(lattice, band->first) - lattice_y(lattice, band->first - 1) <= LATTICE_BLANK_GAP;
    bool has_figures = false;
    for (guint line = band->first; line < band->end; line++) {
        guint n_figures = 0;
        bool is_total = false, has_label = false, begins_figure = false, is_all_prose = true;
        for (guint k = lattice->starts[line]; k < lattice->starts[line + 1]; k++) {
            const LatticePiece *piece = lattice_piece(lattice, k);
            gsize length;
            const char *text = lattice_text(lattice, piece, &length);
            begins_figure |=
                k == lattice->starts[line] && shape_is_figure(words_shape(text, length));
            n_figures += shape_is_figure(words_shape(text, length));
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
    return has_figures && may_be_rows(lattice, band, above);
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

/* ---- cells */

static void take_piece(const Lattice *lattice, const LatticePiece *piece, GPtrArray *words)
{
    for (guint k = 0; piece && k < piece->count; k++)
        g_ptr_array_add(words, runs_word(lattice->runs, piece->first + k));
}

static void take_column(const Lattice *lattice, const LatticeBand *band, guint first, guint end,
                        guint column, GPtrArray *words)
{
    g_ptr_array_set_size(words, 0);
    for (guint line = first; line < end; line++)
        take_piece(lattice, lattice_at(lattice, band, line, column), words);
}

static const LatticeLabel *label_at(const LatticeBand *band, guint column, guint row)
{
    for (guint k = 0; k < band->labels->len; k++) {
        const LatticeLabel *label = &g_array_index(band->labels, LatticeLabel, k);
        if (label->column == column && label->first_row == row)
            return label;
    }
    return NULL;
}

/* The label of the total row stands over the columns left of its figures. */
static void write_total(const Lattice *lattice, const LatticeBand *band, RunTables *tables)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    guint first = lattice->starts[band->total], end = lattice->starts[band->total + 1];
    for (guint k = first; k < end; k++) {
        const LatticePiece *piece = lattice_piece(lattice, k);
        guint next = k == first && k + 1 < end ? piece[1].column : band->n_columns;
        g_ptr_array_set_size(words, 0);
        take_piece(lattice, piece, words);
        guint column = k == first ? 0 : piece->column;
        while (k == first && column + 1 < next && label_at(band, column, 0) &&
               label_at(band, column, 0)->n_rows == band->rows->len)
            column++;
        run_tables_cell(tables, column, k == first ? MAX(next - column, 1) : 1, 1, words, NULL);
    }
}

/* The lines of a header above the heads that one head stands over. */
static guint over_end(const Lattice *lattice, const LatticeBand *band, const LatticeRow *row)
{
    for (guint k = lattice->starts[row->first]; k < lattice->starts[row->end]; k++) {
        const LatticePiece *piece = lattice_piece(lattice, k);
        if (row->end <= band->head_end && piece->n_columns > 1)
            return piece->line + 1;
    }
    return row->first;
}

static void write_over(const Lattice *lattice, const LatticeBand *band, guint r, guint over,
                       RunTables *tables)
{
    const LatticeRow *row = &g_array_index(band->rows, LatticeRow, r);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    guint64 below = 0;
    run_tables_row(tables);
    for (guint c = 0; c < band->n_columns; c++) {
        const LatticePiece *piece = NULL;
        for (guint line = row->first; line < over && !piece; line++)
            piece = lattice_at(lattice, band, line, c);
        g_ptr_array_set_size(words, 0);
        if (piece && piece->n_columns > 1) {
            take_piece(lattice, piece, words);
            run_tables_cell(tables, c, piece->n_columns, 1, words, NULL);
            for (guint k = 0; k < piece->n_columns; k++)
                below |= G_GUINT64_CONSTANT(1) << (c + k);
            c += piece->n_columns - 1;
            continue;
        }
        take_column(lattice, band, row->first, row->end, c, words);
        const LatticeLabel *label = c < band->n_spanning ? label_at(band, c, r) : NULL;
        if (label)
            take_column(lattice, band, label->first, label->end, c, words);
        run_tables_cell(tables, c, 1, label ? label->n_rows + 1 : 2, words, NULL);
    }
    run_tables_row(tables);
    for (guint c = 0; c < band->n_columns; c++) {
        take_column(lattice, band, over, row->end, c, words);
        if (below >> c & 1)
            run_tables_cell(tables, c, 1, 1, words, NULL);
    }
}

static void write_row(const Lattice *lattice, const LatticeBand *band, guint r, RunTables *tables)
{
    const LatticeRow *row = &g_array_index(band->rows, LatticeRow, r);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    guint over = over_end(lattice, band, row);
    if (over > row->first) {
        write_over(lattice, band, r, over, tables);
        return;
    }
    run_tables_row(tables);
    if (band->total && row->first == band->total) {
        write_total(lattice, band, tables);
        return;
    }
    for (guint c = 0; c < band->n_columns; c++) {
        const LatticeLabel *label = c < band->n_spanning ? label_at(band, c, r) : NULL;
        if (c < band->n_spanning && !label)
            continue;
        take_column(lattice, band, label ? label->first : row->first, label ? label->end : row->end,
                    c, words);
        for (guint k = 0; label && label->is_unsure && k < words->len; k++)
            ((Word *)words->pdata[k])->is_unsure = true;
        run_tables_cell(tables, c, 1, label ? label->n_rows : 1, words, NULL);
    }
}

/* A total row behind a blank line is a table of its own: its figures stand in no column above. */
static bool is_total_apart(const Lattice *lattice, const LatticeBand *band)
{
    const LatticePiece *first = lattice_piece(lattice, lattice->starts[band->first]);
    return has_gap(lattice, band->first) && band->end == band->first + 1 && first->is_label &&
           (first->kinds & BIT(TOTAL));
}

/* Where a band ends and the next one begins may be wrong: nothing of it is sure. */
static void doubt_band(const Lattice *lattice, const LatticeBand *band)
{
    const LatticePiece *first = lattice_piece(lattice, lattice->starts[band->first]);
    const LatticePiece *end = lattice_piece(lattice, lattice->starts[band->end] - 1);
    for (guint k = first->first; k < end->first + end->count; k++)
        runs_word(lattice->runs, k)->is_unsure = true;
}

/* Whether a band without a header, somewhere below a block with one, begins with no label that is known: may be rows. */
static bool is_unknown_below(const Lattice *lattice, guint k)
{
    const LatticeBand *band = lattice->bands->pdata[k];
    const LatticePiece *first = lattice_piece(lattice, lattice->starts[band->first]);
    if (band->head_end > band->first || first->is_label || first->is_pair)
        return false;
    while (k-- > 0) {
        const LatticeBand *above = lattice->bands->pdata[k];
        if (above->is_text || above->head_end > above->first)
            return !above->is_text && !above->is_funds && !above->is_goals;
    }
    return false;
}

static void write_band(const Lattice *lattice, guint k, RunTables *tables)
{
    const LatticeBand *band = lattice->bands->pdata[k];
    const LatticeBand *above = k ? lattice->bands->pdata[k - 1] : NULL;
    if (band->is_text) {
        run_tables_line(tables, band->first);
        return;
    }
    lattice_doubt_rows(lattice, band);
    if (!band->is_sound || is_unknown_below(lattice, k))
        doubt_band(lattice, band);
    if (may_be_rows(lattice, band, above) && !above->is_funds && !above->is_goals)
        doubt_band(lattice, band);
    bool is_apart = is_total_apart(lattice, band);
    if (is_apart)
        tables->table = NULL;
    for (guint r = 0; r < band->rows->len; r++)
        write_row(lattice, band, r, tables);
    if (is_apart) {
        tables->table->is_rebuilt = false;
        tables->table = NULL;
    }
}

/* How cells stand in their rows: at the top, or in the middle, where that is half a line above or below it. */
static const struct {
    bool is_top;
    float odd;
} WAYS[] = {{false, -0.5F}, {false, 0.5F}, {true, 0}};

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
    for (guint k = 0; k < G_N_ELEMENTS(WAYS); k++) {
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
    if (runs->in_points || !lattice.n_lines || lattice.n_lines > LINES_MAX)
        return false;
    g_autoptr(GArray) pieces = lattice.pieces = g_array_new(FALSE, FALSE, sizeof(LatticePiece));
    g_autofree guint *starts = lattice.starts = g_new(guint, lattice.n_lines + 1);
    g_autoptr(GPtrArray) bands = lattice.bands = g_ptr_array_new_with_free_func(lattice_band_free);
    add_pieces(&lattice);
    if (!find_lattice(&lattice, &is_whole) || (is_strict && !is_whole))
        return false;
    RunTables tables = {.runs = runs, .arranged = arranged};
    for (guint k = 0; k < bands->len; k++)
        write_band(&lattice, k, &tables);
    return true;
}
