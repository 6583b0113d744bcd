/*
 * lexicon_schema.h - the shape of rules/normalise.yaml, for libcyaml.
 *
 * Included by lexicon_private.h only.
 *
 * Layer: rulebook.
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

static const cyaml_strval_t OP_NAMES[] = {
    {"eq", ZP_OP_EQ}, {"ge", ZP_OP_GE}, {"le", ZP_OP_LE}, {"gt", ZP_OP_GT}, {"lt", ZP_OP_LT},
};
static const cyaml_strval_t APPROX_NAMES[] = {
    {"more", ZP_APPROX_MORE},
    {"about", ZP_APPROX_ABOUT},
};
static const cyaml_strval_t SHAPE_NAMES[] = {
    {"none", ZP_SHAPE_NONE}, {"number", ZP_SHAPE_NUMBER},       {"range", ZP_SHAPE_RANGE},
    {"date", ZP_SHAPE_DATE}, {"malformed", ZP_SHAPE_MALFORMED},
};
static const cyaml_strval_t KIND_NAMES[] = {
    {"figure", 1 << ZP_KIND_FIGURE},
    {"target", 1 << ZP_KIND_TARGET},
};

static const cyaml_schema_value_t STRING_VALUE = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED),
};

#define STRING(key, type, member)                                                                  \
    CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER, type, member, 1, CYAML_UNLIMITED)
#define LIST(key, flags, type, member, value)                                                      \
    CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER | (flags), type, member, value, 0, CYAML_UNLIMITED)
#define STRINGS(key, flags, type, member) LIST(key, flags, type, member, &STRING_VALUE)

static const cyaml_schema_field_t COMPARATOR_FIELDS[] = {
    CYAML_FIELD_ENUM("op", CYAML_FLAG_STRICT, WordRow, means, OP_NAMES, CYAML_ARRAY_LEN(OP_NAMES)),
    STRINGS("before", CYAML_FLAG_OPTIONAL, WordRow, before),
    STRINGS("after", CYAML_FLAG_OPTIONAL, WordRow, after),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t APPROXIMATION_FIELDS[] = {
    CYAML_FIELD_ENUM("as", CYAML_FLAG_STRICT, WordRow, means, APPROX_NAMES,
                     CYAML_ARRAY_LEN(APPROX_NAMES)),
    STRINGS("before", CYAML_FLAG_OPTIONAL, WordRow, before),
    STRINGS("between", CYAML_FLAG_OPTIONAL, WordRow, between),
    STRINGS("after", CYAML_FLAG_OPTIONAL, WordRow, after),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t PART_FIELDS[] = {
    STRING("name", PartRow, name),
    STRING("pattern", PartRow, pattern),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t SHAPE_FIELDS[] = {
    CYAML_FIELD_ENUM("is", CYAML_FLAG_STRICT, ShapeRow, is, SHAPE_NAMES,
                     CYAML_ARRAY_LEN(SHAPE_NAMES)),
    CYAML_FIELD_FLAGS("in", CYAML_FLAG_STRICT, ShapeRow, kinds, KIND_NAMES,
                      CYAML_ARRAY_LEN(KIND_NAMES)),
    STRING("pattern", ShapeRow, pattern),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t SCALE_FIELDS[] = {
    STRING("word", ScaleRow, word),
    CYAML_FIELD_INT("power", CYAML_FLAG_DEFAULT, ScaleRow, power),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t SAME_FIELDS[] = {
    STRING("unit", SameRow, unit),
    STRINGS("words", 0, SameRow, words),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t NAME_FIELDS[] = {
    STRINGS("always", CYAML_FLAG_OPTIONAL, NameRow, always),
    STRINGS("words", 0, NameRow, words),
    STRINGS("unless", CYAML_FLAG_OPTIONAL, NameRow, unless),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t HOME_FIELDS[] = {
    STRINGS("endings", 0, HomeRow, endings),
    STRING("home", HomeRow, home),
    STRINGS("under", 0, HomeRow, under),
    STRINGS("unless", CYAML_FLAG_OPTIONAL, HomeRow, unless),
    STRINGS("unless_under", CYAML_FLAG_OPTIONAL, HomeRow, unless_under),
    CYAML_FIELD_END,
};

#define ROW_VALUE(NAME, type, fields)                                                              \
    static const cyaml_schema_value_t NAME = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, type, fields)}

ROW_VALUE(COMPARATOR_VALUE, WordRow, COMPARATOR_FIELDS);
ROW_VALUE(APPROXIMATION_VALUE, WordRow, APPROXIMATION_FIELDS);
ROW_VALUE(PART_VALUE, PartRow, PART_FIELDS);
ROW_VALUE(SHAPE_VALUE, ShapeRow, SHAPE_FIELDS);
ROW_VALUE(SCALE_VALUE, ScaleRow, SCALE_FIELDS);
ROW_VALUE(SAME_VALUE, SameRow, SAME_FIELDS);
ROW_VALUE(HOME_VALUE, HomeRow, HOME_FIELDS);

static const cyaml_schema_field_t LEXICON_FIELDS[] = {
    LIST("comparators", 0, LexiconFile, comparators, &COMPARATOR_VALUE),
    LIST("approximations", 0, LexiconFile, approximations, &APPROXIMATION_VALUE),
    STRINGS("lead", 0, LexiconFile, lead),
    STRINGS("units", 0, LexiconFile, units),
    LIST("scales", 0, LexiconFile, scales, &SCALE_VALUE),
    LIST("same_units", 0, LexiconFile, same_units, &SAME_VALUE),
    LIST("parts", 0, LexiconFile, parts, &PART_VALUE),
    LIST("shapes", 0, LexiconFile, shapes, &SHAPE_VALUE),
    STRINGS("blank_reasons", 0, LexiconFile, blank_reasons),
    STRINGS("rate_indicators", 0, LexiconFile, rate_indicators),
    STRINGS("weighted_scores", 0, LexiconFile, weighted_scores),
    STRINGS("score_coefficients", 0, LexiconFile, score_coefficients),
    STRINGS("shares", 0, LexiconFile, shares),
    STRINGS("weak_words", 0, LexiconFile, weak_words),
    STRINGS("strong_words", 0, LexiconFile, strong_words),
    STRINGS("placeholders", 0, LexiconFile, placeholders),
    STRINGS("grade_limits", 0, LexiconFile, grade_limits),
    CYAML_FIELD_MAPPING_PTR("lower_is_better", CYAML_FLAG_POINTER, LexiconFile, lower_is_better,
                            NAME_FIELDS),
    LIST("homes", 0, LexiconFile, homes, &HOME_VALUE),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t LEXICON_SCHEMA = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, LexiconFile, LEXICON_FIELDS),
};
