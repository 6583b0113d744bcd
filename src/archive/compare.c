/*
 * compare.c - the rules over years.
 *
 * Both forms are read from their canonical JSON, since years lie between them and only one was read just now.
 * Whether a target was met is not worked out again: the rules said so when the form was stored.
 */
#include "archive/compare.h"

#include "base/text.h"

#include <string.h>

/* --- figures --- */

static const char *text_of(json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);
    const char *text =
        json_string_value(json_is_object(value) ? json_object_get(value, "text") : value);
    return text ? text : "";
}

/* One number: no range, no date. */
static bool number_of(json_t *value, ZpDecimal *number)
{
    const char *text = json_string_value(json_object_get(value, "value"));
    return text && json_is_null(json_object_get(value, "upper")) &&
           json_is_null(json_object_get(value, "date")) &&
           zp_decimal_parse(text, strlen(text), number);
}

/* A figure of the funds block in yuan, and half a unit of its last printed place. */
typedef struct {
    ZpDecimal yuan, slack;
    const char *unit; /* "万元" */
} Amount;

static const struct {
    const char *unit;
    gint64 yuan;
} UNITS[] = {{"元", 1}, {"万元", 10000}, {"亿元", 100000000}};

static bool scale_of(const char *unit, ZpDecimal *yuan)
{
    for (gsize k = 0; unit && k < G_N_ELEMENTS(UNITS); k++) {
        *yuan = zp_decimal_from_int(UNITS[k].yuan);
        if (strcmp(unit, UNITS[k].unit) == 0)
            return true;
    }
    return false;
}

static bool amount_of(json_t *form, json_t *value, Amount *amount)
{
    ZpDecimal number, scale;
    const char *own = json_string_value(json_object_get(value, "unit"));
    amount->unit = own ? own : json_string_value(json_object_get(form, "currency_unit"));
    if (!number_of(value, &number) || !scale_of(amount->unit, &scale))
        return false;
    const ZpDecimal half = {5, number.scale + 1};
    return zp_decimal_multiply(number, scale, &amount->yuan) &&
           zp_decimal_multiply(half, scale, &amount->slack);
}

/* @index: (nullable) set */
static json_t *fund_of(json_t *form, const char *source, gsize *index)
{
    gsize k = 0;
    json_t *fund = NULL;
    json_array_foreach(json_object_get(form, "funds"), k, fund)
    {
        if (strcmp(text_of(fund, "source"), source) != 0)
            continue;
        if (index)
            *index = k;
        return fund;
    }
    return NULL;
}

/* --- findings --- */

static ZpFinding *add(ZpReport *report, const ZpYearForm *earlier, ZpRule rule, char *pointer)
{
    ZpFinding *finding = zp_report_add_finding(report);
    finding->rule = rule;
    finding->severity = ZP_RULES[rule].severity;
    finding->form = 0;
    finding->pointer = pointer;
    zp_finding_argument(finding, "path", earlier->path, NULL);
    finding->related_path = g_strdup(earlier->path);
    finding->related_form = (guint)earlier->id;
    return finding;
}

/* --- X04 --- */

/* What was left, in the unit of the carry-over. */
static char *print_left(ZpDecimal yuan, const char *unit)
{
    char buffer[ZP_DECIMAL_TEXT_MAX];
    ZpDecimal scale, left = yuan;
    if (scale_of(unit, &scale))
        zp_decimal_divide(yuan, scale, 6, ZP_ROUND_HALF_UP, &left);
    for (ZpDecimal shorter; left.scale > 2 &&
                            zp_decimal_round(left, left.scale - 1, ZP_ROUND_DOWN, &shorter) &&
                            zp_decimal_compare(shorter, left) == 0;)
        left = shorter;
    return g_strdup(zp_decimal_print(left, buffer));
}

/* Figures of one unit that are whole are exact; between units the printed places decide. */
static bool is_left(const Amount *carried, const Amount *budget, const Amount *executed,
                    ZpDecimal *left)
{
    ZpDecimal difference, slack = {0};
    const Amount *all[] = {carried, budget, executed};
    bool is_one_unit =
        strcmp(carried->unit, budget->unit) == 0 && strcmp(carried->unit, executed->unit) == 0;
    for (gsize k = 0; k < G_N_ELEMENTS(all); k++) {
        bool is_whole = all[k]->yuan.scale == 0;
        if ((!is_one_unit || !is_whole) && !zp_decimal_add(slack, all[k]->slack, &slack))
            return true;
    }
    if (!zp_decimal_subtract(budget->yuan, executed->yuan, left) ||
        !zp_decimal_subtract(carried->yuan, *left, &difference))
        return true;
    if (zp_decimal_sign(difference) < 0)
        difference.coefficient = -difference.coefficient;
    return zp_decimal_compare(difference, slack) <= 0;
}

static void check_carryover(const ZpYearForm *earlier, const ZpYearForm *later, ZpReport *report)
{
    gsize row = 0;
    Amount carried, budget, executed;
    ZpDecimal left;
    json_t *carry = fund_of(later->form, "carryover", &row);
    json_t *total = fund_of(earlier->form, "total", NULL);
    const char *column = carry && *text_of(carry, "budget") ? "budget" : "initial";
    if (!carry || !total || !amount_of(later->form, json_object_get(carry, column), &carried) ||
        !amount_of(earlier->form, json_object_get(total, "budget"), &budget) ||
        !amount_of(earlier->form, json_object_get(total, "executed"), &executed) ||
        is_left(&carried, &budget, &executed, &left) || zp_decimal_sign(left) < 0)
        return;
    ZpFinding *finding = add(report, earlier, ZP_RULE_X04,
                             g_strdup_printf("/funds/%" G_GSIZE_FORMAT "/%s", row, column));
    finding->stated = g_strdup(text_of(carry, column));
    finding->expected = print_left(left, carried.unit);
    zp_finding_argument(finding, "carried", finding->stated, NULL);
    zp_finding_argument(finding, "left", finding->expected, NULL);
    zp_finding_argument(finding, "unit", carried.unit, NULL);
    zp_finding_argument(finding, "budget", text_of(total, "budget"), NULL);
    zp_finding_argument(finding, "executed", text_of(total, "executed"), NULL);
}

/* --- X05 --- */

/* Level 2 and name: by which an indicator is known again in another year. */
static char *key_of(json_t *row)
{
    GString *key = g_string_new(NULL);
    const char *level2 = text_of(row, "level2"), *name = text_of(row, "level3");
    zp_text_append_folded(key, level2, strlen(level2));
    g_string_append_c(key, '\t');
    zp_text_append_folded(key, name, strlen(name));
    return g_string_free(key, FALSE);
}

/* Key → index + 1 of the only indicator of that name; 0 where there are several. */
static GHashTable *list_indicators(json_t *form)
{
    gsize k = 0;
    json_t *row = NULL;
    GHashTable *found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    json_array_foreach(json_object_get(form, "indicators"), k, row)
    {
        char *key = key_of(row);
        if (!*text_of(row, "level3"))
            g_free(key);
        else
            g_hash_table_replace(found, key,
                                 GUINT_TO_POINTER(g_hash_table_contains(found, key) ? 0 : k + 1));
    }
    return found;
}

/* More is better, and it is one number. */
static bool is_floor(json_t *target, ZpDecimal *number)
{
    const char *sign = json_string_value(json_object_get(target, "op"));
    return number_of(target, number) && (!sign || strcmp(sign, "le") != 0) &&
           (!sign || strcmp(sign, "lt") != 0);
}

static bool is_lower(json_t *now, json_t *before)
{
    ZpDecimal target, earlier;
    const char *unit = json_string_value(json_object_get(now, "unit"));
    const char *other = json_string_value(json_object_get(before, "unit"));
    return is_floor(now, &target) && is_floor(before, &earlier) && g_strcmp0(unit, other) == 0 &&
           zp_decimal_compare(target, earlier) < 0;
}

static void check_target(const ZpYearForm *earlier, gsize before, const ZpYearForm *later, gsize k,
                         ZpReport *report)
{
    json_t *row = json_array_get(json_object_get(later->form, "indicators"), k);
    json_t *old = json_array_get(json_object_get(earlier->form, "indicators"), before);
    if (before >= strlen(earlier->met) || earlier->met[before] != 'n' ||
        !is_lower(json_object_get(row, "target"), json_object_get(old, "target")))
        return;
    ZpFinding *finding = add(report, earlier, ZP_RULE_X05,
                             g_strdup_printf("/indicators/%" G_GSIZE_FORMAT "/target", k));
    finding->stated = g_strdup(text_of(row, "target"));
    zp_finding_argument(finding, "name", text_of(row, "level3"), NULL);
    zp_finding_argument(finding, "target", finding->stated, NULL);
    zp_finding_argument(finding, "earlier", text_of(old, "target"), NULL);
    zp_finding_argument(finding, "actual", text_of(old, "actual"), NULL);
}

static void check_targets(const ZpYearForm *earlier, const ZpYearForm *later, ZpReport *report)
{
    g_autoptr(GHashTable) before = list_indicators(earlier->form),
                          now = list_indicators(later->form);
    gsize n_rows = json_array_size(json_object_get(later->form, "indicators"));
    for (gsize k = 0; k < n_rows; k++) {
        g_autofree char *key =
            key_of(json_array_get(json_object_get(later->form, "indicators"), k));
        guint old = GPOINTER_TO_UINT(g_hash_table_lookup(before, key));
        if (old > 0 && GPOINTER_TO_UINT(g_hash_table_lookup(now, key)) == k + 1)
            check_target(earlier, old - 1, later, k, report);
    }
}

/* --- X06 --- */

/* Names and figures as printed, a line each; false when there is no indicator or no figure. */
static bool print_content(json_t *form, GString *out)
{
    static const char *const FUND[] = {"source", "initial", "budget", "executed", NULL};
    static const char *const INDICATOR[] = {"level3", "target", "actual", "weight", "score", NULL};
    const struct {
        const char *block;
        const char *const *keys;
        const char *needed;
    } blocks[] = {{"funds", FUND, "budget"}, {"indicators", INDICATOR, "actual"}};
    guint n_whole = 0;
    for (gsize b = 0; b < G_N_ELEMENTS(blocks); b++) {
        gsize k = 0;
        json_t *row = NULL;
        bool has_figure = false;
        json_array_foreach(json_object_get(form, blocks[b].block), k, row)
        {
            for (const char *const *key = blocks[b].keys; *key; key++) {
                const char *text = text_of(row, *key);
                zp_text_append_folded(out, text, strlen(text));
                g_string_append_c(out, '\t');
            }
            has_figure |= *text_of(row, blocks[b].needed) != '\0';
            g_string_append_c(out, '\n');
        }
        n_whole += has_figure;
    }
    return n_whole == G_N_ELEMENTS(blocks);
}

bool zp_compare_is_copy(json_t *one, json_t *other)
{
    g_autoptr(GString) mine = g_string_new(NULL);
    g_autoptr(GString) theirs = g_string_new(NULL);
    return print_content(one, mine) && print_content(other, theirs) && g_string_equal(mine, theirs);
}

void zp_compare_years(const ZpYearForm *earlier, const ZpYearForm *later, ZpReport *report)
{
    check_carryover(earlier, later, report);
    check_targets(earlier, later, report);
    if (zp_compare_is_copy(earlier->form, later->form))
        add(report, earlier, ZP_RULE_X06, g_strdup("/indicators"));
}
