/*
 * causes.c - one cause, one finding: which cells are themselves the matter of a finding.
 *
 * A figure that is none (F09), is below 0 (F12), stands in a doubtful place (D05) or is missing (C01, W04) is reported
 * where it stands.  What would be computed from it is then not evaluable, and its reason names that
 * finding and the cell, in the reader's words: “年度资金总额”的全年预算数不是数（F09）.
 */
#include "rules/causes.h"

#include <string.h>

/* Characters of a printed label that a reason repeats. */
#define LABEL_CHARS 40

/* What a finding says of the cell. */
typedef struct {
    const char *zh, *en; /* behind the cell's name, with the finding's code */
} Matter;

static const Matter NO_NUMBER = {"不是一个数（F09）", "is no number (F09)"};
static const Matter BELOW_ZERO = {"是负数（F12）", "is below 0 (F12)"};
static const Matter MISSING = {"没有填（C01）", "is missing (C01)"};
static const Matter IN_DOUBT = {"不能确定在这一格（D05）",
                                "may not be what stands in this cell (D05)"};
static const Matter NOT_SURE = {"从图片里读得没有把握（D06）",
                                "was not read surely from the picture (D06)"};
static const Matter NO_WEIGHT = {"没有填（W04）", "is missing (W04)"};

/* How a column is called behind its row's name. */
typedef struct {
    const char *column, *zh, *en;
} ColumnName;

static const ColumnName COLUMN_NAMES[] = {
    {"initial", "年初预算数", "initial budget"},
    {"budget", "全年预算数", "year's budget"},
    {"executed", "全年执行数", "execution"},
    {"weight", "分值", "weight"},
    {"rate", "执行率", "rate"},
    {"score", "得分", "score"},
    {"target", "目标值", "target"},
    {"actual", "实际完成值", "actual value"},
    {"level1_weight", "一级指标分值", "level-1 weight"},
    {"level2_weight", "二级指标分值", "level-2 weight"},
};

static const ColumnName *column_name(const char *column)
{
    for (guint k = 0; k < G_N_ELEMENTS(COLUMN_NAMES); k++)
        if (strcmp(COLUMN_NAMES[k].column, column) == 0)
            return &COLUMN_NAMES[k];
    return &COLUMN_NAMES[0];
}

static char *short_label(const char *label)
{
    if (g_utf8_strlen(label, -1) <= LABEL_CHARS)
        return g_strdup(label);
    g_autofree char *begin = g_utf8_substring(label, 0, LABEL_CHARS);
    return g_strconcat(begin, "…", NULL);
}

static void enter(ZpFacts *facts, gconstpointer cell, const char *zh, const char *en,
                  const Matter *matter)
{
    if (!facts->causes)
        facts->causes = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    /* What may stand elsewhere is no number, below 0 or missing only there. */
    if (g_hash_table_contains(facts->causes, cell))
        return;
    g_autofree char *whole_zh = g_strconcat(zh, matter->zh, NULL);
    g_autofree char *whole_en = g_strconcat(en, " ", matter->en, NULL);
    ZpReason *reason = g_new(ZpReason, 1);
    reason->zh = zp_facts_keep(facts, whole_zh);
    reason->en = zp_facts_keep(facts, whole_en);
    g_hash_table_insert(facts->causes, (gpointer)cell, reason);
}

static void enter_fund(ZpFacts *facts, const ZpForm *form, guint k, const char *column,
                       gconstpointer cell, const Matter *matter)
{
    const ZpFund *fund = zp_form_fund(form, k);
    const ColumnName *name = column_name(column);
    g_autofree char *label = short_label(fund->label.text ? fund->label.text : "");
    g_autofree char *zh = *label ? g_strdup_printf("“%s”的%s", label, name->zh)
                                 : g_strdup_printf("项目资金第 %u 行的%s", k + 1, name->zh);
    g_autofree char *en = *label ? g_strdup_printf("the %s of %s", name->en, label)
                                 : g_strdup_printf("the %s of funds row %u", name->en, k + 1);
    enter(facts, cell, zh, en, matter);
}

static void enter_indicator(ZpFacts *facts, const ZpForm *form, guint k, const char *column,
                            gconstpointer cell, const Matter *matter)
{
    const ZpIndicator *row = zp_form_indicator(form, k);
    const ColumnName *name = column_name(column);
    g_autofree char *label = short_label(row->level3.text ? row->level3.text : "");
    g_autofree char *zh = *label ? g_strdup_printf("指标“%s”的%s", label, name->zh)
                                 : g_strdup_printf("第 %u 个指标的%s", k + 1, name->zh);
    g_autofree char *en = *label ? g_strdup_printf("the %s of the indicator %s", name->en, label)
                                 : g_strdup_printf("the %s of indicator %u", name->en, k + 1);
    enter(facts, cell, zh, en, matter);
}

/* What is wrong with the figure of a cell; NULL: nothing. */
static const Matter *matter_of(const ZpValue *value, bool may_be_negative)
{
    if (value->ocr && value->ocr->state == ZP_OCR_DOUBTFUL)
        return &NOT_SURE;
    if (value->is_malformed)
        return &NO_NUMBER;
    if (!may_be_negative && zp_figure_state(value) == ZP_CELL_MALFORMED)
        return &BELOW_ZERO;
    return NULL;
}

static void look_at_indicator(ZpFacts *facts, const ZpForm *form, guint k)
{
    const ZpIndicator *row = zp_form_indicator(form, k);
    const struct {
        const char *column;
        const ZpValue *value;
    } labels[] = {{"level1_weight", &row->level1_weight}, {"level2_weight", &row->level2_weight}};
    for (const ZpColumn *column = ZP_INDICATOR_COLUMNS; column->name; column++) {
        const ZpValue *value = zp_column_value(row, column);
        const Matter *matter = matter_of(value, column->kind == ZP_KIND_TARGET);
        if (matter)
            enter_indicator(facts, form, k, column->name, value, matter);
    }
    for (guint i = 0; i < G_N_ELEMENTS(labels); i++) {
        const Matter *matter = matter_of(labels[i].value, false);
        if (matter)
            enter_indicator(facts, form, k, labels[i].column, labels[i].value, matter);
    }
}

static void look_at_fields(ZpFacts *facts, const ZpForm *form)
{
    const struct {
        const ZpValue *value;
        const char *zh, *en;
    } fields[] = {
        {&form->funds_weight, "项目资金栏标题里的分值",
         "the weight in the head of the funds block"},
        {&form->headline, "表头的自评得分", "the score in the head of the form"},
        {&form->total_weight, "总分行的分值", "the weight of the total row"},
        {&form->total_score, "总分", "the total score"},
    };
    for (guint k = 0; k < G_N_ELEMENTS(fields); k++) {
        const ZpValue *value = fields[k].value;
        const Matter *matter =
            zp_is_in_doubt(form, value->text, &value->at) ? &IN_DOUBT : matter_of(value, false);
        if (matter)
            enter(facts, fields[k].value, fields[k].zh, fields[k].en, matter);
    }
}

static bool is_same_place(const ZpPlace *one, const ZpPlace *other)
{
    return one->page == other->page && one->table == other->table && one->row == other->row &&
           one->col == other->col && one->line == other->line;
}

bool zp_is_in_doubt(const ZpForm *form, const char *text, const ZpPlace *at)
{
    for (guint k = 0; text && *text && k < form->unread->len; k++) {
        const ZpUnread *unread = g_ptr_array_index(form->unread, k);
        if (unread->kind == ZP_LOSS_DOUBTFUL_PLACE && is_same_place(&unread->text.at, at))
            return true;
    }
    return false;
}

static bool has_doubts(const ZpForm *form)
{
    for (guint k = 0; k < form->unread->len; k++)
        if (((const ZpUnread *)g_ptr_array_index(form->unread, k))->kind == ZP_LOSS_DOUBTFUL_PLACE)
            return true;
    return false;
}

static void doubt_funds(ZpFacts *facts, const ZpForm *form)
{
    for (guint k = 0; k < form->funds->len; k++) {
        const ZpFund *fund = zp_form_fund(form, k);
        for (const ZpColumn *column = ZP_FUND_COLUMNS; column->name; column++) {
            const ZpValue *value = zp_column_value(fund, column);
            if (zp_is_in_doubt(form, value->text, &value->at))
                enter_fund(facts, form, k, column->name, value, &IN_DOUBT);
        }
    }
}

static void doubt_indicators(ZpFacts *facts, const ZpForm *form)
{
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(form, k);
        for (const ZpColumn *column = ZP_INDICATOR_COLUMNS; column->name; column++) {
            const ZpValue *value = zp_column_value(row, column);
            if (zp_is_in_doubt(form, value->text, &value->at))
                enter_indicator(facts, form, k, column->name, value, &IN_DOUBT);
        }
    }
}

void zp_causes_of_figures(ZpFacts *facts, const ZpForm *form)
{
    /* Few forms have any, and of these at most ZP_LIMIT_UNUSED_TEXTS are listed. */
    if (has_doubts(form)) {
        doubt_funds(facts, form);
        doubt_indicators(facts, form);
    }
    for (guint k = 0; k < form->funds->len; k++) {
        const ZpFund *fund = zp_form_fund(form, k);
        for (const ZpColumn *column = ZP_FUND_COLUMNS; column->name; column++) {
            const ZpValue *value = zp_column_value(fund, column);
            const Matter *matter = matter_of(value, value == &fund->rate);
            if (matter)
                enter_fund(facts, form, k, column->name, value, matter);
        }
    }
    for (guint k = 0; k < form->indicators->len; k++)
        if (!zp_form_indicator(form, k)->is_empty)
            look_at_indicator(facts, form, k);
    look_at_fields(facts, form);
}

void zp_causes_of_blanks(ZpFacts *facts, const ZpForm *form)
{
    static const struct {
        guint bit;
        const char *column;
        size_t cell;
        const Matter *matter;
    } BLANKS[] = {
        {ZP_BLANK_TARGET, "target", offsetof(ZpIndicator, target), &MISSING},
        {ZP_BLANK_ACTUAL, "actual", offsetof(ZpIndicator, actual), &MISSING},
        {ZP_BLANK_SCORE, "score", offsetof(ZpIndicator, score), &MISSING},
        {ZP_BLANK_WEIGHT, "weight", offsetof(ZpIndicator, weight), &NO_WEIGHT},
    };
    for (guint k = 0; k < form->indicators->len; k++)
        for (guint i = 0; i < G_N_ELEMENTS(BLANKS); i++)
            if (facts->indicators[k].blanks & BLANKS[i].bit)
                enter_indicator(facts, form, k, BLANKS[i].column,
                                (const char *)zp_form_indicator(form, k) + BLANKS[i].cell,
                                BLANKS[i].matter);
    for (int c = ZP_MONEY_BUDGET; facts->total >= 0 && c <= ZP_MONEY_EXECUTED; c++) {
        const ZpFund *total = zp_form_fund(form, (guint)facts->total);
        const ZpValue *cell = c == ZP_MONEY_BUDGET ? &total->budget : &total->executed;
        if (!zp_funds_blank(facts, form, (ZpMoneyColumn)c))
            continue;
        enter_fund(facts, form, (guint)facts->total, c == ZP_MONEY_BUDGET ? "budget" : "executed",
                   cell, &MISSING);
        facts->funds[facts->total].money[c].why = zp_cause_of(facts, cell);
    }
}
