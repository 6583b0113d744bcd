/*
 * texts.c - going over a form's JSON, folding, pairs of characters.
 *
 * The texts are taken out of the JSON as it stands, without a tree of it, which would cost more than the rest of putting
 * a form into an archive.  Of the canonical shape it knows only so far: what begins with `text` and `op` is a value, of
 * which the text counts; some keys hold the program's words, not the form's.
 */
#include "archive/texts.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

typedef struct {
    const char *at, *end;
    guint depth;
    guint muted; /* inside so many things of which nothing counts */
    void (*on_text)(const char *pointer, const char *text, gpointer data);
    gpointer data;
    GString *string;  /* the last one; not while muted */
    GString *pointer; /* NULL: nobody asks */
} Walk;

static bool is_own_word(const char *key)
{
    static const char *const KEYS[] = {"template", "profile", "currency_unit", "repairs",
                                       "reading",  "source",  "ocr",           NULL};
    return g_strv_contains(KEYS, key);
}

static void say(const Walk *walk)
{
    if (!walk->muted)
        walk->on_text(walk->pointer ? walk->pointer->str : NULL, walk->string->str, walk->data);
}

/* The next byte that is no white space; NUL at the end. */
static char peek(Walk *walk)
{
    while (walk->at < walk->end && strchr(" \t\r\n", *walk->at))
        walk->at++;
    return walk->at < walk->end ? *walk->at : '\0';
}

static bool take(Walk *walk, char expected)
{
    bool is_there = peek(walk) == expected;
    walk->at += is_there;
    return is_there;
}

static bool read_hex(Walk *walk, gunichar *unit)
{
    *unit = 0;
    for (int k = 0; k < 4; k++) {
        int digit = walk->at < walk->end ? g_ascii_xdigit_value(*walk->at) : -1;
        if (digit < 0)
            return false;
        *unit = *unit << 4 | (gunichar)digit;
        walk->at++;
    }
    return true;
}

/* Behind "\u"; two of them where the character needs it. */
static bool read_unit(Walk *walk)
{
    gunichar unit = 0, low = 0;
    if (!read_hex(walk, &unit))
        return false;
    if (unit >= 0xD800 && unit < 0xDC00 && walk->end - walk->at > 2 &&
        memcmp(walk->at, "\\u", 2) == 0) {
        walk->at += 2;
        if (!read_hex(walk, &low) || low < 0xDC00 || low > 0xDFFF)
            return false;
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    if (unit == 0 || !g_unichar_validate(unit))
        return false;
    g_string_append_unichar(walk->string, unit);
    return true;
}

static bool read_escape(Walk *walk)
{
    static const char LETTERS[] = "bfnrt\"\\/", MEANT[] = "\b\f\n\r\t\"\\/";
    char letter = walk->at < walk->end ? *walk->at++ : '\0';
    const char *found = letter ? strchr(LETTERS, letter) : NULL;
    if (found)
        g_string_append_c(walk->string, MEANT[found - LETTERS]);
    return found || (letter == 'u' && read_unit(walk));
}

static bool read_string(Walk *walk)
{
    g_string_truncate(walk->string, 0);
    if (!take(walk, '"'))
        return false;
    while (walk->at < walk->end) {
        const char *plain = walk->at;
        while (walk->at < walk->end && *walk->at != '"' && *walk->at != '\\' &&
               (guchar)*walk->at >= 0x20)
            walk->at++;
        if (!walk->muted)
            g_string_append_len(walk->string, plain, walk->at - plain);
        if (walk->at == walk->end || (guchar)*walk->at < 0x20)
            return false;
        if (*walk->at++ == '"')
            return true;
        if (!read_escape(walk))
            return false;
    }
    return false;
}

static bool read_word(Walk *walk)
{
    const char *begin = walk->at;
    while (walk->at < walk->end && (g_ascii_isalnum(*walk->at) || strchr("+-.", *walk->at)))
        walk->at++;
    return walk->at > begin;
}

static bool read_value(Walk *walk, bool is_free);

/* Whether the text that was read is a value's: `op` follows. */
static bool is_value(Walk *walk)
{
    static const char NEXT[] = "\"op\"";
    const char *back = walk->at;
    bool is_it = take(walk, ',') && peek(walk) == '"' && walk->end - walk->at > 4 &&
                 memcmp(walk->at, NEXT, 4) == 0;
    walk->at = back;
    return is_it;
}

/* A member behind its key, which is in @walk->string. */
static bool read_member(Walk *walk, bool is_free, bool is_first, bool *has_said)
{
    gsize length = walk->pointer ? walk->pointer->len : 0;
    bool is_other = strcmp(walk->string->str, "other") == 0;
    bool is_muted = !walk->muted && !is_free && is_own_word(walk->string->str);
    bool is_text = is_first && strcmp(walk->string->str, "text") == 0;
    if (walk->pointer)
        g_string_append_printf(walk->pointer, "/%s", walk->string->str);
    walk->muted += is_muted;
    bool done = take(walk, ':');
    if (done && is_text && peek(walk) == '"') {
        done = read_string(walk);
        *has_said = done && is_value(walk);
        if (walk->pointer && *has_said)
            g_string_truncate(walk->pointer, length);
        if (done)
            say(walk);
    } else {
        if (is_free) /* keys are labels of the form */
            say(walk);
        done = done && read_value(walk, is_other);
    }
    walk->muted -= is_muted;
    if (walk->pointer)
        g_string_truncate(walk->pointer, length);
    return done;
}

static bool read_object(Walk *walk, bool is_free)
{
    bool done = take(walk, '{'), has_said = false;
    if (done && take(walk, '}'))
        return true;
    for (bool is_first = true; done; is_first = false) {
        done = peek(walk) == '"' && read_string(walk) &&
               read_member(walk, is_free, is_first, &has_said);
        if (is_first)
            walk->muted += has_said;
        if (!done || !take(walk, ','))
            break;
    }
    walk->muted -= has_said;
    return done && take(walk, '}');
}

static bool read_list(Walk *walk)
{
    bool done = take(walk, '[');
    gsize length = walk->pointer ? walk->pointer->len : 0;
    if (done && take(walk, ']'))
        return true;
    for (gsize k = 0; done; k++) {
        if (walk->pointer)
            g_string_append_printf(walk->pointer, "/%zu", k);
        done = read_value(walk, false);
        if (walk->pointer)
            g_string_truncate(walk->pointer, length);
        if (!done || !take(walk, ','))
            break;
    }
    return done && take(walk, ']');
}

static bool read_value(Walk *walk, bool is_free)
{
    bool done = false;
    if (++walk->depth > ZP_LIMIT_FORM_DEPTH)
        return false;
    switch (peek(walk)) {
    case '{':
        done = read_object(walk, is_free);
        break;
    case '[':
        done = read_list(walk);
        break;
    case '"':
        done = read_string(walk);
        if (done)
            say(walk);
        break;
    default:
        done = read_word(walk);
    }
    walk->depth--;
    return done;
}

/* The whole of it. */
static bool read_form(Walk *walk)
{
    g_autoptr(GString) string = g_string_new(NULL);
    walk->string = string;
    return g_utf8_validate_len(walk->at, (gsize)(walk->end - walk->at), NULL) &&
           read_value(walk, false) && peek(walk) == '\0';
}

bool zp_texts_each(const char *json, gsize size,
                   void (*on_text)(const char *pointer, const char *text, gpointer data),
                   gpointer data)
{
    g_autoptr(GString) pointer = g_string_new(NULL);
    Walk walk = {
        .at = json, .end = json + size, .on_text = on_text, .data = data, .pointer = pointer};
    return read_form(&walk);
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

char *zp_texts_folded(const char *json, gsize size)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Folding folding = {seen, g_string_new(NULL)};
    Walk walk = {.at = json, .end = json + size, .on_text = add_folded, .data = &folding};
    bool done = read_form(&walk);
    return g_string_free(folding.lines, !done);
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
