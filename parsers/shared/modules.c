/*
 * modules.c - where the modules are, and how they are opened.
 */
#include "parsers/shared/modules.h"

#include <dlfcn.h>
#include <gmodule.h>
#include <stdlib.h>
#include <string.h>

/* The folder of an installed library's modules, in the library's. */
#define MODULES "ziping"

/* Where the library stands that this is in, or the program that it is linked into: its real path. */
static char *own_path(void)
{
    Dl_info about;
    if (!dladdr((gconstpointer)(guintptr)own_path, &about) || !about.dli_fname)
        return NULL;
    char *real = strchr(about.dli_fname, '/') ? realpath(about.dli_fname, NULL) : NULL;
    char *path = real ? g_strdup(real) : g_file_read_link("/proc/self/exe", NULL);
    free(real);
    return path;
}

/* It is in the first folder that has one. */
char *zp_module_path(const char *name)
{
    g_autofree char *own = own_path();
    g_autofree char *folder = own ? g_path_get_dirname(own) : NULL;
    char *const places[] = {
        folder ? g_build_filename(folder, name, NULL) : NULL,
        folder ? g_build_filename(folder, MODULES, name, NULL) : NULL,
        g_build_filename(ZP_MODULES, name, NULL),
    };
    char *found = NULL;
    for (gsize k = 0; k < G_N_ELEMENTS(places); k++) {
        if (!found && places[k] && g_path_is_absolute(places[k]) &&
            g_file_test(places[k], G_FILE_TEST_EXISTS))
            found = places[k];
        else
            g_free(places[k]);
    }
    return found;
}

gpointer zp_module_open(const char *name, const char *symbol, const char **why)
{
    g_autofree char *path = zp_module_path(name);
    gpointer found = NULL;
    GModule *module = path ? g_module_open(path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL) : NULL;
    if (!module || !g_module_symbol(module, symbol, &found)) {
        *why = path ? g_module_error() : name;
        return NULL;
    }
    /* Its libraries register types with GLib, which must stay. */
    g_module_make_resident(module);
    return found;
}
