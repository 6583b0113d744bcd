/*
 * shares.h - for --split-by: forms of one file that concern one, in a temporary file until the run is over, because a unit's
 * forms may lie in any file and memory bears not all of them.
 */
#pragma once

#include "run/record.h"

typedef struct ZpShares ZpShares;

/* One that was read again. */
typedef struct {
    char *path;
    ZpRecord *record;
    guint *numbers; /* which form of its file each is, from 1 */
} ZpShare;

/**
 * zp_shares_new: none yet, in a file without a name.
 * @error: ZP_ERROR_OUTPUT
 */
ZpShares *zp_shares_new(GError **error);
void zp_shares_free(ZpShares *shares);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpShares, zp_shares_free)

/**
 * zp_shares_add: keep a share.
 * @record: only what concerns it; findings with the standing they have by now
 * @at: (out) where it is
 */
bool zp_shares_add(ZpShares *shares, const char *path, ZpRecord *record, const guint *numbers,
                   guint64 *at, GError **error);

/**
 * zp_shares_read: a share as it was kept.
 *
 * Returns: (transfer full) (nullable)
 */
ZpShare *zp_shares_read(ZpShares *shares, guint64 at, GError **error);
void zp_share_free(ZpShare *share);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpShare, zp_share_free)
