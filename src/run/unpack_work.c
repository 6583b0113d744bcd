/*
 * unpack_work.c - the calls of parsers/unpack/unpack.h, told to whoever asked.
 */
#include "run/unpack_work.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/unpack/unpack.h"
#include "run/shards.h"
#include "run/walk.h"

#include <string.h>
#include <sys/stat.h>

typedef struct {
    const ZpWork *work;
    const ZpAsked *asked;
    ZpTelling *telling;
    guint shard, shards; /* 0/0: every file is wanted */
    guint64 first, last; /* parts that are wanted */
    char *path;          /* (nullable) of the file that began */
    bool needs_mail;
    const GPtrArray *names; /* (nullable) what alone is wanted */
    bool *found;            /* of each of these whether it is there */
    guint64 part;           /* that was told last */
} Unpacking;

static char *path_of(const Unpacking *unpacking, const char *name)
{
    return g_strconcat(unpacking->asked->path, "!/", name, NULL);
}

/* A folder that is passed over is so with all that is in it. */
static bool is_passed_over(const char *name)
{
    g_auto(GStrv) steps = g_strsplit(name, "/", -1);
    for (char **step = steps; *step; step++) {
        if (zp_walk_passes_over(*step))
            return true;
    }
    return false;
}

/* What is in an archive in the archive goes with that. */
static bool is_ours(const Unpacking *unpacking, const ZpUnpackEntry *entry)
{
    if (entry->is_inner)
        return true;
    if (entry->part < unpacking->first || entry->part > unpacking->last)
        return false;
    g_autofree char *path = unpacking->shards ? path_of(unpacking, entry->name) : NULL;
    return !path || zp_shard_of(path, unpacking->shards) == unpacking->shard;
}

static ZpUnpackChoice choose(const ZpUnpackEntry *entry, gpointer data)
{
    const Unpacking *unpacking = data;
    if (!is_ours(unpacking, entry))
        return ZP_UNPACK_LEAVE;
    if (!zp_entries_have(unpacking->names, entry->name, unpacking->found))
        return ZP_UNPACK_LEAVE;
    bool is_named = zp_entries_name(unpacking->names, entry->name);
    return is_passed_over(entry->name) && !is_named ? ZP_UNPACK_PASS : ZP_UNPACK_TAKE;
}

static guint64 limit(const char *name, gpointer data)
{
    const Unpacking *unpacking = data;
    g_autofree char *path = *name ? path_of(unpacking, name) : g_strdup(unpacking->asked->path);
    ZpLimits limits;
    zp_config_limits(unpacking->work->config, path, &unpacking->work->limits, &limits);
    return limits.most[ZP_BOUND_INPUT];
}

static bool begin(const char *name, guint64 part, gpointer data)
{
    Unpacking *unpacking = data;
    const ZpAnswerPart head = {.part = part};
    g_free(unpacking->path);
    unpacking->path = path_of(unpacking, name);
    unpacking->part = part;
    return zp_worker_tell(unpacking->telling, ZP_ANSWER_BEGINS, &head, name, strlen(name));
}

static bool tell_failure(const Unpacking *unpacking, const GError *why)
{
    g_autoptr(ZpRecord) record = zp_work_failure(unpacking->work, unpacking->path, why);
    g_autoptr(GBytes) bytes = zp_record_write(record);
    gsize size = 0;
    gconstpointer data = g_bytes_get_data(bytes, &size);
    return zp_worker_tell(unpacking->telling, ZP_ANSWER_FAILED, NULL, data, size);
}

static bool file(GBytes *bytes, const GError *why, gpointer data)
{
    const Unpacking *unpacking = data;
    gsize size = 0;
    if (!bytes)
        return tell_failure(unpacking, why);
    const guint8 *next = g_bytes_get_data(bytes, &size);
    bool done = true;
    for (gsize n; done && size > 0; next += n, size -= n) {
        n = MIN(size, (gsize)ZP_ANSWER_CHUNK);
        done = zp_worker_tell(unpacking->telling, ZP_ANSWER_BYTES, NULL, next, n);
    }
    return done && zp_worker_tell(unpacking->telling, ZP_ANSWER_FILE, NULL, NULL, 0);
}

static bool passed(const char *name, guint64 part, bool is_link, gpointer data)
{
    const Unpacking *unpacking = data;
    const ZpAnswerPart head = {.part = part, .is_link = is_link};
    ((Unpacking *)data)->part = part;
    return zp_worker_tell(unpacking->telling, ZP_ANSWER_PASSED, &head, name, strlen(name));
}

/* What was named and is not there. */
static void tell_missing(Unpacking *unpacking)
{
    g_autoptr(GError) why = NULL;
    zp_error_set(&why, ZP_ERROR_IO,
                 "压缩包里没有这个文件；请核对名字（“ziping check 压缩包” 会列出）",
                 "no such file in the archive; check the name (`ziping check ARCHIVE` lists them)");
    for (guint k = 0; unpacking->names && k < unpacking->names->len; k++) {
        if (!unpacking->found[k] &&
            begin(g_ptr_array_index(unpacking->names, k), unpacking->part + 1, unpacking))
            tell_failure(unpacking, why);
    }
}

static void letter(gpointer data)
{
    ((Unpacking *)data)->needs_mail = true;
}

typedef struct {
    const ZpAsked *asked;
    ZpTelling *telling;
    guint64 bytes; /* of all entries, unpacked */
    bool is_over;  /* nobody listens */
} Listing;

static ZpUnpackChoice list(const ZpUnpackEntry *entry, gpointer data)
{
    Listing *listing = data;
    const ZpAnswerPart head = {.part = entry->part, .size = entry->size};
    listing->bytes += MIN(entry->size, G_MAXUINT64 - listing->bytes);
    /* What an earlier worker has told is not told again. */
    if (!listing->is_over && entry->part > listing->asked->after && !is_passed_over(entry->name))
        listing->is_over = !zp_worker_tell(listing->telling, ZP_ANSWER_PASSED, &head, entry->name,
                                           strlen(entry->name));
    return ZP_UNPACK_LEAVE;
}

/* One that a whole run would stop at as a bomb is for one shard, which does, too. */
static bool may_grow(const Listing *listing)
{
    struct stat about;
    return listing->bytes <= ZP_LIMIT_ARCHIVE_RATIO_FLOOR ||
           (fstat(listing->asked->fd, &about) == 0 &&
            listing->bytes / ZP_LIMIT_ARCHIVE_RATIO <= (guint64)about.st_size);
}

GBytes *zp_unpack_list(const ZpAsked *asked, ZpTelling *telling)
{
    Listing listing = {.asked = asked, .telling = telling};
    const ZpUnpackCalls calls = {.choose = list, .data = &listing};
    bool is_listed = zp_work_is_split(asked->fd, asked->path) &&
                     zp_unpack_all(asked->fd, asked->path, 0, &calls, NULL);
    g_autoptr(ZpRecord) record = zp_record_new();
    record->outcome = is_listed && may_grow(&listing) ? ZP_OUTCOME_UNPACKED : ZP_OUTCOME_READ;
    return zp_record_write(record);
}

GBytes *zp_unpack_work(const ZpWork *work, guint shard, guint shards, const ZpAsked *asked,
                       ZpTelling *telling)
{
    bool is_part = shards || asked->first > 0 || asked->last < ZP_PART_END;
    bool is_split = is_part && zp_work_is_split(asked->fd, asked->path);
    Unpacking unpacking = {.work = work,
                           .asked = asked,
                           .telling = telling,
                           .shard = shard,
                           .shards = is_split ? shards : 0,
                           .first = is_split ? asked->first : 0,
                           .last = is_split ? asked->last : ZP_PART_END,
                           .names = zp_entries_of(work->entries, asked->path),
                           .part = asked->after};
    g_autofree bool *found = unpacking.names ? g_new0(bool, unpacking.names->len) : NULL;
    const ZpUnpackCalls calls = {choose, limit, begin, file, passed, letter, &unpacking};
    g_autoptr(GError) why = NULL;
    unpacking.found = found;
    /* One that goes on behind an entry has not seen those before. */
    if (zp_unpack_all(asked->fd, asked->path, asked->after, &calls, &why) && asked->after == 0)
        tell_missing(&unpacking);
    g_free(unpacking.path);
    if (unpacking.needs_mail)
        return NULL;
    g_autoptr(ZpRecord) record = why ? zp_work_failure(work, asked->path, why) : zp_record_new();
    record->outcome = why ? ZP_OUTCOME_READ : ZP_OUTCOME_UNPACKED;
    return zp_record_write(record);
}
