/*
 * catalogue.c - the rows of catalogue.def as a table.
 */
#include "rulebook/catalogue.h"

#include <string.h>

const ZpRuleRow ZP_RULES[ZP_RULE_COUNT] = {
#define ZP_RULE(code, name, severity, scope, check)                                                \
    [ZP_RULE_##code] = {#code, name, ZP_SEVERITY_##severity, ZP_SCOPE_##scope},
#include "rulebook/catalogue.def"
#undef ZP_RULE
};

const char *const *zp_rule_words(void)
{
    static const char *const WORDS[] = {
#define ZP_RULE(code, name, severity, scope, check) #code,
#include "rulebook/catalogue.def"
#undef ZP_RULE
#define ZP_RULE(code, name, severity, scope, check) name,
#include "rulebook/catalogue.def"
#undef ZP_RULE
        NULL,
    };
    return WORDS;
}

int zp_rule_find(const char *code_or_name)
{
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++) {
        if (g_ascii_strcasecmp(ZP_RULES[rule].code, code_or_name) == 0 ||
            strcmp(ZP_RULES[rule].name, code_or_name) == 0)
            return rule;
    }
    return -1;
}
