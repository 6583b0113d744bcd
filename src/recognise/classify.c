/*
 * classify.c - what each line of a form is.
 *
 * A form runs through its blocks in one direction: head, funds, goals, indicators, tail.  A
 * line's labels decide first; a line without any belongs to the block under way.
 */
#include "recognise/evidence.h"

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

/* Numbers from 1 on that are an index: a form with fewer columns has no use for one. */
#define INDEX_COLUMNS 3

/* Lines below a head of funds of which one must be a source's: an index row may come first; 合计 alone is one only above the others. */
#define FUND_ROWS_BELOW 3

static const guint64 BLOCKS = BIT(FUNDS_BLOCK) | BIT(GOALS_BLOCK) | BIT(INDICATORS_BLOCK);

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

/* 行次 | 1 | 2 | 3 | 4: the columns' numbers, with or without a name, copies of one among them. */
static bool is_index(const Builder *builder, const Features *features)
{
    static const char *const NAMES[] = {"行次", "列次", "栏次", "序号", "栏目"};
    guint first = 0, n = 0;
    for (; first < features->n && first < 2; first++) {
        token_fold(features->tokens[first], builder->scratch);
        bool is_name = false;
        for (guint k = 0; k < G_N_ELEMENTS(NAMES); k++)
            is_name |= strcmp(builder->scratch->str, NAMES[k]) == 0;
        if (is_name || !features->tokens[first]->label.entry)
            break;
    }
    if (first < features->n && features->tokens[first]->shape != SHAPE_SMALL)
        first++;
    for (guint i = first; i < features->n; i++) {
        token_fold(features->tokens[i], builder->scratch);
        char *behind;
        guint64 number = g_ascii_strtoull(builder->scratch->str, &behind, 10);
        if (*behind || (number != n && number != n + 1))
            return false;
        n = (guint)number;
    }
    return n >= INDEX_COLUMNS && features->n >= INDEX_COLUMNS;
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

static bool is_total(const Builder *builder, const Features *features, State state)
{
    const Token *first = features->tokens[0];
    /* 自评总分 below the indicators is their sum, above them the head's score. */
    if (state == IN_INDICATORS && features->n_figures &&
        zp_label_has(&first->label, BIT(HEADLINE)) && !first->label.value_offset)
        return true;
    /* A misprinted 总分 has nothing but figures behind it. */
    if (state == IN_INDICATORS && features->n_figures && features->n_figures <= 2 &&
        features->n == features->n_figures + 1)
        evidence_mend(builder->labels, features->tokens[0], BIT(TOTAL));
    if (!zp_label_has(&first->label, BIT(TOTAL)))
        return false;
    return state == IN_INDICATORS || ((state != IN_TAIL || features->n_figures) &&
                                      !zp_label_has(&first->label, BIT(FUND_ROW)));
}

/* A label of the foot with its text, below the indicators. */
static bool is_foot(const Features *features, State state)
{
    return state == IN_INDICATORS && features->n == 2 && !features->n_figures &&
           zp_label_has(&features->tokens[0]->label, BIT(FOOT));
}

/* A goals label opens its block once; in the tail or under the indicators two must say so. */
static bool begins_goals(const Features *features, State state)
{
    if (state > IN_GOALS)
        return !features->n_figures && features->n_goal_labels >= 2;
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

/* Figures of the funds beside their own labels, two by two: 年初预算数 | 120.00 | 全年预算数 | 118.00. */
static bool are_pairs(const Features *features)
{
    guint n = 0;
    for (guint i = 0; i + 1 < features->n; i += 2) {
        if (!zp_label_has(&features->tokens[i]->label, FUND_HEADS | SCORE_HEADS) ||
            features->tokens[i + 1]->label.entry ||
            !shape_is_figure(features->tokens[i + 1]->shape))
            return false;
        n++;
    }
    return n && features->n % 2 == 0;
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

/* Behind another block the heads of funds begin a block of funds where a source's row is below them. */
static bool is_fund_head(const Builder *builder, const Features *features, const Line *line)
{
    if (features->n_figures || features->n_indicator_heads >= 2)
        return false;
    const Line *end = line + FUND_ROWS_BELOW;
    const Line *last = lines_at(builder->lines, builder->end - 1);
    bool is_first = true;
    for (const Line *below = line + 1; below <= end && below <= last; below++) {
        Features row;
        read_features(builder, below, &row);
        if (is_index(builder, &row))
            continue;
        if (is_source_row(builder, below, is_first))
            return true;
        is_first = false;
    }
    return false;
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
    if (*state != IN_HEAD && is_index(builder, &features))
        return LINE_INDEX;
    if (is_indicator_head(&features)) {
        bool again = *state == IN_INDICATORS;
        *state = IN_INDICATORS;
        return again ? LINE_INDICATOR_HEAD_AGAIN : LINE_INDICATOR_HEAD;
    }
    if ((features.n_fund_heads || *state == IN_FUNDS) && are_pairs(&features)) {
        *state = IN_FUNDS;
        return LINE_FUND_PAIRS;
    }
    if (features.n_fund_heads >= 2 &&
        (*state <= IN_FUNDS || is_fund_head(builder, &features, line))) {
        *state = IN_FUNDS;
        return LINE_FUND_HEAD;
    }
    if (is_total(builder, &features, *state)) {
        *state = IN_TAIL;
        return LINE_TOTAL;
    }
    if (begins_goals(&features, *state)) {
        *state = IN_GOALS;
        return goal_line(&features);
    }
    if (features.n == 1 && !features.tokens[0]->label.value_offset &&
        zp_label_has(&features.tokens[0]->label, BLOCKS))
        return LINE_HEADING;
    if (begins_pairs(&features, *state) || is_foot(&features, *state)) {
        /* A label with its value below the indicators ends them, unless their rows go on. */
        *state = *state == IN_INDICATORS ? IN_TAIL : *state;
        return LINE_PAIRS;
    }
    return line_of_state(*state, line);
}

/* Heads of a block, or figures beside their labels. */
static bool has_heads(const Builder *builder, const Line *line, const Features *features)
{
    return is_indicator_head(features) || features->n_goal_labels >= 2 ||
           (features->n_fund_heads && are_pairs(features)) ||
           (features->n_fund_heads >= 2 && is_fund_head(builder, features, line)) ||
           zp_label_has(&features->tokens[0]->label, BIT(TOTAL));
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
    return features->n_goal_labels || zp_label_has(&features->tokens[0]->label, HEAD_LABELS);
}

/* 名词解释, 附件目录: a line of text that is no label, directly above a table. */
static bool is_captioned(const Builder *builder, guint line)
{
    Token *token;
    if (line == builder->begin || !line_is_text(lines_at(builder->lines, line - 1)) ||
        line_tokens(builder->lines, lines_at(builder->lines, line - 1), &token, 1) != 1)
        return false;
    return !token->label.entry && !is_heading(builder, token) &&
           builder_meaning(builder, line - 1) != LINE_TITLE &&
           builder_meaning(builder, line - 1) != LINE_YEAR;
}

/*
 * Behind a form's first table another one is the form's when it has heads of a block; without a caption of its own also
 * when it has a form's labels or goes on in as many columns.
 */
static bool is_table_of_form(const Builder *builder, guint line, const ZpTable *before)
{
    const ZpTable *table = lines_at(builder->lines, line)->table;
    bool is_captioned_one = is_captioned(builder, line);
    bool has_label = before && before->n_cols == table->n_cols;
    for (; line < builder->end && lines_at(builder->lines, line)->table == table; line++) {
        Features features;
        const Line *at = lines_at(builder->lines, line);
        read_features(builder, at, &features);
        if (has_heads(builder, at, &features))
            return true;
        has_label |= has_labels(&features) || zp_label_has(&features.tokens[0]->label, BIT(FOOT));
    }
    return !is_captioned_one && has_label;
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
    bool has_total = false, is_foreign = false;
    const ZpTable *table = NULL, *of_form = NULL;
    for (guint i = builder->begin; i < builder->end; i++) {
        const Line *line = lines_at(builder->lines, i);
        LineMeaning meaning = LINE_OUTSIDE;
        if (line->table != table && !line_is_text(line)) {
            /* In text a blank line parts tables: before the total row that says nothing. */
            bool is_apart = line->table->has_spans || has_total;
            is_foreign =
                of_form && is_apart && !is_table_of_form(builder, i, has_total ? NULL : of_form);
            of_form = is_foreign ? of_form : line->table;
        }
        table = line->table;
        if (line_is_text(line) ? !has_total : !is_foreign)
            meaning = classify_line(builder, line, &state);
        has_total |= meaning == LINE_TOTAL;
        builder->meanings[i - builder->begin] = (guint8)meaning;
    }
    settle_text_lines(builder);
}
