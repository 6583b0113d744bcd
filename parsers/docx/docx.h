/*
 * docx.h - Word documents (WordprocessingML, ECMA-376 part 1), transitional and strict.
 */
#pragma once

#include "parsers/parser.h"

extern const ZpParser zp_docx_parser;
extern const ZpCellWriter zp_docx_cells; /* cells.c */

/** zp_docx_read: as the parser reads. */
ZpDocument *zp_docx_read(GBytes *input, const ZpReadOptions *options, GError **error);
