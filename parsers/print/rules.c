/*
 * rules.c - thin boxes into lines, lines into groups that touch.
 *
 *     ──  ───   ──────        pieces on one height with small gaps: one line
 *     ─────────────────
 *     ═════════════════       two lines at most 3.6 points apart: neighbours, one rule of the table
 *
 * Every table draws its rules in its own way, one stroke a line, four boxes a cell, or twice the
 * same; after the joining they look alike.
 */
#include "parsers/print/rules.h"

#include "base/limits.h"

/* Points: pieces on one height; the gap between pieces; lines that are one rule or touch. */
#define SAME_PLACE 0.4f
#define PIECE_GAP  3.6f
#define TOUCH      3.6f

static int by_place(gconstpointer a, gconstpointer b)
{
    const Rule *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->from < y->from ? -1 : x->from > y->from;
}

static int by_start(gconstpointer a, gconstpointer b)
{
    const Rule *x = a, *y = b;
    return x->from < y->from ? -1 : x->from > y->from;
}

static Rule *rule_at(const GArray *rules, guint k)
{
    return &g_array_index(rules, Rule, k);
}

/* Joins the pieces first…end of one height, which are sorted by start; appends the lines. */
static void join_pieces(const GArray *pieces, guint first, guint end, GArray *lines)
{
    Rule line = *rule_at(pieces, first);
    for (guint k = first + 1; k < end; k++) {
        const Rule *piece = rule_at(pieces, k);
        if (piece->from > line.to + PIECE_GAP) {
            g_array_append_val(lines, line);
            line = *piece;
        }
        line.to = MAX(line.to, piece->to);
    }
    g_array_append_val(lines, line);
}

static GArray *join_lines(GArray *pieces)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(Rule));
    g_array_sort(pieces, by_place);
    for (guint first = 0, end; first < pieces->len; first = end) {
        float at = rule_at(pieces, first)->at;
        for (end = first + 1; end < pieces->len; end++) {
            if (rule_at(pieces, end)->at > at + SAME_PLACE)
                break;
        }
        g_qsort_with_data(rule_at(pieces, first), (gint)(end - first), sizeof(Rule),
                          (GCompareDataFunc)(void (*)(void))by_start, NULL);
        join_pieces(pieces, first, end, lines);
    }
    return lines;
}

static GArray *lines_of(const Marks *marks, bool level)
{
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Rule));
    for (guint k = 0; k < marks->rules->len; k++) {
        const ZpBox *box = &g_array_index(marks->rules, ZpBox, k);
        if ((box_width(box) >= box_height(box)) != level)
            continue;
        Rule rule = level ? (Rule){(box->y0 + box->y1) / 2, box->x0, box->x1, 0}
                          : (Rule){(box->x0 + box->x1) / 2, box->y0, box->y1, 0};
        g_array_append_val(pieces, rule);
    }
    return join_lines(pieces);
}

/* Groups as a forest: every rule points to another one of its group, the first to itself. */
static guint root_of(guint *parents, guint k)
{
    while (parents[k] != k)
        k = parents[k] = parents[parents[k]];
    return k;
}

static void unite(guint *parents, guint a, guint b)
{
    a = root_of(parents, a);
    b = root_of(parents, b);
    parents[MAX(a, b)] = MIN(a, b);
}

/* Lines beside each other, so near that they are one rule drawn twice. */
static void unite_neighbours(const GArray *lines, guint base, guint *parents)
{
    for (guint i = 0; i < lines->len; i++) {
        const Rule *a = rule_at(lines, i);
        for (guint k = i + 1; k < lines->len && rule_at(lines, k)->at <= a->at + TOUCH; k++) {
            const Rule *b = rule_at(lines, k);
            if (MIN(a->to, b->to) > MAX(a->from, b->from) - TOUCH)
                unite(parents, base + i, base + k);
        }
    }
}

static void group_free(gpointer data)
{
    RuleGroup *group = data;
    g_array_unref(group->level);
    g_array_unref(group->upright);
    g_free(group);
}

static void add_to_group(RuleGroup *group, const Rule *rule, bool level)
{
    ZpBox box = level ? (ZpBox){rule->from, rule->at, rule->to, rule->at}
                      : (ZpBox){rule->at, rule->from, rule->at, rule->to};
    if (!group->level->len && !group->upright->len)
        group->box = box;
    group->box = (ZpBox){MIN(group->box.x0, box.x0), MIN(group->box.y0, box.y0),
                         MAX(group->box.x1, box.x1), MAX(group->box.y1, box.y1)};
    g_array_append_vals(level ? group->level : group->upright, rule, 1);
}

static gint by_top(gconstpointer a, gconstpointer b)
{
    const RuleGroup *x = *(RuleGroup *const *)a, *y = *(RuleGroup *const *)b;
    if (x->box.y0 != y->box.y0)
        return x->box.y0 < y->box.y0 ? -1 : 1;
    return x->box.x0 < y->box.x0 ? -1 : x->box.x0 > y->box.x0;
}

static GPtrArray *collect(const GArray *level, const GArray *upright, guint *parents)
{
    guint n = level->len + upright->len;
    GPtrArray *groups = g_ptr_array_new_with_free_func(group_free);
    g_autofree guint *numbers = g_new(guint, n + 1);
    for (guint k = 0; k < n; k++) {
        bool is_level = k < level->len;
        guint root = root_of(parents, k);
        if (root == k) {
            RuleGroup *group = g_new0(RuleGroup, 1);
            group->level = g_array_new(FALSE, FALSE, sizeof(Rule));
            group->upright = g_array_new(FALSE, FALSE, sizeof(Rule));
            numbers[k] = groups->len;
            g_ptr_array_add(groups, group);
        }
        add_to_group(g_ptr_array_index(groups, numbers[root]),
                     is_level ? rule_at(level, k) : rule_at(upright, k - level->len), is_level);
    }
    g_ptr_array_sort(groups, by_top);
    return groups;
}

GPtrArray *rules_group(const Marks *marks)
{
    g_autoptr(GArray) level = lines_of(marks, true);
    g_autoptr(GArray) upright = lines_of(marks, false);
    guint n = level->len + upright->len;
    if ((guint64)n * n > ZP_LIMIT_PAGE_CROSSINGS)
        return NULL;
    g_autofree guint *parents = g_new(guint, n + 1);
    for (guint k = 0; k < n; k++)
        parents[k] = k;
    unite_neighbours(level, 0, parents);
    unite_neighbours(upright, level->len, parents);
    for (guint i = 0; i < level->len; i++) {
        const Rule *a = rule_at(level, i);
        for (guint k = 0; k < upright->len; k++) {
            const Rule *b = rule_at(upright, k);
            if (b->at > a->to + TOUCH)
                break;
            if (b->at >= a->from - TOUCH && a->at >= b->from - TOUCH && a->at <= b->to + TOUCH)
                unite(parents, i, level->len + k);
        }
    }
    return collect(level, upright, parents);
}

void rules_of_areas(Marks *marks)
{
    for (guint k = 0; k < marks->areas->len; k++) {
        const ZpBox *box = &g_array_index(marks->areas, ZpBox, k);
        const ZpBox edges[] = {
            {box->x0, box->y0, box->x1, box->y0},
            {box->x0, box->y1, box->x1, box->y1},
            {box->x0, box->y0, box->x0, box->y1},
            {box->x1, box->y0, box->x1, box->y1},
        };
        g_array_append_vals(marks->rules, edges, G_N_ELEMENTS(edges));
    }
}
