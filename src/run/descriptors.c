/*
 * descriptors.c - the limit, and what of it is taken: asked of each number, for that needs no /proc.
 */
#include "run/descriptors.h"

#include "base/limits.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

/* More than any run needs. */
#define ENOUGH (ZP_LIMIT_JOBS * ZP_DESCRIPTORS_OF_WORKER + 2 * ZP_DESCRIPTORS_RESERVE)

void zp_descriptors_raise(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= ENOUGH)
        return;
    limit.rlim_cur = MIN(limit.rlim_max, ENOUGH);
    setrlimit(RLIMIT_NOFILE, &limit);
}

static guint count_free(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return ENOUGH;
    guint n_free = 0, most = (guint)MIN(limit.rlim_cur, 2 * ENOUGH);
    for (guint fd = 0; fd < most; fd++)
        n_free += fcntl((int)fd, F_GETFD) < 0;
    return n_free;
}

bool zp_descriptors_suffice(guint outputs)
{
    return count_free() >= ZP_DESCRIPTORS_RESERVE + ZP_DESCRIPTORS_OF_WORKER + outputs;
}

guint zp_descriptors_jobs(guint wanted)
{
    guint n_free = count_free();
    if (n_free < ZP_DESCRIPTORS_RESERVE + ZP_DESCRIPTORS_OF_WORKER)
        return 1;
    return MIN(wanted, (n_free - ZP_DESCRIPTORS_RESERVE) / ZP_DESCRIPTORS_OF_WORKER);
}

guint zp_descriptors_cores(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return (guint)CLAMP(cores, 1, (long)ZP_LIMIT_JOBS);
}
