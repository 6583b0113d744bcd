/*
 * package_private.h - what package.c lends to the writer of packages.
 *
 * Only package.c and edit.c include it.
 */
#pragma once

#include "parsers/ooxml/package.h"

struct archive;
struct archive_entry;

/* One entry of the zip; @name as zp_package_name has it, @data is the caller's. */
typedef bool (*PackageCall)(ZpPackage *package, struct archive *archive,
                            struct archive_entry *entry, const char *name, gpointer data,
                            GError **error);

/**
 * package_each_entry: go over the zip's entries.  package_unpack: the bytes of the one it stands at.
 * @error: as zp_package_open
 */
bool package_each_entry(ZpPackage *package, PackageCall call, gpointer data, GError **error);
GBytes *package_unpack(ZpPackage *package, struct archive *archive, struct archive_entry *entry,
                       GError **error);
