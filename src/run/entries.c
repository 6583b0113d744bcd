/*
 * entries.c - names in archives against names that were given.
 */
#include "run/entries.h"

#include "base/file.h"

#include <string.h>

static bool has_input(const GPtrArray *inputs, const char *path)
{
    return g_ptr_array_find_with_equal_func((GPtrArray *)inputs, path, g_str_equal, NULL);
}

ZpEntries *zp_entries_collect(GPtrArray *inputs)
{
    g_autoptr(GHashTable) entries =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    for (guint k = 0; k < inputs->len; k++) {
        const char *path = g_ptr_array_index(inputs, k);
        g_autofree char *archive = zp_file_around(path);
        if (!archive)
            continue;
        GPtrArray *names = g_hash_table_lookup(entries, archive);
        bool is_whole = !names && has_input(inputs, archive);
        if (!names && !is_whole) {
            names = g_ptr_array_new_with_free_func(g_free);
            g_hash_table_insert(entries, g_strdup(archive), names);
        }
        char *name = g_strdup(path + strlen(archive) + strlen(ZP_FILE_INSIDE));
        gsize length = strlen(name);
        if (length > 1 && name[length - 1] == '/')
            name[length - 1] = '\0';
        if (is_whole)
            g_free(name);
        else
            g_ptr_array_add(names, name);
        if (!is_whole && names->len == 1) {
            g_free(inputs->pdata[k]);
            inputs->pdata[k] = g_steal_pointer(&archive);
        } else {
            g_ptr_array_remove_index(inputs, k--);
        }
    }
    return g_hash_table_size(entries) ? g_steal_pointer(&entries) : NULL;
}

const GPtrArray *zp_entries_of(const ZpEntries *entries, const char *archive)
{
    return entries ? g_hash_table_lookup((GHashTable *)entries, archive) : NULL;
}

/* Whether @path stands in @folder, which may be an archive. */
static bool is_within(const char *path, const char *folder)
{
    gsize length = strlen(folder);
    return strncmp(path, folder, length) == 0 &&
           (path[length] == '/' || g_str_has_prefix(path + length, ZP_FILE_INSIDE));
}

bool zp_entries_have(const GPtrArray *names, const char *name, bool *found)
{
    bool is_wanted = !names;
    for (guint k = 0; names && k < names->len; k++) {
        const char *named = g_ptr_array_index(names, k);
        bool is_it = strcmp(name, named) == 0 || is_within(name, named);
        /* An archive is opened for what was named in it. */
        bool holds_it =
            g_str_has_prefix(named, name) && g_str_has_prefix(named + strlen(name), ZP_FILE_INSIDE);
        is_wanted |= is_it || holds_it;
        if (found)
            found[k] |= is_it;
    }
    return is_wanted;
}

bool zp_entries_name(const GPtrArray *names, const char *name)
{
    return names && has_input(names, name);
}
