/*
 * check.c - what runs over inputs: `ziping check` says what the forms say wrong about themselves, `convert` gives every
 * form in canonical shape, `review` a sheet of what of scans is in doubt, to fill in.
 */
#include "cli/annotate.h"
#include "cli/job.h"
#include "cli/report.h"
#include "cli/searchable.h"
#include "cli/split.h"

static bool is_complete(ZpExit status)
{
    return status != ZP_EXIT_USAGE && status != ZP_EXIT_INTERNAL;
}

/* The report first; then what is made of it beside: marked copies, a folder for each unit. */
static ZpExit check_and_make(ZpSession *session, ZpJob *job, ZpSplit *split,
                             ZpAnnotating *annotating)
{
    const ZpArguments *arguments = &session->arguments;
    if (arguments->annotate_dir && !zp_annotate_is_free(arguments, arguments->annotate_dir, NULL))
        return ZP_EXIT_USAGE;
    /* Before a report says where a copy is, it is there. */
    job->on_mark = arguments->annotate_dir ? zp_annotate_mark : NULL;
    job->marker = annotating;
    ZpExit status = zp_job_run_session(session, NULL, NULL);
    g_clear_pointer(&annotating->last, g_free);
    if (!is_complete(status))
        return status;
    if (annotating->is_broken || (split && !zp_split_write(split)))
        return ZP_EXIT_INTERNAL;
    return annotating->n_failed > 0 ? ZP_EXIT_UNREADABLE : status;
}

static ZpExit check_and_split(ZpSession *session, ZpJob *job)
{
    const ZpArguments *arguments = &session->arguments;
    bool splits = arguments->split_by || arguments->split_dir || arguments->split_parts;
    g_autoptr(ZpSplit) split = splits ? zp_split_new(arguments, session->rulebook) : NULL;
    if (splits && !split)
        return ZP_EXIT_USAGE;
    job->on_record = split ? zp_split_keep : NULL;
    job->keeper = split;
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    ZpAnnotating annotating = {.session = session,
                               .folder = arguments->annotate_dir,
                               .place = arguments->annotate_place,
                               .taken = taken};
    return check_and_make(session, job, split, &annotating);
}

static ZpExit check_into(ZpSession *session, ZpJob *job, ZpReportFolder *folder)
{
    if (folder && !zp_report_folder_begin(folder, session))
        return ZP_EXIT_USAGE;
    ZpExit status = check_and_split(session, job);
    bool done = !folder || zp_report_folder_end(folder, session, is_complete(status));
    return done ? status : ZP_EXIT_INTERNAL;
}

ZpExit zp_command_check(const ZpArguments *arguments)
{
    ZpJob job = {.command = "check", .format = "text", .format_option = "--format", .check = true};
    if (!arguments->annotate_dir && !arguments->split_by && !arguments->split_dir &&
        !arguments->split_parts && !arguments->report)
        return zp_job_run(arguments, &job);
    if (arguments->shard || arguments->shard_of || arguments->show_config) {
        zp_say(
            arguments->lang,
            "--report、--annotate-dir、--split-by 不能与 --shard、--shard-of、--show-config 同用",
            "--report, --annotate-dir and --split-by go with neither --shard, --shard-of nor "
            "--show-config");
        return ZP_EXIT_USAGE;
    }
    ZpArguments own = *arguments;
    g_autoptr(ZpReportFolder) folder = own.report ? zp_report_folder_new(&own) : NULL;
    job.wants_digests = own.annotate_dir != NULL;
    __attribute__((cleanup(zp_session_clear))) ZpSession session;
    ZpExit status = zp_session_open(&session, &own, &job);
    return status == ZP_EXIT_CLEAN ? check_into(&session, &job, folder) : status;
}

ZpExit zp_command_convert(const ZpArguments *arguments)
{
    if (zp_searchable_is_asked(arguments))
        return zp_searchable_command(arguments);
    const ZpJob job = {
        .command = "convert", .format = "json", .format_option = "--to", .check = false};
    return zp_job_run(arguments, &job);
}

ZpExit zp_command_review(const ZpArguments *arguments)
{
    const ZpJob job = {
        .command = "review", .format = "html", .format_option = "--format", .is_review = true};
    return zp_job_run(arguments, &job);
}
