/*
 * bag.c - tables, paths and folders of a bag.
 */
#include "archive/bag.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Folders below each other in a bag: data/originals/ab/…. */
#define DEPTH 4
#define CHUNK (64u * 1024)

const ZpBagTable ZP_BAG[ZP_BAG_TABLES] = {
    {"version", "*", "id"},
    {"document", "*", "id"},
    {"name", "*", "id"},
    {"form",
     "id, document_id, number, template, profile, title, year, project, department, unit, "
     "project_key, unit_key, "
     "currency_unit, budget, budget_fen, executed, executed_fen, headline, total_score, grade, "
     "recomputed_total, "
     "recomputed_grade, passed, failed, not_applicable, not_evaluable",
     "id"},
    {"fund", "*", "form_id, number"},
    {"indicator", "*", "form_id, number"},
    {"finding", "*", "id"},
    {"reason", "*", "id"},
    {"unjudged", "*", "form_id, number"},
    {"repair", "*", "form_id, number"},
    {"former", "*", "id"},
    {"link", "*", "id"},
    {"outcome", "*", "form_id"},
};

char *zp_bag_table_path(const ZpBagTable *table)
{
    return g_strdup_printf("data/tables/%s.ndjson", table->name);
}

char *zp_bag_original_path(const char *sha256)
{
    return g_strdup_printf("data/originals/%.2s/%s", sha256, sha256);
}

char *zp_bag_digest(const char *path, guint64 *size)
{
    struct stat about;
    gssize n = -1;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return NULL;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree guint8 *buffer = g_malloc(CHUNK);
    *size = 0;
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode)) {
        while ((n = read(fd, buffer, CHUNK)) > 0) {
            g_checksum_update(sum, buffer, n);
            *size += (guint64)n;
        }
    }
    close(fd);
    return n == 0 ? g_strdup(g_checksum_get_string(sum)) : NULL;
}

static int compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool list_below(const char *root, const char *below, guint depth, GPtrArray *paths)
{
    struct stat about;
    const char *name = NULL;
    bool done = true;
    g_autofree char *folder = g_build_filename(root, below, NULL);
    g_autoptr(GDir) dir = depth < DEPTH ? g_dir_open(folder, 0, NULL) : NULL;
    while (dir && done && (name = g_dir_read_name(dir))) {
        g_autofree char *path = *below ? g_strconcat(below, "/", name, NULL) : g_strdup(name);
        g_autofree char *whole = g_build_filename(root, path, NULL);
        done = lstat(whole, &about) == 0 && (S_ISDIR(about.st_mode) || S_ISREG(about.st_mode));
        if (done && S_ISDIR(about.st_mode))
            done = list_below(root, path, depth + 1, paths);
        else if (done)
            g_ptr_array_add(paths, g_steal_pointer(&path));
    }
    return done && dir;
}

GPtrArray *zp_bag_list(const char *folder)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    if (!list_below(folder, "", 0, paths))
        return NULL;
    g_ptr_array_sort(paths, compare_paths);
    return g_steal_pointer(&paths);
}

void zp_bag_remove(const char *folder)
{
    const char *name = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
            zp_bag_remove(path);
        else
            g_unlink(path);
    }
    g_rmdir(folder);
}
