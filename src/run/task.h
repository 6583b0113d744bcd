/*
 * task.h - one step of a run, from the moment it is asked for until its turn in the output.
 *
 * Most steps are files for a worker.  Others only keep a place in the order: what was known
 * without a worker (a folder that cannot be read, a record of the journal), and the end of a folder.
 */
#pragma once

#include "run/tape.h"

#include <glib.h>
#include <stdbool.h>

typedef enum {
    ZP_TASK_FILE,
    ZP_TASK_FOLDER_BEGINS,
    ZP_TASK_FOLDER_ENDS,
} ZpTaskKind;

/* What a worker must be able to do: bits. */
typedef enum {
    ZP_ABILITY_PDF = 1 << 0,    /* has the PDF module loaded */
    ZP_ABILITY_OFFICE = 1 << 1, /* may start an office program, so it is not shut in */
    ZP_ABILITY_IMAGE = 1 << 2,  /* has the module that reads pictures loaded */
    ZP_ABILITY_UNPACK = 1 << 3, /* gives the files in archives and reads none */
    ZP_ABILITY_MAIL = 1 << 4,   /* likewise, with the module that takes letters apart loaded */
} ZpAbility;

/* Why a worker has not answered. */
typedef enum {
    ZP_END_NONE,
    ZP_END_CRASH,    /* ended by a signal, or left */
    ZP_END_TIME,     /* took longer than the limit, and was ended */
    ZP_END_MEMORY,   /* wanted more than the limit */
    ZP_END_OUTPUT,   /* its record was over the limit */
    ZP_END_PROTOCOL, /* what it said made no sense */
    ZP_END_OPEN,     /* it could not be shut in, so it has read nothing */
} ZpEnd;

/* The part that comes behind all entries. */
#define ZP_PART_END G_MAXUINT64

typedef struct {
    ZpTaskKind kind;
    guint64 number; /* of the input in the run, from 0; folders' marks have none */
    guint64 part; /* of a file in an archive: its place there, from 1; of the archive ZP_PART_END */
    char *path;   /* any bytes */
    bool is_found;  /* in a folder, by a name that says nothing */
    bool is_ledger; /* what forms are compared with: its list is wanted, not its forms */
    bool is_walked; /* in a folder, by any name: a regular file, or something came in its stead */
    bool
        is_archive; /* its entries are tasks of their own, in front of it; its record says what is wrong */
    bool is_entry; /* of an archive: what is one again is none of ours */
    bool
        is_foreign; /* another shard's: only asked whether it is an archive with entries of this shard */
    bool is_done;
    bool is_known; /* its record was not made by this run, or need not be kept again */
    ZpStamp stamp; /* for the journal */
    char *kept_as; /* (nullable) its name in the cache, when it is not there yet */
    char *held_as; /* (nullable) whoever takes the results has it already, by this name */

    /* For the pool: */
    int fd;              /* open while a worker may need it, and can be read again; -1 */
    gsize size;          /* bytes, as far as the system says */
    bool is_opened;      /* `open` has had it */
    guint64 after;       /* of an archive: the part that was done last */
    guint64 first, last; /* likewise: its parts that are this shard's; 0 to ZP_PART_END: all */
    guint64
        passed;  /* entries of an archive before this one, or its end, that were no files to read */
    guint needs; /* ZpAbility bits */
    guint tries; /* workers that died of it */
    gint64 us;   /* that it took a worker, the last time */
    GError *error; /* (nullable) it could not be opened */

    /* For the queue: */
    GBytes *record;     /* (nullable) the answer */
    ZpEnd end;          /* why there is none */
    int signal;         /* with ZP_END_CRASH: the signal, 0 when it left by itself */
    gint64 spilled_at;  /* where in the spill file the record is; -1: in memory */
    gsize spilled_size; /* its bytes there */
    gint64
        content_at; /* where in the spill file the entry's content is, `size` bytes; -1: not there */
    GBytes *content; /* (nullable) of an entry whose turn has come, where it is wanted */
} ZpTask;

/**
 * zp_task_entry: a task for an entry of an archive.
 * @archive: its number and stamp are the entry's, too
 * @name: of the entry; its path is `a.zip!/name`
 */
ZpTask *zp_task_entry(const ZpTask *archive, const char *name, guint64 part);

ZpTask *zp_task_new(ZpTaskKind kind, const char *path);
void zp_task_free(ZpTask *task);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpTask, zp_task_free)
