/*
 * modules.c - where the program's modules are, and how they are opened.
 */
#include "parsers/shared/modules.h"

#include <gmodule.h>
#include <stdlib.h>
#include <sys/auxv.h>

/* Where the program stands; without /proc as it was called, which the kernel hands over. */
static char *program_path(void)
{
    char *program = g_file_read_link("/proc/self/exe", NULL);
    if (program)
        return program;
    const char *called = (const char *)getauxval(AT_EXECFN);
    char *real = called ? realpath(called, NULL) : NULL;
    program = g_strdup(real);
    free(real);
    return program;
}

/* It is in the first folder that has one. */
char *zp_module_path(const char *name)
{
    g_autofree char *program = program_path();
    g_autofree char *folder = program ? g_path_get_dirname(program) : NULL;
    char *const places[] = {
        folder ? g_build_filename(folder, name, NULL) : NULL,
        folder ? g_build_filename(folder, ZP_MODULES_FROM_PROGRAM, name, NULL) : NULL,
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
