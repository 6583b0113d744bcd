/*
 * catalogue.h - the rules as rows, their messages and their pages.
 *
 * A rule is one page, docs/rules/<code>.md.  Of the heads of the pages the build makes catalogue.def, a row
 * a rule, from which `ziping rules`, `ziping explain` and the enum come, and catalogue.yaml, the sentences
 * and message templates (tools/catalogue.cmake).  The functions that check are in rules/, above this layer.
 */
#pragma once

#include "model/finding.h"

/* What one check of a rule looks at. */
typedef enum {
    ZP_SCOPE_FILE,      /* D01…D03: made by src/run */
    ZP_SCOPE_FORM,      /* once a form */
    ZP_SCOPE_FUND,      /* every row of the funds block */
    ZP_SCOPE_TOTAL,     /* the total row of the funds block; a form without one has no such place */
    ZP_SCOPE_INDICATOR, /* every indicator */
    ZP_SCOPE_REPAIR,    /* R01…R07: made by the recogniser */
    ZP_SCOPE_RUN,       /* X01…X03: forms of a run against each other, made by src/run */
    ZP_SCOPE_YEARS,     /* X04…X06: a form against the year before, made by src/archive */
} ZpScope;

typedef enum {
#define ZP_RULE(code, name, severity, scope, check) ZP_RULE_##code,
#include "rulebook/catalogue.def"
#undef ZP_RULE
    ZP_RULE_COUNT,
} ZpRule;

typedef struct {
    const char *code; /* "F01" */
    const char *name; /* "execution-rate" */
    ZpSeverity severity;
    ZpScope scope;
} ZpRuleRow;

extern const ZpRuleRow ZP_RULES[ZP_RULE_COUNT];

/**
 * zp_rule_find: the row of a code ("F01", any case) or a name ("execution-rate").
 *
 * Returns: -1 when there is none.
 */
int zp_rule_find(const char *code_or_name);

/** zp_rule_words: all codes and names, for zp_nearest(); ends with NULL. */
const char *const *zp_rule_words(void);
