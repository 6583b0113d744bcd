/*
 * pdf.h - PDF documents with a text layer.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/parser.h"

extern const ZpParser zp_pdf_parser;
