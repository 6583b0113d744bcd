/*
 * features.c - what the labels of one line say.
 */
#include "recognise/features.h"

#include <string.h>

#define BIT(kind) LABEL_BIT(kind)

/* Numbers from 1 on that are an index: a form with fewer columns has no use for one. */
#define INDEX_COLUMNS 3
/* 列次 | 1 | 2: where they are called so. */
#define NAMED_INDEX_COLUMNS 2

/* A name, a goal, what was done and a score. */
#define SCORED_HEADS 4

/* A longer text beside a goal is no label. */
#define DONE_LABEL_BYTES_MAX 40

/* Lines below a head of funds of which one must be a source's: an index row may come first; 合计 alone is one only above the others. */
#define FUND_ROWS_BELOW 3

static bool is_figure(Shape shape)
{
    return shape >= SHAPE_SMALL && shape <= SHAPE_COMPARED;
}

void features_read(const Builder *builder, const Line *line, Features *features)
{
    *features = (Features){0};
    features->n = line_tokens(builder->lines, line, features->tokens, LINE_TOKENS_MAX);
    for (guint i = 0; i < features->n; i++) {
        const Token *token = features->tokens[i];
        features->n_fund_heads += zp_label_has(&token->label, FUND_HEADS);
        features->n_indicator_heads += zp_label_has(&token->label, INDICATOR_HEADS);
        features->n_score_heads += zp_label_has(&token->label, SCORE_HEADS);
        features->n_goal_labels += zp_label_has(&token->label, GOAL_HEADS);
        features->n_figures += is_figure(token->shape);
    }
}

/* 行次 | 1 | 2 | 3 | 4: the columns' numbers, with or without a name, copies of one among them. */
bool features_are_index(const Builder *builder, const Features *features)
{
    static const char *const NAMES[] = {"行次", "列次", "栏次", "序号", "栏目"};
    guint first = 0, n = 0, least = INDEX_COLUMNS;
    for (; first < features->n && first < 2; first++) {
        token_fold(features->tokens[first], builder->scratch);
        bool is_name = false;
        for (guint k = 0; k < G_N_ELEMENTS(NAMES); k++)
            is_name |= strcmp(builder->scratch->str, NAMES[k]) == 0;
        least = is_name ? NAMED_INDEX_COLUMNS : least;
        if (is_name || !features->tokens[first]->label.entry)
            break;
    }
    if (first < features->n && features->tokens[first]->shape != SHAPE_SMALL)
        first++;
    for (guint i = first; i < features->n; i++) {
        token_fold(features->tokens[i], builder->scratch);
        char *behind;
        guint64 number = g_ascii_strtoull(builder->scratch->str, &behind, 10);
        /* 5=3/2 says what the column is made of */
        bool is_formula = *behind == '=' && behind[strspn(behind, "=0123456789+-*/()%×÷")] == '\0';
        if ((*behind && !is_formula) || (number != n && number != n + 1))
            return false;
        n = (guint)number;
    }
    return n >= least && features->n >= least;
}

/* 指标类别 | 绩效指标 | 年初目标 | 完成情况 | 得分: what is scored is an indicator, whatever its goal is called. */
static bool are_scored_goals(const Features *features)
{
    guint n_named = 0, n_done = 0, n_scores = 0;
    if (features->n_figures || features->n < SCORED_HEADS)
        return false;
    for (guint i = 0; i < features->n; i++) {
        const Token *token = features->tokens[i];
        n_named += zp_label_has(&token->label, BIT(INDICATORS_BLOCK) | LEVEL_HEADS) &&
                   g_strstr_len(token->text, token->length, "指标");
        n_scores += zp_label_has(&token->label, BIT(WEIGHT) | BIT(SCORE));
        n_done += zp_label_has(&token->label, BIT(GOAL_ACTUAL) | BIT(ACTUAL)) ||
                  (zp_label_has(&token->label, BIT(OTHER_COLUMN)) &&
                   g_strstr_len(token->text, token->length, "完成"));
    }
    return n_named && n_done && n_scores && features->n_goal_labels;
}

bool features_head_indicators(const Features *features)
{
    guint n = features->n_indicator_heads;
    return are_scored_goals(features) || n >= 2 || (n == 1 && n + features->n_score_heads >= 3);
}

void line_use_repeated(const Lines *lines, const Line *line)
{
    for (guint i = 1; i < line->count; i++) {
        const Slot *slot = line_slot(lines, line, i);
        slot_token(lines, slot)->is_used |=
            slot->begins && slot[-1].begins && slot_repeats(lines, slot);
    }
}

guint line_items(const Lines *lines, const Line *line, guint first, Token **items)
{
    guint n = 0;
    guint32 end = 0;
    for (guint i = first; i < line->count && n < LINE_TOKENS_MAX; i++) {
        const Slot *slot = line_slot(lines, line, i);
        Token *token = slot_token(lines, slot), *left = n ? items[n - 1] : NULL;
        if (!slot->begins)
            continue;
        if (!left || slot->col != end || token->length != left->length ||
            memcmp(token->text, left->text, left->length) != 0)
            items[n++] = token;
        end = slot->end;
    }
    return n;
}

bool token_says_done(const Token *token)
{
    static const char *const WORDS[] = {"完成", "实际", "实现"};
    bool may_be = token->shape == SHAPE_TEXT || token->shape == SHAPE_BLOCK;
    if (token->length > DONE_LABEL_BYTES_MAX || !may_be ||
        g_strstr_len(token->text, token->length, "。"))
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(WORDS); i++) {
        if (g_strstr_len(token->text, token->length, WORDS[i]))
            return !token->label.entry ||
                   zp_label_has(&token->label, BIT(ACTUAL) | BIT(OTHER_COLUMN) | BIT(GOALS_BLOCK));
    }
    return false;
}

ZpLabelMatch pair_label(const ZpLabels *labels, const Token *token)
{
    ZpLabelMatch match;
    if (zp_label_has(&token->label, BIT(FUNDS_BLOCK)) &&
        zp_labels_compose(labels, token->text, token->length, &match) &&
        zp_label_has(&match, FUND_HEADS))
        return match;
    return token->label;
}

/* Figures of the funds beside their own labels, two by two: 年初预算数 | 120.00 | 全年预算数 | 118.00. */
bool features_are_pairs(const Builder *builder, const Line *line)
{
    Token *items[LINE_TOKENS_MAX];
    guint n = line_items(builder->lines, line, 0, items);
    bool has_side = n % 2 && zp_label_has(&items[0]->label, BIT(FUNDS_BLOCK));
    for (guint i = has_side; i + 1 < n; i += 2) {
        ZpLabelMatch label = pair_label(builder->labels, items[i]);
        if (!zp_label_has(&label, FUND_HEADS | SCORE_HEADS) || items[i + 1]->label.entry ||
            !shape_is_figure(items[i + 1]->shape))
            return false;
    }
    return n > has_side && (n - has_side) % 2 == 0;
}

bool features_are_part_pairs(const Builder *builder, const Line *line)
{
    Token *items[LINE_TOKENS_MAX];
    guint n = line_items(builder->lines, line, 0, items);
    bool has_side = n % 2 && zp_label_has(&items[0]->label, BIT(FUNDS_BLOCK));
    for (guint i = has_side; i + 1 < n; i += 2) {
        if (items[i]->length != items[has_side]->length ||
            memcmp(items[i]->text, items[has_side]->text, items[i]->length) != 0 ||
            !shape_is_figure(items[i + 1]->shape))
            return false;
    }
    return n >= has_side + 4u && (n - has_side) % 2 == 0 &&
           !shape_is_figure(items[has_side]->shape);
}

/* 实施单位 | 某馆 | 预算金额（万元） | 50 */
bool features_have_pairs(const Builder *builder, const Line *line)
{
    Token *items[LINE_TOKENS_MAX];
    guint n_pairs = 0, n = line_items(builder->lines, line, 0, items);
    if (!n || zp_label_has(&items[0]->label, BIT(FUND_ROW)))
        return false;
    for (guint i = 0; i < n; i++) {
        if (!zp_label_has(&items[i]->label, FUND_HEADS) || items[i]->label.value_offset)
            continue;
        if (i + 1 >= n || items[i + 1]->label.entry || !shape_is_figure(items[i + 1]->shape))
            return false;
        n_pairs++;
    }
    return n_pairs > 0;
}

/* The first cell that begins in a line and is no label of a block; sets its slot. */
static const Token *first_name(const Lines *lines, const Line *line, const Slot **slot)
{
    for (guint i = 0; i < line->count; i++) {
        *slot = line_slot(lines, line, i);
        const Token *token = slot_token(lines, *slot);
        if ((*slot)->begins && !zp_label_has(&token->label, BIT(FUNDS_BLOCK)))
            return token;
    }
    return NULL;
}

/*
 *     资金情况 | 指标       | 合计   | 财政拨款 | 其他资金
 *              | 年初预算数 | 120.00 | 100.00   | 20.00
 *              | 全年执行数 | 110.00 | 95.00    | 15.00
 */
bool features_head_sources(const Builder *builder, const Line *line)
{
    guint n = 0;
    const Slot *names;
    if (line >= lines_at(builder->lines, builder->end - 1) || line[1].table != line->table)
        return false;
    const Token *name = first_name(builder->lines, line + 1, &names);
    if (!name || !zp_label_has(&name->label, FUND_HEADS))
        return false;
    /* 资金性质 | 财政拨款 | 项目级次 | 本级 above 预算数 | 执行数: the row below is itself a header. */
    for (guint i = 0; i < line[1].count; i++) {
        const Slot *slot = line_slot(builder->lines, line + 1, i);
        if (slot->col >= names->end &&
            zp_label_has(&slot_token(builder->lines, slot)->label, FUND_HEADS | SCORE_HEADS))
            return false;
    }
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(builder->lines, line, i);
        const Token *token = slot_token(builder->lines, slot);
        if (token->shape >= SHAPE_SMALL && token->shape <= SHAPE_COMPARED)
            return false;
        n += slot->begins && slot->col >= names->end && zp_label_has(&token->label, BIT(FUND_ROW));
    }
    return n >= 2;
}

/* A row of a source of money follows: what divides spending by its kind (办公费) is another table. */
static bool is_source_row(const Builder *builder, const Line *line, bool is_first)
{
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(builder->lines, line, i);
        const Token *token = slot_token(builder->lines, slot);
        if (!slot->begins || token->shape == SHAPE_BLOCK)
            continue;
        ZpSource source = ZP_SOURCE_OTHER;
        token_fold(token, builder->scratch);
        if (zp_label_has(&token->label, BIT(FUND_ROW)))
            source = token->label.entry->source;
        else if (token->shape == SHAPE_TEXT && !token->label.entry)
            source =
                zp_labels_source(builder->labels, builder->scratch->str, builder->scratch->len);
        if (source == ZP_SOURCE_TOTAL ? is_first : source != ZP_SOURCE_OTHER)
            return true;
    }
    return false;
}

/* The block's label may stand directly above its heads: as a heading, or as a row of its own. */
static bool is_below_funds_label(const Builder *builder, const Line *line)
{
    Token *tokens[2];
    return line > lines_at(builder->lines, builder->begin) &&
           line_tokens(builder->lines, line - 1, tokens, 2) == 1 &&
           zp_label_has(&tokens[0]->label, BIT(FUNDS_BLOCK));
}

/* 部门预算, 项目经费: a label that stands beside the rows below, too, and speaks of money. */
static bool has_funds_side(const Builder *builder, const Line *line)
{
    static const char *const WORDS[] = {"资金", "预算", "经费"};
    const Slot *side = line_slot(builder->lines, line, 0);
    const Token *token = slot_token(builder->lines, side);
    if (line >= lines_at(builder->lines, builder->end - 1) || line[1].table != line->table ||
        !side->begins || line_slot(builder->lines, line + 1, 0)->token != side->token)
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(WORDS); i++) {
        if (g_strstr_len(token->text, token->length, WORDS[i]))
            return true;
    }
    return false;
}

/* A row of figures alone, each below a head of a figure. */
static bool are_figures_below(const Builder *builder, const Line *line, const Line *below)
{
    guint n = 0;
    static const guint64 HEADS = FUND_HEADS | SCORE_HEADS;
    for (guint i = 0; i < below->count; i++) {
        const Slot *slot = line_slot(builder->lines, below, i);
        if (!slot->begins)
            continue;
        bool is_below = false;
        for (guint k = 0; k < line->count && !is_below; k++) {
            const Slot *head = line_slot(builder->lines, line, k);
            is_below = head->begins && head->col <= slot->col && slot->col < head->end &&
                       zp_label_has(&slot_token(builder->lines, head)->label, HEADS);
        }
        if (!is_below || !shape_is_figure(slot_token(builder->lines, slot)->shape))
            return false;
        n++;
    }
    return n >= 2;
}

/* Behind another block the heads of funds begin a block of funds where a source's row is below them. */
bool features_head_funds(const Builder *builder, const Features *features, const Line *line)
{
    if (features->n_figures || features->n_indicator_heads >= 2)
        return false;
    /* What divides spending by its kind is neither weighed nor scored. */
    if (features->n_score_heads || has_funds_side(builder, line) ||
        zp_label_has(&features->tokens[0]->label, BIT(FUNDS_BLOCK)) ||
        is_below_funds_label(builder, line))
        return true;
    const Line *end = line + FUND_ROWS_BELOW;
    const Line *last = lines_at(builder->lines, builder->end - 1);
    bool is_first = true;
    for (const Line *below = line + 1; below <= end && below <= last; below++) {
        Features row;
        features_read(builder, below, &row);
        if (features_are_index(builder, &row))
            continue;
        if (is_source_row(builder, below, is_first) ||
            (is_first && below->table == line->table && are_figures_below(builder, line, below)))
            return true;
        is_first = false;
    }
    return false;
}

/* 年度绩效目标 | 为居民免费提供服务。: the label is the indicators', too, but no head stands beside it. */
bool features_is_goal_beside(const Builder *builder, const Line *line)
{
    Token *items[LINE_TOKENS_MAX];
    guint n = line_items(builder->lines, line, 0, items);
    bool is_done_behind =
        n == 4 && (zp_label_has(&items[2]->label, BIT(GOAL_ACTUAL)) || token_says_done(items[2])) &&
        items[3]->shape == SHAPE_TEXT;
    return (n == 2 || is_done_behind) && zp_label_has(&items[0]->label, BIT(INDICATORS_BLOCK)) &&
           g_str_has_suffix(items[0]->label.entry->text, "目标") && !items[1]->label.entry &&
           items[1]->shape == SHAPE_TEXT;
}

bool features_total_below(const Builder *builder, const Line *line, bool *has_row)
{
    *has_row = false;
    const Line *last = lines_at(builder->lines, builder->end - 1);
    for (const Line *at = line + 1; at <= last && at->table == line->table; at++) {
        Features below;
        features_read(builder, at, &below);
        if (below.n_fund_heads || below.n_goal_labels || features_head_indicators(&below))
            return false;
        if (below.n && zp_label_has(&below.tokens[0]->label, BIT(TOTAL)))
            return true;
        *has_row |= below.n >= 3 && below.n_figures < below.n - 1;
    }
    return false;
}
