/*
 * staff.c - a worker is forked when no idle one can do a task and there may be more; else one of another kind
 * makes room.  Where the system gives no further one, those there are will do.
 */
#include "run/staff.h"

#include "base/limits.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

/* Bytes of one read(). */
#define CHUNK (256u * 1024)

void zp_staffer_free(ZpStaffer *worker)
{
    g_byte_array_unref(worker->in);
    g_free(worker);
}

static void free_worker(gpointer data)
{
    zp_staffer_free(data);
}

ZpStaffer *zp_staffer_start(const ZpService *service, GError **error)
{
    ZpStaffer *worker = g_new0(ZpStaffer, 1);
    worker->in = g_byte_array_new();
    worker->abilities = service->abilities;
    if (zp_worker_start(&worker->process, service, error))
        return worker;
    zp_staffer_free(worker);
    return NULL;
}

bool zp_staffer_read(ZpStaffer *worker)
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

gint64 zp_staffer_left(ZpStaffer *worker, gint64 waited)
{
    if (!worker->is_leaving)
        zp_stopwatch_start(&worker->stopwatch, worker->process.pid, waited);
    worker->is_leaving = true;
    return zp_stopwatch_left(&worker->stopwatch, ZP_LIMIT_PARTING_SECONDS, ZP_LIMIT_PARTING_SECONDS,
                             waited);
}

ZpStaff *zp_staff_new(guint jobs, const ZpService *service)
{
    ZpStaff *staff = g_new0(ZpStaff, 1);
    staff->service = *service;
    staff->jobs = jobs;
    staff->workers = g_ptr_array_new_with_free_func(free_worker);
    return staff;
}

void zp_staff_free(ZpStaff *staff)
{
    int ignored;
    for (guint k = 0; k < staff->workers->len; k++) {
        ZpStaffer *worker = g_ptr_array_index(staff->workers, k);
        kill(worker->process.pid, SIGKILL);
        zp_worker_end(&worker->process, &ignored);
    }
    g_ptr_array_unref(staff->workers);
    g_free(staff);
}

/* Whether a worker is of those that start an office program, as the task asks, or of those that are shut in. */
static bool is_of_kind(const ZpStaffer *worker, guint needs)
{
    return !((worker->abilities ^ needs) & ZP_ABILITY_OFFICE);
}

/* An office program runs outside the worker, so such a worker is for nothing else. */
static bool can(const ZpStaffer *worker, guint needs)
{
    return (worker->abilities & needs) == needs && is_of_kind(worker, needs);
}

/* One without a task that can take this one; NULL: none. */
static ZpStaffer *find_idle(const ZpStaff *staff, const ZpTask *task)
{
    for (guint k = 0; k < staff->workers->len; k++) {
        ZpStaffer *worker = g_ptr_array_index(staff->workers, k);
        bool is_idle = !worker->task && !worker->is_retiring && worker->end == ZP_END_NONE;
        if (is_idle && can(worker, task->needs) && (!task->tries || worker->n_files == 0))
            return worker;
    }
    return NULL;
}

bool zp_staff_is_busy(const ZpStaff *staff)
{
    for (guint k = 0; k < staff->workers->len; k++) {
        const ZpStaffer *worker = g_ptr_array_index(staff->workers, k);
        if (worker->task)
            return true;
    }
    return false;
}

void zp_staff_retire(ZpStaffer *worker)
{
    worker->is_retiring = true;
    if (worker->process.requests >= 0)
        close(worker->process.requests);
    worker->process.requests = -1;
}

/* The two kinds do not make room for each other: a file of an office program is looked at by the one and read by the
 * other, whose program is kept for the next file. */
static guint count_kind(const ZpStaff *staff, guint needs)
{
    guint n = 0;
    for (guint k = 0; k < staff->workers->len; k++)
        n += is_of_kind(g_ptr_array_index(staff->workers, k), needs);
    return n;
}

/* No worker of the kind is on its way: the first idle one, or any, makes room for one. */
static void make_room(const ZpStaff *staff, const ZpTask *task)
{
    ZpStaffer *chosen = NULL;
    bool has_kind = count_kind(staff, task->needs) > 0;
    for (guint k = 0; k < staff->workers->len; k++) {
        ZpStaffer *worker = g_ptr_array_index(staff->workers, k);
        if (has_kind && !is_of_kind(worker, task->needs))
            continue;
        if (worker->is_retiring || (can(worker, task->needs) && !task->tries))
            return;
        if (!chosen || !worker->task)
            chosen = worker;
    }
    if (chosen)
        zp_staff_retire(chosen);
}

static ZpStaffer *start_worker(ZpStaff *staff, guint needs, GError **error)
{
    ZpService service = staff->service;
    staff->abilities |= needs & (ZP_ABILITY_PDF | ZP_ABILITY_IMAGE);
    service.abilities = needs & ZP_ABILITY_OFFICE ? needs : staff->abilities | needs;
    service.is_shut_in &= !(needs & ZP_ABILITY_OFFICE);
    ZpStaffer *worker = zp_staffer_start(&service, error);
    if (worker)
        g_ptr_array_add(staff->workers, worker);
    return worker;
}

ZpStaffer *zp_staff_find(ZpStaff *staff, const ZpTask *task, GError **error)
{
    g_autoptr(GError) why = NULL;
    ZpStaffer *worker = find_idle(staff, task);
    if (worker)
        return worker;
    if (count_kind(staff, task->needs) < staff->jobs) {
        worker = start_worker(staff, task->needs, &why);
        if (worker)
            return worker;
        if (!staff->workers->len) {
            g_propagate_error(error, g_steal_pointer(&why));
            return NULL;
        }
        staff->jobs = staff->workers->len;
    }
    make_room(staff, task);
    return NULL;
}
