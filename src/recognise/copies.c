/*
 * copies.c - merged cells that a converter filled with copies of their text are one cell again.
 *
 *     绩效指标 | 一级指标 | 一级指标 | 三级指标        a label side by side
 *     绩效指标 | 产出指标 | 数量指标 | 培训次数        a block's label in each of its rows
 *
 * Other texts may well stand twice (a target and the same actual); who reads them asks line_items().
 */
#include "recognise/copies.h"

#include <string.h>

/* Of two cells only a title or its year is a copy for sure: a label may have its own words for a value. */
static bool is_heading_copy(const Lines *lines, const Token *token)
{
    bool alone;
    g_autoptr(GString) folded = g_string_new(NULL);
    const char *line =
        memchr(token->text, '\n', token->length); /* a title with its year below it */
    gsize length = line ? (gsize)(line - token->text) : token->length;
    zp_text_append_folded(folded, token->text, length);
    return zp_labels_is_title(lines->labels, folded->str, folded->len) ||
           (zp_labels_year(lines->labels, folded->str, folded->len, &alone) && alone);
}

/* Whether every cell of the row says the same words: a title whose merge was filled with copies. */
static bool is_one_text(const Lines *lines, guint first)
{
    guint n = lines->slots->len - first;
    const Token *head = slot_token(lines, &g_array_index(lines->slots, Slot, first));
    bool is_words = head->shape == SHAPE_TEXT ? n >= 3 : head->shape >= SHAPE_LEVEL1 && n > 3;
    if (!is_words && !is_heading_copy(lines, head))
        return false;
    for (guint i = first + 1; i < lines->slots->len; i++) {
        if (!tokens_alike(head, slot_token(lines, &g_array_index(lines->slots, Slot, i))))
            return false;
    }
    return true;
}

/* A row with a percentage, whose figures do not stand each beside its own label: an indicator's. */
static bool is_row_of_figures(const Lines *lines, guint first)
{
    bool has_percent = false, alternates = true, was_figure = true;
    for (guint i = first; i < lines->slots->len; i++) {
        const Token *token = slot_token(lines, &g_array_index(lines->slots, Slot, i));
        const Token *left =
            i > first ? slot_token(lines, &g_array_index(lines->slots, Slot, i - 1)) : NULL;
        has_percent |= token->shape == SHAPE_PERCENT;
        if (left && tokens_alike(left, token))
            continue;
        bool is_figure = shape_is_figure(token->shape);
        alternates &= is_figure != was_figure;
        was_figure = is_figure;
    }
    return has_percent && !(alternates && was_figure);
}

/*
 * Some converters fill a merged cell with copies of its text.  Copies of a label side by side
 * are one cell again; other texts may well stand twice (a target and the same actual), and so may
 * a label of two levels (满意度指标 | 满意度指标) or the rate as an indicator of every level.
 */
static void merge_copies(Lines *lines, guint first)
{
    static const guint64 RATE = ZP_LABEL_BIT(ZP_LABEL_RATE);
    guint kept = first;
    if (lines->slots->len - first < 2)
        return;
    bool one_text = is_one_text(lines, first), is_row = is_row_of_figures(lines, first);
    for (guint i = first + 1; i < lines->slots->len; i++) {
        Slot *last = &g_array_index(lines->slots, Slot, kept);
        const Slot *slot = &g_array_index(lines->slots, Slot, i);
        Token *token = slot_token(lines, slot);
        bool is_copy = slot->begins && last->begins && slot->col == last->end &&
                       (one_text || (token->label.entry && token->shape != SHAPE_LEVEL12 &&
                                     !(is_row && zp_label_has(&token->label, RATE)))) &&
                       tokens_alike(token, slot_token(lines, last));
        if (is_copy)
            last->end = slot->end;
        else
            g_array_index(lines->slots, Slot, ++kept) = *slot;
        token->is_used |= is_copy;
    }
    g_array_set_size(lines->slots, kept + 1);
}

/* Cells of the row from its slot @first on that say different things one beside the other; G_MAXUINT: a figure is among them. */
static guint count_words(const Lines *lines, guint first)
{
    guint n = 0;
    for (guint i = first; i < lines->slots->len; i++) {
        const Token *token = slot_token(lines, &g_array_index(lines->slots, Slot, i));
        if (shape_is_figure(token->shape))
            return G_MAXUINT;
        n += i == first ||
             !tokens_alike(token, slot_token(lines, &g_array_index(lines->slots, Slot, i - 1)));
    }
    return n;
}

/* Whether a text of its own, none of the row above, stands directly beside a row's first cell, and a figure beside that. */
static bool has_own_name(const Lines *lines, guint first, const Line *above)
{
    if (lines->slots->len < first + 3 || above->count < 3)
        return false;
    const Token *name = slot_token(lines, &g_array_index(lines->slots, Slot, first + 1));
    const Token *figure = slot_token(lines, &g_array_index(lines->slots, Slot, first + 2));
    return name->shape != SHAPE_DASH && !shape_is_figure(name->shape) &&
           shape_is_figure(figure->shape) &&
           !tokens_alike(name, slot_token(lines, line_slot(lines, above, 1)));
}

/* A level that any form might have (资金管理): the name of a block, too. */
static bool is_loose_level(const Token *token)
{
    return token->shape == SHAPE_LEVEL2 && !token->label.entry->homes;
}

/*
 * The label of a block in each of its rows is one cell again, too: so a block of copies looks as one of spans does.
 *
 *     资金管理 | 拨付合规性 | 按合同和进度拨付，手续齐全。
 *     资金管理 | 执行准确性 | 按照批复的预算执行。
 *
 * A label that is none of a block is one where text alone, and more than its value, stands beside it.
 */
static void span_copy(Lines *lines, guint first)
{
    static const guint64 GOALS =
        ZP_LABEL_BIT(ZP_LABEL_GOAL_EXPECTED) | ZP_LABEL_BIT(ZP_LABEL_GOAL_ACTUAL);
    const Line *above =
        lines->lines->len ? &g_array_index(lines->lines, Line, lines->lines->len - 1) : NULL;
    if (!above || above->table != lines->walk.table || above->row + 1 != lines->walk.row)
        return;
    Slot *slot = &g_array_index(lines->slots, Slot, first);
    const Slot *side = line_slot(lines, above, 0);
    Token *token = slot_token(lines, slot);
    if (!slot->begins || slot->col != side->col || slot->end != side->end || slot->col > 0 ||
        !tokens_alike(token, slot_token(lines, side)))
        return;
    bool is_block = token->shape == SHAPE_BLOCK || zp_label_has(&token->label, GOALS);
    bool is_row =
        token->shape >= SHAPE_DASH && token->shape != SHAPE_BLOCK && !is_loose_level(token);
    /* 上年结转资金（万元） beside its own sources: a source's label stands directly at its figures. */
    is_block |= token->shape == SHAPE_FUND_ROW && lines->slots->len > first + 1 &&
                !shape_is_figure(slot_token(lines, slot + 1)->shape);
    guint n = is_block || is_row ? 0 : count_words(lines, first);
    /* 年度收支 | 项目支出 | 800.5: neither does an unknown label of a block, beside which each row has its own. */
    bool has_own = n == G_MAXUINT && has_own_name(lines, first, above);
    if (!is_block && !has_own && (n < 3 || n == G_MAXUINT))
        return;
    token->is_used = true;
    slot->token = side->token;
    slot->begins = false;
}

void copies_merge(Lines *lines, guint first)
{
    merge_copies(lines, first);
    span_copy(lines, first);
}
