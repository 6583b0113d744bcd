/*
 * convert.c - `ziping convert`: every form in canonical shape.
 */
#include "cli/job.h"
#include "cli/searchable.h"

ZpExit zp_command_convert(const ZpArguments *arguments)
{
    if (zp_searchable_is_asked(arguments))
        return zp_searchable_command(arguments);
    const ZpJob job = {
        .command = "convert", .format = "json", .format_option = "--to", .check = false};
    return zp_job_run(arguments, &job);
}
