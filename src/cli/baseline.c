/*
 * baseline.c - `ziping baseline write FILE… -o BASELINE`, `ziping baseline prune BASELINE FILE…`.
 *
 * `write` puts down every finding that counts, so that `check --baseline` reports only what is
 * new; `prune` takes out of a baseline what is there no more.  What could not be read is never in
 * a baseline, and a baseline is not pruned by a run that could not read everything: what is in
 * an unread file is not gone.
 */
#include "cli/job.h"

#include "base/error.h"

#include <string.h>

static void collect(const ZpResult *result, gpointer data)
{
    for (guint k = 0; k < result->report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(result->report->findings, k);
        if (!finding->suppressed)
            zp_known_add(data, result->path, result->forms, finding);
    }
}

/* The text into a file that is replaced only when it is complete, or to standard output. */
static ZpExit write_known(const ZpKnown *known, const char *path, ZpLang lang)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    zp_known_print(known, text);
    if (!path || strcmp(path, "-") == 0)
        return zp_print(text, lang);
    if (zp_output_write(path, text->str, text->len, &error))
        return ZP_EXIT_CLEAN;
    zp_say(lang, "%s", "%s", zp_error_text(error, lang));
    return ZP_EXIT_INTERNAL;
}

/* Findings do not fail these commands; inputs that could not be read do. */
static bool is_done(ZpExit status)
{
    return status == ZP_EXIT_CLEAN || status == ZP_EXIT_FINDINGS || status == ZP_EXIT_UNREADABLE;
}

static ZpExit write_baseline(const ZpArguments *arguments)
{
    static const ZpJob job = {.command = "baseline", .check = true};
    __attribute__((cleanup(zp_session_clear))) ZpSession session;
    g_autoptr(ZpKnown) known = zp_known_new();
    g_autoptr(ZpKnown) nothing = zp_known_new();
    ZpExit status = zp_session_open(&session, arguments, &job);
    if (status != ZP_EXIT_CLEAN)
        return status;
    session.show = ZP_SEVERITY_OFF;
    zp_config_set_known(session.config, nothing, NULL); /* so that findings get fingerprints */
    status = zp_job_run_session(&session, collect, known);
    if (!is_done(status))
        return status;
    ZpExit written = write_known(known, arguments->output, session.arguments.lang);
    if (written != ZP_EXIT_CLEAN)
        return written;
    return status == ZP_EXIT_UNREADABLE ? status : ZP_EXIT_CLEAN;
}

static ZpExit prune(ZpSession *session, ZpKnown *known, const char *path)
{
    ZpLang lang = session->arguments.lang;
    session->show = ZP_SEVERITY_OFF;
    zp_config_set_known(session->config, known, NULL);
    ZpExit status = zp_job_run_session(session, NULL, NULL);
    if (status == ZP_EXIT_UNREADABLE)
        zp_say(lang, "%s 没有改动：有文件读不了，其中的问题是否还在不得而知",
               "%s is left as it is: some input could not be read, and what is in it is not known",
               path);
    if (!is_done(status) || status == ZP_EXIT_UNREADABLE)
        return status;
    guint forgotten = zp_known_forget_gone(known);
    status = write_known(known, path, lang);
    if (status == ZP_EXIT_CLEAN && !session->arguments.quiet)
        zp_say(lang, "%s：去掉 %u 条", "%s: %u taken out", path, forgotten);
    return status;
}

static ZpExit prune_baseline(const ZpArguments *arguments)
{
    g_autoptr(GError) error = NULL;
    const char *path = arguments->rest ? arguments->rest[0] : NULL;
    const ZpJob job = {.command = "baseline", .check = true, .writes = path};
    if (!path || arguments->output) {
        zp_say(arguments->lang, "用法：ziping baseline prune 基线 文件…（改写基线文件本身）",
               "usage: ziping baseline prune BASELINE FILE… (it rewrites BASELINE itself)");
        return ZP_EXIT_USAGE;
    }
    ZpArguments inner = *arguments;
    inner.rest = arguments->rest + 1;
    g_autoptr(ZpKnown) known = zp_known_read_baseline(path, &error);
    if (!known) {
        zp_say(arguments->lang, "%s", "%s", zp_error_text(error, arguments->lang));
        return ZP_EXIT_USAGE;
    }
    __attribute__((cleanup(zp_session_clear))) ZpSession session;
    ZpExit status = zp_session_open(&session, &inner, &job);
    if (status != ZP_EXIT_CLEAN)
        return status;
    return prune(&session, known, path);
}

ZpExit zp_command_baseline(const ZpArguments *arguments)
{
    static const struct {
        const char *word;
        ZpExit (*run)(const ZpArguments *arguments);
    } WAYS[] = {{"write", write_baseline}, {"prune", prune_baseline}};
    ZpArguments inner = *arguments;
    for (gsize k = 0; k < G_N_ELEMENTS(WAYS) && arguments->rest; k++) {
        if (strcmp(arguments->rest[0], WAYS[k].word) != 0)
            continue;
        inner.rest = arguments->rest + 1;
        return WAYS[k].run(&inner);
    }
    zp_say(arguments->lang, "baseline 后面要写 write 或 prune", "baseline: say `write` or `prune`");
    return ZP_EXIT_USAGE;
}
