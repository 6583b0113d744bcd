/*
 * archive.h - what the parts of `ziping archive` share.
 */
#pragma once

#include "archive/db.h"
#include "cli/cli.h"

/* What part of `archive` a word names. */
typedef struct {
    const char *word;
    ZpExit (*run)(const ZpArguments *arguments); /* its `rest` begins behind the word */
} ZpArchivePart;

ZpExit zp_archive_add(const ZpArguments *arguments);
ZpExit zp_archive_list(const ZpArguments *arguments);
ZpExit zp_archive_search(const ZpArguments *arguments);
ZpExit zp_archive_show(const ZpArguments *arguments);
ZpExit zp_archive_query(const ZpArguments *arguments);
ZpExit zp_archive_stats(const ZpArguments *arguments);
ZpExit zp_archive_verify(const ZpArguments *arguments);
ZpExit zp_archive_recheck(const ZpArguments *arguments);
ZpExit zp_archive_recover(const ZpArguments *arguments);
ZpExit zp_archive_history(const ZpArguments *arguments);
ZpExit zp_archive_link(const ZpArguments *arguments);
ZpExit zp_archive_unlink(const ZpArguments *arguments);
ZpExit zp_archive_upgrade(const ZpArguments *arguments);
ZpExit zp_archive_export(const ZpArguments *arguments);
ZpExit zp_archive_import(const ZpArguments *arguments);
ZpExit zp_archive_merge(const ZpArguments *arguments);

/**
 * zp_archive_arguments: the archive of --db, opened; says why not.
 * @status: set when it is not: ZP_EXIT_USAGE or _UNREADABLE
 */
ZpArchive *zp_archive_arguments(const ZpArguments *arguments, ZpArchiveMode mode, ZpExit *status);

/** zp_archive_say: an error of an archive, and the exit code that goes with it. */
ZpExit zp_archive_say(const ZpArguments *arguments, const GError *error);

/**
 * zp_archive_output: open -o, or standard output; says why not, also that it would replace the archive.
 */
bool zp_archive_output(const ZpArguments *arguments, ZpOutput *output);

/** zp_archive_close_output: end it, kept where the status is a success; says why not. */
ZpExit zp_archive_close_output(const ZpArguments *arguments, ZpOutput *output, ZpExit status);

/** zp_archive_is_same: whether two paths are one file. */
bool zp_archive_is_same(const char *one, const char *other);
