/*
 * input.c - read a file into memory, never more than the limit.
 *
 * A regular file says its size beforehand, so one over the limit is refused unread; a FIFO
 * or a device is read until the limit is passed.
 */
#include "run/input.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes of one read(). */
#define CHUNK (64u * 1024)

static void close_file(int *fd)
{
    if (*fd > STDIN_FILENO)
        close(*fd);
}

/* The commonest reasons, each with what to do; any other is told in the system's words. */
static const struct {
    int number;
    const char *zh, *en;
} REASONS[] = {
    {ENOENT, "文件不存在；请检查文件名", "no such file; check the name"},
    {ENOTDIR, "文件不存在；请检查路径", "no such file; check the path"},
    {EACCES, "没有读取权限；请检查文件权限", "permission denied; check the file's permissions"},
    {EPERM, "没有读取权限；请检查文件权限", "permission denied; check the file's permissions"},
    {EISDIR, "这是文件夹", "this is a folder"},
    {ELOOP, "符号链接循环；请检查链接", "too many symbolic links; check the link"},
    {ENAMETOOLONG, "文件名过长", "the file name is too long"},
    {EIO, "读盘出错；请检查磁盘", "reading failed; check the disk"},
};

/* What says nothing about the file: another would fare no better. */
static bool is_starved(int number)
{
    return number == EMFILE || number == ENFILE || number == ENOMEM;
}

static void set_io_error(GError **error, int number)
{
    for (gsize k = 0; k < G_N_ELEMENTS(REASONS); k++) {
        if (REASONS[k].number == number) {
            zp_error_set(error, ZP_ERROR_IO, "%s%.0s", "%.0s%s", REASONS[k].zh, REASONS[k].en);
            return;
        }
    }
    zp_error_set(error, is_starved(number) ? ZP_ERROR_STARVED : ZP_ERROR_IO, "无法读取：%s",
                 "cannot read: %s", g_strerror(number));
}

static void set_limit_error(GError **error, guint limit)
{
    zp_error_set(
        error, ZP_ERROR_LIMIT,
        "文件超过 %u 字节的上限（ZP_LIMIT_INPUT_BYTES，--max-input）；请拆成几个较小的文件",
        "larger than the limit of %u bytes (ZP_LIMIT_INPUT_BYTES, --max-input); split it into "
        "smaller files",
        limit);
}

static bool append_all(int fd, GByteArray *bytes, guint limit, GError **error)
{
    guint8 chunk[CHUNK];
    while (bytes->len <= limit) {
        gssize n = read(fd, chunk, sizeof chunk);
        if (n == 0)
            return true;
        if (n > 0) {
            g_byte_array_append(bytes, chunk, (guint)n);
        } else if (errno != EINTR) {
            set_io_error(error, errno);
            return false;
        }
    }
    set_limit_error(error, limit);
    return false;
}

static int open_input(const char *path)
{
    if (strcmp(path, "-") == 0)
        return STDIN_FILENO;
    return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

GBytes *zp_input_read_open(int fd, guint limit, GError **error)
{
    struct stat about;
    if (fstat(fd, &about) != 0) {
        set_io_error(error, errno);
        return NULL;
    }
    bool is_file = S_ISREG(about.st_mode);
    if (is_file && about.st_size > (off_t)limit) {
        set_limit_error(error, limit);
        return NULL;
    }
    g_autoptr(GByteArray) bytes =
        g_byte_array_sized_new(is_file ? (guint)about.st_size + 1 : CHUNK);
    if (!append_all(fd, bytes, limit, error))
        return NULL;
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}

GBytes *zp_input_read(const char *path, guint limit, GError **error)
{
    __attribute__((cleanup(close_file))) int fd = open_input(path);
    if (fd < 0) {
        set_io_error(error, errno);
        return NULL;
    }
    return zp_input_read_open(fd, limit, error);
}

GBytes *zp_input_read_file(const char *path, guint limit, GError **error)
{
    ZpFileReason why;
    bool is_standard = strcmp(path, "-") == 0;
    __attribute__((cleanup(close_file))) int fd =
        is_standard ? STDIN_FILENO : zp_file_open(path, O_RDONLY, 0, &why);
    if (fd >= 0)
        return zp_input_read_open(fd, limit, error);
    if (errno)
        set_io_error(error, errno);
    else
        zp_error_set(error, ZP_ERROR_IO, "%s%.0s", "%.0s%s", why.zh, why.en);
    return NULL;
}

int zp_input_hold(GBytes *bytes, GError **error)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    int fd = memfd_create("input", MFD_CLOEXEC);
    for (gsize done = 0; fd >= 0 && done < size;) {
        gssize n = write(fd, data + done, size - done);
        if (n < 0 && errno != EINTR) {
            close(fd);
            fd = -1;
        }
        done += n > 0 ? (gsize)n : 0;
    }
    if (fd < 0)
        zp_error_set(error, ZP_ERROR_STARVED,
                     "从标准输入、管道或压缩包读来的内容存不下：%s（ulimit -f、ulimit -n、内存）",
                     "what came by standard input, a pipe or out of an archive cannot be held: %s "
                     "(ulimit -f, ulimit -n, memory)",
                     g_strerror(errno));
    else
        lseek(fd, 0, SEEK_SET);
    return fd;
}

/* A file in memory with all that a stream has to give. */
static int copy_stream(int stream, guint limit, gsize *size, GError **error)
{
    g_autoptr(GBytes) bytes = zp_input_read_open(stream, limit, error);
    if (!bytes)
        return -1;
    *size = g_bytes_get_size(bytes);
    return zp_input_hold(bytes, error);
}

/* What a folder holds is never waited for: the regular file that was seen there, or nothing. */
static int open_walked(const char *path)
{
    struct stat about;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0 || (fstat(fd, &about) == 0 && S_ISREG(about.st_mode)))
        return fd;
    close(fd);
    errno = ELOOP;
    return -1;
}

int zp_input_open(const char *path, guint limit, bool is_walked, gsize *size, GError **error)
{
    __attribute__((cleanup(close_file))) int fd = is_walked ? open_walked(path) : open_input(path);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0) {
        set_io_error(error, errno);
        return -1;
    }
    if (S_ISDIR(about.st_mode)) {
        set_io_error(error, EISDIR);
        return -1;
    }
    /* Where standard input stands in its file is not ours to say. */
    if (!S_ISREG(about.st_mode) || fd == STDIN_FILENO)
        return copy_stream(fd, limit, size, error);
    *size = (gsize)about.st_size;
    int kept = fd;
    fd = -1;
    return kept;
}
