/*
 * label.c - from "/funds/0/rate" to 年度资金总额 · 执行率.
 *
 * A pointer is either one of a few fixed ones (a row of FIELDS) or a row of the funds or the
 * indicators, named by its own printed label, with a column (a row of COLUMNS).
 */
#include "output/label.h"

#include <stdlib.h>
#include <string.h>

/* Characters of one printed label that are shown; the rest becomes "…". */
#define LABEL_CHARS 40

typedef struct {
    const char *key;
    const char *term;
} Term;

static const Term FIELDS[] = {
    {"/title", "标题"},
    {"/year", "年度"},
    {"/currency_unit", "金额单位"},
    {"/project", "项目名称"},
    {"/department", "主管部门"},
    {"/unit", "实施单位"},
    {"/funds_weight", "预算执行情况 · 分值"},
    {"/headline", "自评得分"},
    {"/funds", "项目资金"},
    {"/goals", "年度总体目标"},
    {"/goals/expected", "年度总体目标 · 预期目标"},
    {"/goals/actual", "年度总体目标 · 实际完成情况"},
    {"/indicators", "绩效指标"},
    {"/total", "总分"},
    {"/total/weight", "总分 · 分值"},
    {"/total/score", "总分 · 得分"},
    {"/total/grade", "总分 · 等级"},
    {NULL, NULL},
};

static const Term COLUMNS[] = {
    {"initial", "年初预算数"},
    {"budget", "全年预算数"},
    {"executed", "全年执行数"},
    {"rate", "执行率"},
    {"target", "年度指标值"},
    {"actual", "实际完成值"},
    {"weight", "分值"},
    {"score", "得分"},
    {"reason", "偏差原因分析及改进措施"},
    {"level1", "一级指标"},
    {"level2", "二级指标"},
    {"level3", "三级指标"},
    {"level1_weight", "一级指标 · 分值"},
    {"level2_weight", "二级指标 · 分值"},
    {NULL, NULL},
};

static const char *term_of(const Term *terms, const char *key)
{
    for (const Term *term = terms; term->key; term++) {
        if (strcmp(term->key, key) == 0)
            return term->term;
    }
    return NULL;
}

/* A printed label, cut where it is prose. */
static void append_short(GString *out, const char *text)
{
    const char *end = text;
    for (int k = 0; *end && k < LABEL_CHARS; k++)
        end = g_utf8_next_char(end);
    zp_text_append_visible(out, text, (gsize)(end - text));
    if (*end)
        g_string_append(out, "…");
}

static void append_indicator(GString *out, const ZpIndicator *row)
{
    const ZpText *const levels[] = {&row->level1, &row->level2, &row->level3};
    gsize start = out->len;
    for (gsize k = 0; k < G_N_ELEMENTS(levels); k++) {
        if (!levels[k]->text || !*levels[k]->text)
            continue;
        if (out->len > start)
            g_string_append(out, " / ");
        append_short(out, levels[k]->text);
    }
}

static void append_fund(GString *out, const ZpFund *fund)
{
    if (fund->label.text)
        append_short(out, fund->label.text);
}

/* The column's term, or the last part of the pointer where no term is known. */
static void append_column(GString *out, const char *column)
{
    const char *term = term_of(COLUMNS, column);
    g_string_append(out, " · ");
    if (term) {
        g_string_append(out, term);
        return;
    }
    const char *other = g_str_has_prefix(column, "other/") ? column + strlen("other/") : column;
    append_short(out, other);
}

/* "/funds/K" or "/funds/K/column": K, with @column set behind it or NULL; -1 when neither. */
static long row_index(const char *pointer, const char *block, guint n_rows, const char **column)
{
    if (!g_str_has_prefix(pointer, block) || !g_ascii_isdigit(pointer[strlen(block)]))
        return -1;
    char *end = NULL;
    unsigned long row = strtoul(pointer + strlen(block), &end, 10);
    if (row >= n_rows || (*end && *end != '/'))
        return -1;
    *column = *end ? end + 1 : NULL;
    return (long)row;
}

static bool append_row(GString *out, const ZpForm *form, const char *pointer)
{
    const char *column = NULL;
    long row = row_index(pointer, "/funds/", form->funds->len, &column);
    if (row >= 0) {
        append_fund(out, zp_form_fund(form, row));
    } else {
        row = row_index(pointer, "/indicators/", form->indicators->len, &column);
        if (row < 0)
            return false;
        append_indicator(out, zp_form_indicator(form, row));
    }
    if (column)
        append_column(out, column);
    return true;
}

void zp_label_append(GString *out, const ZpForm *form, const char *pointer, ZpLang lang)
{
    if (!form || !*pointer) {
        append_short(out, form ? zp_lang_pick(lang, "整张表", "the form") : pointer);
        return;
    }
    const char *term = term_of(FIELDS, pointer);
    if (term)
        g_string_append(out, term);
    else if (!append_row(out, form, pointer))
        append_short(out, pointer);
}

bool zp_place_append(GString *out, const ZpPlace *at, ZpLang lang)
{
    bool zh = lang == ZP_LANG_ZH;
    if (at->line) {
        g_string_append_printf(out, zh ? "第 %u 行" : "line %u", at->line);
        return true;
    }
    if (at->page)
        g_string_append_printf(out, zh ? "第 %u 页" : "page %u", at->page);
    if (!at->table)
        return at->page > 0;
    if (at->page)
        g_string_append(out, zh ? "，" : ", ");
    g_string_append_printf(out, zh ? "表 %u 行 %u 列 %u" : "table %u row %u col %u", at->table,
                           at->row, at->col);
    return true;
}
