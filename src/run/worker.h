/*
 * worker.h - a process that reads what strangers wrote, so that nothing they wrote can do harm.
 *
 * The parent forks it and talks to it through two descriptors: requests, each a packet with the
 * open input riding along, and answers, each a head and the bytes of a record (run/record.h).  It
 * knows neither, and no parser: what it does with an input is a call back.
 *
 *     request   | number | what it is | after | first | last | path |  + descriptor
 *     answer    | number | size | outcome | record |
 *
 * One that gives the files in an archive (ZP_ABILITY_UNPACK) says of each in between what it is called, its
 * bytes, and that they are all:
 *
 *     | number | size | BEGINS | part | name |   | number | size | BYTES | … |   | number | 0 | FILE |
 *
 * A worker ends when its parent does, or when the parent closes the requests.
 */
#pragma once

#include "run/record.h"
#include "run/task.h"

#include <sys/types.h>

/* What a worker is asked. */
typedef struct {
    const char *path;
    int fd;
    bool is_found, is_entry, is_foreign; /* as of ZpTask */
    guint64 after;                       /* of an archive: the part to go on behind */
    guint64 first, last;                 /* likewise: the parts that are wanted, with inner ones */
    guint abilities;                     /* ZpAbility bits that the worker has */
} ZpAsked;

typedef struct ZpTelling ZpTelling; /* whoever asked, while an archive is unpacked */

/* What the child does. */
typedef struct {
    guint abilities;      /* ZpAbility bits */
    bool is_shut_in;      /* nothing but what reading takes is allowed (run/sandbox.h) */
    guint64 memory_bytes; /* address space; 0: no limit */
    guint64 write_bytes;  /* of the one file in memory that it may write; 0: none */
    gsize record_bytes;   /* of one answer */
    void (*prepare)(guint abilities, gpointer data); /* load what may not be loaded later */
    ZpOutcome (*answer)(const ZpAsked *asked, GBytes **record, gpointer data);
    /* tells of every file in an archive; the record says what is wrong with the archive; NULL: it takes
     * ZP_ABILITY_MAIL */
    GBytes *(*unpack)(const ZpAsked *asked, ZpTelling *telling, gpointer data);
    gpointer data;
} ZpService;

/* The head of an answer. */
typedef struct {
    guint64 number;
    guint32 size;    /* bytes of the record behind it */
    guint32 outcome; /* ZpOutcome or ZpAnswer */
} ZpAnswerHead;

/* What else a worker says. */
typedef enum {
    ZP_ANSWER_TOO_LARGE = 0xff, /* the record was over the limit */
    ZP_ANSWER_BEGINS,           /* ZpAnswerPart and a name: an entry of the archive */
    ZP_ANSWER_BYTES,            /* its next bytes, at most ZP_ANSWER_CHUNK */
    ZP_ANSWER_FILE,             /* those were all */
    ZP_ANSWER_FAILED,           /* a record: why the entry cannot be had */
    ZP_ANSWER_PASSED,           /* ZpAnswerPart and a name: an entry that is no file to read */
    ZP_ANSWER_NEEDS_MAIL, /* a letter is met, and this worker has not loaded the module for it */
} ZpAnswer;

typedef struct {
    guint64 part; /* grows */
    guint64 size; /* with ZP_ANSWER_PASSED, where a plan asks: as the archive says */
    guint32 is_link, zero;
} ZpAnswerPart;

#define ZP_ANSWER_CHUNK (128u * 1024)

/* The parent's side of a worker. */
typedef struct {
    pid_t pid;
    int requests, answers;
} ZpWorker;

/**
 * zp_worker_tell: of a service's `unpack`: say something of an entry.
 * @bytes: (nullable) behind the part
 *
 * Returns: false when nobody listens any more.
 */
bool zp_worker_tell(ZpTelling *telling, ZpAnswer what, const ZpAnswerPart *part,
                    gconstpointer bytes, gsize size);

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
