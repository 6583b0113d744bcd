/*
 * funds.c - the funds block: a header of figures' names, a row a source of money.
 *
 *     项目资金(元) |  |              | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
 *                  |  | 年度资金总额 | 700000.00 | 560000.00 | 558,822.6 | 10   | 99.79% | 9.98
 */
#include "recognise/funds.h"
#include "recognise/evidence.h"
#include "recognise/features.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

static const struct {
    Role role;
    size_t offset;
    const char *name;
} FIGURES[] = {
    {ROLE_INITIAL, G_STRUCT_OFFSET(ZpFund, initial), "initial"},
    {ROLE_BUDGET, G_STRUCT_OFFSET(ZpFund, budget), "budget"},
    {ROLE_EXECUTED, G_STRUCT_OFFSET(ZpFund, executed), "executed"},
    {ROLE_WEIGHT, G_STRUCT_OFFSET(ZpFund, weight), "weight"},
    {ROLE_RATE, G_STRUCT_OFFSET(ZpFund, rate), "rate"},
    {ROLE_SCORE, G_STRUCT_OFFSET(ZpFund, score), "score"},
};

ZpValue *fund_figure(ZpFund *fund, Role role, const char **name)
{
    for (guint i = 0; i < G_N_ELEMENTS(FIGURES); i++) {
        if (FIGURES[i].role != role)
            continue;
        *name = FIGURES[i].name;
        return (ZpValue *)((char *)fund + FIGURES[i].offset);
    }
    return NULL;
}

/* The first unused token of a line in the column with a role. */
Token *fund_token_in(const Builder *builder, const Line *line, const Columns *columns,
                     const Column *column, int shift)
{
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(builder->lines, line, i);
        Token *token = slot_token(builder->lines, slot);
        if (slot->begins && !token->is_used && columns_at(columns, slot->col, shift) == column)
            return token;
    }
    return NULL;
}

Token *fund_label_token(const Builder *builder, const Line *line, const Columns *columns, int shift)
{
    Token *found = NULL;
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(builder->lines, line, i);
        Token *token = slot_token(builder->lines, slot);
        const Column *column = columns_at(columns, slot->col, shift);
        if (!slot->begins || token->is_used || !column)
            continue;
        /* 其中：财政资金 | 中央资金: the inner label is the row's, the outer one stands beside the rows below, too. */
        bool is_source = zp_label_has(&token->label, BIT(FUND_ROW));
        bool is_inner = found && zp_label_has(&found->label, BIT(FUND_ROW)) &&
                        column->role == ROLE_LABEL && found->cell->row_span > 1 &&
                        token->shape != SHAPE_DASH;
        if (is_inner || (is_source && !(found && zp_label_has(&found->label, BIT(FUND_ROW))))) {
            if (is_inner)
                found->is_used = true;
            found = token;
        } else if (column->role == ROLE_LABEL && !found) {
            found = token;
        }
    }
    return found;
}

/* Copies beside a row's label, where a converter filled its merged cell with them. */
static void use_label_copies(const Builder *builder, const Line *line, const Token *label)
{
    guint32 end = G_MAXUINT32;
    for (guint i = 0; label && i < line->count; i++) {
        const Slot *slot = line_slot(builder->lines, line, i);
        Token *token = slot_token(builder->lines, slot);
        bool is_copy = slot->col == end && token->length == label->length &&
                       memcmp(token->text, label->text, label->length) == 0;
        token->is_used |= is_copy;
        if (token == label || is_copy)
            end = slot->end;
    }
}

void builder_take_funds_label(Builder *builder, const Line *line)
{
    ZpForm *form = builder->form;
    for (guint i = 0; i < line->count; i++) {
        Token *token = slot_token(builder->lines, line_slot(builder->lines, line, i));
        builder_take_currency(builder, token);
        if (!zp_label_has(&token->label, BIT(FUNDS_BLOCK)) || token->label.entry == NULL)
            continue;
        token->is_used = true;
        mark_seen(builder, token);
        if (token->label.weight && !form->funds_weight.text) {
            gsize start = (gsize)(token->label.weight - token->text);
            ZpText weight = take_part(builder, token, start, start + token->label.weight_length);
            form->funds_weight = (ZpValue){.text = weight.text, .at = weight.at, .ocr = weight.ocr};
        }
    }
}

ZpSource builder_source_of(Builder *builder, Token *label)
{
    if (!label)
        return ZP_SOURCE_OTHER;
    if (zp_label_has(&label->label, BIT(FUND_ROW)))
        return label->label.entry->source;
    token_fold(label, builder->scratch);
    ZpSource source =
        zp_labels_source(builder->labels, builder->scratch->str, builder->scratch->len);
    if (source == ZP_SOURCE_OTHER && evidence_mend(builder->labels, label, BIT(FUND_ROW)))
        return label->label.entry->source;
    return source;
}

/*
 * 其中 below the total names a part of the total; below a part it names a part of that part, and
 * so do the rows behind it while they are of a level of government.
 */
static int part_of(const ZpForm *form, const ZpFund *fund, bool is_part)
{
    guint k = form->funds->len - 1;
    if (k == 0 || fund->source == ZP_SOURCE_TOTAL)
        return -1;
    const ZpFund *above = zp_form_fund(form, k - 1);
    bool is_level = fund->source == ZP_SOURCE_CENTRAL || fund->source == ZP_SOURCE_LOCAL;
    if (is_part && above->source == ZP_SOURCE_FISCAL)
        return (int)k - 1;
    if (!is_part && is_level && above->part_of >= 0)
        return above->part_of;
    return -1;
}

/* A column that no field of a funds row takes. */
static void take_other(Builder *builder, const Column *column, Token *token, const char *row_label)
{
    ZpExtra *extra = zp_form_add_extra(builder->form);
    extra->label = take_text(builder, column->head, "/extra");
    if (*row_label) {
        g_autofree char *label = g_strdup_printf("%s %s", row_label, extra->label.text);
        extra->label.text = g_string_chunk_insert(builder->form->strings, label);
    }
    ZpText text = take_text(builder, token, "/extra/%u", builder->form->extra->len - 1);
    extra->value = (ZpValue){.text = text.text, .at = text.at, .ocr = text.ocr};
}

static void take_others(Builder *builder, const Line *line, const Columns *columns, int shift,
                        const ZpFund *fund)
{
    for (guint i = 0; i < columns->len; i++) {
        const Column *column = &g_array_index(columns, Column, i);
        /* A second column of words in front of the figures: 主要内容. */
        if (column->role != ROLE_OTHER && (column->role != ROLE_LABEL || !column->head))
            continue;
        Token *token = fund_token_in(builder, line, columns, column, shift);
        if (token)
            take_other(builder, column, token, fund->label.text);
    }
}

/* The sources that have columns of their own: a row each, with the budget only. */
static void take_sources(Builder *builder, const Line *line, const Columns *columns, int shift)
{
    for (guint i = 0; i < columns->len; i++) {
        const Column *column = &g_array_index(columns, Column, i);
        if (column->role != ROLE_SOURCE)
            continue;
        guint k = builder->form->funds->len;
        ZpFund *fund = zp_form_add_fund(builder->form);
        fund->source = builder_source_of(builder, column->head);
        fund->label = take_text(builder, column->head, "/funds/%u/label", k);
        fund->budget = take_value(builder, fund_token_in(builder, line, columns, column, shift),
                                  line, (gint64)column->col + shift, "/funds/%u/budget", k);
    }
}

/* The label of a row, or the head of its budget where the sources have columns instead of rows. */
static Token *row_label(const Builder *builder, const Line *line, const Columns *columns, int shift)
{
    if (columns_find(columns, ROLE_SOURCE) && columns_find(columns, ROLE_BUDGET))
        return columns_find(columns, ROLE_BUDGET)->head;
    return fund_label_token(builder, line, columns, shift);
}

/* Whether figures alone stand in a row's columns of figures, and nothing names it. */
static bool are_figures(const Builder *builder, const Line *line, const Columns *columns, int shift)
{
    guint n = 0;
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(builder->lines, line, i);
        const Token *token = slot_token(builder->lines, slot);
        const Column *column = columns_at(columns, slot->col, shift);
        bool is_remark = n && column && (column->role == ROLE_OTHER || column->role == ROLE_REASON);
        if (!slot->begins || is_remark || zp_label_has(&token->label, BIT(FUNDS_BLOCK)))
            continue;
        if (!shape_is_figure(token->shape))
            return false;
        n++;
    }
    return n > 0;
}

static void take_fund(Builder *builder, const Line *line, const Columns *columns, int shift)
{
    builder_take_funds_label(builder, line);
    take_sources(builder, line, columns, shift);
    Token *label = row_label(builder, line, columns, shift);
    guint k = builder->form->funds->len;
    /* A row of figures without any label is the year's, unless another one is. */
    bool is_total = !label && are_figures(builder, line, columns, shift) &&
                    !zp_form_total_fund(builder->form, NULL);
    ZpFund *fund = zp_form_add_fund(builder->form);
    fund->source = is_total ? ZP_SOURCE_TOTAL : builder_source_of(builder, label);
    evidence_note(builder, label, "/funds/%u", k);
    use_label_copies(builder, line, label);
    fund->label = without_colon(builder, take_text(builder, label, "/funds/%u/label", k));
    fund->part_of = part_of(builder->form, fund, label && label->label.is_part);
    for (guint i = 0; i < G_N_ELEMENTS(FIGURES); i++) {
        const Column *column = columns_find(columns, FIGURES[i].role);
        if (!column)
            continue;
        Token *token = fund_token_in(builder, line, columns, column, shift);
        *(ZpValue *)((char *)fund + FIGURES[i].offset) = take_value(
            builder, token, line, (gint64)column->col + shift, "/funds/%u/%s", k, FIGURES[i].name);
    }
    const Column *reason = columns_find(columns, ROLE_REASON);
    if (reason)
        fund->reason = take_text(builder, fund_token_in(builder, line, columns, reason, shift),
                                 "/funds/%u/reason", k);
    take_others(builder, line, columns, shift, fund);
    use_copies(builder, line, columns, shift);
    note_shift(builder, line, shift, "/funds/%u", k);
}

/* A figure that may be money: 60个, 95% and ≥90% are none. */
static bool may_be_money(const Token *token)
{
    return shape_is_figure(token->shape) && token->shape != SHAPE_PERCENT &&
           token->shape != SHAPE_COMPARED &&
           (token->shape != SHAPE_QUANTITY || g_strstr_len(token->text, token->length, "元"));
}

/* A row without a figure or a known label is a label with a value, not a source of money; one of a label alone
 * in the labels' column is a source without money. */
static bool is_fund_row(const Builder *builder, const Line *line, const Columns *columns)
{
    guint n = 0;
    bool is_labelled = false;
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(builder->lines, line, i);
        const Token *token = slot_token(builder->lines, slot);
        if (slot->begins && (zp_label_has(&token->label, BIT(FUND_ROW)) || may_be_money(token)))
            return true;
        if (!slot->begins || zp_label_has(&token->label, BIT(FUNDS_BLOCK)))
            continue;
        const Column *column = columns_at(columns, slot->col, 0);
        is_labelled |= column && column->role == ROLE_LABEL && !token->label.entry;
        n++;
    }
    return n == 1 && is_labelled;
}

static void read_heads(Builder *builder, const Columns *columns)
{
    for (guint i = 0; i < columns->len; i++) {
        const Column *column = &g_array_index(columns, Column, i);
        if (column->head)
            mark_seen(builder, column->head);
    }
    for (guint i = 0; i < G_N_ELEMENTS(FIGURES); i++) {
        const Column *column = columns_find(columns, FIGURES[i].role);
        if (column)
            evidence_note(builder, column->head, "/funds/%u/%s", builder->form->funds->len,
                          FIGURES[i].name);
    }
    builder->form->has_funds_reason_column = columns_find(columns, ROLE_REASON) != NULL;
    builder->form->divides_otherwise |= columns_divide_otherwise(columns);
}

static GArray *fund_lines(Builder *builder, guint from, const Columns *columns)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint));
    const Line *header = lines_at(builder->lines, from - 1);
    for (guint i = from; i < builder->end; i++) {
        LineMeaning meaning = builder_meaning(builder, i);
        if (meaning == LINE_FUND_HEAD)
            break;
        if (meaning == LINE_FUND && funds_are_paired(builder, header, lines_at(builder->lines, i)))
            builder_take_paired(builder, header, lines_at(builder->lines, i));
        else if (meaning == LINE_FUND && is_fund_row(builder, lines_at(builder->lines, i), columns))
            g_array_append_val(rows, i);
        else if (meaning == LINE_FUND)
            builder_take_pairs(builder, i);
    }
    return rows;
}

/* 小计 is the total of a block that has no other. */
static void settle_subtotal(Builder *builder)
{
    ZpFund *sum = NULL;
    ZpForm *form = builder->form;
    for (guint k = 0; k < form->funds->len && !zp_form_total_fund(form, NULL); k++) {
        ZpLabelMatch match;
        ZpFund *fund = zp_form_fund(form, k);
        if (!zp_labels_match(builder->labels, fund->label.text, strlen(fund->label.text), &match) ||
            !zp_label_has(&match, BIT(SUBTOTAL)))
            continue;
        if (sum)
            return;
        sum = fund;
    }
    if (sum)
        sum->source = ZP_SOURCE_TOTAL;
}

void builder_take_funds(Builder *builder, guint line)
{
    const Line *header = lines_at(builder->lines, line);
    builder_take_funds_label(builder, header);
    g_autoptr(GArray) columns = columns_of_funds(builder->lines, header, builder->form->year);
    g_autoptr(GArray) rows = fund_lines(builder, line + 1, columns);
    funds_settle_names(builder, rows, columns);
    if (funds_are_of_tasks(builder, line, columns)) {
        funds_take_tasks(builder, rows, columns);
        return;
    }
    columns_settle_sums(columns, builder->lines, rows);
    read_heads(builder, columns);
    g_autofree gint8 *shifts = g_new0(gint8, rows->len + 1);
    columns_align(builder->lines, columns, BLOCK_FUNDS, rows, shifts);
    for (guint i = 0; i < rows->len; i++)
        take_fund(builder, lines_at(builder->lines, g_array_index(rows, guint, i)), columns,
                  shifts[i]);
    settle_subtotal(builder);
    evidence_name_unknown(builder, columns, rows, BLOCK_FUNDS);
    if (builder->form->funds->len)
        builder->form->blocks |= ZP_BLOCK_FUNDS;
}

/* The row that figures beside their labels belong to: the total, which has no label of its own. */
static ZpFund *total_of_pairs(Builder *builder, guint *k)
{
    for (*k = 0; *k < builder->form->funds->len; (*k)++) {
        ZpFund *fund = zp_form_fund(builder->form, *k);
        if (fund->source == ZP_SOURCE_TOTAL)
            return fund;
    }
    ZpFund *fund = zp_form_add_fund(builder->form);
    fund->source = ZP_SOURCE_TOTAL;
    fund->label.text = "";
    builder->form->blocks |= ZP_BLOCK_FUNDS;
    return fund;
}

/* False where the row has no such figure, or has it already. */
static bool take_pair(Builder *builder, guint k, const Line *line, Role role, Token *label,
                      Token *figure)
{
    const char *name;
    ZpFund *fund = zp_form_fund(builder->form, k);
    ZpValue *value = fund_figure(fund, role, &name);
    if (!value || value->text)
        return false;
    label->is_used = true;
    mark_seen(builder, label);
    builder_take_currency(builder, label);
    *value = take_value(builder, figure, line, 0, "/funds/%u/%s", k, name);
    if (!fund->label.at.row && !fund->label.at.line)
        fund->label.at = value->at;
    return true;
}

/* The last line of such pairs above whose labels name figures. */
static guint figure_names(const Builder *builder, guint line, Token **names)
{
    while (line-- > builder->begin && builder_meaning(builder, line) == LINE_FUND_PAIRS) {
        guint n = line_items(builder->lines, lines_at(builder->lines, line), 0, names);
        bool has_side = n % 2;
        if (n < 2)
            continue;
        ZpLabelMatch label = pair_label(builder->labels, names[has_side]);
        if (!zp_label_has(&label, FUND_HEADS))
            continue;
        for (guint i = has_side; i + 1 < n; i += 2)
            names[(i - has_side) / 2] = names[i];
        return (n - has_side) / 2;
    }
    return 0;
}

/*
 *     预算执行情况 | 预算数        | 100 | 执行数        | 98
 *                  | 其中:财政拨款 | 100 | 其中:财政拨款 | 98
 */
static void take_part_pairs(Builder *builder, guint index, Token **items, guint n)
{
    Token *names[LINE_TOKENS_MAX];
    guint n_names = figure_names(builder, index, names);
    if (n_names != n / 2)
        return;
    guint k = builder->form->funds->len;
    ZpFund *fund = zp_form_add_fund(builder->form);
    fund->source = builder_source_of(builder, items[0]);
    fund->label = without_colon(builder, take_text(builder, items[0], "/funds/%u/label", k));
    for (guint i = 0; i < n_names; i++) {
        ZpLabelMatch label = pair_label(builder->labels, names[i]);
        take_pair(builder, k, lines_at(builder->lines, index), role_of_label(&label), items[2 * i],
                  items[2 * i + 1]);
    }
}

void builder_take_fund_pairs(Builder *builder, guint line)
{
    guint k;
    Token *tokens[LINE_TOKENS_MAX];
    const Line *at = lines_at(builder->lines, line);
    guint n = line_items(builder->lines, at, 0, tokens);
    bool has_side = n % 2 && zp_label_has(&tokens[0]->label, BIT(FUNDS_BLOCK));
    if (!features_are_pairs(builder, at)) {
        take_part_pairs(builder, line, tokens + has_side, n - has_side);
        return;
    }
    line_use_repeated(builder->lines, at);
    tokens[0]->is_used = true;
    total_of_pairs(builder, &k);
    builder_take_funds_label(builder, at);
    for (guint i = has_side; i + 1 < n; i += 2) {
        ZpLabelMatch label = pair_label(builder->labels, tokens[i]);
        if (!take_pair(builder, k, at, role_of_label(&label), tokens[i], tokens[i + 1]))
            builder_take_beside(builder, tokens[i], tokens[i + 1], at);
    }
}

bool builder_take_fund_value(Builder *builder, Token *label, const ZpValue *value)
{
    static const guint64 FIGURES_OF_HEAD = FUND_HEADS;
    guint k;
    const char *name;
    bool is_score = zp_label_has(&label->label, SCORE_HEADS);
    if (!zp_label_has(&label->label, FIGURES_OF_HEAD | SCORE_HEADS) || !*value->text)
        return false;
    /* 执行率 | 98% | 分值 | 10: a weight and a score are the funds' beside their figures only. */
    const ZpFund *beside = is_score ? zp_form_total_fund(builder->form, NULL) : NULL;
    if (is_score && (!beside || *beside->label.text || beside->label.at.row != value->at.row ||
                     beside->label.at.table != value->at.table))
        return false;
    for (guint i = builder->begin; i < builder->end; i++) {
        LineMeaning meaning = builder_meaning(builder, i);
        if (meaning == LINE_FUND_HEAD || meaning == LINE_FUND_SOURCES)
            return false;
    }
    ZpFund *fund = total_of_pairs(builder, &k);
    ZpValue *figure = fund_figure(fund, role_of_label(&label->label), &name);
    if (!figure || figure->text)
        return false;
    *figure = *value;
    evidence_note(builder, label, "/funds/%u/%s", k, name);
    if (!fund->label.at.row && !fund->label.at.line)
        fund->label.at = value->at;
    return true;
}
