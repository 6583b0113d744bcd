/*
 * watcher.h - files that arrive or change in folders, told once their writer has closed them.
 *
 * Layer: run.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct ZpWatcher ZpWatcher;

/**
 * zp_watcher_new, _free: watch nothing yet; SIGINT and SIGTERM end the watch from here on.
 * @error: ZP_ERROR_IO
 */
ZpWatcher *zp_watcher_new(GError **error);
void zp_watcher_free(ZpWatcher *watcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpWatcher, zp_watcher_free)

/**
 * zp_watcher_add: watch a folder and those below it; hidden and linked ones are left out.
 * @error: ZP_ERROR_IO
 */
bool zp_watcher_add(ZpWatcher *watcher, const char *folder, GError **error);

/**
 * zp_watcher_next: wait for the next file to look at.
 * @error: ZP_ERROR_IO
 *
 * Returns: (transfer full) (nullable) its path; a folder's when files in it may have been missed;
 * NULL at a signal and, with the error set, on failure.
 */
char *zp_watcher_next(ZpWatcher *watcher, GError **error);

/**
 * zp_watcher_count: how many folders are watched.
 */
guint zp_watcher_count(const ZpWatcher *watcher);
