/*
 * staff.h - the workers of a pool: who is there, who is idle, who makes room for another kind.
 */
#pragma once

#include "run/stopwatch.h"
#include "run/task.h"
#include "run/worker.h"

/* A worker as the pool sees it. */
typedef struct {
    ZpWorker process;
    guint abilities;
    ZpTask *task;          /* (nullable) the one it works on */
    guint n_files;         /* it was given so far */
    bool is_retiring;      /* gets no more */
    GByteArray *in;        /* an answer under way */
    gint64 since;          /* when it was given the task, monotonic */
    ZpStopwatch stopwatch; /* since then, or since it has been seen to do nothing but leave */
    bool is_leaving;       /* has been seen so */
    ZpEnd end;             /* why the parent ended it */
} ZpStaffer;

typedef struct {
    ZpService service;
    guint jobs;         /* at most so many at once; lowered where the system gives no more */
    guint abilities;    /* that every further one gets */
    GPtrArray *workers; /* of ZpStaffer: whoever takes one off has waited for its end */
} ZpStaff;

/**
 * zp_staffer_start, _free: a worker by itself, and what is left of one that has ended.
 * @error: ZP_ERROR_IO
 *
 * Returns: (nullable)
 */
ZpStaffer *zp_staffer_start(const ZpService *service, GError **error);
void zp_staffer_free(ZpStaffer *worker);

/**
 * zp_staffer_read: add what of its answers is there to what was heard before.
 *
 * Returns: false when there will be no more.
 */
bool zp_staffer_read(ZpStaffer *worker);

/**
 * zp_staffer_left: of one that is retiring and has no task: how long it may still take to leave.
 * @waited: microseconds that the parent has listened so far
 *
 * Returns: microseconds; 0 or less: it is to be ended.
 */
gint64 zp_staffer_left(ZpStaffer *worker, gint64 waited);

ZpStaff *zp_staff_new(guint jobs, const ZpService *service);

/** zp_staff_free: ends them, whatever they are doing. */
void zp_staff_free(ZpStaff *staff);

/**
 * zp_staff_find: an idle worker for a task, started if need be.
 * @error: ZP_ERROR_IO when there is none and none can be started
 *
 * Returns: (nullable) (transfer none) NULL: none yet; one that is in the way has been told to go.
 */
ZpStaffer *zp_staff_find(ZpStaff *staff, const ZpTask *task, GError **error);

/** zp_staff_retire: tell one to go: it answers what it has, then leaves. */
void zp_staff_retire(ZpStaffer *worker);

/** zp_staff_is_busy: whether any of them has a task. */
bool zp_staff_is_busy(const ZpStaff *staff);
