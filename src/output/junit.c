/*
 * junit.c - test reports in the XML that JUnit made common.
 *
 *     <testsuites name="ziping">
 *      <testsuite name="a.html" tests="2" failures="1" errors="0" skipped="0" time="0">
 *       <testcase classname="a.html.form 1" name="F01 年度资金总额 · 执行率" time="0">
 *        <failure type="error" message="…">…</failure></testcase>
 *      </testsuite>
 *     </testsuites>
 *
 * A file is a suite and a finding a case.  Errors and warnings fail; notes pass and say their text; what is
 * suppressed or known is skipped with the reason, and so is each check that could not be made; a file
 * that could not be read is an error, one in a folder that no build or option reads is skipped; a form with neither is a case that passes.  No times: the same bytes in give the same out.
 */
#include "output/by_form.h"
#include "output/escape.h"
#include "output/label.h"
#include "output/passed_over.h"
#include "output/standing.h"
#include "output/unjudged.h"

/* How a finding ends as a test. */
typedef enum {
    END_FAILURE,
    END_ERROR,
    END_SKIPPED,
    END_PASSED,
    END_COUNT,
} End;

static End end_of(const ZpResult *result, const ZpFinding *finding)
{
    if (!zp_finding_counts(finding))
        return END_SKIPPED;
    if (result->error && finding->form < 0)
        return END_ERROR;
    return finding->severity >= ZP_SEVERITY_WARNING ? END_FAILURE : END_PASSED;
}

/* A finding, or a check that could not be made. */
static bool has_case(ZpByForm *by_form, guint form)
{
    const ZpReport *report = zp_by_form_result(by_form, (int)form)->report;
    return report->findings->len + report->unevaluated->len > 0;
}

static void append_attribute(GString *out, const char *name, const char *text)
{
    g_string_append_printf(out, " %s=\"", name);
    zp_escape_xml(out, text);
    g_string_append_c(out, '"');
}

static void open_case(ZpWriting *writing, const ZpResult *result, const ZpForm *form,
                      const char *name)
{
    GString *out = writing->buffer;
    bool zh = writing->options.lang == ZP_LANG_ZH;
    g_autoptr(GString) class = g_string_new(result->path);
    if (form)
        g_string_append_printf(class, zh ? " 第 %u 张表" : " form %u", form->index + 1);
    g_string_append(out, "  <testcase");
    append_attribute(out, "classname", class->str);
    append_attribute(out, "name", name);
    g_string_append(out, " time=\"0\">");
}

static char *case_name(const ZpForm *form, guint rule, const char *pointer, ZpLang lang)
{
    GString *name = g_string_new(ZP_RULES[rule].code);
    g_string_append_printf(name, " %s", ZP_RULES[rule].name);
    if (form) {
        g_string_append_c(name, ' ');
        zp_label_append(name, form, pointer ? pointer : "", lang);
    }
    return g_string_free(name, FALSE);
}

static void append_end(ZpWriting *writing, const ZpResult *result, End end,
                       const ZpFinding *finding, const char *message)
{
    GString *out = writing->buffer;
    ZpLang lang = writing->options.lang;
    static const char *const TAGS[END_COUNT] = {"failure", "error", "skipped", "system-out"};
    g_autofree char *note = zp_standing_note(finding, lang);
    g_autoptr(GString) whole = g_string_new(message);
    g_string_append(whole, zp_lang_pick(lang, "（", " ("));
    if (zp_place_append(whole, result, &finding->at, finding->pointer, lang))
        g_string_append(whole, zp_lang_pick(lang, "）", ")"));
    else
        g_string_assign(whole, message);
    g_string_append_printf(out, "<%s", TAGS[end]);
    if (end == END_FAILURE || end == END_ERROR)
        append_attribute(out, "type", zp_severity_name(finding->severity));
    if (end == END_SKIPPED)
        append_attribute(out, "message", note);
    else if (end != END_PASSED)
        append_attribute(out, "message", whole->str);
    g_string_append_c(out, '>');
    zp_escape_xml(out, whole->str);
    g_string_append_printf(out, "</%s>", TAGS[end]);
}

static void append_unjudged(ZpWriting *writing, const ZpResult *result, const ZpUnevaluated *one)
{
    ZpLang lang = writing->options.lang;
    const ZpForm *form = zp_unjudged_form(result, one);
    g_autofree char *name = case_name(form, one->rule, one->pointer, lang);
    g_autoptr(GString) place = g_string_new(NULL);
    bool has_place = zp_place_append(place, result, &one->at, one->pointer, lang);
    g_autofree char *message =
        g_strconcat(zp_unjudged_name(lang), zp_lang_pick(lang, "：", ": "),
                    zp_unjudged_reason(one, lang), has_place ? zp_lang_pick(lang, "（", " (") : "",
                    place->str, has_place ? zp_lang_pick(lang, "）", ")") : "", NULL);
    open_case(writing, result, form, name);
    g_string_append(writing->buffer, "<skipped");
    append_attribute(writing->buffer, "message", message);
    g_string_append(writing->buffer, "/></testcase>\n");
}

static void open_suite(ZpWriting *writing, const ZpResult *result, ZpByForm *by_form)
{
    guint ends[END_COUNT] = {0};
    const GPtrArray *findings = result->report->findings;
    for (guint k = 0; k < findings->len; k++)
        ends[end_of(result, g_ptr_array_index(findings, k))]++;
    for (guint k = 0; result->forms && k < result->forms->len; k++)
        ends[END_PASSED] += !has_case(by_form, k);
    ends[END_SKIPPED] += result->report->unevaluated->len;
    g_string_append(writing->buffer, " <testsuite");
    append_attribute(writing->buffer, "name", result->path);
    g_string_append_printf(
        writing->buffer, " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\" time=\"0\">\n",
        ends[END_FAILURE] + ends[END_ERROR] + ends[END_SKIPPED] + ends[END_PASSED],
        ends[END_FAILURE], ends[END_ERROR], ends[END_SKIPPED]);
}

static bool begin_junit(ZpWriting *writing, GError **error)
{
    (void)error;
    g_string_append(writing->buffer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                     "<testsuites name=\"ziping\">\n");
    return true;
}

static bool write_junit_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    const GPtrArray *findings = result->report->findings;
    g_autoptr(ZpByForm) by_form = zp_by_form_new(result);
    open_suite(writing, result, by_form);
    for (guint k = 0; k < findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(findings, k);
        const ZpForm *form = zp_result_form(result, finding);
        g_autofree char *name =
            case_name(form, finding->rule, finding->pointer, writing->options.lang);
        g_autofree char *message =
            zp_rulebook_message(writing->rulebook, finding, writing->options.lang);
        open_case(writing, result, form, name);
        append_end(writing, result, end_of(result, finding), finding, message);
        g_string_append(writing->buffer, "</testcase>\n");
        if (!zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    for (guint k = 0; k < result->report->unevaluated->len; k++) {
        append_unjudged(writing, result, g_ptr_array_index(result->report->unevaluated, k));
        if (!zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    for (guint k = 0; result->forms && k < result->forms->len; k++) {
        if (!has_case(by_form, k)) {
            /* A form that has nothing to say passes. */
            const ZpForm *form = g_ptr_array_index(result->forms, k);
            const char *project =
                form->project.text && *form->project.text ? form->project.text : "ziping";
            open_case(writing, result, form, project);
            g_string_append(writing->buffer, "</testcase>\n");
        }
    }
    g_string_append(writing->buffer, " </testsuite>\n");
    return true;
}

/* A case that passed: many readers know of no properties. */
static void append_held(const char *text, const ZpHeld *held, gpointer data)
{
    GString *out = data;
    g_string_append(out, " <testsuite");
    append_attribute(out, "name", held->file);
    g_string_append(out, " tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\" time=\"0\">\n"
                         "  <testcase classname=\"configuration\"");
    append_attribute(out, "name", text);
    g_string_append(out, " time=\"0\"/>\n </testsuite>\n");
}

/* A file that was passed over although a form may be in it: a case that was skipped. */
static void append_unread(const ZpPassedOver *unread, const char *text, gpointer data)
{
    GString *out = data;
    g_string_append(out, " <testsuite");
    append_attribute(out, "name", unread->path);
    g_string_append(out, " tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\" time=\"0\">\n"
                         "  <testcase");
    append_attribute(out, "classname", unread->path);
    append_attribute(out, "name", ZP_UNREAD);
    g_string_append(out, " time=\"0\"><skipped");
    append_attribute(out, "message", text);
    g_string_append(out, "/></testcase>\n </testsuite>\n");
}

static bool end_junit(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    (void)error;
    zp_passed_over_files(summary, writing->options.lang, append_unread, writing->buffer);
    zp_held_each(summary, writing->options.lang, append_held, writing->buffer);
    g_string_append(writing->buffer, "</testsuites>\n");
    return true;
}

const ZpWriter zp_junit_writer = {
    .name = "junit",
    .zh = "JUnit XML（测试报告）",
    .en = "JUnit XML (test reports)",
    .for_check = true,
    .begin = begin_junit,
    .file = write_junit_file,
    .end = end_junit,
};
