/*
 * stopwatch.c - the kernel's clock of a process, which needs no /proc, and the parent's own.
 *
 * A worker has one thread, so it uses at most a second a second: looking again after what is left
 * of its processor time is never too late.
 */
#include "run/stopwatch.h"

static gint64 cpu_now(const ZpStopwatch *stopwatch)
{
    struct timespec now;
    if (!stopwatch->has_clock || clock_gettime(stopwatch->clock, &now) != 0)
        return stopwatch->cpu;
    return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

void zp_stopwatch_start(ZpStopwatch *stopwatch, pid_t worker, gint64 waited)
{
    *stopwatch = (ZpStopwatch){.wall = waited};
    stopwatch->has_clock = clock_getcpuclockid(worker, &stopwatch->clock) == 0;
    stopwatch->cpu = cpu_now(stopwatch);
}

gint64 zp_stopwatch_left(const ZpStopwatch *stopwatch, guint cpu_seconds, guint seconds,
                         gint64 waited)
{
    gint64 wall_left = seconds * (gint64)G_USEC_PER_SEC - (waited - stopwatch->wall);
    gint64 cpu_left = cpu_seconds * (gint64)G_USEC_PER_SEC - (cpu_now(stopwatch) - stopwatch->cpu);
    return stopwatch->has_clock ? MIN(cpu_left, wall_left) : wall_left;
}
