/*
 * marks.c - "第 12 行　第 1 张表：年度资金总额 · 执行率" and below it "提示 F01：…" for each finding of the place.
 */
#include "output/marks.h"

#include "output/label.h"

#include <string.h>

static const struct {
    ZpMarkTone tone;
    const char *zh, *en;
} SEVERITIES[ZP_SEVERITY_COUNT] = {
    [ZP_SEVERITY_NOTE] = {ZP_MARK_NOTE, "提示", "note"},
    [ZP_SEVERITY_WARNING] = {ZP_MARK_WARNING, "警告", "warning"},
    [ZP_SEVERITY_ERROR] = {ZP_MARK_ERROR, "错误", "error"},
};

static char *place_of(const ZpResult *result, const ZpFinding *finding, ZpLang lang)
{
    const ZpForm *form = zp_result_form(result, finding);
    g_autoptr(GString) out = g_string_new(NULL);
    bool has_place =
        zp_place_append(out, result, &finding->at, form ? finding->pointer : NULL, lang);
    if (form && has_place)
        g_string_append(out, zp_lang_pick(lang, "　", "  "));
    if (form) {
        g_string_append_printf(out,
                               lang == ZP_LANG_ZH ? "第 %u 张表：" : "form %u: ", form->index + 1);
        zp_label_append(out, form, finding->pointer, lang);
    } else if (!has_place) {
        g_string_append(out, zp_lang_pick(lang, "整个文件", "the file as a whole"));
    }
    return g_strdup(out->str);
}

/* Where the document has no order of its own, as the findings came. */
static int compare_places(gconstpointer a, gconstpointer b)
{
    const ZpPlace *first = &(*(const ZpMark *const *)a)->at;
    const ZpPlace *second = &(*(const ZpMark *const *)b)->at;
    const guint32 keys[][2] = {
        {first->page, second->page},   {first->byte_start, second->byte_start},
        {first->table, second->table}, {first->row, second->row},
        {first->col, second->col},     {first->line, second->line}};
    for (gsize k = 0; k < G_N_ELEMENTS(keys); k++) {
        if (keys[k][0] != keys[k][1])
            return keys[k][0] < keys[k][1] ? -1 : 1;
    }
    return 0;
}

ZpMarks *zp_marks_of(const ZpResult *result, const ZpRulebook *rulebook, ZpLang lang, gint64 time)
{
    ZpMarks *marks = zp_marks_new();
    const GPtrArray *findings = result->report->findings;
    guint n = 0;
    for (guint k = 0; k < findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(findings, k);
        if (!zp_finding_counts(finding) || finding->severity == ZP_SEVERITY_OFF)
            continue;
        g_autofree char *where = place_of(result, finding, lang);
        g_autofree char *message = zp_rulebook_message(rulebook, finding, lang);
        g_autoptr(GString) out = g_string_new(NULL);
        g_string_append_printf(
            out, lang == ZP_LANG_ZH ? "%s %s：" : "%s %s: ",
            zp_lang_pick(lang, SEVERITIES[finding->severity].zh, SEVERITIES[finding->severity].en),
            ZP_RULES[finding->rule].code);
        zp_text_append_visible(out, message, strlen(message));
        g_autofree char *line = g_strdup(out->str);
        zp_marks_add(marks, &finding->at, SEVERITIES[finding->severity].tone, where, line);
        n++;
    }
    g_ptr_array_sort(marks->marks, compare_places);
    marks->heading =
        g_strdup_printf(lang == ZP_LANG_ZH ? "ziping 核对：%u 个问题，%u 处"
                                           : "checked by ziping: %u findings in %u places",
                        n, marks->marks->len);
    marks->author = g_strdup("ziping");
    marks->time = time;
    marks->sha256 = result->sha256;
    return marks;
}
