/*
 * convert.c - `ziping convert`: every form in canonical shape.
 */
#include "cli/job.h"

ZpExit zp_command_convert(const ZpArguments *arguments)
{
    const ZpJob job = {
        .command = "convert", .format = "json", .format_option = "--to", .check = false};
    return zp_job_run(arguments, &job);
}
