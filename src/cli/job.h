/*
 * job.h - what `convert` and `check` have in common: inputs through a run into an output.
 *
 * Layer: cli.
 */
#pragma once

#include "cli/cli.h"
#include "run/run.h"

/* How a command differs from its sister. */
typedef struct {
    const char *command;       /* "check": for hints */
    const char *format;        /* of the output, not NULL */
    const char *format_option; /* "--format" */
    bool check;
    ZpSeverity fail_on; /* ZP_SEVERITY_COUNT: never */
} ZpJob;

/**
 * zp_job_run: all inputs of the command line.
 */
ZpExit zp_job_run(const ZpArguments *arguments, const ZpJob *job);
