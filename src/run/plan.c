/*
 * plan.c - a plan out and in; read as a stranger's, since whoever can write it chooses what is read.
 */
#include "run/plan.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "run/task.h"
#include "run/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char MAGIC[16] = "ziping plan 1\n";

#define DIGEST_BYTES 32
/* Behind the head: its size, low byte first, and its digest. */
#define TAIL_BYTES (8 + DIGEST_BYTES)

void zp_plan_entry_free(ZpPlanEntry *entry)
{
    if (!entry)
        return;
    g_clear_error(&entry->error);
    g_free(entry->path);
    g_free(entry);
}

static void free_entry(gpointer entry)
{
    zp_plan_entry_free(entry);
}

ZpPlan *zp_plan_new(void)
{
    ZpPlan *plan = g_new0(ZpPlan, 1);
    plan->inputs = g_ptr_array_new_with_free_func(g_free);
    plan->shards = g_array_new(FALSE, TRUE, sizeof(ZpPlanShard));
    plan->fd = -1;
    return plan;
}

void zp_plan_free(ZpPlan *plan)
{
    if (!plan)
        return;
    if (plan->fd >= 0)
        close(plan->fd);
    g_ptr_array_unref(plan->inputs);
    g_array_unref(plan->shards);
    g_free(plan->folder);
    g_free(plan->digest);
    g_free(plan);
}

/* --- both ways --- */

static void pass_error(ZpWire *wire, GError **error)
{
    if (!zp_wire_flag(wire, *error != NULL))
        return;
    const char *zh = *error ? zp_error_text(*error, ZP_LANG_ZH) : NULL;
    const char *en = *error ? zp_error_text(*error, ZP_LANG_EN) : NULL;
    guint code = (guint)zp_wire_number(wire, *error ? (guint)(*error)->code : 0, ZP_ERROR_OUTPUT);
    zp_wire_needed(wire, &zh);
    zp_wire_needed(wire, &en);
    if (!wire->out && !wire->is_bad)
        zp_error_set(error, (ZpErrorCode)code, "%s%.0s", "%.0s%s", zh, en);
}

static void pass_entry(ZpWire *wire, ZpPlanEntry *entry)
{
    entry->number = zp_wire_number(wire, entry->number, G_MAXUINT64);
    entry->first = zp_wire_number(wire, entry->first, ZP_PART_END);
    entry->last = zp_wire_number(wire, entry->last, ZP_PART_END);
    entry->is_walked = zp_wire_flag(wire, entry->is_walked);
    zp_wire_path(wire, &entry->path);
    pass_error(wire, &entry->error);
    wire->is_bad |= entry->first > entry->last || !*entry->path || strcmp(entry->path, "-") == 0;
}

static void pass_head(ZpWire *wire, ZpPlan *plan)
{
    zp_wire_path(wire, &plan->folder);
    zp_wire_paths(wire, plan->inputs);
    plan->skipped = zp_wire_number(wire, plan->skipped, G_MAXUINT64);
    guint count = zp_wire_rows(wire, plan->shards->len, ZP_LIMIT_SHARDS, sizeof(ZpPlanShard));
    if (!wire->out)
        g_array_set_size(plan->shards, count);
    for (guint k = 0; k < count && !wire->is_bad; k++) {
        ZpPlanShard *shard = &g_array_index(plan->shards, ZpPlanShard, k);
        shard->size = zp_wire_number(wire, shard->size, ZP_LIMIT_INPUT_BYTES);
        shard->documents = zp_wire_number(wire, shard->documents, G_MAXUINT64);
        shard->cost = zp_wire_number(wire, shard->cost, G_MAXUINT64);
        zp_wire_bytes(wire, shard->digest, sizeof shard->digest);
    }
}

static void sum_of(const guint8 *data, gsize size, guint8 *digest)
{
    gsize length = DIGEST_BYTES;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, data, (gssize)size);
    g_checksum_get_digest(sum, digest, &length);
}

/* --- out --- */

static bool write_bytes(GOutputStream *stream, gconstpointer data, gsize size, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (g_output_stream_write_all(stream, data, size, NULL, NULL, &cause))
        return true;
    zp_error_set(error, ZP_ERROR_OUTPUT, "计划无法写入：%s", "the plan cannot be written: %s",
                 cause->message);
    return false;
}

static bool check_size(gsize size, GError **error)
{
    if (size <= ZP_LIMIT_INPUT_BYTES)
        return true;
    zp_error_set(error, ZP_ERROR_USAGE,
                 "计划的一份超过 %u 字节（ZP_LIMIT_INPUT_BYTES）；请用较小的 --shard-size",
                 "a part of the plan takes more than %u bytes (ZP_LIMIT_INPUT_BYTES); choose a "
                 "smaller --shard-size",
                 ZP_LIMIT_INPUT_BYTES);
    return false;
}

bool zp_plan_begin(GOutputStream *stream, GError **error)
{
    return write_bytes(stream, MAGIC, sizeof MAGIC, error);
}

bool zp_plan_write(ZpPlan *plan, const GPtrArray *entries, guint64 documents, guint64 cost,
                   GOutputStream *stream, GError **error)
{
    ZpWire wire = {.out = g_string_new(NULL)};
    for (guint k = 0; k < entries->len; k++)
        pass_entry(&wire, g_ptr_array_index(entries, k));
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(wire.out);
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    ZpPlanShard shard = {.size = size, .documents = documents, .cost = cost};
    sum_of(data, size, shard.digest);
    g_array_append_val(plan->shards, shard);
    return check_size(size, error) && write_bytes(stream, data, size, error);
}

bool zp_plan_end(ZpPlan *plan, GOutputStream *stream, GError **error)
{
    ZpWire wire = {.out = g_string_new(NULL)};
    pass_head(&wire, plan);
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(wire.out);
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    guint8 tail[TAIL_BYTES];
    for (guint k = 0; k < 8; k++)
        tail[k] = (guint8)((guint64)size >> 8 * k);
    sum_of(data, size, tail + 8);
    return check_size(size, error) && write_bytes(stream, data, size, error) &&
           write_bytes(stream, tail, sizeof tail, error);
}

/* --- in --- */

/* So many bytes from a place; NULL when they are not there or do not have the digest. */
static GBytes *read_part(int fd, guint64 at, guint64 size, const guint8 *digest)
{
    g_autofree guint8 *data = g_malloc(size + 1);
    guint8 sum[DIGEST_BYTES];
    for (guint64 done = 0; done < size;) {
        gssize n = pread(fd, data + done, size - done, (off_t)(at + done));
        if (n == 0 || (n < 0 && errno != EINTR))
            return NULL;
        done += (guint64)MAX(n, 0);
    }
    sum_of(data, size, sum);
    return memcmp(sum, digest, sizeof sum) == 0 ? g_bytes_new_take(g_steal_pointer(&data), size)
                                                : NULL;
}

static char *hex_of(const guint8 *digest)
{
    GString *text = g_string_new(NULL);
    for (guint k = 0; k < DIGEST_BYTES; k++)
        g_string_append_printf(text, "%02x", digest[k]);
    return g_string_free(text, FALSE);
}

/* Shards and head fill the file, to the byte. */
static bool fills(const ZpPlan *plan, guint64 head_at)
{
    guint64 at = sizeof MAGIC;
    for (guint k = 0; k < plan->shards->len; k++)
        at += g_array_index(plan->shards, ZpPlanShard, k).size;
    return at == head_at && plan->shards->len > 0 && plan->inputs->len > 0;
}

static bool read_head(ZpPlan *plan)
{
    struct stat about;
    char magic[sizeof MAGIC];
    guint8 tail[TAIL_BYTES];
    if (fstat(plan->fd, &about) != 0 || about.st_size < (off_t)(sizeof MAGIC + TAIL_BYTES) ||
        pread(plan->fd, magic, sizeof magic, 0) != sizeof magic ||
        memcmp(magic, MAGIC, sizeof magic) != 0 ||
        pread(plan->fd, tail, sizeof tail, about.st_size - TAIL_BYTES) != TAIL_BYTES)
        return false;
    guint64 size = 0, room = (guint64)about.st_size - sizeof MAGIC - TAIL_BYTES;
    for (guint k = 0; k < 8; k++)
        size |= (guint64)tail[k] << 8 * k;
    if (size > MIN(room, ZP_LIMIT_INPUT_BYTES))
        return false;
    guint64 at = sizeof MAGIC + room - size;
    g_autoptr(GBytes) bytes = read_part(plan->fd, at, size, tail + 8);
    if (!bytes)
        return false;
    ZpWire wire = zp_wire_over(bytes);
    pass_head(&wire, plan);
    plan->digest = hex_of(tail + 8);
    return !wire.is_bad && wire.next == wire.end && fills(plan, at);
}

ZpPlan *zp_plan_open(const char *path, GError **error)
{
    ZpFileReason why;
    g_autoptr(ZpPlan) plan = zp_plan_new();
    plan->fd = zp_file_open(path, O_RDONLY, 0, &why);
    if (plan->fd < 0)
        zp_error_set(error, ZP_ERROR_USAGE, "%s：%s%.0s", "%s: %.0s%s", path, why.zh, why.en);
    else if (!read_head(plan))
        zp_error_set(error, ZP_ERROR_USAGE, "%s：不是 ziping plan 写的计划，或已损坏",
                     "%s: not a plan that `ziping plan` wrote, or damaged", path);
    else
        return g_steal_pointer(&plan);
    return NULL;
}

/* In the order of the run, and nothing twice. */
static bool follows(const ZpPlanEntry *entry, const ZpPlanEntry *before)
{
    return !before || entry->number > before->number ||
           (entry->number == before->number && entry->first > before->last &&
            strcmp(entry->path, before->path) == 0);
}

static bool read_entries(ZpWire *wire, GPtrArray *entries)
{
    const ZpPlanEntry *before = NULL;
    while (!wire->is_bad && wire->next < wire->end) {
        ZpPlanEntry *entry = g_new0(ZpPlanEntry, 1);
        g_ptr_array_add(entries, entry);
        pass_entry(wire, entry);
        wire->is_bad |= !follows(entry, before);
        before = entry;
    }
    return !wire->is_bad && entries->len > 0;
}

GPtrArray *zp_plan_read(const ZpPlan *plan, guint shard, GError **error)
{
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(free_entry);
    const ZpPlanShard *row = &g_array_index(plan->shards, ZpPlanShard, shard - 1);
    guint64 at = sizeof MAGIC;
    for (guint k = 0; k + 1 < shard; k++)
        at += g_array_index(plan->shards, ZpPlanShard, k).size;
    g_autoptr(GBytes) bytes = read_part(plan->fd, at, row->size, row->digest);
    if (bytes) {
        ZpWire wire = zp_wire_over(bytes);
        if (read_entries(&wire, entries))
            return g_steal_pointer(&entries);
    }
    zp_error_set(error, ZP_ERROR_USAGE, "计划的第 %u 份已损坏", "shard %u of the plan is damaged",
                 shard);
    return NULL;
}
