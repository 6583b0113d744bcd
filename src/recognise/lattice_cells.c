/*
 * lattice_cells.c - the rows of a band → cells of a table, and which of them are in doubt.
 */
#include "recognise/lattice_lines.h"

#include "recognise/runs_table.h"

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

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

/* Whether the first text of a band is a known label, whole, and not that of the funds. */
static bool begins_with_label(const Lattice *lattice, const LatticeBand *band)
{
    const LatticeRow *row = &g_array_index(band->rows, LatticeRow, 0);
    const LatticePiece *first = lattice_piece(lattice, lattice->starts[band->first]);
    const LatticeLabel *label =
        first->column < band->n_spanning ? label_at(band, first->column, 0) : NULL;
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    ZpLabelMatch match;
    take_column(lattice, band, label ? label->first : row->first, label ? label->end : row->end,
                first->column, words);
    return first->is_pair || (first->is_label && first->kinds != BIT(FUNDS_BLOCK)) ||
           (words_match(lattice->runs, words, &match) && match.entry->kinds != BIT(FUNDS_BLOCK));
}

/* Whether a label in front of values is one character: the rest of it stands in another row. */
static bool has_scrap(const Lattice *lattice, const LatticeBand *band)
{
    for (guint line = band->first; line < band->end && band->head_end == band->first; line++) {
        const LatticePiece *piece = band->n_spanning < band->n_columns
                                        ? lattice_at(lattice, band, line, band->n_spanning)
                                        : NULL;
        if (piece && piece->is_character)
            return true;
    }
    return false;
}

/* Whether a band without a header, somewhere below a block with one, begins with no label that is known: may be rows. */
static bool is_unknown_below(const Lattice *lattice, guint k)
{
    const LatticeBand *band = lattice->bands->pdata[k];
    if (band->head_end > band->first || begins_with_label(lattice, band))
        return false;
    while (k-- > 0) {
        const LatticeBand *above = lattice->bands->pdata[k];
        if (above->is_text || above->head_end > above->first)
            return !above->is_text && !above->is_funds && !above->is_goals;
    }
    return false;
}

void lattice_write_band(const Lattice *lattice, guint k, RunTables *tables)
{
    const LatticeBand *band = lattice->bands->pdata[k];
    const LatticeBand *above = k ? lattice->bands->pdata[k - 1] : NULL;
    if (band->is_text) {
        run_tables_line(tables, band->first);
        return;
    }
    lattice_doubt_rows(lattice, band);
    if (!band->is_sound || is_unknown_below(lattice, k) || has_scrap(lattice, band))
        doubt_band(lattice, band);
    if (lattice_may_be_rows(lattice, band, above) && !above->is_funds && !above->is_goals)
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
