/*
 * xlsx_conditional.c - conditional formats: what they make of the way in which a cell is shown.
 *
 *     <conditionalFormatting sqref="E5:E9 G5">
 *       <cfRule type="cellIs" operator="lessThan" dxfId="0" priority="1"><formula>0.5</formula></cfRule>
 *
 * Only what changes a number's format, strikes text out or colours it and its ground matters.  A comparison
 * with a number is worked out; of any other condition it is only said that it may hold.  A sheet without
 * conditional formats is not read for them.
 *
 * Source: ECMA-376 part 1, 18.3.1.10, 18.3.1.18.
 */
#include "parsers/xlsx_number.h"
#include "parsers/xlsx_private.h"

#include <string.h>

/* Rules and ranges of one sheet that are looked at; further ones may hold anywhere, which is said. */
#define RULES_MAX  200
#define RANGES_MAX 2000

enum { FORMATTING = 1, RULE, FORMULA, SCALE };

typedef enum { LESS, AT_MOST, EQUAL, UNEQUAL, AT_LEAST, MORE, BETWEEN, OUTSIDE, UNKNOWN } Operator;

static const char *const OPERATORS[UNKNOWN] = {
    "lessThan",           "lessThanOrEqual", "equal",   "notEqual",
    "greaterThanOrEqual", "greaterThan",     "between", "notBetween",
};

typedef struct {
    guint first_range, n_ranges, change, priority;
    Operator relation;
    bool is_scale, stops; /* a scale of colours, a bar; no rule behind it counts where it holds */
    ZpXlsxNumber limits[2];
    guint n_limits;
} Rule;

struct ZpXlsxConditions {
    const ZpXlsxStyles *styles;
    GArray *ranges; /* of ZpXlsxRange */
    GArray *rules;  /* of Rule, by priority */
    bool is_full;
};

typedef struct {
    ZpXlsxConditions *out;
    guint first_range;
    Rule rule;
    GString *formula;
    bool in_rule, in_formula;
} Reader;

static void read_ranges(Reader *reader, const ZpXmlAttributes *attributes)
{
    g_autofree char *text = zp_xml_dup(attributes, "sqref");
    g_auto(GStrv) words = g_strsplit(text ? text : "", " ", RANGES_MAX + 1);
    reader->first_range = reader->out->ranges->len;
    for (char **word = words; *word; word++) {
        ZpXlsxRange range = {0};
        if (reader->out->ranges->len >= RANGES_MAX)
            reader->out->is_full = true;
        else if (zp_xlsx_range_parse(*word, strlen(*word), &range))
            g_array_append_val(reader->out->ranges, range);
    }
}

static Operator read_operator(const ZpXmlAttributes *attributes)
{
    if (!zp_xml_is(attributes, "type", "cellIs"))
        return UNKNOWN;
    for (guint k = 0; k < UNKNOWN; k++) {
        if (zp_xml_is(attributes, "operator", OPERATORS[k]))
            return (Operator)k;
    }
    return UNKNOWN;
}

static bool start(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Reader *reader = data;
    if (token == FORMATTING)
        read_ranges(reader, attributes);
    else if (token == RULE) {
        reader->in_rule = true;
        reader->rule = (Rule){.first_range = reader->first_range,
                              .n_ranges = reader->out->ranges->len - reader->first_range,
                              .change = zp_xml_number(attributes, "dxfId", G_MAXUINT),
                              .priority = zp_xml_number(attributes, "priority", G_MAXUINT),
                              .relation = read_operator(attributes),
                              .stops = zp_xml_flag(attributes, "stopIfTrue", false)};
    } else if (token == SCALE && reader->in_rule) {
        reader->rule.is_scale = true;
    } else if (token == FORMULA && reader->in_rule) {
        reader->in_formula = true;
        g_string_truncate(reader->formula, 0);
    }
    return true;
}

static void end_formula(Reader *reader)
{
    Rule *rule = &reader->rule;
    const GString *text = reader->formula;
    reader->in_formula = false;
    if (rule->n_limits < G_N_ELEMENTS(rule->limits) &&
        zp_xlsx_number_parse(text->str, text->len, &rule->limits[rule->n_limits]))
        rule->n_limits++;
    else
        rule->relation = UNKNOWN;
}

/* Whether a rule changes anything that matters. */
static bool matters(const ZpXlsxConditions *conditions, const Rule *rule)
{
    const GArray *changes = conditions->styles->changes;
    if (rule->is_scale || rule->stops)
        return true;
    if (rule->change >= changes->len)
        return false;
    const ZpXlsxChange *change = &g_array_index(changes, ZpXlsxChange, rule->change);
    return change->format || change->has_fill || change->font.is_struck || change->font.colour.kind;
}

static void end_rule(Reader *reader)
{
    Rule *rule = &reader->rule;
    bool is_range = rule->relation == BETWEEN || rule->relation == OUTSIDE;
    reader->in_rule = false;
    if (rule->relation != UNKNOWN && rule->n_limits != (is_range ? 2 : 1))
        rule->relation = UNKNOWN;
    if (!rule->n_ranges || !matters(reader->out, rule))
        return;
    if (reader->out->rules->len >= RULES_MAX)
        reader->out->is_full = true;
    else
        g_array_append_vals(reader->out->rules, rule, 1);
}

static void end(gpointer data, guint token)
{
    Reader *reader = data;
    if (token == FORMULA && reader->in_formula)
        end_formula(reader);
    else if (token == RULE && reader->in_rule)
        end_rule(reader);
}

static void take(gpointer data, const char *text, gsize length)
{
    Reader *reader = data;
    if (reader->in_formula && reader->formula->len + length < 1000)
        g_string_append_len(reader->formula, text, (gssize)length);
}

static int compare_rules(gconstpointer a, gconstpointer b)
{
    const Rule *left = a, *right = b;
    return left->priority < right->priority ? -1 : left->priority > right->priority;
}

void zp_xlsx_conditions_free(ZpXlsxConditions *conditions)
{
    if (!conditions)
        return;
    g_array_unref(conditions->ranges);
    g_array_unref(conditions->rules);
    g_free(conditions);
}

ZpXlsxConditions *zp_xlsx_conditions_read(const ZpWorkbook *workbook, GBytes *part,
                                          const char *name)
{
    static const char WORD[] = "conditionalFormatting";
    static const ZpXmlName NAMES[] = {{ZP_XML_SHEET, "conditionalFormatting", FORMATTING},
                                      {ZP_XML_SHEET, "cfRule", RULE},
                                      {ZP_XML_SHEET, "formula", FORMULA},
                                      {ZP_XML_SHEET, "colorScale", SCALE},
                                      {ZP_XML_SHEET, "dataBar", SCALE},
                                      {0}};
    static const ZpXmlHandler HANDLER = {.names = NAMES, .start = start, .end = end, .text = take};
    gsize size;
    const char *text = g_bytes_get_data(part, &size);
    if (!memmem(text, size, WORD, strlen(WORD)))
        return NULL;
    g_autoptr(ZpXlsxConditions) out = g_new0(ZpXlsxConditions, 1);
    g_autoptr(GString) formula = g_string_new(NULL);
    out->styles = workbook->styles;
    out->ranges = g_array_new(FALSE, FALSE, sizeof(ZpXlsxRange));
    out->rules = g_array_new(FALSE, FALSE, sizeof(Rule));
    Reader reader = {.out = out, .formula = formula};
    zp_xml_parse_within(part, name, &HANDLER, &reader, &workbook->document->limits, NULL);
    g_array_sort(out->rules, compare_rules);
    return out->rules->len || out->is_full ? g_steal_pointer(&out) : NULL;
}

static bool is_in(const ZpXlsxConditions *conditions, const Rule *rule, guint32 row, guint32 col)
{
    for (guint k = rule->first_range; k < rule->first_range + rule->n_ranges; k++) {
        const ZpXlsxRange *range = &g_array_index(conditions->ranges, ZpXlsxRange, k);
        if (row >= range->row && row <= range->last_row && col >= range->col &&
            col <= range->last_col)
            return true;
    }
    return false;
}

/* Whether a number, or a text (NULL), which is above all numbers, meets a rule whose relation is known. */
static bool is_met(const Rule *rule, const ZpXlsxNumber *number)
{
    int low = number ? zp_xlsx_number_compare(number, &rule->limits[0]) : 1;
    int high = number && rule->n_limits > 1 ? zp_xlsx_number_compare(number, &rule->limits[1]) : 1;
    switch (rule->relation) {
    case LESS:
        return low < 0;
    case AT_MOST:
        return low <= 0;
    case EQUAL:
        return low == 0;
    case UNEQUAL:
        return low != 0;
    case AT_LEAST:
        return low >= 0;
    case MORE:
        return low > 0;
    case BETWEEN:
        return low >= 0 && high <= 0;
    default:
        return low < 0 || high > 0;
    }
}

/* What a change would make of a cell. */
static void apply(const ZpXlsxConditions *conditions, const Rule *rule, bool is_sure,
                  guint32 ground, ZpXlsxCondition *out)
{
    ZpXlsxStyles *styles = (ZpXlsxStyles *)conditions->styles; /* a colour may read the theme */
    out->has_ground |= rule->is_scale;
    if (rule->change >= styles->changes->len)
        return;
    const ZpXlsxChange *change = &g_array_index(styles->changes, ZpXlsxChange, rule->change);
    bool has_font = change->font.is_struck || change->font.colour.kind;
    ZpXlsxSight sight = has_font && !change->has_fill
                            ? zp_xlsx_font_sight(&change->font, &styles->colours, ground)
                            : ZP_XLSX_SEEN;
    out->has_ground |= change->has_fill || (change->font.colour.kind && sight == ZP_XLSX_SEEN);
    if (change->font.is_struck)
        sight = ZP_XLSX_STRUCK;
    if (is_sure) {
        out->format = out->format ? out->format : change->format;
        out->is_pale = out->is_pale ? out->is_pale : sight;
    } else {
        out->may_format |= change->format && !out->format;
        out->may_hide |= sight != ZP_XLSX_SEEN;
    }
}

ZpXlsxCondition zp_xlsx_conditions_find(const ZpXlsxConditions *conditions, guint32 row,
                                        guint32 col, const char *text, gsize length, guint32 ground)
{
    ZpXlsxCondition out = {.may_format = conditions->is_full, .may_hide = conditions->is_full};
    ZpXlsxNumber number;
    bool is_number = zp_xlsx_number_parse(text, length, &number);
    for (guint k = 0; k < conditions->rules->len; k++) {
        const Rule *rule = &g_array_index(conditions->rules, Rule, k);
        bool is_sure = rule->relation != UNKNOWN;
        if (!is_in(conditions, rule, row, col) ||
            (is_sure && !is_met(rule, is_number ? &number : NULL)))
            continue;
        apply(conditions, rule, is_sure, ground, &out);
        if (is_sure && rule->stops)
            break;
    }
    return out;
}
