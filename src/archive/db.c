/*
 * db.c - opening, refusing and asking the database.
 *
 * A new file gets its schema in one transaction in rollback mode, so that a process killed meanwhile leaves an empty
 * file, then goes over to WAL: readers do not wait for the writer.  Two writers are kept apart by a
 * lock on a byte of the file far behind any database's end, which, unlike SQLite's own locks, is held over all the
 * transactions of a command; POSIX locks of a file go when any of its descriptors closes, so the lock's
 * descriptor is closed last.
 */
#include "archive/db.h"

#include "archive/archive-resources.h"
#include "base/error.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Milliseconds that another program's transaction is waited for. */
#define PATIENCE_MS 20000
/* The byte that writers lock. */
#define LOCK_BYTE G_GINT64_CONSTANT(0x7fffffffffff0000)
/* Bytes of a text or blob that SQLite may make. */
#define VALUE_BYTES (512 * 1024 * 1024)

struct ZpArchive {
    sqlite3 *db;
    char *path;
    ZpPacker *packer;
    bool is_searched;
    int lock;               /* descriptor; -1: none */
    gint64 upgraded_from;   /* the version it had; 0: this one, or none */
    GHashTable *statements; /* of sqlite3_stmt, by the address of their text */
};

/* What makes each version out of the one before; the first out of nothing. */
static const char *schema(gint64 version)
{
    static const char *const PATHS[ZP_ARCHIVE_VERSION] = {
        "/ziping/archive/src/archive/schema.sql", "/ziping/archive/src/archive/schema-2.sql",
        "/ziping/archive/src/archive/schema-3.sql"};
    GBytes *bytes = g_resource_lookup_data(zp_archive_get_resource(), PATHS[version - 1], 0, NULL);
    const char *text = g_bytes_get_data(bytes, NULL); /* NUL-terminated, and compiled in */
    g_bytes_unref(bytes);
    return text;
}

gint64 zp_archive_upgraded_from(const ZpArchive *archive)
{
    return archive->upgraded_from;
}

sqlite3 *zp_archive_db(const ZpArchive *archive)
{
    return archive->db;
}

ZpPacker *zp_archive_packer(const ZpArchive *archive)
{
    return archive->packer;
}

bool zp_archive_is_searched(const ZpArchive *archive)
{
    return archive->is_searched;
}

bool zp_archive_set_error(const ZpArchive *archive, GError **error)
{
    const char *why = sqlite3_errmsg(archive->db);
    switch (sqlite3_errcode(archive->db)) {
    case SQLITE_FULL:
        zp_error_set(error, ZP_ERROR_OUTPUT, "%s：磁盘已满，已提交的都在；腾出空间后再运行一次",
                     "%s: the disk is full; what is committed stays: make room and run it again",
                     archive->path);
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        zp_error_set(error, ZP_ERROR_OUTPUT, "%s：另一个程序正在使用它",
                     "%s: another program is using it", archive->path);
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        zp_error_set(error, ZP_ERROR_DAMAGED, "%s：文件已损坏（%s）；archive verify 指出是哪些文件",
                     "%s: the file is damaged (%s); `archive verify` says which documents are",
                     archive->path, why);
        break;
    case SQLITE_READONLY: /* a reader found the journal of a writer that was killed */
        zp_error_set(error, ZP_ERROR_USAGE,
                     "%s：上次写入中断；先运行 ziping archive upgrade --db %s",
                     "%s: a write was broken off: run `ziping archive upgrade --db %s` first",
                     archive->path, archive->path);
        break;
    default:
        zp_error_set(error, ZP_ERROR_IO, "%s：%s", "%s: %s", archive->path, why);
    }
    return false;
}

static bool execute(const ZpArchive *archive, const char *sql, GError **error)
{
    return sqlite3_exec(archive->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
           zp_archive_set_error(archive, error);
}

bool zp_archive_begin(ZpArchive *archive, GError **error)
{
    return execute(archive, "BEGIN IMMEDIATE", error);
}

/*
 * SQLite tells a search index of every statement that could fail half-way, and the index then writes what it has
 * collected as a segment of its own; so all texts of a transaction go in by one statement.
 */
static bool index_pending(const ZpArchive *archive, GError **error)
{
    static const char SQL[] =
        "INSERT INTO search_text (rowid, text) SELECT id, lines FROM temp.pending;"
        "INSERT INTO search_short (rowid, text) SELECT id, grams FROM temp.pending;"
        "DELETE FROM temp.pending";
    return !archive->is_searched || execute(archive, SQL, error);
}

bool zp_archive_commit(ZpArchive *archive, GError **error)
{
    if (index_pending(archive, error) && execute(archive, "COMMIT", error))
        return true;
    zp_archive_rollback(archive);
    return false;
}

void zp_archive_rollback(ZpArchive *archive)
{
    if (!sqlite3_get_autocommit(archive->db))
        execute(archive, "ROLLBACK", NULL);
}

/* --- what a file must be --- */

static guint32 big_endian(const guint8 *bytes)
{
    return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

/* Asked of the first bytes, before SQLite sees the file. */
static bool is_archive(const char *path, ZpArchiveMode mode, GError **error)
{
    guint8 head[100];
    ZpFileReason why = {0};
    int fd = zp_file_open(path, O_RDONLY | O_CLOEXEC, 0, &why);
    if (fd < 0 && errno == ENOENT && mode == ZP_ARCHIVE_CREATE)
        return true;
    if (fd < 0) {
        zp_error_set(error, ZP_ERROR_USAGE, "%s：%s%.0s", "%s: %.0s%s", path, why.zh, why.en);
        return false;
    }
    gssize n = pread(fd, head, sizeof head, 0);
    close(fd);
    if ((n == 0 && mode == ZP_ARCHIVE_CREATE) ||
        (n == sizeof head && memcmp(head, "SQLite format 3", 16) == 0 &&
         big_endian(head + 68) == ZP_ARCHIVE_ID))
        return true;
    zp_error_set(error, ZP_ERROR_USAGE, "%s 不是 ziping 的档案库", "%s is no archive of ziping",
                 path);
    return false;
}

static void harden(sqlite3 *db)
{
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, VALUE_BYTES);
    sqlite3_busy_timeout(db, PATIENCE_MS);
}

#define OBJECTS                                                                                    \
    "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE "        \
    "'sqlite_%'"

/* The statements of a schema by kind and name. */
static GHashTable *read_schema(sqlite3 *db)
{
    g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    sqlite3_stmt *statement = NULL;
    int step = sqlite3_prepare_v2(db, OBJECTS, -1, &statement, NULL);
    while (step == SQLITE_OK || step == SQLITE_ROW) {
        step = sqlite3_step(statement);
        if (step == SQLITE_ROW)
            g_hash_table_insert(found, zp_archive_text(statement, 0),
                                zp_archive_text(statement, 1));
    }
    sqlite3_finalize(statement);
    return step == SQLITE_DONE ? g_steal_pointer(&found) : NULL;
}

/* The schema as this program would make it. */
static GHashTable *own_schema(gint64 version)
{
    sqlite3 *db = NULL;
    GHashTable *found = NULL;
    bool done = sqlite3_open(":memory:", &db) == SQLITE_OK;
    for (gint64 k = 1; done && k <= version; k++)
        done = sqlite3_exec(db, schema(k), NULL, NULL, NULL) == SQLITE_OK;
    if (done)
        found = read_schema(db);
    sqlite3_close(db);
    return found;
}

/* Further objects are other people's business; ours must be ours. */
static bool has_own_schema(const ZpArchive *archive, gint64 version, GError **error)
{
    g_autoptr(GHashTable) own = own_schema(version), there = read_schema(archive->db);
    if (!there)
        return zp_archive_set_error(archive, error);
    GHashTableIter iter;
    gpointer name = NULL, sql = NULL;
    g_hash_table_iter_init(&iter, own);
    while (g_hash_table_iter_next(&iter, &name, &sql)) {
        if (g_strcmp0(g_hash_table_lookup(there, name), sql) == 0)
            continue;
        zp_error_set(error, ZP_ERROR_USAGE, "%s：结构不是档案库的（%s），没有读取",
                     "%s: its schema is not an archive's (%s); it was not read", archive->path,
                     (const char *)name);
        return false;
    }
    return true;
}

/* @version: set; 0 of an empty file and of one whose making was broken off: nothing is in it, and @mode may make it */
static bool is_known_version(ZpArchive *archive, ZpArchiveMode mode, gint64 *version_,
                             GError **error)
{
    gint64 version = zp_archive_number(archive, "PRAGMA user_version");
    if (sqlite3_errcode(archive->db) != SQLITE_OK && sqlite3_errcode(archive->db) != SQLITE_DONE &&
        sqlite3_errcode(archive->db) != SQLITE_ROW)
        return zp_archive_set_error(archive, error);
    *version_ = version;
    if (version >= 1 && version <= ZP_ARCHIVE_VERSION)
        return has_own_schema(archive, version, error);
    if (version == 0 && zp_archive_number(archive, "SELECT count(*) FROM sqlite_schema") == 0) {
        if (mode != ZP_ARCHIVE_CREATE)
            zp_error_set(error, ZP_ERROR_USAGE, "%s 建到一半就中断了，里面什么也没有",
                         "%s was broken off while it was made and holds nothing", archive->path);
        return mode == ZP_ARCHIVE_CREATE;
    }
    zp_error_set(error, ZP_ERROR_USAGE, "%s 的版本是 %d，这个程序只认得 %d；请用更新的 ziping",
                 "%s has version %d, and this program knows %d: use a newer ziping", archive->path,
                 (int)version, ZP_ARCHIVE_VERSION);
    return false;
}

/* --- opening --- */

static bool lock_writer(ZpArchive *archive, void (*on_wait)(gpointer data), gpointer data,
                        GError **error)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_BYTE, .l_len = 1};
    archive->lock = open(archive->path, O_RDWR | O_CLOEXEC | O_CREAT | O_NOCTTY, 0666);
    bool is_locked = archive->lock >= 0 && fcntl(archive->lock, F_OFD_SETLK, &lock) == 0;
    if (!is_locked && archive->lock >= 0 && (errno == EAGAIN || errno == EACCES)) {
        if (on_wait)
            on_wait(data);
        do
            is_locked = fcntl(archive->lock, F_OFD_SETLKW, &lock) == 0;
        while (!is_locked && errno == EINTR);
    }
    if (!is_locked)
        zp_error_set(error, ZP_ERROR_IO, "%s：%s", "%s: %s", archive->path, g_strerror(errno));
    return is_locked;
}

/* What the file lacks of this version's schema, in one transaction; from 0 it is made. */
static bool upgrade(ZpArchive *archive, gint64 from, GError **error)
{
    g_autofree char *marks =
        g_strdup_printf("PRAGMA application_id=%d;PRAGMA user_version=%d;COMMIT", ZP_ARCHIVE_ID,
                        ZP_ARCHIVE_VERSION);
    bool done = execute(archive, "PRAGMA encoding='UTF-8';BEGIN IMMEDIATE", error);
    for (gint64 version = from + 1; done && version <= ZP_ARCHIVE_VERSION; version++)
        done = execute(archive, schema(version), error);
    archive->upgraded_from = from;
    return done && execute(archive, marks, error);
}

static bool connect_to(ZpArchive *archive, const char *name, int flags, GError **error)
{
    int result = sqlite3_open_v2(name, &archive->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (!archive->db) {
        zp_error_set(error, ZP_ERROR_IO, "%s：内存不足", "%s: out of memory", archive->path);
        return false;
    }
    harden(archive->db);
    return result == SQLITE_OK || zp_archive_set_error(archive, error);
}

static bool is_this_version(const ZpArchive *archive, gint64 version, GError **error)
{
    if (version == ZP_ARCHIVE_VERSION)
        return true;
    zp_error_set(error, ZP_ERROR_USAGE,
                 "%s 的版本是 %" G_GINT64_FORMAT
                 "，只读打开时不改动它：先运行 ziping archive upgrade --db %s",
                 "%s has version %" G_GINT64_FORMAT
                 ", and reading does not change it: run `ziping archive upgrade --db %s` first",
                 archive->path, version, archive->path);
    return false;
}

/* A read-only medium has no room for the files of WAL, a network no memory to share; neither needs them: nobody writes. */
static bool connect_reader(ZpArchive *archive, GError **error)
{
    g_autofree char *log = g_strconcat(archive->path, "-wal", NULL);
    g_autofree char *escaped = g_uri_escape_string(archive->path, "/", TRUE);
    g_autofree char *uri = g_strdup_printf("file:%s?immutable=1", escaped);
    g_autofree char *folder = g_path_get_dirname(archive->path);
    gint64 version = 0;
    bool is_fixed = access(log, F_OK) != 0 &&
                    (access(folder, W_OK) != 0 || !zp_archive_is_local(archive->path, NULL));
    return connect_to(archive, is_fixed ? uri : archive->path,
                      SQLITE_OPEN_READONLY | (is_fixed ? SQLITE_OPEN_URI : 0), error) &&
           is_known_version(archive, ZP_ARCHIVE_READ, &version, error) &&
           is_this_version(archive, version, error);
}

static bool connect_writer(ZpArchive *archive, ZpArchiveMode mode, void (*on_wait)(gpointer data),
                           gpointer data, GError **error)
{
    gint64 version = 0;
    if (!lock_writer(archive, on_wait, data, error) ||
        !is_archive(archive->path, mode, error) || /* who was waited for may have made it */
        !connect_to(archive, archive->path, SQLITE_OPEN_READWRITE, error) ||
        !is_known_version(archive, mode, &version, error))
        return false;
    if (version < ZP_ARCHIVE_VERSION && !upgrade(archive, version, error))
        return false;
    return execute(archive,
                   "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                   "PRAGMA cell_size_check=ON;PRAGMA temp_store=MEMORY;" ZP_ARCHIVE_CACHE
                   "CREATE TEMP TABLE pending (id INTEGER PRIMARY KEY, lines TEXT, grams TEXT)",
                   error);
}

static bool open_archive(ZpArchive *archive, ZpArchiveMode mode, void (*on_wait)(gpointer data),
                         gpointer data, GError **error)
{
    if (mode == ZP_ARCHIVE_MEMORY)
        return connect_to(archive, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error) &&
               upgrade(archive, 0, error) && execute(archive, "PRAGMA foreign_keys=ON", error);
    if (!is_archive(archive->path, mode, error))
        return false;
    if (mode == ZP_ARCHIVE_READ)
        return connect_reader(archive, error);
    return zp_archive_is_local(archive->path, error) &&
           connect_writer(archive, mode, on_wait, data, error);
}

static void finalize(gpointer statement)
{
    sqlite3_finalize(statement);
}

ZpArchive *zp_archive_open(const char *path, ZpArchiveMode mode, void (*on_wait)(gpointer data),
                           gpointer data, GError **error)
{
    g_autoptr(ZpArchive) archive = g_new0(ZpArchive, 1);
    archive->packer = zp_packer_new();
    archive->is_searched = mode == ZP_ARCHIVE_WRITE || mode == ZP_ARCHIVE_CREATE;
    archive->lock = -1;
    archive->path = g_strdup(mode == ZP_ARCHIVE_MEMORY ? "memory" : path);
    archive->statements = g_hash_table_new_full(NULL, NULL, NULL, finalize);
    return open_archive(archive, mode, on_wait, data, error) ? g_steal_pointer(&archive) : NULL;
}

void zp_archive_close(ZpArchive *archive)
{
    if (!archive)
        return;
    g_hash_table_unref(archive->statements);
    sqlite3_close(archive->db);
    zp_packer_free(archive->packer);
    if (archive->lock >= 0)
        close(archive->lock);
    g_free(archive->path);
    g_free(archive);
}

/* --- asking --- */

static sqlite3_stmt *find_statement(ZpArchive *archive, const char *sql, GError **error)
{
    sqlite3_stmt *statement = g_hash_table_lookup(archive->statements, sql);
    if (statement) {
        sqlite3_reset(statement);
        return statement;
    }
    if (sqlite3_prepare_v3(archive->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
        SQLITE_OK) {
        zp_archive_set_error(archive, error);
        return NULL;
    }
    g_hash_table_insert(archive->statements, (gpointer)sql, statement);
    return statement;
}

static void bind_bytes(sqlite3_stmt *statement, int k, GBytes *bytes)
{
    gsize size = 0;
    gconstpointer data = bytes ? g_bytes_get_data(bytes, &size) : NULL;
    if (bytes)
        sqlite3_bind_blob64(statement, k, data ? data : "", size, SQLITE_TRANSIENT);
}

static sqlite3_stmt *bind_list(ZpArchive *archive, const char *sql, const char *types,
                               va_list values, GError **error)
{
    sqlite3_stmt *statement = find_statement(archive, sql, error);
    if (!statement)
        return NULL;
    sqlite3_clear_bindings(statement);
    for (int k = 1; *types; types++, k++) {
        if (*types == 'i')
            sqlite3_bind_int64(statement, k, va_arg(values, gint64));
        else if (*types == 't')
            sqlite3_bind_text(statement, k, va_arg(values, const char *), -1, SQLITE_TRANSIENT);
        else if (*types == 'b')
            bind_bytes(statement, k, va_arg(values, GBytes *));
    }
    return statement;
}

sqlite3_stmt *zp_archive_bind(ZpArchive *archive, GError **error, const char *sql,
                              const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sqlite3_stmt *statement = bind_list(archive, sql, types, values, error);
    va_end(values);
    return statement;
}

bool zp_archive_next(ZpArchive *archive, sqlite3_stmt *statement, bool *has_row, GError **error)
{
    int step = sqlite3_step(statement);
    *has_row = step == SQLITE_ROW;
    if (step == SQLITE_ROW)
        return true;
    if (step == SQLITE_DONE) {
        sqlite3_reset(statement); /* so that no reading transaction is left open */
        return true;
    }
    zp_archive_set_error(archive, error);
    sqlite3_reset(statement);
    return false;
}

bool zp_archive_run(ZpArchive *archive, GError **error, const char *sql, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sqlite3_stmt *statement = bind_list(archive, sql, types, values, error);
    va_end(values);
    bool done;
    while (zp_archive_row(archive, statement, &done, error))
        ;
    return done;
}

gint64 zp_archive_number(ZpArchive *archive, const char *sql)
{
    sqlite3_stmt *statement = zp_archive_bind(archive, NULL, sql, "");
    bool done;
    gint64 number =
        zp_archive_row(archive, statement, &done, NULL) ? sqlite3_column_int64(statement, 0) : 0;
    if (statement)
        sqlite3_reset(statement);
    return number;
}

char *zp_archive_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    gsize length = (gsize)sqlite3_column_bytes(statement, column);
    return text ? zp_text_valid(text, length, NULL) : NULL;
}

void zp_archive_discard(ZpArchive *archive)
{
    g_autofree char *path = g_strdup(archive->path);
    zp_archive_close(archive);
    unlink(path);
}
