/*
 * memory.h - freed memory is overwritten, but for what is no document's.
 *
 * Layer: base.
 */
#pragma once

#include <stdbool.h>

/**
 * zp_memory_fill: from now on the C library overwrites memory when it is freed, and before it is used.
 */
void zp_memory_fill(void);

/**
 * zp_memory_pause: leave that off for a while, and on again, where it was asked for.
 *
 * For large buffers that hold numbers of a computation and no text: a recogniser's layers take and free
 * hundreds of megabytes a page, and filling them took a fifth of its time.
 */
void zp_memory_pause(bool is_paused);
