/*
 * emit.c - commas, colons and escapes.
 */
#include "output/emit.h"

#include "base/text.h"

#include <string.h>

/* GString's own way, one call for a letter or two, costs more than all else of printing. */
static void append(GString *out, const char *bytes, gsize size)
{
    if (out->allocated_len - out->len <= size) {
        g_string_append_len(out, bytes, (gssize)size);
        return;
    }
    memcpy(out->str + out->len, bytes, size);
    out->len += size;
    out->str[out->len] = '\0';
}

static void append_escaped(GString *out, guchar byte)
{
    static const char SHORT[] = "\bb\ff\nn\rr\tt\"\"\\\\";
    const char *found = NULL;
    for (const char *at = SHORT; *at && !found; at += 2)
        found = (guchar)*at == byte ? at + 1 : NULL;
    if (found)
        g_string_append_printf(out, "\\%c", *found);
    else
        g_string_append_printf(out, "\\u%04X", byte);
}

/* @text: UTF-8 */
static void append_string(GString *out, const char *text)
{
    append(out, "\"", 1);
    for (const char *plain = text;; text++) {
        guchar byte = (guchar)*text;
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        append(out, plain, (gsize)(text - plain));
        if (!byte)
            break;
        append_escaped(out, byte);
        plain = text + 1;
    }
    append(out, "\"", 1);
}

static void append_text(GString *out, const char *text)
{
    if (g_utf8_validate(text, -1, NULL)) {
        append_string(out, text);
        return;
    }
    g_autofree char *valid = zp_text_valid(text, strlen(text), NULL);
    append_string(out, valid);
}

static void begin(ZpEmitter *emitter, const char *key)
{
    gsize gap = emitter->is_compact ? 1 : 2;
    if (emitter->has_entry)
        append(emitter->out, ", ", gap);
    emitter->has_entry = true;
    if (!key)
        return;
    append_text(emitter->out, key);
    append(emitter->out, ": ", gap);
}

void zp_emit_open(ZpEmitter *emitter, const char *key, char bracket)
{
    begin(emitter, key);
    append(emitter->out, &bracket, 1);
    emitter->has_entry = false;
}

void zp_emit_close(ZpEmitter *emitter, char bracket)
{
    append(emitter->out, &bracket, 1);
    emitter->has_entry = true;
}

void zp_emit_text(ZpEmitter *emitter, const char *key, const char *text)
{
    begin(emitter, key);
    if (text)
        append_text(emitter->out, text);
    else
        append(emitter->out, "null", 4);
}

void zp_emit_word(ZpEmitter *emitter, const char *key, const char *word)
{
    begin(emitter, key);
    append(emitter->out, word, strlen(word));
}

void zp_emit_number(ZpEmitter *emitter, const char *key, gint64 number)
{
    char digits[24];
    char *at = digits + sizeof digits;
    guint64 rest = number < 0 ? 0 - (guint64)number : (guint64)number;
    *--at = '\0';
    do
        *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        *--at = '-';
    zp_emit_word(emitter, key, at);
}
