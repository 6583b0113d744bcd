/*
 * modules.h - the modules of libziping: libraries that are loaded for the first file that needs them.
 */
#pragma once

#include <glib.h>

/**
 * zp_module_path: a file or folder that belongs to the library: beside it (a build folder), in the folder ziping
 * there, or in the one it was configured with; never in the current folder or
 * along a search path.
 *
 * Returns: (nullable) NULL when there is none.
 */
char *zp_module_path(const char *name);

/**
 * zp_module_open: open a module for good.
 * @why: (out): what the system says where it cannot be
 *
 * Returns: (nullable) its symbol.
 */
gpointer zp_module_open(const char *name, const char *symbol, const char **why);
