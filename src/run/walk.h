/*
 * walk.h - the files of a folder, recursively, in byte order of names.
 *
 * No file is opened: what is in it is a worker's to see.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Makes a folder a report of `check --report`, by what it begins with. */
#define ZP_REPORT_MARK ".ziping-report"
#define ZP_REPORT_HEAD "# ziping report\n"

/* What the walk tells; each returns false to stop it (the error then is set). */
typedef struct {
    /* a file to take; @is_found: its name says nothing, so only its content can tell */
    bool (*file)(const char *path, bool is_found, gpointer data, GError **error);
    /* a folder that cannot be read, or lies deeper than ZP_LIMIT_FOLDER_DEPTH */
    bool (*failed)(const char *path, const GError *why, gpointer data, GError **error);
    void (*skipped)(const char *path, bool is_link, gpointer data); /* hidden, a link, a device */
    void (*report)(const char *path, gpointer data); /* (nullable) a report's folder, passed over */
    guint depth; /* folders below the one given, at most ZP_LIMIT_FOLDER_DEPTH */
    gpointer data;
} ZpWalk;

/**
 * zp_walk_passes_over: a name that no document has: hidden, the lock of an office program (~$…), or
 * what systems leave in folders (Thumbs.db, desktop.ini).
 */
bool zp_walk_passes_over(const char *name);

/**
 * zp_walk_is_report: whether an earlier `check --report` wrote a folder: it holds copies of the forms.
 */
bool zp_walk_is_report(const char *folder);

/**
 * zp_walk_folder: visit a folder and those below it.
 * @error: whatever a callback set
 */
bool zp_walk_folder(const char *folder, const ZpWalk *walk, GError **error);
