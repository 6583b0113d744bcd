/*
 * fix_work.h - one original mended, in a process of its own (run/apart.h).
 */
#pragma once

#include "mend/mend.h"

typedef struct {
    const ZpRulebook *rulebook;
    const ZpParser *parser; /* of the format, with a ZpCellWriter */
    GBytes *original;
    const ZpResult *result;
    const char *path; /* as it is shown */
    ZpLang lang;
    bool unsafe;
} ZpFixWork;

/* What zp_fix_work returns: the copy's bytes, what it is to say (zp_mend_meaning), the difference, why there is no
 * copy ("": there is one), and what was left or is to be known, a line each. */
#define ZP_FIX_TYPE "(aysssas)"

/**
 * zp_fix_work: for ZpApart.work.
 * @work: a ZpFixWork
 */
GVariant *zp_fix_work(gpointer work);
