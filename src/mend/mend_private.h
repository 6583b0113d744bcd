/*
 * mend_private.h - what the files of the mender share.
 *
 * Only its files include it.
 */
#pragma once

#include "mend/mend.h"

/* A form under way. */
typedef struct {
    const ZpMender *mender;
    const ZpForm *form;
    guint index;
    GPtrArray *mends;
} Mending;

/* A field that a cell of its own may hold. */
typedef struct {
    const char *pointer;
    const char *text; /* (nullable) */
    const ZpPlace *at;
    bool compares; /* a target that begins with a sign of comparison */
} ZpMendField;

/** zp_mend_each: go over the fields of a form in their order. */
void zp_mend_each(const ZpForm *form, void (*call)(const ZpMendField *field, gpointer data),
                  gpointer data);

/** zp_mend_says: whether cells hold just a text, but for white space and mark-up. */
bool zp_mend_says(const Mending *mending, const ZpPlace *const *parts, guint n, const char *text);

/**
 * zp_mend_put: put a text into a cell, and into copies of the cell beside it unless @is_unsafe.
 * @why: (out) (nullable) static: why it cannot be
 *
 * Returns: false when there is no way to write it there.
 */
bool zp_mend_put(const Mending *mending, const ZpPlace *at, const char *text, const char *pointer,
                 bool is_unsafe, const ZpCellSaying **why);

/** zp_mend_left: note what is not mended. */
void zp_mend_left(const Mending *mending, GPtrArray *left, const char *code, const char *pointer,
                  const char *why, ZpLang lang);

/** zp_mend_figures: the unsafe mends of a form. */
void zp_mend_figures(const Mending *mending, const ZpResult *result, ZpLang lang, GPtrArray *left);
