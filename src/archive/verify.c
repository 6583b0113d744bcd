/*
 * verify.c - every document by itself, so that damage to one says nothing of the others.
 *
 * SQLite notices a page that makes no sense, not one that makes another; so each document is compared with the digests
 * that were taken when it was stored.
 */
#include "archive/verify.h"

#include "archive/verify_index.h"

#include "base/error.h"
#include "base/sha256.h"

ZpFixity zp_verify_original(ZpArchive *archive, gint64 id, const char *sha256)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = zp_store_original(archive, id, &error);
    if (!bytes)
        return error ? ZP_FIXITY_DAMAGED : ZP_FIXITY_NONE;
    g_autofree char *digest = zp_sha256_of_bytes(bytes);
    return g_strcmp0(digest, sha256) == 0 ? ZP_FIXITY_OK : ZP_FIXITY_DAMAGED;
}

static bool are_rows_sound(ZpArchive *archive, gint64 id, const char *wanted)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *digest = zp_store_digest(archive, id, &error);
    return digest && g_strcmp0(digest, wanted) == 0;
}

/*
 * What SQLite itself says, with the page, table or index: also of what has no digest, such as a name, which
 * stands in its table and in an index.  A file that is too damaged to be asked has a fault, too.
 */
static char *find_faults(ZpArchive *archive)
{
    bool done;
    g_autoptr(GString) faults = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    sqlite3_stmt *statement = zp_archive_bind(archive, &error, "PRAGMA integrity_check(20)", "");
    while (zp_archive_row(archive, statement, &done, &error)) {
        g_autofree char *text = zp_archive_text(statement, 0);
        if (g_strcmp0(text, "ok") != 0)
            g_string_append_printf(faults, "%s%s", faults->len > 0 ? "\n" : "", text ? text : "");
    }
    if (error)
        g_string_append_printf(faults, "%s%s", faults->len > 0 ? "\n" : "",
                               zp_error_text(error, ZP_LANG_EN));
    return faults->len > 0 ? g_string_free(g_steal_pointer(&faults), FALSE) : NULL;
}

void zp_verified_clear(ZpVerified *verified)
{
    g_free(verified->faults);
}

char *zp_verify_name(ZpArchive *archive, gint64 id)
{
    bool done;
    sqlite3_stmt *statement = zp_archive_bind(
        archive, NULL, "SELECT path FROM name WHERE document_id = ? ORDER BY id LIMIT 1", "i", id);
    if (!zp_archive_row(archive, statement, &done, NULL))
        return NULL;
    char *name = zp_archive_text(statement, 0);
    sqlite3_reset(statement);
    return name;
}

static bool look_at(ZpArchive *archive, gint64 id, const char *sha256, const char *digest,
                    bool is_found, ZpListing *listing, ZpVerified *verified, GError **error)
{
    ZpFixity original = zp_verify_original(archive, id, sha256);
    bool is_sound = are_rows_sound(archive, id, digest);
    verified->n_documents++;
    verified->n_originals += original != ZP_FIXITY_NONE;
    if (original != ZP_FIXITY_DAMAGED && is_sound && is_found)
        return true;
    static const char *const WORDS[] = {"ok", "damaged", "not kept"};
    g_autofree char *name = zp_verify_name(archive, id);
    verified->n_damaged++;
    zp_listing_number(listing, id);
    zp_listing_text(listing, sha256);
    zp_listing_text(listing, name);
    zp_listing_text(listing, WORDS[original]);
    zp_listing_text(listing, is_sound ? "ok" : "damaged");
    zp_listing_text(listing, is_found ? "ok" : "damaged");
    return zp_listing_next(listing, error);
}

bool zp_verify(ZpArchive *archive, ZpListing *listing, ZpVerified *verified, GError **error)
{
    static const char *const COLUMNS[] = {"document", "sha256", "name",
                                          "original", "data",   "search"};
    bool is_told = true, done;
    for (gsize k = 0; k < G_N_ELEMENTS(COLUMNS); k++)
        zp_listing_column(listing, COLUMNS[k]);
    g_autoptr(GHashTable) lost = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    *verified = (ZpVerified){.faults = find_faults(archive)};
    if (!zp_verify_indexes(archive, lost, &verified->is_index_sound, error))
        return zp_listing_end(listing, NULL) && false;
    sqlite3_stmt *statement = zp_archive_bind(
        archive, error, "SELECT id, sha256, data_sha256 FROM document ORDER BY id", "");
    while (is_told && zp_archive_row(archive, statement, &done, error)) {
        g_autofree char *sha256 = zp_archive_text(statement, 1);
        g_autofree char *digest = zp_archive_text(statement, 2);
        gint64 id = sqlite3_column_int64(statement, 0);
        is_told = look_at(archive, id, sha256, digest, !g_hash_table_contains(lost, &id), listing,
                          verified, error);
    }
    return zp_listing_end(listing, is_told && done ? error : NULL) && is_told && done;
}
