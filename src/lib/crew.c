/*
 * crew.c - worker programs: posix_spawn, so that not a byte of the host is copied; a socket, whose end is their end.
 *
 * Nobody is killed or waited for by number: the host may have waited for all its children, and the number may be another's.
 * A session of their own keeps them from what a terminal sends to the host.
 */
#include "lib/crew.h"

#include "base/error.h"
#include "parsers/shared/modules.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "ziping-worker"
/* Worker programs that a call may have: one that ended may have been ended by somebody. */
#define TRIES 2

typedef struct {
    pid_t pid;
    int process; /* stands for it even when its number is another's; -1: an old kernel */
    int socket;
    char *layers;
} Worker;

struct ZpCrew {
    char *program, *options, *layers;
    guint most;
    pthread_mutex_t lock;
    pthread_cond_t freed;
    GPtrArray *idle; /* of Worker, under the lock */
    guint n_started; /* likewise: idle or with a call */
};

static void end_worker(gpointer data)
{
    Worker *worker = data;
    idtype_t kind = worker->process >= 0 ? (idtype_t)P_PIDFD : P_PID;
    id_t which = worker->process >= 0 ? (id_t)worker->process : (id_t)worker->pid;
    siginfo_t about;
    close(worker->socket);
    while (waitid(kind, which, &about, WEXITED) != 0 && errno == EINTR)
        continue;
    if (worker->process >= 0)
        close(worker->process);
    g_free(worker->layers);
    g_free(worker);
}

/* Nothing of the host's goes with it: its descriptors, what it ignores, what it has blocked. */
static int spawn(const char *program, int end, pid_t *pid)
{
    extern char **environ;
    char *const words[] = {(char *)PROGRAM, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, end, ZP_LINK_FD);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, ZP_LINK_FD + 1);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
    int number = posix_spawn(pid, program, &actions, &attributes, words, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return number;
}

static bool set_ended(GError **error)
{
    zp_error_set(error, ZP_ERROR_IO, "工作程序中途结束了，没有结果",
                 "a worker program ended and left no result");
    return false;
}

static void take_error(const ZpFrame *frame, GError **error)
{
    zp_error_set(error, (ZpErrorCode)frame->code, "%s%.0s", "%.0s%s",
                 frame->texts[0] ? frame->texts[0] : "", frame->texts[1] ? frame->texts[1] : "");
}

static bool greet(Worker *worker, const char *options, GError **error)
{
    const ZpFrame hello = {.kind = ZP_FRAME_HELLO,
                           .texts = {(char *)ZP_VERSION, (char *)options},
                           .folder = -1,
                           .bytes = -1};
    g_auto(ZpFrame) reply = {.folder = -1, .bytes = -1};
    if (!zp_link_send(worker->socket, &hello) || !zp_link_receive(worker->socket, &reply) ||
        (reply.kind != ZP_FRAME_READY && reply.kind != ZP_FRAME_ERROR) || !reply.texts[0])
        return set_ended(error);
    if (reply.kind == ZP_FRAME_ERROR) {
        take_error(&reply, error);
        return false;
    }
    worker->layers = g_steal_pointer(&reply.texts[0]);
    return true;
}

static Worker *start_worker(const char *program, const char *options, GError **error)
{
    int ends[2];
    pid_t pid = 0;
    int number = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0 ? 0 : errno;
    if (!number) {
        number = spawn(program, ends[1], &pid);
        close(ends[1]);
        if (number)
            close(ends[0]);
    }
    if (number) {
        zp_error_set(error, ZP_ERROR_IO, "无法启动工作程序 %s：%s",
                     "cannot start the worker program %s: %s", program, g_strerror(number));
        return NULL;
    }
    Worker *worker = g_new0(Worker, 1);
    worker->pid = pid;
    worker->process = pidfd_open(pid, 0);
    worker->socket = ends[0];
    if (greet(worker, options, error))
        return worker;
    end_worker(worker);
    return NULL;
}

ZpCrew *zp_crew_new(guint most, const char *program, const char *options, GError **error)
{
    g_autofree char *path = program ? g_strdup(program) : zp_module_path(PROGRAM);
    Worker *worker = path ? start_worker(path, options, error) : NULL;
    if (!path)
        zp_error_set(error, ZP_ERROR_IO, "找不到工作程序 %s；请安装完整的 ziping",
                     "there is no worker program %s; install all of ziping", PROGRAM);
    if (!worker)
        return NULL;
    ZpCrew *crew = g_new0(ZpCrew, 1);
    crew->most = most;
    crew->program = g_steal_pointer(&path);
    crew->options = g_strdup(options);
    crew->layers = g_strdup(worker->layers);
    crew->idle = g_ptr_array_new_with_free_func(end_worker);
    crew->n_started = 1;
    g_ptr_array_add(crew->idle, worker);
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->freed, NULL);
    return crew;
}

void zp_crew_free(ZpCrew *crew)
{
    if (!crew)
        return;
    g_ptr_array_unref(crew->idle);
    pthread_cond_destroy(&crew->freed);
    pthread_mutex_destroy(&crew->lock);
    g_free(crew->program);
    g_free(crew->options);
    g_free(crew->layers);
    g_free(crew);
}

const char *zp_crew_layers(const ZpCrew *crew)
{
    return crew->layers;
}

/* An idle one says nothing, so what is there to read is its end. */
static bool is_gone(const Worker *worker)
{
    struct pollfd end = {worker->socket, POLLIN, 0};
    return poll(&end, 1, 0) > 0;
}

static Worker *pop_idle(ZpCrew *crew)
{
    while (crew->idle->len) {
        Worker *worker = g_ptr_array_steal_index(crew->idle, crew->idle->len - 1);
        if (!is_gone(worker))
            return worker;
        end_worker(worker);
        crew->n_started--;
    }
    return NULL;
}

/* An idle one; NULL: there may be one more, which is counted already. */
static Worker *find_idle(ZpCrew *crew)
{
    pthread_mutex_lock(&crew->lock);
    Worker *worker = pop_idle(crew);
    while (!worker && crew->n_started >= crew->most) {
        pthread_cond_wait(&crew->freed, &crew->lock);
        worker = pop_idle(crew);
    }
    crew->n_started += !worker;
    pthread_mutex_unlock(&crew->lock);
    return worker;
}

/* @worker: (nullable) NULL: there is one less */
static void give_back(ZpCrew *crew, Worker *worker)
{
    pthread_mutex_lock(&crew->lock);
    if (worker)
        g_ptr_array_add(crew->idle, worker);
    else
        crew->n_started--;
    pthread_cond_signal(&crew->freed);
    pthread_mutex_unlock(&crew->lock);
}

/* One try: false when the worker program has ended.  Whoever ended one may have ended all, which is seen only a
 * moment later, so that a second try is with a fresh one. */
static bool try_call(ZpCrew *crew, const ZpFrame *frame, bool is_again, ZpFrame *reply,
                     GError **error)
{
    Worker *worker = find_idle(crew);
    if (worker && is_again) {
        end_worker(worker);
        worker = NULL;
    }
    if (!worker)
        worker = start_worker(crew->program, crew->options, error);
    if (!worker) {
        give_back(crew, NULL);
        return false;
    }
    if (zp_link_send(worker->socket, frame) && zp_link_receive(worker->socket, reply) &&
        (reply->kind == ZP_FRAME_RESULT || reply->kind == ZP_FRAME_ERROR) && reply->texts[0]) {
        give_back(crew, worker);
        return true;
    }
    end_worker(worker);
    give_back(crew, NULL);
    return set_ended(error);
}

char *zp_crew_call(ZpCrew *crew, const ZpFrame *frame, GError **error)
{
    g_autoptr(GError) why = NULL;
    for (guint k = 0; k < TRIES; k++) {
        g_auto(ZpFrame) reply = {.folder = -1, .bytes = -1};
        g_clear_error(&why);
        if (frame->bytes >= 0)
            lseek(frame->bytes, 0, SEEK_SET);
        if (!try_call(crew, frame, k > 0, &reply, &why))
            continue;
        if (reply.kind == ZP_FRAME_RESULT)
            return g_steal_pointer(&reply.texts[0]);
        take_error(&reply, error);
        return NULL;
    }
    g_propagate_error(error, g_steal_pointer(&why));
    return NULL;
}
