/*
 * verify_index.c - the search indexes, compared with indexes made anew.
 *
 * An index without texts says of each term in which forms it is.  The texts of a batch of forms are put into an index of
 * the same kind that lies in memory, so that no tokenizer is written twice, and all pairs (term, form) of it are added
 * up form by form: the sum of a hash of each term.  Then the pairs of the archive's own index are taken off again, and
 * every form of which something remains is not in the index as it is.
 */
#include "archive/verify_index.h"

#include "archive/rows.h"
#include "archive/texts.h"

/* Forms of a batch. */
#define BATCH 1000

/* An index, its twin in memory, and the pairs of both. */
typedef struct {
    const char *clear, *fill, *twin, *own;
} Index;

static const Index INDEXES[] = {
    {"INSERT INTO temp.again_text (again_text) VALUES ('delete-all')",
     "INSERT INTO temp.again_text (rowid, text) SELECT id, lines FROM temp.again_texts ORDER BY id",
     "SELECT term, doc FROM temp.again_text_terms", "SELECT term, doc FROM temp.own_text_terms"},
    {"INSERT INTO temp.again_short (again_short) VALUES ('delete-all')",
     "INSERT INTO temp.again_short (rowid, text) SELECT id, grams FROM temp.again_texts ORDER BY "
     "id",
     "SELECT term, doc FROM temp.again_short_terms", "SELECT term, doc FROM temp.own_short_terms"},
};

static const char TABLES[] =
    "PRAGMA temp_store=MEMORY;"
    "CREATE TEMP TABLE again_texts (id INTEGER PRIMARY KEY, lines TEXT, grams TEXT);"
    "CREATE VIRTUAL TABLE temp.again_text USING fts5 (text, content = '', columnsize = 0, detail = "
    "none, "
    "tokenize = 'trigram');"
    "CREATE VIRTUAL TABLE temp.again_short USING fts5 (text, content = '', columnsize = 0, detail "
    "= none, "
    "tokenize = 'ascii tokenchars ''!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~''');"
    "CREATE VIRTUAL TABLE temp.again_text_terms USING fts5vocab (temp, again_text, instance);"
    "CREATE VIRTUAL TABLE temp.again_short_terms USING fts5vocab (temp, again_short, instance);"
    "CREATE VIRTUAL TABLE temp.own_text_terms USING fts5vocab (main, search_text, instance);"
    "CREATE VIRTUAL TABLE temp.own_short_terms USING fts5vocab (main, search_short, instance)";

static const char DROP[] =
    "DROP TABLE IF EXISTS temp.own_text_terms; DROP TABLE IF EXISTS temp.own_short_terms;"
    "DROP TABLE IF EXISTS temp.again_text_terms; DROP TABLE IF EXISTS temp.again_short_terms;"
    "DROP TABLE IF EXISTS temp.again_text; DROP TABLE IF EXISTS temp.again_short;"
    "DROP TABLE IF EXISTS temp.again_texts";

/* A form, and what remains of it. */
typedef struct {
    gint64 id, document;
    guint64 sums[G_N_ELEMENTS(INDEXES)];
    bool is_readable;
} Entry;

/* FNV-1a */
static guint64 hash_of(sqlite3_stmt *statement)
{
    guint64 hash = G_GUINT64_CONSTANT(0xcbf29ce484222325);
    const guchar *bytes = sqlite3_column_blob(statement, 0);
    for (int k = 0; k < sqlite3_column_bytes(statement, 0); k++)
        hash = (hash ^ bytes[k]) * G_GUINT64_CONSTANT(0x100000001b3);
    return hash;
}

/* @strangers: set where a pair is of no form */
static bool add_pairs(ZpArchive *archive, const char *sql, GHashTable *entries, guint index,
                      bool is_own, bool *strangers, GError **error)
{
    bool done;
    sqlite3_stmt *statement = zp_archive_bind(archive, error, sql, "");
    while (zp_archive_row(archive, statement, &done, error)) {
        gint64 id = sqlite3_column_int64(statement, 1);
        Entry *entry = g_hash_table_lookup(entries, &id);
        if (entry)
            entry->sums[index] += is_own ? 0 - hash_of(statement) : hash_of(statement);
        else
            *strangers = true;
    }
    return done;
}

/* The pairs of the forms in again_texts. */
static bool end_batch(ZpArchive *archive, GHashTable *entries, GError **error)
{
    bool strangers = false;
    for (guint k = 0; k < G_N_ELEMENTS(INDEXES); k++) {
        if (!zp_archive_run(archive, error, INDEXES[k].fill, "") ||
            !add_pairs(archive, INDEXES[k].twin, entries, k, false, &strangers, error) ||
            !zp_archive_run(archive, error, INDEXES[k].clear, ""))
            return false;
    }
    return zp_archive_run(archive, error, "DELETE FROM temp.again_texts", "");
}

/* A form that cannot be read is said to be damaged already; nothing can be compared with it. */
static bool add_entry(ZpArchive *archive, sqlite3_stmt *statement, GHashTable *entries,
                      GError **error)
{
    gsize size = 0;
    g_autoptr(GBytes) text = zp_rows_text(statement, 2);
    const char *json = text ? g_bytes_get_data(text, &size) : NULL;
    g_autofree char *lines = json ? zp_texts_folded(json, size) : NULL;
    Entry *entry = g_new0(Entry, 1);
    entry->id = sqlite3_column_int64(statement, 0);
    entry->document = sqlite3_column_int64(statement, 1);
    entry->is_readable = lines != NULL;
    g_hash_table_replace(entries, &entry->id, entry);
    if (!lines)
        return true;
    g_autofree char *grams = zp_texts_grams(lines);
    return zp_archive_run(archive, error,
                          "INSERT OR REPLACE INTO temp.again_texts VALUES (?, ?, ?)", "itt",
                          entry->id, lines, grams);
}

/* Where a page of forms is damaged, those behind it stay unknown, and the file is known to be damaged. */
static bool add_forms(ZpArchive *archive, GHashTable *entries, bool *is_sound, GError **error)
{
    bool has_row = true;
    guint n = 0;
    g_autoptr(GError) why = NULL;
    sqlite3_stmt *statement =
        zp_archive_bind(archive, &why, "SELECT id, document_id, data FROM form ORDER BY id", "");
    while (statement && has_row) {
        if (!zp_archive_next(archive, statement, &has_row, &why))
            break;
        if (has_row && !add_entry(archive, statement, entries, error))
            return false;
        if ((!has_row || ++n % BATCH == 0) && !end_batch(archive, entries, error))
            return false;
    }
    *is_sound &= why == NULL;
    return true;
}

bool zp_verify_indexes(ZpArchive *archive, GHashTable *documents, bool *is_sound, GError **error)
{
    g_autoptr(GHashTable) entries =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    sqlite3 *db = zp_archive_db(archive);
    *is_sound = true;
    sqlite3_exec(db, DROP, NULL, NULL, NULL);
    /* The own index may be too damaged even to be opened. */
    if (sqlite3_exec(db, TABLES, NULL, NULL, NULL) != SQLITE_OK) {
        bool is_damaged = sqlite3_errcode(db) == SQLITE_CORRUPT;
        *is_sound = false;
        return is_damaged || zp_archive_set_error(archive, error);
    }
    if (!add_forms(archive, entries, is_sound, error))
        return false;
    bool strangers = false;
    for (guint k = 0; k < G_N_ELEMENTS(INDEXES); k++) {
        if (!add_pairs(archive, INDEXES[k].own, entries, k, true, &strangers, NULL))
            *is_sound = false;
    }
    *is_sound &= !strangers;
    GHashTableIter iter;
    gpointer value = NULL;
    g_hash_table_iter_init(&iter, entries);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const Entry *entry = value;
        bool is_good = true;
        for (guint k = 0; k < G_N_ELEMENTS(INDEXES); k++)
            is_good &= entry->sums[k] == 0;
        if (entry->is_readable && !is_good)
            g_hash_table_add(documents, g_memdup2(&entry->document, sizeof(gint64)));
    }
    return true;
}
