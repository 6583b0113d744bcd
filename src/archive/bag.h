/*
 * bag.h - what the writer and the reader of a bag share: which tables it holds, and folders.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A table of the archive in a bag, in the order in which its rows can be put in. */
typedef struct {
    const char *name, *columns, *order; /* of SELECT */
} ZpBagTable;

#define ZP_BAG_TABLES 13
extern const ZpBagTable ZP_BAG[ZP_BAG_TABLES];

/* Where a form's JSON is, a line a row of the table form, in its order. */
#define ZP_BAG_DATA "data/tables/data.ndjson"
/* How bagit.txt begins. */
#define ZP_BAG_HEAD "BagIt-Version: "

/**
 * zp_bag_table_path: of a table's rows, in a bag.
 *
 * Returns: (transfer full)
 */
char *zp_bag_table_path(const ZpBagTable *table);

/**
 * zp_bag_original_path: of a document's original, in a bag.
 *
 * Returns: (transfer full)
 */
char *zp_bag_original_path(const char *sha256);

/**
 * zp_bag_digest: SHA-256 of a file, in hex.
 * @size: set
 *
 * Returns: (transfer full) (nullable) NULL when it cannot be read, or is no regular file
 */
char *zp_bag_digest(const char *path, guint64 *size);

/**
 * zp_bag_list: the paths of all files below a folder, from there on, sorted.
 *
 * Returns: (transfer full) (nullable) of char *; NULL for links, devices, or folders deeper than a bag's
 */
GPtrArray *zp_bag_list(const char *folder);

/** zp_bag_remove: a folder and what is in it. */
void zp_bag_remove(const char *folder);
