/*
 * mend.h - which bytes of an original to replace so that its forms are printed as they are meant.
 *
 * A safe mend never changes what a cell says: what is left of the old bytes without white space and mark-up is, character
 * by character, what is left of the new ones; only signs of comparison get their usual spelling.
 * Unsafe mends write recomputed figures.  No byte outside a mended cell's range is touched.
 *
 * Layer: output.
 */
#pragma once

#include "output/writer.h"

/* One range of the original and what to put there. */
typedef struct {
    guint32 start, end;
    char *old, *text; /* as UTF-8 of the file; `old` is what the range holds */
    guint form;       /* index */
    char *pointer;    /* into the form */
    guint32 line;     /* 0: none */
    bool is_unsafe;   /* a recomputed figure */
} ZpMend;

typedef struct {
    const ZpRulebook *rulebook;
    GBytes *original;   /* as UTF-8 */
    const char *format; /* the parser's name */
    bool unsafe;
} ZpMender;

/**
 * zp_mend_form: append the mends of a form.
 * @mends: of ZpMend (owned, free with zp_mend_free), for several forms of a file one after another
 * @left: of char *: a line for each repair or failed check that cannot be mended, in @lang
 */
void zp_mend_form(const ZpMender *mender, const ZpForm *form, guint index, const ZpResult *result,
                  ZpLang lang, GPtrArray *mends, GPtrArray *left);
void zp_mend_free(ZpMend *mend);

/**
 * zp_mend_sort: bring mends into the order of their places.
 */
void zp_mend_sort(GPtrArray *mends);
