/*
 * export_bag.c - an archive as a bag (RFC 8493) that sha256sum and any other reader of bags can check.
 *
 *     data/originals/ab/abcd…   each original, under its SHA-256
 *     data/tables/form.ndjson   the rows of a table, one a line; data.ndjson the forms' JSON
 *     data/premis.xml           objects, events and agents in the terms of PREMIS 3
 *
 * The bag is made beside the folder's name and gets it when it is whole.
 */
#include "archive/bag.h"
#include "archive/export.h"
#include "archive/intake.h"
#include "archive/listing.h"
#include "archive/rows.h"
#include "archive/verify.h"
#include "base/error.h"
#include "output/escape.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Bytes of text that are written at once. */
#define BUFFER_BYTES (256u * 1024)

typedef struct {
    ZpArchive *archive;
    char *folder;      /* where it is made */
    GString *manifest; /* of data/ */
    guint64 n_files, n_bytes;
} Bag;

static bool set_error(const char *path, GError **error)
{
    zp_error_set(error, ZP_ERROR_OUTPUT, "%s 无法写入：%s", "%s cannot be written: %s", path,
                 g_strerror(errno));
    return false;
}

/* --- files --- */

static GOutputStream *open_file(const Bag *bag, const char *path, GError **error)
{
    g_autofree char *whole = g_build_filename(bag->folder, path, NULL),
                    *parent = g_path_get_dirname(whole);
    g_autoptr(GFile) file = g_file_new_for_path(whole);
    GFileOutputStream *out = g_mkdir_with_parents(parent, 0777) == 0
                                 ? g_file_create(file, G_FILE_CREATE_NONE, NULL, NULL)
                                 : NULL;
    if (!out)
        set_error(whole, error);
    return G_OUTPUT_STREAM(out);
}

/* What lies in the bag goes into the manifest with its digest as it is on the disk. */
static bool enter(Bag *bag, const char *path, GError **error)
{
    guint64 size = 0;
    g_autofree char *whole = g_build_filename(bag->folder, path, NULL),
                    *digest = zp_bag_digest(whole, &size);
    if (!digest)
        return set_error(whole, error);
    g_string_append_printf(bag->manifest, "%s  %s\n", digest, path);
    bag->n_files++;
    bag->n_bytes += size;
    return true;
}

static bool put_file(const Bag *bag, const char *path, gconstpointer data, gsize size,
                     GError **error)
{
    g_autoptr(GOutputStream) out = open_file(bag, path, error);
    if (!out)
        return false;
    bool done = g_output_stream_write_all(out, data, size, NULL, NULL, NULL);
    return (g_output_stream_close(out, NULL, NULL) && done) || set_error(path, error);
}

/* --- originals --- */

static bool put_original(Bag *bag, gint64 id, const char *sha256, GError **error)
{
    ZpFixity fixity = zp_verify_original(bag->archive, id, sha256);
    if (fixity == ZP_FIXITY_NONE)
        return true;
    if (fixity != ZP_FIXITY_OK) {
        zp_error_set(error, ZP_ERROR_DAMAGED,
                     "第 %" G_GINT64_FORMAT
                     " 份文件的原件已损坏，没有导出；archive recover 可以救出其余的",
                     "the original of document %" G_GINT64_FORMAT
                     " is damaged, nothing was exported; `archive recover` saves the others",
                     id);
        return false;
    }
    gsize size = 0;
    g_autoptr(GBytes) bytes = zp_store_original(bag->archive, id, error);
    gconstpointer data = bytes ? g_bytes_get_data(bytes, &size) : NULL;
    g_autofree char *path = zp_bag_original_path(sha256);
    return bytes && put_file(bag, path, data, size, error) && enter(bag, path, error);
}

static bool put_table(Bag *bag, const ZpBagTable *table, GError **error)
{
    sqlite3_stmt *statement = NULL;
    g_autofree char *path = zp_bag_table_path(table);
    g_autofree char *sql =
        g_strdup_printf("SELECT %s FROM %s ORDER BY %s", table->columns, table->name, table->order);
    if (sqlite3_prepare_v2(zp_archive_db(bag->archive), sql, -1, &statement, NULL) != SQLITE_OK)
        return zp_archive_set_error(bag->archive, error);
    g_autoptr(GOutputStream) out = open_file(bag, path, error);
    g_autoptr(ZpListing) listing = out ? zp_listing_new(out, ZP_LISTING_NDJSON, false) : NULL;
    bool done = out && zp_listing_query(listing, bag->archive, statement, error);
    sqlite3_finalize(statement);
    if (out && !g_output_stream_close(out, NULL, NULL) && done)
        done = set_error(path, error);
    return done && enter(bag, path, error);
}

static bool append_form(sqlite3_stmt *statement, GString *text, GError **error)
{
    json_t *form = zp_rows_unpack(statement, 1);
    char *printed = form ? json_dumps(form, JSON_REAL_PRECISION(15) | JSON_COMPACT) : NULL;
    gint64 id = sqlite3_column_int64(statement, 0);
    if (printed)
        g_string_append_printf(text, "{\"form\":%" G_GINT64_FORMAT ",\"data\":%s}\n", id, printed);
    else
        zp_error_set(error, ZP_ERROR_DAMAGED, "第 %" G_GINT64_FORMAT " 张表已损坏",
                     "form %" G_GINT64_FORMAT " is damaged", id);
    json_decref(form);
    free(printed);
    return printed != NULL;
}

static bool flush(GOutputStream *out, GString *text, gsize least, GError **error)
{
    if (text->len < least)
        return true;
    bool done = g_output_stream_write_all(out, text->str, text->len, NULL, NULL, NULL);
    g_string_truncate(text, 0);
    return done || set_error("-", error);
}

static bool put_forms(Bag *bag, GOutputStream *out, GError **error)
{
    bool done;
    g_autoptr(GString) text = g_string_new(NULL);
    sqlite3_stmt *statement =
        zp_archive_bind(bag->archive, error, "SELECT id, data FROM form ORDER BY id", "");
    while (zp_archive_row(bag->archive, statement, &done, error)) {
        if (!append_form(statement, text, error) || !flush(out, text, BUFFER_BYTES, error))
            return false;
    }
    return done && flush(out, text, 0, error);
}

/* --- provenance --- */

static void append_element(GString *out, const char *name, const char *text)
{
    g_string_append_printf(out, "<%s>", name);
    zp_escape_xml(out, text ? text : "");
    g_string_append_printf(out, "</%s>", name);
}

static void append_object(GString *out, sqlite3_stmt *row)
{
    g_autofree char *sha256 = zp_archive_text(row, 0), *format = zp_archive_text(row, 2),
                    *name = zp_archive_text(row, 6);
    g_string_append(out, "<object xsi:type=\"file\"><objectIdentifier>");
    append_element(out, "objectIdentifierType", "SHA-256");
    append_element(out, "objectIdentifierValue", sha256);
    g_string_append(out, "</objectIdentifier><objectCharacteristics><fixity>");
    append_element(out, "messageDigestAlgorithm", "SHA-256");
    append_element(out, "messageDigest", sha256);
    g_string_append_printf(out,
                           "</fixity><size>%" G_GINT64_FORMAT "</size><format><formatDesignation>",
                           (gint64)sqlite3_column_int64(row, 1));
    append_element(out, "formatName", format);
    g_string_append(out, "</formatDesignation></format></objectCharacteristics>");
    append_element(out, "originalName", name);
    g_string_append(out, "</object>\n");
}

/* @agent: (nullable) */
static void append_event(GString *out, const char *type, const char *when, const char *sha256,
                         const char *agent, const char *outcome)
{
    g_string_append(out, "<event><eventIdentifier>");
    append_element(out, "eventIdentifierType", "local");
    g_string_append(out, "<eventIdentifierValue>");
    g_string_append_printf(out, "%s:", type);
    zp_escape_xml(out, when);
    g_string_append_printf(out, ":%.16s</eventIdentifierValue></eventIdentifier>", sha256);
    append_element(out, "eventType", type);
    append_element(out, "eventDateTime", when);
    g_string_append(out, "<eventOutcomeInformation>");
    append_element(out, "eventOutcome", outcome);
    g_string_append(out, "</eventOutcomeInformation>");
    if (agent) {
        g_string_append(out, "<linkingAgentIdentifier>");
        append_element(out, "linkingAgentIdentifierType", "program and rulebook");
        append_element(out, "linkingAgentIdentifierValue", agent);
        g_string_append(out, "</linkingAgentIdentifier>");
    }
    g_string_append(out, "<linkingObjectIdentifier>");
    append_element(out, "linkingObjectIdentifierType", "SHA-256");
    append_element(out, "linkingObjectIdentifierValue", sha256);
    g_string_append(out, "</linkingObjectIdentifier></event>\n");
}

static void append_events(GString *out, sqlite3_stmt *row, const char *now)
{
    g_autofree char *sha256 = zp_archive_text(row, 0), *added = zp_archive_text(row, 3),
                    *checked = zp_archive_text(row, 4);
    g_autofree char *agent = zp_archive_text(row, 5), *status = zp_archive_text(row, 7);
    append_event(out, "ingestion", added, sha256, NULL, "success");
    append_event(out, "metadata extraction", checked, sha256, agent, status);
    if (sqlite3_column_int64(row, 8) != 0)
        append_event(out, "fixity check", now, sha256, NULL, "pass");
}

/* What was said before `recheck`, by which program. */
static bool append_former(Bag *bag, GString *out, GError **error)
{
    bool done;
    sqlite3_stmt *row = zp_archive_bind(
        bag->archive, error,
        "SELECT sha256, former.checked_at, program || ' ' || rulebook FROM former JOIN document ON "
        "document.id = "
        "former.document_id JOIN version ON version.id = former.version_id ORDER BY former.id",
        "");
    while (zp_archive_row(bag->archive, row, &done, error)) {
        g_autofree char *sha256 = zp_archive_text(row, 0), *when = zp_archive_text(row, 1),
                        *agent = zp_archive_text(row, 2);
        append_event(out, "metadata extraction", when, sha256, agent, "replaced");
    }
    return done;
}

static bool append_agents(Bag *bag, GString *out, GError **error)
{
    bool done;
    sqlite3_stmt *row =
        zp_archive_bind(bag->archive, error,
                        "SELECT program, program || ' ' || rulebook FROM version ORDER BY id", "");
    while (zp_archive_row(bag->archive, row, &done, error)) {
        g_autofree char *program = zp_archive_text(row, 0), *agent = zp_archive_text(row, 1);
        g_string_append(out, "<agent><agentIdentifier>");
        append_element(out, "agentIdentifierType", "program and rulebook");
        append_element(out, "agentIdentifierValue", agent);
        g_string_append(out, "</agentIdentifier><agentName>ziping ");
        zp_escape_xml(out, program);
        g_string_append(out, "</agentName><agentType>software</agentType></agent>\n");
    }
    return done;
}

#define DOCUMENTS                                                                                  \
    "SELECT sha256, size, format, added_at, checked_at, program || ' ' || rulebook, "              \
    "(SELECT path FROM name WHERE document_id = document.id ORDER BY name.id LIMIT 1), status, "   \
    "EXISTS (SELECT 1 FROM original WHERE document_id = document.id) FROM document JOIN version "  \
    "ON version.id = version_id ORDER BY document.id"

/* PREMIS wants all objects before the events: two passes. */
static bool put_provenance(Bag *bag, GOutputStream *out, GError **error)
{
    g_autofree char *now = zp_intake_now();
    g_autoptr(GString) text =
        g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<premis "
                     "xmlns=\"http://www.loc.gov/premis/v3\" "
                     "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" version=\"3.0\">\n");
    for (int pass = 0; pass < 2; pass++) {
        bool done;
        sqlite3_stmt *row = zp_archive_bind(bag->archive, error, DOCUMENTS, "");
        while (zp_archive_row(bag->archive, row, &done, error)) {
            if (pass == 0)
                append_object(text, row);
            else
                append_events(text, row, now);
            if (!flush(out, text, BUFFER_BYTES, error))
                return false;
        }
        if (!done)
            return false;
    }
    if (!append_former(bag, text, error) || !append_agents(bag, text, error))
        return false;
    g_string_append(text, "</premis>\n");
    return flush(out, text, 0, error);
}

static bool put_stream(Bag *bag, const char *path,
                       bool (*put)(Bag *bag, GOutputStream *out, GError **error), GError **error)
{
    g_autoptr(GOutputStream) out = open_file(bag, path, error);
    bool done = out && put(bag, out, error);
    if (out && !g_output_stream_close(out, NULL, NULL) && done)
        done = set_error(path, error);
    return done && enter(bag, path, error);
}

/* --- tags --- */

static bool put_tags(Bag *bag, GError **error)
{
    static const char HEAD[] = ZP_BAG_HEAD "1.0\nTag-File-Character-Encoding: UTF-8\n";
    g_autofree char *now = zp_intake_now();
    g_autofree char *info = g_strdup_printf(
        "Bag-Software-Agent: ziping " ZP_VERSION
        "\nBagging-Date: %.10s\nExternal-Description: archive of ziping, version %d\n"
        "Payload-Oxum: %" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT "\n",
        now, ZP_ARCHIVE_VERSION, bag->n_bytes, bag->n_files);
    const struct {
        const char *path, *text;
    } tags[] = {
        {"bagit.txt", HEAD}, {"bag-info.txt", info}, {"manifest-sha256.txt", bag->manifest->str}};
    g_autoptr(GString) sums = g_string_new(NULL);
    for (gsize k = 0; k < G_N_ELEMENTS(tags); k++) {
        gsize size = strlen(tags[k].text);
        g_autofree char *digest =
            g_compute_checksum_for_string(G_CHECKSUM_SHA256, tags[k].text, (gssize)size);
        if (!put_file(bag, tags[k].path, tags[k].text, size, error))
            return false;
        g_string_append_printf(sums, "%s  %s\n", digest, tags[k].path);
    }
    return put_file(bag, "tagmanifest-sha256.txt", sums->str, sums->len, error);
}

static bool fill(Bag *bag, GError **error)
{
    bool done;
    sqlite3_stmt *statement = zp_archive_bind(
        bag->archive, error, "SELECT id, sha256 FROM document ORDER BY id /* bag */", "");
    while (zp_archive_row(bag->archive, statement, &done, error)) {
        g_autofree char *sha256 = zp_archive_text(statement, 1);
        if (!put_original(bag, sqlite3_column_int64(statement, 0), sha256, error))
            return false;
    }
    if (!done)
        return false;
    for (guint k = 0; k < ZP_BAG_TABLES; k++) {
        if (!put_table(bag, &ZP_BAG[k], error))
            return false;
    }
    return put_stream(bag, ZP_BAG_DATA, put_forms, error) &&
           put_stream(bag, "data/premis.xml", put_provenance, error) && put_tags(bag, error);
}

bool zp_export_bag(ZpArchive *archive, const char *folder, GError **error)
{
    Bag bag = {.archive = archive};
    struct stat about;
    if (lstat(folder, &about) == 0) {
        zp_error_set(error, ZP_ERROR_USAGE, "%s 已经存在", "%s is there already", folder);
        return false;
    }
    bag.folder = g_strconcat(folder, ".XXXXXX", NULL);
    bag.manifest = g_string_new(NULL);
    bool done = g_mkdtemp_full(bag.folder, 0777) ? fill(&bag, error) : set_error(folder, error);
    if (done && g_rename(bag.folder, folder) != 0)
        done = set_error(folder, error);
    if (!done)
        zp_bag_remove(bag.folder);
    g_string_free(bag.manifest, TRUE);
    g_free(bag.folder);
    return done;
}
