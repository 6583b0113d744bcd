/*
 * heads.c - what stands under a head or behind a label that was not understood.
 *
 * Of a column there are three traces: the head is a D05 (a budget, an execution, a rate, a target or an actual was not
 * found); the rows keep its cells as `other`; the funds row keeps its cell as an extra, "年度资金总额 天干地支".  The last
 * two are there in many sound forms, so they count only where a column is wanting whose figures they look like: a score
 * is at most its weight, and most rows have full marks.  A total funds row that was not understood leaves a funds row
 * of another name that is weighted or scored.
 */
#include "rules/heads.h"

#include <string.h>

/* What may be wanting: bits of ZpFacts.lost. */
typedef enum {
    LOST_BUDGET,
    LOST_EXECUTED,
    LOST_RATE,
    LOST_FUND_WEIGHT,
    LOST_FUND_SCORE,
    LOST_TOTAL_FUND,
    LOST_TARGET,
    LOST_ACTUAL,
    LOST_WEIGHT,
    LOST_SCORE,
    LOST_TOTAL_SCORE,
    LOST_NAME,
    LOST_LEVEL2,
    LOST_COUNT,
} Lost;

G_STATIC_ASSERT(LOST_COUNT <= ZP_LOST_MAX);
#define BIT(lost) (1u << LOST_##lost)

static const struct {
    const char *zh, *en;
} NAMES[LOST_COUNT] = {
    [LOST_BUDGET] = {"全年预算数", "year's budget"},
    [LOST_EXECUTED] = {"全年执行数", "execution"},
    [LOST_RATE] = {"执行率", "rate"},
    [LOST_FUND_WEIGHT] = {"资金行的分值", "weight of the funds row"},
    [LOST_FUND_SCORE] = {"资金行的得分", "score of the funds row"},
    [LOST_TOTAL_FUND] = {"年度资金总额", "total funds row (年度资金总额)"},
    [LOST_TARGET] = {"年度指标值", "target"},
    [LOST_ACTUAL] = {"实际完成值", "actual value"},
    [LOST_WEIGHT] = {"指标的分值", "weight of the indicators"},
    [LOST_SCORE] = {"指标的得分", "score of the indicators"},
    [LOST_TOTAL_SCORE] = {"总分", "total score"},
    [LOST_NAME] = {"三级指标", "name of the indicators (三级指标)"},
    [LOST_LEVEL2] = {"二级指标", "level 2 (二级指标)"},
};

/* What a rule needs, and where it points: a field of the form, or a column of the row in its place. */
static const struct {
    ZpRule rule;
    guint needs;
    const char *where; /* "/total/score", or the column of a row */
} NEEDS[] = {
    {ZP_RULE_F01, BIT(BUDGET) | BIT(EXECUTED) | BIT(RATE), "rate"},
    {ZP_RULE_F02,
     BIT(BUDGET) | BIT(EXECUTED) | BIT(FUND_WEIGHT) | BIT(FUND_SCORE) | BIT(TOTAL_FUND), "score"},
    {ZP_RULE_F03, BIT(BUDGET) | BIT(TOTAL_FUND), "budget"},
    {ZP_RULE_F05, BIT(BUDGET) | BIT(EXECUTED), "executed"},
    {ZP_RULE_F06, BIT(FUND_WEIGHT) | BIT(TOTAL_FUND), "weight"},
    {ZP_RULE_F07, BIT(TOTAL_FUND), NULL},
    {ZP_RULE_F08, BIT(BUDGET), "/currency_unit"},
    {ZP_RULE_F10, BIT(BUDGET) | BIT(EXECUTED) | BIT(TOTAL_FUND), "rate"},
    {ZP_RULE_F13, BIT(BUDGET) | BIT(FUND_SCORE) | BIT(TOTAL_FUND), "score"},
    {ZP_RULE_F15, BIT(BUDGET) | BIT(EXECUTED) | BIT(TOTAL_FUND) | BIT(TARGET) | BIT(ACTUAL),
     "rate"},
    {ZP_RULE_W01, BIT(FUND_WEIGHT) | BIT(TOTAL_FUND) | BIT(WEIGHT), "/total/weight"},
    {ZP_RULE_W02, BIT(WEIGHT), "/indicators"},
    {ZP_RULE_W03, BIT(FUND_WEIGHT) | BIT(TOTAL_FUND) | BIT(WEIGHT), "/total/weight"},
    {ZP_RULE_W04, BIT(WEIGHT), "weight"},
    {ZP_RULE_S01, BIT(FUND_SCORE) | BIT(TOTAL_FUND) | BIT(SCORE), "/total/score"},
    {ZP_RULE_S02, BIT(TOTAL_SCORE), "/headline"},
    {ZP_RULE_S03, BIT(TOTAL_SCORE), "/total/grade"},
    {ZP_RULE_S04, BIT(WEIGHT) | BIT(SCORE), "score"},
    {ZP_RULE_S05, BIT(TARGET) | BIT(ACTUAL) | BIT(WEIGHT) | BIT(SCORE), "score"},
    {ZP_RULE_S06, BIT(TARGET) | BIT(ACTUAL) | BIT(WEIGHT) | BIT(SCORE), "score"},
    {ZP_RULE_S07, BIT(TARGET) | BIT(ACTUAL) | BIT(WEIGHT) | BIT(SCORE), "score"},
    {ZP_RULE_S08, BIT(TARGET) | BIT(ACTUAL) | BIT(WEIGHT) | BIT(SCORE), "reason"},
    {ZP_RULE_S09, BIT(TARGET) | BIT(ACTUAL), "actual"},
    {ZP_RULE_S10, BIT(ACTUAL) | BIT(WEIGHT) | BIT(SCORE), "score"},
    {ZP_RULE_S11, BIT(TARGET) | BIT(ACTUAL) | BIT(WEIGHT) | BIT(SCORE), "score"},
    {ZP_RULE_C03, BIT(TARGET) | BIT(WEIGHT), "/indicators"},
    {ZP_RULE_C04, BIT(TARGET) | BIT(ACTUAL), "actual"},
    {ZP_RULE_C06, BIT(ACTUAL), "actual"},
    {ZP_RULE_C11, BIT(ACTUAL), "actual"},
    {ZP_RULE_C14, BIT(TARGET) | BIT(ACTUAL), "actual"},
    {ZP_RULE_C08, BIT(NAME) | BIT(LEVEL2), "level2"},
    {ZP_RULE_C09, BIT(LEVEL2), "level2"},
    {ZP_RULE_C10, BIT(NAME), "level3"},
    {ZP_RULE_C15, BIT(TARGET) | BIT(ACTUAL) | BIT(NAME), "actual"},
    {ZP_RULE_C16, BIT(TARGET) | BIT(ACTUAL), "actual"},
    {ZP_RULE_C17, BIT(TARGET) | BIT(NAME), "/indicators"},
};

/* --- what is wanting --- */

static bool is_in_funds(const ZpForm *form, size_t cell)
{
    for (guint k = 0; k < form->funds->len; k++)
        if (((const ZpValue *)(gconstpointer)((const char *)zp_form_fund(form, k) + cell))->text)
            return true;
    return false;
}

static bool is_in_indicators(const ZpForm *form, size_t cell)
{
    for (guint k = 0; k < form->indicators->len; k++)
        if (((const ZpValue *)(gconstpointer)((const char *)zp_form_indicator(form, k) + cell))
                ->text)
            return true;
    return false;
}

/* Columns of a block that no row has, though the rest of the form says that they are wanted. */
static guint wanting_in_funds(const ZpForm *form)
{
    guint wanting = 0;
    bool has_weights = form->has_weight_column || form->total_weight.text;
    bool has_scores = form->has_score_column || form->total_score.text;
    if (!is_in_funds(form, offsetof(ZpFund, budget)))
        wanting |= BIT(BUDGET);
    if (!is_in_funds(form, offsetof(ZpFund, executed)))
        wanting |= BIT(EXECUTED);
    if (!is_in_funds(form, offsetof(ZpFund, rate)))
        wanting |= BIT(RATE);
    if (has_weights && !form->funds_weight.text && !is_in_funds(form, offsetof(ZpFund, weight)))
        wanting |= BIT(FUND_WEIGHT);
    if (has_scores && !is_in_funds(form, offsetof(ZpFund, score)))
        wanting |= BIT(FUND_SCORE);
    return form->funds->len ? wanting : 0;
}

static guint wanting_in_indicators(const ZpForm *form)
{
    guint wanting = 0;
    if (!is_in_indicators(form, offsetof(ZpIndicator, target)))
        wanting |= BIT(TARGET);
    if (!is_in_indicators(form, offsetof(ZpIndicator, actual)))
        wanting |= BIT(ACTUAL);
    if (!form->has_weight_column && (form->has_score_column || form->total_weight.text))
        wanting |= BIT(WEIGHT);
    if (!form->has_score_column && (form->has_weight_column || form->total_score.text))
        wanting |= BIT(SCORE);
    return form->indicators->len ? wanting : 0;
}

/* --- what was not understood --- */

/* “甲”、“乙” of a list of heads. */
static char *quoted(const GPtrArray *heads, const char *between, const char *begin, const char *end)
{
    GString *out = g_string_new(NULL);
    for (guint k = 0; k < heads->len; k++)
        g_string_append_printf(out, "%s%s%s", k > 0 ? between : begin,
                               (const char *)g_ptr_array_index(heads, k), end);
    return g_string_free(out, FALSE);
}

/* @wanting may stand under @head, or be its row; @is_reported: by a D05. */
static void lose(ZpFacts *facts, guint wanting, const GPtrArray *heads, bool is_reported)
{
    g_autofree char *names_zh = quoted(heads, "、“", "“", "”");
    g_autofree char *names_en = quoted(heads, ", \"", "\"", "\"");
    bool is_one = heads->len == 1;
    for (guint k = 0; k < LOST_COUNT; k++) {
        if (!(wanting & ~facts->lost & 1u << k))
            continue;
        g_autofree char *zh = g_strdup_printf(is_one ? "没有认出的%s可能就是%s%s"
                                                     : "没有认出的%s中，有一个可能是%s%s",
                                              names_zh, NAMES[k].zh, is_reported ? "（D05）" : "");
        g_autofree char *en =
            g_strdup_printf(is_one ? "%s, which is not known, may be the %s%s"
                                   : "one of %s, which are not known, may be the %s%s",
                            names_en, NAMES[k].en, is_reported ? " (D05)" : "");
        facts->lost_why[k] = (ZpReason){zp_facts_keep(facts, zh), zp_facts_keep(facts, en)};
        facts->lost |= 1u << k;
    }
}

static void lose_to(ZpFacts *facts, guint wanting, const char *head)
{
    g_autoptr(GPtrArray) heads = g_ptr_array_new();
    g_ptr_array_add(heads, (gpointer)head);
    lose(facts, wanting, heads, false);
}

/* Places of a form, in the order in which it is printed. */
static guint64 order_of(const ZpPlace *at)
{
    return at->line ? at->line : (guint64)at->table << 32 | at->row;
}

/* The head of the block whose first row comes next. */
static bool is_of_funds(const ZpForm *form, const ZpPlace *head)
{
    guint64 at = order_of(head), fund = G_MAXUINT64, indicator = G_MAXUINT64;
    for (guint k = form->funds->len; k-- > 0;)
        if (order_of(&zp_form_fund(form, k)->label.at) >= at)
            fund = order_of(&zp_form_fund(form, k)->label.at);
    for (guint k = form->indicators->len; k-- > 0;)
        if (order_of(&zp_form_indicator(form, k)->level3.at) >= at)
            indicator = order_of(&zp_form_indicator(form, k)->level3.at);
    return fund < indicator;
}

/* What a column of funds may be by its figure: an amount is no percentage, and no weight or score is above 100. */
static guint may_be(const ZpForm *form, const char *head, int total)
{
    const guint amounts = BIT(BUDGET) | BIT(EXECUTED), points = BIT(FUND_WEIGHT) | BIT(FUND_SCORE);
    /* The figure beside a funds row under a head that was not understood: the total row's, else another's; NULL: none. */
    const ZpValue *figure = NULL;
    for (guint k = 0; k < form->funds->len; k++) {
        const char *label = zp_form_fund(form, k)->label.text;
        g_autofree char *name = g_strdup_printf("%s %s", label ? label : "", head);
        for (guint i = 0; i < form->extra->len && (!figure || (int)k == total); i++) {
            const ZpExtra *extra = g_ptr_array_index(form->extra, i);
            if (strcmp(extra->label.text, name) == 0 &&
                zp_figure_state(&extra->value) == ZP_CELL_NUMBER)
                figure = &extra->value;
        }
    }
    const ZpDecimal most = zp_decimal_from_int(100);
    guint not = 0;
    if (figure && g_strcmp0(figure->unit, "%") == 0)
        not = amounts | points;
    else if (figure && zp_decimal_compare(figure->value, most) > 0)
        not = points | BIT(RATE);
    return ~not ;
}

/* Whether what an unknown label may be is a text of the form, with which no rule computes. */
static bool is_text(const ZpLabels *labels, const char *nearest)
{
    static const guint64 TEXTS = ZP_LABEL_BIT(ZP_LABEL_PROJECT) | ZP_LABEL_BIT(ZP_LABEL_UNIT) |
                                 ZP_LABEL_BIT(ZP_LABEL_GOALS_BLOCK) |
                                 ZP_LABEL_BIT(ZP_LABEL_GOAL_ACTUAL);
    ZpLabelMatch match;
    return nearest && zp_labels_match(labels, nearest, strlen(nearest), &match) &&
           zp_label_has(&match, TEXTS);
}

/* Each thing that is wanting is lost to all the heads that may be it. */
static void look_at_unread(ZpFacts *facts, const ZpLabels *labels, const ZpForm *form)
{
    const guint of_indicators = BIT(TARGET) | BIT(ACTUAL) | BIT(WEIGHT) | BIT(SCORE);
    guint wanting = wanting_in_funds(form) | wanting_in_indicators(form);
    for (guint lost = 0; lost < LOST_COUNT; lost++) {
        g_autoptr(GPtrArray) heads = g_ptr_array_new();
        for (guint k = 0; wanting & 1u << lost && k < form->unread->len; k++) {
            const ZpUnread *unread = g_ptr_array_index(form->unread, k);
            if (unread->kind != ZP_LOSS_UNKNOWN_LABEL || is_text(labels, unread->nearest))
                continue;
            guint may = is_of_funds(form, &unread->text.at)
                            ? may_be(form, unread->text.text, facts->total) & ~of_indicators
                            : of_indicators;
            if (may & 1u << lost)
                g_ptr_array_add(heads, (gpointer)unread->text.text);
        }
        if (heads->len > 0)
            lose(facts, 1u << lost, heads, true);
    }
}

static bool is_known(const ZpLabels *labels, const char *head)
{
    ZpLabelMatch match;
    gsize length = strlen(head);
    return zp_labels_match(labels, head, length, &match) ||
           zp_labels_compose(labels, head, length, &match);
}

/* The cell of a row under one of its further heads. */
static const ZpValue *other_cell(const ZpIndicator *row, const char *head)
{
    for (guint k = 0; row->other && k < row->other->len; k++) {
        const ZpExtra *other = g_ptr_array_index(row->other, k);
        if (g_strcmp0(other->label.text, head) == 0)
            return &other->value;
    }
    return NULL;
}

/* Whether the cells under a head are to the figures of the other column as weights to scores. */
static bool looks_like(const ZpFacts *facts, const ZpForm *form, const char *head, bool as_weights)
{
    guint n = 0, n_full = 0;
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(form, k);
        const ZpValue *cell = other_cell(row, head);
        const ZpValue *known = as_weights ? &row->score : &row->weight;
        if (!facts->indicators[k].is_scored)
            continue;
        if (!cell || zp_figure_state(cell) != ZP_CELL_NUMBER ||
            zp_figure_state(known) != ZP_CELL_NUMBER)
            return false;
        int order = zp_decimal_compare(as_weights ? cell->value : known->value,
                                       as_weights ? known->value : cell->value);
        if (order < 0)
            return false;
        n++;
        n_full += order == 0;
    }
    return n > 0 && 2 * n_full >= n;
}

static void look_at_others(ZpFacts *facts, const ZpLabels *labels, const ZpForm *form)
{
    guint wanting = wanting_in_indicators(form) & (BIT(WEIGHT) | BIT(SCORE));
    if (wanting != BIT(WEIGHT) && wanting != BIT(SCORE))
        return;
    const ZpIndicator *first = zp_form_indicator(form, 0);
    for (guint k = 0; first->other && k < first->other->len; k++) {
        const char *head = ((const ZpExtra *)g_ptr_array_index(first->other, k))->label.text;
        if (!is_known(labels, head) && looks_like(facts, form, head, wanting == BIT(WEIGHT)))
            lose_to(facts,
                    wanting == BIT(SCORE) && !form->total_score.text ? wanting | BIT(TOTAL_SCORE)
                                                                     : wanting,
                    head);
    }
}

/* Where no row has a name, the words under a head that was not understood may be the names. */
static void look_for_names(ZpFacts *facts, const ZpLabels *labels, const ZpForm *form)
{
    const ZpIndicator *first = form->indicators->len ? zp_form_indicator(form, 0) : NULL;
    for (guint k = 0; k < form->indicators->len; k++)
        if (!zp_text_is_empty(zp_form_indicator(form, k)->level3.text))
            return;
    for (guint k = 0; first && first->other && k < first->other->len; k++) {
        const ZpExtra *other = g_ptr_array_index(first->other, k);
        bool has_words = !zp_text_is_empty(other->value.text) &&
                         zp_figure_state(&other->value) != ZP_CELL_NUMBER;
        if (has_words && !is_known(labels, other->label.text)) {
            lose_to(facts, BIT(NAME), other->label.text);
            return;
        }
    }
}

/* Where no row has a level 2, its words say themselves that they are one. */
static void look_for_level2(ZpFacts *facts, const ZpLabels *labels, const ZpForm *form)
{
    const ZpIndicator *first = form->indicators->len ? zp_form_indicator(form, 0) : NULL;
    for (guint k = 0; k < form->indicators->len; k++)
        if (!zp_text_is_empty(zp_form_indicator(form, k)->level2.text))
            return;
    for (guint k = 0; first && first->other && k < first->other->len; k++) {
        const ZpExtra *other = g_ptr_array_index(first->other, k);
        const char *text = other->value.text;
        ZpLabelMatch match;
        if (zp_text_is_empty(text) || !zp_labels_match(labels, text, strlen(text), &match) ||
            !zp_label_has(&match, ZP_LABEL_BIT(ZP_LABEL_LEVEL2)))
            continue;
        lose_to(facts, BIT(LEVEL2), other->label.text);
        return;
    }
}

const ZpReason *zp_heads_lost_names(const ZpFacts *facts)
{
    return facts->lost & BIT(NAME) ? &facts->lost_why[LOST_NAME] : NULL;
}

/* A figure beside the total row whose own head was not understood. */
static void look_at_extras(ZpFacts *facts, const ZpLabels *labels, const ZpForm *form)
{
    guint wanting = wanting_in_funds(form) & (BIT(FUND_WEIGHT) | BIT(FUND_SCORE));
    const ZpFund *total = facts->total < 0 ? NULL : zp_form_fund(form, (guint)facts->total);
    if (!total || !total->label.text || (wanting != BIT(FUND_WEIGHT) && wanting != BIT(FUND_SCORE)))
        return;
    bool as_weight = wanting == BIT(FUND_WEIGHT);
    const ZpValue *known = as_weight ? &total->score : &total->weight;
    for (guint k = 0; k < form->extra->len; k++) {
        const ZpExtra *extra = g_ptr_array_index(form->extra, k);
        gsize length = strlen(total->label.text);
        bool is_beside = g_str_has_prefix(extra->label.text, total->label.text) &&
                         extra->label.text[length] == ' ';
        if (!is_beside || zp_figure_state(&extra->value) != ZP_CELL_NUMBER ||
            zp_figure_state(known) != ZP_CELL_NUMBER ||
            is_known(labels, extra->label.text + length + 1))
            continue;
        int order = zp_decimal_compare(extra->value.value, known->value);
        if (as_weight ? order >= 0 : order <= 0)
            lose_to(facts, wanting, extra->label.text + length + 1);
    }
}

void zp_heads_look(ZpFacts *facts, const ZpRulebook *rulebook, const ZpForm *form)
{
    const ZpLabels *labels = zp_rulebook_labels(rulebook);
    look_at_unread(facts, labels, form);
    look_at_others(facts, labels, form);
    look_for_names(facts, labels, form);
    look_for_level2(facts, labels, form);
    look_at_extras(facts, labels, form);
    /* Only the total row is weighted and scored: where there is none, the row that is. */
    for (guint k = 0; facts->total < 0 && k < form->funds->len; k++) {
        const ZpFund *fund = zp_form_fund(form, k);
        if (zp_figure_state(&fund->weight) == ZP_CELL_NUMBER ||
            zp_figure_state(&fund->score) == ZP_CELL_NUMBER)
            lose_to(facts, BIT(TOTAL_FUND), fund->label.text ? fund->label.text : "");
    }
}

/* --- what cannot be judged --- */

static ZpSpot spot_of(const ZpContext *context, const char *where)
{
    if (where && *where == '/')
        return zp_spot_field(where, NULL);
    if (ZP_RULES[context->rule].scope == ZP_SCOPE_INDICATOR)
        return zp_spot_indicator(context->place, where, NULL);
    guint row = ZP_RULES[context->rule].scope == ZP_SCOPE_FUND
                    ? context->place
                    : (guint)MAX(context->facts->total, 0);
    return zp_spot_fund(row, where, NULL);
}

/* What is not judged anyway: a row of a template, a part, a funds row without a figure, a score or grade that is not
 * printed. */
static bool is_aside(const ZpContext *context)
{
    const ZpFacts *facts = context->facts;
    switch (ZP_RULES[context->rule].scope) {
    case ZP_SCOPE_INDICATOR:
        return !facts->indicators[context->place].is_scored;
    case ZP_SCOPE_FUND: {
        const ZpFund *fund = zp_form_fund(context->form, context->place);
        const ZpValue *const cells[] = {&fund->budget, &fund->executed, &fund->rate, &fund->weight};
        bool is_blank = true;
        for (guint k = 0; k < G_N_ELEMENTS(cells); k++)
            is_blank &= zp_figure_state(cells[k]) != ZP_CELL_NUMBER;
        return is_blank;
    }
    default:
        return (context->rule == ZP_RULE_S02 && !context->form->headline.text) ||
               (context->rule == ZP_RULE_S03 && zp_text_is_empty(context->form->total_grade.text));
    }
}

/* Whether there is no funds row for a rule of the whole form to point at: the rule says so itself. */
static bool has_no_row(const ZpContext *context, const char *where)
{
    return ZP_RULES[context->rule].scope == ZP_SCOPE_FORM && !(where && *where == '/') &&
           !context->form->funds->len;
}

const ZpReason *zp_heads_forbid(const ZpContext *context, ZpSpot *spot)
{
    const ZpFacts *facts = context->facts;
    if (!facts->lost)
        return NULL;
    for (guint i = 0; i < G_N_ELEMENTS(NEEDS); i++) {
        guint lost = NEEDS[i].rule == context->rule ? NEEDS[i].needs & facts->lost : 0;
        if (!lost || is_aside(context) || has_no_row(context, NEEDS[i].where))
            continue;
        *spot = spot_of(context, NEEDS[i].where);
        return &facts->lost_why[g_bit_nth_lsf(lost, -1)];
    }
    return NULL;
}
