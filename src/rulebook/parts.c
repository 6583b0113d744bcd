/*
 * parts.c - {name} in a pattern becomes the piece of that name.
 *
 * Words are quoted and sorted by length, so that 以上 is not found inside 及以上 and no word of
 * a data file has to be a pattern.
 */
#include "rulebook/parts.h"

#include "base/error.h"

#include <string.h>

struct ZpParts {
    char *name;
    GHashTable *pieces; /* name → pattern */
};

ZpParts *zp_parts_new(const char *name)
{
    ZpParts *parts = g_new0(ZpParts, 1);
    parts->name = g_strdup(name);
    parts->pieces = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return parts;
}

void zp_parts_free(ZpParts *parts)
{
    if (!parts)
        return;
    g_free(parts->name);
    g_hash_table_unref(parts->pieces);
    g_free(parts);
}

static gint longer_first(gconstpointer a, gconstpointer b)
{
    gsize length_a = strlen(*(const char *const *)a), length_b = strlen(*(const char *const *)b);
    return (length_a < length_b) - (length_a > length_b);
}

/* "(?<unit>平方米|米)"; "(?!)", which never matches, for no word. */
static char *alternation(const char *group, GPtrArray *words)
{
    if (!words->len)
        return g_strdup("(?!)");
    g_ptr_array_sort(words, longer_first);
    GString *out = g_string_new("(?");
    if (group)
        g_string_append_printf(out, "<%s>", group);
    else
        g_string_append_c(out, ':');
    for (guint i = 0; i < words->len; i++) {
        if (i)
            g_string_append_c(out, '|');
        const char *word = g_ptr_array_index(words, i);
        for (; *word; word++) {
            if (g_ascii_ispunct(*word))
                g_string_append_c(out, '\\');
            g_string_append_c(out, *word);
        }
    }
    g_string_append_c(out, ')');
    return g_string_free(out, FALSE);
}

void zp_parts_add_words(ZpParts *parts, const char *name, const char *group, GPtrArray *words)
{
    g_hash_table_insert(parts->pieces, g_strdup(name), alternation(group, words));
}

void zp_parts_add(ZpParts *parts, const char *name, const char *pattern)
{
    g_hash_table_insert(parts->pieces, g_strdup(name), g_strdup_printf("(?:%s)", pattern));
}

/* The length of a name in braces at the text, 0 when there is none: {3} and {L} are none. */
static gsize reference_length(const char *text)
{
    gsize length = *text == '{' ? strspn(text + 1, "abcdefghijklmnopqrstuvwxyz") : 0;
    return length && text[1 + length] == '}' ? length : 0;
}

char *zp_parts_expand(const ZpParts *parts, const char *pattern, GError **error)
{
    g_autoptr(GString) out = g_string_sized_new(512);
    for (const char *at = pattern; *at; at++) {
        gsize length = reference_length(at);
        if (!length) {
            g_string_append_c(out, *at);
            continue;
        }
        g_autofree char *name = g_strndup(at + 1, length);
        const char *piece = g_hash_table_lookup(parts->pieces, name);
        if (!piece) {
            zp_error_set(error, ZP_ERROR_DATA, "%s: 模式 \"%s\" 用了不认识的 {%s}",
                         "%s: pattern \"%s\" uses the unknown part {%s}", parts->name, pattern,
                         name);
            return NULL;
        }
        g_string_append(out, piece);
        at += length + 1;
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}
