/*
 * check.c - `ziping check`: what the forms say wrong about themselves.
 */
#include "cli/job.h"

ZpExit zp_command_check(const ZpArguments *arguments)
{
    const ZpJob job = {
        .command = "check", .format = "text", .format_option = "--format", .check = true};
    return zp_job_run(arguments, &job);
}
