/*
 * workbook.c - what `check` found as a workbook for people who review it: --format xlsx.
 *
 *     汇总  totals, how often each rule fired, what the settings did
 *     问题  a row a finding, and one for every check that could not be made
 *     表    a row a form: stated and recomputed totals, its findings by severity
 *     资金  a row a row of the funds block
 *     指标  a row an indicator
 *     未读  what could not be read, is in doubt or was repaired: failed files, D04 and D05, R notes
 *
 * Where a person decides, a column 复核意见 waits to be filled in.  Figures are numbers that look as they are
 * printed (sheet_figure.h); where a number would change one it stays text, and the row says so.
 */
#include "output/by_form.h"
#include "output/label.h"
#include "output/link.h"
#include "output/standing.h"
#include "output/unjudged.h"
#include "output/workbook_plans.h"

#include "base/error.h"

#include <string.h>

typedef struct {
    ZpBook *book;
    ZpSheet *sheets[ZP_SHEET_COUNT];
    ZpLang lang;
    const ZpRulebook *rulebook;
    const ZpResult *result;  /* the file under way */
    const char *path, *link; /* of it; link (nullable) */
} State;

static void free_state(gpointer data)
{
    State *state = data;
    zp_book_free(state->book);
    g_free(state);
}

static bool begin_workbook(ZpWriting *writing, GError **error)
{
    const ZpWriteOptions *options = &writing->options;
    const ZpBookOptions own = {options->lang, options->sheet_rows, options->sheet_links};
    State *state = g_new0(State, 1);
    writing->state = state;
    writing->free_state = free_state;
    state->lang = options->lang;
    state->rulebook = writing->rulebook;
    state->book = zp_book_new(&own, error);
    if (!state->book)
        return false;
    for (int k = 0; k < ZP_SHEET_COUNT; k++)
        state->sheets[k] = zp_book_add(state->book, &ZP_WORKBOOK_PLANS[k]);
    return true;
}

/* A new row with the columns that every sheet but the summary begins with; a PDF opens at @page. */
static ZpSheet *begin_row(const State *state, ZpSheetId id, const ZpForm *form, guint page)
{
    ZpSheet *sheet = state->sheets[id];
    g_autofree char *paged =
        state->link && page > 0 ? g_strdup_printf("%s#page=%u", state->link, page) : NULL;
    zp_sheet_row(sheet);
    zp_sheet_link(sheet, state->path, paged ? paged : state->link);
    zp_sheet_place(sheet, form ? zp_result_number(state->result, form->index) : 0);
    zp_sheet_text(sheet, form ? form->project.text : NULL);
    zp_sheet_text(sheet, form ? form->unit.text : NULL);
    zp_sheet_place(sheet, form ? (guint)form->year : 0);
    return sheet;
}

static char *label_of(const ZpForm *form, const char *pointer, ZpLang lang)
{
    GString *label = g_string_new(NULL);
    if (form)
        zp_label_append(label, form, pointer ? pointer : "", lang);
    return g_string_free(label, FALSE);
}

/* The label with the place behind it, where a reader needs one. */
static char *place_of(const ZpResult *result, const ZpFinding *finding, ZpLang lang)
{
    const ZpForm *form = zp_result_form(result, finding);
    g_autoptr(GString) place = g_string_new(NULL);
    bool has_place = zp_place_append(place, result, &finding->at, finding->pointer, lang);
    g_autofree char *label = label_of(form, finding->pointer, lang);
    if (!has_place || !*label)
        return g_strdup(has_place ? place->str : label);
    return g_strconcat(label, zp_lang_pick(lang, "（", " ("), place->str,
                       zp_lang_pick(lang, "）", ")"), NULL);
}

static bool is_about_reading(const ZpFinding *finding)
{
    const char *code = ZP_RULES[finding->rule].code;
    return code[0] == 'D' || code[0] == 'R';
}

static void write_finding(const ZpWriting *writing, const ZpResult *result,
                          const ZpFinding *finding)
{
    const State *state = writing->state;
    const ZpForm *form = zp_result_form(result, finding);
    const guint places[] = {finding->at.page, finding->at.table, finding->at.row, finding->at.col,
                            finding->at.line};
    g_autofree char *message = zp_rulebook_message(writing->rulebook, finding, state->lang);
    g_autofree char *label = place_of(result, finding, state->lang);
    g_autofree char *note = zp_standing_note(finding, state->lang);
    const char *severity = zp_severity_word(finding->severity, state->lang);
    ZpSheet *sheet = begin_row(state, ZP_SHEET_FINDINGS, form, finding->at.page);
    zp_sheet_text(sheet, severity);
    zp_sheet_text(sheet, ZP_RULES[finding->rule].code);
    zp_sheet_text(sheet, ZP_RULES[finding->rule].name);
    zp_sheet_text(sheet, label);
    for (gsize k = 0; k < G_N_ELEMENTS(places); k++)
        zp_sheet_place(sheet, places[k]);
    zp_sheet_figure_cell(sheet, finding->stated, NULL);
    zp_sheet_figure_cell(sheet, finding->expected, NULL);
    zp_sheet_text(sheet, message);
    zp_sheet_text(sheet, finding->habit ? zp_habit_name(finding->habit, state->lang) : NULL);
    zp_sheet_text(sheet, note);
    zp_sheet_text(sheet, finding->pointer);
    zp_sheet_text(sheet, finding->fingerprint);
    zp_sheet_remarks(sheet);
    if (!is_about_reading(finding))
        return;
    sheet = begin_row(state, ZP_SHEET_UNREAD, form, finding->at.page);
    zp_sheet_text(sheet, severity);
    zp_sheet_text(sheet, ZP_RULES[finding->rule].code);
    zp_sheet_text(sheet,
                  finding->kind ? zp_loss_name(finding->kind) : ZP_RULES[finding->rule].name);
    zp_sheet_text(sheet, label);
    zp_sheet_place(sheet, finding->at.page);
    zp_sheet_text(sheet, message);
}

/* A check that could not be made stands among the findings: it is not passed. */
static void write_unjudged(const State *state, const ZpResult *result,
                           const ZpUnevaluated *unjudged)
{
    const ZpForm *form = zp_unjudged_form(result, unjudged);
    g_autofree char *label = label_of(form, unjudged->pointer, state->lang);
    ZpSheet *sheet = begin_row(state, ZP_SHEET_FINDINGS, form, 0);
    zp_sheet_text(sheet, zp_unjudged_name(state->lang));
    zp_sheet_text(sheet, ZP_RULES[unjudged->rule].code);
    zp_sheet_text(sheet, ZP_RULES[unjudged->rule].name);
    zp_sheet_text(sheet, label);
    for (int k = 0; k < 7; k++) /* page to expected */
        zp_sheet_skip(sheet);
    zp_sheet_text(sheet, zp_unjudged_reason(unjudged, state->lang));
    zp_sheet_skip(sheet);
    zp_sheet_skip(sheet);
    zp_sheet_text(sheet, unjudged->pointer);
}

static void write_repair(const State *state, const ZpForm *form, const ZpRepair *repair)
{
    g_autofree char *label = label_of(form, repair->pointer, state->lang);
    ZpSheet *sheet = begin_row(state, ZP_SHEET_UNREAD, form, repair->at.page);
    zp_sheet_text(sheet, zp_lang_pick(state->lang, "修复", "repair"));
    zp_sheet_text(sheet, repair->code);
    zp_sheet_text(sheet, repair->name);
    zp_sheet_text(sheet, label);
    zp_sheet_place(sheet, repair->at.page);
    zp_sheet_text(sheet, zp_lang_pick(state->lang, repair->zh, repair->en));
}

/* What the findings say of one form. */
typedef struct {
    guint by_severity[ZP_SEVERITY_COUNT], unread;
} Tally;

static Tally count_findings(const ZpReport *report)
{
    Tally tally = {0};
    for (guint k = 0; k < report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, k);
        tally.by_severity[finding->severity] += zp_finding_counts(finding);
        tally.unread += ZP_RULES[finding->rule].code[0] == 'D';
    }
    return tally;
}

/* Stated less recomputed, where both are figures. */
static char *difference_of(const ZpForm *form, const ZpRecomputed *recomputed)
{
    ZpDecimal total, difference;
    char buffer[ZP_DECIMAL_TEXT_MAX];
    if (!form->total_score.has_value || !recomputed->total ||
        !zp_decimal_parse(recomputed->total, strlen(recomputed->total), &total) ||
        !zp_decimal_subtract(form->total_score.value, total, &difference))
        return NULL;
    return g_strdup(zp_decimal_print(difference, buffer));
}

/* @report: of the form alone */
static void write_form(const State *state, const ZpForm *form, const ZpReport *report)
{
    const ZpVerdict *verdict = g_ptr_array_index(report->verdicts, form->index);
    const ZpRecomputed *recomputed = &verdict->recomputed;
    const ZpText *const texts[] = {&form->title, &form->department};
    Tally tally = count_findings(report);
    g_autofree char *difference = difference_of(form, recomputed);
    ZpSheet *sheet = begin_row(state, ZP_SHEET_FORMS, form, form->at.page);
    for (gsize k = 0; k < G_N_ELEMENTS(texts); k++)
        zp_sheet_text(sheet, texts[k]->text);
    zp_sheet_text(sheet,
                  zp_rulebook_template_title(state->rulebook, form->template_id, state->lang));
    zp_sheet_text(sheet, zp_rulebook_profile_title(state->rulebook, form->profile, state->lang));
    zp_sheet_text(sheet, form->currency_unit.text);
    zp_sheet_figure_cell(sheet, form->total_score.text, &form->total_score);
    zp_sheet_figure_cell(sheet, recomputed->total, NULL);
    zp_sheet_figure_cell(sheet, difference, NULL);
    zp_sheet_text(sheet, form->total_grade.text);
    zp_sheet_text(sheet, recomputed->grade);
    zp_sheet_figure_cell(sheet, recomputed->execution, NULL);
    for (int k = ZP_SEVERITY_ERROR; k >= ZP_SEVERITY_NOTE; k--)
        zp_sheet_count(sheet, tally.by_severity[k]);
    const guint counts[] = {verdict->checks.not_evaluable, tally.unread, form->repairs->len,
                            verdict->checks.passed, verdict->checks.not_applicable};
    for (gsize k = 0; k < G_N_ELEMENTS(counts); k++)
        zp_sheet_count(sheet, counts[k]);
    zp_sheet_remarks(sheet);
}

static void write_fund(const State *state, const ZpForm *form, const ZpFund *fund)
{
    ZpSheet *sheet = begin_row(state, ZP_SHEET_FUNDS, form, fund->label.at.page);
    zp_sheet_text(sheet, form->currency_unit.text);
    zp_sheet_text(sheet, zp_source_name(fund->source));
    zp_sheet_text(sheet, fund->label.text);
    for (const ZpColumn *column = ZP_FUND_COLUMNS; column->name; column++) {
        const ZpValue *value = zp_column_value(fund, column);
        zp_sheet_figure_cell(sheet, value->text, value);
    }
    zp_sheet_text(sheet, fund->reason.text);
    zp_sheet_remarks(sheet);
}

/* A target or an actual: as printed, then its number alone. */
static void write_value(ZpSheet *sheet, const ZpValue *value)
{
    char number[ZP_DECIMAL_TEXT_MAX];
    bool has_number = value->has_value && !value->has_upper;
    zp_sheet_text(sheet, value->text);
    zp_sheet_figure_cell(sheet, has_number ? zp_decimal_print(value->value, number) : NULL, NULL);
}

static char *other_text(const GPtrArray *other)
{
    GString *text = g_string_new(NULL);
    for (guint k = 0; other && k < other->len; k++) {
        const ZpExtra *extra = g_ptr_array_index(other, k);
        g_string_append_printf(text, "%s%s: %s", k > 0 ? "; " : "",
                               extra->label.text ? extra->label.text : "",
                               extra->value.text ? extra->value.text : "");
    }
    return g_string_free(text, FALSE);
}

static void write_indicator(const State *state, const ZpForm *form, guint k,
                            const ZpRecomputed *recomputed)
{
    const ZpIndicator *row = zp_form_indicator(form, k);
    const ZpText *const levels[] = {&row->level1, &row->level2, &row->level3};
    const char *unit = row->target.unit ? row->target.unit : row->actual.unit;
    const char *score =
        k < recomputed->indicators->len ? g_ptr_array_index(recomputed->indicators, k) : NULL;
    g_autofree char *other = other_text(row->other);
    ZpSheet *sheet = begin_row(state, ZP_SHEET_INDICATORS, form, row->level3.at.page);
    zp_sheet_count(sheet, k + 1);
    zp_sheet_place(sheet, (guint)row->block);
    for (gsize i = 0; i < G_N_ELEMENTS(levels); i++)
        zp_sheet_text(sheet, levels[i]->text);
    write_value(sheet, &row->target);
    write_value(sheet, &row->actual);
    zp_sheet_text(sheet, unit);
    zp_sheet_figure_cell(sheet, row->weight.text, &row->weight);
    zp_sheet_figure_cell(sheet, row->score.text, &row->score);
    zp_sheet_figure_cell(sheet, score, NULL);
    zp_sheet_text(sheet, row->reason.text);
    zp_sheet_text(sheet, other);
    zp_sheet_remarks(sheet);
}

static void write_failure(const ZpWriting *writing, const ZpResult *result)
{
    const State *state = writing->state;
    ZpSheet *sheet = begin_row(state, ZP_SHEET_UNREAD, NULL, 0);
    zp_sheet_text(sheet, zp_lang_pick(state->lang, "错误", "error"));
    zp_sheet_text(sheet, result->error_code);
    zp_sheet_text(sheet, result->format);
    zp_sheet_skip(sheet);
    zp_sheet_skip(sheet);
    zp_sheet_text(sheet, zp_error_text(result->error, state->lang));
}

static void write_forms(const State *state, const ZpResult *result)
{
    g_autoptr(ZpByForm) by_form = zp_by_form_new(result);
    for (guint f = 0; result->forms && f < result->forms->len; f++) {
        const ZpForm *form = g_ptr_array_index(result->forms, f);
        const ZpVerdict *verdict = g_ptr_array_index(result->report->verdicts, f);
        write_form(state, form, zp_by_form_result(by_form, (int)f)->report);
        for (guint k = 0; k < form->funds->len; k++)
            write_fund(state, form, zp_form_fund(form, k));
        for (guint k = 0; k < form->indicators->len; k++)
            write_indicator(state, form, k, &verdict->recomputed);
        for (guint k = 0; k < form->repairs->len; k++)
            write_repair(state, form, g_ptr_array_index(form->repairs, k));
    }
}

/* A failed file's D01 to D03 is a finding where rules ask for one; it must not be missing where none does. */
static bool is_failure_found(const ZpReport *report)
{
    for (guint k = 0; k < report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, k);
        if (finding->form < 0 && ZP_RULES[finding->rule].code[0] == 'D')
            return true;
    }
    return false;
}

static bool write_workbook_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    State *state = writing->state;
    const ZpReport *report = result->report;
    g_autofree char *path = zp_text_valid(result->path, strlen(result->path), NULL);
    g_autoptr(GString) link = g_string_new(NULL);
    (void)error;
    state->result = result;
    state->path = path;
    state->link = zp_link_append(link, writing->options.folder, result->path) ? link->str : NULL;
    if (result->error && !is_failure_found(report))
        write_failure(writing, result);
    for (guint k = 0; k < report->findings->len; k++)
        write_finding(writing, result, g_ptr_array_index(report->findings, k));
    for (guint k = 0; k < report->unevaluated->len; k++)
        write_unjudged(state, result, g_ptr_array_index(report->unevaluated, k));
    write_forms(state, result);
    state->result = NULL;
    state->path = state->link = NULL;
    return true;
}

static void write_total(const State *state, const char *zh, const char *en, guint64 count)
{
    ZpSheet *sheet = state->sheets[ZP_SHEET_SUMMARY];
    zp_sheet_row(sheet);
    zp_sheet_text(sheet, zp_lang_pick(state->lang, zh, en));
    zp_sheet_count(sheet, count);
}

static void write_line(const State *state, const char *zh, const char *en, const char *text)
{
    ZpSheet *sheet = state->sheets[ZP_SHEET_SUMMARY];
    zp_sheet_row(sheet);
    zp_sheet_text(sheet, zp_lang_pick(state->lang, zh, en));
    zp_sheet_skip(sheet);
    zp_sheet_text(sheet, text);
}

static void write_held(const char *text, const ZpHeld *held, gpointer data)
{
    (void)held;
    write_line(data, "设置", "settings", text);
}

static void write_summary(const ZpWriting *writing, const ZpSummary *summary)
{
    const State *state = writing->state;
    const struct {
        const char *zh, *en;
        guint64 count;
    } TOTALS[] = {
        {"文件", "files", summary->files},
        {"表", "forms", summary->forms},
        {"错误", "errors", summary->by_severity[ZP_SEVERITY_ERROR]},
        {"警告", "warnings", summary->by_severity[ZP_SEVERITY_WARNING]},
        {"提示", "notes", summary->by_severity[ZP_SEVERITY_NOTE]},
        {"未判断", "unjudged", summary->unjudged},
        {"读不了的文件", "unreadable files", summary->unreadable},
        {"跳过的文件", "skipped files", summary->skipped},
        {"没有发现的文件", "files without a finding", summary->clean},
        {"已知的发现", "known findings", summary->known},
        {"已豁免的发现", "suppressed findings", summary->suppressed},
        {"未列出的发现", "findings not shown", summary->hidden},
        {"按文本保存的数", "figures kept as text", zp_book_long_figures(state->book)},
        {"截短的文本", "texts cut", zp_book_cut_texts(state->book)},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(TOTALS); k++)
        write_total(state, TOTALS[k].zh, TOTALS[k].en, TOTALS[k].count);
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++) {
        if (summary->by_rule[rule] == 0)
            continue;
        g_autofree char *name = g_strconcat(ZP_RULES[rule].code, " ", ZP_RULES[rule].name, NULL);
        write_total(state, name, name, summary->by_rule[rule]);
        zp_sheet_text(state->sheets[ZP_SHEET_SUMMARY],
                      zp_rulebook_sentence(writing->rulebook, (ZpRule)rule, state->lang));
    }
    zp_held_each(summary, state->lang, write_held, writing->state);
    write_line(state, "程序", "program", "ziping " ZP_VERSION);
    write_line(state, "规则数据", "rulebook", zp_rulebook_digest(writing->rulebook));
}

static bool end_workbook(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    State *state = writing->state;
    write_summary(writing, summary);
    return zp_book_finish(state->book, writing->stream, error);
}

const ZpWriter zp_workbook_writer = {
    .name = "xlsx",
    .zh = "Excel 工作簿，供审计",
    .en = "an Excel workbook for auditors",
    .for_check = true,
    .wants_digests = true,
    .is_binary = true,
    .begin = begin_workbook,
    .file = write_workbook_file,
    .end = end_workbook,
};
