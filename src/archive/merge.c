/*
 * merge.c - rows of one archive as rows of another.
 *
 * Rows get the next number, as `add` would give it, and what points to them inside of a document follows; no more than
 * one document's numbers are kept.  The other archive is a stranger's: a document is copied when its rows and its
 * original are what their digests say, and STRICT tables take no other types.
 */
#include "archive/merge.h"

#include "archive/intake.h"
#include "archive/rows.h"
#include "archive/store.h"
#include "archive/verify.h"
#include "archive/years.h"

#include <string.h>

/* What becomes of a column's number. */
typedef enum {
    KEPT,
    NEXT,
    DOCUMENT, /* of the document under way */
    FORM,     /* of one of its forms */
    VERSION,  /* looked up by what it stands for */
    REASON,
} Role;

static const struct {
    const char *column;
    Role role;
} ROLES[] = {
    {"id", NEXT},          {"document_id", DOCUMENT}, {"form_id", FORM}, {"version_id", VERSION},
    {"reason_id", REASON},
};

#define OF_FORMS "form_id IN (SELECT id FROM form WHERE document_id = ?1)"

/* In the order in which rows can be put in. */
static const struct {
    const char *name, *where;
} TABLES[] = {
    {"document", "id = ?1"},
    {"name", "document_id = ?1 ORDER BY id"},
    {"original", "document_id = ?1"},
    {"form", "document_id = ?1 ORDER BY number"},
    {"fund", OF_FORMS},
    {"indicator", OF_FORMS},
    {"outcome", OF_FORMS},
    {"repair", OF_FORMS},
    {"unjudged", OF_FORMS},
    {"finding", "document_id = ?1 AND rule NOT IN ('X04', 'X05', 'X06') ORDER BY id"},
    {"former", "document_id = ?1 ORDER BY id"},
};
enum { DOCUMENTS, NAMES, ORIGINALS, FORMS };

/* How a table's rows go from there to here. */
typedef struct {
    sqlite3_stmt *select, *insert;
    GArray *roles; /* of Role */
    int data;      /* the column with a form's JSON; -1: none */
} Copy;

typedef struct {
    ZpArchive *archive, *from;
    const ZpRulebook *rulebook;
    Copy copies[G_N_ELEMENTS(TABLES)];
    gint64 document;                        /* under way: its number here */
    GHashTable *forms, *versions, *reasons; /* number there → number here; the document's forms */
    GArray *added;                          /* of gint64: documents of this transaction */
    ZpMergeCounts counts;                   /* with this transaction */
    guint n_batch;
    guint64 n_bytes;
} Merge;

static Role role_of(const char *column)
{
    for (gsize k = 0; k < G_N_ELEMENTS(ROLES); k++) {
        if (strcmp(ROLES[k].column, column) == 0)
            return ROLES[k].role;
    }
    return KEPT;
}

static bool prepare(const Merge *merge, gsize table, Copy *copy, GError **error)
{
    const char *name = TABLES[table].name;
    g_autofree char *select =
        g_strdup_printf("SELECT * FROM %s WHERE %s", name, TABLES[table].where);
    if (sqlite3_prepare_v2(zp_archive_db(merge->from), select, -1, &copy->select, NULL) !=
        SQLITE_OK)
        return zp_archive_set_error(merge->from, error);
    g_autoptr(GString) insert = g_string_new(NULL);
    g_string_printf(insert, "INSERT OR %s INTO %s VALUES (", table == NAMES ? "IGNORE" : "ABORT",
                    name);
    copy->roles = g_array_new(FALSE, FALSE, sizeof(Role));
    copy->data = -1;
    for (int k = 0; k < sqlite3_column_count(copy->select); k++) {
        const char *column = sqlite3_column_name(copy->select, k);
        Role role = role_of(column);
        g_array_append_val(copy->roles, role);
        g_string_append(insert, k > 0 ? ", ?" : "?");
        if (strcmp(column, "data") == 0)
            copy->data = k;
    }
    g_string_append_c(insert, ')');
    return sqlite3_prepare_v2(zp_archive_db(merge->archive), insert->str, -1, &copy->insert,
                              NULL) == SQLITE_OK ||
           zp_archive_set_error(merge->archive, error);
}

/* --- numbers --- */

static void keep(GHashTable *numbers, gint64 there, gint64 here)
{
    g_hash_table_insert(numbers, g_memdup2(&there, sizeof there), g_memdup2(&here, sizeof here));
}

/* 0, which is nobody's, where there is none. */
static gint64 find(GHashTable *numbers, gint64 there)
{
    const gint64 *here = g_hash_table_lookup(numbers, &there);
    return here ? *here : 0;
}

/* The row here that says the same as the row there, made where there is none. */
static bool look_up(const Merge *merge, GHashTable *known, const char *const sql[3], gint64 there,
                    gint64 *here, GError **error)
{
    bool has_row = false;
    *here = find(known, there);
    if (*here)
        return true;
    sqlite3_stmt *row = zp_archive_bind(merge->from, error, sql[0], "i", there);
    if (!row || !zp_archive_next(merge->from, row, &has_row, error))
        return false;
    g_autofree char *one = has_row ? zp_archive_text(row, 0) : g_strdup("");
    g_autofree char *other = has_row ? zp_archive_text(row, 1) : g_strdup("");
    sqlite3_reset(row);
    if (!zp_archive_run(merge->archive, error, sql[1], "tt", one, other))
        return false;
    sqlite3_stmt *own = zp_archive_bind(merge->archive, error, sql[2], "tt", one, other);
    if (!own || !zp_archive_next(merge->archive, own, &has_row, error))
        return false;
    *here = sqlite3_column_int64(own, 0);
    sqlite3_reset(own);
    keep(known, there, *here);
    return true;
}

static bool move_number(const Merge *merge, Role role, gint64 *number, GError **error)
{
    static const char *const VERSION_SQL[] = {
        "SELECT program, rulebook FROM version WHERE id = ? /* merge */",
        "INSERT OR IGNORE INTO version (program, rulebook) VALUES (?, ?) /* merge */",
        "SELECT id FROM version WHERE program = ? AND rulebook = ? /* merge */"};
    static const char *const REASON_SQL[] = {
        "SELECT zh, en FROM reason WHERE id = ?",
        "INSERT OR IGNORE INTO reason (zh, en) VALUES (?, ?) /* merge */",
        "SELECT id FROM reason WHERE zh = ? AND en = ? /* merge */"};
    switch (role) {
    case DOCUMENT:
        *number = merge->document;
        return true;
    case FORM:
        *number = find(merge->forms, *number);
        return true;
    case VERSION:
        return look_up(merge, merge->versions, VERSION_SQL, *number, number, error);
    case REASON:
        return look_up(merge, merge->reasons, REASON_SQL, *number, number, error);
    default:
        return true;
    }
}

static bool bind(const Merge *merge, const Copy *copy, int column, GError **error)
{
    Role role = g_array_index(copy->roles, Role, column);
    if (role == NEXT)
        return sqlite3_bind_null(copy->insert, column + 1) == SQLITE_OK;
    if (role == KEPT || sqlite3_column_type(copy->select, column) == SQLITE_NULL)
        return sqlite3_bind_value(copy->insert, column + 1,
                                  sqlite3_column_value(copy->select, column)) == SQLITE_OK ||
               zp_archive_set_error(merge->archive, error);
    gint64 number = sqlite3_column_int64(copy->select, column);
    return move_number(merge, role, &number, error) &&
           sqlite3_bind_int64(copy->insert, column + 1, number) == SQLITE_OK;
}

/* --- rows --- */

static bool take_form(Merge *merge, const Copy *copy, gint64 here, GError **error)
{
    gsize size = 0;
    g_autoptr(GBytes) text = zp_rows_text(copy->select, copy->data);
    const char *json = text ? g_bytes_get_data(text, &size) : "";
    keep(merge->forms, sqlite3_column_int64(copy->select, 0), here);
    merge->counts.n_forms++;
    return zp_rows_index(merge->archive, here, json, size, error);
}

static bool put_row(Merge *merge, gsize table, GError **error)
{
    const Copy *copy = &merge->copies[table];
    sqlite3_reset(copy->insert);
    for (guint k = 0; k < copy->roles->len; k++) {
        if (!bind(merge, copy, (int)k, error))
            return false;
    }
    if (sqlite3_step(copy->insert) != SQLITE_DONE)
        return zp_archive_set_error(merge->archive, error);
    sqlite3_reset(copy->insert);
    gint64 here = sqlite3_last_insert_rowid(zp_archive_db(merge->archive));
    if (table == DOCUMENTS)
        merge->document = here;
    else if (table == ORIGINALS)
        merge->n_bytes += (guint64)sqlite3_column_bytes(copy->select, 2);
    return table != FORMS || take_form(merge, copy, here, error);
}

/* @id: of the document there */
static bool put_table(Merge *merge, gsize table, gint64 id, GError **error)
{
    sqlite3_stmt *select = merge->copies[table].select;
    int step = SQLITE_ROW;
    sqlite3_reset(select);
    sqlite3_bind_int64(select, 1, id);
    while ((step = sqlite3_step(select)) == SQLITE_ROW) {
        if (!put_row(merge, table, error))
            return false;
    }
    sqlite3_reset(select);
    return step == SQLITE_DONE || zp_archive_set_error(merge->from, error);
}

/* --- documents --- */

static bool has_original(ZpArchive *archive, gint64 id, bool *has, GError **error)
{
    sqlite3_stmt *statement = zp_archive_bind(
        archive, error, "SELECT 1 FROM original WHERE document_id = ? /* merge */", "i", id);
    if (!statement || !zp_archive_next(archive, statement, has, error))
        return false;
    sqlite3_reset(statement);
    return true;
}

static bool put_known(Merge *merge, gint64 id, gint64 document, GError **error)
{
    bool has = false;
    merge->document = document;
    merge->counts.n_known++;
    return put_table(merge, NAMES, id, error) &&
           has_original(merge->archive, document, &has, error) &&
           (has || put_table(merge, ORIGINALS, id, error));
}

static bool put_new(Merge *merge, gint64 id, GError **error)
{
    g_hash_table_remove_all(merge->forms);
    merge->counts.n_new++;
    for (gsize k = 0; k < G_N_ELEMENTS(TABLES); k++) {
        if (!put_table(merge, k, id, error))
            return false;
    }
    g_array_append_val(merge->added, merge->document);
    return true;
}

static bool is_sound(const Merge *merge, gint64 id, const char *sha256, const char *digest)
{
    g_autofree char *found = zp_store_digest(merge->from, id, NULL);
    return found && strcmp(found, digest) == 0 &&
           zp_verify_original(merge->from, id, sha256) != ZP_FIXITY_DAMAGED;
}

/* A transaction ends as that of `add` does, and the rules over years see what it brought. */
static bool end_batch(Merge *merge, ZpMergeCounts *counts, GError **error)
{
    if (!zp_years_refresh(merge->archive, merge->rulebook, merge->added, 0, error) ||
        !zp_archive_commit(merge->archive, error))
        return false;
    g_array_set_size(merge->added, 0);
    merge->n_batch = 0;
    merge->n_bytes = 0;
    *counts = merge->counts;
    return true;
}

static bool is_full(Merge *merge)
{
    return ++merge->n_batch >= ZP_INTAKE_BATCH || merge->n_bytes >= ZP_INTAKE_BATCH_BYTES;
}

typedef struct {
    void (*call)(gint64 id, const char *name, gpointer data);
    gpointer data;
} OnDamaged;

static bool put_document(Merge *merge, gint64 id, const char *sha256, const char *digest,
                         const OnDamaged *on_damaged, GError **error)
{
    if (!is_sound(merge, id, sha256, digest)) {
        g_autofree char *name = zp_verify_name(merge->from, id);
        merge->counts.n_damaged++;
        on_damaged->call(id, name ? name : "", on_damaged->data);
        return true;
    }
    gint64 known = zp_store_find(merge->archive, sha256);
    return known ? put_known(merge, id, known, error) : put_new(merge, id, error);
}

static bool put_documents(Merge *merge, const OnDamaged *on_damaged, ZpMergeCounts *counts,
                          GError **error)
{
    bool done;
    sqlite3_stmt *statement =
        zp_archive_bind(merge->from, error,
                        "SELECT id, sha256, data_sha256 FROM document ORDER BY id /* merge */", "");
    while (zp_archive_row(merge->from, statement, &done, error)) {
        g_autofree char *sha256 = zp_archive_text(statement, 1),
                        *digest = zp_archive_text(statement, 2);
        if (!put_document(merge, sqlite3_column_int64(statement, 0), sha256, digest, on_damaged,
                          error))
            return false;
        if (is_full(merge) &&
            (!end_batch(merge, counts, error) || !zp_archive_begin(merge->archive, error)))
            return false;
    }
    return done;
}

/* --- links --- */

/* Who is one project with whom may have changed for any document. */
static bool put_links(const Merge *merge, GError **error)
{
    bool done;
    gint64 n_before = zp_archive_number(merge->archive, "SELECT count(*) FROM link /* merge */");
    sqlite3_stmt *statement = zp_archive_bind(merge->from, error,
                                              "SELECT project_key, unit_key, to_project_key, "
                                              "to_unit_key, linked_at FROM link ORDER BY id "
                                              "/* merge */",
                                              "");
    while (zp_archive_row(merge->from, statement, &done, error)) {
        char *texts[5];
        for (int k = 0; k < 5; k++)
            texts[k] = zp_archive_text(statement, k);
        bool is_put = zp_archive_run(
            merge->archive, error,
            "INSERT OR IGNORE INTO link (project_key, unit_key, to_project_key, to_unit_key, "
            "linked_at) VALUES (?, ?, ?, ?, ?) /* merge */",
            "ttttt", texts[0], texts[1], texts[2], texts[3], texts[4]);
        for (int k = 0; k < 5; k++)
            g_free(texts[k]);
        if (!is_put)
            return false;
    }
    if (!done)
        return false;
    return zp_archive_number(merge->archive, "SELECT count(*) FROM link /* merge */") == n_before ||
           zp_years_refresh(merge->archive, merge->rulebook, NULL, 0, error);
}

static GHashTable *new_numbers(void)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
}

bool zp_merge(ZpArchive *archive, ZpArchive *from, const ZpRulebook *rulebook,
              void (*on_damaged)(gint64 id, const char *name, gpointer data), gpointer data,
              ZpMergeCounts *counts, GError **error)
{
    const OnDamaged told = {on_damaged, data};
    Merge merge = {.archive = archive,
                   .from = from,
                   .rulebook = rulebook,
                   .forms = new_numbers(),
                   .versions = new_numbers(),
                   .reasons = new_numbers(),
                   .added = g_array_new(FALSE, FALSE, sizeof(gint64)),
                   .counts = *counts};
    bool done = true;
    for (gsize k = 0; done && k < G_N_ELEMENTS(TABLES); k++)
        done = prepare(&merge, k, &merge.copies[k], error);
    done = done && zp_archive_begin(archive, error) &&
           put_documents(&merge, &told, counts, error) && put_links(&merge, error) &&
           end_batch(&merge, counts, error);
    if (!done)
        zp_archive_rollback(archive);
    for (gsize k = 0; k < G_N_ELEMENTS(TABLES); k++) {
        Copy *copy = &merge.copies[k];
        sqlite3_finalize(copy->select);
        sqlite3_finalize(copy->insert);
        if (copy->roles)
            g_array_unref(copy->roles);
    }
    g_hash_table_unref(merge.forms);
    g_hash_table_unref(merge.versions);
    g_hash_table_unref(merge.reasons);
    g_array_unref(merge.added);
    return done;
}
