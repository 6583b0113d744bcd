/*
 * trust.c - upward from the working folder by "..", which no link can lead astray.
 */
#include "config/trust.h"

#include <glib.h>
#include <limits.h>
#include <sys/stat.h>

static bool is_same(const struct stat *one, const struct stat *other)
{
    return one->st_dev == other->st_dev && one->st_ino == other->st_ino;
}

bool zp_trust_folder(const char *folder)
{
    struct stat wanted, here, above;
    g_autoptr(GString) path = g_string_new(".");
    if (stat(folder, &wanted) != 0 || stat(path->str, &here) != 0)
        return false;
    while (!is_same(&wanted, &here)) {
        g_string_append(path, "/..");
        if (path->len >= PATH_MAX || stat(path->str, &above) != 0 || is_same(&above, &here))
            return false;
        here = above;
    }
    return true;
}
