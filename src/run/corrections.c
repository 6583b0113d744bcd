/*
 * corrections.c - a table by document; what a correction may say; putting it into a form.
 */
#include "run/corrections.h"

#include "base/error.h"
#include "base/limits.h"
#include "run/apart.h"
#include "run/input.h"

#include <string.h>

/* Of the answer of the process of its own: why not, in both languages, and the corrections. */
#define ANSWER "(ssa(sussss))"

struct ZpCorrections {
    GHashTable *by_document; /* sha256 → GPtrArray of ZpCorrection */
    GPtrArray *all;
    GHashTable *noted; /* sha256 of documents of the run that have some */
    char *digest;
};

void zp_corrections_free(ZpCorrections *corrections)
{
    if (!corrections)
        return;
    g_hash_table_unref(corrections->by_document);
    g_hash_table_unref(corrections->noted);
    g_ptr_array_unref(corrections->all);
    g_free(corrections->digest);
    g_free(corrections);
}

const char *zp_corrections_digest(const ZpCorrections *corrections)
{
    return corrections->digest;
}

static bool is_digest(const char *text)
{
    return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

/* A field's: /funds/3/budget. */
static bool is_pointer(const char *text)
{
    static const char FORM[] = "^/[a-z_0-9]+(?:/[^/\\x00-\\x1f]{1,200}){0,4}$";
    return strlen(text) <= ZP_LIMIT_CORRECTION_BYTES &&
           g_regex_match_simple(FORM, text, G_REGEX_DOLLAR_ENDONLY, 0);
}

static bool is_text(const char *text, gsize most)
{
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        if (g_unichar_iscntrl(g_utf8_get_char(p)))
            return false;
    }
    return strlen(text) <= most;
}

/* What is wrong with one, in both languages; NULL: nothing. */
static const char *const *wrong_with(const ZpCorrection *one)
{
    static const char *const DOCUMENT[] = {"the SHA-256 of its document is no SHA-256",
                                           "文件的 SHA-256 不对"};
    static const char *const POINTER[] = {"its JSON Pointer leads to no field", "字段指的不是一栏"};
    static const char *const TEXT[] = {"its text is too long, or has control characters",
                                       "更正的字太长，或有控制字符"};
    static const char *const WHO[] = {"it does not say who checked it and when",
                                      "没有写明核对人和日期"};
    if (!is_digest(one->sha256))
        return DOCUMENT;
    if (!is_pointer(one->pointer))
        return POINTER;
    if (!is_text(one->text, ZP_LIMIT_CORRECTION_BYTES))
        return TEXT;
    bool is_signed = *one->who && *one->when && is_text(one->who, ZP_LIMIT_CORRECTION_NAME) &&
                     is_text(one->when, ZP_LIMIT_CORRECTION_NAME);
    return is_signed ? NULL : WHO;
}

static bool refuse(guint number, const char *en, const char *zh, GError **error)
{
    zp_error_set(error, ZP_ERROR_USAGE, "第 %u 条更正：%s%.0s", "correction %u: %.0s%s", number, zh,
                 en);
    return false;
}

static bool add(ZpCorrections *corrections, const ZpCorrection *one, GError **error)
{
    guint number = corrections->all->len + 1;
    GPtrArray *same = g_hash_table_lookup(corrections->by_document, one->sha256);
    const char *const *wrong = wrong_with(one);
    if (wrong)
        return refuse(number, wrong[0], wrong[1], error);
    for (guint k = 0; same && k < same->len; k++) {
        const ZpCorrection *other = g_ptr_array_index(same, k);
        if (other->form == one->form && strcmp(other->pointer, one->pointer) == 0 &&
            strcmp(other->text, one->text) != 0)
            return refuse(number, "another one says something else of the same place",
                          "另一条对同一处有不同的说法", error);
    }
    ZpCorrection *copy = g_new0(ZpCorrection, 1);
    *copy = (ZpCorrection){g_strdup(one->sha256), one->form,          g_strdup(one->pointer),
                           g_strdup(one->text),   g_strdup(one->who), g_strdup(one->when)};
    g_ptr_array_add(corrections->all, copy);
    if (!same) {
        same = g_ptr_array_new();
        g_hash_table_insert(corrections->by_document, copy->sha256, same);
    }
    g_ptr_array_add(same, copy);
    return true;
}

ZpCorrections *zp_corrections_new(const GPtrArray *list, const char *digest, GError **error)
{
    g_autoptr(ZpCorrections) corrections = g_new0(ZpCorrections, 1);
    corrections->by_document =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    corrections->noted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    corrections->all = g_ptr_array_new_with_free_func((GDestroyNotify)zp_correction_free);
    corrections->digest = g_strdup(digest);
    for (guint k = 0; k < list->len; k++) {
        if (!add(corrections, g_ptr_array_index(list, k), error))
            return NULL;
    }
    return g_steal_pointer(&corrections);
}

/* --- the process of its own --- */

static GVariant *read_apart(gpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) list = zp_corrections_parse(data, &error);
    GVariantBuilder rows;
    g_variant_builder_init(&rows, G_VARIANT_TYPE("a(sussss)"));
    for (guint k = 0; list && k < list->len; k++) {
        const ZpCorrection *one = g_ptr_array_index(list, k);
        g_variant_builder_add(&rows, "(sussss)", one->sha256, one->form, one->pointer, one->text,
                              one->who, one->when);
    }
    return g_variant_new(ANSWER, error ? zp_error_text(error, ZP_LANG_ZH) : "",
                         error ? zp_error_text(error, ZP_LANG_EN) : "", &rows);
}

static GPtrArray *take_answer(GVariant *answer, GError **error)
{
    GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)zp_correction_free);
    const char *zh, *en;
    g_autoptr(GVariantIter) rows = NULL;
    g_variant_get(answer, "(&s&sa(sussss))", &zh, &en, &rows);
    if (*zh)
        zp_error_set(error, ZP_ERROR_USAGE, "%s%.0s", "%.0s%s", zh, en);
    ZpCorrection one = {0};
    while (list->len < ZP_LIMIT_CORRECTIONS &&
           g_variant_iter_next(rows, "(sussss)", &one.sha256, &one.form, &one.pointer, &one.text,
                               &one.who, &one.when))
        g_ptr_array_add(list, g_memdup2(&one, sizeof one));
    return list;
}

ZpCorrections *zp_corrections_read(const char *path, bool is_shut_in, GError **error)
{
    g_autoptr(GBytes) bytes = zp_input_read_file(path, ZP_LIMIT_INPUT_BYTES, error);
    if (!bytes)
        return NULL;
    const ZpApart apart = {.work = read_apart,
                           .data = bytes,
                           .type = G_VARIANT_TYPE(ANSWER),
                           .is_shut_in = is_shut_in,
                           .memory_bytes = ZP_LIMIT_WORKER_BYTES,
                           .seconds = ZP_LIMIT_FILE_SECONDS,
                           .most = ZP_LIMIT_RECORD_BYTES};
    g_autoptr(GError) cause = NULL;
    g_autoptr(GVariant) answer = zp_apart_run(&apart, error);
    g_autoptr(GPtrArray) list = answer ? take_answer(answer, &cause) : NULL;
    if (cause)
        g_propagate_error(error, g_steal_pointer(&cause));
    if (!list || (error && *error))
        return NULL;
    g_autofree char *digest = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    return zp_corrections_new(list, digest, error);
}

/* --- into a form --- */

typedef struct {
    ZpForm *form;
    const ZpCorrection *correction;
    bool is_found, is_done;
} Place;

static void correct(Place *place, const char **text, ZpOcr *ocr)
{
    const ZpCorrection *one = place->correction;
    GStringChunk *strings = place->form->strings;
    place->is_found |= *text != NULL;
    if (!*text || !ocr)
        return;
    bool is_as_read = strcmp(one->text, ZP_CORRECTION_AS_READ) == 0;
    bool is_blank = strcmp(one->text, ZP_CORRECTION_BLANK) == 0;
    ocr->state = ZP_OCR_CORRECTED;
    ocr->was = *text;
    ocr->who = g_string_chunk_insert(strings, one->who);
    ocr->when = g_string_chunk_insert(strings, one->when);
    ocr->n_others = ocr->n_by = 0;
    g_clear_pointer(&ocr->crop, g_bytes_unref);
    if (!is_as_read)
        *text = is_blank ? "" : g_string_chunk_insert(strings, one->text);
    place->is_done = true;
}

static void correct_value(ZpValue *value, const char *pointer, G_GNUC_UNUSED ZpValueKind kind,
                          gpointer data)
{
    Place *place = data;
    if (strcmp(pointer, place->correction->pointer) == 0)
        correct(place, &value->text, value->ocr);
}

static void correct_text(ZpText *text, const char *pointer, gpointer data)
{
    Place *place = data;
    if (strcmp(pointer, place->correction->pointer) == 0)
        correct(place, &text->text, text->ocr);
}

bool zp_corrections_apply(const ZpCorrections *corrections, const char *sha256,
                          const GPtrArray *forms, GError **error)
{
    const GPtrArray *some = sha256 ? g_hash_table_lookup(corrections->by_document, sha256) : NULL;
    for (guint k = 0; some && k < some->len; k++) {
        const ZpCorrection *one = g_ptr_array_index(some, k);
        Place place = {.correction = one};
        if (one->form < forms->len) {
            place.form = g_ptr_array_index(forms, one->form);
            zp_form_each_value(place.form, correct_value, &place);
            zp_form_each_text(place.form, correct_text, &place);
        }
        if (place.is_done)
            continue;
        if (place.is_found)
            zp_error_set(error, ZP_ERROR_USAGE,
                         "--corrections：第 %u 张表的 %s 不是从图片读出的，不能更正",
                         "--corrections: form %u, %s was not read from a picture and cannot be "
                         "corrected",
                         one->form + 1, one->pointer);
        else
            zp_error_set(error, ZP_ERROR_USAGE, "--corrections：这个文件的第 %u 张表没有 %s 这一栏",
                         "--corrections: form %u of this file has no field %s", one->form + 1,
                         one->pointer);
        return false;
    }
    return true;
}

/* --- which are of no document of the run --- */

void zp_corrections_note(ZpCorrections *corrections, const char *sha256)
{
    if (sha256 && g_hash_table_contains(corrections->by_document, sha256))
        g_hash_table_add(corrections->noted, g_strdup(sha256));
}

guint zp_corrections_left(const ZpCorrections *corrections, guint *all)
{
    guint left = 0;
    *all = corrections->all->len;
    for (guint k = 0; k < corrections->all->len; k++) {
        const ZpCorrection *one = g_ptr_array_index(corrections->all, k);
        left += !g_hash_table_contains(corrections->noted, one->sha256);
    }
    return left;
}
