/*
 * export.h - an archive out of its file: tables for other programs, and a bag that another archive can be made from.
 */
#pragma once

#include "archive/db.h"
#include "base/text.h"

#include <gio/gio.h>

/**
 * zp_export_tables: a CSV file a table into a new folder, and columns.json with the type of each column.
 * @is_raw: no ' before what a spreadsheet would run: for programs, not for people
 * @error: ZP_ERROR_USAGE when the folder is there
 */
bool zp_export_tables(ZpArchive *archive, const char *folder, bool is_raw, GError **error);

/**
 * zp_export_documents: everything of each document as `archive show --format json` gives it, in a list or one a line.
 */
bool zp_export_documents(ZpArchive *archive, GOutputStream *out, bool is_list, ZpLang lang,
                         GError **error);

/** zp_export_workbook: a sheet a table. */
bool zp_export_workbook(ZpArchive *archive, GOutputStream *out, ZpLang lang, GError **error);

/**
 * zp_export_bag: a bag (BagIt 1.0, RFC 8493) in a new folder: originals, rows, provenance in terms of PREMIS.
 * @error: ZP_ERROR_USAGE when the folder is there; ZP_ERROR_DAMAGED when an original is not what it was
 */
bool zp_export_bag(ZpArchive *archive, const char *folder, GError **error);

/**
 * zp_import_bag: what zp_export_bag wrote, as rows of an empty archive; in one transaction.
 * @error: ZP_ERROR_USAGE for what is no bag, or none of an archive of this version; ZP_ERROR_DAMAGED when a file
 * is missing, too many, or not what the manifest says
 */
bool zp_import_bag(ZpArchive *archive, const char *folder, GError **error);
