/*
 * worker.c - the child's side: shut the door, then answer until there are no more requests.
 */
#include "run/worker.h"

#include "base/error.h"
#include "base/limits.h"
#include "run/clean.h"
#include "run/parting.h"
#include "run/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* How a worker leaves that was refused memory. */
#define EXIT_NO_MEMORY 77
/* How one leaves that could not be shut in. */
#define EXIT_OPEN 78
/* Answers that may wait in the pipe: some dozens. */
#define PIPE_BYTES (512 * 1024)
/* Where a worker has its two descriptors. */
#define REQUESTS_FD 3
#define ANSWERS_FD  4
/* The size of its address space, open for the handler below; nothing where there is no /proc. */
#define STATM_FD 5

typedef struct {
    guint64 number, after, first, last;
    guint8 is_found, is_entry, is_foreign;
    char path[PATH_MAX + ZP_LIMIT_ENTRY_PATH];
} Request;

struct ZpTelling {
    guint64 number;
};

#define REQUEST_HEAD offsetof(Request, path)

/* Most of the address space is taken: then it is memory that was wanting. */
static bool is_near_limit(void)
{
    char text[32] = "";
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
        pread(STATM_FD, text, sizeof text - 1, 0) <= 0)
        return false;
    guint64 pages = g_ascii_strtoull(text, NULL, 10);
    return pages * (guint64)sysconf(_SC_PAGESIZE) > limit.rlim_cur / 4 * 3;
}

/* C++ libraries abort when there is no memory. */
static void on_abort(int number)
{
    if (is_near_limit())
        _exit(EXIT_NO_MEMORY);
    signal(number, SIG_DFL);
    raise(number);
}

/* GLib says so and then ends the program: also of one large piece, far from the limit. */
static GLogWriterOutput on_log(GLogLevelFlags level, const GLogField *fields, gsize n_fields,
                               gpointer data)
{
    for (gsize k = 0; k < n_fields && (level & G_LOG_LEVEL_ERROR); k++) {
        if (strcmp(fields[k].key, "MESSAGE") == 0 && strstr(fields[k].value, "failed to allocate"))
            _exit(EXIT_NO_MEMORY);
    }
    return g_log_writer_default(level, fields, n_fields, data);
}

/* Close the descriptors from @first to before @end; a kernel before 5.9 has no call for it. */
static void close_all(guint first, guint end)
{
    struct rlimit limit;
    if (first >= end || close_range(first, end - 1, 0) == 0)
        return;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > G_MAXINT)
        limit.rlim_cur = G_MAXINT;
    for (guint fd = first; fd < MIN(end, (guint)limit.rlim_cur); fd++)
        close((int)fd);
}

static bool move_to(int from, int to)
{
    if (from == to)
        return true;
    bool done = from >= 0 && dup2(from, to) == to;
    if (from >= 0)
        close(from);
    return done;
}

static bool open_nothing(int fd, int flags)
{
    return move_to(open("/dev/null", flags | O_CLOEXEC), fd);
}

/*
 * The two descriptors at their places, nothing else of the parent's but its standard error.  What is
 * foreign goes first: then there is room for the moves however few descriptors there may be, and no end
 * of the parent's stays open, which would keep this process waiting for itself.
 */
static bool arrange_descriptors(int requests, int answers)
{
    guint low = (guint)MIN(requests, answers), high = (guint)MAX(requests, answers);
    close_all(0, MIN(low, STDERR_FILENO));
    close_all(STDERR_FILENO + 1, low);
    close_all(MAX(low, STDERR_FILENO) + 1, high);
    close_all(MAX(high, STDERR_FILENO) + 1, G_MAXINT);
    int spare = dup(requests); /* the places may be each other's */
    bool done = spare >= 0 && close(requests) == 0 && move_to(answers, ANSWERS_FD) &&
                move_to(spare, REQUESTS_FD) && open_nothing(STDIN_FILENO, O_RDONLY) &&
                open_nothing(STDOUT_FILENO, O_WRONLY);
    close_all(ANSWERS_FD + 1, G_MAXINT);
    move_to(open("/proc/self/statm", O_RDONLY | O_CLOEXEC), STATM_FD);
    return done;
}

static bool receive(Request *request, int *fd)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control;
    struct iovec part = {request, sizeof *request - 1};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    gssize n;
    do
        n = recvmsg(REQUESTS_FD, &message, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    const struct cmsghdr *rider = CMSG_FIRSTHDR(&message);
    if (n < (gssize)REQUEST_HEAD || !rider || rider->cmsg_type != SCM_RIGHTS)
        return false;
    ((char *)request)[n] = '\0';
    memcpy(fd, CMSG_DATA(rider), sizeof *fd);
    return true;
}

static bool write_all(gconstpointer data, gsize size)
{
    for (const guint8 *p = data; size > 0;) {
        gssize n = write(ANSWERS_FD, p, size);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            p += n;
            size -= (gsize)n;
        }
    }
    return true;
}

static bool send_answer(guint64 number, guint outcome, GBytes *record)
{
    gsize size = 0;
    gconstpointer data = record ? g_bytes_get_data(record, &size) : NULL;
    const ZpAnswerHead head = {number, (guint32)size, outcome};
    return write_all(&head, sizeof head) && write_all(data, size);
}

bool zp_worker_tell(ZpTelling *telling, ZpAnswer what, const ZpAnswerPart *part,
                    gconstpointer bytes, gsize size)
{
    gsize before = part ? sizeof *part : 0;
    const ZpAnswerHead head = {telling->number, (guint32)(before + size), what};
    return write_all(&head, sizeof head) && write_all(part, before) && write_all(bytes, size);
}

static guint ask(const ZpService *service, guint64 number, const ZpAsked *asked, GBytes **record)
{
    ZpTelling telling = {number};
    if (!(service->abilities & ZP_ABILITY_UNPACK))
        return service->answer(asked, record, service->data);
    *record = service->unpack(asked, &telling, service->data);
    return *record ? (guint)ZP_OUTCOME_UNPACKED : (guint)ZP_ANSWER_NEEDS_MAIL;
}

static bool answer_one(const ZpService *service)
{
    Request request;
    int fd = -1;
    if (!receive(&request, &fd))
        return false;
    g_autoptr(GBytes) record = NULL;
    zp_clean();
    const ZpAsked asked = {.path = request.path,
                           .fd = fd,
                           .is_found = request.is_found,
                           .is_entry = request.is_entry,
                           .is_foreign = request.is_foreign,
                           .after = request.after,
                           .first = request.first,
                           .last = request.last,
                           .abilities = service->abilities};
    guint outcome = ask(service, request.number, &asked, &record);
    close(fd);
    if (record && g_bytes_get_size(record) > service->record_bytes) {
        g_clear_pointer(&record, g_bytes_unref);
        outcome = ZP_ANSWER_TOO_LARGE;
    }
    return send_answer(request.number, outcome, record);
}

/* Signals for the program are the parent's to answer; it ends its workers. */
static void set_signals(void)
{
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGABRT, on_abort);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Checkers of memory look when a program exits; others have nothing to tidy up. */
static _Noreturn void leave(void)
{
#if defined(__SANITIZE_ADDRESS__)
    exit(EXIT_SUCCESS);
#else
    _exit(EXIT_SUCCESS);
#endif
}

static _Noreturn void live(const ZpService *service, pid_t parent, int requests, int answers)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || !arrange_descriptors(requests, answers))
        _exit(EXIT_FAILURE);
    set_signals();
    zp_clean_start();
    g_log_set_writer_func(on_log, NULL, NULL);
    service->prepare(service->abilities, service->data);
    const ZpSandboxOptions sandbox = {.memory_bytes = service->memory_bytes,
                                      .write_bytes = service->write_bytes};
    guint offered = service->is_shut_in ? zp_sandbox_offers() : 0;
    if (service->is_shut_in && zp_sandbox_close(&sandbox) != offered)
        _exit(EXIT_OPEN);
    while (answer_one(service))
        continue;
    leave();
}

static bool set_start_error(GError **error)
{
    zp_error_set(error, ZP_ERROR_IO, "无法启动工作进程：%s；请用较小的 --jobs",
                 "cannot start a worker process: %s; try a smaller --jobs", g_strerror(errno));
    return false;
}

bool zp_worker_start(ZpWorker *worker, const ZpService *service, GError **error)
{
    int requests[2], answers[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, requests) != 0)
        return set_start_error(error);
    bool has_pipe = pipe2(answers, O_CLOEXEC) == 0;
    pid_t parent = getpid();
    fflush(NULL);
    pid_t pid = has_pipe ? fork() : -1;
    if (pid == 0)
        live(service, parent, requests[1], answers[1]);
    if (pid < 0)
        set_start_error(error);
    close(requests[1]);
    if (has_pipe)
        close(answers[1]);
    if (pid < 0) {
        close(requests[0]);
        if (has_pipe)
            close(answers[0]);
        return false;
    }
    fcntl(answers[0], F_SETFL, O_NONBLOCK);
    fcntl(answers[0], F_SETPIPE_SZ, PIPE_BYTES); /* less will do, too */
    *worker = (ZpWorker){pid, requests[0], answers[0]};
    return true;
}

bool zp_worker_send(const ZpWorker *worker, const ZpTask *task)
{
    Request head = {.number = task->number,
                    .after = task->after,
                    .first = task->first,
                    .last = task->last,
                    .is_found = task->is_found,
                    .is_entry = task->is_entry || task->is_ledger,
                    .is_foreign = task->is_foreign};
    struct iovec parts[] = {{&head, REQUEST_HEAD}, {task->path, strlen(task->path)}};
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    struct msghdr message = {.msg_iov = parts,
                             .msg_iovlen = G_N_ELEMENTS(parts),
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    struct cmsghdr *rider = CMSG_FIRSTHDR(&message);
    rider->cmsg_level = SOL_SOCKET;
    rider->cmsg_type = SCM_RIGHTS;
    rider->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(rider), &task->fd, sizeof(int));
    gssize n;
    do
        n = sendmsg(worker->requests, &message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n >= 0;
}

static void close_both(ZpWorker *worker)
{
    if (worker->requests >= 0)
        close(worker->requests);
    if (worker->answers >= 0)
        close(worker->answers);
    worker->requests = worker->answers = -1;
}

ZpEnd zp_worker_end(ZpWorker *worker, int *signal)
{
    close_both(worker);
    int status = zp_parting_wait(worker->pid);
    *signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS)
        return ZP_END_NONE;
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_OPEN)
        return ZP_END_OPEN;
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_MEMORY ? ZP_END_MEMORY
                                                                      : ZP_END_CRASH;
}
