/*
 * convert.c - `ziping convert`: every form in canonical shape.
 */
#include "cli/job.h"

ZpExit zp_command_convert(const ZpArguments *arguments)
{
    const ZpJob job = {.command = "convert",
                       .format = arguments->to ? arguments->to : "json",
                       .format_option = "--to",
                       .check = false,
                       .fail_on = ZP_SEVERITY_COUNT};
    return zp_job_run(arguments, &job);
}
