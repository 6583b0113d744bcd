/*
 * runs_prose.c - the lines of the goals block into its two columns of prose.
 *
 *     年度   预期目标                          实际完成情况
 *     总体   提高网上正面宣传能力，围绕全 控、进博会、自贸区新片区三周年、世界人工
 *     目标   国重点宣传任务，全力做好网   智能大会等主题网络宣传。
 *
 * Looks say nothing here, so a place is chosen at which many lines begin a text and which few cross.
 * On a page that is all.  In text the right column moves with the digits of the left one (a digit
 * counts as much as a Han character but is half as wide), so there each line is divided where it has
 * a gap near that place, and a line without a gap where its left part is as wide as the full
 * lines of the left column are.
 */
#include "recognise/runs_block.h"

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* Lines that decide where the columns are. */
#define DECIDING_LINES_MAX 200
/* How exactly texts of a column begin at one place, and what beginning at it weighs. */
#define PLACE_SLACK     0.4F
#define BEGINNING_WORTH 3
#define JOINED_WORTH    1
/* The goals block's own label, written in two columns of characters, is no wider. */
#define BLOCK_LABEL_WIDTH 7
/* In text: how far from the place a line may be divided, what an em of that costs, and how much less
 * wide than a full line the left part may be. */
#define TEXT_REACH     14.0F
#define DISTANCE_PRICE 0.3F
#define WIDTH_SLACK    1.6F
#define FULL_SLACK     1.1F
#define SPACE_PRICE    4.0F
/* How far right of the right column's left edge nothing of its text begins, in em. */
#define LABEL_GAP 8.0F

/* The block's own label may be spelled like one of its columns': 年度目标完成情况. */
static const guint64 OWN_LABELS = BIT(GOALS_BLOCK) | BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL);

/* Where the columns of a page are. */
typedef struct {
    const RunBlock *block;
    guint first, end; /* lines that decide */
    float text;       /* where the left column's texts begin */
    float divide;     /* where the right column's do */
    float width; /* in text: of a full line of the left column, in em as it is seen; 0: unknown */
} Prose;

static const WordLine *line_at(const Prose *prose, guint i)
{
    return runs_line(prose->block->runs, i);
}

static Word *word_of(const Prose *prose, const WordLine *line, guint k)
{
    return runs_word(prose->block->runs, line->first + k);
}

/* How well a place divides the lines: texts begin at it. */
static float worth_of_place(const Prose *prose, float place)
{
    float worth = 0;
    for (guint i = prose->first; i < prose->end; i++) {
        const WordLine *line = line_at(prose, i);
        for (guint k = 0; k < line->count && !line->is_furniture; k++) {
            const Word *word = word_of(prose, line, k);
            if (ABS(word->x0 - place) <= PLACE_SLACK)
                worth += word->joins ? JOINED_WORTH : BEGINNING_WORTH;
        }
    }
    return worth;
}

/* The best place between two columns to begin the right one. */
static float dividing_place(const Prose *prose, float least, float most)
{
    float best = (least + most) / 2, best_worth = -G_MAXFLOAT;
    for (guint i = prose->first; i < prose->end; i++) {
        const WordLine *line = line_at(prose, i);
        for (guint k = 0; k < line->count; k++) {
            float place = word_of(prose, line, k)->x0;
            if (place < least || place > most)
                continue;
            float worth = worth_of_place(prose, place);
            if (worth > best_worth) {
                best = place;
                best_worth = worth;
            }
        }
    }
    return best;
}

/* Whether a word is a piece of the goals' own label that ends left of a place. */
static bool is_label_piece(const Word *word, float place)
{
    return (word->parts & OWN_LABELS) && word->x1 <= place + PLACE_SLACK;
}

/* Whether a word that stands at the left edge is all of the goals' own label. */
static bool is_label(const Prose *prose, const Word *word, float left)
{
    ZpLabelMatch match;
    return word->x0 <= left + PLACE_SLACK &&
           zp_labels_match(prose->block->runs->labels, word->text, word->length, &match) &&
           !match.value_offset && zp_label_has(&match, OWN_LABELS);
}

/* Where the leftmost text begins, or the header above it does. */
static float least_place(const Prose *prose, float head)
{
    for (guint i = prose->first; i < prose->end; i++) {
        const WordLine *line = line_at(prose, i);
        if (line->count && !line->is_furniture)
            head = MIN(head, word_of(prose, line, 0)->x0);
    }
    return head;
}

/* Where the texts begin right of the pieces of the block's own label. */
static float text_place(const Prose *prose, float left, const RunColumn *head)
{
    float right = left;
    for (guint i = prose->first; i < prose->end; i++) {
        const WordLine *line = line_at(prose, i);
        for (guint k = 0; k < line->count; k++) {
            const Word *word = word_of(prose, line, k);
            if (!is_label_piece(word, left + BLOCK_LABEL_WIDTH) && !is_label(prose, word, left))
                break;
            right = MAX(right, word->x1);
        }
    }
    return right > left ? dividing_place(prose, right, head->x1) : least_place(prose, head->x0);
}

/* How many of a line's first words are pieces of the block's own label. */
static guint label_words(const Prose *prose, const WordLine *line)
{
    guint k = 0;
    while (k < line->count && is_label_piece(word_of(prose, line, k), prose->text))
        k++;
    return k;
}

/* The width of a line's words [from, to) as it is seen: an ASCII character is half as wide. */
static float seen_width(const Prose *prose, const WordLine *line, guint from, guint to)
{
    float width = 0;
    for (guint k = from; k < to; k++) {
        const Word *word = word_of(prose, line, k);
        for (const char *p = word->text; p < word->text + word->length; p = g_utf8_next_char(p))
            width += g_unichar_iswide(g_utf8_get_char(p)) ? 1 : 0.5F;
        width += k > from ? 0.5F : 0;
    }
    return width;
}

/* Whether a line may be divided before its k-th word. */
static bool is_near(const Prose *prose, const WordLine *line, guint k)
{
    return ABS(word_of(prose, line, k)->x0 - prose->divide) <= TEXT_REACH;
}

/* In how many lines a left part of this width, or a little less, may end near the place. */
static guint lines_of_width(const Prose *prose, float width)
{
    guint lines = 0;
    for (guint i = prose->first; i < prose->end; i++) {
        const WordLine *line = line_at(prose, i);
        guint from = label_words(prose, line);
        bool has = false;
        for (guint k = from + 1; k < line->count && !has; k++) {
            float less = width - seen_width(prose, line, from, k);
            has = is_near(prose, line, k) && less >= -PLACE_SLACK && less <= FULL_SLACK;
        }
        lines += has;
    }
    return lines;
}

/* The width that most lines agree on; a line without a gap has a full left part. */
static float full_width(const Prose *prose)
{
    float best = 0;
    guint most = 0;
    for (guint i = prose->first; i < prose->end; i++) {
        const WordLine *line = line_at(prose, i);
        guint from = label_words(prose, line);
        for (guint k = from + 1; k < line->count; k++) {
            if (!is_near(prose, line, k) || !word_of(prose, line, k)->joins)
                continue;
            float width = seen_width(prose, line, from, k);
            guint lines = lines_of_width(prose, width);
            if (lines > most || (lines == most && width < best)) {
                most = lines;
                best = width;
            }
        }
    }
    return best;
}

/* What it costs to divide a line of text before its k-th word; G_MAXFLOAT: not there. */
static float price_of_division(const Prose *prose, const WordLine *line, guint from, guint k)
{
    const Word *word = word_of(prose, line, k);
    float distance = DISTANCE_PRICE * ABS(word->x0 - prose->divide);
    if (!word->joins)
        return distance;
    if (!is_near(prose, line, k))
        return G_MAXFLOAT;
    float less = prose->width - seen_width(prose, line, from, k);
    return less >= -WIDTH_SLACK && less <= WIDTH_SLACK ? SPACE_PRICE + ABS(less) : G_MAXFLOAT;
}

/* The first word of the right column in a line. */
static guint division_of(const Prose *prose, const WordLine *line, guint from)
{
    guint k = from;
    if (prose->divide == G_MAXFLOAT)
        return line->count;
    if (prose->block->runs->in_points) {
        while (k < line->count && word_of(prose, line, k)->x0 < prose->divide - PLACE_SLACK)
            k++;
        return k;
    }
    if (from < line->count && word_of(prose, line, from)->x0 > (prose->text + prose->divide) / 2)
        return from;
    float best_price = G_MAXFLOAT;
    guint best = line->count;
    for (k = from + 1; k < line->count; k++) {
        float price = price_of_division(prose, line, from, k);
        if (price < best_price) {
            best_price = price;
            best = k;
        }
    }
    return best;
}

/* Adds words [from, to) of a line: one piece a run. */
static void add_words(RunBlock *block, guint index, guint from, guint to, guint column)
{
    const WordLine *line = runs_line(block->runs, index);
    for (guint k = from; k < to;) {
        guint end = k + 1;
        while (end < to && runs_word(block->runs, line->first + end)->run ==
                               runs_word(block->runs, line->first + k)->run)
            end++;
        run_block_add(block, index, line->first + k, end - k, column);
        k = end;
    }
}

/* Looks where the columns of the lines [first, end) are. */
static Prose look_at(const RunBlock *block, guint first, guint end, const RunColumn *left,
                     const RunColumn *right)
{
    Prose prose = {.block = block, .first = first, .end = MIN(end, first + DECIDING_LINES_MAX)};
    prose.text = block->columns[0].x0;
    prose.divide = left == right ? G_MAXFLOAT : dividing_place(&prose, left->x1, right->x1);
    prose.text = text_place(&prose, block->columns[0].x0, left);
    if (left != right && !block->runs->in_points)
        prose.width = full_width(&prose);
    return prose;
}

/* The end of the lines that stand on one page with the first. */
static guint page_end(const RunBlock *block, guint first)
{
    guint end = first + 1;
    guint32 page = runs_line(block->runs, first)->page;
    while (end < block->end &&
           (block->runs->in_points || runs_line(block->runs, end)->page == page))
        end++;
    return end;
}

/* Pieces of labels far right of the last text are rather those of the header below. */
static void doubt_labels(const Prose *prose)
{
    const RunBlock *block = prose->block;
    guint64 kinds = run_head_kinds(RUN_HEAD_INDICATORS);
    for (guint i = block->end; i-- > block->first && prose->divide != G_MAXFLOAT;) {
        const WordLine *line = runs_line(block->runs, i);
        for (guint k = 0; k < line->count; k++) {
            Word *word = word_of(prose, line, k);
            if (!(word->parts & kinds) || word->x0 < prose->divide + LABEL_GAP)
                return;
            word->is_unsure = true;
        }
    }
}

void run_block_place_prose(RunBlock *block)
{
    guint expected = run_block_column(block, ROLE_TARGET);
    guint actual = run_block_column(block, ROLE_ACTUAL);
    guint left = MIN(expected, actual), right = MAX(expected, actual);
    if (right == RUN_COLUMNS_MAX)
        right = left;
    Prose prose = {0};
    for (guint i = block->first, page = i; i < block->end; i++) {
        const WordLine *line = runs_line(block->runs, i);
        if (i == page) {
            page = page_end(block, i);
            prose = look_at(block, i, page, &block->columns[left], &block->columns[right]);
        }
        block->starts[i - block->first] = block->pieces->len;
        if (!line->count || line->is_furniture)
            continue;
        guint from = label_words(&prose, line), middle = division_of(&prose, line, from);
        add_words(block, i, 0, from, 0);
        add_words(block, i, from, middle, left);
        add_words(block, i, middle, line->count, right);
    }
    block->starts[block->end - block->first] = block->pieces->len;
    if (!block->runs->in_points && prose.block)
        doubt_labels(&prose);
}
