/*
 * name.h - a text as the name of a file or folder that every file system takes.
 */
#pragma once

#include <glib.h>

/* Bytes of such a name: of 255 there is room for an ending, and for what a program that copies adds. */
#define ZP_NAME_BYTES 120

/**
 * zp_name_of: a text as a name: nothing in it that separates, is not seen or is a wildcard; no blank or dot at its ends; no
 * device of Windows; not longer than ZP_NAME_BYTES, cut between characters.
 * @text: any bytes
 * @taken: (nullable) names so far, as a file system compares them that knows no case; the name is added, with a
 * number where another is there
 *
 * Returns: (transfer full)
 */
char *zp_name_of(const char *text, GHashTable *taken);
