/*
 * parting.c - by a descriptor of the process, or, on kernels before 5.3, by looking again and again.
 */
#include "run/parting.h"

#include "base/limits.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_gone(pid_t child, int *status, int flags)
{
    pid_t found;
    do
        found = waitpid(child, status, flags);
    while (found < 0 && errno == EINTR);
    return found != 0;
}

int zp_parting_wait(pid_t child)
{
    int status = 0;
    gint64 until = g_get_monotonic_time() + ZP_LIMIT_PARTING_SECONDS * G_TIME_SPAN_SECOND;
    struct pollfd end = {.fd = pidfd_open(child, 0), .events = POLLIN};
    while (!is_gone(child, &status, WNOHANG)) {
        gint64 left = until - g_get_monotonic_time();
        if (left <= 0) {
            kill(child, SIGKILL);
            is_gone(child, &status, 0);
            break;
        }
        poll(&end, 1, end.fd >= 0 ? (int)(left / 1000) + 1 : 1);
    }
    if (end.fd >= 0)
        close(end.fd);
    return status;
}
