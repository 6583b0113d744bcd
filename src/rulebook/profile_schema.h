/*
 * profile_schema.h - the shape of rules/profiles/NAME.yaml, for libcyaml.
 *
 * Included by profile.c only.  All but the name may be left out: it is then the extended profile's.
 *
 * Layer: rulebook.
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
    char *name, *extends, *over_target, *low_execution, *weight_total, *execution_weight, *sign;
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

static const cyaml_strval_t REVERSE_NAMES[] = {
    {"both", ZP_REVERSE_BOTH},
    {"linear", ZP_REVERSE_LINEAR},
    {"quotient", ZP_REVERSE_QUOTIENT},
};
static const cyaml_strval_t SEVERITY_NAMES[] = {
    {"off", ZP_SEVERITY_OFF},
    {"note", ZP_SEVERITY_NOTE},
    {"warning", ZP_SEVERITY_WARNING},
    {"error", ZP_SEVERITY_ERROR},
};
static const cyaml_strval_t FREE_NAMES[] = {
    {"execution_weight", FREE_EXECUTION_WEIGHT},
    {"schemes", FREE_SCHEMES},
    {"pairs", FREE_PAIRS},
};

static const cyaml_schema_value_t STRING_VALUE = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED),
};
static const cyaml_schema_value_t FREE_VALUE = {
    CYAML_VALUE_ENUM(CYAML_FLAG_DEFAULT, int, FREE_NAMES, CYAML_ARRAY_LEN(FREE_NAMES)),
};

#define STRING(key, flags, type, member, least)                                                    \
    CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), type, member, least, CYAML_UNLIMITED)
#define OPTIONAL(key, member) STRING(key, CYAML_FLAG_OPTIONAL, ProfileFile, member, 1)
#define LIST(key, type, member, value, least)                                                      \
    CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, type, member, value,       \
                         least, CYAML_UNLIMITED)

static const cyaml_schema_field_t GRADE_FIELDS[] = {
    STRING("name", 0, GradeRow, name, 1),
    STRING("from", CYAML_FLAG_OPTIONAL, GradeRow, from, 1),
    LIST("also", GradeRow, also, &STRING_VALUE, 1),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t GRADE_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, GradeRow, GRADE_FIELDS),
};
static const cyaml_schema_field_t SECTION_FIELDS[] = {
    STRING("level1", 0, SectionRow, level1, 0),
    STRING("weight", 0, SectionRow, weight, 1),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t SECTION_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, SectionRow, SECTION_FIELDS),
};
static const cyaml_schema_field_t SCHEME_FIELDS[] = {
    CYAML_FIELD_SEQUENCE("sections", CYAML_FLAG_POINTER, SchemeRow, sections, &SECTION_VALUE, 1,
                         CYAML_UNLIMITED),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t SCHEME_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, SchemeRow, SCHEME_FIELDS),
};
static const cyaml_schema_field_t PAIRS_FIELDS[] = {
    STRING("level1", 0, PairsRow, level1, 1),
    LIST("level2", PairsRow, level2, &STRING_VALUE, 1),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t PAIRS_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, PairsRow, PAIRS_FIELDS),
};
static const cyaml_schema_field_t BANDS_FIELDS[] = {
    STRING("reached", 0, BandsRow, reached, 1),
    STRING("partly", 0, BandsRow, partly, 1),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t SEVERITY_FIELDS[] = {
    STRING("rule", 0, SeverityRow, rule, 1),
    CYAML_FIELD_ENUM("severity", CYAML_FLAG_DEFAULT, SeverityRow, severity, SEVERITY_NAMES,
                     CYAML_ARRAY_LEN(SEVERITY_NAMES)),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t SEVERITY_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, SeverityRow, SEVERITY_FIELDS),
};
static const cyaml_schema_field_t PROFILE_FIELDS[] = {
    STRING("name", 0, ProfileFile, name, 1),
    OPTIONAL("extends", extends),
    LIST("templates", ProfileFile, templates, &STRING_VALUE, 0),
    OPTIONAL("over_target", over_target),
    OPTIONAL("low_execution", low_execution),
    OPTIONAL("budget_adjusted", budget_adjusted),
    OPTIONAL("money_spent", money_spent),
    OPTIONAL("money_unspent", money_unspent),
    OPTIONAL("unmeasurable", unmeasurable),
    OPTIONAL("weight_total", weight_total),
    OPTIONAL("execution_weight", execution_weight),
    OPTIONAL("shown_by_execution_weight", sign),
    CYAML_FIELD_ENUM_PTR("reverse", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, ProfileFile, reverse,
                         REVERSE_NAMES, CYAML_ARRAY_LEN(REVERSE_NAMES)),
    CYAML_FIELD_MAPPING_PTR("bands", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, ProfileFile, bands,
                            BANDS_FIELDS),
    LIST("grades", ProfileFile, grades, &GRADE_VALUE, ZP_GRADE_COUNT),
    LIST("schemes", ProfileFile, schemes, &SCHEME_VALUE, 1),
    LIST("pairs", ProfileFile, pairs, &PAIRS_VALUE, 1),
    LIST("habits", ProfileFile, habits, &STRING_VALUE, 0),
    LIST("free", ProfileFile, free, &FREE_VALUE, 0),
    LIST("severities", ProfileFile, severities, &SEVERITY_VALUE, 0),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t PROFILE_SCHEMA = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, ProfileFile, PROFILE_FIELDS),
};
