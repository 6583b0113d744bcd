/*
 * test_lexicon.c - the word lists of normalise.yaml that the rules ask for.
 */
#include "rulebook/rulebook.h"
#include "table.h"

#include "base/error.h"

#include <criterion/criterion.h>
#include <string.h>

static ZpRulebook *rulebook; /* of the test's own process */
static const ZpLexicon *lexicon;

static void open_lexicon(void)
{
    g_autoptr(GError) error = NULL;
    rulebook = zp_rulebook_open(NULL, &error);
    cr_assert_not_null(rulebook, "%s", error ? zp_error_text(error, ZP_LANG_EN) : "");
    lexicon = zp_rulebook_lexicon(rulebook);
}

static void close_lexicon(void)
{
    zp_rulebook_free(rulebook);
}

TestSuite(lexicon, .init = open_lexicon, .fini = close_lexicon);

/* Each row of a table is one case. */
#define ROWS_OF(table, name)                                                                       \
    TableRows(lexicon, name)                                                                       \
    {                                                                                              \
        static size_t rows[G_N_ELEMENTS(table)];                                                   \
        for (size_t k = 0; k < G_N_ELEMENTS(table); k++)                                           \
            rows[k] = k;                                                                           \
        return cr_make_param_array(size_t, rows, G_N_ELEMENTS(table));                             \
    }                                                                                              \
    TableTest(size_t *row, lexicon, name)

static const struct {
    const char *text;
    bool expected;
} REASONS[] = {
    {NULL, true},
    {"", true},
    {" 　", true},
    {"无", true},
    {"无。", true},
    {" 无 ", true},
    {"暂无", true},
    {"无偏差", true},
    {"不涉及", true},
    {"不适用", true},
    {"-", true},
    {"－", true},
    {"--", true},
    {"—", true},
    {"/", true},
    {"／", true},
    {"无法按期完成", false},
    {"疫情影响", false},
    {"0", false},
};

ROWS_OF(REASONS, blank_reason)
{
    cr_assert_eq(zp_lexicon_is_blank_reason(lexicon, REASONS[*row].text), REASONS[*row].expected,
                 "%s", REASONS[*row].text);
}

static const struct {
    const char *text;
    bool expected;
} LOWER[] = {
    {"软硬件故障率", true},
    {"投诉次数", true},
    {"差错率", true},
    {"安全事故发生数", true},
    {"案件发案率", true},
    {"死亡率", true},
    {"故障修复率", false},
    {"投诉处理及时率", false},
    {"事故防范培训次数", false},
    {"培训次数", false},
    {NULL, false},
    {"", false},
};

ROWS_OF(LOWER, lower_is_better)
{
    cr_assert_eq(zp_lexicon_is_lower_better(lexicon, LOWER[*row].text), LOWER[*row].expected, "%s",
                 LOWER[*row].text);
}

static const struct {
    const char *text;
    bool expected;
} RATES[] = {
    {"预算执行率", true},          {"资金执行率", true},
    {"预算资金执行率", true},      {"项目资金执行率", true},
    {"预算 执行率", true},         {"预算执行率（%）", true},
    {"预算执行率达标情况", false}, {"部门预算执行率", false},
    {"计划执行率", false},         {NULL, false},
};

ROWS_OF(RATES, rate_indicator)
{
    cr_assert_eq(zp_lexicon_is_rate_indicator(lexicon, RATES[*row].text), RATES[*row].expected,
                 "%s", RATES[*row].text);
}

static const struct {
    const char *name, *level1, *level2, *home;
} HOMES[] = {
    {"全市舆情应急管理培训人数", "产出指标", "质量指标", "数量指标"},
    {"支撑的应用系统数量", "效益指标", "社会效益指标", "数量指标"},
    {"服务响应时间", "产出指标", "成本指标", "时效指标"},
    {"服务响应时间", "产出指标", "时效指标", NULL},
    {"完成及时率", "产出指标", "进度指标", NULL},
    {"资金到位及时性", "产出指标", "质量指标", "时效指标"},
    {"调研次数", "产出指标", "数量指标", NULL},
    {"调研次数", "产出指标", "产出数量", NULL},
    {"培训人数（人）", "产出指标", "质量指标", "数量指标"},
    {"群众满意度", "满意度指标", "服务对象满意度指标", NULL},
    {"群众满意度", "满意度指标", "社会效益指标", NULL},
    {"群众满意度", "效益指标", "满意度指标", NULL},
    {"群众满意度", "产出指标", "质量指标", "满意度"},
    {"服务满意程度", "效益指标", "社会效益指标", "满意度"},
    {"受益人数", "效益指标", "社会效益指标", NULL},
    {"带动就业人数", "效益指标", "经济效益指标", NULL},
    {"惠及群众数量", "效益指标", "社会效益指标", NULL},
    {"受益人数", "产出指标", "质量指标", "数量指标"},
    {"受益次数", "效益指标", "社会效益指标", "数量指标"},
    {"数量指标完成情况", "产出指标", "质量指标", NULL},
    {"调研次数", "产出指标", "", NULL},
    {"调研次数", NULL, NULL, NULL},
    {"调研次数", NULL, "质量指标", "数量指标"},
    {NULL, "产出指标", "质量指标", NULL},
};

ROWS_OF(HOMES, home_of_name)
{
    const char *home =
        zp_lexicon_home_of_name(lexicon, HOMES[*row].name, HOMES[*row].level1, HOMES[*row].level2);
    cr_assert_eq(home != NULL, HOMES[*row].home != NULL, "%s: %s", HOMES[*row].name, home);
    cr_assert(!home || g_str_equal(home, HOMES[*row].home), "%s: %s", HOMES[*row].name, home);
}

static const struct {
    const char *unit, *base;
    int power;
} UNITS[] = {
    {NULL, "", 0},         {"元", "元", 0},         {"万元", "元", 4},     {"亿元", "元", 8},
    {"万人次", "人次", 4}, {"万", "", 4},           {"亿", "", 8},         {"%", "%", 0},
    {"百分比", "%", 0},    {"％", "%", 0},          {"%(百分比)", "%", 0}, {"‰", "‰", 0},
    {"千米", "千米", 0},   {"百分点", "百分点", 0},
};

ROWS_OF(UNITS, unit)
{
    int power = -1;
    cr_assert_str_eq(zp_lexicon_unit(lexicon, UNITS[*row].unit, &power), UNITS[*row].base);
    cr_assert_eq(power, UNITS[*row].power);
}

/* Every word of the lists means what its row says. */
static const struct {
    const char *word;
    ZpOp op;
} OPS[] = {
    {"≥", ZP_OP_GE},      {"≧", ZP_OP_GE},      {">=", ZP_OP_GE}, {"=>", ZP_OP_GE},
    {"不低于", ZP_OP_GE}, {"及以上", ZP_OP_GE}, {"≤", ZP_OP_LE},  {"≦", ZP_OP_LE},
    {"以内", ZP_OP_LE},   {"至多", ZP_OP_LE},   {">", ZP_OP_GT},  {"多于", ZP_OP_GT},
    {"<", ZP_OP_LT},      {"不足", ZP_OP_LT},   {"═", ZP_OP_EQ},  {"=", ZP_OP_EQ},
    {"大约", ZP_OP_NONE}, {"", ZP_OP_NONE},
};

ROWS_OF(OPS, op)
{
    cr_assert_eq(zp_lexicon_op(lexicon, OPS[*row].word, strlen(OPS[*row].word)), OPS[*row].op, "%s",
                 OPS[*row].word);
}

Test(lexicon, approx)
{
    cr_assert_eq(zp_lexicon_approx(lexicon, "余", strlen("余")), ZP_APPROX_MORE);
    cr_assert_eq(zp_lexicon_approx(lexicon, "左右", strlen("左右")), ZP_APPROX_ABOUT);
    cr_assert_eq(zp_lexicon_approx(lexicon, "≥", strlen("≥")), ZP_APPROX_NONE);
}
