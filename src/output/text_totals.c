/*
 * text_totals.c - "7 forms in 1 file: 1 error, 0 warnings, 0 notes", and the lines around it.
 */
#include "output/text_totals.h"

#include "base/defuse.h"
#include "base/wrap.h"
#include "output/label.h"
#include "output/passed_over.h"
#include "output/standing.h"
#include "output/unjudged.h"

#include <string.h>

static void append_count_en(GString *out, guint64 n, const char *noun)
{
    g_string_append_printf(out, "%" G_GUINT64_FORMAT " %s%s", n, noun, n == 1 ? "" : "s");
}

static void append_totals_en(ZpWriting *writing, const ZpSummary *summary)
{
    GString *out = writing->buffer;
    append_count_en(out, summary->forms, "form");
    g_string_append(out, " in ");
    append_count_en(out, summary->files, "file");
    g_string_append(out, ": ");
    for (int k = ZP_SEVERITY_ERROR; k >= ZP_SEVERITY_NOTE; k--) {
        append_count_en(out, summary->by_severity[k], zp_severity_name((ZpSeverity)k));
        g_string_append(out, k > ZP_SEVERITY_NOTE ? ", " : "");
    }
    if (summary->unjudged > 0)
        g_string_append_printf(out, "; %" G_GUINT64_FORMAT " unjudged", summary->unjudged);
    if (zp_nothing_is_wrong(summary))
        g_string_append(out, "; no problems");
    else if (summary->files > 1)
        g_string_append_printf(out, "; %" G_GUINT64_FORMAT " clean", summary->clean);
    if (summary->unreadable > 0)
        g_string_append_printf(out, "; %" G_GUINT64_FORMAT " unreadable", summary->unreadable);
    if (summary->skipped > 0)
        g_string_append_printf(out, "; %" G_GUINT64_FORMAT " skipped", summary->skipped);
}

static void append_totals_zh(ZpWriting *writing, const ZpSummary *summary)
{
    GString *out = writing->buffer;
    g_string_append_printf(out, "%" G_GUINT64_FORMAT " 个文件 %" G_GUINT64_FORMAT " 张表：",
                           summary->files, summary->forms);
    for (int k = ZP_SEVERITY_ERROR; k >= ZP_SEVERITY_NOTE; k--)
        g_string_append_printf(out, "%s %" G_GUINT64_FORMAT "%s",
                               zp_severity_word((ZpSeverity)k, ZP_LANG_ZH), summary->by_severity[k],
                               k > ZP_SEVERITY_NOTE ? "，" : "");
    if (summary->unjudged > 0)
        g_string_append_printf(out, "；未判断 %" G_GUINT64_FORMAT, summary->unjudged);
    if (zp_nothing_is_wrong(summary))
        g_string_append(out, "；没有问题");
    else if (summary->files > 1)
        g_string_append_printf(out, "；没有问题的文件 %" G_GUINT64_FORMAT, summary->clean);
    if (summary->unreadable > 0)
        g_string_append_printf(out, "；读不了的文件 %" G_GUINT64_FORMAT, summary->unreadable);
    if (summary->skipped > 0)
        g_string_append_printf(out, "；跳过的文件 %" G_GUINT64_FORMAT, summary->skipped);
}

static void append_unread(const char *text, bool may_hold, gpointer data)
{
    ZpWriting *writing = data;
    (void)may_hold;
    zp_text_append_visible(writing->buffer, text, strlen(text));
    g_string_append_c(writing->buffer, '\n');
}

static void append_held(const char *text, const ZpHeld *held, gpointer data)
{
    ZpWriting *writing = data;
    (void)held;
    zp_text_append_visible(writing->buffer, text, strlen(text));
    g_string_append_c(writing->buffer, '\n');
}

void zp_text_totals_append(ZpWriting *writing, const ZpSummary *summary, bool has_text)
{
    if (has_text)
        g_string_append_c(writing->buffer, '\n');
    gsize from = writing->buffer->len;
    zp_held_each(summary, writing->options.lang, append_held, writing);
    if (!writing->options.at_once)
        zp_passed_over_each(summary, writing->options.all, writing->options.lang, append_unread,
                            writing);
    if (writing->options.lang == ZP_LANG_ZH)
        append_totals_zh(writing, summary);
    else
        append_totals_en(writing, summary);
    zp_set_aside_append(writing->buffer, summary, writing->options.lang);
    g_string_append_c(writing->buffer, '\n');
    zp_text_wrap(writing->buffer, from, writing->options.width, 2);
    gsize reasons = writing->buffer->len;
    if (summary->forms > 1)
        zp_reasons_append(writing->buffer, writing->state, writing->options.lang);
    zp_text_wrap(writing->buffer, reasons, writing->options.width,
                 zp_reasons_hang(writing->options.lang));
    gsize gone = writing->buffer->len;
    zp_gone_append(writing->buffer, summary, writing->options.lang);
    zp_text_wrap(writing->buffer, gone, writing->options.width, 2);
    zp_text_defuse(writing->buffer, from);
}
