/*
 * test_labels.c - printed labels and what they mean.
 */
#include "rulebook/rulebook.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

typedef struct {
    const char *text;
    guint64 kind;         /* 0: no label */
    const char *weight;   /* NULL: none */
    const char *currency; /* NULL: none */
    bool is_part;
    const char *value; /* behind the colon, NULL: none */
} Case;

static const Case CASES[] = {
    {"项目名称", BIT(PROJECT), NULL, NULL, false, NULL},
    {"项目 \n名称：", BIT(PROJECT), NULL, NULL, false, NULL},
    {"项\u3000目 名\u00A0称", BIT(PROJECT), NULL, NULL, false, NULL},
    {"\u2F6C\u8D44\u91D1", 0, NULL, NULL, false, NULL},
    {"项\u2F6C名称", BIT(PROJECT), NULL, NULL, false, NULL},
    {"转移支付（项目）名称", BIT(PROJECT), NULL, NULL, false, NULL},
    {"项目资金 (元)", BIT(FUNDS_BLOCK), NULL, "元", false, NULL},
    {"项目资金（万元）", BIT(FUNDS_BLOCK), NULL, "万元", false, NULL},
    {"预算执行情况(万元)(20分)", BIT(FUNDS_BLOCK), "20分", "万元", false, NULL},
    {"全年预算数（A）", BIT(BUDGET), NULL, NULL, false, NULL},
    {"执行率(B/A)", BIT(RATE), NULL, NULL, false, NULL},
    {"得分(20分*执行率)", BIT(SCORE), NULL, NULL, false, NULL},
    {"预算执行进度(%)", BIT(RATE), NULL, NULL, false, NULL},
    {"产出指标(50分)", BIT(LEVEL1), "50分", NULL, false, NULL},
    {"产出指标40分", BIT(LEVEL1), "40分", NULL, false, NULL},
    {"数量指标（10分）", BIT(LEVEL2), "10分", NULL, false, NULL},
    {"其中：当年财政拨款", BIT(FUND_ROW), NULL, NULL, true, NULL},
    {"其中:中央财政资金", BIT(FUND_ROW), NULL, NULL, true, NULL},
    {"★项目名称", BIT(PROJECT), NULL, NULL, false, NULL},
    {"一、项目名称", BIT(PROJECT), NULL, NULL, false, NULL},
    {"1.项目名称", BIT(PROJECT), NULL, NULL, false, NULL},
    {"实施单位(盖章)", BIT(UNIT), NULL, NULL, false, NULL},
    {"项目名称：某项目", BIT(PROJECT), NULL, NULL, false, "某项目"},
    {"金额单位：万元", BIT(CURRENCY), NULL, NULL, false, "万元"},
    {"数量：3", 0, NULL, NULL, false, NULL},
    {"完成10分", 0, NULL, NULL, false, NULL},
    {"10分", 0, NULL, NULL, false, NULL},
    {"", 0, NULL, NULL, false, NULL},
    {"某项目", 0, NULL, NULL, false, NULL},
    {"(元)", 0, NULL, NULL, false, NULL},
    {"总分", BIT(TOTAL), NULL, NULL, false, NULL},
    {"合计", BIT(TOTAL), NULL, NULL, false, NULL},
};

TableRows(labels, match)
{
    static size_t indexes[G_N_ELEMENTS(CASES)];
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
        indexes[i] = i;
    return cr_make_param_array(size_t, indexes, G_N_ELEMENTS(CASES));
}

TableTest(size_t *index, labels, match)
{
    const Case *row = &CASES[*index];
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    ZpLabelMatch match;
    bool is_label =
        zp_labels_match(zp_rulebook_labels(rulebook), row->text, strlen(row->text), &match);
    cr_assert_eq(is_label, row->kind != 0, "%s", row->text);
    if (!is_label)
        return;
    cr_expect(zp_label_has(&match, row->kind), "%s", row->text);
    g_autofree char *weight = match.weight ? g_strndup(match.weight, match.weight_length) : NULL;
    cr_expect(g_strcmp0(weight, row->weight) == 0, "%s: weight %s", row->text, weight);
    cr_expect(g_strcmp0(match.currency, row->currency) == 0, "%s: %s", row->text, match.currency);
    cr_expect_eq(match.is_part, row->is_part, "%s", row->text);
    cr_expect(g_strcmp0(match.value_offset ? row->text + match.value_offset : NULL, row->value) ==
                  0,
              "%s", row->text);
}

typedef struct {
    const char *text;
    bool title, furniture, placeholder;
    int year;
} Line;

/* Folded texts. */
static const Line LINES[] = {
    {"财政项目支出绩效自评表", true, false, false, 0},
    {"2020年度长江禁捕项目自评表", true, false, false, 2020},
    {"附件2:项目支出绩效自评表", true, false, false, 0},
    {"2021年绩效目标自评", true, false, false, 2021},
    {"(2022年度)", false, false, false, 2022},
    {"2019年度)", false, false, false, 2019},
    {"已按要求填写项目支出绩效自评表。", false, false, false, 0},
    {"-9-", false, true, false, 0},
    {"第3页共9页", false, true, false, 0},
    {"公开14表", false, true, false, 0},
    {"3", false, false, false, 0},
    {"指标1", false, false, true, 0},
    {"……", false, false, true, 0},
    {"指标1:调研次数", false, false, false, 0},
};

Test(labels, lines)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    const ZpLabels *labels = zp_rulebook_labels(rulebook);
    for (guint i = 0; i < G_N_ELEMENTS(LINES); i++) {
        const Line *line = &LINES[i];
        gsize length = strlen(line->text);
        cr_expect_eq(zp_labels_is_title(labels, line->text, length), line->title, "%s", line->text);
        cr_expect_eq(zp_labels_is_furniture(labels, line->text, length), line->furniture, "%s",
                     line->text);
        cr_expect_eq(zp_labels_is_placeholder(labels, line->text, length), line->placeholder, "%s",
                     line->text);
        cr_expect_eq(zp_labels_year(labels, line->text, length, NULL), line->year, "%s",
                     line->text);
    }
}

typedef struct {
    const char *folded;
    ZpSource source;
} Source;

static const Source SOURCES[] = {
    {"中央省级资金", ZP_SOURCE_OTHER},  {"自治区财政补助", ZP_SOURCE_LOCAL},
    {"中央专项", ZP_SOURCE_CENTRAL},    {"上年结转财政拨款", ZP_SOURCE_CARRYOVER},
    {"本年财政资金", ZP_SOURCE_FISCAL}, {"社会捐赠", ZP_SOURCE_OTHER},
};

Test(labels, sources)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(SOURCES); i++) {
        const Source *row = &SOURCES[i];
        cr_expect_eq(
            zp_labels_source(zp_rulebook_labels(rulebook), row->folded, strlen(row->folded)),
            row->source, "%s", row->folded);
    }
}
