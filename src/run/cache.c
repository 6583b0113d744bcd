/*
 * cache.c - FOLDER/ab/cdef…: a tape (tape.h) of one entry.
 */
#include "run/cache.h"

#include "base/ending.h"
#include "base/error.h"
#include "base/file.h"
#include "run/tape.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Bytes of one read(). */
#define CHUNK (256u * 1024)

struct ZpCache {
    char *folder, *key;
    bool by_path;
};

ZpCache *zp_cache_open(const char *folder, const char *key, bool by_path, GError **error)
{
    if (g_mkdir_with_parents(folder, 0777) != 0 || access(folder, W_OK | X_OK) != 0) {
        zp_error_set(error, ZP_ERROR_USAGE, "--cache：%s 不能用作缓存文件夹：%s",
                     "--cache: %s cannot be used as a folder: %s", folder, g_strerror(errno));
        return NULL;
    }
    ZpCache *cache = g_new0(ZpCache, 1);
    cache->folder = g_strdup(folder);
    cache->key = g_strdup(key);
    cache->by_path = by_path;
    return cache;
}

void zp_cache_free(ZpCache *cache)
{
    if (!cache)
        return;
    g_free(cache->folder);
    g_free(cache->key);
    g_free(cache);
}

static bool add_content(GChecksum *sum, int fd)
{
    g_autofree guint8 *chunk = g_malloc(CHUNK);
    for (off_t at = 0;;) {
        gssize n = pread(fd, chunk, CHUNK, at);
        if (n == 0)
            return true;
        if (n < 0 && errno != EINTR)
            return false;
        g_checksum_update(sum, chunk, MAX(n, 0));
        at += MAX(n, 0);
    }
}

static void add_text(GChecksum *sum, const char *text)
{
    g_checksum_update(sum, (const guint8 *)text, (gssize)strlen(text) + 1);
}

char *zp_cache_name(const ZpCache *cache, int fd, const char *path, bool is_found)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *last = g_path_get_basename(path);
    add_text(sum, cache->key);
    add_text(sum, cache->by_path ? path : last);
    add_text(sum, is_found ? "found" : "given");
    return add_content(sum, fd) ? g_strdup(g_checksum_get_string(sum)) : NULL;
}

static char *path_of(const ZpCache *cache, const char *name)
{
    char folder[] = {name[0], name[1], '\0'};
    return g_build_filename(cache->folder, folder, name + 2, NULL);
}

GBytes *zp_cache_find(const ZpCache *cache, const char *name)
{
    g_autofree char *path = path_of(cache, name);
    int fd = zp_file_open(path, O_RDONLY, 0, NULL);
    g_autoptr(ZpTape) tape = fd >= 0 ? zp_tape_open(fd, path, NULL) : NULL;
    g_autoptr(ZpTapeEntry) entry = tape ? zp_tape_next(tape) : NULL;
    bool is_it =
        entry && strcmp(zp_tape_head(tape)->key, cache->key) == 0 && strcmp(entry->path, name) == 0;
    return is_it ? g_bytes_ref(entry->record) : NULL;
}

static bool write_bytes(int fd, GBytes *bytes)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    while (size > 0) {
        gssize n = write(fd, data, size);
        if (n < 0 && errno != EINTR)
            return false;
        data += MAX(n, 0);
        size -= (gsize)MAX(n, 0);
    }
    return true;
}

static bool write_record(const ZpCache *cache, int fd, const char *name, GBytes *record)
{
    g_autoptr(ZpTapeHead) head = zp_tape_head_new();
    head->key = g_strdup(cache->key);
    head->program = g_strdup(ZP_VERSION);
    const ZpTapeEntry entry = {.path = (char *)name, .record = record};
    g_autoptr(GBytes) begin = zp_tape_begin(head);
    g_autoptr(GBytes) body = zp_tape_entry(&entry);
    return write_bytes(fd, begin) && write_bytes(fd, body);
}

void zp_cache_keep(const ZpCache *cache, const char *name, GBytes *record)
{
    g_autofree char *path = path_of(cache, name);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *aside = g_build_filename(cache->folder, "new-XXXXXX", NULL);
    if (g_mkdir_with_parents(folder, 0777) != 0)
        return;
    int fd = zp_aside_open(aside, O_WRONLY | O_CLOEXEC, 0666);
    if (fd < 0)
        return;
    bool is_written = write_record(cache, fd, name, record);
    close(fd);
    if (is_written)
        zp_aside_keep(aside, path);
    else
        zp_aside_drop(aside);
}
