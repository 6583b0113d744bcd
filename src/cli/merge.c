/*
 * merge.c - `ziping merge RECORDS…`: the shards of a run give what the run itself would have.
 *
 * Inputs, command and settings are those of the run, so severities, suppressions and the rules between
 * forms come out the same; only the outputs are chosen here.
 */
#include "cli/job.h"

#include "base/error.h"
#include "cli/keep.h"
#include "cli/places.h"
#include "run/shards.h"

#include <string.h>

static bool feed(ZpRun *run, const ZpSession *session, ZpWriting *writing, GError **error)
{
    ZpShards *shards = session->records;
    bool may_replace = zp_places_has_written(session);
    /* The ledger is read anew, and must be known before the first form. */
    if (session->arguments.ledger && !zp_run_drain(run, error))
        return false;
    for (;;) {
        g_autoptr(ZpTapeEntry) entry = NULL;
        if (!zp_shards_next(shards, &entry, error))
            return false;
        if (!entry)
            break;
        if ((may_replace && !zp_places_check_read(session, entry->path, error)) ||
            !zp_run_take(run, entry, writing, error))
            return false;
    }
    zp_run_skip(run, zp_shards_skipped(shards));
    return true;
}

static GPtrArray *list_files(const ZpArguments *arguments)
{
    GPtrArray *files = g_ptr_array_new();
    for (char **file = arguments->rest; file && *file; file++)
        g_ptr_array_add(files, *file);
    return files;
}

/* The words of the run, but for what was said here. */
static char **inputs_of(const ZpTapeHead *head)
{
    char **inputs = g_new0(char *, head->inputs->len + 1);
    for (guint k = 0; k < head->inputs->len; k++)
        inputs[k] = g_strdup(g_ptr_array_index(head->inputs, k));
    return inputs;
}

static ZpExit merge(const ZpArguments *arguments, ZpShards *shards)
{
    const ZpTapeHead *head = zp_shards_head(shards);
    const ZpJob job = {.command = "merge",
                       .format = head->check ? "text" : "json",
                       .format_option = "--format",
                       .check = head->check,
                       .reads = arguments->rest,
                       .feed = feed};
    g_auto(GStrv) inputs = inputs_of(head);
    ZpArguments run = *arguments;
    run.rest = inputs;
    zp_keep_recall(head, &run);
    __attribute__((cleanup(zp_session_clear))) ZpSession session;
    ZpExit status = zp_session_open(&session, &run, &job);
    if (status != ZP_EXIT_CLEAN)
        return status;
    g_autofree char *program = zp_keep_program(session.rulebook);
    if (strcmp(program, head->program) != 0) {
        zp_say(session.arguments.lang, "这些记录是 %s 写的，不是 %s",
               "the records were written by %s, not by %s", head->program, program);
        return ZP_EXIT_USAGE;
    }
    session.records = shards;
    return zp_job_run_session(&session, NULL, NULL);
}

ZpExit zp_command_merge(const ZpArguments *arguments)
{
    g_autoptr(GPtrArray) files = list_files(arguments);
    g_autoptr(GError) error = NULL;
    if (files->len == 0) {
        zp_say(arguments->lang, "没有给出记录文件；用法：ziping merge 记录…",
               "no files of records given; usage: ziping merge RECORDS…");
        return ZP_EXIT_USAGE;
    }
    g_autoptr(ZpShards) shards = zp_shards_open(files, &error);
    if (shards)
        return merge(arguments, shards);
    zp_say(arguments->lang, "%s", "%s", zp_error_text(error, arguments->lang));
    return ZP_EXIT_USAGE;
}
