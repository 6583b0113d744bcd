/*
 * tables.c - which tables of a format that says where each ends are the form's.
 *
 * Behind a form's first table another one is the form's when it has heads of a block, or, without a caption of its
 * own, labels of a form, a block's label beside its rows, or others of the form behind it.  What stands under a caption (名词解释, 联系方式) is another
 * table, whatever it adds up.
 */
#include "recognise/features.h"

#include <string.h>

#define BIT(kind) LABEL_BIT(kind)

/*
 * Heads of a block, or figures beside their labels.  A total counts where it begins a table: elsewhere it may be the
 * sum of any column.
 */
static bool has_heads(const Builder *builder, const Line *line, const Features *features,
                      bool is_first)
{
    return features_head_indicators(features) || features->n_goal_labels >= 2 ||
           (features->n_fund_heads && features_are_pairs(builder, line)) ||
           (features->n_fund_heads >= 2 && features_head_funds(builder, features, line)) ||
           (is_first && zp_label_has(&features->tokens[0]->label, BIT(TOTAL)));
}

/* A label with its value, a level, a source of money that is none of any table's (合计, 其他). */
static bool has_labels(const Features *features)
{
    for (guint i = 0; i < features->n; i++) {
        const Token *token = features->tokens[i];
        bool is_source = token->shape == SHAPE_FUND_ROW;
        if (token->shape >= SHAPE_LEVEL1 &&
            (!is_source || (token->label.entry->source != ZP_SOURCE_TOTAL &&
                            token->label.entry->source != ZP_SOURCE_OTHER)))
            return true;
    }
    return features->n_goal_labels ||
           zp_label_has(&features->tokens[0]->label, PAIR_LABELS | BIT(FOOT) | BIT(TOTAL));
}

/* 名词解释, 附件目录: a line that is no label of a form. */
static bool is_caption(const Builder *builder, guint line)
{
    Token *tokens[2];
    bool alone;
    if (line_tokens(builder->lines, lines_at(builder->lines, line), tokens, 2) != 1 ||
        tokens[0]->label.entry)
        return false;
    token_fold(tokens[0], builder->scratch);
    const char *folded = builder->scratch->str;
    gsize length = builder->scratch->len;
    return !zp_labels_is_heading(builder->labels, folded, length) &&
           !zp_labels_is_title(builder->labels, folded, length) &&
           !(zp_labels_year(builder->labels, folded, length, &alone) && alone);
}

/* Columns of which a table's header must have so many that it is none of labels with their values. */
#define TABLE_COLUMNS 3

/* 名词 | 解释: the heads of a glossary, whose words may be labels of the form. */
static bool are_of_glossary(const Features *features)
{
    static const char *const WORDS[] = {"解释", "释义", "含义", "定义"};
    for (guint i = 0; i < G_N_ELEMENTS(WORDS) && features->n == 2; i++) {
        const Token *head = features->tokens[1];
        if (g_strstr_len(head->text, head->length, WORDS[i]) && !head->label.entry &&
            head->length <= 2 * strlen(WORDS[i]) && !features->tokens[0]->label.entry)
            return true;
    }
    return false;
}

/* On a sheet a caption and a header of words below it begin another table. */
static bool begins_on_sheet(const Builder *builder, guint line)
{
    Features features;
    const Line *at = lines_at(builder->lines, line);
    if (!at->table->has_spans || at->table->is_rebuilt || line + 1 >= builder->end ||
        at[1].table != at->table || at->count != 1 || !is_caption(builder, line))
        return false;
    const Slot *caption = line_slot(builder->lines, at, 0);
    const Slot *below = line_slot(builder->lines, at + 1, 0);
    features_read(builder, at + 1, &features);
    return slot_token(builder->lines, caption)->shape == SHAPE_TEXT && below->begins &&
           below->col == caption->col && !features.n_figures &&
           (features.n >= TABLE_COLUMNS || are_of_glossary(&features));
}

static bool begins_table(const Builder *builder, guint line)
{
    const Line *at = lines_at(builder->lines, line);
    if (line_is_text(at) || line == builder->begin || at[-1].table != at->table)
        return !line_is_text(at);
    return begins_on_sheet(builder, line);
}

/* Whether a table's own first row is a caption over the heads of three columns or more. */
static bool has_caption_row(const Builder *builder, guint line)
{
    Features below;
    const Line *at = lines_at(builder->lines, line);
    if (line + 1 >= builder->end || at[1].table != at->table || at->count != 1 ||
        !is_caption(builder, line))
        return false;
    const Slot *caption = line_slot(builder->lines, at, 0);
    features_read(builder, at + 1, &below);
    return caption->col == 0 && slot_token(builder->lines, caption)->shape == SHAPE_TEXT &&
           line_slot(builder->lines, at + 1, 0)->begins && below.n >= TABLE_COLUMNS &&
           !below.n_figures;
}

/* A caption directly above a table, or in its first row. */
static bool is_captioned(const Builder *builder, guint line)
{
    const Line *at = lines_at(builder->lines, line);
    if (line > builder->begin && at[-1].table == at->table)
        return true;
    if (line > builder->begin && line_is_text(at - 1) && is_caption(builder, line - 1))
        return true;
    return has_caption_row(builder, line);
}

/* Whether the first cell of a table stands beside its further rows, as the label of a block does. */
static bool has_side(const Builder *builder, guint line)
{
    const Line *at = lines_at(builder->lines, line);
    if (at->count < 2 || line + 1 >= builder->end || at[1].table != at->table)
        return false;
    const Slot *side = line_slot(builder->lines, at, 0);
    const Slot *below = line_slot(builder->lines, at + 1, 0);
    return below->token == side->token || below->col == side->end;
}

/* 主管部门意见 | 同意: a label of a form's foot with its text. */
static bool is_foot(const Features *features)
{
    static const char *const WORDS[] = {"意见", "问题", "结论", "建议", "措施"};
    const Token *label = features->tokens[0];
    if (features->n != 2 || !label->label.entry)
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(WORDS); i++) {
        if (g_strstr_len(label->text, label->length, WORDS[i]))
            return true;
    }
    return false;
}

/* What the labels of the table that begins at a line say of it; sets the line behind it. */
static TableSort sort_table(const Builder *builder, guint line, guint *behind)
{
    bool has_label = has_side(builder, line), has_head = false, has_foot = false,
         captioned = is_captioned(builder, line);
    const ZpTable *table = lines_at(builder->lines, line)->table;
    *behind = line;
    do {
        Features features;
        const Line *at = lines_at(builder->lines, *behind);
        features_read(builder, at, &features);
        has_head |= has_heads(builder, at, &features, *behind == line);
        has_label |= has_labels(&features);
        has_foot |= is_foot(&features);
        (*behind)++;
    } while (*behind < builder->end && lines_at(builder->lines, *behind)->table == table &&
             !begins_table(builder, *behind));
    return has_head                  ? TABLE_HEADED
           : has_label && !captioned ? TABLE_LABELLED
           : has_foot                ? TABLE_ASIDE
           : captioned               ? TABLE_CAPTIONED
                                     : TABLE_PLAIN;
}

guint8 *tables_sort(const Builder *builder)
{
    guint8 *sorts = g_new0(guint8, builder->end - builder->begin);
    for (guint i = builder->begin, behind; i < builder->end; i = behind) {
        behind = i + 1;
        if (begins_table(builder, i))
            sorts[i - builder->begin] = (guint8)sort_table(builder, i, &behind);
    }
    bool is_followed = false;
    for (guint i = builder->end - builder->begin; i-- > 0;) {
        if (sorts[i] && sorts[i] < TABLE_LABELLED && is_followed)
            sorts[i] = TABLE_LABELLED;
        is_followed |= sorts[i] >= TABLE_LABELLED;
    }
    return sorts;
}
