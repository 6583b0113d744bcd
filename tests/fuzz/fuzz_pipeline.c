/*
 * fuzz_pipeline.c - any bytes all the way: a worker's work, the record to the parent and back, every writer.
 *
 * PDF is left out, because its module is not linked in.
 */
#include "fuzz_writers.h"
#include "run/work.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

static ZpRecord *read_input(const ZpRulebook *rulebook, const uint8_t *data, size_t size)
{
    const ZpWork work = {.rulebook = rulebook,
                         .check = true,
                         .repairs = true,
                         .wants_digests = true,
                         .wants_fingerprints = true};
    int fd = memfd_create("input", 0);
    g_assert_cmpint(write(fd, data, size), ==, (gssize)size);
    lseek(fd, 0, SEEK_SET);
    const ZpAsked asked = {.path = "a.txt", .fd = fd};
    ZpRecord *record = zp_work_file(&work, &asked);
    close(fd);
    return record;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ZpRulebook *rulebook;
    if (!rulebook)
        rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpRecord) record = read_input(rulebook, data, size);
    g_autoptr(GBytes) bytes = zp_record_write(record);
    g_autoptr(ZpRecord) again = zp_record_read(bytes);
    g_assert_nonnull(again);
    g_autoptr(GBytes) twice = zp_record_write(again);
    g_assert_true(g_bytes_equal(bytes, twice));
    g_assert_true(zp_record_is_sound(again, rulebook, true));
    use_record(rulebook, bytes);
    return 0;
}
