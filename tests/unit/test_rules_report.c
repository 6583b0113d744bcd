/*
 * test_rules_report.c - what is kept of a form besides its findings: the recomputed scores where
 * they cannot be had, fingerprints, and the findings of files, losses and repairs.
 */
#include "normalise/normalise.h"
#include "rules/check.h"

#include <criterion/criterion.h>
#include <string.h>

static ZpIndicator *add_row(ZpForm *form, const char *name, const char *target, const char *actual,
                            const char *weight, const char *score)
{
    ZpIndicator *row = zp_form_add_indicator(form);
    row->level1.text = "产出指标";
    row->level2.text = "数量指标";
    row->level3.text = name;
    row->target.text = target;
    row->actual.text = actual;
    row->weight.text = weight;
    row->score.text = score;
    row->reason.text = "";
    return row;
}

static ZpForm *small_form(void)
{
    ZpForm *form = zp_form_new();
    form->project.text = "技能培训";
    form->unit.text = "培训中心";
    form->year = 2022;
    form->has_score_column = form->has_weight_column = form->has_reason_column = true;
    ZpFund *fund = zp_form_add_fund(form);
    fund->label.text = "年度资金总额";
    fund->budget.text = "90";
    fund->executed.text = "80";
    fund->weight.text = "10";
    fund->score.text = "8.89";
    return form;
}

static const ZpRecomputed *recompute(const ZpRulebook *rulebook, ZpForm *form, ZpReport *report)
{
    zp_normalise_form(rulebook, form);
    zp_check_form(rulebook, form, report, NULL);
    return &((const ZpVerdict *)g_ptr_array_index(report->verdicts, 0))->recomputed;
}

static const char *text_at(const GPtrArray *texts, guint k)
{
    return k < texts->len ? g_ptr_array_index(texts, k) : "(beyond)";
}

Test(recomputed, met_missed_assumed_and_skipped)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpReport) report = zp_report_new();
    g_autoptr(ZpForm) form = small_form();
    add_row(form, "完成", "≥10次", "10次", "20.0", "15");
    add_row(form, "未完成", "≥10次", "9次", "20", "20");
    add_row(form, "反向", "≤10次", "12次", "20", "20");
    add_row(form, "文字", "有效", "基本有效", "30", "28.5");
    add_row(form, "其中", "≥10次", "9次", "", "")->part_of = 0;
    add_row(form, "", "", "", "", "")->is_empty = true;
    const ZpRecomputed *recomputed = recompute(rulebook, form, report);
    cr_expect_str_eq(recomputed->execution, "8.89");
    cr_expect_str_eq(text_at(recomputed->indicators, 0), "20.0");
    cr_expect_str_eq(text_at(recomputed->indicators, 1), "18.00");
    cr_expect_str_eq(text_at(recomputed->indicators, 2), "16.00");
    cr_expect_str_eq(text_at(recomputed->indicators, 3), "28.5");
    cr_expect(g_ptr_array_index(recomputed->indicators, 4) == NULL);
    cr_expect(g_ptr_array_index(recomputed->indicators, 5) == NULL);
    cr_expect_str_eq(recomputed->total, "91.39");
    cr_expect_str_eq(recomputed->grade, "优");
    cr_expect(recomputed->assumed->len == 1);
    cr_expect_str_eq(text_at(recomputed->assumed, 0), "/indicators/3/score");
}

Test(recomputed, capped_at_the_weight)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpReport) report = zp_report_new();
    g_autoptr(ZpForm) form = small_form();
    zp_form_fund(form, 0)->executed.text = "180";
    cr_expect_str_eq(recompute(rulebook, form, report)->execution, "10.00");
}

Test(recomputed, unknown_where_a_score_is_blank)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpReport) report = zp_report_new();
    g_autoptr(ZpForm) form = small_form();
    add_row(form, "文字", "有效", "基本有效", "30", "");
    const ZpRecomputed *recomputed = recompute(rulebook, form, report);
    cr_expect(recomputed->has_scores && !recomputed->total && !recomputed->grade);
}

Test(recomputed, nothing_without_scores)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpReport) report = zp_report_new();
    g_autoptr(ZpForm) form = small_form();
    form->has_score_column = false;
    cr_expect(!recompute(rulebook, form, report)->has_scores);
}

/* The fingerprints of all findings of one form, in the report's order. */
static GPtrArray *fingerprints(const ZpRulebook *rulebook, ZpForm *form)
{
    g_autoptr(ZpReport) report = zp_report_new();
    g_autoptr(GPtrArray) forms = g_ptr_array_new();
    GPtrArray *all = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(forms, form);
    zp_normalise_form(rulebook, form);
    zp_check_form(rulebook, form, report, NULL);
    zp_check_seal("a.txt", forms, report);
    for (guint k = 0; k < report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, k);
        if (finding->rule == ZP_RULE_C11)
            g_ptr_array_add(all, g_strdup(finding->fingerprint));
    }
    return all;
}

Test(fingerprint, survives_another_value_and_another_position)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpForm) one = small_form();
    g_autoptr(ZpForm) other = small_form();
    add_row(one, "培训次数", "≥10次", "12余次", "20", "20");
    add_row(other, "别的指标", "≥10次", "10次", "20", "20");
    add_row(other, "培训次数", "≥20次", "约30次", "20", "20");
    g_autoptr(GPtrArray) first = fingerprints(rulebook, one);
    g_autoptr(GPtrArray) second = fingerprints(rulebook, other);
    cr_assert(first->len == 1 && second->len == 1);
    cr_expect_str_eq(text_at(first, 0), text_at(second, 0));
    cr_expect(strlen(text_at(first, 0)) == 32);
}

Test(fingerprint, differs_by_name_by_year_and_by_ordinal)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpForm) one = small_form();
    g_autoptr(ZpForm) next = small_form();
    add_row(one, "培训次数", "≥10次", "12余次", "20", "20");
    add_row(one, "培训次数", "≥10次", "12余次", "20", "20");
    add_row(one, "培训人数", "≥10次", "12余次", "20", "20");
    add_row(next, "培训次数", "≥10次", "12余次", "20", "20");
    next->year = 2023;
    g_autoptr(GPtrArray) first = fingerprints(rulebook, one);
    g_autoptr(GPtrArray) second = fingerprints(rulebook, next);
    cr_assert(first->len == 3 && second->len == 1);
    cr_expect(strcmp(text_at(first, 0), text_at(first, 1)) != 0);
    cr_expect(strcmp(text_at(first, 0), text_at(first, 2)) != 0);
    cr_expect(strcmp(text_at(first, 0), text_at(second, 0)) != 0);
}

/* Two files that cannot be read are two findings; one file in another folder is the same. */
Test(fingerprint, of_a_file_comes_from_its_name)
{
    static const char *const PATHS[] = {"a/x.pdf", "a/y.pdf", "b/x.pdf"};
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(GPtrArray) prints = g_ptr_array_new_with_free_func(g_free);
    for (guint k = 0; k < G_N_ELEMENTS(PATHS); k++) {
        g_autoptr(ZpReport) report = zp_report_new();
        zp_check_file(rulebook, ZP_RULE_D01, "文件损坏", "damaged file", report);
        zp_check_seal(PATHS[k], NULL, report);
        const ZpFinding *finding = g_ptr_array_index(report->findings, 0);
        g_ptr_array_add(prints, g_strdup(finding->fingerprint));
    }
    cr_expect(strcmp(text_at(prints, 0), text_at(prints, 1)) != 0);
    cr_expect_str_eq(text_at(prints, 0), text_at(prints, 2));
}

Test(report, files_losses_and_repairs)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpReport) report = zp_report_new();
    g_autoptr(ZpDocument) document = zp_document_new_within(NULL);
    g_autoptr(ZpForm) form = small_form();
    const ZpPlace at = {.line = 7};
    zp_document_add_loss(document, ZP_LOSS_UNDECODABLE, &at, "有字节解不出", "bytes were lost");
    ZpRepair *repair = g_new0(ZpRepair, 1);
    *repair = (ZpRepair){.code = "R03",
                         .pointer = g_strdup("/indicators/1"),
                         .at = at,
                         .zh = g_strdup("去掉了页码"),
                         .en = g_strdup("a page number was taken out")};
    g_ptr_array_add(form->repairs, repair);
    zp_check_file(rulebook, ZP_RULE_D01, "文件损坏", "damaged file", report);
    zp_check_losses(document, report);
    zp_check_repairs(form, report);
    zp_check_seal("a.txt", NULL, report);
    static const struct {
        ZpRule rule;
        ZpSeverity severity;
        int form;
        const char *pointer, *part;
    } EXPECTED[] = {
        {ZP_RULE_D01, ZP_SEVERITY_ERROR, -1, "", "damaged file"},
        {ZP_RULE_D05, ZP_SEVERITY_WARNING, -1, "", "bytes were lost"},
        {ZP_RULE_R03, ZP_SEVERITY_NOTE, 0, "/indicators/1", "a page number was taken out"},
    };
    cr_assert(report->findings->len == G_N_ELEMENTS(EXPECTED));
    for (guint k = 0; k < G_N_ELEMENTS(EXPECTED); k++) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, k);
        g_autofree char *en = zp_rulebook_message(rulebook, finding, ZP_LANG_EN);
        cr_expect(finding->rule == EXPECTED[k].rule && finding->severity == EXPECTED[k].severity);
        cr_expect(finding->form == EXPECTED[k].form);
        cr_expect_str_eq(finding->pointer, EXPECTED[k].pointer);
        cr_expect(strstr(en, EXPECTED[k].part), "%s", en);
        cr_expect(finding->fingerprint);
    }
}
