/*
 * features.h - what the labels of one line say, before anything is known of the lines around it.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/builder.h"

#define LABEL_BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* Labels by the place in a form where they stand. */
#define FUND_HEADS  (LABEL_BIT(INITIAL) | LABEL_BIT(BUDGET) | LABEL_BIT(EXECUTED) | LABEL_BIT(RATE))
#define LEVEL_HEADS (LABEL_BIT(LEVEL1_HEAD) | LABEL_BIT(LEVEL2_HEAD) | LABEL_BIT(LEVEL3_HEAD))
#define INDICATOR_HEADS                                                                            \
    (LEVEL_HEADS | LABEL_BIT(TARGET) | LABEL_BIT(COMPARATOR) | LABEL_BIT(TARGET_VALUE) |           \
     LABEL_BIT(TARGET_UNIT) | LABEL_BIT(ACTUAL))
/* Columns that the funds block has, too. */
#define SCORE_HEADS (LABEL_BIT(WEIGHT) | LABEL_BIT(SCORE) | LABEL_BIT(REASON))
#define GOAL_HEADS  (LABEL_BIT(GOAL_EXPECTED) | LABEL_BIT(GOAL_ACTUAL))
#define PAIR_LABELS                                                                                \
    (LABEL_BIT(PROJECT) | LABEL_BIT(DEPARTMENT) | LABEL_BIT(UNIT) | LABEL_BIT(CURRENCY) |          \
     LABEL_BIT(HEADLINE) | LABEL_BIT(YEAR) | LABEL_BIT(EXTRA))

typedef struct {
    guint n; /* tokens that begin here */
    Token *tokens[LINE_TOKENS_MAX];
    guint n_fund_heads, n_indicator_heads, n_score_heads, n_goal_labels;
    guint n_figures; /* cells that look like numbers */
} Features;

void features_read(const Builder *builder, const Line *line, Features *features);

/**
 * features_are_index: 行次 | 1 | 2 | 3: the columns' numbers.
 */
bool features_are_index(const Builder *builder, const Features *features);

/**
 * features_head_indicators: heads of the indicators' columns.
 */
bool features_head_indicators(const Features *features);

/**
 * features_head_funds: heads of figures, of a line below which a source of money stands.
 */
bool features_head_funds(const Builder *builder, const Features *features, const Line *line);

/**
 * features_are_pairs: figures of the funds beside their own labels.
 */
bool features_are_pairs(const Builder *builder, const Line *line);

/**
 * token_says_done: whether a text that is no goal's label may still name what was done: 实际完成, 完成情况.
 */
bool token_says_done(const Token *token);

/**
 * pair_label: the label of a figure beside it: 年度预算数 is then no block's.
 */
ZpLabelMatch pair_label(const ZpLabels *labels, const Token *token);

/**
 * features_are_part_pairs: figures of one source of money, its label in front of each, below such pairs.
 */
bool features_are_part_pairs(const Builder *builder, const Line *line);

/**
 * features_have_pairs: among labels with their values, figures of the funds, each beside its own label.
 */
bool features_have_pairs(const Builder *builder, const Line *line);

/**
 * features_head_sources: heads of sources of money, the names of the figures in the rows below them.
 */
bool features_head_sources(const Builder *builder, const Line *line);

/**
 * line_items: a line's cells from its slot @first on, copies of one beside it taken as one.
 * @items: room for LINE_TOKENS_MAX
 *
 * Returns: how many there are.
 */
guint line_items(const Lines *lines, const Line *line, guint first, Token **items);

/**
 * features_is_goal_beside: whether a label that the indicators have, too, has a goal's text beside it.
 */
bool features_is_goal_beside(const Builder *builder, const Line *line);

/* What the labels of a table say of whose it is. */
typedef enum {
    TABLE_NONE,      /* none begins here */
    TABLE_CAPTIONED, /* no label of a form, under a caption of its own */
    TABLE_ASIDE,     /* labels of a form's foot with their texts, under a caption of its own */
    TABLE_PLAIN,     /* it says nothing */
    TABLE_LABELLED,  /* labels of a form, or it stands among tables of the form */
    TABLE_HEADED,    /* heads of a block */
} TableSort;

/**
 * tables_sort: what each table of a form's lines is.  (tables.c)
 *
 * Returns: (transfer full) of TableSort, by the number of the table's first line - begin.
 */
guint8 *tables_sort(const Builder *builder);

/**
 * line_use_repeated: count the copies beside the cells of a line that are taken one for one.
 */
void line_use_repeated(const Lines *lines, const Line *line);

/**
 * features_total_below: whether a total stands further down in the line's table, below the same heads.
 * @has_row: (out) whether rows stand between
 */
bool features_total_below(const Builder *builder, const Line *line, bool *has_row);
