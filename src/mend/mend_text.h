/*
 * mend_text.h - what of a text matters when it is written anew.
 */
#pragma once

#include "rulebook/rulebook.h"

/** zp_mend_core: what of a text matters: no white space, no mark-up printed as text. */
void zp_mend_core(GString *out, const ZpRulebook *rulebook, const char *text);

/**
 * zp_mend_comparator: the text with a sign of comparison at its beginning spelt as usual: >= and ＞＝ become ≥.
 *
 * Returns: (transfer full)
 */
char *zp_mend_comparator(const char *text);
