/*
 * show.c - a document's rows as one JSON object.
 *
 *     {"document": {…}, "forms": [{"id": 7, "form": {canonical shape}, "recomputed_total": …, "findings": […], …}]}
 */
#include "archive/show.h"

#include "archive/store.h"
#include "base/error.h"

#include <string.h>

/* Digits of a SHA-256 that name a document. */
#define LEAST_DIGITS 6

static bool set_none(const char *name, GError **error)
{
    zp_error_set(error, ZP_ERROR_USAGE, "档案库里没有 %s（表的编号，或文件 SHA-256 的前几位）",
                 "there is no %s in the archive (the number of a form, or the first digits of a "
                 "document's SHA-256)",
                 name);
    return false;
}

static bool find_form(ZpArchive *archive, gint64 number, gint64 *document, GError **error)
{
    bool has_row = false;
    sqlite3_stmt *statement =
        zp_archive_bind(archive, error, "SELECT document_id FROM form WHERE id = ?", "i", number);
    if (!statement || !zp_archive_next(archive, statement, &has_row, error))
        return false;
    *document = has_row ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return true;
}

static bool find_document(ZpArchive *archive, const char *digits, gint64 *document, GError **error)
{
    bool has_row = false;
    g_autofree char *lower = g_ascii_strdown(digits, -1);
    sqlite3_stmt *statement = zp_archive_bind(
        archive, error,
        "SELECT count(*), min(id) FROM document WHERE substr(sha256, 1, length(?1)) = ?1", "t",
        lower);
    if (!statement || !zp_archive_next(archive, statement, &has_row, error))
        return false;
    gint64 count = sqlite3_column_int64(statement, 0);
    *document = sqlite3_column_int64(statement, 1);
    sqlite3_reset(statement);
    if (count == 1)
        return true;
    if (count == 0)
        return set_none(digits, error);
    zp_error_set(error, ZP_ERROR_USAGE, "有 %" G_GINT64_FORMAT " 份文件的 SHA-256 以 %s 开头",
                 "%" G_GINT64_FORMAT " documents have a SHA-256 that begins with %s", count,
                 digits);
    return false;
}

bool zp_show_find(ZpArchive *archive, const char *name, gint64 *form, gint64 *document,
                  GError **error)
{
    guint64 number = 0;
    bool is_hex = *name && name[strspn(name, "0123456789abcdefABCDEF")] == '\0';
    *form = *document = 0;
    if (g_ascii_string_to_unsigned(name, 10, 1, G_MAXINT64, &number, NULL) &&
        !find_form(archive, (gint64)number, document, error))
        return false;
    if (*document) {
        *form = (gint64)number;
        return true;
    }
    if (!is_hex || strlen(name) < LEAST_DIGITS)
        return set_none(name, error);
    return find_document(archive, name, document, error);
}

/* --- rows to JSON --- */

/* "p1 t1 r13 c4 l12" as the `at` of a finding. */
static json_t *place_of(const char *text)
{
    static const struct {
        char letter;
        const char *key;
    } PARTS[] = {{'p', "page"}, {'t', "table"}, {'r', "row"}, {'c', "col"}, {'l', "line"}};
    json_t *place = json_object();
    g_auto(GStrv) words = g_strsplit(text ? text : "", " ", -1);
    for (gsize k = 0; k < G_N_ELEMENTS(PARTS); k++) {
        guint64 number = 0;
        for (char **word = words; *word; word++) {
            if (**word == PARTS[k].letter)
                g_ascii_string_to_unsigned(*word + 1, 10, 1, G_MAXUINT32, &number, NULL);
        }
        json_object_set_new(place, PARTS[k].key,
                            number ? json_integer((json_int_t)number) : json_null());
    }
    return place;
}

static json_t *cell_of(sqlite3_stmt *statement, int k)
{
    int type = sqlite3_column_type(statement, k);
    if (type == SQLITE_NULL)
        return json_null();
    if (type == SQLITE_INTEGER)
        return json_integer(sqlite3_column_int64(statement, k));
    g_autofree char *text = zp_archive_text(statement, k);
    const char *name = sqlite3_column_name(statement, k);
    return strcmp(name, "at") == 0 ? place_of(text) : json_string(text ? text : "");
}

/* Every column of a row under its name. */
static json_t *row_of(sqlite3_stmt *statement)
{
    json_t *row = json_object();
    int n = sqlite3_column_count(statement);
    for (int k = 0; k < n; k++)
        json_object_set_new(row, sqlite3_column_name(statement, k), cell_of(statement, k));
    return row;
}

/* The rows of a question with one number. */
static json_t *rows_of(ZpArchive *archive, const char *sql, gint64 id, GError **error)
{
    bool done;
    json_t *rows = json_array();
    sqlite3_stmt *statement = zp_archive_bind(archive, error, sql, "i", id);
    while (zp_archive_row(archive, statement, &done, error))
        json_array_append_new(rows, row_of(statement));
    if (done)
        return rows;
    json_decref(rows);
    return NULL;
}

#define FINDING(language)                                                                          \
    "SELECT rule AS code, name, kind, severity, pointer, at, stated, expected, habit, "            \
    "message_" language " AS message, related_path, related_form, fingerprint FROM finding WHERE " \
    "form_id = ? ORDER BY id"
#define UNJUDGED(language)                                                                         \
    "SELECT rule AS code, pointer, " language                                                      \
    " AS reason FROM unjudged JOIN reason ON reason.id = reason_id "                               \
    "WHERE form_id = ? ORDER BY number"

static json_t *form_object(ZpArchive *archive, gint64 id, ZpLang lang, GError **error)
{
    bool is_zh = lang == ZP_LANG_ZH;
    const struct {
        const char *key, *sql;
    } PARTS[] = {{"findings", is_zh ? FINDING("zh") : FINDING("en")},
                 {"not_evaluable", is_zh ? UNJUDGED("zh") : UNJUDGED("en")}};
    json_t *heads = rows_of(
        archive,
        "SELECT id, number, recomputed_total, recomputed_grade, passed, failed, not_applicable, "
        "not_evaluable AS unjudged FROM form WHERE id = ?",
        id, error);
    json_t *object = json_incref(json_array_get(heads, 0));
    json_t *form = object ? zp_store_form(archive, id, lang, error) : NULL;
    json_decref(heads);
    bool done = form != NULL;
    if (done)
        json_object_set_new(object, "form", form);
    for (gsize k = 0; done && k < G_N_ELEMENTS(PARTS); k++)
        done = json_object_set_new(object, PARTS[k].key,
                                   rows_of(archive, PARTS[k].sql, id, error)) == 0;
    if (done)
        return object;
    json_decref(object);
    return NULL;
}

static json_t *document_object(ZpArchive *archive, gint64 id, GError **error)
{
    json_t *heads = rows_of(
        archive,
        "SELECT sha256, size, format, status, encrypted, added_at, checked_at, program, rulebook, "
        "EXISTS (SELECT 1 FROM original WHERE document_id = document.id) AS has_original "
        "FROM document JOIN version ON version.id = version_id WHERE document.id = ?",
        id, error);
    json_t *object = json_incref(json_array_get(heads, 0));
    json_decref(heads);
    json_t *names =
        object
            ? rows_of(
                  archive,
                  "SELECT path, path_bytes, added_at FROM name WHERE document_id = ? ORDER BY id",
                  id, error)
            : NULL;
    json_t *former =
        names ? rows_of(
                    archive,
                    "SELECT checked_at, replaced_at, program, rulebook, findings FROM former JOIN "
                    "version ON version.id = version_id WHERE document_id = ? ORDER BY former.id",
                    id, error)
              : NULL;
    if (former) {
        json_object_set_new(object, "names", names);
        json_object_set_new(object, "former", former);
        return object;
    }
    json_decref(names);
    json_decref(object);
    return NULL;
}

json_t *zp_show_object(ZpArchive *archive, gint64 document, gint64 form, ZpLang lang,
                       GError **error)
{
    json_t *head = document_object(archive, document, error);
    json_t *ids =
        head ? rows_of(archive, "SELECT id FROM form WHERE document_id = ? ORDER BY number",
                       document, error)
             : NULL;
    json_t *object = json_object(), *forms = json_array(), *row = NULL;
    gsize k = 0;
    bool done = ids != NULL;
    json_array_foreach(ids, k, row)
    {
        gint64 id = json_integer_value(json_object_get(row, "id"));
        if (done && (form == 0 || form == id))
            done = json_array_append_new(forms, form_object(archive, id, lang, error)) == 0;
    }
    json_decref(ids);
    json_object_set_new(object, "document", head ? head : json_null());
    json_object_set_new(object, "forms", forms);
    if (done)
        return object;
    json_decref(object);
    return NULL;
}
