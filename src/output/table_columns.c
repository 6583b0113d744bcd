/*
 * table_columns.c - the columns of every table.
 *
 * A column that CSV and the database both have stands once.  The heads of the indicators' CSV are the contract's.
 */
#include "output/tables.h"

#define COLUMN(name, zh, sql, csv, shown)                                                          \
    {                                                                                              \
        name, zh, sql, csv, shown                                                                  \
    }
/* What is in both, in CSV alone, in the database alone. */
#define BOTH(name, zh, sql) COLUMN(name, zh, sql, true, ZP_SHOWN)
#define CSV(name, zh)       COLUMN(name, zh, NULL, true, ZP_SHOWN_NOT)
#define SQL(name, sql)      COLUMN(name, NULL, sql, false, ZP_SHOWN_NOT)
#define SEEN(name, zh, sql) COLUMN(name, zh, sql, false, ZP_SHOWN)

#define ID      SQL("id", "INTEGER PRIMARY KEY")
#define OF_FILE SQL("file_id", "INTEGER NOT NULL REFERENCES files (id)")
#define OF_FORM SQL("form_id", "INTEGER NOT NULL REFERENCES forms (id)")
#define OF_ANY  SQL("form_id", "INTEGER REFERENCES forms (id)") /* NULL: about the file itself */
#define NUMBER  SQL("number", "INTEGER NOT NULL") /* in the order of the print, from 0 */
#define PLACES                                                                                     \
    SEEN("at_page", "页", "INTEGER"), SEEN("at_table", "表格", "INTEGER"),                         \
        SEEN("at_row", "行", "INTEGER"), SEEN("at_col", "列", "INTEGER"),                          \
        SEEN("at_line", "文本行", "INTEGER")

#define CONTEXT                                                                                    \
    CSV("path", "文件"), CSV("form", "第几张表"), CSV("year", "年度"), CSV("project", "项目名称"), \
        CSV("unit", "实施单位")

/* A figure as printed, its exact decimal, its unit, its place. */
#define VALUE(name, zh, shown, op_shown)                                                           \
    BOTH(name "_text", zh, "TEXT"), {name "_op", zh "：比较", "TEXT", true, op_shown},             \
        {name "_value", zh "：数值", "TEXT", true, shown},                                         \
        BOTH(name "_unit", zh "：单位", "TEXT"), SQL(name "_at", "TEXT")
/* Beside that: the upper end of a range, a date, whether it is approximate. */
#define TARGET(name, zh)                                                                           \
    VALUE(name, zh, ZP_SHOWN_NUMBER, ZP_SHOWN), SQL(name "_upper", "TEXT"),                        \
        SQL(name "_date", "TEXT"), SQL(name "_approx", "INTEGER")
#define FIGURE(name, zh) VALUE(name, zh, ZP_SHOWN_NUMBER, ZP_SHOWN_NOT)
#define MONEY(name, zh)  VALUE(name, zh, ZP_SHOWN_MONEY, ZP_SHOWN_NOT)
#define END              COLUMN(NULL, NULL, NULL, false, ZP_SHOWN_NOT)

static const ZpTableColumn FILES[] = {
    ID,
    SQL("path", "TEXT NOT NULL"),
    SQL("path_bytes", "TEXT"), /* hex, where the path is no UTF-8 */
    SQL("sha256", "TEXT"),
    SQL("format", "TEXT"),
    SQL("status", "TEXT NOT NULL CHECK (status IN ('ok', 'partial', 'failed', 'unread'))"),
    SQL("error_code", "TEXT"),
    SQL("error", "TEXT"),
    END,
};

static const ZpTableColumn FORMS[] = {
    ID,
    OF_FILE,
    NUMBER,
    CSV("path", "文件"),
    CSV("form", "第几张表"),
    BOTH("year", "年度", "INTEGER"),
    BOTH("project", "项目名称", "TEXT"),
    BOTH("unit", "实施单位", "TEXT"),
    BOTH("title", "标题", "TEXT"),
    BOTH("department", "主管部门", "TEXT"),
    BOTH("template", "表样", "TEXT NOT NULL"),
    BOTH("profile", "评分规则", "TEXT NOT NULL"),
    BOTH("currency_unit", "金额单位", "TEXT"),
    FIGURE("funds_weight", "资金分值"),
    FIGURE("headline", "自评得分"),
    BOTH("goal_expected", "预期目标", "TEXT"),
    BOTH("goal_actual", "实际完成情况", "TEXT"),
    FIGURE("total_weight", "总分值"),
    FIGURE("total_score", "总分"),
    BOTH("grade", "等级", "TEXT"),
    SQL("at", "TEXT"),
    SEEN("recomputed_total", "重算总分", "TEXT"),
    SEEN("recomputed_grade", "重算等级", "TEXT"),
    SEEN("recomputed_execution", "重算执行得分", "TEXT"),
    SEEN("errors", "错误", "INTEGER NOT NULL"),
    SEEN("warnings", "警告", "INTEGER NOT NULL"),
    SEEN("notes", "提示", "INTEGER NOT NULL"),
    SEEN("passed", "通过", "INTEGER"),
    SEEN("failed", "未通过", "INTEGER"),
    SEEN("not_applicable", "不适用", "INTEGER"),
    SEEN("not_evaluable", "未判断", "INTEGER"),
    SEEN("doubtful", "读法存疑", "INTEGER NOT NULL"),
    END,
};

static const ZpTableColumn FUNDS[] = {
    ID,
    OF_FORM,
    NUMBER,
    CONTEXT,
    BOTH("source", "资金来源", "TEXT NOT NULL"),
    BOTH("label", "资金名称", "TEXT"),
    MONEY("initial", "年初预算数"),
    MONEY("budget", "全年预算数"),
    MONEY("executed", "全年执行数"),
    FIGURE("weight", "分值"),
    FIGURE("rate", "执行率"),
    FIGURE("score", "得分"),
    BOTH("reason", "原因", "TEXT"),
    END,
};

static const ZpTableColumn INDICATORS[] = {
    ID,
    OF_FORM,
    NUMBER,
    CONTEXT,
    BOTH("level1", "一级指标", "TEXT"),
    BOTH("level2", "二级指标", "TEXT"),
    BOTH("level3", "三级指标", "TEXT"),
    TARGET("target", "年度指标值"),
    TARGET("actual", "实际完成值"),
    FIGURE("weight", "分值"),
    FIGURE("score", "得分"),
    BOTH("reason", "偏差原因分析及改进措施", "TEXT"),
    SEEN("recomputed_score", "重算得分", "TEXT"),
    SEEN("met", "完成情况", "TEXT"), /* yes, no, unknown; NULL: not judged */
    SQL("part_of", "INTEGER"),       /* the number of the row that it is a part of (其中) */
    SQL("block", "INTEGER"),
    SQL("empty", "INTEGER NOT NULL"),
    SQL("level1_weight", "TEXT"),
    SQL("level2_weight", "TEXT"),
    SQL("other", "TEXT"), /* further columns, as convert prints them */
    END,
};

static const ZpTableColumn FINDINGS[] = {
    ID,
    OF_FILE,
    OF_ANY,
    SEEN("severity", "级别", "TEXT NOT NULL"),
    SEEN("code", "规则", "TEXT NOT NULL"),
    SEEN("name", "规则名", "TEXT NOT NULL"),
    SEEN("stated", "填报", "TEXT"),
    SEEN("expected", "应为", "TEXT"),
    SQL("message_en", "TEXT NOT NULL"),
    SEEN("message_zh", "问题说明", "TEXT NOT NULL"),
    SQL("place_en", "TEXT"),
    SEEN("place_zh", "位置", "TEXT"),
    PLACES,
    SEEN("pointer", "字段", "TEXT NOT NULL"),
    SQL("kind", "TEXT"),
    SEEN("habit", "取整习惯", "TEXT"),
    SQL("counts", "INTEGER NOT NULL"), /* 0: known by the baseline, or suppressed */
    SEEN("standing", "状态", "TEXT"),
    SQL("related_path", "TEXT"),
    SQL("related_form", "INTEGER"),
    SEEN("fingerprint", "指纹", "TEXT"),
    END,
};

static const ZpTableColumn UNJUDGED[] = {
    ID,
    OF_FILE,
    OF_ANY,
    SEEN("code", "规则", "TEXT NOT NULL"),
    SEEN("name", "规则名", "TEXT NOT NULL"),
    SQL("reason_en", "TEXT NOT NULL"),
    SEEN("reason_zh", "原因", "TEXT NOT NULL"),
    PLACES,
    SEEN("pointer", "字段", "TEXT NOT NULL"),
    END,
};

static const ZpTableColumn EXTRA[] = {
    ID,
    OF_FORM,
    NUMBER,
    SEEN("label", "标签", "TEXT"),
    SEEN("text", "内容", "TEXT"),
    SQL("at", "TEXT"),
    END,
};

static const ZpTableColumn REPAIRS[] = {
    ID,
    OF_FORM,
    NUMBER,
    SQL("code", "TEXT NOT NULL"),
    SQL("name", "TEXT NOT NULL"),
    SQL("pointer", "TEXT NOT NULL"),
    SQL("at", "TEXT"),
    SQL("detail_en", "TEXT NOT NULL"),
    SQL("detail_zh", "TEXT NOT NULL"),
    END,
};

const ZpRowTable ZP_TABLES[ZP_TABLE_COUNT] = {
    [ZP_TABLE_FILES] = {"files", NULL, NULL, FILES},
    [ZP_TABLE_FORMS] = {"forms", "all_forms", "表", FORMS},
    [ZP_TABLE_FUNDS] = {"funds", "all_funds", "资金", FUNDS},
    [ZP_TABLE_INDICATORS] = {"indicators", "all_indicators", "指标", INDICATORS},
    [ZP_TABLE_FINDINGS] = {"findings", "all_findings", "问题", FINDINGS},
    [ZP_TABLE_UNJUDGED] = {"unjudged", "all_unjudged", "未判断", UNJUDGED},
    [ZP_TABLE_EXTRA] = {"extra", "all_extra", "其他内容", EXTRA},
    [ZP_TABLE_REPAIRS] = {"repairs", NULL, NULL, REPAIRS},
};
