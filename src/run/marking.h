/*
 * marking.h - marks put into a copy of one input, by a worker that is shut in as those that read.
 *
 * The marks are known when the worker is forked, so nothing but the input is handed over; what comes back is
 * bytes that nobody here looks into.
 */
#pragma once

#include "base/bounds.h"
#include "model/mark.h"

typedef struct {
    const char *path;     /* any bytes; what is known without opening it names no bytes */
    GBytes *content;      /* (nullable) of a file in an archive, which nothing is opened for */
    const char *format;   /* the parser that read it */
    ZpMarks *marks;       /* (transfer none); `sha256` is that of the bytes that were read */
    const char *password; /* (nullable) */
    ZpLimits limits;
    bool no_sandbox;
} ZpMarkingOptions;

/**
 * zp_marking_run: the bytes of the copy.
 * @error: as zp_mark; ZP_ERROR_IO where the input cannot be opened or has changed since it was read; of a worker
 * that crashed or took too long, as reading it
 */
GBytes *zp_marking_run(const ZpMarkingOptions *options, GError **error);
