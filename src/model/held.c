/*
 * held.c - lists of codes into a line.
 */
#include "model/held.h"

ZpHeld *zp_held_new(const char *file, bool is_trusted)
{
    ZpHeld *held = g_new0(ZpHeld, 1);
    held->file = g_strdup(file);
    held->is_trusted = is_trusted;
    held->off = g_ptr_array_new();
    held->lowered = g_ptr_array_new();
    held->held_back = g_ptr_array_new();
    return held;
}

void zp_held_free(ZpHeld *held)
{
    if (!held)
        return;
    g_free(held->file);
    g_ptr_array_unref(held->off);
    g_ptr_array_unref(held->lowered);
    g_ptr_array_unref(held->held_back);
    g_free(held);
}

static void append_list(GString *out, const GPtrArray *words, const char *what)
{
    if (words->len > 0)
        g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "", what);
    for (guint k = 0; k < words->len; k++)
        g_string_append_printf(out, " %s", (const char *)g_ptr_array_index(words, k));
}

char *zp_held_text(const ZpHeld *held, bool zh)
{
    g_autoptr(GString) did = g_string_new(NULL);
    append_list(did, held->off, zh ? "关闭" : "off");
    append_list(did, held->lowered, zh ? "降低" : "made milder");
    append_list(did, held->held_back,
                zh ? "在文件旁边，只能调高级别；没有采用"
                   : "it stands beside documents and may only raise severities; not taken");
    if (held->suppressed > 0)
        g_string_append_printf(
            did, zh ? "%s豁免 %" G_GUINT64_FORMAT " 处" : "%s%" G_GUINT64_FORMAT " suppressed",
            did->len > 0 ? "; " : "", held->suppressed);
    if (did->len == 0)
        g_string_append(did, zh ? "没有关闭或降低任何规则" : "it silences nothing");
    return g_strdup_printf(zh ? "设置 %s：%s" : "configuration %s: %s", held->file, did->str);
}
