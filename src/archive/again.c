/*
 * again.c - originals out into a folder, through the workers, and compared or replaced.
 *
 *     FOLDER/NUMBER/NAME
 *
 * A file is in a folder of its document's number and has the last part of its first name: findings about a file as a whole
 * have that in their fingerprint.  Each is gone again once its batch is done.
 */
#include "archive/again.h"

#include "archive/intake.h"
#include "archive/verify.h"
#include "base/error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Bytes of a name that a file system takes; an entry of an archive may have more. */
#define NAME_BYTES 255

static void drop_files(ZpAgain *again)
{
    for (guint k = 0; k < again->paths->len; k++) {
        g_autofree char *folder = g_path_get_dirname(g_ptr_array_index(again->paths, k));
        g_unlink(g_ptr_array_index(again->paths, k));
        g_rmdir(folder);
    }
    g_ptr_array_set_size(again->paths, 0);
}

bool zp_again_open(ZpAgain *again, GError **error)
{
    again->paths = g_ptr_array_new_with_free_func(g_free);
    again->failed = g_array_new(FALSE, FALSE, sizeof(gint64));
    again->different = g_array_new(FALSE, FALSE, sizeof(gint64));
    again->folder = g_dir_make_tmp("ziping-XXXXXX", NULL);
    if (!again->folder)
        zp_error_set(error, ZP_ERROR_IO, "临时文件夹无法建立", "no temporary folder can be made");
    return again->folder != NULL;
}

void zp_again_close(ZpAgain *again)
{
    drop_files(again);
    if (again->folder)
        g_rmdir(again->folder);
    g_free(again->folder);
    g_ptr_array_unref(again->paths);
    g_array_unref(again->failed);
    g_array_unref(again->different);
}

/* The last part of a document's first name, in its own bytes. */
static char *file_name(const char *path, const char *hex)
{
    g_autoptr(GString) bytes = g_string_new(hex && *hex ? NULL : path);
    for (; hex && hex[0] && hex[1]; hex += 2)
        g_string_append_c(bytes,
                          (char)(g_ascii_xdigit_value(hex[0]) << 4 | g_ascii_xdigit_value(hex[1])));
    g_autofree char *name = g_path_get_basename(bytes->str);
    bool is_fit = strlen(name) <= NAME_BYTES && !strchr(name, '/') && strcmp(name, ".") != 0 &&
                  strcmp(name, "..") != 0;
    const char *dot = strrchr(name, '.');
    if (is_fit)
        return g_steal_pointer(&name);
    return g_strconcat("document", dot && strlen(dot) <= 10 && !strchr(dot, '/') ? dot : "", NULL);
}

static bool write_file(ZpAgain *again, gint64 id, const char *sha256, const char *name,
                       GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    if (zp_verify_original(again->archive, id, sha256) == ZP_FIXITY_OK)
        bytes = zp_store_original(again->archive, id, NULL);
    if (!bytes) {
        again->n_without++;
        if (again->is_saving)
            g_array_append_val(again->failed, id);
        return true;
    }
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    g_autofree char *folder = g_strdup_printf("%s/%" G_GINT64_FORMAT, again->folder, id);
    char *path = g_build_filename(folder, name, NULL);
    g_ptr_array_add(again->paths, path);
    if (g_mkdir(folder, 0700) == 0 &&
        g_file_set_contents_full(path, data ? data : "", (gssize)size, G_FILE_SET_CONTENTS_NONE,
                                 0600, NULL))
        return true;
    zp_error_set(error, ZP_ERROR_OUTPUT, "%s 无法写入", "%s cannot be written", path);
    return false;
}

/* The document of the next number. */
static bool take_next(ZpAgain *again, gint64 *after, bool *has_row, GError **error)
{
    sqlite3_stmt *statement =
        zp_archive_bind(again->archive, error,
                        "SELECT id, sha256, (SELECT path FROM name WHERE "
                        "document_id = document.id ORDER BY name.id LIMIT 1), "
                        "(SELECT path_bytes FROM name WHERE document_id = "
                        "document.id ORDER BY name.id LIMIT 1) "
                        "FROM document WHERE id > ? ORDER BY id LIMIT 1",
                        "i", *after);
    if (!statement || !zp_archive_next(again->archive, statement, has_row, error))
        return false;
    if (!*has_row)
        return true;
    g_autofree char *sha256 = zp_archive_text(statement, 1);
    g_autofree char *path = zp_archive_text(statement, 2);
    g_autofree char *bytes = zp_archive_text(statement, 3);
    g_autofree char *name = file_name(path ? path : "", bytes);
    *after = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return write_file(again, *after, sha256, name, error);
}

/* Where a damaged page stands in the way the numbers behind it are tried one by one. */
static bool step(ZpAgain *again, gint64 *after, bool *has_row, GError **error)
{
    g_autoptr(GError) why = NULL;
    if (take_next(again, after, has_row, &why))
        return true;
    if (!again->is_saving || !g_error_matches(why, ZP_ERROR, ZP_ERROR_DAMAGED)) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    gint64 last = zp_archive_number(again->archive, "SELECT max(id) FROM document");
    *has_row = *after < last;
    *after += 1;
    if (*has_row)
        g_array_append_val(again->failed, *after);
    return true;
}

bool zp_again_fill(ZpAgain *again, gint64 *after, bool *has_more, GError **error)
{
    bool has_row = true;
    *has_more = false;
    drop_files(again);
    for (guint n = 0; has_row && n < ZP_AGAIN_BATCH; n++) {
        if (!step(again, after, &has_row, error))
            return false;
        *has_more |= has_row;
    }
    return true;
}

/* The number that a file's folder is named by. */
static gint64 number_of(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(folder);
    return g_ascii_strtoll(name, NULL, 10);
}

static char *stored_digest(const ZpAgain *again, gint64 id, bool *is_encrypted)
{
    bool done;
    sqlite3_stmt *statement = zp_archive_bind(
        again->archive, NULL, "SELECT data_sha256, encrypted FROM document WHERE id = ?", "i", id);
    if (!zp_archive_row(again->archive, statement, &done, NULL))
        return NULL;
    char *digest = zp_archive_text(statement, 0);
    *is_encrypted = sqlite3_column_int64(statement, 1) != 0;
    sqlite3_reset(statement);
    return digest;
}

/* Under all its names, each with its date. */
static bool copy_names(ZpAgain *again, gint64 id, gint64 own, GError **error)
{
    bool done;
    sqlite3_stmt *statement = zp_archive_bind(
        again->archive, error,
        "SELECT path, path_bytes, added_at FROM name WHERE document_id = ? ORDER BY id", "i", id);
    while (zp_archive_row(again->archive, statement, &done, error)) {
        g_autofree char *path = zp_archive_text(statement, 0);
        g_autofree char *bytes = zp_archive_text(statement, 1);
        g_autofree char *added = zp_archive_text(statement, 2);
        if (!zp_archive_run(again->own, error,
                            "INSERT OR IGNORE INTO name (document_id, path, path_bytes, added_at) "
                            "VALUES (?, ?, ?, ?)",
                            "ittt", own, path, bytes, added))
            return false;
    }
    return done;
}

bool zp_again_copy_links(ZpAgain *again, GError **error)
{
    bool done;
    sqlite3_stmt *statement = zp_archive_bind(again->archive, NULL,
                                              "SELECT project_key, unit_key, to_project_key, "
                                              "to_unit_key, linked_at FROM link ORDER BY id",
                                              "");
    while (zp_archive_row(again->archive, statement, &done, NULL)) {
        g_autofree char *project = zp_archive_text(statement, 0),
                        *unit = zp_archive_text(statement, 1);
        g_autofree char *other = zp_archive_text(statement, 2),
                        *its_unit = zp_archive_text(statement, 3);
        g_autofree char *when = zp_archive_text(statement, 4);
        if (!zp_archive_run(
                again->own, error,
                "INSERT OR IGNORE INTO link (project_key, unit_key, to_project_key, to_unit_key, "
                "linked_at) VALUES (?, ?, ?, ?, ?)",
                "ttttt", project, unit, other, its_unit, when))
            return false;
    }
    return true;
}

/* Names that cannot be read are lost, the document is not. */
static bool save(ZpAgain *again, gint64 id, ZpDeposit *deposit, GError **error)
{
    gint64 own = 0;
    g_autoptr(GError) why = NULL;
    g_autofree char *digest = stored_digest(again, id, &deposit->is_encrypted);
    deposit->keeps_original = deposit->is_nameless = true;
    if (zp_store_find(again->own, deposit->result->sha256))
        return true;
    if (!zp_store_add(again->own, again->rulebook, deposit, &own, error))
        return false;
    if (!copy_names(again, id, own, &why) && !g_error_matches(why, ZP_ERROR, ZP_ERROR_DAMAGED)) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    return true;
}

static bool compare(ZpAgain *again, gint64 id, ZpDeposit *deposit, bool *differs, GError **error)
{
    gint64 own = 0;
    bool is_encrypted = false;
    g_autofree char *stored = stored_digest(again, id, &is_encrypted);
    deposit->is_encrypted = is_encrypted;
    if (!zp_store_add(again->own, again->rulebook, deposit, &own, error))
        return false;
    g_autofree char *digest = zp_store_digest(again->own, own, error);
    *differs = g_strcmp0(digest, stored) != 0;
    return digest &&
           zp_archive_run(again->own, error, "DELETE FROM document WHERE id = ?", "i", own);
}

bool zp_again_take(const ZpResult *result, gpointer data, GError **error)
{
    ZpAgain *again = data;
    gint64 id = number_of(result->path);
    bool differs = false;
    if (result->error || !result->forms || result->forms->len == 0) {
        g_array_append_val(again->failed, id);
        return true;
    }
    g_autofree char *now = zp_intake_now();
    g_autoptr(GBytes) original = zp_store_original(again->archive, id, error);
    ZpDeposit deposit = {.result = result, .original = original, .now = now};
    if (original && again->is_saving) {
        again->n_done++;
        return save(again, id, &deposit, error);
    }
    bool done = original && (again->own ? compare(again, id, &deposit, &differs, error)
                                        : zp_store_replace(again->archive, again->rulebook, id,
                                                           &deposit, &differs, error));
    again->n_done += done;
    if (done && differs)
        g_array_append_val(again->different, id);
    return done;
}
