/*
 * report_json.c - findings and verdicts emitted, files and totals as jansson objects.
 */
#include "output/report_json.h"

#include "base/error.h"

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
static void put_texts(ZpEmitter *emitter, const char *key, const GPtrArray *texts)
{
    zp_emit_open(emitter, key, '[');
    for (guint k = 0; texts && k < texts->len; k++)
        zp_emit_text(emitter, NULL, g_ptr_array_index(texts, k));
    zp_emit_close(emitter, ']');
}

static void put_recomputed(ZpEmitter *emitter, const ZpRecomputed *recomputed)
{
    if (!recomputed->has_scores) {
        zp_emit_word(emitter, "recomputed", "null");
        return;
    }
    zp_emit_open(emitter, "recomputed", '{');
    zp_emit_text(emitter, "execution", recomputed->execution);
    put_texts(emitter, "indicators", recomputed->indicators);
    zp_emit_text(emitter, "total", recomputed->total);
    zp_emit_text(emitter, "grade", recomputed->grade);
    put_texts(emitter, "assumed", recomputed->assumed);
    zp_emit_close(emitter, '}');
}

static void put_checks(ZpEmitter *emitter, const ZpChecks *checks)
{
    zp_emit_open(emitter, "checks", '{');
    zp_emit_number(emitter, "passed", checks->passed);
    zp_emit_number(emitter, "failed", checks->failed);
    zp_emit_number(emitter, "not_applicable", checks->not_applicable);
    zp_emit_number(emitter, "not_evaluable", checks->not_evaluable);
    zp_emit_close(emitter, '}');
}

void zp_emit_checked_form(ZpEmitter *emitter, const char *key, const ZpForm *form,
                          const ZpVerdict *verdict)
{
    zp_emit_open(emitter, key, '{');
    zp_emit_number(emitter, "index", form->index);
    zp_emit_text(emitter, "project", form->project.text);
    zp_emit_text(emitter, "unit", form->unit.text);
    zp_emit_number_or_null(emitter, "year", form->year != 0, form->year);
    zp_emit_text(emitter, "template", form->template_id);
    zp_emit_text(emitter, "profile", form->profile);
    zp_emit_reading(emitter, &form->reading);
    put_recomputed(emitter, &verdict->recomputed);
    put_checks(emitter, &verdict->checks);
    zp_emit_close(emitter, '}');
}

/* The earlier form that a rule between forms names. */
static void put_related(ZpEmitter *emitter, const ZpFinding *finding)
{
    zp_emit_open(emitter, "related", '[');
    zp_emit_open(emitter, NULL, '{');
    zp_emit_path(emitter, finding->related_path);
    zp_emit_number_or_null(emitter, "form", finding->related_form != ZP_FORM_NONE,
                           finding->related_form);
    zp_emit_close(emitter, '}');
    zp_emit_close(emitter, ']');
}

/* What was asked about a finding beside the document: only then there is something to print. */
static void put_standing(ZpEmitter *emitter, const ZpFinding *finding)
{
    static const char *const AGES[] = {
        [ZP_AGE_UNASKED] = NULL, [ZP_AGE_NEW] = "new", [ZP_AGE_UNCHANGED] = "unchanged"};
    if (finding->suppressed)
        zp_emit_text(emitter, "suppressed", finding->suppressed);
    if (finding->baseline)
        zp_emit_text(emitter, "baseline", AGES[finding->baseline]);
    if (finding->diff)
        zp_emit_text(emitter, "diff", AGES[finding->diff]);
}

void zp_emit_finding(ZpEmitter *emitter, const ZpRulebook *rulebook, const ZpFinding *finding,
                     ZpLang lang)
{
    const ZpRuleRow *rule = &ZP_RULES[finding->rule];
    g_autofree char *message = zp_rulebook_message(rulebook, finding, lang);
    zp_emit_open(emitter, NULL, '{');
    zp_emit_text(emitter, "code", rule->code);
    zp_emit_text(emitter, "name", rule->name);
    if (zp_loss_name(finding->kind))
        zp_emit_text(emitter, "kind", zp_loss_name(finding->kind));
    zp_emit_text(emitter, "severity", zp_severity_name(finding->severity));
    zp_emit_number_or_null(emitter, "form", finding->form >= 0, finding->form);
    zp_emit_text(emitter, "pointer", finding->pointer ? finding->pointer : "");
    zp_emit_place(emitter, "at", &finding->at);
    zp_emit_text(emitter, "stated", finding->stated);
    zp_emit_text(emitter, "expected", finding->expected);
    zp_emit_text(emitter, "habit", finding->habit);
    zp_emit_text(emitter, "message", message);
    if (finding->related_path)
        put_related(emitter, finding);
    zp_emit_text(emitter, "fingerprint", finding->fingerprint);
    put_standing(emitter, finding);
    zp_emit_close(emitter, '}');
}

void zp_emit_unevaluated(ZpEmitter *emitter, const ZpUnevaluated *unevaluated, ZpLang lang)
{
    zp_emit_open(emitter, NULL, '{');
    zp_emit_text(emitter, "code", ZP_RULES[unevaluated->rule].code);
    zp_emit_number_or_null(emitter, "form", unevaluated->form >= 0, unevaluated->form);
    zp_emit_text(emitter, "pointer", unevaluated->pointer ? unevaluated->pointer : "");
    zp_emit_text(emitter, "reason", zp_lang_pick(lang, unevaluated->zh, unevaluated->en));
    zp_emit_close(emitter, '}');
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
