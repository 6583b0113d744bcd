/*
 * runs_columns.c - the words of a block's lines into its columns.
 *
 *      产出指标 质量指标 公务用车保障率       =100%    =95%    20   18 偶尔无法满足所
 *      level 1  level 2  name               target   actual weight score reason
 *
 * Every line is cut into pieces, each of one column, columns rising from left to right.  A cut scores by
 * what each piece looks like in its column and by how far it stands from where the column's texts
 * stand.  At first that is known from the header only, which may stand elsewhere (text counts
 * places, and a header has other widths than its column); then from the pieces themselves.
 *
 * Text has columns of its own on every page, so it is placed page by page.
 */
#include "recognise/costs.h"
#include "recognise/runs_cut.h"

/* Rounds of placing words and looking where the columns are. */
#define ROUNDS 4
/* What an em of distance costs on a further page of text, and on a page in points; else costs.def. */
#define DISTANCE_PRICE_ON_NEXT 0.05F
#define DISTANCE_PRICE_ON_PAGE 1.0F
/* Texts with gaps between that make a row. */
#define ROW_RUNS_MIN 4
/* A cell that breaks a number is no narrower than so many digits. */
#define SURE_BYTES_MIN 4

static void add_column(RunBlock *block, Role role, float x0, float x1, HeadCell *head)
{
    if (block->n_columns >= RUN_COLUMNS_MAX)
        return;
    block->columns[block->n_columns++] =
        (RunColumn){.role = role, .x0 = x0, .x1 = x1, .widest = x1 - x0, .head = head};
}

/* Drawn vertical rules say where a column is. */
static void fix_column(const Runs *runs, RunColumn *column)
{
    const GArray *rules = runs->rules;
    float middle = (column->x0 + column->x1) / 2;
    for (guint k = 0; k + 1 < rules->len; k++) {
        float left = g_array_index(rules, float, k), right = g_array_index(rules, float, k + 1);
        if (middle < left || middle > right)
            continue;
        column->x0 = left;
        column->x1 = right;
        column->is_fixed = true;
    }
}

/* Where the block's lines begin, and where its first header cell does. */
static void left_edges(const RunBlock *block, const RunHead *head, float *lines, float *cells)
{
    *lines = *cells = G_MAXFLOAT;
    for (guint i = head->first; i < block->end; i++) {
        const WordLine *line = runs_line(block->runs, i);
        if (line->count && !line->is_furniture)
            *lines = MIN(*lines, runs_word(block->runs, line->first)->x0);
    }
    for (guint k = 0; k < head->cells->len; k++) {
        const HeadCell *cell = &g_array_index(head->cells, HeadCell, k);
        if (!cell->is_block)
            *cells = MIN(*cells, cell->x0);
    }
}

/* The columns left of the header's first cell, which it has no cells for. */
static void add_left_columns(RunBlock *block, const RunHead *head)
{
    float lines, cells;
    left_edges(block, head, &lines, &cells);
    block->is_flush = cells - lines < FLUSH_SLACK;
    add_column(block, ROLE_BLOCK, lines, lines + 2, NULL);
    if (block->kind == RUN_HEAD_FUNDS)
        add_column(block, ROLE_LABEL, MIN(lines + 3, cells), cells - 1, NULL);
}

void run_block_init(RunBlock *block, const Runs *runs, const RunHead *head, guint first, guint end)
{
    *block = (RunBlock){.runs = runs, .kind = head->kind, .first = first, .end = end};
    block->pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    block->starts = g_new0(guint, end - first + 1);
    add_left_columns(block, head);
    for (guint k = 0; k < head->cells->len; k++) {
        HeadCell *cell = &g_array_index(head->cells, HeadCell, k);
        if (!cell->is_block && !cell->is_parent)
            add_column(block, cell->role, cell->x0, cell->x1, cell);
    }
    for (guint c = 0; c < block->n_columns && runs->rules->len; c++)
        fix_column(runs, &block->columns[c]);
}

void run_block_clear(RunBlock *block)
{
    g_array_unref(block->pieces);
    g_free(block->starts);
}

guint run_block_column(const RunBlock *block, Role role)
{
    for (guint c = 0; c < block->n_columns; c++) {
        if (block->columns[c].role == role)
            return c;
    }
    return RUN_COLUMNS_MAX;
}

/* How wide a text is printed in a Chinese font, in em. */
static float printed_width(const char *text, gsize length)
{
    float width = 0;
    for (const char *p = text; p < text + length; p = g_utf8_next_char(p))
        width += g_unichar_iswide_cjk(g_utf8_get_char(p)) ? 1 : NARROW_WIDTH;
    return width;
}

void run_block_add(RunBlock *block, guint32 line, guint first, guint count, guint column)
{
    Piece piece = {.first = first, .count = count, .line = line, .column = column};
    piece.x0 = runs_word(block->runs, first)->x0;
    piece.x1 = runs_word(block->runs, first + count - 1)->x1;
    piece.width = piece.x1 - piece.x0;
    if (!block->runs->in_points && block->runs->scale.in_characters) {
        gsize length;
        const char *text = piece_text(block, &piece, &length);
        piece.width = printed_width(text, length);
    }
    g_array_append_val(block->pieces, piece);
}

static void add_pieces(RunBlock *block, guint32 index, const LineCut *cut)
{
    const WordLine *line = runs_line(block->runs, index);
    guint at[LINE_WORDS_MAX], columns[LINE_WORDS_MAX], n = 0;
    guint best = 0;
    for (guint c = 1; c < block->n_columns; c++)
        best = cut->best[cut->n][c] > cut->best[cut->n][best] ? c : best;
    for (guint end = cut->n; end > 0; n++) {
        guint column = best;
        at[n] = cut->from[end][column];
        columns[n] = column;
        best = cut->column[end][column];
        end = at[n];
    }
    for (guint i = n; i-- > 0;) {
        guint end = i ? at[i - 1] : cut->n;
        guint count = run_cut_words(block->runs, line, cut, at[i], end);
        run_block_add(block, index, line->first + at[i], count, columns[i]);
        /* Behind the words that were placed, run by run. */
        for (guint k = at[i] + count; i == 0 && k < line->count; k += count) {
            for (count = 1;
                 k + count < line->count && runs_word(block->runs, line->first + k + count)->joins;)
                count++;
            run_block_add(block, index, line->first + k, count, columns[0]);
        }
    }
}

static gint by_float(gconstpointer a, gconstpointer b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

/* Where a column's texts stand in the pieces from the k-th on, but for those that strayed. */
static void measure_column(RunBlock *block, guint c, guint k)
{
    RunColumn *column = &block->columns[c];
    g_autoptr(GArray) lefts = g_array_new(FALSE, FALSE, sizeof(float));
    g_autoptr(GArray) rights = g_array_new(FALSE, FALSE, sizeof(float));
    for (; k < block->pieces->len; k++) {
        const Piece *piece = block_piece(block, k);
        Looks looks = looks_of(block, piece->first, piece->count);
        if (piece->column != c || looks_fit(&looks, column->role) <= 0)
            continue;
        g_array_append_val(lefts, piece->x0);
        g_array_append_val(rights, piece->x1);
    }
    if (!lefts->len || column->is_fixed)
        return;
    g_array_sort(lefts, by_float);
    g_array_sort(rights, by_float);
    guint stray = (guint)(STRAY_SHARE * (float)lefts->len);
    column->x0 = g_array_index(lefts, float, stray);
    column->x1 = g_array_index(rights, float, rights->len - 1 - stray);
}

/* How many of the lines [first, end) with figures have one in each column of figures. */
static void count_filled(RunBlock *block, guint first, guint end)
{
    guint n_lines = 0, n[RUN_COLUMNS_MAX] = {0};
    for (guint i = first; i < end; i++) {
        guint64 seen = 0;
        if (!run_line_has_figures(block, runs_line(block->runs, i)))
            continue;
        n_lines++;
        for (guint k = block->starts[i - block->first]; k < block->starts[i + 1 - block->first];
             k++) {
            guint c = block_piece(block, k)->column;
            n[c] += !(seen >> c & 1);
            seen |= (guint64)1 << c;
        }
    }
    for (guint c = 0; c < block->n_columns; c++) {
        if (role_has_value(block->columns[c].role) && n_lines)
            block->columns[c].filled = (float)n[c] / (float)n_lines;
    }
}

/* Cuts the lines [first, end) at the end of the pieces. */
static void place_lines(RunBlock *block, guint first, guint end, CutWay way)
{
    g_autofree LineCut *cut = g_new0(LineCut, 1);
    cut->way = way;
    for (guint i = first; i < end; i++) {
        const WordLine *line = runs_line(block->runs, i);
        block->starts[i - block->first] = block->pieces->len;
        if (line->is_furniture || !line->count)
            continue;
        guint from = block->pieces->len;
        run_cut_line(block, line, cut);
        add_pieces(block, i, cut);
        if (way.seeks_doubt && from < block->pieces->len)
            run_cut_doubts(block, line, cut, block_piece(block, from), block->pieces->len - from);
        for (guint k = from; k < block->pieces->len; k++) {
            const Piece *piece = block_piece(block, k);
            cut->above[piece->column].line = i + 1;
            cut->above[piece->column].x0 = piece->x0;
            cut->above[piece->column].x1 = piece->x1;
        }
    }
    block->starts[end - block->first] = block->pieces->len;
}

/* The lines of one page, or of all where pages share their columns. */
static void place_page(RunBlock *block, guint first, guint end)
{
    guint from = block->pieces->len;
    bool is_known = first == block->first;
    if (!block->runs->in_points)
        is_known |= run_block_seed(block, first, end);
    for (guint round = 0; round < ROUNDS; round++) {
        float price = block->runs->in_points ? DISTANCE_PRICE_ON_PAGE
                      : round                ? DISTANCE_PRICE
                      : is_known             ? DISTANCE_PRICE_AT_FIRST
                                             : DISTANCE_PRICE_ON_NEXT;
        g_array_set_size(block->pieces, from);
        place_lines(block, first, end,
                    (CutWay){.price = price, .seeks_doubt = round + 1 == ROUNDS});
        for (guint c = 0; c < block->n_columns; c++)
            measure_column(block, c, from);
        if (!block->runs->in_points && block->kind == RUN_HEAD_INDICATORS)
            count_filled(block, first, end);
    }
    if (!block->runs->in_points && block->kind == RUN_HEAD_INDICATORS)
        run_block_gather(block, first, end);
}

/* The one column whose text reaches the end of the lines before; RUN_COLUMNS_MAX: none or several. */
static guint column_at_end(const RunBlock *block, guint end)
{
    guint found = RUN_COLUMNS_MAX;
    guint from = end > block->first ? block->starts[end - 1 - block->first] : block->pieces->len;
    for (guint k = from; k < block->pieces->len; k++) {
        if (found != RUN_COLUMNS_MAX)
            return RUN_COLUMNS_MAX;
        found = block_piece(block, k)->column;
    }
    return found;
}

/* Whether a line has the texts of a row, which tell where the page's columns are. */
static bool has_row(const RunBlock *block, guint first, guint end)
{
    for (; first < end; first++) {
        const WordLine *line = runs_line(block->runs, first);
        guint runs = 0;
        for (guint k = 0; k < line->count; k++)
            runs += !runs_word(block->runs, line->first + k)->joins;
        if (runs >= ROW_RUNS_MIN)
            return true;
    }
    return false;
}

/* Lines without a row at the top of a page: the rest of a cell that the page before did not end.  Returns the line
 * behind it. */
static guint place_rest(RunBlock *block, guint first, guint end)
{
    guint column = column_at_end(block, first);
    if (column == RUN_COLUMNS_MAX)
        return first;
    for (guint i = first; i < end; i++) {
        const WordLine *line = runs_line(block->runs, i);
        block->starts[i - block->first] = block->pieces->len;
        if (!line->is_furniture && line->count)
            run_block_add(block, i, line->first, line->count, column);
    }
    block->starts[end - block->first] = block->pieces->len;
    return end;
}

/* The width of a column's longest texts, but for a few that are no texts of it. */
static float widest_of(const RunBlock *block, guint column)
{
    g_autoptr(GArray) widths = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint k = 0; k < block->pieces->len; k++) {
        const Piece *piece = block_piece(block, k);
        float width = piece->width;
        if (piece->column == column)
            g_array_append_val(widths, width);
    }
    if (!widths->len)
        return 0;
    g_array_sort(widths, by_float);
    return g_array_index(widths, float, (guint)(WIDEST_SHARE * (float)(widths->len - 1) + 0.5F));
}

void run_block_place(RunBlock *block)
{
    guint first = block->first;
    block->starts[0] = 0;
    while (first < block->end) {
        guint end = first + 1;
        guint32 page = runs_line(block->runs, first)->page;
        while (end < block->end &&
               (block->runs->in_points || runs_line(block->runs, end)->page == page))
            end++;
        if (first > block->first && !has_row(block, first, end))
            first = place_rest(block, first, end);
        if (first < end)
            place_page(block, first, end);
        first = end;
    }
    for (guint c = 0; c < block->n_columns; c++)
        block->columns[c].widest = widest_of(block, c);
}

/* The piece of the first line that a word below it is nearest to. */
static const Piece *piece_above(const RunBlock *block, const Word *word)
{
    const Piece *best = block_piece(block, 0);
    float nearest = G_MAXFLOAT;
    for (guint k = 0; k < block->starts[1]; k++) {
        const Piece *piece = block_piece(block, k);
        float distance = MIN(ABS(piece->x0 - word->x0), ABS(piece->x1 - word->x1));
        if (distance >= nearest)
            continue;
        nearest = distance;
        best = piece;
    }
    return best;
}

/* Puts the rest of figures where these are; of short ones it may as well be another one. */
static void place_rest_below(RunBlock *block, guint index)
{
    const WordLine *line = runs_line(block->runs, index);
    for (guint k = 0; k < line->count; k++) {
        Word *word = runs_word(block->runs, line->first + k);
        const Piece above = *piece_above(block, word);
        word->is_unsure |= runs_word(block->runs, above.first)->length < SURE_BYTES_MIN;
        run_block_add(block, index, line->first + k, 1, above.column);
    }
    block->starts[index + 1 - block->first] = block->pieces->len;
}

void run_block_place_total(RunBlock *block, const RunBlock *rows)
{
    for (guint c = 0; rows && c < block->n_columns; c++) {
        block->columns[c].x0 = rows->columns[c].x0;
        block->columns[c].x1 = rows->columns[c].x1;
    }
    bool has_own = run_block_column(block, ROLE_WEIGHT) < RUN_COLUMNS_MAX ||
                   run_block_column(block, ROLE_SCORE) < RUN_COLUMNS_MAX;
    bool on_page = block->runs->in_points;
    CutWay way = {.price = on_page ? DISTANCE_PRICE_ON_PAGE : DISTANCE_PRICE_AT_FIRST,
                  .is_total = has_own,
                  .seeks_doubt = true};
    place_lines(block, block->first, block->first + 1, way);
    for (guint i = block->first + 1; i < block->end; i++) {
        if (block->starts[1])
            place_rest_below(block, i);
        else
            place_lines(block, i, i + 1, way);
    }
}
