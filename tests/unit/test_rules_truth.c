/*
 * test_rules_truth.c - the seven seed forms against their hand-checked findings and scores.
 *
 * The forms are built from tests/truth/seed-2022.json, without any parser, and what the rules
 * say is compared with tests/truth/seed-2022.findings.json exactly: nothing missing, nothing
 * more, and every recomputed figure as printed.
 */
#include "normalise/normalise.h"
#include "rules/check.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <string.h>

static json_t *load_truth(const char *name)
{
    g_autofree char *path = g_strdup_printf("%s/tests/truth/%s", ZP_SOURCE_DIR, name);
    json_error_t error;
    json_t *root = json_load_file(path, 0, &error);
    cr_assert(root, "%s:%d: %s", path, error.line, error.text);
    return root;
}

static const char *text_of(ZpForm *form, json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? g_string_chunk_insert(form->strings, text) : NULL;
}

static void fill_row(ZpForm *form, json_t *object, gpointer row, const ZpColumn *columns)
{
    for (const ZpColumn *column = columns; column->name; column++)
        zp_column_value(row, column)->text =
            text_of(form, json_object_get(object, column->name), "text");
}

static ZpSource source_of(const char *name)
{
    for (guint k = 0; k < ZP_SOURCE_COUNT; k++)
        if (strcmp(zp_source_name((ZpSource)k), name) == 0)
            return (ZpSource)k;
    cr_assert_fail("no source %s", name);
    return ZP_SOURCE_OTHER;
}

static void fill_rows(ZpForm *form, json_t *object)
{
    size_t k;
    json_t *item;
    json_array_foreach(json_object_get(object, "funds"), k, item)
    {
        ZpFund *fund = zp_form_add_fund(form);
        fund->source = source_of(text_of(form, item, "source"));
        fund->label.text = text_of(form, item, "label");
        fill_row(form, item, fund, ZP_FUND_COLUMNS);
    }
    json_array_foreach(json_object_get(object, "indicators"), k, item)
    {
        ZpIndicator *row = zp_form_add_indicator(form);
        row->level1.text = text_of(form, item, "level1");
        row->level2.text = text_of(form, item, "level2");
        row->level3.text = text_of(form, item, "level3");
        row->reason.text = text_of(form, item, "reason");
        fill_row(form, item, row, ZP_INDICATOR_COLUMNS);
    }
}

static ZpForm *form_from(json_t *object, guint index)
{
    ZpForm *form = zp_form_new();
    json_t *total = json_object_get(object, "total");
    form->index = index;
    form->template_id = "shanghai";
    form->year = (int)json_integer_value(json_object_get(object, "year"));
    form->currency_unit.text = text_of(form, object, "currency_unit");
    form->project.text = text_of(form, object, "project");
    form->unit.text = text_of(form, object, "unit");
    form->blocks = ZP_BLOCK_FUNDS | ZP_BLOCK_GOALS | ZP_BLOCK_INDICATORS | ZP_BLOCK_TOTAL;
    form->has_reason_column = form->has_weight_column = form->has_score_column = true;
    form->total_weight.text = text_of(form, json_object_get(total, "weight"), "text");
    form->total_score.text = text_of(form, json_object_get(total, "score"), "text");
    fill_rows(form, object);
    return form;
}

/* All seven forms checked into one report. */
static GPtrArray *check_seeds(const ZpRulebook *rulebook, ZpReport *report)
{
    GPtrArray *forms = g_ptr_array_new_with_free_func((GDestroyNotify)zp_form_free);
    json_t *root = load_truth("seed-2022.json"), *item;
    size_t k;
    json_array_foreach(json_object_get(root, "forms"), k, item)
    {
        ZpForm *form = form_from(item, (guint)k);
        g_ptr_array_add(forms, form);
        zp_normalise_form(rulebook, form);
        zp_check_form(rulebook, form, report, NULL);
    }
    json_decref(root);
    zp_check_seal("a.txt", forms, report);
    return forms;
}

static char *line_of(int form, const char *code, const char *severity, const char *pointer,
                     const char *habit)
{
    return g_strdup_printf("%d %s %s %s %s", form, code, severity, pointer, habit ? habit : "-");
}

static gint compare_lines(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted lines, one a finding. */
static char *join_sorted(GPtrArray *lines)
{
    g_ptr_array_sort(lines, compare_lines);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

static char *found_lines(const ZpReport *report)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint k = 0; k < report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, k);
        g_ptr_array_add(lines, line_of(finding->form, ZP_RULES[finding->rule].code,
                                       zp_severity_name(finding->severity), finding->pointer,
                                       finding->habit));
    }
    return join_sorted(lines);
}

static char *expected_lines(json_t *root)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    size_t k;
    json_t *item;
    json_array_foreach(json_object_get(root, "findings"), k, item)
    {
        g_ptr_array_add(lines, line_of((int)json_integer_value(json_object_get(item, "form")),
                                       json_string_value(json_object_get(item, "code")),
                                       json_string_value(json_object_get(item, "severity")),
                                       json_string_value(json_object_get(item, "pointer")),
                                       json_string_value(json_object_get(item, "habit"))));
    }
    return join_sorted(lines);
}

Test(truth, findings)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpReport) report = zp_report_new();
    g_autoptr(GPtrArray) forms = check_seeds(rulebook, report);
    json_t *root = load_truth("seed-2022.findings.json");
    g_autofree char *found = found_lines(report);
    g_autofree char *expected = expected_lines(root);
    json_decref(root);
    cr_expect(forms->len == 7);
    cr_expect_str_eq(found, expected);
}

static void expect_text(const char *found, json_t *expected, const char *what)
{
    cr_expect(g_strcmp0(found, json_string_value(expected)) == 0, "%s: %s, not %s", what,
              found ? found : "null",
              json_is_string(expected) ? json_string_value(expected) : "null");
}

static void expect_texts(const GPtrArray *found, json_t *expected, const char *what)
{
    cr_assert(found->len == json_array_size(expected), "%s: %u of them", what, found->len);
    for (guint k = 0; k < found->len; k++)
        expect_text(g_ptr_array_index(found, k), json_array_get(expected, k), what);
}

Test(truth, recomputed)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpReport) report = zp_report_new();
    g_autoptr(GPtrArray) forms = check_seeds(rulebook, report);
    json_t *root = load_truth("seed-2022.findings.json"), *item;
    size_t k;
    json_array_foreach(json_object_get(root, "recomputed"), k, item)
    {
        const ZpVerdict *verdict = g_ptr_array_index(report->verdicts, k);
        const ZpRecomputed *recomputed = &verdict->recomputed;
        cr_expect(recomputed->has_scores);
        expect_text(recomputed->execution, json_object_get(item, "execution"), "execution");
        expect_text(recomputed->total, json_object_get(item, "total"), "total");
        expect_text(recomputed->grade, json_object_get(item, "grade"), "grade");
        expect_texts(recomputed->indicators, json_object_get(item, "indicators"), "indicators");
        expect_texts(recomputed->assumed, json_object_get(item, "assumed"), "assumed");
    }
    json_decref(root);
}

/* No two findings of the seeds have one fingerprint, and every message is finished. */
Test(truth, fingerprints_and_messages)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpReport) report = zp_report_new();
    g_autoptr(GPtrArray) forms = check_seeds(rulebook, report);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint k = 0; k < report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, k);
        g_autofree char *zh = zp_rulebook_message(rulebook, finding, ZP_LANG_ZH);
        cr_expect(strlen(finding->fingerprint) == 32);
        cr_expect(g_hash_table_add(seen, finding->fingerprint), "%s twice", finding->fingerprint);
        cr_expect(!strpbrk(zh, "{}"), "%s", zh);
    }
}
