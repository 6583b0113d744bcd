/*
 * glob.c - patterns part by part: fnmatch() within a part, and `**` over parts.
 *
 *     pattern   2022 / ** / *.html
 *     path      2022 / bureau / a.html
 *
 * A pattern that fits the first parts of a path names a folder, and what is in it fits too.  No
 * locale is set in this program, so fnmatch() compares bytes.
 */
#include "config/glob.h"

#include <fnmatch.h>
#include <glib.h>
#include <string.h>

/* Every combination of parts is tried once: row k of the table is the pattern from its part k on. */
static bool parts_fit(char **pattern, char **path)
{
    guint n_path = g_strv_length(path), n_pattern = g_strv_length(pattern);
    gsize width = (gsize)n_path + 1;
    g_autofree bool *fits = g_new0(bool, width *((gsize)n_pattern + 1));
    for (gsize column = 0; column < width; column++)
        fits[n_pattern * width + column] = true; /* the rest of the path is in the folder named */
    for (guint row = n_pattern; row-- > 0;) {
        bool is_any = strcmp(pattern[row], "**") == 0;
        for (gsize column = width; column-- > 0;) {
            bool here = false;
            if (is_any)
                here = fits[(row + 1) * width + column] ||
                       (column < n_path && fits[row * width + column + 1]);
            else if (column < n_path && fnmatch(pattern[row], path[column], 0) == 0)
                here = fits[(row + 1) * width + column + 1];
            fits[row * width + column] = here;
        }
    }
    return fits[0];
}

bool zp_glob_fits(const char *pattern, const char *path)
{
    bool is_anchored = strchr(pattern, '/') && strchr(pattern, '/')[1] != '\0';
    if (!*pattern)
        return false;
    g_autofree char *whole = g_strconcat(is_anchored ? "" : "**/", pattern, NULL);
    gsize length = strlen(whole);
    if (length > 0 && whole[length - 1] == '/')
        whole[length - 1] = '\0';
    const char *from = whole + (g_str_has_prefix(whole, "./") ? 2 : *whole == '/' ? 1 : 0);
    g_auto(GStrv) pattern_parts = g_strsplit(from, "/", -1);
    g_auto(GStrv) path_parts = g_strsplit(path, "/", -1);
    return parts_fit(pattern_parts, path_parts);
}
