/*
 * unpack_work.h - an archive from bytes to files; what the worker of an archive does.
 */
#pragma once

#include "run/work.h"
#include "run/worker.h"

/**
 * zp_unpack_work: tell of every file in an archive.
 * @shard, @shards: only the files of this part; 0/0: all
 *
 * Returns: (nullable) (transfer full) the record of the archive: ZP_OUTCOME_UNPACKED, or its D01; NULL: a letter takes
 * ZP_ABILITY_MAIL.
 */
GBytes *zp_unpack_work(const ZpWork *work, guint shard, guint shards, const ZpAsked *asked,
                       ZpTelling *telling);

/**
 * zp_unpack_list: tell of each entry that would be taken of an archive that is read from entry by entry, as
 * passed over, with its size; nothing is unpacked.
 *
 * Returns: (transfer full) a record whose outcome is ZP_OUTCOME_UNPACKED, or, where the archive is one unit
 * (it is solid, damaged, or no archive), another.
 */
GBytes *zp_unpack_list(const ZpAsked *asked, ZpTelling *telling);
