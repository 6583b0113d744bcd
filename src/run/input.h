/*
 * input.h - the bytes of one input, opened by one process and read by another.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

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
 * zp_input_read_file: all bytes of a regular file that is no input: a list, a password; "-" is standard
 * input.
 * @error: as above; ZP_ERROR_IO for what is no regular file
 */
GBytes *zp_input_read_file(const char *path, guint limit, GError **error);

/**
 * zp_input_open: the descriptor of an input, one that can be read again from its beginning.
 * @path: any bytes; "-" is standard input
 * @limit: bytes, at most ZP_LIMIT_INPUT_BYTES
 * @is_walked: it was found in a folder: only a regular file is opened, no link is followed, nothing waited for
 * @size: set to its bytes, as far as the system says
 * @error: as above
 *
 * What is no file (a pipe, a device) is first copied to memory, as far as the limit.
 *
 * Returns: -1 with an error
 */
int zp_input_open(const char *path, guint limit, bool is_walked, gsize *size, GError **error);

/**
 * zp_input_hold: a descriptor of bytes that are in memory, like that of an input.
 * @error: ZP_ERROR_STARVED
 */
int zp_input_hold(GBytes *bytes, GError **error);

/** zp_input_read_open: all bytes of what zp_input_open gave. */
GBytes *zp_input_read_open(int fd, guint limit, GError **error);
