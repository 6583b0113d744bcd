/*
 * workbook_plans.c - which columns each sheet has, in the order in which workbook.c fills them.
 */
#include "output/workbook_plans.h"

#define FILE_COLUMN                                                                                \
    {                                                                                              \
        "文件", "file", 34, ZP_LOOK_PLAIN                                                          \
    }
#define FORM_COLUMNS                                                                               \
    FILE_COLUMN, {"第几张表", "form", 7, ZP_LOOK_PLAIN},                                           \
        {"项目名称", "project", 28, ZP_LOOK_PLAIN}, {"实施单位", "unit", 24, ZP_LOOK_PLAIN},       \
    {                                                                                              \
        "年度", "year", 7, ZP_LOOK_PLAIN                                                           \
    }
#define REMARKS_COLUMN                                                                             \
    {                                                                                              \
        "说明", "remarks", 24, ZP_LOOK_WRAPPED                                                     \
    }
#define REVIEW_COLUMN                                                                              \
    {                                                                                              \
        "复核意见", "review", 30, ZP_LOOK_REVIEW                                                   \
    }
#define PLAIN(zh, en, width)                                                                       \
    {                                                                                              \
        zh, en, width, ZP_LOOK_PLAIN                                                               \
    }

static const ZpSheetColumn SUMMARY_COLUMNS[] = {
    PLAIN("条目", "item", 30),
    PLAIN("数", "value", 14),
    {"说明", "meaning", 90, ZP_LOOK_WRAPPED},
    {NULL, NULL, 0, ZP_LOOK_PLAIN},
};

static const ZpSheetColumn FINDING_COLUMNS[] = {
    FORM_COLUMNS,
    {"级别", "severity", 9, ZP_LOOK_SEVERITY},
    PLAIN("规则", "rule", 7),
    PLAIN("规则名", "rule name", 20),
    PLAIN("位置", "place", 34),
    PLAIN("页", "page", 6),
    PLAIN("表格", "table", 6),
    PLAIN("行", "row", 6),
    PLAIN("列", "column", 6),
    PLAIN("文本行", "line", 7),
    PLAIN("填报", "stated", 16),
    PLAIN("应为", "expected", 16),
    {"问题说明", "message", 60, ZP_LOOK_WRAPPED},
    PLAIN("取整习惯", "habit", 8),
    PLAIN("状态", "standing", 14),
    PLAIN("字段", "pointer", 22),
    PLAIN("指纹", "fingerprint", 12),
    REMARKS_COLUMN,
    REVIEW_COLUMN,
    {NULL, NULL, 0, ZP_LOOK_PLAIN},
};

static const ZpSheetColumn FORM_SHEET_COLUMNS[] = {
    FORM_COLUMNS,
    PLAIN("标题", "title", 28),
    PLAIN("主管部门", "department", 20),
    PLAIN("表样", "template", 12),
    PLAIN("评分规则", "profile", 12),
    PLAIN("金额单位", "currency unit", 9),
    PLAIN("填报总分", "stated total", 10),
    PLAIN("重算总分", "recomputed total", 10),
    {"相差", "difference", 9, ZP_LOOK_NONZERO},
    PLAIN("填报等级", "stated grade", 9),
    PLAIN("重算等级", "recomputed grade", 9),
    PLAIN("重算执行得分", "recomputed execution score", 10),
    PLAIN("错误", "errors", 7),
    PLAIN("警告", "warnings", 7),
    PLAIN("提示", "notes", 7),
    {"未判断", "unjudged", 7, ZP_LOOK_NONZERO},
    {"没读准", "lost or in doubt", 8, ZP_LOOK_NONZERO},
    PLAIN("修复", "repairs", 7),
    PLAIN("通过", "passed", 7),
    PLAIN("不适用", "not applicable", 7),
    REMARKS_COLUMN,
    REVIEW_COLUMN,
    {NULL, NULL, 0, ZP_LOOK_PLAIN},
};

static const ZpSheetColumn FUND_COLUMNS[] = {
    FORM_COLUMNS,
    PLAIN("金额单位", "currency unit", 9),
    PLAIN("资金来源", "source", 14),
    PLAIN("资金名称", "label", 24),
    PLAIN("年初预算数", "initial", 14),
    PLAIN("全年预算数", "budget", 14),
    PLAIN("全年执行数", "executed", 14),
    PLAIN("分值", "weight", 8),
    PLAIN("执行率", "rate", 10),
    PLAIN("得分", "score", 8),
    {"原因", "reason", 40, ZP_LOOK_WRAPPED},
    REMARKS_COLUMN,
    {NULL, NULL, 0, ZP_LOOK_PLAIN},
};

static const ZpSheetColumn INDICATOR_COLUMNS[] = {
    FORM_COLUMNS,
    PLAIN("序号", "number", 6),
    PLAIN("目标组", "block", 6),
    PLAIN("一级指标", "level 1", 12),
    PLAIN("二级指标", "level 2", 14),
    PLAIN("三级指标", "level 3", 30),
    PLAIN("年度指标值", "target", 18),
    PLAIN("指标值数", "target number", 10),
    PLAIN("实际完成值", "actual", 18),
    PLAIN("完成值数", "actual number", 10),
    PLAIN("计量单位", "unit", 8),
    PLAIN("分值", "weight", 8),
    PLAIN("得分", "score", 8),
    PLAIN("重算得分", "recomputed score", 9),
    {"偏差原因分析及改进措施", "reason", 40, ZP_LOOK_WRAPPED},
    {"其他栏", "other columns", 24, ZP_LOOK_WRAPPED},
    REMARKS_COLUMN,
    {NULL, NULL, 0, ZP_LOOK_PLAIN},
};

static const ZpSheetColumn UNREAD_COLUMNS[] = {
    FORM_COLUMNS,
    {"级别", "severity", 9, ZP_LOOK_SEVERITY},
    PLAIN("代码", "code", 7),
    PLAIN("种类", "kind", 18),
    PLAIN("位置", "place", 34),
    PLAIN("页", "page", 6),
    {"说明", "what happened", 70, ZP_LOOK_WRAPPED},
    REVIEW_COLUMN,
    {NULL, NULL, 0, ZP_LOOK_PLAIN},
};

const ZpSheetPlan ZP_WORKBOOK_PLANS[ZP_SHEET_COUNT] = {
    [ZP_SHEET_SUMMARY] = {"汇总", "Summary", SUMMARY_COLUMNS},
    [ZP_SHEET_FINDINGS] = {"问题", "Findings", FINDING_COLUMNS},
    [ZP_SHEET_FORMS] = {"表", "Forms", FORM_SHEET_COLUMNS},
    [ZP_SHEET_FUNDS] = {"资金", "Funds", FUND_COLUMNS},
    [ZP_SHEET_INDICATORS] = {"指标", "Indicators", INDICATOR_COLUMNS},
    [ZP_SHEET_UNREAD] = {"未读", "Unread", UNREAD_COLUMNS},
};
