/*
 * page_json.c - rows, forms and totals of the report page.
 *
 * A row is small, for the page holds them all at once; a form is canonical (docs/formats.md) with what was
 * found beside it.
 */
#include "output/page_json.h"

#include "output/by_form.h"
#include "output/label.h"
#include "output/standing.h"
#include "output/unjudged.h"

#include "base/error.h"
#include "base/limits.h"

/* {"zh": …, "en": …} */
static json_t *both(const char *zh, const char *en)
{
    json_t *object = json_object();
    zp_json_put(object, "zh", zp_json_text(zh));
    zp_json_put(object, "en", zp_json_text(en));
    return object;
}

static void put_both(ZpEmitter *emitter, const char *key, const char *zh, const char *en)
{
    zp_emit_open(emitter, key, '{');
    zp_emit_text(emitter, "zh", zh);
    zp_emit_text(emitter, "en", en);
    zp_emit_close(emitter, '}');
}

static void put_label(ZpEmitter *emitter, const ZpForm *form, const char *pointer)
{
    g_autoptr(GString) zh = g_string_new(NULL), en = g_string_new(NULL);
    if (form) {
        zp_label_append(zh, form, pointer ? pointer : "", ZP_LANG_ZH);
        zp_label_append(en, form, pointer ? pointer : "", ZP_LANG_EN);
    }
    put_both(emitter, "label", zh->str, en->str);
}

static void put_place(ZpEmitter *emitter, const ZpResult *result, const ZpFinding *finding)
{
    g_autoptr(GString) zh = g_string_new(NULL), en = g_string_new(NULL);
    zp_place_append(zh, result, &finding->at, finding->pointer, ZP_LANG_ZH);
    zp_place_append(en, result, &finding->at, finding->pointer, ZP_LANG_EN);
    put_both(emitter, "place", zh->str, en->str);
}

static void put_finding(ZpEmitter *emitter, const ZpRulebook *rulebook, const ZpResult *result,
                        const ZpForm *form, const ZpFinding *finding)
{
    g_autofree char *zh = zp_rulebook_message(rulebook, finding, ZP_LANG_ZH);
    g_autofree char *en = zp_rulebook_message(rulebook, finding, ZP_LANG_EN);
    g_autofree char *standing_zh = zp_standing_note(finding, ZP_LANG_ZH);
    g_autofree char *standing_en = zp_standing_note(finding, ZP_LANG_EN);
    zp_emit_open(emitter, NULL, '{');
    zp_emit_text(emitter, "code", ZP_RULES[finding->rule].code);
    zp_emit_text(emitter, "severity", zp_severity_name(finding->severity));
    zp_emit_text(emitter, "pointer", finding->pointer ? finding->pointer : "");
    put_label(emitter, form, finding->pointer);
    put_place(emitter, result, finding);
    zp_emit_number(emitter, "page", finding->at.page);
    zp_emit_text(emitter, "stated", finding->stated);
    zp_emit_text(emitter, "expected", finding->expected);
    put_both(emitter, "message", zh, en);
    if (zp_loss_name(finding->kind))
        zp_emit_text(emitter, "kind", zp_loss_name(finding->kind));
    if (standing_zh)
        put_both(emitter, "standing", standing_zh, standing_en);
    zp_emit_close(emitter, '}');
}

static void put_findings(ZpEmitter *emitter, const ZpRulebook *rulebook, const ZpResult *result,
                         int form)
{
    const GPtrArray *findings = result->report->findings;
    const ZpForm *about = form >= 0 ? g_ptr_array_index(result->forms, form) : NULL;
    zp_emit_open(emitter, "findings", '[');
    for (guint k = 0; k < findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(findings, k);
        if (finding->form == form)
            put_finding(emitter, rulebook, result, about, finding);
    }
    zp_emit_close(emitter, ']');
}

static void put_unjudged(ZpEmitter *emitter, const ZpResult *result, int form)
{
    const GPtrArray *unevaluated = result->report->unevaluated;
    zp_emit_open(emitter, "unjudged", '[');
    for (guint k = 0; k < unevaluated->len; k++) {
        const ZpUnevaluated *one = g_ptr_array_index(unevaluated, k);
        if (one->form != form)
            continue;
        zp_emit_open(emitter, NULL, '{');
        zp_emit_text(emitter, "code", ZP_RULES[one->rule].code);
        zp_emit_text(emitter, "pointer", one->pointer ? one->pointer : "");
        put_label(emitter, zp_unjudged_form(result, one), one->pointer);
        put_both(emitter, "reason", one->zh, one->en);
        zp_emit_close(emitter, '}');
    }
    zp_emit_close(emitter, ']');
}

static void put_source(ZpEmitter *emitter, const ZpResult *result, const ZpPageLinks *links)
{
    zp_emit_text(emitter, "path", result->path);
    if (links->original)
        zp_emit_text(emitter, "link", links->original);
    if (links->marked)
        zp_emit_text(emitter, "marked", links->marked);
}

static void put_numbers(ZpEmitter *emitter, const char *key, const guint *numbers, gsize n)
{
    zp_emit_open(emitter, key, '[');
    for (gsize k = 0; k < n; k++)
        zp_emit_number(emitter, NULL, numbers[k]);
    zp_emit_close(emitter, ']');
}

/* The rules that fired, in the order of their first finding. */
static void put_codes(ZpEmitter *emitter, const ZpResult *result, int form)
{
    bool has_fired[ZP_RULE_COUNT] = {false};
    zp_emit_open(emitter, "codes", '[');
    for (guint k = 0; k < result->report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(result->report->findings, k);
        if (finding->form == form && !has_fired[finding->rule])
            zp_emit_text(emitter, NULL, ZP_RULES[finding->rule].code);
        has_fired[finding->rule] |= finding->form == form;
    }
    zp_emit_close(emitter, ']');
}

/* Counts by severity, the rules that fired, and how much was lost or is in doubt. */
static void put_counts(ZpEmitter *emitter, const ZpResult *result, int form)
{
    guint counts[ZP_SEVERITY_COUNT] = {0}, lost = 0;
    for (guint k = 0; k < result->report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(result->report->findings, k);
        if (finding->form != form)
            continue;
        /* the gravest first */
        counts[ZP_SEVERITY_ERROR - finding->severity] += zp_finding_counts(finding);
        lost += ZP_RULES[finding->rule].code[0] == 'D';
    }
    put_numbers(emitter, "counts", counts, ZP_SEVERITY_ERROR - ZP_SEVERITY_NOTE + 1);
    put_codes(emitter, result, form);
    zp_emit_number(emitter, "lost", lost);
    zp_emit_number(emitter, "unjudged", zp_unjudged_count(result->report, form));
}

void zp_page_row(GString *out, const ZpResult *result, guint index, const ZpPageLinks *links)
{
    const ZpForm *form = g_ptr_array_index(result->forms, index);
    const ZpVerdict *verdict = g_ptr_array_index(result->report->verdicts, index);
    const ZpValue *score = &form->total_score;
    const guint rates[] = {verdict->rates.n, verdict->rates.n_up, verdict->rates.n_cut};
    char number[ZP_DECIMAL_TEXT_MAX];
    ZpEmitter emitter = {.out = out};
    zp_emit_open(&emitter, NULL, '{');
    put_source(&emitter, result, links);
    zp_emit_number(&emitter, "form", zp_result_number(result, index));
    zp_emit_number(&emitter, "page", form->at.page);
    zp_emit_text(&emitter, "project", form->project.text);
    zp_emit_text(&emitter, "unit", form->unit.text);
    zp_emit_text(&emitter, "department", form->department.text);
    zp_emit_number_or_null(&emitter, "year", form->year != 0, form->year);
    zp_emit_text(&emitter, "stated",
                 score->has_value ? zp_decimal_print(score->value, number) : NULL);
    zp_emit_text(&emitter, "total", verdict->recomputed.total);
    zp_emit_number(&emitter, "repairs", form->repairs->len);
    zp_emit_number(&emitter, "doubtful", form->reading.doubtful);
    put_numbers(&emitter, "rates", rates, G_N_ELEMENTS(rates));
    put_counts(&emitter, result, (int)index);
    zp_emit_close(&emitter, '}');
}

static bool has_own_findings(const ZpResult *result)
{
    const GPtrArray *findings = result->report->findings;
    for (guint k = 0; k < findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(findings, k);
        if (finding->form == -1)
            return true;
    }
    return false;
}

bool zp_page_file(GString *out, const ZpRulebook *rulebook, const ZpResult *result,
                  const ZpPageLinks *links)
{
    if (!result->error && !has_own_findings(result))
        return false;
    ZpEmitter emitter = {.out = out};
    zp_emit_open(&emitter, NULL, '{');
    put_source(&emitter, result, links);
    put_counts(&emitter, result, -1);
    zp_emit_word(&emitter, "failed", result->error ? "true" : "false");
    put_findings(&emitter, rulebook, result, -1);
    if (result->error)
        put_both(&emitter, "error", zp_error_text(result->error, ZP_LANG_ZH),
                 zp_error_text(result->error, ZP_LANG_EN));
    zp_emit_close(&emitter, '}');
    return true;
}

/* In both languages. */
static void put_repair(ZpEmitter *emitter, const ZpForm *form, const ZpRepair *repair)
{
    zp_emit_open(emitter, NULL, '{');
    zp_emit_text(emitter, "code", repair->code);
    zp_emit_text(emitter, "pointer", repair->pointer);
    put_label(emitter, form, repair->pointer);
    put_both(emitter, "detail", repair->zh, repair->en);
    zp_emit_close(emitter, '}');
}

typedef struct {
    ZpEmitter *emitter;
    gsize left; /* bytes that the page still bears of this form */
} Crops;

static void add_crop(Crops *crops, const ZpOcr *ocr, const char *pointer)
{
    gsize size = 0;
    const guint8 *data = ocr && ocr->state == ZP_OCR_DOUBTFUL && ocr->crop
                             ? g_bytes_get_data(ocr->crop, &size)
                             : NULL;
    if (!data || size > crops->left)
        return;
    g_autofree char *text = g_base64_encode(data, size);
    crops->left -= size;
    zp_emit_text(crops->emitter, pointer, text);
}

static void add_value_crop(ZpValue *value, const char *pointer, G_GNUC_UNUSED ZpValueKind kind,
                           gpointer data)
{
    add_crop(data, value->ocr, pointer);
}

static void add_text_crop(ZpText *text, const char *pointer, gpointer data)
{
    add_crop(data, text->ocr, pointer);
}

/* The pictures of what is in doubt, by pointer; figures first, where there are too many. */
static void put_crops(ZpEmitter *emitter, const ZpForm *form)
{
    Crops crops = {emitter, ZP_LIMIT_FORM_CROPS};
    zp_emit_open(emitter, "crops", '{');
    zp_form_each_value((ZpForm *)form, add_value_crop, &crops);
    zp_form_each_text((ZpForm *)form, add_text_crop, &crops);
    zp_emit_close(emitter, '}');
}

void zp_page_form(GString *out, const ZpRulebook *rulebook, const ZpResult *result, guint index)
{
    static const ZpFormShape SHAPE = {.texts_only = true, .put_repair = put_repair};
    const ZpForm *form = g_ptr_array_index(result->forms, index);
    ZpEmitter emitter = {.out = out};
    zp_emit_open(&emitter, NULL, '{');
    zp_emit_form(&emitter, form, &SHAPE);
    zp_emit_checked_form(&emitter, "verdict", form,
                         g_ptr_array_index(result->report->verdicts, index));
    put_findings(&emitter, rulebook, result, (int)index);
    put_unjudged(&emitter, result, (int)index);
    if (form->pictured->len)
        put_crops(&emitter, form);
    zp_emit_close(&emitter, '}');
}

static void add_held(const char *text, const ZpHeld *held, gpointer data)
{
    (void)held;
    json_array_append_new(data, zp_json_text(text));
}

json_t *zp_page_totals(const ZpRulebook *rulebook, const ZpSummary *summary, const bool *is_said,
                       ZpLang lang)
{
    json_t *object = json_object(), *rules = json_array(), *held = json_array();
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++) {
        if (!is_said[rule] && summary->by_rule[rule] == 0)
            continue;
        json_t *row = both(zp_rulebook_sentence(rulebook, (ZpRule)rule, ZP_LANG_ZH),
                           zp_rulebook_sentence(rulebook, (ZpRule)rule, ZP_LANG_EN));
        zp_json_put(row, "code", json_string(ZP_RULES[rule].code));
        zp_json_put(row, "name", json_string(ZP_RULES[rule].name));
        zp_json_put(row, "count", json_integer((json_int_t)summary->by_rule[rule]));
        json_array_append_new(rules, row);
    }
    zp_held_each(summary, lang, add_held, held);
    zp_json_put(object, "summary", zp_json_summary(summary));
    zp_json_put(object, "rules", rules);
    zp_json_put(object, "held", held);
    zp_json_put(object, "lang", json_string(zp_lang_pick(lang, "zh", "en")));
    zp_json_put(object, "version", json_string(ZP_VERSION));
    zp_json_put(object, "rulebook", zp_json_text(zp_rulebook_digest(rulebook)));
    return object;
}
