/*
 * journal.h - what is done of a run, so that a run that was cut off can go on.
 *
 * A tape (tape.h) that grows with every input that was written, in the order of the inputs.  The same run
 * begun again takes from it what is there, as long as input for input is the same, and goes on
 * behind that.  What a process wrote is there whatever kills it; a power failure may cost the
 * last inputs, which are then read again.
 *
 * Layer: run.
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

/**
 * zp_journal_find: the record of the next input, when the journal has it.
 *
 * To be asked once for every input, in order.  From the first one that is not there, or has
 * changed, the journal is written anew.
 *
 * @is_sound: whether a record can be what a run made; one that cannot is not there
 *
 * Returns: (transfer full) (nullable)
 */
GBytes *zp_journal_find(ZpJournal *journal, guint64 number, const char *path,
                        bool (*is_sound)(GBytes *record, gpointer data), gpointer data);

/**
 * zp_journal_add: an input is done.
 * @error: ZP_ERROR_OUTPUT
 */
bool zp_journal_add(ZpJournal *journal, const ZpTapeEntry *entry, GError **error);
