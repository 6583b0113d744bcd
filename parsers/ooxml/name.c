/*
 * name.c - the names of parts, made from what leads to them.
 *
 *     word + ../media/a%20b.png  →  media/a b.png
 *
 * A name is a key and never a path of a file system, so `..` ends at the root.
 *
 * Source: ECMA-376 part 2, 9.1; GB/T 33190-2016, 7.1.
 */
#include "parsers/ooxml/package.h"

#include <string.h>

char *zp_package_path(const char *folder, const char *path)
{
    g_autofree char *joined =
        path[0] == '/' || path[0] == '\\' ? g_strdup(path) : g_strconcat(folder, "/", path, NULL);
    g_strdelimit(joined, "\\", '/');
    g_auto(GStrv) steps = g_strsplit(joined, "/", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (char **step = steps; *step; step++) {
        if (strcmp(*step, "..") == 0 && kept->len)
            g_ptr_array_set_size(kept, (gint)kept->len - 1);
        else if (**step && strcmp(*step, ".") != 0 && strcmp(*step, "..") != 0)
            g_ptr_array_add(kept, *step);
    }
    g_ptr_array_add(kept, NULL);
    return g_strjoinv("/", (char **)kept->pdata);
}

char *zp_package_name(const char *folder, const char *path)
{
    g_autofree char *plain = g_uri_unescape_string(path, "/\\");
    g_autofree char *name = zp_package_path(folder, plain ? plain : path);
    return g_ascii_strdown(name, -1);
}
