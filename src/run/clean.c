/*
 * clean.c - overwriting what nobody owns any more.
 *
 * The C library fills freed memory itself when asked to (M_PERTURB), but not the few blocks of each small size
 * that it keeps for the next who asks (glibc's thread cache): those are asked for and filled between two files.
 * The stack's pages are given back to the system, which gives zeros for them; the nearest bytes are filled.
 */
#include "run/clean.h"

#include "base/memory.h"

#include <errno.h>
#include <glib.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* As deep as reading a file usually goes, and the part of it that is filled. */
#define STACK_BYTES (256 * 1024)
#define NEAR_BYTES  (16 * 1024)
/* What glibc keeps: so many blocks of each size, 16 bytes apart, up to this one. */
#define CACHED_BLOCKS 7
#define CACHED_STEP   16
#define CACHED_BYTES  1040

void zp_clean_start(void)
{
    zp_memory_fill();
}

/* So that a compiler does not leave out what nobody reads. */
static void fill(void *memory, size_t size)
{
    memset(memory, 0, size);
    __asm__ volatile("" : : "r"(memory) : "memory");
}

/* Where pages cannot be given back. */
__attribute__((noinline)) static void clean_far(void)
{
    char dead[STACK_BYTES];
    fill(dead, sizeof dead);
}

__attribute__((noinline)) static void clean_near(void)
{
    char dead[NEAR_BYTES];
    fill(dead, sizeof dead);
}

/* The nearest bytes stay: whatever is called from here stands on them. */
static void clean_stack(void)
{
    gsize page = (gsize)sysconf(_SC_PAGESIZE);
    clean_near();
    char *end = (char *)__builtin_frame_address(0) - NEAR_BYTES / 2;
    end -= (guintptr)end % page;
    /* Pages that nobody has used yet are none, which is no matter. */
    if (page > NEAR_BYTES / 4 ||
        (madvise(end - STACK_BYTES, STACK_BYTES, MADV_DONTNEED) != 0 && errno != ENOMEM))
        clean_far();
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
    /* Stack pages that are none leave ENOMEM, and libarchive ends the process when it finds that behind a
     * failure of its own. */
    errno = 0;
}
