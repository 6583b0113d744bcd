/*
 * file.h - files that the program reads beside its inputs: regular ones, or none.
 *
 * A FIFO would make the program wait for ever for somebody to write, a device may have no end, and
 * opening either can do something by itself; only an input may be one of them, where it is named.
 */
#pragma once

#include <glib.h>

/* Why a file was not opened, in both languages. */
typedef struct {
    const char *zh, *en;
} ZpFileReason;

/**
 * zp_file_open: open a regular file; nothing else, and without ever waiting.
 * @path: any bytes
 * @flags, @mode: of open(2)
 * @why: (nullable) set when it is not opened; the texts are good until the next call of g_strerror
 *
 * Returns: a descriptor, -1 where there is none; errno is 0 for what is no regular file
 */
int zp_file_open(const char *path, int flags, int mode, ZpFileReason *why);

/* What stands between an archive's path and the name of an entry in it. */
#define ZP_FILE_INSIDE "!/"

/**
 * zp_file_around: the archive that an entry is in.
 * @path: `folder/a.zip!/name`; any bytes
 *
 * Returns: (nullable) (transfer full) `folder/a.zip`; NULL when there is such a file as @path, or no such archive.
 */
char *zp_file_around(const char *path);

/**
 * zp_file_read: all bytes of a regular file.
 * @path: any bytes
 * @why: set when there are none; both texts NULL: over the limit
 *
 * Returns: (nullable) (transfer full)
 */
GBytes *zp_file_read(const char *path, gsize limit, ZpFileReason *why);

/**
 * zp_folder_names: all names in a folder but "." and "..", in byte order.
 *
 * The folder is closed again before the call returns, so who descends by it needs one descriptor, however deep.
 *
 * Returns: (transfer full) of char *; NULL with errno.
 */
GPtrArray *zp_folder_names(const char *folder);
