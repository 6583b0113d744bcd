/*
 * aligned.h - text whose columns are made of spaces.
 */
#pragma once

#include "parsers/shared/decode.h"

/* A stretch of plain lines. */
typedef struct {
    const ZpDecoded *decoded;
    const char *start, *end;
    guint32 line; /* of `start`, from 1 */
    guint32 page; /* of `start`, from 1: form feeds before it, and one */
} ZpAligned;

/**
 * zp_aligned_is: whether the lines stand in columns: some of them have several texts with wide
 * gaps between.
 */
bool zp_aligned_is(const ZpAligned *lines);

/**
 * zp_aligned_read: the lines as one table without rules (ZP_TABLE_RUNS).
 *
 * A run ends at two spaces or more.  Its box counts characters from the line's beginning, or, when
 * the columns fit better so, half-width characters (a Han character is two then).
 * @lines: on success its line and page become those behind its end
 * @error: as zp_document_add_cell
 */
bool zp_aligned_read(ZpAligned *lines, ZpDocument *document, GError **error);
