/*
 * split.h - `check --split-by unit|department|year --split-dir DIR`: a folder for each, with a report page, a workbook and
 * a letter.
 */
#pragma once

#include "cli/session.h"

typedef struct ZpSplit ZpSplit;

/**
 * zp_split_new: by what, and where to; says what is wrong with the options.
 *
 * Returns: (nullable) NULL with a message
 */
ZpSplit *zp_split_new(const ZpArguments *arguments, const ZpRulebook *rulebook);
void zp_split_free(ZpSplit *split);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpSplit, zp_split_free)

/**
 * zp_split_keep: as ZpRunOptions.on_record: keep what was found in a file until the end of the run.
 * @data: ZpSplit
 */
bool zp_split_keep(const char *path, ZpRecord *record, gpointer data, GError **error);

/** zp_split_write: all folders; says what cannot be written. */
bool zp_split_write(ZpSplit *split);
