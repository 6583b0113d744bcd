/*
 * cache.h - records of files that were read before, by content.
 *
 * A folder with a file a record, named by a digest of the input's bytes, its name, and all else that
 * decides what the record holds (program, rules, settings).  Whatever is in it is read as hostile as a
 * worker's answer; it can be removed at any time.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct ZpCache ZpCache;

/**
 * zp_cache_open: use a folder, made where it is not there.
 * @key: digest of the run's part of the name
 * @by_path: settings hang on the path, so it is part of the name; else its last part is
 * @error: ZP_ERROR_USAGE when it is no folder that can be written to
 */
ZpCache *zp_cache_open(const char *folder, const char *key, bool by_path, GError **error);
void zp_cache_free(ZpCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpCache, zp_cache_free)

/**
 * zp_cache_name: under which name an open input's record is kept; its offset is 0 before and after.
 * @is_found: found in a folder: another record
 *
 * Returns: (transfer full) (nullable) NULL when it cannot be read
 */
char *zp_cache_name(const ZpCache *cache, int fd, const char *path, bool is_found);

/**
 * zp_cache_find: the record of that name.
 *
 * Returns: (transfer full) (nullable)
 */
GBytes *zp_cache_find(const ZpCache *cache, const char *name);

/** zp_cache_keep: keep a record; what cannot be kept is made again next time. */
void zp_cache_keep(const ZpCache *cache, const char *name, GBytes *record);
