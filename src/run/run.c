/*
 * run.c - inputs into the pool, records out of it, and the totals.
 *
 *     add ─▶ walk ─▶ pool: open ─▶ worker ─▶ record ─▶ across ─▶ settings ─▶ count ─▶ writer
 *
 * What could not be had from a worker becomes the file's D01; the next input is not touched by it.
 */
#include "run/run_private.h"

#include "base/file.h"
#include "base/limits.h"
#include "output/passed_over.h"
#include "parsers/image/image.h"
#include "parsers/mail/letter.h"
#include "parsers/parser.h"
#include "parsers/pdf/pdf.h"
#include "parsers/unpack/unpack.h"
#include "run/descriptors.h"
#include "run/input.h"
#include "run/shards.h"
#include "run/totals.h"
#include "run/unpack_work.h"
#include "run/walk.h"

#include <string.h>

ZpRun *zp_run_new(const ZpRulebook *rulebook, const ZpRunOptions *options)
{
    ZpRun *run = g_new0(ZpRun, 1);
    run->rulebook = rulebook;
    run->options = *options;
    run->across = zp_across_new();
    run->holding = zp_holding_new(zp_run_deliver_record, run);
    /* Shards are judged when they are put together. */
    bool holds = options->check && !options->no_across && !options->records;
    run->waiting = holds ? zp_waiting_new(zp_holding_add, run->holding)
                         : zp_waiting_new(zp_run_deliver_record, run);
    run->unread = g_ptr_array_new_with_free_func((GDestroyNotify)zp_passed_over_free);
    run->summary.unread = run->unread;
    run->folders = g_array_new(FALSE, FALSE, sizeof(guint64));
    if (options->ledger && stat(options->ledger, &run->ledger_about) != 0)
        run->ledger_about = (struct stat){0};
    return run;
}

void zp_run_free(ZpRun *run)
{
    if (!run)
        return;
    zp_pool_free(run->pool);
    zp_waiting_free(run->waiting);
    zp_holding_free(run->holding);
    zp_across_free(run->across);
    g_ptr_array_unref(run->unread);
    zp_ledger_check_free(run->ledger);
    g_array_unref(run->folders);
    g_free(run->slowest.path);
    g_free(run);
}

const ZpSummary *zp_run_summary(const ZpRun *run)
{
    return &run->summary;
}

const ZpSlowest *zp_run_slowest(const ZpRun *run)
{
    return &run->slowest;
}

void zp_run_set_notes(ZpRun *run, const ZpRunNotes *notes)
{
    run->summary.has_baseline = notes->has_baseline;
    run->summary.has_diff = notes->has_diff;
    run->summary.gone = notes->gone;
    run->summary.notices = notes->notices;
    run->summary.held = notes->held;
}

static guint limit_of(const ZpRun *run, const char *path)
{
    ZpLimits limits;
    zp_config_limits(run->options.config, path, &run->options.limits, &limits);
    return (guint)limits.most[ZP_BOUND_INPUT];
}

/* In the worker: everything that cannot be loaded once it is shut in. */
static void prepare(guint abilities, gpointer data)
{
    (void)data;
    zp_unpack_prepare();
    if (abilities & ZP_ABILITY_PDF)
        zp_pdf_load(NULL); /* where that fails, reading says why */
    if (abilities & ZP_ABILITY_IMAGE)
        zp_image_load(NULL);
    if (abilities & ZP_ABILITY_MAIL)
        zp_letter_load(NULL);
}

/* In the worker: an input to a record. */
static ZpOutcome answer(const ZpAsked *asked, GBytes **bytes, gpointer data)
{
    const ZpRun *run = data;
    g_autoptr(ZpRecord) record = zp_work_file(&run->work, asked);
    *bytes = zp_record_write(record);
    return record->outcome;
}

/* In the worker of an archive. */
static GBytes *unpack(const ZpAsked *asked, ZpTelling *telling, gpointer data)
{
    const ZpRun *run = data;
    return zp_unpack_work(&run->work, run->options.shard, run->options.shards, asked, telling);
}

/* One that was named is tried whatever it is called. */
static void describe_entry(const ZpRun *run, ZpTask *task)
{
    const char *inside = strstr(task->path, ZP_FILE_INSIDE);
    for (; run->options.entries && inside; inside = strstr(inside + 1, ZP_FILE_INSIDE)) {
        g_autofree char *archive = g_strndup(task->path, (gsize)(inside - task->path));
        const GPtrArray *names = zp_entries_of(run->options.entries, archive);
        if (zp_entries_name(names, inside + strlen(ZP_FILE_INSIDE)))
            task->is_walked = false;
    }
    zp_run_describe(task);
}

static void open_task(ZpTask *task, gpointer data)
{
    const ZpRun *run = data;
    const ZpCache *cache = run->options.cache;
    if (task->is_entry)
        describe_entry(run, task);
    else if (task->fd < 0)
        task->fd = zp_input_open(task->path, limit_of(run, task->path), task->is_walked,
                                 &task->size, &task->error);
    if (task->is_archive || task->is_foreign)
        return;
    if (task->fd >= 0 && run->options.hold && !task->is_ledger)
        task->held_as = run->options.hold(task->path, task->fd, task->size, run->options.taker);
    if (task->held_as) {
        task->record = g_bytes_new_static("", 0); /* no worker is needed */
        return;
    }
    if (!cache || task->fd < 0 || task->is_ledger)
        return;
    task->kept_as = zp_cache_name(cache, task->fd, task->path, task->is_found);
    task->record = task->kept_as ? zp_cache_find(cache, task->kept_as) : NULL;
    g_autoptr(ZpRecord) record = zp_run_read_record(run, task);
    /* One that cannot be is read anew and replaced. */
    if (record)
        g_clear_pointer(&task->kept_as, g_free);
    else
        g_clear_pointer(&task->record, g_bytes_unref);
}

/* Not another shard's. */
static bool is_ours(const ZpRun *run, const char *path)
{
    guint of = run->options.shards;
    return !of || zp_shard_of(path, of) == run->options.shard;
}

static void count_skipped(const char *path, bool is_link, gpointer data)
{
    ZpRun *run = data;
    if (is_link && is_ours(run, path) && run->options.on_link)
        run->options.on_link(path, run->options.data);
    run->n_passed += is_ours(run, path);
    run->summary.skipped += is_ours(run, path);
}

/* An entry of an archive that is no file to read, counted with the one behind it; in a shard only those of this part are told of. */
static void count_passed(const ZpTask *archive, const char *name, const ZpAnswerPart *part,
                         gpointer data)
{
    ZpRun *run = data;
    g_autofree char *path = g_strconcat(archive->path, "!/", name, NULL);
    if (part->is_link && run->options.on_link)
        run->options.on_link(path, run->options.data);
}

/* The writers are known with the first input, and with them what workers must make. */
static void start(ZpRun *run, ZpWriting *writing)
{
    const ZpRunOptions *options = &run->options;
    run->writing = writing;
    if (run->pool)
        return;
    /* Who merges records may want any format. */
    bool wants_digests = options->records || options->wants_digests || options->corrections ||
                         zp_writing_wants_digests(writing);
    run->work = (ZpWork){
        .entries = options->entries,
        .rulebook = run->rulebook,
        .config = options->config,
        .from = options->from,
        .password = options->password,
        .corrections = options->corrections,
        .check = options->check,
        .office = options->office,
        .repairs = options->repairs,
        .ledger = options->ledger,
        .wants_digests = wants_digests,
        .wants_fingerprints =
            wants_digests || (options->config && zp_config_wants_fingerprints(options->config)),
        .limits = options->limits,
    };
    if (options->here)
        return;
    guint wanted = options->jobs ? options->jobs : zp_descriptors_cores();
    guint jobs = zp_descriptors_jobs(wanted);
    if (jobs < wanted && options->on_fewer_jobs)
        options->on_fewer_jobs(jobs, options->data);
    const ZpPoolOptions pool = {
        .jobs = jobs,
        .files = ZP_LIMIT_WORKER_FILES,
        .cpu_seconds = (guint)zp_limits_get(&options->limits, ZP_BOUND_TIME),
        .seconds = (guint)zp_limits_get(&options->limits, ZP_BOUND_TIME) * ZP_LIMIT_FILE_PATIENCE,
        .ahead = ZP_LIMIT_TASKS_AHEAD,
        .service = {.is_shut_in = !options->no_sandbox,
                    .memory_bytes = zp_limits_get(&options->limits, ZP_BOUND_MEMORY),
                    .record_bytes = zp_limits_get(&options->limits, ZP_BOUND_OUTPUT),
                    .prepare = prepare,
                    .answer = answer,
                    .unpack = unpack,
                    .data = run},
        .keeps_entries = options->wants_content,
        .entry_bytes = zp_limits_get(&options->limits, ZP_BOUND_INPUT),
        .open = open_task,
        .passed = count_passed,
        .deliver = zp_run_deliver,
        .data = run,
    };
    run->pool = zp_pool_new(&pool);
}

bool zp_run_submit(ZpRun *run, ZpTask *task, GError **error)
{
    if (run->pool)
        return zp_pool_add(run->pool, task, error);
    if (!task->is_done)
        open_task(task, run);
    return zp_run_here(run, task, error);
}

/* The ledger lies in a folder of forms, too. */
static bool is_ledger(const ZpRun *run, const char *path)
{
    struct stat about;
    return run->options.ledger && run->ledger_about.st_ino && stat(path, &about) == 0 &&
           about.st_ino == run->ledger_about.st_ino && about.st_dev == run->ledger_about.st_dev;
}

bool zp_run_take(ZpRun *run, const ZpTapeEntry *entry, ZpWriting *writing, GError **error)
{
    start(run, writing);
    if (is_ledger(run, entry->path))
        return true;
    ZpTask task = {.path = entry->path,
                   .is_found = true,
                   .is_archive = entry->part == ZP_PART_END,
                   .record = g_bytes_ref(entry->record)};
    ZpRecord *record = zp_run_record_of(run, &task);
    record->is_aside = !entry->is_named;
    if (record->outcome == ZP_OUTCOME_UNPACKED) {
        zp_record_free(record);
        g_bytes_unref(task.record);
        return true;
    }
    bool done = zp_run_queue(run, entry->path, record, task.record, error);
    g_clear_pointer(&task.record, g_bytes_unref);
    return done;
}

void zp_run_skip(ZpRun *run, guint64 count)
{
    run->summary.skipped += count;
    run->n_passed += count;
}

/* Of another shard's input only the entries can be ours, where it is an archive that each is read from by itself. */
static bool may_hold_ours(const char *path)
{
    return strcmp(path, "-") != 0 && !zp_parser_by_suffix(path);
}

/* @task: (transfer full) */
static bool add_task(ZpRun *run, ZpTask *task, GError **error)
{
    g_autoptr(ZpTask) own = task;
    bool is_over = false;
    own->needs = zp_run_abilities(own->path);
    if (run->options.journal && !zp_run_look_up(run, own, &is_over, error))
        return false;
    return is_over || zp_run_submit(run, g_steal_pointer(&own), error);
}

static bool add_file(ZpRun *run, const char *path, bool is_found, bool is_walked, GError **error)
{
    bool is_foreign = !is_ours(run, path);
    guint64 number = run->n_inputs++;
    if (is_foreign && !may_hold_ours(path))
        return true;
    ZpTask *task = zp_task_new(ZP_TASK_FILE, path);
    task->number = number;
    task->is_found = is_found;
    task->is_walked = is_walked;
    task->is_foreign = is_foreign;
    return add_task(run, task, error);
}

/* A folder that cannot be walked is an input that cannot be read. */
static bool add_failed(ZpRun *run, guint64 number, const char *path, const GError *why,
                       GError **error)
{
    ZpTask *task = zp_task_new(ZP_TASK_FILE, path);
    task->number = number;
    task->error = g_error_copy(why);
    task->is_done = task->is_known = true;
    return zp_run_submit(run, task, error);
}

static bool fail_folder(const char *path, const GError *why, gpointer data, GError **error)
{
    ZpRun *run = data;
    guint64 number = run->n_inputs++;
    return !is_ours(run, path) || add_failed(run, number, path, why, error);
}

bool zp_run_add_planned(ZpRun *run, const ZpPlanEntry *entry, ZpWriting *writing, GError **error)
{
    start(run, writing);
    if (entry->error)
        return add_failed(run, entry->number, entry->path, entry->error, error);
    ZpTask *task = zp_task_new(ZP_TASK_FILE, entry->path);
    task->number = entry->number;
    task->is_walked = entry->is_walked;
    task->is_found = entry->is_walked && !zp_parser_by_suffix(entry->path);
    task->first = entry->first;
    task->last = entry->last;
    /* What is wrong with an archive says the shard that has its end. */
    task->is_foreign = entry->last < ZP_PART_END;
    return add_task(run, task, error);
}

bool zp_run_add_ledger(ZpRun *run, ZpWriting *writing, GError **error)
{
    start(run, writing);
    ZpTask *task = zp_task_new(ZP_TASK_FILE, run->options.ledger);
    task->is_ledger = task->is_known = true;
    task->needs = zp_run_abilities(task->path);
    return zp_run_submit(run, task, error);
}

static bool run_file(const char *path, bool is_found, gpointer data, GError **error)
{
    ZpRun *run = data;
    if (is_ledger(run, path))
        return true;
    if (!run->options.is_own || !run->options.is_own(path, run->options.taker))
        return add_file(run, path, is_found, true, error);
    count_skipped(path, false, run);
    return true;
}

static void pass_report(const char *path, gpointer data)
{
    ZpRun *run = data;
    g_autofree char *folder = g_strconcat(path, "/", NULL);
    if (!is_ours(run, path))
        return;
    run->n_passed++;
    zp_totals_pass_over(&run->summary, run->unread, folder, &ZP_OWN_REPORT);
}

static bool run_folder(ZpRun *run, const char *path, GError **error)
{
    guint depth = run->options.config ? zp_config_folder_depth(run->options.config, path)
                                      : ZP_LIMIT_FOLDER_DEPTH;
    const ZpWalk walk = {run_file, fail_folder, count_skipped, pass_report, depth, run};
    return zp_run_mark_folder(run, ZP_TASK_FOLDER_BEGINS, path, error) &&
           zp_walk_folder(path, &walk, error) &&
           zp_run_mark_folder(run, ZP_TASK_FOLDER_ENDS, path, error);
}

bool zp_run_add(ZpRun *run, const char *path, ZpWriting *writing, GError **error)
{
    struct stat about;
    start(run, writing);
    if (strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISDIR(about.st_mode))
        return run_folder(run, path, error);
    return add_file(run, path, false, false, error);
}

bool zp_run_add_open(ZpRun *run, const char *path, int fd, ZpWriting *writing, GError **error)
{
    struct stat about;
    start(run, writing);
    ZpTask *task = zp_task_new(ZP_TASK_FILE, path);
    task->number = run->n_inputs++;
    task->fd = fd;
    task->size = fstat(fd, &about) == 0 ? (gsize)about.st_size : 0;
    return add_task(run, task, error);
}

bool zp_run_add_found(ZpRun *run, const char *path, ZpWriting *writing, GError **error)
{
    struct stat about;
    start(run, writing);
    bool is_there = lstat(path, &about) == 0;
    if (is_there && S_ISDIR(about.st_mode) && zp_walk_is_report(path)) {
        pass_report(path, run);
        return true;
    }
    if (is_there && S_ISDIR(about.st_mode))
        return run_folder(run, path, error);
    if (!is_there || S_ISREG(about.st_mode))
        return add_file(run, path, !zp_parser_by_suffix(path), true, error);
    count_skipped(path, S_ISLNK(about.st_mode), run);
    return true;
}

bool zp_run_drain(ZpRun *run, GError **error)
{
    return (!run->pool || zp_pool_drain(run->pool, error)) && zp_waiting_end(run->waiting, error) &&
           zp_holding_end(run->holding, error);
}

bool zp_run_end(ZpRun *run, GError **error)
{
    GOutputStream *records = run->options.records;
    if (!zp_run_drain(run, error) || !zp_run_deliver_end(run, error) ||
        (run->pool && !zp_pool_finish(run->pool, error)))
        return false;
    g_autoptr(GBytes) bytes = records ? zp_tape_end(run->n_passed) : NULL;
    return !bytes || zp_run_write_bytes(records, bytes, error);
}
