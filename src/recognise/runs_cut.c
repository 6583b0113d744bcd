/*
 * runs_cut.c - cuts a line of a block into pieces, each of one column, and says where that is in doubt.
 *
 * Columns rise from left to right.  A cut scores by what each piece looks like in its column and by how far it
 * stands from where the column's texts stand; the best one is found from left to right.
 */
#include "recognise/runs_cut.h"

#include "recognise/costs.h"

#define RULED_PRICE 4.0F
/* Figures of a row's own line. */
#define FIGURES_MIN 3
/* Of the lines before, in which a text may begin where a rest does. */
#define ALIGNED_LINES  2
#define REST_BYTES_MAX 3
#define IMPOSSIBLE     -1e6F

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
    for (guint k = 0; k < looks->count; k++) {
        const Word *word = looks->first + k;
        bool has_digits = (guchar)word->text[word->length - 1] < 0x80 || (guchar)*word->text < 0x80;
        sum += price_of_word(word, column);
        if (has_digits && in_text)
            break;
    }
    return price * sum;
}

/* Columns that the total row may have something in. */
static bool is_total_role(Role role)
{
    return role == ROLE_WEIGHT || role == ROLE_SCORE || role == ROLE_REASON || role == ROLE_OTHER;
}

bool run_line_has_figures(const RunBlock *block, const WordLine *line)
{
    guint n = 0;
    for (guint k = 0; k < line->count; k++)
        n += shape_is_figure(runs_word(block->runs, line->first + k)->shape);
    return n >= FIGURES_MIN;
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

/* Whether a line's words may stand in a column at all. */
static bool is_open(const RunBlock *block, const LineCut *cut, guint c)
{
    return !cut->way.is_total || is_total_role(block->columns[c].role);
}

/* The rest of a name may look like a figure, that of a value is one character. */
static bool may_be_rest(const Looks *looks, Role role)
{
    if (role == ROLE_LEVEL3)
        return shape_is_figure(looks->first->shape);
    return (role == ROLE_TARGET || role == ROLE_ACTUAL || role == ROLE_TARGET_VALUE) &&
           looks->count == 1 && looks->shape == SHAPE_TEXT &&
           looks->first->length <= REST_BYTES_MAX;
}

/* Whether a rest begins where the text of its column did in the lines before it. */
static bool is_aligned(const RunBlock *block, const LineCut *cut, const Looks *looks, guint c)
{
    guint32 above = cut->above[c].line;
    if (!above || block->runs->in_points || looks->first->line + 1 > above + ALIGNED_LINES ||
        !may_be_rest(looks, block->columns[c].role))
        return false;
    return ABS(looks->x0 - cut->above[c].x0) < ALIGNED_SLACK;
}

/* What a piece is worth in a column. */
static float score_of(const RunBlock *block, const LineCut *cut, const Looks *looks, guint c)
{
    return LOOKS_WORTH * looks_fit(looks, block->columns[c].role) +
           (is_aligned(block, cut, looks, c) ? ALIGNED_WORTH : 0) +
           (c == 0 && block->is_flush ? -FLUSH_PRICE : 0) -
           price_of(looks, &block->columns[c], cut->way.price, !block->runs->in_points);
}

guint run_cut_words(const Runs *runs, const WordLine *line, const LineCut *cut, guint k, guint end)
{
    if (end == cut->n)
        while (end < line->count && runs_word(runs, line->first + end)->joins)
            end++;
    return end - k;
}

/* Lets the words [k, end) be one piece. */
static void try_piece(const RunBlock *block, const WordLine *line, LineCut *cut, guint k, guint end)
{
    Looks looks = looks_of(block, line->first + k, run_cut_words(block->runs, line, cut, k, end));
    for (guint c = 0; c < block->n_columns; c++) {
        if (!is_open(block, cut, c))
            continue;
        guint8 column = 0;
        float score =
            best_before(cut, k, c, looks.first, &column) + score_of(block, cut, &looks, c);
        if (score <= cut->best[end][c])
            continue;
        cut->best[end][c] = score;
        cut->from[end][c] = (guint8)k;
        cut->column[end][c] = column;
    }
}

void run_cut_line(const RunBlock *block, const WordLine *line, LineCut *cut)
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

/* The other ways to cut a line: the best that follows, and the best with a word in a column. */
typedef struct {
    float after[LINE_WORDS_MAX + 1]
               [RUN_COLUMNS_MAX];                /* words from k on, when those before end in c */
    float with[LINE_WORDS_MAX][RUN_COLUMNS_MAX]; /* all words, with the k-th in c */
} Others;

/* Words [k, end) as one piece of column c with the best that may follow. */
static void note_piece(const LineCut *cut, Others *others, guint k, guint end, guint c, float score,
                       const Word *word)
{
    guint8 unused;
    float all = best_before(cut, k, c, word, &unused) + score;
    float divided = k && word->joins ? looks_divide(word - 1, word) : 0;
    for (guint w = k; w < end; w++)
        others->with[w][c] = MAX(others->with[w][c], all);
    for (guint b = 0; b <= c; b++) {
        if (b == c && word->joins)
            continue;
        float one = score - divided - (b == c ? TWICE_PRICE : 0);
        others->after[k][b] = MAX(others->after[k][b], one);
    }
}

static void note_pieces(const RunBlock *block, const WordLine *line, const LineCut *cut,
                        Others *others, guint k)
{
    for (guint end = k + 1; end <= cut->n; end++) {
        Looks looks =
            looks_of(block, line->first + k, run_cut_words(block->runs, line, cut, k, end));
        for (guint c = 0; c < block->n_columns; c++) {
            if (is_open(block, cut, c))
                note_piece(cut, others, k, end, c,
                           score_of(block, cut, &looks, c) + others->after[end][c], looks.first);
        }
        if (end < cut->n && !runs_word(block->runs, line->first + end)->joins)
            break;
    }
}

static Others *others_of(const RunBlock *block, const WordLine *line, const LineCut *cut)
{
    Others *others = g_new0(Others, 1);
    for (guint k = cut->n; k-- > 0;) {
        for (guint c = 0; c < block->n_columns; c++)
            others->after[k][c] = others->with[k][c] = IMPOSSIBLE;
        note_pieces(block, line, cut, others, k);
    }
    return others;
}

/* The other columns that a word may as well stand in. */
static guint32 other_columns(const RunBlock *block, const Others *others, guint k, guint own,
                             float best)
{
    guint32 columns = 0;
    for (guint c = 0; c < block->n_columns; c++) {
        if (c != own && best - others->with[k][c] < WORD_DOUBT_MARGIN)
            columns |= 1u << c;
    }
    return columns;
}

void run_cut_doubts(const RunBlock *block, const WordLine *line, const LineCut *cut,
                    const Piece *pieces, guint n_pieces)
{
    g_autofree Others *others = others_of(block, line, cut);
    float best = IMPOSSIBLE;
    for (guint c = 0; c < block->n_columns; c++)
        best = MAX(best, cut->best[cut->n][c]);
    for (guint p = 0; p < n_pieces; p++) {
        for (guint k = 0; k < pieces[p].count; k++) {
            guint at = pieces[p].first + k - line->first;
            Word *word = runs_word(block->runs, pieces[p].first + k);
            if (at < cut->n && word->shape != SHAPE_DASH)
                word->others = other_columns(block, others, at, pieces[p].column, best);
        }
    }
}
