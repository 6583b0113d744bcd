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
#include "run/opener.h"
#include "run/queue.h"
#include "run/staff.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Workers that a file may have: that die by their own doing, that somebody else kills, that take too
 * long, as the next one would. */
#define TRIES_CRASHED 2
#define TRIES_KILLED  5
#define TRIES_ENDLESS 1

struct ZpPool {
    ZpPoolOptions options;
    ZpQueue *queue;
    GQueue ready; /* of ZpTask, not yet given out */
    ZpStaff *staff;
    ZpOpener opener;
    gint64 waited; /* microseconds that the parent has listened for answers */
    GError *ended_badly;
};

ZpPool *zp_pool_new(const ZpPoolOptions *options)
{
    ZpPool *pool = g_new0(ZpPool, 1);
    pool->options = *options;
    pool->queue = zp_queue_new();
    g_queue_init(&pool->ready);
    pool->staff = zp_staff_new(options->jobs, &options->service);
    zp_opener_init(&pool->opener, &pool->options, pool->queue);
    return pool;
}

void zp_pool_free(ZpPool *pool)
{
    if (!pool)
        return;
    zp_opener_clear(&pool->opener);
    zp_staff_free(pool->staff);
    g_queue_clear(&pool->ready);
    zp_queue_free(pool->queue);
    g_clear_error(&pool->ended_badly);
    g_free(pool);
}

static void give(ZpPool *pool, ZpStaffer *worker, ZpTask *task)
{
    worker->since = g_get_monotonic_time();
    zp_stopwatch_start(&worker->stopwatch, worker->process.pid, pool->waited);
    worker->task = task;
    /* One that is gone is found out when its answers end; the task is then given out again. */
    zp_worker_send(&worker->process, task);
    if (++worker->n_files >= pool->options.files)
        zp_staff_retire(worker);
}

static void close_input(ZpTask *task)
{
    if (task->fd >= 0)
        close(task->fd);
    task->fd = -1;
}

static bool settle(ZpPool *pool, ZpTask *task, GBytes *record, ZpEnd end, GError **error)
{
    bool is_wanted = pool->options.keeps_entries && task->is_entry && task->fd >= 0 && record;
    if (is_wanted && !zp_queue_keep(pool->queue, task, error))
        return false;
    close_input(task);
    task->end = end;
    return zp_queue_settle(pool->queue, task, record, error);
}

static bool is_busy(const ZpPool *pool)
{
    return zp_staff_is_busy(pool->staff) || pool->opener.archive;
}

/* Open its input.  Where the machine gives nothing more it waits until another is done with (false); when there is
 * no other, nothing can be read (@error). */
static bool open_input(ZpPool *pool, ZpTask *task, GError **error)
{
    if (!task->is_opened && !task->error && !task->record)
        pool->options.open(task, pool->options.data);
    task->is_opened = true;
    if (!task->error || task->error->code != ZP_ERROR_STARVED)
        return true;
    g_autoptr(GError) why = g_steal_pointer(&task->error);
    task->is_opened = false;
    if (!is_busy(pool))
        g_propagate_error(error, g_steal_pointer(&why));
    return false;
}

/* The task to be given out next: what is in an archive comes before what was found later. */
static ZpTask *next_task(ZpPool *pool)
{
    ZpTask *entry = zp_opener_next(&pool->opener);
    return entry ? entry : g_queue_peek_head(&pool->ready);
}

static ZpTask *pop_task(ZpPool *pool)
{
    return zp_opener_next(&pool->opener) ? zp_opener_pop(&pool->opener)
                                         : g_queue_pop_head(&pool->ready);
}

/* What is known without a worker: that it cannot be opened, or, from an earlier run, its record. */
static bool is_settled(ZpPool *pool, ZpTask *task, GError **error)
{
    if (!task->error && !task->record)
        return false;
    pop_task(pool);
    g_autoptr(GBytes) known = g_steal_pointer(&task->record);
    settle(pool, task, known, ZP_END_NONE, error);
    return true;
}

/* An archive of which an earlier run has done a part: it is known to be one. */
static bool is_begun(ZpPool *pool, ZpTask *task)
{
    if (!task->is_archive || !task->is_opened || task->fd < 0)
        return false;
    zp_opener_add(&pool->opener, pop_task(pool));
    return true;
}

/* Give out what is ready, as far as there is room. */
static bool give_out(ZpPool *pool, GError **error)
{
    g_autoptr(GError) why = NULL;
    for (ZpTask *task; !why && (task = next_task(pool));) {
        if (!open_input(pool, task, &why))
            break;
        if (is_settled(pool, task, &why) || is_begun(pool, task))
            continue;
        ZpStaffer *worker = zp_staff_find(pool->staff, task, &why);
        if (!worker)
            break;
        give(pool, worker, pop_task(pool));
    }
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    return !error || !*error;
}

static ZpTask *take_task(ZpStaffer *worker)
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

static void stop(ZpStaffer *worker, ZpEnd end)
{
    worker->end = end;
    kill(worker->process.pid, SIGKILL);
}

static const struct {
    ZpOutcome outcome;
    guint ability;
} NEEDS[] = {
    {ZP_OUTCOME_NEEDS_PDF, ZP_ABILITY_PDF},
    {ZP_OUTCOME_NEEDS_IMAGE, ZP_ABILITY_IMAGE},
    {ZP_OUTCOME_NEEDS_OFFICE, ZP_ABILITY_OFFICE},
};

/* A file that this worker cannot read goes to one that can; asked for twice, it is a lie. */
static bool pass_on(ZpPool *pool, ZpStaffer *worker, guint outcome)
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
static bool take_answer(ZpPool *pool, ZpStaffer *worker, const ZpAnswerHead *head,
                        const guint8 *data, GError **error)
{
    if (head->outcome == ZP_ANSWER_TOO_LARGE)
        return settle(pool, take_task(worker), NULL, ZP_END_OUTPUT, error);
    if (pass_on(pool, worker, head->outcome))
        return true;
    if (head->outcome == ZP_OUTCOME_ARCHIVE && !worker->task->is_entry &&
        !worker->task->is_ledger) {
        zp_opener_add(&pool->opener, take_task(worker));
        return true;
    }
    if (head->outcome > ZP_OUTCOME_SKIPPED) {
        stop(worker, ZP_END_PROTOCOL);
        return true;
    }
    g_autoptr(GBytes) record = g_bytes_new(data, head->size);
    return settle(pool, take_task(worker), record, ZP_END_NONE, error);
}

/* A head that is not the one to come next, or promises more than it may. */
static bool is_sound(const ZpPool *pool, const ZpStaffer *worker, const ZpAnswerHead *head)
{
    return worker->task && worker->task->number == head->number &&
           head->size <= pool->options.service.record_bytes;
}

/* The answers that are whole. */
static bool take_answers(ZpPool *pool, ZpStaffer *worker, GError **error)
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
    guint most = end == ZP_END_TIME ? TRIES_ENDLESS : is_killed ? TRIES_KILLED : TRIES_CRASHED;
    task->signal = number;
    if (++task->tries >= most)
        return settle(pool, task, NULL, end, error);
    try_again(pool, task);
    return true;
}

/* A worker whose answers have ended. */
static bool bury(ZpPool *pool, ZpStaffer *worker, GError **error)
{
    int number = 0;
    ZpEnd end = zp_worker_end(&worker->process, &number);
    ZpTask *task = g_steal_pointer(&worker->task);
    if (worker->end != ZP_END_NONE)
        end = worker->end;
    else if (!task && end != ZP_END_NONE)
        note_bad_end(pool, number);
    g_ptr_array_remove_fast(pool->staff->workers, worker);
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

static bool hear(ZpPool *pool, ZpStaffer *worker, GError **error)
{
    bool is_alive = zp_staffer_read(worker);
    if (!take_answers(pool, worker, error))
        return false;
    return is_alive || bury(pool, worker, error);
}

/* Milliseconds until the next deadline; ends those whose is over.  -1: there is none. */
static int watch_time(ZpPool *pool)
{
    gint64 next = zp_opener_left(&pool->opener, pool->waited);
    for (guint k = 0; k < pool->staff->workers->len; k++) {
        ZpStaffer *worker = g_ptr_array_index(pool->staff->workers, k);
        if ((!worker->task && !worker->is_retiring) || worker->end != ZP_END_NONE)
            continue;
        gint64 left = worker->task
                          ? zp_stopwatch_left(&worker->stopwatch, pool->options.cpu_seconds,
                                              pool->options.seconds, pool->waited)
                          : zp_staffer_left(worker, pool->waited);
        if (left <= 0)
            stop(worker, ZP_END_TIME);
        else
            next = MIN(next, left);
    }
    return next == G_MAXINT64 ? -1 : (int)(next / 1000) + 1;
}

/* Poll the workers: what is there already is heard before any deadline is looked at. */
static int await(ZpPool *pool, struct pollfd *files, guint n)
{
    int n_heard = poll(files, n, 0);
    if (n_heard != 0)
        return n_heard;
    int timeout = watch_time(pool);
    gint64 before = g_get_monotonic_time();
    n_heard = poll(files, n, timeout);
    pool->waited += g_get_monotonic_time() - before;
    return n_heard;
}

/* Wait until a worker says something, listen, and give it the next task before anything else. */
static bool listen_once(ZpPool *pool, GError **error)
{
    guint n = pool->staff->workers->len;
    g_autofree struct pollfd *files = g_new0(struct pollfd, n + 1);
    g_autofree ZpStaffer **workers = g_new0(ZpStaffer *, n + 1);
    for (guint k = 0; k < n; k++) {
        workers[k] = g_ptr_array_index(pool->staff->workers, k);
        files[k] = (struct pollfd){workers[k]->process.answers, POLLIN, 0};
    }
    files[n] = (struct pollfd){zp_opener_answers(&pool->opener), POLLIN, 0};
    if ((n == 0 && files[n].fd < 0) || await(pool, files, n + 1) <= 0)
        return true;
    for (guint k = 0; k < n; k++) {
        if (files[k].revents && !(hear(pool, workers[k], error) && give_out(pool, error)))
            return false;
    }
    return !files[n].revents || zp_opener_hear(&pool->opener, pool->waited, error);
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

/* Give out, and unpack more as far as that makes room. */
static bool go_on(ZpPool *pool, GError **error)
{
    for (;;) {
        if (!give_out(pool, error))
            return false;
        guint n_files = pool->opener.files.length;
        if (!zp_opener_go(&pool->opener, pool->waited, zp_staff_is_busy(pool->staff), error))
            return false;
        if (pool->opener.files.length == n_files)
            return true;
    }
}

/* Give out, deliver, and listen where the next one to be delivered is still in work. */
static bool step(ZpPool *pool, GError **error)
{
    return go_on(pool, error) && deliver(pool, error) &&
           (zp_queue_length(pool->queue) == 0 ||
            (listen_once(pool, error) && deliver(pool, error)));
}

bool zp_pool_add(ZpPool *pool, ZpTask *task, GError **error)
{
    zp_queue_push(pool->queue, task);
    if (task->is_done)
        return deliver(pool, error);
    g_queue_push_tail(&pool->ready, task);
    if (!go_on(pool, error))
        return false;
    /* One waits for each worker, so that none waits for the next to be found; an archive that waits is open. */
    while (pool->ready.length > pool->staff->jobs || pool->opener.waiting.length > 1 ||
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
    int number = 0;
    if (zp_opener_finish(&pool->opener, &number) != ZP_END_NONE)
        note_bad_end(pool, number);
    for (guint k = 0; k < pool->staff->workers->len; k++)
        zp_staff_retire(g_ptr_array_index(pool->staff->workers, k));
    while (pool->staff->workers->len > 0) {
        if (!bury(pool, g_ptr_array_index(pool->staff->workers, 0), error))
            return false;
    }
    if (pool->ended_badly)
        g_propagate_error(error, g_steal_pointer(&pool->ended_badly));
    return !error || !*error;
}
