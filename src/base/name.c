/*
 * name.c - what Windows, macOS and Linux agree on.
 *
 * https://learn.microsoft.com/windows/win32/fileio/naming-a-file: reserved characters and names, with any ending
 * and in any case; names that differ in case, or in how a character is composed, are one.
 */
#include "base/name.h"

#include "base/text.h"

#include <string.h>

static const char *const DEVICES[] = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"};

static bool is_device(const char *name)
{
    gsize length = strcspn(name, ". ");
    for (gsize k = 0; k < G_N_ELEMENTS(DEVICES); k++) {
        if (strlen(DEVICES[k]) == length && g_ascii_strncasecmp(name, DEVICES[k], length) == 0)
            return true;
    }
    if (g_ascii_strncasecmp(name, "com", 3) != 0 && g_ascii_strncasecmp(name, "lpt", 3) != 0)
        return false;
    static const char *const NUMBERS[] = {"0", "1", "2", "3", "4", "5", "6",
                                          "7", "8", "9", "¹", "²", "³"};
    for (gsize k = 0; k < G_N_ELEMENTS(NUMBERS); k++) {
        if (strlen(NUMBERS[k]) == length - 3 && strncmp(name + 3, NUMBERS[k], length - 3) == 0)
            return true;
    }
    return false;
}

/* Seen as it is, and none of what separates or stands for others. */
static bool is_kept(const char *p, gsize length)
{
    g_autoptr(GString) shown = g_string_new(NULL);
    zp_text_append_visible(shown, p, length);
    return shown->len == length && memcmp(shown->str, p, length) == 0 &&
           !(length == 1 && strchr("<>:\"/\\|?*", *p));
}

/* Blanks and dots at the ends are dropped, or hide a file. */
static void trim(GString *name)
{
    gsize from = strspn(name->str, ". ");
    g_string_erase(name, 0, (gssize)from);
    while (name->len > 0 && strchr(". ", name->str[name->len - 1]))
        g_string_truncate(name, name->len - 1);
}

static void cut(GString *name, gsize most)
{
    if (name->len > most)
        g_string_truncate(name, zp_text_cut(name->str, name->len, most));
    trim(name);
}

static char *key_of(const char *name)
{
    g_autofree char *composed = g_utf8_normalize(name, -1, G_NORMALIZE_ALL_COMPOSE);
    return g_utf8_casefold(composed ? composed : name, -1);
}

/* The name, or the first "name (2)", … that is not taken. */
static char *make_free(const char *name, GHashTable *taken)
{
    for (guint n = 1;; n++) {
        g_autofree char *number = n > 1 ? g_strdup_printf(" (%u)", n) : g_strdup("");
        g_autoptr(GString) own = g_string_new(name);
        cut(own, ZP_NAME_BYTES - strlen(number));
        g_string_append(own, number);
        if (g_hash_table_add(taken, key_of(own->str)))
            return g_strdup(own->str);
    }
}

char *zp_name_of(const char *text, GHashTable *taken)
{
    g_autofree char *valid = zp_text_valid(text, strlen(text), NULL);
    g_autofree char *composed = g_utf8_normalize(valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    g_autoptr(GString) name = g_string_new(NULL);
    for (const char *p = composed ? composed : valid; *p; p = g_utf8_next_char(p))
        if (is_kept(p, (gsize)(g_utf8_next_char(p) - p)))
            g_string_append_len(name, p, g_utf8_next_char(p) - p);
        else
            g_string_append_c(name, '_');
    trim(name);
    cut(name, ZP_NAME_BYTES);
    if (name->len == 0 || is_device(name->str))
        g_string_prepend_c(name, '_');
    return taken ? make_free(name->str, taken) : g_strdup(name->str);
}
