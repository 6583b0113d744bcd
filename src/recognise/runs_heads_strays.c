/*
 * runs_heads_strays.c - pieces of a header's labels that stand apart from the rest of them.
 *
 *     年初预算数 全年预算     数
 *                           全年执行 分值 执行率
 *                              数                  得分
 *
 * A piece completes the nearest label that is one with it.
 */
#include "recognise/runs_heads.h"

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* How far from its label's first words a piece may stand, in em. */
#define STRAY_REACH 16

static const guint64 BLOCK_LABELS = BIT(FUNDS_BLOCK) | BIT(GOALS_BLOCK) | BIT(INDICATORS_BLOCK);

static bool in_brackets(const Word *word)
{
    return *word->text == '(' || g_str_has_prefix(word->text, "（");
}

/* (略): what stands in brackets and is neither (A), (元) nor a piece of a label is no part of one. */
static bool is_remark(const Word *word)
{
    if (!in_brackets(word) || word->parts)
        return false;
    const char *inside = g_utf8_next_char(word->text);
    return zp_char_is_cjk(g_utf8_get_char(inside));
}

/* The role of a cell with one more word: its label's, when both together are one; ROLE_NONE else. */
static Role role_with(const Runs *runs, const RunHead *head, HeadCell *cell, const Word *word)
{
    ZpLabelMatch match = {0};
    if (is_remark(word))
        return ROLE_NONE;
    g_autoptr(GPtrArray) words = g_ptr_array_copy(cell->words, NULL, NULL);
    g_ptr_array_add(words, (gpointer)word);
    words_sort(words);
    /* 值 is a label, but 得分值 one, too. */
    words_join(words, runs->scratch);
    bool is_label =
        word->length <= RUN_HEAD_SHORT_BYTES
            ? zp_labels_match(runs->labels, runs->scratch->str, runs->scratch->len, &match)
            : words_match(runs, words, &match);
    if (!is_label || !zp_label_has(&match, run_head_kinds(head->kind)))
        return ROLE_NONE;
    return run_head_role(head->kind, &match);
}

/* 值 alone is a label, so it completes none that is whole without it. */
static bool is_far_value(const Runs *runs, const HeadCell *cell, const Word *word)
{
    ZpLabelMatch match;
    return word->length <= RUN_HEAD_SHORT_BYTES && cell->role != ROLE_NONE && !cell->is_rare &&
           zp_labels_match(runs->labels, word->text, word->length, &match);
}

/* The nearest label that a stray piece completes; one that needs it before one that is whole. */
static HeadCell *home_of_stray(const Runs *runs, const RunHead *head, const Word *word, Role *role)
{
    HeadCell *home = NULL;
    float nearest = STRAY_REACH;
    for (guint k = 0; k < head->cells->len; k++) {
        HeadCell *cell = run_head_cell(head, k);
        float distance = ABS((cell->x0 + cell->x1) / 2 - (word->x0 + word->x1) / 2);
        if (cell->role != ROLE_NONE)
            distance += STRAY_REACH / 4;
        else if (!runs->in_points && head->kind == RUN_HEAD_INDICATORS)
            distance /= 2; /* Han characters in the header count half, blanks below it do not */
        if (cell->is_block || cell->words->pdata[0] == word || distance >= nearest ||
            is_far_value(runs, cell, word))
            continue;
        Role with = role_with(runs, head, cell, word);
        if (with == ROLE_NONE || (cell->role != ROLE_NONE && with != cell->role))
            continue;
        home = cell;
        nearest = distance;
        *role = with;
    }
    return home;
}

static void give_stray(HeadCell *home, Word *word, Role role)
{
    home->role = role;
    g_ptr_array_add(home->words, word);
    words_sort(home->words);
}

/* A whole label, and a piece of the block's own at the left edge: 年度 | 预期目标. */
static bool are_apart(const RunHead *head, const HeadCell *one, const HeadCell *other)
{
    const HeadCell *first = run_head_cell(head, 0), *whole = one == first ? other : one;
    const Word *word = first->words->pdata[0];
    return (one == first || other == first) && (word->parts & BLOCK_LABELS) &&
           whole->role != ROLE_NONE;
}

/* A stray piece ("数" of 全年执行数, pushed aside) goes to the label that it completes. */
void run_head_place_strays(const Runs *runs, RunHead *head)
{
    for (guint i = head->cells->len; i-- > 0;) {
        HeadCell *stray = run_head_cell(head, i);
        Role role;
        if (stray->is_block || stray->words->len > 1)
            continue;
        Word *stray_word = stray->words->pdata[0];
        HeadCell *home = home_of_stray(runs, head, stray_word, &role);
        /* 值 alone is a label too, but not when another one lacks it. */
        if (!home || are_apart(head, stray, home))
            continue;
        bool is_value = stray_word->length <= RUN_HEAD_SHORT_BYTES && home->is_rare;
        if (stray->role != ROLE_NONE && home->role != ROLE_NONE && !is_value)
            continue;
        give_stray(home, stray_word, role);
        g_array_remove_index(head->cells, i);
    }
}

/* What is still no label: left of the labels the block's own, else a piece of one of them. */
void run_head_settle_rest(const Runs *runs, RunHead *head)
{
    bool is_left = true;
    for (guint i = 0; i < head->cells->len; i++) {
        HeadCell *cell = run_head_cell(head, i);
        is_left = is_left && cell->role == ROLE_NONE;
        if (cell->role != ROLE_NONE)
            continue;
        words_join(cell->words, runs->scratch);
        const ZpLabelEntry *entry = zp_labels_whole(runs->labels, run_head_kinds(head->kind),
                                                    runs->scratch->str, runs->scratch->len);
        cell->is_block = cell->is_block || is_left || !entry;
        if (cell->is_block)
            continue;
        cell->role = run_head_role(head->kind, &(ZpLabelMatch){.entry = entry});
        cell->text = entry->text;
    }
}

/* Whether a word left of a header's labels is the block's own label. */
static bool is_own_label(const RunHead *head, const Word *word)
{
    for (guint k = 0; k < head->cells->len; k++) {
        const HeadCell *cell = run_head_cell(head, k);
        if (cell->role != ROLE_NONE && cell->x0 < word->x1)
            return false;
    }
    return word->parts & BLOCK_LABELS;
}

static void add_own_label(RunHead *head, Word *word)
{
    HeadCell cell = {.words = g_ptr_array_new(), .x0 = word->x0, .x1 = word->x1, .is_block = true};
    g_ptr_array_add(cell.words, word);
    g_array_prepend_val(head->cells, cell);
}

/*
 *     全年预算数   全年执行数
 *                              执行率(B/A)
 *     资金情况  (A)     (B)                    the block's own label may stand beside pieces
 */
bool run_head_absorb(const Runs *runs, RunHead *head, guint line)
{
    const WordLine *at = runs_line(runs, line);
    guint strays = 0;
    Role role;
    if (at->is_furniture)
        return false;
    for (guint k = 0; k < at->count; k++) {
        const Word *word = runs_word(runs, at->first + k);
        if (home_of_stray(runs, head, word, &role))
            strays++;
        else if (k > 0 || !is_own_label(head, word))
            return false;
    }
    for (guint k = 0; strays && k < at->count; k++) {
        Word *word = runs_word(runs, at->first + k);
        HeadCell *home = home_of_stray(runs, head, word, &role);
        if (home)
            give_stray(home, word, role);
        else
            add_own_label(head, word);
    }
    return strays;
}
