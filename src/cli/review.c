/*
 * review.c - `ziping review`: a sheet of what of scans is in doubt, to fill in.
 */
#include "cli/job.h"

ZpExit zp_command_review(const ZpArguments *arguments)
{
    const ZpJob job = {
        .command = "review", .format = "html", .format_option = "--format", .is_review = true};
    return zp_job_run(arguments, &job);
}
