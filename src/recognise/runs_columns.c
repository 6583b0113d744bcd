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
#include "recognise/runs_looks.h"

/* Rounds of placing words and looking where the columns are. */
#define ROUNDS 4
/* Pieces of a line that are placed one by one; further words go with the last one. */
#define LINE_WORDS_MAX 64
/* What an em of distance costs, when only the header is known and later; what looks are worth. */
#define DISTANCE_PRICE_AT_FIRST 0.25F
#define DISTANCE_PRICE_ON_NEXT  0.05F
#define DISTANCE_PRICE          0.4F
#define DISTANCE_PRICE_ON_PAGE  1.0F
#define RULED_PRICE             4.0F
#define LEFT_FACTOR             3.0F
#define LATER_SHARE             0.3F
#define OUTSIDE_PRICE           1.5F
#define OFF_CENTRE_PRICE        0.02F
#define LOOKS_WORTH             2.0F
/* Two pieces of one line in one column. */
#define TWICE_PRICE 6.0F
#define IMPOSSIBLE  -1e6F
/* How far apart the middles of two levels' labels are at least. */
#define LEVEL_GAP 3.0F
/* Texts with gaps between that make a row. */
#define ROW_RUNS_MIN 4
/* How far apart lines of one text begin, in em. */
#define REST_SLACK 4.0F
/* This share of a column's texts may begin left or end right of where it is. */
#define STRAY_SHARE 0.25F
/* This share of a column's texts is no wider than its full lines. */
#define WIDEST_SHARE 0.85F

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
    float off_centre = ABS((column->x0 + column->x1) - (word->x0 + word->x1)) / 2;
    return gap + OUTSIDE_PRICE * outside + OFF_CENTRE_PRICE * off_centre;
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
    bool has_digits = false;
    for (guint k = 0; k < looks->count; k++) {
        const Word *word = looks->first + k;
        sum += price_of_word(word, column) * (has_digits && in_text ? LATER_SHARE : 1);
        has_digits |= (guchar)word->text[word->length - 1] < 0x80 || (guchar)*word->text < 0x80;
    }
    return price * sum;
}

/* The cut of one line: best[k][c], the best way to place k words, the last one in column c. */
typedef struct {
    float best[LINE_WORDS_MAX + 1][RUN_COLUMNS_MAX];
    guint8 from[LINE_WORDS_MAX + 1][RUN_COLUMNS_MAX];   /* first word of the last piece */
    guint8 column[LINE_WORDS_MAX + 1][RUN_COLUMNS_MAX]; /* of the piece before it */
    guint n;                                            /* words */
    float price;
    bool is_total; /* the total row: no target, no name */
} LineCut;

/* Columns that the total row may have something in. */
static bool is_total_role(Role role)
{
    return role == ROLE_WEIGHT || role == ROLE_SCORE || role == ROLE_REASON || role == ROLE_OTHER;
}

/* The best way to place the words before k with the last one left of column c, or in it. */
static float best_before(const LineCut *cut, guint k, guint c, const Word *word, guint8 *column)
{
    float best = IMPOSSIBLE;
    if (k == 0)
        return 0;
    for (guint b = 0; b <= c; b++) {
        float score = cut->best[k][b];
        if (b == c && word->joins)
            continue;
        if (b == c)
            score -= TWICE_PRICE;
        if (score > best) {
            best = score;
            *column = (guint8)b;
        }
    }
    return best - (word->joins ? looks_divide(word - 1, word) : 0);
}

/* Lets the words [k, end) be one piece. */
static void try_piece(const RunBlock *block, const WordLine *line, LineCut *cut, guint k, guint end)
{
    guint count = end == cut->n ? line->count - k : end - k;
    Looks looks = looks_of(block, line->first + k, count);
    for (guint c = 0; c < block->n_columns; c++) {
        if (cut->is_total && !is_total_role(block->columns[c].role))
            continue;
        guint8 column = 0;
        float score = best_before(cut, k, c, looks.first, &column) +
                      LOOKS_WORTH * looks_fit(&looks, block->columns[c].role) -
                      price_of(&looks, &block->columns[c], cut->price, !block->runs->in_points);
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

/* Cuts the lines [first, end) at the end of the pieces. */
static void place_lines(RunBlock *block, guint first, guint end, float price, bool is_total)
{
    g_autofree LineCut *cut = g_new0(LineCut, 1);
    cut->price = price;
    cut->is_total = is_total;
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

/* One text that may be a level's label. */
typedef struct {
    float x0, x1;
} LevelPlace;

static gint by_middle(gconstpointer a, gconstpointer b)
{
    const LevelPlace *x = a, *y = b;
    float middle_x = x->x0 + x->x1, middle_y = y->x0 + y->x1;
    return middle_x < middle_y ? -1 : middle_x > middle_y;
}

/* The places of texts among the first words of lines that may be levels' labels, from left to right. */
static GArray *level_places(const RunBlock *block, guint first, guint end)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(LevelPlace));
    for (; first < end; first++) {
        const WordLine *line = runs_line(block->runs, first);
        for (guint k = 0; k < MIN(line->count, 3); k++) {
            const Word *word = runs_word(block->runs, line->first + k);
            LevelPlace place = {word->x0, word->x1};
            if (looks_level(word))
                g_array_append_val(places, place);
        }
    }
    g_array_sort(places, by_middle);
    return places;
}

/*
 * Where the levels' labels stand on a further page of text, which has columns of its own: the leftmost
 * ones below each other are level 1, the next ones level 2.
 */
static void seek_levels(RunBlock *block, guint first, guint end)
{
    guint columns[] = {run_block_column(block, ROLE_LEVEL1), run_block_column(block, ROLE_LEVEL2)};
    g_autoptr(GArray) places = level_places(block, first, end);
    LevelPlace found[G_N_ELEMENTS(columns)];
    guint n = 0;
    if (columns[0] == RUN_COLUMNS_MAX || columns[1] == RUN_COLUMNS_MAX)
        return;
    for (guint k = 0; k < places->len; k++) {
        const LevelPlace *place = &g_array_index(places, LevelPlace, k);
        if (n && place->x0 + place->x1 - found[n - 1].x0 - found[n - 1].x1 < 2 * LEVEL_GAP) {
            found[n - 1].x1 = MAX(found[n - 1].x1, place->x1);
            continue;
        }
        if (n == G_N_ELEMENTS(found))
            break;
        found[n++] = *place;
    }
    for (guint i = 0; n == G_N_ELEMENTS(found) && i < n; i++) {
        block->columns[columns[i]].x0 = found[i].x0;
        block->columns[columns[i]].x1 = found[i].x1;
    }
}

/* The lines of one page, or of all where pages share their columns. */
static void place_page(RunBlock *block, guint first, guint end)
{
    guint from = block->pieces->len;
    if (first > block->first && !block->runs->in_points)
        seek_levels(block, first, end);
    for (guint round = 0; round < ROUNDS; round++) {
        float price = block->runs->in_points ? DISTANCE_PRICE_ON_PAGE
                      : round                ? DISTANCE_PRICE
                      : first > block->first ? DISTANCE_PRICE_ON_NEXT
                                             : DISTANCE_PRICE_AT_FIRST;
        g_array_set_size(block->pieces, from);
        place_lines(block, first, end, price, false);
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
        if (looks_level(word))
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
    bool has_own = run_block_column(block, ROLE_WEIGHT) < RUN_COLUMNS_MAX ||
                   run_block_column(block, ROLE_SCORE) < RUN_COLUMNS_MAX;
    place_lines(block, block->first, block->end,
                block->runs->in_points ? DISTANCE_PRICE_ON_PAGE : DISTANCE_PRICE_AT_FIRST, has_own);
}
