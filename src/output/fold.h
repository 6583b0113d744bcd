/*
 * fold.h - rounding habits of a unit, one line instead of a note a rate.
 *
 * Whether all rates of a unit fit one habit is known only at the end of a run, so the report for
 * people waits here in pieces until then, in memory at first and in an unlinked file when it
 * grows.  It knows units, habits and pieces, and nothing of what stands in them.
 */
#pragma once

#include "model/finding.h"

/* A piece of the report. */
typedef enum {
    ZP_PIECE_FILE,    /* the head of a file: shown before its first piece that is shown */
    ZP_PIECE_FORM,    /* the head of a form: likewise */
    ZP_PIECE_FINDING, /* always shown */
    ZP_PIECE_TWIN, /* a note that a form is another file's in another format: left out, counted */
    ZP_PIECE_UP,   /* a note that a rate was rounded up: left out where all of the unit's are */
    ZP_PIECE_CUT,  /* a note that a rate was rounded down: likewise */
} ZpPiece;

typedef struct ZpFold ZpFold;

ZpFold *zp_fold_new(void);
void zp_fold_free(ZpFold *fold);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpFold, zp_fold_free)

/** zp_fold_piece: what a finding is. */
ZpPiece zp_fold_piece(const ZpFinding *finding);

/**
 * zp_fold_add: append a piece.
 * @unit: (nullable) of a note: whose habit it is; a note of nobody is always shown
 * @error: ZP_ERROR_OUTPUT
 */
bool zp_fold_add(ZpFold *fold, ZpPiece piece, const char *unit, const GString *text,
                 GError **error);

/** zp_fold_count: add the rates of one form to its unit's. */
void zp_fold_count(ZpFold *fold, const char *unit, const ZpRateCounts *rates);

/** zp_fold_twins: how many notes on one document in two formats are left out. */
guint zp_fold_twins(const ZpFold *fold);

/* Takes the pieces that are shown, in order; false ends the walk. */
typedef bool (*ZpFoldShow)(ZpPiece piece, const char *text, gsize length, gpointer data,
                           GError **error);

/** zp_fold_show: walk over what is shown. */
bool zp_fold_show(ZpFold *fold, ZpFoldShow show, gpointer data, GError **error);

/* A unit whose notes were left out. */
typedef struct {
    const char *unit;
    const char *habit; /* "up", "cut" */
    guint n_rates, n_notes;
} ZpFolded;

/**
 * zp_fold_next: the units whose notes are left out, in the order of their first form.
 * @position: 0 at first
 *
 * Returns: false when there is no further one.
 */
bool zp_fold_next(const ZpFold *fold, guint *position, ZpFolded *folded);
