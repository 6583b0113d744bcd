/*
 * entries.h - files in archives that were named one by one: `a.zip!/甲单位/自评表.docx`, or a folder or archive in it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* An archive's path, and of char *: what of it was named. */
typedef GHashTable ZpEntries;

/**
 * zp_entries_collect: take the archives in the place of what was named in them.
 * @inputs: of char *; changed: of several names in one archive the first becomes the archive, and the others go
 *
 * An archive that was named as a whole is read as a whole.
 *
 * Returns: (nullable) (transfer full) NULL: no archive is read in part.
 */
ZpEntries *zp_entries_collect(GPtrArray *inputs);

/**
 * zp_entries_of: what was named in an archive.
 * @entries: (nullable)
 *
 * Returns: (nullable) (transfer none) NULL: all of it is wanted.
 */
const GPtrArray *zp_entries_of(const ZpEntries *entries, const char *archive);

/**
 * zp_entries_have: whether a file in an archive is wanted: it was named, or is in what was, or holds it.
 * @names: (nullable) of zp_entries_of()
 * @found: (nullable) a flag for each name: set where it is that name's
 */
bool zp_entries_have(const GPtrArray *names, const char *name, bool *found);

/** zp_entries_name: whether that very file was named. */
bool zp_entries_name(const GPtrArray *names, const char *name);
