/*
 * checkstyle.c - the XML of Checkstyle, which most review tools read.
 *
 *     <checkstyle version="4.3"><file name="a.html">
 *      <error line="12" severity="error" message="…" source="ziping.F01"/></file></checkstyle>
 *
 * Severities are error, warning, info and ignore; what is suppressed is `ignore`, what is known is
 * `info`, and so are the checks of a form that could not be made, in one entry a form.  Line 0 means
 * the file as a whole: documents with pages have no lines.
 */
#include "output/by_form.h"
#include "output/escape.h"
#include "output/label.h"
#include "output/passed_over.h"
#include "output/standing.h"
#include "output/unjudged.h"

static const char *severity_of(const ZpFinding *finding)
{
    static const char *const NAMES[ZP_SEVERITY_COUNT] = {"ignore", "info", "warning", "error"};
    if (finding->suppressed)
        return "ignore";
    return zp_finding_counts(finding) ? NAMES[finding->severity] : "info";
}

static void append_finding(ZpWriting *writing, const ZpResult *result, const ZpFinding *finding)
{
    GString *out = writing->buffer;
    ZpLang lang = writing->options.lang;
    g_autofree char *message = zp_rulebook_message(writing->rulebook, finding, lang);
    g_autofree char *note = zp_standing_note(finding, lang);
    g_autoptr(GString) text = g_string_new(NULL);
    zp_where_append(text, result, finding, lang);
    g_string_append(text, message);
    if (note)
        g_string_append_printf(text, " [%s]", note);
    g_string_append_printf(out, "  <error line=\"%u\" severity=\"%s\" message=\"", finding->at.line,
                           severity_of(finding));
    zp_escape_xml(out, text->str);
    g_string_append_printf(out, "\" source=\"ziping.%s\"/>\n", ZP_RULES[finding->rule].code);
}

static bool begin_checkstyle(ZpWriting *writing, GError **error)
{
    (void)error;
    g_string_append(writing->buffer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                     "<checkstyle version=\"4.3\">\n");
    return true;
}

static bool write_checkstyle_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    const GPtrArray *findings = result->report->findings;
    g_string_append(writing->buffer, " <file name=\"");
    zp_escape_xml(writing->buffer, result->path);
    g_string_append(writing->buffer, "\">\n");
    for (guint k = 0; k < findings->len; k++) {
        append_finding(writing, result, g_ptr_array_index(findings, k));
        if (!zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    int n_forms = result->forms ? (int)result->forms->len : 0;
    g_autoptr(ZpByForm) by_form = zp_by_form_new(result);
    for (int form = -1; form < n_forms; form++) {
        /* What could not be judged of a form, or of the file itself (@form -1). */
        GString *out = writing->buffer;
        ZpLang lang = writing->options.lang;
        if (zp_unjudged_count(zp_by_form_result(by_form, form)->report, form) == 0)
            continue;
        g_autofree char *text =
            zp_unjudged_sentence(zp_by_form_result(by_form, form)->report, form, lang);
        g_string_append(out, "  <error line=\"0\" severity=\"info\" message=\"");
        zp_escape_xml(out, text);
        g_string_append(out, "\" source=\"ziping." ZP_UNJUDGED "\"/>\n");
    }
    g_string_append(writing->buffer, " </file>\n");
    return true;
}

/* As what no reader counts. */
static void append_held(const char *text, const ZpHeld *held, gpointer data)
{
    GString *out = data;
    g_string_append(out, " <file name=\"");
    zp_escape_xml(out, held->file);
    g_string_append(out, "\">\n  <error line=\"0\" severity=\"ignore\" message=\"");
    zp_escape_xml(out, text);
    g_string_append(out, "\" source=\"ziping.configuration\"/>\n </file>\n");
}

/* A file that was passed over although a form may be in it. */
static void append_unread(const ZpPassedOver *unread, const char *text, gpointer data)
{
    GString *out = data;
    g_string_append(out, " <file name=\"");
    zp_escape_xml(out, unread->path);
    g_string_append(out, "\">\n  <error line=\"0\" severity=\"warning\" message=\"");
    zp_escape_xml(out, text);
    g_string_append(out, "\" source=\"ziping." ZP_UNREAD "\"/>\n </file>\n");
}

static bool end_checkstyle(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    (void)error;
    zp_passed_over_files(summary, writing->options.lang, append_unread, writing->buffer);
    zp_held_each(summary, writing->options.lang, append_held, writing->buffer);
    g_string_append(writing->buffer, "</checkstyle>\n");
    return true;
}

const ZpWriter zp_checkstyle_writer = {
    .name = "checkstyle",
    .zh = "Checkstyle XML",
    .en = "Checkstyle XML",
    .for_check = true,
    .begin = begin_checkstyle,
    .file = write_checkstyle_file,
    .end = end_checkstyle,
};
