/*
 * look_words.c - a form's JSON is looked through only where its text may have the words.
 */
#include "archive/look_words.h"

#include "archive/rows.h"
#include "archive/texts.h"

#include <string.h>

/* Bytes of a text before and behind the word that are shown. */
#define AROUND 60

static bool has_all(const ZpSeeking *seeking)
{
    return seeking->found == (1u << seeking->words->len) - 1;
}

static void seek(const char *pointer, const char *text, gpointer data)
{
    ZpSeeking *seeking = data;
    if (has_all(seeking)) /* the first word's place with them */
        return;
    g_autofree char *folded = zp_rows_key(text);
    for (guint k = 0; k < seeking->words->len; k++) {
        const char *word = g_ptr_array_index(seeking->words, k), *at = strstr(folded, word);
        if (!at)
            continue;
        seeking->found |= 1u << k;
        if (k > 0 || seeking->where)
            continue;
        gsize length = strlen(folded), before = (gsize)(at - folded);
        gsize start = before > AROUND ? before - AROUND : 0;
        while (start > 0 && (folded[start] & 0xC0) == 0x80)
            start--;
        GString *excerpt = g_string_new(start > 0 ? "…" : "");
        zp_text_append_quote(excerpt, folded + start, length - start, 2 * AROUND + strlen(word));
        seeking->where = g_strdup(pointer);
        seeking->excerpt = g_string_free(excerpt, FALSE);
    }
}

/* Whether each word is in the text of the JSON; else it is in none of its strings, which are not looked at. */
static bool may_have_words(const char *text, gsize size, const GPtrArray *words)
{
    g_autoptr(GString) folded = g_string_new(NULL);
    zp_text_append_folded(folded, text, size);
    for (guint k = 0; k < words->len; k++) {
        const char *word = g_ptr_array_index(words, k);
        /* JSON writes these in another way. */
        if (!strpbrk(word, "\"\\/") && !strstr(folded->str, word))
            return false;
    }
    return true;
}

bool zp_look_has_words(sqlite3_stmt *statement, ZpSeeking *seeking)
{
    gsize size = 0;
    if (seeking->words->len == 0)
        return true;
    g_autoptr(GBytes) bytes = zp_rows_text(statement, ZP_LOOK_DATA);
    const char *text = bytes ? g_bytes_get_data(bytes, &size) : NULL;
    if (text && !may_have_words(text, size, seeking->words))
        return false;
    if (!text || !zp_texts_each(text, size, seek, seeking))
        return true;
    return has_all(seeking);
}
