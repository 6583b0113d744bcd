/*
 * totals.c - counts of files, forms and findings; a file that nobody named and that holds no form is
 * counted, but decides no exit code.
 */
#include "run/totals.h"

#include "output/passed_over.h"

ZpResult zp_record_result(const ZpRecord *record, const char *path)
{
    return (ZpResult){
        .path = path,
        .sha256 = record->sha256,
        .format = record->format,
        .error = record->error,
        .error_code = record->error ? ZP_RULES[record->rule].code : NULL,
        .is_partial = record->is_partial,
        .forms = record->error ? NULL : record->forms,
        .ledger = record->ledger,
        .report = record->report,
        .content = record->content,
    };
}

void zp_totals_count(ZpSummary *summary, const ZpRecord *record)
{
    summary->files++;
    bool is_unreadable = record->error || record->has_scans;
    /* In a folder of documents some are no forms. */
    bool is_aside = record->error && record->rule == ZP_RULE_D02 && record->is_aside;
    summary->unreadable += is_unreadable;
    summary->failed += is_unreadable && !is_aside;
    summary->forms += record->forms->len;
    guint64 counted = 0;
    for (guint k = 0; k < record->report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(record->report->findings, k);
        summary->n_new += finding->diff == ZP_AGE_NEW;
        summary->n_unchanged += finding->diff == ZP_AGE_UNCHANGED;
        summary->suppressed += finding->suppressed != NULL;
        summary->known += !finding->suppressed && finding->baseline == ZP_AGE_UNCHANGED;
        if (!zp_finding_counts(finding))
            continue;
        summary->by_severity[finding->severity]++;
        summary->asides += is_aside && finding->rule == ZP_RULE_D02;
        summary->by_rule[finding->rule]++;
        counted++;
    }
    summary->unjudged += record->report->unevaluated->len;
    summary->clean += counted == 0 && record->report->unevaluated->len == 0;
}

void zp_totals_hide(ZpSummary *summary, ZpReport *report, ZpSeverity show)
{
    for (guint k = report->findings->len; k-- > 0;) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, k);
        if (finding->severity >= show)
            continue;
        summary->hidden += zp_finding_counts(finding);
        g_ptr_array_remove_index(report->findings, k);
    }
}

void zp_totals_pass_over(ZpSummary *summary, GPtrArray *unread, const char *path,
                         const ZpKind *kind)
{
    ZpPassedOver row = {.id = "unknown", .zh = "认不出的种类", .en = "of no known kind"};
    if (kind)
        row = (ZpPassedOver){.id = kind->id,
                             .zh = kind->name_zh,
                             .en = kind->name_en,
                             .advice_zh = kind->advice_zh,
                             .advice_en = kind->advice_en,
                             .may_hold = zp_kind_may_hold_forms(kind)};
    g_ptr_array_add(unread, zp_passed_over_new(path, &row));
    summary->skipped++;
}
