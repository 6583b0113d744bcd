/*
 * pool.c - who works on what.
 *
 *     added ─▶ ready ─▶ a worker ─▶ done ─▶ delivered in order (queue.h)
 *                ▲          │
 *                └── again ─┘  when the worker died of it, or cannot do such a file
 *
 * A worker has one file at a time and gets the next, which is open already, only after its answer: one
 * that was taken over has no descriptor of a file that waits.  A file that is tried again has a fresh
 * worker for itself.
 */
#include "run/pool.h"

#include "base/error.h"
#include "run/queue.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Bytes of one read(). */
#define CHUNK (256u * 1024)
/* Workers that may die of a file: by their own doing, or killed by somebody else. */
#define TRIES_CRASHED 2
#define TRIES_KILLED  5

typedef struct {
    ZpWorker process;
    guint abilities;
    ZpTask *task;     /* (nullable) the one it works on */
    guint n_files;    /* it was given so far */
    bool is_retiring; /* gets no more */
    GByteArray *in;   /* an answer under way */
    gint64 since;     /* when it was given the task, monotonic */
    ZpEnd end;        /* why the parent ended it */
} Worker;

struct ZpPool {
    ZpPoolOptions options;
    ZpQueue *queue;
    GQueue ready;       /* of ZpTask, not yet given out */
    GPtrArray *workers; /* of Worker */
    guint abilities;    /* that every further worker gets */
    GError *ended_badly;
};

static void worker_free(gpointer data)
{
    Worker *worker = data;
    g_byte_array_unref(worker->in);
    g_free(worker);
}

ZpPool *zp_pool_new(const ZpPoolOptions *options)
{
    ZpPool *pool = g_new0(ZpPool, 1);
    pool->options = *options;
    pool->queue = zp_queue_new();
    g_queue_init(&pool->ready);
    pool->workers = g_ptr_array_new_with_free_func(worker_free);
    return pool;
}

void zp_pool_free(ZpPool *pool)
{
    int ignored;
    if (!pool)
        return;
    for (guint k = 0; k < pool->workers->len; k++) {
        Worker *worker = g_ptr_array_index(pool->workers, k);
        kill(worker->process.pid, SIGKILL);
        zp_worker_end(&worker->process, &ignored);
    }
    g_ptr_array_unref(pool->workers);
    g_queue_clear(&pool->ready);
    zp_queue_free(pool->queue);
    g_clear_error(&pool->ended_badly);
    g_free(pool);
}

/* An office program runs outside the worker, so such a worker is for nothing else. */
static bool can(const Worker *worker, guint needs)
{
    return (worker->abilities & needs) == needs &&
           !((worker->abilities ^ needs) & ZP_ABILITY_OFFICE);
}

/* One without a task that can take this one; NULL: none. */
static Worker *find_idle(const ZpPool *pool, const ZpTask *task)
{
    for (guint k = 0; k < pool->workers->len; k++) {
        Worker *worker = g_ptr_array_index(pool->workers, k);
        bool is_idle = !worker->task && !worker->is_retiring && worker->end == ZP_END_NONE;
        if (is_idle && can(worker, task->needs) && (!task->tries || worker->n_files == 0))
            return worker;
    }
    return NULL;
}

/* Told to go: it answers what it has, then leaves. */
static void retire(Worker *worker)
{
    worker->is_retiring = true;
    if (worker->process.requests >= 0)
        close(worker->process.requests);
    worker->process.requests = -1;
}

/* No worker of the kind is on its way: the first idle one, or any, makes room for one. */
static void make_room(ZpPool *pool, const ZpTask *task)
{
    Worker *chosen = NULL;
    for (guint k = 0; k < pool->workers->len; k++) {
        Worker *worker = g_ptr_array_index(pool->workers, k);
        if (worker->is_retiring || (can(worker, task->needs) && !task->tries))
            return;
        if (!chosen || !worker->task)
            chosen = worker;
    }
    if (chosen)
        retire(chosen);
}

static Worker *start_worker(ZpPool *pool, guint needs, GError **error)
{
    Worker *worker = g_new0(Worker, 1);
    ZpService service = pool->options.service;
    pool->abilities |= needs & ZP_ABILITY_PDF;
    service.abilities = needs & ZP_ABILITY_OFFICE ? needs : pool->abilities | needs;
    service.is_shut_in &= !(needs & ZP_ABILITY_OFFICE);
    worker->in = g_byte_array_new();
    worker->abilities = service.abilities;
    if (zp_worker_start(&worker->process, &service, error)) {
        g_ptr_array_add(pool->workers, worker);
        return worker;
    }
    worker_free(worker);
    return NULL;
}

/* The worker that takes a task now; NULL: none yet; @error when no worker at all can be had. */
static Worker *worker_for(ZpPool *pool, const ZpTask *task, GError **error)
{
    g_autoptr(GError) why = NULL;
    Worker *worker = find_idle(pool, task);
    if (worker)
        return worker;
    if (pool->workers->len < pool->options.jobs) {
        Worker *fresh = start_worker(pool, task->needs, &why);
        if (!fresh && !pool->workers->len)
            g_propagate_error(error, g_steal_pointer(&why));
        return fresh;
    }
    make_room(pool, task);
    return NULL;
}

static void give(ZpPool *pool, Worker *worker, ZpTask *task)
{
    worker->since = g_get_monotonic_time();
    worker->task = task;
    /* One that is gone is found out when its answers end; the task is then given out again. */
    zp_worker_send(&worker->process, task);
    if (++worker->n_files >= pool->options.files)
        retire(worker);
}

static void close_input(ZpTask *task)
{
    if (task->fd >= 0)
        close(task->fd);
    task->fd = -1;
}

static bool settle(ZpPool *pool, ZpTask *task, GBytes *record, ZpEnd end, GError **error)
{
    close_input(task);
    task->end = end;
    return zp_queue_settle(pool->queue, task, record, error);
}

/* What is known without a worker: that it cannot be opened, or, from an earlier run, its record. */
static bool is_settled(ZpPool *pool, ZpTask *task, GError **error)
{
    if (task->fd < 0 && !task->error && !task->record)
        pool->options.open(task, pool->options.data);
    if (!task->error && !task->record)
        return false;
    g_queue_pop_head(&pool->ready);
    g_autoptr(GBytes) known = g_steal_pointer(&task->record);
    settle(pool, task, known, ZP_END_NONE, error);
    return true;
}

/* Give out what is ready, as far as there is room. */
static bool give_out(ZpPool *pool, GError **error)
{
    g_autoptr(GError) why = NULL;
    while (pool->ready.length > 0 && !why) {
        ZpTask *task = g_queue_peek_head(&pool->ready);
        if (is_settled(pool, task, &why))
            continue;
        Worker *worker = worker_for(pool, task, &why);
        if (!worker)
            break;
        give(pool, worker, g_queue_pop_head(&pool->ready));
    }
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    return !error || !*error;
}

static ZpTask *take_task(Worker *worker)
{
    ZpTask *task = g_steal_pointer(&worker->task);
    task->us = g_get_monotonic_time() - worker->since;
    return task;
}

static void try_again(ZpPool *pool, ZpTask *task)
{
    lseek(task->fd, 0, SEEK_SET);
    g_queue_push_head(&pool->ready, task);
}

static void stop(Worker *worker, ZpEnd end)
{
    worker->end = end;
    kill(worker->process.pid, SIGKILL);
}

static const struct {
    ZpOutcome outcome;
    guint ability;
} NEEDS[] = {
    {ZP_OUTCOME_NEEDS_PDF, ZP_ABILITY_PDF},
    {ZP_OUTCOME_NEEDS_OFFICE, ZP_ABILITY_OFFICE},
};

/* A file that this worker cannot read goes to one that can; asked for twice, it is a lie. */
static bool pass_on(ZpPool *pool, Worker *worker, guint outcome)
{
    for (guint k = 0; k < G_N_ELEMENTS(NEEDS); k++) {
        if (NEEDS[k].outcome != outcome || (worker->abilities & NEEDS[k].ability))
            continue;
        ZpTask *task = take_task(worker);
        task->needs |= NEEDS[k].ability;
        try_again(pool, task);
        return true;
    }
    return false;
}

/* One whole answer. */
static bool take_answer(ZpPool *pool, Worker *worker, const ZpAnswerHead *head, const guint8 *data,
                        GError **error)
{
    if (head->outcome == ZP_ANSWER_TOO_LARGE)
        return settle(pool, take_task(worker), NULL, ZP_END_OUTPUT, error);
    if (pass_on(pool, worker, head->outcome))
        return true;
    if (head->outcome > ZP_OUTCOME_SKIPPED) {
        stop(worker, ZP_END_PROTOCOL);
        return true;
    }
    g_autoptr(GBytes) record = g_bytes_new(data, head->size);
    return settle(pool, take_task(worker), record, ZP_END_NONE, error);
}

/* A head that is not the one to come next, or promises more than it may. */
static bool is_sound(const ZpPool *pool, const Worker *worker, const ZpAnswerHead *head)
{
    return worker->task && worker->task->number == head->number &&
           head->size <= pool->options.service.record_bytes;
}

/* The answers that are whole. */
static bool take_answers(ZpPool *pool, Worker *worker, GError **error)
{
    gsize taken = 0;
    ZpAnswerHead head;
    while (worker->end == ZP_END_NONE && worker->in->len - taken >= sizeof head) {
        memcpy(&head, worker->in->data + taken, sizeof head);
        if (!is_sound(pool, worker, &head)) {
            stop(worker, ZP_END_PROTOCOL);
            break;
        }
        if (worker->in->len - taken - sizeof head < head.size)
            break;
        if (!take_answer(pool, worker, &head, worker->in->data + taken + sizeof head, error))
            return false;
        taken += sizeof head + head.size;
    }
    if (taken > 0)
        g_byte_array_remove_range(worker->in, 0, (guint)taken);
    return true;
}

/* What of its bytes is there; false when there will be no more. */
static bool read_answers(Worker *worker)
{
    guint length = worker->in->len;
    g_byte_array_set_size(worker->in, length + CHUNK);
    gssize n;
    do
        n = read(worker->process.answers, worker->in->data + length, CHUNK);
    while (n < 0 && errno == EINTR);
    bool waits = n < 0 && errno == EAGAIN;
    g_byte_array_set_size(worker->in, length + (n > 0 ? (guint)n : 0));
    return n > 0 || waits;
}

static void note_bad_end(ZpPool *pool, int signal)
{
    if (pool->ended_badly || signal == SIGKILL)
        return;
    zp_error_set(&pool->ended_badly, ZP_ERROR_IO, "一个工作进程没有正常结束（信号 %d）",
                 "a worker process did not end in order (signal %d)", signal);
}

/* The task that a worker died of: once more alone, or the end of it. */
static bool bury_task(ZpPool *pool, ZpTask *task, ZpEnd end, int number, GError **error)
{
    bool is_killed = end == ZP_END_CRASH && number == SIGKILL;
    task->signal = number;
    if (++task->tries >= (is_killed ? TRIES_KILLED : TRIES_CRASHED))
        return settle(pool, task, NULL, end, error);
    try_again(pool, task);
    return true;
}

/* A worker whose answers have ended. */
static bool bury(ZpPool *pool, Worker *worker, GError **error)
{
    int number = 0;
    ZpEnd end = zp_worker_end(&worker->process, &number);
    ZpTask *task = g_steal_pointer(&worker->task);
    if (worker->end != ZP_END_NONE)
        end = worker->end;
    else if (!task && end != ZP_END_NONE)
        note_bad_end(pool, number);
    g_ptr_array_remove_fast(pool->workers, worker);
    if (end == ZP_END_OPEN) {
        zp_error_set(error, ZP_ERROR_IO,
                     "工作进程没能完全隔离，因此没有读取文件；“ziping doctor” 会说明原因",
                     "a worker process could not be shut in, so nothing was read; `ziping doctor` "
                     "says why");
        if (task)
            try_again(pool, task);
        return false;
    }
    /* One that left though it had work says nothing about the file, but did not do it either. */
    return !task || bury_task(pool, task, end == ZP_END_NONE ? ZP_END_CRASH : end, number, error);
}

static bool hear(ZpPool *pool, Worker *worker, GError **error)
{
    bool is_alive = read_answers(worker);
    if (!take_answers(pool, worker, error))
        return false;
    return is_alive || bury(pool, worker, error);
}

/* Milliseconds until the next deadline; ends those whose is over.  -1: there is none. */
static int watch_time(ZpPool *pool)
{
    gint64 now = g_get_monotonic_time(), limit = (gint64)pool->options.seconds * G_USEC_PER_SEC;
    gint64 next = G_MAXINT64;
    for (guint k = 0; k < pool->workers->len; k++) {
        Worker *worker = g_ptr_array_index(pool->workers, k);
        if (!worker->task || worker->end != ZP_END_NONE)
            continue;
        gint64 left = worker->since + limit - now;
        if (left <= 0)
            stop(worker, ZP_END_TIME);
        else
            next = MIN(next, left);
    }
    return next == G_MAXINT64 ? -1 : (int)(next / 1000) + 1;
}

/* Wait until a worker says something, listen, and give it the next task before anything else. */
static bool listen_once(ZpPool *pool, GError **error)
{
    guint n = pool->workers->len;
    g_autofree struct pollfd *files = g_new0(struct pollfd, n);
    g_autofree Worker **workers = g_new0(Worker *, n);
    int timeout = watch_time(pool);
    for (guint k = 0; k < n; k++) {
        workers[k] = g_ptr_array_index(pool->workers, k);
        files[k] = (struct pollfd){workers[k]->process.answers, POLLIN, 0};
    }
    if (poll(files, n, timeout) <= 0)
        return true;
    for (guint k = 0; k < n; k++) {
        if (files[k].revents && !(hear(pool, workers[k], error) && give_out(pool, error)))
            return false;
    }
    return true;
}

static bool deliver(ZpPool *pool, GError **error)
{
    for (;;) {
        g_autoptr(ZpTask) task = NULL;
        if (!zp_queue_pop(pool->queue, &task, error))
            return false;
        if (!task)
            return true;
        if (!pool->options.deliver(task, pool->options.data, error))
            return false;
    }
}

/* Give out, listen, deliver; whether that may wait is said by @is_full. */
static bool step(ZpPool *pool, GError **error)
{
    return give_out(pool, error) && (!pool->workers->len || listen_once(pool, error)) &&
           deliver(pool, error);
}

bool zp_pool_add(ZpPool *pool, ZpTask *task, GError **error)
{
    zp_queue_push(pool->queue, task);
    if (task->is_done)
        return deliver(pool, error);
    g_queue_push_tail(&pool->ready, task);
    if (!give_out(pool, error))
        return false;
    /* One waits for each worker, so that none waits for the next to be found. */
    while (pool->ready.length > pool->options.jobs ||
           zp_queue_length(pool->queue) > pool->options.ahead) {
        if (!step(pool, error))
            return false;
    }
    return true;
}

bool zp_pool_drain(ZpPool *pool, GError **error)
{
    while (zp_queue_length(pool->queue) > 0) {
        if (!step(pool, error))
            return false;
    }
    return true;
}

bool zp_pool_finish(ZpPool *pool, GError **error)
{
    for (guint k = 0; k < pool->workers->len; k++)
        retire(g_ptr_array_index(pool->workers, k));
    while (pool->workers->len > 0) {
        if (!bury(pool, g_ptr_array_index(pool->workers, 0), error))
            return false;
    }
    if (pool->ended_badly)
        g_propagate_error(error, g_steal_pointer(&pool->ended_badly));
    return !error || !*error;
}
