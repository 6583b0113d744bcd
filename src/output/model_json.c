/*
 * model_json.c - forms, rows, values and places as JSON, and what makes jansson's objects.
 *
 * Keys stand in the contract's order.  A key is always there, null
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

static char *hex_of(const char *bytes)
{
    GString *hex = g_string_new(NULL);
    for (; *bytes; bytes++)
        g_string_append_printf(hex, "%02x", (guint8)*bytes);
    return g_string_free(hex, FALSE);
}

void zp_json_path(json_t *object, const char *path)
{
    zp_json_put(object, "path", zp_json_text(path));
    if (g_utf8_validate(path, -1, NULL))
        return;
    g_autofree char *hex = hex_of(path);
    zp_json_put(object, "path_bytes", zp_json_text(hex));
}

void zp_emit_path(ZpEmitter *emitter, const char *path)
{
    zp_emit_text(emitter, "path", path);
    if (g_utf8_validate(path, -1, NULL))
        return;
    g_autofree char *hex = hex_of(path);
    zp_emit_text(emitter, "path_bytes", hex);
}

void zp_emit_number_or_null(ZpEmitter *emitter, const char *key, bool is_there, gint64 number)
{
    if (is_there)
        zp_emit_number(emitter, key, number);
    else
        zp_emit_word(emitter, key, "null");
}

static void put_count(ZpEmitter *emitter, const char *key, guint32 number)
{
    zp_emit_number_or_null(emitter, key, number > 0, number);
}

/* One side of a box at one decimal; the further digits of a float are noise. */
static void put_side(ZpEmitter *emitter, float side)
{
    char text[32];
    gint64 tenths = (gint64)(side * 10 + (side < 0 ? -0.5F : 0.5F));
    guint64 size = tenths < 0 ? 0 - (guint64)tenths : (guint64)tenths;
    g_snprintf(text, sizeof text, "%s%" G_GUINT64_FORMAT ".%u", tenths < 0 ? "-" : "", size / 10,
               (guint)(size % 10));
    zp_emit_word(emitter, NULL, text);
}

static void put_box(ZpEmitter *emitter, const ZpBox *box)
{
    if (box->x0 == box->x1 && box->y0 == box->y1) {
        zp_emit_word(emitter, "bbox", "null");
        return;
    }
    zp_emit_open(emitter, "bbox", '[');
    put_side(emitter, box->x0);
    put_side(emitter, box->y0);
    put_side(emitter, box->x1);
    put_side(emitter, box->y1);
    zp_emit_close(emitter, ']');
}

void zp_emit_place(ZpEmitter *emitter, const char *key, const ZpPlace *at)
{
    zp_emit_open(emitter, key, '{');
    put_count(emitter, "page", at->page);
    put_count(emitter, "table", at->table);
    put_count(emitter, "row", at->row);
    put_count(emitter, "col", at->col);
    put_count(emitter, "line", at->line);
    put_box(emitter, &at->box);
    zp_emit_close(emitter, '}');
}

json_t *zp_json_place(const ZpPlace *at)
{
    g_autoptr(GString) text = g_string_new(NULL);
    ZpEmitter emitter = {text, true, false};
    zp_emit_place(&emitter, NULL, at);
    return json_loadb(text->str, text->len, 0, NULL);
}

static void put_decimal(ZpEmitter *emitter, const char *key, bool is_set, ZpDecimal number)
{
    char buffer[ZP_DECIMAL_TEXT_MAX];
    zp_emit_text(emitter, key, is_set ? zp_decimal_print(number, buffer) : NULL);
}

static void put_hundredths(ZpEmitter *emitter, const char *key, gint32 number)
{
    char text[24];
    g_snprintf(text, sizeof text, "%s%d.%02d", number < 0 ? "-" : "", abs(number) / 100,
               abs(number) % 100);
    zp_emit_text(emitter, key, text);
}

static void put_texts(ZpEmitter *emitter, const char *key, const char *const *texts, guint n)
{
    zp_emit_open(emitter, key, '[');
    for (guint k = 0; k < n; k++)
        zp_emit_text(emitter, NULL, texts[k]);
    zp_emit_close(emitter, ']');
}

/* How a figure of a picture was read; of other sources there is no such key. */
static void put_ocr(ZpEmitter *emitter, const ZpOcr *ocr)
{
    zp_emit_open(emitter, "ocr", '{');
    zp_emit_text(emitter, "state", zp_ocr_name(ocr->state));
    put_hundredths(emitter, "confidence", ocr->confidence);
    put_texts(emitter, "others", ocr->others, ocr->n_others);
    put_texts(emitter, "by", ocr->by, ocr->n_by);
    if (ocr->state == ZP_OCR_CORRECTED) {
        zp_emit_open(emitter, "corrected", '{');
        zp_emit_text(emitter, "was", ocr->was);
        zp_emit_text(emitter, "who", ocr->who);
        zp_emit_text(emitter, "when", ocr->when);
        zp_emit_close(emitter, '}');
    }
    zp_emit_close(emitter, '}');
}

static void put_meaning(ZpEmitter *emitter, const ZpValue *value)
{
    char date[ZP_DATE_TEXT_MAX];
    zp_emit_text(emitter, "op", zp_op_name(value->op));
    put_decimal(emitter, "value", value->has_value, value->value);
    put_decimal(emitter, "upper", value->has_upper, value->upper);
    zp_emit_text(emitter, "date", zp_date_print(value->date, date));
    zp_emit_text(emitter, "unit", value->unit);
    zp_emit_word(emitter, "approx", value->approx != ZP_APPROX_NONE ? "true" : "false");
    zp_emit_place(emitter, "at", &value->at);
}

/* @texts_only: what is printed, not what it means nor where it stands */
static void put_value(ZpEmitter *emitter, const char *key, const ZpValue *value, bool texts_only)
{
    if (!value->text) {
        zp_emit_word(emitter, key, "null");
        return;
    }
    zp_emit_open(emitter, key, '{');
    zp_emit_text(emitter, "text", value->text);
    if (!texts_only)
        put_meaning(emitter, value);
    if (value->ocr)
        put_ocr(emitter, value->ocr);
    zp_emit_close(emitter, '}');
}

void zp_emit_value(ZpEmitter *emitter, const char *key, const ZpValue *value)
{
    put_value(emitter, key, value, false);
}

/* A form on its way. */
typedef struct {
    ZpEmitter *emitter;
    const ZpFormShape *shape;
} Making;

static void put_text(const Making *making, const char *key, const ZpText *text)
{
    zp_emit_text(making->emitter, key, text->text);
}

static void put_figure(const Making *making, const char *key, const ZpValue *value)
{
    put_value(making->emitter, key, value, making->shape->texts_only);
}

static void put_columns(const Making *making, const ZpColumn *columns, const void *row)
{
    for (const ZpColumn *column = columns; column->name; column++)
        put_figure(making, column->name, zp_column_value(row, column));
}

static void put_fund(const Making *making, const ZpFund *fund)
{
    zp_emit_open(making->emitter, NULL, '{');
    zp_emit_text(making->emitter, "source", zp_source_name(fund->source));
    put_text(making, "label", &fund->label);
    put_columns(making, ZP_FUND_COLUMNS, fund);
    put_text(making, "reason", &fund->reason);
    zp_emit_close(making->emitter, '}');
}

/*
 * A column's key; a second column of the same label is told apart, so that none is lost.
 * @taken: how many columns each label had so far
 * @given: (element-type utf8) the keys so far; takes this one
 */
static const char *free_key(GHashTable *given, GHashTable *taken, const char *label)
{
    guint ordinal = GPOINTER_TO_UINT(g_hash_table_lookup(taken, label));
    char *key = ordinal ? g_strdup_printf("%s (%u)", label, ++ordinal) : g_strdup(label);
    while (g_hash_table_contains(given, key)) {
        ordinal = MAX(ordinal, 1) + 1;
        g_free(key);
        key = g_strdup_printf("%s (%u)", label, ordinal);
    }
    g_hash_table_insert(taken, (gpointer)label, GUINT_TO_POINTER(MAX(ordinal, 1)));
    g_hash_table_add(given, key);
    return key;
}

static void put_other(ZpEmitter *emitter, const char *key, const GPtrArray *other, bool texts_only)
{
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) given = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    zp_emit_open(emitter, key, '{');
    for (guint k = 0; k < other->len; k++) {
        const ZpExtra *extra = g_ptr_array_index(other, k);
        const char *label = extra->label.text ? extra->label.text : "";
        put_value(emitter, free_key(given, taken, label), &extra->value, texts_only);
    }
    zp_emit_close(emitter, '}');
}

void zp_emit_other(ZpEmitter *emitter, const char *key, const GPtrArray *other)
{
    put_other(emitter, key, other, false);
}

/* The keys that appear when set and not else. */
static void put_rare_keys(const Making *making, const ZpIndicator *row)
{
    if (row->level1_weight.text)
        put_figure(making, "level1_weight", &row->level1_weight);
    if (row->level2_weight.text)
        put_figure(making, "level2_weight", &row->level2_weight);
    if (row->part_of >= 0)
        zp_emit_number(making->emitter, "part_of", row->part_of);
    if (row->block > 0)
        zp_emit_number(making->emitter, "block", row->block);
    if (row->is_empty)
        zp_emit_word(making->emitter, "empty", "true");
    if (row->other && row->other->len > 0)
        put_other(making->emitter, "other", row->other, making->shape->texts_only);
}

static void put_indicator(const Making *making, const ZpIndicator *row)
{
    zp_emit_open(making->emitter, NULL, '{');
    put_text(making, "level1", &row->level1);
    put_text(making, "level2", &row->level2);
    put_text(making, "level3", &row->level3);
    put_columns(making, ZP_INDICATOR_COLUMNS, row);
    put_text(making, "reason", &row->reason);
    put_rare_keys(making, row);
    zp_emit_close(making->emitter, '}');
}

static void put_head(const Making *making, const ZpForm *form)
{
    ZpEmitter *emitter = making->emitter;
    zp_emit_number(emitter, "index", form->index);
    zp_emit_text(emitter, "template", form->template_id);
    zp_emit_text(emitter, "profile", form->profile);
    put_text(making, "title", &form->title);
    zp_emit_number_or_null(emitter, "year", form->year != 0, form->year);
    put_text(making, "currency_unit", &form->currency_unit);
    put_text(making, "project", &form->project);
    put_text(making, "department", &form->department);
    put_text(making, "unit", &form->unit);
    put_figure(making, "funds_weight", &form->funds_weight);
    put_figure(making, "headline", &form->headline);
}

/* A block that is there opens with this bracket; else it is null. */
static bool open_block(const Making *making, const char *key, bool is_there, char bracket)
{
    if (is_there)
        zp_emit_open(making->emitter, key, bracket);
    else
        zp_emit_word(making->emitter, key, "null");
    return is_there;
}

/* A block of rows that the template has and the form lost (D04) has none; only other templates have no block. */
static bool has_rows(const ZpForm *form, ZpBlock block)
{
    return (form->blocks | form->missing) & block;
}

static void put_funds(const Making *making, const ZpForm *form)
{
    if (!open_block(making, "funds", has_rows(form, ZP_BLOCK_FUNDS), '['))
        return;
    for (guint k = 0; k < form->funds->len; k++)
        put_fund(making, zp_form_fund(form, k));
    zp_emit_close(making->emitter, ']');
}

static void put_goals(const Making *making, const ZpForm *form)
{
    if (!open_block(making, "goals", form->blocks & ZP_BLOCK_GOALS, '{'))
        return;
    put_text(making, "expected", &form->goal_expected);
    put_text(making, "actual", &form->goal_actual);
    zp_emit_close(making->emitter, '}');
}

static void put_indicators(const Making *making, const ZpForm *form)
{
    if (!open_block(making, "indicators", has_rows(form, ZP_BLOCK_INDICATORS), '['))
        return;
    for (guint k = 0; k < form->indicators->len; k++)
        put_indicator(making, zp_form_indicator(form, k));
    zp_emit_close(making->emitter, ']');
}

static void put_total(const Making *making, const ZpForm *form)
{
    if (!open_block(making, "total", form->blocks & ZP_BLOCK_TOTAL, '{'))
        return;
    put_figure(making, "weight", &form->total_weight);
    put_figure(making, "score", &form->total_score);
    put_text(making, "grade", &form->total_grade);
    zp_emit_close(making->emitter, '}');
}

static void put_extra(const Making *making, const ZpForm *form)
{
    zp_emit_open(making->emitter, "extra", '[');
    for (guint k = 0; k < form->extra->len; k++) {
        const ZpExtra *extra = g_ptr_array_index(form->extra, k);
        zp_emit_open(making->emitter, NULL, '{');
        put_text(making, "label", &extra->label);
        zp_emit_text(making->emitter, "text", extra->value.text);
        zp_emit_close(making->emitter, '}');
    }
    zp_emit_close(making->emitter, ']');
}

static void put_repair(ZpEmitter *emitter, const ZpRepair *repair, ZpLang lang)
{
    zp_emit_open(emitter, NULL, '{');
    zp_emit_text(emitter, "code", repair->code);
    zp_emit_text(emitter, "name", repair->name);
    zp_emit_text(emitter, "pointer", repair->pointer);
    zp_emit_text(emitter, "detail", zp_lang_pick(lang, repair->zh, repair->en));
    zp_emit_close(emitter, '}');
}

static void put_repairs(const Making *making, const ZpForm *form)
{
    zp_emit_open(making->emitter, "repairs", '[');
    for (guint k = 0; k < form->repairs->len; k++) {
        const ZpRepair *repair = g_ptr_array_index(form->repairs, k);
        if (making->shape->put_repair)
            making->shape->put_repair(making->emitter, form, repair);
        else
            put_repair(making->emitter, repair, making->shape->lang);
    }
    zp_emit_close(making->emitter, ']');
}

void zp_emit_reading(ZpEmitter *emitter, const ZpReading *reading)
{
    const struct {
        const char *key;
        guint count;
    } COUNTS[] = {
        {"listed", reading->listed},     {"composed", reading->composed},
        {"mended", reading->mended},     {"inferred", reading->inferred},
        {"doubtful", reading->doubtful},
    };
    zp_emit_open(emitter, "reading", '{');
    for (guint i = 0; i < G_N_ELEMENTS(COUNTS); i++)
        zp_emit_number(emitter, COUNTS[i].key, COUNTS[i].count);
    zp_emit_close(emitter, '}');
}

static void add_doubtful(ZpEmitter *emitter, const ZpOcr *ocr, const char *pointer)
{
    if (ocr && ocr->state == ZP_OCR_DOUBTFUL)
        zp_emit_text(emitter, NULL, pointer);
}

static void add_doubtful_value(ZpValue *value, const char *pointer, ZpValueKind kind,
                               gpointer emitter)
{
    (void)kind;
    add_doubtful(emitter, value->ocr, pointer);
}

static void add_doubtful_text(ZpText *text, const char *pointer, gpointer emitter)
{
    add_doubtful(emitter, text->ocr, pointer);
}

/* What of the form is in doubt, and how its pages lay: of pictures only. */
static void put_pictured(ZpEmitter *emitter, const ZpForm *form)
{
    zp_emit_open(emitter, "ocr", '{');
    zp_emit_text(emitter, "engine", form->engine);
    zp_emit_open(emitter, "doubtful", '[');
    zp_form_each_text((ZpForm *)form, add_doubtful_text, emitter);
    zp_form_each_value((ZpForm *)form, add_doubtful_value, emitter);
    zp_emit_close(emitter, ']');
    zp_emit_open(emitter, "pages", '[');
    for (guint k = 0; k < form->pictured->len; k++) {
        const ZpPictured *page = &g_array_index(form->pictured, ZpPictured, k);
        zp_emit_open(emitter, NULL, '{');
        zp_emit_number(emitter, "page", page->page);
        zp_emit_number(emitter, "dpi", page->dpi);
        zp_emit_number(emitter, "turned", page->turned);
        put_hundredths(emitter, "skew", page->skew);
        zp_emit_close(emitter, '}');
    }
    zp_emit_close(emitter, ']');
    zp_emit_close(emitter, '}');
}

void zp_emit_form(ZpEmitter *emitter, const ZpForm *form, const ZpFormShape *shape)
{
    const Making making = {emitter, shape};
    put_head(&making, form);
    put_funds(&making, form);
    put_goals(&making, form);
    put_indicators(&making, form);
    put_total(&making, form);
    put_extra(&making, form);
    put_repairs(&making, form);
    zp_emit_reading(emitter, &form->reading);
    if (form->pictured->len)
        put_pictured(emitter, form);
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
