/*
 * test_profiles.c - which profile a form is judged by, and what a profile changes.
 */
#include "rulebook/rulebook.h"
#include "table.h"

#include "base/error.h"
#include "normalise/normalise.h"
#include "rules/check.h"

#include <criterion/criterion.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static ZpForm *form_of(const char *template_id, const char *execution_weight)
{
    ZpForm *form = zp_form_new();
    form->template_id = template_id;
    form->year = 2022;
    form->has_weight_column = form->has_score_column = true;
    ZpFund *fund = zp_form_add_fund(form);
    fund->label.text = "年度资金总额";
    fund->budget.text = "90";
    fund->executed.text = "85";
    fund->rate.text = "94.45%";
    fund->weight.text = execution_weight;
    fund->score.text = "9.44";
    return form;
}

typedef struct {
    const char *template_id, *execution_weight, *profile, *why;
} Choice;

static const Choice CHOICES[] = {
    {"central", "10", "default", ""},
    {"shanghai", "20", "default", ""},
    {"hubei", "20", "hubei", ""},
    {"hubei", "10", "hubei", ""},
    {"sichuan", "10", "sichuan", ""},
    {"ningxia", "", "ningxia", ""},
    {"yinchuan", "", "yinchuan", ""},
    {"transfer", "", "default", "none is for this template"},
    {"unknown", "10", "default", ""},
    {"unknown", "20", "hubei", "execution weight printed as 20"},
    {"unknown", "20.0", "hubei", "execution weight printed as 20"},
    {"unknown", "", "default", ""},
};

TableRows(profiles, choice)
{
    static guint indexes[G_N_ELEMENTS(CHOICES)];
    for (guint k = 0; k < G_N_ELEMENTS(CHOICES); k++)
        indexes[k] = k;
    return cr_make_param_array(guint, indexes, G_N_ELEMENTS(CHOICES));
}

TableTest(guint *index, profiles, choice)
{
    const Choice *row = &CHOICES[*index];
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpForm) form = form_of(row->template_id, row->execution_weight);
    zp_normalise_form(rulebook, form);
    zp_rulebook_choose_profile(rulebook, form);
    cr_expect_str_eq(form->profile, row->profile);
    cr_expect_str_eq(form->profile_en, row->why);
    cr_expect(!*form->profile_zh == !*row->why);
    cr_expect(strcmp(zp_rulebook_profile_title(rulebook, form->profile, ZP_LANG_ZH),
                     row->profile) != 0); /* each has a title */
    cr_expect(strcmp(zp_rulebook_template_title(rulebook, row->template_id, ZP_LANG_ZH),
                     row->template_id) != 0);
}

static char *write_profile(const char *text)
{
    char *path = NULL;
    g_autoptr(GError) error = NULL;
    int fd = g_file_open_tmp("ziping-profile-XXXXXX", &path, &error);
    cr_assert(fd >= 0);
    close(fd);
    cr_assert(g_file_set_contents(path, text, -1, NULL));
    return path;
}

/* The message of forcing a file with this text; NULL when it was taken. */
static char *force_text(ZpRulebook *rulebook, const char *text)
{
    g_autofree char *path = write_profile(text);
    g_autoptr(GError) error = NULL;
    bool done = zp_rulebook_force_profile(rulebook, path, &error);
    g_remove(path);
    return done ? NULL : g_strdup(zp_error_text(error, ZP_LANG_EN));
}

static ZpChecks check_with(const ZpRulebook *rulebook, ZpForm *form, ZpRule rule, ZpReport *report)
{
    ZpChecks tally[ZP_RULE_COUNT] = {0};
    zp_normalise_form(rulebook, form);
    zp_rulebook_choose_profile(rulebook, form);
    zp_check_form(rulebook, form, report, tally);
    return tally[rule];
}

Test(profiles, a_users_own_takes_a_habit_for_granted)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpReport) before = zp_report_new();
    g_autoptr(ZpReport) after = zp_report_new();
    g_autoptr(ZpForm) one = form_of("central", "10");
    g_autoptr(ZpForm) other = form_of("central", "10");
    cr_expect(check_with(rulebook, one, ZP_RULE_F01, before).failed == 1);
    g_autofree char *message = force_text(rulebook, "name: bureau\nhabits: [up]\n");
    cr_assert_null(message);
    ZpChecks checks = check_with(rulebook, other, ZP_RULE_F01, after);
    cr_expect(checks.failed == 0 && checks.passed == 1);
    cr_expect_str_eq(other->profile, "bureau");
    cr_expect_str_eq(other->profile_en, "chosen by --profile");
}

Test(profiles, severities_change_a_rule_or_turn_it_off)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpReport) report = zp_report_new();
    g_autoptr(ZpForm) form = form_of("central", "20");
    g_autofree char *message = force_text(rulebook, "name: bureau\nseverities:\n"
                                                    "  - {rule: F06, severity: warning}\n"
                                                    "  - {rule: F01, severity: off}\n");
    cr_assert_null(message);
    ZpChecks checks = check_with(rulebook, form, ZP_RULE_F01, report);
    cr_expect(checks.failed + checks.passed + checks.not_applicable + checks.not_evaluable == 0);
    guint n = 0;
    for (guint k = 0; k < report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, k);
        if (finding->rule == ZP_RULE_F06 && finding->severity == ZP_SEVERITY_WARNING)
            n++;
    }
    cr_expect(n == 1);
}

/* Forced, a profile's weights hold for a template that nobody knows, too. */
Test(profiles, forced_for_every_template)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpReport) report = zp_report_new();
    g_autoptr(ZpForm) form = form_of("unknown", "10");
    cr_assert(zp_rulebook_force_profile(rulebook, "hubei", NULL));
    cr_expect(check_with(rulebook, form, ZP_RULE_F06, report).failed == 1);
}

typedef struct {
    const char *text, *says;
} Mistake;

static const Mistake MISTAKES[] = {
    {"name: a\nextends: b\n", "no profile b"},
    {"name: a\nsevereties: []\n", "severeties"},
    {"name: a\nseverities: [{rule: F99, severity: note}]\n", "F99"},
    {"name: a\nseverities: [{rule: F01, severity: loud}]\n", "loud"},
    {"name: a\nreverse: backwards\n", "backwards"},
    {"name: a\nbands: {reached: much, partly: 0.5}\n", "much"},
    {"name: a\nfree: [everything]\n", "everything"},
    {"over_target: 2\n", "name"},
};

TableRows(profiles, mistakes)
{
    static guint indexes[G_N_ELEMENTS(MISTAKES)];
    for (guint k = 0; k < G_N_ELEMENTS(MISTAKES); k++)
        indexes[k] = k;
    return cr_make_param_array(guint, indexes, G_N_ELEMENTS(MISTAKES));
}

TableTest(guint *index, profiles, mistakes)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autofree char *message = force_text(rulebook, MISTAKES[*index].text);
    cr_assert_not_null(message, "taken: %s", MISTAKES[*index].text);
    cr_expect(strstr(message, MISTAKES[*index].says), "%s", message);
}

Test(profiles, neither_name_nor_file)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(GError) error = NULL;
    cr_expect(!zp_rulebook_force_profile(rulebook, "nosuch", &error));
    cr_expect(strstr(zp_error_text(error, ZP_LANG_EN), "nosuch"));
}

/* The complaint quotes the key, and is cut. */
Test(profiles, a_long_key_is_cut_between_characters)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    for (guint before = 0; before < 3; before++) {
        g_autoptr(GString) text = g_string_new("name: a\n");
        g_string_append(text, &"xx"[2 - before]);
        for (guint k = 0; k < 300; k++)
            g_string_append(text, "键");
        g_string_append(text, ": 1\n");
        g_autofree char *message = force_text(rulebook, text->str);
        cr_expect(message && strstr(message, "键") && g_utf8_validate(message, -1, NULL), "%s",
                  message);
    }
}

/* A folder of --rules may add profiles; one that extends itself by a detour is told. */
Test(profiles, of_a_folder)
{
    g_autofree char *folder = g_dir_make_tmp("ziping-rules-XXXXXX", NULL);
    g_autofree char *inner = g_build_filename(folder, "profiles", NULL);
    g_autofree char *a = g_build_filename(inner, "a.yaml", NULL);
    g_autofree char *b = g_build_filename(inner, "b.yaml", NULL);
    g_autoptr(GError) error = NULL;
    g_mkdir(inner, 0700);
    cr_assert(g_file_set_contents(a, "name: a\nextends: b\n", -1, NULL));
    cr_assert(g_file_set_contents(b, "name: b\nextends: a\n", -1, NULL));
    cr_expect_null(zp_rulebook_open(folder, &error));
    cr_expect(strstr(zp_error_text(error, ZP_LANG_EN), "circle"));
    g_clear_error(&error);
    cr_assert(g_file_set_contents(b, "name: other\n", -1, NULL));
    cr_expect_null(zp_rulebook_open(folder, &error));
    cr_expect(strstr(zp_error_text(error, ZP_LANG_EN), "other"));
    cr_assert(g_file_set_contents(b, "name: b\ntemplates: [central]\nover_target: 2\n", -1, NULL));
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(folder, NULL);
    cr_assert(rulebook && zp_rulebook_force_profile(rulebook, "a", NULL));
    g_autoptr(ZpForm) form = form_of("central", "10");
    cr_expect(zp_rulebook_profile(rulebook, form)->over_target.coefficient == 2);
    g_remove(a);
    g_remove(b);
    g_rmdir(inner);
    g_rmdir(folder);
}

static void add_target(ZpForm *form, const char *target)
{
    ZpIndicator *row = zp_form_add_indicator(form);
    row->level3.text = "培训次数";
    row->target.text = target;
}

/* C07 is off unless a profile turns it on. */
Test(profiles, a_rule_that_is_off)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    for (guint is_on = 0; is_on <= 1; is_on++) {
        g_autoptr(ZpReport) report = zp_report_new();
        g_autoptr(ZpForm) form = form_of("central", "10");
        add_target(form, "10次");
        add_target(form, "≥10次");
        add_target(form, "10-12次");
        add_target(form, "有效");
        add_target(form, "1,00,0次");
        g_autofree char *message =
            is_on ? force_text(rulebook, "name: a\nseverities: [{rule: C07, severity: note}]\n")
                  : NULL;
        cr_assert_null(message);
        ZpChecks checks = check_with(rulebook, form, ZP_RULE_C07, report);
        cr_expect(checks.failed == is_on);
        cr_expect(checks.passed == 2 * is_on);
        cr_expect(checks.not_applicable == is_on);
        cr_expect(checks.not_evaluable == is_on);
    }
}

/* F14 and C18 too; the limit of F14 is the profile's. */
Test(profiles, other_rules_that_are_off)
{
    static const struct {
        ZpRule rule;
        const char *profile, *initial;
        guint failed;
    } ROWS[] = {
        {ZP_RULE_F14, NULL, "10", 0},
        {ZP_RULE_F14, "name: a\nseverities: [{rule: F14, severity: note}]\n", "10", 1},
        {ZP_RULE_F14, "name: a\nseverities: [{rule: F14, severity: note}]\n", "12.1", 0},
        {ZP_RULE_F14, "name: a\nseverities: [{rule: F14, severity: note}]\n", "12.4", 1},
        {ZP_RULE_F14, "name: a\nbudget_adjusted: 50\nseverities: [{rule: F14, severity: note}]\n",
         "12", 0},
        {ZP_RULE_C18, NULL, "10", 0},
        {ZP_RULE_C18, "name: a\nseverities: [{rule: C18, severity: note}]\n", "10", 2},
    };
    for (guint k = 0; k < G_N_ELEMENTS(ROWS); k++) {
        g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
        g_autoptr(ZpReport) report = zp_report_new();
        g_autoptr(ZpForm) form = form_of("central", "10");
        zp_form_fund(form, 0)->initial.text = ROWS[k].initial;
        zp_form_fund(form, 0)->budget.text = "14.99";
        static const char *const ACTUALS[] = {"90%", "100%", "95%"};
        for (guint i = 0; i < G_N_ELEMENTS(ACTUALS); i++) {
            ZpIndicator *row = zp_form_add_indicator(form);
            row->level3.text = "学员满意度";
            row->target.text = "≥90%";
            row->actual.text = ACTUALS[i];
        }
        if (k == 2)
            zp_form_fund(form, 0)->budget.text = "14.52"; /* 20% of 12.1 more */
        g_autofree char *message = ROWS[k].profile ? force_text(rulebook, ROWS[k].profile) : NULL;
        cr_assert_null(message);
        ZpChecks checks = check_with(rulebook, form, ROWS[k].rule, report);
        cr_expect(checks.failed == ROWS[k].failed, "row %u: %u", k, checks.failed);
    }
}
