/*
 * worker.h - a process that reads what strangers wrote, so that nothing they wrote can do harm.
 *
 * The parent forks it and talks to it through two descriptors: requests, each a packet with the
 * open input riding along, and answers, each a head and the bytes of a record (run/record.h).  It
 * knows neither, and no parser: what it does with an input is a call back.
 *
 *     request   | number | is_found | path |  + descriptor
 *     answer    | number | size | outcome | record |
 *
 * A worker ends when its parent does, or when the parent closes the requests.
 *
 * Layer: run.
 */
#pragma once

#include "run/record.h"
#include "run/task.h"

#include <sys/types.h>

/* What the child does. */
typedef struct {
    guint abilities;      /* ZpAbility bits */
    bool is_shut_in;      /* nothing but what reading takes is allowed (run/sandbox.h) */
    guint64 memory_bytes; /* address space; 0: no limit */
    guint64 write_bytes;  /* of the one file in memory that it may write; 0: none */
    gsize record_bytes;   /* of one answer */
    void (*prepare)(guint abilities, gpointer data); /* load what may not be loaded later */
    ZpOutcome (*answer)(const char *path, int fd, bool is_found, guint abilities, GBytes **record,
                        gpointer data);
    gpointer data;
} ZpService;

/* The head of an answer. */
typedef struct {
    guint64 number;
    guint32 size;    /* bytes of the record behind it */
    guint32 outcome; /* ZpOutcome, or ZP_ANSWER_TOO_LARGE */
} ZpAnswerHead;

#define ZP_ANSWER_TOO_LARGE 0xffu

/* The parent's side of a worker. */
typedef struct {
    pid_t pid;
    int requests, answers;
} ZpWorker;

/**
 * zp_worker_start: fork a worker.
 * @error: ZP_ERROR_IO when the system gives no process or descriptors
 */
bool zp_worker_start(ZpWorker *worker, const ZpService *service, GError **error);

/**
 * zp_worker_send: hand a task with its open descriptor over.
 *
 * Returns: false when the worker takes none: it is gone.
 */
bool zp_worker_send(const ZpWorker *worker, const ZpTask *task);

/**
 * zp_worker_end: take leave: wait for a worker that has been told to go, or is gone.
 * @signal: set to what ended it, 0 when it left by itself
 *
 * Returns: ZP_END_NONE for an orderly end, ZP_END_OPEN, ZP_END_MEMORY or ZP_END_CRASH.
 */
ZpEnd zp_worker_end(ZpWorker *worker, int *signal);
