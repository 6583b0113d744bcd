/*
 * ending.c - handlers that do only what a handler may: look at a list, unlink(), write(), alarm(), raise().
 *
 * The list is changed with the signals blocked, so a handler never sees half a change, and a file is on it
 * from the moment it exists.
 */
#include "base/ending.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static const int ENDING[] = {SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGXCPU};
/* The first so many of them ask where somebody listens. */
#define N_ASKING 3

static GSList *asides;              /* of char *: names, borrowed */
static pid_t owner;                 /* whose they are */
static int told = -1;               /* where to tell; -1: nobody listens */
static volatile sig_atomic_t first; /* the signal that was told */

static bool is_asking(int number)
{
    for (gsize k = 0; k < N_ASKING; k++) {
        if (ENDING[k] == number)
            return true;
    }
    return false;
}

static void end_by(int number)
{
    for (const GSList *one = asides; one && getpid() == owner; one = one->next)
        unlink(one->data);
    signal(number, SIG_DFL);
    raise(number); /* comes when the handler is left */
}

static void on_signal(int number)
{
    int kept = errno;
    if (told >= 0 && !first && is_asking(number) && getpid() == owner) {
        first = number;
        alarm(ZP_ENDING_SECONDS);
        gssize ignored = write(told, "", 1);
        (void)ignored;
        errno = kept;
        return;
    }
    end_by(number);
}

/* The end in order takes too long: it is by the signal that asked for it. */
static void on_alarm(int number)
{
    sigset_t one;
    (void)number;
    end_by(first);
    sigemptyset(&one);
    sigaddset(&one, first);
    sigprocmask(SIG_UNBLOCK, &one, NULL);
}

static void block(sigset_t *before)
{
    sigset_t ending;
    sigemptyset(&ending);
    for (gsize k = 0; k < G_N_ELEMENTS(ENDING); k++)
        sigaddset(&ending, ENDING[k]);
    sigaddset(&ending, SIGALRM);
    sigprocmask(SIG_BLOCK, &ending, before);
}

static void unblock(const sigset_t *before)
{
    int kept = errno;
    sigprocmask(SIG_SETMASK, before, NULL);
    errno = kept;
}

static void handle(int number)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

void zp_ending_prepare(void)
{
    owner = getpid();
    signal(SIGXFSZ, SIG_IGN);
    for (gsize k = 0; k < G_N_ELEMENTS(ENDING); k++) {
        struct sigaction action;
        if (sigaction(ENDING[k], NULL, &action) != 0 || action.sa_handler == SIG_IGN)
            continue;
        handle(ENDING[k]);
    }
}

int zp_ending_ask(void)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return -1;
    signal(SIGALRM, on_alarm);
    told = ends[1];
    /* A shell without job control starts what runs in the background with SIGINT ignored. */
    handle(SIGINT);
    handle(SIGTERM);
    return ends[0];
}

int zp_aside_open(char *name, int flags, int mode)
{
    sigset_t before;
    block(&before);
    int fd = g_mkstemp_full(name, flags, mode);
    if (fd >= 0)
        asides = g_slist_prepend(asides, name);
    unblock(&before);
    return fd;
}

static void forget(char *name)
{
    sigset_t before;
    block(&before);
    asides = g_slist_remove(asides, name);
    unblock(&before);
}

bool zp_aside_keep(char *name, const char *path)
{
    bool done = rename(name, path) == 0;
    int number = errno;
    if (!done)
        unlink(name);
    forget(name);
    errno = number;
    return done;
}

void zp_aside_drop(char *name)
{
    unlink(name);
    forget(name);
}
