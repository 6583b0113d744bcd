/*
 * watch.c - `ziping watch DIR…`: check what arrives or changes, until interrupted.
 *
 * One run without an end: the outputs get each file when it is done and their last line when the watch
 * is interrupted, which is how it is meant to end, so it exits 0.
 */
#include "cli/job.h"

#include "base/error.h"
#include "run/watcher.h"

#include <stdio.h>

static bool add_folders(ZpWatcher *watcher, const ZpSession *session, GError **error)
{
    for (guint k = 0; k < session->inputs->len; k++) {
        if (!zp_watcher_add(watcher, g_ptr_array_index(session->inputs, k), error))
            return false;
    }
    return true;
}

static bool flush(ZpWriting *writing, GError **error)
{
    for (; writing; writing = writing->next) {
        if (!zp_writing_flush(writing, 1, error))
            return false;
    }
    return true;
}

static bool feed(ZpRun *run, const ZpSession *session, ZpWriting *writing, GError **error)
{
    const ZpArguments *arguments = &session->arguments;
    g_autoptr(ZpWatcher) watcher = zp_watcher_new(error);
    g_autofree char *path = NULL;
    if (!watcher || !add_folders(watcher, session, error))
        return false;
    if (!arguments->quiet)
        zp_say(arguments->lang, "正在监视 %u 个文件夹；Ctrl-C 结束",
               "watching %u folders; Ctrl-C ends", zp_watcher_count(watcher));
    while ((path = zp_watcher_next(watcher, error))) {
        if (!zp_run_add_found(run, path, writing, error) || !zp_run_drain(run, error) ||
            !flush(writing, error))
            return false;
        g_clear_pointer(&path, g_free);
    }
    return !error || !*error;
}

static void say_clean(const ZpResult *result, gpointer data)
{
    const ZpSession *session = data;
    if (!session->arguments.quiet && !result->error && result->report->findings->len == 0)
        zp_say(session->arguments.lang, "%s：没有问题", "%s: clean", result->path);
}

/* Only folders can be watched. */
static bool are_folders(const ZpSession *session)
{
    for (guint k = 0; k < session->inputs->len; k++) {
        const char *path = g_ptr_array_index(session->inputs, k);
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            continue;
        zp_say(session->arguments.lang, "%s 不是文件夹；watch 只监视文件夹",
               "%s is no folder; watch takes folders", path);
        return false;
    }
    return true;
}

ZpExit zp_command_watch(const ZpArguments *arguments)
{
    static const ZpJob job = {.command = "watch",
                              .format = "text",
                              .format_option = "--format",
                              .check = true,
                              .is_endless = true,
                              .feed = feed};
    __attribute__((cleanup(zp_session_clear))) ZpSession session;
    ZpExit status = zp_session_open(&session, arguments, &job);
    if (status != ZP_EXIT_CLEAN)
        return status;
    if (!are_folders(&session))
        return ZP_EXIT_USAGE;
    session.arguments.all = TRUE; /* a report that waits for its end would not come */
    status = zp_job_run_session(&session, say_clean, &session);
    return status == ZP_EXIT_INTERNAL ? status : ZP_EXIT_CLEAN;
}
