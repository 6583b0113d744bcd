/*
 * markdown.c - a page for a job summary or a merge request: GitHub Flavored Markdown.
 *
 *     ## ziping
 *
 *     ### a.html
 *
 *     | severity | rule | place | message |
 *     | --- | --- | --- | --- |
 *     | error | F01 | 年度资金总额 · 执行率 (line 12) | … |
 *
 *     **7 forms in 1 file: 10 errors, 14 warnings, 33 notes**
 *
 * A job summary may have 1 MiB, so past ZP_LIMIT_MARKDOWN_ROWS or ZP_LIMIT_MARKDOWN_BYTES rows are
 * only counted.  What could not be judged has a row a place behind the findings of its file.
 */
#include "output/escape.h"
#include "output/label.h"
#include "output/passed_over.h"
#include "output/standing.h"
#include "output/unjudged.h"

#include "base/limits.h"

typedef struct {
    guint64 n_rows, n_bytes, n_more; /* listed; of them; not listed */
} State;

static bool begin_markdown(ZpWriting *writing, GError **error)
{
    (void)error;
    writing->state = g_new0(State, 1);
    writing->free_state = g_free;
    g_string_append(writing->buffer, "## ziping\n");
    return true;
}

static void append_cell(GString *out, const char *text)
{
    g_string_append(out, "| ");
    zp_escape_markdown(out, text);
    g_string_append_c(out, ' ');
}

/* The form and the printed label, then where it is printed, if it is. */
static char *place_of(const ZpResult *result, const ZpForm *form, const char *pointer,
                      const ZpPlace *at, ZpLang lang)
{
    bool zh = lang == ZP_LANG_ZH;
    GString *place = g_string_new(NULL);
    if (form) {
        g_string_append_printf(place, zh ? "第 %u 张表：" : "form %u: ", form->index + 1);
        zp_label_append(place, form, pointer ? pointer : "", lang);
    }
    gsize before = place->len;
    g_string_append(place, zh ? "（" : " (");
    if (zp_place_append(place, result, at, pointer, lang))
        g_string_append(place, zh ? "）" : ")");
    else
        g_string_truncate(place, before);
    return g_string_free(place, FALSE);
}

static void append_row(ZpWriting *writing, const ZpResult *result, const ZpFinding *finding)
{
    GString *out = writing->buffer;
    ZpLang lang = writing->options.lang;
    g_autofree char *place =
        place_of(result, zp_result_form(result, finding), finding->pointer, &finding->at, lang);
    g_autofree char *message = zp_rulebook_message(writing->rulebook, finding, lang);
    g_autofree char *note = zp_standing_note(finding, lang);
    g_autofree char *whole = note ? g_strconcat(message, " [", note, "]", NULL) : g_strdup(message);
    append_cell(out, zp_severity_word(finding->severity, lang));
    append_cell(out, ZP_RULES[finding->rule].code);
    append_cell(out, place);
    append_cell(out, whole);
    g_string_append(out, "|\n");
}

static void append_unjudged(ZpWriting *writing, const ZpResult *result, const ZpUnevaluated *one)
{
    GString *out = writing->buffer;
    ZpLang lang = writing->options.lang;
    g_autofree char *place =
        place_of(result, zp_unjudged_form(result, one), one->pointer, &one->at, lang);
    append_cell(out, zp_unjudged_name(lang));
    append_cell(out, ZP_RULES[one->rule].code);
    append_cell(out, place);
    append_cell(out, zp_unjudged_reason(one, lang));
    g_string_append(out, "|\n");
}

static void open_table(ZpWriting *writing, const char *path)
{
    GString *out = writing->buffer;
    g_string_append(out, "\n### ");
    zp_escape_markdown(out, path);
    g_string_append(out, zp_lang_pick(writing->options.lang, "\n\n| 级别 | 规则 | 位置 | 说明 |\n",
                                      "\n\n| severity | rule | place | message |\n"));
    g_string_append(out, "| --- | --- | --- | --- |\n");
}

/* List a finding, or behind them a check that could not be made, with the head of the file before the first row;
 * else take it back and count it. */
static void list_row(ZpWriting *writing, const ZpResult *result, guint k)
{
    const GPtrArray *findings = result->report->findings;
    State *state = writing->state;
    GString *out = writing->buffer;
    gsize before = out->len;
    if (state->n_more == 0 && state->n_rows < ZP_LIMIT_MARKDOWN_ROWS) {
        if (k == 0)
            open_table(writing, result->path);
        if (k < findings->len)
            append_row(writing, result, g_ptr_array_index(findings, k));
        else
            append_unjudged(writing, result,
                            g_ptr_array_index(result->report->unevaluated, k - findings->len));
    }
    bool fits = out->len > before && state->n_bytes + out->len - before <= ZP_LIMIT_MARKDOWN_BYTES;
    if (!fits)
        g_string_truncate(out, before);
    state->n_bytes += out->len - before;
    state->n_rows += fits;
    state->n_more += !fits;
}

static bool write_markdown_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    guint n_rows = result->report->findings->len + result->report->unevaluated->len;
    for (guint k = 0; k < n_rows; k++) {
        list_row(writing, result, k);
        if (!zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    return true;
}

static void append_totals(GString *out, const ZpSummary *summary, ZpLang lang)
{
    bool zh = lang == ZP_LANG_ZH;
    g_string_append(out, "\n**");
    g_string_append_printf(out,
                           zh ? "%" G_GUINT64_FORMAT " 个文件，%" G_GUINT64_FORMAT " 张表"
                              : "files: %" G_GUINT64_FORMAT ", forms: %" G_GUINT64_FORMAT,
                           summary->files, summary->forms);
    for (int k = ZP_SEVERITY_ERROR; k >= ZP_SEVERITY_NOTE; k--)
        g_string_append_printf(out, zh ? "，%s %" G_GUINT64_FORMAT : ", %s: %" G_GUINT64_FORMAT,
                               zp_severity_word((ZpSeverity)k, lang), summary->by_severity[k]);
    g_string_append_printf(out, zh ? "，%s %" G_GUINT64_FORMAT : ", %s: %" G_GUINT64_FORMAT,
                           zp_unjudged_name(lang), summary->unjudged);
    if (zp_nothing_is_wrong(summary))
        g_string_append(out, zp_lang_pick(lang, "；没有问题", "; no problems"));
    if (summary->unreadable > 0)
        g_string_append_printf(
            out, zh ? "，读不了 %" G_GUINT64_FORMAT : ", unreadable: %" G_GUINT64_FORMAT,
            summary->unreadable);
    zp_set_aside_append(out, summary, lang);
    g_string_append(out, "**\n");
}

static void append_unread(const char *text, bool may_hold, gpointer data)
{
    GString *out = data;
    (void)may_hold;
    g_string_append_c(out, '\n');
    zp_escape_markdown(out, text);
    g_string_append_c(out, '\n');
}

static void append_held(const char *text, const ZpHeld *held, gpointer data)
{
    GString *out = data;
    (void)held;
    g_string_append_c(out, '\n');
    zp_escape_markdown(out, text);
    g_string_append_c(out, '\n');
}

static bool end_markdown(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    (void)error;
    bool zh = writing->options.lang == ZP_LANG_ZH;
    const State *state = writing->state;
    const char *limit = state->n_rows < ZP_LIMIT_MARKDOWN_ROWS ? "ZP\\_LIMIT\\_MARKDOWN\\_BYTES"
                                                               : "ZP\\_LIMIT\\_MARKDOWN\\_ROWS";
    if (state->n_more > 0)
        g_string_append_printf(writing->buffer,
                               zh ? "\n还有 %" G_GUINT64_FORMAT " 条没有列出（%s）。\n"
                                  : "\n%" G_GUINT64_FORMAT " more are not listed (%s).\n",
                               state->n_more, limit);
    append_totals(writing->buffer, summary, writing->options.lang);
    zp_passed_over_each(summary, false, writing->options.lang, append_unread, writing->buffer);
    zp_held_each(summary, writing->options.lang, append_held, writing->buffer);
    return true;
}

const ZpWriter zp_markdown_writer = {
    .name = "markdown",
    .zh = "Markdown 摘要",
    .en = "a summary in Markdown",
    .for_check = true,
    .begin = begin_markdown,
    .file = write_markdown_file,
    .end = end_markdown,
};
