/*
 * profile_schema.h - the shape of rules/profiles/NAME.yaml.
 *
 * Included by profile.c only.  All but the name may be left out: it is then the extended profile's.
 */
#pragma once

#include "rulebook/profile.h"
#include "rulebook/yaml.h"

typedef struct {
    char *name, *from; /* from: (nullable) */
    char **also;
    unsigned also_count;
} GradeRow;

typedef struct {
    char *level1, *weight;
} SectionRow;

typedef struct {
    SectionRow *sections;
    unsigned sections_count;
} SchemeRow;

typedef struct {
    char *level1;
    char **level2;
    unsigned level2_count;
} PairsRow;

typedef struct {
    char *reached, *partly;
} BandsRow;

typedef struct {
    char *rule;
    int severity;
} SeverityRow;

/* What is left to whoever fills the form in, though the extended profile fixes it. */
typedef enum {
    FREE_EXECUTION_WEIGHT,
    FREE_SCHEMES,
    FREE_PAIRS,
} FreeThing;

typedef struct {
    char *name, *title, *extends, *over_target, *low_execution, *weight_total, *execution_weight,
        *sign;
    char *budget_adjusted, *money_spent, *money_unspent, *unmeasurable;
    char **templates, **habits;
    unsigned templates_count, habits_count;
    int *reverse; /* (nullable) ZpReverse */
    BandsRow *bands;
    GradeRow *grades;
    unsigned grades_count;
    SchemeRow *schemes;
    unsigned schemes_count;
    PairsRow *pairs;
    unsigned pairs_count;
    int *free;
    unsigned free_count;
    SeverityRow *severities;
    unsigned severities_count;
} ProfileFile;

static const ZpWord REVERSE_NAMES[] = {
    {"both", ZP_REVERSE_BOTH},
    {"linear", ZP_REVERSE_LINEAR},
    {"quotient", ZP_REVERSE_QUOTIENT},
    {NULL, 0},
};
static const ZpWord SEVERITY_NAMES[] = {
    {"off", ZP_SEVERITY_OFF},
    {"note", ZP_SEVERITY_NOTE},
    {"warning", ZP_SEVERITY_WARNING},
    {"error", ZP_SEVERITY_ERROR},
    {NULL, 0},
};
static const ZpWord FREE_NAMES[] = {
    {"execution_weight", FREE_EXECUTION_WEIGHT},
    {"schemes", FREE_SCHEMES},
    {"pairs", FREE_PAIRS},
    {NULL, 0},
};

static const ZpField GRADE_FIELDS[] = {
    ZP_FIELD(GradeRow, name, "name", TEXT, ZP_MUST),
    ZP_FIELD(GradeRow, from, "from", TEXT, ZP_MAY),
    ZP_LIST(GradeRow, also, "also", TEXTS, ZP_MAY, ZP_LEAST(1)),
    ZP_FIELDS_END,
};
static const ZpMould GRADE_MOULD = {sizeof(GradeRow), GRADE_FIELDS};

static const ZpField SECTION_FIELDS[] = {
    ZP_FIELD(SectionRow, level1, "level1", ANY, ZP_MUST),
    ZP_FIELD(SectionRow, weight, "weight", TEXT, ZP_MUST),
    ZP_FIELDS_END,
};
static const ZpMould SECTION_MOULD = {sizeof(SectionRow), SECTION_FIELDS};

static const ZpField SCHEME_FIELDS[] = {
    ZP_LIST(SchemeRow, sections, "sections", ROWS, ZP_LEAST(1), .row = &SECTION_MOULD),
    ZP_FIELDS_END,
};
static const ZpMould SCHEME_MOULD = {sizeof(SchemeRow), SCHEME_FIELDS};

static const ZpField PAIRS_FIELDS[] = {
    ZP_FIELD(PairsRow, level1, "level1", TEXT, ZP_MUST),
    ZP_LIST(PairsRow, level2, "level2", TEXTS, ZP_MAY, ZP_LEAST(1)),
    ZP_FIELDS_END,
};
static const ZpMould PAIRS_MOULD = {sizeof(PairsRow), PAIRS_FIELDS};

static const ZpField BANDS_FIELDS[] = {
    ZP_FIELD(BandsRow, reached, "reached", TEXT, ZP_MUST),
    ZP_FIELD(BandsRow, partly, "partly", TEXT, ZP_MUST),
    ZP_FIELDS_END,
};
static const ZpMould BANDS_MOULD = {sizeof(BandsRow), BANDS_FIELDS};

static const ZpField SEVERITY_FIELDS[] = {
    ZP_FIELD(SeverityRow, rule, "rule", TEXT, ZP_MUST),
    ZP_FIELD(SeverityRow, severity, "severity", WORD, ZP_MUST, .words = SEVERITY_NAMES),
    ZP_FIELDS_END,
};
static const ZpMould SEVERITY_MOULD = {sizeof(SeverityRow), SEVERITY_FIELDS};

#define FIGURE(member) ZP_FIELD(ProfileFile, member, #member, TEXT, ZP_MAY)

static const ZpField PROFILE_FIELDS[] = {
    ZP_FIELD(ProfileFile, name, "name", TEXT, ZP_MUST),
    ZP_FIELD(ProfileFile, title, "title", TEXT, ZP_MAY),
    ZP_FIELD(ProfileFile, extends, "extends", TEXT, ZP_MAY),
    ZP_LIST(ProfileFile, templates, "templates", TEXTS, ZP_MAY),
    FIGURE(over_target),
    FIGURE(low_execution),
    FIGURE(budget_adjusted),
    FIGURE(money_spent),
    FIGURE(money_unspent),
    FIGURE(unmeasurable),
    FIGURE(weight_total),
    FIGURE(execution_weight),
    ZP_FIELD(ProfileFile, sign, "shown_by_execution_weight", TEXT, ZP_MAY),
    ZP_FIELD(ProfileFile, reverse, "reverse", WORD_P, ZP_MAY, .words = REVERSE_NAMES),
    ZP_FIELD(ProfileFile, bands, "bands", ROW_P, ZP_MAY, .row = &BANDS_MOULD),
    ZP_LIST(ProfileFile, grades, "grades", ROWS, ZP_MAY, ZP_LEAST(ZP_GRADE_COUNT),
            .row = &GRADE_MOULD),
    ZP_LIST(ProfileFile, schemes, "schemes", ROWS, ZP_MAY, ZP_LEAST(1), .row = &SCHEME_MOULD),
    ZP_LIST(ProfileFile, pairs, "pairs", ROWS, ZP_MAY, ZP_LEAST(1), .row = &PAIRS_MOULD),
    ZP_LIST(ProfileFile, habits, "habits", TEXTS, ZP_MAY),
    ZP_LIST(ProfileFile, free, "free", WORDS, ZP_MAY, .words = FREE_NAMES),
    ZP_LIST(ProfileFile, severities, "severities", ROWS, ZP_MAY, .row = &SEVERITY_MOULD),
    ZP_FIELDS_END,
};
static const ZpMould PROFILE_MOULD = {sizeof(ProfileFile), PROFILE_FIELDS};
