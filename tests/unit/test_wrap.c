/*
 * test_wrap.c - lines broken to a width: what is kept together, and how long they are.
 */
#include "base/wrap.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct {
    guint width, hang;
    const char *text, *wrapped;
} CASES[] = {
    {0, 2, "one two three", "one two three"},
    {20, 2, "one two", "one two"},
    {8, 2, "one two three", "one two\n  three"},
    {8, 2, "  one two three\n  four\n", "  one\n  two\n  three\n  four\n"},
    /* between CJK characters, but not in front of a closing mark or behind an opening one */
    {10, 0, "一二三四五六七", "一二三四五\n六七"},
    {10, 0, "一二三四五，六七", "一二三四\n五，六七"},
    {10, 0, "一二三四（五六）", "一二三四\n（五六）"},
    /* a figure stays whole, and with its unit */
    {10, 0, "一二三6,998,185.82元", "一二\n三6,998,185.82元"},
    {12, 0, "reads 6,998,185.82 of", "reads\n6,998,185.82\nof"},
    {10, 0, "一二三四88.82%五六", "一二三\n四88.82%五\n六"},
    /* what has no place to break runs over */
    {6, 2, "abcdefghij klm", "abcdefghij\n  klm"},
    /* colours take no column */
    {8, 2, "\033[1mone\033[0m two three", "\033[1mone\033[0m two\n  three"},
    /* a hanging indent that would leave nothing is made smaller */
    {8, 30, "one two three", "one two\n  three"},
};

Test(wrap, cases)
{
    for (gsize k = 0; k < G_N_ELEMENTS(CASES); k++) {
        g_autoptr(GString) out = g_string_new("kept ");
        g_string_append(out, CASES[k].text);
        zp_text_wrap(out, strlen("kept "), CASES[k].width, CASES[k].hang);
        cr_expect_str_eq(out->str + strlen("kept "), CASES[k].wrapped, "case %zu: %s", k, out->str);
    }
}

/* Taking the line ends and the indents out gives the words as they were. */
Test(wrap, loses_nothing)
{
    const char *text = "执行率 88.82%；6,998,185.82 ÷ 7879880.00 rounds half up（四舍五入）to "
                       "88.81%，应写 88.81%。";
    for (guint width = 1; width < 90; width++) {
        g_autoptr(GString) out = g_string_new(text);
        zp_text_wrap(out, 0, width, 0);
        const char *figures[] = {"88.82%", "6,998,185.82", "7879880.00", "88.81%"};
        for (gsize k = 0; k < G_N_ELEMENTS(figures); k++)
            cr_expect(strstr(out->str, figures[k]), "%u: %s is cut", width, figures[k]);
        g_autofree char *one = g_strdup(out->str), *other = g_strdup(text);
        for (char *const *side = (char *const[]){one, other, NULL}; *side; side++) {
            char *to = *side;
            for (const char *at = *side; *at; at++)
                if (*at != '\n' && *at != ' ')
                    *to++ = *at;
            *to = '\0';
        }
        cr_expect_str_eq(one, other);
    }
}

Test(wrap, clip)
{
    static const struct {
        guint columns;
        const char *text, *clipped;
    } ROWS[] = {{5, "12345", "12345"},
                {5, "123456", "1234…"},
                {5, "一二三", "一二…"},
                {4, "一二三", "一…"},
                {1, "12", "…"}};
    for (gsize k = 0; k < G_N_ELEMENTS(ROWS); k++) {
        g_autoptr(GString) out = g_string_new(ROWS[k].text);
        zp_text_clip(out, 0, ROWS[k].columns);
        cr_expect_str_eq(out->str, ROWS[k].clipped, "%s", out->str);
        cr_expect_leq(zp_text_columns(out->str), ROWS[k].columns);
    }
}
