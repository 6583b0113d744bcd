/*
 * run_known.c - what the journal of an earlier run knows of an input, and of the entries of an archive.
 */
#include "run/run_private.h"

#include <string.h>

/* What the journal knows of an input. */
typedef struct {
    const ZpRun *run;
    ZpTask *task;
} LookUp;

static ZpTask *task_of_entry(const ZpTask *task, const ZpTapeEntry *entry)
{
    ZpTask *part =
        zp_task_entry(task, entry->path + strlen(task->path) + strlen("!/"), entry->part);
    zp_run_describe(part);
    return part;
}

/* A journal's record that cannot be is read anew, as a cache's is. */
static bool is_sound(const ZpTapeEntry *entry, gpointer data)
{
    const LookUp *look = data;
    ZpTask task = {.path = entry->path,
                   .is_found = look->task->is_found || entry->part > 0,
                   .is_archive = entry->part == ZP_PART_END,
                   .record = entry->record};
    bool is_entry = entry->part > 0 && entry->part < ZP_PART_END;
    g_autoptr(ZpRecord) record =
        is_entry == (strcmp(entry->path, look->task->path) != 0) && entry->part >= look->task->after
            ? zp_run_read_record(look->run, &task)
            : NULL;
    return record != NULL;
}

static void settle_by(ZpTask *task, const ZpTapeEntry *entry)
{
    task->record = g_bytes_ref(entry->record);
    task->passed = entry->passed;
    task->is_done = task->is_known = true;
}

/* The first entry that is known makes the input an archive. */
static bool add_known_entry(ZpRun *run, ZpTask *task, const ZpTapeEntry *entry, GError **error)
{
    if (!task->is_archive && !zp_run_mark_folder(run, ZP_TASK_FOLDER_BEGINS, task->path, error))
        return false;
    task->is_archive = true;
    task->after = entry->part;
    ZpTask *known = task_of_entry(task, entry);
    settle_by(known, entry);
    return zp_pool_add(run->pool, known, error); /* a run that reads here has no journal */
}

/* What is known of an input, and of the entries of an archive. */
bool zp_run_look_up(ZpRun *run, ZpTask *task, bool *is_over, GError **error)
{
    LookUp look = {run, task};
    task->stamp = zp_stamp_of(task->path);
    while (!task->is_done) {
        g_autoptr(ZpTapeEntry) entry = NULL;
        ZpJournalFound found =
            zp_journal_find(run->options.journal, task->number, task->path,
                            task->is_foreign && !task->is_archive, is_sound, &look, &entry);
        *is_over = found == ZP_JOURNAL_PASSED;
        if (found != ZP_JOURNAL_ENTRY)
            break;
        if (entry->part > 0 && entry->part < ZP_PART_END) {
            if (!add_known_entry(run, task, entry, error))
                return false;
            continue;
        }
        if (entry->part == ZP_PART_END && !task->is_archive &&
            !zp_run_mark_folder(run, ZP_TASK_FOLDER_BEGINS, task->path, error))
            return false;
        task->is_archive = entry->part == ZP_PART_END;
        settle_by(task, entry);
    }
    if (task->is_archive)
        task->part = ZP_PART_END;
    return true;
}
