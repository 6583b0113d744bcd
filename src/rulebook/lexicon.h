/*
 * lexicon.h - how figures are written (rules/normalise.yaml): patterns and word lists.
 *
 * src/normalise asks for the patterns, the rules for the word lists (blank reasons,
 * lower-is-better names, …).
 */
#pragma once

#include "model/form.h"
#include "rulebook/pattern.h"

typedef struct ZpLexicon ZpLexicon;

/* What a shape makes of a cell. */
typedef enum {
    ZP_SHAPE_NONE,      /* nothing: the search ends */
    ZP_SHAPE_NUMBER,    /* one number */
    ZP_SHAPE_RANGE,     /* from value to upper */
    ZP_SHAPE_DATE,      /* a date; the value stays empty */
    ZP_SHAPE_MALFORMED, /* digits and separators that form no number (F09) */
} ZpShapeKind;

/* The groups that a shape's pattern may have, by their names there. */
typedef enum {
    ZP_GROUP_BEFORE,  /* a comparator before the number */
    ZP_GROUP_ABOUT,   /* an approximation before the number: 约 */
    ZP_GROUP_VALUE,   /* the number */
    ZP_GROUP_UPPER,   /* the end of a range */
    ZP_GROUP_FIRST,   /* the unit of a range's beginning */
    ZP_GROUP_PERCENT, /* a percent sign: the unit is then "%" */
    ZP_GROUP_SCALE,   /* 万 before 余 or 多: belongs to the unit */
    ZP_GROUP_MORE,    /* an approximation right behind the number: 余, 多 */
    ZP_GROUP_UNIT,    /* the unit */
    ZP_GROUP_AROUND,  /* an approximation at the end: 左右 */
    ZP_GROUP_AFTER,   /* a comparator at the end: 以上 */
    ZP_GROUP_YEAR,    /* the parts of a date */
    ZP_GROUP_MONTH,
    ZP_GROUP_DAY,
    ZP_GROUP_MONTHEND, /* 底: the last day of the month */
    ZP_GROUP_YEAREND,  /* 年底: the last day of the year */
    ZP_GROUP_DEADLINE, /* 前: the date or earlier */
    ZP_GROUP_NEGATIVE, /* the bracket of (1), which is -1 */
    ZP_GROUP_COUNT,
} ZpGroup;

typedef struct ZpShape ZpShape;

/**
 * zp_lexicon_load, _free: read normalise.yaml.
 * @name: how the file is called in messages
 * @error: ZP_ERROR_DATA with file and line
 */
ZpLexicon *zp_lexicon_load(GBytes *bytes, const char *name, GError **error);
void zp_lexicon_free(ZpLexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpLexicon, zp_lexicon_free)

/**
 * zp_lexicon_compile: compile every pattern now, for a foreign file.
 * @error: ZP_ERROR_DATA with file and line
 */
bool zp_lexicon_compile(ZpLexicon *lexicon, GError **error);

/**
 * zp_lexicon_match: the first shape that a cell's text has.
 * @text, @length: folded to half width
 * @match: its groups can be asked for until the next call
 *
 * Returns: (nullable) (transfer none) NULL when no shape fits.
 */
ZpShape *zp_lexicon_match(const ZpLexicon *lexicon, ZpValueKind kind, const char *text,
                          gsize length, ZpMatch *match);

/** zp_shape_kind: what the shape makes of the cell. */
ZpShapeKind zp_shape_kind(const ZpShape *shape);

/**
 * zp_shape_group: what a group took.
 *
 * Returns: as zp_match_group.
 */
const char *zp_shape_group(ZpShape *shape, const ZpMatch *match, ZpGroup group, gsize *length);

/** zp_lexicon_op, _approx: what the text of a group means: 不低于 → ZP_OP_GE, 余 → ZP_APPROX_MORE. */
ZpOp zp_lexicon_op(const ZpLexicon *lexicon, const char *word, gsize length);
ZpApprox zp_lexicon_approx(const ZpLexicon *lexicon, const char *word, gsize length);

/** zp_lexicon_is_blank_reason: a reason that says nothing: "", 无, 无。, 暂无, 不涉及, —, /, …. */
bool zp_lexicon_is_blank_reason(const ZpLexicon *lexicon, const char *reason);

/** zp_lexicon_is_lower_better: a name that counts something unwanted: 故障率, 投诉次数, …. */
bool zp_lexicon_is_lower_better(const ZpLexicon *lexicon, const char *name);

/** zp_lexicon_is_rate_indicator: 预算执行率, 资金执行率, 预算资金执行率, 项目资金执行率 (F11). */
bool zp_lexicon_is_rate_indicator(const ZpLexicon *lexicon, const char *name);

/** zp_lexicon_is_weighted_score: a column of scores times weight: 折算得分 (S12). */
bool zp_lexicon_is_weighted_score(const ZpLexicon *lexicon, const char *label);

/** zp_lexicon_is_coefficient: a column of shares of the weight that were earned: 得分系数 (S13). */
bool zp_lexicon_is_coefficient(const ZpLexicon *lexicon, const char *label);

/**
 * zp_lexicon_is_share: a name that ends in a share of a whole, which never is above 100%: 合格率 (C15).
 */
bool zp_lexicon_is_share(const ZpLexicon *lexicon, const char *name);

/**
 * zp_lexicon_is_weaker: whether words say less than the target's by a weak word (C16): 有所提升 and
 * 较显著提升 for 显著提升; a bare 提升 does not.
 * @actual, @target: (nullable)
 */
bool zp_lexicon_is_weaker(const ZpLexicon *lexicon, const char *actual, const char *target);

/** zp_lexicon_is_placeholder: text of the blank template: a bare 指标1 or ……, XX, 100字以内 (C02). */
bool zp_lexicon_is_placeholder(const ZpLexicon *lexicon, const char *text);

/**
 * zp_lexicon_grade_limits: the lower limits of 优, 良 and 中 that a text of the form prints (S03).
 * @limits: set only when all three are there, each below the one before
 */
bool zp_lexicon_grade_limits(const ZpLexicon *lexicon, const char *text, ZpDecimal limits[3]);

/**
 * zp_lexicon_home_of_name: the level-2 label that an indicator's name belongs under by its
 * last word (C08): 数量指标 for …次数, 时效指标 for …响应时间, 满意度 for …满意率.
 * @level1, @level2: (nullable) where it stands
 *
 * Returns: (nullable) NULL when the name says nothing, it stands there already or no level 2 is
 * known.
 */
const char *zp_lexicon_home_of_name(const ZpLexicon *lexicon, const char *name, const char *level1,
                                    const char *level2);

/**
 * zp_lexicon_unit: split a unit into its scale and what is counted: 万元 is 10^4 元, 万人 10^4 人,
 * % and 百分比 are both "%", ‰ is itself.
 * @unit: (nullable) as printed
 * @power: set to the power of ten, 0, 4 or 8
 *
 * Returns: (transfer none) the base unit; "" for none.
 */
const char *zp_lexicon_unit(const ZpLexicon *lexicon, const char *unit, int *power);
