/*
 * test_pattern.c - patterns: groups, mistakes, and that none runs away.
 */
#include "rulebook/pattern.h"
#include "table.h"

#include "base/error.h"
#include "base/limits.h"

#include <criterion/criterion.h>
#include <string.h>

/* Enough matches that the pattern has become machine code. */
#define MANY 200

typedef struct {
    const char *pattern, *text, *whole, *value; /* NULL: no match, no such group */
} Row;

static const Row ROWS[] = {
    {"(?<value>[0-9]+)", "约50人", "50", "50"},
    {"^(?<value>\\d+)$", "50人", NULL, NULL},
    {"年(?<value>底)?", "2022年", "年", NULL},
    {"(?<value>\\w+)", "——次数", "次数", "次数"}, /* UCP: Han characters are letters */
    {".", "年", "年", NULL},                      /* UTF: a character, not a byte */
    {"(?<other>a)|(?<value>b)", "b", "b", "b"},
    {"(?<other>a)|(?<value>b)", "a", "a", NULL},
    {"", "", "", NULL},
};

static void check_row(ZpPattern *pattern, const Row *row)
{
    ZpMatch match;
    gsize length;
    bool found = zp_pattern_match(pattern, row->text, strlen(row->text), 0, &match);
    cr_assert_eq(found, row->whole != NULL, "%s on %s", row->pattern, row->text);
    if (!found)
        return;
    g_autofree char *whole = g_strndup(row->text + match.start, match.end - match.start);
    cr_assert_str_eq(whole, row->whole);
    const char *value = zp_match_group(&match, "value", &length);
    cr_assert_eq(value != NULL, row->value != NULL, "%s on %s", row->pattern, row->text);
    cr_assert_eq(length, row->value ? strlen(row->value) : 0);
    cr_assert(!value || memcmp(value, row->value, length) == 0);
}

TableRows(pattern, finds)
{
    static int indexes[G_N_ELEMENTS(ROWS)];
    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++)
        indexes[i] = (int)i;
    return cr_make_param_array(int, indexes, G_N_ELEMENTS(ROWS));
}

/* The same interpreted and as machine code. */
TableTest(int *index, pattern, finds)
{
    g_autoptr(ZpPattern) pattern = zp_pattern_new(ROWS[*index].pattern, "test");
    for (int i = 0; i < MANY; i++)
        check_row(pattern, &ROWS[*index]);
}

Test(pattern, searches_from)
{
    g_autoptr(ZpPattern) pattern = zp_pattern_new("[0-9]", "test");
    ZpMatch match;
    cr_assert(zp_pattern_match(pattern, "1a2", 3, 1, &match));
    cr_assert_eq(match.start, 2);
    cr_assert(!zp_pattern_match(pattern, "1ab", 3, 1, &match));
}

Test(pattern, groups_by_number)
{
    g_autoptr(ZpPattern) pattern = zp_pattern_new("(x)(?<value>y)", "test");
    ZpMatch match;
    gsize length = 9;
    cr_assert_eq(zp_pattern_group(pattern, "value"), 2);
    cr_assert_eq(zp_pattern_group(pattern, "none"), 0);
    cr_assert(zp_pattern_match(pattern, "xy", 2, 0, &match));
    cr_assert_null(zp_match_group_number(&match, 0, &length));
    cr_assert_null(zp_match_group_number(&match, 99, &length));
    cr_assert_null(zp_match_group(&match, "none", &length));
    cr_assert_eq(length, 0);
}

Test(pattern, mistake_is_named)
{
    g_autoptr(ZpPattern) pattern = zp_pattern_new("a(b", "labels.yaml: year");
    g_autoptr(GError) error = NULL;
    cr_assert(!zp_pattern_compile(pattern, &error));
    cr_assert(g_error_matches(error, ZP_ERROR, ZP_ERROR_DATA));
    const char *text = zp_error_text(error, ZP_LANG_EN);
    cr_assert(g_str_has_prefix(text, "labels.yaml: year: "), "%s", text);
    cr_assert_not_null(strstr(text, "\"a(b\""), "%s", text);
    ZpMatch match;
    cr_assert(!zp_pattern_match(pattern, "ab", 2, 0, &match));
    cr_assert_eq(zp_pattern_group(pattern, "value"), 0);
}

/*
 * ZP_LIMIT_MATCH_STEPS ends the search of a pattern that would need 2^n steps, as interpreter and
 * as machine code; without it this test would not end.
 */
Test(pattern, runaway_stops, .timeout = 30)
{
    g_autoptr(ZpPattern) pattern = zp_pattern_new("^(a+)+$", "test");
    g_autofree char *text = g_strnfill(60, 'a');
    text[59] = 'b';
    ZpMatch match;
    for (int i = 0; i < MANY; i++)
        cr_assert(!zp_pattern_match(pattern, text, 60, 0, &match));
}

/* A text that needs more than ZP_LIMIT_JIT_STACK_START gets up to ZP_LIMIT_JIT_STACK, and one
 * that needs more than that does not match, instead of crashing. */
Test(pattern, deep_text_is_bounded, .timeout = 30)
{
    g_autoptr(ZpPattern) pattern = zp_pattern_new("^(?:a|ab|b)*c$", "test");
    ZpMatch match;
    for (int i = 0; i < MANY; i++)
        cr_assert(zp_pattern_match(pattern, "abc", 3, 0, &match));
    gsize fits = ZP_LIMIT_JIT_STACK_START / 16, too_long = ZP_LIMIT_JIT_STACK * 4;
    g_autofree char *deep = g_strnfill(fits, 'a');
    deep[fits - 1] = 'c';
    cr_assert(zp_pattern_match(pattern, deep, fits, 0, &match));
    g_autofree char *deeper = g_strnfill(too_long, 'a');
    cr_assert(!zp_pattern_match(pattern, deeper, too_long, 0, &match));
}

Test(pattern, free_takes_null)
{
    zp_pattern_free(NULL);
}
