/*
 * clean.c - overwriting what nobody owns any more.
 *
 * The C library fills freed memory itself when asked to (M_PERTURB), but not the few blocks of each small size
 * that it keeps for the next who asks (glibc's thread cache): those are asked for and filled between two files.
 */
#include "run/clean.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* Freed memory is filled with this byte, and new memory with its complement. */
#define FILL 0xA5
/* As deep as reading a file usually goes. */
#define STACK_BYTES (256 * 1024)
/* What glibc keeps: so many blocks of each size, 16 bytes apart, up to this one. */
#define CACHED_BLOCKS 7
#define CACHED_STEP   16
#define CACHED_BYTES  1040

void zp_clean_start(void)
{
#ifdef M_PERTURB
    mallopt(M_PERTURB, FILL);
#endif
}

/* So that a compiler does not leave out what nobody reads. */
static void fill(void *memory, size_t size)
{
    memset(memory, 0, size);
    __asm__ volatile("" : : "r"(memory) : "memory");
}

__attribute__((noinline)) static void clean_stack(void)
{
    char dead[STACK_BYTES];
    fill(dead, sizeof dead);
}

static void clean_small_blocks(void)
{
    for (size_t size = CACHED_STEP / 2; size <= CACHED_BYTES; size += CACHED_STEP) {
        void *blocks[CACHED_BLOCKS];
        for (size_t k = 0; k < CACHED_BLOCKS; k++) {
            blocks[k] = malloc(size);
            if (blocks[k])
                fill(blocks[k], malloc_usable_size(blocks[k]));
        }
        for (size_t k = 0; k < CACHED_BLOCKS; k++)
            free(blocks[k]);
    }
}

void zp_clean(void)
{
    clean_stack();
    clean_small_blocks();
}
