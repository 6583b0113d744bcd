/*
 * merge.h - archives that were made apart, put together.
 */
#pragma once

#include "archive/db.h"
#include "rulebook/rulebook.h"

/* What came of it. */
typedef struct {
    guint64 n_new, n_forms; /* documents that were not there, their forms */
    guint64 n_known;   /* that were: only their names came, and an original where there was none */
    guint64 n_damaged; /* whose rows or original are not what their digests say: left out */
} ZpMergeCounts;

/**
 * zp_merge: every sound document of an archive into another, under its names, with its original, its dates, the version
 * that made its data and its former results; then what `archive link` confirmed.  X04, X05, X06 are asked anew.
 * @from: opened with ZP_ARCHIVE_READ
 * @on_damaged: called with the number and first name of each document that is left out
 * @counts: added to, as far as it is committed
 * @error: as zp_archive_set_error; what was committed stays, and merging again goes on behind it
 *
 * Documents keep their order, and a document that is in both keeps the data it has.  Memory does not grow with the archives.
 */
bool zp_merge(ZpArchive *archive, ZpArchive *from, const ZpRulebook *rulebook,
              void (*on_damaged)(gint64 id, const char *name, gpointer data), gpointer data,
              ZpMergeCounts *counts, GError **error);
