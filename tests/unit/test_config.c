/*
 * test_config.c - path patterns, and which rules speak how loudly.
 */
#include "config/glob.h"
#include "config/settings.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct {
    const char *pattern, *path;
    bool fits;
} GLOBS[] = {
    {"*.html", "a.html", true},
    {"*.html", "2022/bureau/a.html", true},
    {"*.html", "a.htm", false},
    {"2022/*.html", "2022/a.html", true},
    {"2022/*.html", "2022/bureau/a.html", false},
    {"2022/*.html", "archive/2022/a.html", false},
    {"2022/**/*.html", "2022/a.html", true},
    {"2022/**/*.html", "2022/x/y/a.html", true},
    {"**/x/**", "a/x/b", true},
    {"**/x/**", "a/y/b", false},
    {"archive/", "archive/a.html", true},
    {"archive/", "2022/archive/a.html", true},
    {"archive/", "archive.html", false},
    {"archive", "archive/2022/a.html", true},
    {"./a.txt", "a.txt", true},
    {"/a.txt", "b/a.txt", false},
    {"绩效*.txt", "绩效自评.txt", true},
    {"[ab].txt", "b.txt", true},
    {"[ab].txt", "c.txt", false},
    {"?.txt", "a.txt", true},
    {"*", "\xff\xe4", true},
    {"**/**/**/**/**/**/**/**/**/z", "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a", false},
    {"", "a", false},
};

TableRows(glob, fits)
{
    static int rows[G_N_ELEMENTS(GLOBS)];
    for (gsize k = 0; k < G_N_ELEMENTS(GLOBS); k++)
        rows[k] = (int)k;
    return cr_make_param_array(int, rows, G_N_ELEMENTS(GLOBS));
}

TableTest(int *row, glob, fits)
{
    cr_assert_eq(zp_glob_fits(GLOBS[*row].pattern, GLOBS[*row].path), GLOBS[*row].fits, "%s %s",
                 GLOBS[*row].pattern, GLOBS[*row].path);
}

/* A choice in words, and how loud some rule then is. */
static const struct {
    const char *select, *ignore; /* (nullable) */
    int set;                     /* a severity for the rule; -1: none */
    ZpRule rule;
    ZpSeverity severity;
} CHOICES[] = {
    {NULL, NULL, -1, ZP_RULE_F01, ZP_SEVERITY_ERROR},
    {"F", NULL, -1, ZP_RULE_F01, ZP_SEVERITY_ERROR},
    {"S", NULL, -1, ZP_RULE_F01, ZP_SEVERITY_OFF},
    {"S", NULL, ZP_SEVERITY_NOTE, ZP_RULE_F01, ZP_SEVERITY_NOTE},
    {"ALL", "F", -1, ZP_RULE_F01, ZP_SEVERITY_OFF},
    {"F01", "F", -1, ZP_RULE_F01, ZP_SEVERITY_ERROR},
    {"F", "F01", -1, ZP_RULE_F01, ZP_SEVERITY_OFF},
    {"F", "F", -1, ZP_RULE_F01, ZP_SEVERITY_OFF},
    {"execution-rate", "F0", -1, ZP_RULE_F01, ZP_SEVERITY_ERROR},
    {NULL, "F", ZP_SEVERITY_WARNING, ZP_RULE_F01, ZP_SEVERITY_WARNING},
    {NULL, "F01", ZP_SEVERITY_WARNING, ZP_RULE_F01, ZP_SEVERITY_OFF},
    {NULL, "f01", -1, ZP_RULE_F01, ZP_SEVERITY_OFF},
    {"F", NULL, -1, ZP_RULE_D01, ZP_SEVERITY_ERROR},
    {NULL, "D", -1, ZP_RULE_D01, ZP_SEVERITY_ERROR},
    {NULL, "D", -1, ZP_RULE_D05, ZP_SEVERITY_OFF},
    /* A rule that is off by itself speaks when it is named in full, or given a severity. */
    {NULL, NULL, -1, ZP_RULE_C07, ZP_SEVERITY_OFF},
    {"C", NULL, -1, ZP_RULE_C07, ZP_SEVERITY_OFF},
    {"ALL", NULL, -1, ZP_RULE_C07, ZP_SEVERITY_OFF},
    {"C07", NULL, -1, ZP_RULE_C07, ZP_SEVERITY_NOTE},
    {NULL, NULL, ZP_SEVERITY_WARNING, ZP_RULE_C07, ZP_SEVERITY_WARNING},
};

TableRows(choice, grade)
{
    static int rows[G_N_ELEMENTS(CHOICES)];
    for (gsize k = 0; k < G_N_ELEMENTS(CHOICES); k++)
        rows[k] = (int)k;
    return cr_make_param_array(int, rows, G_N_ELEMENTS(CHOICES));
}

static GPtrArray *list_of(const char *word)
{
    if (!word)
        return NULL;
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(list, g_strdup(word));
    return list;
}

TableTest(int *row, choice, grade)
{
    ZpRuleGrade grades[ZP_RULE_COUNT];
    ZpChoice choice;
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++)
        grades[rule] = (ZpRuleGrade){ZP_RULES[rule].severity, {NULL, 0}};
    zp_choice_init(&choice);
    choice.select = list_of(CHOICES[*row].select);
    choice.ignore = list_of(CHOICES[*row].ignore);
    choice.severity[CHOICES[*row].rule] = CHOICES[*row].set;
    zp_choice_apply(&choice, "x.yaml", grades);
    cr_assert_eq(grades[CHOICES[*row].rule].severity, CHOICES[*row].severity, "row %d", *row);
    zp_choice_clear(&choice);
}
