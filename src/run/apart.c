/*
 * apart.c - fork, shut in, work, write the answer into a pipe.
 *
 * The process has what its parent has in memory, so nothing is handed to it; what comes back is a
 * stranger's bytes: bounded, and brought into normal form by GVariant.
 */
#include "run/apart.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/ooxml/package.h"
#include "run/parting.h"
#include "run/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Bytes read at a time. */
#define CHUNK (64u * 1024)

static bool write_all(int fd, const guint8 *at, gsize size)
{
    while (size > 0) {
        gssize n = write(fd, at, size);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            at += n;
            size -= (gsize)n;
        }
    }
    return true;
}

static _Noreturn void leave(int status)
{
#if defined(__SANITIZE_ADDRESS__)
    exit(status); /* the checker of leaks looks then */
#else
    _exit(status);
#endif
}

static _Noreturn void live(const ZpApart *apart, pid_t parent, int fd)
{
    const struct rlimit time = {apart->seconds, apart->seconds};
    const ZpSandboxOptions sandbox = {.memory_bytes = apart->memory_bytes};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || setrlimit(RLIMIT_CPU, &time) != 0)
        _exit(EXIT_FAILURE);
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    zp_package_prepare();
    if (apart->prepare)
        apart->prepare(apart->data);
    guint offered = apart->is_shut_in ? zp_sandbox_offers() : 0;
    if (apart->is_shut_in && zp_sandbox_close(&sandbox) != offered)
        _exit(EXIT_FAILURE);
    GVariant *answer = g_variant_ref_sink(apart->work(apart->data));
    bool done = write_all(fd, g_variant_get_data(answer), g_variant_get_size(answer));
    g_variant_unref(answer);
    leave(done ? EXIT_SUCCESS : EXIT_FAILURE);
}

/* Until the pipe's end; false for too much, or too late. */
static bool read_all(int fd, const ZpApart *apart, GByteArray *out)
{
    gint64 until = g_get_monotonic_time() +
                   (gint64)apart->seconds * ZP_LIMIT_FILE_PATIENCE * G_TIME_SPAN_SECOND;
    for (;;) {
        gint64 left = until - g_get_monotonic_time();
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        int n_ready = left > 0 ? poll(&ready, 1, (int)MIN(left / 1000 + 1, G_MAXINT)) : 0;
        if (n_ready < 0 && errno == EINTR)
            continue;
        if (n_ready <= 0 || out->len > apart->most)
            return false;
        guint start = out->len;
        g_byte_array_set_size(out, start + CHUNK);
        gssize n = read(fd, out->data + start, CHUNK);
        g_byte_array_set_size(out, start + (guint)MAX(n, 0));
        if (n == 0)
            return true;
        if (n < 0 && errno != EINTR)
            return false;
    }
}

static bool has_ended_well(pid_t pid)
{
    int status = zp_parting_wait(pid);
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}

static GVariant *take_answer(const ZpApart *apart, GByteArray *bytes)
{
    g_autoptr(GBytes) answer = g_byte_array_free_to_bytes(g_byte_array_ref(bytes));
    g_autoptr(GVariant) raw =
        g_variant_ref_sink(g_variant_new_from_bytes(apart->type, answer, FALSE));
    return g_variant_get_normal_form(raw);
}

GVariant *zp_apart_run(const ZpApart *apart, GError **error)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    int ends[2];
    pid_t parent = getpid(), pid = -1;
    fflush(NULL);
    if (pipe2(ends, O_CLOEXEC) == 0 && (pid = fork()) == 0)
        live(apart, parent, ends[1]);
    if (pid < 0) {
        zp_error_set(error, ZP_ERROR_IO, "无法启动工作进程：%s",
                     "cannot start a worker process: %s", g_strerror(errno));
        return NULL;
    }
    close(ends[1]);
    bool done = read_all(ends[0], apart, bytes);
    close(ends[0]);
    if (!done)
        kill(pid, SIGKILL);
    done &= has_ended_well(pid);
    if (!done) {
        zp_error_set(
            error, ZP_ERROR_IO, "工作进程没有做完：它出错、超时或结果太大",
            "the worker process did not finish: it failed, took too long or said too much");
        return NULL;
    }
    return take_answer(apart, bytes);
}
