/*
 * archive_export.c - `archive export` and `archive import`.
 */
#include "cli/archive.h"

#include "archive/export.h"

#include <string.h>

typedef struct {
    const char *name;
    bool is_folder, is_raw, is_list;
    bool (*put)(ZpArchive *archive, GOutputStream *out, ZpLang lang,
                GError **error); /* NULL: documents */
} Way;

static const Way WAYS[] = {
    {"csv", true, false, false, NULL},
    {"parquet-csv", true, true, false, NULL},
    {"json", false, false, true, NULL},
    {"ndjson", false, false, false, NULL},
    {"xlsx", false, false, false, zp_export_workbook},
};

/* All of an export is of one moment. */
static bool begin_reading(ZpArchive *archive, GError **error)
{
    return sqlite3_exec(zp_archive_db(archive), "BEGIN", NULL, NULL, NULL) == SQLITE_OK ||
           zp_archive_set_error(archive, error);
}

static ZpExit write_one(const ZpArguments *arguments, ZpArchive *archive, const Way *way)
{
    ZpOutput output;
    ZpExit status = ZP_EXIT_CLEAN;
    g_autoptr(GError) error = NULL;
    if ((way->put && zp_output_is_shown(arguments->output, "--to xlsx", arguments->lang)) ||
        !zp_archive_output(arguments, &output))
        return ZP_EXIT_USAGE;
    bool done = begin_reading(archive, &error) &&
                (way->put ? way->put(archive, output.stream, arguments->lang, &error)
                          : zp_export_documents(archive, output.stream, way->is_list,
                                                arguments->lang, &error));
    if (!done)
        status = zp_archive_say(arguments, error);
    return zp_archive_close_output(arguments, &output, status);
}

/* @way NULL: a bag */
static ZpExit write_folder(const ZpArguments *arguments, ZpArchive *archive, const Way *way)
{
    g_autoptr(GError) error = NULL;
    bool done =
        begin_reading(archive, &error) &&
        (way ? zp_export_tables(archive, arguments->output, way->is_raw || arguments->raw, &error)
             : zp_export_bag(archive, arguments->bag, &error));
    return done ? ZP_EXIT_CLEAN : zp_archive_say(arguments, error);
}

static const Way *find_way(const char *name)
{
    for (gsize k = 0; name && k < G_N_ELEMENTS(WAYS); k++) {
        if (strcmp(WAYS[k].name, name) == 0)
            return &WAYS[k];
    }
    return NULL;
}

ZpExit zp_archive_export(const ZpArguments *arguments)
{
    ZpExit status = ZP_EXIT_CLEAN;
    const Way *way = find_way(arguments->saved);
    bool is_sound = way ? !arguments->bag && (arguments->output || !way->is_folder)
                        : arguments->bag && !arguments->saved && !arguments->output;
    if (!is_sound || arguments->rest || arguments->layout) {
        zp_say(arguments->lang,
               "用法：ziping archive export --db 档案库，加上 --to csv|parquet-csv -o "
               "新文件夹、--to json|ndjson|xlsx -o 文件，或 --bagit 新文件夹",
               "usage: ziping archive export --db ARCHIVE with --to csv|parquet-csv -o NEW-FOLDER, "
               "--to json|ndjson|xlsx -o FILE, or "
               "--bagit NEW-FOLDER");
        return ZP_EXIT_USAGE;
    }
    g_autoptr(ZpArchive) archive = zp_archive_arguments(arguments, ZP_ARCHIVE_READ, &status);
    if (!archive)
        return status;
    return way && !way->is_folder ? write_one(arguments, archive, way)
                                  : write_folder(arguments, archive, way);
}

ZpExit zp_archive_import(const ZpArguments *arguments)
{
    ZpExit status = ZP_EXIT_CLEAN;
    g_autoptr(GError) error = NULL;
    if (!arguments->rest || arguments->rest[1] || arguments->output || arguments->layout ||
        arguments->saved) {
        zp_say(arguments->lang, "用法：ziping archive import 档案包 --db 新档案库",
               "usage: ziping archive import BAG --db NEW-ARCHIVE");
        return ZP_EXIT_USAGE;
    }
    bool is_new = !g_file_test(arguments->db, G_FILE_TEST_EXISTS);
    g_autoptr(ZpArchive) archive = zp_archive_arguments(arguments, ZP_ARCHIVE_CREATE, &status);
    if (!archive)
        return status;
    if (zp_import_bag(archive, arguments->rest[0], &error)) {
        if (!arguments->quiet)
            zp_say(arguments->lang, "导入 %" G_GINT64_FORMAT " 份文件",
                   "%" G_GINT64_FORMAT " documents imported",
                   zp_archive_number(archive, "SELECT count(*) FROM document"));
        return ZP_EXIT_CLEAN;
    }
    if (is_new)
        zp_archive_discard(g_steal_pointer(&archive));
    return zp_archive_say(arguments, error);
}
