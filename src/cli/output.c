/*
 * output.c - standard output, or a file that is replaced only when the result is complete.
 *
 * With `-o PATH` the bytes go to a temporary file in PATH's folder, which is renamed over PATH
 * at the end, so whoever reads PATH sees the old result or the new one.  A symbolic link is
 * followed first, so that its target is replaced and not the link.  A device or FIFO is written
 * to directly.
 */
#include "cli/cli.h"

#include "base/ending.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool set_output_error(GError **error, const char *path, int number)
{
    zp_error_set(error, ZP_ERROR_OUTPUT, "无法写入 %s：%s", "cannot write %s: %s", path,
                 g_strerror(number));
    return false;
}

/* A new file beside the target, with the target's permissions where there is one. */
static bool open_aside(ZpOutput *output, const char *path, const struct stat *old, GError **error)
{
    /* The file behind a link, or the path itself when nothing is there yet. */
    char *real = realpath(path, NULL);
    char *target = g_strdup(real ? real : path);
    free(real);
    output->path = target;
    g_autofree char *folder = g_path_get_dirname(output->path);
    g_autofree char *name = g_path_get_basename(output->path);
    g_autofree char *hidden = g_strdup_printf(".%.100s.XXXXXX", name);
    output->aside = g_build_filename(folder, hidden, NULL);
    int fd = zp_aside_open(output->aside, O_WRONLY | O_CLOEXEC, 0666);
    if (fd < 0) {
        int number = errno;
        g_clear_pointer(&output->aside, g_free);
        g_clear_pointer(&output->path, g_free);
        return set_output_error(error, path, number);
    }
    if (old && fchmod(fd, old->st_mode & 0777) != 0)
        g_debug("permissions of %s not kept", path); /* a file system without them */
    output->stream = g_unix_output_stream_new(fd, TRUE);
    return true;
}

static bool is_terminal(const char *path)
{
    if (!path || strcmp(path, "-") == 0)
        return isatty(STDOUT_FILENO);
    struct stat there;
    if (stat(path, &there) != 0 || !S_ISCHR(there.st_mode))
        return false;
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    bool is = fd >= 0 && isatty(fd);
    if (fd >= 0)
        close(fd);
    return is;
}

bool zp_output_is_shown(const char *path, const char *what, ZpLang lang)
{
    if (!is_terminal(path))
        return false;
    zp_say(lang, "%s 不能写到终端；请用 -o 给出文件",
           "%s cannot be written to a terminal; give a file with -o", what);
    return true;
}

bool zp_output_open(ZpOutput *output, const char *path, GError **error)
{
    struct stat old;
    *output = (ZpOutput){0};
    if (!path || strcmp(path, "-") == 0) {
        output->stream = g_unix_output_stream_new(STDOUT_FILENO, FALSE);
        return true;
    }
    bool is_there = stat(path, &old) == 0;
    if (is_there && S_ISDIR(old.st_mode))
        return set_output_error(error, path, EISDIR);
    if (is_there && !S_ISREG(old.st_mode)) {
        int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (fd < 0)
            return set_output_error(error, path, errno);
        output->stream = g_unix_output_stream_new(fd, TRUE);
        return true;
    }
    return open_aside(output, path, is_there ? &old : NULL, error);
}

bool zp_output_close(ZpOutput *output, bool keep, GError **error)
{
    g_autoptr(GError) cause = NULL;
    bool done = true;
    if (!g_output_stream_close(output->stream, NULL, &cause) && keep) {
        zp_error_set(error, ZP_ERROR_OUTPUT, "结果无法写出：%s", "cannot write the output: %s",
                     cause->message);
        done = false;
    }
    if (output->aside && !(keep && done))
        zp_aside_drop(output->aside);
    else if (output->aside && !zp_aside_keep(output->aside, output->path))
        done = set_output_error(error, output->path, errno);
    g_clear_object(&output->stream);
    g_clear_pointer(&output->aside, g_free);
    g_clear_pointer(&output->path, g_free);
    return done;
}

bool zp_output_write(const char *path, gconstpointer data, gsize size, GError **error)
{
    ZpOutput output;
    if (!zp_output_open(&output, path, error))
        return false;
    bool done = g_output_stream_write_all(output.stream, data, size, NULL, NULL, NULL);
    if (!done)
        zp_error_set(error, ZP_ERROR_OUTPUT, "无法写入 %s", "cannot write %s", path);
    return zp_output_close(&output, done, done ? error : NULL) && done;
}

bool zp_output_write_bytes(const char *path, GBytes *bytes, GError **error)
{
    gsize size = 0;
    gconstpointer data = g_bytes_get_data(bytes, &size);
    return zp_output_write(path, data, size, error);
}

ZpExit zp_print(const GString *text, ZpLang lang)
{
    if (fwrite(text->str, 1, text->len, stdout) == text->len && fflush(stdout) == 0)
        return ZP_EXIT_CLEAN;
    if (errno != EPIPE)
        zp_say(lang, "结果无法写出：%s", "cannot write the output: %s", g_strerror(errno));
    return ZP_EXIT_INTERNAL;
}
