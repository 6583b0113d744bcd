/*
 * plan.h - a run cut into shards beforehand: what `ziping plan` writes and --shard-of reads.
 *
 *     magic | shard 1 | shard 2 | … | head | size of the head | SHA-256 of the head |
 *
 *     shard   its entries in the order of the run, each: number, parts, found or named, path, why it cannot be walked
 *     head    folder, inputs, skipped, then a row a shard: size, documents, cost, SHA-256
 *
 * The head stands last, so a plan is written in one pass, and a shard reads the head and its own part.  The digest of
 * the head stands for the whole plan.  Shards are stretches of the run's order; one may begin and end inside an
 * archive.  Numbers are those of wire.h; nothing depends on the machine.
 */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

/* One input, or a stretch of an archive's entries. */
typedef struct {
    guint64 number;      /* of the input in the run */
    guint64 first, last; /* parts of an archive; 0 to ZP_PART_END: all, and the archive's own end */
    bool is_walked;      /* found in a folder, not named */
    GError *error;       /* (nullable) a folder that could not be walked, and why */
    char *path;          /* any bytes */
} ZpPlanEntry;

void zp_plan_entry_free(ZpPlanEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpPlanEntry, zp_plan_entry_free)

typedef struct {
    guint64 size;      /* bytes in the file */
    guint64 documents; /* files, and files in archives that are read entry by entry */
    guint64 cost;      /* microseconds of a processor, estimated by its name and size */
    guint8 digest[32];
} ZpPlanShard;

typedef struct {
    char *folder;      /* where it was made: paths may begin there */
    GPtrArray *inputs; /* of char *: words of the run, files of one folder once */
    guint64 skipped;   /* files in folders that were passed over */
    GArray *shards;    /* of ZpPlanShard */
    char *digest;      /* SHA-256 of the head */
    int fd;            /* to read from; -1 */
} ZpPlan;

ZpPlan *zp_plan_new(void);
void zp_plan_free(ZpPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpPlan, zp_plan_free)

/**
 * zp_plan_open: read a plan's head.
 * @error: ZP_ERROR_USAGE, with the file named
 */
ZpPlan *zp_plan_open(const char *path, GError **error);

/**
 * zp_plan_read: the entries of a shard.
 * @shard: from 1
 * @error: ZP_ERROR_USAGE when they are not those of the plan
 *
 * Returns: (transfer full) of ZpPlanEntry, in order
 */
GPtrArray *zp_plan_read(const ZpPlan *plan, guint shard, GError **error);

/**
 * zp_plan_begin, _write, _end: a new plan, shard by shard.
 * @entries: of ZpPlanEntry
 * @error: ZP_ERROR_OUTPUT; ZP_ERROR_USAGE naming the limit when a shard or the head is too large to be read again
 */
bool zp_plan_begin(GOutputStream *stream, GError **error);
bool zp_plan_write(ZpPlan *plan, const GPtrArray *entries, guint64 documents, guint64 cost,
                   GOutputStream *stream, GError **error);
bool zp_plan_end(ZpPlan *plan, GOutputStream *stream, GError **error);
