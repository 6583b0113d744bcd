/*
 * shards.h - the tapes of all parts of a run, put together in the order of its inputs.
 */
#pragma once

#include "run/tape.h"

typedef struct ZpShards ZpShards;

/**
 * zp_shards_open: the shards 1/N to N/N of one run, in any order.
 * @paths: of char *
 * @error: ZP_ERROR_USAGE, with the file named, when one is missing, twice, not complete, or of
 * another run
 */
ZpShards *zp_shards_open(const GPtrArray *paths, GError **error);
void zp_shards_free(ZpShards *shards);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpShards, zp_shards_free)

/** zp_shards_head: what the run was. */
const ZpTapeHead *zp_shards_head(const ZpShards *shards);

/**
 * zp_shards_next: the next input of the run.
 * @entry: (out) (transfer full) (nullable) NULL at the end
 * @error: ZP_ERROR_USAGE when a file has changed since
 */
bool zp_shards_next(ZpShards *shards, ZpTapeEntry **entry, GError **error);

/** zp_shards_skipped: files that the run passed over unread. */
guint64 zp_shards_skipped(const ZpShards *shards);

/** zp_shard_of: which shard an input belongs to, from 1 to @of. */
guint zp_shard_of(const char *path, guint of);
