/*
 * runs_doubts.c - what is odd about rows, and which doubts about the columns of words they refute.
 *
 *     年度资金总额  6466500.00  6466500.  6,443,100  10  99.64  9.96
 *
 * By its place alone the first amount may stand under 全年预算数; but the one right of it can go nowhere else, columns
 * rise from left to right, and what stands side by side is not in one column.  And a row has a name: a text
 * that is all there is in the column of names stands there.
 */
#include "recognise/runs_cells.h"

/* Words of different lines stand side by side when so much is between them, in em. */
#define BESIDE_GAP 2.0F
/* How near to a label's place, and how far from the names', a name begins that is rather a label, in em. */
#define LEVEL_SLACK 0.6F
#define NAME_SLACK  2.0F
/* A line is broken without need when so much more had room, in em. */
#define NEED_SLACK 1.6F
/* What so large a share of the rows has is usual. */
#define USUAL_MIN 0.7F
/* Each round may free a word for the next one. */
#define ROUNDS 8

static const guint64 LEVELS = ZP_LABEL_BIT(ZP_LABEL_LEVEL1) | ZP_LABEL_BIT(ZP_LABEL_LEVEL2);

/* A word of a row, and the bits of the columns that are open to it. */
typedef struct {
    const Piece *piece;
    Word *word;
    guint32 open;
} Place;

static Place *place_at(const GArray *places, guint k)
{
    return &g_array_index(places, Place, k);
}

/* The words of a row. */
static GArray *places_of(const RunBlock *block, const RunRow *row)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(Place));
    guint first = block->starts[row->first - block->first];
    guint end = block->starts[row->end - block->first];
    for (guint k = first; k < end; k++) {
        const Piece *piece = block_piece(block, k);
        for (guint w = 0; w < piece->count; w++) {
            Word *word = runs_word(block->runs, piece->first + w);
            Place place = {piece, word, word->others | 1u << piece->column};
            g_array_append_val(places, place);
        }
    }
    return places;
}

/* Whether a column that has one of two words has no room for the other one in this row. */
static bool is_full(Role role, const Word *held, const Word *word)
{
    bool is_level = role == ROLE_LEVEL1 || role == ROLE_LEVEL2;
    bool is_prose = role == ROLE_LEVEL3 || role == ROLE_REASON || role == ROLE_OTHER;
    if (is_level)
        return looks_level(word);
    return !is_prose && shape_is_figure(held->shape) && shape_is_figure(word->shape);
}

static bool is_left_of(const Word *left, const Word *right)
{
    return left->line == right->line ? left < right : left->x1 + BESIDE_GAP <= right->x0;
}

/* The columns that another word of the row leaves open to one. */
static guint32 open_beside(const RunBlock *block, const Place *place, const Place *other)
{
    guint32 least = other->open & -other->open, own = 1u << other->piece->column;
    if (place->piece == other->piece)
        return G_MAXUINT32;
    if (is_left_of(other->word, place->word))
        return ~(least | (least - 1));
    if (is_left_of(place->word, other->word))
        return (1u << g_bit_nth_msf(other->open, -1)) - 1;
    bool is_held = other->open == own && place->piece->column != other->piece->column &&
                   is_full(block->columns[other->piece->column].role, other->word, place->word);
    return is_held ? ~own : G_MAXUINT32;
}

/* Whether a word is all that a row can have as its name. */
static bool is_only_name(const RunBlock *block, const GArray *places, const Place *place)
{
    guint column = place->piece->column, n = 0;
    Role role = block->columns[column].role;
    if (role != ROLE_LEVEL3 && role != ROLE_LABEL)
        return false;
    for (guint k = 0; k < places->len; k++)
        n += place_at(places, k)->open >> column & 1;
    return n == 1;
}

/* Closes what the row refutes to one word; whether there was anything to close. */
static bool settle_word(const RunBlock *block, const GArray *places, Place *place)
{
    guint32 own = 1u << place->piece->column, open = place->open;
    if (is_only_name(block, places, place))
        open = own;
    /* What labels of levels are made of is no piece of the block's own. */
    if ((place->word->parts & LEVELS) && block->columns[0].role == ROLE_BLOCK)
        open &= ~1u;
    for (guint k = 0; k < places->len && open != own; k++)
        open &= open_beside(block, place, place_at(places, k));
    open |= own;
    bool has_closed = open != place->open;
    place->open = open;
    place->word->others = open & ~own;
    return has_closed;
}

static void settle_row(const RunBlock *block, const GArray *places)
{
    bool goes_on = true;
    for (guint round = 0; goes_on && round < ROUNDS; round++) {
        goes_on = false;
        for (guint k = 0; k < places->len; k++) {
            if (place_at(places, k)->word->others)
                goes_on |= settle_word(block, places, place_at(places, k));
        }
    }
}

void run_block_settle_doubts(const RunBlock *block, const GArray *rows)
{
    for (guint r = 0; r < rows->len; r++) {
        g_autoptr(GArray) places = places_of(block, &g_array_index(rows, RunRow, r));
        settle_row(block, places);
    }
}

/* Whether two pieces of a cell are odd as one text: side by side, two figures, or a name broken without need. */
static bool are_odd(const RunBlock *block, const Piece *above, const Piece *piece)
{
    Way way = run_way(block, piece->column);
    if (way == AS_NOTHING || way == AS_LABEL)
        return false;
    if (above->line == piece->line)
        return true;
    if (way == AS_PROSE)
        return false;
    if (way == AS_FIGURE)
        return !run_goes_on_figure(block, above, piece);
    if (way == AS_VALUE)
        return run_starts_anew(block, above, piece);
    /* A mark that may not begin a line takes the character before it along. */
    return block->columns[piece->column].role == ROLE_LEVEL3 &&
           above->width < block->columns[piece->column].widest - NEED_SLACK;
}

/* What is odd about a row stays a guess, even where it is the best one. */
static void doubt_row(const RunBlock *block, const RunRow *row)
{
    const Piece *above[RUN_COLUMNS_MAX] = {NULL};
    guint end = block->starts[row->end - block->first];
    for (guint k = block->starts[row->first - block->first]; k < end; k++) {
        const Piece *piece = block_piece(block, k), *before = above[piece->column];
        if (before && are_odd(block, before, piece))
            runs_word(block->runs, piece->first)->is_unsure = true;
        above[piece->column] = piece;
    }
}

/* The bits of the columns of the pieces [from, end). */
static guint32 columns_between(const RunBlock *block, guint from, guint end)
{
    guint32 columns = 0;
    for (guint k = from; k < end; k++)
        columns |= 1u << block_piece(block, k)->column;
    return columns;
}

static bool has_value(const RunBlock *block, guint from, guint end)
{
    for (guint k = from; k < end; k++) {
        if (role_has_value(block->columns[block_piece(block, k)->column].role))
            return true;
    }
    return false;
}

/* The column of the rows' names. */
static guint name_column(const RunBlock *block)
{
    return run_block_column(block, block->kind == RUN_HEAD_FUNDS ? ROLE_LABEL : ROLE_LEVEL3);
}

/* Whether most rows have a name. */
static bool are_named(const RunBlock *block, const GArray *rows)
{
    guint name = name_column(block), n = 0;
    for (guint r = 0; name < RUN_COLUMNS_MAX && r < rows->len; r++) {
        const RunRow *row = &g_array_index(rows, RunRow, r);
        n += columns_between(block, block->starts[row->first - block->first],
                             block->starts[row->end - block->first]) >>
                 name &
             1;
    }
    return 2 * n > rows->len;
}

/*
 * A row with figures and no name: what was read as a level's label may be the name, or the figures may be the rest of
 * those beside.
 */
static void doubt_nameless(const RunBlock *block, const RunRow *row)
{
    guint from = block->starts[row->first - block->first];
    guint end = block->starts[row->end - block->first];
    if (columns_between(block, from, end) >> name_column(block) & 1 || !has_value(block, from, end))
        return;
    for (guint k = from; k < end; k++) {
        const Piece *piece = block_piece(block, k);
        Role role = block->columns[piece->column].role;
        if (role != ROLE_BLOCK && role != ROLE_LEVEL1)
            runs_word(block->runs, piece->first)->is_unsure = true;
    }
}

/* Whether a name of several words begins where the labels of level 2 do, and its row has none of them. */
static bool begins_at_level(const RunBlock *block, const Piece *piece, guint32 has)
{
    guint level = run_block_column(block, ROLE_LEVEL2);
    if (block->columns[piece->column].role != ROLE_LEVEL3 || level == RUN_COLUMNS_MAX ||
        (has >> level & 1))
        return false;
    return ABS(piece->x0 - block->columns[level].x0) < LEVEL_SLACK &&
           ABS(piece->x0 - block->columns[piece->column].x0) > NAME_SLACK;
}

/* A row without what nearly all rows have, or without a label, beside several words: one of them may be it. */
static void doubt_gaps(const RunBlock *block, const RunRow *row, guint32 usual)
{
    guint from = block->starts[row->first - block->first];
    guint end = block->starts[row->end - block->first];
    guint32 has = columns_between(block, from, end);
    for (guint k = from; k < end; k++) {
        const Piece *piece = block_piece(block, k);
        guint32 own = 1u << piece->column;
        bool is_beside = (usual & ~has & (own << 1 | own >> 1)) != 0;
        if (piece->count > 1 && (is_beside || begins_at_level(block, piece, has)))
            runs_word(block->runs, piece->first)->is_unsure = true;
    }
}

/* The columns of values that nearly all rows have something in. */
static guint32 usual_columns(const RunBlock *block, const GArray *rows)
{
    guint n[RUN_COLUMNS_MAX] = {0};
    guint32 usual = 0;
    for (guint r = 0; r < rows->len; r++) {
        const RunRow *row = &g_array_index(rows, RunRow, r);
        guint32 has = columns_between(block, block->starts[row->first - block->first],
                                      block->starts[row->end - block->first]);
        for (guint c = 0; c < block->n_columns; c++)
            n[c] += has >> c & 1;
    }
    for (guint c = 0; c < block->n_columns; c++) {
        bool is_usual = (float)n[c] >= USUAL_MIN * (float)rows->len;
        usual |= is_usual && role_has_value(block->columns[c].role) ? 1u << c : 0;
    }
    return usual;
}

/* A label without amounts that is no source's may be a piece of the block's own. */
static void doubt_bare(const RunBlock *block, const RunRow *row)
{
    guint label = run_block_column(block, ROLE_LABEL),
          from = block->starts[row->first - block->first];
    guint end = block->starts[row->end - block->first];
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    ZpLabelMatch match;
    if (label == RUN_COLUMNS_MAX || columns_between(block, from, end) != 1u << label)
        return;
    for (guint k = from; k < end; k++) {
        const Piece *piece = block_piece(block, k);
        for (guint w = 0; w < piece->count; w++)
            g_ptr_array_add(words, runs_word(block->runs, piece->first + w));
    }
    words_sort(words);
    if (!words_match(block->runs, words, &match) ||
        !zp_label_has(&match, ZP_LABEL_BIT(ZP_LABEL_FUND_ROW)))
        ((Word *)words->pdata[0])->is_unsure = true;
}

/*
 *     ≥ 15   …   受天气影响，进度        read as this row's, but the text
 *     ≥ 12   …                      may as well be centred in this one
 *     ≥ 10   …   略有推迟
 */
static void doubt_torn(const RunBlock *block, const GArray *rows)
{
    guint column = run_block_column(block, ROLE_REASON);
    const Piece *above = NULL;
    for (guint r = 0; column < RUN_COLUMNS_MAX && r < rows->len; r++) {
        const RunRow *row = &g_array_index(rows, RunRow, r);
        guint from = block->starts[row->first - block->first];
        guint end = block->starts[row->end - block->first];
        bool is_first = true;
        for (guint k = from; k < end; k++) {
            const Piece *piece = block_piece(block, k);
            if (piece->column != column)
                continue;
            if (is_first && above && piece->line == above->line + 2 && row->first == piece->line &&
                run_block_is_full(block, above) && !run_block_is_full(block, piece))
                runs_word(block->runs, piece->first)->is_unsure = true;
            above = piece;
            is_first = false;
        }
    }
}

/* 公里 13.1公里: a unit before a value is that of the value left of it. */
static void doubt_units(const RunBlock *block, const RunRow *row)
{
    guint end = block->starts[row->end - block->first];
    for (guint k = block->starts[row->first - block->first]; k < end; k++) {
        const Piece *piece = block_piece(block, k);
        Word *first = runs_word(block->runs, piece->first);
        if (piece->count > 1 && run_way(block, piece->column) == AS_VALUE &&
            first->shape == SHAPE_TEXT && !looks_date_mark(first->text, first->length) &&
            shape_is_figure(first[1].shape))
            first->is_unsure = true;
    }
}

/* The next piece of a piece's column, if it stands in the line below. */
static const Piece *piece_below(const RunBlock *block, guint k)
{
    const Piece *piece = block_piece(block, k);
    for (guint i = k + 1; i < block->pieces->len; i++) {
        const Piece *other = block_piece(block, i);
        if (other->line > piece->line + 1)
            break;
        if (other->column == piece->column && other->line == piece->line + 1)
            return other;
    }
    return NULL;
}

static bool begins_row(const GArray *rows, guint line)
{
    guint from = 0, end = rows->len;
    while (from < end) {
        guint middle = (from + end) / 2;
        if (g_array_index(rows, RunRow, middle).first < line)
            from = middle + 1;
        else
            end = middle;
    }
    return from < rows->len && g_array_index(rows, RunRow, from).first == line;
}

/* A rate without %, where others have it, may go on below. */
static void doubt_rates(const RunBlock *block, const GArray *rows)
{
    guint rate = run_block_column(block, ROLE_RATE);
    bool has_percent = false;
    for (guint round = 0; rate < RUN_COLUMNS_MAX && round < 2; round++) {
        for (guint k = 0; k < block->pieces->len; k++) {
            const Piece *piece = block_piece(block, k);
            Word *word = runs_word(block->runs, piece->first + piece->count - 1);
            const Piece *below = k + 1 < block->pieces->len ? piece_below(block, k) : NULL;
            bool is_percent = word->text[word->length - 1] == '%';
            if (piece->column != rate)
                continue;
            if (round == 0)
                has_percent |= is_percent;
            else if (has_percent && !is_percent && below && word->shape == SHAPE_SMALL &&
                     begins_row(rows, below->line))
                word->is_unsure = runs_word(block->runs, below->first)->is_unsure = true;
        }
    }
}

void run_block_doubt_rows(const RunBlock *block, const GArray *rows)
{
    bool is_text = block->kind == RUN_HEAD_INDICATORS && !block->runs->in_points;
    guint32 usual = is_text ? usual_columns(block, rows) : 0;
    bool seeks_names = !block->runs->in_points && are_named(block, rows);
    if (is_text)
        doubt_torn(block, rows);
    for (guint r = 0; r < rows->len; r++) {
        doubt_row(block, &g_array_index(rows, RunRow, r));
        if (seeks_names)
            doubt_nameless(block, &g_array_index(rows, RunRow, r));
        if (block->kind == RUN_HEAD_FUNDS && !block->runs->in_points)
            doubt_bare(block, &g_array_index(rows, RunRow, r));
        if (is_text) {
            doubt_gaps(block, &g_array_index(rows, RunRow, r), usual);
            doubt_units(block, &g_array_index(rows, RunRow, r));
        }
    }
    if (block->kind == RUN_HEAD_FUNDS && !block->runs->in_points)
        doubt_rates(block, rows);
}
