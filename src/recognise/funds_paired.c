/*
 * funds_paired.c - a block of funds whose heads lie over a label and its figure each.
 *
 *     预算安排情况（调整后）  | 资金到位情况          | 资金执行情况          | 预算执行进度(%)
 *     预算数         | 2000   | 到位数         | 1900 | 执行数         | 1800 | 90
 *     其中：财政资金 | 1500   | 其中：财政资金 | 1400 | 其中：财政资金 | 1300 | 86.67
 *
 * The first label of a row names it; where that is the figure's own, the row is the year's.
 */
#include "recognise/features.h"
#include "recognise/funds.h"

#define BIT(kind) LABEL_BIT(kind)

/* What stands below one head. */
typedef struct {
    Token *head, *label, *figure; /* label and figure: (nullable) */
    guint n;
} Below;

/* The head that a slot stands below, as its number in the header; the header's count: none. */
static guint head_of(const Lines *lines, const Line *header, const Slot *slot)
{
    guint k = header->count;
    while (k && line_slot(lines, header, k - 1)->col > slot->col)
        k--;
    return k ? k - 1 : header->count;
}

/* Sorts a row's cells under the heads of a line; false where one stands below none, or three below one. */
static bool read_row(const Lines *lines, const Line *header, const Line *line, Below *below)
{
    for (guint i = 0; i < header->count; i++)
        below[i] = (Below){.head = slot_token(lines, line_slot(lines, header, i))};
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(lines, line, i);
        guint k = head_of(lines, header, slot);
        Token *token = slot_token(lines, slot);
        if (token == (k < header->count ? below[k].head : NULL))
            continue; /* the block's label beside its rows */
        if (k == header->count || ++below[k].n > 2)
            return false;
        if (shape_is_figure(token->shape))
            below[k].figure = token;
        else if (!below[k].figure)
            below[k].label = token;
    }
    return true;
}

bool funds_are_paired(const Builder *builder, const Line *header, const Line *line)
{
    Below below[LINE_TOKENS_MAX];
    guint n_pairs = 0;
    if (!header || header->count > LINE_TOKENS_MAX || line->table != header->table ||
        !read_row(builder->lines, header, line, below))
        return false;
    for (guint i = 0; i < header->count; i++) {
        bool is_pair = below[i].label && below[i].figure;
        if (below[i].n == 2 && !is_pair)
            return false;
        n_pairs += is_pair && zp_label_has(&below[i].head->label, FUND_HEADS);
        if (below[i].n == 1 && below[i].label)
            return false;
    }
    return n_pairs > 1;
}

/* The label of a row; 预算数 below the budget's head is the figure's own name. */
static void name_fund(Builder *builder, ZpFund *fund, Token *label, guint k)
{
    bool is_own = zp_label_has(&label->label, FUND_HEADS);
    fund->source = is_own ? ZP_SOURCE_TOTAL : builder_source_of(builder, label);
    fund->label = without_colon(builder, take_text(builder, label, "/funds/%u/label", k));
    fund->part_of = -1;
}

void builder_take_paired(Builder *builder, const Line *header, const Line *line)
{
    const char *name;
    bool is_named = false;
    Below below[LINE_TOKENS_MAX];
    read_row(builder->lines, header, line, below);
    guint k = builder->form->funds->len;
    ZpFund *fund = zp_form_add_fund(builder->form);
    for (guint i = 0; i < header->count; i++) {
        Token *label = below[i].label, *figure = below[i].figure;
        ZpValue *value = fund_figure(fund, role_of_label(&below[i].head->label), &name);
        if (label && !is_named)
            name_fund(builder, fund, label, k);
        is_named |= label != NULL;
        if (label)
            label->is_used = true;
        if (value)
            *value = take_value(builder, figure, line, line_slot(builder->lines, header, i)->col,
                                "/funds/%u/%s", k, name);
        else if (figure)
            take_extra(builder, label, below[i].head, figure);
    }
}
