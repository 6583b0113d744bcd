/*
 * texts.c - walking a form's JSON, folding, pairs of characters.
 *
 * The walk knows the canonical shape only so far: what has `text` and `op` is a value, of which the text counts; some
 * keys hold the program's words, not the form's.
 */
#include "archive/texts.h"

#include "base/text.h"

#include <string.h>

typedef struct {
    void (*on_text)(const char *pointer, const char *text, gpointer data);
    gpointer data;
    GString *pointer; /* NULL: nobody asks */
} Walk;

static bool is_own_word(const char *key)
{
    static const char *const KEYS[] = {"template", "profile", "currency_unit", "repairs",
                                       "reading",  "source",  "ocr",           NULL};
    return g_strv_contains(KEYS, key);
}

static void walk(Walk *walk_, json_t *value, bool is_free);

static void say(const Walk *walk_, const char *text)
{
    walk_->on_text(walk_->pointer ? walk_->pointer->str : NULL, text, walk_->data);
}

static void walk_member(Walk *walk_, const char *key, json_t *value, bool is_free)
{
    gsize length = walk_->pointer ? walk_->pointer->len : 0;
    if (walk_->pointer) {
        g_string_append_c(walk_->pointer, '/');
        g_string_append(walk_->pointer, key);
    }
    if (is_free) /* keys are labels of the form */
        say(walk_, key);
    walk(walk_, value, strcmp(key, "other") == 0);
    if (walk_->pointer)
        g_string_truncate(walk_->pointer, length);
}

static void walk_object(Walk *walk_, json_t *object, bool is_free)
{
    const char *key = NULL;
    json_t *value = NULL, *text = json_object_get(object, "text");
    if (json_object_get(object, "op") && json_is_string(text)) {
        say(walk_, json_string_value(text));
        return;
    }
    json_object_foreach(object, key, value)
    {
        if (is_free || !is_own_word(key))
            walk_member(walk_, key, value, is_free);
    }
}

/* jansson's own limit of depth bounds what it has read. */
static void walk(Walk *walk_, json_t *value, bool is_free)
{
    if (json_is_string(value))
        say(walk_, json_string_value(value));
    else if (json_is_object(value))
        walk_object(walk_, value, is_free);
    for (gsize k = 0; json_is_array(value) && k < json_array_size(value); k++) {
        char number[24] = "";
        if (walk_->pointer)
            g_snprintf(number, sizeof number, "%zu", k);
        walk_member(walk_, number, json_array_get(value, k), false);
    }
}

void zp_texts_each(json_t *form,
                   void (*on_text)(const char *pointer, const char *text, gpointer data),
                   gpointer data)
{
    g_autoptr(GString) pointer = g_string_new(NULL);
    Walk walk_ = {on_text, data, pointer};
    walk(&walk_, form, false);
}

typedef struct {
    GHashTable *seen;
    GString *lines;
} Folding;

static void add_folded(const char *pointer, const char *text, gpointer data)
{
    Folding *folding = data;
    GString *folded = g_string_new(NULL);
    (void)pointer;
    zp_text_append_folded(folded, text, strlen(text));
    char *line = g_string_free(folded, FALSE);
    if (!g_hash_table_add(folding->seen, line) || !*line)
        return;
    if (folding->lines->len > 0)
        g_string_append_c(folding->lines, '\n');
    g_string_append(folding->lines, line);
}

char *zp_texts_folded(json_t *form)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Folding folding = {seen, g_string_new(NULL)};
    Walk walk_ = {add_folded, &folding, NULL};
    walk(&walk_, form, false);
    return g_string_free(folding.lines, FALSE);
}

static gint compare_grams(gconstpointer a, gconstpointer b)
{
    const guint64 *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

char *zp_texts_grams(const char *lines)
{
    g_autoptr(GArray) grams = g_array_new(FALSE, FALSE, sizeof(guint64));
    GString *out = g_string_new(NULL);
    for (const char *at = lines; *at; at = g_utf8_next_char(at)) {
        guint64 first = g_utf8_get_char(at), second = g_utf8_get_char(g_utf8_next_char(at));
        guint64 single = first << 32, pair = single | second;
        if (first == '\n')
            continue;
        g_array_append_val(grams, single);
        if (second && second != '\n')
            g_array_append_val(grams, pair);
    }
    g_array_sort(grams, compare_grams);
    for (guint k = 0; k < grams->len; k++) {
        guint64 gram = g_array_index(grams, guint64, k);
        if (k == 0 || gram != g_array_index(grams, guint64, k - 1)) {
            /* A gram is its first character in the upper half, and the second, if any, in the lower. */
            g_string_append(out, out->len > 0 ? " " : "");
            g_string_append_unichar(out, (gunichar)(gram >> 32));
            if ((guint32)gram)
                g_string_append_unichar(out, (gunichar)(guint32)gram);
        }
    }
    return g_string_free(out, FALSE);
}
