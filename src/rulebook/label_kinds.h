/*
 * label_kinds.h - what a label can stand for, and what one spelling of it carries.
 *
 * Kinds are bits, because one word can be several things: who asks says which of them may stand there.
 */
#pragma once

#include "model/form.h"

/* What a label stands for: bits, because 成本指标 is a level 1 here and a level 2 there. */
typedef enum {
    ZP_LABEL_PROJECT,
    ZP_LABEL_DEPARTMENT,
    ZP_LABEL_UNIT,
    ZP_LABEL_CURRENCY, /* 金额单位, beside or before 元 or 万元 */
    ZP_LABEL_HEADLINE, /* 自评得分 in the head */
    ZP_LABEL_YEAR,
    ZP_LABEL_EXTRA, /* a known label that no field takes */
    ZP_LABEL_FOOT,  /* a label that stands below a form: 评价组意见 */
    ZP_LABEL_FUNDS_BLOCK,
    ZP_LABEL_INITIAL,
    ZP_LABEL_BUDGET,
    ZP_LABEL_EXECUTED,
    ZP_LABEL_RATE,
    ZP_LABEL_FUND_ROW,
    ZP_LABEL_GOALS_BLOCK,
    ZP_LABEL_GOAL_EXPECTED,
    ZP_LABEL_GOAL_ACTUAL,
    ZP_LABEL_INDICATORS_BLOCK,
    ZP_LABEL_LEVEL1_HEAD,
    ZP_LABEL_LEVEL2_HEAD,
    ZP_LABEL_LEVEL3_HEAD,
    ZP_LABEL_TARGET,
    ZP_LABEL_COMPARATOR,   /* a target's sign in a column of its own */
    ZP_LABEL_TARGET_VALUE, /* its number */
    ZP_LABEL_TARGET_UNIT,  /* its unit */
    ZP_LABEL_ACTUAL,
    ZP_LABEL_WEIGHT,
    ZP_LABEL_LEVEL1_WEIGHT, /* a column of the weight of each level-1 section */
    ZP_LABEL_LEVEL2_WEIGHT,
    ZP_LABEL_SCORE,
    ZP_LABEL_REASON,
    ZP_LABEL_OTHER_COLUMN, /* a column that no field takes: 复核分 */
    ZP_LABEL_TOTAL,
    ZP_LABEL_SUBTOTAL, /* of a section of the indicators: 小计 */
    ZP_LABEL_GRADE,
    ZP_LABEL_LEVEL1,
    ZP_LABEL_LEVEL2,
    ZP_LABEL_KIND_COUNT,
} ZpLabelKind;

#define ZP_LABEL_BIT(kind) (G_GUINT64_CONSTANT(1) << (kind))

/* One spelling. */
typedef struct {
    const char *text;         /* folded */
    guint index;              /* of this entry, from 0 */
    guint64 kinds;            /* ZP_LABEL_BITs */
    ZpSource source;          /* of a FUND_ROW */
    int rank;                 /* of a DEPARTMENT or UNIT: how near to the project it is */
    const char *level1;       /* of a LEVEL1: the contract's name; NULL: as printed */
    bool is_weak;             /* of the grammar: another label of its kind in the row comes first */
    bool is_whole;            /* only where it has a cell to itself, not inside other text */
    const char *const *homes; /* of a LEVEL2: the level-1 names it belongs under, NULL-terminated */
} ZpLabelEntry;

/* By what a label was understood. */
typedef enum {
    ZP_LABEL_LISTED,   /* a spelling of labels.yaml */
    ZP_LABEL_COMPOSED, /* parts that the grammar explains */
    ZP_LABEL_MENDED,   /* a spelling but for one character (R06) */
    ZP_LABEL_INFERRED, /* its column can be nothing else (R07) */
} ZpLabelHow;

/* What a cell's text says when it is read as a label. */
typedef struct {
    ZpLabelHow how;
    const ZpLabelEntry *entry; /* (nullable) NULL: not a label */
    const char *weight;        /* (nullable) into the text: where a weight printed in it begins */
    guint weight_length;       /* bytes of it: "50分" */
    guint core_length;         /* bytes of the text before the bracket with the weight */
    guint value_offset; /* "项目名称：某项目" in one cell: where the value begins; else 0 */
    const char *currency; /* (nullable) static: 元, 万元 or 亿元 printed in brackets */
    bool has_colon;       /* ends with a colon */
    bool is_part;         /* begins with 其中 */
} ZpLabelMatch;
