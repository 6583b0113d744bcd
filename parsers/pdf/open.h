/*
 * open.h - a PDF document opened by Poppler, after qpdf has said that it may be.
 *
 * In the PDF module only.
 */
#pragma once

#include "parsers/parser.h"
#include "parsers/pdf/content.h"

#include <poppler.h>

/**
 * pdf_open: a document whose password fits and whose page tree is bounded.
 * @error: as zp_pdf_parser reads
 */
PopplerDocument *pdf_open(GBytes *input, const ZpReadOptions *options, GError **error);

/**
 * pdf_open_text: the document as Poppler has it.  pdf_check_tree: whether its page tree was walked to its end; Poppler
 * would take every way through it.
 * @password: (nullable) one that qpdf took: Poppler 22.12 crashes on a wrong one
 * @drawing: (nullable) as qpdf has it
 */
PopplerDocument *pdf_open_text(GBytes *input, const char *password, GError **error);
bool pdf_check_tree(const DrawingFile *drawing, const ZpLimits *limits, GError **error);

/* The errors of a password that is missing or wrong, and of too many pages, which returns false. */
void pdf_set_locked_error(const char *password, GError **error);
bool pdf_set_many_pages(const ZpLimits *limits, GError **error);

/** pdf_mark: as zp_mark. */
GBytes *pdf_mark(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options, GError **error);
