/*
 * folder.h - what is in a folder.
 */
#pragma once

#include <glib.h>

/**
 * zp_folder_names: all names in a folder but "." and "..", in byte order.
 *
 * The folder is closed again before the call returns, so who descends by it needs one descriptor, however deep.
 *
 * Returns: (transfer full) of char *; NULL with errno.
 */
GPtrArray *zp_folder_names(const char *folder);
