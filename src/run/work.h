/*
 * work.h - one input from bytes to a record; what a worker does.
 *
 *     read ─▶ sha256 ─▶ choose a parser ─▶ parse ─▶ recognise ─▶ normalise ─▶ check ─▶ record
 *
 * Whatever stops on the way becomes the record's error and its D01, D02 or D03.
 */
#pragma once

#include "config/config.h"
#include "run/corrections.h"
#include "run/entries.h"
#include "run/record.h"
#include "run/task.h"
#include "run/worker.h"

typedef struct {
    const ZpRulebook *rulebook;
    const ZpConfig *config;   /* (nullable) */
    const char *from;         /* (nullable) --from: a parser's name, checked */
    const char *password;     /* (nullable) for encrypted documents */
    bool check;               /* check; else convert */
    bool office;              /* --office: what no parser reads may go through an office program */
    bool repairs;             /* --repairs: R notes among the findings */
    const ZpEntries *entries; /* (nullable) archives of which only some is wanted */
    const char *ledger; /* (nullable) --ledger: of this input the list of projects is read, too */
    const ZpCorrections *corrections; /* (nullable) --corrections; then digests are made */
    bool wants_digests;               /* an output prints sha256 */
    bool wants_fingerprints;
    ZpLimits limits; /* as given; the settings of each input say the others */
} ZpWork;

/**
 * zp_work_file: read an open input.
 * @asked: its path is for its suffix and its settings, nothing is opened by it; one that was found in a folder is
 * skipped when its content is of no kind that is surely read; the outcome says which ability is wanting
 *
 * Returns: (transfer full) of an archive the outcome alone.
 */
ZpRecord *zp_work_file(const ZpWork *work, const ZpAsked *asked);

/**
 * zp_work_failure: the record of an input that no worker could read.
 * @error: (transfer none) why
 *
 * Returns: (transfer full) with its D01 for `check`.
 */
ZpRecord *zp_work_failure(const ZpWork *work, const char *path, const GError *error);

/**
 * zp_work_is_split: whether each file in an archive goes to the shard of its own path: in a zip that is called like
 * one.  All others are one unit.
 */
bool zp_work_is_split(int fd, const char *path);
