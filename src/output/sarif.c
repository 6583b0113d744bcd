/*
 * sarif.c - SARIF 2.1.0 for code scanning services.
 *
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/.  One run: the tool with all its rules first,
 * then the results as they come, last what had to be left out:
 *
 *     {"version": "2.1.0", "runs": [{"tool": {"driver": {…, "rules": […]}},
 *      "results": [
 *      {"ruleId": "F01", "ruleIndex": 9, "level": "error", "message": …, "locations": …},
 *      …],
 *      "invocations": [{"executionSuccessful": true, "toolExecutionNotifications": […]}]}]}
 *
 * Services refuse a run of more than 25,000 results, so the rest is counted and a notification
 * says how many were cut.  A finding that is suppressed or known is a result all the same, and so is a
 * check that could not be made, with the kind "open" (3.27.9) and no level.
 */
#include "output/escape.h"
#include "output/label.h"
#include "output/passed_over.h"
#include "output/report_json.h"
#include "output/standing.h"
#include "output/unjudged.h"

#include "base/error.h"
#include "base/limits.h"

#include <string.h>

/* Of the results that a service takes those that are no findings get at most this part. */
#define OPEN_PART 5

/* What a run has written so far. */
typedef struct {
    guint64 n_results, n_cut;
    guint64 n_open;   /* of the results */
    GPtrArray *notes; /* of json_t: notifications about inputs that could not be read */
} State;

static const char *const LEVELS[ZP_SEVERITY_COUNT] = {
    [ZP_SEVERITY_OFF] = "none",
    [ZP_SEVERITY_NOTE] = "note",
    [ZP_SEVERITY_WARNING] = "warning",
    [ZP_SEVERITY_ERROR] = "error",
};

static void free_state(gpointer data)
{
    State *state = data;
    g_ptr_array_unref(state->notes);
    g_free(state);
}

static json_t *message_of(const char *text)
{
    json_t *message = json_object();
    zp_json_put(message, "text", zp_json_visible(text));
    return message;
}

/* --- the rules --- */

static json_t *rule_help(const ZpRulebook *rulebook, ZpRule rule, ZpLang lang)
{
    g_autofree char *page = zp_rulebook_page(rulebook, rule, lang);
    const char *sentence = zp_rulebook_sentence(rulebook, rule, lang);
    json_t *help = json_object();
    zp_json_put(help, "text", zp_json_text(page ? page : sentence));
    zp_json_put(help, "markdown", zp_json_text(page ? page : sentence));
    return help;
}

static json_t *rule_object(const ZpRulebook *rulebook, ZpRule rule, ZpLang lang)
{
    const ZpRuleRow *row = &ZP_RULES[rule];
    const char *sentence = zp_rulebook_sentence(rulebook, rule, lang);
    json_t *object = json_object(), *defaults = json_object();
    zp_json_put(object, "id", json_string(row->code));
    zp_json_put(object, "name", json_string(row->name));
    zp_json_put(object, "shortDescription", message_of(sentence));
    zp_json_put(object, "fullDescription", message_of(sentence));
    zp_json_put(object, "help", rule_help(rulebook, rule, lang));
    if (row->severity == ZP_SEVERITY_OFF)
        zp_json_put(defaults, "enabled", json_false());
    zp_json_put(defaults, "level", json_string(LEVELS[row->severity]));
    zp_json_put(object, "defaultConfiguration", defaults);
    return object;
}

static json_t *tool_object(const ZpWriting *writing)
{
    json_t *rules = json_array(), *driver = json_object(), *tool = json_object();
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++)
        json_array_append_new(rules,
                              rule_object(writing->rulebook, (ZpRule)rule, writing->options.lang));
    zp_json_put(driver, "name", json_string("ziping"));
    zp_json_put(driver, "version", json_string(ZP_VERSION));
    zp_json_put(driver, "semanticVersion", json_string(ZP_VERSION));
    zp_json_put(driver, "language",
                json_string(zp_lang_pick(writing->options.lang, "zh-CN", "en-US")));
    zp_json_put(driver, "rules", rules);
    zp_json_put(tool, "driver", driver);
    return tool;
}

static bool begin_sarif(ZpWriting *writing, GError **error)
{
    State *state = g_new0(State, 1);
    state->notes = g_ptr_array_new_with_free_func((GDestroyNotify)json_decref);
    writing->state = state;
    writing->free_state = free_state;
    g_string_append(writing->buffer, "{\"$schema\": "
                                     "\"https://json.schemastore.org/sarif-2.1.0.json\", "
                                     "\"version\": \"2.1.0\", \"runs\": [{\"tool\": ");
    if (!zp_json_print(writing->buffer, tool_object(writing), error))
        return false;
    g_string_append(writing->buffer, ",\n\"columnKind\": \"unicodeCodePoints\", \"results\": [");
    return true;
}

/* --- a result --- */

static json_t *artifact_of(const char *path)
{
    g_autoptr(GString) uri = g_string_new(NULL);
    zp_escape_uri(uri, path);
    json_t *location = json_object();
    zp_json_put(location, "uri", json_string(uri->str));
    return location;
}

/* The printed label of the field, and its pointer for programs. */
static json_t *logical_location(const ZpForm *form, const char *pointer, ZpLang lang)
{
    g_autoptr(GString) label = g_string_new(NULL);
    g_autofree char *whole = g_strdup_printf("/forms/%u%s", form->index, pointer);
    zp_label_append(label, form, pointer, lang);
    json_t *location = json_object();
    zp_json_put(location, "name", zp_json_text(label->str));
    zp_json_put(location, "fullyQualifiedName", zp_json_text(whole));
    return location;
}

/* The cell of a sheet, or the table and row, as a reader names it. */
static json_t *cell_location(const ZpResult *result, const ZpPlace *at, const char *pointer,
                             ZpLang lang)
{
    g_autoptr(GString) place = g_string_new(NULL);
    if (!zp_place_append(place, result, at, pointer, lang))
        return NULL;
    json_t *location = json_object();
    zp_json_put(location, "name", zp_json_text(place->str));
    return location;
}

/* @at: (nullable) */
static json_t *locations_of(const ZpResult *result, const ZpForm *form, const char *pointer,
                            const ZpPlace *at, ZpLang lang)
{
    json_t *physical = json_object(), *location = json_object(), *list = json_array();
    zp_json_put(physical, "artifactLocation", artifact_of(result->path));
    if (at && at->line > 0) {
        json_t *region = json_object();
        zp_json_put(region, "startLine", json_integer(at->line));
        zp_json_put(physical, "region", region);
    }
    zp_json_put(location, "physicalLocation", physical);
    json_t *logical = json_array();
    json_t *cell = at && !at->line ? cell_location(result, at, pointer, lang) : NULL;
    if (form)
        json_array_append_new(logical, logical_location(form, pointer ? pointer : "", lang));
    if (cell)
        json_array_append_new(logical, cell);
    if (form || cell)
        zp_json_put(location, "logicalLocations", logical);
    else
        json_decref(logical);
    json_array_append_new(list, location);
    return list;
}

static json_t *properties_of(const ZpResult *result, const ZpFinding *finding)
{
    const ZpForm *form = zp_result_form(result, finding);
    json_t *bag = json_object();
    zp_json_put(bag, "form", form ? json_integer(form->index) : json_null());
    zp_json_put(bag, "project", zp_json_text(form ? form->project.text : NULL));
    zp_json_put(bag, "pointer", zp_json_text(finding->pointer ? finding->pointer : ""));
    zp_json_put(bag, "at", zp_json_place(&finding->at));
    zp_json_put(bag, "stated", zp_json_text(finding->stated));
    zp_json_put(bag, "expected", zp_json_text(finding->expected));
    zp_json_put(bag, "habit", zp_json_text(finding->habit));
    return bag;
}

static void put_standing(json_t *object, const ZpFinding *finding)
{
    ZpAge age = finding->baseline ? finding->baseline : finding->diff;
    if (age != ZP_AGE_UNASKED)
        zp_json_put(object, "baselineState",
                    json_string(age == ZP_AGE_UNCHANGED ? "unchanged" : "new"));
    if (!finding->suppressed)
        return;
    json_t *suppression = json_object(), *list = json_array();
    zp_json_put(suppression, "kind", json_string("external"));
    zp_json_put(suppression, "justification", zp_json_text(finding->suppressed));
    json_array_append_new(list, suppression);
    zp_json_put(object, "suppressions", list);
}

static json_t *result_object(const ZpWriting *writing, const ZpResult *result,
                             const ZpFinding *finding)
{
    g_autofree char *message =
        zp_rulebook_message(writing->rulebook, finding, writing->options.lang);
    g_autoptr(GString) whole = g_string_new(NULL);
    json_t *object = json_object(), *fingerprints = json_object();
    zp_json_put(object, "ruleId", json_string(ZP_RULES[finding->rule].code));
    zp_json_put(object, "ruleIndex", json_integer(finding->rule));
    zp_json_put(object, "level", json_string(LEVELS[finding->severity]));
    zp_where_append(whole, result, finding, writing->options.lang);
    g_string_append(whole, message);
    zp_json_put(object, "message", message_of(whole->str));
    zp_json_put(object, "locations",
                locations_of(result, zp_result_form(result, finding), finding->pointer,
                             &finding->at, writing->options.lang));
    zp_json_put(fingerprints, "ziping/v1", zp_json_text(finding->fingerprint));
    zp_json_put(object, "partialFingerprints", fingerprints);
    put_standing(object, finding);
    zp_json_put(object, "properties", properties_of(result, finding));
    return object;
}

static json_t *open_object(const ZpWriting *writing, const ZpResult *result,
                           const ZpUnevaluated *one)
{
    ZpLang lang = writing->options.lang;
    const ZpForm *form = zp_unjudged_form(result, one);
    const ZpFinding place = {.form = one->form, .pointer = one->pointer, .at = one->at};
    g_autoptr(GString) whole = g_string_new(NULL);
    json_t *object = json_object(), *bag = json_object();
    zp_json_put(object, "ruleId", json_string(ZP_RULES[one->rule].code));
    zp_json_put(object, "ruleIndex", json_integer(one->rule));
    zp_json_put(object, "kind", json_string("open"));
    zp_json_put(object, "level", json_string("none"));
    zp_where_append(whole, result, &place, lang);
    g_string_append(whole, zp_unjudged_reason(one, lang));
    zp_json_put(object, "message", message_of(whole->str));
    zp_json_put(object, "locations", locations_of(result, form, one->pointer, &one->at, lang));
    zp_json_put(bag, "form", form ? json_integer(form->index) : json_null());
    zp_json_put(bag, "project", zp_json_text(form ? form->project.text : NULL));
    zp_json_put(bag, "pointer", zp_json_text(one->pointer ? one->pointer : ""));
    zp_json_put(object, "properties", bag);
    return object;
}

static guint most_results(const ZpWriting *writing)
{
    guint set = writing->options.sarif_results;
    return set ? set : ZP_LIMIT_SARIF_RESULTS;
}

/* Write a result, or count it as cut. */
static bool write_result(ZpWriting *writing, json_t *object, GError **error)
{
    State *state = writing->state;
    if (state->n_results >= most_results(writing)) {
        state->n_cut++;
        json_decref(object);
        return true;
    }
    g_string_append(writing->buffer, state->n_results++ > 0 ? ",\n" : "\n");
    return zp_json_print(writing->buffer, object, error) &&
           zp_writing_flush(writing, ZP_WRITING_BUFFER, error);
}

/* What is open leaves room for the findings of the files that follow. */
static bool write_open(ZpWriting *writing, const ZpResult *result, const ZpUnevaluated *one,
                       GError **error)
{
    State *state = writing->state;
    if (state->n_open >= most_results(writing) / OPEN_PART) {
        state->n_cut++;
        return true;
    }
    state->n_open++;
    return write_result(writing, open_object(writing, result, one), error);
}

/* --- notifications --- */

static json_t *notification(const char *level, const char *text, const char *path)
{
    json_t *object = json_object();
    zp_json_put(object, "level", json_string(level));
    zp_json_put(object, "message", message_of(text));
    if (!path)
        return object;
    json_t *physical = json_object(), *location = json_object(), *list = json_array();
    zp_json_put(physical, "artifactLocation", artifact_of(path));
    zp_json_put(location, "physicalLocation", physical);
    json_array_append_new(list, location);
    zp_json_put(object, "locations", list);
    return object;
}

static void note_cut(State *state, ZpLang lang)
{
    bool zh = lang == ZP_LANG_ZH;
    if (state->n_cut == 0)
        return;
    g_autofree char *text = g_strdup_printf(
        zh ? "只写出 %" G_GUINT64_FORMAT " 条结果，另有 %" G_GUINT64_FORMAT
             " 条未写（ZP_LIMIT_SARIF_RESULTS）；请分批检查，或用 --show 提高级别"
           : "%" G_GUINT64_FORMAT " results are written, %" G_GUINT64_FORMAT
             " more were cut (ZP_LIMIT_SARIF_RESULTS); check fewer files at once or raise --show",
        state->n_results, state->n_cut);
    g_ptr_array_add(state->notes, notification("warning", text, NULL));
}

static bool write_sarif_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    State *state = writing->state;
    const GPtrArray *findings = result->report->findings;
    if (result->error)
        g_ptr_array_add(state->notes,
                        notification("error", zp_error_text(result->error, writing->options.lang),
                                     result->path));
    for (guint k = 0; k < findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(findings, k);
        if (!write_result(writing, result_object(writing, result, finding), error))
            return false;
    }
    for (guint k = 0; k < result->report->unevaluated->len; k++) {
        if (!write_open(writing, result, g_ptr_array_index(result->report->unevaluated, k), error))
            return false;
    }
    return true;
}

/* What the earlier report had and this run has not is a result too: "absent". */
static bool write_gone(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    for (guint k = 0; summary->gone && k < summary->gone->len; k++) {
        const ZpGone *gone = &g_array_index(summary->gone, ZpGone, k);
        const char *text = gone->message ? gone->message : ZP_RULES[gone->rule].name;
        json_t *object = notification(LEVELS[gone->severity], text, gone->path);
        json_t *fingerprints = json_object();
        zp_json_put(object, "ruleId", json_string(ZP_RULES[gone->rule].code));
        zp_json_put(object, "ruleIndex", json_integer(gone->rule));
        zp_json_put(object, "baselineState", json_string("absent"));
        zp_json_put(fingerprints, "ziping/v1", zp_json_text(gone->fingerprint));
        zp_json_put(object, "partialFingerprints", fingerprints);
        if (!write_result(writing, object, error))
            return false;
    }
    return true;
}

/* What is stale or expired in the configuration. */
static json_t *list_notices(const GPtrArray *notices)
{
    json_t *list = json_array();
    for (guint k = 0; notices && k < notices->len; k++)
        json_array_append_new(list, notification("warning", g_ptr_array_index(notices, k), NULL));
    return list;
}

static void list_held(const char *text, const ZpHeld *held, gpointer data)
{
    json_array_append_new(data, notification(held->is_trusted ? "note" : "warning", text, NULL));
}

/* One for a kind. */
static void list_unread(const char *text, bool may_hold, gpointer data)
{
    json_array_append_new(data, notification(may_hold ? "warning" : "note", text, NULL));
}

static bool end_sarif(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    State *state = writing->state;
    json_t *invocation = json_object(), *list = json_array(), *invocations = json_array();
    if (!write_gone(writing, summary, error))
        return false;
    note_cut(state, writing->options.lang);
    for (guint k = 0; k < state->notes->len; k++)
        json_array_append(list, g_ptr_array_index(state->notes, k));
    zp_passed_over_each(summary, false, writing->options.lang, list_unread, list);
    zp_json_put(invocation, "executionSuccessful", json_boolean(summary->unreadable == 0));
    zp_json_put(invocation, "toolExecutionNotifications", list);
    json_t *notices = list_notices(summary->notices);
    zp_held_each(summary, writing->options.lang, list_held, notices);
    zp_json_put(invocation, "toolConfigurationNotifications", notices);
    json_array_append_new(invocations, invocation);
    g_string_append(writing->buffer, "\n],\n\"invocations\": ");
    bool done = zp_json_print(writing->buffer, invocations, error);
    g_string_append(writing->buffer, "}]}\n");
    return done;
}

const ZpWriter zp_sarif_writer = {
    .name = "sarif",
    .zh = "SARIF 2.1.0（代码扫描平台）",
    .en = "SARIF 2.1.0 (code scanning)",
    .for_check = true,
    .wants_digests = true,
    .begin = begin_sarif,
    .file = write_sarif_file,
    .end = end_sarif,
};
