/*
 * check.c - `ziping check`: what the forms say wrong about themselves.
 */
#include "cli/job.h"

#include <string.h>

static const struct {
    const char *name;
    ZpSeverity severity;
} FAIL_ON[] = {
    {"error", ZP_SEVERITY_ERROR},
    {"warning", ZP_SEVERITY_WARNING},
    {"note", ZP_SEVERITY_NOTE},
    {"never", ZP_SEVERITY_COUNT},
};

static bool find_fail_on(const ZpArguments *arguments, ZpSeverity *severity)
{
    const char *name = arguments->fail_on ? arguments->fail_on : "error";
    for (gsize k = 0; k < G_N_ELEMENTS(FAIL_ON); k++) {
        if (strcmp(FAIL_ON[k].name, name) == 0) {
            *severity = FAIL_ON[k].severity;
            return true;
        }
    }
    zp_say(arguments->lang, "--fail-on 只能是 error、warning、note 或 never，不能是 %s",
           "--fail-on is error, warning, note or never, not %s", name);
    return false;
}

ZpExit zp_command_check(const ZpArguments *arguments)
{
    ZpSeverity fail_on = ZP_SEVERITY_ERROR;
    if (!find_fail_on(arguments, &fail_on))
        return ZP_EXIT_USAGE;
    const ZpJob job = {.command = "check",
                       .format = arguments->format ? arguments->format : "text",
                       .format_option = "--format",
                       .check = true,
                       .fail_on = fail_on};
    return zp_job_run(arguments, &job);
}
