/*
 * file.c - opened without waiting, then looked at: between a look at the name and opening it another file
 * could have taken its place.
 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes of one read(). */
#define CHUNK (64u * 1024)

static int fail(ZpFileReason *why, int number)
{
    static const ZpFileReason NOT_REGULAR = {
        "不是普通文件（而是管道、设备或套接字），没有读取",
        "no regular file (but a pipe, a device or a socket), so it was not read"};
    if (why)
        *why = number ? (ZpFileReason){g_strerror(number), g_strerror(number)} : NOT_REGULAR;
    errno = number;
    return -1;
}

int zp_file_open(const char *path, int flags, int mode, ZpFileReason *why)
{
    struct stat about;
    int fd = open(path, flags | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, mode);
    if (fd < 0)
        return fail(why, errno == ENXIO ? 0 : errno); /* a socket, or a FIFO that nobody reads */
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode))
        return fd;
    bool is_folder = S_ISDIR(about.st_mode);
    close(fd);
    return fail(why, is_folder ? EISDIR : 0);
}

static GBytes *read_all(int fd, gsize limit, ZpFileReason *why)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autofree guint8 *chunk = g_malloc(CHUNK);
    while (bytes->len <= limit) {
        gssize n = read(fd, chunk, CHUNK);
        if (n == 0)
            return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
        if (n > 0) {
            g_byte_array_append(bytes, chunk, (guint)n);
        } else if (errno != EINTR) {
            fail(why, errno);
            return NULL;
        }
    }
    *why = (ZpFileReason){0};
    return NULL;
}

GBytes *zp_file_read(const char *path, gsize limit, ZpFileReason *why)
{
    int fd = zp_file_open(path, O_RDONLY, 0, why);
    if (fd < 0)
        return NULL;
    GBytes *bytes = read_all(fd, limit, why);
    close(fd);
    return bytes;
}

char *zp_file_around(const char *path)
{
    struct stat about;
    if (!strstr(path, ZP_FILE_INSIDE) || lstat(path, &about) == 0)
        return NULL;
    for (const char *at = path; (at = strstr(at, ZP_FILE_INSIDE)); at++) {
        g_autofree char *archive = g_strndup(path, (gsize)(at - path));
        if (stat(archive, &about) == 0 && S_ISREG(about.st_mode))
            return g_steal_pointer(&archive);
    }
    return NULL;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *zp_folder_names(const char *folder)
{
    DIR *stream = opendir(folder);
    if (!stream)
        return NULL;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (struct dirent *entry = readdir(stream); entry; entry = readdir(stream)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            g_ptr_array_add(names, g_strdup(entry->d_name));
    }
    closedir(stream);
    g_ptr_array_sort(names, compare_names);
    return names;
}
