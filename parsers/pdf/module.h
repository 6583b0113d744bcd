/*
 * module.h - what the program asks of the PDF module.
 *
 * Poppler and qpdf take longer to load than a form takes to check, so they are linked to a module
 * that is opened for the first PDF.
 */
#pragma once

#include "model/mark.h"
#include "parsers/parser.h"

/* The symbol that the module exports. */
#define ZP_PDF_MODULE_SYMBOL "zp_pdf_module"

typedef struct {
    const char *version; /* of the program it was built with; others do not fit */
    ZpDocument *(*read)(GBytes *input, const ZpReadOptions *options, GError **error);
    GBytes *(*mark)(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                    GError **error); /* as zp_mark */
    GBytes *(*add_lines)(GBytes *input, const GArray *lines, const ZpReadOptions *options,
                         GError **error); /* as zp_pdf_add_lines */
} ZpPdfModule;

extern const ZpPdfModule zp_pdf_module;
