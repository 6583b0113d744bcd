/*
 * listed.h - the files that we wrote into a folder, with their digests, as sha256sum lists them.
 *
 * The list, `.ziping-report`, makes a folder ours: what it names and still has its digest may be replaced, all else is
 * somebody's.
 */
#pragma once

#include "cli/cli.h"

/**
 * ZpOnListed: a file; false ends the walk.
 * @name: its path from the folder
 */
typedef bool (*ZpOnListed)(const char *path, const char *name, gpointer data);

/**
 * zp_listed_each: every file below @folder/@name, in any order; links are not followed.
 * @name: (nullable) NULL: the folder itself
 *
 * Returns: false when @on_file did.
 */
bool zp_listed_each(const char *folder, const char *name, ZpOnListed on_file, gpointer data);

/** zp_listed_append: as ZpOnListed: a file's line, to @data, a GString. */
bool zp_listed_append(const char *path, const char *name, gpointer data);

/**
 * zp_listed_has: whether a file stands in a list as it is now.
 * @known: of zp_listed_read()
 */
bool zp_listed_has(GHashTable *known, const char *path, const char *name);

/**
 * zp_listed_write: the list of a folder, written aside and renamed.
 * @text: ZP_REPORT_HEAD and lines
 */
bool zp_listed_write(const char *folder, const GString *text, GError **error);

/**
 * zp_listed_read: the lines of a folder's list.
 *
 * Returns: (nullable) NULL: the folder is not ours
 */
GHashTable *zp_listed_read(const char *folder);

/** zp_listed_remove: a folder and all in it; what cannot go stays. */
void zp_listed_remove(const char *root);
