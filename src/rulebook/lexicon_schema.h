/*
 * lexicon_schema.h - the shape of rules/normalise.yaml.
 *
 * Included by lexicon_private.h only.
 */
#pragma once

#include "rulebook/lexicon.h"
#include "rulebook/yaml.h"

/* Spellings around a number that say how it is compared, or how exact it is. */
typedef struct {
    int means; /* ZpOp or ZpApprox */
    char **before, **between, **after;
    unsigned before_count, between_count, after_count;
} WordRow;

/* A named piece of pattern: {name} in the shapes. */
typedef struct {
    char *name, *pattern;
} PartRow;

typedef struct {
    int is;      /* ZpShapeKind */
    guint kinds; /* bits: 1 << ZpValueKind */
    char *pattern;
} ShapeRow;

typedef struct {
    char *word;
    int power;
} ScaleRow;

typedef struct {
    char *unit;
    char **words;
    unsigned words_count;
} SameRow;

/* Names that end in one of `always`, or hold one of `words` but none of `unless`. */
typedef struct {
    char **always, **words, **unless;
    unsigned always_count, words_count, unless_count;
} NameRow;

/* Names that end so belong under `home`. */
typedef struct {
    char *home;
    char **endings, **under, **unless, **unless_under;
    unsigned endings_count, under_count, unless_count, unless_under_count;
} HomeRow;

typedef struct {
    WordRow *comparators, *approximations;
    unsigned comparators_count, approximations_count;
    char **lead, **units;
    unsigned lead_count, units_count;
    PartRow *parts;
    unsigned parts_count;
    ShapeRow *shapes;
    unsigned shapes_count;
    ScaleRow *scales;
    unsigned scales_count;
    SameRow *same_units;
    unsigned same_units_count;
    char **blank_reasons, **rate_indicators, **weighted_scores, **placeholders, **grade_limits;
    unsigned blank_reasons_count, rate_indicators_count, weighted_scores_count;
    unsigned placeholders_count, grade_limits_count;
    char **score_coefficients, **shares, **weak_words, **strong_words;
    unsigned score_coefficients_count, shares_count, weak_words_count, strong_words_count;
    NameRow *lower_is_better;
    HomeRow *homes;
    unsigned homes_count;
} LexiconFile;

static const ZpWord OP_NAMES[] = {
    {"eq", ZP_OP_EQ}, {"ge", ZP_OP_GE}, {"le", ZP_OP_LE},
    {"gt", ZP_OP_GT}, {"lt", ZP_OP_LT}, {NULL, 0},
};
static const ZpWord APPROX_NAMES[] = {
    {"more", ZP_APPROX_MORE},
    {"about", ZP_APPROX_ABOUT},
    {NULL, 0},
};
static const ZpWord SHAPE_NAMES[] = {
    {"none", ZP_SHAPE_NONE}, {"number", ZP_SHAPE_NUMBER},       {"range", ZP_SHAPE_RANGE},
    {"date", ZP_SHAPE_DATE}, {"malformed", ZP_SHAPE_MALFORMED}, {NULL, 0},
};
static const ZpWord KIND_NAMES[] = {
    {"figure", 1 << ZP_KIND_FIGURE},
    {"target", 1 << ZP_KIND_TARGET},
    {NULL, 0},
};

static const ZpField COMPARATOR_FIELDS[] = {
    ZP_FIELD(WordRow, means, "op", WORD, ZP_MUST, .words = OP_NAMES),
    ZP_LIST(WordRow, before, "before", TEXTS, ZP_MAY),
    ZP_LIST(WordRow, after, "after", TEXTS, ZP_MAY),
    ZP_FIELDS_END,
};
static const ZpField APPROXIMATION_FIELDS[] = {
    ZP_FIELD(WordRow, means, "as", WORD, ZP_MUST, .words = APPROX_NAMES),
    ZP_LIST(WordRow, before, "before", TEXTS, ZP_MAY),
    ZP_LIST(WordRow, between, "between", TEXTS, ZP_MAY),
    ZP_LIST(WordRow, after, "after", TEXTS, ZP_MAY),
    ZP_FIELDS_END,
};
static const ZpField PART_FIELDS[] = {
    ZP_FIELD(PartRow, name, "name", TEXT, ZP_MUST),
    ZP_FIELD(PartRow, pattern, "pattern", TEXT, ZP_MUST),
    ZP_FIELDS_END,
};
static const ZpField SHAPE_FIELDS[] = {
    ZP_FIELD(ShapeRow, is, "is", WORD, ZP_MUST, .words = SHAPE_NAMES),
    ZP_FIELD(ShapeRow, kinds, "in", BITS, ZP_MUST, .words = KIND_NAMES),
    ZP_FIELD(ShapeRow, pattern, "pattern", TEXT, ZP_MUST),
    ZP_FIELDS_END,
};
static const ZpField SCALE_FIELDS[] = {
    ZP_FIELD(ScaleRow, word, "word", TEXT, ZP_MUST),
    ZP_FIELD(ScaleRow, power, "power", INT, ZP_MUST),
    ZP_FIELDS_END,
};
static const ZpField SAME_FIELDS[] = {
    ZP_FIELD(SameRow, unit, "unit", TEXT, ZP_MUST),
    ZP_LIST(SameRow, words, "words", TEXTS, ZP_MUST),
    ZP_FIELDS_END,
};
static const ZpField NAME_FIELDS[] = {
    ZP_LIST(NameRow, always, "always", TEXTS, ZP_MAY),
    ZP_LIST(NameRow, words, "words", TEXTS, ZP_MUST),
    ZP_LIST(NameRow, unless, "unless", TEXTS, ZP_MAY),
    ZP_FIELDS_END,
};
static const ZpField HOME_FIELDS[] = {
    ZP_LIST(HomeRow, endings, "endings", TEXTS, ZP_MUST),
    ZP_FIELD(HomeRow, home, "home", TEXT, ZP_MUST),
    ZP_LIST(HomeRow, under, "under", TEXTS, ZP_MUST),
    ZP_LIST(HomeRow, unless, "unless", TEXTS, ZP_MAY),
    ZP_LIST(HomeRow, unless_under, "unless_under", TEXTS, ZP_MAY),
    ZP_FIELDS_END,
};

static const ZpMould COMPARATOR_ROW = {sizeof(WordRow), COMPARATOR_FIELDS};
static const ZpMould APPROXIMATION_ROW = {sizeof(WordRow), APPROXIMATION_FIELDS};
static const ZpMould PART_ROW = {sizeof(PartRow), PART_FIELDS};
static const ZpMould SHAPE_ROW = {sizeof(ShapeRow), SHAPE_FIELDS};
static const ZpMould SCALE_ROW = {sizeof(ScaleRow), SCALE_FIELDS};
static const ZpMould SAME_ROW = {sizeof(SameRow), SAME_FIELDS};
static const ZpMould NAME_ROW = {sizeof(NameRow), NAME_FIELDS};
static const ZpMould HOME_ROW = {sizeof(HomeRow), HOME_FIELDS};

#define WORDS_OF(member)       ZP_LIST(LexiconFile, member, #member, TEXTS, ZP_MUST)
#define ROWS_OF(member, shape) ZP_LIST(LexiconFile, member, #member, ROWS, ZP_MUST, .row = &(shape))

static const ZpField LEXICON_FIELDS[] = {
    ROWS_OF(comparators, COMPARATOR_ROW),
    ROWS_OF(approximations, APPROXIMATION_ROW),
    WORDS_OF(lead),
    WORDS_OF(units),
    ROWS_OF(scales, SCALE_ROW),
    ROWS_OF(same_units, SAME_ROW),
    ROWS_OF(parts, PART_ROW),
    ROWS_OF(shapes, SHAPE_ROW),
    WORDS_OF(blank_reasons),
    WORDS_OF(rate_indicators),
    WORDS_OF(weighted_scores),
    WORDS_OF(score_coefficients),
    WORDS_OF(shares),
    WORDS_OF(weak_words),
    WORDS_OF(strong_words),
    WORDS_OF(placeholders),
    WORDS_OF(grade_limits),
    ZP_FIELD(LexiconFile, lower_is_better, "lower_is_better", ROW_P, ZP_MUST, .row = &NAME_ROW),
    ROWS_OF(homes, HOME_ROW),
    ZP_FIELDS_END,
};
static const ZpMould LEXICON_MOULD = {sizeof(LexiconFile), LEXICON_FIELDS};
