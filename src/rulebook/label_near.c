/*
 * label_near.c - spellings that a text is near to: one character wrong, missing or too many.
 *
 * 全年预箅数 is 全年预算数, 年度资金总 is 年度资金总额.  A text is mended only where everything that is so near
 * means the same: 级指标 is one character from 一级指标, 二级指标 and 三级指标, and stays unknown.
 */
#include "rulebook/labels.h"

#include "rulebook/labels_private.h"

#include <string.h>

/* Characters that two texts share at their beginning, counted in bytes of both alike. */
static gsize common_prefix(const char *a, const char *b)
{
    gsize n = 0;
    while (a[n] && a[n] == b[n])
        n++;
    while (n && ((a[n] & 0xC0) == 0x80 || (b[n] & 0xC0) == 0x80))
        n--;
    return n;
}

/* 非财政拨款 is the opposite of 财政拨款, no misprint of it. */
static bool is_negation(const char *text)
{
    return g_str_has_prefix(text, "非") || g_str_has_prefix(text, "未") ||
           g_str_has_prefix(text, "不");
}

/* Whether what is left of two texts behind what they share differs in at most one character. */
static bool is_near(const char *a, const char *b)
{
    gsize n = common_prefix(a, b);
    a += n;
    b += n;
    if (!*a || !*b)
        return (*a || *b) && g_utf8_strlen(*a ? a : b, -1) == 1;
    if (is_negation(a))
        return false;
    const char *a_next = g_utf8_next_char(a), *b_next = g_utf8_next_char(b);
    return strcmp(a_next, b_next) == 0 || strcmp(a_next, b) == 0 || strcmp(a, b_next) == 0;
}

/* A shorter text is near to words of another meaning: 序号 to 符号, 分数 to 分值. */
#define NEAR_CHARACTERS 3

const ZpLabelEntry *labels_near(const ZpLabels *labels, guint64 kinds, const GString *folded)
{
    const ZpLabelEntry *found = NULL;
    guint64 common = kinds;
    if (g_utf8_strlen(folded->str, (gssize)folded->len) < NEAR_CHARACTERS)
        return NULL;
    for (guint i = 0; i < labels->owned->len; i++) {
        const ZpLabelEntry *entry = g_ptr_array_index(labels->owned, i);
        gsize length = strlen(entry->text);
        if (!(entry->kinds & kinds) || !length || length + 4 < folded->len ||
            folded->len + 4 < length || !is_near(folded->str, entry->text))
            continue;
        common &= entry->kinds;
        if (!common || (found && found->source != entry->source) ||
            (found && g_strcmp0(found->level1, entry->level1) != 0))
            return NULL;
        if (!found || length == folded->len)
            found = entry;
    }
    return found;
}

const char *zp_labels_nearest(const ZpLabels *labels, guint64 kinds, const char *text, gsize length)
{
    const char *nearest = NULL;
    guint best = 0;
    if (length > LABEL_BYTES_MAX)
        return NULL;
    g_string_truncate(labels->scratch, 0);
    zp_text_append_folded(labels->scratch, text, length);
    guint size = (guint)g_utf8_strlen(labels->scratch->str, -1);
    for (guint i = 0; i < labels->owned->len; i++) {
        const ZpLabelEntry *entry = g_ptr_array_index(labels->owned, i);
        if (!(entry->kinds & kinds) || !*entry->text)
            continue;
        /* How many characters of a text stand in another one, each counted once in the order of the text. */
        guint shared = 0;
        for (const char *at = labels->scratch->str; *at; at = g_utf8_next_char(at))
            shared += g_utf8_strchr(entry->text, -1, g_utf8_get_char(at)) != NULL;
        guint both = size + (guint)g_utf8_strlen(entry->text, -1);
        if (4 * shared >= both && 1000 * shared / both > best) {
            best = 1000 * shared / both;
            nearest = entry->text;
        }
    }
    return nearest;
}
