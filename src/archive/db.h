/*
 * db.h - an archive's database file: opened, refused, locked, asked.
 *
 * Everything in an existing file is a stranger's: its tables must be those of schema.sql to the letter, triggers do
 * not run, views and functions of its schema are not trusted, nothing is loaded from it.  What the columns
 * hold is data.
 */
#pragma once

#include "archive/pack.h"

#include <glib.h>
#include <sqlite3.h>
#include <stdbool.h>

/*
 * Of the writer.  In 2 MB, SQLite's own measure, the pages that a batch changes have no room and are written several times
 * and read again; the log is taken over when it has some batches, since all of them change the same pages of the indexes.
 */
#define ZP_ARCHIVE_CACHE "PRAGMA cache_size=-32768;PRAGMA wal_autocheckpoint=8000;"

/* PRAGMA application_id ("zipi") and user_version. */
#define ZP_ARCHIVE_ID      0x7a697069
#define ZP_ARCHIVE_VERSION 3

typedef struct ZpArchive ZpArchive;

typedef enum {
    ZP_ARCHIVE_READ,   /* it is there, and stays as it is */
    ZP_ARCHIVE_WRITE,  /* it is there */
    ZP_ARCHIVE_CREATE, /* it may be made */
    ZP_ARCHIVE_MEMORY, /* a new one that nobody sees; the path is not used */
} ZpArchiveMode;

/**
 * zp_archive_open: open an archive.
 * @path: any bytes
 * @on_wait: (nullable) called once when another program writes to it, before waiting until that is done
 * @error: ZP_ERROR_USAGE for what is no archive, or of a newer version, or on a network file system, or is not there;
 * ZP_ERROR_IO, ZP_ERROR_DAMAGED
 */
ZpArchive *zp_archive_open(const char *path, ZpArchiveMode mode, void (*on_wait)(gpointer data),
                           gpointer data, GError **error);
void zp_archive_close(ZpArchive *archive);

/** zp_archive_discard: close one that nothing was put into, and remove its file. */
void zp_archive_discard(ZpArchive *archive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpArchive, zp_archive_close)

/**
 * zp_archive_upgraded_from: the version that the file had before it was opened to be written; 0: this one, or it is new.
 */
gint64 zp_archive_upgraded_from(const ZpArchive *archive);

sqlite3 *zp_archive_db(const ZpArchive *archive);

/**
 * zp_archive_packer: what packs its values.
 *
 * Returns: (transfer none)
 */
ZpPacker *zp_archive_packer(const ZpArchive *archive);

/** zp_archive_is_searched: whether its search indexes are kept: not in one that nobody sees. */
bool zp_archive_is_searched(const ZpArchive *archive);

/**
 * zp_archive_begin, _commit, _rollback: a transaction that may write.  Texts in temp.pending go into the search
 * indexes when it is committed.
 * @error: as zp_archive_set_error; after an error of _commit nothing of it is there
 */
bool zp_archive_begin(ZpArchive *archive, GError **error);
bool zp_archive_commit(ZpArchive *archive, GError **error);
void zp_archive_rollback(ZpArchive *archive);

/**
 * zp_archive_set_error: what SQLite's last error means for who uses the archive.
 *
 * Returns: false.  ZP_ERROR_OUTPUT, _DAMAGED, _IO.
 */
bool zp_archive_set_error(const ZpArchive *archive, GError **error);

/**
 * zp_archive_bind: a statement of the archive's own, reset, with its parameters.
 * @sql: a literal: statements are kept by its address
 * @types: a letter a parameter: i gint64, t const char * (NULL: NULL), b GBytes * (NULL: NULL), n nothing (NULL)
 * @error: ZP_ERROR_DAMAGED when the statement does not fit the file
 *
 * Returns: (nullable) (transfer none)
 */
sqlite3_stmt *zp_archive_bind(ZpArchive *archive, GError **error, const char *sql,
                              const char *types, ...);

/** zp_archive_run: the same, run to its end; rows are passed over. */
bool zp_archive_run(ZpArchive *archive, GError **error, const char *sql, const char *types, ...);

/**
 * zp_archive_next: one step of a statement.
 * @has_row: set
 */
bool zp_archive_next(ZpArchive *archive, sqlite3_stmt *statement, bool *has_row, GError **error);

/**
 * zp_archive_row: the same as the condition of a loop: false at the end, and where it failed.
 * @statement: (nullable) NULL: it could not be made
 * @done: set; false: it failed
 */
static inline bool zp_archive_row(ZpArchive *archive, sqlite3_stmt *statement, bool *done,
                                  GError **error)
{
    bool has_row = false;
    *done = statement && zp_archive_next(archive, statement, &has_row, error);
    return *done && has_row;
}

/**
 * zp_archive_number: the first column of the first row of a query without parameters; 0 without one.
 */
gint64 zp_archive_number(ZpArchive *archive, const char *sql);

/**
 * zp_archive_text: a column as text that is UTF-8 and has no NUL inside.
 *
 * Returns: (transfer full) (nullable) NULL for NULL
 */
char *zp_archive_text(sqlite3_stmt *statement, int column);

/**
 * zp_archive_is_remote: whether a type of file system (statfs) is one of a network, where SQLite's WAL cannot work.
 */
bool zp_archive_is_remote(guint64 type);

/**
 * zp_archive_is_local: whether a file, or where it would be made, is on a local disk.
 * @error: ZP_ERROR_USAGE when it is not
 */
bool zp_archive_is_local(const char *path, GError **error);
