/*
 * labels_rows.h - the rows of rules/labels.yaml as they are read.
 *
 * Only labels_schema.h includes it.
 */
#pragma once

#include "rulebook/labels.h"

typedef struct {
    int *kinds; /* ZpLabelKind */
    unsigned kinds_count;
    int source;
    int rank;
    bool whole;
    char *level1; /* (nullable) */
    char **homes;
    unsigned homes_count;
    char **spellings;
    unsigned spellings_count;
} LabelRow;

/* A set of words that patterns of the grammar name as {name}. */
typedef struct {
    char *name;
    char *words; /* alternatives, PCRE2 */
} PartRow;

/* A pattern whose whole text is a label of these kinds. */
typedef struct {
    int *kinds; /* ZpLabelKind */
    unsigned kinds_count;
    int source;
    int rank;
    bool weak;
    char **homes;
    unsigned homes_count;
    char *pattern;
} GrammarRow;

typedef struct {
    int source;
    char *pattern;
} SourceRow;

typedef struct {
    char *id;
    char *title; /* (nullable) a pattern */
    char *currency;
    char **has;
    unsigned has_count;
    char **lacks;
    unsigned lacks_count;
    guint blocks;
} TemplateRow;

typedef struct {
    char *id, *zh;
} NameRow;

typedef struct {
    char **titles;
    unsigned titles_count;
    char *year;
    char *weight;
    char **furniture;
    unsigned furniture_count;
    char **headings;
    unsigned headings_count;
    char **placeholders;
    unsigned placeholders_count;
    char *markup;
    char **grades;
    unsigned grades_count;
    LabelRow *labels;
    unsigned labels_count;
    PartRow *parts;
    unsigned parts_count;
    GrammarRow *grammar;
    unsigned grammar_count;
    SourceRow *sources;
    unsigned sources_count;
    TemplateRow *templates;
    unsigned templates_count;
    NameRow *names;
    unsigned names_count;
} LabelsFile;
