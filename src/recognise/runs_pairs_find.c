/*
 * runs_pairs_find.c - labels above and below the blocks: known ones, in one line or broken over several, and unknown
 * ones beside or below those.
 */
#include "recognise/runs_pairs.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

static const guint64 PAIR_LABELS = BIT(PROJECT) | BIT(DEPARTMENT) | BIT(UNIT) | BIT(CURRENCY) |
                                   BIT(HEADLINE) | BIT(YEAR) | BIT(EXTRA) | BIT(GOAL_EXPECTED) |
                                   BIT(GOAL_ACTUAL);

/* Lines below a label's first piece in which its last one may stand. */
#define STACK_LINES 5
/* How far apart the pieces of one label begin, in em. */
#define STACK_SLACK 2.1F
/* A line of more words has no pieces of labels. */
#define LABEL_WORDS 200
/* How near labels of one column stand: lines, and em. */
#define LABELS_REACH 4
#define NEAR_LINES   (LABELS_REACH + STACK_LINES)
#define LABELS_SLACK 1.1F

static void pair_clear(gpointer data)
{
    g_ptr_array_unref(((Pair *)data)->words);
    g_ptr_array_unref(((Pair *)data)->value);
}

static void take_words(const Runs *runs, guint first, guint count, GPtrArray *out)
{
    for (guint k = 0; k < count; k++) {
        Word *word = runs_word(runs, first + k);
        word->is_out = true;
        g_ptr_array_add(out, word);
    }
}

static void add_pair(GArray *pairs, GPtrArray *words, bool holds_value)
{
    const Word *first = words->pdata[0];
    Pair pair = {.words = words,
                 .value = g_ptr_array_new(),
                 .x0 = first->x0,
                 .x1 = first->x1,
                 .first = first->line,
                 .end = first->line + 1,
                 .holds_value = holds_value};
    for (guint k = 1; k < words->len; k++) {
        const Word *word = words->pdata[k];
        pair.x0 = MIN(pair.x0, word->x0);
        pair.x1 = MAX(pair.x1, word->x1);
        pair.end = MAX(pair.end, word->line + 1);
    }
    for (guint k = 0; k < words->len; k++)
        ((Word *)words->pdata[k])->is_out = true;
    g_array_append_val(pairs, pair);
}

/* A label in one line; "项目名称：某项目" goes on to the end of its run. */
static guint find_in_line(const Runs *runs, const WordLine *line, guint k, GArray *pairs)
{
    ZpLabelMatch match;
    guint n = line_match(runs, line, k, PAIR_LABELS, &match);
    const Word *first = runs_word(runs, line->first + k);
    if (!n)
        return 0;
    while (match.value_offset && k + n < line->count &&
           runs_word(runs, line->first + k + n)->run == first->run) {
        ZpLabelMatch next;
        if (line_match(runs, line, k + n, PAIR_LABELS, &next))
            break;
        n++;
    }
    GPtrArray *words = g_ptr_array_new();
    take_words(runs, line->first + k, n, words);
    add_pair(pairs, words, match.value_offset > 0);
    return n;
}

/* The words of a line that stand below a label's first piece and are pieces of labels too. */
static void add_below(const Runs *runs, const WordLine *line, const Word *first, GPtrArray *words)
{
    for (guint k = 0; k < line->count && line->count <= LABEL_WORDS; k++) {
        Word *word = runs_word(runs, line->first + k);
        if (word->is_out || !word_is_below(first, word, STACK_SLACK) ||
            !(word->parts & PAIR_LABELS))
            continue;
        g_ptr_array_add(words, word);
        for (guint n = k + 1; n < line->count; n++) {
            Word *next = runs_word(runs, line->first + n);
            if (!next->joins || next->is_out || !(next->parts & PAIR_LABELS))
                break;
            g_ptr_array_add(words, next);
        }
        return;
    }
}

/* A label broken over lines, whose first piece is the k-th word. */
static guint find_stack(const Runs *runs, guint index, guint end, guint k, GArray *pairs)
{
    const WordLine *line = runs_line(runs, index);
    Word *first = runs_word(runs, line->first + k);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    guint taken = 0, n = 1;
    if (!(first->parts & PAIR_LABELS))
        return 0;
    g_ptr_array_add(words, first);
    for (; k + n < line->count; n++) {
        Word *next = runs_word(runs, line->first + k + n);
        if (!next->joins || next->is_out || !(next->parts & PAIR_LABELS))
            break;
        g_ptr_array_add(words, next);
    }
    for (guint i = index + 1; i < MIN(end, index + STACK_LINES); i++) {
        ZpLabelMatch match;
        add_below(runs, runs_line(runs, i), first, words);
        if (words_match(runs, words, &match) && zp_label_has(&match, PAIR_LABELS))
            taken = words->len;
    }
    if (!taken)
        return 0;
    g_ptr_array_set_size(words, (gint)taken);
    add_pair(pairs, g_steal_pointer(&words), false);
    return MIN(n, taken);
}

/* The first of the known labels, which come by lines, that may reach to a line. */
static guint first_near(const GArray *pairs, guint n_known, guint line)
{
    guint least = line > NEAR_LINES ? line - NEAR_LINES : 0, from = 0, end = n_known;
    while (from < end) {
        guint middle = (from + end) / 2;
        if (g_array_index(pairs, Pair, middle).first < least)
            from = middle + 1;
        else
            end = middle;
    }
    return from;
}

/* Whether a known label of a line nearby begins where a word does: they are one column of labels. */
static bool is_among_labels(const Runs *runs, const GArray *pairs, guint n_known, const Word *word,
                            bool is_alone)
{
    for (guint k = first_near(pairs, n_known, word->line); k < n_known; k++) {
        const Pair *pair = &g_array_index(pairs, Pair, k);
        if (pair->first > word->line + LABELS_REACH)
            break;
        /* What stands alone below a label in the middle of a line is rather the rest of a value. */
        if (is_alone &&
            pair->words->pdata[0] != runs_word(runs, runs_line(runs, pair->first)->first))
            continue;
        guint distance =
            pair->first > word->line ? pair->first - word->line : word->line - pair->first;
        if (distance > 0 && distance <= LABELS_REACH && ABS(pair->x0 - word->x0) <= LABELS_SLACK)
            return true;
    }
    return false;
}

/* Whether a word stands below "部门:某市某": it goes on with that. */
static bool goes_on_with_label(const GArray *pairs, guint n_known, const Word *word)
{
    for (guint k = first_near(pairs, n_known, word->line); k < n_known; k++) {
        const Pair *pair = &g_array_index(pairs, Pair, k);
        if (pair->first > word->line)
            break;
        if (pair->holds_value && pair->end == word->line &&
            ABS(pair->x0 - word->x0) <= LABELS_SLACK)
            return true;
    }
    return false;
}

/* The words of the run that the k-th word of a line begins. */
static guint run_words(const Runs *runs, const WordLine *line, guint k)
{
    guint n = 1;
    while (k + n < line->count &&
           runs_word(runs, line->first + k + n)->run == runs_word(runs, line->first + k)->run)
        n++;
    return n;
}

/*
 * Labels that no spelling knows, in a line of label, value, label, value:
 *
 *     项目名称    河道保洁    立项依据    市政府常务会议纪要
 *     主管部门    市水务局    实施单位    市河道管理所
 */
static void find_unknown(const Runs *runs, const WordLine *line, guint n_known, GArray *pairs)
{
    bool has_label = false, has_value = false;
    for (guint k = 0, n = 0; k < line->count; k += n) {
        const Word *word = runs_word(runs, line->first + k);
        n = run_words(runs, line, k);
        bool has_next = k + n < line->count && !runs_word(runs, line->first + k + n)->is_out;
        /* At the left edge nothing else begins where labels do. */
        bool may_be = (has_value && has_next) || (k == 0 && !word->parts);
        bool is_label = may_be && !word->is_out && !goes_on_with_label(pairs, n_known, word) &&
                        is_among_labels(runs, pairs, n_known, word, n == line->count);
        if (is_label) {
            GPtrArray *words = g_ptr_array_new();
            take_words(runs, line->first + k, n, words);
            add_pair(pairs, words, false);
        }
        has_label |= word->is_out;
        has_value = has_label && !word->is_out;
    }
}

GArray *run_pairs_find(const Runs *runs, guint first, guint end)
{
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    g_array_set_clear_func(pairs, pair_clear);
    for (guint i = first; i < end; i++) {
        const WordLine *line = runs_line(runs, i);
        if (line->is_furniture || line->is_title || line->is_year)
            continue;
        for (guint k = 0; k < line->count;) {
            guint n = 0;
            if (!runs_word(runs, line->first + k)->is_out) {
                n = find_in_line(runs, line, k, pairs);
                if (!n)
                    n = find_stack(runs, i, end, k, pairs);
            }
            k += MAX(n, 1);
        }
    }
    for (guint i = first, n_known = pairs->len; i < end; i++) {
        const WordLine *line = runs_line(runs, i);
        if (!line->is_furniture && !line->is_title && !line->is_year)
            find_unknown(runs, line, n_known, pairs);
    }
    return pairs;
}
