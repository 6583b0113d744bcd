/*
 * evidence.c - labels by the labels beside them.
 *
 *     项目资金 | 年初预算数 | 全年预箅数 | 全年执行数      the second head is the budget's but for one character
 *
 * A text is mended only where labels stand anyway: in a row of heads, in the column of labels, beside a level.
 */
#include "recognise/evidence.h"

#include "recognise/features.h"

#include <stdarg.h>

#define BIT(kind) LABEL_BIT(kind)

/* A longer text is no head. */
#define HEAD_BYTES_MAX 60
/* Cells of a row of the goals' heads: the block's label, expected, adjusted, actual, one to spare. */
#define GOAL_HEADS_MAX 5

bool evidence_mend(const ZpLabels *labels, Token *token, guint64 kinds)
{
    ZpLabelMatch match;
    if (token->label.entry || token->shape != SHAPE_TEXT || token->length > HEAD_BYTES_MAX ||
        !zp_labels_mend(labels, kinds, token->text, token->length, &match) || match.value_offset)
        return false;
    token->label = match;
    token->shape = shape_of_label(&match);
    return true;
}

/* The kinds that may stand among a row's heads; 0: it is no row of heads. */
static guint64 kinds_of_row(const Lines *lines, guint first, guint64 *present)
{
    guint n_funds = 0, n_indicators = 0, n_scores = 0, n_goals = 0;
    guint n = lines->slots->len - first;
    for (guint i = first; i < lines->slots->len; i++) {
        const Token *token = slot_token(lines, &g_array_index(lines->slots, Slot, i));
        if (token->shape >= SHAPE_SMALL && token->shape <= SHAPE_COMPARED)
            return 0;
        n_funds += zp_label_has(&token->label, FUND_HEADS);
        n_indicators += zp_label_has(&token->label, INDICATOR_HEADS);
        n_scores += zp_label_has(&token->label, SCORE_HEADS);
        n_goals += zp_label_has(&token->label, GOAL_HEADS);
        if (token->label.entry)
            *present |= token->label.entry->kinds;
    }
    if (n_indicators >= 2 || (n_indicators && n_indicators + n_scores >= 3))
        return INDICATOR_HEADS | SCORE_HEADS | BIT(INDICATORS_BLOCK);
    if (n_funds >= 2 || (n_funds && n_funds + n_scores >= 3))
        return FUND_HEADS | SCORE_HEADS | BIT(FUNDS_BLOCK);
    return n_goals && n <= GOAL_HEADS_MAX ? GOAL_HEADS | BIT(GOALS_BLOCK) : 0;
}

void evidence_mend_heads(Lines *lines, guint first)
{
    guint64 present = 0, kinds = 0;
    for (guint i = first; i < lines->slots->len; i++) {
        Token *token = slot_token(lines, &g_array_index(lines->slots, Slot, i));
        if (token->label.entry || token->length > HEAD_BYTES_MAX || token->shape != SHAPE_TEXT)
            continue;
        if (!kinds && !(kinds = kinds_of_row(lines, first, &present)))
            return;
        if (evidence_mend(lines->labels, token, kinds & ~present))
            present |= token->label.entry->kinds;
    }
}

void evidence_note(Builder *builder, Token *token, const char *pointer_format, ...)
{
    if (!token || token->is_label_noted || token->label.how < ZP_LABEL_MENDED)
        return;
    token->is_label_noted = true;
    bool is_mended = token->label.how == ZP_LABEL_MENDED;
    ZpPlace at = zp_cell_place(token->table, token->cell);
    g_autoptr(GString) text = g_string_new(NULL);
    zp_text_append_clean(text, token->text, token->length);
    g_autofree char *zh = is_mended
                              ? g_strdup_printf("“%s”读作“%s”", text->str, token->label.entry->text)
                              : g_strdup_printf("“%s”这一栏按相邻各栏推断", text->str);
    g_autofree char *en =
        is_mended ? g_strdup_printf("\"%s\" was read as %s", text->str, token->label.entry->text)
                  : g_strdup_printf("what \"%s\" heads was inferred from the columns beside it",
                                    text->str);
    va_list arguments;
    va_start(arguments, pointer_format);
    g_autofree char *pointer = g_strdup_vprintf(pointer_format, arguments);
    va_end(arguments);
    add_repair(builder, is_mended ? "R06" : "R07", &at, zh, en, "%s", pointer);
}

/* The roles without which a block says little, and the labels that head them; figures are scores where weights are. */
static const struct {
    BlockKind block;
    Role role;
    guint64 kinds;
} NEEDED[] = {
    {BLOCK_FUNDS, ROLE_BUDGET, BIT(BUDGET)},      {BLOCK_FUNDS, ROLE_EXECUTED, BIT(EXECUTED)},
    {BLOCK_FUNDS, ROLE_RATE, BIT(RATE)},          {BLOCK_INDICATORS, ROLE_TARGET, BIT(TARGET)},
    {BLOCK_INDICATORS, ROLE_ACTUAL, BIT(ACTUAL)},
};

/* Whether a column may have the roles that are wanted: any text may be a target, a figure alone money or a score. */
static bool may_have(const Builder *builder, const Column *column, const GArray *rows,
                     bool is_figure)
{
    for (guint i = 0; i < rows->len; i++) {
        const Line *line = lines_at(builder->lines, g_array_index(rows, guint, i));
        for (guint k = 0; k < line->count; k++) {
            const Slot *slot = line_slot(builder->lines, line, k);
            Shape shape = slot_token(builder->lines, slot)->shape;
            if (slot->begins && slot->col >= column->col && slot->col < column->end &&
                (!is_figure || (shape >= SHAPE_SMALL && shape <= SHAPE_COMPARED)))
                return true;
        }
    }
    return false;
}

void evidence_name_unknown(Builder *builder, const Columns *columns, const GArray *rows,
                           BlockKind kind)
{
    guint64 kinds = 0;
    bool is_figure = kind == BLOCK_FUNDS;
    for (guint i = 0; i < G_N_ELEMENTS(NEEDED); i++) {
        bool is_found = columns_find(columns, NEEDED[i].role) ||
                        (NEEDED[i].role == ROLE_TARGET && columns_find(columns, ROLE_TARGET_VALUE));
        if (NEEDED[i].block == kind && !is_found)
            kinds |= NEEDED[i].kinds;
    }
    bool has_weight = columns_find(columns, ROLE_WEIGHT);
    if (kind == BLOCK_INDICATORS && !kinds && has_weight != !!columns_find(columns, ROLE_SCORE)) {
        kinds = has_weight ? BIT(SCORE) : BIT(WEIGHT);
        is_figure = true;
    }
    for (guint i = 0; i < columns->len && kinds; i++) {
        const Column *column = &g_array_index(columns, Column, i);
        if (column->role != ROLE_OTHER || !column->head || column->head->label.entry ||
            column->head->shape != SHAPE_TEXT || !may_have(builder, column, rows, is_figure))
            continue;
        add_unread(
            builder, column->head, ZP_LOSS_UNKNOWN_LABEL,
            zp_labels_nearest(builder->labels, kinds, column->head->text, column->head->length));
    }
}
