/*
 * test_recognise.c - forms out of grids: columns by labels, rows put back, cut cells joined,
 * levels inherited and inferred, blocks found missing.
 *
 * A case is `|`-separated text and the form that must come of it, printed in a short notation:
 *
 *     title year; project @ unit; F source initial/budget/executed/weight/rate/score; G expected/actual;
 *     I level1>level2>name target/actual/weight/score/reason; T weight/score/grade; X label=text;
 *     R code pointer; U unused text; M missing blocks
 */
#include "base/error.h"
#include "base/limits.h"
#include "parsers/text/text.h"
#include "recognise/recognise.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

#define HEAD "项目支出绩效自评表\n(2022年度)\n项目名称 | 甲\n主管部门 | 乙 | 实施单位 | 丙\n"
#define FUNDS                                                                                                      \
    "项目资金(万元) | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分\n" \
    "| 年度资金总额 | 10 | 20 | 10 | 10 | 50% | 5\n"
#define GOALS "年度总体目标 | 预期目标 | | 实际完成情况\n| 修路 | | 修好\n"
#define INDICATORS                                                                                                       \
    "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | " \
    "偏差原因分析及改进措施\n"
#define ROW   "| 产出指标 | 数量指标 | 里程 | ≥1公里 | 2公里 | 90 | 90 |\n"
#define TOTAL "总分 | | | | | | 100 | 95\n"

#define HEAD_OUT  "项目支出绩效自评表 2022; 甲 @ 丙; "
#define FUNDS_OUT "F total 10/20/10/10/50%/5; "
#define GOALS_OUT "G 修路/修好; "
#define ROW_OUT   "I 产出指标>数量指标>里程 ≥1公里/2公里/90/90/; "
#define TOTAL_OUT "T 100/95; "

typedef struct {
    const char *name, *input, *form;
} Case;

static const Case CASES[] = {
    {"whole", HEAD FUNDS GOALS INDICATORS ROW TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT},
    {"a row with a copy of the block's label and nothing else",
     HEAD
     "项目资金(万元) | 资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分\n"
     "项目资金(万元) | | | | | | |\n"
     "项目资金(万元) | 年度资金总额 | 10 | 20 | 10 | 10 | 50% | 5\n" GOALS INDICATORS ROW TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT},
    {"weight before target",
     HEAD FUNDS GOALS "绩效指标|一级指标|二级指标|三级指标|分值|年度指标值|实际完成值|得分|原因\n"
                      "|产出指标|数量指标|里程|90|≥1公里|2公里|90|\n总分||||100|||95\n",
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT},
    {"a row that lost its first cell",
     HEAD FUNDS GOALS INDICATORS ROW "满意度指标|服务对象满意度指标|满意率|≥90%|95%|10|10|\n" TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT
     "I 满意度指标>服务对象满意度指标>满意率 ≥90%/95%/10/10/; " TOTAL_OUT "R R01 /indicators/1; "},
    {"funds rows one to the right",
     HEAD "项目资金(万元) | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分\n"
          "| | 年度资金总额 | 10 | 20 | 10 | 10 | 50% | 5\n| | 其他资金 | 0 | 0 | | — | |\n" GOALS
              INDICATORS ROW TOTAL,
     HEAD_OUT FUNDS_OUT "F other 0/0//—//; " GOALS_OUT ROW_OUT TOTAL_OUT
                        "R R01 /funds/0; R R01 /funds/1; "},
    {"a level inherited",
     HEAD FUNDS GOALS INDICATORS ROW "| | | 桥梁 | 1座 | 1座 | 5 | 5 | \n" TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT "I 产出指标>数量指标>桥梁 1座/1座/5/5/; " TOTAL_OUT},
    {"a level printed below its first row",
     HEAD FUNDS GOALS INDICATORS ROW "| | 社会效益指标 | 畅通 | 好 | 好 | 5 | 5 |\n| 效益指标 | "
                                     "经济效益指标 | 增收 | 1% | 1% | 5 | 5 |\n" TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT "I 效益指标>社会效益指标>畅通 好/好/5/5/; "
                                          "I 效益指标>经济效益指标>增收 1%/1%/5/5/; " TOTAL_OUT
                                          "R R05 /indicators/1/level1; "},
    {"a level 2 that may stand under either",
     HEAD FUNDS GOALS INDICATORS "| 效益指标 | 社会效益指标 | 畅通 | 好 | 好 | 5 | 5 |\n"
                                 "| | 满意度指标 | 满意率 | 90% | 90% | 5 | 5 |\n" TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT "I 效益指标>社会效益指标>畅通 好/好/5/5/; "
                                  "I 效益指标>满意度指标>满意率 90%/90%/5/5/; " TOTAL_OUT},
    {"a reason cut by a page break",
     HEAD FUNDS GOALS INDICATORS
     "| 产出指标 | 数量指标 | 里程 | ≥3公里 | 2公里 | 90 | 60 | 雨水\n\n- 9 - |\n"
     "| | | | | | | | 太多\n" TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT "I 产出指标>数量指标>里程 ≥3公里/2公里/90/60/雨水太多; " TOTAL_OUT
                                  "R R02 /indicators/0/reason; R R03 ; "},
    {"a header repeated on the next page", HEAD FUNDS GOALS INDICATORS ROW "\n" INDICATORS TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT "R R03 /indicators; "},
    {"mark-up printed as text",
     HEAD FUNDS
     "年度总体目标 | 预期目标 | | 实际完成情况\n| <p>修路</p> | | 修好&nbsp;\n" INDICATORS ROW
         TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT "R R04 /goals/expected; R R04 /goals/actual; "},
    {"template rows",
     HEAD FUNDS GOALS INDICATORS ROW
     "| | | 指标2 | | | | |\n| 效益指标 | 经济效益指标 | | | | | |\n" TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT "I- 产出指标>数量指标>指标2 ////; "
                                          "I- 效益指标>经济效益指标> ////; " TOTAL_OUT},
    {"parts of an indicator",
     HEAD FUNDS GOALS INDICATORS ROW "| | | 其中：县道 | 1公里 | 1公里 | | |\n" TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT
     "I+0 产出指标>数量指标>其中：县道 1公里/1公里///; " TOTAL_OUT},
    {"a target in three columns",
     HEAD FUNDS GOALS
     "绩效指标|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|实际完成值|分值|得分|原因\n"
     "|产出指标|数量指标|里程|≥|1|公里|2公里|90|90|\n总分||||||||100|95|优\n",
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT "T 100/95/优; "},
    {"a header of two lines, its merge lost",
     HEAD FUNDS GOALS "绩效指标||||||年度指标值|实际完成值|分值|得分|原因\n"
                      "一级指标|二级指标|三级指标|指标性质|指标值|度量单位\n"
                      "产出指标|数量指标|里程|≥|1|公里|2公里|90|90|\n总分|||||||100|95|\n",
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT},
    {"columns that no field takes",
     HEAD FUNDS GOALS "绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|复核分\n"
                      "|产出指标|数量指标|里程|≥1公里|2公里|90|90|88\n" TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT
     "I 产出指标>数量指标>里程 ≥1公里/2公里/90/90/-{复核分=88}; " TOTAL_OUT},
    {"goals beside their labels",
     HEAD FUNDS "项目年度目标 | 修路\n年度目标完成情况 | 修好\n" INDICATORS ROW TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT},
    {"unknown labels",
     HEAD "工作难点 | 山高 | | 自评得分 | 95\n" FUNDS GOALS INDICATORS ROW TOTAL
          "其他需要说明事项 | 无\n",
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT
     "H 95; X 工作难点=山高; X 其他需要说明事项=无; "},
    {"several departments and units",
     "项目支出绩效自评表\n(2022年度)\n项目名称|甲\n单位名称|丁\n中央主管部门|戊|地方主管部门|己|"
     "实施单位|丙\n" FUNDS GOALS INDICATORS ROW TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT "X 单位名称=丁; X 中央主管部门=戊; "},
    {"text without a label", HEAD FUNDS GOALS INDICATORS ROW "| | | | | | | | | 谁写的\n" TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT "U 谁写的; "},
    {"text without a label before the total", HEAD FUNDS GOALS INDICATORS ROW "| 谁写的 |\n" TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT "U 谁写的; "},
    {"text without a label behind the goals",
     HEAD FUNDS GOALS "| | 随便一句 |\n" INDICATORS ROW TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT "U 随便一句; "},
    {"a goal in two rows", HEAD FUNDS GOALS "| 造桥 |\n" INDICATORS ROW TOTAL,
     HEAD_OUT FUNDS_OUT "G 修路造桥/修好; " ROW_OUT TOTAL_OUT "R R02 /goals/expected; "},
    {"a source of money without money", HEAD FUNDS "| 银行贷款 |\n" GOALS INDICATORS ROW TOTAL,
     HEAD_OUT FUNDS_OUT "F other /////; " GOALS_OUT ROW_OUT TOTAL_OUT},
    {"two target blocks, each with its header",
     HEAD FUNDS GOALS "年度绩效目标1|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分\n"
                      "|产出指标|数量指标|里程|1|1|50|50\n"
                      "年度绩效目标2|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分\n"
                      "|产出指标|数量指标|里程|1|1|40|40\n" TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT "I#1 产出指标>数量指标>里程 1/1/50/50/-; "
                                  "I#2 产出指标>数量指标>里程 1/1/40/40/-; " TOTAL_OUT},
    {"no total row", HEAD FUNDS GOALS INDICATORS ROW,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT "M total; "},
    {"cut behind the header", HEAD FUNDS GOALS INDICATORS,
     HEAD_OUT FUNDS_OUT GOALS_OUT "M indicators total; "},
    {"cut behind the funds", HEAD FUNDS, HEAD_OUT FUNDS_OUT "M indicators total; "},
    {"text around", "某局文件\n请见下表：\n" HEAD FUNDS GOALS INDICATORS ROW TOTAL "联系我们\n",
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT},
    {"without a title",
     "(2022年度)\n项目名称 | 甲\n实施单位 | 丙\n" FUNDS GOALS INDICATORS ROW TOTAL,
     "- 2022; 甲 @ 丙; " FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT},
    {"a heading that repeats the title",
     "项目支出绩效自评表\n\n" HEAD FUNDS GOALS INDICATORS ROW TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT},
    {"two forms", HEAD FUNDS GOALS INDICATORS ROW TOTAL HEAD FUNDS GOALS INDICATORS ROW TOTAL,
     HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT
     "\n" HEAD_OUT FUNDS_OUT GOALS_OUT ROW_OUT TOTAL_OUT},
    {"a list of projects", "项目名称 | 预算数 | 执行数\n甲 | 1 | 1\n乙 | 2 | 2\n", ""},
    {"no form", "项目支出绩效自评表\n本表说明如何填写。\n", ""},
    {"empty", "", ""},
};

static void print_value(GString *out, const ZpValue *value, const char *end)
{
    g_string_append_printf(out, "%s%s", value->text ? value->text : "-", end);
}

static void print_head(GString *out, const ZpForm *form)
{
    g_string_append_printf(out, "%s %d; %s @ %s; ", form->title.text ? form->title.text : "-",
                           form->year, form->project.text, form->unit.text);
    for (guint k = 0; k < form->funds->len; k++) {
        const ZpFund *fund = zp_form_fund(form, k);
        g_string_append_printf(out, "F %s ", zp_source_name(fund->source));
        for (const ZpColumn *column = ZP_FUND_COLUMNS; column->name; column++)
            print_value(out, zp_column_value(fund, column), column[1].name ? "/" : "; ");
    }
    if (form->blocks & ZP_BLOCK_GOALS)
        g_string_append_printf(out, "G %s/%s; ", form->goal_expected.text, form->goal_actual.text);
}

static void print_indicator(GString *out, const ZpIndicator *row)
{
    g_string_append_printf(out, "I%s", row->is_empty ? "-" : "");
    if (row->part_of >= 0)
        g_string_append_printf(out, "+%d", row->part_of);
    if (row->block)
        g_string_append_printf(out, "#%d", row->block);
    g_string_append_printf(out, " %s>%s>%s ", row->level1.text, row->level2.text, row->level3.text);
    for (const ZpColumn *column = ZP_INDICATOR_COLUMNS; column->name; column++)
        print_value(out, zp_column_value(row, column), "/");
    g_string_append(out, row->reason.text ? row->reason.text : "-");
    for (guint i = 0; row->other && i < row->other->len; i++) {
        const ZpExtra *other = g_ptr_array_index(row->other, i);
        g_string_append_printf(out, "{%s=%s}", other->label.text, other->value.text);
    }
    g_string_append(out, "; ");
}

static void print_tail(GString *out, const ZpForm *form)
{
    static const struct {
        ZpBlock block;
        const char *name;
    } BLOCKS[] = {{ZP_BLOCK_FUNDS, "funds"},
                  {ZP_BLOCK_GOALS, "goals"},
                  {ZP_BLOCK_INDICATORS, "indicators"},
                  {ZP_BLOCK_TOTAL, "total"}};
    if (form->headline.text)
        g_string_append_printf(out, "H %s; ", form->headline.text);
    for (guint i = 0; i < form->extra->len; i++) {
        const ZpExtra *extra = g_ptr_array_index(form->extra, i);
        g_string_append_printf(out, "X %s=%s; ", extra->label.text, extra->value.text);
    }
    for (guint i = 0; i < form->repairs->len; i++) {
        const ZpRepair *repair = g_ptr_array_index(form->repairs, i);
        g_string_append_printf(out, "R %s %s; ", repair->code, repair->pointer);
    }
    for (guint i = 0; i < form->unread->len; i++)
        g_string_append_printf(out, "U %s; ",
                               ((ZpUnread *)g_ptr_array_index(form->unread, i))->text.text);
    if (form->missing)
        g_string_append(out, "M");
    for (guint i = 0; i < G_N_ELEMENTS(BLOCKS); i++) {
        if (form->missing & BLOCKS[i].block)
            g_string_append_printf(out, " %s", BLOCKS[i].name);
    }
    g_string_append(out, form->missing ? "; " : "");
}

static void print_form(GString *out, const ZpForm *form)
{
    print_head(out, form);
    for (guint k = 0; k < form->indicators->len; k++)
        print_indicator(out, zp_form_indicator(form, k));
    if (form->blocks & ZP_BLOCK_TOTAL) {
        g_string_append(out, "T ");
        print_value(out, &form->total_weight, "/");
        print_value(out, &form->total_score, form->total_grade.text ? "/" : "; ");
        if (form->total_grade.text)
            g_string_append_printf(out, "%s; ", form->total_grade.text);
    }
    print_tail(out, form);
}

static GPtrArray *forms_of(const char *input, GError **error)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(GBytes) bytes = g_bytes_new_static(input, strlen(input));
    g_autoptr(ZpDocument) document = zp_text_parser.read(bytes, NULL, NULL);
    return zp_recognise(rulebook, document, error);
}

static char *recognised(const char *input)
{
    g_autoptr(GPtrArray) forms = forms_of(input, NULL);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < forms->len; i++) {
        if (i)
            g_string_append_c(out, '\n');
        print_form(out, g_ptr_array_index(forms, i));
    }
    return g_string_free(out, FALSE);
}

TableRows(recognise, form)
{
    static size_t indexes[G_N_ELEMENTS(CASES)];
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
        indexes[i] = i;
    return cr_make_param_array(size_t, indexes, G_N_ELEMENTS(CASES));
}

TableTest(size_t *index, recognise, form)
{
    const Case *row = &CASES[*index];
    g_autofree char *form = recognised(row->input);
    cr_expect_str_eq(form, row->form, "%s\n got %s\nwant %s", row->name, form, row->form);
}

static char *repeated(const char *head, const char *line, guint times)
{
    GString *text = g_string_new(head);
    for (guint i = 0; i < times; i++)
        g_string_append(text, line);
    return g_string_free(text, FALSE);
}

Test(recognise, limit_forms)
{
    g_autofree char *text = repeated("", "项目名称\t甲\n全年执行数\t1\n", ZP_LIMIT_FORMS + 1);
    g_autoptr(GError) error = NULL;
    cr_expect_null(forms_of(text, &error));
    cr_expect(g_error_matches(error, ZP_ERROR, ZP_ERROR_LIMIT));
    cr_expect(strstr(error->message, "ZP_LIMIT_FORMS"), "%s", error->message);
}

/* Rows beyond the limit are not read, and said to be unused. */
Test(recognise, limit_form_rows)
{
    g_autofree char *text = repeated(HEAD INDICATORS, ROW, ZP_LIMIT_FORM_ROWS);
    g_autoptr(GPtrArray) forms = forms_of(text, NULL);
    const ZpForm *form = g_ptr_array_index(forms, 0);
    cr_expect_eq(form->indicators->len, ZP_LIMIT_FORM_ROWS - 5);
    cr_expect_eq(form->unread->len + form->n_unread_more, 5u * 7, "%u and %u", form->unread->len,
                 form->n_unread_more);
}

/* What is beyond the texts that are gathered is counted all the same. */
Test(recognise, limit_unused_gathered)
{
    g_autofree char *text =
        repeated(HEAD INDICATORS ROW, "| | | | | | | | | 甲\n", ZP_LIMIT_UNUSED_GATHERED + 7);
    g_autoptr(GPtrArray) forms = forms_of(text, NULL);
    const ZpForm *form = g_ptr_array_index(forms, 0);
    cr_expect_eq(form->unread->len, ZP_LIMIT_UNUSED_TEXTS);
    cr_expect_eq(form->n_unread_more, ZP_LIMIT_UNUSED_GATHERED + 7 - ZP_LIMIT_UNUSED_TEXTS);
}

Test(recognise, limit_unused_texts)
{
    g_autofree char *text =
        repeated(HEAD INDICATORS ROW, "| | | | | | | | | 甲\n", ZP_LIMIT_UNUSED_TEXTS + 7);
    g_autoptr(GPtrArray) forms = forms_of(text, NULL);
    const ZpForm *form = g_ptr_array_index(forms, 0);
    cr_expect_eq(form->unread->len, ZP_LIMIT_UNUSED_TEXTS);
    cr_expect_eq(form->n_unread_more, 7u);
}
