/*
 * labels_schema.h - the shape of rules/labels.yaml for libcyaml, and the structs it fills.
 *
 * Layer: rulebook; only the files of the labels include it.
 */
#pragma once

#include "rulebook/labels_rows.h"
#include "rulebook/yaml.h"

static const cyaml_strval_t KIND_NAMES[] = {
    {"project", ZP_LABEL_PROJECT},
    {"department", ZP_LABEL_DEPARTMENT},
    {"unit", ZP_LABEL_UNIT},
    {"currency", ZP_LABEL_CURRENCY},
    {"headline", ZP_LABEL_HEADLINE},
    {"year", ZP_LABEL_YEAR},
    {"extra", ZP_LABEL_EXTRA},
    {"foot", ZP_LABEL_FOOT},
    {"funds_block", ZP_LABEL_FUNDS_BLOCK},
    {"initial", ZP_LABEL_INITIAL},
    {"budget", ZP_LABEL_BUDGET},
    {"executed", ZP_LABEL_EXECUTED},
    {"rate", ZP_LABEL_RATE},
    {"fund_row", ZP_LABEL_FUND_ROW},
    {"goals_block", ZP_LABEL_GOALS_BLOCK},
    {"goal_expected", ZP_LABEL_GOAL_EXPECTED},
    {"goal_actual", ZP_LABEL_GOAL_ACTUAL},
    {"indicators_block", ZP_LABEL_INDICATORS_BLOCK},
    {"level1_head", ZP_LABEL_LEVEL1_HEAD},
    {"level2_head", ZP_LABEL_LEVEL2_HEAD},
    {"level3_head", ZP_LABEL_LEVEL3_HEAD},
    {"target", ZP_LABEL_TARGET},
    {"comparator", ZP_LABEL_COMPARATOR},
    {"target_value", ZP_LABEL_TARGET_VALUE},
    {"target_unit", ZP_LABEL_TARGET_UNIT},
    {"actual", ZP_LABEL_ACTUAL},
    {"weight", ZP_LABEL_WEIGHT},
    {"level1_weight", ZP_LABEL_LEVEL1_WEIGHT},
    {"level2_weight", ZP_LABEL_LEVEL2_WEIGHT},
    {"score", ZP_LABEL_SCORE},
    {"reason", ZP_LABEL_REASON},
    {"other_column", ZP_LABEL_OTHER_COLUMN},
    {"total", ZP_LABEL_TOTAL},
    {"grade", ZP_LABEL_GRADE},
    {"level1", ZP_LABEL_LEVEL1},
    {"level2", ZP_LABEL_LEVEL2},
};

static const cyaml_strval_t SOURCE_NAMES[] = {
    {"total", ZP_SOURCE_TOTAL},         {"fiscal", ZP_SOURCE_FISCAL},
    {"carryover", ZP_SOURCE_CARRYOVER}, {"central", ZP_SOURCE_CENTRAL},
    {"local", ZP_SOURCE_LOCAL},         {"special_account", ZP_SOURCE_SPECIAL_ACCOUNT},
    {"unit_own", ZP_SOURCE_UNIT_OWN},   {"other", ZP_SOURCE_OTHER},
};

static const cyaml_strval_t BLOCK_NAMES[] = {
    {"funds", ZP_BLOCK_FUNDS},
    {"goals", ZP_BLOCK_GOALS},
    {"indicators", ZP_BLOCK_INDICATORS},
    {"total", ZP_BLOCK_TOTAL},
};

static const cyaml_schema_value_t STRING_VALUE = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED),
};

static const cyaml_schema_value_t KIND_VALUE = {
    CYAML_VALUE_ENUM(CYAML_FLAG_STRICT, int, KIND_NAMES, CYAML_ARRAY_LEN(KIND_NAMES)),
};

#define STRINGS(key, type, member, flags)                                                          \
    CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER | (flags), type, member, &STRING_VALUE, 0,        \
                         CYAML_UNLIMITED)
#define STRING(key, type, member, flags)                                                           \
    CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), type, member, 1, CYAML_UNLIMITED)

static const cyaml_schema_field_t LABEL_FIELDS[] = {
    CYAML_FIELD_SEQUENCE("kinds", CYAML_FLAG_POINTER, LabelRow, kinds, &KIND_VALUE, 1,
                         CYAML_UNLIMITED),
    CYAML_FIELD_ENUM("source", CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT, LabelRow, source,
                     SOURCE_NAMES, CYAML_ARRAY_LEN(SOURCE_NAMES)),
    CYAML_FIELD_BOOL("whole", CYAML_FLAG_OPTIONAL, LabelRow, whole),
    CYAML_FIELD_INT("rank", CYAML_FLAG_OPTIONAL, LabelRow, rank),
    STRING("level1", LabelRow, level1, CYAML_FLAG_OPTIONAL),
    STRINGS("homes", LabelRow, homes, CYAML_FLAG_OPTIONAL),
    STRINGS("spellings", LabelRow, spellings, 0),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t PART_FIELDS[] = {
    STRING("name", PartRow, name, 0),
    STRING("words", PartRow, words, 0),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t GRAMMAR_FIELDS[] = {
    CYAML_FIELD_SEQUENCE("kinds", CYAML_FLAG_POINTER, GrammarRow, kinds, &KIND_VALUE, 1,
                         CYAML_UNLIMITED),
    CYAML_FIELD_ENUM("source", CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT, GrammarRow, source,
                     SOURCE_NAMES, CYAML_ARRAY_LEN(SOURCE_NAMES)),
    CYAML_FIELD_INT("rank", CYAML_FLAG_OPTIONAL, GrammarRow, rank),
    CYAML_FIELD_BOOL("weak", CYAML_FLAG_OPTIONAL, GrammarRow, weak),
    STRINGS("homes", GrammarRow, homes, CYAML_FLAG_OPTIONAL),
    STRING("pattern", GrammarRow, pattern, 0),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t SOURCE_FIELDS[] = {
    CYAML_FIELD_ENUM("source", CYAML_FLAG_STRICT, SourceRow, source, SOURCE_NAMES,
                     CYAML_ARRAY_LEN(SOURCE_NAMES)),
    STRING("pattern", SourceRow, pattern, 0),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t TEMPLATE_FIELDS[] = {
    STRING("id", TemplateRow, id, 0),
    STRING("title", TemplateRow, title, CYAML_FLAG_OPTIONAL),
    STRING("currency", TemplateRow, currency, CYAML_FLAG_OPTIONAL),
    STRINGS("has", TemplateRow, has, CYAML_FLAG_OPTIONAL),
    STRINGS("lacks", TemplateRow, lacks, CYAML_FLAG_OPTIONAL),
    CYAML_FIELD_FLAGS("blocks", CYAML_FLAG_STRICT, TemplateRow, blocks, BLOCK_NAMES,
                      CYAML_ARRAY_LEN(BLOCK_NAMES)),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t LABEL_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, LabelRow, LABEL_FIELDS),
};
static const cyaml_schema_value_t PART_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, PartRow, PART_FIELDS),
};
static const cyaml_schema_value_t GRAMMAR_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, GrammarRow, GRAMMAR_FIELDS),
};
static const cyaml_schema_value_t SOURCE_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, SourceRow, SOURCE_FIELDS),
};
static const cyaml_schema_value_t TEMPLATE_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, TemplateRow, TEMPLATE_FIELDS),
};

static const cyaml_schema_field_t FILE_FIELDS[] = {
    STRINGS("titles", LabelsFile, titles, 0),
    STRING("year", LabelsFile, year, 0),
    STRING("weight", LabelsFile, weight, 0),
    STRINGS("furniture", LabelsFile, furniture, 0),
    STRINGS("headings", LabelsFile, headings, 0),
    STRINGS("placeholders", LabelsFile, placeholders, 0),
    STRING("markup", LabelsFile, markup, 0),
    STRINGS("grades", LabelsFile, grades, 0),
    CYAML_FIELD_SEQUENCE("labels", CYAML_FLAG_POINTER, LabelsFile, labels, &LABEL_VALUE, 1,
                         CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("parts", CYAML_FLAG_POINTER, LabelsFile, parts, &PART_VALUE, 0,
                         CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("grammar", CYAML_FLAG_POINTER, LabelsFile, grammar, &GRAMMAR_VALUE, 0,
                         CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("sources", CYAML_FLAG_POINTER, LabelsFile, sources, &SOURCE_VALUE, 0,
                         CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("templates", CYAML_FLAG_POINTER, LabelsFile, templates, &TEMPLATE_VALUE, 0,
                         CYAML_UNLIMITED),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t FILE_SCHEMA = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, LabelsFile, FILE_FIELDS),
};
