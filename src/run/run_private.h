/*
 * run_private.h - a run from inside; for run*.c alone.
 */
#pragma once

#include "run/across.h"
#include "run/holding.h"
#include "run/ledger_check.h"
#include "run/pool.h"
#include "run/run.h"
#include "run/waiting.h"
#include "run/work.h"

#include <sys/stat.h>

struct ZpRun {
    const ZpRulebook *rulebook;
    ZpRunOptions options;
    ZpWork work;  /* what workers are asked to do */
    ZpPool *pool; /* (nullable) until the first input */
    ZpSummary summary;
    ZpWriting *writing;
    ZpAcross *across;         /* what the rules between forms remember */
    ZpWaiting *waiting;       /* the first form, until it is known whether there is another */
    ZpHolding *holding;       /* what may turn out to end with a last form (X07) */
    GArray *folders;          /* of guint64: files before each open folder */
    guint64 n_files;          /* with what waits */
    GPtrArray *unread;        /* of ZpPassedOver */
    ZpLedgerCheck *ledger;    /* (nullable) what forms are compared with, once it is read */
    struct stat ledger_about; /* of its file: folders may hold it */
    ZpSlowest slowest;
    guint64 n_inputs;
    guint64 n_passed; /* files that no worker saw: hidden, devices */
};

/**
 * zp_run_read_record: the record that a task brought.
 *
 * Returns: (transfer full) (nullable) NULL when there is none, or none that can be.
 */
ZpRecord *zp_run_read_record(const ZpRun *run, const ZpTask *task);

/**
 * zp_run_record_of: the same, or why there is none.
 *
 * Returns: (transfer full) never NULL; its bytes stay with the task.
 */
ZpRecord *zp_run_record_of(const ZpRun *run, ZpTask *task);

/**
 * zp_run_submit: put a task to work, by a worker or here.
 * @task: (transfer full)
 * @error: as of zp_pool_add
 */
bool zp_run_submit(ZpRun *run, ZpTask *task, GError **error);

/**
 * zp_run_here: read an input in this process, and deliver it.
 * @task: (transfer full) open
 * @error: ZP_ERROR_OUTPUT, ZP_ERROR_STARVED
 */
bool zp_run_here(ZpRun *run, ZpTask *task, GError **error);

/** zp_run_abilities: what the reader of a file will need, as its name says. */
guint zp_run_abilities(const char *path);

/** zp_run_describe: what a task's name says of its file. */
void zp_run_describe(ZpTask *task);

/**
 * zp_run_mark_folder: where a folder, or an archive that is known, begins or ends among the tasks.
 * @error: as of zp_pool_add
 */
bool zp_run_mark_folder(ZpRun *run, ZpTaskKind kind, const char *path, GError **error);

/**
 * zp_run_look_up: settle an input, or what is known of an archive's entries, by the journal.
 * @is_over: set where a later input is done and of this one there is nothing
 * @error: as of zp_pool_add
 */
bool zp_run_look_up(ZpRun *run, ZpTask *task, bool *is_over, GError **error);

/**
 * zp_run_queue: a record for its turn.
 * @record: (transfer full) of @bytes
 * @error: ZP_ERROR_OUTPUT
 */
bool zp_run_queue(ZpRun *run, const char *path, ZpRecord *record, GBytes *bytes, GError **error);

/**
 * zp_run_deliver: a task's turn has come; of a ZpPoolOptions.  zp_run_deliver_record: a ZpWaitingTurn.
 * @data: the run
 * @error: ZP_ERROR_OUTPUT
 */
bool zp_run_deliver(ZpTask *task, gpointer data, GError **error);
bool zp_run_deliver_record(const char *path, ZpRecord *record, bool is_alone, gpointer data,
                           GError **error);

/**
 * zp_run_deliver_end: what waits for the last input: the ledger.
 * @error: ZP_ERROR_OUTPUT
 */
bool zp_run_deliver_end(ZpRun *run, GError **error);

/**
 * zp_run_write_bytes: to the file of a shard's records.
 * @error: ZP_ERROR_OUTPUT
 */
bool zp_run_write_bytes(GOutputStream *stream, GBytes *bytes, GError **error);
