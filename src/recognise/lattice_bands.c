/*
 * lattice_bands.c - lines whose texts stand in the same columns.
 *
 *     项目名称    某项目          主管部门    某局           a band of four columns
 *              一级指标   二级指标   三级指标   指标值        the next one, by its heads
 *     绩效指标  产出指标   数量指标   培训人数   ≥30人
 *                    合计                       100       a text over two columns: another one
 *
 * Texts of a column stand over each other, and none over a text of the next column.
 */
#include "recognise/lattice_lines.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

static const guint64 FUND_HEADS = BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED);
static const guint64 GOAL_HEADS = BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL);
static const guint64 PART_HEADS =
    BIT(COMPARATOR) | BIT(TARGET_VALUE) | BIT(TARGET_UNIT) | BIT(TARGET);
static const guint64 NO_HEADS = BIT(LEVEL1) | BIT(LEVEL2) | BIT(FUND_ROW) | BIT(PROJECT) |
                                BIT(UNIT) | BIT(DEPARTMENT) | BIT(TOTAL);
static const guint64 BLOCKS = BIT(FUNDS_BLOCK) | BIT(GOALS_BLOCK) | BIT(INDICATORS_BLOCK);
static const guint64 BELOW = BIT(EXTRA) | BIT(FOOT) | BIT(PROJECT) | BIT(UNIT) | BIT(DEPARTMENT);

const char *lattice_text(const Lattice *lattice, const LatticePiece *piece, gsize *length)
{
    const Word *first = runs_word(lattice->runs, piece->first);
    const Word *last = first + piece->count - 1;
    *length = (gsize)(last->text + last->length - first->text);
    return first->text;
}
static bool match(const Lattice *lattice, const LatticePiece *piece, ZpLabelMatch *label)
{
    gsize length;
    const char *text = lattice_text(lattice, piece, &length);
    return !piece->is_character &&
           (zp_labels_match(lattice->runs->labels, text, length, label) ||
            (piece->is_label && zp_labels_compose(lattice->runs->labels, text, length, label)));
}

/* A line of text between the tables, or over all of their columns. */
static bool is_text_line(const Lattice *lattice, guint line)
{
    const WordLine *at = runs_line(lattice->runs, line);
    ZpLabelMatch label;
    if (n_pieces(lattice, line) != 1)
        return false;
    if (at->is_title || at->is_furniture || at->is_year)
        return true;
    if (match(lattice, line_piece(lattice, line, 0), &label) && label.value_offset &&
        zp_label_has(&label, BIT(CURRENCY) | BIT(YEAR)))
        return true;
    return has_gap(lattice, line) && has_gap(lattice, line + 1);
}

/* A block's label over all of its columns. */
static bool is_caption(const Lattice *lattice, guint line)
{
    ZpLabelMatch label;
    return n_pieces(lattice, line) == 1 && line + 1 < lattice->n_lines &&
           match(lattice, line_piece(lattice, line, 0), &label) && zp_label_has(&label, BLOCKS) &&
           lattice_begins_header(lattice, line + 1);
}

static bool is_total(const Lattice *lattice, guint line)
{
    ZpLabelMatch label;
    return n_pieces(lattice, line) && match(lattice, line_piece(lattice, line, 0), &label) &&
           zp_label_has(&label, BIT(TOTAL));
}

static bool has_over(const Lattice *lattice, guint line, const LatticePiece *piece)
{
    for (guint k = 0; k < n_pieces(lattice, line); k++) {
        const LatticePiece *other = line_piece(lattice, line, k);
        if (overlaps(piece->x0, piece->x1, other->x0, other->x1))
            return true;
    }
    return false;
}

/* Whether a text may be the rest of one in the line above; on a page lines of other texts may stand between. */
static bool ends_above(const Lattice *lattice, guint line, const LatticePiece *piece)
{
    const LatticePiece *above = lattice_above(lattice, piece);
    if (lattice->runs->in_points)
        return above && !is_figure(above) &&
               (!above->is_label || lattice_are_label(lattice, above, piece));
    for (guint k = 0; k < n_pieces(lattice, line); k++) {
        const LatticePiece *other = line_piece(lattice, line, k);
        bool is_over = overlaps(piece->x0, piece->x1, other->x0, other->x1);
        if (is_over && !is_figure(other) &&
            (!other->is_label || lattice_are_label(lattice, other, piece)))
            return true;
    }
    return false;
}

/* Whether all texts of a line on a page have their next line below. */
static bool goes_on_below(const Lattice *lattice, guint line)
{
    for (guint k = 0; k < n_pieces(lattice, line); k++) {
        const LatticePiece *piece = line_piece(lattice, line, k);
        bool is_one = false;
        for (guint i = lattice->starts[line + 1];
             !piece->is_label && i < lattice->starts[MIN(line + 4, lattice->n_lines)]; i++)
            is_one |= lattice_is_next(piece, lattice_piece(lattice, i));
        if (!is_one)
            return false;
    }
    return true;
}

/* Whether all texts of a line go on below and begin there: it is the first one of the next row. */
static bool belongs_below(const Lattice *lattice, const LatticeBand *band, guint line, guint end)
{
    guint least = band->first;
    bool is_headless = band->head_end == band->first;
    for (guint k = 0; k < n_pieces(lattice, line); k++) {
        const LatticePiece *piece = line_piece(lattice, line, k);
        bool has_below = false;
        if (is_figure(piece) || lattice_is_row_label(piece))
            return false;
        for (guint i = line + 1; i <= end + 1 && i < lattice->n_lines && !has_below; i++)
            has_below = has_over(lattice, i, piece);
        /* Two lines of a value stand over and under the one line of the label beside them. */
        bool is_over = is_headless && line > least + 1 && !has_over(lattice, line - 1, piece);
        guint above = is_over ? line - 2 : line - 1;
        if (!has_below || (line > least && ends_above(lattice, above, piece)))
            return false;
    }
    return true;
}

/* The label of an amount, beside it; its unit may go on below. */
static bool is_amount_label(const Lattice *lattice, const LatticePiece *piece)
{
    gsize length;
    ZpLabelMatch label;
    const char *text = lattice_text(lattice, piece, &length);
    if (piece->is_character || is_figure(piece) || (piece->kinds & NO_HEADS))
        return false;
    for (gsize k = 3; k < length; k++) {
        if (text[k] == '(' || g_str_has_prefix(text + k, "（"))
            length = k;
    }
    return (piece->kinds & FUND_HEADS) ||
           (zp_labels_match(lattice->runs->labels, text, length, &label) &&
            zp_label_has(&label, FUND_HEADS) && !label.value_offset);
}

/* A label of the form's head or foot at the left, in a band with a header; so is that of an amount. */
static bool begins_below(const Lattice *lattice, const LatticeBand *band, guint line)
{
    ZpLabelMatch label;
    const LatticePiece *first = line_piece(lattice, line, 0);
    if (band->head_end == band->first || line <= band->head_end)
        return false;
    if (!band->is_funds && is_amount_label(lattice, first))
        return true;
    return match(lattice, first, &label) && zp_label_has(&label, BELOW) &&
           !zp_label_has(&label, NO_HEADS & ~BELOW);
}

/* Whether a line on a page surely goes on with the rows above it. */
static bool is_inside(const Lattice *lattice, const LatticeBand *band, guint line)
{
    bool goes_on = lattice_is_between(lattice, line);
    for (guint k = 0; lattice->is_padded && k < n_pieces(lattice, line) && !goes_on; k++) {
        const LatticePiece *above = lattice_above(lattice, line_piece(lattice, line, k));
        goes_on = above && above->line >= band->first;
    }
    return goes_on;
}

/* The columns of a header from below: then a head over several others takes the place of none.  Returns its end. */
static guint fit_header(const Lattice *lattice, LatticeBand *band)
{
    for (guint line = MIN(band->head_end, band->end ? band->end : band->head_end);
         line-- > band->first;)
        lattice_fit_line(lattice, band, line);
    return band->head_end;
}

static guint band_end(Lattice *lattice, LatticeBand *band)
{
    guint line = band->first;
    if (is_text_line(lattice, line) || is_caption(lattice, line))
        return line + 1;
    bool is_new = false;
    if (lattice->runs->in_points)
        line = fit_header(lattice, band);
    for (; line < lattice->n_lines && !is_new; line++) {
        is_new = line > band->first && !is_inside(lattice, band, line) &&
                 (has_gap(lattice, line) || is_text_line(lattice, line) ||
                  (is_total(lattice, line) && !band->is_funds) || is_caption(lattice, line) ||
                  begins_below(lattice, band, line) ||
                  (line >= band->head_end && lattice_header_end(lattice, line) > line));
        if (!is_new && line >= band->head_end && band->head_end > band->first)
            lattice_split_line(lattice, band, line);
        if (is_new || !lattice_fit_line(lattice, band, line))
            break;
    }
    /* A row is not parted. */
    while (line < lattice->n_lines && line > band->first + 1 && lattice_is_between(lattice, line))
        line--;
    guint end = line;
    while (end < lattice->n_lines && !has_gap(lattice, end) && !is_text_line(lattice, end) &&
           line > band->first + 1 && line > band->head_end + 1 &&
           (!lattice->runs->in_points || lattice_is_between(lattice, line) ||
            goes_on_below(lattice, line - 1)) &&
           belongs_below(lattice, band, line - 1, end))
        line--;
    return MAX(line, band->first + 1);
}

/* The total row of the indicators: its figures stand in their columns. */
static void take_total(const Lattice *lattice, LatticeBand *band)
{
    if (band->is_funds || band->head_end == band->first || band->end >= lattice->n_lines ||
        has_gap(lattice, band->end) || !is_total(lattice, band->end))
        return;
    guint least = 0;
    for (guint k = 1; k < n_pieces(lattice, band->end); k++) {
        LatticePiece *piece = line_piece(lattice, band->end, k);
        guint n = lattice_find_columns(band, piece->x0, piece->x1, &piece->column);
        if (n != 1 || piece->column < least)
            return;
        least = piece->column + 1;
    }
    band->total = band->end;
    band->end++;
}

/* What stands left of the rows' names may reach over several of them. */
static void set_levels(LatticeBand *band, guint column)
{
    band->knows_levels = true;
    band->n_levels = column;
}

/* Which piece stands where. */
static void fill_grid(const Lattice *lattice, LatticeBand *band)
{
    band->grid = g_new0(guint, (gsize)(band->end - band->first + 1) * MAX(band->n_columns, 1));
    for (guint line = band->first; line < band->end; line++) {
        for (guint k = 0; k < n_pieces(lattice, line); k++) {
            LatticePiece *piece = line_piece(lattice, line, k);
            guint n = lattice_find_columns(band, piece->x0, piece->x1, &piece->column);
            piece->n_columns = MAX(n, 1);
            LatticeColumn *column = &band->columns[piece->column];
            column->room = n > 1 ? column->room : MAX(column->room, piece->width);
            if (line < band->head_end) {
                column->has_head = true;
                if (!piece->is_character && (piece->kinds & BIT(LEVEL3_HEAD)))
                    set_levels(band, piece->column);
            } else {
                column->n_pieces++;
                column->has_pair |= piece->is_pair;
                column->n_figures += is_figure(piece);
                if (band->is_funds && piece->is_label && (piece->kinds & BIT(FUND_ROW)))
                    set_levels(band, piece->column);
            }
            band->grid[(line - band->first) * band->n_columns + piece->column] =
                lattice->starts[line] + k + 1;
        }
    }
}

/* The first text of a column's head from a line on. */
static const LatticePiece *head_from(const Lattice *lattice, const LatticeBand *band, guint line,
                                     guint column)
{
    const LatticePiece *piece = NULL;
    for (; line < band->head_end && column < band->n_columns && !piece; line++)
        piece = lattice_at(lattice, band, line, column);
    return piece;
}

/* Whether a column's head is the lower one of two: on a page as low as it, in text by what it is. */
static bool is_lower_head(const Lattice *lattice, const LatticeBand *band, guint column,
                          const LatticePiece *lower)
{
    const LatticePiece *piece = head_from(lattice, band, band->first, column);
    if (!piece || !lattice->runs->in_points)
        return piece && piece->line == lower->line && (piece->kinds & PART_HEADS);
    float middle = (lattice_y(lattice, band->first) + lattice_y(lattice, band->head_end - 1)) / 2;
    return piece->y > middle + lattice->slack;
}

/*
 *     三级指标            年度指标值                  a head over three others, as wide as the one in the middle
 *                指标性质    指标值    单位
 */
static void widen_over(const Lattice *lattice, LatticeBand *band, guint line, guint column)
{
    LatticePiece *over = lattice_at(lattice, band, line, column);
    const LatticePiece *below = head_from(lattice, band, line + 1, column);
    guint first = column, end = column + 1;
    if (!over || !below || over->n_columns > 1 || !(below->kinds & PART_HEADS) ||
        (!over->is_label && !is_lower_head(lattice, band, end, below)))
        return;
    while (first && is_lower_head(lattice, band, first - 1, below))
        first--;
    while (is_lower_head(lattice, band, end, below))
        end++;
    if (end - first < 2)
        return;
    guint *row = &band->grid[(line - band->first) * band->n_columns];
    guint kept = row[column];
    row[column] = 0;
    row[first] = kept;
    over->column = first;
    over->n_columns = end - first;
}

static void widen_overs(const Lattice *lattice, LatticeBand *band)
{
    for (guint line = band->first; line + 1 < band->head_end; line++) {
        for (guint c = 0; c < band->n_columns; c++)
            widen_over(lattice, band, line, c);
    }
}

/* A line on a page below a table with a header that does not take it, and is no label. */
static bool is_line_apart(const Lattice *lattice, const LatticeBand *band)
{
    const LatticeBand *above =
        lattice->bands->len ? lattice->bands->pdata[lattice->bands->len - 1] : NULL;
    return lattice->runs->in_points && above && above->head_end > above->first &&
           band->end == band->first + 1 && n_pieces(lattice, band->first) == 1 &&
           !line_piece(lattice, band->first, 0)->is_label;
}

static LatticeBand *find_band(Lattice *lattice, guint first)
{
    LatticeBand *band = g_new0(LatticeBand, 1);
    band->first = first;
    band->head_end = lattice_header_end(lattice, first);
    for (guint line = first; line < band->head_end; line++)
        band->is_funds |= lattice_n_heads(lattice, line, FUND_HEADS) > 1;
    for (guint line = first; line < band->head_end; line++)
        band->is_goals |= !band->is_funds && lattice_n_heads(lattice, line, GOAL_HEADS) > 1;
    band->end = band_end(lattice, band);
    band->head_end = MIN(band->head_end, band->end);
    band->is_text = is_text_line(lattice, first) || is_line_apart(lattice, band);
    band->n_columns = 0;
    for (guint line = lattice->runs->in_points ? fit_header(lattice, band) : first;
         line < band->end; line++)
        lattice_fit_line(lattice, band, line);
    fill_grid(lattice, band);
    widen_overs(lattice, band);
    take_total(lattice, band);
    return band;
}

void lattice_band_free(gpointer data)
{
    LatticeBand *band = data;
    g_free(band->grid);
    g_clear_pointer(&band->rows, g_array_unref);
    g_clear_pointer(&band->labels, g_array_unref);
    g_free(band);
}

bool lattice_find_bands(Lattice *lattice)
{
    for (guint line = 0; line < lattice->n_lines;) {
        LatticeBand *band = find_band(lattice, line);
        g_ptr_array_add(lattice->bands, band);
        line = band->end;
    }
    return true;
}
