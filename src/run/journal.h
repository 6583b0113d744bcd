/*
 * journal.h - what is done of a run, so that a run that was cut off can go on.
 *
 * A tape (tape.h) that grows with every input that was written, in the order of the inputs.  The same run
 * begun again takes from it what is there, as long as input for input is the same, and goes on
 * behind that.  What a process wrote is there whatever kills it; a power failure may cost the
 * last inputs, which are then read again.
 */
#pragma once

#include "run/tape.h"

typedef struct ZpJournal ZpJournal;

/**
 * zp_journal_open: begin a journal, or go on with one.
 * @head: (transfer none) the run's
 * @resume: go on with what is there; else there must be nothing
 * @error: ZP_ERROR_USAGE when it exists, is of another run, or is in use; ZP_ERROR_IO
 */
ZpJournal *zp_journal_open(const char *path, const ZpTapeHead *head, bool resume, GError **error);
void zp_journal_free(ZpJournal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpJournal, zp_journal_free)

/* What the journal knows of an input. */
typedef enum {
    ZP_JOURNAL_NOTHING, /* it ends before: the input is to be read */
    ZP_JOURNAL_ENTRY,   /* its record, or one of an entry in it */
    ZP_JOURNAL_PASSED, /* a later input is done and of this one there is nothing: it was none of this shard's */
} ZpJournalFound;

/**
 * zp_journal_find: the next record, when it is of this input.
 *
 * To be asked for every input, in order, and for an archive until there is no more of it.  From the first one that is
 * not there, or has changed, the journal is written anew.
 *
 * @may_lack: the input may be none of this shard's, so that it has no record
 * @is_sound: whether a record can be what a run made; one that cannot is not there
 * @entry: (out) (transfer full) with ZP_JOURNAL_ENTRY
 */
ZpJournalFound zp_journal_find(ZpJournal *journal, guint64 number, const char *path, bool may_lack,
                               bool (*is_sound)(const ZpTapeEntry *entry, gpointer data),
                               gpointer data, ZpTapeEntry **entry);

/**
 * zp_journal_add: an input is done.
 * @error: ZP_ERROR_OUTPUT
 */
bool zp_journal_add(ZpJournal *journal, const ZpTapeEntry *entry, GError **error);
