/*
 * join_columns.c - the columns of two parts of a table as one set.
 *
 * Each page draws only the rules that its own rows need (a last page with nothing but the total row
 * has four columns of nine), and odd and even pages may have other margins.  So a part's rules are
 * shifted to lie over the table's, and what is new among them is added.
 */
#include "recognise/join.h"

#include <math.h>

/* Points: rules that are one; the most that margins of odd and even pages differ by. */
#define SAME_RULE        4.0f
#define SHIFT_MAX_POINTS 100.0f
/* Narrower than any column: rules so far apart are one when nothing else is as near to either. */
#define DRIFT 9.0f

static float rule_at(const GArray *rules, guint k)
{
    return g_array_index(rules, float, k);
}

/* The rule nearest to a place. */
static guint nearest(const GArray *rules, float at)
{
    guint best = 0;
    for (guint k = 1; k < rules->len; k++) {
        if (fabsf(rule_at(rules, k) - at) < fabsf(rule_at(rules, best) - at))
            best = k;
    }
    return best;
}

static guint count_matches(const GArray *rules, const GArray *part, float shift)
{
    guint n = 0;
    for (guint k = 0; k < part->len; k++) {
        float at = rule_at(part, k) + shift;
        n += fabsf(rule_at(rules, nearest(rules, at)) - at) <= SAME_RULE ? 1 : 0;
    }
    return n;
}

/* The shift under which most of a part's rules lie on the table's: none, or that of either edge. */
static float best_shift(const GArray *rules, const GArray *part, guint *matches)
{
    const float shifts[] = {
        0,
        rule_at(rules, 0) - rule_at(part, 0),
        rule_at(rules, rules->len - 1) - rule_at(part, part->len - 1),
    };
    float best = 0;
    *matches = 0;
    for (guint i = 0; i < G_N_ELEMENTS(shifts); i++) {
        guint n = fabsf(shifts[i]) <= SHIFT_MAX_POINTS ? count_matches(rules, part, shifts[i]) : 0;
        if (n > *matches) {
            best = shifts[i];
            *matches = n;
        }
    }
    return best;
}

bool columns_agree(const ZpTable *table, const ZpTable *part)
{
    guint matches;
    best_shift(table->x, part->x, &matches);
    return matches >= 2 && 3 * matches >= 2 * MIN(table->x->len, part->x->len);
}

/* Puts a rule into the table; the columns behind it move up. */
static void insert_rule(ZpTable *table, float at)
{
    guint k = 0;
    while (k < table->x->len && rule_at(table->x, k) < at)
        k++;
    g_array_insert_val(table->x, k, at);
    for (guint i = 0; i < table->cells->len; i++) {
        ZpCell *cell = &g_array_index(table->cells, ZpCell, i);
        if (cell->col >= k)
            cell->col++;
        else if (cell->col + cell->col_span >= k && k < table->x->len - 1)
            cell->col_span++;
    }
    table->n_cols = table->x->len - 1;
}

/* Whether a rule of the part is one of the table's. */
static bool is_known(const ZpTable *table, const ZpTable *part, guint k, float shift)
{
    float at = rule_at(part->x, k) + shift;
    float near = rule_at(table->x, nearest(table->x, at));
    if (fabsf(near - at) <= SAME_RULE)
        return true;
    return fabsf(near - at) <= DRIFT && nearest(part->x, near - shift) == k;
}

guint32 *join_columns(Join *join, const ZpTable *part)
{
    guint matches;
    ZpTable *table = join->table;
    float shift = best_shift(table->x, part->x, &matches);
    for (guint k = 0; k < part->x->len; k++) {
        float at = rule_at(part->x, k) + shift;
        if (!is_known(table, part, k, shift))
            insert_rule(table, at);
    }
    guint32 *columns = g_new(guint32, part->x->len);
    for (guint k = 0; k < part->x->len; k++)
        columns[k] = nearest(table->x, rule_at(part->x, k) + shift);
    return columns;
}
