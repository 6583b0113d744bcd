/*
 * passed_over.c - what was passed over, by kind, with the way to read it.
 */
#include "output/passed_over.h"

#include <string.h>

/* Files of a kind that are named. */
#define NAMED 3

ZpPassedOver *zp_passed_over_new(const char *path, const ZpPassedOver *kind)
{
    ZpPassedOver *unread = g_new(ZpPassedOver, 1);
    *unread = *kind;
    unread->path = g_strdup(path);
    return unread;
}

void zp_passed_over_free(ZpPassedOver *unread)
{
    if (!unread)
        return;
    g_free(unread->path);
    g_free(unread);
}

guint zp_passed_over_count(const ZpSummary *summary)
{
    guint count = 0;
    for (guint k = 0; summary->unread && k < summary->unread->len; k++)
        count += ((const ZpPassedOver *)g_ptr_array_index(summary->unread, k))->may_hold;
    return count;
}

bool zp_nothing_is_wrong(const ZpSummary *summary)
{
    return summary->files > 0 && summary->clean == summary->files && summary->unjudged == 0 &&
           zp_passed_over_count(summary) == 0;
}

/* The files of one kind. */
typedef struct {
    const ZpPassedOver *kind;
    guint count;
    GString *names;
} Group;

static Group *group_of(GArray *groups, const ZpPassedOver *unread)
{
    for (guint k = 0; k < groups->len; k++) {
        Group *group = &g_array_index(groups, Group, k);
        if (strcmp(group->kind->id, unread->id) == 0)
            return group;
    }
    const Group fresh = {unread, 0, g_string_new(NULL)};
    g_array_append_val(groups, fresh);
    return &g_array_index(groups, Group, groups->len - 1);
}

/* What to do with a kind, unless it was said before; @said: of the advices so far. */
static const char *fresh_advice(const ZpPassedOver *kind, GPtrArray *said, ZpLang lang)
{
    const char *advice = zp_lang_pick(lang, kind->advice_zh, kind->advice_en);
    for (guint k = 0; advice && k < said->len; k++) {
        if (strcmp(g_ptr_array_index(said, k), advice) == 0)
            return NULL;
    }
    if (advice)
        g_ptr_array_add(said, (gpointer)advice);
    return advice;
}

static char *text_of(const Group *group, bool all, GPtrArray *said, ZpLang lang)
{
    bool zh = lang == ZP_LANG_ZH;
    const ZpPassedOver *kind = group->kind;
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, zh ? "%u 个文件没有读%.0s：%s" : "%u file%s not read: %s",
                           group->count, group->count == 1 ? "" : "s",
                           zp_lang_pick(lang, kind->zh, kind->en));
    const char *advice = fresh_advice(kind, said, lang);
    if (advice)
        g_string_append_printf(text, zh ? "；%s" : "; %s", advice);
    g_string_append_printf(text, zh ? "（%s%s）" : " (%s%s)", group->names->str,
                           !all && group->count > NAMED ? zp_lang_pick(lang, " 等", ", …") : "");
    return g_string_free(text, FALSE);
}

void zp_passed_over_each(const ZpSummary *summary, bool all, ZpLang lang,
                         void (*call)(const char *text, bool may_hold, gpointer data),
                         gpointer data)
{
    g_autoptr(GArray) groups = g_array_new(FALSE, FALSE, sizeof(Group));
    for (guint k = 0; summary->unread && k < summary->unread->len; k++) {
        const ZpPassedOver *unread = g_ptr_array_index(summary->unread, k);
        Group *group = group_of(groups, unread);
        if (!all && group->count++ >= NAMED)
            continue;
        group->count += all;
        g_string_append(group->names, group->names->len > 0 ? zp_lang_pick(lang, "、", ", ") : "");
        zp_text_append_visible(group->names, unread->path, strlen(unread->path));
    }
    g_autoptr(GPtrArray) said = g_ptr_array_new();
    for (guint k = 0; k < groups->len; k++) {
        const Group *group = &g_array_index(groups, Group, k);
        g_autofree char *text = text_of(group, all, said, lang);
        call(text, group->kind->may_hold, data);
        g_string_free(group->names, TRUE);
    }
}

void zp_passed_over_files(const ZpSummary *summary, ZpLang lang,
                          void (*call)(const ZpPassedOver *unread, const char *text, gpointer data),
                          gpointer data)
{
    g_autoptr(GPtrArray) said = g_ptr_array_new();
    for (guint k = 0; summary->unread && k < summary->unread->len; k++) {
        const ZpPassedOver *unread = g_ptr_array_index(summary->unread, k);
        if (!unread->may_hold)
            continue;
        const char *advice = fresh_advice(unread, said, lang);
        g_autofree char *text =
            g_strconcat(zp_lang_pick(lang, "没有读：", "not read: "),
                        zp_lang_pick(lang, unread->zh, unread->en),
                        advice ? zp_lang_pick(lang, "；", "; ") : NULL, advice, NULL);
        call(unread, text, data);
    }
}
