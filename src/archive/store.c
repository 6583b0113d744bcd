/*
 * store.c - a result of the run as rows.
 *
 * A form is kept twice: as JSON in canonical shape, which is what `show`, `export` and the search read, and as rows
 * for SQL.  data_sha256 is a digest of both, by which bytes that flipped are found.
 */
#include "archive/store.h"

#include "archive/pack.h"
#include "archive/rows.h"
#include "base/error.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

gint64 zp_store_find(ZpArchive *archive, const char *sha256)
{
    bool has_row = false;
    sqlite3_stmt *statement =
        zp_archive_bind(archive, NULL, "SELECT id FROM document WHERE sha256 = ?", "t", sha256);
    if (!statement || !zp_archive_next(archive, statement, &has_row, NULL) || !has_row)
        return 0;
    gint64 id = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return id;
}

bool zp_store_has_size(ZpArchive *archive, gsize size)
{
    bool has_row = false;
    sqlite3_stmt *statement = zp_archive_bind(
        archive, NULL, "SELECT 1 FROM document WHERE size = ? LIMIT 1", "i", (gint64)size);
    if (!statement || !zp_archive_next(archive, statement, &has_row, NULL))
        return false;
    sqlite3_reset(statement);
    return has_row;
}

static char *hex_of(const char *bytes)
{
    GString *hex = g_string_new(NULL);
    for (; *bytes; bytes++)
        g_string_append_printf(hex, "%02x", (guint8)*bytes);
    return g_string_free(hex, FALSE);
}

bool zp_store_name(ZpArchive *archive, gint64 document, const char *path, const char *now,
                   bool *is_new, GError **error)
{
    g_autofree char *shown = zp_text_valid(path, strlen(path), NULL);
    g_autofree char *bytes = strcmp(shown, path) == 0 ? g_strdup("") : hex_of(path);
    bool done =
        zp_archive_run(archive, error,
                       "INSERT OR IGNORE INTO name (document_id, path, path_bytes, added_at) "
                       "VALUES (?, ?, ?, ?)",
                       "ittt", document, shown, bytes, now);
    *is_new = done && sqlite3_changes(zp_archive_db(archive)) > 0;
    return done;
}

/* The row of a program and its rules, made where it is not there. */
static bool find_version(ZpArchive *archive, const ZpRulebook *rulebook, gint64 *id, GError **error)
{
    bool has_row = false;
    const char *rules = zp_rulebook_digest(rulebook);
    if (!zp_archive_run(archive, error,
                        "INSERT OR IGNORE INTO version (program, rulebook) VALUES (?, ?)", "tt",
                        ZP_VERSION, rules))
        return false;
    sqlite3_stmt *statement =
        zp_archive_bind(archive, error, "SELECT id FROM version WHERE program = ? AND rulebook = ?",
                        "tt", ZP_VERSION, rules);
    if (!statement || !zp_archive_next(archive, statement, &has_row, error))
        return false;
    *id = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return true;
}

bool zp_store_put_original(ZpArchive *archive, gint64 id, GBytes *original, GError **error)
{
    gsize size = 0;
    gconstpointer data = g_bytes_get_data(original, &size);
    g_autoptr(GBytes) packed = zp_pack_original(zp_archive_packer(archive), data, size);
    return zp_archive_run(archive, error,
                          "INSERT INTO original (document_id, packing, bytes) VALUES (?, ?, ?)",
                          "itb", id, packed ? "zstd" : "none", packed ? packed : original);
}

/* @numbers: (nullable) that the first forms are to have */
static bool add_forms(ZpArchive *archive, const ZpRulebook *rulebook, gint64 id,
                      const GArray *numbers, const ZpResult *result, GError **error)
{
    g_autoptr(GArray) forms = g_array_new(FALSE, FALSE, sizeof(gint64));
    for (guint k = 0; k < result->forms->len; k++) {
        gint64 form = numbers && k < numbers->len ? g_array_index(numbers, gint64, k) : 0;
        if (!zp_rows_form(archive, id, g_ptr_array_index(result->forms, k),
                          g_ptr_array_index(result->report->verdicts, k), &form, error))
            return false;
        g_array_append_val(forms, form);
    }
    return zp_rows_report(archive, rulebook, id, forms, result->report, error);
}

static bool seal(ZpArchive *archive, gint64 id, GError **error)
{
    g_autofree char *digest = zp_store_digest(archive, id, error);
    return digest &&
           zp_archive_run(archive, error, "UPDATE document SET data_sha256 = ? WHERE id = ?", "ti",
                          digest, id);
}

bool zp_store_add(ZpArchive *archive, const ZpRulebook *rulebook, const ZpDeposit *deposit,
                  gint64 *id, GError **error)
{
    const ZpResult *result = deposit->result;
    gint64 version = 0;
    bool is_new = false;
    if (!find_version(archive, rulebook, &version, error) ||
        !zp_archive_run(
            archive, error,
            "INSERT INTO document (sha256, size, format, status, encrypted, added_at, checked_at, "
            "version_id, data_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')",
            "tittitti", result->sha256, (gint64)g_bytes_get_size(deposit->original), result->format,
            result->is_partial ? "partial" : "ok", (gint64)deposit->is_encrypted, deposit->now,
            deposit->now, version))
        return false;
    *id = sqlite3_last_insert_rowid(zp_archive_db(archive));
    return (deposit->is_nameless ||
            zp_store_name(archive, *id, result->path, deposit->now, &is_new, error)) &&
           (!deposit->keeps_original ||
            zp_store_put_original(archive, *id, deposit->original, error)) &&
           add_forms(archive, rulebook, *id, NULL, result, error) && seal(archive, *id, error);
}

/* --- anew --- */

/* What a document was before, as far as it is kept. */
typedef struct {
    GArray *numbers; /* of gint64: of its forms */
    char *digest, *checked_at, *findings;
    GString *forms;
    gint64 version;
} Former;

static bool read_head(ZpArchive *archive, gint64 id, Former *former, GError **error)
{
    bool has_row = false;
    sqlite3_stmt *statement =
        zp_archive_bind(archive, error,
                        "SELECT data_sha256, checked_at, version_id, (SELECT "
                        "json_group_array(json_object('rule', rule, 'severity', "
                        "severity, 'form', (SELECT number FROM form WHERE form.id = form_id), "
                        "'pointer', pointer, 'stated', stated, "
                        "'expected', expected, 'message_zh', message_zh, 'message_en', message_en, "
                        "'fingerprint', fingerprint)) FROM "
                        "finding WHERE document_id = document.id) FROM document WHERE id = ?",
                        "i", id);
    if (!statement || !zp_archive_next(archive, statement, &has_row, error) || !has_row)
        return false;
    former->digest = zp_archive_text(statement, 0);
    former->checked_at = zp_archive_text(statement, 1);
    former->version = sqlite3_column_int64(statement, 2);
    former->findings = zp_archive_text(statement, 3);
    sqlite3_reset(statement);
    return true;
}

/* The forms' numbers, and their JSON in a list. */
static bool read_forms(ZpArchive *archive, gint64 id, GArray *numbers, GString *forms,
                       GError **error)
{
    bool done;
    sqlite3_stmt *statement = zp_archive_bind(
        archive, error, "SELECT id, data FROM form WHERE document_id = ? ORDER BY number", "i", id);
    while (zp_archive_row(archive, statement, &done, error)) {
        gint64 number = sqlite3_column_int64(statement, 0);
        json_t *form = zp_rows_unpack(statement, 1);
        char *text = form ? json_dumps(form, JSON_REAL_PRECISION(15) | JSON_COMPACT) : NULL;
        g_string_append_printf(forms, "%s%s", forms->len > 0 ? "," : "[", text ? text : "null");
        free(text);
        json_decref(form);
        g_array_append_val(numbers, number);
    }
    g_string_append(forms, forms->len > 0 ? "]" : "[]");
    return done;
}

static bool keep_former(ZpArchive *archive, gint64 id, const Former *former, const char *now,
                        bool *differs, GError **error)
{
    g_autofree char *digest = zp_store_digest(archive, id, error);
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GString) forms = g_string_new(NULL);
    if (!digest || !read_forms(archive, id, numbers, forms, error))
        return false;
    *differs = g_strcmp0(digest, former->digest) != 0;
    bool is_same = strcmp(forms->str, former->forms->str) == 0;
    return !*differs ||
           zp_archive_run(archive, error,
                          "INSERT INTO former (document_id, version_id, checked_at, replaced_at, "
                          "findings, forms) VALUES (?, ?, ?, ?, ?, ?)",
                          "iitttt", id, former->version, former->checked_at, now, former->findings,
                          is_same ? NULL : former->forms->str);
}

static bool replace(ZpArchive *archive, const ZpRulebook *rulebook, gint64 id,
                    const ZpDeposit *deposit, Former *former, bool *differs, GError **error)
{
    gint64 version = 0;
    return read_head(archive, id, former, error) &&
           read_forms(archive, id, former->numbers, former->forms, error) &&
           find_version(archive, rulebook, &version, error) && zp_rows_remove(archive, id, error) &&
           zp_archive_run(
               archive, error,
               "UPDATE document SET status = ?, checked_at = ?, version_id = ? WHERE id = ?",
               "ttii", deposit->result->is_partial ? "partial" : "ok", deposit->now, version, id) &&
           add_forms(archive, rulebook, id, former->numbers, deposit->result, error) &&
           seal(archive, id, error) &&
           keep_former(archive, id, former, deposit->now, differs, error);
}

bool zp_store_replace(ZpArchive *archive, const ZpRulebook *rulebook, gint64 id,
                      const ZpDeposit *deposit, bool *differs, GError **error)
{
    Former former = {.numbers = g_array_new(FALSE, FALSE, sizeof(gint64)),
                     .forms = g_string_new(NULL)};
    bool done = replace(archive, rulebook, id, deposit, &former, differs, error);
    g_array_unref(former.numbers);
    g_string_free(former.forms, TRUE);
    g_free(former.digest);
    g_free(former.checked_at);
    g_free(former.findings);
    return done;
}

/* --- out again --- */

static GBytes *column_bytes(sqlite3_stmt *statement, int column)
{
    return g_bytes_new(sqlite3_column_blob(statement, column),
                       (gsize)sqlite3_column_bytes(statement, column));
}

static void set_damaged(gint64 id, GError **error)
{
    if (error && !*error)
        zp_error_set(error, ZP_ERROR_DAMAGED, "编号 %" G_GINT64_FORMAT " 的内容已损坏",
                     "what is stored under number %" G_GINT64_FORMAT " is damaged", id);
}

GBytes *zp_store_original(ZpArchive *archive, gint64 id, GError **error)
{
    bool has_row = false;
    sqlite3_stmt *statement = zp_archive_bind(
        archive, error, "SELECT bytes, packing FROM original WHERE document_id = ?", "i", id);
    if (!statement || !zp_archive_next(archive, statement, &has_row, error) || !has_row)
        return NULL;
    g_autoptr(GBytes) stored = column_bytes(statement, 0);
    g_autofree char *packing = zp_archive_text(statement, 1);
    sqlite3_reset(statement);
    if (g_strcmp0(packing, "zstd") != 0)
        return g_steal_pointer(&stored);
    gsize size = 0;
    gconstpointer data = g_bytes_get_data(stored, &size);
    GBytes *bytes = zp_unpack(data, size, ZP_LIMIT_INPUT_BYTES);
    if (!bytes)
        set_damaged(id, error);
    return bytes;
}

/* The details of repairs are kept in both languages. */
static bool say_repairs(ZpArchive *archive, gint64 id, json_t *form, ZpLang lang, GError **error)
{
    bool has_row = false;
    json_t *repairs = json_object_get(form, "repairs");
    sqlite3_stmt *statement = zp_archive_bind(
        archive, error, "SELECT detail_zh, detail_en FROM repair WHERE form_id = ? ORDER BY number",
        "i", id);
    for (gsize k = 0; k < json_array_size(repairs); k++) {
        if (!statement || !zp_archive_next(archive, statement, &has_row, error))
            return false;
        if (!has_row)
            return true;
        g_autofree char *detail = zp_archive_text(statement, lang == ZP_LANG_ZH ? 0 : 1);
        json_object_set_new(json_array_get(repairs, k), "detail", json_string(detail));
    }
    if (statement)
        sqlite3_reset(statement);
    return statement != NULL;
}

json_t *zp_store_form(ZpArchive *archive, gint64 id, ZpLang lang, GError **error)
{
    bool has_row = false;
    sqlite3_stmt *statement =
        zp_archive_bind(archive, error, "SELECT data FROM form WHERE id = ?", "i", id);
    if (!statement || !zp_archive_next(archive, statement, &has_row, error))
        return NULL;
    json_t *form = has_row ? zp_rows_unpack(statement, 0) : NULL;
    sqlite3_reset(statement);
    if (form && say_repairs(archive, id, form, lang, error))
        return form;
    set_damaged(id, error);
    json_decref(form);
    return NULL;
}
