/*
 * report_json.c - files, findings, verdicts and totals as jansson objects.
 */
#include "output/report_json.h"

#include "base/error.h"

static json_t *form_or_null(int form)
{
    return form >= 0 ? json_integer(form) : json_null();
}

static const char *status_of(const ZpResult *result)
{
    if (result->error)
        return "failed";
    return result->is_partial ? "partial" : "ok";
}

static json_t *error_or_null(const ZpResult *result, ZpLang lang)
{
    if (!result->error)
        return json_null();
    json_t *object = json_object();
    zp_json_put(object, "code", zp_json_text(result->error_code));
    zp_json_put(object, "message", zp_json_text(zp_error_text(result->error, lang)));
    return object;
}

json_t *zp_json_file_head(const ZpResult *result, ZpLang lang)
{
    json_t *object = json_object();
    zp_json_path(object, result->path);
    zp_json_put(object, "sha256", zp_json_text(result->sha256));
    zp_json_put(object, "format", zp_json_text(result->format));
    zp_json_put(object, "status", json_string(status_of(result)));
    zp_json_put(object, "error", error_or_null(result, lang));
    return object;
}

/* NULL entries become null: empty and 其中 rows have no figure. */
static json_t *texts_array(const GPtrArray *texts)
{
    json_t *array = json_array();
    for (guint k = 0; texts && k < texts->len; k++)
        json_array_append_new(array, zp_json_text(g_ptr_array_index(texts, k)));
    return array;
}

static json_t *recomputed_or_null(const ZpRecomputed *recomputed)
{
    if (!recomputed->has_scores)
        return json_null();
    json_t *object = json_object();
    zp_json_put(object, "execution", zp_json_text(recomputed->execution));
    zp_json_put(object, "indicators", texts_array(recomputed->indicators));
    zp_json_put(object, "total", zp_json_text(recomputed->total));
    zp_json_put(object, "grade", zp_json_text(recomputed->grade));
    zp_json_put(object, "assumed", texts_array(recomputed->assumed));
    return object;
}

static json_t *checks_object(const ZpChecks *checks)
{
    json_t *object = json_object();
    zp_json_put(object, "passed", json_integer(checks->passed));
    zp_json_put(object, "failed", json_integer(checks->failed));
    zp_json_put(object, "not_applicable", json_integer(checks->not_applicable));
    zp_json_put(object, "not_evaluable", json_integer(checks->not_evaluable));
    return object;
}

json_t *zp_json_checked_form(const ZpForm *form, const ZpVerdict *verdict)
{
    json_t *object = json_object();
    zp_json_put(object, "index", json_integer(form->index));
    zp_json_put(object, "project", zp_json_text(form->project.text));
    zp_json_put(object, "unit", zp_json_text(form->unit.text));
    zp_json_put(object, "year", form->year ? json_integer(form->year) : json_null());
    zp_json_put(object, "template", zp_json_text(form->template_id));
    zp_json_put(object, "profile", zp_json_text(form->profile));
    zp_json_put(object, "reading", zp_json_reading(&form->reading));
    zp_json_put(object, "recomputed", recomputed_or_null(&verdict->recomputed));
    zp_json_put(object, "checks", checks_object(&verdict->checks));
    return object;
}

/* The earlier form that a rule between forms names. */
static json_t *related_array(const ZpFinding *finding)
{
    json_t *array = json_array(), *object = json_object();
    zp_json_path(object, finding->related_path);
    bool is_form = finding->related_form != ZP_FORM_NONE;
    zp_json_put(object, "form", is_form ? json_integer(finding->related_form) : json_null());
    json_array_append_new(array, object);
    return array;
}

json_t *zp_json_finding(const ZpRulebook *rulebook, const ZpFinding *finding, ZpLang lang)
{
    const ZpRuleRow *rule = &ZP_RULES[finding->rule];
    g_autofree char *message = zp_rulebook_message(rulebook, finding, lang);
    json_t *object = json_object();
    zp_json_put(object, "code", zp_json_text(rule->code));
    zp_json_put(object, "name", zp_json_text(rule->name));
    if (zp_loss_name(finding->kind))
        zp_json_put(object, "kind", json_string(zp_loss_name(finding->kind)));
    zp_json_put(object, "severity", zp_json_text(zp_severity_name(finding->severity)));
    zp_json_put(object, "form", form_or_null(finding->form));
    zp_json_put(object, "pointer", zp_json_text(finding->pointer ? finding->pointer : ""));
    zp_json_put(object, "at", zp_json_place(&finding->at));
    zp_json_put(object, "stated", zp_json_text(finding->stated));
    zp_json_put(object, "expected", zp_json_text(finding->expected));
    zp_json_put(object, "habit", zp_json_text(finding->habit));
    zp_json_put(object, "message", zp_json_text(message));
    if (finding->related_path)
        zp_json_put(object, "related", related_array(finding));
    zp_json_put(object, "fingerprint", zp_json_text(finding->fingerprint));
    /* What was asked about a finding beside the document: only then there is something to print. */
    static const char *const AGES[] = {
        [ZP_AGE_UNASKED] = NULL, [ZP_AGE_NEW] = "new", [ZP_AGE_UNCHANGED] = "unchanged"};
    if (finding->suppressed)
        zp_json_put(object, "suppressed", zp_json_text(finding->suppressed));
    if (finding->baseline)
        zp_json_put(object, "baseline", json_string(AGES[finding->baseline]));
    if (finding->diff)
        zp_json_put(object, "diff", json_string(AGES[finding->diff]));
    return object;
}

json_t *zp_json_unevaluated(const ZpUnevaluated *unevaluated, ZpLang lang)
{
    const char *reason = zp_lang_pick(lang, unevaluated->zh, unevaluated->en);
    json_t *object = json_object();
    zp_json_put(object, "code", zp_json_text(ZP_RULES[unevaluated->rule].code));
    zp_json_put(object, "form", form_or_null(unevaluated->form));
    zp_json_put(object, "pointer", zp_json_text(unevaluated->pointer ? unevaluated->pointer : ""));
    zp_json_put(object, "reason", zp_json_text(reason));
    return object;
}

static void put_count(json_t *object, const char *key, bool is_asked, guint64 count)
{
    if (is_asked)
        zp_json_put(object, key, json_integer((json_int_t)count));
}

static guint64 count_gone(const GArray *gone)
{
    guint64 count = 0;
    for (guint k = 0; gone && k < gone->len; k++)
        count += g_array_index(gone, ZpGone, k).count;
    return count;
}

static json_t *diff_object(const ZpSummary *summary)
{
    json_t *object = json_object();
    put_count(object, "new", true, summary->n_new);
    put_count(object, "gone", true, count_gone(summary->gone));
    put_count(object, "unchanged", true, summary->n_unchanged);
    return object;
}

static void put_codes(json_t *object, const char *key, const GPtrArray *codes)
{
    json_t *array = json_array();
    for (guint k = 0; k < codes->len; k++)
        json_array_append_new(array, json_string(g_ptr_array_index(codes, k)));
    zp_json_put(object, key, array);
}

static json_t *held_object(const ZpHeld *held)
{
    json_t *object = json_object();
    zp_json_put(object, "path", zp_json_text(held->file));
    zp_json_put(object, "trusted", json_boolean(held->is_trusted));
    put_codes(object, "off", held->off);
    put_codes(object, "lowered", held->lowered);
    put_codes(object, "held_back", held->held_back);
    zp_json_put(object, "suppressed", json_integer((json_int_t)held->suppressed));
    return object;
}

static void put_configuration(json_t *object, const GPtrArray *held)
{
    json_t *array = held && held->len > 0 ? json_array() : NULL;
    for (guint k = 0; array && k < held->len; k++)
        json_array_append_new(array, held_object(g_ptr_array_index(held, k)));
    if (array)
        zp_json_put(object, "configuration", array);
}

/* What was passed over and may hold forms. */
static json_t *unread_array(const ZpSummary *summary)
{
    json_t *array = json_array();
    for (guint k = 0; summary->unread && k < summary->unread->len; k++) {
        const ZpPassedOver *unread = g_ptr_array_index(summary->unread, k);
        if (!unread->may_hold)
            continue;
        json_t *object = json_object();
        zp_json_path(object, unread->path);
        zp_json_put(object, "kind", json_string(unread->id));
        json_array_append_new(array, object);
    }
    return array;
}

json_t *zp_json_summary(const ZpSummary *summary)
{
    json_t *object = json_object();
    zp_json_put(object, "files", json_integer((json_int_t)summary->files));
    zp_json_put(object, "skipped", json_integer((json_int_t)summary->skipped));
    zp_json_put(object, "forms", json_integer((json_int_t)summary->forms));
    for (int k = ZP_SEVERITY_ERROR; k >= ZP_SEVERITY_NOTE; k--)
        zp_json_put(object, zp_severity_name((ZpSeverity)k),
                    json_integer((json_int_t)summary->by_severity[k]));
    zp_json_put(object, "unreadable", json_integer((json_int_t)summary->unreadable));
    put_count(object, "unjudged", true, summary->unjudged);
    zp_json_put(object, "unread", unread_array(summary));
    put_count(object, "known", summary->has_baseline, summary->known);
    put_count(object, "suppressed", summary->suppressed > 0, summary->suppressed);
    put_count(object, "hidden", summary->hidden > 0, summary->hidden);
    if (summary->has_diff)
        zp_json_put(object, "diff", diff_object(summary));
    put_configuration(object, summary->held);
    return object;
}

json_t *zp_json_statistics(const ZpSummary *summary)
{
    json_t *array = json_array();
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++) {
        if (summary->by_rule[rule] == 0)
            continue;
        json_t *row = json_object();
        zp_json_put(row, "code", json_string(ZP_RULES[rule].code));
        zp_json_put(row, "name", json_string(ZP_RULES[rule].name));
        zp_json_put(row, "count", json_integer((json_int_t)summary->by_rule[rule]));
        json_array_append_new(array, row);
    }
    return array;
}

json_t *zp_json_gone(const ZpGone *gone)
{
    json_t *object = json_object();
    zp_json_put(object, "code", json_string(ZP_RULES[gone->rule].code));
    zp_json_put(object, "severity", json_string(zp_severity_name(gone->severity)));
    zp_json_put(object, "count", json_integer((json_int_t)gone->count));
    zp_json_put(object, "path", zp_json_text(gone->path));
    zp_json_put(object, "project", zp_json_text(gone->project));
    zp_json_put(object, "pointer", zp_json_text(gone->pointer));
    zp_json_put(object, "message", zp_json_text(gone->message));
    zp_json_put(object, "fingerprint", zp_json_text(gone->fingerprint));
    return object;
}
