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

#include <stdio.h>
#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* Rounds of placing words and looking where the columns are. */
#define ROUNDS 4
/* Pieces of a line that are placed one by one; further words go with the last one. */
#define LINE_WORDS_MAX 64
/* What an em of distance costs, when only the header is known and later; what looks are worth. */
#define DISTANCE_PRICE_AT_FIRST 0.25F
#define DISTANCE_PRICE          0.7F
#define DISTANCE_PRICE_ON_PAGE  1.0F
#define RULED_PRICE             4.0F
#define LEFT_FACTOR             2.0F
#define LATER_SHARE             0.3F
#define OUTSIDE_PRICE           1.5F
#define LOOKS_WORTH             2.0F
/* Two pieces of one line in one column; a run divided between two columns. */
#define TWICE_PRICE  6.0F
#define DIVIDE_PRICE 1.0F
#define IMPOSSIBLE   -1e6F
/* Texts with gaps between that make a row. */
#define ROW_RUNS_MIN 4
/* How far apart lines of one text begin, in em. */
#define REST_SLACK 4.0F
/* This share of a column's texts may begin left or end right of where it is. */
#define STRAY_SHARE 0.25F
/* This share of a column's texts is no wider than its full lines. */
#define WIDEST_SHARE 0.85F

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
/* Words with one space between are rather of one cell. */
#define JOIN_WORTH 0.5F
/* Several figures as one. */
#define SEVERAL_FIT -6
/* A level's label, or a piece of one, is less likely a name. */
#define LEVEL_BYTES_MIN   12
#define WHOLE_LEVEL_PRICE 4
#define LEVEL_PIECE_PRICE 1

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

/* A zero stands in any column of figures, as a dash does. */
static bool is_zero(const char *text, gsize length)
{
    return strspn(text, "0.") >= length;
}

/* 2022年11月底前, 365天24小时: a text with several numbers is no quantity. */
static bool has_second_number(const char *text, gsize length)
{
    gsize k = strcspn(text, "0123456789");
    while (k < length && (g_ascii_isdigit(text[k]) || text[k] == '.' || text[k] == ','))
        k++;
    while (k < length && !g_ascii_isdigit(text[k]))
        k++;
    return k < length;
}

static Shape shape_of_word(const Word *word)
{
    Shape shape = shape_of_text(word->text, word->length);
    if (shape == SHAPE_SMALL && is_zero(word->text, word->length))
        return SHAPE_DASH;
    bool is_text = shape == SHAPE_QUANTITY && has_second_number(word->text, word->length);
    return is_text ? SHAPE_TEXT : shape;
}

/* A piece of a line as it may be. */
typedef struct {
    const Word *first;
    guint count;
    Shape shape;     /* of all of it */
    bool is_prose;   /* a word of it is no figure */
    bool is_several; /* figures side by side are not one figure */
    guint64 parts;   /* label kinds that all of it is a piece of */
    float x0, x1;
} Looks;

static Looks looks_of(const RunBlock *block, guint first, guint count)
{
    const Word *a = runs_word(block->runs, first), *b = runs_word(block->runs, first + count - 1);
    gsize length = (gsize)(b->text + b->length - a->text);
    Looks looks = {.first = a, .count = count, .x0 = a->x0, .x1 = b->x1};
    looks.shape = count == 1 ? shape_of_word(a) : shape_of_text(a->text, length);
    looks.parts = count == 1 ? a->parts : label_parts(block->runs->labels, a->text, length);
    guint n_whole = 0;
    for (guint k = 0; k < count; k++) {
        Shape shape = shape_of_word(a + k);
        looks.is_prose |= shape == SHAPE_TEXT;
        n_whole += shape == SHAPE_COMPARED || shape == SHAPE_PERCENT || shape == SHAPE_QUANTITY;
    }
    looks.is_several = n_whole > 1 || (count > 1 && shape_is_figure(shape_of_word(a)) &&
                                       shape_is_figure(shape_of_word(b)));
    return looks;
}

static bool may_be_level(const Word *word)
{
    return (word->parts & (BIT(LEVEL1) | BIT(LEVEL2))) && word->x1 - word->x0 > 1.5F;
}

/* What makes a name of a text that may be a level's label less likely; 数量 ends many a name. */
static float price_as_name(const Word *word)
{
    if (!may_be_level(word))
        return 0;
    return word->is_level && word->length >= LEVEL_BYTES_MIN ? WHOLE_LEVEL_PRICE
                                                             : LEVEL_PIECE_PRICE;
}

/* How well one word stands in a column. */
static float fit_of_word(const Word *word, Role role)
{
    Shape shape = shape_of_word(word);
    guint64 kinds = kinds_of_role(role);
    bool has_point = shape == SHAPE_SMALL && memchr(word->text, '.', word->length);
    if (kinds && (word->parts & kinds))
        return LABEL_FIT;
    if (has_point && (role == ROLE_RATE || role == ROLE_WEIGHT))
        return role == ROLE_RATE ? LABEL_FIT : DECIMAL_WEIGHT_FIT;
    if (role == ROLE_BLOCK)
        return (float)MIN(role_fit(role, shape), -3);
    if (role == ROLE_LEVEL3)
        return (float)role_fit(role, shape) - price_as_name(word);
    bool is_money = role == ROLE_INITIAL || role == ROLE_BUDGET || role == ROLE_EXECUTED;
    /* The rest of an amount that its cell broke looks like a weight, and stands below the amount. */
    if (is_money && shape == SHAPE_SMALL && !has_point)
        return LABEL_FIT;
    return (float)role_fit(role, shape);
}

static bool is_prose_role(Role role)
{
    return role == ROLE_LEVEL3 || role == ROLE_REASON || role == ROLE_TARGET ||
           role == ROLE_ACTUAL || role == ROLE_OTHER;
}

/*
 * How well a piece stands in a column: the sum of its words.  A number inside prose is no figure of its
 * own, and words that are one figure together (=365 天) stand as that.
 */
static float fit_of(const Looks *looks, Role role)
{
    bool is_figure = shape_is_figure(looks->shape) && !looks->is_several;
    float all = looks->count == 2 && is_figure ? (float)role_fit(role, looks->shape) : -G_MAXFLOAT;
    float fit = 0;
    if (looks->is_several && role != ROLE_REASON)
        return SEVERAL_FIT;
    if (looks->count > 1 && kinds_of_role(role) && !(looks->parts & kinds_of_role(role)))
        return role == ROLE_LABEL ? 1 : SEVERAL_FIT;
    for (guint k = 0; k < looks->count; k++) {
        const Word *word = looks->first + k;
        bool in_prose = looks->is_prose && is_prose_role(role) &&
                        shape_is_figure(shape_of_word(word));
        float own = fit_of_word(word, role);
        fit += MAX(in_prose ? MAX(own, 0) : own, all);
    }
    return fit + JOIN_WORTH * (float)(looks->count - 1);
}

/* In text, places are the less sure the more digits stand left of them. */
static bool is_left_role(Role role)
{
    return role == ROLE_BLOCK || role == ROLE_LABEL || role == ROLE_LEVEL1 || role == ROLE_LEVEL2 ||
           role == ROLE_LEVEL3;
}

static float price_of_word(const Word *word, const RunColumn *column)
{
    float gap = MAX(MAX(column->x0 - word->x1, word->x0 - column->x1), 0);
    float common = MIN(column->x1, word->x1) - MAX(column->x0, word->x0);
    float narrow = MIN(column->x1 - column->x0, word->x1 - word->x0);
    float outside = narrow > 0 ? 1 - CLAMP(common / narrow, 0, 1) : 1;
    return gap + OUTSIDE_PRICE * outside;
}

/*
 * In text a piece's first word says where it stands: a digit counts as much as a Han character that is
 * twice as wide, so the words behind it seem to reach into the next column.
 */
static float price_of(const Looks *looks, const RunColumn *column, float price, bool in_text)
{
    float sum = 0;
    if (column->is_fixed)
        price = RULED_PRICE;
    else if (is_left_role(column->role))
        price *= LEFT_FACTOR;
    for (guint k = 0; k < looks->count; k++)
        sum += price_of_word(looks->first + k, column) * (k && in_text ? LATER_SHARE : 1);
    return price * sum;
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
        float score = best_before(cut, k, c, joins, &column) +
                      LOOKS_WORTH * fit_of(&looks, block->columns[c].role) -
                      price_of(&looks, &block->columns[c], cut->price,
                               !block->runs->in_points);
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
        float price = block->runs->in_points ? DISTANCE_PRICE_ON_PAGE
                      : round                ? DISTANCE_PRICE
                                             : DISTANCE_PRICE_AT_FIRST;
        g_array_set_size(block->pieces, from);
        place_lines(block, first, end, price);
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

/* One text that is neither a figure nor a level's label. */
static bool is_rest_line(const RunBlock *block, const WordLine *line)
{
    Looks looks = looks_of(block, line->first, line->count);
    const Word *last = looks.first + looks.count - 1;
    for (const Word *word = looks.first; word <= last; word++) {
        if (may_be_level(word))
            return false;
    }
    return looks.first->run == last->run && looks.shape == SHAPE_TEXT;
}

/* Lines of such texts at the top of a page: the rest of a cell that the page before did not end. */
static guint rest_of_cell(const RunBlock *block, guint first, guint end)
{
    const Word *above = NULL;
    while (first < end) {
        const WordLine *line = runs_line(block->runs, first);
        if (line->count && !line->is_furniture) {
            const Word *word = runs_word(block->runs, line->first);
            if (!is_rest_line(block, line) || (above && ABS(word->x0 - above->x0) > REST_SLACK))
                break;
            above = word;
        }
        first++;
    }
    return first;
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

/* The width of a column's longest texts, but for a few that are no texts of it. */
static float widest_of(const RunBlock *block, guint column)
{
    g_autoptr(GArray) widths = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint k = 0; k < block->pieces->len; k++) {
        const Piece *piece = block_piece(block, k);
        float width = piece->x1 - piece->x0;
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

void run_block_place_total(RunBlock *block, const RunBlock *rows)
{
    for (guint c = 0; rows && c < block->n_columns; c++) {
        block->columns[c].x0 = rows->columns[c].x0;
        block->columns[c].x1 = rows->columns[c].x1;
    }
    place_lines(block, block->first, block->end,
                block->runs->in_points ? DISTANCE_PRICE_ON_PAGE : DISTANCE_PRICE_AT_FIRST);
}
void run_block_dump(const RunBlock *block);
void run_block_dump(const RunBlock *block)
{
    for (guint c = 0; c < block->n_columns; c++)
        fprintf(stderr, "col %u role %d [%.1f %.1f] widest %.1f\n", c, block->columns[c].role, block->columns[c].x0, block->columns[c].x1, block->columns[c].widest);
    for (guint i = block->first; i < block->end; i++) {
        fprintf(stderr,"%3u y%.1f:", i, runs_line(block->runs, i)->y);
        for (guint k = block->starts[i - block->first]; k < block->starts[i - block->first + 1]; k++) {
            gsize length; const char *t = piece_text(block, block_piece(block, k), &length);
            fprintf(stderr," %u<%.*s>@%.1f", block_piece(block, k)->column, (int)length, t, block_piece(block,k)->x0);
        }
        fprintf(stderr,"\n");
    }
}
