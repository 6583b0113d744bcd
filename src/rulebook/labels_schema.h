/*
 * labels_schema.h - the shape of rules/labels.yaml and the structs it fills.
 *
 * Only the files of the labels include it.
 */
#pragma once

#include "rulebook/labels_rows.h"
#include "rulebook/yaml.h"

static const ZpWord KIND_NAMES[] = {
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
    {"subtotal", ZP_LABEL_SUBTOTAL},
    {"grade", ZP_LABEL_GRADE},
    {"level1", ZP_LABEL_LEVEL1},
    {"level2", ZP_LABEL_LEVEL2},
    {NULL, 0},
};

static const ZpWord SOURCE_NAMES[] = {
    {"total", ZP_SOURCE_TOTAL},
    {"fiscal", ZP_SOURCE_FISCAL},
    {"carryover", ZP_SOURCE_CARRYOVER},
    {"central", ZP_SOURCE_CENTRAL},
    {"local", ZP_SOURCE_LOCAL},
    {"special_account", ZP_SOURCE_SPECIAL_ACCOUNT},
    {"unit_own", ZP_SOURCE_UNIT_OWN},
    {"other", ZP_SOURCE_OTHER},
    {NULL, 0},
};

static const ZpWord BLOCK_NAMES[] = {
    {"funds", ZP_BLOCK_FUNDS},
    {"goals", ZP_BLOCK_GOALS},
    {"indicators", ZP_BLOCK_INDICATORS},
    {"total", ZP_BLOCK_TOTAL},
    {NULL, 0},
};

static const ZpField LABEL_FIELDS[] = {
    ZP_LIST(LabelRow, kinds, "kinds", WORDS, ZP_LEAST(1), .words = KIND_NAMES),
    ZP_FIELD(LabelRow, source, "source", WORD, ZP_MAY, .words = SOURCE_NAMES),
    ZP_FIELD(LabelRow, whole, "whole", BOOL, ZP_MAY),
    ZP_FIELD(LabelRow, rank, "rank", INT, ZP_MAY),
    ZP_FIELD(LabelRow, level1, "level1", TEXT, ZP_MAY),
    ZP_LIST(LabelRow, homes, "homes", TEXTS, ZP_MAY),
    ZP_LIST(LabelRow, spellings, "spellings", TEXTS, ZP_MUST),
    ZP_FIELDS_END,
};
static const ZpMould LABEL_MOULD = {sizeof(LabelRow), LABEL_FIELDS};

static const ZpField PART_FIELDS[] = {
    ZP_FIELD(PartRow, name, "name", TEXT, ZP_MUST),
    ZP_FIELD(PartRow, words, "words", TEXT, ZP_MUST),
    ZP_FIELDS_END,
};
static const ZpMould PART_MOULD = {sizeof(PartRow), PART_FIELDS};

static const ZpField GRAMMAR_FIELDS[] = {
    ZP_LIST(GrammarRow, kinds, "kinds", WORDS, ZP_LEAST(1), .words = KIND_NAMES),
    ZP_FIELD(GrammarRow, source, "source", WORD, ZP_MAY, .words = SOURCE_NAMES),
    ZP_FIELD(GrammarRow, rank, "rank", INT, ZP_MAY),
    ZP_FIELD(GrammarRow, weak, "weak", BOOL, ZP_MAY),
    ZP_LIST(GrammarRow, homes, "homes", TEXTS, ZP_MAY),
    ZP_FIELD(GrammarRow, pattern, "pattern", TEXT, ZP_MUST),
    ZP_FIELDS_END,
};
static const ZpMould GRAMMAR_MOULD = {sizeof(GrammarRow), GRAMMAR_FIELDS};

static const ZpField SOURCE_FIELDS[] = {
    ZP_FIELD(SourceRow, source, "source", WORD, ZP_MUST, .words = SOURCE_NAMES),
    ZP_FIELD(SourceRow, pattern, "pattern", TEXT, ZP_MUST),
    ZP_FIELDS_END,
};
static const ZpMould SOURCE_MOULD = {sizeof(SourceRow), SOURCE_FIELDS};

static const ZpField TEMPLATE_FIELDS[] = {
    ZP_FIELD(TemplateRow, id, "id", TEXT, ZP_MUST),
    ZP_FIELD(TemplateRow, title, "title", TEXT, ZP_MAY),
    ZP_FIELD(TemplateRow, currency, "currency", TEXT, ZP_MAY),
    ZP_LIST(TemplateRow, has, "has", TEXTS, ZP_MAY),
    ZP_LIST(TemplateRow, lacks, "lacks", TEXTS, ZP_MAY),
    ZP_FIELD(TemplateRow, blocks, "blocks", BITS, ZP_MUST, .words = BLOCK_NAMES),
    ZP_FIELDS_END,
};
static const ZpMould TEMPLATE_MOULD = {sizeof(TemplateRow), TEMPLATE_FIELDS};

static const ZpField NAME_FIELDS[] = {
    ZP_FIELD(NameRow, id, "id", TEXT, ZP_MUST),
    ZP_FIELD(NameRow, zh, "zh", TEXT, ZP_MUST),
    ZP_FIELDS_END,
};
static const ZpMould NAME_MOULD = {sizeof(NameRow), NAME_FIELDS};

static const ZpField FILE_FIELDS[] = {
    ZP_LIST(LabelsFile, titles, "titles", TEXTS, ZP_MUST),
    ZP_FIELD(LabelsFile, year, "year", TEXT, ZP_MUST),
    ZP_FIELD(LabelsFile, weight, "weight", TEXT, ZP_MUST),
    ZP_LIST(LabelsFile, furniture, "furniture", TEXTS, ZP_MUST),
    ZP_LIST(LabelsFile, headings, "headings", TEXTS, ZP_MUST),
    ZP_LIST(LabelsFile, placeholders, "placeholders", TEXTS, ZP_MUST),
    ZP_FIELD(LabelsFile, markup, "markup", TEXT, ZP_MUST),
    ZP_LIST(LabelsFile, grades, "grades", TEXTS, ZP_MUST),
    ZP_LIST(LabelsFile, labels, "labels", ROWS, ZP_LEAST(1), .row = &LABEL_MOULD),
    ZP_LIST(LabelsFile, parts, "parts", ROWS, ZP_MUST, .row = &PART_MOULD),
    ZP_LIST(LabelsFile, grammar, "grammar", ROWS, ZP_MUST, .row = &GRAMMAR_MOULD),
    ZP_LIST(LabelsFile, sources, "sources", ROWS, ZP_MUST, .row = &SOURCE_MOULD),
    ZP_LIST(LabelsFile, templates, "templates", ROWS, ZP_MUST, .row = &TEMPLATE_MOULD),
    ZP_LIST(LabelsFile, names, "template_names", ROWS, ZP_MAY, .row = &NAME_MOULD),
    ZP_FIELDS_END,
};
static const ZpMould FILE_MOULD = {sizeof(LabelsFile), FILE_FIELDS};
