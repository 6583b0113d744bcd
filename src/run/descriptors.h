/*
 * descriptors.h - how many files a run may have open at once, and how many workers that bears.
 *
 * Asked before anything is opened, so that a run with few does less at once instead of taking sound
 * files for unreadable ones.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* What a run needs beside its workers: a folder, the input that waits, a pipe's content, a cached record, answers
 * and findings that wait in files, the worker's ends of a new one's two connections. */
#define ZP_DESCRIPTORS_RESERVE 8u
/* A worker: requests, answers, the input that it reads. */
#define ZP_DESCRIPTORS_OF_WORKER 3u

/** zp_descriptors_raise: let the process have as many as it may give itself. */
void zp_descriptors_raise(void);

/**
 * zp_descriptors_suffice: whether there are enough for a run with one worker and @outputs files to write.
 */
bool zp_descriptors_suffice(guint outputs);

/**
 * zp_descriptors_jobs: the workers that those which are free now bear, at most @wanted, at least 1.
 */
guint zp_descriptors_jobs(guint wanted);

/** zp_descriptors_cores: workers where nobody says how many: one a processor core. */
guint zp_descriptors_cores(void);
