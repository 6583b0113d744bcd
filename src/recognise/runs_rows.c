/*
 * runs_rows.c - the lines of a block into rows.
 *
 *                                                     公务用车不足，         a row's cells are centred in it,
 *     质量指标 公务用车保障率   =100%  =95%  20  18    偶尔无法满足所          or all begin at its top
 *                                                     有公务用车需求。
 *     时效指标 公务用车保障及   =100%  =100% 10  10
 *              时率
 *
 * Rows do not share lines, so they are bands of lines.  A band costs what is odd about it as one row: no
 * name or two, two figures in one column, a short line in the middle of a text, cells that are
 * neither centred nor begin together; the cheapest way to cut all lines into bands wins.
 * Where rules are drawn between the rows, they decide.
 */
#include "recognise/costs.h"
#include "recognise/runs_bands.h"
#include "recognise/runs_cells.h"

#include <string.h>

/* What is known of the pieces of a column in the band under way. */
typedef struct {
    guint n;            /* pieces */
    float first, last;  /* where they stand */
    const Piece *piece; /* the last one */
} Held;

static float line_y(const RunCutter *cutter, guint line)
{
    return runs_line(cutter->block->runs, cutter->block->first + line)->y;
}

/* What one more piece of a column costs in a band that has some of it already. */
static float price_of_more(const RunBlock *block, const Piece *above, const Piece *piece, float gap)
{
    Way way = run_way(block, piece->column);
    float price = gap > RUN_TEXT_PITCH_MAX ? GAP_PRICE : 0;
    if (way == AS_FIGURE)
        return price + (run_goes_on_figure(block, above, piece) ? 0 : TWO_FIGURES_PRICE);
    if (way == AS_VALUE)
        return price + (run_starts_anew(block, above, piece) ? TWO_FIGURES_PRICE
                        : run_block_is_full(block, above)    ? 0
                                                             : SHORT_LINE_PRICE);
    return price + (run_block_is_full(block, above) ? 0 : SHORT_LINE_PRICE);
}

/* Adds a line to a band; returns what that costs. */
static float hold_line(const RunCutter *cutter, Held *held, guint line)
{
    const RunBlock *block = cutter->block;
    float price = 0, y = line_y(cutter, line);
    for (guint k = block->starts[line]; k < block->starts[line + 1]; k++) {
        const Piece *piece = block_piece(block, k);
        Held *column = &held[piece->column];
        Way way = run_way(block, piece->column);
        if (way == AS_NOTHING)
            continue;
        if (column->n && way != AS_LABEL)
            price += price_of_more(block, column->piece, piece, y - column->last);
        if (!column->n)
            column->first = y;
        column->last = y;
        column->piece = piece;
        column->n++;
    }
    return price;
}

static bool has_role(const RunBlock *block, const Held *held, Role role)
{
    guint c = run_block_column(block, role);
    return c < RUN_COLUMNS_MAX && held[c].n;
}

/* …… in the place of a name: an empty row of the template. */
static bool is_placeholder(const RunBlock *block, const Held *held)
{
    return held->n == 1 && run_piece_shape(block, held->piece) == SHAPE_DASH;
}

/* What a row costs that has no name, no weight. */
static float price_of_missing(const RunCutter *cutter, const Held *held)
{
    const RunBlock *block = cutter->block;
    bool has_name = false, is_short = false, has_text = false;
    float price = 0;
    for (guint c = 0; c < block->n_columns; c++) {
        Way way = run_way(block, c);
        if (way == AS_NAME && is_placeholder(block, &held[c]))
            continue;
        has_text |= way != AS_NOTHING && way != AS_LABEL && held[c].n;
        has_name |= way == AS_NAME && held[c].n;
        is_short |= way == AS_NAME && held[c].n == 1 &&
                    held[c].piece->x1 - held[c].piece->x0 < NAME_WIDTH_MIN;
    }
    if (!has_text)
        return 0;
    price += is_short ? SHORT_NAME_PRICE : has_name ? 0 : NO_NAME_PRICE;
    if (block->kind == RUN_HEAD_INDICATORS) {
        price += cutter->has_weights && !has_role(block, held, ROLE_WEIGHT) ? NO_WEIGHT_PRICE : 0;
        price += has_role(block, held, ROLE_TARGET) || has_role(block, held, ROLE_TARGET_VALUE)
                     ? 0
                     : NO_TARGET_PRICE;
    }
    return price;
}

/* What it costs that cells are not centred between two heights, or do not begin at the first. */
static float price_of_places(const RunCutter *cutter, const Held *held, float top, float bottom)
{
    float price = 0;
    for (guint c = 0; c < cutter->block->n_columns; c++) {
        if (!held[c].n || run_way(cutter->block, c) == AS_LABEL)
            continue;
        float centre = (held[c].first + held[c].last) / 2;
        float off = cutter->at_top ? held[c].first - top : ABS(centre - (top + bottom) / 2);
        price += UNCENTRED_PRICE * off;
    }
    return price;
}

/* What the labels cost that begin in lines [from, to): at most one of a column begins in a row. */
static float price_of_labels(const RunCutter *cutter, guint from, guint to)
{
    guint begun[8] = {0};
    float price = 0;
    for (guint i = from; i < to; i++) {
        for (guint bit = 0; bit < G_N_ELEMENTS(begun); bit++)
            begun[bit] += (cutter->begins[i] >> bit) & 1;
    }
    for (guint bit = 0; bit < G_N_ELEMENTS(begun); bit++)
        price += begun[bit] > 1 ? MORE_NAMES_PRICE * (float)(begun[bit] - 1) : 0;
    return price;
}

/* The bit of a column among those whose labels are counted; 8 and more: none. */
static guint label_bit(const RunBlock *block, guint column)
{
    static const Role ROLES[] = {ROLE_LABEL, ROLE_LEVEL1, ROLE_LEVEL2};
    for (guint bit = 0; bit < G_N_ELEMENTS(ROLES); bit++) {
        if (block->columns[column].role == ROLES[bit])
            return bit;
    }
    return G_MAXUINT;
}

bool run_lines_have_texts(const RunBlock *block, guint first, guint end)
{
    for (guint k = block->starts[first - block->first]; k < block->starts[end - block->first];
         k++) {
        Way way = run_way(block, block_piece(block, k)->column);
        if (way != AS_NOTHING && way != AS_LABEL)
            return true;
    }
    return false;
}

/*
 * A label of the inner level with no text beside it, nor below it before the next one, names an empty row: beside
 * several rows it would stand in their middle or at their top.
 */
static void note_alone(RunCutter *cutter, const GArray *labels)
{
    const RunBlock *block = cutter->block;
    for (guint k = 0; k < labels->len; k++) {
        const RunLabel *label = &g_array_index(labels, RunLabel, k);
        guint end = k + 1 < labels->len ? label[1].first : block->end;
        cutter->alone[label->first - block->first] =
            label->entry && !run_lines_have_texts(block, label->first, MAX(end, label->end));
    }
}

/* Where labels begin, and what it costs to cut one in two. */
static void note_labels(RunCutter *cutter, guint column)
{
    guint first = cutter->block->first, bit = label_bit(cutter->block, column);
    g_autoptr(GArray) labels = run_block_labels(cutter->block, column);
    bool is_name = bit == 0, is_outer = cutter->block->columns[column].role == ROLE_LEVEL1;
    /* A label of level 1 stands beside several rows as a rule. */
    float price = is_name ? NO_NAME_PRICE : is_outer ? 0 : CUT_LABEL_PRICE;
    if (cutter->block->columns[column].role == ROLE_LEVEL2)
        note_alone(cutter, labels);
    for (guint k = 0; k < labels->len; k++) {
        const RunLabel *label = &g_array_index(labels, RunLabel, k);
        cutter->begins[label->first - first] |= (guint8)(1u << bit);
        for (guint i = label->first + 1; i < label->end; i++)
            cutter->cut_prices[i - first] += price;
    }
}

/* A text that goes on in the next line is not cut there. */
static void note_texts(RunCutter *cutter)
{
    const RunBlock *block = cutter->block;
    const Piece *above[RUN_COLUMNS_MAX] = {NULL};
    for (guint i = 0; i < cutter->n; i++) {
        for (guint k = block->starts[i]; k < block->starts[i + 1]; k++) {
            const Piece *piece = block_piece(block, k), *before = above[piece->column];
            Way way = run_way(block, piece->column);
            bool is_text = way == AS_PROSE;
            if (before && before->line + 1 == piece->line && run_must_go_on(block, before, piece))
                cutter->cut_prices[i] += CUT_VALUE_PRICE;
            if (is_text && before && before->line + 1 == piece->line &&
                run_block_is_full(block, before))
                cutter->cut_prices[i] += CUT_TEXT_PRICE;
            above[piece->column] = piece;
        }
    }
}

static void count_weights(RunCutter *cutter)
{
    const RunBlock *block = cutter->block;
    guint weight = run_block_column(block, ROLE_WEIGHT),
          score = run_block_column(block, ROLE_SCORE);
    guint n_weights = 0, n_scores = 0;
    for (guint k = 0; k < block->pieces->len; k++) {
        n_weights += block_piece(block, k)->column == weight;
        n_scores += block_piece(block, k)->column == score;
    }
    cutter->has_weights = weight < RUN_COLUMNS_MAX && n_weights && 2 * n_weights >= n_scores;
}

/* The prices of the bands that begin at a line. */
void run_band_prices(const RunCutter *cutter, guint i, float *prices)
{
    Held held[RUN_COLUMNS_MAX] = {0};
    float price = i ? cutter->cut_prices[i] : 0, top = line_y(cutter, i), bottom = top;
    bool has_texts = false;
    for (guint k = i; k < MIN(cutter->n, i + RUN_BAND_LINES_MAX); k++) {
        price += hold_line(cutter, held, k);
        /* Labels beside several rows may stand on lines of their own, above a row's texts or below. */
        if (cutter->has_texts[k]) {
            top = has_texts ? top : line_y(cutter, k);
            bottom = line_y(cutter, k);
            has_texts = true;
        }
        price += k > i && cutter->alone[k] ? MORE_NAMES_PRICE : 0;
        prices[k - i] = price + price_of_missing(cutter, held) + price_of_labels(cutter, i, k + 1) +
                        price_of_places(cutter, held, top, bottom);
    }
}

/* Rows between drawn rules; NULL when some line has none. */
static GArray *ruled_rows(const RunBlock *block)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(RunRow));
    for (guint i = block->first; i < block->end; i++) {
        gint32 ruled = runs_line(block->runs, i)->ruled_row;
        if (ruled < 0) {
            g_array_unref(rows);
            return NULL;
        }
        if (i > block->first && ruled == runs_line(block->runs, i - 1)->ruled_row) {
            g_array_index(rows, RunRow, rows->len - 1).end = i + 1;
            continue;
        }
        RunRow row = {i, i + 1};
        g_array_append_val(rows, row);
    }
    return rows;
}

/* Lines with nothing on them are no rows. */
static void join_empty(const RunBlock *block, GArray *rows)
{
    for (guint r = rows->len; r-- > 1;) {
        const RunRow *row = &g_array_index(rows, RunRow, r);
        if (block->starts[row->first - block->first] != block->starts[row->end - block->first])
            continue;
        g_array_index(rows, RunRow, r - 1).end = row->end;
        g_array_remove_index(rows, r);
    }
}

GArray *run_block_rows(const RunBlock *block)
{
    RunCutter cutter = {.block = block, .n = block->end - block->first};
    GArray *ruled = ruled_rows(block);
    if (ruled)
        return ruled;
    cutter.begins = g_new0(guint8, cutter.n + 1);
    cutter.cut_prices = g_new0(float, cutter.n + 1);
    cutter.alone = g_new0(bool, cutter.n + 1);
    cutter.has_texts = g_new0(bool, cutter.n + 1);
    for (guint i = 0; i < cutter.n; i++)
        cutter.has_texts[i] = run_lines_have_texts(block, block->first + i, block->first + i + 1);
    for (guint c = 0; c < block->n_columns; c++) {
        if (label_bit(block, c) < 8)
            note_labels(&cutter, c);
    }
    note_texts(&cutter);
    count_weights(&cutter);
    GArray *rows = run_bands_cheapest(&cutter);
    g_free(cutter.begins);
    g_free(cutter.cut_prices);
    g_free(cutter.alone);
    g_free(cutter.has_texts);
    join_empty(block, rows);
    return rows;
}
