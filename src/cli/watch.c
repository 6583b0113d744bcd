/*
 * watch.c - `ziping watch DIR…`: check what arrives or changes, until interrupted.
 *
 * One run without an end: the outputs get each file when it is done and their last line when the watch
 * is interrupted, which is how it is meant to end, so it exits 0.
 *
 * A configuration that changes is read anew, and holds for what comes after; with a mistake in it the
 * settings there were go on holding.  What is of the run as a whole stays as it began.
 */
#include "cli/job.h"

#include "base/error.h"
#include "run/watcher.h"

static bool add_folders(ZpWatcher *watcher, const ZpSession *session, GError **error)
{
    for (guint k = 0; k < session->inputs->len; k++) {
        if (!zp_watcher_add(watcher, g_ptr_array_index(session->inputs, k), error))
            return false;
    }
    return true;
}

static ZpConfigOptions config_options(const ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    return (ZpConfigOptions){.file = arguments->config,
                             .none = arguments->no_config,
                             .select = arguments->select,
                             .ignore = arguments->ignore};
}

/* What adding the files of settings needs. */
typedef struct {
    ZpWatcher *watcher;
    GError **error;
} Adding;

static bool add_setting(const char *path, gpointer data)
{
    const Adding *adding = data;
    return zp_watcher_add_setting(adding->watcher, path, adding->error);
}

static bool add_settings(ZpWatcher *watcher, const ZpSession *session, GError **error)
{
    const ZpConfigOptions options = config_options(session);
    Adding adding = {watcher, error};
    if (!options.file && !options.none)
        zp_watcher_set_setting_name(watcher, ZP_CONFIG_NAME);
    for (guint k = 0; k < session->inputs->len; k++) {
        if (!zp_config_each_file(&options, g_ptr_array_index(session->inputs, k), add_setting,
                                 &adding))
            return false;
    }
    return true;
}

/* The workers have copies of the settings: the next input gets new ones. */
static bool reload(ZpRun *run, const ZpSession *session, bool is_loud, GError **error)
{
    const ZpArguments *arguments = &session->arguments;
    const ZpConfigOptions options = config_options(session);
    g_autoptr(GError) mistake = NULL;
    if (!zp_run_end(run, error))
        return false;
    bool done = zp_config_reload(session->config, &options, session->inputs, &mistake);
    if (!done)
        zp_say(arguments->lang, "%s（仍用原来的设置）", "%s (the settings stay as they were)",
               zp_error_text(mistake, arguments->lang));
    else if (is_loud && !arguments->quiet)
        zp_say(arguments->lang, "配置变了，已重新读取",
               "the configuration changed and was read anew");
    return true;
}

/* A folder that arrives may bring settings with it. */
static bool take(ZpRun *run, const ZpSession *session, ZpWriting *writing, ZpWatched watched,
                 const char *path, GError **error)
{
    if (watched == ZP_WATCHED_SETTING)
        return reload(run, session, true, error);
    if (g_file_test(path, G_FILE_TEST_IS_DIR) && !reload(run, session, false, error))
        return false;
    if (!zp_run_add_found(run, path, writing, error) || !zp_run_drain(run, error))
        return false;
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
    ZpWatched watched;
    bool done =
        watcher && add_folders(watcher, session, error) && add_settings(watcher, session, error);
    if (done && !arguments->quiet)
        zp_say(arguments->lang, "正在监视 %u 个文件夹；Ctrl-C 结束",
               "watching %u folders; Ctrl-C ends", zp_watcher_count(watcher));
    do {
        g_autofree char *path = NULL;
        watched = done ? zp_watcher_next(watcher, &path, error) : ZP_WATCHED_NOTHING;
        done = done && (!path || take(run, session, writing, watched, path, error));
    } while (watched != ZP_WATCHED_NOTHING);
    return done && (!error || !*error);
}

static void say_clean(const ZpResult *result, gpointer data)
{
    const ZpSession *session = data;
    if (!session->arguments.quiet && !result->error && result->report->findings->len == 0 &&
        result->report->unevaluated->len == 0)
        zp_say(session->arguments.lang, "%s：没有问题", "%s: no problems", result->path);
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
    status = zp_job_run_session(&session, say_clean, &session);
    return status == ZP_EXIT_INTERNAL ? status : ZP_EXIT_CLEAN;
}
