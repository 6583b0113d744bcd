/*
 * standing.c - a finding is always written; whether it counts is said beside it.
 */
#include "output/standing.h"

#include <string.h>

char *zp_standing_note(const ZpFinding *finding, ZpLang lang)
{
    bool zh = lang == ZP_LANG_ZH;
    if (finding->suppressed)
        return g_strconcat(zh ? "已豁免：" : "suppressed: ", finding->suppressed, NULL);
    if (finding->baseline == ZP_AGE_UNCHANGED)
        return g_strdup(zh ? "已知" : "known");
    if (finding->diff == ZP_AGE_NEW)
        return g_strdup(zh ? "新增" : "new");
    return NULL;
}

void zp_standing_append(GString *out, const ZpFinding *finding, ZpLang lang)
{
    g_autofree char *note = zp_standing_note(finding, lang);
    if (!note)
        return;
    g_string_append(out, "  [");
    zp_text_append_visible(out, note, strlen(note));
    g_string_append_c(out, ']');
}

void zp_set_aside_append(GString *out, const ZpSummary *summary, ZpLang lang)
{
    const struct {
        guint64 count;
        const char *zh, *en;
    } rows[] = {
        {summary->known, "已知", "known"},
        {summary->suppressed, "已豁免", "suppressed"},
        {summary->hidden, "未列出", "not shown"},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(rows); k++) {
        if (rows[k].count > 0 && lang == ZP_LANG_ZH)
            g_string_append_printf(out, "；%s %" G_GUINT64_FORMAT, rows[k].zh, rows[k].count);
        else if (rows[k].count > 0)
            g_string_append_printf(out, "; %" G_GUINT64_FORMAT " %s", rows[k].count, rows[k].en);
    }
}

static void append_gone_row(GString *out, const ZpGone *gone, bool zh)
{
    g_string_append_printf(out, zh ? "  消失  %s  " : "  gone  %s  ", ZP_RULES[gone->rule].code);
    const char *const parts[] = {gone->path, gone->project, gone->pointer};
    for (gsize k = 0; k < G_N_ELEMENTS(parts); k++) {
        if (!parts[k] || !*parts[k])
            continue;
        zp_text_append_visible(out, parts[k], strlen(parts[k]));
        g_string_append_c(out, ' ');
    }
    if (gone->count > 1)
        g_string_append_printf(out, "× %u ", gone->count);
    g_string_truncate(out, out->len - 1);
    g_string_append_c(out, '\n');
}

void zp_gone_append(GString *out, const ZpSummary *summary, ZpLang lang)
{
    bool zh = lang == ZP_LANG_ZH;
    guint64 n_gone = 0;
    if (!summary->has_diff)
        return;
    for (guint k = 0; summary->gone && k < summary->gone->len; k++) {
        const ZpGone *gone = &g_array_index(summary->gone, ZpGone, k);
        append_gone_row(out, gone, zh);
        n_gone += gone->count;
    }
    g_string_append_printf(out,
                           zh ? "与以前相比：新增 %" G_GUINT64_FORMAT "，消失 %" G_GUINT64_FORMAT
                                "，不变 %" G_GUINT64_FORMAT "\n"
                              : "compared with the earlier report: %" G_GUINT64_FORMAT
                                " new, %" G_GUINT64_FORMAT " gone, %" G_GUINT64_FORMAT
                                " unchanged\n",
                           summary->n_new, n_gone, summary->n_unchanged);
}

/* Of the rules not yet done the one that fired most; of equals the first of the catalogue. */
static int next_rule(const ZpSummary *summary, const bool *is_done)
{
    int best = -1;
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++) {
        if (!is_done[rule] && summary->by_rule[rule] > 0 &&
            (best < 0 || summary->by_rule[rule] > summary->by_rule[best]))
            best = rule;
    }
    return best;
}

void zp_statistics_append(GString *out, const ZpRulebook *rulebook, const ZpSummary *summary,
                          ZpLang lang)
{
    bool is_done[ZP_RULE_COUNT] = {false};
    for (int rule; (rule = next_rule(summary, is_done)) >= 0;) {
        is_done[rule] = true;
        g_string_append_printf(out, "%8" G_GUINT64_FORMAT "  %s  %-22s  %s\n",
                               summary->by_rule[rule], ZP_RULES[rule].code, ZP_RULES[rule].name,
                               zp_rulebook_sentence(rulebook, (ZpRule)rule, lang));
    }
}

void zp_held_each(const ZpSummary *summary, ZpLang lang,
                  void (*call)(const char *text, const ZpHeld *held, gpointer data), gpointer data)
{
    for (guint k = 0; summary->held && k < summary->held->len; k++) {
        const ZpHeld *held = g_ptr_array_index(summary->held, k);
        g_autofree char *text = zp_held_text(held, lang == ZP_LANG_ZH);
        call(text, held, data);
    }
}
