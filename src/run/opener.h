/*
 * opener.h - archives under way: one worker unpacks them, and what comes out are files for the others.
 *
 *     an archive ─▶ waiting ─▶ its worker ─▶ files in memory ─▶ the pool's workers
 *                                 │  BEGINS BYTES … FILE
 *                                 ▼
 *                      the queue, each before its archive
 *
 * The parent takes bytes and names and looks into neither.  It listens only while few files wait, so an archive
 * takes as much memory as they do, however large it is.  A worker that dies of an entry costs that entry: the
 * next one goes on behind it.
 */
#pragma once

#include "run/pool.h"
#include "run/queue.h"
#include "run/staff.h"

typedef struct {
    const ZpPoolOptions *options;
    ZpQueue *queue;
    GQueue waiting; /* of ZpTask: archives */
    GQueue files;   /* of ZpTask: entries for the pool's workers, open */
    gsize bytes;    /* of these */

    ZpTask *archive;   /* (nullable) under way */
    ZpStaffer *worker; /* (nullable) */
    guint abilities;   /* beyond ZP_ABILITY_UNPACK, that every further one gets */
    char *name;        /* (nullable) of the entry that began */
    guint64 part;      /* likewise */
    int fd;            /* its bytes so far; -1 */
    gsize size;
    guint tries;     /* workers that died of it */
    guint n_entries; /* that began */
    bool is_starved; /* the system gave no memory or descriptor for it */
} ZpOpener;

void zp_opener_init(ZpOpener *opener, const ZpPoolOptions *options, ZpQueue *queue);
void zp_opener_clear(ZpOpener *opener);

/** zp_opener_add: a task of the queue is an archive. */
void zp_opener_add(ZpOpener *opener, ZpTask *task);

/**
 * zp_opener_next: the entry that waits longest for a worker.
 *
 * Returns: (nullable) (transfer none) it stays there; zp_opener_pop takes it off.
 */
ZpTask *zp_opener_next(const ZpOpener *opener);
ZpTask *zp_opener_pop(ZpOpener *opener);

/**
 * zp_opener_go: begin with an archive, and take what was heard, as far as there is room.
 * @is_busy: something else goes on, so that what the system does not give now may be there later
 * @error: ZP_ERROR_IO, ZP_ERROR_STARVED, or of the queue
 */
bool zp_opener_go(ZpOpener *opener, gint64 waited, bool is_busy, GError **error);

/**
 * zp_opener_answers: the descriptor to listen to; -1: nothing is awaited, or there is no room for it.
 */
int zp_opener_answers(const ZpOpener *opener);

/** zp_opener_hear: something is there to be read. */
bool zp_opener_hear(ZpOpener *opener, gint64 waited, GError **error);

/** zp_opener_left: microseconds until its worker has had too long, which is ended at 0. */
gint64 zp_opener_left(ZpOpener *opener, gint64 waited);

/**
 * zp_opener_finish: let its worker go, and wait for it.
 * @signal: set to what ended it
 *
 * Returns: how it ended.
 */
ZpEnd zp_opener_finish(ZpOpener *opener, int *signal);
