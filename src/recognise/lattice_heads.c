/*
 * lattice_heads.c - which lines are the header of a block.
 *
 *               年初        全年                       two lines of one header: pieces of heads
 *              预算数      预算数     分值   得分
 */
#include "recognise/lattice_lines.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* Lines of a head above the one in which most heads stand. */
#define HEAD_LINES_ABOVE 2

/* A piece of a head is no wider, in em. */
#define HEAD_WIDTH_MAX 8
/* No head of a line is wider: what is, is text. */
#define HEAD_TEXT_MAX 16

/* The heads of each block; two of one begin a header. */
static const guint64 HEADS[] = {
    BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED) | BIT(RATE) | BIT(SCORE) | BIT(WEIGHT),
    BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL),
    BIT(LEVEL1_HEAD) | BIT(LEVEL2_HEAD) | BIT(LEVEL3_HEAD) | BIT(TARGET) | BIT(COMPARATOR) |
        BIT(TARGET_VALUE) | BIT(TARGET_UNIT) | BIT(ACTUAL) | BIT(WEIGHT) | BIT(SCORE) |
        BIT(REASON) | BIT(LEVEL1_WEIGHT) | BIT(LEVEL2_WEIGHT) | BIT(OTHER_COLUMN),
};
static const guint64 NO_HEADS = BIT(LEVEL1) | BIT(LEVEL2) | BIT(FUND_ROW) | BIT(PROJECT) |
                                BIT(UNIT) | BIT(DEPARTMENT) | BIT(TOTAL);

/* Heads right of a block's own label. */
static const guint64 LEFT_HEADS =
    BIT(LEVEL1_HEAD) | BIT(LEVEL2_HEAD) | BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL);

/* All heads of all blocks. */
static guint64 all_heads(void)
{
    guint64 all = 0;
    for (guint i = 0; i < G_N_ELEMENTS(HEADS); i++)
        all |= HEADS[i];
    return all;
}

/* A sentence is no label, whatever it is made of. */
bool lattice_is_prose(const char *text, gsize length)
{
    return g_strstr_len(text, (gssize)length, "，") || g_strstr_len(text, (gssize)length, "。") ||
           g_strstr_len(text, (gssize)length, "；");
}

/* A label that stands beside a row, or in the form's head: no column's. */
bool lattice_is_row_label(const LatticePiece *piece)
{
    return piece->is_label && (piece->kinds & NO_HEADS) && !(piece->kinds & all_heads());
}

/* The lines that stand on a page beside the one from which they begin: they are of one row.  Of text, that line. */
static guint row_end(const Lattice *lattice, guint line)
{
    float y = lattice_y(lattice, line);
    for (line++;
         lattice_is_between(lattice, line) && lattice_y(lattice, line) - y < 1 - LATTICE_SAME;)
        line++;
    return line;
}

/* Whether a line looks like one of a header: at least half of its texts are heads, or pieces of such. */
guint lattice_n_heads(const Lattice *lattice, guint line, guint64 heads)
{
    guint n = 0;
    for (guint k = lattice->starts[line]; k < lattice->starts[row_end(lattice, line)]; k++) {
        const LatticePiece *piece = lattice_piece(lattice, k);
        bool is_short = piece->width <= HEAD_WIDTH_MAX && !piece->is_character;
        n += (piece->kinds & heads) && (piece->is_label || is_short) && !is_figure(piece);
    }
    return n;
}

bool lattice_begins_header(const Lattice *lattice, guint line)
{
    guint n_upright = 0, first = lattice->starts[line];
    guint n_all = lattice->starts[row_end(lattice, line)] - first;
    for (guint k = 0; k < n_all; k++) {
        const LatticePiece *piece = lattice_piece(lattice, first + k);
        if (is_figure(piece) || (k && lattice_is_row_label(piece)))
            return false;
        n_upright += piece->is_character;
    }
    bool has_row_label =
        n_pieces(lattice, line) && lattice_is_row_label(line_piece(lattice, line, 0));
    for (guint i = 0; i < G_N_ELEMENTS(HEADS); i++) {
        guint n = lattice_n_heads(lattice, line, HEADS[i]);
        /* 总体目标 | 预期目标 | …: labels left of their text. */
        if ((HEADS[i] & BIT(GOAL_ACTUAL)) && !lattice_n_heads(lattice, line, BIT(GOAL_ACTUAL)))
            continue;
        /* What is also the name of a row may be that of the block. */
        if (n >= (has_row_label ? 3 : 2) && 2 * n >= n_all - n_upright)
            return true;
    }
    return false;
}

/* Whether a piece is the end of a head that begins above it in lines from @first on. */
static bool ends_head(const Lattice *lattice, guint first, const LatticePiece *piece)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    ZpLabelMatch label;
    for (guint line = first; line <= piece->line; line++) {
        for (guint k = 0; k < n_pieces(lattice, line); k++) {
            const LatticePiece *above = line_piece(lattice, line, k);
            if (!overlaps(above->x0, above->x1, piece->x0, piece->x1))
                continue;
            for (guint i = 0; i < above->count; i++)
                g_ptr_array_add(words, runs_word(lattice->runs, above->first + i));
        }
    }
    words_join(words, lattice->runs->scratch);
    g_autofree char *text = g_strdup(lattice->runs->scratch->str);
    return !lattice_is_prose(text, strlen(text)) &&
           (zp_labels_match(lattice->runs->labels, text, strlen(text), &label) ||
            zp_labels_compose(lattice->runs->labels, text, strlen(text), &label)) &&
           !label.value_offset && zp_label_has(&label, all_heads());
}

/* A further line of a header: pieces of heads. */
static bool goes_on_header(const Lattice *lattice, guint first, guint line)
{
    guint n = n_pieces(lattice, line), n_good = 0;
    bool has_label = false;
    for (guint k = 0; k < n; k++) {
        const LatticePiece *piece = line_piece(lattice, line, k);
        if (is_figure(piece) || piece->width > HEAD_TEXT_MAX || lattice_is_row_label(piece))
            return false;
        gsize length;
        const char *text = lattice_text(lattice, piece, &length);
        if (lattice_is_prose(text, length))
            return false;
        /* 总体目标 left of the goals' texts is the block's name. */
        if (line > first && !k && piece->is_label && (piece->kinds & BIT(GOALS_BLOCK)))
            continue;
        has_label |= piece->is_label && (piece->kinds & all_heads());
        n_good += (!piece->is_character && (piece->kinds & all_heads())) ||
                  (line > first && ends_head(lattice, first, piece));
    }
    return has_label || (n_good && 2 * n_good >= n);
}

/* Whether all texts of a line may be pieces of heads. */
static bool may_be_heads(const Lattice *lattice, guint line)
{
    for (guint k = 0; k < n_pieces(lattice, line); k++) {
        const LatticePiece *piece = line_piece(lattice, line, k);
        gsize length;
        const char *text = lattice_text(lattice, piece, &length);
        if (is_figure(piece) || piece->width > HEAD_TEXT_MAX || piece->is_pair ||
            lattice_is_row_label(piece) || lattice_is_prose(text, length))
            return false;
    }
    return true;
}

/* Whether a line on a page, between those of a header and rows, has the next line of a head. */
static bool goes_on_head(const Lattice *lattice, guint first, guint line)
{
    bool is_one = false;
    if (!lattice_is_between(lattice, line) || !may_be_heads(lattice, line))
        return false;
    for (guint k = 0; k < n_pieces(lattice, line); k++) {
        const LatticePiece *above = lattice_above(lattice, line_piece(lattice, line, k));
        is_one |= above && above->line >= first &&
                  (lattice->is_padded || !above->is_label ||
                   lattice_are_label(lattice, above, line_piece(lattice, line, k)));
    }
    return is_one;
}

/* On a page the upper lines of high heads stand as far above the heads of one line as the lower ones below. */
static guint page_header_end(const Lattice *lattice, guint first)
{
    guint line = first, end;
    float top = lattice_y(lattice, first);
    if (lattice_begins_header(lattice, first))
        return row_end(lattice, first);
    while (line + 1 < lattice->n_lines && !lattice_begins_header(lattice, line) &&
           may_be_heads(lattice, line) && lattice_y(lattice, line + 1) < top + HEAD_LINES_ABOVE)
        line++;
    if (!lattice_begins_header(lattice, line))
        return first;
    float bottom = 2 * lattice_y(lattice, line) - top;
    for (end = line + 1;
         end < lattice->n_lines && lattice_y(lattice, end) <= bottom + LATTICE_SAME * 2;)
        end++;
    bool is_even = ABS(lattice_y(lattice, end - 1) - bottom) <= LATTICE_SAME * 2;
    /* A row may stand above, and another one below: then what is joined is no head. */
    for (guint k = 0; k < n_pieces(lattice, end - 1); k++)
        is_even &= ends_head(lattice, first, line_piece(lattice, end - 1, k));
    return is_even ? end : first;
}

/* The line behind a header; a head of several lines may begin above the others. */
guint lattice_header_end(const Lattice *lattice, guint line)
{
    guint first = line;
    if (lattice->runs->in_points) {
        line = page_header_end(lattice, first);
        while (line > first && line < lattice->n_lines && !has_gap(lattice, line) &&
               (goes_on_head(lattice, first, line) || goes_on_header(lattice, first, line)))
            line++;
        return line;
    }
    guint most = MIN(line + HEAD_LINES_ABOVE, lattice->n_lines - 1);
    while (line < most && !lattice_begins_header(lattice, line) &&
           goes_on_header(lattice, first, line) && !has_gap(lattice, line + 1))
        line++;
    if (!lattice_begins_header(lattice, line))
        return first;
    for (line++; line < lattice->n_lines && !has_gap(lattice, line) &&
                 goes_on_header(lattice, first, line);)
        line++;
    return line;
}

/* Whether a column left of a header's first head holds the label of the block. */
bool lattice_is_block_column(const Lattice *lattice, const LatticeBand *band, guint column)
{
    bool has_right = band->is_funds && band->knows_levels && band->n_levels;
    if (column || band->head_end == band->first)
        return false;
    for (guint line = band->first; line < band->head_end; line++) {
        for (guint c = 0; c < band->n_columns; c++) {
            const LatticePiece *piece = lattice_at(lattice, band, line, c);
            bool is_head = piece && (piece->kinds & LEFT_HEADS) && !piece->is_character;
            if (is_head && !c)
                return false;
            has_right |= is_head;
        }
    }
    return has_right;
}
