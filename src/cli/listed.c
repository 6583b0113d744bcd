/*
 * listed.c - digests of what we wrote, and whether it is still so.
 */
#include "cli/listed.h"

#include "base/error.h"
#include "base/limits.h"
#include "run/input.h"
#include "run/walk.h"

#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *digest_of(const char *path)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 buffer[1 << 16];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat about;
    gssize n = fd >= 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode) ? 0 : -1;
    while (n >= 0 && (n = read(fd, buffer, sizeof buffer)) > 0)
        g_checksum_update(sum, buffer, n);
    if (fd >= 0)
        close(fd);
    return n == 0 ? g_strdup(g_checksum_get_string(sum)) : NULL;
}

/* A line of the list, which has one line a file whatever its name. */
static char *line_of(const char *path, const char *name)
{
    g_autofree char *digest = digest_of(path);
    g_autofree char *line = g_strdup_printf("%s  %s", digest ? digest : "-", name);
    return digest ? g_strdelimit(g_steal_pointer(&line), "\n", '?') : NULL;
}

bool zp_listed_each(const char *folder, const char *name, ZpOnListed on_file, gpointer data)
{
    g_autofree char *root = g_build_filename(folder, name, NULL);
    char *roots[] = {root, NULL};
    bool goes_on = true;
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *at; goes_on && walk && (at = fts_read(walk));) {
        bool is_folder = at->fts_info == FTS_D || at->fts_info == FTS_DP;
        bool is_gone = at->fts_level == 0 && at->fts_info == FTS_NS;
        if (!is_folder && !is_gone)
            goes_on = on_file(at->fts_path, at->fts_path + strlen(folder) + 1, data);
    }
    if (walk)
        fts_close(walk);
    return goes_on;
}

bool zp_listed_append(const char *path, const char *name, gpointer data)
{
    g_autofree char *line = line_of(path, name);
    if (line)
        g_string_append_printf(data, "%s\n", line);
    return true;
}

bool zp_listed_has(GHashTable *known, const char *path, const char *name)
{
    g_autofree char *line = line_of(path, name);
    return line && g_hash_table_contains(known, line);
}

bool zp_listed_write(const char *folder, const GString *text, GError **error)
{
    g_autofree char *path = g_build_filename(folder, ZP_REPORT_MARK, NULL);
    return zp_output_write(path, text->str, text->len, error);
}

GHashTable *zp_listed_read(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, ZP_REPORT_MARK, NULL);
    struct stat about;
    g_autoptr(GBytes) bytes = lstat(path, &about) == 0 && S_ISREG(about.st_mode)
                                  ? zp_input_read_file(path, ZP_LIMIT_INPUT_BYTES, NULL)
                                  : NULL;
    gsize size = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &size) : NULL;
    if (size < strlen(ZP_REPORT_HEAD) || strncmp(data, ZP_REPORT_HEAD, strlen(ZP_REPORT_HEAD)) != 0)
        return NULL;
    g_autofree char *text = g_strndup(data, size);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GHashTable *known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (char **line = lines; *line; line++)
        g_hash_table_add(known, g_strdup(*line));
    return known;
}

void zp_listed_remove(const char *root)
{
    char *roots[] = {(char *)root, NULL};
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *at; walk && (at = fts_read(walk));) {
        if (at->fts_info != FTS_D && at->fts_info != FTS_NS)
            remove(at->fts_accpath); /* what stays is said where its place is needed */
    }
    if (walk)
        fts_close(walk);
}
