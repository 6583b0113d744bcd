/*
 * stopwatch.h - how long a worker has been at one file.
 *
 * What a file costs is the processor's time, whatever else the machine does: under load a sound
 * file takes long by the clock on the wall and is no worse for it.  The clock on the wall only
 * ends what waits without working, and runs only while the parent listens: a reader of the
 * output who stops for a while, or a machine that sleeps, is not the file's doing.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

typedef struct {
    clockid_t clock;  /* of the worker's processor time */
    bool has_clock;   /* false: the system tells none, and the wall alone counts */
    gint64 cpu, wall; /* microseconds when it began */
} ZpStopwatch;

/**
 * zp_stopwatch_start: from now on.
 * @worker: a process; what processes of its own take is not counted
 * @waited: microseconds that the parent has listened so far
 */
void zp_stopwatch_start(ZpStopwatch *stopwatch, pid_t worker, gint64 waited);

/**
 * zp_stopwatch_left: microseconds after which it is worth to look again.
 * @cpu_seconds, @seconds: what may be used, and waited
 *
 * Returns: 0 or less: one of them is used up.
 */
gint64 zp_stopwatch_left(const ZpStopwatch *stopwatch, guint cpu_seconds, guint seconds,
                         gint64 waited);
