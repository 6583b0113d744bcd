/*
 * test_across.c - the rules between forms: which earlier form is named, and what a form takes.
 */
#include "run/across.h"
#include "table.h"

#include "normalise/normalise.h"
#include "rules/check.h"

#include <criterion/criterion.h>
#include <malloc.h>
#include <string.h>

#define GOALS "全年举办技能培训十次，培训学员一百二十人，全部结业并取得证书，学员满意度较高。"

/* A form in short; texts may be NULL. */
typedef struct {
    int year;
    const char *unit, *project, *executed, *goals;
} Short;

static ZpForm *make_form(const ZpRulebook *rulebook, const Short *row, guint index)
{
    ZpForm *form = zp_form_new();
    form->index = index;
    form->template_id = "unknown";
    form->year = row->year;
    form->unit.text = row->unit;
    form->project.text = row->project;
    form->goal_actual.text = row->goals;
    ZpFund *fund = zp_form_add_fund(form);
    fund->label.text = "年度资金总额";
    fund->executed.text = row->executed;
    zp_normalise_form(rulebook, form);
    return form;
}

/* What the X rules say of forms, one a file: "2:X01:0" is X01 at form 2 naming form 0. */
static char *judge(const Short *rows, guint n, GString *skipped)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpAcross) across = zp_across_new();
    GString *said = g_string_new(NULL);
    for (guint k = 0; k < n; k++) {
        g_autoptr(ZpReport) report = zp_report_new();
        g_autoptr(GPtrArray) forms = g_ptr_array_new_with_free_func((GDestroyNotify)zp_form_free);
        g_autofree char *path = g_strdup_printf("%u", k);
        g_ptr_array_add(forms, make_form(rulebook, &rows[k], 0));
        zp_check_form(rulebook, g_ptr_array_index(forms, 0), report, NULL);
        zp_across_add(across, path, forms, report, false);
        for (guint i = 0; i < report->findings->len; i++) {
            const ZpFinding *finding = g_ptr_array_index(report->findings, i);
            if (finding->related_path)
                g_string_append_printf(said, "%u:%s:%s ", k, ZP_RULES[finding->rule].code,
                                       finding->related_path);
        }
        for (guint i = 0; i < report->unevaluated->len; i++) {
            const ZpUnevaluated *row = g_ptr_array_index(report->unevaluated, i);
            if (ZP_RULES[row->rule].scope == ZP_SCOPE_RUN)
                g_string_append_printf(skipped, "%u:%s ", k, ZP_RULES[row->rule].code);
        }
    }
    return g_string_free(said, FALSE);
}

typedef struct {
    const char *said, *skipped;
    Short rows[4];
} Case;

static const Case CASES[] = {
    {"", "", {{2022, "甲", "一", "10", ""}, {2022, "甲", "二", "10", ""}}},
    {"", "", {{2022, "甲", "一", "10", ""}, {2021, "甲", "一", "10", ""}}},
    {"", "", {{2022, "甲", "一", "10", ""}, {2022, "乙", "一", "10", ""}}},
    {"1:X01:0 ", "", {{2022, "甲", "一", "10", ""}, {2022, "甲", "一", "10", ""}}},
    /* white space, width and idle zeros make no other form */
    {"1:X01:0 ", "", {{2022, "甲(A)", "一", "10", ""}, {2022, "甲 （A）", "一", "10.00", ""}}},
    {"1:X02:0 ", "", {{2022, "甲", "一", "10", ""}, {2022, "甲", "一", "11", ""}}},
    /* the first earlier form is named, of X01 the first with these figures */
    {"1:X02:0 2:X01:1 2:X02:0 3:X01:0 ",
     "",
     {{2022, "甲", "一", "10", ""},
      {2022, "甲", "一", "11", ""},
      {2022, "甲", "一", "11", ""},
      {2022, "甲", "一", "10", ""}}},
    /* a key with a blank part */
    {"", "0:X01 0:X02 1:X01 1:X02 ", {{2022, "", "一", "10", ""}, {2022, "", "一", "10", ""}}},
    {"", "0:X01 0:X02 1:X01 1:X02 ", {{0, "甲", "一", "10", ""}, {0, "甲", "一", "10", ""}}},
    {"", "0:X01 0:X02 1:X01 1:X02 ", {{2022, "甲", "一", "—", ""}, {2022, "甲", "一", "", ""}}},
    /* texts */
    {"1:X03:0 ", "", {{2022, "甲", "一", "10", GOALS}, {2022, "乙", "二", "10", GOALS}}},
    {"", "", {{2022, "甲", "一", "10", GOALS}, {2021, "乙", "一", "10", GOALS}}},
    {"",
     "",
     {{2022, "甲", "一", "10", "已完成年度目标"}, {2022, "乙", "二", "10", "已完成年度目标"}}},
    /* the first earlier form of another project, not of the same */
    {"1:X03:0 2:X03:1 3:X03:0 ",
     "",
     {{2022, "甲", "一", "10", GOALS},
      {2022, "乙", "二", "10", GOALS},
      {2021, "甲", "一", "10", GOALS},
      {2021, "乙", "二", "10", GOALS}}},
    {"", "1:X01 1:X02 1:X03 ", {{2022, "甲", "一", "10", GOALS}, {2022, "乙", "", "10", GOALS}}},
};

TableRows(across, said)
{
    static guint indexes[G_N_ELEMENTS(CASES)];
    for (guint k = 0; k < G_N_ELEMENTS(CASES); k++)
        indexes[k] = k;
    return cr_make_param_array(guint, indexes, G_N_ELEMENTS(CASES));
}

TableTest(guint *index, across, said)
{
    const Case *row = &CASES[*index];
    guint n = 0;
    while (n < G_N_ELEMENTS(row->rows) && row->rows[n].executed)
        n++;
    g_autoptr(GString) skipped = g_string_new(NULL);
    g_autofree char *said = judge(row->rows, n, skipped);
    cr_expect_str_eq(said, row->said, "case %u: %s, not %s", *index, said, row->said);
    cr_expect_str_eq(skipped->str, row->skipped, "case %u: %s", *index, skipped->str);
}

static void add_finding_of(ZpReport *report, int form)
{
    ZpFinding *finding = zp_report_add_finding(report);
    finding->form = form;
    finding->pointer = g_strdup("");
}

/* Findings of several forms of a file stay grouped by form, and each check is counted. */
Test(across, within_one_file)
{
    static const Short ROW = {2022, "甲", "一", "10", GOALS};
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpAcross) across = zp_across_new();
    g_autoptr(ZpReport) report = zp_report_new();
    g_autoptr(GPtrArray) forms = g_ptr_array_new_with_free_func((GDestroyNotify)zp_form_free);
    for (guint k = 0; k < 3; k++) {
        g_ptr_array_add(forms, make_form(rulebook, &ROW, k));
        add_finding_of(report, (int)k);
        zp_check_form(rulebook, g_ptr_array_index(forms, k), report, NULL);
    }
    ZpChecks before = ((ZpVerdict *)g_ptr_array_index(report->verdicts, 1))->checks;
    zp_across_add(across, "a", forms, report, false);
    ZpChecks after = ((ZpVerdict *)g_ptr_array_index(report->verdicts, 1))->checks;
    cr_expect(after.failed == before.failed + 1 && after.passed == before.passed + 2);
    for (guint k = 1; k < report->findings->len; k++) {
        const ZpFinding *one = g_ptr_array_index(report->findings, k - 1);
        const ZpFinding *other = g_ptr_array_index(report->findings, k);
        cr_expect(one->form <= other->form);
    }
    const ZpFinding *last = g_ptr_array_index(report->findings, report->findings->len - 1);
    cr_expect(last->rule == ZP_RULE_X01 && last->form == 2 && last->related_form == 0);
}

/* The only form of a run is compared with nothing, and yet later ones, if any come, with it. */
Test(across, alone)
{
    static const Short BLANK = {2022, "", "", "10", GOALS}, WHOLE = {2022, "甲", "一", "10", GOALS};
    const Short *const rows[] = {&BLANK, &WHOLE};
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    for (guint k = 0; k < G_N_ELEMENTS(rows); k++) {
        g_autoptr(ZpAcross) across = zp_across_new();
        g_autoptr(ZpReport) first = zp_report_new();
        g_autoptr(ZpReport) second = zp_report_new();
        g_autoptr(GPtrArray) forms = g_ptr_array_new_with_free_func((GDestroyNotify)zp_form_free);
        g_ptr_array_add(forms, make_form(rulebook, rows[k], 0));
        zp_check_form(rulebook, g_ptr_array_index(forms, 0), first, NULL);
        zp_check_form(rulebook, g_ptr_array_index(forms, 0), second, NULL);
        const ZpChecks *checks = &((ZpVerdict *)g_ptr_array_index(first->verdicts, 0))->checks;
        ZpChecks before = *checks;
        zp_across_add(across, "a", forms, first, true);
        cr_expect_eq(checks->not_applicable, before.not_applicable + 3);
        cr_expect(checks->passed == before.passed && checks->not_evaluable == before.not_evaluable);
        guint n = second->findings->len;
        zp_across_add(across, "b", forms, second, false);
        cr_expect_eq(second->findings->len, n + (rows[k] == &WHOLE));
    }
}

/* Bytes of the heap in use; 0 where a sanitizer has its own. */
static gsize heap_bytes(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

static void fill_key(guint8 *out, gsize size, guint k, guint salt)
{
    guint64 mixed = (k + 1) * 0x9E3779B97F4A7C15u ^ (guint64)salt * 0xC2B2AE3D27D4EB4Fu;
    mixed ^= mixed >> 31;
    memset(out, 0, size);
    memcpy(out, &mixed, MIN(size, sizeof mixed));
}

/* One file of forms that are all entered twice: under identity or version, and under their text. */
static void fill_report(ZpReport *report, guint first, guint n)
{
    for (guint k = first; k < first + n; k++) {
        ZpFormKeys keys = {.has = 15, .severities = {2, 3, 1}};
        fill_key(keys.identity, sizeof keys.identity, k / 2, 1);
        fill_key(keys.funds, sizeof keys.funds, k, 2);
        fill_key(keys.goals, sizeof keys.goals, k, 3);
        g_array_append_val(report->keys, keys);
        zp_report_add_verdict(report);
    }
}

/* A form takes at most 128 bytes at every moment of the sets' growth; 16 KiB are blocks begun. */
Test(across, bytes_a_form)
{
    enum { FILES = 60, FORMS = 500 };
    g_autoptr(ZpAcross) across = zp_across_new();
    g_autoptr(GPtrArray) forms = g_ptr_array_new();
    g_autoptr(ZpForm) form = zp_form_new();
    gsize taken = 0;
    for (guint k = 0; k < FORMS; k++)
        g_ptr_array_add(forms, form);
    for (guint file = 0; file < FILES; file++) {
        g_autoptr(ZpReport) report = zp_report_new();
        fill_report(report, file * FORMS, FORMS);
        guint n_pointers = report->findings->len;
        gsize before = heap_bytes();
        zp_across_add(across, "p", forms, report, false);
        g_ptr_array_set_size(report->findings, (gint)n_pointers);
        taken += heap_bytes() - before;
        cr_expect(taken <= (gsize)(file + 1) * FORMS * 128 + 16384, "%u forms take %zu bytes",
                  (file + 1) * FORMS, taken);
    }
}
