/*
 * report.h - `ziping check … --report DIR`: all that an auditor takes away, in one folder.
 */
#pragma once

#include "cli/session.h"

/* The folder of a run, and what its arguments borrow. */
typedef struct {
    char *path;
    char *marked, *split,
        *place; /* (nullable) where these are written until the run is over; of the first: at last */
    char **formats;
    bool is_made; /* it was not there */
} ZpReportFolder;

/**
 * zp_report_folder_new: let a run also write what belongs into its --report.
 * @arguments: (transfer none) changed; borrows from the folder
 *
 * Copies and letters that are to go elsewhere (--annotate-dir, --split-dir) do.
 */
ZpReportFolder *zp_report_folder_new(ZpArguments *arguments);
void zp_report_folder_free(ZpReportFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpReportFolder, zp_report_folder_free)

/**
 * zp_report_folder_begin: make the folder, or take an empty one or that of an earlier report, in which nothing that
 * would be replaced was changed since; says why it cannot be.
 */
bool zp_report_folder_begin(ZpReportFolder *folder, const ZpSession *session);

/**
 * zp_report_folder_end: put copies and letters in the place of earlier ones, and say where the report is; says what
 * cannot be written.
 * @is_complete: false leaves earlier ones, and of a report that was not written nothing
 */
bool zp_report_folder_end(ZpReportFolder *folder, const ZpSession *session, bool is_complete);
