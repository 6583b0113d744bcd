/*
 * mend_text.h - the text of a byte range, and text as bytes again, in the originals that can be mended.
 *
 * Layer: output.
 */
#pragma once

#include "rulebook/rulebook.h"

/**
 * zp_mend_can: whether originals of a format can be mended.
 */
bool zp_mend_can(const char *format);

/**
 * zp_mend_decode: the text that bytes of the original stand for.
 *
 * Returns: (transfer full) (nullable) NULL when they hold more than text (tags, unknown entities) or are no
 * UTF-8.
 */
char *zp_mend_decode(const char *format, const char *bytes, gsize length);

/**
 * zp_mend_encode: text as bytes of the original.
 *
 * Returns: (transfer full) (nullable) NULL when the format cannot hold the text in a cell.
 */
char *zp_mend_encode(const char *format, const char *text);

/**
 * zp_mend_core: what of a text matters: no white space, no mark-up printed as text.
 */
void zp_mend_core(GString *out, const ZpRulebook *rulebook, const char *text);

/**
 * zp_mend_comparator: the text with a sign of comparison at its beginning spelt as usual: >= and ＞＝ become ≥.
 *
 * Returns: (transfer full)
 */
char *zp_mend_comparator(const char *text);
