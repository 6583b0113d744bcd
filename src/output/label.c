/*
 * label.c - from "/funds/0/rate" to 年度资金总额 · 执行率, from a place to 自评表!H6.
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

/* Levels of an indicator; one without a name is told by its number. */
static void append_indicator(GString *out, const ZpIndicator *row, long k, ZpLang lang)
{
    const ZpText *const levels[] = {&row->level1, &row->level2, &row->level3};
    gsize start = out->len;
    for (gsize i = 0; i < G_N_ELEMENTS(levels); i++) {
        if (!levels[i]->text || !*levels[i]->text)
            continue;
        if (out->len > start)
            g_string_append(out, " / ");
        append_short(out, levels[i]->text);
    }
    if (row->level3.text && *row->level3.text)
        return;
    g_string_append(out, out->len > start ? " / " : "");
    g_string_append_printf(out, lang == ZP_LANG_ZH ? "第 %ld 个指标" : "indicator %ld", k + 1);
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

static bool append_row(GString *out, const ZpForm *form, const char *pointer, ZpLang lang)
{
    const char *column = NULL;
    long row = row_index(pointer, "/funds/", form->funds->len, &column);
    if (row >= 0) {
        const ZpFund *fund = zp_form_fund(form, row);
        if (fund->label.text && *fund->label.text)
            append_short(out, fund->label.text);
        else
            g_string_append_printf(out, lang == ZP_LANG_ZH ? "项目资金第 %ld 行" : "funds row %ld",
                                   row + 1);
    } else {
        row = row_index(pointer, "/indicators/", form->indicators->len, &column);
        if (row < 0)
            return false;
        append_indicator(out, zp_form_indicator(form, row), row, lang);
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
    else if (!append_row(out, form, pointer, lang))
        append_short(out, pointer);
}

/* A, B, …, Z, AA: as the head of a sheet counts columns. */
static void append_letters(GString *out, guint col)
{
    char letters[8];
    gsize n = 0;
    for (; col > 0 && n < sizeof letters; col = (col - 1) / 26)
        letters[n++] = (char)('A' + (col - 1) % 26);
    while (n > 0)
        g_string_append_c(out, letters[--n]);
}

/* A title that is more than a word stands in quotes, as in a formula. */
static bool is_word(const char *title)
{
    bool is_plain = *title && !g_ascii_isdigit(*title);
    for (const char *c = title; *c && is_plain; c = g_utf8_next_char(c))
        is_plain = g_unichar_isalnum(g_utf8_get_char(c)) || *c == '_';
    return is_plain;
}

/* The place on paper or on screen, without the line of a source. */
static bool append_seen(GString *out, const ZpResult *result, const ZpPlace *at,
                        const char *pointer, bool zh)
{
    const GPtrArray *sheets = result->report ? result->report->sheets : NULL;
    if (at->table && sheets && at->table <= sheets->len) {
        const char *title = g_ptr_array_index(sheets, at->table - 1);
        const char *quote = is_word(title) ? "" : "'";
        g_string_append(out, quote);
        append_short(out, title);
        g_string_append_printf(out, "%s!", quote);
        append_letters(out, at->col);
        g_string_append_printf(out, "%u", at->row);
        return true;
    }
    if (at->page)
        g_string_append_printf(out, zh ? "第 %u 页" : "page %u", at->page);
    /* On a page nobody counts rows where the row's own label says which it is. */
    if (!at->table || (at->page && *pointer))
        return at->page > 0;
    g_string_append(out, at->page ? (zh ? "，" : ", ") : "");
    g_string_append_printf(out, zh ? "表格 %u 第 %u 行第 %u 列" : "table %u, row %u, column %u",
                           at->table, at->row, at->col);
    return true;
}

/* A page's source has lines too, but a reader sees its tables; of other text with lines he sees those. */
static bool shows_tables(const ZpResult *result, const ZpPlace *at)
{
    return !at->line || g_strcmp0(result->format, "html") == 0;
}

bool zp_place_append(GString *out, const ZpResult *result, const ZpPlace *at, const char *pointer,
                     ZpLang lang)
{
    bool zh = lang == ZP_LANG_ZH;
    bool is_seen =
        shows_tables(result, at) && append_seen(out, result, at, pointer ? pointer : "", zh);
    if (!at->line)
        return is_seen;
    g_string_append(out, is_seen ? (zh ? "，源码" : "; ") : "");
    g_string_append_printf(out, zh ? "第 %u 行" : "line %u", at->line);
    return true;
}

void zp_where_append(GString *out, const ZpResult *result, const ZpFinding *finding, ZpLang lang)
{
    const ZpForm *form = zp_result_form(result, finding);
    const char *pointer = finding->pointer ? finding->pointer : "";
    g_autoptr(GString) place = g_string_new(NULL);
    bool zh = lang == ZP_LANG_ZH;
    bool has_place =
        shows_tables(result, &finding->at) && append_seen(place, result, &finding->at, pointer, zh);
    if (form)
        zp_label_append(out, form, pointer, lang);
    if (has_place)
        g_string_append_printf(out, !form ? "%s" : zh ? "（%s）" : " (%s)", place->str);
    if (form || has_place)
        g_string_append(out, zh ? "：" : ": ");
}

const char *zp_habit_name(const char *habit, ZpLang lang)
{
    static const struct {
        const char *name, *zh;
    } HABITS[] = {
        {"up", "进位"},
        {"cut", "舍去"},
        {"ratio", "用比值表示"},
        {"rounded-figures", "金额已取整"},
        {"from-stated-rate", "按所印执行率计算"},
        {"one-decimal", "取一位小数"},
        {"whole", "取整数"},
        {"rounded", "合计取整"},
    };
    for (gsize k = 0; lang == ZP_LANG_ZH && k < G_N_ELEMENTS(HABITS); k++) {
        if (strcmp(HABITS[k].name, habit) == 0)
            return HABITS[k].zh;
    }
    return habit;
}

const char *zp_severity_word(ZpSeverity severity, ZpLang lang)
{
    static const char *const ZH[ZP_SEVERITY_COUNT] = {"关闭", "提示", "警告", "错误"};
    return lang == ZP_LANG_ZH ? ZH[severity] : zp_severity_name(severity);
}
