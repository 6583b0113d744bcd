/*
 * targets.h - the outputs of a run: a format and a place each, several at once.
 */
#pragma once

#include "cli/cli.h"
#include "cli/pages.h"
#include "output/writer.h"

typedef struct {
    const ZpWriter *writer;
    char *path;     /* (nullable) NULL: standard output */
    char *folder;   /* (nullable) of path */
    ZpPages *pages; /* (nullable) of a report page that is a file */
    bool is_open;
    ZpOutput output;
    ZpWriting writing;
} ZpTarget;

typedef struct {
    GPtrArray *items; /* of ZpTarget */
} ZpTargets;

/**
 * zp_targets_parse: from `--format NAME[=PATH]`, as often as given, and -o; says what is wrong.
 * @words: (nullable) the values of the option @option; none: @otherwise
 */
bool zp_targets_parse(ZpTargets *targets, const ZpArguments *arguments, char **words,
                      const char *otherwise, const char *option, ZpUse use);
void zp_targets_clear(ZpTargets *targets);

/**
 * zp_targets_open: open every place and begin every output.
 * @error: ZP_ERROR_OUTPUT
 */
bool zp_targets_open(ZpTargets *targets, const ZpRulebook *rulebook, const ZpWriteOptions *options,
                     GError **error);

/** zp_targets_writing: the outputs for zp_run_add; NULL when there is none. */
ZpWriting *zp_targets_writing(const ZpTargets *targets);

/**
 * zp_targets_close: end all.
 * @keep: false leaves what was at the paths before
 * @is_silent: set when a reader has gone, which nobody needs to be told
 * @error: (nullable) ZP_ERROR_OUTPUT
 */
bool zp_targets_close(ZpTargets *targets, bool keep, bool *is_silent, GError **error);

/** zp_targets_use_standard_output: whether one of them goes there. */
bool zp_targets_use_standard_output(const ZpTargets *targets);

/**
 * zp_targets_extra: descriptors that the outputs take beside one each: a workbook has a file a sheet.
 */
guint zp_targets_extra(const ZpTargets *targets);

/** zp_targets_have: whether one of them is of that format. */
bool zp_targets_have(const ZpTargets *targets, const char *format);

/**
 * zp_targets_find_at: the one that is written where that file is, by the name that it was given.
 * @data: the ZpTargets
 *
 * Returns: (nullable) (transfer none)
 */
const char *zp_targets_find_at(const char *path, gpointer data);

/** zp_targets_want_digests: whether one of them prints sha256 and fingerprints. */
bool zp_targets_want_digests(const ZpTargets *targets);

/**
 * zp_targets_want_findings: whether one of them needs the forms judged, also where `convert` writes it.
 */
bool zp_targets_want_findings(const ZpTargets *targets);
