/*
 * runs_heads.c - the headers of a form's blocks in a table without rules.
 *
 *              年度 指标     实际 完成                 偏差原因分析及        the line above
 *     一级指标 二级指标 三级指标        分值   得分                           the main line
 *              值           值                        改进措施             the line below
 *
 * Labels wrap over up to three lines and one space may stand inside a label or between two.  The
 * words of a window of lines, sorted by x, are cut into groups of which as many as possible are
 * labels of the block; the window grows while its labels outweigh what is left over.
 */
#include "recognise/runs_heads.h"

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* Lines that a header may reach above and below its main line. */
#define REACH 5
/* Words of one label, and of one window. */
#define GROUP_MAX  8
#define WINDOW_MAX 64
/* A piece of a label that says enough by itself. */
#define LONG_PIECE_BYTES 9
/* What a group is worth. */
#define WORTH_MUST    8
#define WORTH_MAY     6
#define WORTH_BLOCK   1
#define WORTH_WHOLE   3 /* a rarer label, or 值: rather a piece of another one */
#define WORTH_PIECE   -1
#define WORTH_NOTHING -8

static const struct {
    guint64 must, may; /* a header has labels of the first kinds, and `least` labels in all */
    guint least;
} HEADS[RUN_HEAD_COUNT] = {
    [RUN_HEAD_FUNDS] = {BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED),
                        BIT(RATE) | BIT(WEIGHT) | BIT(SCORE) | BIT(REASON) | BIT(OTHER_COLUMN), 2},
    [RUN_HEAD_GOALS] = {BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL), 0, 2},
    [RUN_HEAD_INDICATORS] = {BIT(LEVEL1_HEAD) | BIT(LEVEL2_HEAD) | BIT(LEVEL3_HEAD) | BIT(TARGET) |
                                 BIT(ACTUAL),
                             BIT(WEIGHT) | BIT(SCORE) | BIT(REASON) | BIT(COMPARATOR) |
                                 BIT(TARGET_VALUE) | BIT(TARGET_UNIT) | BIT(OTHER_COLUMN),
                             3},
    [RUN_HEAD_SOURCES] = {BIT(FUND_ROW), BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED) | BIT(RATE), 4},
};

/* Sources beside each other; else they are the labels of rows. */
#define SOURCES_MIN 3

static const guint64 BLOCK_LABELS = BIT(FUNDS_BLOCK) | BIT(GOALS_BLOCK) | BIT(INDICATORS_BLOCK);

guint64 run_head_kinds(RunHeadKind kind)
{
    return HEADS[kind].must | HEADS[kind].may;
}

static void head_cell_clear(gpointer data)
{
    g_ptr_array_unref(((HeadCell *)data)->words);
}

void run_head_free(RunHead *head)
{
    if (!head)
        return;
    g_array_unref(head->cells);
    g_free(head);
}

static gint by_x(gconstpointer a, gconstpointer b)
{
    const Word *x = *(Word *const *)a, *y = *(Word *const *)b;
    if (x->x0 != y->x0)
        return x->x0 < y->x0 ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

/* The words of the lines [first, end), by x. */
static GPtrArray *window_words(const Runs *runs, guint first, guint end)
{
    GPtrArray *words = g_ptr_array_new();
    for (guint i = first; i < end; i++) {
        const WordLine *line = runs_line(runs, i);
        for (guint k = 0; k < line->count && !line->is_furniture; k++)
            g_ptr_array_add(words, runs_word(runs, line->first + k));
    }
    g_ptr_array_sort(words, by_x);
    return words;
}

/* Words [from, to) of a window as a group, in reading order. */
static GPtrArray *group_words(const GPtrArray *words, guint from, guint to)
{
    GPtrArray *group = g_ptr_array_sized_new(to - from);
    for (guint k = from; k < to; k++)
        g_ptr_array_add(group, words->pdata[k]);
    words_sort(group);
    return group;
}

/* Whether words stand below each other or side by side, without a gap of a column or of lines. */
static bool is_compact(const GPtrArray *group)
{
    for (guint k = 1; k < group->len; k++) {
        const Word *a = group->pdata[k - 1], *b = group->pdata[k];
        if (a->line == b->line ? !b->joins : b->line - a->line > 2)
            return false;
    }
    return true;
}

/* How a window is cut: the group that ends before word k begins at at[k]. */
typedef struct {
    int score;
    guint at[WINDOW_MAX + 1];
} Cut;

static int worth_of(const Runs *runs, RunHeadKind kind, const GPtrArray *group)
{
    ZpLabelMatch match;
    int n = (int)group->len;
    if (is_compact(group) && words_match(runs, group, &match) && !match.value_offset) {
        bool is_short = n == 1 && ((const Word *)group->pdata[0])->length <= RUN_HEAD_SHORT_BYTES;
        if (match.entry->is_whole || is_short)
            return zp_label_has(&match, run_head_kinds(kind)) ? WORTH_WHOLE + n - 1 : WORTH_NOTHING;
        if (zp_label_has(&match, HEADS[kind].must))
            return WORTH_MUST + n;
        if (zp_label_has(&match, HEADS[kind].may))
            return WORTH_MAY + n;
        if (zp_label_has(&match, BLOCK_LABELS))
            return WORTH_BLOCK + n;
    }
    if (n > 1)
        return G_MININT / 4;
    const Word *word = group->pdata[0];
    if (word->parts & (run_head_kinds(kind) | BLOCK_LABELS))
        return WORTH_PIECE;
    if (zp_labels_shuffled(runs->labels, run_head_kinds(kind), word->text, word->length))
        return WORTH_MAY;
    return WORTH_NOTHING;
}

/* Whether the words [from, to) may be one label: each is a piece of one. */
static bool may_be_label(const GPtrArray *words, guint from, guint to, guint64 kinds)
{
    for (guint k = from; k < to; k++) {
        if (!(((const Word *)words->pdata[k])->parts & kinds))
            return false;
    }
    return true;
}

static void cut_window(const Runs *runs, RunHeadKind kind, const GPtrArray *words, Cut *cut)
{
    int best[WINDOW_MAX + 1] = {0};
    for (guint end = 1; end <= words->len; end++) {
        best[end] = G_MININT / 2;
        for (guint n = 1; n <= MIN(end, GROUP_MAX); n++) {
            if (n > 1 && !may_be_label(words, end - n, end, run_head_kinds(kind) | BLOCK_LABELS))
                break;
            g_autoptr(GPtrArray) group = group_words(words, end - n, end);
            int score = best[end - n] + worth_of(runs, kind, group);
            if (score > best[end]) {
                best[end] = score;
                cut->at[end] = end - n;
            }
        }
    }
    cut->score = best[words->len];
}

Role run_head_role(RunHeadKind kind, const ZpLabelMatch *match)
{
    if (kind == RUN_HEAD_SOURCES && zp_label_has(match, BIT(FUND_ROW)))
        return ROLE_SOURCE;
    if (kind != RUN_HEAD_GOALS)
        return role_of_label(match);
    return zp_label_has(match, BIT(GOAL_EXPECTED)) ? ROLE_TARGET : ROLE_ACTUAL;
}

/* Adds a header's cell for a group; one that is no label may still become one. */
static void add_cell(const Runs *runs, RunHead *head, GPtrArray *group)
{
    ZpLabelMatch match = {0};
    const Word *first = group->pdata[0];
    HeadCell cell = {.words = group, .role = ROLE_NONE, .x0 = first->x0, .x1 = first->x1};
    for (guint k = 1; k < group->len; k++) {
        const Word *word = group->pdata[k];
        cell.x0 = MIN(cell.x0, word->x0);
        cell.x1 = MAX(cell.x1, word->x1);
    }
    if (!is_compact(group) || !words_match(runs, group, &match)) {
        match = (ZpLabelMatch){.entry = zp_labels_shuffled(runs->labels, run_head_kinds(head->kind),
                                                           first->text, first->length)};
        cell.text = match.entry ? match.entry->text : NULL;
    }
    if (zp_label_has(&match, run_head_kinds(head->kind)))
        cell.role = run_head_role(head->kind, &match);
    cell.is_rare = match.entry && match.entry->is_whole;
    cell.is_block = zp_label_has(&match, BLOCK_LABELS) && cell.role == ROLE_NONE;
    g_array_append_val(head->cells, cell);
}

/* The labels of a cut window. */
static RunHead *make_head(const Runs *runs, RunHeadKind kind, const GPtrArray *words,
                          const Cut *cut)
{
    RunHead *head = g_new0(RunHead, 1);
    head->kind = kind;
    head->cells = g_array_new(FALSE, FALSE, sizeof(HeadCell));
    g_array_set_clear_func(head->cells, head_cell_clear);
    guint ends[WINDOW_MAX], n = 0;
    for (guint end = words->len; end > 0; end = cut->at[end])
        ends[n++] = end;
    while (n-- > 0)
        add_cell(runs, head, group_words(words, cut->at[ends[n]], ends[n]));
    run_head_place_strays(runs, head);
    if (kind == RUN_HEAD_GOALS)
        run_head_settle_goals(head);
    return head;
}

/* Goals as rows: the labels stand below each other, their values beside them. */
static bool has_rows(const RunHead *head)
{
    const HeadCell *above = NULL;
    for (guint k = 0; head->kind == RUN_HEAD_GOALS && k < head->cells->len; k++) {
        const HeadCell *cell = run_head_cell(head, k);
        if (cell->role == ROLE_NONE)
            continue;
        if (above && cell->x0 < above->x1 && above->x0 < cell->x1)
            return true;
        above = cell;
    }
    return false;
}

/* Goals as rows: a text that is no label stands right of the last one. */
static bool has_value(const RunHead *head)
{
    const HeadCell *last = run_head_cell(head, head->cells->len - 1);
    const Word *word = last->words->pdata[0];
    return head->kind == RUN_HEAD_GOALS && last->role == ROLE_NONE && !word->parts;
}

/* Whether the header names enough: a list of amounts has 预算数 too. */
static bool is_head(const Runs *runs, const RunHead *head)
{
    guint labels = 0;
    bool has_must = false;
    for (guint k = 0; k < head->cells->len; k++) {
        const HeadCell *cell = run_head_cell(head, k);
        ZpLabelMatch match = {0};
        if (cell->role == ROLE_NONE)
            continue;
        labels++;
        has_must |= cell->text || (words_match(runs, cell->words, &match) &&
                                   zp_label_has(&match, HEADS[head->kind].must));
    }
    return has_must && labels >= HEADS[head->kind].least && !has_rows(head) && !has_value(head);
}

/* How many labels of some kinds a line has; a long piece of one counts. */
static guint count_labels(const Runs *runs, guint line, guint64 kinds)
{
    const WordLine *at = runs_line(runs, line);
    guint labels = 0;
    for (guint k = 0; k < at->count;) {
        ZpLabelMatch match;
        guint n = 0;
        const Word *word = runs_word(runs, at->first + k);
        if (word->parts & kinds)
            n = line_match(runs, at, k, kinds, &match);
        labels += n > 0 || ((word->parts & kinds) && word->length >= LONG_PIECE_BYTES);
        k += MAX(n, 1);
    }
    return labels;
}

/* Whether a line may be the main line of a header: worth a closer look. */
static bool may_be_main(const Runs *runs, RunHeadKind kind, guint line, guint least)
{
    const WordLine *at = runs_line(runs, line);
    if (at->count > WINDOW_MAX || at->is_furniture || !count_labels(runs, line, HEADS[kind].must))
        return false;
    if (kind == RUN_HEAD_SOURCES && count_labels(runs, line, BIT(FUND_ROW)) < SOURCES_MIN)
        return false;
    guint labels = count_labels(runs, line, run_head_kinds(kind));
    if (line > least)
        labels += count_labels(runs, line - 1, run_head_kinds(kind));
    if (line + 1 < runs->lines->len)
        labels += count_labels(runs, line + 1, run_head_kinds(kind));
    return labels >= MIN(HEADS[kind].least, 2);
}

/* The best cut of a window; *score is that of the best one so far.  Returns the head if it is better. */
static RunHead *try_window(const Runs *runs, RunHeadKind kind, guint first, guint end, int *score)
{
    g_autoptr(GPtrArray) words = window_words(runs, first, end);
    Cut cut = {0};
    if (words->len < 2 || words->len > WINDOW_MAX)
        return NULL;
    cut_window(runs, kind, words, &cut);
    if (cut.score <= *score)
        return NULL;
    *score = cut.score;
    RunHead *head = make_head(runs, kind, words, &cut);
    head->score = cut.score;
    head->first = first;
    head->end = end;
    return head;
}

/*
 * Whether a line above or below the main line may be a header's: all but one of its words are pieces, one at least, and all of
 * them where a text may stand beside the block's own label.
 */
static bool may_belong(const Runs *runs, RunHeadKind kind, guint line)
{
    const WordLine *at = runs_line(runs, line);
    guint foreign = 0;
    for (guint k = 0; k < at->count; k++)
        foreign += !(runs_word(runs, at->first + k)->parts & (run_head_kinds(kind) | BLOCK_LABELS));
    bool has_piece = foreign < at->count || !at->count;
    return has_piece && foreign <= (kind == RUN_HEAD_GOALS ? 0 : 1);
}

static RunHead *best_window(const Runs *runs, RunHeadKind kind, guint line, guint least)
{
    RunHead *best = NULL;
    int score = 0;
    for (guint above = 0; above <= REACH && line >= least + above; above++) {
        if (above && !may_belong(runs, kind, line - above))
            break;
        for (guint below = 0; below <= REACH && line + below < runs->lines->len; below++) {
            if (below && !may_belong(runs, kind, line + below))
                break;
            RunHead *head = try_window(runs, kind, line - above, line + below + 1, &score);
            if (!head)
                continue;
            run_head_free(best);
            best = head;
        }
    }
    return best;
}

/* Takes the lines that only complete the header's labels, and settles what is left over. */
static void finish_head(const Runs *runs, RunHead *head, guint least)
{
    while (head->first > least && run_head_absorb(runs, head, head->first - 1))
        head->first--;
    while (head->end < runs->lines->len && run_head_absorb(runs, head, head->end))
        head->end++;
    run_head_settle_rest(runs, head);
    if (head->kind == RUN_HEAD_INDICATORS)
        run_head_settle_target(head);
}

/*
 * Whether a line of the header below its main line makes a better one: 实际完成情况 保障运转, a goal above the
 * indicators, has pieces of labels, too.
 */
static bool is_better_below(const Runs *runs, const RunHead *head, guint line, guint least)
{
    bool is_better = false;
    for (guint i = line + 1; i < head->end && !is_better; i++) {
        if (!may_be_main(runs, head->kind, i, least))
            continue;
        g_autoptr(RunHead) other = best_window(runs, head->kind, i, least);
        is_better = other && other->score > head->score && is_head(runs, other);
    }
    return is_better;
}

RunHead *run_head_find(const Runs *runs, guint line, guint least)
{
    for (guint kind = 0; kind < RUN_HEAD_COUNT; kind++) {
        if (!may_be_main(runs, (RunHeadKind)kind, line, least))
            continue;
        RunHead *head = best_window(runs, (RunHeadKind)kind, line, least);
        if (head && is_head(runs, head) && !is_better_below(runs, head, line, least)) {
            finish_head(runs, head, least);
            head->kind = kind == RUN_HEAD_SOURCES ? RUN_HEAD_FUNDS : head->kind;
            return head;
        }
        run_head_free(head);
    }
    return NULL;
}
