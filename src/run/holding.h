/*
 * holding.h - results wait as long as a form of theirs may turn out to be the last of a unit that is always full (X07).
 *
 * The rule stands at the last form of a unit and year, and which one that is, is known when a later one comes or the
 * run is over.  What comes behind such a form waits too, as the order is the inputs' order: as bytes, above
 * ZP_LIMIT_WAITING_BYTES in a file without a name.  A run without such a unit holds nothing.
 */
#pragma once

#include "run/waiting.h"

typedef struct ZpHolding ZpHolding;

ZpHolding *zp_holding_new(ZpWaitingTurn turn, gpointer data);
void zp_holding_free(ZpHolding *holding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpHolding, zp_holding_free)

/**
 * zp_holding_add: the next record of the run; a ZpWaitingTurn, @holding the holding.
 * @error: ZP_ERROR_OUTPUT, or what a turn set
 */
bool zp_holding_add(const char *path, ZpRecord *record, bool is_alone, gpointer holding,
                    GError **error);

/**
 * zp_holding_end: nothing more comes, or not soon: what is held has its turn, X07 where it is due.
 */
bool zp_holding_end(ZpHolding *holding, GError **error);

/**
 * zp_holding_judge: the forms of a file that is the only one, all at once: for tests of the rule.
 */
void zp_holding_judge(const GPtrArray *forms, ZpReport *report);
