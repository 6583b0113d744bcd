/*
 * name.c - what an entry is called.
 *
 * A zip says of a name that it is UTF-8, or nothing: Chinese Windows then writes GBK.  libarchive gives such bytes as
 * they are.  Two entries of one name are both files of their own: the second is `表 (2).docx`.
 */
#include "base/limits.h"
#include "parsers/ooxml/package.h"
#include "parsers/shared/decode.h"
#include "parsers/unpack/private.h"

#include <archive_entry.h>
#include <stdbool.h>
#include <string.h>

struct ZpEntryNames {
    GHashTable *given; /* name → how often it was asked for */
};

ZpEntryNames *zp_entry_names_new(void)
{
    ZpEntryNames *names = g_new0(ZpEntryNames, 1);
    names->given = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return names;
}

void zp_entry_names_free(ZpEntryNames *names)
{
    g_hash_table_unref(names->given);
    g_free(names);
}

/* Bytes as UTF-8 where they are any characters that such a name is written in. */
static char *decode_name(const char *raw)
{
    if (g_utf8_validate(raw, -1, NULL))
        return g_strdup(raw);
    ZpDecoded decoded;
    g_autoptr(GBytes) bytes = g_bytes_new_static(raw, strlen(raw));
    if (!zp_decode(bytes, "GB18030", &decoded, NULL))
        return g_strdup(raw);
    char *name = decoded.replaced ? g_strdup(raw) : g_strndup(decoded.text, decoded.length);
    zp_decoded_clear(&decoded);
    return name;
}

/* The end of a name that is too long, from a whole character on. */
static const char *end_of(const char *name)
{
    gsize length = strlen(name);
    const char *at = name + (length > ZP_LIMIT_ENTRY_NAME ? length - ZP_LIMIT_ENTRY_NAME : 0);
    while ((*at & 0xc0) == 0x80)
        at++;
    return at;
}

/* Of a path only the steps down; some programs write `\\` between them. */
static char *clean_name(const char *path)
{
    g_autofree char *name = zp_package_path("", path);
    return g_strdup(end_of(name));
}

char *zp_entry_plain_name(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    if (name)
        return clean_name(name);
    name = archive_entry_pathname(entry);
    g_autofree char *decoded = decode_name(name ? name : "");
    return clean_name(decoded);
}

/* Before the ending, so that the name still says what kind of file it is. */
static char *number_name(const char *name, guint number)
{
    const char *slash = strrchr(name, '/');
    const char *dot = strrchr(name, '.');
    if (!dot || dot == name || (slash && dot <= slash + 1))
        return g_strdup_printf("%s (%u)", name, number);
    return g_strdup_printf("%.*s (%u)%s", (int)(dot - name), name, number, dot);
}

char *zp_entry_names_add(ZpEntryNames *names, const char *prefix, const char *name)
{
    g_autofree char *full = g_strconcat(prefix, *name ? name : "-", NULL);
    guint times = GPOINTER_TO_UINT(g_hash_table_lookup(names->given, full));
    g_autofree char *numbered = times ? number_name(full, times + 1) : g_strdup(full);
    /* A file may have that very name. */
    while (times && g_hash_table_contains(names->given, numbered)) {
        times++;
        g_free(numbered);
        numbered = number_name(full, times + 1);
    }
    g_hash_table_insert(names->given, g_strdup(full), GUINT_TO_POINTER(times + 1));
    if (times)
        g_hash_table_insert(names->given, g_strdup(numbered), GUINT_TO_POINTER(1));
    return g_steal_pointer(&numbered);
}

char *zp_entry_names_take(ZpEntryNames *names, const char *prefix, struct archive_entry *entry)
{
    g_autofree char *name = zp_entry_plain_name(entry);
    return zp_entry_names_add(names, prefix, name);
}

char *zp_entry_names_clean(ZpEntryNames *names, const char *prefix, const char *raw)
{
    g_autofree char *decoded = decode_name(raw);
    g_autofree char *name = clean_name(decoded);
    return zp_entry_names_add(names, prefix, name);
}

char *zp_entry_bare_name(const char *path)
{
    static const char *const ENDINGS[] = {".gz", ".bz2", ".xz", ".zst"};
    g_autofree char *name = g_path_get_basename(path);
    for (gsize k = 0; k < G_N_ELEMENTS(ENDINGS); k++) {
        gsize length = strlen(name), tail = strlen(ENDINGS[k]);
        if (length > tail && g_ascii_strcasecmp(name + length - tail, ENDINGS[k]) == 0)
            return g_strndup(name, length - tail);
    }
    return g_strdup(name);
}
