/*
 * check_csv.c - one finding a row, RFC 4180, guarded against formulas like csv.c.
 *
 * Behind the findings of a file its checks that could not be made, with the severity `unjudged`
 * and the reason as message.  Behind all files those that were not read, with the severity `unread` and their kind as
 * name.  Last, a row for each configuration in force, named `configuration`.
 */
#include "output/csv.h"
#include "output/escape.h"
#include "output/label.h"
#include "output/passed_over.h"
#include "output/standing.h"
#include "output/unjudged.h"

#include <string.h>

static const struct {
    const char *name, *zh;
} COLUMNS[] = {
    {"path", "文件"},      {"form", "第几张表"},    {"project", "项目名称"}, {"unit", "实施单位"},
    {"year", "年度"},      {"severity", "级别"},    {"code", "规则"},        {"name", "规则名"},
    {"pointer", "字段"},   {"page", "页"},          {"table", "表格"},       {"row", "行"},
    {"col", "列"},         {"line", "文本行"},      {"stated", "填报"},      {"expected", "应为"},
    {"habit", "取整习惯"}, {"message", "问题说明"}, {"fingerprint", "指纹"}, {"standing", "状态"},
    {"place", "位置"},
};

static bool begin_csv(ZpWriting *writing, GError **error)
{
    (void)error;
    zp_csv_mark(writing);
    for (gsize k = 0; k < G_N_ELEMENTS(COLUMNS); k++)
        g_string_append_printf(writing->buffer, "%s%s", k > 0 ? "," : "",
                               zp_csv_is_chinese(writing) ? COLUMNS[k].zh : COLUMNS[k].name);
    g_string_append(writing->buffer, "\r\n");
    return true;
}

static void append_cell(ZpWriting *writing, const char *text)
{
    g_string_append_c(writing->buffer, ',');
    zp_escape_csv(writing->buffer, text, writing->options.raw);
}

/* A severity as programs know it, or as people do. */
static void append_severity(ZpWriting *writing, const char *name, const char *zh)
{
    append_cell(writing, zp_csv_is_chinese(writing) ? zh : name);
}

/* A figure from 1, or nothing for 0. */
static void append_figure(GString *out, guint figure)
{
    g_string_append_c(out, ',');
    if (figure > 0)
        g_string_append_printf(out, "%u", figure);
}

static void append_form(ZpWriting *writing, const ZpForm *form)
{
    GString *out = writing->buffer;
    g_string_append_c(out, ',');
    if (form)
        g_string_append_printf(out, "%u", form->index);
    append_cell(writing, form ? form->project.text : NULL);
    append_cell(writing, form ? form->unit.text : NULL);
    append_figure(out, form ? (guint)form->year : 0);
}

static void append_places(GString *out, const ZpPlace *at)
{
    const guint places[] = {at->page, at->table, at->row, at->col, at->line};
    for (gsize k = 0; k < G_N_ELEMENTS(places); k++)
        append_figure(out, places[k]);
}

static void append_row(ZpWriting *writing, const char *path, const ZpResult *result,
                       const ZpFinding *finding)
{
    GString *out = writing->buffer;
    g_autofree char *note = zp_standing_note(finding, writing->options.lang);
    g_autofree char *message =
        zp_rulebook_message(writing->rulebook, finding, writing->options.lang);
    g_autoptr(GString) place = g_string_new(NULL);
    zp_place_append(place, result, &finding->at, finding->pointer, writing->options.lang);
    zp_escape_csv(out, path, writing->options.raw);
    append_form(writing, zp_result_form(result, finding));
    append_severity(writing, zp_severity_name(finding->severity),
                    zp_severity_word(finding->severity, ZP_LANG_ZH));
    append_cell(writing, ZP_RULES[finding->rule].code);
    append_cell(writing, ZP_RULES[finding->rule].name);
    append_cell(writing, finding->pointer);
    append_places(out, &finding->at);
    append_cell(writing, finding->stated);
    append_cell(writing, finding->expected);
    append_cell(writing, finding->habit && zp_csv_is_chinese(writing)
                             ? zp_habit_name(finding->habit, ZP_LANG_ZH)
                             : finding->habit);
    append_cell(writing, message);
    append_cell(writing, finding->fingerprint);
    append_cell(writing, note);
    append_cell(writing, place->str);
    g_string_append(out, "\r\n");
}

static void append_unjudged(ZpWriting *writing, const char *path, const ZpResult *result,
                            const ZpUnevaluated *one)
{
    ZpLang lang = writing->options.lang;
    g_autoptr(GString) place = g_string_new(NULL);
    zp_place_append(place, result, &one->at, one->pointer, lang);
    zp_escape_csv(writing->buffer, path, writing->options.raw);
    append_form(writing, zp_unjudged_form(result, one));
    append_severity(writing, ZP_UNJUDGED, zp_unjudged_name(ZP_LANG_ZH));
    append_cell(writing, ZP_RULES[one->rule].code);
    append_cell(writing, ZP_RULES[one->rule].name);
    append_cell(writing, one->pointer);
    append_places(writing->buffer, &one->at);
    g_string_append(writing->buffer, ",,,"); /* stated, expected, habit */
    append_cell(writing, zp_unjudged_reason(one, lang));
    g_string_append(writing->buffer, ",,"); /* fingerprint, standing */
    append_cell(writing, place->str);
    g_string_append(writing->buffer, "\r\n");
}

static bool write_csv_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    g_autofree char *path = zp_text_valid(result->path, strlen(result->path), NULL);
    const GPtrArray *findings = result->report->findings;
    for (guint k = 0; k < findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(findings, k);
        append_row(writing, path, result, finding);
        if (!zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    for (guint k = 0; k < result->report->unevaluated->len; k++) {
        const ZpUnevaluated *one = g_ptr_array_index(result->report->unevaluated, k);
        append_unjudged(writing, path, result, one);
        if (!zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    return true;
}

/* A row of its file, its severity and what it did. */
static void append_held(const char *text, const ZpHeld *held, gpointer data)
{
    ZpWriting *writing = data;
    zp_escape_csv(writing->buffer, held->file, writing->options.raw);
    g_string_append(writing->buffer, ",,,,"); /* form to year */
    ZpSeverity severity = held->is_trusted ? ZP_SEVERITY_NOTE : ZP_SEVERITY_WARNING;
    append_severity(writing, zp_severity_name(severity), zp_severity_word(severity, ZP_LANG_ZH));
    append_cell(writing, "");
    append_cell(writing, "configuration");
    g_string_append(writing->buffer, ",,,,,,,,,"); /* pointer to habit */
    append_cell(writing, text);
    g_string_append(writing->buffer, ",,,\r\n");
}

/* A file that was passed over although a form may be in it. */
static void append_unread(const ZpPassedOver *unread, const char *text, gpointer data)
{
    ZpWriting *writing = data;
    g_autofree char *path = zp_text_valid(unread->path, strlen(unread->path), NULL);
    zp_escape_csv(writing->buffer, path, writing->options.raw);
    g_string_append(writing->buffer, ",,,,"); /* form to year */
    append_severity(writing, ZP_UNREAD, "没有读");
    append_cell(writing, "");
    append_cell(writing, unread->id);
    g_string_append(writing->buffer, ",,,,,,,,,"); /* pointer to habit */
    append_cell(writing, text);
    g_string_append(writing->buffer, ",,,\r\n");
}

static bool end_csv(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    (void)error;
    zp_passed_over_files(summary, writing->options.lang, append_unread, writing);
    zp_held_each(summary, writing->options.lang, append_held, writing);
    return true;
}

const ZpWriter zp_check_csv_writer = {
    .name = "csv",
    .zh = "CSV 表，一行一个问题",
    .en = "a CSV table, a row a finding",
    .for_check = true,
    .wants_digests = true,
    .begin = begin_csv,
    .file = write_csv_file,
    .end = end_csv,
};
