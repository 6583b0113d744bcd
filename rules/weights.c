/*
 * weights.c - W01 to W03: do the weights add up, and are they spread as the template wants.
 *
 * A section is the run of rows under one level-1 or level-2 label.  Where a page break repeats
 * the label, the run goes on.  Sums leave out template rows and 其中 rows that are no rows of their
 * own; a row without a weight adds nothing, unless it is scored (W04): then the sum is unknown.
 */
#include "rules/context.h"
#include "rules/rates.h"

#include <string.h>

/* A sum under way, or why there is none. */
typedef struct {
    ZpDecimal sum;
    guint n;
    bool is_open;        /* the funds row is scored, and its weight is nowhere printed */
    const ZpReason *why; /* (nullable) */
} WeightSum;

static const ZpReason WHY_OPEN = {"资金行有得分，没有印分值",
                                  "the funds row has a score, and its weight is not printed"};

static void add_figure(WeightSum *weights, ZpDecimal figure)
{
    weights->n++;
    if (!zp_decimal_add(weights->sum, figure, &weights->sum))
        weights->why = &ZP_WHY_OVERFLOW;
}

static void add_indicator(WeightSum *weights, const ZpContext *context, guint k)
{
    const ZpIndicator *row = zp_form_indicator(context->form, k);
    const ZpReason *cause = zp_cause_of(context->facts, &row->weight);
    if (!context->facts->indicators[k].is_scored)
        return;
    if (cause)
        weights->why = cause;
    else if (zp_figure_state(&row->weight) == ZP_CELL_NUMBER)
        add_figure(weights, row->weight.value);
}

/* The scored funds row; a template that scores it without a weight leaves the sum open, one that does not adds nothing. */
static void add_execution(WeightSum *weights, const ZpContext *context)
{
    ZpDecimal weight;
    if (context->facts->total < 0)
        return;
    const ZpFund *total = zp_form_fund(context->form, (guint)context->facts->total);
    switch (zp_form_execution_weight(context->form, total, &weight)) {
    case ZP_CELL_NUMBER:
        add_figure(weights, weight);
        break;
    case ZP_CELL_MALFORMED:
        weights->why = zp_execution_weight_cause(context->facts, context->form, total);
        break;
    case ZP_CELL_BLANK:
        weights->why = &ZP_WHY_WEIGHT_MISSING;
        break;
    case ZP_CELL_ABSENT:
    case ZP_CELL_DASH:
        weights->is_open = zp_figure_state(&total->score) == ZP_CELL_NUMBER;
        break;
    }
}

/* Where W01 and W03 point. */
static ZpSpot total_spot(const ZpForm *form)
{
    if (form->total_weight.text || (form->blocks & ZP_BLOCK_TOTAL))
        return zp_spot_field("/total/weight", form->total_weight.text ? &form->total_weight.at
                                                                      : &form->total_score.at);
    const ZpPlace *at = form->indicators->len ? &zp_form_indicator(form, 0)->weight.at : NULL;
    return zp_spot_field("/indicators", at);
}

static WeightSum sum_weights(const ZpContext *context)
{
    WeightSum weights = {0};
    add_execution(&weights, context);
    for (guint k = 0; k < context->form->indicators->len; k++)
        add_indicator(&weights, context, k);
    return weights;
}

static void report_total(ZpContext *context, ZpSpot spot, const WeightSum *weights,
                         ZpDecimal wanted, bool is_unlike_row)
{
    char sum[ZP_DECIMAL_TEXT_MAX], expected[ZP_DECIMAL_TEXT_MAX];
    zp_decimal_print(weights->sum, sum);
    zp_decimal_print(wanted, expected);
    const char *stated = context->form->total_weight.text;
    ZpFinding *finding =
        zp_answer_fail(context, ZP_SEVERITY_ERROR, spot, is_unlike_row ? stated : sum,
                       is_unlike_row ? sum : expected);
    if (is_unlike_row)
        finding->message = "total-row";
    zp_finding_text(finding, "sum", sum);
    zp_finding_text(finding, "wanted", expected);
    zp_finding_figure(finding, "count", zp_decimal_from_int(weights->n));
}

void zp_check_weight_total(ZpContext *context)
{
    const ZpForm *form = context->form;
    if (!form->has_weight_column) {
        zp_answer_not_applicable(context);
        return;
    }
    ZpSpot spot = total_spot(form);
    WeightSum weights = sum_weights(context);
    if (form->missing)
        weights.why = &ZP_WHY_PARTIAL;
    else if (!weights.why)
        weights.why = zp_cause_of(context->facts, &form->total_weight);
    if (weights.why) {
        zp_answer_cannot(context, spot, weights.why);
        return;
    }
    ZpDecimal wanted = context->facts->profile->weight_total;
    if (weights.is_open && zp_decimal_compare(weights.sum, wanted) < 0) {
        zp_answer_cannot(context, spot, &WHY_OPEN); /* it may be what is short */
        return;
    }
    bool is_unlike_row = zp_cell_state(&form->total_weight) == ZP_CELL_NUMBER &&
                         zp_decimal_compare(form->total_weight.value, weights.sum) != 0;
    if (is_unlike_row || zp_decimal_compare(weights.sum, wanted) != 0)
        report_total(context, spot, &weights, wanted, is_unlike_row);
    else
        zp_answer_pass(context);
}

static bool is_same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool is_same_section(const ZpIndicator *a, const ZpIndicator *b, int level)
{
    return a->block == b->block && is_same_text(a->level1.text, b->level1.text) &&
           (level == 1 || is_same_text(a->level2.text, b->level2.text));
}

static const ZpValue *section_weight(const ZpIndicator *row, int level)
{
    return level == 1 ? &row->level1_weight : &row->level2_weight;
}

static void report_section(ZpContext *context, ZpSpot spot, const ZpIndicator *row, int level,
                           const WeightSum *weights)
{
    char sum[ZP_DECIMAL_TEXT_MAX];
    ZpFinding *finding =
        zp_answer_fail(context, ZP_SEVERITY_ERROR, spot, section_weight(row, level)->text,
                       zp_decimal_print(weights->sum, sum));
    zp_finding_text(finding, "section", level == 1 ? row->level1.text : row->level2.text);
    zp_finding_figure(finding, "count", zp_decimal_from_int(weights->n));
}

/* The section of rows @start up to @end, whose label prints its weight at @printed. */
static void check_section(ZpContext *context, guint start, guint end, guint printed, int level)
{
    const ZpForm *form = context->form;
    const ZpIndicator *row = zp_form_indicator(form, printed);
    const ZpValue *stated = section_weight(row, level);
    ZpSpot spot =
        zp_spot_indicator(printed, level == 1 ? "level1_weight" : "level2_weight", &stated->at);
    WeightSum weights = {0};
    for (guint k = start; k < end; k++)
        add_indicator(&weights, context, k);
    if (form->missing)
        weights.why = &ZP_WHY_PARTIAL;
    else if (!weights.why)
        weights.why = zp_cause_of(context->facts, stated);
    if (weights.why)
        zp_answer_cannot(context, spot, weights.why);
    else if (!weights.n || zp_cell_state(stated) != ZP_CELL_NUMBER)
        zp_answer_not_applicable(context);
    else if (zp_decimal_compare(stated->value, weights.sum) == 0)
        zp_answer_pass(context);
    else
        report_section(context, spot, row, level, &weights);
}

/* Returns how many sections of the level print a weight. */
static guint check_level(ZpContext *context, int level)
{
    const GPtrArray *rows = context->form->indicators;
    guint n_printed = 0;
    for (guint start = 0, end; start < rows->len; start = end) {
        const ZpIndicator *first = zp_form_indicator(context->form, start);
        guint printed = rows->len;
        for (end = start; end < rows->len; end++) {
            const ZpIndicator *row = zp_form_indicator(context->form, end);
            if (!is_same_section(first, row, level))
                break;
            if (printed == rows->len && section_weight(row, level)->text)
                printed = end;
        }
        if (printed == rows->len)
            continue;
        n_printed++;
        check_section(context, start, end, printed, level);
    }
    return n_printed;
}

void zp_check_section_weight(ZpContext *context)
{
    guint n_printed = 0;
    if (context->form->has_weight_column)
        n_printed = check_level(context, 1) + check_level(context, 2);
    if (!n_printed)
        zp_answer_not_applicable(context);
}

/* The weight of everything under one level-1 label; "" is the funds row. */
typedef struct {
    const char *level1;
    WeightSum weights;
} Section;

/* More different level-1 labels than this follow no scheme. */
#define SECTIONS_MAX 16

typedef struct {
    Section items[SECTIONS_MAX];
    guint n;
    bool is_full;
    const ZpReason *why; /* (nullable) */
} Sections;

static Section *find_section(Sections *sections, const char *level1)
{
    for (guint k = 0; k < sections->n; k++)
        if (is_same_text(sections->items[k].level1, level1))
            return &sections->items[k];
    if (sections->n == SECTIONS_MAX) {
        sections->is_full = true;
        return NULL;
    }
    Section *section = &sections->items[sections->n++];
    *section = (Section){.level1 = level1};
    return section;
}

static void collect_sections(const ZpContext *context, Sections *sections)
{
    Section *execution = find_section(sections, "");
    add_execution(&execution->weights, context);
    sections->why = execution->weights.is_open ? &WHY_OPEN : execution->weights.why;
    if (!execution->weights.n)
        sections->n = 0;
    for (guint k = 0; k < context->form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(context->form, k);
        bool counts = context->facts->indicators[k].is_scored;
        Section *section = counts ? find_section(sections, row->level1.text) : NULL;
        if (!section)
            continue;
        add_indicator(&section->weights, context, k);
        if (section->weights.why)
            sections->why = section->weights.why;
    }
}

static const Section *known_section(const Sections *sections, const char *level1)
{
    for (guint k = 0; k < sections->n; k++)
        if (is_same_text(sections->items[k].level1, level1))
            return &sections->items[k];
    return NULL;
}

/* How many of the scheme's sections the form has. */
static guint count_shared(const Sections *sections, const ZpScheme *scheme)
{
    guint n = 0;
    for (guint k = 0; k < scheme->n_weights; k++)
        n += known_section(sections, scheme->weights[k].level1) != NULL;
    return n;
}

static bool follows_scheme(const Sections *sections, const ZpScheme *scheme)
{
    if (sections->is_full || sections->n != scheme->n_weights)
        return false;
    for (guint k = 0; k < scheme->n_weights; k++) {
        const Section *section = known_section(sections, scheme->weights[k].level1);
        if (!section || zp_decimal_compare(section->weights.sum, scheme->weights[k].weight) != 0)
            return false;
    }
    return true;
}

/* The scheme whose sections are most like the form's, to be named in the message. */
static const ZpScheme *nearest_scheme(const Sections *sections, const ZpProfile *profile)
{
    const ZpScheme *best = &profile->schemes[0];
    for (guint k = 1; k < profile->n_schemes; k++) {
        const ZpScheme *scheme = &profile->schemes[k];
        guint gap = scheme->n_weights - count_shared(sections, scheme);
        guint best_gap = best->n_weights - count_shared(sections, best);
        bool is_nearer = count_shared(sections, scheme) > count_shared(sections, best);
        if (gap < best_gap || (gap == best_gap && is_nearer))
            best = scheme;
    }
    return best;
}

/* "预算执行 10、产出指标 50" and the same for English readers. */
static void append_section(GString *zh, GString *en, const char *level1, ZpDecimal weight)
{
    char text[ZP_DECIMAL_TEXT_MAX];
    zp_decimal_print(weight, text);
    bool is_execution = zp_text_is_empty(level1);
    g_string_append_printf(zh, "%s%s %s", zh->len ? "、" : "", is_execution ? "预算执行" : level1,
                           text);
    g_string_append_printf(en, "%s%s %s", en->len ? ", " : "",
                           is_execution ? "budget execution" : level1, text);
}

void zp_check_weight_scheme(ZpContext *context)
{
    const ZpForm *form = context->form;
    const ZpProfile *profile = context->facts->profile;
    if (!form->has_weight_column || !context->facts->is_fixed || !profile->n_schemes) {
        zp_answer_not_applicable(context);
        return;
    }
    ZpSpot spot = total_spot(form);
    Sections sections = {0};
    collect_sections(context, &sections);
    /* A form that is cut off has lost weights; a form without goals has them all. */
    if (form->missing & ~(guint)ZP_BLOCK_GOALS)
        sections.why = &ZP_WHY_PARTIAL;
    if (sections.why) {
        zp_answer_cannot(context, spot, sections.why);
        return;
    }
    for (guint k = 0; k < profile->n_schemes; k++) {
        if (follows_scheme(&sections, &profile->schemes[k])) {
            zp_answer_pass(context);
            return;
        }
    }
    const ZpScheme *scheme = nearest_scheme(&sections, profile);
    g_autoptr(GString) zh = g_string_new(NULL);
    g_autoptr(GString) en = g_string_new(NULL);
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_NOTE, spot, NULL, NULL);
    for (guint k = 0; k < sections.n; k++)
        append_section(zh, en, sections.items[k].level1, sections.items[k].weights.sum);
    zp_finding_argument(finding, "found", zh->str, en->str);
    g_string_truncate(zh, 0);
    g_string_truncate(en, 0);
    for (guint k = 0; k < scheme->n_weights; k++)
        append_section(zh, en, scheme->weights[k].level1, scheme->weights[k].weight);
    zp_finding_argument(finding, "scheme", zh->str, en->str);
}
