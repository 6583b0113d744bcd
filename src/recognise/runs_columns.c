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
#include "recognise/runs.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* Rounds of placing words and looking where the columns are. */
#define ROUNDS 4
/* Pieces of a line that are placed one by one; further words go with the last one. */
#define LINE_WORDS_MAX 64
/* What an em of distance costs, when only the header is known and later; what looks are worth. */
#define DISTANCE_PRICE_AT_FIRST 0.25F
#define DISTANCE_PRICE          1.0F
#define RULED_PRICE             4.0F
#define OUTSIDE_PRICE           1.5F
#define LOOKS_WORTH             2.0F
/* Two pieces of one line in one column; a run divided between two columns. */
#define TWICE_PRICE  6.0F
#define DIVIDE_PRICE 1.0F
#define IMPOSSIBLE   -1e6F
/* This share of a column's texts may begin left or end right of where it is. */
#define STRAY_SHARE 0.25F

static const struct {
    Role role;
    guint64 kinds; /* labels of these kinds, or pieces of them, stand in the column */
} LABEL_ROLES[] = {
    {ROLE_LEVEL1, BIT(LEVEL1)},
    {ROLE_LEVEL2, BIT(LEVEL2)},
    {ROLE_LABEL, BIT(FUND_ROW)},
    {ROLE_BLOCK, BIT(FUNDS_BLOCK) | BIT(GOALS_BLOCK) | BIT(INDICATORS_BLOCK)},
};
#define LABEL_FIT 3
/* Decimals in the column of weights; they are rather a rate without its %. */
#define DECIMAL_WEIGHT_FIT 1
/* Several figures as one. */
#define SEVERAL_FIT -6
/* What a text of two characters or more that may be a level's is less likely to be: a name. */
#define LEVEL_AS_NAME_PRICE 1

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

static guint64 kinds_of_role(Role role)
{
    for (guint i = 0; i < G_N_ELEMENTS(LABEL_ROLES); i++) {
        if (LABEL_ROLES[i].role == role)
            return LABEL_ROLES[i].kinds;
    }
    return 0;
}

/* What a piece of a line looks like. */
typedef struct {
    Shape shape;
    guint64 parts;
    float x0, x1;
    bool is_several; /* figures side by side are not one figure */
    bool has_point;  /* a figure with decimals */
} Looks;

/* A zero stands in any column of figures, as a dash does. */
static bool is_zero(const char *text, gsize length)
{
    return strspn(text, "0.") >= length;
}

static Shape shape_of_word(const Word *word)
{
    Shape shape = shape_of_text(word->text, word->length);
    return shape == SHAPE_SMALL && is_zero(word->text, word->length) ? SHAPE_DASH : shape;
}

static Looks looks_of(const RunBlock *block, guint first, guint count)
{
    const Word *a = runs_word(block->runs, first), *b = runs_word(block->runs, first + count - 1);
    gsize length = (gsize)(b->text + b->length - a->text);
    Looks looks = {.shape = count == 1 ? shape_of_word(a) : shape_of_text(a->text, length),
                   .x0 = a->x0,
                   .x1 = b->x1};
    looks.is_several = count > 1 && shape_is_figure(shape_of_word(a)) &&
                       shape_is_figure(shape_of_word(b));
    looks.has_point = looks.shape == SHAPE_SMALL && memchr(a->text, '.', length);
    looks.parts = count == 1 ? a->parts : zp_labels_parts(block->runs->labels, a->text, length);
    return looks;
}

static float fit_of(const Looks *looks, Role role)
{
    guint64 kinds = kinds_of_role(role);
    if (looks->is_several && role != ROLE_REASON && role != ROLE_LEVEL3)
        return SEVERAL_FIT;
    if (kinds && (looks->parts & kinds))
        return LABEL_FIT;
    if (looks->has_point && (role == ROLE_RATE || role == ROLE_WEIGHT))
        return role == ROLE_RATE ? LABEL_FIT : DECIMAL_WEIGHT_FIT;
    if (role == ROLE_BLOCK)
        return (float)MIN(role_fit(role, looks->shape), -3);
    bool may_be_level = (looks->parts & (BIT(LEVEL1) | BIT(LEVEL2))) && looks->x1 - looks->x0 > 1.5F;
    return (float)(role_fit(role, looks->shape) -
                   (role == ROLE_LEVEL3 && may_be_level ? LEVEL_AS_NAME_PRICE : 0));
}

static float price_of(const Looks *looks, const RunColumn *column, float price)
{
    float gap = MAX(MAX(column->x0 - looks->x1, looks->x0 - column->x1), 0);
    float common = MIN(column->x1, looks->x1) - MAX(column->x0, looks->x0);
    float narrow = MIN(column->x1 - column->x0, looks->x1 - looks->x0);
    float outside = narrow > 0 ? 1 - CLAMP(common / narrow, 0, 1) : 1;
    if (column->is_fixed)
        price = RULED_PRICE;
    return price * (gap + OUTSIDE_PRICE * outside);
}

/* The cut of one line: best[k][c], the best way to place k words, the last one in column c. */
typedef struct {
    float best[LINE_WORDS_MAX + 1][RUN_COLUMNS_MAX];
    guint8 from[LINE_WORDS_MAX + 1][RUN_COLUMNS_MAX];   /* first word of the last piece */
    guint8 column[LINE_WORDS_MAX + 1][RUN_COLUMNS_MAX]; /* of the piece before it */
    guint n;                                            /* words */
    float price;
} LineCut;

/* The best way to place the words before k with the last one left of column c, or in it. */
static float best_before(const LineCut *cut, guint k, guint c, bool joins, guint8 *column)
{
    float best = IMPOSSIBLE;
    if (k == 0)
        return 0;
    for (guint b = 0; b <= c; b++) {
        float score = cut->best[k][b];
        if (b == c && joins)
            continue;
        if (b == c)
            score -= TWICE_PRICE;
        if (score > best) {
            best = score;
            *column = (guint8)b;
        }
    }
    return best - (joins ? DIVIDE_PRICE : 0);
}

/* Lets the words [k, end) be one piece. */
static void try_piece(const RunBlock *block, const WordLine *line, LineCut *cut, guint k, guint end)
{
    guint count = end == cut->n ? line->count - k : end - k;
    Looks looks = looks_of(block, line->first + k, count);
    bool joins = k && runs_word(block->runs, line->first + k)->joins;
    for (guint c = 0; c < block->n_columns; c++) {
        guint8 column = 0;
        float worth = LOOKS_WORTH * fit_of(&looks, block->columns[c].role) -
                      price_of(&looks, &block->columns[c], cut->price);
        float score = best_before(cut, k, c, joins, &column) + worth * (float)count;
        if (score <= cut->best[end][c])
            continue;
        cut->best[end][c] = score;
        cut->from[end][c] = (guint8)k;
        cut->column[end][c] = column;
    }
}

static void cut_line(const RunBlock *block, const WordLine *line, LineCut *cut)
{
    cut->n = MIN(line->count, LINE_WORDS_MAX);
    for (guint end = 1; end <= cut->n; end++) {
        for (guint c = 0; c < block->n_columns; c++)
            cut->best[end][c] = IMPOSSIBLE;
        for (guint k = end; k-- > 0;) {
            try_piece(block, line, cut, k, end);
            if (!runs_word(block->runs, line->first + k)->joins)
                break;
        }
    }
}

void run_block_add(RunBlock *block, guint32 line, guint first, guint count, guint column)
{
    Piece piece = {.first = first, .count = count, .line = line, .column = column};
    piece.x0 = runs_word(block->runs, first)->x0;
    piece.x1 = runs_word(block->runs, first + count - 1)->x1;
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
        guint end = i ? at[i - 1] : line->count;
        run_block_add(block, index, line->first + at[i], end - at[i], columns[i]);
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
        if (piece->column != c || fit_of(&looks, column->role) <= 0)
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

/* Cuts the lines [first, end) at the end of the pieces. */
static void place_lines(RunBlock *block, guint first, guint end, float price)
{
    g_autofree LineCut *cut = g_new0(LineCut, 1);
    cut->price = price;
    for (guint i = first; i < end; i++) {
        const WordLine *line = runs_line(block->runs, i);
        block->starts[i - block->first] = block->pieces->len;
        if (line->is_furniture || !line->count)
            continue;
        cut_line(block, line, cut);
        add_pieces(block, i, cut);
    }
    block->starts[end - block->first] = block->pieces->len;
}

/* The lines of one page, or of all where pages share their columns. */
static void place_page(RunBlock *block, guint first, guint end)
{
    guint from = block->pieces->len;
    for (guint round = 0; round < ROUNDS; round++) {
        bool by_header = round == 0 && !block->runs->in_points;
        g_array_set_size(block->pieces, from);
        place_lines(block, first, end, by_header ? DISTANCE_PRICE_AT_FIRST : DISTANCE_PRICE);
        for (guint c = 0; c < block->n_columns; c++)
            measure_column(block, c, from);
    }
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

/* Lines at the top of a page with one text and no figure: a cell that the page before did not end. */
static guint rest_of_cell(const RunBlock *block, guint first, guint end)
{
    while (first < end) {
        const WordLine *line = runs_line(block->runs, first);
        Looks looks = line->count ? looks_of(block, line->first, line->count) : (Looks){0};
        bool one_run = line->count && runs_word(block->runs, line->first)->run ==
                                          runs_word(block->runs, line->first + line->count - 1)->run;
        if (!line->is_furniture && (!one_run || looks.shape != SHAPE_TEXT))
            break;
        first++;
    }
    return first;
}

/* Places the rest of a cell in its column.  Returns the line behind it. */
static guint place_rest(RunBlock *block, guint first, guint end)
{
    guint column = column_at_end(block, first), behind = rest_of_cell(block, first, end);
    if (column == RUN_COLUMNS_MAX)
        return first;
    for (guint i = first; i < behind; i++) {
        const WordLine *line = runs_line(block->runs, i);
        block->starts[i - block->first] = block->pieces->len;
        if (!line->is_furniture && line->count)
            run_block_add(block, i, line->first, line->count, column);
    }
    block->starts[behind - block->first] = block->pieces->len;
    return behind;
}

static void measure_widths(RunBlock *block)
{
    for (guint c = 0; c < block->n_columns; c++)
        block->columns[c].widest = 0;
    for (guint k = 0; k < block->pieces->len; k++) {
        const Piece *piece = block_piece(block, k);
        float *widest = &block->columns[piece->column].widest;
        *widest = MAX(*widest, piece->x1 - piece->x0);
    }
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
        if (first > block->first)
            first = place_rest(block, first, end);
        if (first < end)
            place_page(block, first, end);
        first = end;
    }
    measure_widths(block);
}

void run_block_place_total(RunBlock *block, const RunBlock *rows)
{
    for (guint c = 0; rows && c < block->n_columns; c++) {
        block->columns[c].x0 = rows->columns[c].x0;
        block->columns[c].x1 = rows->columns[c].x1;
    }
    place_lines(block, block->first, block->end,
                block->runs->in_points ? DISTANCE_PRICE : DISTANCE_PRICE_AT_FIRST);
}
