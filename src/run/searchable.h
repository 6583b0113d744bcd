/*
 * searchable.h - a copy of a scan with what was read of it as text that nobody sees, so that it can be searched.
 *
 * The scan is read, and its copy made, by one process of its own that is shut in as a worker is.
 */
#pragma once

#include "base/bounds.h"

typedef struct {
    GBytes *input;        /* (transfer none) a PDF or a picture */
    const char *path;     /* for its suffix */
    const char *password; /* (nullable) */
    ZpLimits limits;
    bool no_sandbox;
} ZpSearchableOptions;

/**
 * zp_searchable_run: the copy, a PDF.
 * @error: ZP_ERROR_KIND where it is neither, or no page of it was read from a picture; as reading and zp_pdf_add_lines
 */
GBytes *zp_searchable_run(const ZpSearchableOptions *options, GError **error);
