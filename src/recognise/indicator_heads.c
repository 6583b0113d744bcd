/*
 * indicator_heads.c - the header of the indicators: one line or two, perhaps printed again on a later page.
 *
 *     绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值    | 实际完成值
 *              |          |          |          | 目标值 | 单位 |
 */
#include "recognise/indicator_heads.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* 年度绩效目标2(40分): the number of a target block. */
void heads_take_block_label(Builder *builder, Token *token)
{
    token->is_used = true;
    mark_seen(builder, token);
    /* A composed label has no spelling, and no number. */
    gsize length = strlen(token->label.entry->text);
    char last = length ? token->label.entry->text[length - 1] : '\0';
    if (g_ascii_isdigit(last))
        builder->block = last - '0';
}

/* A label of the block beside the rows, where the header lost its first cell. */
bool heads_is_block_label(const Token *token)
{
    return zp_label_has(&token->label, BIT(INDICATORS_BLOCK));
}

/* A header printed again below a page break is the page's, not the form's. */
void heads_drop_repeated(Builder *builder, const Line *line)
{
    Token *tokens[LINE_TOKENS_MAX];
    int block = builder->block;
    guint n = line_tokens(builder->lines, line, tokens, LINE_TOKENS_MAX);
    for (guint i = 0; i < n; i++) {
        tokens[i]->is_used = true;
        if (heads_is_block_label(tokens[i]))
            heads_take_block_label(builder, tokens[i]);
    }
    if (builder->block != block) /* the header of the next target block */
        return;
    ZpPlace at = place_in_line(line, builder->lines, 0);
    add_repair(builder, "R03", &at, "去掉了重复的表头行", "a repeated header row was taken out",
               "/indicators");
}

/* Whether a cell is the copy of the head above it, where a converter filled a merged cell. */
static bool is_copied(const Builder *builder, const Slot *head, const Slot *slot)
{
    const Token *a = slot_token(builder->lines, head), *b = slot_token(builder->lines, slot);
    return head->col == slot->col && a->length == b->length &&
           memcmp(a->text, b->text, a->length) == 0;
}

/* Whether each cell of a line stands below a head that lies over several columns; a lost merge leaves them blank. */
bool heads_divide(const Builder *builder, const Line *at)
{
    guint n_parts = 0;
    const Line *above = at - 1;
    for (guint i = 0; i < at->count; i++) {
        const Slot *slot = line_slot(builder->lines, at, i);
        bool is_part = false, is_other = !slot->begins;
        for (guint k = 0; k < above->count; k++) {
            const Slot *head = line_slot(builder->lines, above, k);
            guint32 end = k + 1 < above->count ? head[1].col : MAX(head->end, slot->end);
            is_other |= is_copied(builder, head, slot);
            is_part |= head->begins && end - head->col > 1 && slot->col >= head->col &&
                       slot->end <= end && slot->end - slot->col < end - head->col;
        }
        if (!is_part && !is_other)
            return false;
        n_parts += is_part && !is_other;
    }
    return n_parts > 1;
}

/* Whether the line behind a header is its second line: it names columns that the first does not. */
static bool is_second_header(const Builder *builder, const Columns *columns, guint line)
{
    Token *tokens[LINE_TOKENS_MAX];
    if (line >= builder->end || builder_meaning(builder, line) != LINE_INDICATOR_HEAD_AGAIN)
        return false;
    if (heads_divide(builder, lines_at(builder->lines, line)))
        return true;
    guint n = line_tokens(builder->lines, lines_at(builder->lines, line), tokens, LINE_TOKENS_MAX);
    static const guint64 LEVELS = BIT(LEVEL1_HEAD) | BIT(LEVEL3_HEAD) | BIT(COMPARATOR);
    for (guint i = 0; i < n; i++) {
        if (!zp_label_has(&tokens[i]->label, LEVELS))
            continue;
        Role role = zp_label_has(&tokens[i]->label, BIT(COMPARATOR))    ? ROLE_COMPARATOR
                    : zp_label_has(&tokens[i]->label, BIT(LEVEL1_HEAD)) ? ROLE_LEVEL1
                                                                        : ROLE_LEVEL3;
        if (!columns_find(columns, role))
            return true;
    }
    return false;
}

Columns *heads_read(Builder *builder, guint line, guint *behind)
{
    g_autoptr(GArray) columns =
        columns_of_indicators(builder->lines, line, false, builder->end, builder->form->year);
    *behind = line + 1;
    if (!is_second_header(builder, columns, line + 1))
        return g_steal_pointer(&columns);
    *behind = line + 2;
    return columns_of_indicators(builder->lines, line, true, builder->end, builder->form->year);
}
