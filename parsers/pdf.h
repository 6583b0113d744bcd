/*
 * pdf.h - PDF documents with a text layer.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/parser.h"

extern const ZpParser zp_pdf_parser;

/**
 * zp_pdf_load: open the module that reads PDF now, not with the first one; where that fails, reading says
 * why.
 */
void zp_pdf_load(void);
