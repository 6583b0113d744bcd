/*
 * export.c - the tables of an archive for spreadsheets, data frames and other programs.
 */
#include "archive/export.h"

#include "archive/listing.h"
#include "archive/show.h"
#include "base/error.h"
#include "output/sheet.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* What people ask for; forms by their number (`archive list`), documents by theirs. */
static const struct {
    const char *name, *zh, *sql;
} TABLES[] = {
    {"documents", "文件",
     "SELECT document.id, sha256, size, format, status, encrypted, added_at, checked_at, program, "
     "rulebook FROM document "
     "JOIN version ON version.id = version_id ORDER BY document.id"},
    {"names", "名称", "SELECT document_id, path, added_at FROM name ORDER BY id"},
    {"forms", "表",
     "SELECT forms.*, document_id FROM forms JOIN form ON form.id = forms.id ORDER BY forms.id"},
    {"funds", "资金",
     "SELECT form_id, year, unit, project, currency_unit, number, source, label, initial, "
     "initial_value, budget, "
     "budget_value, executed, executed_value, weight, weight_value, rate, rate_value, score, "
     "score_value, reason "
     "FROM funds ORDER BY form_id, number"},
    {"indicators", "指标", "SELECT * FROM indicators ORDER BY form_id, number"},
    {"findings", "问题", "SELECT * FROM findings ORDER BY id"},
    {"unjudged", "未判断",
     "SELECT form_id, number, rule, pointer, zh, en FROM unjudged JOIN reason ON reason.id = "
     "reason_id ORDER BY "
     "form_id, number"},
    {"repairs", "修复", "SELECT * FROM repair ORDER BY form_id, number"},
};

static sqlite3_stmt *prepare(ZpArchive *archive, gsize table, GError **error)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(zp_archive_db(archive), TABLES[table].sql, -1, &statement, NULL) !=
        SQLITE_OK)
        zp_archive_set_error(archive, error);
    return statement;
}

/* --- csv --- */

/* "integer" or "string" of each column, as the schema declares it; what is counted is an integer. */
static json_t *list_types(sqlite3_stmt *statement)
{
    json_t *columns = json_array();
    for (int k = 0; k < sqlite3_column_count(statement); k++) {
        const char *declared = sqlite3_column_decltype(statement, k);
        bool is_text = declared && g_ascii_strcasecmp(declared, "TEXT") == 0;
        bool is_path = strcmp(sqlite3_column_name(statement, k), "path") == 0;
        json_array_append_new(columns,
                              json_pack("{ssss}", "name", sqlite3_column_name(statement, k), "type",
                                        is_text || is_path ? "string" : "integer"));
    }
    return columns;
}

static bool set_error(const char *path, GError **error)
{
    zp_error_set(error, ZP_ERROR_OUTPUT, "%s 无法写入：%s", "%s cannot be written: %s", path,
                 g_strerror(errno));
    return false;
}

static bool put_table(ZpArchive *archive, gsize table, const char *folder, bool is_raw,
                      json_t *types, GError **error)
{
    g_autofree char *path = g_strdup_printf("%s/%s.csv", folder, TABLES[table].name);
    g_autoptr(GFile) file = g_file_new_for_path(path);
    sqlite3_stmt *statement = prepare(archive, table, error);
    g_autoptr(GFileOutputStream) out =
        statement ? g_file_create(file, G_FILE_CREATE_NONE, NULL, NULL) : NULL;
    g_autoptr(ZpListing) listing =
        out ? zp_listing_new(G_OUTPUT_STREAM(out), ZP_LISTING_CSV, is_raw) : NULL;
    bool done = statement && (out || set_error(path, error)) &&
                zp_listing_query(listing, archive, statement, error);
    if (out && !g_output_stream_close(G_OUTPUT_STREAM(out), NULL, NULL) && done)
        done = set_error(path, error);
    if (done)
        json_object_set_new(types, TABLES[table].name, list_types(statement));
    sqlite3_finalize(statement);
    return done;
}

bool zp_export_tables(ZpArchive *archive, const char *folder, bool is_raw, GError **error)
{
    if (g_file_test(folder, G_FILE_TEST_EXISTS) || g_file_test(folder, G_FILE_TEST_IS_SYMLINK)) {
        zp_error_set(error, ZP_ERROR_USAGE, "%s 已经存在", "%s is there already", folder);
        return false;
    }
    bool done = g_mkdir(folder, 0777) == 0 || set_error(folder, error);
    json_t *types = json_object();
    for (gsize k = 0; done && k < G_N_ELEMENTS(TABLES); k++)
        done = put_table(archive, k, folder, is_raw, types, error);
    g_autofree char *path = g_strconcat(folder, "/columns.json", NULL);
    if (done && json_dump_file(types, path, JSON_INDENT(1)) != 0)
        done = set_error(path, error);
    json_decref(types);
    return done;
}

/* --- json --- */

static bool put_text(GOutputStream *out, const char *text, GError **error)
{
    if (g_output_stream_write_all(out, text, strlen(text), NULL, NULL, NULL))
        return true;
    zp_error_set(error, ZP_ERROR_OUTPUT, "结果无法写出", "cannot write the output");
    return false;
}

static bool put_document(ZpArchive *archive, gint64 id, GOutputStream *out, const char *before,
                         ZpLang lang, GError **error)
{
    json_t *object = zp_show_object(archive, id, 0, lang, error);
    char *text = object ? json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(15)) : NULL;
    bool done = text && put_text(out, before, error) && put_text(out, text, error);
    json_decref(object);
    free(text);
    return done;
}

bool zp_export_documents(ZpArchive *archive, GOutputStream *out, bool is_list, ZpLang lang,
                         GError **error)
{
    bool is_put = true, done;
    const char *before = is_list ? "[" : "";
    sqlite3_stmt *statement =
        zp_archive_bind(archive, error, "SELECT id FROM document ORDER BY id /* export */", "");
    while (is_put && zp_archive_row(archive, statement, &done, error)) {
        is_put =
            put_document(archive, sqlite3_column_int64(statement, 0), out, before, lang, error);
        before = is_list ? ",\n" : "\n";
    }
    const char *end = is_list ? strcmp(before, "[") == 0 ? "[]\n" : "]\n" : *before ? "\n" : "";
    return is_put && done && put_text(out, end, error);
}

/* --- xlsx --- */

/* Columns of a table at most. */
#define COLUMNS 64

/* A sheet as the book needs it until it is finished. */
typedef struct {
    ZpSheetPlan plan;
    ZpSheetColumn columns[COLUMNS + 1];
} Plan;

/* The names of the columns are those of the tables, in either language. */
static bool put_sheet(ZpArchive *archive, gsize table, Plan *plan, ZpBook *book, GError **error)
{
    bool done;
    sqlite3_stmt *statement = prepare(archive, table, error);
    if (!statement)
        return false;
    int n_columns = MIN(sqlite3_column_count(statement), COLUMNS);
    for (int k = 0; k < n_columns; k++) {
        const char *name = g_intern_string(sqlite3_column_name(statement, k));
        plan->columns[k] = (ZpSheetColumn){name, name, 16, ZP_LOOK_PLAIN};
    }
    plan->plan = (ZpSheetPlan){TABLES[table].zh, TABLES[table].name, plan->columns};
    ZpSheet *sheet = zp_book_add(book, &plan->plan);
    while (zp_archive_row(archive, statement, &done, error)) {
        zp_sheet_row(sheet);
        for (int k = 0; k < n_columns; k++) {
            gint64 number = sqlite3_column_int64(statement, k);
            if (sqlite3_column_type(statement, k) == SQLITE_INTEGER && number >= 0) {
                zp_sheet_count(sheet, (guint64)number);
                continue;
            }
            g_autofree char *text = zp_archive_text(statement, k);
            zp_sheet_text(sheet, text);
        }
    }
    sqlite3_finalize(statement);
    return done;
}

bool zp_export_workbook(ZpArchive *archive, GOutputStream *out, ZpLang lang, GError **error)
{
    const ZpBookOptions options = {.lang = lang};
    g_autofree Plan *plans = g_new0(Plan, G_N_ELEMENTS(TABLES));
    ZpBook *book = zp_book_new(&options, error);
    bool done = book != NULL;
    for (gsize k = 0; done && k < G_N_ELEMENTS(TABLES); k++)
        done = put_sheet(archive, k, &plans[k], book, error);
    done = done && zp_book_finish(book, out, error);
    if (book)
        zp_book_free(book);
    return done;
}
