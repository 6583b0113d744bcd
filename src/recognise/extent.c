/*
 * extent.c - where the rows of a block end in a grid that says what is merged.
 *
 *     绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值        header: names left of 指标值, values from it on
 *              | 产出指标 | 数量指标 | 培训次数 | ≥10次  | 38次
 *     管理情况 | 拨付合规性         | 按合同拨付，手续齐全。             behind: another label stands where 绩效指标 did
 *     预期目标                      | 完成年度建设任务63项。             across: a cell lies over names and values
 *
 * A converter may have filled merged cells with copies: texts that are the same side by side lie together.
 */
#include "recognise/extent.h"

#include <string.h>

/* Whether the first cell of a header is the block's own label, which its rows stand beside. */
static bool has_side(const Lines *lines, const Line *header)
{
    const Slot *side = line_slot(lines, header, 0);
    Role role = role_of_label(&slot_token(lines, side)->label);
    const Line *below = header + 1;
    if ((role != ROLE_BLOCK && role != ROLE_OTHER) || below > lines_at(lines, lines_end(lines) - 1))
        return false;
    const Slot *first = line_slot(lines, below, 0);
    return below->table == header->table &&
           (first->token == side->token || first->col >= side->end);
}

Extent extent_begin(const Lines *lines, const Line *header, guint64 names, guint64 values,
                    guint64 needed)
{
    Extent extent = {
        .header = header, .side = G_MAXUINT, .first = G_MAXUINT32, .names = G_MAXUINT32};
    if (header->table->is_rebuilt || !header->count)
        return (Extent){0};
    bool is_beside = has_side(lines, header);
    if (is_beside) {
        extent.side = line_slot(lines, header, 0)->token;
        extent.side_end = line_slot(lines, header, 0)->end;
    }
    for (guint i = is_beside; i < header->count; i++) {
        const Slot *slot = line_slot(lines, header, i);
        const ZpLabelMatch *label = &slot_token(lines, slot)->label;
        extent.first = MIN(extent.first, slot->col);
        if (zp_label_has(label, needed) && extent.n_needed < G_N_ELEMENTS(extent.needed))
            extent.needed[extent.n_needed++] = (ExtentColumn){slot->col, slot->end};
        if (zp_label_has(label, names))
            extent.names = slot->end;
        else if (zp_label_has(label, values) && extent.names == G_MAXUINT32)
            extent.names = slot->col;
    }
    return extent;
}

/* Whether texts, without a figure, stand in a row from its slot @first on: two or more that differ. */
static bool is_words(const Lines *lines, const Line *line)
{
    guint n = 0;
    const Token *before = NULL;
    for (guint i = 0; i < line->count; i++) {
        const Token *token = slot_token(lines, line_slot(lines, line, i));
        if (token->shape >= SHAPE_SMALL && token->shape <= SHAPE_COMPARED)
            return false;
        n += !before || !tokens_alike(before, token);
        before = token;
    }
    return n >= 2;
}

/* Whether a cell of the row lies over names and values. */
static bool lies_across(const Extent *extent, const Lines *lines, const Line *line)
{
    for (guint i = 0; i < line->count;) {
        const Slot *slot = line_slot(lines, line, i);
        guint32 end = slot->end;
        while (++i < line->count) {
            const Slot *next = line_slot(lines, line, i);
            if (!slot_repeats(lines, next))
                break;
            end = next->end;
        }
        if (slot->begins && slot->col < extent->names && end > extent->names)
            return true;
    }
    return false;
}

/* Whether a text may be the label of something else: a level's own may have come here with its row. */
static bool may_head(const Token *token)
{
    bool is_level = token->shape == SHAPE_LEVEL1 || token->shape == SHAPE_LEVEL12 ||
                    (token->shape == SHAPE_LEVEL2 && token->label.entry->homes);
    return !is_level && token->shape != SHAPE_BLOCK;
}

/* Whether nothing begins in a row below the heads of a value that each row of the block has. */
static bool lacks_values(const Extent *extent, const Lines *lines, const Line *line)
{
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(lines, line, i);
        if (i && slot_repeats(lines, slot))
            continue; /* a copy of what begins further left */
        for (guint k = 0; k < extent->n_needed; k++) {
            if (slot->begins && slot->col >= extent->needed[k].col &&
                slot->col < extent->needed[k].end)
                return false;
        }
    }
    return extent->n_needed > 0;
}

/* Names without values, the first of them unknown, below a row with values: a label with its texts. */
static bool is_named_only(const Lines *lines, const Extent *extent, const Line *line)
{
    const Line *above = line - 1;
    const Token *first = slot_token(lines, line_slot(lines, line, 0));
    if (extent->names == G_MAXUINT32 || above <= extent->header || !above->count ||
        line_slot(lines, above, above->count - 1)->col < extent->names)
        return false;
    return !first->label.entry && first->shape == SHAPE_TEXT && line_slot(lines, line, 0)->begins &&
           line_slot(lines, line, 0)->col == extent->first &&
           (line_slot(lines, line, line->count - 1)->end <= extent->names ||
            lacks_values(extent, lines, line));
}

/*
 *     管理情况 (over the three levels) | 执行准确性 (over 指标值, 完成值, 分值) | 按照批复的预算执行。
 *
 * A cell that lies over two values is neither: by its span, or as so many copies that a target and the same actual
 * value are not all of them.
 */
static bool joins_values(const Extent *extent, const Lines *lines, const Line *line)
{
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(lines, line, i);
        const Token *token = slot_token(lines, slot);
        guint32 end = slot->end;
        guint n = 0;
        for (guint k = i + 1; k < line->count; k++) {
            const Slot *next = line_slot(lines, line, k);
            if (!slot_repeats(lines, next))
                break;
            end = next->end;
        }
        for (guint k = 0; k < extent->n_needed; k++)
            n += extent->needed[k].col >= slot->col && extent->needed[k].col < end;
        if (slot->begins && n > 1 && slot->col >= extent->names &&
            (token->cell->col_span > 1 || end - slot->col > 2))
            return true;
    }
    return false;
}

static bool is_sentence(const Token *token)
{
    gsize stop = strlen("。");
    return token->shape == SHAPE_TEXT && token->length > stop &&
           memcmp(token->text + token->length - stop, "。", stop) == 0;
}

/*
 *     资金管理 |  | 拨付合规性 |  | 按合同拨付，手续齐全。 |      below 一级指标, 二级指标, 三级指标, 目标值, 实际完成值
 *
 * A label that is no level of its own, and a sentence in a row that lacks one of the values: prose.
 */
static bool is_prose(const Lines *lines, const Extent *extent, const Line *line)
{
    bool has_sentence = false;
    guint n_filled = 0;
    const Slot *first = line_slot(lines, line, 0);
    const Token *token = slot_token(lines, first);
    bool is_loose = (token->shape == SHAPE_LEVEL2 && !token->label.entry->homes) ||
                    (token->shape == SHAPE_TEXT && !token->label.entry);
    if (!first->begins || first->col != extent->first || !is_loose)
        return false;
    for (guint i = 1; i < line->count; i++) {
        const Slot *slot = line_slot(lines, line, i);
        has_sentence |= is_sentence(slot_token(lines, slot));
        for (guint k = 0; k < extent->n_needed; k++)
            n_filled += slot->begins && slot->col >= extent->needed[k].col &&
                        slot->col < extent->needed[k].end;
    }
    return has_sentence && n_filled < extent->n_needed;
}

/* 五、自评分数 | 95分: a label with its value, where the grid itself says that both lie over several columns. */
static bool is_label_across(const Extent *extent, const Lines *lines, const Line *line)
{
    if (line->count != 2 || extent->names == G_MAXUINT32)
        return false;
    const Slot *label = line_slot(lines, line, 0), *value = label + 1;
    const Token *token = slot_token(lines, label);
    return label->begins && value->begins && token->shape == SHAPE_TEXT &&
           token->cell->col_span > 1 && slot_token(lines, value)->cell->col_span > 1 &&
           value->col < extent->names && value->end > extent->names;
}

RowPlace extent_place(const Extent *extent, const Lines *lines, const Line *line)
{
    if (!extent->header || line->table != extent->header->table || line <= extent->header)
        return ROW_INSIDE;
    const Slot *first = line_slot(lines, line, 0);
    const Token *token = slot_token(lines, first);
    bool is_beside = extent->side_end && first->col < extent->side_end;
    if (is_beside && first->token == extent->side)
        return ROW_INSIDE;
    if (is_label_across(extent, lines, line))
        return ROW_ACROSS;
    if (!is_words(lines, line))
        return ROW_INSIDE;
    if (is_beside && !line->after_break && may_head(token))
        return ROW_BEHIND;
    if (joins_values(extent, lines, line) || is_named_only(lines, extent, line) ||
        is_prose(lines, extent, line))
        return ROW_BEHIND;
    return lies_across(extent, lines, line) ? ROW_ACROSS : ROW_INSIDE;
}
