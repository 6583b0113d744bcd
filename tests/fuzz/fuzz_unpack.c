/*
 * fuzz_unpack.c - any bytes as an archive or a letter: what is in it, with archives and letters inside.
 *
 * What comes out must be as parsers/unpack/unpack.h says: parts that grow, names that lead nowhere, a file or a reason for each
 * that began, and no more after a call has ended it.  The last byte says where to end and where to go on.
 */
#include "base/limits.h"
#include "parsers/mail/letter.h"
#include "parsers/unpack/unpack.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MOST_BYTES (1u << 20)

typedef struct {
    guint64 part;
    guint n_left; /* calls until one ends it all */
    bool has_begun, is_ended;
} Seen;

static void expect(bool is_so)
{
    if (!is_so)
        __builtin_trap();
}

static bool go_on(Seen *seen)
{
    expect(!seen->is_ended);
    seen->is_ended = seen->n_left-- == 0;
    return !seen->is_ended;
}

static void expect_sound_name(const char *name)
{
    g_auto(GStrv) steps = g_strsplit(name, "/", -1);
    expect(*name && *name != '/' && strlen(name) <= ZP_LIMIT_ENTRY_PATH);
    for (char **step = steps; *step; step++)
        expect(**step && strcmp(*step, "..") != 0);
}

static ZpUnpackChoice choose(const ZpUnpackEntry *entry, gpointer data)
{
    (void)data;
    expect_sound_name(entry->name);
    return strstr(entry->name, "skip") ? ZP_UNPACK_PASS : ZP_UNPACK_TAKE;
}

static guint64 limit(const char *name, gpointer data)
{
    (void)name;
    (void)data;
    return MOST_BYTES;
}

static bool begin(const char *name, guint64 part, gpointer data)
{
    Seen *seen = data;
    expect_sound_name(name);
    expect(part > seen->part);
    seen->part = part;
    seen->has_begun = true;
    return go_on(seen);
}

static bool file(GBytes *bytes, const GError *why, gpointer data)
{
    Seen *seen = data;
    expect(seen->has_begun && !bytes == (why != NULL));
    expect(!bytes || g_bytes_get_size(bytes) <= MOST_BYTES);
    seen->has_begun = false;
    return go_on(seen);
}

static bool passed(const char *name, guint64 part, bool is_link, gpointer data)
{
    Seen *seen = data;
    (void)is_link;
    expect_sound_name(name);
    expect(part > seen->part);
    seen->part = part;
    return go_on(seen);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int fd = -1;
    if (fd < 0) {
        fd = memfd_create("archive", MFD_CLOEXEC);
        zp_letter_use(&zp_mail_module);
        zp_unpack_prepare();
    }
    if (ftruncate(fd, 0) != 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
        return 0;
    guint last = size ? data[size - 1] : 0;
    for (guint round = 0; round < 2; round++) {
        g_autoptr(GError) error = NULL;
        Seen seen = {.n_left = round ? last % 7 : G_MAXUINT};
        const ZpUnpackCalls calls = {choose, limit, begin, file, passed, NULL, &seen};
        if (zp_unpack_look(fd) != ZP_PACKED_NOT)
            zp_unpack_all(fd, "a.gz", round ? (guint64)(last % 5) << 24 : 0, &calls, &error);
        expect(!(seen.is_ended && error));
    }
    return 0;
}
