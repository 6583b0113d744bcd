/*
 * link.c - relative references (RFC 3986, 4.2) between two paths of one file system.
 *
 *     out/audit.xlsx  →  in/甲 单位/a.pdf      ../in/甲%20单位/a.pdf
 *
 * Excel reads escaped bytes beyond ASCII in a file's reference by the system's own character set, so
 * these are not escaped (RFC 3987 lets them stand).
 */
#include "output/link.h"

#include "base/file.h"
#include "base/text.h"

#include <string.h>

/* Bytes that both paths begin with, up to and with a slash. */
static gsize shared_length(const char *folder, const char *file)
{
    gsize shared = 0;
    for (gsize k = 0; folder[k] && folder[k] == file[k]; k++) {
        if (folder[k] == '/')
            shared = k + 1;
    }
    return shared;
}

static void append_escaped(GString *out, const char *path)
{
    static const char KEPT[] = "-._~/";
    for (; *path; path++) {
        if ((guchar)*path >= 0x80 || g_ascii_isalnum(*path) || strchr(KEPT, *path))
            g_string_append_c(out, *path);
        else
            g_string_append_printf(out, "%%%02X", (guchar)*path);
    }
}

static bool is_plain(const char *path)
{
    g_autoptr(GString) shown = g_string_new(NULL);
    zp_text_append_visible(shown, path, strlen(path));
    return strcmp(shown->str, path) == 0;
}

bool zp_link_append_file(GString *out, const char *folder, const char *path)
{
    if (!is_plain(path))
        return false;
    g_autofree char *bare = g_canonicalize_filename(folder ? folder : ".", NULL);
    g_autofree char *from =
        g_str_has_suffix(bare, "/") ? g_strdup(bare) : g_strconcat(bare, "/", NULL);
    g_autofree char *to = g_canonicalize_filename(path, NULL);
    gsize shared = shared_length(from, to);
    for (const char *at = from + shared; *at; at++) {
        if (*at == '/')
            g_string_append(out, "../");
    }
    append_escaped(out, to + shared);
    return true;
}

bool zp_link_append(GString *out, const char *folder, const char *path)
{
    g_autofree char *archive = zp_file_around(path);
    return strcmp(path, "-") != 0 && is_plain(path) &&
           zp_link_append_file(out, folder, archive ? archive : path);
}
