/*
 * github.c - annotations: workflow commands that GitHub Actions reads from a step's output.
 *
 *     ::error file=a.html,line=12,title=F01 execution-rate::年度资金总额 · 执行率: …
 *
 * A line a finding.  What is suppressed is left out, as there is no way to say so; what is known
 * is a notice whatever its severity.  What could not be judged of a form is one notice: of a step
 * only ten are shown.
 */
#include "output/by_form.h"
#include "output/escape.h"
#include "output/label.h"
#include "output/passed_over.h"
#include "output/standing.h"
#include "output/unjudged.h"

static const char *command_of(const ZpFinding *finding)
{
    static const char *const NAMES[ZP_SEVERITY_COUNT] = {"debug", "notice", "warning", "error"};
    return zp_finding_counts(finding) ? NAMES[finding->severity] : "notice";
}

static void append_finding(ZpWriting *writing, const ZpResult *result, const ZpFinding *finding)
{
    GString *out = writing->buffer;
    ZpLang lang = writing->options.lang;
    g_autofree char *message = zp_rulebook_message(writing->rulebook, finding, lang);
    g_autofree char *note = zp_standing_note(finding, lang);
    g_autoptr(GString) label = g_string_new(NULL);
    g_autofree char *title =
        g_strdup_printf("%s %s%s%s", ZP_RULES[finding->rule].code, ZP_RULES[finding->rule].name,
                        note ? " · " : "", note ? note : "");
    g_string_append_printf(out, "::%s file=", command_of(finding));
    zp_escape_command(out, result->path, true);
    if (finding->at.line > 0)
        g_string_append_printf(out, ",line=%u", finding->at.line);
    g_string_append(out, ",title=");
    zp_escape_command(out, title, true);
    g_string_append(out, "::");
    zp_where_append(label, result, finding, lang);
    g_string_append(label, message);
    zp_escape_command(out, label->str, false);
    g_string_append_c(out, '\n');
}

/* Of a form, or of the file itself (@form -1). */
static void append_unjudged(ZpWriting *writing, const ZpResult *result, int form)
{
    ZpLang lang = writing->options.lang;
    if (zp_unjudged_count(result->report, form) == 0)
        return;
    g_autofree char *text = zp_unjudged_sentence(result->report, form, lang);
    g_string_append(writing->buffer, "::notice file=");
    zp_escape_command(writing->buffer, result->path, true);
    g_string_append(writing->buffer, ",title=");
    zp_escape_command(writing->buffer, zp_unjudged_name(lang), true);
    g_string_append(writing->buffer, "::");
    zp_escape_command(writing->buffer, text, false);
    g_string_append_c(writing->buffer, '\n');
}

static bool write_github_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    const GPtrArray *findings = result->report->findings;
    for (guint k = 0; k < findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(findings, k);
        if (!finding->suppressed)
            append_finding(writing, result, finding);
        if (!zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    int n_forms = result->forms ? (int)result->forms->len : 0;
    g_autoptr(ZpByForm) by_form = zp_by_form_new(result);
    for (int form = -1; form < n_forms; form++)
        append_unjudged(writing, zp_by_form_result(by_form, form), form);
    return true;
}

static void append_held(const char *text, const ZpHeld *held, gpointer data)
{
    GString *out = data;
    g_string_append(out, held->is_trusted ? "::notice::" : "::warning::");
    zp_escape_command(out, text, false);
    g_string_append_c(out, '\n');
}

/* Files that were passed over although forms may be in them, a line a kind. */
static void append_unread(const char *text, bool may_hold, gpointer data)
{
    GString *out = data;
    g_string_append(out, may_hold ? "::warning title=" ZP_UNREAD "::"
                                  : "::notice title=" ZP_UNREAD "::");
    zp_escape_command(out, text, false);
    g_string_append_c(out, '\n');
}

static bool end_github(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    (void)error;
    zp_passed_over_each(summary, false, writing->options.lang, append_unread, writing->buffer);
    zp_held_each(summary, writing->options.lang, append_held, writing->buffer);
    return true;
}

const ZpWriter zp_github_writer = {
    .name = "github",
    .zh = "GitHub 工作流的提示行",
    .en = "annotations of GitHub Actions",
    .for_check = true,
    .file = write_github_file,
    .end = end_github,
};
