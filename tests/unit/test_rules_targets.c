/*
 * test_rules_targets.c - was a target met: the wordings of targets and actual values.
 */
#include "normalise/normalise.h"
#include "rules/facts.h"
#include "table.h"

#include <criterion/criterion.h>

typedef struct {
    ZpMet met;
    const char *level2, *name, *target, *actual;
} Row;

#define YES    ZP_MET_YES
#define NO     ZP_MET_NO
#define UNSAID ZP_MET_UNSAID

static const Row ROWS[] = {
    {YES, "数量指标", "培训次数", "≥10次", "10次"},
    {YES, "数量指标", "培训次数", ">10次", "10次"},
    {YES, "数量指标", "培训次数", "=10次", "11次"},
    {YES, "数量指标", "培训次数", "10次", "11次"},
    {NO, "数量指标", "培训次数", "≥10次", "9.99次"},
    {NO, "数量指标", "培训次数", "10次", "9次"},
    /* the comparator of an actual value is decoration */
    {YES, "数量指标", "系统数量", ">=20个", ">20个"},
    {YES, "质量指标", "保障率", "=100%", "=100%"},
    {NO, "质量指标", "保障率", "=100%", "≥95%"},
    {YES, "质量指标", "故障率", "≤1%", "1%"},
    {YES, "质量指标", "故障率", "<1%", "1%"},
    {NO, "质量指标", "故障率", "≤1%", "1.1%"},
    /* = or nothing with 0 */
    {YES, "数量指标", "事故起数", "0起", "0起"},
    {NO, "数量指标", "事故起数", "=0起", "1起"},
    /* ranges */
    {YES, "数量指标", "培训次数", "10-12次", "10次"},
    {YES, "数量指标", "培训次数", "10-12次", "12次"},
    {NO, "数量指标", "培训次数", "10-12次", "13次"},
    {YES, "数量指标", "培训次数", "10-12次", "10-12次"},
    {UNSAID, "数量指标", "培训次数", "≥10次", "10-12次"},
    /* dates, by the coarser of both sides */
    {YES, "时效指标", "完成时间", "2022年11月30日", "2022年11月29日"},
    {YES, "时效指标", "完成时间", "2022年11月30日", "2022年11月"},
    {YES, "时效指标", "完成时间", "2022年11月", "2022年11月30日"},
    {NO, "时效指标", "完成时间", "2022年11月30日", "2022年12月1日"},
    {NO, "时效指标", "完成时间", "2022年11月", "2022年12月"},
    {YES, "时效指标", "完成时间", "2022年", "2022年12月"},
    {NO, "时效指标", "完成时间", "2022年", "2023年1月"},
    {UNSAID, "时效指标", "完成时间", "2022年11月", "按时完成"},
    /* a year alone: its last day as the target, judged by the year alone as the actual value */
    {YES, "时效指标", "完成时间", "2022年", "2022年12月31日"},
    {UNSAID, "时效指标", "完成时间", "2022年11月30日", "2022年"},
    {NO, "时效指标", "完成时间", "2022年11月30日", "2023年"},
    {YES, "时效指标", "完成时间", "2022年11月30日", "2021年"},
    /* 不早于 turns the date round; ≥ before one says neither */
    {YES, "时效指标", "开工时间", "不早于2022年3月", "2022年4月1日"},
    {NO, "时效指标", "开工时间", "不早于2022年3月1日", "2022年2月28日"},
    {UNSAID, "时效指标", "完成时间", "≥2022年11月", "2022年10月"},
    {YES, "时效指标", "完成时间", "≤2022年11月", "2022年10月"},
    {NO, "时效指标", "完成时间", "11月底前", "2022年12月1日"},
    {UNSAID, "时效指标", "完成时间", "—", "—"},
    {UNSAID, "时效指标", "完成时间", "/", "／"},
    /* texts */
    {YES, "社会效益指标", "影响", "显著提升", "显著 提升"},
    {UNSAID, "社会效益指标", "影响", "显著提升", "有所提升"},
    {UNSAID, "社会效益指标", "影响", "显著提升", "90%"},
    {UNSAID, "社会效益指标", "影响", "≥90%", "显著提升"},
    {UNSAID, "社会效益指标", "影响", "", "显著提升"},
    {UNSAID, "社会效益指标", "影响", "≥90%", ""},
    {UNSAID, "社会效益指标", "影响", "≥90%", "—"},
    /* units */
    {YES, "质量指标", "合格率", "≥100百分比", "100%"},
    {YES, "质量指标", "合格率", "≥100百分比", "100"},
    {YES, "数量指标", "人数", "≥1万人", "10000人"},
    {NO, "数量指标", "人数", "≥1万人", "9999人"},
    {UNSAID, "数量指标", "人数", "≥10次", "10人"},
    {YES, "数量指标", "资金量", "≥20万元", "20"},
    /* a bare ratio against a percentage */
    {UNSAID, "质量指标", "合格率", "≥90%", "0.95"},
    {UNSAID, "质量指标", "合格率", "≥90%", "1"},
    {YES, "质量指标", "合格率", "≥90%", "95"},
    {NO, "质量指标", "合格率", "≥90%", "0.85"},
    {YES, "质量指标", "差错率", "≤5%", "0.03"},
    {UNSAID, "质量指标", "差错率", "≤5%", "0.5"},
    {NO, "质量指标", "合格率", "80%-90%", "0.7"},
    {UNSAID, "质量指标", "合格率", "80%-90%", "0.85"},
    /* cost, time, and names where less is better */
    {YES, "成本指标", "总成本", "90万元", "90万元"},
    {UNSAID, "成本指标", "总成本", "90万元", "80万元"},
    {UNSAID, "成本指标", "总成本", "=90万元", "100万元"},
    {YES, "成本指标", "总成本", "≤90万元", "80万元"},
    {UNSAID, "时效指标", "响应时间", "=20分钟", "15分钟"},
    {NO, "时效指标", "按期率", "=100%", "95%"},
    {YES, "时效指标", "按期率", "=100%", "105"},
    {NO, "时效指标", "按期率", "=100%", "95"},
    {UNSAID, "质量指标", "故障次数", "5次", "4次"},
    {UNSAID, "质量指标", "故障次数", "5次", "6次"},
    {YES, "质量指标", "故障次数", "=5次", "6次"},
    /* approximations */
    {YES, "数量指标", "条数", "≥100条", "100余条"},
    {YES, "数量指标", "条数", ">100条", "100多条"},
    {UNSAID, "数量指标", "条数", "≤100条", "100余条"},
    {UNSAID, "成本指标", "条数", "100条", "100余条"},
    {UNSAID, "质量指标", "费用控制率", "100%", "98%"},
    {UNSAID, "数量指标", "条数", "≥100条", "约100条"},
    {UNSAID, "数量指标", "条数", "≥100条", "近100条"},
    {YES, "数量指标", "条数", "≥100条", "约110条"},
    {NO, "数量指标", "条数", "≥100条", "90条左右"},
    /* further sentences of the catalogue */
    {YES, "数量指标", "事故起数", "=0起", "0起"},
    {YES, "质量指标", "增长率", "0%", "-1%"},
    {NO, "质量指标", "增长率", "≥0%", "-1%"},
    {YES, "质量指标", "增长率", "≥0%", "0%"},
    {YES, "质量指标", "优良率", "优良", "优 良"},
    {YES, "质量指标", "合格率", "≥９０％", "90%"},
    {UNSAID, "质量指标", "优良率", "优良", "合格"},
    {UNSAID, "质量指标", "优良率", "优良", "90%"},
    {UNSAID, "质量指标", "合格率", "≥90%", "合格"},
    {UNSAID, "质量指标", "合格率", "≥90%", ""},
    {UNSAID, "进度指标", "工期", "30天", "29天"},
    {YES, "产出时效", "工期", "≤30天", "29天"},
    {UNSAID, "产出成本", "造价", "=30万元", "29万元"},
    {UNSAID, "数量指标", "死亡人数", "3人", "2人"},
    {YES, "数量指标", "投诉处理数", "3件", "4件"},
    {UNSAID, "数量指标", "条数", "≤100条", "近100条"},
    {UNSAID, "数量指标", "条数", "≥100条", "100条左右"},
    {UNSAID, "数量指标", "条数", "90-100条", "约100条"},
    {YES, "质量指标", "合格率", "80%-90%", "85%"},
    {NO, "质量指标", "合格率", "80%-90%", "79.9%"},
    {UNSAID, "质量指标", "合格率", "≤90%", "0.95"},
    {YES, "质量指标", "合格率", "≤90%", "0.85"},
    {YES, "质量指标", "合格率", "≥0.9", "0.95"},
    {YES, "时效指标", "完成时间", "2022年11月底前", "2022年11月30日"},
    {NO, "时效指标", "完成时间", "2022年11月底前", "2022年12月"},
    {YES, "时效指标", "完成时间", "2022年", "2022年12月"},
    {UNSAID, "时效指标", "完成时间", "2022年11月30日", "100%"},
    {YES, "时效指标", "完成", "11月底完成100%", "100%"},
    {UNSAID, "数量指标", "造价", "≥3万元", "3万人"},
    {YES, "数量指标", "造价", "≥3万元", "30000元"},
    /* malformed */
    {UNSAID, "数量指标", "条数", "≥1,00,0条", "100条"},
    {UNSAID, "数量指标", "条数", "≥100条", "1,00,0条"},
};

TableRows(targets, met)
{
    static guint indexes[G_N_ELEMENTS(ROWS)];
    for (guint k = 0; k < G_N_ELEMENTS(ROWS); k++)
        indexes[k] = k;
    return cr_make_param_array(guint, indexes, G_N_ELEMENTS(ROWS));
}

TableTest(guint *index, targets, met)
{
    const Row *row = &ROWS[*index];
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpForm) form = zp_form_new();
    form->year = 2022;
    ZpIndicator *indicator = zp_form_add_indicator(form);
    indicator->level1.text = "产出指标";
    indicator->level2.text = row->level2;
    indicator->level3.text = row->name;
    indicator->target.text = row->target;
    indicator->actual.text = row->actual;
    zp_normalise_form(rulebook, form);
    ZpIndicatorFacts facts = {.direction = ZP_DIRECTION_UNSAID};
    zp_target_judge(&facts, zp_rulebook_lexicon(rulebook), indicator);
    cr_expect(facts.met == row->met, "%s %s against %s: %d, not %d", row->name, row->actual,
              row->target, facts.met, row->met);
    cr_expect(row->met != UNSAID || (facts.why && *facts.why->zh && *facts.why->en));
}

/* Digits beyond exact arithmetic are said to be so, never wrapped. */
Test(targets, overflow)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpForm) form = zp_form_new();
    ZpIndicator *indicator = zp_form_add_indicator(form);
    indicator->target.text = "≥999999999999999999999999999999999999万人";
    indicator->actual.text = "999999999999999999999999999999999999人";
    zp_normalise_form(rulebook, form);
    ZpIndicatorFacts facts = {0};
    zp_target_judge(&facts, zp_rulebook_lexicon(rulebook), indicator);
    cr_expect(facts.met == UNSAID);
    cr_expect(facts.why == &ZP_WHY_OVERFLOW);
}
