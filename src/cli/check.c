/*
 * check.c - `ziping check`: what the forms say wrong about themselves.
 */
#include "cli/annotate.h"
#include "cli/job.h"

/* Each file is marked when it has been reported. */
static ZpExit check_and_mark(ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    ZpAnnotating annotating = {
        .session = session, .folder = arguments->annotate_dir, .taken = taken};
    if (!zp_annotate_is_free(arguments, arguments->annotate_dir, NULL))
        return ZP_EXIT_USAGE;
    ZpExit status = zp_job_run_session(session, zp_annotate_result, &annotating);
    if (status == ZP_EXIT_USAGE || status == ZP_EXIT_INTERNAL)
        return status;
    return annotating.is_broken      ? ZP_EXIT_INTERNAL
           : annotating.n_failed > 0 ? ZP_EXIT_UNREADABLE
                                     : status;
}

ZpExit zp_command_check(const ZpArguments *arguments)
{
    const ZpJob job = {.command = "check",
                       .format = "text",
                       .format_option = "--format",
                       .check = true,
                       .wants_digests = arguments->annotate_dir != NULL};
    if (!arguments->annotate_dir)
        return zp_job_run(arguments, &job);
    if (arguments->shard || arguments->show_config) {
        zp_say(arguments->lang, "--annotate-dir 不能与 --shard、--show-config 同用",
               "--annotate-dir goes with neither --shard nor --show-config");
        return ZP_EXIT_USAGE;
    }
    __attribute__((cleanup(zp_session_clear))) ZpSession session;
    ZpExit status = zp_session_open(&session, arguments, &job);
    return status == ZP_EXIT_CLEAN ? check_and_mark(&session) : status;
}
