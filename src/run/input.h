/*
 * input.h - the bytes of one input.
 *
 * Layer: run.
 */
#pragma once

#include <glib.h>

/**
 * zp_input_read: all bytes of a file, a device, a FIFO or, for "-", of standard input.
 * @path: any bytes
 * @limit: bytes, at most ZP_LIMIT_INPUT_BYTES
 * @error: ZP_ERROR_IO, or ZP_ERROR_LIMIT naming ZP_LIMIT_INPUT_BYTES; reading stops there
 *
 * Plain read(), no memory map: a file that shrinks while it is read must not end the program.
 */
GBytes *zp_input_read(const char *path, guint limit, GError **error);

/**
 * zp_input_head: the first ZP_LIMIT_PROBE_BYTES of a file.
 *
 * Returns: (nullable) NULL when it cannot be read.
 */
GBytes *zp_input_head(const char *path);
