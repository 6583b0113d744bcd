/* Shards are put together in the order of the run, however they lie, and with few descriptors where they can be. */
#include "run/shards.h"
#include "run/task.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define SHARDS 300u
#define INPUTS 4u /* of each */

static void put(int fd, GBytes *bytes)
{
    gsize size = 0;
    gconstpointer data = g_bytes_get_data(bytes, &size);
    cr_assert(write(fd, data, size) == (gssize)size);
    g_bytes_unref(bytes);
}

/* A tape of the inputs @first, @first + @step, … */
static char *make_tape(const char *folder, guint shard, guint64 first, guint64 step)
{
    char *path = g_strdup_printf("%s/%u.rec", folder, shard);
    g_autoptr(ZpTapeHead) head = zp_tape_head_new();
    g_autoptr(GBytes) record = g_bytes_new_static("record", 6);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    head->key = g_strdup("key");
    head->program = g_strdup("program");
    head->shard = shard;
    head->of = SHARDS;
    put(fd, zp_tape_begin(head));
    for (guint k = 0; k < INPUTS; k++) {
        g_autofree char *name = g_strdup_printf("%u", k);
        const ZpTapeEntry entry = {.number = first + k * step, .path = name, .record = record};
        put(fd, zp_tape_entry(&entry));
    }
    put(fd, zp_tape_end(1));
    close(fd);
    return path;
}

static GPtrArray *make_tapes(const char *folder, bool are_stretches)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    for (guint k = SHARDS; k > 0; k--)
        g_ptr_array_add(paths, are_stretches ? make_tape(folder, k, (k - 1) * INPUTS, 1)
                                             : make_tape(folder, k, k - 1, SHARDS));
    return paths;
}

static guint64 go_through(ZpShards *shards, GError **error)
{
    guint64 count = 0;
    for (;; count++) {
        g_autoptr(ZpTapeEntry) entry = NULL;
        if (!zp_shards_next(shards, &entry, error) || !entry)
            return count;
        cr_assert(eq(u64, entry->number, count));
    }
}

static char *make_folder(void)
{
    return g_dir_make_tmp("shards-XXXXXX", NULL);
}

static void remove_all(char *folder, GPtrArray *paths)
{
    for (guint k = 0; k < paths->len; k++)
        unlink(g_ptr_array_index(paths, k));
    rmdir(folder);
    g_ptr_array_unref(paths);
    g_free(folder);
}

static void merge_all(bool are_stretches, rlim_t descriptors)
{
    g_autoptr(GError) error = NULL;
    char *folder = make_folder();
    GPtrArray *paths = make_tapes(folder, are_stretches);
    const struct rlimit limit = {descriptors, descriptors};
    cr_assert(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    g_autoptr(ZpShards) shards = zp_shards_open(paths, &error);
    cr_assert(shards != NULL, "%s", error ? error->message : "");
    guint64 count = go_through(shards, &error);
    cr_assert(eq(ptr, error, NULL));
    cr_assert(eq(u64, count, SHARDS * INPUTS));
    cr_assert(eq(u64, zp_shards_skipped(shards), SHARDS));
    remove_all(folder, paths);
}

Test(shards, stretches_with_few_descriptors)
{
    merge_all(true, 64);
}

Test(shards, interleaved)
{
    merge_all(false, 512);
}

Test(shards, changed_in_between)
{
    g_autoptr(GError) error = NULL;
    char *folder = make_folder();
    GPtrArray *paths = make_tapes(folder, true);
    g_autoptr(ZpShards) shards = zp_shards_open(paths, &error);
    cr_assert(shards != NULL);
    cr_assert(truncate(g_ptr_array_index(paths, 0), 100) == 0);
    go_through(shards, &error);
    cr_assert(error != NULL && strstr(error->message, "300.rec"));
    remove_all(folder, paths);
}
