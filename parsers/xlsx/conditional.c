/*
 * conditional.c - conditional formats: what they make of the way in which a cell is shown.
 *
 *     <conditionalFormatting sqref="E5:E9 G5">
 *       <cfRule type="cellIs" operator="lessThan" dxfId="0" priority="1"><formula>0.5</formula></cfRule>
 *
 *     <x14:conditionalFormatting>                       the same in the list of extensions, with its change in it
 *       <x14:cfRule type="cellIs" operator="lessThan" priority="1"><xm:f>0.5</xm:f><x14:dxf>…</x14:dxf></x14:cfRule>
 *       <xm:sqref>E5:E9 G5</xm:sqref>
 *
 * Only what changes a number's format, strikes text out or colours it and its ground matters.  A comparison
 * with a number is worked out; of any other condition it is only said that it may hold.  A sheet without
 * conditional formats is not read for them.  Bars and icons may be asked to stand in place of the numbers.
 *
 * Source: ECMA-376 part 1, 18.3.1.10, 18.3.1.18; MS-XLSX 2.4.26 and 2.6.
 */
#include "parsers/xlsx/conditional.h"

#include <string.h>

/* Rules and ranges of one sheet that are looked at; further ones may hold anywhere, which is said. */
#define RULES_MAX  200
#define RANGES_MAX 2000

enum { FORMATTING = 1, RULE, FORMULA, SCALE, EXTENDED, RANGES, CHANGE, NUMBER_FORMAT };

static const char *const OPERATORS[ZP_XLSX_UNKNOWN] = {
    "lessThan",           "lessThanOrEqual", "equal",   "notEqual",
    "greaterThanOrEqual", "greaterThan",     "between", "notBetween",
};

typedef struct {
    guint first_range, n_ranges, change, priority;
    ZpXlsxRelation relation;
    bool is_scale, stops; /* a scale of colours, a bar; no rule behind it counts where it holds */
    bool hides_numbers;   /* bars or icons in place of them */
    ZpXlsxNumber limits[2];
    guint n_limits;
} Rule;

struct ZpXlsxConditions {
    ZpXlsxStyles *styles;
    GArray *ranges; /* of ZpXlsxRange */
    GArray *rules;  /* of Rule, by priority */
    bool is_full;
};

typedef struct {
    ZpXlsxConditions *out;
    guint first_range, first_rule; /* of the format under way */
    Rule rule;
    GString *formula; /* or the ranges of an extended one */
    ZpXlsxFill fill;  /* of the change under way */
    bool in_rule, in_formula, is_extended, in_change;
} Reader;

static void read_ranges(Reader *reader, const char *text)
{
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

static ZpXlsxRelation read_operator(const ZpXmlAttributes *attributes)
{
    if (!zp_xml_is(attributes, "type", "cellIs"))
        return ZP_XLSX_UNKNOWN;
    for (guint k = 0; k < ZP_XLSX_UNKNOWN; k++) {
        if (zp_xml_is(attributes, "operator", OPERATORS[k]))
            return (ZpXlsxRelation)k;
    }
    return ZP_XLSX_UNKNOWN;
}

/* The change of an extended rule joins those of the styles. */
static void start_change(Reader *reader)
{
    const ZpXlsxChange change = {0};
    GArray *changes = reader->out->styles->changes;
    if (reader->out->rules->len >= RULES_MAX)
        return;
    reader->rule.change = changes->len;
    reader->fill = (ZpXlsxFill){0};
    reader->in_change = true;
    g_array_append_val(changes, change);
}

static ZpXlsxChange *change_of(const Reader *reader)
{
    return &g_array_index(reader->out->styles->changes, ZpXlsxChange, reader->rule.change);
}

static void read_change(Reader *reader, guint token, const ZpXmlAttributes *attributes)
{
    if (token == NUMBER_FORMAT && !change_of(reader)->format) {
        g_autofree char *code = zp_xml_dup(attributes, "formatCode");
        change_of(reader)->format = code ? zp_number_format_new(code) : NULL;
    } else if (token >= ZP_XLSX_FILL_PATTERN) {
        zp_xlsx_fill_read(&reader->fill, token, attributes);
    } else {
        zp_xlsx_font_read(&change_of(reader)->font, token, attributes);
    }
}

static bool start(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Reader *reader = data;
    if (token == FORMATTING) {
        g_autofree char *text = zp_xml_dup(attributes, "sqref");
        read_ranges(reader, text);
    } else if (token == EXTENDED) {
        reader->is_extended = true;
        reader->first_range = reader->out->ranges->len;
        reader->first_rule = reader->out->rules->len;
    } else if (token == RULE) {
        reader->in_rule = true;
        reader->rule = (Rule){.first_range = reader->first_range,
                              .n_ranges = reader->out->ranges->len - reader->first_range,
                              .change = zp_xml_number(attributes, "dxfId", G_MAXUINT),
                              .priority = zp_xml_number(attributes, "priority", G_MAXUINT),
                              .relation = read_operator(attributes),
                              .stops = zp_xml_flag(attributes, "stopIfTrue", false)};
    } else if (token == SCALE && reader->in_rule) {
        reader->rule.is_scale = true;
        reader->rule.hides_numbers = !zp_xml_flag(attributes, "showValue", true);
    } else if (token == CHANGE && reader->in_rule && reader->is_extended) {
        start_change(reader);
    } else if (reader->in_change) {
        read_change(reader, token, attributes);
    } else if ((token == FORMULA && reader->in_rule) ||
               (token == RANGES && reader->is_extended && !reader->in_rule)) {
        reader->in_formula = true;
        g_string_truncate(reader->formula, 0);
    }
    return true;
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
    return change->format || change->ground || change->font.is_struck || change->font.colour.kind;
}

static void end_rule(Reader *reader)
{
    Rule *rule = &reader->rule;
    bool is_range = rule->relation == ZP_XLSX_BETWEEN || rule->relation == ZP_XLSX_OUTSIDE;
    reader->in_rule = false;
    if (rule->relation != ZP_XLSX_UNKNOWN && rule->n_limits != (is_range ? 2 : 1))
        rule->relation = ZP_XLSX_UNKNOWN;
    if ((!rule->n_ranges && !reader->is_extended) || !matters(reader->out, rule))
        return;
    if (reader->out->rules->len >= RULES_MAX)
        reader->out->is_full = true;
    else
        g_array_append_vals(reader->out->rules, rule, 1);
}

static void end(gpointer data, guint token)
{
    Reader *reader = data;
    if (token == FORMULA && reader->in_formula) {
        Rule *rule = &reader->rule;
        const GString *text = reader->formula;
        reader->in_formula = false;
        if (rule->n_limits < G_N_ELEMENTS(rule->limits) &&
            zp_xlsx_number_parse(text->str, text->len, &rule->limits[rule->n_limits]))
            rule->n_limits++;
        else
            rule->relation = ZP_XLSX_UNKNOWN;
    } else if (token == RANGES && reader->in_formula) {
        reader->in_formula = false;
        read_ranges(reader, reader->formula->str);
    } else if (token == CHANGE && reader->in_change) {
        change_of(reader)->ground =
            zp_xlsx_change_ground(&reader->fill, &reader->out->styles->colours);
        reader->in_change = false;
    } else if (token == RULE && reader->in_rule) {
        end_rule(reader);
    } else if (token == EXTENDED && reader->is_extended) {
        /* Only now the ranges of an extended format are known. */
        GArray *rules = reader->out->rules;
        guint n = reader->out->ranges->len - reader->first_range;
        reader->is_extended = false;
        for (guint k = reader->first_rule; k < rules->len; k++) {
            Rule *rule = &g_array_index(rules, Rule, k);
            rule->first_range = reader->first_range;
            rule->n_ranges = n;
        }
    }
}

static void take(gpointer data, const char *text, gsize length)
{
    Reader *reader = data;
    if (reader->in_formula && reader->formula->len + length < (reader->in_rule ? 1000 : 64 * 1024))
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

ZpXlsxConditions *zp_xlsx_conditions_new(ZpXlsxStyles *styles)
{
    ZpXlsxConditions *out = g_new0(ZpXlsxConditions, 1);
    out->styles = styles;
    out->ranges = g_array_new(FALSE, FALSE, sizeof(ZpXlsxRange));
    out->rules = g_array_new(FALSE, FALSE, sizeof(Rule));
    return out;
}

void zp_xlsx_conditions_add(ZpXlsxConditions *conditions, const GArray *ranges,
                            ZpXlsxRelation relation, const ZpXlsxNumber limits[2],
                            ZpXlsxChange *change)
{
    GArray *changes = conditions->styles->changes;
    Rule rule = {.first_range = conditions->ranges->len,
                 .n_ranges = ranges->len,
                 .change = changes->len,
                 .relation = relation,
                 .priority = conditions->rules->len,
                 .limits = {limits[0], limits[1]},
                 .n_limits = 2,
                 .stops = true};
    if (conditions->rules->len >= RULES_MAX || rule.first_range + ranges->len > RANGES_MAX) {
        conditions->is_full = true;
        zp_number_format_free(change->format);
        return;
    }
    g_array_append_vals(changes, change, 1);
    g_array_append_vals(conditions->ranges, ranges->data, ranges->len);
    g_array_append_val(conditions->rules, rule);
}

ZpXlsxConditions *zp_xlsx_conditions_read(const ZpWorkbook *workbook, GBytes *part,
                                          const char *name)
{
    static const char WORD[] = "conditionalFormatting";
    static const ZpXmlName NAMES[] = {{ZP_XML_SHEET, "conditionalFormatting", FORMATTING},
                                      {ZP_XML_SHEET_2009, "conditionalFormatting", EXTENDED},
                                      {ZP_XML_SHEET, "cfRule", RULE},
                                      {ZP_XML_SHEET_2009, "cfRule", RULE},
                                      {ZP_XML_SHEET, "formula", FORMULA},
                                      {ZP_XML_SHEET, "colorScale", SCALE},
                                      {ZP_XML_SHEET_2009, "colorScale", SCALE},
                                      {ZP_XML_SHEET, "dataBar", SCALE},
                                      {ZP_XML_SHEET_2009, "dataBar", SCALE},
                                      {ZP_XML_SHEET, "iconSet", SCALE},
                                      {ZP_XML_SHEET_2009, "iconSet", SCALE},
                                      {ZP_XML_SHEET_2009, "dxf", CHANGE},
                                      {ZP_XML_EXCEL, "f", FORMULA},
                                      {ZP_XML_EXCEL, "sqref", RANGES},
                                      {ZP_XML_SHEET, "numFmt", NUMBER_FORMAT},
                                      ZP_XLSX_FONT_NAMES,
                                      ZP_XLSX_FILL_NAMES,
                                      {0}};
    static const ZpXmlHandler HANDLER = {.names = NAMES, .start = start, .end = end, .text = take};
    gsize size;
    const char *text = g_bytes_get_data(part, &size);
    if (!memmem(text, size, WORD, strlen(WORD)))
        return NULL;
    g_autoptr(ZpXlsxConditions) out = zp_xlsx_conditions_new(workbook->styles);
    g_autoptr(GString) formula = g_string_new(NULL);
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
    case ZP_XLSX_LESS:
        return low < 0;
    case ZP_XLSX_AT_MOST:
        return low <= 0;
    case ZP_XLSX_EQUAL:
        return low == 0;
    case ZP_XLSX_UNEQUAL:
        return low != 0;
    case ZP_XLSX_AT_LEAST:
        return low >= 0;
    case ZP_XLSX_MORE:
        return low > 0;
    case ZP_XLSX_BETWEEN:
        return low >= 0 && high <= 0;
    default:
        return low < 0 || high > 0;
    }
}

/* A cell's look with the changes laid over it; of each property the first rule's counts. */
typedef struct {
    ZpXlsxFont font;
    guint32 ground;
    bool has_colour, has_ground;
} Look;

static void lay_over(const ZpXlsxConditions *conditions, const Rule *rule, Look *look)
{
    const GArray *changes = conditions->styles->changes;
    const ZpXlsxChange *change =
        rule->change < changes->len ? &g_array_index(changes, ZpXlsxChange, rule->change) : NULL;
    guint32 ground = rule->is_scale ? ZP_COLOUR_UNKNOWN : change ? change->ground : 0;
    if (change && change->font.colour.kind && !look->has_colour) {
        look->font.colour = change->font.colour;
        look->has_colour = true;
    }
    if (change)
        look->font.is_struck |= change->font.is_struck;
    if (ground && !look->has_ground) {
        look->ground = ground;
        look->has_ground = true;
    }
}

static const ZpNumberFormat *format_of(const ZpXlsxConditions *conditions, const Rule *rule)
{
    const GArray *changes = conditions->styles->changes;
    return rule->change < changes->len ? g_array_index(changes, ZpXlsxChange, rule->change).format
                                       : NULL;
}

static ZpXlsxSight sight_of(const ZpXlsxConditions *conditions, const Look *look)
{
    return zp_xlsx_font_sight(&look->font, &conditions->styles->colours, look->ground);
}

/* What a rule whose condition is not worked out may make of it. */
static void try_rule(const ZpXlsxConditions *conditions, const Rule *rule, const Look *sure,
                     ZpXlsxCondition *out)
{
    Look look = *sure;
    lay_over(conditions, rule, &look);
    ZpXlsxSight sight = sight_of(conditions, &look);
    out->may_format |= !out->format && format_of(conditions, rule);
    out->may_hide |= out->sight == ZP_XLSX_SEEN && sight != ZP_XLSX_SEEN;
    if (out->sight == ZP_XLSX_PALE && sight == ZP_XLSX_SEEN)
        out->sight = ZP_XLSX_SEEN;
}

ZpXlsxCondition zp_xlsx_conditions_find(const ZpXlsxConditions *conditions, guint32 row,
                                        guint32 col, const char *text, gsize length,
                                        const ZpXlsxStyle *style)
{
    ZpXlsxCondition out = {.may_format = conditions->is_full, .may_hide = conditions->is_full};
    ZpXlsxNumber number;
    bool is_number = zp_xlsx_number_parse(text, length, &number), hides = false;
    Look look = {.font = style->font, .ground = style->ground};
    g_autoptr(GPtrArray) unsure = NULL;
    for (guint k = 0; k < conditions->rules->len; k++) {
        Rule *rule = &g_array_index(conditions->rules, Rule, k);
        bool is_sure = rule->relation != ZP_XLSX_UNKNOWN || rule->is_scale;
        if (!is_in(conditions, rule, row, col) ||
            (rule->relation != ZP_XLSX_UNKNOWN && !is_met(rule, is_number ? &number : NULL)) ||
            (rule->is_scale && !is_number))
            continue;
        if (!is_sure) {
            unsure = unsure ? unsure : g_ptr_array_new();
            g_ptr_array_add(unsure, rule);
            continue;
        }
        lay_over(conditions, rule, &look);
        out.format = out.format ? out.format : format_of(conditions, rule);
        hides |= rule->hides_numbers;
        if (rule->stops)
            break;
    }
    out.sight = hides ? ZP_XLSX_MASKED : sight_of(conditions, &look);
    for (guint k = 0; unsure && k < unsure->len; k++)
        try_rule(conditions, g_ptr_array_index(unsure, k), &look, &out);
    return out;
}
