/*
 * pdf.h - PDF documents with a text layer.
 */
#pragma once

#include "parsers/parser.h"

extern const ZpParser zp_pdf_parser;

/**
 * zp_pdf_load: open the module that reads PDF now rather than with the first PDF; a worker does so before
 * its sandbox closes.
 * @error: ZP_ERROR_IO; the next call tries again
 */
bool zp_pdf_load(GError **error);

/**
 * zp_pdf_add_lines: a copy with the lines that its pictures were read by as text that nobody sees, so that it can be
 * searched.
 * @lines: of ZpSeenLine
 * @error: ZP_ERROR_DAMAGED, ZP_ERROR_OUTPUT; as zp_pdf_load
 */
GBytes *zp_pdf_add_lines(GBytes *input, const GArray *lines, const ZpReadOptions *options,
                         GError **error);

/**
 * zp_pdf_module_path: the file of the module that zp_pdf_load opens.
 *
 * Returns: (nullable) NULL when there is none.
 */
char *zp_pdf_module_path(void);
