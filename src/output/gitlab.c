/*
 * gitlab.c - GitLab's code quality report: a JSON list.
 *
 *     [{"description": "…", "check_name": "F01", "fingerprint": "…", "severity": "major",
 *       "location": {"path": "a.html", "lines": {"begin": 12}}}, …]
 *
 * https://docs.gitlab.com/ci/testing/code_quality/.  Fingerprints must differ within a report, so
 * one that comes again (the same form twice) gets a number.  A line is required: where there is
 * none it is 1.  What is suppressed is left out; what is known is `info`, and so is the entry of
 * each form with what could not be judged of it.
 */
#include "output/by_form.h"
#include "output/label.h"
#include "output/passed_over.h"
#include "output/report_json.h"
#include "output/standing.h"
#include "output/unjudged.h"

/* How often each fingerprint was written. */
static bool begin_gitlab(ZpWriting *writing, GError **error)
{
    (void)error;
    writing->state = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    writing->free_state = (GDestroyNotify)g_hash_table_unref;
    g_string_append_c(writing->buffer, '[');
    return true;
}

static const char *severity_of(const ZpFinding *finding)
{
    static const char *const NAMES[ZP_SEVERITY_COUNT] = {"info", "info", "minor", "major"};
    return zp_finding_counts(finding) ? NAMES[finding->severity] : "info";
}

static json_t *fingerprint_of(GHashTable *seen, const char *fingerprint)
{
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(seen, fingerprint)) + 1;
    g_hash_table_insert(seen, g_strdup(fingerprint), GUINT_TO_POINTER(n));
    if (n == 1)
        return json_string(fingerprint);
    g_autofree char *numbered = g_strdup_printf("%s-%u", fingerprint, n);
    return json_string(numbered);
}

static json_t *location_of(const char *path, guint line)
{
    json_t *lines = json_object(), *location = json_object();
    zp_json_put(lines, "begin", json_integer(MAX(line, 1)));
    zp_json_put(location, "path", zp_json_text(path));
    zp_json_put(location, "lines", lines);
    return location;
}

static json_t *finding_object(ZpWriting *writing, const ZpResult *result, const ZpFinding *finding)
{
    ZpLang lang = writing->options.lang;
    g_autofree char *message = zp_rulebook_message(writing->rulebook, finding, lang);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "%s ", ZP_RULES[finding->rule].code);
    zp_where_append(text, result, finding, lang);
    g_string_append(text, message);
    zp_standing_append(text, finding, lang);
    json_t *object = json_object();
    zp_json_put(object, "description", zp_json_visible(text->str));
    zp_json_put(object, "check_name", json_string(ZP_RULES[finding->rule].code));
    zp_json_put(object, "fingerprint", fingerprint_of(writing->state, finding->fingerprint));
    zp_json_put(object, "severity", json_string(severity_of(finding)));
    zp_json_put(object, "location", location_of(result->path, finding->at.line));
    return object;
}

/* Of a form, or of the file itself (@form -1). */
static bool write_unjudged(ZpWriting *writing, const ZpResult *result, int form, GError **error)
{
    ZpLang lang = writing->options.lang;
    if (zp_unjudged_count(result->report, form) == 0)
        return true;
    g_autofree char *text = zp_unjudged_sentence(result->report, form, lang);
    g_autofree char *name = g_strdup_printf(ZP_UNJUDGED " %s %d", result->path, form);
    g_autofree char *fingerprint = g_compute_checksum_for_string(G_CHECKSUM_SHA256, name, -1);
    json_t *object = json_object();
    zp_json_put(object, "description", zp_json_visible(text));
    zp_json_put(object, "check_name", json_string(ZP_UNJUDGED));
    zp_json_put(object, "fingerprint", fingerprint_of(writing->state, fingerprint));
    zp_json_put(object, "severity", json_string("info"));
    zp_json_put(object, "location", location_of(result->path, 0));
    g_string_append(writing->buffer, writing->n_shown++ > 0 ? ",\n" : "\n");
    return zp_json_print(writing->buffer, object, error) &&
           zp_writing_flush(writing, ZP_WRITING_BUFFER, error);
}

static bool write_gitlab_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    const GPtrArray *findings = result->report->findings;
    for (guint k = 0; k < findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(findings, k);
        if (finding->suppressed)
            continue;
        g_string_append(writing->buffer, writing->n_shown++ > 0 ? ",\n" : "\n");
        if (!zp_json_print(writing->buffer, finding_object(writing, result, finding), error) ||
            !zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    int n_forms = result->forms ? (int)result->forms->len : 0;
    g_autoptr(ZpByForm) by_form = zp_by_form_new(result);
    for (int form = -1; form < n_forms; form++) {
        if (!write_unjudged(writing, zp_by_form_result(by_form, form), form, error))
            return false;
    }
    return true;
}

/* Where the report has nothing but issues, it is one that asks for nothing. */
static void append_held(const char *text, const ZpHeld *held, gpointer data)
{
    ZpWriting *writing = data;
    g_autofree char *name = g_strconcat("configuration ", held->file, NULL);
    g_autofree char *fingerprint = g_compute_checksum_for_string(G_CHECKSUM_SHA256, name, -1);
    json_t *object = json_object();
    zp_json_put(object, "description", zp_json_text(text));
    zp_json_put(object, "check_name", json_string("configuration"));
    zp_json_put(object, "fingerprint", fingerprint_of(writing->state, fingerprint));
    zp_json_put(object, "severity", json_string("info"));
    zp_json_put(object, "location", location_of(held->file, 0));
    g_string_append(writing->buffer, writing->n_shown++ > 0 ? ",\n" : "\n");
    zp_json_print(writing->buffer, object, NULL);
}

/* A file that was passed over although a form may be in it. */
static void append_unread(const ZpPassedOver *unread, const char *text, gpointer data)
{
    ZpWriting *writing = data;
    g_autofree char *name = g_strconcat(ZP_UNREAD " ", unread->path, NULL);
    g_autofree char *fingerprint = g_compute_checksum_for_string(G_CHECKSUM_SHA256, name, -1);
    json_t *object = json_object();
    zp_json_put(object, "description", zp_json_visible(text));
    zp_json_put(object, "check_name", json_string(ZP_UNREAD));
    zp_json_put(object, "fingerprint", fingerprint_of(writing->state, fingerprint));
    zp_json_put(object, "severity", json_string("minor"));
    zp_json_put(object, "location", location_of(unread->path, 0));
    g_string_append(writing->buffer, writing->n_shown++ > 0 ? ",\n" : "\n");
    zp_json_print(writing->buffer, object, NULL);
}

static bool end_gitlab(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    (void)error;
    zp_passed_over_files(summary, writing->options.lang, append_unread, writing);
    zp_held_each(summary, writing->options.lang, append_held, writing);
    g_string_append(writing->buffer, "\n]\n");
    return true;
}

const ZpWriter zp_gitlab_writer = {
    .name = "gitlab",
    .zh = "GitLab 的代码质量报告",
    .en = "a Code Quality report for GitLab",
    .for_check = true,
    .wants_digests = true,
    .begin = begin_gitlab,
    .file = write_gitlab_file,
    .end = end_gitlab,
};
