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

static json_t *label_of(const ZpForm *form, const char *pointer)
{
    g_autoptr(GString) zh = g_string_new(NULL), en = g_string_new(NULL);
    if (form) {
        zp_label_append(zh, form, pointer ? pointer : "", ZP_LANG_ZH);
        zp_label_append(en, form, pointer ? pointer : "", ZP_LANG_EN);
    }
    return both(zh->str, en->str);
}

static json_t *place_of(const ZpResult *result, const ZpFinding *finding)
{
    g_autoptr(GString) zh = g_string_new(NULL), en = g_string_new(NULL);
    zp_place_append(zh, result, &finding->at, finding->pointer, ZP_LANG_ZH);
    zp_place_append(en, result, &finding->at, finding->pointer, ZP_LANG_EN);
    return both(zh->str, en->str);
}

static json_t *finding_object(const ZpRulebook *rulebook, const ZpResult *result,
                              const ZpForm *form, const ZpFinding *finding)
{
    g_autofree char *zh = zp_rulebook_message(rulebook, finding, ZP_LANG_ZH);
    g_autofree char *en = zp_rulebook_message(rulebook, finding, ZP_LANG_EN);
    g_autofree char *standing_zh = zp_standing_note(finding, ZP_LANG_ZH);
    g_autofree char *standing_en = zp_standing_note(finding, ZP_LANG_EN);
    json_t *object = json_object();
    zp_json_put(object, "code", json_string(ZP_RULES[finding->rule].code));
    zp_json_put(object, "severity", json_string(zp_severity_name(finding->severity)));
    zp_json_put(object, "pointer", zp_json_text(finding->pointer ? finding->pointer : ""));
    zp_json_put(object, "label", label_of(form, finding->pointer));
    zp_json_put(object, "place", place_of(result, finding));
    zp_json_put(object, "page", json_integer(finding->at.page));
    zp_json_put(object, "stated", zp_json_text(finding->stated));
    zp_json_put(object, "expected", zp_json_text(finding->expected));
    zp_json_put(object, "message", both(zh, en));
    if (zp_loss_name(finding->kind))
        zp_json_put(object, "kind", json_string(zp_loss_name(finding->kind)));
    if (standing_zh)
        zp_json_put(object, "standing", both(standing_zh, standing_en));
    return object;
}

static json_t *findings_of(const ZpRulebook *rulebook, const ZpResult *result, int form)
{
    json_t *array = json_array();
    const GPtrArray *findings = result->report->findings;
    const ZpForm *about = form >= 0 ? g_ptr_array_index(result->forms, form) : NULL;
    for (guint k = 0; k < findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(findings, k);
        if (finding->form == form)
            json_array_append_new(array, finding_object(rulebook, result, about, finding));
    }
    return array;
}

static json_t *unjudged_of(const ZpResult *result, int form)
{
    json_t *array = json_array();
    const GPtrArray *unevaluated = result->report->unevaluated;
    for (guint k = 0; k < unevaluated->len; k++) {
        const ZpUnevaluated *one = g_ptr_array_index(unevaluated, k);
        if (one->form != form)
            continue;
        json_t *object = json_object();
        zp_json_put(object, "code", json_string(ZP_RULES[one->rule].code));
        zp_json_put(object, "pointer", zp_json_text(one->pointer ? one->pointer : ""));
        zp_json_put(object, "label", label_of(zp_unjudged_form(result, one), one->pointer));
        zp_json_put(object, "reason", both(one->zh, one->en));
        json_array_append_new(array, object);
    }
    return array;
}

static void put_source(json_t *object, const ZpResult *result, const ZpPageLinks *links)
{
    zp_json_put(object, "path", zp_json_text(result->path));
    if (links->original)
        zp_json_put(object, "link", zp_json_text(links->original));
    if (links->marked)
        zp_json_put(object, "marked", zp_json_text(links->marked));
}

/* Counts by severity, the rules that fired, and how much was lost or is in doubt. */
static void put_counts(json_t *row, const ZpResult *result, int form)
{
    guint counts[ZP_SEVERITY_COUNT] = {0}, lost = 0;
    json_t *codes = json_array(), *severities = json_array();
    bool has_fired[ZP_RULE_COUNT] = {false};
    for (guint k = 0; k < result->report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(result->report->findings, k);
        if (finding->form != form)
            continue;
        counts[finding->severity] += zp_finding_counts(finding);
        lost += ZP_RULES[finding->rule].code[0] == 'D';
        if (!has_fired[finding->rule])
            json_array_append_new(codes, json_string(ZP_RULES[finding->rule].code));
        has_fired[finding->rule] = true;
    }
    for (int k = ZP_SEVERITY_ERROR; k >= ZP_SEVERITY_NOTE; k--)
        json_array_append_new(severities, json_integer(counts[k]));
    zp_json_put(row, "counts", severities);
    zp_json_put(row, "codes", codes);
    zp_json_put(row, "lost", json_integer(lost));
    zp_json_put(row, "unjudged", json_integer(zp_unjudged_count(result->report, form)));
}

json_t *zp_page_row(const ZpResult *result, guint index, const ZpPageLinks *links)
{
    const ZpForm *form = g_ptr_array_index(result->forms, index);
    const ZpVerdict *verdict = g_ptr_array_index(result->report->verdicts, index);
    char number[ZP_DECIMAL_TEXT_MAX];
    json_t *row = json_object(), *rates = json_array();
    const guint counts[] = {verdict->rates.n, verdict->rates.n_up, verdict->rates.n_cut};
    put_source(row, result, links);
    zp_json_put(row, "form", json_integer(zp_result_number(result, index)));
    zp_json_put(row, "page", json_integer(form->at.page));
    zp_json_put(row, "project", zp_json_text(form->project.text));
    zp_json_put(row, "unit", zp_json_text(form->unit.text));
    zp_json_put(row, "department", zp_json_text(form->department.text));
    zp_json_put(row, "year", form->year ? json_integer(form->year) : json_null());
    zp_json_put(row, "stated",
                form->total_score.has_value
                    ? json_string(zp_decimal_print(form->total_score.value, number))
                    : json_null());
    zp_json_put(row, "total", zp_json_text(verdict->recomputed.total));
    zp_json_put(row, "repairs", json_integer(form->repairs->len));
    zp_json_put(row, "doubtful", json_integer(form->reading.doubtful));
    for (gsize k = 0; k < G_N_ELEMENTS(counts); k++)
        json_array_append_new(rates, json_integer(counts[k]));
    zp_json_put(row, "rates", rates);
    put_counts(row, result, (int)index);
    return row;
}

json_t *zp_page_file(const ZpRulebook *rulebook, const ZpResult *result, const ZpPageLinks *links)
{
    json_t *findings = findings_of(rulebook, result, -1);
    if (!result->error && json_array_size(findings) == 0) {
        json_decref(findings);
        return NULL;
    }
    json_t *row = json_object();
    put_source(row, result, links);
    put_counts(row, result, -1);
    zp_json_put(row, "failed", json_boolean(result->error != NULL));
    zp_json_put(row, "findings", findings);
    if (result->error)
        zp_json_put(row, "error",
                    both(zp_error_text(result->error, ZP_LANG_ZH),
                         zp_error_text(result->error, ZP_LANG_EN)));
    return row;
}

/* The repairs in both languages, in place of the canonical ones. */
static json_t *repairs_of(const ZpForm *form)
{
    json_t *array = json_array();
    for (guint k = 0; k < form->repairs->len; k++) {
        const ZpRepair *repair = g_ptr_array_index(form->repairs, k);
        json_t *object = json_object();
        zp_json_put(object, "code", zp_json_text(repair->code));
        zp_json_put(object, "pointer", zp_json_text(repair->pointer));
        zp_json_put(object, "label", label_of(form, repair->pointer));
        zp_json_put(object, "detail", both(repair->zh, repair->en));
        json_array_append_new(array, object);
    }
    return array;
}

/* Of a value the page shows what is printed: the rest is two thirds of a form's bytes. */
static void keep_texts(json_t *value)
{
    static const char *const OTHERS[] = {"op", "value", "upper", "date", "unit", "approx", "at"};
    if (json_is_object(value) && json_object_get(value, "approx")) {
        for (gsize i = 0; i < G_N_ELEMENTS(OTHERS); i++)
            json_object_del(value, OTHERS[i]);
        return;
    }
    for (size_t k = 0; k < json_array_size(value); k++)
        keep_texts(json_array_get(value, k));
    for (void *at = json_object_iter(value); at; at = json_object_iter_next(value, at))
        keep_texts(json_object_iter_value(at));
}

typedef struct {
    json_t *crops;
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
    zp_json_put(crops->crops, pointer, zp_json_text(text));
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
static json_t *crops_of(const ZpForm *form)
{
    Crops crops = {json_object(), ZP_LIMIT_FORM_CROPS};
    zp_form_each_value((ZpForm *)form, add_value_crop, &crops);
    zp_form_each_text((ZpForm *)form, add_text_crop, &crops);
    return crops.crops;
}

json_t *zp_page_form(const ZpRulebook *rulebook, const ZpResult *result, guint index)
{
    const ZpForm *form = g_ptr_array_index(result->forms, index);
    json_t *object = json_object();
    zp_json_form(object, form, ZP_LANG_ZH);
    keep_texts(object);
    zp_json_put(object, "repairs", repairs_of(form));
    zp_json_put(object, "verdict",
                zp_json_checked_form(form, g_ptr_array_index(result->report->verdicts, index)));
    zp_json_put(object, "findings", findings_of(rulebook, result, (int)index));
    zp_json_put(object, "unjudged", unjudged_of(result, (int)index));
    if (form->pictured->len)
        zp_json_put(object, "crops", crops_of(form));
    return object;
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
