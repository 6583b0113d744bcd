/*
 * bytes.h - a file of the user's, read whole and never beyond a limit.
 */
#pragma once

#include <glib.h>

/**
 * zp_config_bytes: the bytes of a regular file.
 * @path: any bytes
 * @limit, @name: how many bytes at most, and the name of that limit
 * @error: ZP_ERROR_USAGE, "FILE: …"
 */
GBytes *zp_config_bytes(const char *path, guint limit, const char *name, GError **error);
