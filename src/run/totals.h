/*
 * totals.h - what a run adds up of its records.
 */
#pragma once

#include "output/writer.h"
#include "run/record.h"

/** zp_record_result: a record as writers take it; it borrows all. */
ZpResult zp_record_result(const ZpRecord *record, const char *path);

/** zp_totals_count: add a record that was read to the summary. */
void zp_totals_count(ZpSummary *summary, const ZpRecord *record);

/** zp_totals_hide: take out of a report, which is counted by now, what is below @show. */
void zp_totals_hide(ZpSummary *summary, ZpReport *report, ZpSeverity show);

/**
 * zp_totals_pass_over: a file in a folder that was not read.
 * @unread: of ZpPassedOver; gets a row
 * @kind: (nullable) what it is
 */
void zp_totals_pass_over(ZpSummary *summary, GPtrArray *unread, const char *path,
                         const ZpKind *kind);
