/*
 * clean.h - a worker begins each file without a byte of the one before.
 *
 * A slip that reads past its end must not find what another document held: that would go out as this one's.
 */
#pragma once

/**
 * zp_clean_start: from now on memory is overwritten when it is freed.  For a process that reads documents.
 */
void zp_clean_start(void);

/**
 * zp_clean: overwrite what is left of the file before: on the stack, in small blocks that were freed, and in errno.
 */
void zp_clean(void);
