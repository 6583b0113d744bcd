/*
 * link.h - from a report to the files that it is about.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/** zp_link_append_file: the same to a file that is in no archive, whatever its path looks like. */
bool zp_link_append_file(GString *out, const char *folder, const char *path);

/**
 * zp_link_append: the way from a report's folder to a file, as a relative reference.
 * @folder: (nullable) of the report, as given; NULL: the current one
 * @path: of the file, as given; any bytes.  To what is in an archive the way ends at the archive
 *
 * Reports and files can so be moved together.  ASCII characters that mean something in a reference are
 * escaped, so the first part of it is never a scheme; others stand as they are.
 *
 * Returns: false, nothing appended, for standard input and for a name that is no UTF-8 or holds characters
 * that nobody sees.
 */
bool zp_link_append(GString *out, const char *folder, const char *path);
