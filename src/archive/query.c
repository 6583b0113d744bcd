/*
 * query.c - `archive query`: SQL that can do nothing but read.
 *
 * The file is opened for reading, and an authorizer lets only SELECT through: no PRAGMA that changes something, no
 * ATTACH, no VACUUM INTO, no virtual table of another kind.
 */
#include "archive/look.h"
#include "base/error.h"

#include <string.h>

static int authorize(void *data, int action, const char *one, const char *two, const char *three,
                     const char *four)
{
    /* data_version is what the search index asks by itself. */
    static const char *const PRAGMAS[] = {"table_info",   "table_xinfo", "table_list",
                                          "index_list",   "index_info",  "data_version",
                                          "user_version", NULL};
    (void)data;
    (void)two;
    (void)three;
    (void)four;
    if (action == SQLITE_PRAGMA)
        return g_strv_contains(PRAGMAS, one) ? SQLITE_OK : SQLITE_DENY;
    bool reads = action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION ||
                 action == SQLITE_RECURSIVE;
    return reads ? SQLITE_OK : SQLITE_DENY;
}

static bool set_error(const ZpArchive *archive, GError **error)
{
    zp_error_set(error, ZP_ERROR_USAGE, "SQL：%s", "SQL: %s",
                 sqlite3_errmsg(zp_archive_db(archive)));
    return false;
}

static bool is_blank(const char *sql)
{
    return sql[strspn(sql, " \t\r\n;")] == '\0';
}

static bool prepare(const ZpArchive *archive, const char *sql, sqlite3_stmt **statement,
                    GError **error)
{
    const char *rest = "";
    sqlite3 *db = zp_archive_db(archive);
    /* A search index declares its columns when it is first met, which the authorizer would take for more. */
    sqlite3_exec(db, "SELECT 1 FROM search_text, search_short WHERE 0", NULL, NULL, NULL);
    sqlite3_set_authorizer(db, authorize, NULL);
    if (sqlite3_prepare_v2(db, sql, -1, statement, &rest) != SQLITE_OK)
        return set_error(archive, error);
    if (*statement && is_blank(rest) && sqlite3_stmt_readonly(*statement))
        return true;
    zp_error_set(error, ZP_ERROR_USAGE, "只接受一条查询语句（SELECT）",
                 "one statement that reads (SELECT) is taken");
    return false;
}

static bool take_rows(const ZpArchive *archive, sqlite3_stmt *statement, ZpListing *listing,
                      GError **error)
{
    int columns = sqlite3_column_count(statement), step = SQLITE_ROW;
    for (int k = 0; k < columns; k++)
        zp_listing_column(listing, sqlite3_column_name(statement, k));
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        for (int k = 0; k < columns; k++)
            zp_listing_value(listing, statement, k);
        if (!zp_listing_next(listing, error))
            return false;
    }
    return step == SQLITE_DONE || set_error(archive, error);
}

bool zp_look_query(ZpArchive *archive, const char *sql, ZpListing *listing, GError **error)
{
    sqlite3_stmt *statement = NULL;
    bool done = prepare(archive, sql, &statement, error) &&
                take_rows(archive, statement, listing, error) && zp_listing_end(listing, error);
    sqlite3_finalize(statement);
    sqlite3_set_authorizer(zp_archive_db(archive), NULL, NULL);
    return done;
}
