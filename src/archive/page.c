/*
 * page.c - a document of an archive for a terminal and as a page.
 *
 * Both go through the same few steps (a title, a line, a table's row), so that they say the same.  Every text is a
 * document's: made visible for a terminal, escaped for a page, which has no script and loads nothing.
 */
#include "archive/show.h"
#include "output/escape.h"

#include <string.h>

typedef struct {
    GString *out;
    bool is_html;
    ZpLang lang;
} Page;

static const char *in(const Page *page, const char *zh, const char *en)
{
    return zp_lang_pick(page->lang, zh, en);
}

static void put(Page *page, const char *text)
{
    if (page->is_html)
        zp_escape_xml(page->out, text);
    else
        zp_text_append_visible(page->out, text, strlen(text));
}

static void put_title(Page *page, const char *text)
{
    g_string_append(page->out, page->is_html ? "<h2>" : "\n");
    put(page, text);
    g_string_append(page->out, page->is_html ? "</h2>\n" : "\n");
}

static void put_line(Page *page, const char *label, const char *text)
{
    if (!text)
        return;
    g_string_append(page->out, page->is_html ? "<p><b>" : "  ");
    put(page, label);
    g_string_append(page->out, page->is_html ? "</b> " : ": ");
    put(page, text);
    g_string_append(page->out, page->is_html ? "</p>\n" : "\n");
}

static void begin_table(Page *page)
{
    g_string_append(page->out, page->is_html ? "<table>\n" : "");
}

static void end_table(Page *page)
{
    g_string_append(page->out, page->is_html ? "</table>\n" : "");
}

/* The cells end with NULL; a blank one is "". */
static void put_row(Page *page, bool is_head, const char *const *cells)
{
    g_string_append(page->out, page->is_html ? "<tr>" : "  ");
    for (gsize k = 0; cells[k]; k++) {
        if (page->is_html)
            g_string_append(page->out, is_head ? "<th>" : "<td>");
        else
            g_string_append(page->out, k > 0 ? " | " : "");
        put(page, cells[k]);
        if (page->is_html)
            g_string_append(page->out, is_head ? "</th>" : "</td>");
    }
    g_string_append(page->out, page->is_html ? "</tr>\n" : "\n");
}

/* --- what an object holds --- */

static const char *text_at(json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* The text of a value; "" where there is none. */
static const char *value_at(json_t *object, const char *key)
{
    const char *text = text_at(json_object_get(object, key), "text");
    return text ? text : "";
}

static const char *text_or_blank(json_t *object, const char *key)
{
    const char *text = text_at(object, key);
    return text ? text : "";
}

static void put_funds(Page *page, json_t *form)
{
    json_t *funds = json_object_get(form, "funds"), *fund = NULL;
    gsize k = 0;
    if (json_array_size(funds) == 0)
        return;
    const char *const head[] = {
        in(page, "资金", "funds"),        in(page, "年初预算数", "initial"),
        in(page, "全年预算数", "budget"), in(page, "全年执行数", "executed"),
        in(page, "分值", "weight"),       in(page, "执行率", "rate"),
        in(page, "得分", "score"),        NULL};
    begin_table(page);
    put_row(page, true, head);
    json_array_foreach(funds, k, fund)
    {
        const char *const cells[] = {text_or_blank(fund, "label"), value_at(fund, "initial"),
                                     value_at(fund, "budget"),     value_at(fund, "executed"),
                                     value_at(fund, "weight"),     value_at(fund, "rate"),
                                     value_at(fund, "score"),      NULL};
        put_row(page, false, cells);
    }
    end_table(page);
}

static void put_indicators(Page *page, json_t *form)
{
    json_t *rows = json_object_get(form, "indicators"), *row = NULL;
    gsize k = 0;
    if (json_array_size(rows) == 0)
        return;
    const char *const head[] = {in(page, "一级指标", "level 1"),
                                in(page, "二级指标", "level 2"),
                                in(page, "三级指标", "level 3"),
                                in(page, "年度指标值", "target"),
                                in(page, "实际完成值", "actual"),
                                in(page, "分值", "weight"),
                                in(page, "得分", "score"),
                                in(page, "偏差原因", "reason"),
                                NULL};
    begin_table(page);
    put_row(page, true, head);
    json_array_foreach(rows, k, row)
    {
        const char *const cells[] = {text_or_blank(row, "level1"),
                                     text_or_blank(row, "level2"),
                                     text_or_blank(row, "level3"),
                                     value_at(row, "target"),
                                     value_at(row, "actual"),
                                     value_at(row, "weight"),
                                     value_at(row, "score"),
                                     text_or_blank(row, "reason"),
                                     NULL};
        put_row(page, false, cells);
    }
    end_table(page);
}

static void put_findings(Page *page, json_t *object)
{
    json_t *findings = json_object_get(object, "findings"), *finding = NULL;
    gsize k = 0;
    gsize unjudged = json_array_size(json_object_get(object, "not_evaluable"));
    begin_table(page);
    json_array_foreach(findings, k, finding)
    {
        const char *const cells[] = {
            text_or_blank(finding, "severity"), text_or_blank(finding, "code"),
            text_or_blank(finding, "pointer"), text_or_blank(finding, "message"), NULL};
        put_row(page, false, cells);
    }
    end_table(page);
    g_autofree char *count = g_strdup_printf("%zu", unjudged);
    if (unjudged > 0)
        put_line(page, in(page, "无法判断的检查", "checks that could not be made"), count);
    else if (json_array_size(findings) == 0)
        put_line(page, in(page, "检查", "checks"), in(page, "没有问题", "no finding"));
}

static void put_form(Page *page, json_t *object)
{
    json_t *form = json_object_get(object, "form"), *goals = json_object_get(form, "goals");
    json_int_t year = json_integer_value(json_object_get(form, "year"));
    g_autofree char *title = g_strdup_printf("%" JSON_INTEGER_FORMAT "  %s",
                                             json_integer_value(json_object_get(object, "id")),
                                             text_or_blank(form, "project"));
    g_autofree char *year_text = year ? g_strdup_printf("%" JSON_INTEGER_FORMAT, year) : NULL;
    json_t *total = json_object_get(form, "total");
    put_title(page, title);
    put_line(page, in(page, "年度", "year"), year_text);
    put_line(page, in(page, "主管部门", "department"), text_at(form, "department"));
    put_line(page, in(page, "实施单位", "unit"), text_at(form, "unit"));
    put_line(page, in(page, "金额单位", "amounts in"), text_at(form, "currency_unit"));
    put_funds(page, form);
    put_line(page, in(page, "预期目标", "expected"), text_at(goals, "expected"));
    put_line(page, in(page, "实际完成情况", "achieved"), text_at(goals, "actual"));
    put_indicators(page, form);
    if (json_is_object(total))
        put_line(page, in(page, "总分", "total score"), value_at(total, "score"));
    put_line(page, in(page, "重算总分", "recomputed"), text_at(object, "recomputed_total"));
    put_findings(page, object);
}

static void put_document(Page *page, json_t *document)
{
    const json_t *names = json_object_get(document, "names");
    gsize former = json_array_size(json_object_get(document, "former"));
    g_autofree char *made =
        g_strdup_printf("%s, ziping %s, %s", text_or_blank(document, "checked_at"),
                        text_or_blank(document, "program"), text_or_blank(document, "rulebook"));
    g_autofree char *earlier = g_strdup_printf("%zu", former);
    put_title(page, in(page, "文件", "Document"));
    for (gsize k = 0; k < json_array_size(names); k++)
        put_line(page, in(page, "名称", "name"), text_at(json_array_get(names, k), "path"));
    put_line(page, "SHA-256", text_at(document, "sha256"));
    put_line(page, in(page, "收入时间", "added"), text_at(document, "added_at"));
    put_line(page, in(page, "检查", "checked"), made);
    if (json_integer_value(json_object_get(document, "encrypted")))
        put_line(page, in(page, "加密", "encrypted"),
                 in(page, "原件仍加密，读出的内容没有加密",
                    "the original stays so, what was read of it is not"));
    if (former > 0)
        put_line(page, in(page, "以前的检查结果", "former results"), earlier);
}

static void put_all(Page *page, json_t *object)
{
    json_t *form = NULL;
    gsize k = 0;
    json_array_foreach(json_object_get(object, "forms"), k, form) put_form(page, form);
    put_document(page, json_object_get(object, "document"));
}

void zp_show_text(GString *out, json_t *object, ZpLang lang)
{
    Page page = {out, false, lang};
    gsize begin = out->len;
    put_all(&page, object);
    if (out->len > begin && out->str[begin] == '\n')
        g_string_erase(out, (gssize)begin, 1);
}

void zp_show_html(GString *out, json_t *object, ZpLang lang)
{
    static const char HEAD[] =
        "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\"><title>ziping</title>\n"
        "<style>body{font-family:sans-serif;margin:2em}table{border-collapse:collapse;margin:1em 0}"
        "td,th{border:1px solid #888;padding:.2em "
        ".5em;text-align:left;vertical-align:top}p{margin:.2em 0}</style>\n"
        "</head><body>\n";
    Page page = {out, true, lang};
    g_string_append_printf(out, HEAD, lang == ZP_LANG_ZH ? "zh-CN" : "en");
    put_all(&page, object);
    g_string_append(out, "</body></html>\n");
}
