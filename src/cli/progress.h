/*
 * progress.h - how far a run is, on standard error.
 *
 *     1200/100000 files (3180/s, 31 s left), 640 findings; slowest: big.pdf (2.1 s)
 *
 * On a terminal one line that is written over; elsewhere a line every ten seconds.  A short run says
 * nothing.
 */
#pragma once

#include "run/run.h"

typedef struct {
    ZpLang lang;
    bool is_shown, is_terminal;
    bool has_line;      /* one stands on the terminal */
    guint64 total;      /* files; 0: nobody knows */
    gint64 began, next; /* monotonic */
} ZpProgress;

/**
 * zp_progress_start: begin to count time.
 * @is_wanted: false: nothing is ever shown
 * @inputs: (nullable) of char *: what will be read, to be counted
 * @depth: of folders that are looked into
 */
void zp_progress_start(ZpProgress *progress, ZpLang lang, bool is_wanted, const GPtrArray *inputs,
                       guint depth);

/** zp_progress_show: show where the run is, when it is time to. */
void zp_progress_show(ZpProgress *progress, const ZpRun *run);

/** zp_progress_clear: take the line away, before something else is written or at the end. */
void zp_progress_clear(ZpProgress *progress);
