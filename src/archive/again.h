/*
 * again.h - documents of an archive read once more from their originals.
 */
#pragma once

#include "archive/store.h"

/* Originals that lie in the temporary folder at once. */
#define ZP_AGAIN_BATCH 500u

typedef struct {
    ZpArchive *archive;
    const ZpRulebook *rulebook;
    ZpArchive *own; /* (nullable) where a document is stored to be compared; NULL: it is replaced */
    bool
        is_saving; /* what is stored in `own` stays there, with original and names; damage is passed over */
    char *folder;              /* of the originals */
    GPtrArray *paths;          /* of char *: the batch */
    GArray *failed;            /* of gint64: documents that could not be read again */
    GArray *different;         /* of gint64: that give something else now */
    guint64 n_done, n_without; /* read again; without a (sound) original */
} ZpAgain;

/**
 * zp_again_open: begin; makes a folder.
 * @error: ZP_ERROR_IO
 */
bool zp_again_open(ZpAgain *again, GError **error);
void zp_again_close(ZpAgain *again);

/**
 * zp_again_fill: the next batch of originals as files.
 * @after: the last document of the batch before, 0 first; set to the last of this one
 * @has_more: set: there are documents in `paths`
 */
bool zp_again_fill(ZpAgain *again, gint64 *after, bool *has_more, GError **error);

/**
 * zp_again_copy_links: what `archive link` confirmed, into the new archive, as far as it can be read.
 */
bool zp_again_copy_links(ZpAgain *again, GError **error);

/** zp_again_take: for ZpRunOptions; @data is the ZpAgain. */
bool zp_again_take(const ZpResult *result, gpointer data, GError **error);
