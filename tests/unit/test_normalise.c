/*
 * test_normalise.c - how figures are read: text in, value out, one row each.
 *
 * The expected value is written as render() prints it: "ge 300 次", "range 1..3 天",
 * "7000 条 more", "le @2022-11-30", "malformed", "-" for nothing.
 */
#include "normalise/normalise.h"
#include "table.h"

#include "base/error.h"
#include "base/limits.h"

#include <criterion/criterion.h>
#include <string.h>

#define FIGURE ZP_KIND_FIGURE
#define TARGET ZP_KIND_TARGET

typedef struct {
    const char *text;
    const char *expected;
    ZpValueKind kind;
    int year; /* the form's; 0: unknown */
} Row;

static const Row ROWS[] = {
    /* plain figures */
    {"10", "10", FIGURE, 0},
    {"0", "0", FIGURE, 0},
    {"0.00", "0.00", FIGURE, 0},
    {"9.98", "9.98", FIGURE, 0},
    {"700000.00", "700000.00", FIGURE, 0},
    {"007", "7", FIGURE, 0},
    {"558,822.6", "558822.6", FIGURE, 0},
    {"1,263,685", "1263685", FIGURE, 0},
    {"6,998,185.82", "6998185.82", FIGURE, 0},
    {"1，263，685", "1263685", FIGURE, 0},
    {"+5", "5", FIGURE, 0},
    {"-5", "-5", FIGURE, 0},
    {"－5", "-5", FIGURE, 0},
    {"−5", "-5", FIGURE, 0},
    {"-1,000.50", "-1000.50", FIGURE, 0},
    {"１０", "10", FIGURE, 0},
    {"１，０００．５", "1000.5", FIGURE, 0},
    {"¥1,000", "1000", FIGURE, 0},
    {"￥1000元", "1000 元", FIGURE, 0},
    {"¥ 12.50", "12.50", FIGURE, 0},
    {"620.82万元", "620.82 万元", FIGURE, 0},
    {"1.2亿元", "1.2 亿元", FIGURE, 0},
    {"100 元", "100 元", FIGURE, 0},
    {"9.98分", "9.98 分", FIGURE, 0},
    {"50分", "50 分", FIGURE, 0},
    /* percent */
    {"99.79%", "99.79 %", FIGURE, 0},
    {"10％", "10 %", FIGURE, 0},
    {"99.79 %", "99.79 %", FIGURE, 0},
    {"100.00%", "100.00 %", FIGURE, 0},
    {"-5%", "-5 %", FIGURE, 0},
    {"0.9‰", "0.9 ‰", FIGURE, 0},
    {"=100%", "eq 100 %", FIGURE, 0},
    /* no number */
    {"", "-", FIGURE, 0},
    {"—", "-", FIGURE, 0},
    {"——", "-", FIGURE, 0},
    {"-", "-", FIGURE, 0},
    {"/", "-", FIGURE, 0},
    {"一", "-", FIGURE, 0},
    {"无", "-", FIGURE, 0},
    {".", "malformed", FIGURE, 0},
    {",", "malformed", FIGURE, 0},
    {"优", "malformed", FIGURE, 0},
    {"达成预期指标", "malformed", FIGURE, 0},
    {"见附件1", "malformed", FIGURE, 0},
    {"18/20", "malformed", FIGURE, 0},
    {"1:2", "malformed", FIGURE, 0},
    {"90-100", "malformed", FIGURE, 0},
    {"10分（满分）", "10 分", FIGURE, 0},
    {"满分", "malformed", FIGURE, 0},
    {"⑩", "malformed", FIGURE, 0},
    {"八成", "malformed", FIGURE, 0},
    {"见附件", "malformed", FIGURE, 0},
    {"年底", "malformed", FIGURE, 0},
    {"10分左右*", "malformed", FIGURE, 0},
    {"10*", "malformed", FIGURE, 0},
    {"10（5）", "malformed", FIGURE, 0},
    /* a remark behind a figure; a unit in brackets is none */
    {"10（见附件）", "10", FIGURE, 0},
    {"10（见附件2）", "10", FIGURE, 0},
    {"9.5分（扣0.5分）", "9.5 分", FIGURE, 0},
    {"95%【含结转】", "95 %", FIGURE, 0},
    {"1,200.50（含上年结转5万元）", "1200.50", FIGURE, 0},
    {"500（万元）", "500 万元", FIGURE, 0},
    {"95（%）", "95 %", FIGURE, 0},
    /* below 0 */
    {"△1", "-1", FIGURE, 0},
    {"▲1,000.5元", "-1000.5 元", FIGURE, 0},
    {"(1)", "-1", FIGURE, 0},
    {"（1,000.00）", "-1000.00", FIGURE, 0},
    {"（5）万元", "-5 万元", FIGURE, 0},
    {"△1%", "-1 %", TARGET, 0},
    {"(1)", "1", TARGET, 0},
    /* nothing, in whatever dash, and the reasons that say nothing */
    {"－", "-", FIGURE, 0},
    {"―", "-", FIGURE, 0},
    {"──", "-", FIGURE, 0},
    {"／", "-", FIGURE, 0},
    {"不涉及", "-", FIGURE, 0},
    {"暂无", "-", FIGURE, 0},
    {"不 适 用", "-", FIGURE, 0},
    /* malformed where one number must stand */
    {"≥1,0,0次", "malformed", TARGET, 0},
    {"0,100次", "malformed", TARGET, 0},
    {"7,00.0,77", "malformed", FIGURE, 0},
    {"1,23", "malformed", FIGURE, 0},
    {"12,34,567", "malformed", FIGURE, 0},
    {"1,2345", "malformed", FIGURE, 0},
    {"10 000", "malformed", FIGURE, 0},
    {"560000.0 0", "malformed", FIGURE, 0},
    {"10.", "malformed", FIGURE, 0},
    {".5", "malformed", FIGURE, 0},
    {"1.2.3", "malformed", FIGURE, 0},
    {"1..2", "malformed", FIGURE, 0},
    {"1,000,", "malformed", FIGURE, 0},
    {",100", "malformed", FIGURE, 0},
    {"10、5", "malformed", FIGURE, 0},
    {"1'000", "malformed", FIGURE, 0},
    {"7,00.0,77元", "malformed", FIGURE, 0},
    {"99..8%", "malformed", FIGURE, 0},
    {"¥1,00", "malformed", FIGURE, 0},
    {"1234567890123456789012345678901234567", "malformed", FIGURE, 0},
    {"1,234567890123456789012345678901234567", "malformed", FIGURE, 0},
    /* comparators: signs */
    {"≥300次", "ge 300 次", TARGET, 0},
    {"≥ 300 次", "ge 300 次", TARGET, 0},
    {">=85%", "ge 85 %", TARGET, 0},
    {"> =85%", "ge 85 %", TARGET, 0},
    {"=>85%", "ge 85 %", TARGET, 0},
    {"＞＝85％", "ge 85 %", TARGET, 0},
    {"≧735人次", "ge 735 人次", TARGET, 0},
    {"⩾5", "ge 5", TARGET, 0},
    {"≤20分钟", "le 20 分钟", TARGET, 0},
    {"<=15分钟", "le 15 分钟", TARGET, 0},
    {"=<15", "le 15", TARGET, 0},
    {"＜＝15", "le 15", TARGET, 0},
    {"≦0%", "le 0 %", TARGET, 0},
    {">20个", "gt 20 个", TARGET, 0},
    {"＞20个", "gt 20 个", TARGET, 0},
    {"<3", "lt 3", TARGET, 0},
    {"＜3", "lt 3", TARGET, 0},
    {"=95%", "eq 95 %", TARGET, 0},
    {"＝95%", "eq 95 %", TARGET, 0},
    {"═100%", "eq 100 %", TARGET, 0},
    {"≥-5℃", "ge -5 ℃", TARGET, 0},
    /* comparators: words */
    {"不低于90%", "ge 90 %", TARGET, 0},
    {"不少于5次", "ge 5 次", TARGET, 0},
    {"不早于2022年11月30日", "ge @2022-11-30", TARGET, 0},
    {"不小于5", "ge 5", TARGET, 0},
    {"至少3家", "ge 3 家", TARGET, 0},
    {"90%以上", "ge 90 %", TARGET, 0},
    {"90%及以上", "ge 90 %", TARGET, 0},
    {"90%（含）以上", "ge 90 %", TARGET, 0},
    {"5个以上", "ge 5 个", TARGET, 0},
    {"5以上", "ge 5", TARGET, 0},
    {"不高于3%", "le 3 %", TARGET, 0},
    {"不超过3万元", "le 3 万元", TARGET, 0},
    {"不大于3", "le 3", TARGET, 0},
    {"不多于3次", "le 3 次", TARGET, 0},
    {"至多3次", "le 3 次", TARGET, 0},
    {"5%以下", "le 5 %", TARGET, 0},
    {"30天以内", "le 30 天", TARGET, 0},
    {"30日内", "le 30 日", TARGET, 0},
    {"控制在5%以内", "le 5 %", TARGET, 0},
    {"超过100人", "gt 100 人", TARGET, 0},
    {"大于100人", "gt 100 人", TARGET, 0},
    {"高于95%", "gt 95 %", TARGET, 0},
    {"多于3次", "gt 3 次", TARGET, 0},
    {"不足5次", "lt 5 次", TARGET, 0},
    {"小于5%", "lt 5 %", TARGET, 0},
    {"低于5%", "lt 5 %", TARGET, 0},
    {"少于5次", "lt 5 次", TARGET, 0},
    {"≥90%以上", "ge 90 %", TARGET, 0},
    {"达到95%以上", "ge 95 %", TARGET, 0},
    /* approximations */
    {"7000余条", "7000 条 more", TARGET, 0},
    {"100余条", "100 条 more", TARGET, 0},
    {"100多个", "100 个 more", TARGET, 0},
    {"3万余人", "3 万人 more", TARGET, 0},
    {"2万多", "2 万 more", TARGET, 0},
    {"近1700次", "1700 次 about", TARGET, 0},
    {"约50", "50 about", TARGET, 0},
    {"大约50人", "50 人 about", TARGET, 0},
    {"50左右", "50 about", TARGET, 0},
    {"50人左右", "50 人 about", TARGET, 0},
    {"90%左右", "90 % about", TARGET, 0},
    {"完成近1700次", "1700 次 about", TARGET, 0},
    /* units */
    {"20分钟", "20 分钟", TARGET, 0},
    {"3万人", "3 万人", TARGET, 0},
    {"3 万人", "3 万人", TARGET, 0},
    {"3", "3", TARGET, 0},
    {"1035人", "1035 人", TARGET, 0},
    {"≥100百分比", "ge 100 百分比", TARGET, 0},
    {"100%(百分比)", "100 %", TARGET, 0},
    {"100%（百分比）", "100 %", TARGET, 0},
    {"100%（含）", "100 %", TARGET, 0},
    {"10ｋｇ", "10 ｋｇ", TARGET, 0},
    {"100m2", "100 m2", TARGET, 0},
    {"100㎡", "100 ㎡", TARGET, 0},
    {"1000元/生.年", "1000 元/生.年", TARGET, 0},
    {"150元/亩", "150 元/亩", TARGET, 0},
    {"80元/平方米·月", "80 元/平方米·月", TARGET, 0},
    {"1次/月", "1 次/月", TARGET, 0},
    {"30年", "30 年", TARGET, 0},
    {"1,263,685元", "1263685 元", TARGET, 0},
    {"1,234567890123456789012345678901234567", "malformed", TARGET, 0},
    {"1234567890123456789012345678901234567", "malformed", TARGET, 0},
    /* signs that pass for digits, and marks above the line */
    {"8¹", "8", TARGET, 0},
    {"87.1%²", "87.1 %", TARGET, 0},
    {"100m²", "100 m²", TARGET, 0},
    {"10⁴", "-", TARGET, 0},
    {"9½", "-", TARGET, 0},
    {"1⓪", "-", TARGET, 0},
    {"1О", "-", TARGET, 0}, /* Cyrillic */
    {"О.95", "-", TARGET, 0},
    {"1〇", "-", TARGET, 0},
    {"9٥", "-", TARGET, 0},
    {"9\u200b5", "-", TARGET, 0},
    {"\u202e59", "malformed", TARGET, 0},
    {"9\u03365\u0336", "malformed", TARGET, 0},
    {"9\b5", "malformed", FIGURE, 0},
    {"\033[8m95\033[0m", "malformed", FIGURE, 0},
    /* ranges */
    {"1-3天", "range 1..3 天", TARGET, 0},
    {"1~3", "range 1..3", TARGET, 0},
    {"1～3", "range 1..3", TARGET, 0},
    {"1至3", "range 1..3", TARGET, 0},
    {"1—3", "range 1..3", TARGET, 0},
    {"1——3", "range 1..3", TARGET, 0},
    {"1－3天", "range 1..3 天", TARGET, 0},
    {"1到3天", "range 1..3 天", TARGET, 0},
    {"1天至3天", "range 1..3 天", TARGET, 0},
    {"80%-90%", "range 80..90 %", TARGET, 0},
    {"80%～90%", "range 80..90 %", TARGET, 0},
    {"80-90%", "range 80..90 %", TARGET, 0},
    {"3万-5万元", "range 3..5 万元", TARGET, 0},
    {"1,000-2,000元", "range 1000..2000 元", TARGET, 0},
    {"1-3天之间", "range 1..3 天", TARGET, 0},
    {"9-3", "-", TARGET, 0},
    {"1米-2天", "-", TARGET, 0},
    /* dates */
    {"2022年1-12月", "-", TARGET, 0},
    {"2022年6月至2022年12月", "-", TARGET, 0},
    {"2022年年底", "@2022-12-31", TARGET, 0},
    {"11月底前", "le @2022-11-30", TARGET, 2022},
    {"11月底前", "-", TARGET, 0},
    {"11月底", "@2022-11-30", TARGET, 2022},
    {"11月底完成", "@2022-11-30", TARGET, 2022},
    {"2月底前", "le @2024-02-29", TARGET, 2024},
    {"2月底前", "le @2023-02-28", TARGET, 2023},
    {"2022年11月底前", "le @2022-11-30", TARGET, 0},
    {"12月底之前完成", "le @2022-12-31", TARGET, 2022},
    {"2022年底前", "le @2022-12-31", TARGET, 0},
    {"2022年底前完成", "le @2022-12-31", TARGET, 0},
    {"年底前", "le @2022-12-31", TARGET, 2022},
    {"年底前完成", "le @2022-12-31", TARGET, 2022},
    {"年底前", "-", TARGET, 0},
    {"本年底", "@2022-12-31", TARGET, 2022},
    {"2023年12月", "@2023-12", TARGET, 0},
    {"2023年12月", "@2023-12", TARGET, 2022},
    {"2021年12月完成", "@2021-12", TARGET, 0},
    {"2022年11月30日", "@2022-11-30", TARGET, 0},
    {"2022年11月30日前", "le @2022-11-30", TARGET, 0},
    {"2022 年 11 月 30 日", "@2022-11-30", TARGET, 0},
    {"11 月底前", "le @2022-11-30", TARGET, 2022},
    {"2022 年底前", "le @2022-12-31", TARGET, 0},
    {"2022 年", "@2022", TARGET, 0},
    {"11 月底完成 100%", "100 %", TARGET, 2022},
    {"不晚于2022年11月30日", "le @2022-11-30", TARGET, 0},
    {"11月30日前", "le @2022-11-30", TARGET, 2022},
    {"11月30日前", "-", TARGET, 0},
    {"11月30号", "@2022-11-30", TARGET, 2022},
    {"2022-11-30", "@2022-11-30", TARGET, 0},
    {"2022/11/30", "@2022-11-30", TARGET, 0},
    {"2022.11.30", "@2022-11-30", TARGET, 0},
    {"２０２２．１１．３０", "@2022-11-30", TARGET, 0},
    {"2022-1-5", "@2022-01-05", TARGET, 0},
    {"2022-11", "@2022-11", TARGET, 0},
    {"2020年", "@2020", TARGET, 0},
    {"2020年度", "@2020", TARGET, 0},
    {"1999年", "@1999", TARGET, 0},
    {"2020", "2020", TARGET, 0},
    {"2022年13月", "-", TARGET, 0},
    {"2月30日", "-", TARGET, 2022},
    {"2023年2月29日", "-", TARGET, 0},
    {"2024年2月29日", "@2024-02-29", TARGET, 0},
    {"1900年2月29日", "-", TARGET, 0},
    {"2000年2月29日", "@2000-02-29", TARGET, 0},
    {"2022-11-31", "-", TARGET, 0},
    {"2022年1月-12月", "-", TARGET, 0},
    {"1月至12月", "-", TARGET, 2022},
    {"2020-2022年", "-", TARGET, 0},
    /* one number beside a date */
    {"11月底完成100%", "100 %", TARGET, 2022},
    {"12月底之前完成100%", "100 %", TARGET, 2022},
    {"2022年11月30日前完成3次", "3 次", TARGET, 0},
    /* one number in prose */
    {"完成1700次", "1700 次", TARGET, 0},
    {"已完成100%", "100 %", TARGET, 0},
    {"时间≤20分钟", "le 20 分钟", TARGET, 0},
    {"故障处理时间不超过20分钟", "le 20 分钟", TARGET, 0},
    {"每月1次", "1 次", TARGET, 0},
    {"举办培训活动5次，效果良好", "5 次", TARGET, 0},
    {"覆盖全市近3万余人口", "3 万人 about", TARGET, 0},
    {"100%达到要求，群众满意", "100 %", TARGET, 0},
    /* several numbers, or digits that count nothing */
    {"7×24小时", "-", TARGET, 0},
    {"365天24小时", "-", TARGET, 0},
    {"18/20", "-", TARGET, 0},
    {"1:2", "-", TARGET, 0},
    {"第1、2期", "-", TARGET, 0},
    {"第3期", "-", TARGET, 0},
    {"1,2", "-", TARGET, 0},
    {"培训5次、参加100人", "-", TARGET, 0},
    {"财预〔2020〕10号", "-", TARGET, 0},
    {"依据A4标准", "-", TARGET, 0},
    {"±5%", "-", TARGET, 0},
    {"有效", "-", TARGET, 0},
    {"达成预期指标", "-", TARGET, 0},
    {"年度内无事故", "-", TARGET, 2022},
    {"年终考核合格", "-", TARGET, 2022},
    {"一次", "-", TARGET, 0},
    {"……", "-", TARGET, 0},
    /* malformed groups in a target */
    {"1,23次", "malformed", TARGET, 0},
    {"≥7,00.0,77元", "malformed", TARGET, 0},
    {"10,00", "malformed", TARGET, 0},
    {"1.2.3", "-", TARGET, 0},
};

static ZpRulebook *rulebook; /* of the test's own process */

static void open_rulebook(void)
{
    g_autoptr(GError) error = NULL;
    rulebook = zp_rulebook_open(NULL, &error);
    cr_assert_not_null(rulebook, "%s", error ? zp_error_text(error, ZP_LANG_EN) : "");
}

static void close_rulebook(void)
{
    zp_rulebook_free(rulebook);
}

TestSuite(normalise, .init = open_rulebook, .fini = close_rulebook);

static void put_word(GString *out, const char *word)
{
    if (word)
        g_string_append_printf(out, "%s%s", out->len ? " " : "", word);
}

static void put_date(GString *out, ZpDate date)
{
    g_autofree char *text =
        date.day     ? g_strdup_printf("@%04d-%02d-%02d", date.year, date.month, date.day)
        : date.month ? g_strdup_printf("@%04d-%02d", date.year, date.month)
                     : g_strdup_printf("@%04d", date.year);
    put_word(out, text);
}

static char *render(const ZpValue *value)
{
    static const char *const APPROX[] = {NULL, "more", "about"};
    char lower[ZP_DECIMAL_TEXT_MAX], upper[ZP_DECIMAL_TEXT_MAX];
    GString *out = g_string_new(NULL);
    put_word(out, zp_op_name(value->op));
    if (value->has_value)
        put_word(out, zp_decimal_print(value->value, lower));
    if (value->has_upper)
        g_string_append_printf(out, "..%s", zp_decimal_print(value->upper, upper));
    if (value->date.year)
        put_date(out, value->date);
    put_word(out, value->unit);
    put_word(out, APPROX[value->approx]);
    if (value->is_malformed)
        put_word(out, "malformed");
    if (!out->len)
        put_word(out, "-");
    return g_string_free(out, FALSE);
}

typedef void (*Normalise)(const ZpRulebook *, ZpValue *, ZpValueKind, int, GStringChunk *);

static char *run(Normalise normalise, const char *text, ZpValueKind kind, int year)
{
    GStringChunk *strings = g_string_chunk_new(64);
    ZpValue value = {.text = text};
    normalise(rulebook, &value, kind, year, strings);
    cr_assert_eq(value.text, text, "the text is never rewritten");
    char *out = render(&value);
    g_string_chunk_free(strings);
    return out;
}

TableRows(normalise, reads)
{
    static int indexes[G_N_ELEMENTS(ROWS)];
    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++)
        indexes[i] = (int)i;
    return cr_make_param_array(int, indexes, G_N_ELEMENTS(ROWS));
}

TableTest(int *index, normalise, reads)
{
    const Row *row = &ROWS[*index];
    g_autofree char *got = run(zp_normalise_value, row->text, row->kind, row->year);
    cr_assert_str_eq(got, row->expected, "\"%s\": got \"%s\", expected \"%s\"", row->text, got,
                     row->expected);
}

/* The short way for plain numbers gives what the patterns give, for every row and kind. */
Test(normalise, short_way_agrees)
{
    static const ZpValueKind KINDS[] = {FIGURE, TARGET};
    static const char *const MORE[] = {
        "1",
        "10",
        "100",
        "0.5",
        "00.50",
        "1.",
        ".1",
        "1e5",
        "0x10",
        "1 ",
        " 1",
        "1.5.5",
        "+1",
        "-1",
        "+-1",
        "123456789012345678901234567890123456",
        "1234567890123456789012345678901234567",
        "0.123456789012345678901234567890",
        "0.1234567890123456789012345678901",
    };
    for (guint i = 0; i < G_N_ELEMENTS(ROWS) + G_N_ELEMENTS(MORE); i++) {
        const char *text = i < G_N_ELEMENTS(ROWS) ? ROWS[i].text : MORE[i - G_N_ELEMENTS(ROWS)];
        for (guint k = 0; k < G_N_ELEMENTS(KINDS); k++) {
            g_autofree char *one = run(zp_normalise_value, text, KINDS[k], 2022);
            g_autofree char *two = run(zp_normalise_by_patterns, text, KINDS[k], 2022);
            cr_assert_str_eq(one, two, "\"%s\": %s, by patterns %s", text, one, two);
        }
    }
}

/* A cell above ZP_LIMIT_VALUE_BYTES is prose; one at it is read. */
Test(normalise, long_cell)
{
    g_autofree char *blank = g_strnfill(ZP_LIMIT_VALUE_BYTES - 2, 'x');
    g_autofree char *at_limit = g_strconcat(blank, "=5", NULL);
    g_autofree char *above = g_strconcat(blank, "==5", NULL);
    g_autofree char *read = run(zp_normalise_value, at_limit, TARGET, 0);
    cr_assert_str_eq(read, "eq 5");
    g_autofree char *skipped = run(zp_normalise_value, above, TARGET, 0);
    cr_assert_str_eq(skipped, "-");
}

/* Texts made to run away end, and in time. */
Test(normalise, hostile_cells, .timeout = 20)
{
    static const char *const SEEDS[] = {"1,", "12月", "第1", "完成", "A1", "1.",
                                        "(",  "￥",   "　1", "年",   "≥1"};
    for (guint i = 0; i < G_N_ELEMENTS(SEEDS); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        while (text->len + strlen(SEEDS[i]) <= ZP_LIMIT_VALUE_BYTES)
            g_string_append(text, SEEDS[i]);
        for (int k = 0; k < 50; k++) {
            g_autofree char *figure = run(zp_normalise_value, text->str, FIGURE, 2022);
            g_autofree char *target = run(zp_normalise_value, text->str, TARGET, 2022);
        }
    }
}

Test(normalise, no_column)
{
    GStringChunk *strings = g_string_chunk_new(64);
    ZpValue value = {.text = NULL, .has_value = true};
    zp_normalise_value(rulebook, &value, TARGET, 2022, strings);
    cr_assert(!value.has_value);
    cr_assert_null(value.text);
    g_string_chunk_free(strings);
}
