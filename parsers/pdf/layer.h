/*
 * layer.h - a text layer that nobody sees, over pages that are pictures.
 *
 * In the PDF module only.
 */
#pragma once

#include "parsers/parser.h"

/** pdf_add_lines: as zp_pdf_add_lines. */
GBytes *pdf_add_lines(GBytes *input, const GArray *lines, const ZpReadOptions *options,
                      GError **error);
