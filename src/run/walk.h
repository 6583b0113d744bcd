/*
 * walk.h - the files of a folder, recursively, in byte order of names.
 *
 * Layer: run.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* What the walk tells; each returns false to stop it (the error then is set). */
typedef struct {
    bool (*file)(const char *path, gpointer data, GError **error); /* a file to take */
    /* a folder that cannot be read, or lies deeper than ZP_LIMIT_FOLDER_DEPTH */
    bool (*failed)(const char *path, const GError *why, gpointer data, GError **error);
    void (*skipped)(gpointer data); /* hidden, a linked folder, a device, an unknown kind */
    bool office;                    /* take what an office program can convert, too */
    gpointer data;
} ZpWalk;

/**
 * zp_walk_folder: visit a folder and those below it.
 * @error: whatever a callback set
 */
bool zp_walk_folder(const char *folder, const ZpWalk *walk, GError **error);
