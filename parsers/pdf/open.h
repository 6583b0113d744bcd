/*
 * open.h - a PDF document opened by Poppler, after qpdf has said that it may be.
 *
 * Layer: parsers; in the PDF module only.
 */
#pragma once

#include "model/mark.h"
#include "parsers/parser.h"

#include <poppler.h>

/**
 * pdf_open: a document whose password fits and whose page tree is bounded.
 * @error: as zp_pdf_parser reads
 */
PopplerDocument *pdf_open(GBytes *input, const ZpReadOptions *options, GError **error);

/**
 * pdf_mark: as zp_mark.
 */
GBytes *pdf_mark(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options, GError **error);
