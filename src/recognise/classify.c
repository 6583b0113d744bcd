/*
 * classify.c - what each line of a form is.
 *
 * A form runs through its blocks in one direction: head, funds, goals, indicators, tail.  A
 * line's labels decide first; a line without any belongs to the block under way.
 */
#include "recognise/builder.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

static const guint64 FUND_HEADS = BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED) | BIT(RATE);
static const guint64 INDICATOR_HEADS = BIT(LEVEL1_HEAD) | BIT(LEVEL2_HEAD) | BIT(LEVEL3_HEAD) |
                                       BIT(TARGET) | BIT(COMPARATOR) | BIT(TARGET_VALUE) |
                                       BIT(TARGET_UNIT) | BIT(ACTUAL);
/* Columns that the funds block has, too. */
static const guint64 SCORE_HEADS = BIT(WEIGHT) | BIT(SCORE) | BIT(REASON);
static const guint64 GOAL_LABELS = BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL);
static const guint64 HEAD_LABELS = BIT(PROJECT) | BIT(DEPARTMENT) | BIT(UNIT) | BIT(CURRENCY) |
                                   BIT(HEADLINE) | BIT(YEAR) | BIT(EXTRA);

typedef enum { IN_HEAD, IN_FUNDS, IN_GOALS, IN_INDICATORS, IN_TAIL } State;

/* What the labels of one line say. */
typedef struct {
    guint n; /* tokens that begin here */
    Token *tokens[LINE_TOKENS_MAX];
    guint n_fund_heads, n_indicator_heads, n_score_heads, n_goal_labels;
    guint n_figures; /* cells that look like numbers */
} Features;

static bool is_figure(Shape shape)
{
    return shape >= SHAPE_SMALL && shape <= SHAPE_COMPARED;
}

static void read_features(const Builder *builder, const Line *line, Features *features)
{
    *features = (Features){0};
    features->n = line_tokens(builder->lines, line, features->tokens, LINE_TOKENS_MAX);
    for (guint i = 0; i < features->n; i++) {
        const Token *token = features->tokens[i];
        features->n_fund_heads += zp_label_has(&token->label, FUND_HEADS);
        features->n_indicator_heads += zp_label_has(&token->label, INDICATOR_HEADS);
        features->n_score_heads += zp_label_has(&token->label, SCORE_HEADS);
        features->n_goal_labels += zp_label_has(&token->label, GOAL_LABELS);
        features->n_figures += is_figure(token->shape);
    }
}

/* A title or a year line, before anything else of the form. */
static LineMeaning title_or_year(const Builder *builder, const Line *line)
{
    bool alone;
    const Token *token = line_title(builder->lines, line);
    if (!token)
        return LINE_PAIRS;
    token_fold(token, builder->scratch);
    const char *folded = builder->scratch->str;
    gsize length = builder->scratch->len;
    int year = zp_labels_year(builder->labels, folded, length, &alone);
    if (year && alone)
        return LINE_YEAR;
    if (zp_labels_is_title(builder->labels, folded, length))
        return LINE_TITLE;
    g_autoptr(GString) without = g_string_new(NULL);
    if (!year)
        return LINE_PAIRS;
    /* A title and its year in one cell, whatever stands between them. */
    for (const char *cut = folded; (cut = strstr(cut, "自评")) != NULL; cut += 3) {
        const char *behind = cut + strlen("自评");
        if (g_str_has_prefix(behind, "表"))
            behind += strlen("表");
        g_string_truncate(without, 0);
        g_string_append_len(without, folded, behind - folded);
        if (zp_labels_is_title(builder->labels, without->str, without->len))
            return LINE_TITLE;
    }
    return LINE_PAIRS;
}

static bool has_plain_text(const Features *features)
{
    for (guint i = 0; i < features->n; i++) {
        if (!features->tokens[i]->label.entry)
            return true;
    }
    return false;
}

/* A header of the goals block has labels only; else each label has its text beside it. */
static LineMeaning goal_line(const Features *features)
{
    return has_plain_text(features) ? LINE_GOAL_PAIRS : LINE_GOAL_HEAD;
}

/* The block that a line without telling labels belongs to. */
static LineMeaning line_of_state(State state, const Line *line)
{
    static const LineMeaning MEANINGS[] = {
        [IN_HEAD] = LINE_PAIRS,           [IN_FUNDS] = LINE_FUND, [IN_GOALS] = LINE_GOAL,
        [IN_INDICATORS] = LINE_INDICATOR, [IN_TAIL] = LINE_PAIRS,
    };
    if (line_is_text(line) && state != IN_HEAD && state != IN_TAIL)
        return LINE_LOOSE;
    return MEANINGS[state];
}

/* The label of a value beside it, first in its line, outside the rows of a block. */
static bool begins_pairs(const Features *features, State state)
{
    const Token *first = features->tokens[0];
    if (!zp_label_has(&first->label, HEAD_LABELS))
        return false;
    if (state == IN_INDICATORS)
        return features->n_figures < 2;
    return state != IN_FUNDS || !zp_label_has(&first->label, BIT(FUND_ROW));
}

static bool is_total(const Features *features, State state)
{
    const Token *first = features->tokens[0];
    if (!zp_label_has(&first->label, BIT(TOTAL)))
        return false;
    return state == IN_INDICATORS ||
           (state != IN_TAIL && !zp_label_has(&first->label, BIT(FUND_ROW)));
}

/* A goals label opens its block once; in the tail or under the indicators it is no header. */
static bool begins_goals(const Features *features, State state)
{
    if (state > IN_GOALS)
        return false;
    return features->n_goal_labels ||
           (zp_label_has(&features->tokens[0]->label, BIT(GOALS_BLOCK)) && state < IN_GOALS);
}

static bool is_indicator_head(const Features *features)
{
    guint n = features->n_indicator_heads;
    return n >= 2 || (n == 1 && n + features->n_score_heads >= 3);
}

/* 二、预算执行情况: a headline between the form's blocks. */
static bool is_heading(const Builder *builder, const Token *token)
{
    token_fold(token, builder->scratch);
    return zp_labels_is_heading(builder->labels, builder->scratch->str, builder->scratch->len);
}

static LineMeaning classify_line(const Builder *builder, const Line *line, State *state)
{
    Features features;
    read_features(builder, line, &features);
    if (line_is_repeated(builder->lines, line))
        return LINE_REPEATED;
    if (features.n == 1 && is_furniture(builder, features.tokens[0]))
        return LINE_FURNITURE;
    if (features.n == 1 && *state != IN_TAIL && is_heading(builder, features.tokens[0]))
        return LINE_HEADING;
    if (*state == IN_HEAD) {
        LineMeaning meaning = title_or_year(builder, line);
        if (meaning != LINE_PAIRS)
            return meaning;
    }
    if (is_indicator_head(&features) && *state != IN_TAIL) {
        bool again = *state == IN_INDICATORS;
        *state = IN_INDICATORS;
        return again ? LINE_INDICATOR_HEAD_AGAIN : LINE_INDICATOR_HEAD;
    }
    if (features.n_fund_heads >= 2 && *state <= IN_FUNDS) {
        *state = IN_FUNDS;
        return LINE_FUND_HEAD;
    }
    if (is_total(&features, *state)) {
        *state = IN_TAIL;
        return LINE_TOTAL;
    }
    if (begins_goals(&features, *state)) {
        *state = IN_GOALS;
        return goal_line(&features);
    }
    if (begins_pairs(&features, *state))
        return LINE_PAIRS;
    return line_of_state(*state, line);
}

/* Behind the total row only the same table, or a line with a known label, is still the form. */
static bool is_outside(const Builder *builder, guint line, const ZpTable *total_table)
{
    Token *first;
    const Line *at = lines_at(builder->lines, line);
    if (!total_table || at->table == total_table)
        return false;
    line_tokens(builder->lines, at, &first, 1);
    return line_is_text(at) || !zp_label_has(&first->label, HEAD_LABELS);
}

/* Lines of text in the head count only with a label; those behind the form's last table never do. */
static void settle_text_lines(Builder *builder)
{
    bool behind = true;
    for (guint i = builder->end; i-- > builder->begin;) {
        const Line *line = lines_at(builder->lines, i);
        guint8 *meaning = &builder->meanings[i - builder->begin];
        if (!line_is_text(line)) {
            behind = behind && *meaning == LINE_OUTSIDE;
            continue;
        }
        Token *first;
        line_tokens(builder->lines, line, &first, 1);
        bool has_label = zp_label_has(&first->label, HEAD_LABELS);
        if (*meaning == LINE_PAIRS && !has_label)
            *meaning = LINE_OUTSIDE;
        if (behind && (*meaning == LINE_LOOSE || *meaning == LINE_FURNITURE))
            *meaning = LINE_OUTSIDE;
    }
}

void builder_classify(Builder *builder)
{
    State state = IN_HEAD;
    const ZpTable *total_table = NULL;
    for (guint i = builder->begin; i < builder->end; i++) {
        const Line *line = lines_at(builder->lines, i);
        LineMeaning meaning = LINE_OUTSIDE;
        if (!is_outside(builder, i, total_table))
            meaning = classify_line(builder, line, &state);
        if (meaning == LINE_TOTAL)
            total_table = line->table;
        builder->meanings[i - builder->begin] = (guint8)meaning;
    }
    settle_text_lines(builder);
}
