/*
 * drawing.h - what a format's reader hands on of one page: its rules and its text.
 */
#pragma once

#include "parsers/print/drawn.h"
#include "parsers/print/marks.h"
#include "parsers/print/turn.h"

/* What one page shows, beside its text. */
typedef struct {
    Marks *marks;
    float width, height;             /* as shown */
    guint64 n_codes;                 /* bytes of the strings that text operators show */
    guint64 codes_by_turn[TURN_ALL]; /* of them, by the way they run */
    bool has_picture;
    bool is_cut;       /* a limit stopped the walk; what was read before stays */
    bool is_too_large; /* past ZP_LIMIT_PDF_CONTENT_BYTES: nothing was read, and nobody should */
    bool is_lost;      /* some content is damaged or missing */
    Drawn *drawn;      /* its text */
} PageDrawing;

/** drawing_clear: free what a drawing holds.  (unseen.c) */
void drawing_clear(PageDrawing *drawing);
