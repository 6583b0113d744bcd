/*
 * funds_names.c - what names the rows of a block of funds: sources of money, or something else.
 *
 *     任务名称 | 预算数 | 执行数      what each task cost, where another block has the sources of money
 */
#include "recognise/features.h"
#include "recognise/funds.h"

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* How many rows have a text that may name them in a column. */
static guint count_names(const Builder *builder, const GArray *rows, const Columns *columns,
                         const Column *column)
{
    guint n = 0;
    for (guint i = 0; i < rows->len; i++) {
        const Line *line = lines_at(builder->lines, g_array_index(rows, guint, i));
        const Token *token = fund_token_in(builder, line, columns, column, 0);
        n += token && !shape_is_figure(token->shape) &&
             !zp_label_has(&token->label, BIT(FUNDS_BLOCK));
    }
    return n;
}

/* Where the merge of the block's label over the sources is lost, the sources stand below it, and nothing beside it. */
void funds_settle_names(const Builder *builder, const GArray *rows, Columns *columns)
{
    for (guint i = 0; i + 1 < columns->len; i++) {
        Column *block = &g_array_index(columns, Column, i);
        Column *names = block + 1;
        if (block->role == ROLE_BLOCK && names->role == ROLE_LABEL && !names->head &&
            count_names(builder, rows, columns, block) > 1 &&
            !count_names(builder, rows, columns, names)) {
            block->role = ROLE_LABEL;
            block->end = names->end;
            g_array_remove_index(columns, i + 1);
        }
    }
}

static bool is_source(const Builder *builder, const Token *token)
{
    if (zp_label_has(&token->label, BIT(FUND_ROW)))
        return token->label.entry->source != ZP_SOURCE_TOTAL;
    token_fold(token, builder->scratch);
    return zp_labels_source(builder->labels, builder->scratch->str, builder->scratch->len) !=
           ZP_SOURCE_OTHER;
}

/* Whether a source of money stands in the rows below a header, or the block's label beside it. */
static bool has_source(const Builder *builder, guint header)
{
    Token *tokens[LINE_TOKENS_MAX];
    for (guint i = header; i < builder->end; i++) {
        const Line *line = lines_at(builder->lines, i);
        LineMeaning meaning = builder_meaning(builder, i);
        if (i > header && meaning != LINE_FUND)
            break;
        guint n = line_tokens(builder->lines, line, tokens, LINE_TOKENS_MAX);
        for (guint k = 0; k < n; k++) {
            if (i > header ? is_source(builder, tokens[k])
                           : zp_label_has(&tokens[k]->label, BIT(FUNDS_BLOCK)))
                return true;
        }
    }
    return false;
}

/* A head of the rows' names that says of what they are, and not of money. */
static bool names_other(const Token *head)
{
    return head && !zp_label_has(&head->label, BIT(FUNDS_BLOCK) | BIT(FUND_ROW)) &&
           !g_strstr_len(head->text, head->length, "资金") &&
           !g_strstr_len(head->text, head->length, "来源");
}

/*
 * 任务名称 | 预算数 | 执行数: what each task cost, under a head that names the rows, where another block has the sources of
 * money: no row of it is one.
 */
bool funds_are_of_tasks(const Builder *builder, guint header, const Columns *columns)
{
    bool has_names = false;
    for (guint i = 0; i < columns->len && !has_names; i++) {
        const Column *column = &g_array_index(columns, Column, i);
        has_names = column->role == ROLE_LABEL && names_other(column->head);
    }
    if (!has_names || has_source(builder, header))
        return false;
    for (guint i = builder->begin; i < builder->end; i++) {
        if (i != header && builder_meaning(builder, i) == LINE_FUND_HEAD && has_source(builder, i))
            return true;
    }
    return false;
}

/* Their rows, to `extra`: each figure under the names of its row and column. */
void funds_take_tasks(Builder *builder, const GArray *rows, const Columns *columns)
{
    for (guint i = 0; i < rows->len; i++) {
        const Line *line = lines_at(builder->lines, g_array_index(rows, guint, i));
        Token *name = fund_label_token(builder, line, columns, 0);
        if (!name)
            continue;
        name->is_used = true;
        for (guint k = 0; k < columns->len; k++) {
            const Column *column = &g_array_index(columns, Column, k);
            Token *token = column->head ? fund_token_in(builder, line, columns, column, 0) : NULL;
            if (token)
                take_extra(builder, name, column->head, token);
        }
    }
}
