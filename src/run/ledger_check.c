/*
 * ledger_check.c - which row of the ledger a form is, and whether their figures agree.
 *
 * A form's row has its project's name (without white space and width) and, where both sides print one, its
 * unit: the form's unit or department, or one of the two names within the other (某市教育局, 教育局).  Of equal
 * rows each form takes the next one.
 */
#include "run/ledger_check.h"

#include "base/error.h"
#include "base/limits.h"
#include "rulebook/catalogue.h"
#include "run/ledger_compare.h"

#include <string.h>

struct ZpLedgerCheck {
    const ZpRulebook *rulebook;
    char *path;
    ZpRecord *record;
    const ZpLedger *ledger; /* (nullable) of the record */
    GHashTable *rows;       /* folded project → number of its first row + 1 */
    guint *next;            /* of each row: the next one of that project + 1; 0: none */
    bool *is_met;           /* of each row: a form of the run is its */
    guint n_lacking;        /* forms without a row */
};

static char *fold(const char *text)
{
    GString *folded = g_string_new(NULL);
    if (text)
        zp_text_append_folded(folded, text, strlen(text));
    return g_string_free(folded, FALSE);
}

/* Of what was read of the file only what concerns the list stays. */
static void clean_report(ZpRecord *record)
{
    ZpReport *report = record->report;
    for (guint k = report->findings->len; k-- > 0;) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, k);
        if (finding->form >= 0 || (record->ledger && finding->rule == ZP_RULE_D02))
            g_ptr_array_remove_index(report->findings, k);
    }
    g_ptr_array_set_size(report->unevaluated, 0);
    g_ptr_array_set_size(report->verdicts, 0);
    g_array_set_size(report->keys, 0);
    g_ptr_array_set_size(record->forms, 0);
}

static ZpFinding *add_finding(ZpReport *report, ZpRule rule, const ZpPlace *at)
{
    ZpFinding *finding = zp_report_add_finding(report);
    finding->rule = rule;
    finding->severity = ZP_RULES[rule].severity;
    finding->pointer = g_strdup("");
    if (at)
        finding->at = *at;
    return finding;
}

static const char *message_of(ZpLossKind kind)
{
    if (kind == ZP_LOSS_UNKNOWN_LABEL)
        return "label";
    return kind == ZP_LOSS_DOUBTFUL_PLACE ? "doubtful" : "default";
}

static void set_no_ledger(ZpRecord *record)
{
    record->rule = ZP_RULE_D02;
    zp_error_set(
        &record->error, ZP_ERROR_KIND,
        "里面没有汇总表（一行一个项目，有项目名称和预算数、执行数、执行率、得分中的两栏）",
        "no ledger in it (a row a project, with 项目名称 and two of 预算数, 执行数, 执行率, 得分)");
    ZpFinding *finding = add_finding(record->report, ZP_RULE_D02, NULL);
    zp_finding_argument(finding, "detail", zp_error_text(record->error, ZP_LANG_ZH),
                        zp_error_text(record->error, ZP_LANG_EN));
}

ZpLedgerCheck *zp_ledger_check_new(const ZpRulebook *rulebook, const char *path, ZpRecord *record)
{
    ZpLedgerCheck *check = g_new0(ZpLedgerCheck, 1);
    check->rulebook = rulebook;
    check->path = g_strdup(path);
    check->record = record;
    check->rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    bool was_form = !record->error && !record->ledger;
    clean_report(record);
    if (record->ledger) {
        g_clear_error(&record->error);
        check->ledger = record->ledger;
        guint n = check->ledger->rows->len;
        check->next = g_new0(guint, n);
        check->is_met = g_new0(bool, n);
        for (guint k = n; k-- > 0;) {
            char *key = fold(zp_ledger_row(check->ledger, k)->project.text);
            check->next[k] = GPOINTER_TO_UINT(g_hash_table_lookup(check->rows, key));
            g_hash_table_insert(check->rows, key, GUINT_TO_POINTER(k + 1));
        }
        /* What of the list was not understood. */
        const GPtrArray *texts = record->ledger->unread;
        for (guint k = 0; k < texts->len; k++) {
            const ZpUnread *unread = g_ptr_array_index(texts, k);
            ZpFinding *finding = add_finding(record->report, ZP_RULE_D05, &unread->text.at);
            finding->kind = unread->kind;
            finding->message = message_of(unread->kind);
            zp_finding_argument(finding, "text", unread->text.text, NULL);
        }
        record->is_partial |= texts->len > 0;
    } else if (was_form || record->rule == ZP_RULE_D02) {
        g_clear_error(&record->error);
        clean_report(record);
        g_ptr_array_set_size(record->report->findings, 0);
        set_no_ledger(record);
    }
    return check;
}

void zp_ledger_check_free(ZpLedgerCheck *check)
{
    if (!check)
        return;
    g_hash_table_unref(check->rows);
    zp_record_free(check->record);
    g_free(check->next);
    g_free(check->is_met);
    g_free(check->path);
    g_free(check);
}

/* --- which row --- */

/* One name within the other, or one that is not there: both may be the same unit. */
static bool may_be_same(const char *one, const char *other)
{
    return !*one || !*other || strstr(one, other) || strstr(other, one);
}

static bool fits(const ZpLedgerRow *row, const ZpForm *form)
{
    g_autofree char *listed = fold(row->unit.text), *unit = fold(form->unit.text),
                    *department = fold(form->department.text);
    if (!*unit && !*department)
        return true;
    return (*unit && may_be_same(listed, unit)) || (*department && may_be_same(listed, department));
}

/* The row of a form: the first that no form has taken, else the first; -1: none. */
static int find_row(const ZpLedgerCheck *check, const ZpForm *form)
{
    g_autofree char *key = fold(form->project.text);
    int first = -1;
    for (guint k = GPOINTER_TO_UINT(g_hash_table_lookup(check->rows, key)); k;
         k = check->next[k - 1]) {
        if (!fits(zp_ledger_row(check->ledger, k - 1), form))
            continue;
        if (!check->is_met[k - 1])
            return (int)k - 1;
        if (first < 0)
            first = (int)k - 1;
    }
    return first;
}

/* --- X08 --- */

/* A figure of the form beside the one of its row. */
typedef struct {
    const char *zh, *en;
    ZpNature nature;
    const ZpValue *stated, *listed; /* stated NULL: the form has no such thing */
    const char *listed_unit;        /* (nullable) of the ledger's column */
    char *pointer;
} Pair;

/* What is judged under way. */
typedef struct {
    const ZpLedgerCheck *check;
    const ZpForm *form;
    const ZpLedgerRow *row;
    ZpReport *report;
    ZpChecks *checks;
    ZpSeverity severity;
} Look;

static void cannot(const Look *look, ZpRule rule, const char *pointer, const char *zh,
                   const char *en)
{
    look->checks->not_evaluable++;
    ZpUnevaluated *row = zp_report_add_unevaluated(look->report);
    row->rule = rule;
    row->form = (int)look->form->index;
    row->pointer = g_strdup(pointer);
    row->zh = zh;
    row->en = en;
}

static void append_place(const ZpPlace *at, GString *zh, GString *en)
{
    if (at->page) {
        g_string_append_printf(zh, "第 %u 页", at->page);
        g_string_append_printf(en, "page %u, ", at->page);
    }
    if (at->line) {
        g_string_append_printf(zh, "第 %u 行", at->line);
        g_string_append_printf(en, "line %u", at->line);
        return;
    }
    g_string_append_printf(zh, "第 %u 个表格第 %u 行", at->table, at->row);
    g_string_append_printf(en, "table %u, row %u", at->table, at->row);
}

static void add_place(ZpFinding *finding, const ZpPlace *at)
{
    g_autoptr(GString) zh = g_string_new(NULL);
    g_autoptr(GString) en = g_string_new(NULL);
    append_place(at, zh, en);
    zp_finding_argument(finding, "place", zh->str, en->str);
}

static void add_path(ZpFinding *finding, const char *path)
{
    g_autofree char *shown = g_filename_display_name(path);
    zp_finding_argument(finding, "path", shown, NULL);
}

static const struct {
    ZpAgreement agreement;
    const char *habit, *zh, *en;
} HABITS[] = {
    {ZP_AGREES_ROUNDED, "rounded", "四舍五入", "half up"},
    {ZP_AGREES_ROUNDED_UP, "up", "进位", "up"},
    {ZP_AGREES_ROUNDED_DOWN, "cut", "舍去", "cut"},
};

/* A figure as printed; an amount of money with its column's unit, as the two may differ in it alone. */
static void add_amount(ZpFinding *finding, const char *name, const Pair *pair, const ZpValue *value,
                       const char *unit)
{
    bool has_own = value->unit && *value->unit;
    g_autofree char *text =
        g_strconcat(value->text, pair->nature == ZP_OF_MONEY && !has_own ? unit : NULL, NULL);
    zp_finding_argument(finding, name, text, NULL);
}

static void report_difference(const Look *look, const Pair *pair, ZpAgreement agreement)
{
    look->checks->failed++;
    ZpFinding *finding = zp_report_add_finding(look->report);
    finding->rule = ZP_RULE_X08;
    finding->severity = look->severity;
    finding->form = (int)look->form->index;
    finding->pointer = g_strdup(pair->pointer);
    finding->at = pair->stated->at;
    finding->stated = g_strdup(pair->stated->text);
    finding->expected = g_strdup(pair->listed->text);
    finding->related_path = g_strdup(look->check->path);
    finding->related_form = ZP_FORM_NONE;
    zp_finding_argument(finding, "what", pair->zh, pair->en);
    add_amount(finding, "printed", pair, pair->stated, look->form->currency_unit.text);
    add_amount(finding, "listed", pair, pair->listed, pair->listed_unit);
    add_path(finding, look->check->path);
    add_place(finding, &pair->listed->at);
    for (gsize k = 0; k < G_N_ELEMENTS(HABITS); k++) {
        if (HABITS[k].agreement != agreement)
            continue;
        finding->severity = MIN(finding->severity, ZP_SEVERITY_NOTE);
        finding->habit = HABITS[k].habit;
        finding->message = "habit";
        zp_finding_argument(finding, "way", HABITS[k].zh, HABITS[k].en);
    }
}

static void judge(const Look *look, const Pair *pair)
{
    if (!pair->stated || !pair->stated->text || !pair->listed->text) {
        look->checks->not_applicable++;
        return;
    }
    if (!pair->listed->has_value || !pair->stated->has_value) {
        cannot(look, ZP_RULE_X08, pair->pointer,
               pair->stated->has_value ? "汇总表的这一格没有数" : "表里的这一格没有数",
               pair->stated->has_value ? "the ledger's cell holds no number"
                                       : "the form's cell holds no number");
        return;
    }
    const ZpAmountOf stated = {pair->stated, look->form->currency_unit.text};
    const ZpAmountOf listed = {pair->listed, pair->listed_unit};
    ZpAgreement agreement = zp_ledger_compare(zp_rulebook_lexicon(look->check->rulebook),
                                              pair->nature, &stated, &listed);
    if (agreement == ZP_AGREES_UNKNOWN)
        cannot(look, ZP_RULE_X08, pair->pointer, "有一边没有印出金额单位，无法比较",
               "one side prints no unit of money, so the two cannot be compared");
    else if (agreement == ZP_AGREES)
        look->checks->passed++;
    else
        report_difference(look, pair, agreement);
}

static void compare_figures(const Look *look)
{
    const ZpLedger *ledger = look->check->ledger;
    const ZpLedgerRow *row = look->row;
    guint k = 0;
    const ZpFund *fund = zp_form_total_fund(look->form, &k);
    bool has_total = look->form->total_score.text != NULL;
    Pair pairs[] = {
        {"预算数", "budget", ZP_OF_MONEY, fund ? &fund->budget : NULL, &row->budget,
         ledger->budget_unit, g_strdup_printf("/funds/%u/budget", k)},
        {"执行数", "executed amount", ZP_OF_MONEY, fund ? &fund->executed : NULL, &row->executed,
         ledger->executed_unit, g_strdup_printf("/funds/%u/executed", k)},
        {"执行率", "execution rate", ZP_OF_RATE, fund ? &fund->rate : NULL, &row->rate, NULL,
         g_strdup_printf("/funds/%u/rate", k)},
        {"总分", "total score", ZP_OF_SCORE,
         has_total ? &look->form->total_score : &look->form->headline, &row->score, NULL,
         g_strdup(has_total ? "/total/score" : "/headline")},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        judge(look, &pairs[i]);
        g_free(pairs[i].pointer);
    }
}

/* --- X09 --- */

/* "（某局）" behind a project's name, where a unit is known. */
static void add_project(ZpFinding *finding, const char *project, const char *unit)
{
    bool has_unit = unit && *unit;
    g_autofree char *zh = has_unit ? g_strdup_printf("（%s）", unit) : g_strdup("");
    g_autofree char *en = has_unit ? g_strdup_printf(" (%s)", unit) : g_strdup("");
    zp_finding_argument(finding, "project", project, NULL);
    zp_finding_argument(finding, "of", zh, en);
    finding->field = g_strdup_printf("%s\x1f%s", project, has_unit ? unit : "");
}

static void report_lacking(ZpLedgerCheck *check, const char *path, const ZpForm *form)
{
    if (check->n_lacking++ >= ZP_LIMIT_LEDGER_GAPS)
        return;
    g_autofree char *number = g_strdup_printf("%u", form->index + 1);
    ZpFinding *finding = add_finding(check->record->report, ZP_RULE_X09, NULL);
    finding->message = "form";
    finding->related_path = g_strdup(path);
    finding->related_form = form->index;
    add_project(finding, form->project.text, form->unit.text);
    add_path(finding, path);
    zp_finding_argument(finding, "number", number, NULL);
}

static void report_more(ZpLedgerCheck *check, guint count, const char *message)
{
    if (count <= ZP_LIMIT_LEDGER_GAPS)
        return;
    g_autofree char *more = g_strdup_printf("%u", count - ZP_LIMIT_LEDGER_GAPS);
    ZpFinding *finding = add_finding(check->record->report, ZP_RULE_X09, NULL);
    finding->message = message;
    zp_finding_argument(finding, "count", more, NULL);
}

/* Why neither rule can say anything of a form. */
static bool is_beyond(const Look *look)
{
    const ZpLedger *ledger = look->check->ledger;
    const char *zh = NULL, *en = NULL;
    if (!ledger) {
        zh = "汇总表没有读到";
        en = "the ledger could not be read";
    } else if (!look->form->project.text || !*look->form->project.text) {
        zh = "项目名称空白";
        en = "the project is blank";
    } else if (ledger->year && look->form->year && ledger->year != look->form->year) {
        zh = "汇总表是另一年度的";
        en = "the ledger is of another year";
    }
    if (!zh)
        return false;
    cannot(look, ZP_RULE_X08, "", zh, en);
    cannot(look, ZP_RULE_X09, "", zh, en);
    return true;
}

void zp_ledger_check_forms(ZpLedgerCheck *check, const char *path, const GPtrArray *forms,
                           ZpReport *report)
{
    for (guint k = 0; k < report->verdicts->len && k < forms->len; k++) {
        const ZpForm *form = g_ptr_array_index(forms, k);
        ZpVerdict *verdict = g_ptr_array_index(report->verdicts, k);
        Look look = {.check = check,
                     .form = form,
                     .report = report,
                     .checks = &verdict->checks,
                     .severity =
                         zp_rulebook_profile(check->rulebook, form)->severities[ZP_RULE_X08]};
        if (is_beyond(&look))
            continue;
        int row = find_row(check, form);
        if (row < 0) {
            report_lacking(check, path, form);
            continue;
        }
        check->is_met[row] = true;
        verdict->checks.passed++;
        look.row = zp_ledger_row(check->ledger, row);
        if (look.severity != ZP_SEVERITY_OFF)
            compare_figures(&look);
    }
    zp_report_sort(report);
}

ZpRecord *zp_ledger_check_end(ZpLedgerCheck *check)
{
    guint n_missing = 0;
    report_more(check, check->n_lacking, "more-forms");
    for (guint k = 0; check->ledger && k < check->ledger->rows->len; k++) {
        const ZpLedgerRow *row = zp_ledger_row(check->ledger, k);
        if (check->is_met[k] || n_missing++ >= ZP_LIMIT_LEDGER_GAPS)
            continue;
        ZpFinding *finding = add_finding(check->record->report, ZP_RULE_X09, &row->project.at);
        add_project(finding, row->project.text, row->unit.text);
        add_place(finding, &row->project.at);
    }
    report_more(check, n_missing, "more");
    return check->record;
}
