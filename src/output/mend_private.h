/*
 * mend_private.h - what the files of the mender share.
 *
 * Layer: output; only mend*.c include it.
 */
#pragma once

#include "output/mend.h"

/* A form under way. */
typedef struct {
    const ZpMender *mender;
    const ZpForm *form;
    guint index;
    GPtrArray *mends;
} Mending;

/**
 * zp_mend_has_range: whether the bytes of a place are known.
 */
bool zp_mend_has_range(const Mending *mending, const ZpPlace *at);

/**
 * zp_mend_says: whether cells hold just a text, but for white space and mark-up.
 */
bool zp_mend_says(const Mending *mending, const ZpPlace *const *parts, guint n, const char *text);

/**
 * zp_mend_put: put a text into the range of a place, and into copies of the cell beside it unless
 * @is_unsafe.
 *
 * Returns: false when there is no way to write it there.
 */
bool zp_mend_put(const Mending *mending, const ZpPlace *at, const char *text, const char *pointer,
                 bool is_unsafe);

/**
 * zp_mend_left: note what is not mended.
 */
void zp_mend_left(const Mending *mending, GPtrArray *left, const char *code, const char *pointer,
                  const char *why, ZpLang lang);

/**
 * zp_mend_figures: the unsafe mends of a form.
 */
void zp_mend_figures(const Mending *mending, const ZpResult *result, ZpLang lang, GPtrArray *left);
