/*
 * bytes.c - a regular file, in the words that a user of it needs.
 */
#include "config/bytes.h"

#include "base/error.h"
#include "base/file.h"

GBytes *zp_config_bytes(const char *path, guint limit, const char *name, GError **error)
{
    ZpFileReason why;
    GBytes *bytes = zp_file_read(path, limit, &why);
    g_autofree char *shown = g_filename_display_name(path);
    if (!bytes && why.zh)
        zp_error_set(error, ZP_ERROR_USAGE, "%s: 不能读：%s%.0s", "%s: cannot be read: %.0s%s",
                     shown, why.zh, why.en);
    else if (!bytes)
        zp_error_set(error, ZP_ERROR_USAGE, "%s: 大于 %u 字节 (%s)", "%s: over %u bytes (%s)",
                     shown, limit, name);
    return bytes;
}
