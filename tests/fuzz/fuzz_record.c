/*
 * fuzz_record.c - any bytes as a record, and as a tape: a worker, a journal and a cache are strangers to the parent.
 *
 * What is let through must be as sound as what the rules make: all writers take it.
 */
#include "fuzz_writers.h"
#include "run/tape.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

static void use_tape(const ZpRulebook *rulebook, const uint8_t *data, size_t size)
{
    int fd = memfd_create("tape", 0);
    g_assert_cmpint(write(fd, data, size), ==, (gssize)size);
    lseek(fd, 0, SEEK_SET);
    g_autoptr(ZpTape) tape = zp_tape_open(fd, "tape", NULL);
    for (ZpTapeEntry *entry = NULL; tape && (entry = zp_tape_next(tape)); zp_tape_entry_free(entry))
        use_record(rulebook, entry->record);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ZpRulebook *rulebook;
    if (!rulebook)
        rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
    use_record(rulebook, bytes);
    if (size > 16)
        use_tape(rulebook, data, size);
    return 0;
}
