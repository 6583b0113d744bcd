/*
 * bytes.c - read until the end or the limit, whatever kind of file it is: `<(…)` of a shell is a pipe, and
 * /dev/zero has no end.
 */
#include "config/bytes.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Bytes of one read(). */
#define CHUNK (64u * 1024)

static void close_file(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static GBytes *fail(const char *path, GError **error)
{
    g_autofree char *shown = g_filename_display_name(path);
    const char *why = g_strerror(errno);
    zp_error_set(error, ZP_ERROR_USAGE, "%s: 不能读：%s", "%s: cannot be read: %s", shown, why);
    return NULL;
}

static GBytes *refuse(const char *path, guint limit, const char *name, GError **error)
{
    g_autofree char *shown = g_filename_display_name(path);
    zp_error_set(error, ZP_ERROR_USAGE, "%s: 大于 %u 字节 (%s)", "%s: over %u bytes (%s)", shown,
                 limit, name);
    return NULL;
}

GBytes *zp_config_bytes(const char *path, guint limit, const char *name, GError **error)
{
    __attribute__((cleanup(close_file))) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autofree guint8 *chunk = g_malloc(CHUNK);
    if (fd < 0)
        return fail(path, error);
    while (bytes->len <= limit) {
        gssize n = read(fd, chunk, CHUNK);
        if (n == 0)
            return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
        if (n > 0)
            g_byte_array_append(bytes, chunk, (guint)n);
        else if (errno != EINTR)
            return fail(path, error);
    }
    return refuse(path, limit, name, error);
}
