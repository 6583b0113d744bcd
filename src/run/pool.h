/*
 * pool.h - workers, and the tasks that go through them and come out in order.
 *
 * The parent's half of the isolation: it opens inputs and never looks into them, ends a worker that
 * crashes, hangs or says what makes no sense, tries the file once more alone, and goes on with the
 * rest.  It knows no record and no archive: an answer is bytes.
 */
#pragma once

#include "run/task.h"
#include "run/worker.h"

typedef struct {
    guint jobs;        /* workers at once, from 1 */
    guint files;       /* after so many files a worker makes way for a fresh one */
    guint cpu_seconds; /* that one file may take of a processor */
    guint
        seconds; /* that the parent may wait for one file, generously: the machine may be loaded */
    guint ahead; /* tasks that may be ahead of the one to be delivered next */
    ZpService service;  /* what a worker does; its abilities are the pool's to choose */
    gsize entry_bytes;  /* of one file in an archive */
    bool keeps_entries; /* what was in an archive is wanted again when its turn comes */
    /* open the input of a task: sets fd and size, or error, or the record when it is known; of an entry of an archive,
     * which has its fd, the rest */
    void (*open)(ZpTask *task, gpointer data);
    /* an entry of an archive that is no file to read */
    void (*passed)(const ZpTask *archive, const char *name, const ZpAnswerPart *part,
                   gpointer data);
    /* a task's turn has come; takes it */
    bool (*deliver)(ZpTask *task, gpointer data, GError **error);
    gpointer data;
} ZpPoolOptions;

typedef struct ZpPool ZpPool;

ZpPool *zp_pool_new(const ZpPoolOptions *options);

/** zp_pool_free: ends the workers, whatever they are doing. */
void zp_pool_free(ZpPool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpPool, zp_pool_free)

/**
 * zp_pool_add: put a task to work, once a worker has time for it; may deliver earlier ones.
 * @task: (transfer full) one that is done already only waits for its turn
 * @error: of `deliver`, or ZP_ERROR_IO when no worker can be started
 */
bool zp_pool_add(ZpPool *pool, ZpTask *task, GError **error);

/**
 * zp_pool_drain: until everything is delivered; the workers stay.
 * @error: likewise
 */
bool zp_pool_drain(ZpPool *pool, GError **error);

/**
 * zp_pool_finish: let the workers go, and wait for them.
 * @error: ZP_ERROR_IO when one of them ended as no worker should, though all its answers were there
 */
bool zp_pool_finish(ZpPool *pool, GError **error);
