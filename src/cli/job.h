/*
 * job.h - what `convert`, `check` and `baseline` have in common: inputs through a run into outputs.
 */
#pragma once

#include "cli/session.h"
#include "run/run.h"

/** zp_job_run: a command from its words to its exit code. */
ZpExit zp_job_run(const ZpArguments *arguments, const ZpJob *job);

/**
 * zp_job_run_session: all inputs of an open session.
 * @on_result: (nullable) gets each result after the outputs did
 */
ZpExit zp_job_run_session(ZpSession *session,
                          void (*on_result)(const ZpResult *result, gpointer data), gpointer data);
