/*
 * own.h - reports that this program wrote.
 *
 * A report lies where its run was, often among the forms: the next run finds it there.  It says itself who wrote it: the
 * page by its generator, the workbook by its creator, Markdown by its heading, text by its last line.
 */
#pragma once

#include "parsers/kinds.h"

/**
 * zp_own_report: whether a file without a form is a report of this program.
 * @format: the parser that read it
 *
 * Returns: (nullable) (transfer none) the kind, "report"; NULL: it is somebody's document.
 */
const ZpKind *zp_own_report(GBytes *input, const char *format);

/**
 * zp_own_data: whether a file that no parser takes is a report for programs, by its first bytes.
 */
bool zp_own_data(GBytes *input);

/* What zp_own_report() says; zp_kind_by_id() knows it, too. */
extern const ZpKind ZP_OWN_REPORT;
