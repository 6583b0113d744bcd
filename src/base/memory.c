/*
 * memory.c - the C library's own filling (M_PERTURB), where it has one.
 */
#include "base/memory.h"

#include <malloc.h>

/* Freed memory is filled with this byte, and new memory with its complement. */
#define FILL 0xA5

static bool is_filled;

static void set_fill(int fill)
{
#ifdef M_PERTURB
    mallopt(M_PERTURB, fill);
#else
    (void)fill;
#endif
}

void zp_memory_fill(void)
{
    is_filled = true;
    set_fill(FILL);
}

void zp_memory_pause(bool is_paused)
{
    if (is_filled)
        set_fill(is_paused ? 0 : FILL);
}
