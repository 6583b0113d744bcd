/*
 * queue.h - tasks in the order they were asked for, with the answers that came before their turn.
 *
 * Answers wait in memory up to ZP_LIMIT_WAITING_BYTES; further ones go to a file without a
 * name and come back when it is their turn.
 */
#pragma once

#include "run/task.h"

typedef struct ZpQueue ZpQueue;

ZpQueue *zp_queue_new(void);
void zp_queue_free(ZpQueue *queue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpQueue, zp_queue_free)

/**
 * zp_queue_push: put a task behind the others.
 * @task: (transfer full) stays where it is until it is popped; one that is done has its record
 */
void zp_queue_push(ZpQueue *queue, ZpTask *task);

/**
 * zp_queue_insert: put a task right before one that is in the queue.
 * @task: (transfer full)
 */
void zp_queue_insert(ZpQueue *queue, const ZpTask *before, ZpTask *task);

/** zp_queue_length: tasks not yet popped. */
guint zp_queue_length(const ZpQueue *queue);

/**
 * zp_queue_settle: a task of the queue has its answer, or the reason why not.
 * @record: (nullable) (transfer none)
 * @error: ZP_ERROR_OUTPUT when the spill file cannot be written
 */
bool zp_queue_settle(ZpQueue *queue, ZpTask *task, GBytes *record, GError **error);

/**
 * zp_queue_keep: the content of a task's descriptor will be wanted when its turn comes: it then has it in memory.
 * @task: of the queue; its descriptor is closed
 * @error: ZP_ERROR_OUTPUT when it cannot be read, or the spill file cannot be written
 */
bool zp_queue_keep(ZpQueue *queue, ZpTask *task, GError **error);

/**
 * zp_queue_pop: the first task, once it is done.
 * @task: (transfer full) set to NULL when the first one is not done, or there is none
 * @error: ZP_ERROR_OUTPUT when the spill file cannot be read
 */
bool zp_queue_pop(ZpQueue *queue, ZpTask **task, GError **error);
