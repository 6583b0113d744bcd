/*
 * prose.c - blocks of prose: a label, and texts under heads of their own.
 *
 *     管理情况 | 内容       | 情况说明               | 存在问题
 *              | 拨付合规性 | 按合同拨付，手续齐全。 | 未发现问题。
 */
#include "recognise/prose.h"

#include "recognise/features.h"

#include <string.h>

#define BIT(kind) LABEL_BIT(kind)

/* Whether a row has a name and its texts below all the heads behind the block's label. */
static bool is_named_below(const Builder *builder, const Line *heads, const Line *row)
{
    for (guint k = 1; k < heads->count; k++) {
        if (heads->count != row->count ||
            line_slot(builder->lines, heads, k)->col != line_slot(builder->lines, row, k)->col)
            return false;
    }
    return heads->count > 2;
}

/* The line whose first cell is the label of a block that stands beside this line, too; G_MAXUINT: none does. */
guint prose_side(const Builder *builder, guint index)
{
    const Line *line = lines_at(builder->lines, index);
    const Slot *first = line_slot(builder->lines, line, 0);
    if (first->begins && !first->col)
        return G_MAXUINT;
    for (guint i = index; i-- > builder->begin;) {
        const Line *above = lines_at(builder->lines, i);
        const Slot *slot = line_slot(builder->lines, above, 0);
        if (above->table != line->table || builder_meaning(builder, i) != LINE_PAIRS)
            break;
        bool is_same = slot->token == first->token; /* a merged cell, or copies of it */
        if (slot->begins && is_same)
            return i;
        /* Its merge is lost: nothing stands below it. */
        if (first->begins && slot->col < first->col)
            return (above->count > 2 && line_slot(builder->lines, above, 1)->col == first->col) ||
                           is_named_below(builder, above, line)
                       ? i
                       : G_MAXUINT;
    }
    return G_MAXUINT;
}

/* Whether the first cell of a line is such a label: it names none of a form's fields, and reaches below. */
bool prose_begins(const Builder *builder, guint index)
{
    const Line *line = lines_at(builder->lines, index);
    if (zp_label_has(&slot_token(builder->lines, line_slot(builder->lines, line, 0))->label,
                     PAIR_LABELS))
        return false;
    return index + 1 < builder->end &&
           lines_at(builder->lines, index + 1)->table == lines_at(builder->lines, index)->table &&
           prose_side(builder, index + 1) == index;
}

/* The heads that a row of prose has, each below its own: 0 where it is none; the name of the row may lack one. */
static guint prose_heads(Token **heads, guint n_heads, Token **items, guint n, Token **of)
{
    guint n_found = 0;
    bool is_named = n_heads + 1 == n && items[0]->cell->col < heads[0]->cell->col;
    if (n < 3 || (n_heads != n && !is_named))
        return 0;
    for (guint i = is_named; i < n; i++) {
        of[i] = heads[i - is_named];
        n_found += of[i]->cell->col == items[i]->cell->col;
    }
    return n_found + is_named == n || (!is_named && n % 2) ? n : 0;
}

/* The number of cells in front of a row that are the label of its block, or copies of it. */
guint prose_count_side(const Builder *builder, guint side, Token *const *items, guint n)
{
    guint first = 0;
    const Line *at = lines_at(builder->lines, side);
    const Token *label = slot_token(builder->lines, line_slot(builder->lines, at, 0));
    while (first < n && items[first]->length == label->length &&
           memcmp(items[first]->text, label->text, label->length) == 0)
        first++;
    return first;
}

/* Cells of a row beside the label of its block. */
static guint items_beside(const Builder *builder, guint side, guint line, Token **items)
{
    guint n = line_items(builder->lines, lines_at(builder->lines, line), 0, items);
    guint first = prose_count_side(builder, side, items, n);
    memmove(items, items + first, (n - first) * sizeof *items);
    return n - first;
}

/*
 * A block of prose: a label, and texts under heads of their own; the heads of the names may be left out.
 *
 *     管理情况 | 内容       | 情况说明               | 存在问题
 *              | 拨付合规性 | 按合同拨付，手续齐全。 | 未发现问题。
 */
bool prose_take(Builder *builder, guint index, guint side, Token **items, guint n)
{
    Token *heads[LINE_TOKENS_MAX], *below[LINE_TOKENS_MAX], *of[LINE_TOKENS_MAX];
    guint n_heads = items_beside(builder, side, side, heads);
    for (guint i = 0; i < n_heads; i++) {
        if (zp_label_has(&heads[i]->label, PAIR_LABELS & ~BIT(EXTRA)))
            return false; /* 基本信息 | 项目名称 | …: labels with their values */
    }
    for (guint i = 0; i < n; i++) {
        if (items[i]->label.value_offset ||
            zp_label_has(&items[i]->label, PAIR_LABELS & ~BIT(EXTRA)))
            return false;
    }
    if (index == side) {
        guint n_below = index + 1 < builder->end && n_heads == n
                            ? items_beside(builder, side, index + 1, below)
                            : 0;
        bool is_head = (n >= 3 && n % 2) || prose_heads(heads, n_heads, below, n_below, of);
        for (guint i = 0; i < n && is_head; i++)
            items[i]->is_used = true;
        return is_head;
    }
    if (!prose_heads(heads, n_heads, items, n, of))
        return false;
    for (guint i = 1; i < n; i++) {
        ZpText label = builder_label_text(builder, items[0]);
        if (i > 1) {
            g_autofree char *text =
                g_strdup_printf("%s %s", label.text, builder_label_text(builder, of[i]).text);
            label.text = g_string_chunk_insert(builder->form->strings, text);
        }
        ZpText text = take_text(builder, items[i], "/extra/%u", builder->form->extra->len);
        ZpExtra *extra = zp_form_add_extra(builder->form);
        extra->label = label;
        extra->value = (ZpValue){.text = text.text, .at = text.at, .ocr = text.ocr};
    }
    for (guint i = 0; i < n; i++)
        items[i]->is_used = true;
    return true;
}
