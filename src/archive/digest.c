/*
 * digest.c - what is stored of a document, in a number that any flipped byte changes.
 *
 * Every column that follows from the bytes, the program and the rules goes into a SHA-256, by its type and length.  No
 * id and no time does, nor what compares forms of several years, so that the same document gives the same digest
 * in another archive.
 */
#include "archive/rows.h"
#include "archive/store.h"
#include "base/error.h"
#include "base/sha256.h"

#include <string.h>

static const char *const PARTS[] = {
    "SELECT sha256, size, format, status, encrypted FROM document WHERE id = ?",
    "SELECT number, template, profile, title, year, project, department, unit, project_key, "
    "unit_key, currency_unit, "
    "budget, budget_fen, executed, executed_fen, headline, total_score, grade, recomputed_total, "
    "recomputed_grade, "
    "passed, failed, not_applicable, not_evaluable FROM form WHERE document_id = ? ORDER BY number",
    "SELECT form.number, fund.* FROM form JOIN fund ON fund.form_id = form.id WHERE document_id = "
    "? "
    "ORDER BY form.number, fund.number",
    "SELECT form.number, indicator.* FROM form JOIN indicator ON indicator.form_id = form.id WHERE "
    "document_id = ? "
    "ORDER BY form.number, indicator.number",
    "SELECT form.number, repair.* FROM form JOIN repair ON repair.form_id = form.id WHERE "
    "document_id = ? "
    "ORDER BY form.number, repair.number",
    "SELECT form.number, met FROM form JOIN outcome ON outcome.form_id = form.id WHERE document_id "
    "= ? ORDER BY "
    "form.number",
    "SELECT form.number, unjudged.form_id, unjudged.number, rule, pointer, zh, en FROM form "
    "JOIN unjudged ON unjudged.form_id = form.id JOIN reason ON reason.id = reason_id WHERE "
    "document_id = ? "
    "ORDER BY form.number, unjudged.number",
    "SELECT form.number, form_id, rule, name, severity, kind, pointer, at, stated, expected, "
    "habit, message_zh, "
    "message_en, fingerprint FROM finding LEFT JOIN form ON form.id = form_id WHERE "
    "finding.document_id = ? "
    "AND rule NOT LIKE 'X%' ORDER BY finding.id",
};
static const char DATA[] = "SELECT data FROM form WHERE document_id = ? ORDER BY number";

static void add_bytes(struct sha256_ctx *sum, int type, gconstpointer data, gsize size)
{
    guint64 head = (guint64)size << 8 | (guint64)type;
    guint8 bytes[8];
    for (int k = 0; k < 8; k++)
        bytes[k] = (guint8)(head >> (8 * k));
    sha256_update(sum, sizeof bytes, bytes);
    if (size > 0)
        sha256_update(sum, size, data);
}

/* form_id is another in every archive. */
static bool is_id(sqlite3_stmt *statement, int column)
{
    return strcmp(sqlite3_column_name(statement, column), "form_id") == 0;
}

static void add_row(struct sha256_ctx *sum, sqlite3_stmt *statement)
{
    int columns = sqlite3_column_count(statement);
    for (int k = 0; k < columns; k++) {
        int type = sqlite3_column_type(statement, k);
        if (is_id(statement, k))
            continue;
        const void *text = type == SQLITE_NULL ? NULL : sqlite3_column_text(statement, k);
        add_bytes(sum, type, text, text ? (gsize)sqlite3_column_bytes(statement, k) : 0);
    }
}

/* Packed by another version of zstd the same text has other bytes. */
static void add_data(struct sha256_ctx *sum, sqlite3_stmt *statement)
{
    gsize size = 0;
    g_autoptr(GBytes) text = zp_rows_text(statement, 0);
    gconstpointer bytes = text ? g_bytes_get_data(text, &size) : NULL;
    add_bytes(sum, SQLITE_BLOB, bytes, size);
}

static bool add_part(ZpArchive *archive, const char *sql, gint64 id, struct sha256_ctx *sum,
                     void (*add)(struct sha256_ctx *sum, sqlite3_stmt *statement), GError **error)
{
    bool done;
    sqlite3_stmt *statement = zp_archive_bind(archive, error, sql, "i", id);
    while (zp_archive_row(archive, statement, &done, error))
        add(sum, statement);
    return done;
}

char *zp_store_digest(ZpArchive *archive, gint64 id, GError **error)
{
    struct sha256_ctx sum;
    sha256_init(&sum);
    for (gsize k = 0; k < G_N_ELEMENTS(PARTS); k++) {
        if (!add_part(archive, PARTS[k], id, &sum, add_row, error))
            return NULL;
    }
    return add_part(archive, DATA, id, &sum, add_data, error) ? zp_sha256_end(&sum) : NULL;
}
