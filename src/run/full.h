/*
 * full.h - units whose forms of a year all score their full total (X07).
 *
 * What is kept is at most ZP_FULL_BYTES for each unit and year, however many forms they have.
 */
#pragma once

#include "model/keys.h"

#include <stdbool.h>

/* Forms of a unit and year from which on it says something. */
#define ZP_FULL_FORMS 5

/* Where a form stands in the run. */
typedef struct {
    guint64 file; /* by its turn */
    guint32 form; /* in that file */
} ZpFullPlace;

typedef struct ZpFull ZpFull;

ZpFull *zp_full_new(void);
void zp_full_free(ZpFull *full);

/**
 * zp_full_add: a form comes.
 * @before: (out) where the last form of its unit and year stood, when that was the last of enough and is so no more
 *
 * Returns: whether it is now itself the last of enough, all of them full; *before is set only when `has_before`.
 */
bool zp_full_add(ZpFull *full, const ZpFormKeys *keys, ZpFullPlace at, ZpFullPlace *before,
                 bool *has_before);

/**
 * zp_full_is_last: whether a form is the last of enough, all of them full; said once, then the unit and year is done.
 */
bool zp_full_is_last(ZpFull *full, const ZpFormKeys *keys, ZpFullPlace at);
