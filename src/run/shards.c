/*
 * shards.c - the entry with the lowest number among the heads of all tapes is next.
 *
 * Each tape is read through once to see that it is whole, and again when its turn comes.  It is open only from its
 * first entry to its last, so shards that are stretches of a run (--shard-of) take one descriptor, however many.
 */
#include "run/shards.h"

#include "base/error.h"
#include "base/file.h"

#include <fcntl.h>
#include <string.h>
#include <zlib.h>

typedef struct {
    char *path;
    guint number;        /* of its shard */
    guint64 skipped;     /* as its end says */
    guint64 n_entries;   /* still to come */
    guint64 first, part; /* where its first entry stands in the run */
    ZpTape *tape;        /* (nullable) from then on */
    ZpTapeEntry *ahead;  /* (nullable) read, and not yet given */
} Shard;

struct ZpShards {
    ZpTapeHead *head;
    GPtrArray *shards; /* of Shard, in the order of their first entries */
    guint n_begun;     /* of these */
    GPtrArray *open;   /* of Shard (transfer none): begun, and not at their end */
};

static void shard_free(gpointer data)
{
    Shard *shard = data;
    zp_tape_entry_free(shard->ahead);
    zp_tape_free(shard->tape);
    g_free(shard->path);
    g_free(shard);
}

guint zp_shard_of(const char *path, guint of)
{
    return (guint)(crc32(0, (const guint8 *)path, (guint)strlen(path)) % of) + 1;
}

const ZpTapeHead *zp_shards_head(const ZpShards *shards)
{
    return shards->head;
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

static ZpTape *open_tape(const char *path, GError **error)
{
    ZpFileReason why;
    int fd = zp_file_open(path, O_RDONLY, 0, &why);
    if (fd >= 0)
        return zp_tape_open(fd, path, error);
    refuse(path, why.zh, why.en, error);
    return NULL;
}

/* One that is torn is found out before anything is written. */
static bool look_through(Shard *shard, ZpTape *tape)
{
    for (;; shard->n_entries++) {
        g_autoptr(ZpTapeEntry) entry = zp_tape_next(tape);
        if (!entry)
            return zp_tape_is_complete(tape, &shard->skipped);
        if (shard->n_entries == 0) {
            shard->first = entry->number;
            shard->part = entry->part;
        }
    }
}

static bool add_shard(ZpShards *shards, const char *path, GError **error)
{
    g_autoptr(ZpTape) tape = open_tape(path, error);
    if (!tape)
        return false;
    Shard *shard = g_new0(Shard, 1);
    shard->path = g_strdup(path);
    shard->number = zp_tape_head(tape)->shard;
    g_ptr_array_add(shards->shards, shard);
    if (!zp_tape_head(tape)->of)
        return refuse(path, "不是 --shard 写的", "was not written by --shard", error);
    if (shards->head && !is_same_run(shards->head, zp_tape_head(tape)))
        return refuse(
            path, "与第一个文件不是同一次运行的（输入、选项、配置或版本不同）",
            "is not of the same run as the first file (other inputs, options, settings or "
            "version)",
            error);
    if (!shards->head)
        shards->head = zp_tape_take_head(tape);
    return look_through(shard, tape) ||
           refuse(path, "不完整；请重新运行这一份", "is not complete; run that shard again", error);
}

/* Every number from 1 to N once. */
static bool are_all_there(const ZpShards *shards, GError **error)
{
    guint of = shards->head->of;
    g_autoptr(GPtrArray) seen = g_ptr_array_new();
    g_ptr_array_set_size(seen, (gint)of + 1);
    for (guint k = 0; k < shards->shards->len; k++) {
        const Shard *shard = g_ptr_array_index(shards->shards, k);
        if (g_ptr_array_index(seen, shard->number))
            return refuse(shard->path, "这一份给了两次", "this shard is given twice", error);
        g_ptr_array_index(seen, shard->number) = shard->path;
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

static int compare_places(guint64 number, guint64 part, guint64 other, guint64 other_part)
{
    if (number != other)
        return number < other ? -1 : 1;
    return part < other_part ? -1 : part > other_part;
}

static gint compare_beginnings(gconstpointer one, gconstpointer other)
{
    const Shard *a = *(Shard *const *)one, *b = *(Shard *const *)other;
    return compare_places(a->first, a->part, b->first, b->part);
}

ZpShards *zp_shards_open(const GPtrArray *paths, GError **error)
{
    g_autoptr(ZpShards) shards = g_new0(ZpShards, 1);
    shards->shards = g_ptr_array_new_with_free_func(shard_free);
    shards->open = g_ptr_array_new();
    for (guint k = 0; k < paths->len; k++) {
        if (!add_shard(shards, g_ptr_array_index(paths, k), error))
            return NULL;
    }
    if (!are_all_there(shards, error))
        return NULL;
    g_ptr_array_sort(shards->shards, compare_beginnings);
    return g_steal_pointer(&shards);
}

void zp_shards_free(ZpShards *shards)
{
    if (!shards)
        return;
    g_ptr_array_unref(shards->open);
    g_ptr_array_unref(shards->shards);
    zp_tape_head_free(shards->head);
    g_free(shards);
}

/* The next of a shard that has one; a file that was whole and no longer is has been changed. */
static bool read_ahead(Shard *shard, GError **error)
{
    if (!shard->tape && !(shard->tape = open_tape(shard->path, error)))
        return false;
    shard->n_entries--;
    shard->ahead = zp_tape_next(shard->tape);
    return shard->ahead ||
           refuse(shard->path, "读取期间被改动", "was changed while it was read", error);
}

/* The open shard whose entry is first; NULL: none is open. */
static Shard *find_first(const ZpShards *shards)
{
    Shard *first = NULL;
    for (guint k = 0; k < shards->open->len; k++) {
        Shard *shard = g_ptr_array_index(shards->open, k);
        if (!first || compare_places(shard->ahead->number, shard->ahead->part, first->ahead->number,
                                     first->ahead->part) < 0)
            first = shard;
    }
    return first;
}

/* Open those that begin before the entry that would be next. */
static bool begin_shards(ZpShards *shards, Shard **first, GError **error)
{
    for (*first = find_first(shards); shards->n_begun < shards->shards->len; shards->n_begun++) {
        Shard *shard = g_ptr_array_index(shards->shards, shards->n_begun);
        if (shard->n_entries == 0)
            continue;
        if (*first && compare_places((*first)->ahead->number, (*first)->ahead->part, shard->first,
                                     shard->part) < 0)
            return true;
        if (!read_ahead(shard, error))
            return false;
        g_ptr_array_add(shards->open, shard);
        *first = find_first(shards);
    }
    return true;
}

bool zp_shards_next(ZpShards *shards, ZpTapeEntry **entry, GError **error)
{
    Shard *first;
    *entry = NULL;
    if (!begin_shards(shards, &first, error))
        return false;
    if (!first)
        return true;
    g_autoptr(ZpTapeEntry) next = g_steal_pointer(&first->ahead);
    if (first->n_entries == 0) {
        g_ptr_array_remove_fast(shards->open, first);
        g_clear_pointer(&first->tape, zp_tape_free);
    } else if (!read_ahead(first, error)) {
        return false;
    }
    *entry = g_steal_pointer(&next);
    return true;
}

guint64 zp_shards_skipped(const ZpShards *shards)
{
    guint64 sum = 0;
    for (guint k = 0; k < shards->shards->len; k++)
        sum += ((const Shard *)g_ptr_array_index(shards->shards, k))->skipped;
    return sum;
}
