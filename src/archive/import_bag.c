/*
 * import_bag.c - an archive again from the bag that one was exported to.
 *
 * The bag is a stranger's: its manifest must name just the files that are there, each with its digest; rows hold only
 * columns of the schema, whose types SQLite asks (STRICT); and what is stored of each document must give the digest that
 * its row says, so that rows which were changed together with the manifest are found.
 */
#include "archive/bag.h"
#include "archive/export.h"
#include "archive/rows.h"
#include "archive/store.h"
#include "base/error.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Columns of a table at most. */
#define COLUMNS 40

static bool set_damaged(const char *path, const char *zh, const char *en, GError **error)
{
    zp_error_set(error, ZP_ERROR_DAMAGED, "%s：%s%.0s", "%s: %.0s%s", path, zh, en);
    return false;
}

/* --- lines --- */

typedef struct {
    FILE *file;
    char *path;
    GString *line;
    guint64 number;
} Lines;

static void close_lines(Lines *lines)
{
    if (lines->file)
        fclose(lines->file);
    if (lines->line)
        g_string_free(lines->line, TRUE);
    g_free(lines->path);
}

static bool open_lines(Lines *lines, const char *folder, const char *path, GError **error)
{
    struct stat about;
    lines->path = g_build_filename(folder, path, NULL);
    lines->line = g_string_new(NULL);
    int fd = open(lines->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd >= 0 && (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)))
        close(fd);
    else if (fd >= 0)
        lines->file = fdopen(fd, "r");
    if (lines->file)
        return true;
    zp_error_set(error, ZP_ERROR_USAGE, "%s 不是 ziping 导出的档案包：没有 %s",
                 "%s is no bag that ziping exported: it has no %s", folder, path);
    return false;
}

/* The next line without its end; false at the end. */
static bool next_line(Lines *lines, bool *has_line, GError **error)
{
    char piece[4096];
    g_string_truncate(lines->line, 0);
    while (fgets(piece, sizeof piece, lines->file)) {
        g_string_append(lines->line, piece);
        if (lines->line->len > ZP_LIMIT_RECORD_BYTES)
            return set_damaged(lines->path, "有一行太长（ZP_LIMIT_RECORD_BYTES）",
                               "a line is too long (ZP_LIMIT_RECORD_BYTES)", error);
        if (lines->line->str[lines->line->len - 1] == '\n')
            break;
    }
    if (ferror(lines->file))
        return set_damaged(lines->path, "无法读取", "it cannot be read", error);
    *has_line = lines->line->len > 0;
    lines->number += *has_line;
    while (lines->line->len > 0 && strchr("\r\n", lines->line->str[lines->line->len - 1]))
        g_string_truncate(lines->line, lines->line->len - 1);
    return true;
}

/* --- the manifest --- */

/* RFC 8493: CR, LF and % in a path are written %0D, %0A, %25. */
static char *decode_path(const char *path)
{
    GString *out = g_string_new(NULL);
    static const struct {
        const char *code;
        char byte;
    } CODES[] = {{"%0A", '\n'}, {"%0D", '\r'}, {"%25", '%'}};
    while (*path) {
        char byte = *path;
        gsize length = 1;
        for (gsize k = 0; k < G_N_ELEMENTS(CODES); k++) {
            if (g_ascii_strncasecmp(path, CODES[k].code, 3) != 0)
                continue;
            byte = CODES[k].byte;
            length = 3;
        }
        g_string_append_c(out, byte);
        path += length;
    }
    return g_string_free(out, FALSE);
}

/* Path → digest. */
static bool read_manifest(const char *folder, const char *name, GHashTable *files, GError **error)
{
    bool has_line = true;
    __attribute__((cleanup(close_lines))) Lines lines = {0};
    if (!open_lines(&lines, folder, name, error))
        return false;
    while (next_line(&lines, &has_line, error) && has_line) {
        gsize blank = strcspn(lines.line->str, " \t");
        const char *path = lines.line->str + blank + strspn(lines.line->str + blank, " \t*");
        if (blank != 64 || !*path)
            return set_damaged(lines.path, "有一行不是摘要和路径", "a line is no digest and path",
                               error);
        char *decoded = decode_path(path);
        if (!g_hash_table_replace(files, decoded, g_ascii_strdown(lines.line->str, 64)))
            return set_damaged(lines.path, "一个路径出现两次", "a path stands there twice", error);
    }
    return !has_line;
}

static bool is_as_listed(const char *folder, const char *path, const char *digest, GError **error)
{
    guint64 size = 0;
    g_autofree char *whole = g_build_filename(folder, path, NULL),
                    *found = zp_bag_digest(whole, &size);
    if (found && digest && strcmp(found, digest) == 0)
        return true;
    return set_damaged(whole,
                       found && digest ? "与清单中的摘要不符"
                       : found         ? "不在清单里"
                                       : "清单里有，却读不到",
                       found && digest ? "it is not what the manifest says"
                       : found         ? "the manifest does not name it"
                                       : "the manifest names it, and it cannot be read",
                       error);
}

/* Complete and valid: just the files of the manifest, each as it says. */
static bool check_payload(const char *folder, GError **error)
{
    g_autoptr(GHashTable) listed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *data = g_build_filename(folder, "data", NULL);
    if (!read_manifest(folder, "manifest-sha256.txt", listed, error))
        return false;
    g_autoptr(GPtrArray) there = zp_bag_list(data);
    if (!there)
        return set_damaged(data, "里面有链接、设备，或文件夹太深",
                           "it holds links, devices, or folders that are too deep", error);
    for (guint k = 0; k < there->len; k++) {
        g_autofree char *path =
            g_strconcat("data/", (const char *)g_ptr_array_index(there, k), NULL);
        if (!is_as_listed(folder, path, g_hash_table_lookup(listed, path), error))
            return false;
        g_hash_table_remove(listed, path);
    }
    GHashTableIter iter;
    gpointer path = NULL;
    g_hash_table_iter_init(&iter, listed);
    return !g_hash_table_iter_next(&iter, &path, NULL) ||
           set_damaged(path, "清单里有，却不在", "the manifest names it, and it is not there",
                       error);
}

static bool check_tags(const char *folder, GError **error)
{
    g_autoptr(GHashTable) listed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    GHashTableIter iter;
    gpointer path = NULL, digest = NULL;
    if (!read_manifest(folder, "tagmanifest-sha256.txt", listed, error))
        return false;
    g_hash_table_iter_init(&iter, listed);
    while (g_hash_table_iter_next(&iter, &path, &digest)) {
        if (strchr(path, '/'))
            return set_damaged(path, "不是标签文件", "it is no tag file", error);
        if (!is_as_listed(folder, path, digest, error))
            return false;
    }
    return true;
}

static bool is_bag(const char *folder, GError **error)
{
    bool has_line = false;
    __attribute__((cleanup(close_lines))) Lines lines = {0};
    if (!open_lines(&lines, folder, "bagit.txt", error) || !next_line(&lines, &has_line, error))
        return false;
    if (has_line && g_str_has_prefix(lines.line->str, ZP_BAG_HEAD))
        return true;
    zp_error_set(error, ZP_ERROR_USAGE, "%s 不是 BagIt 包", "%s is no bag (BagIt)", folder);
    return false;
}

/* --- rows --- */

#define NOT_A_ROW "有一行不是这个表的一行", "a line is no row of this table"

typedef struct {
    ZpArchive *archive;
    const char *folder;
    sqlite3_stmt *insert;
    char *columns[COLUMNS];
    int n_columns;
    bool has_data; /* the last column is a form's JSON */
} Filling;

static void clear_filling(Filling *filling)
{
    sqlite3_finalize(filling->insert);
    for (int k = 0; k < filling->n_columns; k++)
        g_free(filling->columns[k]);
}

/* The columns as this program's own schema has them. */
static bool prepare(Filling *filling, const ZpBagTable *table, GError **error)
{
    sqlite3 *db = zp_archive_db(filling->archive);
    sqlite3_stmt *select = NULL;
    g_autofree char *sql = g_strdup_printf("SELECT %s FROM %s", table->columns, table->name);
    if (sqlite3_prepare_v2(db, sql, -1, &select, NULL) != SQLITE_OK)
        return zp_archive_set_error(filling->archive, error);
    g_autoptr(GString) names = g_string_new(NULL), marks = g_string_new(NULL);
    int n_columns = MIN(sqlite3_column_count(select), COLUMNS - 1);
    for (int k = 0; k < n_columns; k++)
        filling->columns[filling->n_columns++] = g_strdup(sqlite3_column_name(select, k));
    filling->has_data = strcmp(table->name, "form") == 0;
    if (filling->has_data)
        filling->columns[filling->n_columns++] = g_strdup("data");
    for (int k = 0; k < filling->n_columns; k++) {
        g_string_append_printf(names, "%s\"%s\"", k > 0 ? ", " : "", filling->columns[k]);
        g_string_append(marks, k > 0 ? ", ?" : "?");
    }
    sqlite3_finalize(select);
    g_autofree char *insert =
        g_strdup_printf("INSERT INTO %s (%s) VALUES (%s)", table->name, names->str, marks->str);
    return sqlite3_prepare_v2(db, insert, -1, &filling->insert, NULL) == SQLITE_OK ||
           zp_archive_set_error(filling->archive, error);
}

/* A whole number, a text or nothing. */
static bool bind(const Filling *filling, json_t *row, int column)
{
    json_t *value = json_object_get(row, filling->columns[column]);
    if (json_is_integer(value))
        return sqlite3_bind_int64(filling->insert, column + 1, json_integer_value(value)) ==
               SQLITE_OK;
    if (json_is_string(value))
        return sqlite3_bind_text(filling->insert, column + 1, json_string_value(value),
                                 (int)json_string_length(value), SQLITE_TRANSIENT) == SQLITE_OK;
    return json_is_null(value) && sqlite3_bind_null(filling->insert, column + 1) == SQLITE_OK;
}

/* The form's JSON: stored packed, and its texts into the search. */
static bool bind_form(Filling *filling, json_t *row, Lines *data, GString *form, GError **error)
{
    bool has_line = false;
    if (!next_line(data, &has_line, error))
        return false;
    json_t *line = has_line ? json_loads(data->line->str, 0, NULL) : NULL;
    bool is_its = line && json_equal(json_object_get(line, "form"), json_object_get(row, "id"));
    json_t *object = is_its ? json_object_get(line, "data") : NULL;
    char *printed =
        json_is_object(object) ? json_dumps(object, JSON_REAL_PRECISION(15) | JSON_COMPACT) : NULL;
    g_string_assign(form, printed ? printed : "");
    json_decref(line);
    free(printed);
    if (form->len == 0)
        return set_damaged(data->path, "有一行不是这张表的数据",
                           "a line is not the data of its form", error);
    g_autoptr(GBytes) packed = zp_rows_pack(filling->archive, form->str, form->len);
    gsize size = 0;
    gconstpointer bytes = g_bytes_get_data(packed, &size);
    return sqlite3_bind_blob64(filling->insert, filling->n_columns, bytes, size,
                               SQLITE_TRANSIENT) == SQLITE_OK ||
           zp_archive_set_error(filling->archive, error);
}

/* What the schema forbids is the bag's fault, anything else the archive's. */
static bool insert(const Filling *filling, const Lines *lines, GError **error)
{
    int result = sqlite3_step(filling->insert);
    if (result == SQLITE_DONE)
        return true;
    if ((result & 0xff) == SQLITE_CONSTRAINT)
        return set_damaged(lines->path, NOT_A_ROW, error);
    return zp_archive_set_error(filling->archive, error);
}

static bool put_row(Filling *filling, const Lines *lines, Lines *data, json_t *row, GError **error)
{
    g_autoptr(GString) form = g_string_new(NULL);
    int n_plain = filling->n_columns - filling->has_data;
    bool done = json_is_object(row) && json_object_size(row) == (size_t)n_plain;
    sqlite3_reset(filling->insert);
    for (int k = 0; done && k < n_plain; k++)
        done = bind(filling, row, k);
    if (!done)
        return set_damaged(lines->path, NOT_A_ROW, error);
    done = (!filling->has_data || bind_form(filling, row, data, form, error)) &&
           insert(filling, lines, error);
    return done && (!filling->has_data ||
                    zp_rows_index(filling->archive, json_integer_value(json_object_get(row, "id")),
                                  form->str, form->len, error));
}

static bool put_table(ZpArchive *archive, const char *folder, const ZpBagTable *table,
                      GError **error)
{
    bool done = true, has_line = true;
    g_autofree char *path = zp_bag_table_path(table);
    __attribute__((cleanup(clear_filling)))
    Filling filling = {.archive = archive, .folder = folder};
    __attribute__((cleanup(close_lines))) Lines lines = {0};
    __attribute__((cleanup(close_lines))) Lines data = {0};
    if (!open_lines(&lines, folder, path, error) || !prepare(&filling, table, error) ||
        (filling.has_data && !open_lines(&data, folder, ZP_BAG_DATA, error)))
        return false;
    while (done && next_line(&lines, &has_line, error) && has_line) {
        json_t *row = json_loads(lines.line->str, 0, NULL);
        done = put_row(&filling, &lines, &data, row, error);
        json_decref(row);
    }
    return done && !has_line;
}

/* --- documents --- */

static bool put_original(ZpArchive *archive, const char *folder, gint64 id, const char *sha256,
                         GError **error)
{
    struct stat about;
    char *bytes = NULL;
    gsize size = 0;
    g_autofree char *path = zp_bag_original_path(sha256),
                    *whole = g_build_filename(folder, path, NULL);
    if (lstat(whole, &about) != 0)
        return errno == ENOENT || set_damaged(whole, "无法读取", "it cannot be read", error);
    if (!S_ISREG(about.st_mode) || (guint64)about.st_size > ZP_LIMIT_INPUT_BYTES ||
        !g_file_get_contents(whole, &bytes, &size, NULL))
        return set_damaged(whole, "无法读取", "it cannot be read", error);
    g_autoptr(GBytes) original = g_bytes_new_take(bytes, size);
    g_autofree char *digest = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, original);
    return (strcmp(digest, sha256) == 0 ||
            set_damaged(whole, "内容与名称不符", "it is not what its name says", error)) &&
           zp_store_put_original(archive, id, original, error);
}

static bool check_document(ZpArchive *archive, const char *folder, gint64 id, const char *sha256,
                           const char *digest, GError **error)
{
    g_autofree char *found = zp_store_digest(archive, id, error);
    if (found && strcmp(found, digest) == 0)
        return put_original(archive, folder, id, sha256, error);
    return found && set_damaged(folder, "有文件的内容与其摘要不符",
                                "the rows of a document are not what its digest says", error);
}

static bool check_documents(ZpArchive *archive, const char *folder, GError **error)
{
    bool done;
    sqlite3_stmt *statement = zp_archive_bind(
        archive, error, "SELECT id, sha256, data_sha256 FROM document ORDER BY id /* import */",
        "");
    while (zp_archive_row(archive, statement, &done, error)) {
        g_autofree char *sha256 = zp_archive_text(statement, 1),
                        *digest = zp_archive_text(statement, 2);
        if (strspn(sha256, "0123456789abcdef") != 64 || sha256[64])
            return set_damaged(folder, "有文件的 SHA-256 不对", "a document's SHA-256 is none",
                               error);
        if (!check_document(archive, folder, sqlite3_column_int64(statement, 0), sha256, digest,
                            error))
            return false;
    }
    return done;
}

static bool is_empty(ZpArchive *archive, GError **error)
{
    if (zp_archive_number(archive, "SELECT count(*) FROM document") == 0)
        return true;
    zp_error_set(error, ZP_ERROR_USAGE, "导入要一个新的档案库",
                 "a bag is imported into a new archive");
    return false;
}

bool zp_import_bag(ZpArchive *archive, const char *folder, GError **error)
{
    bool done = is_empty(archive, error) && is_bag(folder, error) && check_tags(folder, error) &&
                check_payload(folder, error) && zp_archive_begin(archive, error);
    for (guint k = 0; done && k < ZP_BAG_TABLES; k++)
        done = put_table(archive, folder, &ZP_BAG[k], error);
    done = done && check_documents(archive, folder, error) && zp_archive_commit(archive, error);
    if (!done)
        zp_archive_rollback(archive);
    return done;
}
