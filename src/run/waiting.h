/*
 * waiting.h - the first form of a run waits until it is known whether there is another.
 *
 * Rules between forms say nothing of a run of one form, and that is known only when a second one
 * comes or the run is over.  What comes in between waits behind the first.
 */
#pragma once

#include "run/record.h"

typedef struct ZpWaiting ZpWaiting;

/* Takes a record in its turn; @is_alone: its form is the only one of the run. */
typedef bool (*ZpWaitingTurn)(const char *path, ZpRecord *record, bool is_alone, gpointer data,
                              GError **error);

ZpWaiting *zp_waiting_new(ZpWaitingTurn turn, gpointer data);
void zp_waiting_free(ZpWaiting *waiting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpWaiting, zp_waiting_free)

/**
 * zp_waiting_add: the next record of the run.
 * @record: (transfer full)
 * @bytes: (nullable) what the record points into
 * @error: what a turn set
 */
bool zp_waiting_add(ZpWaiting *waiting, const char *path, ZpRecord *record, GBytes *bytes,
                    GError **error);

/**
 * zp_waiting_end: nothing more comes, or not soon: what waits has its turn.
 * @error: what a turn set
 */
bool zp_waiting_end(ZpWaiting *waiting, GError **error);
