/*
 * run_deliver.c - a task whose turn has come: its record, judged between forms, counted, written.
 *
 *     record ─▶ across ─▶ ledger ─▶ settings ─▶ count ─▶ writer
 *
 * What could not be had from a worker becomes the file's D01; the next input is not touched by it.
 */
#include "run/run_private.h"

#include "base/error.h"
#include "parsers/parser.h"
#include "rules/check.h"
#include "run/end.h"
#include "run/totals.h"

#include <string.h>

static void note_time(ZpRun *run, const ZpTask *task)
{
    if (task->us <= run->slowest.us)
        return;
    g_free(run->slowest.path);
    run->slowest = (ZpSlowest){g_strdup(task->path), task->us};
}

/* Only what was found, by a name that says nothing, is ever passed over. */
static bool may_be_skipped(const ZpTask *task)
{
    return task->is_found && !zp_parser_by_suffix(task->path);
}

/* Of an archive it says that its entries were had, or why no further ones; of a file it does not. */
static bool is_of_archive(const ZpRecord *record, bool is_archive)
{
    bool is_unpacked = record->outcome == ZP_OUTCOME_UNPACKED;
    return is_archive ? is_unpacked || record->error : !is_unpacked;
}

/* The record that a task brought; NULL when there is none, or none that can be. */
ZpRecord *zp_run_read_record(const ZpRun *run, const ZpTask *task)
{
    g_autoptr(ZpRecord) record = task->record ? zp_record_read(task->record) : NULL;
    bool is_sound = record && zp_record_is_sound(record, run->rulebook, run->options.check) &&
                    (record->outcome != ZP_OUTCOME_SKIPPED || may_be_skipped(task)) &&
                    is_of_archive(record, task->is_archive);
    return is_sound ? g_steal_pointer(&record) : NULL;
}

/* What is known of a task that has had its turn: never NULL; its bytes stay with the task. */
ZpRecord *zp_run_record_of(const ZpRun *run, ZpTask *task)
{
    g_autoptr(GError) error = NULL;
    ZpRecord *record = zp_run_read_record(run, task);
    if (record)
        return record;
    if (task->record)
        task->end = ZP_END_PROTOCOL;
    if (!task->error)
        zp_end_set_error(task->end, task->signal, &error);
    record = zp_work_failure(&run->work, task->path, error ? error : task->error);
    g_clear_pointer(&task->record, g_bytes_unref);
    g_clear_pointer(&task->kept_as, g_free);
    return record;
}

bool zp_run_write_bytes(GOutputStream *stream, GBytes *bytes, GError **error)
{
    gsize size = 0;
    gconstpointer data = g_bytes_get_data(bytes, &size);
    if (g_output_stream_write_all(stream, data, size, NULL, NULL, NULL))
        return true;
    zp_error_set(error, ZP_ERROR_OUTPUT, "记录无法写入", "the records cannot be written");
    return false;
}

/* To whoever wants to have it later: the cache, the journal, the shard's file. */
static bool keep(const ZpRun *run, ZpTask *task, ZpRecord *record, GError **error)
{
    const ZpRunOptions *options = &run->options;
    bool is_journal = options->journal && !task->is_known;
    if (!task->record && (is_journal || options->records))
        task->record = zp_record_write(record);
    if (task->kept_as)
        zp_cache_keep(options->cache, task->kept_as, task->record);
    ZpTapeEntry entry = {.number = task->number,
                         .part = task->part,
                         .path = task->path,
                         .is_named = !task->is_walked,
                         .passed = task->passed,
                         .stamp = task->stamp,
                         .record = task->record};
    if (is_journal && !zp_journal_add(options->journal, &entry, error))
        return false;
    /* A shard's records are the same with a journal and without. */
    entry.stamp = (ZpStamp){0};
    entry.passed = 0;
    /* What is wrong with an archive says the shard that it belongs to. */
    bool is_recorded = options->records && !task->is_foreign;
    g_autoptr(GBytes) bytes = is_recorded ? zp_tape_entry(&entry) : NULL;
    return !bytes || zp_run_write_bytes(options->records, bytes, error);
}

/* Severities as set, fingerprints of what is new, what is known or answered for. */
static void grade_and_mark(const ZpRun *run, const char *path, ZpRecord *record)
{
    ZpConfig *config = run->options.config;
    if (config)
        zp_config_grade(config, path, record->forms, record->report);
    if (run->work.wants_fingerprints)
        zp_check_seal(path, record->forms, record->report);
    if (config)
        zp_config_mark(config, path, record->forms, record->report);
}

/* Between forms, and with the ledger. */
static void seal(ZpRun *run, const char *path, ZpRecord *record, bool is_alone)
{
    if (!run->options.check)
        return;
    if (!run->options.no_across)
        zp_across_add(run->across, path, record->forms, record->report, is_alone);
    if (run->ledger)
        zp_ledger_check_forms(run->ledger, path, record->forms, record->report);
    grade_and_mark(run, path, record);
}

/* To the writers, with the totals. */
static bool write_record(ZpRun *run, const char *path, ZpRecord *record, GError **error)
{
    ZpResult result = zp_record_result(record, path);
    zp_totals_count(&run->summary, record);
    zp_totals_hide(&run->summary, record->report, run->options.show);
    if (run->options.on_mark)
        result.marked = run->options.on_mark(&result, run->options.marker);
    if (run->writing && !zp_writing_file(run->writing, &result, error))
        return false;
    if (run->options.take && !run->options.take(&result, run->options.taker, error))
        return false;
    if (run->options.on_record && !run->options.on_record(path, record, run->options.keeper, error))
        return false;
    if (run->options.on_file)
        run->options.on_file(&result, run->options.data);
    return true;
}

/* A report of our own is D02 where somebody names it, and no matter where a folder holds it. */
static bool is_passed_over(const ZpRecord *record)
{
    return record->outcome == ZP_OUTCOME_SKIPPED || (record->kind && record->is_aside);
}

bool zp_run_deliver_record(const char *path, ZpRecord *record, bool is_alone, gpointer data,
                           GError **error)
{
    ZpRun *run = data;
    if (is_passed_over(record)) {
        zp_totals_pass_over(&run->summary, run->unread, path, record->kind);
        if (run->options.on_unread)
            run->options.on_unread(g_ptr_array_index(run->unread, run->unread->len - 1),
                                   run->options.data);
        return true;
    }
    if (!run->options.records)
        seal(run, path, record, is_alone);
    return write_record(run, path, record, error);
}

/* In its turn; a record of @bytes. */
bool zp_run_queue(ZpRun *run, const char *path, ZpRecord *record, GBytes *bytes, GError **error)
{
    run->n_files += !is_passed_over(record);
    return zp_waiting_add(run->waiting, path, record, bytes, error);
}

static void end_folder(ZpRun *run, const char *path)
{
    guint64 before = g_array_index(run->folders, guint64, run->folders->len - 1);
    g_array_set_size(run->folders, run->folders->len - 1);
    if (run->n_files == before && !run->options.records && run->options.on_empty_folder)
        run->options.on_empty_folder(path, run->options.data);
}

/* The ledger of a check waits for the last form; to convert it is all that is asked. */
static bool take_ledger(ZpRun *run, const ZpTask *task, ZpRecord *record, GError **error)
{
    run->ledger = zp_ledger_check_new(run->rulebook, task->path, record);
    return run->options.check || write_record(run, task->path, record, error);
}

bool zp_run_deliver_end(ZpRun *run, GError **error)
{
    const char *path = run->options.ledger;
    if (!run->ledger || !run->options.check || !run->summary.files)
        return true;
    ZpRecord *record = zp_ledger_check_end(run->ledger);
    grade_and_mark(run, path, record);
    bool done = write_record(run, path, record, error);
    g_clear_pointer(&run->ledger, zp_ledger_check_free);
    return done;
}

/* A form that a folder holds where a report is to be written would be lost. */
static bool is_output(const ZpRun *run, const char *path, GError **error)
{
    const char *output =
        run->options.find_output ? run->options.find_output(path, run->options.outputs) : NULL;
    if (!output)
        return false;
    if (strcmp(output, path) == 0)
        zp_error_set(error, ZP_ERROR_USAGE, "%s 既是输入又是输出", "%s is both input and output",
                     path);
    else
        zp_error_set(error, ZP_ERROR_USAGE, "%s 既是输入（%s）又是输出",
                     "%s is both input (%s) and output", output, path);
    return true;
}

/* Its entries have had their turn; what is wrong with it comes behind them. */
static bool end_archive(ZpRun *run, ZpTask *task, ZpRecord *record, GError **error)
{
    g_autoptr(ZpRecord) kept = record;
    if (!keep(run, task, record, error))
        return false;
    record->is_aside = task->is_walked;
    if (record->error && !task->is_foreign &&
        !zp_run_queue(run, task->path, g_steal_pointer(&kept), task->record, error))
        return false;
    end_folder(run, task->path);
    return true;
}

bool zp_run_deliver(ZpTask *task, gpointer data, GError **error)
{
    ZpRun *run = data;
    if (task->kind == ZP_TASK_FOLDER_BEGINS) {
        g_array_append_val(run->folders, run->n_files);
        return true;
    }
    if (task->kind == ZP_TASK_FOLDER_ENDS) {
        end_folder(run, task->path);
        return true;
    }
    run->n_passed += task->passed;
    run->summary.skipped += task->passed;
    if (task->held_as) {
        run->summary.files++;
        run->n_files++; /* its folder has a file */
        return run->options.on_held(task->path, task->held_as, run->options.taker, error);
    }
    if (task->is_foreign && !task->is_archive)
        return true;
    g_autoptr(ZpRecord) record = zp_run_record_of(run, task);
    if (task->is_archive)
        return end_archive(run, task, g_steal_pointer(&record), error);
    note_time(run, task);
    if (task->is_ledger)
        return take_ledger(run, task, g_steal_pointer(&record), error);
    if (!keep(run, task, record, error))
        return false;
    record->is_aside = task->is_walked;
    if (task->is_walked && !is_passed_over(record) && is_output(run, task->path, error))
        return false;
    if (record->forms->len > 0) /* else nobody takes it */
        record->content = g_steal_pointer(&task->content);
    return zp_run_queue(run, task->path, g_steal_pointer(&record), task->record, error);
}
