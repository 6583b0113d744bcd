/*
 * test_pages.c - the rule pages are whole, and their examples do what they say.
 *
 * A page (docs/rules/<code>.md) has the same five sections in Chinese and in English, then
 * examples in fences: "form pass" is a form that the rule passes and that has no finding at all,
 * "form fail" one that it fires on, and on its own but for the rules that the page says it
 * comes with.  Of a
 * repair rule, "form fail" is a form where the repair is made; of a rule about a ledger the example prints it
 * before the form; D01 is about files that cannot be
 * read, so its page shows commands only.
 */
#include "archive/compare.h"
#include "normalise/normalise.h"
#include "output/model_json.h"
#include "parsers/parser.h"
#include "recognise/recognise.h"
#include "rules/check.h"
#include "run/across.h"
#include "run/holding.h"
#include "run/ledger_check.h"
#include "table.h"

#include <criterion/criterion.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* What follows the title line, in this order; a text of its own stands under each heading. */
static const char *const PARTS[] = {
    "<!-- zh -->",       "## 查什么\n",
    "## 公式\n",         "## 何时不适用、何时无法判断\n",
    "## 依据\n",         "## 怎么改\n",
    "<!-- en -->",       "## What it checks\n",
    "## Formula\n",      "## When it does not apply, and when it cannot be said\n",
    "## Basis\n",        "## How to mend\n",
    "<!-- examples -->", "## 例 / Examples\n",
};

#define FENCE_PASS "```form pass\n"
#define FENCE_FAIL "```form fail\n"

/* How the forms of one example came out under one rule. */
typedef struct {
    guint forms, repairs;
    ZpChecks checks;
    GString *others; /* codes of other findings, but for companions */
} Outcome;

static char *read_page(guint rule)
{
    g_autofree char *path =
        g_strdup_printf("%s/docs/rules/%s.md", ZP_SOURCE_DIR, ZP_RULES[rule].code);
    char *page = NULL;
    cr_assert(g_file_get_contents(path, &page, NULL, NULL), "%s: no page", path);
    cr_assert(g_utf8_validate(page, -1, NULL), "%s: no UTF-8", path);
    return page;
}

/* Steps over the next fence of a kind.  Returns its content (transfer full), NULL at the end. */
static char *next_example(const char **page, const char *fence)
{
    const char *start = strstr(*page, fence);
    if (!start)
        return NULL;
    start += strlen(fence);
    const char *end = strstr(start, "\n```");
    cr_assert(end, "a fence is not closed");
    *page = end;
    return g_strndup(start, (gsize)(end + 1 - start));
}

/* The page says that the other rule fires too: its paragraph "Comes with: …" names the code. */
static bool is_companion(guint rule, guint other)
{
    static const char MARK[] = "\nComes with: ";
    if (rule == other)
        return true;
    g_autofree char *page = read_page(rule);
    const char *start = strstr(page, MARK);
    const char *end = start ? strstr(start + 1, "\n\n") : NULL;
    g_autofree char *paragraph = end ? g_strndup(start, (gsize)(end - start)) : NULL;
    return paragraph && strstr(paragraph, ZP_RULES[other].code);
}

static void count_repairs(const ZpForm *form, const char *code, Outcome *outcome)
{
    for (guint i = 0; i < form->repairs->len; i++) {
        const ZpRepair *repair = g_ptr_array_index(form->repairs, i);
        if (strcmp(repair->code, code) == 0)
            outcome->repairs++;
        else
            g_string_append_printf(outcome->others, " %s", repair->code);
    }
}

/* A rule between forms passes at all forms where it does not fire. */
static void check_across(const GPtrArray *forms, guint rule, ZpReport *report, Outcome *outcome)
{
    g_autoptr(ZpAcross) across = zp_across_new();
    zp_across_add(across, "example", forms, report, false);
    zp_holding_judge(forms, report);
    if (ZP_RULES[rule].scope != ZP_SCOPE_RUN)
        return;
    for (guint i = 0; i < report->findings->len; i++) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, i);
        outcome->checks.failed += finding->rule == rule;
    }
    outcome->checks.passed = forms->len - outcome->checks.failed;
}

static json_t *tree_of(const ZpForm *form)
{
    static const ZpFormShape SHAPE = {.lang = ZP_LANG_ZH};
    g_autoptr(GString) text = g_string_new(NULL);
    ZpEmitter emitter = {.out = text};
    zp_emit_open(&emitter, NULL, '{');
    zp_emit_form(&emitter, form, &SHAPE);
    zp_emit_close(&emitter, '}');
    json_t *tree = json_loads(text->str, 0, NULL);
    cr_assert(tree);
    return tree;
}

/* The first form is of the year before the second one. */
static void check_years(const GPtrArray *forms, guint rule, const ZpReport *report,
                        Outcome *outcome)
{
    json_t *objects[2];
    cr_assert(forms->len == 2 && report->verdicts->len == 2);
    for (guint k = 0; k < 2; k++)
        objects[k] = tree_of(g_ptr_array_index(forms, k));
    const ZpVerdict *verdict = g_ptr_array_index(report->verdicts, 0);
    const ZpYearForm earlier = {objects[0], verdict->met, "example", 1},
                     later = {objects[1], "", "example", 2};
    g_autoptr(ZpReport) found = zp_report_new();
    zp_compare_years(&earlier, &later, found);
    outcome->checks = (ZpChecks){.passed = found->findings->len == 0};
    for (guint k = 0; k < found->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(found->findings, k);
        outcome->checks.failed += finding->rule == rule;
        if (finding->rule != rule)
            g_string_append_printf(outcome->others, " %s", ZP_RULES[finding->rule].code);
    }
    json_decref(objects[0]);
    json_decref(objects[1]);
}

static void take_findings(const ZpReport *report, guint rule, Outcome *outcome)
{
    for (guint i = 0; i < report->findings->len; i++) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, i);
        if (!is_companion(rule, finding->rule))
            g_string_append_printf(outcome->others, " %s %s", ZP_RULES[finding->rule].code,
                                   finding->pointer);
    }
}

/* @ledger: (transfer full) */
static void check_ledger(const ZpRulebook *rulebook, ZpLedger *ledger, const GPtrArray *forms,
                         guint rule, ZpReport *report, Outcome *outcome)
{
    ZpRecord *record = zp_record_new();
    zp_normalise_ledger(rulebook, ledger);
    record->ledger = ledger;
    g_autoptr(ZpLedgerCheck) check = zp_ledger_check_new(rulebook, "ledger", record);
    zp_ledger_check_forms(check, "example", forms, report);
    zp_ledger_check_end(check);
    take_findings(record->report, rule, outcome);
    const ZpReport *both[] = {report, record->report};
    outcome->checks = (ZpChecks){0};
    for (guint k = 0; k < G_N_ELEMENTS(both); k++) {
        for (guint i = 0; i < both[k]->findings->len; i++) {
            const ZpFinding *finding = g_ptr_array_index(both[k]->findings, i);
            outcome->checks.failed += finding->rule == rule;
        }
    }
    outcome->checks.passed = outcome->checks.failed == 0;
}

/* @ledger: (transfer full) */
static void check_example(const ZpRulebook *rulebook, ZpLedger *ledger, const GPtrArray *forms,
                          guint rule, Outcome *outcome)
{
    g_autoptr(ZpReport) report = zp_report_new();
    ZpChecks tally[ZP_RULE_COUNT] = {0};
    for (guint i = 0; i < forms->len; i++) {
        ZpForm *form = g_ptr_array_index(forms, i);
        zp_normalise_form(rulebook, form);
        zp_check_form(rulebook, form, report, tally);
        count_repairs(form, ZP_RULES[rule].code, outcome);
    }
    outcome->checks = tally[rule];
    check_across(forms, rule, report, outcome);
    if (ZP_RULES[rule].scope == ZP_SCOPE_YEARS)
        check_years(forms, rule, report, outcome);
    if (ledger->rows->len > 0)
        check_ledger(rulebook, ledger, forms, rule, report, outcome);
    else
        zp_ledger_free(ledger);
    take_findings(report, rule, outcome);
}

/* A form beside its ledger, or two forms. */
static guint count_wanted(guint rule)
{
    bool is_pair = (ZP_RULES[rule].scope == ZP_SCOPE_RUN && rule < ZP_RULE_X08) ||
                   ZP_RULES[rule].scope == ZP_SCOPE_YEARS;
    return rule == ZP_RULE_X07 ? 5 : is_pair ? 2 : 1;
}

static void run_example(const ZpRulebook *rulebook, const char *text, guint rule, Outcome *outcome)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    const ZpReadOptions options = {0};
    g_autoptr(ZpDocument) document = zp_parser_by_name("text")->read(bytes, &options, &error);
    cr_assert(document, "%s", error ? error->message : "no document");
    g_autoptr(GPtrArray) forms = zp_recognise(rulebook, document, &error);
    cr_assert(forms, "%s", error ? error->message : "no forms");
    outcome->forms = forms->len;
    ZpLedger *ledger = zp_recognise_ledger(rulebook, document, &error);
    cr_assert(ledger, "%s", error ? error->message : "no ledger");
    check_example(rulebook, ledger, forms, rule, outcome);
}

static void expect_pass(guint rule, const Outcome *outcome, const char *text)
{
    const ZpRuleRow *row = &ZP_RULES[rule];
    guint wanted = count_wanted(rule);
    cr_expect(outcome->forms == wanted, "%s pass: %u forms in\n%s", row->code, outcome->forms,
              text);
    cr_expect(outcome->repairs == 0, "%s pass: repaired\n%s", row->code, text);
    cr_expect(outcome->checks.failed == 0, "%s pass: fires on\n%s", row->code, text);
    if (row->scope != ZP_SCOPE_FILE && row->scope != ZP_SCOPE_REPAIR)
        cr_expect(outcome->checks.passed >= 1, "%s pass: never passed on\n%s", row->code, text);
    cr_expect(outcome->others->len == 0, "%s pass: also%s on\n%s", row->code, outcome->others->str,
              text);
}

static void expect_fail(guint rule, const Outcome *outcome, const char *text)
{
    const ZpRuleRow *row = &ZP_RULES[rule];
    if (row->scope == ZP_SCOPE_FILE) {
        cr_expect(outcome->forms == 0, "%s fail: a form in\n%s", row->code, text);
        return;
    }
    guint fired = row->scope == ZP_SCOPE_REPAIR ? outcome->repairs : outcome->checks.failed;
    guint wanted = count_wanted(rule);
    cr_expect(outcome->forms == wanted, "%s fail: %u forms in\n%s", row->code, outcome->forms,
              text);
    cr_expect(fired >= 1, "%s fail: does not fire on\n%s", row->code, text);
    cr_expect(outcome->others->len == 0, "%s fail: also%s on\n%s", row->code, outcome->others->str,
              text);
}

typedef void (*Expectation)(guint rule, const Outcome *outcome, const char *text);

/* Runs every example of a kind.  Returns how many there are. */
static guint run_examples(const ZpRulebook *rulebook, guint rule, const char *fence,
                          Expectation expect)
{
    g_autofree char *page = read_page(rule);
    const char *at = page;
    guint n = 0;
    for (char *text; (text = next_example(&at, fence)); n++) {
        Outcome outcome = {.others = g_string_new(NULL)};
        run_example(rulebook, text, rule, &outcome);
        expect(rule, &outcome, text);
        g_string_free(outcome.others, TRUE);
        g_free(text);
    }
    return n;
}

static struct criterion_test_params every_rule(void)
{
    static guint rules[ZP_RULE_COUNT];
    for (guint i = 0; i < ZP_RULE_COUNT; i++)
        rules[i] = i;
    return cr_make_param_array(guint, rules, ZP_RULE_COUNT);
}

TableRows(pages, sections)
{
    return every_rule();
}

TableTest(guint *rule, pages, sections)
{
    const ZpRuleRow *row = &ZP_RULES[*rule];
    g_autofree char *page = read_page(*rule);
    g_autofree char *title = g_strdup_printf("# %s %s ", row->code, row->name);
    cr_assert(g_str_has_prefix(page, title), "%s: the title is not \"%s…\"", row->code, title);
    const char *at = page;
    for (guint i = 0; i < G_N_ELEMENTS(PARTS); i++) {
        at = strstr(at, PARTS[i]);
        cr_assert(at, "%s: \"%s\" is missing or out of order", row->code, PARTS[i]);
        at += strlen(PARTS[i]);
        at += strspn(at, "\n");
        cr_expect(PARTS[i][0] != '#' || !strchr("#<", *at), "%s: nothing under \"%s\"", row->code,
                  PARTS[i]);
    }
}

TableRows(pages, examples)
{
    return every_rule();
}

/* A rule that is off is shown as its page says: by a profile that turns it on. */
static void turn_on(ZpRulebook *rulebook, guint rule)
{
    g_autofree char *path = NULL;
    g_autofree char *text = g_strdup_printf("name: own\nseverities: [{rule: %s, severity: note}]\n",
                                            ZP_RULES[rule].code);
    int fd = g_file_open_tmp("ziping-profile-XXXXXX", &path, NULL);
    cr_assert(fd >= 0 && close(fd) == 0);
    cr_assert(g_file_set_contents(path, text, -1, NULL));
    cr_assert(zp_rulebook_force_profile(rulebook, path, NULL));
    g_remove(path);
}

TableTest(guint *rule, pages, examples)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, &error);
    cr_assert(rulebook, "%s", error ? error->message : "no rulebook");
    if (ZP_RULES[*rule].severity == ZP_SEVERITY_OFF)
        turn_on(rulebook, *rule);
    guint passes = run_examples(rulebook, *rule, FENCE_PASS, expect_pass);
    guint fails = run_examples(rulebook, *rule, FENCE_FAIL, expect_fail);
    /* Of files that no text can stand for: damaged ones, and pictures. */
    bool has_forms = *rule != ZP_RULE_D01 && *rule != ZP_RULE_D03 && *rule != ZP_RULE_D06 &&
                     *rule != ZP_RULE_D07;
    cr_expect((passes > 0) == has_forms, "%s: %u passing examples", ZP_RULES[*rule].code, passes);
    cr_expect((fails > 0) == has_forms, "%s: %u failing examples", ZP_RULES[*rule].code, fails);
}
