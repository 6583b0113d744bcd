/*
 * shards.c - the entry with the lowest number among the heads of all tapes is next.
 */
#include "run/shards.h"

#include "base/error.h"
#include "base/file.h"

#include <fcntl.h>
#include <string.h>
#include <zlib.h>

typedef struct {
    ZpTape *tape;
    ZpTapeEntry *first; /* (nullable) NULL at its end */
    const char *path;   /* borrowed */
} Shard;

struct ZpShards {
    GArray *shards; /* of Shard */
};

static void shard_clear(gpointer data)
{
    Shard *shard = data;
    zp_tape_entry_free(shard->first);
    zp_tape_free(shard->tape);
}

guint zp_shard_of(const char *path, guint of)
{
    return (guint)(crc32(0, (const guint8 *)path, (guint)strlen(path)) % of) + 1;
}

const ZpTapeHead *zp_shards_head(const ZpShards *shards)
{
    return zp_tape_head(g_array_index(shards->shards, Shard, 0).tape);
}

static bool refuse(const char *path, const char *zh, const char *en, GError **error)
{
    zp_error_set(error, ZP_ERROR_USAGE, "%s：%s%.0s", "%s: %.0s%s", path, zh, en);
    return false;
}

static bool is_same_run(const ZpTapeHead *one, const ZpTapeHead *other)
{
    bool same = strcmp(one->key, other->key) == 0 && one->check == other->check &&
                one->of == other->of && one->inputs->len == other->inputs->len;
    for (guint k = 0; same && k < one->inputs->len; k++)
        same = strcmp(g_ptr_array_index(one->inputs, k), g_ptr_array_index(other->inputs, k)) == 0;
    return same;
}

/* One that is torn is found out before anything is written. */
static bool is_whole(const char *path)
{
    int fd = zp_file_open(path, O_RDONLY, 0, NULL);
    g_autoptr(ZpTape) tape = fd >= 0 ? zp_tape_open(fd, path, NULL) : NULL;
    for (g_autoptr(ZpTapeEntry) entry = NULL; tape && (entry = zp_tape_next(tape));)
        g_clear_pointer(&entry, zp_tape_entry_free);
    return tape && zp_tape_is_complete(tape, NULL);
}

static bool open_shard(ZpShards *shards, const char *path, GError **error)
{
    ZpFileReason why;
    int fd = zp_file_open(path, O_RDONLY, 0, &why);
    if (fd < 0)
        return refuse(path, why.zh, why.en, error);
    Shard shard = {.tape = zp_tape_open(fd, path, error), .path = path};
    if (!shard.tape)
        return false;
    g_array_append_val(shards->shards, shard);
    if (!zp_tape_head(shard.tape)->of)
        return refuse(path, "不是 --shard 写的", "was not written by --shard", error);
    if (!is_same_run(zp_shards_head(shards), zp_tape_head(shard.tape)))
        return refuse(
            path, "与第一个文件不是同一次运行的（输入、选项、配置或版本不同）",
            "is not of the same run as the first file (other inputs, options, settings or "
            "version)",
            error);
    return is_whole(path) ||
           refuse(path, "不完整；请重新运行这一份", "is not complete; run that shard again", error);
}

/* Every number from 1 to N once. */
static bool are_all_there(const ZpShards *shards, GError **error)
{
    guint of = zp_shards_head(shards)->of;
    g_autoptr(GPtrArray) seen = g_ptr_array_new();
    g_ptr_array_set_size(seen, (gint)of + 1);
    for (guint k = 0; k < shards->shards->len; k++) {
        const Shard *shard = &g_array_index(shards->shards, Shard, k);
        guint number = zp_tape_head(shard->tape)->shard;
        if (g_ptr_array_index(seen, number))
            return refuse(shard->path, "这一份给了两次", "this shard is given twice", error);
        g_ptr_array_index(seen, number) = (gpointer)shard->path;
    }
    for (guint number = 1; number <= of; number++) {
        if (g_ptr_array_index(seen, number))
            continue;
        zp_error_set(error, ZP_ERROR_USAGE, "缺少第 %u/%u 份", "shard %u/%u is missing", number,
                     of);
        return false;
    }
    return true;
}

ZpShards *zp_shards_open(const GPtrArray *paths, GError **error)
{
    g_autoptr(ZpShards) shards = g_new0(ZpShards, 1);
    shards->shards = g_array_new(FALSE, TRUE, sizeof(Shard));
    g_array_set_clear_func(shards->shards, shard_clear);
    for (guint k = 0; k < paths->len; k++) {
        if (!open_shard(shards, g_ptr_array_index(paths, k), error))
            return NULL;
    }
    if (!are_all_there(shards, error))
        return NULL;
    for (guint k = 0; k < shards->shards->len; k++) {
        Shard *shard = &g_array_index(shards->shards, Shard, k);
        shard->first = zp_tape_next(shard->tape);
    }
    return g_steal_pointer(&shards);
}

void zp_shards_free(ZpShards *shards)
{
    if (!shards)
        return;
    g_array_unref(shards->shards);
    g_free(shards);
}

static bool is_before(const ZpTapeEntry *one, const ZpTapeEntry *other)
{
    return one->number != other->number ? one->number < other->number : one->part < other->part;
}

ZpTapeEntry *zp_shards_next(ZpShards *shards)
{
    Shard *next = NULL;
    for (guint k = 0; k < shards->shards->len; k++) {
        Shard *shard = &g_array_index(shards->shards, Shard, k);
        if (shard->first && (!next || is_before(shard->first, next->first)))
            next = shard;
    }
    if (!next)
        return NULL;
    ZpTapeEntry *entry = next->first;
    next->first = zp_tape_next(next->tape);
    return entry;
}

guint64 zp_shards_skipped(const ZpShards *shards)
{
    guint64 sum = 0, skipped = 0;
    for (guint k = 0; k < shards->shards->len; k++) {
        zp_tape_is_complete(g_array_index(shards->shards, Shard, k).tape, &skipped);
        sum += skipped;
    }
    return sum;
}
