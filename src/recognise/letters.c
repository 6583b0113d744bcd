/*
 * letters.c - the letters that a form gives its columns, and the formulas of them in its heads.
 *
 *     全年预算数（A） | 统筹整合资金（B） | 考核预算数（C=A-B） | 全年执行数（D） | 执行率（D/C×100%）
 *
 * Here the rate divides by C: spending over the year's budget, A, is another quotient.
 */
#include "recognise/columns.h"

#include "base/text.h"

#include <string.h>

static void fold_head(const Column *column, GString *out)
{
    g_string_truncate(out, 0);
    if (column && column->head)
        zp_text_append_folded(out, column->head->text, column->head->length);
}

/* The letter in the bracket of a head: (a), (c=a-b); '\0': none. */
static char letter_of(const GString *folded)
{
    for (const char *at = folded->str; (at = strchr(at, '(')) != NULL; at++) {
        if (g_ascii_islower(at[1]) && (at[2] == ')' || at[2] == '='))
            return at[1];
    }
    return '\0';
}

/* What the rate's formula divides by: a letter, '-' for a difference, '\0' where no formula is printed. */
static char divisor_of(const GString *folded)
{
    for (const char *at = folded->str; *at; at++) {
        bool is_wide = g_str_has_prefix(at, "÷");
        if ((*at != '/' && !is_wide) || at == folded->str || !g_ascii_islower(at[-1]))
            continue;
        const char *behind = at + (is_wide ? strlen("÷") : 1);
        if (g_ascii_islower(*behind))
            return *behind;
        if (*behind == '(' && g_ascii_islower(behind[1]) && (behind[2] == '-' || behind[2] == '+'))
            return '-';
    }
    return '\0';
}

bool columns_divide_otherwise(const Columns *columns)
{
    g_autoptr(GString) head = g_string_new(NULL);
    fold_head(columns_find(columns, ROLE_BUDGET), head);
    char budget = letter_of(head);
    fold_head(columns_find(columns, ROLE_RATE), head);
    char divisor = divisor_of(head);
    return budget && divisor && divisor != budget;
}
