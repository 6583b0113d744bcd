/*
 * watcher.h - files that arrive or change in folders, told once their writer has closed them.
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
 * zp_watcher_add_setting: watch a file that need not be there yet, for the settings in it.
 * @path: its folder may be missing: then nothing is watched
 * @error: ZP_ERROR_IO
 */
bool zp_watcher_add_setting(ZpWatcher *watcher, const char *path, GError **error);

/** zp_watcher_set_setting_name: a file of this name is one of settings in every watched folder. */
void zp_watcher_set_setting_name(ZpWatcher *watcher, const char *name);

typedef enum {
    ZP_WATCHED_NOTHING, /* a signal or, with the error set, a failure */
    ZP_WATCHED_INPUT,   /* a file to look at; a folder when files in it may have been missed */
    ZP_WATCHED_SETTING, /* a file of settings came, changed or went */
} ZpWatched;

/**
 * zp_watcher_next: wait for the next file.
 * @path: (out) (transfer full) (nullable) which
 * @error: ZP_ERROR_IO
 */
ZpWatched zp_watcher_next(ZpWatcher *watcher, char **path, GError **error);

/** zp_watcher_count: how many folders are watched. */
guint zp_watcher_count(const ZpWatcher *watcher);
