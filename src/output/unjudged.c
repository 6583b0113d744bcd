/*
 * unjudged.c - unevaluated checks, grouped by their reason.
 *
 * Reasons of one report are kept once each (the report's `texts`, or static), but two reports
 * have their own: within a form equal reasons are the same pointer most of the time, over a
 * run the words count.
 */
#include "output/unjudged.h"

#include "base/limits.h"

#include <string.h>

/* Reasons of a run that are shown; the rest is a number. */
#define REASONS_SHOWN 5

const char *zp_unjudged_name(ZpLang lang)
{
    return zp_lang_pick(lang, "未判断", ZP_UNJUDGED);
}

const char *zp_unjudged_reason(const ZpUnevaluated *unevaluated, ZpLang lang)
{
    return zp_lang_pick(lang, unevaluated->zh, unevaluated->en);
}

const ZpForm *zp_unjudged_form(const ZpResult *result, const ZpUnevaluated *unevaluated)
{
    bool has_form =
        unevaluated->form >= 0 && result->forms && (guint)unevaluated->form < result->forms->len;
    return has_form ? g_ptr_array_index(result->forms, unevaluated->form) : NULL;
}

guint zp_unjudged_count(const ZpReport *report, int form)
{
    guint count = 0;
    for (guint k = 0; k < report->unevaluated->len; k++)
        count += ((const ZpUnevaluated *)g_ptr_array_index(report->unevaluated, k))->form == form;
    return count;
}

/* A group while it is made. */
typedef struct {
    const char *reason;
    guint count;
    bool rules[ZP_RULE_COUNT];
} Making;

static Making *making_of(GArray *makings, const char *reason)
{
    for (guint k = 0; k < makings->len; k++) {
        Making *making = &g_array_index(makings, Making, k);
        if (making->reason == reason || strcmp(making->reason, reason) == 0)
            return making;
    }
    const Making fresh = {.reason = reason};
    g_array_append_val(makings, fresh);
    return &g_array_index(makings, Making, makings->len - 1);
}

static char *list_rules(const bool *rules, ZpLang lang)
{
    GString *list = g_string_new(NULL);
    for (guint rule = 0; rule < ZP_RULE_COUNT; rule++) {
        if (!rules[rule])
            continue;
        g_string_append(list, list->len > 0 ? zp_lang_pick(lang, "、", ", ") : "");
        g_string_append(list, ZP_RULES[rule].code);
    }
    return g_string_free(list, FALSE);
}

static void group_clear(gpointer data)
{
    g_free(((ZpUnjudgedGroup *)data)->rules);
}

GArray *zp_unjudged_groups(const ZpReport *report, int form, ZpLang lang)
{
    g_autoptr(GArray) makings = g_array_new(FALSE, TRUE, sizeof(Making));
    for (guint k = 0; k < report->unevaluated->len; k++) {
        const ZpUnevaluated *one = g_ptr_array_index(report->unevaluated, k);
        if (one->form != form)
            continue;
        Making *making = making_of(makings, zp_unjudged_reason(one, lang));
        making->count++;
        making->rules[one->rule] = true;
    }
    GArray *groups = g_array_sized_new(FALSE, FALSE, sizeof(ZpUnjudgedGroup), makings->len);
    g_array_set_clear_func(groups, group_clear);
    for (guint k = 0; k < makings->len; k++) {
        const Making *making = &g_array_index(makings, Making, k);
        const ZpUnjudgedGroup group = {making->reason, making->count,
                                       list_rules(making->rules, lang)};
        g_array_append_val(groups, group);
    }
    return groups;
}

char *zp_unjudged_sentence(const ZpReport *report, int form, ZpLang lang)
{
    bool zh = lang == ZP_LANG_ZH;
    guint count = zp_unjudged_count(report, form);
    GString *line = g_string_new(NULL);
    if (form >= 0)
        g_string_append_printf(line, zh ? "第 %d 张表：" : "form %d: ", form + 1);
    g_string_append_printf(line,
                           zh ? "%u 项检查无法做出，不算通过%.0s："
                              : "%u check%s could not be made (not counted as passed): ",
                           count, count == 1 ? "" : "s");
    g_autoptr(GArray) groups = zp_unjudged_groups(report, form, lang);
    for (guint k = 0; k < groups->len; k++) {
        const ZpUnjudgedGroup *group = &g_array_index(groups, ZpUnjudgedGroup, k);
        g_string_append(line, k == 0 ? "" : zp_lang_pick(lang, "；", "; "));
        g_string_append_printf(line, zh ? "%s：%s（%u 项）" : "%s: %s (%u)", group->reason,
                               group->rules, group->count);
    }
    return g_string_free(line, FALSE);
}

/* --- over a run --- */

struct ZpReasons {
    GHashTable *counts; /* reason → how often, as a pointer */
    guint64 others;
};

typedef struct {
    const char *reason;
    guint count;
} Row;

ZpReasons *zp_reasons_new(void)
{
    ZpReasons *reasons = g_new0(ZpReasons, 1);
    reasons->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return reasons;
}

void zp_reasons_free(ZpReasons *reasons)
{
    if (!reasons)
        return;
    g_hash_table_unref(reasons->counts);
    g_free(reasons);
}

void zp_reasons_add(ZpReasons *reasons, const ZpReport *report, ZpLang lang)
{
    for (guint k = 0; k < report->unevaluated->len; k++) {
        const char *reason = zp_unjudged_reason(g_ptr_array_index(report->unevaluated, k), lang);
        gpointer count = g_hash_table_lookup(reasons->counts, reason);
        if (!count && g_hash_table_size(reasons->counts) >= ZP_LIMIT_REASONS) {
            reasons->others++;
            continue;
        }
        g_hash_table_insert(reasons->counts, g_strdup(reason),
                            GUINT_TO_POINTER(GPOINTER_TO_UINT(count) + 1));
    }
}

/* The most frequent first; of equals by their words, so that the order is always the same. */
static gint compare_rows(gconstpointer a, gconstpointer b)
{
    const Row *one = a, *other = b;
    if (one->count != other->count)
        return one->count < other->count ? 1 : -1;
    return strcmp(one->reason, other->reason);
}

static GArray *sorted_rows(const ZpReasons *reasons)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(Row));
    GHashTableIter iter;
    gpointer reason, count;
    g_hash_table_iter_init(&iter, reasons->counts);
    while (g_hash_table_iter_next(&iter, &reason, &count)) {
        const Row row = {reason, GPOINTER_TO_UINT(count)};
        g_array_append_val(rows, row);
    }
    g_array_sort(rows, compare_rows);
    return rows;
}

guint zp_reasons_hang(ZpLang lang)
{
    return 8 + 2 + (guint)zp_text_columns(zp_unjudged_name(lang)) + 2;
}

void zp_reasons_append(GString *out, const ZpReasons *reasons, ZpLang lang)
{
    g_autoptr(GArray) rows = sorted_rows(reasons);
    guint64 others = reasons->others;
    for (guint k = 0; k < rows->len; k++) {
        const Row *row = &g_array_index(rows, Row, k);
        if (k >= REASONS_SHOWN) {
            others += row->count;
            continue;
        }
        g_string_append_printf(out, "%8u  %s  ", row->count, zp_unjudged_name(lang));
        zp_text_append_visible(out, row->reason, strlen(row->reason));
        g_string_append_c(out, '\n');
    }
    if (others > 0)
        g_string_append_printf(out, "%8" G_GUINT64_FORMAT "  %s  %s\n", others,
                               zp_unjudged_name(lang),
                               zp_lang_pick(lang, "其他原因", "for other reasons"));
}
