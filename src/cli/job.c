/*
 * job.c - the inputs of a session through one run into its outputs.
 */
#include "cli/job.h"

#include "base/error.h"
#include "base/limits.h"
#include "cli/keep.h"
#include "cli/progress.h"
#include "cli/walls.h"
#include "output/passed_over.h"

#include <unistd.h>

/* What the run's calls back need. */
typedef struct {
    const ZpArguments *arguments;
    bool says_errors; /* no output says why a file failed */
    bool says_unread; /* at once: there is no end that would */
    ZpProgress progress;
    const ZpRun *run;                                         /* (nullable) under way */
    guint64 n_links;                                          /* in folders, not followed */
    char *first_link;                                         /* (nullable) */
    void (*on_result)(const ZpResult *result, gpointer data); /* (nullable) */
    gpointer data;                                            /* for on_result */
    ZpCorrections *corrections;                               /* (nullable) */
} Watch;

/* convert's output need not say why a file failed (csv does not), and baseline and fix have none. */
static void on_file(const ZpResult *result, gpointer data)
{
    Watch *watch = data;
    if (result->error && watch->says_errors) {
        zp_progress_clear(&watch->progress);
        zp_say(watch->arguments->lang, "%s：%s %s", "%s: %s %s", result->path, result->error_code,
               zp_error_text(result->error, watch->arguments->lang));
    }
    if (watch->corrections)
        zp_corrections_note(watch->corrections, result->sha256);
    if (watch->on_result)
        watch->on_result(result, watch->data);
    zp_progress_show(&watch->progress, watch->run);
}

static void on_empty_folder(const char *path, gpointer data)
{
    Watch *watch = data;
    zp_progress_clear(&watch->progress);
    zp_say(watch->arguments->lang, "%s：文件夹里没有认得的文件", "%s: no known file in the folder",
           path);
}

static void on_link(const char *path, gpointer data)
{
    Watch *watch = data;
    if (watch->n_links++ == 0)
        watch->first_link = g_strdup(path);
}

/* What was left out is said once, with one of them to look at. */
static void say_links(Watch *watch)
{
    if (watch->n_links > 0 && !watch->arguments->quiet)
        zp_say_links(watch->arguments->lang, watch->n_links, watch->first_link);
    g_clear_pointer(&watch->first_link, g_free);
}

static void on_fewer_jobs(guint jobs, gpointer data)
{
    const Watch *watch = data;
    zp_say(watch->arguments->lang,
           "系统只允许打开很少的文件（ulimit -n），因此同时只用 %u 个工作进程",
           "the system lets few files be open at once (ulimit -n), so there are %u workers at once",
           jobs);
}

/* A folder of files that may hold forms and were not read is a result as well: exit 3, and a report that says so. */
static bool has_something(const ZpSession *session, const ZpSummary *summary)
{
    return summary->files > 0 || (zp_passed_over_count(summary) > 0 && !session->skips_unread);
}

static ZpExit exit_of(const ZpSummary *summary, const ZpSession *session)
{
    if (!has_something(session, summary) && !session->shards)
        return ZP_EXIT_USAGE;
    if (summary->failed > 0 || (zp_passed_over_count(summary) > 0 && !session->skips_unread))
        return ZP_EXIT_UNREADABLE;
    if (session->shards) /* severities are merge's to say */
        return ZP_EXIT_CLEAN;
    if (session->job->check && session->fail_on == ZP_SEVERITY_OFF && summary->unjudged > 0)
        return ZP_EXIT_FINDINGS;
    for (int k = session->fail_on; k < ZP_SEVERITY_COUNT; k++) {
        guint64 asides = k == ZP_SEVERITY_ERROR ? summary->asides : 0;
        if (session->job->check && summary->by_severity[k] > asides)
            return ZP_EXIT_FINDINGS;
    }
    return ZP_EXIT_CLEAN;
}

static void say_unread(const char *text, bool may_hold, gpointer data)
{
    const ZpSession *session = data;
    (void)may_hold;
    zp_say(session->arguments.lang, "%s", "%s", text);
}

/* Where no text report lists them; a watch has said it of each. */
static void say_all_unread(const ZpSession *session, const ZpSummary *summary)
{
    bool is_listed = has_something(session, summary) && zp_targets_have(&session->targets, "text");
    if (!session->arguments.quiet && !session->job->is_endless && !is_listed)
        zp_passed_over_each(summary, session->arguments.all, session->arguments.lang, say_unread,
                            (gpointer)session);
}

static void on_unread(const ZpPassedOver *unread, gpointer data)
{
    const Watch *watch = data;
    bool zh = watch->arguments->lang == ZP_LANG_ZH;
    if (!watch->says_unread || watch->arguments->quiet)
        return;
    zp_say(watch->arguments->lang, "%s：没有读：%s%s%s", "%s: not read: %s%s%s", unread->path,
           zh ? unread->zh : unread->en, unread->advice_zh ? (zh ? "；" : "; ") : "",
           !unread->advice_zh ? ""
           : zh               ? unread->advice_zh
                              : unread->advice_en);
}

static void say_skipped(const ZpSession *session, const ZpSummary *summary)
{
    const ZpArguments *arguments = &session->arguments;
    if (session->job->check || arguments->quiet || summary->skipped == 0)
        return;
    zp_say(arguments->lang, "跳过 %" G_GUINT64_FORMAT " 个文件（隐藏的，或不认得的类型）",
           "%" G_GUINT64_FORMAT " files skipped (hidden or of an unknown kind)", summary->skipped);
}

/* What to list stale suppressions with. */
typedef struct {
    GPtrArray *notices; /* of char * */
    ZpLang lang;
} Notices;

static void add_notice(const char *zh, const char *en, gpointer data)
{
    const Notices *notices = data;
    g_ptr_array_add(notices->notices, g_strdup(zp_lang_pick(notices->lang, zh, en)));
}

static GPtrArray *list_notices(const ZpSession *session)
{
    Notices notices = {g_ptr_array_new_with_free_func(g_free), session->arguments.lang};
    if (session->job->check)
        zp_config_report_stale(session->config, add_notice, &notices);
    return notices.notices;
}

/* What the earlier report had and this run has not. */
static GArray *list_gone(const ZpSession *session)
{
    GArray *gone = g_array_new(FALSE, TRUE, sizeof(ZpGone));
    const GPtrArray *findings = session->before ? zp_known_findings(session->before) : NULL;
    for (guint k = 0; findings && k < findings->len; k++) {
        const ZpKnownFinding *one = g_ptr_array_index(findings, k);
        const ZpGone row = {.rule = one->rule,
                            .severity = one->severity,
                            .count = one->left,
                            .path = one->path,
                            .project = one->project,
                            .pointer = one->field,
                            .message = one->message,
                            .fingerprint = one->fingerprint};
        if (one->left > 0)
            g_array_append_val(gone, row);
    }
    return gone;
}

/* Corrections of other documents are refused, and said; none that fits: the file is of no use here. */
static bool have_corrections_fit(const ZpSession *session)
{
    guint all = 0;
    guint left = session->corrections ? zp_corrections_left(session->corrections, &all) : 0;
    if (left > 0)
        zp_say(session->arguments.lang,
               "--corrections：%u 条更正中有 %u 条是别的文件的（SHA-256 不同），没有用",
               "--corrections: of %u corrections, %u are of other documents (another SHA-256) and "
               "were not used",
               all, left);
    return left == 0 || left < all;
}

static bool feed_inputs(ZpRun *run, const ZpSession *session, ZpWriting *writing, GError **error)
{
    for (guint k = 0; k < session->inputs->len; k++) {
        if (!zp_run_add(run, g_ptr_array_index(session->inputs, k), writing, error))
            return false;
    }
    return true;
}

static bool feed(ZpRun *run, const ZpSession *session, ZpWriting *writing, GError **error)
{
    if (session->planned) {
        /* What was passed over when the plan was made is counted once. */
        for (guint k = 0; k < session->planned->len; k++) {
            if (!zp_run_add_planned(run, g_ptr_array_index(session->planned, k), writing, error))
                return false;
        }
        if (session->shard == 1)
            zp_run_skip(run, session->plan->skipped);
        return true;
    }
    return (session->job->feed ? session->job->feed : feed_inputs)(run, session, writing, error);
}

/* Every input, then the end of the outputs; nothing is written when nothing was read. */
static bool run_inputs(ZpRun *run, const ZpSession *session, ZpWriting *writing, GError **error)
{
    const char *ledger = session->arguments.ledger;
    bool is_alone = ledger && !session->job->check;
    if ((ledger && !zp_run_add_ledger(run, writing, error)) ||
        (!is_alone && !feed(run, session, writing, error)) || !zp_run_end(run, error))
        return false;
    g_autoptr(GArray) gone = list_gone(session);
    g_autoptr(GPtrArray) notices = list_notices(session);
    g_autoptr(GPtrArray) held = zp_config_tell(session->config);
    const ZpRunNotes notes = {session->baseline != NULL, session->before != NULL, gone, notices,
                              held};
    const ZpRunNotes nothing = {0};
    const ZpSummary *summary = zp_run_summary(run);
    zp_run_set_notes(run, &notes);
    bool done = !has_something(session, summary) || zp_writing_end(writing, summary, error);
    zp_run_set_notes(run, &nothing);
    for (guint k = 0; done && k < notices->len; k++)
        zp_say(session->arguments.lang, "%s", "%s", (const char *)g_ptr_array_index(notices, k));
    return done;
}

/* Where results go to the same terminal, a line of progress would stand among them. */
static bool wants_progress(const ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    bool is_elsewhere = !zp_targets_use_standard_output(&session->targets) ||
                        !isatty(STDOUT_FILENO) || !isatty(STDERR_FILENO);
    return !arguments->quiet && !arguments->no_progress && is_elsewhere &&
           !session->job->is_endless;
}

static void start_watch(Watch *watch, const ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    *watch = (Watch){.arguments = arguments,
                     .corrections = session->corrections,
                     .says_unread = session->job->is_endless,
                     .says_errors = !session->job->check || !zp_targets_writing(&session->targets)};
    zp_progress_start(&watch->progress, arguments->lang, wants_progress(session),
                      session->records || session->planned ? NULL : session->inputs,
                      ZP_LIMIT_FOLDER_DEPTH);
    if (session->planned)
        watch->progress.total =
            g_array_index(session->plan->shards, ZpPlanShard, session->shard - 1).documents;
}

static bool open_targets(ZpSession *session, GError **error)
{
    const ZpArguments *arguments = &session->arguments;
    const ZpWriteOptions options = {.lang = arguments->lang,
                                    .colour = zp_wants_colour(),
                                    .width = zp_terminal_columns(STDOUT_FILENO),
                                    .quiet = arguments->quiet,
                                    .all = arguments->all,
                                    .at_once = session->job->is_endless,
                                    .verbose = arguments->verbose,
                                    .brief = session->show > ZP_SEVERITY_NOTE,
                                    .raw = arguments->raw,
                                    .excel = arguments->excel,
                                    .check = session->job->check,
                                    .statistics = arguments->statistics,
                                    .sarif_results = session->sarif_results};
    return zp_targets_open(&session->targets, session->rulebook, &options, error);
}

/* Of what concerns the run as a whole the first input's settings count, unless an option says it. */
static ZpLimits limits_of(const ZpSession *session)
{
    static const ZpBound OF_THE_RUN[] = {ZP_BOUND_TIME, ZP_BOUND_MEMORY, ZP_BOUND_OUTPUT};
    const ZpSettings *settings =
        zp_config_for(session->config, g_ptr_array_index(session->inputs, 0));
    ZpLimits limits = session->limits;
    for (gsize k = 0; k < G_N_ELEMENTS(OF_THE_RUN); k++) {
        if (!limits.most[OF_THE_RUN[k]])
            limits.most[OF_THE_RUN[k]] = zp_settings_limit(settings, OF_THE_RUN[k]);
    }
    return limits;
}

static ZpRun *make_run(const ZpSession *session, GOutputStream *records, Watch *watch)
{
    const ZpRunOptions options = {
        .from = session->arguments.from,
        .password = session->password,
        .corrections = session->corrections,
        .check = zp_session_judges(session),
        .office = session->arguments.office,
        .repairs = session->arguments.repairs,
        .ledger = session->arguments.ledger,
        .config = session->config,
        .show = session->show,
        .lang = session->arguments.lang,
        .jobs = session->jobs,
        .entries = session->entries,
        .no_sandbox = session->arguments.no_sandbox,
        .journal = session->journal,
        .cache = session->cache,
        .shard = session->plan ? 0 : session->shard,
        .shards = session->plan ? 0 : session->shards,
        .records = records,
        .limits = limits_of(session),
        .no_across = session->job->take != NULL,
        .wants_content = session->job->take != NULL || session->arguments.annotate_dir != NULL,
        .wants_digests =
            session->job->take != NULL || session->job->wants_digests || session->cache != NULL,
        .is_own = session->job->is_own,
        .hold = session->job->hold,
        .on_held = session->job->on_held,
        .take = session->job->take,
        .taker = session->job->taker,
        .find_output = zp_targets_find_at,
        .outputs = (gpointer)&session->targets,
        .on_record = session->job->on_record,
        .keeper = session->job->keeper,
        .on_mark = session->job->on_mark,
        .marker = session->job->marker,
        .on_file = on_file,
        .on_empty_folder = on_empty_folder,
        .on_link = on_link,
        .on_unread = on_unread,
        .on_fewer_jobs = on_fewer_jobs,
        .data = watch};
    ZpRun *run = zp_run_new(session->rulebook, &options);
    watch->run = run;
    return run;
}

static ZpExit finish(const ZpSession *session, const ZpRun *run, bool done, bool is_silent,
                     const GError *error)
{
    const ZpSummary *summary = zp_run_summary(run);
    if (error && !is_silent)
        zp_say(session->arguments.lang, "%s", "%s", zp_error_text(error, session->arguments.lang));
    if (!done)
        return error && error->code == ZP_ERROR_USAGE ? ZP_EXIT_USAGE : ZP_EXIT_INTERNAL;
    say_all_unread(session, summary);
    say_skipped(session, summary);
    bool fits = session->shards || have_corrections_fit(session);
    ZpExit status = exit_of(summary, session);
    return fits || status == ZP_EXIT_USAGE ? status : ZP_EXIT_UNREADABLE;
}

/* A shard: what was read goes to one file, as it is. */
static ZpExit run_shard(ZpSession *session, Watch *watch)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpTapeHead) head = zp_keep_head(session);
    g_autoptr(GBytes) begin = zp_tape_begin(head);
    ZpOutput output;
    if (!zp_output_open(&output, session->arguments.output, &error)) {
        zp_say(session->arguments.lang, "%s", "%s", zp_error_text(error, session->arguments.lang));
        return ZP_EXIT_INTERNAL;
    }
    g_autoptr(ZpRun) run = make_run(session, output.stream, watch);
    gsize size = 0;
    gconstpointer data = g_bytes_get_data(begin, &size);
    bool done = g_output_stream_write_all(output.stream, data, size, NULL, NULL, NULL);
    if (!done)
        zp_error_set(&error, ZP_ERROR_OUTPUT, "记录无法写入", "the records cannot be written");
    done = done && run_inputs(run, session, NULL, &error);
    zp_progress_clear(&watch->progress);
    say_links(watch);
    done &= zp_output_close(&output, done, error ? NULL : &error);
    return finish(session, run, done, false, error);
}

ZpExit zp_job_run_session(ZpSession *session,
                          void (*on_result)(const ZpResult *result, gpointer data), gpointer data)
{
    Watch watch;
    if (!zp_walls_stand(session))
        return ZP_EXIT_USAGE;
    start_watch(&watch, session);
    watch.on_result = on_result;
    watch.data = data;
    if (session->shards &&
        zp_output_is_shown(session->arguments.output, "--shard", session->arguments.lang))
        return ZP_EXIT_USAGE;
    if (session->shards)
        return run_shard(session, &watch);
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpRun) run = make_run(session, NULL, &watch);
    bool is_silent = false;
    bool done = open_targets(session, &error) &&
                run_inputs(run, session, zp_targets_writing(&session->targets), &error);
    bool has_report = has_something(session, zp_run_summary(run));
    zp_progress_clear(&watch.progress);
    say_links(&watch);
    done &= zp_targets_close(&session->targets, done && has_report, &is_silent, &error);
    return finish(session, run, done, is_silent, error);
}

ZpExit zp_job_run(const ZpArguments *arguments, const ZpJob *job)
{
    __attribute__((cleanup(zp_session_clear))) ZpSession session;
    ZpExit status = zp_session_open(&session, arguments, job);
    if (status != ZP_EXIT_CLEAN)
        return status;
    return arguments->show_config ? zp_session_show(&session)
                                  : zp_job_run_session(&session, NULL, NULL);
}
