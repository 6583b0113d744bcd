/*
 * model_json.c - forms, rows, values and places as jansson objects.
 *
 * Keys are set in the contract's order, which jansson keeps.  A key is always there, null
 * where the form has no such thing; the few that appear only when set are said at their line.
 */
#include "output/model_json.h"

#include "model/print.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

void zp_json_put(json_t *object, const char *key, json_t *value)
{
    json_object_set_new_nocheck(object, key, value);
}

json_t *zp_json_text(const char *text)
{
    if (!text)
        return json_null();
    json_t *string = json_string(text);
    if (string)
        return string;
    g_autofree char *valid = zp_text_valid(text, strlen(text), NULL);
    return json_string(valid);
}

json_t *zp_json_visible(const char *text)
{
    g_autoptr(GString) shown = g_string_new(NULL);
    zp_text_append_visible(shown, text, strlen(text));
    return json_string(shown->str);
}

static json_t *hex_of(const char *bytes)
{
    GString *hex = g_string_new(NULL);
    for (; *bytes; bytes++)
        g_string_append_printf(hex, "%02x", (guint8)*bytes);
    json_t *string = json_string(hex->str);
    g_string_free(hex, TRUE);
    return string;
}

void zp_json_path(json_t *object, const char *path)
{
    zp_json_put(object, "path", zp_json_text(path));
    if (!g_utf8_validate(path, -1, NULL))
        zp_json_put(object, "path_bytes", hex_of(path));
}

static json_t *count_or_null(guint32 number)
{
    return number > 0 ? json_integer(number) : json_null();
}

/* One side of a box at one decimal; the further digits of a float are noise. */
static json_t *side(float bbox)
{
    gint64 tenths = (gint64)(bbox * 10 + (bbox < 0 ? -0.5F : 0.5F));
    return json_real(tenths / 10.0);
}

static json_t *box_or_null(const ZpBox *box)
{
    if (box->x0 == box->x1 && box->y0 == box->y1)
        return json_null();
    json_t *array = json_array();
    json_array_append_new(array, side(box->x0));
    json_array_append_new(array, side(box->y0));
    json_array_append_new(array, side(box->x1));
    json_array_append_new(array, side(box->y1));
    return array;
}

json_t *zp_json_place(const ZpPlace *at)
{
    json_t *object = json_object();
    zp_json_put(object, "page", count_or_null(at->page));
    zp_json_put(object, "table", count_or_null(at->table));
    zp_json_put(object, "row", count_or_null(at->row));
    zp_json_put(object, "col", count_or_null(at->col));
    zp_json_put(object, "line", count_or_null(at->line));
    zp_json_put(object, "bbox", box_or_null(&at->box));
    return object;
}

static json_t *decimal_or_null(bool is_set, ZpDecimal number)
{
    char buffer[ZP_DECIMAL_TEXT_MAX];
    return is_set ? json_string(zp_decimal_print(number, buffer)) : json_null();
}

static json_t *hundredths(gint32 number)
{
    return json_sprintf("%s%d.%02d", number < 0 ? "-" : "", abs(number) / 100, abs(number) % 100);
}

static json_t *texts_of(const char *const *texts, guint n)
{
    json_t *array = json_array();
    for (guint k = 0; k < n; k++)
        json_array_append_new(array, zp_json_text(texts[k]));
    return array;
}

/* How a figure of a picture was read; of other sources there is no such key. */
static json_t *ocr_object(const ZpOcr *ocr)
{
    json_t *object = json_object();
    zp_json_put(object, "state", zp_json_text(zp_ocr_name(ocr->state)));
    zp_json_put(object, "confidence", hundredths(ocr->confidence));
    zp_json_put(object, "others", texts_of(ocr->others, ocr->n_others));
    zp_json_put(object, "by", texts_of(ocr->by, ocr->n_by));
    if (ocr->state == ZP_OCR_CORRECTED) {
        json_t *corrected = json_object();
        zp_json_put(corrected, "was", zp_json_text(ocr->was));
        zp_json_put(corrected, "who", zp_json_text(ocr->who));
        zp_json_put(corrected, "when", zp_json_text(ocr->when));
        zp_json_put(object, "corrected", corrected);
    }
    return object;
}

json_t *zp_json_value(const ZpValue *value)
{
    if (!value->text)
        return json_null();
    char date[ZP_DATE_TEXT_MAX];
    json_t *object = json_object();
    zp_json_put(object, "text", zp_json_text(value->text));
    zp_json_put(object, "op", zp_json_text(zp_op_name(value->op)));
    zp_json_put(object, "value", decimal_or_null(value->has_value, value->value));
    zp_json_put(object, "upper", decimal_or_null(value->has_upper, value->upper));
    zp_json_put(object, "date", zp_json_text(zp_date_print(value->date, date)));
    zp_json_put(object, "unit", zp_json_text(value->unit));
    zp_json_put(object, "approx", json_boolean(value->approx != ZP_APPROX_NONE));
    zp_json_put(object, "at", zp_json_place(&value->at));
    if (value->ocr)
        zp_json_put(object, "ocr", ocr_object(value->ocr));
    return object;
}

static void put_text(json_t *object, const char *key, const ZpText *text)
{
    zp_json_put(object, key, zp_json_text(text->text));
}

static void put_columns(json_t *object, const ZpColumn *columns, const void *row)
{
    for (const ZpColumn *column = columns; column->name; column++)
        zp_json_put(object, column->name, zp_json_value(zp_column_value(row, column)));
}

static json_t *fund_object(const ZpFund *fund)
{
    json_t *object = json_object();
    zp_json_put(object, "source", zp_json_text(zp_source_name(fund->source)));
    put_text(object, "label", &fund->label);
    put_columns(object, ZP_FUND_COLUMNS, fund);
    put_text(object, "reason", &fund->reason);
    return object;
}

/*
 * A column's key; a second column of the same label is told apart, so that none is lost.
 * @taken: how many columns each label had so far
 */
static char *free_key(json_t *object, GHashTable *taken, const char *label)
{
    guint ordinal = GPOINTER_TO_UINT(g_hash_table_lookup(taken, label));
    char *key = ordinal ? g_strdup_printf("%s (%u)", label, ++ordinal) : g_strdup(label);
    while (json_object_get(object, key)) {
        ordinal = MAX(ordinal, 1) + 1;
        g_free(key);
        key = g_strdup_printf("%s (%u)", label, ordinal);
    }
    g_hash_table_insert(taken, (gpointer)label, GUINT_TO_POINTER(MAX(ordinal, 1)));
    return key;
}

json_t *zp_json_other(const GPtrArray *other)
{
    json_t *object = json_object();
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint k = 0; k < other->len; k++) {
        const ZpExtra *extra = g_ptr_array_index(other, k);
        g_autofree char *key = free_key(object, taken, extra->label.text ? extra->label.text : "");
        zp_json_put(object, key, zp_json_value(&extra->value));
    }
    return object;
}

static json_t *indicator_object(const ZpIndicator *row)
{
    json_t *object = json_object();
    put_text(object, "level1", &row->level1);
    put_text(object, "level2", &row->level2);
    put_text(object, "level3", &row->level3);
    put_columns(object, ZP_INDICATOR_COLUMNS, row);
    put_text(object, "reason", &row->reason);
    /* The keys that appear when set and not else. */
    if (row->level1_weight.text)
        zp_json_put(object, "level1_weight", zp_json_value(&row->level1_weight));
    if (row->level2_weight.text)
        zp_json_put(object, "level2_weight", zp_json_value(&row->level2_weight));
    if (row->part_of >= 0)
        zp_json_put(object, "part_of", json_integer(row->part_of));
    if (row->block > 0)
        zp_json_put(object, "block", json_integer(row->block));
    if (row->is_empty)
        zp_json_put(object, "empty", json_true());
    if (row->other && row->other->len > 0)
        zp_json_put(object, "other", zp_json_other(row->other));
    return object;
}

static json_t *extra_object(const ZpExtra *extra)
{
    json_t *object = json_object();
    put_text(object, "label", &extra->label);
    zp_json_put(object, "text", zp_json_text(extra->value.text));
    return object;
}

static json_t *repair_object(const ZpRepair *repair, ZpLang lang)
{
    json_t *object = json_object();
    zp_json_put(object, "code", zp_json_text(repair->code));
    zp_json_put(object, "name", zp_json_text(repair->name));
    zp_json_put(object, "pointer", zp_json_text(repair->pointer));
    zp_json_put(object, "detail", zp_json_text(zp_lang_pick(lang, repair->zh, repair->en)));
    return object;
}

/* A block of rows that the template has and the form lost (D04) has none; only other templates have no block. */
static bool has_rows(const ZpForm *form, ZpBlock block)
{
    return (form->blocks | form->missing) & block;
}

static json_t *funds_array(const ZpForm *form)
{
    if (!has_rows(form, ZP_BLOCK_FUNDS))
        return json_null();
    json_t *array = json_array();
    for (guint k = 0; k < form->funds->len; k++)
        json_array_append_new(array, fund_object(zp_form_fund(form, k)));
    return array;
}

static json_t *goals_object(const ZpForm *form)
{
    if (!(form->blocks & ZP_BLOCK_GOALS))
        return json_null();
    json_t *object = json_object();
    put_text(object, "expected", &form->goal_expected);
    put_text(object, "actual", &form->goal_actual);
    return object;
}

static json_t *indicators_array(const ZpForm *form)
{
    if (!has_rows(form, ZP_BLOCK_INDICATORS))
        return json_null();
    json_t *array = json_array();
    for (guint k = 0; k < form->indicators->len; k++)
        json_array_append_new(array, indicator_object(zp_form_indicator(form, k)));
    return array;
}

static json_t *total_object(const ZpForm *form)
{
    if (!(form->blocks & ZP_BLOCK_TOTAL))
        return json_null();
    json_t *object = json_object();
    zp_json_put(object, "weight", zp_json_value(&form->total_weight));
    zp_json_put(object, "score", zp_json_value(&form->total_score));
    put_text(object, "grade", &form->total_grade);
    return object;
}

json_t *zp_json_reading(const ZpReading *reading)
{
    const struct {
        const char *key;
        guint count;
    } COUNTS[] = {
        {"listed", reading->listed},     {"composed", reading->composed},
        {"mended", reading->mended},     {"inferred", reading->inferred},
        {"doubtful", reading->doubtful},
    };
    json_t *object = json_object();
    for (guint i = 0; i < G_N_ELEMENTS(COUNTS); i++)
        zp_json_put(object, COUNTS[i].key, json_integer(COUNTS[i].count));
    return object;
}

static void add_doubtful(json_t *array, const ZpOcr *ocr, const char *pointer)
{
    if (ocr && ocr->state == ZP_OCR_DOUBTFUL)
        json_array_append_new(array, zp_json_text(pointer));
}

static void add_doubtful_value(ZpValue *value, const char *pointer, ZpValueKind kind,
                               gpointer array)
{
    (void)kind;
    add_doubtful(array, value->ocr, pointer);
}

static void add_doubtful_text(ZpText *text, const char *pointer, gpointer array)
{
    add_doubtful(array, text->ocr, pointer);
}

/* What of the form is in doubt, and how its pages lay: of pictures only. */
static json_t *pictured_object(const ZpForm *form)
{
    json_t *object = json_object(), *doubtful = json_array(), *pages = json_array();
    zp_form_each_text((ZpForm *)form, add_doubtful_text, doubtful);
    zp_form_each_value((ZpForm *)form, add_doubtful_value, doubtful);
    for (guint k = 0; k < form->pictured->len; k++) {
        const ZpPictured *page = &g_array_index(form->pictured, ZpPictured, k);
        json_t *row = json_object();
        zp_json_put(row, "page", json_integer(page->page));
        zp_json_put(row, "dpi", json_integer(page->dpi));
        zp_json_put(row, "turned", json_integer(page->turned));
        zp_json_put(row, "skew", hundredths(page->skew));
        json_array_append_new(pages, row);
    }
    zp_json_put(object, "engine", zp_json_text(form->engine));
    zp_json_put(object, "doubtful", doubtful);
    zp_json_put(object, "pages", pages);
    return object;
}

void zp_json_form(json_t *object, const ZpForm *form, ZpLang lang)
{
    zp_json_put(object, "index", json_integer(form->index));
    zp_json_put(object, "template", zp_json_text(form->template_id));
    zp_json_put(object, "profile", zp_json_text(form->profile));
    put_text(object, "title", &form->title);
    zp_json_put(object, "year", form->year ? json_integer(form->year) : json_null());
    put_text(object, "currency_unit", &form->currency_unit);
    put_text(object, "project", &form->project);
    put_text(object, "department", &form->department);
    put_text(object, "unit", &form->unit);
    zp_json_put(object, "funds_weight", zp_json_value(&form->funds_weight));
    zp_json_put(object, "headline", zp_json_value(&form->headline));
    zp_json_put(object, "funds", funds_array(form));
    zp_json_put(object, "goals", goals_object(form));
    zp_json_put(object, "indicators", indicators_array(form));
    zp_json_put(object, "total", total_object(form));
    json_t *extra = json_array();
    for (guint k = 0; k < form->extra->len; k++)
        json_array_append_new(extra, extra_object(g_ptr_array_index(form->extra, k)));
    zp_json_put(object, "extra", extra);
    json_t *repairs = json_array();
    for (guint k = 0; k < form->repairs->len; k++)
        json_array_append_new(repairs, repair_object(g_ptr_array_index(form->repairs, k), lang));
    zp_json_put(object, "repairs", repairs);
    zp_json_put(object, "reading", zp_json_reading(&form->reading));
    if (form->pictured->len)
        zp_json_put(object, "ocr", pictured_object(form));
}

static int append_bytes(const char *bytes, size_t size, void *buffer)
{
    GString *out = buffer;
    /* Mostly a letter or two: GLib's own way costs more than all else of printing. */
    if (out->allocated_len - out->len <= size) {
        g_string_append_len(out, bytes, (gssize)size);
        return 0;
    }
    memcpy(out->str + out->len, bytes, size);
    out->len += size;
    out->str[out->len] = '\0';
    return 0;
}

bool zp_json_print(GString *out, json_t *value, GError **error)
{
    /* Enough digits for a box's one decimal, too few to show binary noise. */
    int failed = json_dump_callback(value, append_bytes, out, JSON_REAL_PRECISION(15));
    json_decref(value);
    if (failed)
        zp_error_set(error, ZP_ERROR_OUTPUT, "无法生成 JSON", "cannot make JSON");
    return !failed;
}
